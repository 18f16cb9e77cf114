"""The registry as a choice."""

from __future__ import annotations

import pytest

from data import vocabulary
from data.vocabulary import of_rows

ROWS = [
    {"id": "gov", "name": "Government of Syria", "parents": "", "aliases": "Damascus regime"},
    {"id": "army", "name": "Military of Syria", "parents": "gov", "aliases": "Syrian army|SAA"},
    {"id": "air", "name": "Syrian Air Force", "parents": "army|axis", "aliases": ""},
    {"id": "other", "name": "Other", "parents": "other", "aliases": "SAA"},
]


@pytest.mark.parametrize(
    "name, expected",
    [
        ("gov", ("gov",)),
        ("Damascus Regime", ("gov",)),
        (" syrian army ", ("army",)),
        ("saa", ("army", "other")),
        ("", ()),
        ("nobody", ()),
    ],
)
def test_names(name: str, expected: tuple[str, ...]) -> None:
    assert of_rows(ROWS).named(name) == expected


def test_ancestors_are_all_above_and_never_itself() -> None:
    expected = {"gov": set(), "army": {"gov"}, "air": {"army", "gov", "axis"}, "other": set()}
    assert of_rows(ROWS).ancestors == expected


def test_the_bundled_registry_and_types() -> None:
    known = vocabulary.lineage()
    (army,) = known.named("Syrian army")
    (government,) = known.named("Syrian government")
    assert government in known.ancestors[army]
    assert vocabulary.event_types()["air_strike"] == "Air strike"

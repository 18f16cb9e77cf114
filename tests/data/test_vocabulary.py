"""The registry as a choice."""

from __future__ import annotations

import pytest

from data import vocabulary
from data.vocabulary import of_rows
from extract.registry import slug

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


@pytest.mark.parametrize(
    "army, government",
    [
        ("military-of-chile", "government-of-chile"),
        ("military-of-iceland", "government-of-iceland"),
        ("police-of-bhutan", "government-of-bhutan"),
        ("security-forces-of-palau", "government-of-palau"),
        ("intelligence-of-malta", "government-of-malta"),
    ],
)
def test_a_states_bodies_belong_to_its_government(army: str, government: str) -> None:
    known = vocabulary.lineage()
    assert government in known.ancestors[army]
    assert known.named(known.names[government]) == (government,)


def test_every_country_has_an_army_below_its_government() -> None:
    known = vocabulary.lineage()
    for row in vocabulary.country_rows():
        name = slug(row["name"])
        assert f"government-of-{name}" in known.ancestors[f"military-of-{name}"], name

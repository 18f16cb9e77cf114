"""Weapons and platforms with their counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import reference
from extract import weapons
from tests.extract.conftest import miss

ENTRIES = reference.load_lexicon().weapons


def found(text: str) -> list[tuple[str, int | None]]:
    return [(w.name.split()[0], w.count) for w in weapons.find(text, ENTRIES)]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Two F-16s and two A-10s struck.", [("F-16", 2), ("A-10", 2)]),
        miss(
            "Two F-16s and two A-10 jets struck.",
            [("F-16", 2), ("A-10", 2), ("fighter", None)],
            reason="the 10 of A-10 is taken for the count of the jets",
        ),
        ("A roadside bomb hit a bus.", [("roadside", None)]),
        ("They fired 12 Grad rockets.", [("BM-21", 12)]),
        ("Nobody was armed.", []),
        ("Gunmen with Kalashnikovs came.", [("AK-47", None)]),
        ("Three car bombs went off.", [("car", 3)]),
        ("In 2016 drones came.", [("drone", None)]),
    ],
)
def test_weapons_and_counts(text: str, expected: list[tuple[str, int | None]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text, kind",
    [
        ("a drone", "drone"), ("mortars", "mortar"), ("chlorine", "chemical"), ("a hand grenade", "grenade"),
        ("a landmine", "mine"), ("an F-16", "aircraft"), ("howitzers", "artillery"), ("machetes", "blade"),
        ("assault rifles", "small-arms"), ("a car bomb", "vehicle-bomb"), ("a suicide vest", "suicide-vest"),
    ],
)  # fmt: skip
def test_kinds(text: str, kind: str) -> None:
    (one,) = weapons.find(text, ENTRIES)
    assert one.kind == kind


@pytest.mark.parametrize("text", ["A suicide bomber came.", "Two suicide bombers blew themselves up."])
def test_a_suicide_bomber_is_no_aeroplane(text: str) -> None:
    assert "aircraft" not in [w.kind for w in weapons.find(text, ENTRIES)]


def test_the_longest_name_wins() -> None:
    (one,) = weapons.find("An F-16 fighter jet came.", ENTRIES)
    assert one.text == "F-16 fighter jet"


def test_proper_names_need_their_capital() -> None:
    assert [w.text for w in weapons.find("They will grad uate; a Grad rocket came.", ENTRIES)] == ["Grad rocket"]


@given(st.text(max_size=200))
def test_no_text_breaks_it_and_spans_hold_their_words(text: str) -> None:
    assert all(w.span.of(text) == w.text for w in weapons.find(text, ENTRIES))

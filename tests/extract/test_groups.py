"""Groups that no registry knows, by their own names; words that go back to a party named before."""

from __future__ import annotations

import time

import pytest

from data import reference
from extract import actors

REGISTRY = reference.load_registry()


def named(text: str) -> list[tuple[str, str]]:
    """(id, kind) of the parties of a text, general words and countries left out."""
    return [(m.id, m.kind) for m in actors.find(text, REGISTRY) if not m.bare and not m.general]


@pytest.mark.parametrize(
    "text, party",
    [
        ("Fighters of the Lake Union Army burned a bus.", ("lake-union-army", "rebel")),
        (
            "It was the Popular Front for the Defence of the Delta that did it.",
            ("popular-front-for-the-defence-of-the-delta", "rebel"),
        ),
        ("A group calling itself the Black Falcons Brigade did it.", ("black-falcons-brigade", "militia")),
        ('Villagers blamed the "Sons of the River" front.', ("sons-of-the-river", "rebel")),
        (
            "On Monday Lal Jhanda Bahini, a little-known armed outfit, killed him.",
            ("lal-jhanda-bahini", "unidentified"),
        ),
        ("Yesterday the Jaish al-Nasr al-Kabir shelled it.", ("jaish-al-nasr-al-kabir", "jihadist")),
        ("At dawn some Kasongo rebels came.", ("kasongo-rebels", "rebel")),
        ("Then the Comando Nueve de Mayo struck.", ("comando-nueve-de-mayo", "rebel")),
        ("Later the Norte Bajo Cartel shot him.", ("norte-bajo-cartel", "criminal")),
    ],
)
def test_a_group_is_known_by_its_name(text: str, party: tuple[str, str]) -> None:
    assert party in named(text)


@pytest.mark.parametrize(
    "text",
    [
        "Suspected rebels came.",
        "However, a rebel group came.",
        "He stood in front of the White House.",
        "The Security Council met; the Air Force and the National Guard were called.",
        "Last Friday Militants Attack Northern Town In Fresh Violence",
        "An officer of the Third Brigade spoke.",
    ],
)
def test_ordinary_words_make_no_group(text: str) -> None:
    assert [party for party in named(text) if party[0] not in REGISTRY.parties] == []


@pytest.mark.parametrize(
    "text, expected",
    [
        ("FARC men came. The group burned a bus.", ["farc", "farc"]),
        ("UNITA shelled it. The rebels then left.", ["unita", "unita"]),
        ("UNITA and Renamo met. The rebels then left.", ["unita", "renamo"]),
        ("The Lake Union Army (LUA) came. The LUA left.", ["lake-union-army", "lake-union-army"]),
    ],
)
def test_a_group_is_followed_through_a_text(text: str, expected: list[str]) -> None:
    assert [party for party, _ in named(text)][: len(expected)] == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Pakistan's foreign office denied it.", "government-of-pakistan"),
        ("Russia's army denied it.", "military-of-russia"),
    ],
)
def test_a_body_belongs_to_the_country_that_owns_it(text: str, expected: str) -> None:
    assert [party for party, _ in named(text)] == [expected]


def test_local_authorities_are_not_the_government() -> None:
    found = actors.find("The regional authorities said so.", REGISTRY, country="UA")
    assert [m.id for m in found] == []


@pytest.mark.parametrize("words", ["armed ", "Front for the ", "the group ", "Army of the ", "X, a rebel group. "])
def test_endless_names_take_little_time(words: str) -> None:
    start = time.monotonic()
    actors.find(words * 20_000, REGISTRY)
    assert time.monotonic() - start < 30

# ruff: noqa: E501 (the tables are sentences)
"""Reports that borrow the words of war, and those that look back."""

from __future__ import annotations

import pytest

from extract import genres

MATCH = (
    "The visitors attacked from the first whistle and their striker fired in two goals before half-time. The home team's "
    "defence was under siege until the referee ended the cup match; the coach said his squad had survived a bombardment."
)
MARKETS = (
    "The euro was under attack as traders dumped bonds and shares. Investors fear a currency war; gold and copper "
    "exploded higher while bank stocks were hit by a barrage of selling on the market."
)
FILM = (
    "The director's new film opens with a bombing in Baghdad, and the lead actor storms a palace. Critics at the festival "
    "premiere praised the battle scenes; the trailer has drawn millions of viewers."
)
RAID = "Gunmen killed ten people in a raid on a market in the town on Monday, police said. The wounded were taken to hospital."
DRILL = "Troops stormed a mock village in an exercise in Poland; in the scenario of the drill a fictitious enemy shelled it."
MEMORY = "Thousands lit candles on the anniversary of the bombing and laid wreaths at the memorial to the victims."
STADIUM = (
    "A suicide bomber blew himself up outside a football stadium during a cup match on Monday, police said. The team and the "
    "fans were unhurt, but three soldiers were wounded and taken to hospital; militants claimed the attack on the squad's coach."
)


@pytest.mark.parametrize(
    "text, play", [(MATCH, True), (MARKETS, True), (FILM, True), (RAID, False), (STADIUM, False), ("", False)]
)
def test_play(text: str, play: bool) -> None:
    assert genres.is_play(text) is play


@pytest.mark.parametrize(
    "text, drill", [(DRILL, True), (RAID, False), (MATCH, False), ("The army began training.", False)]
)
def test_drills(text: str, drill: bool) -> None:
    assert genres.is_drill(text) is drill


@pytest.mark.parametrize("text, back", [(MEMORY, True), (RAID, False)])
def test_remembrance(text: str, back: bool) -> None:
    assert genres.looks_back(text) is back


@pytest.mark.parametrize("text", [MATCH, MARKETS, FILM, DRILL])
def test_they_tell_of_no_incident(read, text: str) -> None:
    assert read(text).incidents == ()


@pytest.mark.parametrize("text", [RAID, STADIUM])
def test_real_violence_beside_such_words_is_read(read, text: str) -> None:
    assert [p for p in read(text).incidents if p.incident.status == "occurred"]

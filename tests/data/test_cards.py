"""The card of an event: claimants with their words, the figures, the blame, and the grade with its reasons."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from data import cards, tolls
from data.cards import Card
from data.sides import registered

Json = dict[str, Any]
WIRE = (
    "Coalition aircraft bombed a ridge on 17 September in what the Pentagon said was an error. Russia's defence "
    "ministry said that 62 soldiers were killed. The Observatory counted at least 80 dead."
)
STATE = "The attack was intentional, the Syrian Foreign Ministry said. A military source told of 90 or more martyrs."
UPDATE = "The ministry of defence in Moscow now gives the toll as 83. The Pentagon denies that its aircraft were there."


def span(text: str, words: str) -> Json:
    start = text.index(words)
    return {"start": start, "end": start + len(words)}


def report(name: str, text: str, day: int, **more: object) -> Json:
    return {"id": name, "text": text, "publisher": name.title(), "published": dt.date(2016, 9, day), **more}


def killed(text: str, words: str, low: int | None, high: int | None, by: str | None, **more: object) -> Json:
    toll = {"outcome": "killed", "low": low, "high": high, "text": words, "claimed_by": by, "span": span(text, words)}
    return {**toll, **more}


def author(text: str, words: str, party: str, by: str | None) -> Json:
    where = span(text, words)
    return {"id": party, "name": party, "role": "perpetrator", "alleged_by": by, "text": words, "span": where}


def claim(text: str, words: str, speaker: str, stance: str, about: str | None = None) -> Json:
    return {"speaker": speaker, "stance": stance, "about": about, "text": words, "span": span(text, words)}


def incident(report_id: str, **fields: object) -> Json:
    empty: Json = {"casualties": [], "actors": [], "claims": [], "date": None, "event_type": "air_strike"}
    return {"id": f"{report_id}-0", "report_id": report_id, **empty, **fields}


FIRST = incident(
    "wire",
    date={"start": "2016-09-17", "end": "2016-09-17", "text": "17 September", "span": span(WIRE, "17 September")},
    casualties=[
        killed(WIRE, "62 soldiers", 62, 62, "Russia's defence ministry"),
        killed(WIRE, "at least 80", 80, None, "The Observatory"),
        killed(WIRE, "soldiers", 3, 3, None, part=True),
    ],
    actors=[author(WIRE, "Coalition aircraft", "us-led-coalition", None)],
    claims=[claim(WIRE, WIRE.split(". ")[0], "the Pentagon", "admits")],
)
SECOND = incident(
    "state",
    casualties=[killed(STATE, "90 or more", 90, None, "military source")],
    actors=[author(STATE, "attack", "military-of-united-states", "Syrian Foreign Ministry")],
    claims=[claim(STATE, STATE.split(". ")[0], "Syrian Foreign Ministry", "blames", "military-of-united-states")],
)
THIRD = incident(
    "update",
    casualties=[killed(UPDATE, "83", 83, 83, "Russian Ministry of Defence")],
    claims=[claim(UPDATE, UPDATE.split(". ")[1], "the Pentagon", "denies", "government-of-united-states")],
)
REPORTS = {
    one["id"]: one for one in (report("wire", WIRE, 17), report("state", STATE, 19), report("update", UPDATE, 20))
}


def card(*incidents: Json, **changed: Json) -> Card:
    return cards.of(incidents, {**REPORTS, **changed}, registered())


def said(made: Card, column: cards.Column) -> dict[str, list[str]]:
    return {row.claimant.name: [c.text for c in row.cells[column]] for row in made.rows if row.cells[column]}


def test_a_row_a_claimant_with_its_words() -> None:
    made = card(FIRST, SECOND)
    assert said(made, "killed") == {
        "Russia's defence ministry": ["62"],
        "The Observatory": ["at least 80"],
        "military source": ["at least 90"],
    }
    assert said(made, "intent") == {"the Pentagon": ["mistake"], "Syrian Foreign Ministry": ["deliberate"]}
    assert said(made, "when") == {"the Pentagon": ["2016-09-17"]}
    assert said(made, "author")["Wire"] == ["us-led-coalition"]
    assert made.rows[0].claimant.own_voice
    for row in made.rows:
        for cell in (cell for cells in row.cells.values() for cell in cells):
            assert REPORTS[cell.report_id]["text"][cell.start : cell.end] == cell.words
            assert (cell.publisher, cell.day) == (cell.report_id.title(), REPORTS[cell.report_id]["published"])


def test_the_lowest_the_highest_and_the_middle_figure() -> None:
    first = card(FIRST, SECOND).killed
    assert first is not None
    assert (first.lowest, first.highest, first.shown, first.shown_by) == (62, 90, "at least 80", "The Observatory")
    later = card(FIRST, SECOND, THIRD).killed
    assert later is not None
    assert (later.lowest, later.highest, later.shown, later.shown_low) == (62, 90, "83", 83)
    assert card(SECOND).wounded is None


def test_the_bodies_of_a_side_stand_together_and_count_once() -> None:
    text = (
        "Russia spoke of 62 dead, the Russian Ministry of Defence of 62, Moscow of 62, rebels of 80, a monitor of 90."
    )
    speakers = ("Russia", "rebels", "Russian Ministry of Defence", "a monitor", "Moscow")
    figures = (62, 80, 62, 90, 62)
    told = [killed(text, str(n), n, n, who) for who, n in zip(speakers, figures, strict=True)]
    made = cards.of([incident("one", casualties=told)], {"one": report("one", text, 17)}, registered())
    russian = [n for n, row in enumerate(made.rows) if row.claimant.side == "government-of-russia"]
    assert russian == list(range(russian[0], russian[0] + len(russian)))
    assert "Russian Ministry of Defence" in {row.claimant.name for row in made.rows}
    assert made.killed is not None
    assert (made.killed.shown_low, made.sides) == (80, ("government-of-russia",))


def test_who_is_blamed_by_whom() -> None:
    blames = {(b.claimant.name, b.stance, b.party): b.reports for b in card(FIRST, SECOND).blames}
    assert blames["the Pentagon", "admits", "government-of-united-states"] == ("wire",)
    assert blames["Syrian Foreign Ministry", "blames", "military-of-united-states"] == ("state",)
    assert blames["Wire", "blames", "us-led-coalition"] == ("wire",)


PLAIN = incident("wire", actors=[author(WIRE, "Coalition aircraft", "us-led-coalition", None)])
OTHERS = incident("state", actors=[author(STATE, "attack", "islamic-state", "Syrian Foreign Ministry")])


@pytest.mark.parametrize(
    "incidents, name, reason",
    [
        ((FIRST, SECOND), "confirmed", "the Pentagon says that its own side did it"),
        (
            (FIRST, SECOND),
            "confirmed",
            "its intent is disputed: deliberate by Syrian Foreign Ministry; mistake by the Pentagon",
        ),
        ((SECOND, THIRD), "contested", "the Pentagon denies it"),
        (
            (PLAIN, OTHERS),
            "contested",
            "Wire blames government-of-united-states, Syrian Foreign Ministry blames islamic-state",
        ),
        ((PLAIN, SECOND), "fair", "2 independent publishers tell of it"),
        ((PLAIN,), "weak", "1 publisher tells of it"),
        (({**PLAIN, "event_type": "armed_clash"}, OTHERS), "fair", "2 independent publishers tell of it"),
    ],
)
def test_grades(incidents: tuple[Json, ...], name: str, reason: str) -> None:
    grade = card(*incidents).grade
    assert grade.name == name
    assert reason in grade.reasons


def stances(*told: tuple[int, str, str]) -> Card:
    """The card of reports of a day each in which a speaker takes a stance to what the coalition is blamed for."""
    words = "Coalition aircraft bombed a ridge. A statement was made."
    incidents = [PLAIN, *(incident(f"r{n}", claims=[claim(words, words, *told[n][1:])]) for n in range(len(told)))]
    reports = [report(f"r{n}", words, day) for n, (day, *_) in enumerate(told)]
    return card(*incidents, **{one["id"]: one for one in reports})


@pytest.mark.parametrize(
    "told, name, reason",
    [
        (((17, "the Pentagon", "admits"), (18, "the Pentagon", "denies")), "contested", "though its side also says"),
        (((17, "the Pentagon", "admits"), (17, "the Pentagon", "denies")), "contested", "though its side also says"),
        (((17, "the Pentagon", "admits"), (18, "Washington", "denies")), "contested", "Washington denies it, though"),
        (((17, "the Pentagon", "denies"), (19, "the Pentagon", "admits")), "confirmed", "its own side did it"),
        (((17, "the Pentagon", "admits"), (18, "Moscow", "denies")), "confirmed", "its own side did it"),
    ],
)
def test_who_admits_and_denies(told: tuple[tuple[int, str, str], ...], name: str, reason: str) -> None:
    grade = stances(*told).grade
    assert grade.name == name
    assert any(reason in one for one in grade.reasons)


def test_who_denies_the_intent_does_not_deny_the_deed() -> None:
    text = "The Pentagon admitted the strike. It denied that the strike was deliberate."
    first, second = text.split(". ")
    told = [claim(text, first, "the Pentagon", "admits"), claim(text, second, "the Pentagon", "denies")]
    made = card(incident("one", claims=told), one=report("one", text, 18))
    assert (made.grade.name, said(made, "intent")) == ("confirmed", {"the Pentagon": ["mistake"]})
    assert said(made, "author") == {"the Pentagon": ["admits it"]}


def test_a_copy_is_no_second_source() -> None:
    copied = report("state", WIRE, 18, copy_of="wire")
    again = {**FIRST, "id": "state-0", "report_id": "state"}
    made = card(FIRST, again, state=copied)
    assert (made.reports, made.copies, made.publishers) == (2, 1, 1)
    assert said(made, "killed") == said(card(FIRST), "killed")
    assert card(PLAIN, {**PLAIN, "report_id": "state"}, state=copied).grade.name == "weak"


def test_a_bare_word_stands_for_the_claimant_named_before() -> None:
    text = "The Russian Defence Ministry counted 62 dead. The ministry later spoke of 83 dead."
    tolls_told = [
        killed(text, "62", 62, 62, "Russian Defence Ministry"),
        killed(text, "83", 83, 83, "ministry"),
    ]
    made = cards.of([incident("one", casualties=tolls_told)], {"one": report("one", text, 17)}, registered())
    assert said(made, "killed") == {"Russian Defence Ministry": ["62", "83"]}


def test_hostile_or_missing_fields_break_nothing() -> None:
    nobody: Json = {"id": "x", "text": "<b>=1+1</b> `${x}`", "publisher": None, "published": None, "copy_of": None}
    made = cards.of(
        [incident("x", casualties=[killed(nobody["text"], "1+1", None, 11, None)])], {"x": nobody}, registered()
    )
    assert said(made, "killed") == {"x": ["up to 11"]}
    assert cards.of([incident("x")], {"x": nobody}, registered()).rows == ()


@pytest.mark.parametrize(
    "low, high, words, shown",
    [
        (62, 62, "62 soldiers", "62"),
        (80, None, "at least 80", "at least 80"),
        (None, 30, "up to 30", "up to 30"),
        (3, 5, "three to five", "3 to 5"),
        (24, None, "Dozens of people", "dozens"),
        (1200, 1200, "1,200", "1,200"),
    ],
)
def test_figures_as_shown(low: int | None, high: int | None, words: str, shown: str) -> None:
    assert tolls.told(low, high, words) == shown

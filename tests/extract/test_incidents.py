# ruff: noqa: E501 (the tables are sentences)
"""Whole incidents: which, when, by whom, to whom; one of them primary; every word accounted for."""

from __future__ import annotations

import datetime as dt

import pytest

from extract.records import Report
from geo.records import Reading
from tests.extract.conftest import PUBLISHED, Read, miss, primary, types

SINGLE = [
    ("Turkish jets bombed a village near Aleppo on Monday, killing five people.", "air_strike", "air-force-of-turkey"),
    ("A village near Aleppo was bombed by Turkish jets on Monday.", "air_strike", "air-force-of-turkey"),
    ("The Nigerian army carried out an air strike on a Boko Haram camp near Maiduguri on Monday.", "air_strike", "military-of-nigeria"),
    ("A suicide bomber blew himself up at a checkpoint in Mogadishu on Monday, killing four soldiers.", "suicide_bombing", None),
    ("Gunmen opened fire on worshippers at a mosque in Kano on Friday, killing 15.", "shooting", "gunmen"),
    ("A roadside bomb hit a police vehicle in Quetta on Monday, killing three officers.", "roadside_bomb", None),
    ("Rebels shot down a helicopter near Aleppo on Monday.", "aircraft_downing", "rebels"),
    ("Gunmen kidnapped three aid workers near Goma on Monday.", "abduction", "gunmen"),
    ("Police arrested 20 activists in Minsk on Monday.", "arrest", "police-of-belarus"),
    ("A landmine killed two children near Taiz on Monday.", "landmine_explosion", None),
    ("Rebels fired mortars into the centre of Damascus on Monday, wounding nine people.", "shelling", "rebels"),
    ("Taliban kill 12 policemen in Ghazni ambush", "ambush", "taliban"),
    ("Police fired tear gas at protesters in Beirut on Monday.", "protest_with_intervention", "police-of-lebanon"),
    ("Herat came under attack by the Taliban on Monday.", "attack", "taliban"),
]  # fmt: skip


@pytest.mark.parametrize("text, kind, perpetrator", SINGLE)
def test_one_sentence_one_incident(read: Read, text: str, kind: str, perpetrator: str | None) -> None:
    found = primary(read(text))
    assert found.event_type == kind
    if perpetrator:
        assert perpetrator in [a.id for a in found.actors if a.role == "perpetrator"]


@pytest.mark.parametrize(
    "text",
    [
        "BAGHDAD, June 15 (Agency) - A car bomb killed ten people in Mosul on Tuesday.",
        miss("Kabul market bombing leaves 20 dead", reason="the city that qualifies a noun is made a perpetrator"),
        "A car bomb killed ten people in Mosul on Tuesday.",
    ],
)
def test_nobody_named_nobody_blamed(read: Read, text: str) -> None:
    assert [a.id for a in primary(read(text)).actors if a.role == "perpetrator"] == []


@pytest.mark.parametrize(
    "text, status",
    [
        ("Boko Haram did not attack the village of Gwoza, residents said.", "denied"),
        ("Russia denied that its planes had bombed a hospital in Aleppo.", "denied"),
        ("Turkey rejected claims that its army had shelled Afrin.", "denied"),
        ("The army plans to attack Aleppo.", "planned"),
        ("The militants threatened to attack Nairobi.", "planned"),
        ("If the army attacks Aleppo, the war may widen.", "hypothetical"),
        ("Analysts warn that the Taliban could attack Kabul.", "hypothetical"),
    ],
)
def test_what_did_not_happen(read: Read, text: str, status: str) -> None:
    assert primary(read(text)).status == status


def test_where_the_hurt_are_taken_is_not_where_it_happened(read: Read) -> None:
    text = "Eleven labourers died when their pick-up was blown up. Two were flown to the military hospital in Bannu."
    found = read(text).incidents
    assert [p.place for p in found] == [None] * len(found)
    assert found


@pytest.mark.parametrize(
    "text, kind, background",
    [
        ("Fourteen people have been killed in the shelling of Zaporizhzhia since Monday.", "shelling", False),
        miss(
            "A court in Dhaka sentenced five men to death for the killing of a priest in Jhenaidah.",
            "assassination",
            True,
            reason="a verdict alone is taken for no conflict",
        ),
    ],
)
def test_news_and_history(read: Read, text: str, kind: str, background: bool) -> None:
    found = primary(read(text))
    assert (found.event_type, found.background) == (kind, background)


@pytest.mark.parametrize(
    "text",
    [
        "There was no attack on Gwoza.",
        "More than 330,000 people have been killed in Syria since the conflict began in March 2011 with protests.",
        "At least 280,000 people have been killed and millions displaced since the war started.",
        "The mayor of Kano opened a school on Monday.",
        "Arsenal attacked from the start and the striker scored two goals in the second half of the cup match against the league team.",
        "Soldiers simulated an attack on a village during an exercise in Poland; the drill involved mock artillery fire and training.",
        "The pilots thought that they were attacking a depot near Aleppo.",
    ],
)
def test_nothing_happened(read: Read, text: str) -> None:
    assert [p for p in read(text).incidents if p.incident.status == "occurred"] == []


BOMB_AND_GUNMEN = (
    "A car bomb killed ten people in Mosul on Tuesday, police said. In a separate attack, gunmen shot dead two policemen in "
    "Kirkuk on Monday."
)
STRIKE_AND_PAST = (
    "An Israeli air strike killed three people in Damascus on Monday, Syria's army said. In 2018 an air strike on Aleppo killed "
    "20 people. Israel has been carrying out raids in Syria for years."
)


def test_two_attacks_are_two_incidents(read: Read) -> None:
    found = read(BOMB_AND_GUNMEN)
    assert len(found.incidents) == 2
    places = [p.place.name for p in found.incidents if p.place]
    assert places == ["Mosul", "Kirkuk"]
    assert [p.incident.killed for p in found.incidents] == [(10, 10), (2, 2)]
    assert [p.incident.date.start for p in found.incidents if p.incident.date] == [
        dt.date(2021, 6, 15),
        dt.date(2021, 6, 14),
    ]


def test_history_is_background(read: Read) -> None:
    found = read(STRIKE_AND_PAST)
    assert not primary(found).background
    assert primary(found).killed == (3, 3)
    past = [p.incident for p in found.incidents if p.incident.date and p.incident.date.end.year == 2018]
    assert past
    assert all(one.background for one in past)


def test_a_follow_up_adds_to_its_incident(read: Read) -> None:
    found = read(
        "A suicide bomber blew himself up at a mosque in Kano on Friday. The blast killed 12 worshippers and wounded 30. "
        "Boko Haram claimed responsibility for the attack."
    )
    assert types(found) == ["suicide_bombing"]
    one = primary(found)
    assert (one.killed, one.wounded) == ((12, 12), (30, 30))
    assert ("boko-haram", "perpetrator", "Boko Haram") in [(a.id, a.role, a.alleged_by) for a in one.actors]
    assert len(one.evidence) == 3


TEXTS = [text for text, *_ in (getattr(row, "values", row) for row in SINGLE)] + [BOMB_AND_GUNMEN, STRIKE_AND_PAST]


@pytest.mark.parametrize("text", TEXTS)
def test_exactly_one_is_primary(read: Read, text: str) -> None:
    primary(read(text))


def spans(found: Reading) -> list[tuple[str, str]]:
    """(words relied on, words at the span) of everything that was read."""
    text, pairs = found.report.text, []
    for placed in found.incidents:
        one = placed.incident
        for record in (*one.actors, *one.weapons, *one.casualties, *one.claims, *one.places):
            pairs.append((record.text, record.span.of(text)))
        if one.date and one.date.span:
            pairs.append((one.date.text, one.date.span.of(text)))
        if placed.place:
            pairs.append((placed.place.text, placed.place.span.of(text)))
        pairs += [("said", "said" if s.of(text).strip() else "") for s in one.evidence]
    return pairs + [(p.mention.text, p.mention.span.of(text)) for p in found.places]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("wrapped", [False, True])
def test_spans_hold_their_words(read: Read, text: str, wrapped: bool) -> None:
    raw = f"<p>\u200f“{text.replace(' on ', chr(10) + 'on ')}”&nbsp;</p>" if wrapped else text
    found = spans(read(raw))
    assert found
    assert [pair for pair in found if pair[0] != pair[1]] == []


@pytest.mark.parametrize("text", TEXTS[:3] + TEXTS[-2:])
def test_the_same_report_gives_the_same_ids(read: Read, text: str) -> None:
    first, again = ([p.incident.id for p in read(text).incidents] for _ in range(2))
    assert first == again
    assert len(set(first)) == len(first)


def test_reports_of_one_text_have_incidents_of_their_own(reader) -> None:
    ids = {
        p.incident.id
        for name in "ab"
        for p in reader.read(Report(name, BOMB_AND_GUNMEN, published=PUBLISHED)).incidents
    }
    assert len(ids) == 4


def test_without_a_publication_date_no_day_is_made_up(read: Read) -> None:
    found = read("Gunmen killed ten people in a raid on a village near Gwoza on Monday.", None)
    assert primary(found).date is None
    assert any("publication date" in w for w in found.warnings)


def test_numbers_of_unknown_size_are_none(read: Read) -> None:
    one = primary(read("Gunmen raided a village near Maiduguri on Monday."))
    assert (one.killed, one.wounded) == ((None, None), (None, None))

"""A newer reading of a stored report: ids, events and decisions stay, the older reading can still be seen."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pytest
import sqlalchemy as sa

from data import query, rereading, review, rows, schema
from data.query import Filters
from data.rereading import Change
from data.store import Store
from extract.errors import InputError
from extract.records import Span
from geo import contract
from tests.data import fakes

ME: dict[str, Any] = {"who": "Ana", "reason": "seen the list"}
SOURCE = fakes.report(1)
STRIKE = {"evidence": (Span(0, 99),)}
FIGURE = {"evidence": (Span(100, 168),), "event_type": "shelling"}


def reading(*found: dict[str, Any]) -> dict[str, Any]:
    """A reading of incidents, each with its own number as its id."""
    return contract.reading(
        fakes.reading(
            SOURCE,
            *(fakes.incident(SOURCE, n, **{"primary": n == found_first(found), **one}) for n, one in numbered(found)),
        )
    )


def numbered(found: tuple[dict[str, Any], ...]) -> list[tuple[int, dict[str, Any]]]:
    return [(one.get("n", n), {k: v for k, v in one.items() if k != "n"}) for n, one in enumerate(found)]


def found_first(found: tuple[dict[str, Any], ...]) -> int:
    return numbered(found)[0][0]


def reread(store: Store, *found: dict[str, Any]) -> Change:
    with store.writing() as connection:
        return rereading.replace_reading(connection, "r1", reading(*found), extractor="9.9")


@pytest.fixture
def filled(store: Store) -> Store:
    store.add(SOURCE, reading(STRIKE, FIGURE))
    return store


def held(store: Store, as_of: dt.datetime | None = None) -> dict[str, int | None]:
    return {row.id: row.killed_high for row in query.incidents_of(store, "r1", as_of=as_of)}


def moment(store: Store) -> dt.datetime:
    with store.reading() as connection:
        found = connection.scalar(sa.select(sa.func.max(schema.incidents.c.known_from)))
    assert found
    return found


def test_the_same_reading_changes_nothing(filled: Store) -> None:
    before = filled.revision()
    assert reread(filled, STRIKE, FIGURE) == Change((), (), (), ())
    assert filled.revision() == before


def test_a_newer_reading_takes_the_stead_of_the_old(filled: Store) -> None:
    before = moment(filled)
    change = reread(filled, {**STRIKE, "killed": (80, 80)}, FIGURE, {"evidence": (Span(50, 60),), "status": "denied"})
    assert change == Change(("r1-0",), ("r1-2",), (), ())
    assert held(filled) == {"r1-0": 80, "r1-1": 62, "r1-2": 62}
    assert held(filled, before) == {"r1-0": 62, "r1-1": 62}
    with filled.reading() as connection:
        assert rows.incident(connection, "r1-0").extractor == "9.9"
        assert rows.incident(connection, "r1-1").extractor != "9.9"


@pytest.mark.parametrize(
    "again, expected",
    [
        (({"n": 7, **STRIKE}, FIGURE), Change(("r1-0",), (), (), ())),
        (({**STRIKE, "n": 7, "event_type": "armed_clash"}, FIGURE), Change(("r1-0",), (), (), ())),
        (({**STRIKE, "n": 7, "evidence": (Span(0, 80),)}, FIGURE), Change(("r1-0",), (), (), ())),
        (
            ({**STRIKE, "n": 7, "evidence": (Span(0, 80),), "event_type": "armed_clash"}, FIGURE),
            Change((), ("r1-7",), ("r1-0",), ()),
        ),
        ((STRIKE,), Change((), (), ("r1-1",), ())),
    ],
)
def test_an_incident_is_known_again_by_its_words(
    filled: Store, again: tuple[dict[str, Any], ...], expected: Change
) -> None:
    change = reread(filled, *again)
    assert (change.new, change.gone, change.kept) == (expected.new, expected.gone, expected.kept)
    assert set(held(filled)) == {"r1-0", "r1-1", *expected.new} - set(expected.gone)


def test_its_event_stays_and_finds_another_lead(filled: Store) -> None:
    with filled.writing() as connection:
        event = rows.new_event(connection, "r1-0")
        rows.assign_events(connection, {"r1-0": event, "r1-1": event}, {event: "r1-0"})
    reread(filled, {**STRIKE, "killed": (80, 80)}, FIGURE)
    assert {(r.id, r.event_id, r.lead) for r in query.incidents_of(filled, "r1")} == {
        ("r1-0", event, True),
        ("r1-1", event, False),
    }
    reread(filled, FIGURE | {"n": 1})
    assert [(r.id, r.event_id, r.lead) for r in query.incidents_of(filled, "r1")] == [("r1-1", event, True)]
    reread(filled, {"n": 8, "evidence": (Span(120, 121),)})
    with filled.reading() as connection:
        retired = connection.scalar(sa.select(schema.events.c.retired_at).where(schema.events.c.id == event))
    assert retired


def test_decisions_stand_on_top_of_a_newer_reading(filled: Store) -> None:
    review.edit(filled, "r1-0", {"killed_low": 70, "killed_high": 75}, **ME)
    review.parties(filled, "r1-0", [{"name": "Russian Air Force", "role": "perpetrator"}], **ME)
    review.reject(filled, "r1-1", **ME)
    reread(filled, {**STRIKE, "n": 7, "killed": (80, 80), "confidence": 0.4}, {**FIGURE, "confidence": 0.9})
    row, other = query.incidents_of(filled, "r1")
    assert (row.id, row.killed_high, row.reviewed, row.confidence) == ("r1-0", 75, "edited", 0.4)
    assert [party.id for party in row.parties] == ["russian-air-force"]
    assert (other.id, other.reviewed, other.confidence) == ("r1-1", "rejected", 0.9)
    with filled.reading() as connection:
        assert rows.incident(connection, "r1-0").machine["killed_high"] == 80
    review.undo(filled, 1, **ME)
    assert held(filled)["r1-0"] == 80


def test_what_people_decided_on_is_kept_though_it_is_not_found_again(filled: Store) -> None:
    review.accept(filled, "r1-0", who="Ana")
    change = reread(filled, {"n": 8, "evidence": (Span(120, 121),), "event_type": "armed_clash"})
    assert change == Change(("r1-0",), ("r1-8",), ("r1-1",), ("r1-0",))
    assert {(r.id, r.reviewed, r.primary) for r in query.incidents_of(filled, "r1")} == {
        ("r1-0", "accepted", False),
        ("r1-8", None, True),
    }


def test_a_decision_that_no_longer_fits_keeps_what_was_shown(filled: Store) -> None:
    review.edit(filled, "r1-0", {"killed_high": 90}, **ME)
    reread(filled, {**STRIKE, "killed": (100, 120)}, FIGURE)
    row = query.incidents_of(filled, "r1")[0]
    assert (row.killed_low, row.killed_high, row.reviewed) == (62, 90, "edited")
    with filled.reading() as connection:
        assert rows.incident(connection, "r1-0").machine["killed_low"] == 100


def test_what_an_older_reading_said_of_places_is_kept(filled: Store) -> None:
    newer = {**reading(STRIKE, FIGURE), "warnings": ["new"], "language": "fr"}
    with filled.writing() as connection:
        rereading.replace_reading(connection, "r1", newer)
    found = query.report(filled, "r1")
    assert found
    assert (found.warnings, found.language) == (("new",), "fr")
    with filled.reading() as connection:
        past = connection.execute(sa.select(schema.past_readings)).one()
    assert (past.report_id, past.warnings, past.language) == ("r1", [], "en")


def test_a_report_that_is_not_stored_is_refused(store: Store) -> None:
    with pytest.raises(InputError, match="report 'r1' is not stored"):
        reread(store, STRIKE)


def test_the_map_as_it_stood(filled: Store) -> None:
    first = moment(filled)
    review.move(filled, "r1-0", 34.43, 35.84, place={"name": "Tripoli", "country_code": "LB"}, **ME)
    second = moment(filled)
    review.reject(filled, "r1-1", **ME)
    told = {
        when: (
            Counter(row.country_code for row in query.incidents(filled, Filters(as_of=when)) if row.country_code),
            sorted(row.lat for row in query.incidents(filled, Filters(as_of=when)) if row.lat is not None),
        )
        for when in (first - dt.timedelta(seconds=1), first, second, None)
    }
    assert list(told.values()) == [
        ({}, []),
        ({"SY": 2}, [35.2854, 35.2854]),
        ({"LB": 1, "SY": 1}, [34.43, 35.2854]),
        ({"LB": 1}, [34.43]),
    ]
    elsewhere = first.replace(tzinfo=dt.UTC).astimezone(dt.timezone(dt.timedelta(hours=5)))
    assert [row.country_code for row in query.incidents(filled, Filters(as_of=elsewhere))] == ["SY", "SY"]
    old = [row.key for row in query.incidents(filled, Filters(as_of=first)) if row.lat is not None]
    assert [row.place_name for row in query.by_keys(filled, old)] == ["Deir ez-Zor Airport"] * 2
    assert [len(list(query.details(filled, Filters(as_of=when)))) for when in (first, second, None)] == [2, 2, 1]
    then = query.incident(filled, "r1-0", as_of=first)
    assert then
    assert then.record["place"]["name"] == "Deir ez-Zor Airport"

"""Stored incidents are given to events as reports come, the same as from scratch, with ids that last."""

from __future__ import annotations

import datetime as dt
import random
import sys
from collections import defaultdict
from dataclasses import replace

import pytest
import sqlalchemy as sa

from data import events, grading, query, review, rows, schema
from data.events import Merger
from data.query import Filters
from data.store import Store
from extract.records import CasualtyClaim, Report, Span
from geo import contract
from geo.records import PlacedIncident
from tests.data import fakes
from tests.data.fakes import MOSUL, actor, at, on

CITY = at("Deir ez-Zor", 35.3359, 40.1408, "SY", precision=1)
OWN_WORDS = (
    "Jets of the alliance attacked a hill held by government troops beside the airfield of the city. The monitor put "
    "the number of dead at 80 at least. Militants overran the post within the hour, residents said by telephone."
)


def killed(number: int) -> dict[str, object]:
    """The fields of an incident that tell of so many dead."""
    span = Span(140, 151)
    claim = CasualtyClaim("killed", number, number, "soldiers", "combatant", span, f"{number} soldiers")
    return {"casualties": (claim,), "killed": (number, number)}


def told(number: int, *incidents: PlacedIncident, **changes: object) -> tuple[Report, dict[str, object]]:
    """Report ``number`` with its reading, which is of the strike where no incident is given."""
    report = fakes.report(number, **changes)
    renamed = [
        replace(one, incident=replace(one.incident, id=f"r{number}-{n}", report_id=f"r{number}", primary=n == 0))
        for n, one in enumerate(incidents or (fakes.incident(report),))
    ]
    return report, contract.reading(fakes.reading(report, *renamed))


def strike(**changes: object) -> PlacedIncident:
    """The strike near Deir ez-Zor, with changes."""
    return fakes.incident(fakes.report(0), **changes)


MOSUL_BOMB = strike(
    place=MOSUL,
    event_type="car_bomb",
    actors=(actor("Islamic State", "perpetrator"),),
    date=on("2016-10-02"),
    **killed(7),
)
# Four reports of one strike, one of them with another event beside it; one of that other event; and a bridge between.
WEEK = [
    told(1),
    told(2, strike(place=CITY, **killed(80)), text=OWN_WORDS, publisher="Monitoring group"),
    told(
        3,
        strike(),
        MOSUL_BOMB,
        text=f"{OWN_WORDS} Elsewhere a car bomb killed seven in Mosul.",
        publisher="Local paper",
    ),
    told(
        4, MOSUL_BOMB, text="A car packed with explosives blew up at a checkpoint in Mosul, police said.", title="Bomb"
    ),
    told(5, strike(date=on("2016-09-16", "2016-09-18")), title="A bloody weekend"),
    told(6, strike(date=on("2016-09-25"), **killed(3)), text="A later raid on the same airport killed three soldiers."),
]


def add(store: Store, *numbers: int, merger: Merger | None = None) -> None:
    merger = merger or Merger()
    for number in numbers:
        events.add(store, *WEEK[number - 1], merger)  # type: ignore[arg-type]


def partition(store: Store) -> set[frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in query.incidents(store, Filters()):
        assert row.event_id is not None
        found[row.event_id].add(row.id)
    return {frozenset(members) for members in found.values()}


WHOLE = {frozenset({"r1-0", "r2-0", "r3-0", "r5-0"}), frozenset({"r3-1", "r4-0"}), frozenset({"r6-0"})}


def event_of(store: Store, incident_id: str) -> str:
    found = next(row.event_id for row in query.incidents(store, Filters()) if row.id == incident_id)
    assert found is not None
    return found


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_reports_does_not_matter(store: Store, seed: int) -> None:
    order = list(range(1, 7))
    random.Random(seed).shuffle(order)
    add(store, *order)
    assert partition(store) == WHOLE
    revision = store.revision()
    with store.writing() as connection:
        assert Merger().rebuild(connection) == 0
    assert partition(store) == WHOLE
    add(store, *order)
    assert store.revision() == revision


def test_one_incident_leads_an_event(store: Store) -> None:
    add(store, 1, 2, 3, 4, 5, 6)
    assert [(row.id, row.lead) for row in query.incidents(store, Filters(leads_only=True))].count(("r2-0", True)) == 1
    assert query.totals(store, Filters(leads_only=True)).incidents == 3


def test_an_event_keeps_its_id_while_it_grows(store: Store) -> None:
    add(store, 1)
    event = event_of(store, "r1-0")
    add(store, 2, 3, 4, 5, 6)
    assert event_of(store, "r1-0") == event
    assert event_of(store, "r5-0") == event


def test_of_two_that_join_the_older_stays_and_the_other_leads_to_it(store: Store) -> None:
    bare = strike(place=CITY, event_type="attack", casualties=(), killed=(None, None), actors=())
    reports = [
        told(1, bare, text="Explosions were heard over the city on Saturday.", title="Blasts"),
        told(2),
        told(3, strike(place=CITY, event_type="attack"), text=f"Explosions were heard. {fakes.report().text}"),
    ]
    merger = Merger()
    for report, reading in reports[:2]:
        events.add(store, report, reading, merger)
    older, younger = event_of(store, "r1-0"), event_of(store, "r2-0")
    assert older != younger
    events.add(store, *reports[2], merger)
    assert {event_of(store, f"r{n}-0") for n in (1, 2, 3)} == {older}
    with store.reading() as connection:
        assert rows.resolve_event(connection, younger) == older


def test_the_machine_never_undoes_what_people_decided(store: Store) -> None:
    add(store, 1, 2)
    review.split(store, ["r2-0"], who="an analyst", reason="two raids")
    apart = event_of(store, "r2-0")
    assert apart != event_of(store, "r1-0")
    add(store, 3, 4, 5)
    review.merge(store, event_of(store, "r4-0"), event_of(store, "r5-0"), who="an analyst", reason="a test")
    add(store, 6)
    for _ in range(2):
        assert event_of(store, "r2-0") != event_of(store, "r1-0")
        assert event_of(store, "r4-0") == event_of(store, "r5-0")
        with store.writing() as connection:
            Merger().rebuild(connection)


def test_what_was_rejected_counts_for_nothing_and_stays_where_it_was(store: Store) -> None:
    add(store, 1)
    event = event_of(store, "r1-0")
    review.reject(store, "r1-0", who="an analyst", reason="an old report")
    add(store, 2)
    assert event_of(store, "r2-0") != event
    shown = query.incidents(store, Filters(include_rejected=True))
    assert {row.id: row.event_id for row in shown}["r1-0"] == event


def test_why_two_are_one_is_kept(store: Store) -> None:
    add(store, 1, 2, 6)
    with store.reading() as connection:
        links = connection.execute(sa.select(schema.links)).all()
    assert [(link.incident_a, link.incident_b, link.event_id) for link in links] == [
        ("r1-0", "r2-0", event_of(store, "r1-0"))
    ]
    reasons = {reason["field"]: reason["level"] for reason in links[0].reasons}
    assert reasons["date"] == "same day"
    assert links[0].score == pytest.approx(sum(reason["weight"] for reason in links[0].reasons))


def test_a_republished_text_is_noted_as_a_copy(store: Store) -> None:
    first, second = told(1, text=OWN_WORDS), told(2, text=f"(Agencies) {OWN_WORDS}", publisher="Gulf daily")
    for report, reading in (first, second, told(3)):
        events.add(store, report, reading, Merger())
    found = [query.report(store, f"r{n}") for n in (1, 2, 3)]
    assert [one.copy_of for one in found if one] == [None, "r1", None]


def test_a_failed_add_leaves_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    add(store, 1)
    revision, merger = store.revision(), Merger()
    with monkeypatch.context() as broken:
        broken.setattr(Merger, "_regroup", lambda *_: sys.exit("killed"))
        with pytest.raises(SystemExit):
            add(store, 2, merger=merger)
    assert store.revision() == revision
    assert query.totals(store, Filters()).reports == 1
    add(store, 2, merger=merger)
    assert partition(store) == {frozenset({"r1-0", "r2-0"})}


def test_a_grade_is_known_as_it_was(store: Store) -> None:
    add(store, 1)
    first = dt.datetime.now(dt.UTC)
    event = event_of(store, "r1-0")
    with store.reading() as connection:
        weak = grading.known(connection)[event]
    add(store, 2, 3)
    later = dt.datetime.now(dt.UTC)
    last = review.reject(store, "r2-0", who="Ana", reason="of another day")
    with store.reading() as connection:
        told = [grading.known(connection, at) for at in (dt.date(2016, 1, 1), first, later, None)]
        assert [one.get(event) for one in told] == [None, weak, "fair", grading.known(connection)[event]]
        assert weak == "weak"
        past = connection.execute(sa.select(schema.past_grades)).all()
    review.undo(store, last.number, who="Ana", reason="of that day")
    with store.reading() as connection:
        assert grading.known(connection)[event] == "fair"
        assert set(past) <= set(connection.execute(sa.select(schema.past_grades)).all())

"""Events are the same whatever the order of the reports, keep to what people decided, and join no chain of unlikes."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from data import blocking, merge
from data.merge import Decisions
from data.sketch import Sketch
from tests.data.sketches import AIRPORT, ALEPPO, CITY, COUNTRY, PROVINCE, SCORER, on, sketch, toll

PLACES = (AIRPORT, CITY, PROVINCE, COUNTRY, ALEPPO, None)
DAYS = (
    on("2016-09-17"),
    on("2016-09-18"),
    on("2016-09-17", "2016-09-18", precision=2),
    on("2016-09-01", "2016-09-30"),
    None,
)
WORDS = "coalition aircraft bomb soldier airport ridge militant market school shell".split()
TOLLS = st.frozensets(st.sampled_from(((1, 1), (3, 3), (18, None), (None, 62), (62, 62), (80, 90))), max_size=2)


@st.composite
def incidents(draw: st.DrawFn) -> list[Sketch]:
    """Up to a dozen incidents of up to a dozen reports, near one another."""
    found = []
    for n in range(draw(st.integers(0, 12))):
        found.append(
            sketch(
                f"r{draw(st.integers(0, 11))}",
                id=f"i{n:02d}",
                where=draw(st.sampled_from(PLACES)),
                when=draw(st.sampled_from(DAYS)),
                event_type=draw(st.sampled_from(("air_strike", "shelling", "attack", "arrest"))),
                words=draw(st.frozensets(st.sampled_from(WORDS), max_size=6)),
                killed=draw(TOLLS),
                wounded=draw(TOLLS),
                primary=draw(st.booleans()),
            )
        )
    return found


@given(incidents(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_order_does_not_matter(found: list[Sketch], chance: random.Random) -> None:
    mixed = list(found)
    chance.shuffle(mixed)
    assert merge.merge(mixed, SCORER.compare) == merge.merge(found, SCORER.compare)


@given(incidents())
@settings(max_examples=60, deadline=None)
def test_every_incident_is_in_one_event_and_never_with_its_report_alone(found: list[Sketch]) -> None:
    events = merge.merge(found, SCORER.compare).events
    assert sorted(one for event in events for one in event) == sorted(one.id for one in found)
    report = {one.id: one.report_id for one in found}
    assert all(len(event) == 1 or len({report[one] for one in event}) > 1 for event in events)


@given(incidents(), st.data())
@settings(max_examples=60, deadline=None)
def test_decisions_bind(found: list[Sketch], data: st.DataObject) -> None:
    ids = st.sampled_from([one.id for one in found] or ["none"])
    pairs = st.frozensets(st.tuples(ids, ids).filter(lambda two: two[0] < two[1]), max_size=3)
    decided = Decisions(same=data.draw(pairs), different=data.draw(pairs))
    events = merge.merge(found, SCORER.compare, decided).events
    event_of = {one: event for event in events for one in event}
    assert all(event_of[a] == event_of[b] for a, b in decided.same)
    bound = {one: group for group in merge.groups(event_of, decided.same) for one in group}
    assert all(event_of[a] != event_of[b] or bound[a] == bound[b] for a, b in decided.different)


@given(incidents())
@settings(max_examples=60, deadline=None)
def test_meeting_is_mutual(found: list[Sketch]) -> None:
    for one in found:
        for two in found:
            met = bool(blocking.filed(one) & blocking.sought(two))
            assert met == bool(blocking.filed(two) & blocking.sought(one)), (one, two)


def test_two_events_are_not_chained_by_one_between() -> None:
    early = sketch("a", killed=toll(3), wounded=toll(8), words=frozenset({"bus", "market"}))
    late = sketch("c", event_type="attack", words=frozenset({"ridge", "soldier"}), when=on("2016-09-18"))
    between = sketch("b", killed=toll(3, 62), words=early.words | late.words)
    both = replace(between, when=on("2016-09-17", "2016-09-18", precision=2))
    events = merge.merge([early, late, both], SCORER.compare).events
    assert sorted(map(len, events)) == [1, 2]


RAID: dict[str, object] = {"words": frozenset({"door", "night"}), "killed": frozenset(), "wounded": frozenset()}


def test_copies_are_joined_incident_by_incident() -> None:
    strike, raid = (
        sketch("a"),
        sketch("a", id="a-1", event_type="arrest", primary=False, **RAID),
    )
    copied = [replace(one, id=one.id.replace("a", "b"), report_id="b") for one in (strike, raid)]
    events = merge.merge([strike, raid, *copied], SCORER.compare).events
    assert events == (frozenset({"a-0", "b-0"}), frozenset({"a-1", "b-1"}))

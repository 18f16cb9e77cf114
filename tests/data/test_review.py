"""Decisions: what each does, that each is put down and can be undone, and what is refused."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
import sqlalchemy as sa

from data import decisions, query, review, rows, schema, worth
from data.decisions import Bond
from data.events import Merger
from data.query import Filters, IncidentDetail
from data.store import Store
from extract.errors import ConflictError, InputError
from geo import contract
from tests.data import fakes

ME: dict[str, Any] = {"who": "Ana", "reason": "The ministry's list says so"}
TRIPOLI = {"name": "Tripoli", "country_code": "LB"}


@pytest.fixture
def filled(store: Store) -> Store:
    """Events: one of r1-0, r2-0, r3-0 and one of r4-0; r5-0 was not compared yet."""
    elsewhere: dict[int, dict[str, Any]] = {
        4: {"place": fakes.at("Mosul", 36.335, 43.1189, "IQ"), "date": fakes.on("2016-10-02")},
        5: {"date": fakes.on("2016-12-25")},
    }
    for number in range(1, 6):
        source = fakes.report(number)
        changes: dict[str, Any] = {"confidence": 0.8 - number / 100, **elsewhere.get(number, {})}
        store.add(source, contract.reading(fakes.reading(source, fakes.incident(source, **changes))))
    with store.writing() as connection:
        Merger().attach(connection, [f"r{number}-0" for number in range(1, 5)])
    return store


def get(store: Store, number: int) -> IncidentDetail:
    found = query.incident(store, f"r{number}-0")
    assert found
    return found


def key(store: Store, number: int) -> tuple[int]:
    return (get(store, number).row.key,)


def events(store: Store) -> list[list[str]]:
    """The incidents of each event, its one lead first."""
    found: dict[str, list[str]] = {}
    shown = query.incidents(store, Filters(include_rejected=True))
    for row in sorted(shown, key=lambda row: (not row.lead, row.id)):
        found.setdefault(row.event_id or row.id, []).append(row.id.removesuffix("-0"))
    assert sorted(row.event_id or row.id for row in shown if row.lead) == sorted(found)
    return sorted(found.values())


START = [["r1", "r2", "r3"], ["r4"], ["r5"]]


def test_an_edit_is_shown_beside_what_the_machine_read(filled: Store) -> None:
    made = review.edit(filled, "r1-0", {"killed_high": 80, "date": {"end": "2016-09-18"}}, **ME)
    found = get(filled, 1)
    assert (found.row.killed_low, found.row.killed_high, found.row.reviewed) == (62, 80, "edited")
    assert (found.row.date_end, found.row.date_precision) == (dt.date(2016, 9, 18), 2)
    with filled.reading() as connection:
        row = rows.incident(connection, "r1-0")
    assert row.machine["killed_high"] == 62
    assert row.record["killed_high"] == 80
    assert (made.before["killed_high"], made.after["killed_high"]) == (62, 80)
    assert review.history(filled, "r1-0") == [made]
    assert (made.number, made.who, made.action, made.subjects) == (1, "Ana", "edit", ("r1-0",))


def test_what_is_put_elsewhere_or_on_another_day_is_merged_anew_and_back(filled: Store) -> None:
    """r5 tells of the strike on another day, r4 of one in another town."""
    with filled.writing() as connection:
        Merger().attach(connection, ["r5-0"])
    assert events(filled) == START
    old = get(filled, 1).row.event_id
    day = review.edit(filled, "r5-0", {"date": {"start": "2016-09-17", "end": "2016-09-17"}}, **ME)
    assert events(filled) == [["r1", "r2", "r3", "r5"], ["r4"]]
    assert get(filled, 5).row.event_id == old
    away = review.move(filled, "r2-0", 34.43, 35.84, place=TRIPOLI, **ME)
    assert events(filled) == [["r1", "r3", "r5"], ["r2"], ["r4"]]
    with filled.writing() as connection:
        assert Merger().rebuild(connection) == 0
    review.undo(filled, day.number, **ME)
    assert events(filled) == [["r1", "r3"], ["r2"], ["r4"], ["r5"]]
    review.undo(filled, away.number, **ME)
    assert events(filled) == START
    assert get(filled, 1).row.event_id == old


def test_merging_anew_keeps_to_what_people_merged_and_split(filled: Store) -> None:
    review.split(filled, ["r3-0"], **ME)
    review.merge(filled, "r1-0", "r4-0", **ME)
    review.move(filled, "r2-0", 34.43, 35.84, place=TRIPOLI, **ME)
    review.edit(filled, "r4-0", {"date": {"start": "2016-11-02", "end": "2016-11-02"}}, **ME)
    review.edit(filled, "r3-0", {"date": {"start": "2016-09-17", "end": "2016-09-18"}}, **ME)
    assert events(filled) == [["r1", "r2", "r4"], ["r3"], ["r5"]]


def test_parties_are_found_by_their_new_names(filled: Store) -> None:
    review.parties(filled, "r5-0", [{"name": "Russian Air Force", "role": "perpetrator"}], **ME)
    assert [r.id for r in query.incidents(filled, Filters(parties=("russian-air-force",)))] == ["r5-0"]
    assert "r5-0" not in {r.id for r in query.incidents(filled, Filters(parties=("syrian-army",)))}
    assert len(query.incidents(filled, Filters(parties=("us-led-coalition",)))) == 4


def test_a_moved_pin_is_found_where_it_is_now(filled: Store) -> None:
    review.move(filled, "r5-0", 34.43, 35.84, radius_km=3, place=TRIPOLI, **ME)
    assert [(r.id, r.lat, r.place_name) for r in query.incidents(filled, Filters(countries=("LB",)))] == [
        ("r5-0", 34.43, "Tripoli")
    ]


@pytest.mark.parametrize(
    "act, state, shown",
    [
        (lambda s: review.accept(s, "r5-0", who="Ana"), "accepted", True),
        (lambda s: review.reject(s, "r5-0", **ME), "rejected", False),
        (lambda s: review.edit(s, "r5-0", {"killed_high": 90}, **ME), "edited", True),
        (lambda s: review.move(s, "r5-0", 34.43, 35.84, **ME), "edited", True),
        (lambda s: review.parties(s, "r5-0", [], **ME), "edited", True),
    ],
)
def test_each_is_undone_and_done_again(
    filled: Store, act: Callable[[Store], decisions.Decision], state: str, shown: bool
) -> None:
    before = get(filled, 5)
    made = act(filled)
    after = get(filled, 5)
    assert after.row.reviewed == state
    assert ("r5-0" in {row.id for row in query.incidents(filled, Filters())}) == shown
    back = review.undo(filled, made.number, **ME)
    assert (get(filled, 5).record, get(filled, 5).row.reviewed) == (before.record, None)
    review.undo(filled, back.number, **ME)
    assert (get(filled, 5).record, get(filled, 5).row.reviewed) == (after.record, state)
    trail = review.history(filled, "r5-0")
    assert [(one.number, one.action, one.undoes, one.stands) for one in trail] == [
        (1, made.action, None, True),
        (2, "undo", 1, False),
        (3, "undo", 2, True),
    ]


def test_an_earlier_decision_is_undone_below_a_later_one(filled: Store) -> None:
    first = review.edit(filled, "r1-0", {"killed_high": 80}, **ME)
    review.edit(filled, "r1-0", {"status": "disputed"}, **ME)
    review.undo(filled, first.number, **ME)
    assert (get(filled, 1).row.killed_high, get(filled, 1).row.status) == (62, "disputed")


def test_an_event_whose_lead_is_rejected_gets_another(filled: Store) -> None:
    made = review.reject(filled, "r1-0", **ME)
    assert events(filled) == [["r2", "r1", "r3"], ["r4"], ["r5"]]
    assert {r.id for r in query.incidents(filled, Filters(leads_only=True))} == {"r2-0", "r4-0", "r5-0"}
    review.undo(filled, made.number, **ME)
    assert events(filled) == START


def test_a_merge_keeps_the_first_id_and_leads_the_second_to_it(filled: Store) -> None:
    one, two = get(filled, 1).row.event_id, get(filled, 4).row.event_id
    assert one
    assert two
    made = review.merge(filled, two, one, **ME)
    assert events(filled) == [["r1", "r2", "r3", "r4"], ["r5"]]
    assert {get(filled, n).row.event_id for n in (1, 2, 3, 4)} == {two}
    with filled.reading() as connection:
        assert rows.resolve_event(connection, one) == two
        assert decisions.bonds(connection) == [Bond(True, ("r4-0",), ("r1-0", "r2-0", "r3-0"))]
    back = review.undo(filled, made.number, **ME)
    assert events(filled) == START
    assert get(filled, 1).row.event_id == one
    with filled.reading() as connection:
        assert rows.resolve_event(connection, one) == one
        assert decisions.bonds(connection) == []
    review.undo(filled, back.number, **ME)
    assert events(filled) == [["r1", "r2", "r3", "r4"], ["r5"]]


def test_a_merge_of_an_incident_that_has_no_event(filled: Store) -> None:
    made = review.merge(filled, "r1-0", "r5-0", **ME)
    assert events(filled) == [["r1", "r2", "r3", "r5"], ["r4"]]
    review.undo(filled, made.number, **ME)
    assert events(filled) == START


def test_a_split_gives_a_new_id(filled: Store) -> None:
    old = get(filled, 1).row.event_id
    made = review.split(filled, ["r1-0", "r2-0"], **ME)
    new = get(filled, 1).row.event_id
    assert events(filled) == [["r1", "r2"], ["r3"], ["r4"], ["r5"]]
    assert (get(filled, 3).row.event_id, new != old) == (old, True)
    with filled.reading() as connection:
        assert decisions.bonds(connection) == [Bond(False, ("r3-0",), ("r1-0", "r2-0"))]
    back = review.undo(filled, made.number, **ME)
    assert events(filled) == START
    with filled.reading() as connection:
        assert rows.resolve_event(connection, str(new)) == old
    review.undo(filled, back.number, **ME)
    assert (events(filled)[0], get(filled, 1).row.event_id) == (["r1", "r2"], new)


def test_ids_are_never_used_again(filled: Store) -> None:
    seen = {get(filled, 1).row.event_id, get(filled, 4).row.event_id}
    for _ in range(3):
        made = review.split(filled, ["r1-0"], **ME)
        assert get(filled, 1).row.event_id not in seen
        seen.add(get(filled, 1).row.event_id)
        review.undo(filled, made.number, **ME)


def test_what_was_moved_since_cannot_be_undone_first(filled: Store) -> None:
    made = review.merge(filled, "r1-0", "r4-0", **ME)
    later = review.split(filled, ["r4-0"], **ME)
    with pytest.raises(ConflictError, match="moved again since decision 1; undo the later decisions first"):
        review.undo(filled, made.number, **ME)
    review.undo(filled, later.number, **ME)
    review.undo(filled, made.number, **ME)
    assert events(filled) == START


@pytest.mark.parametrize(
    "act, reason",
    [
        (lambda s: review.edit(s, "r1-0", {"place": {"lat": 91}}, **ME), "place.lat: 91"),
        (lambda s: review.move(s, "r1-0", 91, 0, **ME), "place.lat: 91"),
        (lambda s: review.edit(s, "r1-0", {"killed_high": 62}, **ME), "killed_high: nothing would change"),
        (lambda s: review.edit(s, "r1-0", {}, **ME), "no field: nothing would change"),
        (lambda s: review.edit(s, "nobody", {"killed_high": 1}, **ME), "there is no incident 'nobody'"),
        (lambda s: review.reject(s, "r1-0", who="Ana", reason=" "), "reason: must not be blank"),
        (lambda s: review.accept(s, "r1-0", who=""), "who: must not be blank"),
        (lambda s: review.accept(s, "r1-0", who="\ud800"), "who: .* cannot be stored"),
        (lambda s: review.accept(s, "r1-0", who="Ana", reason="x" * 3000), "reason: is longer than"),
        (lambda s: review.merge(s, "r1-0", "r2-0", **ME), "merge: r1-0 and r2-0 are the same event"),
        (lambda s: review.merge(s, "r5-0", "r5-0", **ME), "are the same event"),
        (lambda s: review.merge(s, "r1-0", "evt-none", **ME), "there is no incident 'evt-none'"),
        (lambda s: review.split(s, ["r1-0", "r4-0"], **ME), "must be of one event"),
        (lambda s: review.split(s, ["r5-0"], **ME), "must be of one event"),
        (lambda s: review.split(s, ["r4-0"], **ME), "these are all incidents of event"),
        (lambda s: review.split(s, [], **ME), "must be of one event"),
        (lambda s: review.undo(s, 7, **ME), "there is no decision 7"),
        (lambda s: review.accept(s, "r1-0", who="Ana", seen=(999,)), "no such state"),
    ],
)
def test_what_makes_no_sense_changes_nothing(filled: Store, act: Callable[[Store], object], reason: str) -> None:
    before = filled.revision()
    with pytest.raises(InputError, match=reason):
        act(filled)
    assert filled.revision() == before
    assert events(filled) == START
    with filled.reading() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(schema.decisions)) == 0


def test_nothing_is_undone_twice(filled: Store) -> None:
    made = review.accept(filled, "r1-0", who="Ana")
    review.undo(filled, made.number, **ME)
    with pytest.raises(InputError, match="decision 1 is undone already"):
        review.undo(filled, made.number, **ME)


def test_the_second_of_two_reviewers_is_told(filled: Store) -> None:
    seen = key(filled, 1)
    review.edit(filled, "r1-0", {"killed_high": 80}, who="Ana", reason="list", seen=seen)
    with pytest.raises(
        ConflictError, match=r"r1-0 was changed meanwhile by Ana \(decision 1, edit\); look at it again"
    ):
        review.edit(filled, "r1-0", {"killed_high": 90}, who="Ben", reason="agency", seen=seen)
    assert get(filled, 1).row.killed_high == 80
    review.edit(filled, "r1-0", {"killed_high": 90}, who="Ben", reason="agency", seen=key(filled, 1))
    assert get(filled, 1).row.killed_high == 90


def test_a_new_neighbour_in_the_event_is_no_conflict_for_an_edit(filled: Store) -> None:
    seen, both = key(filled, 5), (*key(filled, 4), *key(filled, 5))
    review.merge(filled, "r1-0", "r5-0", **ME)
    review.edit(filled, "r5-0", {"killed_high": 90}, seen=seen, **ME)
    with pytest.raises(ConflictError, match="r5-0 was changed meanwhile"):
        review.merge(filled, "r4-0", "r5-0", seen=both, **ME)


def test_the_queue_puts_the_gravest_doubts_first(store: Store) -> None:
    source = fakes.report(1)
    kinds: list[dict[str, Any]] = [
        {"confidence": 0.9, "killed": (1, 1)},
        {"confidence": 0.9, "killed": (300, 400)},
        {"confidence": 0.2, "killed": (None, None)},
        {"confidence": 0.9, "killed": (1, 1), "status": "disputed"},
        {"confidence": 0.9, "killed": (1, 1), "place": None, "date": None},
        {"confidence": 0.1, "status": "denied"},
    ]
    found = [fakes.incident(source, n, **kind) for n, kind in enumerate(kinds)]
    store.add(source, contract.reading(fakes.reading(source, *found)))
    assert [(d.row.id, d.reasons) for d in worth.queue(store)] == [
        ("r1-2", ("confidence 20%",)),
        ("r1-4", ("no place", "no date", "1 killed", "confidence 90%")),
        ("r1-1", ("400 killed", "confidence 90%")),
        ("r1-3", ("disputed", "1 killed", "confidence 90%")),
        ("r1-0", ("1 killed", "confidence 90%")),
    ]
    review.accept(store, "r1-1", who="Ana")
    review.reject(store, "r1-2", **ME)
    assert [d.row.id for d in worth.queue(store, limit=2)] == ["r1-4", "r1-3"]
    assert [d.row.id for d in worth.queue(store, limit=2, offset=2)] == ["r1-0"]
    assert [d.row.id for d in worth.queue(store, Filters(statuses=("denied",)))] == ["r1-5"]


def any_action(store: Store, chance: random.Random) -> decisions.Decision:
    """One of all that a reviewer can do, at random; it may be refused."""
    one, other = (f"r{chance.randint(1, 5)}-0" for _ in range(2))
    acts: list[Callable[[], decisions.Decision]] = [
        lambda: review.accept(store, one, who="Ana"),
        lambda: review.reject(store, one, **ME),
        lambda: review.edit(store, one, {"killed_low": 0, "killed_high": chance.randint(0, 9)}, **ME),
        lambda: review.move(store, one, chance.uniform(-90, 90), chance.uniform(-180, 180), **ME),
        lambda: review.parties(store, one, [{"name": chance.choice("ABC"), "role": "target"}], **ME),
        lambda: review.merge(store, one, other, **ME),
        lambda: review.split(store, [one], **ME),
        lambda: review.split(store, [one, other], **ME),
        lambda: review.undo(store, chance.randint(1, 20), **ME),
    ]
    return chance.choice(acts)()


@pytest.mark.parametrize("seed", range(4))
def test_whatever_was_done_can_be_taken_back(filled: Store, seed: int) -> None:
    chance = random.Random(seed)
    before = [(get(filled, n).record, get(filled, n).row.reviewed) for n in range(1, 6)]
    done = 0
    while done < 25:
        with suppress(InputError, ConflictError):
            any_action(filled, chance)
            done += 1
        events(filled)
    for number in range(done, 0, -1):
        with filled.reading() as connection:
            target = decisions.one(connection, number)
        if target.stands and target.action != "undo":
            review.undo(filled, number, **ME)
    assert events(filled) == START
    assert [(get(filled, n).record, get(filled, n).row.reviewed) for n in range(1, 6)] == before

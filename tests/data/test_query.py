"""Questions to a store of six incidents of which every answer can be told by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from data import query
from data.query import Filters
from data.store import Store
from geo import contract
from tests.data import fakes

D = dt.date
ANCESTORS = {
    "us-led-coalition": frozenset({"western-states"}),
    "syrian-army": frozenset({"syria"}),
    "syrian-air-force": frozenset({"syrian-army", "syria"}),
}


@pytest.fixture
def filled(store: Store) -> Store:
    """r1 holds incidents 0 to 3, r2 4 and 5."""
    one, two = (
        fakes.report(1),
        fakes.report(2, title="Mosul: 100% of the old town", text="Bomb in Mosul.", publisher="Local"),
    )
    isis, air = fakes.actor("Islamic State", "target"), fakes.actor("Syrian air force", "perpetrator")
    first = fakes.reading(
        one,
        fakes.incident(one, 0),
        fakes.incident(one, 1, status="disputed", date=fakes.on("2016-09-01", "2016-09-10"), actors=(air, isis)),
        fakes.incident(one, 2, status="denied"),
        fakes.incident(one, 3, background=True, date=fakes.on("2015-05-01")),
    )
    bomb = fakes.incident(
        two,
        4,
        place=fakes.MOSUL,
        event_type="car_bomb",
        date=None,
        killed=(None, None),
        actors=(fakes.actor("Islamic State", "perpetrator", alleged_by="Iraq"),),
    )
    second = fakes.reading(two, bomb, fakes.incident(two, 5, place=None, event_type="shelling", actors=()))
    store.add(one, contract.reading(first))
    store.add(two, contract.reading(second))
    return store


def numbers(rows: object) -> list[int]:
    return [int(row.id.split("-")[1]) for row in rows]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "filters, expected",
    [
        (Filters(), [0, 5, 1, 4]),
        (Filters(include_background=True), [0, 5, 1, 3, 4]),
        (Filters(statuses=("denied",)), [2]),
        (Filters(statuses=(), include_background=True), [0, 2, 5, 1, 3, 4]),
        (Filters(parties=("islamic-state",)), [1, 4]),
        (Filters(parties=("islamic-state",), role="target"), [1]),
        (Filters(parties=("islamic-state",), role="perpetrator"), [4]),
        (Filters(parties=("islamic-state", "syrian-army"), role="target"), [0, 1]),
        (Filters(parties=("nobody",)), []),
        (Filters(date_from=D(2016, 9, 10)), [0, 5, 1]),
        (Filters(date_from=D(2016, 9, 11)), [0, 5]),
        (Filters(date_to=D(2016, 9, 1)), [1]),
        (Filters(date_from=D(2016, 9, 17), date_to=D(2016, 9, 17)), [0, 5]),
        (Filters(date_from=D(2017, 1, 1)), []),
        (Filters(event_types=("car_bomb", "shelling")), [5, 4]),
        (Filters(countries=("IQ",)), [4]),
        (Filters(text="mosul"), [5, 4]),
        (Filters(text="MOSUL 100%"), [5, 4]),
        (Filters(text="1_0%"), []),
        (Filters(text="deir airport"), [0, 1]),
        (Filters(text="' OR 1=1 --"), []),
    ],
)
def test_filters_choose(filled: Store, filters: Filters, expected: list[int]) -> None:
    assert numbers(query.incidents(filled, filters)) == expected
    assert query.totals(filled, filters).incidents == len(expected)
    assert sorted(numbers(d.row for d in query.details(filled, filters))) == sorted(expected)


@pytest.mark.parametrize(
    "party, role, expected",
    [
        ("syria", "either", [0, 1]),
        ("syria", "perpetrator", [1]),
        ("syria", "target", [0]),
        ("western-states", "either", [0]),
        ("syrian-air-force", "either", [1]),
    ],
)
def test_a_party_finds_its_parts(filled: Store, party: str, role: query.RoleFilter, expected: list[int]) -> None:
    filters = query.with_children(Filters(parties=(party,), role=role), ANCESTORS)
    assert numbers(query.incidents(filled, filters)) == expected


def test_counts(filled: Store) -> None:
    assert query.totals(filled, Filters()) == query.Totals(incidents=4, located=3, reports=2)


def test_an_empty_store_has_no_answers(store: Store) -> None:
    assert query.incidents(store, Filters()) == []
    assert query.totals(store, Filters()) == query.Totals(0, 0, 0)
    assert query.incident(store, "x") is None
    assert query.report(store, "x") is None


def test_a_row_says_all_that_a_list_shows(filled: Store) -> None:
    row = query.incidents(filled, Filters())[0]
    assert (row.title, row.publisher, row.published) == (
        "Strike hits Syrian army",
        "Western wire agency",
        D(2016, 9, 18),
    )
    assert (row.lat, row.lon, row.radius_km, row.where_precision) == (35.2854, 40.176, 5.0, 2)
    assert (row.killed_low, row.killed_high, row.wounded_low) == (62, 62, None)
    assert [(p.id, p.role) for p in row.parties] == [("us-led-coalition", "perpetrator"), ("syrian-army", "target")]


def test_unknown_stays_none(filled: Store) -> None:
    bomb, shelling = (query.incident(filled, i) for i in ("r2-4", "r2-5"))
    assert bomb
    assert shelling
    assert (bomb.row.date_start, bomb.row.killed_low) == (None, None)
    assert (shelling.row.lat, shelling.row.lon, shelling.row.country_code) == (None, None, None)
    assert bomb.row.parties[0].alleged_by == "Iraq"


def test_one_incident_whole(filled: Store) -> None:
    found = query.incident(filled, "r1-0")
    assert found
    assert found.record["casualties"][0]["claimed_by"] == "Russia"
    span = found.record["evidence"][0]
    assert found.report.text[span["start"] : span["end"]].startswith("Coalition aircraft")
    assert numbers(query.incidents_of(filled, "r1")) == [0, 1, 2, 3]
    assert query.report(filled, "r1") == found.report


def test_rows_come_in_the_order_of_their_keys(filled: Store) -> None:
    keys = [row.key for row in query.incidents(filled, Filters())]
    assert [row.key for row in query.by_keys(filled, [*keys[::-1], 10**9])] == keys[::-1]


def test_paging(filled: Store) -> None:
    whole = query.incidents(filled, Filters())
    assert [
        *query.incidents(filled, Filters(), limit=3),
        *query.incidents(filled, Filters(), limit=3, offset=3),
    ] == whole


def test_details_pass_their_chunks(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query, "CHUNK", 2)
    assert numbers(d.row for d in query.details(filled, Filters(statuses=(), include_background=True))) == [
        0,
        1,
        2,
        3,
        4,
        5,
    ]

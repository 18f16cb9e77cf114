"""Counts and tolls against a plain count by pandas, under filters, merged events and figures with open ends."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from bench import synthetic
from data import figures, periods, query
from data.figures import Toll
from data.overview import Ask, Overview
from data.store import Store
from tests.views import small_store

SYNTHETIC = 700


@pytest.fixture(autouse=True, scope="module")
def _home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATELINE_HOME", str(tmp_path_factory.mktemp("home")))
        yield


@pytest.fixture(scope="module")
def overview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Overview]:
    with Store.open(f"sqlite:///{tmp_path_factory.mktemp('figures') / 'store.db'}") as store:
        synthetic.fill(store, SYNTHETIC)
        yield Overview(store)


def plain(overview: Overview, ask: Ask) -> pd.DataFrame:
    """The incidents that fit (the filters used here are by type, country and day), one row each."""
    rows = []
    for one in query.details(overview.store, query.Filters(statuses=ask.statuses)):
        row = {name: getattr(one.row, name) for name in query.IncidentRow.__dataclass_fields__}
        row["unit"] = one.row.id if ask.every else (one.row.event_id or f"alone {one.row.id}")
        row["perpetrator"] = {party.id for party in one.row.parties if party.role == "perpetrator"}
        rows.append(row)
    found = pd.DataFrame(rows)
    found = found[found.event_type.isin(ask.types)] if ask.types else found
    found = found[found.country_code.isin(ask.countries)] if ask.countries else found
    if ask.date_from:
        found = found[[end is not None and end >= ask.date_from for end in found.date_end]]
    return found


def toll(found: pd.DataFrame, what: str) -> Toll:
    """The sums over the units of their lowest and highest figure, in plain words."""
    sums = [0, 0, 0, 0]
    for _, own in found.groupby("unit"):
        low, high = own[f"{what}_low"].dropna(), own[f"{what}_high"].dropna()
        if len(low) or len(high):
            open_ = (own[f"{what}_low"].notna() & own[f"{what}_high"].isna()).any()
            each = (min(low) if len(low) else 0, max([*low, *high]), 1, int(open_))
            sums = [a + int(b) for a, b in zip(sums, each, strict=True)]
    return Toll(*sums)


ASKS = [
    Ask(),
    Ask(every=True),
    Ask(types=("air_strike", "shelling")),
    Ask(date_from=dt.date(2018, 1, 1), countries=("SY", "UA", "MM")),
    Ask(countries=("XX",)),
]


@pytest.mark.parametrize("ask", ASKS, ids=range(len(ASKS)))
def test_every_line_is_what_a_plain_count_says(overview: Overview, ask: Ask) -> None:
    answer, wanted = overview.answer(ask), plain(overview, ask)
    total = figures.total(answer)
    assert (total.count, total.killed, total.wounded) == (
        wanted.unit.nunique(), toll(wanted, "killed"), toll(wanted, "wounded"),
    )  # fmt: skip
    wanted["province"] = (wanted.country_code + "/" + wanted.admin1).fillna("")
    for side, column in (("type", "event_type"), ("province", "province")):
        lines = {line.value: line for line in figures.by(answer, side)}  # type: ignore[arg-type]
        expected = dict(iter(wanted.groupby(column)))
        assert {value: line.count for value, line in lines.items()} == {
            value: own.unit.nunique() for value, own in expected.items()
        }
        assert {value: line.killed for value, line in lines.items()} == {
            value: toll(own, "killed") for value, own in expected.items()
        }


@pytest.mark.parametrize("ask", ASKS[:4], ids=range(4))
def test_a_line_says_what_its_filter_would_leave(overview: Overview, ask: Ask) -> None:
    answer = overview.answer(ask)
    facets = answer.facets()
    for name, lines in (("types", figures.by(answer, "type")), ("provinces", figures.by(answer, "province"))):
        left = {one.value: one.count for one in facets[name]}
        assert {line.value: line.count for line in lines if line.value and line.value in left} | left == left
    perpetrators = {line.value: line for line in figures.parties(answer, "perpetrator")}
    chance = random.Random(4)
    for value in chance.sample(sorted(perpetrators), min(6, len(perpetrators))):
        asked = overview.answer(Ask(**{**_fields(ask), "parties": (value,), "role": "perpetrator"}))
        assert figures.total(asked).count == perpetrators[value].count
        assert figures.total(asked).killed == perpetrators[value].killed


def _fields(ask: Ask) -> dict[str, object]:
    return {name: getattr(ask, name) for name in ask.changed()}


@pytest.mark.parametrize("step, days", [("day", 1), ("week", 7), ("month", 31), ("year", 366)])
def test_the_course_of_time_holds_every_dated_event_once(overview: Overview, step: figures.Step, days: int) -> None:
    answer = overview.answer(Ask())
    course = figures.course(answer, step)
    assert sum(line.count for line in course.lines) + course.undated == len(answer)
    firsts = [dt.date.fromisoformat(line.value) for line in course.lines]
    assert all(0 < (after - before).days <= days for before, after in pairwise(firsts))
    assert step != "week" or {day.weekday() for day in firsts} == {0}
    total = figures.total(answer).killed
    undated = answer.rows[answer.held.rows.start[answer.rows] < -(2**30)]
    assert len(undated) == course.undated
    if not course.undated:
        assert sum(line.killed.high for line in course.lines) == total.high
    starts = answer.starts().astype("datetime64[D]").astype(dt.date)
    counted = np.array([sum(first <= day for first in firsts) - 1 for day in starts])
    assert [line.count for line in course.lines] == np.bincount(counted, minlength=len(firsts)).tolist()


OPEN_ENDS = [
    # low, high of every incident, all of one kind -> the toll of the kind
    ([(62, 62), (80, None)], Toll(142, 142, 2, 1)),
    ([(None, 80)], Toll(0, 80, 1, 0)),
    ([(None, None), (3, 5)], Toll(3, 5, 1, 0)),
    ([(None, None)], Toll(0, 0, 0, 0)),
    ([(0, 0), (0, 4)], Toll(0, 4, 2, 0)),
]


@pytest.mark.parametrize("told, expected", OPEN_ENDS)
def test_open_ends(tmp_path: Path, told: list[tuple[int | None, int | None]], expected: Toll) -> None:
    with Store.open(f"sqlite:///{tmp_path / 'store.db'}") as store:
        for n, (low, high) in enumerate(told):
            text = f"Shells fell on village {n}."
            record = small_store.incident(f"s{n}", text, day="2016-09-17", killed_low=low, killed_high=high)
            small_store.add(store, text, record)
        (line,) = figures.by(Overview(store).answer(Ask()), "type")
        assert line.killed == expected
        assert line.count == len(told)


def test_nothing_and_nothing_dated(tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path / 'store.db'}") as store:
        text = "Men were arrested."
        small_store.add(store, text, small_store.incident("a", text, day=None, event_type="arrest"))
        overview = Overview(store)
        assert figures.course(overview.answer(Ask())) == figures.Course((), undated=1)
        nothing = overview.answer(Ask(types=("shelling",)))
        assert figures.total(nothing).count == 0
        assert list(figures.by(nothing, "type")) == list(figures.parties(nothing, "target")) == []
        assert figures.course(nothing) == figures.Course(())


def test_two_periods(overview: Overview) -> None:
    first, second = (dt.date(2017, 1, 1), dt.date(2017, 12, 31)), (dt.date(2018, 1, 1), dt.date(2018, 12, 31))
    assert periods.before(second) == first
    found = periods.compare(overview, Ask(types=("air_strike", "shelling")), first, second)
    for answer, pair in ((found.first, found.total.first), (found.second, found.total.second)):
        assert pair == figures.total(overview.answer(answer.ask))
    assert {pair.value for pair in found.by("type")} <= {"air_strike", "shelling"}
    assert sum(pair.first.count for pair in found.by("type")) >= found.total.first.count
    both = set(found.first.rows.tolist()) & set(found.second.rows.tolist())
    assert found.shared == len(both)


@pytest.mark.parametrize(
    "first, second, expected",
    [
        (Toll(10, 14, 2), Toll(20, 21, 2), (6, 11)),
        (Toll(10, 14, 2), Toll(9, 12, 2), (-5, 2)),
        (Toll(10, 10, 1, 1), Toll(20, 20, 1), None),
    ],
)
def test_a_change_is_a_range(first: Toll, second: Toll, expected: tuple[int, int] | None) -> None:
    assert periods.change(first, second) == expected

"""Incidents by equal steps of time: none lost, the steps without a gap."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from views import timeline

DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    "starts, first, last, counts",
    [
        (["2016-09-17", "2016-09-19", "2016-09-17"], "2016-09-17", "2016-09-19", [2, 0, 1]),
        (["2016-01-01", "2016-08-31"], "2015-12-28", "2016-09-04", None),
        (["2015-03-09", "2018-02-11"], "2015-03-09", "2018-02-11", None),
        (["2012-02-10", "2022-02-10"], "2012-02-01", "2022-02-28", None),
        (["1990-05-05", "2025-05-05"], "1990-01-01", "2025-12-31", None),
    ],
)
def test_bars_are_days_weeks_from_monday_months_or_years(
    starts: list[str], first: str, last: str, counts: list[int] | None
) -> None:
    found = timeline.bins(np.array(starts, "datetime64[D]").astype(np.int32))
    assert (str(found[0].first), str(found[-1].last)) == (first, last)
    if counts:
        assert [one.count for one in found] == counts


@given(st.lists(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)), min_size=1, max_size=50))
def test_every_incident_lies_in_its_bar_and_the_bars_follow_one_another(days: list[dt.date]) -> None:
    found = timeline.bins(np.array(days, "datetime64[D]").astype(np.int32))
    assert sum(one.count for one in found) == len(days)
    assert all(one.last + DAY == after.first for one, after in pairwise(found))
    for one in found:
        assert one.count == sum(one.first <= day <= one.last for day in days)


def test_nothing_dated_gives_no_bars() -> None:
    assert timeline.bins(np.zeros(0, np.int32)) == []

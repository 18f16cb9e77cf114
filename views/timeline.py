"""Incidents over time under the map; a drag across the bars sets the two date filters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt
import streamlit as st

from data.query import Filters
from data.store import Store
from views import filters, parts, state, words

KEY = "timeline"
Unit = Literal["D", "W", "M", "Y"]
# Days that the incidents may span for a bar a day, a week, a month: at most about 180 bars, wide enough to hit.
WIDEST: tuple[tuple[int, Unit], ...] = ((120, "D"), (1_200, "W"), (5_500, "M"))
Days = npt.NDArray[np.datetime64]


@dataclass(frozen=True, slots=True)
class Bin:
    """One bar: its first and last day, and the incidents that began within it."""

    first: dt.date
    last: dt.date
    count: int


def timeline(store: Store, asked: Filters) -> None:
    """The bars of all that the other filters leave, the chosen days standing out; nothing where nothing has a date."""
    columns = state.columns(store, replace(asked, date_from=None, date_to=None))
    found = bins(columns.date_start)
    if len(found) < 2:
        return
    first, last = words.day(found[0].first), words.day(found[-1].last)
    label = f"Incidents over time, {first} to {last}. Drag to choose days, or use the fields From and To."
    parts.timeline(
        [_row(one, at, found) for at, one in enumerate(found)],
        chosen=(asked.date_from, asked.date_to),
        label=label,
        key=KEY,
        on_pick=_picked,
    )


def bins(starts: Days) -> list[Bin]:
    """Equal steps of time from the first to the last start, the empty ones too; undated incidents are left out."""
    known = starts[~np.isnat(starts)].astype("datetime64[D]")
    if not len(known):
        return []
    unit = _unit(int((known.max() - known.min()).astype(int)))
    # Weeks of numpy begin on Thursdays, as the first of January 1970 was one; shifted by three days, on Mondays.
    shift = np.timedelta64(3 if unit == "W" else 0, "D")
    steps = (known + shift).astype(f"datetime64[{unit}]").astype(np.int64)
    counts = np.bincount(steps - steps.min())
    edges = np.arange(steps.min(), steps.max() + 2).astype(f"datetime64[{unit}]").astype("datetime64[D]") - shift
    days: list[dt.date] = edges.tolist()
    return [Bin(days[i], days[i + 1] - dt.timedelta(days=1), int(n)) for i, n in enumerate(counts)]


def _unit(days: int) -> Unit:
    return next((unit for widest, unit in WIDEST if days <= widest), "Y")


def _row(one: Bin, at: int, found: Sequence[Bin]) -> parts.Json:
    """A bar as JSON; ``mark`` is what stands under it on the axis, "" for nothing."""
    before = found[at - 1].first if at else None
    span = (found[-1].last - found[0].first).days
    if span > 1_000:
        mark = str(one.first.year) if before is None or before.year != one.first.year else ""
    else:
        mark = f"{one.first:%b %Y}" if before is None or before.month != one.first.month else ""
    name = words.days(one.first, one.last)
    return {"first": str(one.first), "last": str(one.last), "count": one.count, "name": name, "mark": mark}


def _picked() -> None:
    """Put the chosen days into the date filters, which hold the state and write the address."""
    picked = (st.session_state.get(KEY) or {}).get("picked")
    if isinstance(picked, list) and len(picked) == 2:
        low, high = st.session_state.get(filters.BOUNDS, (dt.date.min, dt.date.max))
        first, last = (dt.date.fromisoformat(day) for day in picked)
        st.session_state["from"] = max(first, low)
        st.session_state["to"] = min(last, high)

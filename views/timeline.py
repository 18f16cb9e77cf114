"""Incidents over time under the map; a drag across the bars sets the two date filters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import streamlit as st

from data.overview import Answer
from views import parts, state, words

KEY = "timeline"
Unit = Literal["D", "W", "M", "Y"]
# Days that the incidents may span for a bar a day, a week, a month: at most about 180 bars, wide enough to hit.
WIDEST: tuple[tuple[int, Unit], ...] = ((120, "D"), (1_200, "W"), (5_500, "M"))
Days = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Bin:
    """One bar: its first and last day, and the incidents that began within it."""

    first: dt.date
    last: dt.date
    count: int


def timeline(answer: Answer) -> None:
    """The bars of all that the other filters leave, the chosen days standing out; nothing where nothing has a date."""
    starts = answer.starts(all_days=True)
    found = bins(starts)
    if len(found) < 2:
        return
    parts.timeline(payload(found, answer), key=KEY, on_pick=_picked)


def payload(found: Sequence[Bin], answer: Answer) -> dict[str, Any]:
    """What the part shows: first day and count of every bar, the last day of all, what stands on the axis."""
    ask, undated = answer.ask, int(len(answer) - len(answer.starts()))
    first, last = words.day(found[0].first), words.day(found[-1].last)
    return {
        "firsts": [str(one.first) for one in found],
        "counts": [one.count for one in found],
        "end": str(found[-1].last),
        "marks": {at: mark for at, mark in enumerate(_marks(found)) if mark},
        "from": str(ask.date_from) if ask.date_from else None,
        "to": str(ask.date_to) if ask.date_to else None,
        "undated": undated,
        "label": f"Incidents over time, {first} to {last}. Drag to choose days, or use the fields From and To.",
    }


def bins(starts: Days) -> list[Bin]:
    """Equal steps of time from the first to the last start (days of 1970), the empty ones too."""
    if not len(starts):
        return []
    known = starts.astype("datetime64[D]")
    unit = _unit(int(starts.max()) - int(starts.min()))
    # Weeks of numpy begin on Thursdays, as the first of January 1970 was one; shifted by three days, on Mondays.
    shift = np.timedelta64(3 if unit == "W" else 0, "D")
    steps = (known + shift).astype(f"datetime64[{unit}]").astype(np.int64)
    counts = np.bincount(steps - steps.min())
    edges = np.arange(steps.min(), steps.max() + 2).astype(f"datetime64[{unit}]").astype("datetime64[D]") - shift
    days: list[dt.date] = edges.tolist()
    return [Bin(days[i], days[i + 1] - dt.timedelta(days=1), int(n)) for i, n in enumerate(counts)]


def _unit(days: int) -> Unit:
    return next((unit for widest, unit in WIDEST if days <= widest), "Y")


def _marks(found: Sequence[Bin]) -> list[str]:
    """What stands under each bar on the axis, "" for nothing."""
    years = (found[-1].last - found[0].first).days > 1_000
    names = [str(one.first.year) if years else f"{one.first:%b %Y}" for one in found]
    return [name if not at or names[at - 1] != name else "" for at, name in enumerate(names)]


def _picked() -> None:
    """Put the chosen days into the question; a click on the bare axis takes them out."""
    picked = (st.session_state.get(KEY) or {}).get("picked")
    if picked == []:
        first = last = None
    elif isinstance(picked, list) and len(picked) == 2:
        try:
            first, last = (dt.date.fromisoformat(day) for day in picked)
        except (TypeError, ValueError):
            return
    else:
        return
    look = state.look()
    state.put(replace(look, ask=replace(look.ask, date_from=first, date_to=last)))

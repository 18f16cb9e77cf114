"""Two periods beside one another under the same other filters: counts, tolls, and by how much they differ."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from data import periods as data_periods
from data.figures import Line, Toll
from data.overview import Answer, Overview
from data.periods import Days, Pair, Periods
from views import state, stated, words

KEY = "periods"
MOST = 12
FIRST_DAY, LAST_DAY = dt.date(1900, 1, 1), dt.date(2100, 1, 1)


def periods(overview: Overview, answer: Answer) -> None:
    """The days to compare, which stand in the address, and three tables: all, by kind, by who did it."""
    _fields(answer)
    look = state.look()
    if not look.ask.date_from or not look.ask.date_to:
        st.info("Choose the first and last day of a period; it is set beside the days before it, or others you choose.")
        return
    if look.ask.date_from > look.ask.date_to:
        st.info("The last day is before the first.")
        return
    later = (look.ask.date_from, look.ask.date_to)
    found = data_periods.compare(overview, look.ask, other(later), later)
    st.markdown("\n".join(f"- {line}" for line in lines(found)))
    for title, pairs, named in _sides(found):
        if pairs:
            st.markdown(f"**{title}**")
            st.dataframe(table(pairs[:MOST], named, look.measure), hide_index=True, width="stretch")


def other(chosen: Days) -> Days:
    """The days to compare with: those of the address, else as many just before the chosen ones."""
    look = state.look()
    if look.other_from and look.other_to and look.other_from <= look.other_to:
        return look.other_from, look.other_to
    return data_periods.before(chosen)


def _fields(answer: Answer) -> None:
    """Four days to type; what is typed goes into the address."""
    look, ask = state.look(), answer.ask
    chosen = (ask.date_from, ask.date_to)
    beside: tuple[Any, Any] = (look.other_from, look.other_to)
    if ask.date_from and ask.date_to and ask.date_from <= ask.date_to:
        beside = other((ask.date_from, ask.date_to))
    names = ("Before: first day", "Before: last day", "After: first day", "After: last day")
    with st.container(horizontal=True, gap="small"):
        for name, key, value in zip(names, _KEYS, (*beside, *chosen), strict=True):
            st.session_state[key] = value
            st.date_input(name, key=key, min_value=FIRST_DAY, max_value=LAST_DAY, on_change=_typed, width=170)


_KEYS = tuple(f"{KEY}-{name}" for name in ("other-from", "other-to", "from", "to"))


def _typed() -> None:
    other_from, other_to, first, last = (st.session_state.get(key) for key in _KEYS)
    look = state.look()
    ask = replace(look.ask, date_from=first, date_to=last)
    moved = (first, last) != (look.ask.date_from, look.ask.date_to)
    own = look.other_from or look.other_to or not moved
    beside = (other_from, other_to) if own else (None, None)
    state.put(replace(look, ask=ask, other_from=beside[0], other_to=beside[1]))


def lines(found: Periods) -> list[str]:
    """Each period in a line, what lies in both, and whether they are as long."""
    both = [found.first, found.second]
    told = []
    for name, answer, line in zip(("Before", "After"), both, (found.total.first, found.total.second), strict=True):
        since, until = answer.ask.date_from, answer.ask.date_to
        assert since
        assert until
        what = words.plural(line.count, "incident" if answer.ask.every else "event")
        rate = f"{line.count / ((until - since).days + 1):,.2f} a day"
        days = words.plural((until - since).days + 1, "day")
        tolls = f"{words.summed(line.killed)} killed, {words.summed(line.wounded)} wounded"
        told.append(f"**{name}**, {words.days(since, until)} ({days}): {what}, {rate}; {tolls}")
    if found.shared:
        told.append(f"{found.shared:,} may lie in either period and are counted in both")
    return told


def _sides(found: Periods) -> list[tuple[str, Sequence[Pair], Any]]:
    return [
        ("All", [found.total], lambda _: "All"),
        ("By kind of event", found.by("type"), lambda one: words.event(one).label),
        ("By perpetrator", found.parties("perpetrator"), lambda one: stated.party(found.second, one)),
        ("By province", found.by("province"), lambda one: stated.province(one) if one else "not known"),
    ]


def table(pairs: Sequence[Pair], named: Any, measure: str) -> pd.DataFrame:
    """A row a value: counts and tolls before and after, and the difference."""
    return pd.DataFrame([_row(pair, named(pair.value), measure) for pair in pairs])


def _row(pair: Pair, name: str, measure: str) -> dict[str, object]:
    first, second = _toll(pair.first, measure), _toll(pair.second, measure)
    what = measure.capitalize()
    return {
        "": name,
        "Before": pair.first.count,
        "After": pair.second.count,
        "Difference": f"{pair.second.count - pair.first.count:+,}",
        f"{what} before": words.summed(first),
        f"{what} after": words.summed(second),
        f"{what}: difference": difference(first, second),
    }


def _toll(line: Line, measure: str) -> Toll:
    return line.killed if measure == "killed" else line.wounded


def difference(first: Toll, second: Toll) -> str:
    """By how much a toll changed, as a range; "" where neither period has a figure."""
    if not first.told and not second.told:
        return ""
    found = data_periods.change(first, second)
    if found is None:
        return "open"
    low, high = found
    return f"{low:+,}" if low == high else f"{low:+,} to {high:+,}"

"""Who against whom, as a table whose cells filter by the pair; and two periods beside one another."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import numpy as np
import streamlit as st

from data.matrix import matrix
from data.overview import Answer, Overview
from data.rowarrays import UNKNOWN
from views import filters, parts, state, words

KEY, PERIODS = "versus", "periods"


def versus(answer: Answer) -> None:
    """The table, the commonest first."""
    found = matrix(answer)
    if not found.by or not found.against:
        st.info("No perpetrator and target are named in what is shown.")
        return
    called = answer.held.parties.labels
    named = filters.parties({party: called.get(party, party) for party in {*found.by, *found.against}})
    parts.matrix(
        {
            "by": [[party, named[party].label] for party in found.by],
            "against": [[party, named[party].label] for party in found.against],
            "counts": found.counts,
            "chosen": [list(answer.ask.parties), list(answer.ask.against)],
        },
        key=KEY,
        on_pick=_picked,
    )


def _picked() -> None:
    picked: Any = (st.session_state.get(KEY) or {}).get("picked")
    if isinstance(picked, list) and len(picked) == 2 and all(isinstance(one, str) for one in picked):
        look = state.look()
        # The same cell again takes the pair out.
        again = [*look.ask.parties, *look.ask.against] == picked
        by, against = ((), ()) if again else ((picked[0],), (picked[1],))
        state.put(replace(look, ask=replace(look.ask, parties=by, against=against, role="either")))


def periods(overview: Overview, answer: Answer) -> None:
    """Counts and tolls of two periods under the same other filters, side by side."""
    first, last = answer.ask.date_from, answer.ask.date_to
    if not first or not last:
        st.info("Choose days first, on the timeline or in the fields From and To; they are set beside the days before.")
        return
    long = last - first
    before = (first - dt.timedelta(days=1) - long, first - dt.timedelta(days=1))
    left, right = st.columns(2)
    for side, title, (since, until) in ((left, "Before", before), (right, "Chosen days", (first, last))):
        found = overview.answer(replace(answer.ask, date_from=since, date_to=until))
        with side, st.container(key=f"{PERIODS}-{title}", border=True):
            st.markdown(f"**{title}:** {words.days(since, until)}")
            st.markdown("  \n".join(_figures(found)))


def _figures(found: Answer) -> list[str]:
    """Shown, killed from lowest to highest figure, and how many give none."""
    rows = found.held.rows
    low, high = rows.killed_low[found.rows], rows.killed_high[found.rows]
    told = (low != UNKNOWN) | (high != UNKNOWN)
    least = int(np.where(low == UNKNOWN, 0, low).sum(dtype=np.int64))
    most = int(np.maximum(low, high)[told].sum(dtype=np.int64))
    what = words.plural(len(found), "incident" if found.ask.every else "event")
    kinds = found.facets()["types"][:4]
    lines = [what, f"{words.number(least, most)} killed as reported; {int((~told).sum()):,} without a figure"]
    return lines + [f"{words.event(one.value).label}: {one.count:,}" for one in kinds]

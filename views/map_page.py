"""The map: what was reported, where, and who says so."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import streamlit as st

from data.query import Filters
from data.store import Store
from views import filters, screen, state, table, timeline, words

NAMES = screen.Names("main")
_SAMPLES = Path(__file__).parents[1] / "data" / "samples" / "reports.jsonl"


@state.guarded
def page() -> None:
    """Filters in the side bar, a line that says what is shown, the map with its list, and the same as a table."""
    store = state.store()
    everything = screen.counts(store, state.EVERYTHING)
    if not everything.reports:
        _empty()
        return
    screen.from_address(NAMES)
    asked = filters.ask(store)
    found = screen.counts(store, asked)
    # One container whatever it holds: were the map's place on the page to change, its frame would be loaded anew.
    with st.container():
        _headline(store, asked, found)
        if not found.incidents:
            _none_left()
    stage, tiles = st.container(), _tiles()
    with stage:
        screen.screen(store, asked, NAMES, tiles=tiles, in_address=True)
        timeline.timeline(store, asked)
    with st.expander("The same as a table", icon=":material/table:"):
        table.table(state.listed(store, asked))


def _headline(store: Store, asked: Filters, found: screen.Counts) -> None:
    shown = f"**{words.plural(found.incidents, 'incident')}** from {words.plural(found.reports, 'report')}"
    if found.undrawn:
        reasons = [(found.unlocated, "no place found"), (found.country_only, "only the country known")]
        why = ", ".join(f"{n:,} {reason}" for n, reason in reasons if n)
        shown += f"; {found.undrawn:,} not drawn ({why})"
    note = "Each mark is something that a news report says happened. Press one to see who says so, and in which words."
    st.markdown(f"{shown}. {note}")
    if _holds_samples(store, asked):
        st.caption(
            "Includes Dateline's sample reports, written for it from public facts. They are not news articles: "
            "do not cite them."
        )


def _tiles() -> bool:
    return st.toggle(
        "Street map (OpenStreetMap; needs a network)",
        key="tiles",
        bind="query-params",
        help="Off, nothing is loaded from the internet. On, your browser asks OpenStreetMap for the tiles you look at.",
    )


def _empty() -> None:
    st.subheader("No reports yet")
    st.write("Paste a news report or upload a file of them; what they say happened is then drawn here.")
    state.link("add", "Add a report")


def _none_left() -> None:
    st.info("No incident fits these filters. Widen the dates, choose another role, or clear the filters.")
    st.button("Clear all filters", key="clear-here", on_click=filters.clear)


def _holds_samples(store: Store, asked: Filters) -> bool:
    return any(row.report_id in _sample_ids() for row in state.listed(store, asked))


@cache
def _sample_ids() -> frozenset[str]:
    with _SAMPLES.open(encoding="utf-8") as file:
        return frozenset(json.loads(line)["id"] for line in file if line.strip())

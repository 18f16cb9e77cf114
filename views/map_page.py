"""The map: what was reported, where, and who says so."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from data.overview import Answer, Overview
from views import (
    filters,
    heading,
    layering,
    leaving,
    periods,
    printing,
    screen,
    sharing,
    state,
    table,
    timeline,
    versus,
)

NAMES = screen.Names("main")


@state.guarded
def page() -> None:
    """A line that says what is shown, the map with its list, the timeline, the same as a table; filters at the side."""
    overview = state.overview(state.store())
    if not len(overview.held()):
        heading.empty()
        return
    complaints = state.from_address()
    if complaints is not None:
        state.go_to_view()
    answer = overview.answer(state.look().ask)
    # One container whatever it holds: were the map's place on the page to change, its frame would be loaded anew.
    with st.container():
        _headline(answer)
        heading.remarks(answer, complaints or ())
    shown = screen.Shown(overview, answer, NAMES, state.look, state.put, address=True)
    screen.screen(shown)
    timeline.timeline(answer)
    _below(overview, answer)
    with st.sidebar:
        filters.panel(answer)
        layering.panel()
        if state.look().base == "own":
            st.text_input("Address of your tiles", key=state.OWN_TILES, placeholder="https://…/{z}/{x}/{y}.png")
        filters.clearing()
        sharing.sharing()
    state.to_address()


def _below(overview: Overview, answer: Answer) -> None:
    """What is only worked out once it is opened."""
    wanted: list[tuple[str, str, Callable[[], None]]] = [
        ("The same as a table", "table", lambda: _table(overview, answer)),
        ("Who against whom", "swap_horiz", lambda: versus.versus(answer)),
        ("Before and after", "compare_arrows", lambda: periods.periods(overview, answer)),
        ("Print the map", "print", lambda: printing.printing(overview, answer)),
        ("Briefing", "description", lambda: leaving.briefings(overview, answer)),
        ("Export", "download", lambda: leaving.exports(overview, answer)),
    ]
    for label, icon, show in wanted:
        with st.expander(label, icon=f":material/{icon}:", key=NAMES(icon), on_change="rerun") as opened:
            if opened.open:
                show()


def _headline(answer: Answer) -> None:
    note = "Each mark is something that news reports say happened. Press one to see who says so, and in which words."
    st.markdown(f"{heading.headline(answer)}. {note}")


def _table(overview: Overview, answer: Answer) -> None:
    st.caption(f"The latest {screen.PAGE * 4:,} at most; narrow the filters to see the others.")
    table.table(overview.rows(answer, answer.latest(answer.rows, screen.PAGE * 4)))

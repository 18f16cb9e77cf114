"""The map: what was reported, where, and who says so."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import streamlit as st

from data.overview import Answer, Overview
from data.rowarrays import hashed
from views import filters, periods, printing, screen, sharing, state, table, timeline, versus, words

NAMES = screen.Names("main")
_SAMPLES = Path(__file__).parents[1] / "data" / "samples" / "reports.jsonl"


@state.guarded
def page() -> None:
    """A line that says what is shown, the map with its list, the timeline, the same as a table; filters at the side."""
    overview = state.overview(state.store())
    if not len(overview.held()):
        empty()
        return
    complaints = state.from_address()
    if complaints is not None:
        state.go_to_view()
    answer = overview.answer(state.look().ask)
    # One container whatever it holds: were the map's place on the page to change, its frame would be loaded anew.
    with st.container():
        _headline(answer)
        remarks(answer, complaints or ())
    shown = screen.Shown(overview, answer, NAMES, state.look, state.put, address=True)
    screen.screen(shown)
    timeline.timeline(answer)
    _below(overview, answer)
    with st.sidebar:
        filters.panel(answer)
        if state.look().base == "own":
            st.text_input("Address of your tiles", key=state.OWN_TILES, placeholder="https://…/{z}/{x}/{y}.png")
        st.button(
            "Clear all filters", key="clear", on_click=filters.clear, icon=":material/filter_alt_off:", width="stretch"
        )
        sharing.sharing()
    state.to_address()


def _below(overview: Overview, answer: Answer) -> None:
    """What is only worked out once it is opened."""
    wanted: list[tuple[str, str, Callable[[], None]]] = [
        ("The same as a table", "table", lambda: _table(overview, answer)),
        ("Who against whom", "swap_horiz", lambda: versus.versus(answer)),
        ("Before and after", "compare_arrows", lambda: periods.periods(overview, answer)),
        ("Print the map", "print", lambda: printing.printing(overview, answer)),
    ]
    for label, icon, show in wanted:
        with st.expander(label, icon=f":material/{icon}:", key=NAMES(icon), on_change="rerun") as opened:
            if opened.open:
                show()


def headline(answer: Answer) -> str:
    """How many are shown, of how many reports, and how many of them are not drawn and why."""
    found = len(answer)
    shown = f"**{words.plural(found, 'incident' if answer.ask.every else 'event')}** from "
    shown += words.plural(answer.reports, "report")
    if answer.incidents != found:
        shown += f" ({words.plural(answer.incidents, 'incident')} in them)"
    undrawn, unlocated = len(answer.undrawn), answer.unlocated
    if undrawn:
        reasons = [(unlocated, "no place found"), (undrawn - unlocated, "only the country known")]
        why = ", ".join(f"{n:,} {reason}" for n, reason in reasons if n)
        shown += f"; {undrawn:,} not drawn ({why})"
    return shown


def _headline(answer: Answer) -> None:
    note = "Each mark is something that news reports say happened. Press one to see who says so, and in which words."
    st.markdown(f"{headline(answer)}. {note}")


def remarks(answer: Answer, ignored: Sequence[str]) -> None:
    """What was ignored in the address, whether samples are among the shown, and what to do where nothing is."""
    if ignored:
        told = "; ".join(words.markdown(one) for one in ignored)
        st.warning(f"Ignored in the address: {told}.", icon=":material/link_off:")
    if holds_samples(answer):
        st.caption(
            "Includes Dateline's sample reports, written for it from public facts. They are not news articles: "
            "do not cite them."
        )
    if not len(answer):
        st.info("No incident fits these filters. Widen the dates, choose another role, or clear the filters.")
        st.button("Clear all filters", key="clear-here", on_click=filters.clear)


def _table(overview: Overview, answer: Answer) -> None:
    st.caption(f"The latest {screen.PAGE * 4:,} at most; narrow the filters to see the others.")
    table.table(overview.rows(answer, answer.latest(answer.rows, screen.PAGE * 4)))


def empty() -> None:
    """What to do where the store holds nothing."""
    st.subheader("No reports yet")
    st.write("Paste a news report or upload a file of them; what they say happened is then drawn here.")
    state.link("add", "Add a report")


def holds_samples(answer: Answer) -> bool:
    """True where Dateline's sample reports are among all that is held."""
    return answer.held.holds(_sample_reports())


@cache
def _sample_reports() -> np.typing.NDArray[np.int64]:
    with _SAMPLES.open(encoding="utf-8") as file:
        return np.array([hashed(json.loads(line)["id"]) for line in file if line.strip()], np.int64)

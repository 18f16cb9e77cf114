"""Figures: counts and tolls of what the filters leave, each as a table with bars, to download as CSV, PNG and SVG."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from data import figures
from data.overview import Answer, Overview
from views import chart, filters, heading, leaving, parts, periods, printed, sharing, state, words
from views.address import MEASURES, STEPS, Look
from views.chart import Chart

KEY = "figures"
MEASURE, STEP = f"{KEY}-measure", f"{KEY}-step"
_MIME = {"csv": "text/csv", "png": "image/png", "svg": "image/svg+xml"}


@state.guarded
def page() -> None:
    """The total in a line, the charts, two periods beside one another; the map's filters at the side."""
    overview = state.overview(state.store())
    if not len(overview.held()):
        heading.empty()
        return
    complaints = state.from_address()
    look = state.look()
    answer = overview.answer(look.ask)
    st.header("Figures", anchor=False)
    st.markdown(_total(answer))
    heading.remarks(answer, complaints or ())
    _choices(look)
    if len(answer):
        st.caption(chart.ALWAYS)
        _charts(chart.charts(answer, state.look()))
    _periods(overview, answer)
    st.subheader("Briefing", anchor=False)
    leaving.briefings(overview, answer)
    with st.sidebar:
        filters.panel(answer)
        filters.clearing()
        sharing.sharing()
    state.to_address()


def _total(answer: Answer) -> str:
    found = figures.total(answer)
    told = [
        f"{words.summed(toll)} {what} ({found.count - toll.told:,} without a figure)"
        for what, toll in (("killed", found.killed), ("wounded", found.wounded))
        if toll.told
    ]
    return f"{heading.headline(answer)}. {'; '.join(told) or 'No figure for killed or wounded'}."


def _choices(look: Look) -> None:
    """What is summed, and by which step of time."""
    st.session_state[MEASURE], st.session_state[STEP] = look.measure, look.step
    with st.container(horizontal=True, gap="medium"):
        st.segmented_control(
            "Toll", MEASURES, key=MEASURE, required=True, format_func=str.capitalize, on_change=_chosen
        )
        st.segmented_control("Time by", STEPS, key=STEP, required=True, format_func=str.capitalize, on_change=_chosen)


def _chosen() -> None:
    measure, step = st.session_state.get(MEASURE), st.session_state.get(STEP)
    state.put(replace(state.look(), measure=measure or "killed", step=step or "week"))


def _charts(found: Sequence[Chart]) -> None:
    """The one over time across the page, the others two by two."""
    _chart(found[0])
    for left, right in zip(found[1::2], [*found[2::2], None], strict=False):
        columns = st.columns(2, gap="large")
        for column, one in zip(columns, (left, right), strict=True):
            if one:
                with column:
                    _chart(one)


def _chart(one: Chart) -> None:
    with st.container(key=f"{KEY}-{one.key}"):
        st.subheader(one.title, anchor=False)
        parts.chart(chart.payload(one), key=f"{KEY}-chart-{one.key}")
        if one.notes:
            st.caption(" ".join(one.notes))
        makers: dict[str, Callable[[], bytes]] = {
            "csv": partial(chart.table, one),
            "png": partial(printed.picture, one, "png"),
            "svg": partial(printed.picture, one, "svg"),
        }
        with st.container(horizontal=True, gap="small"):
            for kind, make in makers.items():
                st.download_button(
                    kind.upper(),
                    make,
                    f"dateline-{one.key}.{kind}",
                    _MIME[kind],
                    key=f"{KEY}-{one.key}-{kind}",
                    help=f"{one.title}, as {kind.upper()}",
                    on_click="ignore",
                    icon=":material/download:",
                )


def _periods(overview: Overview, answer: Answer) -> None:
    st.subheader("Before and after", anchor=False)
    periods.periods(overview, answer)

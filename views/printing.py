"""The map as a file to print: a title, a kind of file, and the button that makes it."""

from __future__ import annotations

import streamlit as st

from data.overview import Answer, Overview
from views import mapimage, state, stated

LONGEST_TITLE = 110
NAMES: dict[mapimage.Kind, str] = {"pdf": "PDF, a page of A4", "png": "PNG, a picture", "svg": "SVG, to be edited"}


def printing(overview: Overview, answer: Answer) -> None:
    """What to choose, and the button; the picture is drawn once it is pressed."""
    left, middle, right = st.columns([5, 3, 2], vertical_alignment="bottom")
    title = left.text_input("Title of the printed map", key="print-title", max_chars=LONGEST_TITLE)
    kind = middle.selectbox("Kind of file", list(NAMES), format_func=NAMES.__getitem__, key="print-kind")
    look, filtered = state.look(), stated.one_line(answer)
    right.download_button(
        "Download",
        # It is made apart from this run, where the session can no longer be asked.
        data=lambda: mapimage.picture(overview, answer, look, kind=kind, title=title, notes=[filtered]),
        file_name=f"map.{kind}",
        mime=mapimage.MIME[kind],
        on_click="ignore",
        icon=":material/download:",
        width="stretch",
    )
    st.caption(
        "It has the filters, the view and the marks of the screen, a legend, a scale bar, the day and the credits."
    )

"""What leaves the app: a briefing on what is shown, as PDF and Markdown."""

from __future__ import annotations

import streamlit as st

from data.overview import Answer, Overview
from views import briefing, briefing_markdown, briefing_pdf, mapimage, state
from views.address import Look

# Inches across and down, before it is made as wide as the page: what leaves room for ten events below it.
MAP_SIZE = (11.69, 5.0)


def briefings(overview: Overview, answer: Answer) -> None:
    """Two downloads, made when they are pressed."""
    look = state.look()
    st.caption(
        "A page on what is shown: the map, counts and tolls with their ranges, the ten gravest events with who says so "
        "and in which reports, the filters and the credits."
    )
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            "PDF",
            lambda: briefing_pdf.written(briefing.of(overview, answer, look), picture(overview, answer, look)),
            "dateline-briefing.pdf",
            "application/pdf",
            key="briefing-pdf",
            help="Briefing, as PDF",
            on_click="ignore",
            icon=":material/download:",
        )
        st.download_button(
            "Markdown",
            lambda: briefing_markdown.written(briefing.of(overview, answer, look), picture(overview, answer, look)),
            "dateline-briefing.md",
            "text/markdown",
            key="briefing-md",
            help="Briefing, as Markdown",
            on_click="ignore",
            icon=":material/download:",
        )


def picture(overview: Overview, answer: Answer, look: Look) -> bytes:
    """The map for a briefing, as PNG."""
    return mapimage.picture(overview, answer, look, size=MAP_SIZE)

"""What leaves the app: a briefing on what is shown, and its incidents as a file for other tools."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from data import discretion, figures
from data.discretion import HIDEABLE
from data.exchange import export
from data.overview import Answer, Overview
from views import briefing, briefing_markdown, briefing_pdf, mapimage, state, words
from views.address import Look

# Format -> what it is called, how its file ends, its media type.
FILES = {
    "csv": ("CSV", "csv", "text/csv"),
    "geojson": ("GeoJSON", "geojson", "application/geo+json"),
    "geoparquet": ("GeoParquet", "parquet", "application/vnd.apache.parquet"),
    "kml": ("KML", "kml", "application/vnd.google-earth.kml+xml"),
    "jsonl": ("JSON Lines", "jsonl", "application/jsonl"),
    "acled": ("CSV, ACLED-compatible", "csv", "text/csv"),
    "ucdp": ("CSV, UCDP-compatible", "csv", "text/csv"),
    "store": ("Store for a public app", "db", "application/vnd.sqlite3"),
}
# What a briefing is called, how its file ends, its media type, and who writes it.
BRIEFINGS = (
    ("PDF", "pdf", "application/pdf", briefing_pdf.written),
    ("Markdown", "md", "text/markdown", briefing_markdown.written),
)
CELLS = {0.0: "As it is held", 5.0: "Coarse: cells of 5 km", 25.0: "Coarse: cells of 25 km", 100.0: "Coarse: 100 km"}
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
        for name, ending, mime, written in BRIEFINGS:
            st.download_button(
                name,
                partial(_briefing, written, overview, answer, look),
                f"dateline-briefing.{ending}",
                mime,
                key=f"briefing-{ending}",
                help=f"Briefing, as {name}",
                on_click="ignore",
                icon=":material/download:",
            )


def _briefing(
    written: Callable[[briefing.Briefing, bytes], bytes], overview: Overview, answer: Answer, look: Look
) -> bytes:
    return written(briefing.of(overview, answer, look), picture(overview, answer, look))


def picture(overview: Overview, answer: Answer, look: Look) -> bytes:
    """The map for a briefing, as PNG."""
    return mapimage.picture(overview, answer, look, size=MAP_SIZE)


def exports(overview: Overview, answer: Answer) -> None:
    """The incidents that fit, as a file; made coarse and with fields left out where that is asked for."""
    left, middle, right = st.columns([3, 3, 5], vertical_alignment="bottom")
    kind = left.selectbox("Kind of file", list(FILES), format_func=lambda one: FILES[one][0], key="export-kind")
    cell = middle.selectbox("Where", list(CELLS), format_func=CELLS.__getitem__, key="export-cell")
    hidden = right.multiselect(
        "Leave out", list(HIDEABLE), format_func=str.capitalize, key="export-hidden", placeholder="Nothing"
    )
    how = discretion.asked(cell, hidden)
    keys = answer.held.rows.key[figures.fitting(answer)].tolist()
    _, ending, mime = FILES[kind]
    st.download_button(
        "Download",
        lambda: export.content_of(overview.store, keys, kind, how),
        f"dateline-{kind}.{ending}",
        mime,
        key="export",
        help="The incidents that fit the filters, as a file",
        on_click="ignore",
        icon=":material/download:",
        disabled=not keys,
    )
    st.caption(DISCREET if how else f"{words.plural(len(keys), 'incident')} with their reports' words and all columns.")


DISCREET = (
    "With places coarse or anything left out, no word of a report, no title, address or id of it, and no name that is "
    "not in the registry of parties is in the file. Each point is the middle of a cell of a fixed grid; its radius "
    "holds the truth."
)

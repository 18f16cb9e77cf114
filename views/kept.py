"""The page that a report was read from, as it was kept when it was fetched: the evidence outlives the site."""

from __future__ import annotations

from functools import partial

import streamlit as st

from data import pages
from data.records import ReportRow
from views import words

# Ends of names by which other programs open what was kept; the browser is never asked to show it.
_ENDINGS = {"text/html": ".html", "application/xhtml+xml": ".html", "application/pdf": ".pdf", "text/plain": ".txt"}


def kept(report: ReportRow, *, key: str) -> None:
    """Each state of the report's page with its moment and hash, to be downloaded; nothing where none was kept."""
    found = list(pages.of(report.url)) if report.url else []
    if not found:
        return
    with st.expander(f"The page as it was kept ({words.plural(len(found), 'state')})", icon=":material/inventory_2:"):
        for n, one in enumerate(found):
            st.caption(f"Fetched {words.day(one.at.date())}, {one.at:%H:%M} UTC · SHA-256 `{one.sha256}`")
            st.download_button(
                "Download",
                data=partial(pages.content, one),
                file_name=f"{one.at:%Y%m%d-%H%M}-{one.sha256[:12]}{_ENDINGS.get(one.media, '.bin')}",
                mime="application/octet-stream",
                key=f"{key}-{n}",
                icon=":material/download:",
            )

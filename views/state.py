"""What the pages share: the open store, the reader, and answers kept for as long as the store does not change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from data import paths, query, vocabulary
from data.query import Filters, IncidentRow, MapColumns, Totals
from data.store import Store
from extract.errors import DatelineError
from geo import layers
from views import words

P = ParamSpec("P")
EVERYTHING = Filters(statuses=(), include_background=True)
# Rows that the list and its table hold; the counts above them are of all.
LISTED = 500
PAGES = "pages"
_CSS = Path(__file__).parent / "parts" / "page.css"


def store() -> Store:
    """The store of ``DATELINE_DB``, opened once a process."""
    return _store(paths.store_url())


@st.cache_resource(show_spinner="Opening the store …")
def _store(url: str) -> Store:
    return Store.open(url)


def reader(tell: Callable[[str, float], None] | None = None) -> Any:
    """The reader of reports, opened once a process; ``tell`` hears of the building of the name index."""
    # Imported here: only those who add reports wait for the language model.
    from data import reference

    # Apart from the cached part, which may not draw on a bar made outside of it.
    reference.open_gazetteer(progress=tell)
    return _reader()


@st.cache_resource(show_spinner="Loading the language model …")
def _reader() -> Any:
    from data import reference

    return reference.open_reader()


@dataclass(frozen=True, slots=True)
class Offer:
    """What there is to choose from, the commonest first: party id -> name, types, countries, first and last day."""

    parties: Mapping[str, str]
    types: Sequence[str]
    countries: Sequence[str]
    days: tuple[dt.date, dt.date] | None


def offer(where: Store) -> Offer:
    """What the whole store has to choose from."""
    return _offer(where, where.url, where.revision())


@st.cache_resource(max_entries=4, show_spinner=False)
def _offer(_where: Store, url: str, revision: int) -> Offer:
    parties = query.parties(_where, EVERYTHING, ancestors=vocabulary.lineage().ancestors)
    return Offer(
        parties={party.id: party.name for party in parties},
        types=tuple(query.event_types(_where, EVERYTHING)),
        countries=tuple(query.countries(_where, EVERYTHING)),
        days=query.date_bounds(_where, EVERYTHING),
    )


def totals(where: Store, filters: Filters) -> Totals:
    """Counts under the filters."""
    return _totals(where, where.url, where.revision(), filters)


def columns(where: Store, filters: Filters) -> MapColumns:
    """The map's arrays under the filters; not to be changed."""
    return _columns(where, where.url, where.revision(), filters)


def listed(where: Store, filters: Filters) -> Sequence[IncidentRow]:
    """The first ``LISTED`` incidents under the filters, latest first."""
    return _listed(where, where.url, where.revision(), filters)


@st.cache_resource(max_entries=64, show_spinner=False)
def _totals(_where: Store, url: str, revision: int, filters: Filters) -> Totals:
    return query.totals(_where, filters)


@st.cache_resource(max_entries=16, show_spinner=False)
def _columns(_where: Store, url: str, revision: int, filters: Filters) -> MapColumns:
    return query.map_columns(_where, filters)


@st.cache_resource(max_entries=64, show_spinner=False)
def _listed(_where: Store, url: str, revision: int, filters: Filters) -> Sequence[IncidentRow]:
    return query.incidents(_where, filters, limit=LISTED)


def theme() -> layers.Theme:
    """The reader's theme."""
    return "dark" if st.context.theme.type == "dark" else "light"


def remember(pages: Mapping[str, StreamlitPage]) -> None:
    """Keep the app's pages, so that one page can link to another."""
    st.session_state[PAGES] = pages


def link(page: str, label: str) -> None:
    """A link to another page of the app."""
    st.page_link(st.session_state[PAGES][page], label=label)


def style() -> None:
    """Put the pages' style sheet into the page; it holds no data."""
    st.html(f"<style>{_CSS.read_text('utf-8')}</style>")


def guarded(page: Callable[P, None]) -> Callable[P, None]:
    """The page with Dateline's own errors shown as a message instead of a traceback."""

    @wraps(page)
    def shown(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            page(*args, **kwargs)
        except DatelineError as error:
            st.error(words.markdown(str(error)), icon=":material/error:")

    return shown

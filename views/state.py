"""What the pages share: the open store, the reader, and answers kept for as long as the store does not change."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from data import paths
from data.overview import Overview
from data.store import Store
from extract.errors import DatelineError
from geo import layers
from views import address, doors, words

P = ParamSpec("P")
PAGES, LOOK, WRITTEN, OWN_TILES, TURN = "pages", "look", "written-address", "own-tiles", "turn"
_CSS = Path(__file__).parent / "parts" / "page.css"


def store() -> Store:
    """The store of ``DATELINE_DB``, opened once a process."""
    return _store(paths.store_url())


@st.cache_resource(show_spinner="Opening the store …")
def _store(url: str) -> Store:
    found = Store.open(url)
    found.guard = doors.guard
    return found


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

    found = reference.open_reader()
    settle()
    return found


def overview(where: Store) -> Overview:
    """The overview of a store, opened once a process and shared by all sessions."""
    return _overview(where, where.url)


@st.cache_resource(show_spinner="Reading the incidents of the store …", max_entries=8)
def _overview(_where: Store, url: str) -> Overview:
    found = Overview(_where)
    found.warm()
    settle()
    return found


def settle() -> None:
    """Leave what is loaded by now out of later searches for garbage; to be called after something large was loaded.

    Streamlit searches everything after each run of a script, a tenth of a second a time while sessions wait.
    """
    gc.collect()
    gc.freeze()


def look() -> address.Look:
    """The map page's state in this session."""
    found: address.Look = st.session_state.setdefault(LOOK, address.Look())
    return found


def put(new: address.Look) -> None:
    """Change the map page's state; the address follows with ``to_address``."""
    st.session_state[LOOK] = new


def from_address() -> list[str] | None:
    """Take the state from the address where it was written by other hands than ours: typed, sent, or gone back to.

    Returns a sentence on each parameter that was ignored, None where there was nothing to take.
    """
    now = {name: st.query_params.get_all(name) for name in st.query_params}
    if now == st.session_state.get(WRITTEN, {}):
        return None
    if not now and LOOK in st.session_state:
        # Back from another page, whose address holds nothing of this one's.
        return None
    found, complaints = address.read(now)
    put(found)
    st.session_state[WRITTEN] = now
    return complaints


def own_tiles() -> str:
    """The address of the reader's own map tiles, "" where there is none that can be used; it is in no link."""
    found = str(st.session_state.get(OWN_TILES) or "").strip()
    usable = found.startswith(("https://", "http://")) and all(part in found for part in ("{z}", "{x}", "{y}"))
    return found if usable else ""


def go_to_view() -> None:
    """Let the map go to the state's view at its next drawing; else it stays where the reader has it."""
    st.session_state[TURN] = turn() + 1


def turn() -> int:
    """How often the map was sent to a view."""
    found: int = st.session_state.get(TURN, 0)
    return found


def to_address() -> None:
    """Write the state into the address."""
    wanted = address.write(look())
    if wanted != {name: st.query_params.get_all(name) for name in st.query_params}:
        st.query_params.from_dict(wanted)
    st.session_state[WRITTEN] = wanted


def theme() -> layers.Theme:
    """The reader's theme."""
    return "dark" if st.context.theme.type == "dark" else "light"


def remember(pages: Mapping[str, StreamlitPage]) -> None:
    """Keep the app's pages, so that one page can link to another."""
    st.session_state[PAGES] = pages


def link(page: str, label: str, **address: str) -> None:
    """A link to another page of the app, with these parameters in its address."""
    st.page_link(st.session_state[PAGES][page], label=label, query_params=address or None)


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

"""The link to what is shown, and views kept under a name."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode

import streamlit as st

from data import saved
from views import address, doors, parts, state

NAME, PICKED = "view-name", "saved-view"


def sharing() -> None:
    """A button that copies the link, and the saved views."""
    here = query()
    parts.link(here, key="copy-link")
    with st.expander("Saved views", icon=":material/bookmark:"):
        known = saved.views()
        if known:
            st.selectbox("Open a view", list(known), index=None, key=PICKED, on_change=_open, placeholder="Choose one")
        with st.form("save-view", border=False, clear_on_submit=True):
            st.text_input("Name of what is shown now", key=NAME, max_chars=saved.LONGEST)
            st.form_submit_button("Save this view", on_click=_save, args=(here,))
        if known:
            st.button("Take the chosen view out", on_click=_forget, disabled=not st.session_state.get(PICKED))


def query() -> str:
    """The state as the part of an address behind the question mark."""
    return urlencode(address.write(state.look()), doseq=True)


@state.guarded
def _save(here: str) -> None:
    doors.require(doors.REVIEWER)
    if name := st.session_state.get(NAME, "").strip():
        saved.save(name, here)


@state.guarded
def _open() -> None:
    known = saved.views()
    name = st.session_state.get(PICKED)
    if isinstance(name, str) and name in known:
        look, _ = address.read(parse_qs(known[name]))
        state.put(look)
        state.go_to_view()


@state.guarded
def _forget() -> None:
    doors.require(doors.REVIEWER)
    if name := st.session_state.get(PICKED):
        saved.forget(name)

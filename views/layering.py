"""Layers that users load beneath the incidents: the panel to load, show and remove them, and what the map is sent."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from data.overlays import kept
from data.overlays.read import read
from data.overlays.records import MOST_BYTES, Overlay, Shape
from extract.errors import DatelineError
from views import doors, state, words

FILE, TOLD = "layer-file", "layer-told"
_TAKEN = ".geojson, .json, .kml, .kmz, or a shapefile in a .zip; shared by all who use this server"
Json = dict[str, Any]


def panel() -> None:
    """Load a layer; show, hide and remove those that are there."""
    with st.expander("Layers of your own", icon=":material/layers:"):
        st.file_uploader(
            "Load a layer", key=FILE, on_change=_loaded, help=_TAKEN, max_upload_size=MOST_BYTES // 1_000_000
        )
        for kind, text in st.session_state.get(TOLD, ()):
            (st.error if kind == "error" else st.caption)(words.markdown(text))
        known, chosen = kept.names(), state.look().overlays
        for key, name in known.items():
            left, right = st.columns([3, 2], vertical_alignment="center")
            st.session_state[f"layer-{key}"] = key in chosen
            left.checkbox(words.markdown(name), key=f"layer-{key}", on_change=_toggled, args=(key,))
            asked = f"Remove {words.markdown(name)} for all who use this server"
            right.button("Remove", key=f"layer-remove-{key}", help=asked, on_click=_removed, args=(key,))
        if gone := [key for key in chosen if key not in known]:
            st.caption(f"No longer there: {words.markdown(', '.join(gone))}.")


def sent(chosen: Sequence[str], have: Collection[str]) -> list[Json]:
    """What the map is sent of the chosen layers; the shapes only of those that it does not ``have`` ("key@version")."""
    found = []
    for key in chosen:
        overlay = kept.load(key)
        if overlay is None:
            continue
        version = kept.version(key)
        one: Json = {"key": key, "version": version, "name": overlay.name}
        found.append(
            one if f"{key}@{version}" in have else one | {"shapes": [_plain(shape) for shape in overlay.shapes]}
        )
    return found


def shown(chosen: Sequence[str]) -> list[Overlay]:
    """The chosen layers that are there."""
    return [overlay for key in chosen if (overlay := kept.load(key))]


def _plain(shape: Shape) -> list[Any]:
    return [shape.kind, shape.name, shape.parts]


def _loaded() -> None:
    st.session_state[TOLD] = []
    given = st.session_state.get(FILE)
    if given is None:
        return
    try:
        doors.require(doors.REVIEWER)
        overlay = read(given.getvalue(), given.name)
        key = kept.keep(overlay)
    except DatelineError as error:
        st.session_state[TOLD] = [("error", str(error))]
        return
    st.session_state[TOLD] = [("note", f"{overlay.name}: {remark}.") for remark in overlay.remarks]
    _show(key)


def _toggled(key: str) -> None:
    if st.session_state.get(f"layer-{key}"):
        _show(key)
    else:
        _hide(key)


def _show(key: str) -> None:
    look = state.look()
    state.put(replace(look, overlays=tuple(dict.fromkeys([*look.overlays, key]))))


def _hide(key: str) -> None:
    look = state.look()
    state.put(replace(look, overlays=tuple(one for one in look.overlays if one != key)))


def _removed(key: str) -> None:
    try:
        doors.require(doors.REVIEWER)
        kept.remove(key)
    except DatelineError as error:
        st.session_state[TOLD] = [("error", str(error))]
        return
    _hide(key)

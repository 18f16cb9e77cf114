"""The parts of the screen that are drawn in the browser: the list of incidents, the card of one, the timeline.

All take plain JSON and set every word by ``textContent``; no HTML is built from data.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, cast

import streamlit as st

from geo import layers

Json = dict[str, Any]
_HERE = Path(__file__).parent
# What every part draws with, and the map in its frame too.
_SHARED = (_HERE.parents[1] / "static" / "dateline-page.js").read_text("utf-8")
_ROOT = '<div class="root"></div>'


def _component(name: str, file: str, *, html: str = _ROOT, isolate: bool = True) -> Any:
    script, style = (_HERE / f"{file}.js").read_text("utf-8"), (_HERE / f"{file}.css").read_text("utf-8")
    return st.components.v2.component(name, html=html, js=_SHARED + script, css=style, isolate_styles=isolate)


_LIST = _component("dateline_list", "list")
_CARD = _component("dateline_card", "card")
_MATRIX = _component("dateline_matrix", "matrix")
_CHART = _component("dateline_chart", "chart")
_LINK = _component("dateline_link", "link")
_FILTERS = _component("dateline_filters", "filters")
_TIMELINE = _component("dateline_timeline", "timeline")
# Leaflet's own style sheet, which is the page's, must reach into the map.
_PIN = _component("dateline_pin", "pin", html='<div class="pinmap"></div>', isolate=False)


def incident_list(rows: Sequence[Json], *, chosen: str | None, theme: layers.Theme, key: str) -> str | None:
    """The list; the id of the incident that was pressed in this run, else None."""
    data = {"rows": list(rows), "chosen": chosen, "theme": theme, "families": layers.families()}
    result = _LIST(key=key, data=data, on_picked_change=lambda: None)
    return cast("str | None", result.picked)


def incident_card(card: Json, *, key: str) -> None:
    """The card of one incident, as ``views.card.card`` made it."""
    _CARD(key=key, data=card)


def filters(data: Json, *, key: str, on_change: Callable[[], None]) -> None:
    """The filters; ``on_change`` is called once the change stands under ``key`` as ``changed``."""
    _FILTERS(key=key, data=data, on_changed_change=on_change)


def timeline(data: Json, *, key: str, on_pick: Callable[[], None]) -> None:
    """The bars; ``on_pick`` is called once the first and last chosen day stand under ``key`` as ``picked``."""
    _TIMELINE(key=key, data=data, on_picked_change=on_pick)


def pin(data: Json, *, key: str, on_place: Callable[[], None]) -> None:
    """The map of a pin; ``on_place`` is called once ``{"lat", "lon", "ghost"?}`` stands under ``key`` as ``placed``."""
    _PIN(key=key, data=data, on_placed_change=on_place)


def matrix(data: Json, *, key: str, on_pick: Callable[[], None]) -> None:
    """The table of who against whom; ``on_pick`` is called once the pair stands under ``key`` as ``picked``."""
    _MATRIX(key=key, data=data, on_picked_change=on_pick)


def chart(data: Json, *, key: str) -> None:
    """Counts and tolls with bars, as ``views.chart.payload`` made them."""
    _CHART(key=key, data=data)


def link(query: str, *, key: str) -> None:
    """A button that copies the address of what is shown."""
    _LINK(key=key, data={"query": query})

"""The map with the list beside it, for the pages that show incidents; redrawn by itself on a click or a pan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st
from streamlit_folium import st_folium

from data import query
from data.query import Filters, IncidentRow, Totals
from data.store import Store
from geo import cells, layers
from views import card, parts, state, words

MAP_HEIGHT = 560
RETURNED = ("bounds", "zoom", "last_active_drawing", "last_object_clicked_count")
ON_MAP, OFF_MAP = "map", "off"
ADDRESS = "incident"
# A new map shows the middle of many incidents: the 107 samples lie on five continents, which would make it a world map.
FEW, OUTER = 20, 0.1


@dataclass(frozen=True, slots=True)
class Counts:
    """How many incidents from how many reports, and how many of them cannot be drawn and why."""

    incidents: int
    reports: int
    unlocated: int
    country_only: int

    @property
    def drawn(self) -> int:
        """Those on the map."""
        return self.incidents - self.undrawn

    @property
    def undrawn(self) -> int:
        """Those that have no place, or only a country."""
        return self.unlocated + self.country_only


@dataclass(frozen=True, slots=True)
class Names:
    """The keys under which one screen keeps its state, so that two pages do not share it."""

    prefix: str

    def __call__(self, what: str) -> str:
        return f"{self.prefix}-{what}"


def counts(store: Store, filters: Filters) -> Counts:
    """The counts under the filters."""
    found: Totals = state.totals(store, filters)
    precision = state.columns(store, filters).where_precision
    country_only = int(np.count_nonzero(precision == layers.COUNTRY_ONLY))
    return Counts(found.incidents, found.reports, found.incidents - found.located, country_only)


@st.fragment
@state.guarded
def screen(store: Store, filters: Filters, names: Names, *, tiles: bool = False, in_address: bool = False) -> None:
    """Map on the left, list or card on the right; the chosen incident goes into the address where that is asked for."""
    left, right = st.columns([8, 5], gap="medium")
    with right, st.container(key=names("panel")):
        _panel(store, filters, names)
    with left, st.container(key=names("map")):
        _map(store, filters, names, tiles=tiles)
    if in_address:
        _to_address(chosen(names))


def chosen(names: Names) -> str | None:
    """The id of the chosen incident."""
    found = st.session_state.get(names("chosen"))
    return found if isinstance(found, str) else None


def choose(names: Names, incident_id: str | None) -> None:
    """Choose an incident, None for the list."""
    st.session_state[names("chosen")] = incident_id


def from_address(names: Names) -> None:
    """Choose the incident that the address names; once a session, since from then on the screen writes it."""
    if names("chosen") not in st.session_state:
        choose(names, st.query_params.get(ADDRESS))


def _to_address(incident_id: str | None) -> None:
    if incident_id and st.query_params.get(ADDRESS) != incident_id:
        st.query_params[ADDRESS] = incident_id
    elif not incident_id and ADDRESS in st.query_params:
        del st.query_params[ADDRESS]


def _map(store: Store, filters: Filters, names: Names, *, tiles: bool) -> None:
    columns = state.columns(store, filters)
    keep = np.flatnonzero(columns.where_precision != layers.COUNTRY_ONLY)
    lat, lon = columns.lat[keep], columns.lon[keep]
    drawn = cells.arrange(lat, lon, _view(names))
    rows = _with_chosen(query.by_keys(store, [int(columns.key[keep[i]]) for i in drawn.singly]), store, names)
    layer = layers.incident_layer(
        [point(row) for row in rows],
        drawn.cells,
        extent=cells.extent(lat, lon),
        first=cells.extent(lat, lon, outer=OUTER if len(lat) > FEW else 0.0),
        theme=state.theme(),
        chosen=chosen(names),
        tiles=tiles,
    )
    st_folium(
        layers.base_map(),
        key=names("view"),
        height=MAP_HEIGHT,
        use_container_width=True,
        returned_objects=RETURNED,
        feature_group_to_add=layer,
        on_change=lambda: _clicked(names),
    )


def _with_chosen(rows: Sequence[IncidentRow], store: Store, names: Names) -> Sequence[IncidentRow]:
    """The rows, and the chosen incident where it would be lost in the count of a cell or lies outside the view."""
    detail = query.incident(store, chosen(names) or "")
    if detail is None or words.not_drawn(detail.row) or any(row.id == detail.row.id for row in rows):
        return rows
    return [*rows, detail.row]


def point(row: IncidentRow) -> layers.Point:
    """A row as the map draws it."""
    kind = words.event(row.event_type)
    lines = [words.where(row), words.days(row.date_start, row.date_end), words.who(row.parties), words.toll(row)]
    return layers.point(
        {
            "id": row.id,
            "place": {
                "lat": row.lat,
                "lon": row.lon,
                "radius_km": row.radius_km or 0.0,
                "where_precision": row.where_precision or 1,
            },
        },
        family=kind.family,
        title=kind.label,
        lines=[*lines, *words.remarks(row)],
    )


def _view(names: Names) -> cells.View:
    seen: dict[str, Any] = st.session_state.get(names("view")) or {}
    box = seen.get("bounds") or {}
    south_west, north_east = box.get("_southWest") or {}, box.get("_northEast") or {}
    edges = (south_west.get("lat"), south_west.get("lng"), north_east.get("lat"), north_east.get("lng"))
    if seen.get("zoom") is None or any(edge is None for edge in edges):
        return cells.View()
    return cells.View(round(seen["zoom"]), tuple(float(edge) for edge in edges))  # type: ignore[arg-type]


def _clicked(names: Names) -> None:
    """Choose the incident that was clicked on the map; pans and zooms come here too and change nothing."""
    seen: dict[str, Any] = st.session_state.get(names("view")) or {}
    clicks = seen.get("last_object_clicked_count") or 0
    if clicks == st.session_state.get(names("clicks"), 0):
        return
    st.session_state[names("clicks")] = clicks
    found = ((seen.get("last_active_drawing") or {}).get("properties") or {}).get("id")
    if isinstance(found, str):
        choose(names, found)


def _panel(store: Store, filters: Filters, names: Names) -> None:
    rows = state.listed(store, filters)
    found, ids = counts(store, filters), [row.id for row in rows]
    if chosen(names) not in ids and found.incidents <= len(ids):
        choose(names, None)
    detail = query.incident(store, chosen(names) or "")
    if detail is None:
        _list(rows, found, names)
        return
    _steps(ids, detail.row.id, names)
    parts.incident_card(card.card(detail), key=names("card"))


def _steps(ids: Sequence[str], current: str, names: Names) -> None:
    at = ids.index(current) if current in ids else None
    with st.container(horizontal=True, gap="small"):
        st.button("All incidents", key=names("back"), on_click=choose, args=(names, None), icon=":material/arrow_back:")
        _step("Previous", names, ids[at - 1] if at else None)
        _step("Next", names, ids[at + 1] if at is not None and at + 1 < len(ids) else None)


def _step(label: str, names: Names, to: str | None) -> None:
    st.button(label, key=names(label.lower()), on_click=choose, args=(names, to), disabled=to is None)


def _list(rows: Sequence[IncidentRow], found: Counts, names: Names) -> None:
    labels = {ON_MAP: f"On the map · {found.drawn:,}", OFF_MAP: f"Not on the map · {found.undrawn:,}"}
    picked = st.segmented_control(
        "Which incidents", list(labels), format_func=lambda k: labels[k], default=ON_MAP, required=True,
        key=names("which"), label_visibility="collapsed", width="stretch",
    )  # fmt: skip
    shown = [row for row in rows if (words.not_drawn(row) is None) == (picked != OFF_MAP)]
    if not shown:
        st.info(_nothing(picked != OFF_MAP, found), icon=":material/info:")
        return
    pressed = parts.incident_list([line(row) for row in shown], chosen=None, theme=state.theme(), key=names("list"))
    if found.incidents > len(rows):
        st.caption(f"The latest {len(rows):,} of {found.incidents:,} are listed; narrow the filters to see the others.")
    if pressed:
        choose(names, pressed)
        st.rerun(scope="fragment")


def _nothing(on_map: bool, found: Counts) -> str:
    if on_map and found.undrawn:
        return "None of these incidents can be placed more closely than by country. See “Not on the map”."
    return "Nothing here." if on_map else "Every incident of this list is on the map."


def line(row: IncidentRow) -> dict[str, Any]:
    """A row as the list shows it."""
    kind = words.event(row.event_type)
    notes = [words.not_drawn(row) or "", *words.remarks(row)]
    return {
        "id": row.id,
        "family": kind.family if kind.family in layers.FAMILIES else "other",
        "drawn": words.not_drawn(row) is None,
        "what": kind.label,
        "day": words.days(row.date_start, row.date_end),
        "where": layers.clip(words.where(row)),
        "who": layers.clip(words.who(row.parties)),
        "toll": words.toll(row),
        "counted": words.toll(row) != words.NO_FIGURE,
        "note": " · ".join(n for n in notes if n),
    }

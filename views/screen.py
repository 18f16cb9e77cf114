"""The map with the list beside it, for the pages that show incidents; both drawn from one answer of the overview."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import streamlit as st
from streamlit_folium import st_folium

from data import query
from data.area import Area
from data.overview import Answer, Overview
from data.query import IncidentRow
from geo import cells, layers
from views import event_card, hues, kept, layering, parts, state, words
from views.address import Look

MAP_HEIGHT = 560
ON_MAP, OFF_MAP = "map", "off"
# Lines of the list at a time: with them an update stays below 50 kB, and more are not read at one sitting.
PAGE = 50
# A new map shows the middle of many incidents: the 107 samples lie on five continents, which would make it a world map.
FEW, OUTER = 20, 0.1
# How far around a place its own incidents are looked for, when the disc that counts them is pressed.
AT_PLACE_KM = 0.5
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Names:
    """The keys under which one screen keeps its state, so that two pages do not share it."""

    prefix: str

    def __call__(self, what: str) -> str:
        return f"{self.prefix}-{what}"


@dataclass(frozen=True, slots=True)
class Shown:
    """What a screen shows and how its state is changed: ``get`` gives it, ``put`` takes a new one."""

    overview: Overview
    answer: Answer
    names: Names
    get: Callable[[], Look]
    put: Callable[[Look], None]
    address: bool = False

    def choose(self, incident_id: str | None) -> None:
        """Choose an incident, None for the list."""
        self.put(replace(self.get(), chosen=incident_id))


def own_look(names: Names, start: Look) -> tuple[Callable[[], Look], Callable[[Look], None]]:
    """``get`` and ``put`` of a state that belongs to this screen alone."""

    def get() -> Look:
        found: Look = st.session_state.setdefault(names("look"), start)
        return found

    def put(new: Look) -> None:
        st.session_state[names("look")] = new

    return get, put


def screen(shown: Shown) -> None:
    """Map on the left, list or card on the right."""
    left, right = st.columns([8, 5], gap="medium")
    # The map first: it is what is waited for.
    with left, st.container(key=shown.names("map")):
        _map(shown)
    with right, st.container(key=shown.names("panel")):
        _panel(shown)


@st.fragment
@state.guarded
def _map(shown: Shown) -> None:
    """The map, redrawn by itself on a pan; what is done on it is for the whole page."""
    if st.session_state.pop(shown.names("acted"), False):
        st.rerun()
    st_folium(
        layers.base_map(),
        key=shown.names("view"),
        height=MAP_HEIGHT,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=layers.incident_layer(drawing(shown)),
        on_change=lambda: _seen(shown),
    )
    if shown.address:
        state.to_address()


def drawing(shown: Shown) -> layers.Drawing:
    """What the map shows of the answer in the present view."""
    answer, look, held = shown.answer, shown.get(), shown.answer.held
    drawn = answer.drawn
    points = cells.Points(held.rows.lat, held.rows.lon, held.x, held.y)[drawn]
    view = _view(shown)
    arranged = cells.Drawn() if look.heat else cells.arrange(points, view)
    colours = hues.of(held) if look.colour == "party" else None
    detail = query.incident(shown.overview.store, look.chosen, as_of=look.ask.as_of) if look.chosen else None
    chosen = detail.row if detail and not words.not_drawn(detail.row) else None
    rows = _with_chosen(shown.overview.rows(answer, drawn[list(arranged.singly)]), chosen)
    return layers.Drawing(
        points=[point(row, colours) for row in rows],
        cells=arranged.cells,
        heat=cells.heat(points, view) if look.heat else (),
        popup=popup(chosen) if chosen else None,
        extent=answer.extent(),
        first=answer.extent(outer=OUTER if len(drawn) > FEW else 0.0),
        view=look.view,
        turn=state.turn(),
        theme=state.theme(),
        base=look.base,
        own_tiles=state.own_tiles(),
        parties=colours,
        sized=look.sized,
        area=look.ask.area,
        overlays=layering.sent(look.overlays, _have(shown)),
    )


def _with_chosen(rows: Sequence[IncidentRow], chosen: IncidentRow | None) -> Sequence[IncidentRow]:
    """The rows, and the chosen incident where it would be lost in the count of a cell or lies outside the view."""
    if chosen is None or any(row.id == chosen.id for row in rows):
        return rows
    return [*rows, chosen]


def point(row: IncidentRow, colours: hues.Hues | None) -> layers.Point:
    """A row as the map draws it."""
    place = {"lat": row.lat, "lon": row.lon, "radius_km": row.radius_km or 0.0}
    by = next((party.id for party in row.parties if party.role == "perpetrator"), "")
    return layers.point(
        {"id": row.id, "place": place | {"where_precision": row.where_precision or 1}},
        family=words.event(row.event_type).family,
        label=f"{words.days(row.date_start, row.date_end)}, {words.toll(row)}, {row.place_name or ''}".rstrip(", "),
        party=by if colours and by in colours else "",
        killed=max(row.killed_low or 0, row.killed_high or 0),
    )


def popup(row: IncidentRow) -> Json:
    """The words of the chosen incident's popup."""
    lines = [words.where(row), words.days(row.date_start, row.date_end), words.who(row.parties), words.toll(row)]
    clipped = [layers.clip(one) for one in [*lines, *words.remarks(row)]]
    return {"id": row.id, "lat": row.lat, "lon": row.lon, "title": words.event(row.event_type).label, "lines": clipped}


def _view(shown: Shown) -> cells.View:
    view: Any = (st.session_state.get(shown.names("view")) or {}).get("view")
    if not _numbers(view, 8):
        return cells.View()
    return cells.View(round(view[4]), (view[0], view[1], view[2], view[3]))


def _have(shown: Shown) -> Sequence[str]:
    """The loaded layers that the map's frame says it has."""
    told: Any = (st.session_state.get(shown.names("view")) or {}).get("have")
    return [one for one in told if isinstance(one, str)] if isinstance(told, list) else []


def _numbers(found: Any, many: int) -> bool:
    """True for a list of so many finite numbers: what a browser sends is not taken on trust."""
    return (
        isinstance(found, list)
        and len(found) == many
        and all(isinstance(one, (int, float)) and bool(np.isfinite(one)) for one in found)
    )


def _seen(shown: Shown) -> None:
    """Note the view, and do what was done on the map."""
    told = st.session_state.get(shown.names("view")) or {}
    view: Any = told.get("view")
    # Until the reader moves the map it shows what fits; only a view of their own is part of the state.
    if _numbers(view, 8) and view[7]:
        shown.put(replace(shown.get(), view=(view[5], view[6], view[4])))
    act = told.get("act")
    if isinstance(act, dict) and act.get("n") != st.session_state.get(shown.names("act")):
        st.session_state[shown.names("act")] = act.get("n")
        st.session_state[shown.names("acted")] = True
        _act(shown, act)


def _act(shown: Shown, act: Json) -> None:
    look = shown.get()
    if act.get("kind") == "pick" and isinstance(act.get("id"), str):
        shown.choose(act["id"])
    elif act.get("kind") == "place" and _numbers([act.get("lat"), act.get("lon")], 2):
        around = Area("c", ((act["lat"], act["lon"]),), AT_PLACE_KM).text()
        shown.put(replace(look, ask=replace(look.ask, area=around)))
    elif act.get("kind") == "area" and isinstance(act.get("area"), str):
        from views import filters

        wanted = {"name": "area", "set": [act["area"]] if act["area"] else []}
        shown.put(filters.applied(look, wanted))


@st.fragment
@state.guarded
def _panel(shown: Shown) -> None:
    look = shown.get()
    detail = query.incident(shown.overview.store, look.chosen, as_of=look.ask.as_of) if look.chosen else None
    if detail is None:
        _list(shown)
        return
    _steps(shown, detail.row)
    parts.incident_card(event_card.shown(shown.overview.store, detail, look.ask.as_of), key=shown.names("card"))
    kept.kept(detail.report, key=shown.names("kept"))


def _steps(shown: Shown, row: IncidentRow) -> None:
    before, after = _neighbours(shown, row)
    with st.container(horizontal=True, gap="small"):
        back = st.button("All incidents", key=shown.names("back"), icon=":material/arrow_back:")
        earlier = st.button("Previous", key=shown.names("previous"), disabled=before is None)
        later = st.button("Next", key=shown.names("next"), disabled=after is None)
        if shown.address:
            state.link("review", "Review", incident=row.id)
    if back or earlier or later:
        shown.choose(before if earlier else after if later else None)
        st.rerun()


def _neighbours(shown: Shown, row: IncidentRow) -> tuple[str | None, str | None]:
    """The ids before and after a row in the order of the list."""
    answer = shown.answer
    place = int(np.searchsorted(answer.held.rows.key, row.key))
    rows = answer.drawn if words.not_drawn(row) is None else answer.undrawn
    rank = answer.held.rank[rows]
    mine = answer.held.rank[place] if place < len(answer.held) else -1
    higher, lower = rows[rank > mine], rows[rank < mine]
    next_ = higher[np.argmin(answer.held.rank[higher])] if len(higher) else None
    before = lower[np.argmax(answer.held.rank[lower])] if len(lower) else None
    found = [
        shown.overview.rows(answer, np.array([one], np.int64))[0].id if one is not None else None
        for one in (before, next_)
    ]
    return found[0], found[1]


def _list(shown: Shown) -> None:
    answer = shown.answer
    drawn, undrawn = answer.drawn, answer.undrawn
    labels = {ON_MAP: f"On the map · {len(drawn):,}", OFF_MAP: f"Not on the map · {len(undrawn):,}"}
    picked = st.segmented_control(
        "Which incidents", list(labels), format_func=lambda k: labels[k], default=ON_MAP, required=True,
        key=shown.names("which"), label_visibility="collapsed", width="stretch",
    )  # fmt: skip
    rows = undrawn if picked == OFF_MAP else drawn
    if not len(rows):
        st.info(_nothing(picked != OFF_MAP, len(undrawn)), icon=":material/info:")
        return
    page = _page(shown, picked or ON_MAP, len(rows))
    listed = shown.overview.rows(answer, answer.latest(rows, PAGE, page * PAGE))
    pressed = parts.incident_list(
        [line(row) for row in listed], chosen=None, theme=state.theme(), key=shown.names("list")
    )
    _pages(shown, page, len(rows))
    if pressed:
        shown.choose(pressed)
        st.rerun()


def _page(shown: Shown, which: str, many: int) -> int:
    """The page of the list; another question begins at the first."""
    key, asked = shown.names("page"), (shown.get().ask, which)
    known = st.session_state.get(key)
    page = known[1] if known and known[0] == asked else 0
    st.session_state[key] = (asked, page)
    return min(page, (many - 1) // PAGE)


def _pages(shown: Shown, page: int, many: int) -> None:
    if many <= PAGE:
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        for label, step, stop in (("Later ones", -1, page == 0), ("Earlier ones", 1, (page + 1) * PAGE >= many)):
            st.button(label, key=shown.names(label), on_click=_turn, args=(shown, page + step), disabled=stop)
        st.caption(f"{page * PAGE + 1:,}–{min(many, (page + 1) * PAGE):,} of {many:,}")


def _turn(shown: Shown, page: int) -> None:
    key = shown.names("page")
    st.session_state[key] = (st.session_state[key][0], page)


def _nothing(on_map: bool, undrawn: int) -> str:
    if on_map and undrawn:
        return "None of these incidents can be placed more closely than by country. See “Not on the map”."
    return "Nothing here." if on_map else "Every incident of this list is on the map."


def line(row: IncidentRow) -> Json:
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

"""The place of an incident under review: its pin and radius, the other candidates as ghosts, and saving it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from data import review
from data.decisions import Decision
from data.records import Json
from geo import layers
from geo.candidates import km
from views import parts, state, words
from views.review_desk import Desk, tell

# A candidate is chosen by one key.
CANDIDATES = 9
# Two gazetteers put one place so far apart at most; a pin may be dragged for less.
SAME_KM = 0.5
FIELDS = ("lat", "lon", "radius_km", "name")
# Radius of a pin that is set where there was none: a town's.
FRESH_KM = 5.0


def place(made: Desk) -> None:
    """Map, candidates and fields; what is chosen or dragged goes into the fields, and is stored when they are saved."""
    old = made.record["place"]
    _begin(made, old)
    options = alternates(old)
    st.caption("Drag the pin, press the map, or take another candidate; then save." if old else "Press the map.")
    parts.pin(_map(made, options), key=made.key("pin"), on_place=lambda: _placed(made, options))
    for n, one in enumerate(options, 1):
        label = words.markdown(_described(one, old))
        st.button(label, key=made.key(f"other{n}"), shortcut=str(n), width="stretch", on_click=_take, args=(made, one))
    left, middle, right = st.columns(3)
    left.number_input("Latitude", key=made.key("lat"), step=0.01, format="%.5f")
    middle.number_input("Longitude", key=made.key("lon"), step=0.01, format="%.5f")
    right.number_input("Radius, km", key=made.key("radius_km"), step=1.0, format="%.1f")
    st.text_input("Name of the place", key=made.key("name"), max_chars=200)
    with st.container(horizontal=True):
        st.button(
            "Save the place", key=made.key("move"), type="primary", icon=":material/save:", shortcut="S",
            on_click=_save, args=(made,),
        )  # fmt: skip
        if old:
            st.button("It names no place", key=made.key("noplace"), on_click=_remove, args=(made,))


def alternates(place_: Json | None) -> list[Json]:
    """The other places that the name could have meant, the likeliest first; nothing beside the pin itself."""
    found: list[Json] = []
    for one in (place_ or {}).get("alternates") or []:
        if all(km(one["lat"], one["lon"], other["lat"], other["lon"]) > SAME_KM for other in [place_, *found] if other):
            found.append(one)
    return found[:CANDIDATES]


def moved(values: Json, taken: Json | None) -> Json:
    """What ``review.move`` is to know of a place beside its coordinates: the name that stands in the field.

    Of a candidate that was taken, also what the gazetteer knows of it.
    """
    known: Json = {"name": (values["name"] or "").strip() or None}
    if taken and (taken["lat"], taken["lon"]) == (values["lat"], values["lon"]):
        known |= {name: taken.get(name) for name in ("country_code", "gazetteer_id")}
    return known


def _begin(made: Desk, old: Json | None) -> None:
    """Fill the fields from the record where they are new."""
    if made.key("lat") not in st.session_state:
        for name in FIELDS:
            value = (old or {}).get(name)
            st.session_state[made.key(name)] = value if value is not None or name != "radius_km" else FRESH_KM


def _values(made: Desk) -> Json:
    return {name: st.session_state.get(made.key(name)) for name in FIELDS}


def _map(made: Desk, options: list[Json]) -> Json:
    values = _values(made)
    known = all(isinstance(values[name], (int, float)) for name in ("lat", "lon", "radius_km"))
    drawable = known and abs(values["lat"]) <= 90 and abs(values["lon"]) <= 180 and values["radius_km"] >= 0
    ghosts = [
        {"n": n, "lat": one["lat"], "lon": one["lon"], "label": f"{n}: {layers.clip(one['name'])}"}
        for n, one in enumerate(options, 1)
    ]
    pin = {name: values[name] for name in ("lat", "lon", "radius_km")} if drawable else None
    return {"id": made.key("map"), "pin": pin, "ghosts": ghosts, "theme": state.theme()}


def _described(one: Json, old: Json | None) -> str:
    country = words.country(one.get("country_code"))
    told = [", ".join(filter(None, (layers.clip(one["name"], 60), country))), f"score {one.get('score') or 0:.2f}"]
    if old:
        told.append(f"{km(old['lat'], old['lon'], one['lat'], one['lon']):,.0f} km away")
    return " · ".join(told)


def _placed(made: Desk, options: list[Json]) -> None:
    """Take what was done on the map; what a browser sends is not taken on trust."""
    told: Any = (st.session_state.get(made.key("pin")) or {}).get("placed") or {}
    ghost = told.get("ghost")
    if isinstance(ghost, int) and 1 <= ghost <= len(options):
        _take(made, options[ghost - 1])
    elif all(isinstance(told.get(name), (int, float)) for name in ("lat", "lon")):
        lat, lon, old = float(told["lat"]), float(told["lon"]), made.record["place"]
        st.session_state[made.key("lat")], st.session_state[made.key("lon")] = lat, lon
        if old and km(old["lat"], old["lon"], lat, lon) > old["radius_km"]:
            # Another place than the one that was named.
            st.session_state[made.key("name")] = ""


def _take(made: Desk, one: Json) -> None:
    st.session_state[made.key("taken")] = one
    for name in ("lat", "lon", "name"):
        st.session_state[made.key(name)] = one[name]


def _save(made: Desk) -> None:
    values, taken = _values(made), st.session_state.get(made.key("taken"))
    old = made.record["place"]
    known = moved(values, taken)
    if old and all({**values, **known}[name] == old[name] for name in FIELDS):
        tell("error", "Not saved: the place is as it was. Accept the incident to say that it is right.")
        return

    def act(who: str, reason: str) -> Decision:
        return review.move(
            made.store, made.id, values["lat"], values["lon"], radius_km=values["radius_km"], place=known,
            who=who, reason=reason, seen=made.mine(),
        )  # fmt: skip

    made.decide("Moved the pin", act)


def _remove(made: Desk) -> None:
    made.decide(
        "Took the place away",
        lambda who, why: review.edit(made.store, made.id, {"place": None}, who=who, reason=why, seen=made.mine()),
    )

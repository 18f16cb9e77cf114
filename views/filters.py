"""The filters beside the map: widgets whose state is in the address, and the question to the store that they make.

Streamlit writes an option into the address as it is labelled, so labels hold no counts: they would break old links.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import cast

import streamlit as st

from data import query, vocabulary
from data.query import DRAWN, Filters, RoleFilter
from data.store import Store
from geo import layers
from views import state, words

# Where the first and last day that can be asked for are kept.
BOUNDS = "date-bounds"
ROLES: Mapping[str, str] = {"either": "Either", "perpetrator": "Perpetrator", "target": "Target"}


def ask(store: Store) -> Filters:
    """Draw the filters in the side bar; what is chosen, the parts of every chosen party included."""
    offer = state.offer(store)
    with st.sidebar:
        st.subheader("Show only")
        parties = _party(offer)
        role = _role()
        first, last = _dates(offer.days)
        types = _types(offer)
        countries = _countries(offer)
        text = st.text_input("Words in the report", key="words", bind="query-params", placeholder="airport, convoy …")
        statuses, background = _statuses()
        st.button("Clear all filters", key="clear", on_click=clear, icon=":material/filter_alt_off:", width="stretch")
    chosen = Filters(
        parties=parties,
        role=role,
        date_from=first,
        date_to=last,
        event_types=types,
        statuses=statuses,
        include_background=background,
        countries=countries,
        text=text.strip(),
    )
    return query.with_children(chosen, vocabulary.lineage().ancestors) if parties else chosen


def clear() -> None:
    """Put every filter back to where it starts."""
    for key, start in _starts().items():
        st.session_state[key] = start


def distinct(found: Mapping[str, str]) -> dict[str, str]:
    """Party id -> a name that no other of them has: the registry's where it knows the party, else the one given."""
    named = vocabulary.lineage().names
    known = {party: layers.clip(named.get(party, name)) for party, name in found.items()}
    uses = Counter(known.values())
    return {party: name if uses[name] == 1 else f"{name} [{party}]" for party, name in known.items()}


def _starts() -> dict[str, object]:
    lists: dict[str, object] = {"party": [], "type": [], "country": [], "status": list(DRAWN)}
    return {**lists, "role": "either", "from": None, "to": None, "words": "", "background": False}


def _party(offer: state.Offer) -> tuple[str, ...]:
    names = distinct(offer.parties)
    return _many("Party", "party", names, "Any party – type a name", "Units and members of a party are included.")


def _role() -> RoleFilter:
    label = "Role of that party"
    picked = st.segmented_control(
        label, list(ROLES), format_func=lambda r: ROLES[r], default="either", required=True, key="role",
        bind="query-params", width="stretch",
    )  # fmt: skip
    return cast("RoleFilter", picked or "either")


def _dates(bounds: tuple[dt.date, dt.date] | None) -> tuple[dt.date | None, dt.date | None]:
    low, high = bounds or (dt.date(2011, 1, 1), dt.date.today())
    st.session_state[BOUNDS] = low, high
    first = st.date_input("From", None, low, high, key="from", bind="query-params", format="YYYY-MM-DD")
    last = st.date_input("To", None, low, high, key="to", bind="query-params", format="YYYY-MM-DD")
    if first and last and first > last:
        st.warning("The first day lies after the last: nothing can match.", icon=":material/event_busy:")
    return first, last


def _types(offer: state.Offer) -> tuple[str, ...]:
    return _many("What happened", "type", {t: words.event(t).label for t in offer.types}, "Anything")


def _countries(offer: state.Offer) -> tuple[str, ...]:
    return _many("Country", "country", {c: words.country(c) or c for c in offer.countries}, "Anywhere")


def _statuses() -> tuple[tuple[str, ...], bool]:
    with st.expander("Also denied, planned, earlier …"):
        statuses = _many("Told as", "status", words.STATUS, "Any", default=DRAWN)
        background = st.toggle(
            "Earlier history", key="background", bind="query-params", help="Incidents that a report only looks back on."
        )
    return statuses, background


def _many(
    label: str, key: str, names: Mapping[str, str], empty: str, note: str | None = None, *, default: Sequence[str] = ()
) -> tuple[str, ...]:
    picked = st.multiselect(
        label, list(names), default=list(default), format_func=lambda value: names.get(value, value), key=key,
        bind="query-params", placeholder=empty, help=note,
    )  # fmt: skip
    return tuple(picked)

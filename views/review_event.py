"""The event under review: which reports tell of it, what else may be the same, merging and splitting."""

from __future__ import annotations

import streamlit as st

from data import dossier, review
from data.dossier import Neighbour
from data.merge import LINK
from data.query import IncidentRow
from geo import layers
from views import words
from views.review_desk import Desk, go

SHOWN = 8


def event(made: Desk) -> None:
    """Its incidents, to be taken out of it, and its neighbours, to be taken in."""
    _members(made)
    _neighbours(made)


def likeness(found: Neighbour) -> str:
    """How alike a neighbour is, in words, with the score that machine merging goes by (0 is even)."""
    if found.barred:
        return f"cannot be the same by the rules (score {found.score:+.1f})"
    return (
        f"{'alike' if found.score >= LINK else 'unlike'} (score {found.score:+.1f}; merged by machine from {LINK:g} on)"
    )


def apart(found: Neighbour) -> str:
    """Distance and days between, what is not known of them left out."""
    told = [] if found.km is None else [f"{found.km:,.1f} km away"]
    if found.days is not None:
        told.append("on the same day" if found.days == 0 else f"{words.plural(found.days, 'day')} apart")
    return ", ".join(told) or "place or day unknown"


def summary(row: IncidentRow) -> str:
    """One incident on two lines of Markdown."""
    head = f"**{words.markdown(words.event(row.event_type).label)}** · {words.markdown(words.where(row))}"
    days = words.days(row.date_start, row.date_end)
    told = f"{words.toll(row)} · {layers.clip(row.publisher or 'publisher unknown', 60)}: "
    return f"{head} · {days}  \n{words.markdown(told + layers.clip(row.title or 'Untitled report', 100))}"


def _members(made: Desk) -> None:
    many = made.found.many
    st.markdown(
        f"**{words.plural(many, 'incident')} in this event**" if many > 1 else "**This event has one incident**"
    )
    if many == 1:
        st.markdown(summary(made.found.members[0].row))
        return
    chosen = [one.row.id for one in made.found.members if _member(made, one.row)]
    st.button(
        "Split off what is ticked", key=made.key("split"), icon=":material/call_split:", shortcut="D",
        disabled=not chosen, on_click=_split, args=(made, chosen),
    )  # fmt: skip


def _member(made: Desk, row: IncidentRow) -> bool:
    """True where the reviewer ticked it."""
    return st.checkbox(summary(row), key=made.key(f"member{row.id}"))


def _neighbours(made: Desk) -> None:
    found = dossier.neighbours(made.store, made.id, limit=SHOWN)
    st.markdown("**Near it in space and time**")
    if not found:
        st.caption(f"Nothing of another event within {dossier.NEAR_KM:g} km and {dossier.NEAR_DAYS} days is stored.")
    for one in found:
        with st.container(border=True):
            st.markdown(summary(one.row))
            st.caption(f"{apart(one)}; {likeness(one)}. {words.markdown(_reasons(one))}")
            with st.container(horizontal=True):
                st.button(
                    "Merge",
                    key=made.key(f"merge{one.row.id}"),
                    icon=":material/merge:",
                    on_click=_merge,
                    args=(made, one),
                )
                st.button("Look at it", key=made.key(f"see{one.row.id}"), on_click=go, args=(one.row.id,))


def _reasons(found: Neighbour) -> str:
    """The fields that speak for and against, the weightiest first."""
    ranked = sorted((one for one in found.reasons if one.field != "all"), key=lambda one: -abs(one.weight))
    return "; ".join(f"{one.field}: {one.level} ({one.weight:+.1f})" for one in ranked)


def _merge(made: Desk, other: Neighbour) -> None:
    seen = (*made.all(), other.row.key)
    made.decide(
        "Merged", lambda who, why: review.merge(made.store, made.id, other.row.id, who=who, reason=why, seen=seen)
    )


def _split(made: Desk, chosen: list[str]) -> None:
    made.decide("Split", lambda who, why: review.split(made.store, chosen, who=who, reason=why, seen=made.all()))

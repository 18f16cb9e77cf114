"""Review: what is worth checking, one event at a time, put right by hand or keyboard with a reason."""

from __future__ import annotations

import streamlit as st

from data import review
from data.records import Json
from data.worth import Doubt
from geo import layers
from views import event_card, parts, review_desk, review_event, review_fields, review_place, screen, state, words
from views.review_desk import PREFIX, Desk

SECTION = PREFIX + "section"
# What there is to do with an incident: its key, its name, its screen.
SECTIONS = {
    "place": ("L", "Place", review_place.place),
    "fields": ("E", "Fields", review_fields.fields),
    "event": ("M", "Merge, split", review_event.event),
    "history": ("H", "History", review_desk.history),
}


@state.guarded
def page() -> None:
    """The bar of decisions, then what can be changed beside the card; the queue at the side."""
    made = review_desk.desk(state.store())
    review_desk.reviewer()
    if made is None:
        _said()
        st.info("Nothing to review: nobody has added a report yet, or everything has been decided on.")
        return
    _bar(made)
    _said()
    left, right = st.columns([1, 1], gap="medium")
    with left:
        _sections(made)
    with right, st.container(key=PREFIX + "panel"):
        detail = made.found.members[0]
        st.caption(f"{_reasons(made)}{_reviewed(detail.row.reviewed)}")
        parts.incident_card(event_card.of(made.found), key=PREFIX + "card")
    with st.sidebar:
        _queue(made)


def _bar(made: Desk) -> None:
    before, after = made.beside(-1), made.beside(1)
    last = made.last()
    with st.container(horizontal=True, gap="small", key=PREFIX + "bar"):
        _button("Previous", "P", before is None, review_desk.go, before)
        _button("Next", "N", after is None, review_desk.go, after)
        _button("Accept", "A", False, _accept, made, after)
        _button("Reject", "X", False, _reject, made, after)
        label = f"Undo no. {last.number}" if last else "Undo"
        _button(label, "U", last is None, made.undo, last.number if last else 0)
    st.caption("The keys beside the names do the same. Reject and every change need a reason.")


def _button(label: str, key: str, off: bool, act: object, *args: object) -> None:
    name = PREFIX + label.split()[0].lower()
    st.button(label, key=name, shortcut=key, disabled=off, on_click=act, args=args)  # type: ignore[arg-type]


def _accept(made: Desk, after: str | None) -> None:
    made.decide(
        "Accepted",
        lambda who, why: review.accept(made.store, made.id, who=who, reason=why, seen=made.mine()),
        then=after,
    )


def _reject(made: Desk, after: str | None) -> None:
    made.decide(
        "Rejected",
        lambda who, why: review.reject(made.store, made.id, who=who, reason=why, seen=made.mine()),
        then=after,
    )


def _said() -> None:
    """What came of the last action, once."""
    kind, text = st.session_state.pop(review_desk.SAID, (None, ""))
    if kind:
        shown, icon = (st.success, ":material/check:") if kind == "success" else (st.error, ":material/error:")
        shown(words.markdown(text), icon=icon)


def _sections(made: Desk) -> None:
    chosen = st.session_state.setdefault(SECTION, "place")
    with st.container(horizontal=True, gap="small", key=PREFIX + "sections"):
        for name, (key, label, _) in SECTIONS.items():
            st.button(
                label, key=f"{PREFIX}to-{name}", shortcut=key, on_click=_open, args=(name,),
                type="primary" if name == chosen else "secondary",
            )  # fmt: skip
    SECTIONS[chosen][2](made)


def _open(name: str) -> None:
    st.session_state[SECTION] = name


def _reasons(made: Desk) -> str:
    doubt = next((one for one in made.queue if one.row.id == made.id), None)
    if doubt:
        return f"Worth checking: {', '.join(doubt.reasons)}."
    row = made.found.members[0].row
    if row.reviewed is None and not row.lead:
        return "Another report stands for this event in the queue."
    return "Not in the queue."


def _reviewed(how: str | None) -> str:
    return f" It was {how} by a reviewer." if how else ""


def _queue(made: Desk) -> None:
    """The queue as a list, most worth checking first."""
    st.markdown("**Most worth checking first**")
    if not made.queue:
        st.caption("Everything has been decided on.")
    pressed = parts.incident_list(
        [_line(one) for one in made.queue], chosen=made.id, theme=state.theme(), key=PREFIX + "queue"
    )
    if pressed:
        review_desk.go(pressed)
        st.rerun()


def _line(doubt: Doubt) -> Json:
    return {**screen.line(doubt.row), "note": layers.clip(", ".join(doubt.reasons))}

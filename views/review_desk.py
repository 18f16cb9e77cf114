"""The reviewer's desk: what lies on it, who sits at it, and how a decision is put down and told of."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from data import dossier, review, worth
from data.decisions import Decision
from data.dossier import Dossier
from data.query import Filters
from data.store import Store
from data.worth import Doubt
from extract.errors import ConflictError, DatelineError
from views import doors, trail, words

# Lines of the queue at a time.
QUEUE = 60
PREFIX = "review-"
NAME, REASON = PREFIX + "who", PREFIX + "reason"
NOW, KEPT_NAME, SAID, TURN = (PREFIX + part for part in ("now", "name", "said", "turn"))
SEEN, PLACE, DONE, WRITTEN = (PREFIX + part for part in ("seen", "place", "done", "written"))
_UNDECIDED = Filters(leads_only=True)


@dataclass(frozen=True, slots=True)
class Desk:
    """One incident under review with its event, and the queue that it comes from.

    ``seen`` are the keys of the incidents' states that the reviewer was shown when it was opened or last changed here:
    a decision is refused where one has changed since.
    """

    store: Store
    queue: Sequence[Doubt]
    found: Dossier
    seen: Mapping[str, int]

    @property
    def id(self) -> str:
        """The incident's id."""
        return self.found.members[0].row.id

    @property
    def record(self) -> dict[str, Any]:
        """The incident as the contract's object."""
        return self.found.members[0].record

    def key(self, what: str) -> str:
        """The key of a widget; a new one for every incident and after every decision, so that fields begin anew."""
        return f"{PREFIX}{what}-{self.id}-{st.session_state.get(TURN, 0)}"

    def mine(self) -> Collection[int]:
        """What the reviewer saw of this incident."""
        return (self.seen[self.id],)

    def all(self) -> Collection[int]:
        """What the reviewer saw of the whole event."""
        return tuple(self.seen.values())

    def decide(self, said: str, act: Callable[[str, str], Decision], *, then: str | None = None) -> None:
        """Put down a decision by the reviewer for the reason given, and say so; ``then`` is what to open next."""
        # Whoever logged in decides under that name and no other.
        who = doors.name() or st.session_state.get(NAME, "").strip()
        reason = st.session_state.get(REASON, "").strip()
        if not who:
            tell("error", "Not saved: your name is missing. It stands beside every decision.")
            return
        try:
            made = act(who, reason)
        except ConflictError as error:
            renew()
            tell("error", f"Not saved: {error}. The newer state is shown below.")
        except DatelineError as error:
            tell("error", f"Not saved: {error}.")
        else:
            st.session_state[DONE] = True
            renew()
            tell("success", f"{said} (decision {made.number}).")
            if then:
                go(then)

    def undo(self, number: int) -> None:
        """Take a decision back."""
        store = self.store
        self.decide(f"Undid decision {number}", lambda who, why: review.undo(store, number, who=who, reason=why))

    def last(self) -> Decision | None:
        """The latest decision on this event that stands and is no undoing."""
        standing = [one for one in self.found.trail if one.stands and one.undoes is None]
        return standing[-1] if standing else None

    def beside(self, step: int) -> str | None:
        """The incident so many places on in the queue; of one that has left the queue, the one now in its place."""
        ids = [one.row.id for one in self.queue]
        past: int = st.session_state.get(PLACE, 0) + min(step, 0)
        at = ids.index(self.id) + step if self.id in ids else past
        return ids[at] if 0 <= at < len(ids) else None


def desk(store: Store) -> Desk | None:
    """The desk with what is to be reviewed now; None where nothing is left and nothing was asked for."""
    queue = worth.queue(store, _UNDECIDED, limit=QUEUE)
    asked = st.query_params.get("incident")
    # An address that was typed, sent or followed, and not written by this page.
    now = asked if asked and asked != st.session_state.get(WRITTEN) else st.session_state.get(NOW)
    found = dossier.of(store, now) if now else None
    if now and found is None:
        tell("error", f"There is no incident {now}; this is the first of the queue.")
    if found is None and queue:
        found = dossier.of(store, queue[0].row.id)
    if found is None:
        return None
    made = Desk(store, queue, found, _seen(found))
    _note(made)
    return made


def _seen(found: Dossier) -> Mapping[str, int]:
    """The states that the reviewer saw first; those on the screen now, where they have just come to it."""
    asked = (found.members[0].row.id, st.session_state.get(TURN, 0))
    known = st.session_state.get(SEEN)
    if not known or known[0] != asked:
        known = (asked, {one.row.id: one.row.key for one in found.members})
        st.session_state[SEEN] = known
    states: Mapping[str, int] = known[1]
    return states


def _note(made: Desk) -> None:
    """Keep what is open in the session and in the address, and where it stood in the queue."""
    st.session_state[NOW] = st.session_state[WRITTEN] = made.id
    if st.query_params.get("incident") != made.id:
        st.query_params["incident"] = made.id
    ids = [one.row.id for one in made.queue]
    if made.id in ids:
        st.session_state[PLACE] = ids.index(made.id)


def go(incident_id: str) -> None:
    """Open an incident."""
    st.session_state[NOW] = incident_id
    renew()


def renew() -> None:
    """Let all fields begin anew from the store."""
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1


def tell(kind: str, text: str) -> None:
    """Say something at the top of the page at its next drawing."""
    st.session_state[SAID] = (kind, text)


def reviewer() -> None:
    """The fields for name and reason; the name is kept for the session, the reason until a decision bears it."""
    if st.session_state.pop(DONE, False):
        st.session_state[REASON] = ""
    left, right = st.columns([1, 3], vertical_alignment="bottom")
    if known := doors.name():
        left.caption(f"You decide as {words.markdown(known)}")
    else:
        name = left.text_input("Your name", value=st.session_state.get(KEPT_NAME, ""), key=NAME, max_chars=100)
        st.session_state[KEPT_NAME] = name
    right.text_input("Why (kept with the decision)", key=REASON, max_chars=1_000)


def history(made: Desk) -> None:
    """Every decision on the event, the latest first, each with what undoes it."""
    if not made.found.trail:
        st.caption("Nobody has decided anything about this event.")
    for one in reversed(made.found.trail):
        told = trail.told(one)
        left, right = st.columns([5, 1])
        lines = [f"**{words.markdown(told['who'])} {told['done']}** · no. {told['number']} · {told['at']}"]
        lines += [words.markdown(change) for change in told["changes"]]
        lines += [f"Why: {words.markdown(told['reason'])}"] if told["reason"] else []
        left.markdown("  \n".join(lines if told["stands"] else [f"~~{lines[0]}~~ undone", *lines[1:]]))
        if told["stands"]:
            right.button("Undo", key=made.key(f"undo{one.number}"), on_click=made.undo, args=(one.number,))

"""Incidents from one event to another by a person's decision, and back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy.engine import Connection

from data import grading, leads, rows
from extract.errors import ConflictError, InputError

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """What a decision is about, and how it stood before and stands after.

    Of a merge or split each side says the event of every incident that is moved (``events``) and where the ids of
    events lead (``redirects``, None where to themselves); ``stayed`` are the incidents of the other event.
    """

    subjects: tuple[str, ...]
    before: Json
    after: Json


def merging(connection: Connection, kept: str, other: str) -> Change:
    """The incidents of the second event into the first; each is named by its id or one of its incidents'."""
    one, two = (_event_of(connection, given) for given in (kept, other))
    if one == two:
        raise InputError(f"merge: {kept} and {other} are the same event, {one}")
    members = rows.of_events(connection, (one, two))
    moved, stayed = ([row.id for row in members[event]] for event in (two, one))
    after = {"events": dict.fromkeys(moved, one), "redirects": {two: one}, "stayed": stayed}
    before = {"events": dict.fromkeys(moved, two), "redirects": {two: None}}
    return Change((one, two, *stayed, *moved), before, after)


def splitting(connection: Connection, incident_ids: Collection[str]) -> Change:
    """Some of an event's incidents into a new one."""
    chosen = [rows.incident(connection, one) for one in dict.fromkeys(incident_ids)]
    events = {row.event_id for row in chosen}
    if len(events) != 1 or None in events:
        raise InputError("split: the incidents must be of one event")
    (old,) = events
    moved = [row.id for row in chosen]
    stayed = [row.id for row in rows.of_events(connection, (old,))[old] if row.id not in moved]
    if not stayed:
        raise InputError(f"split: these are all incidents of event {old}; one at least must stay")
    new = rows.new_event(connection, leads.best(chosen))
    after = {"events": dict.fromkeys(moved, new), "redirects": {new: None}, "stayed": stayed}
    before = {"events": dict.fromkeys(moved, old), "redirects": {new: old}}
    return Change((old, new, *stayed, *moved), before, after)


def apply(connection: Connection, state: Json) -> None:
    """Bring the events to the one or the other side of a merge or split."""
    was = rows.by_ids(connection, state["events"])
    touched = {*state["events"].values(), *(row.event_id for row in was.values())}
    for event, into in state["redirects"].items():
        if into is None:
            rows.revive_event(connection, event)
    rows.assign_events(connection, state["events"])
    leads.renew(connection, touched)
    grading.renew(connection, touched)
    for event, into in state["redirects"].items():
        if into is not None and not rows.of_events(connection, (event,))[event]:
            rows.retire_event(connection, event, into=into)


def check(connection: Connection, state: Json, *, since: int) -> None:
    """Raise ConflictError where an incident has left the event that it had on this side of a decision."""
    found = rows.by_ids(connection, state["events"])
    for incident, event in state["events"].items():
        if incident not in found or found[incident].event_id != event:
            raise ConflictError(
                f"incident {incident} has been moved again since decision {since}; undo the later decisions first"
            )


def _event_of(connection: Connection, given: str) -> str:
    """The event that an id leads to: its own, or that of the incident, which gets one where it has none."""
    event = rows.resolve_event(connection, given)
    if event is None:
        row = rows.incident(connection, given)
        if row.event_id is not None:
            return str(row.event_id)
        event = rows.new_event(connection, row.id)
        rows.assign_events(connection, {row.id: event}, {event: row.id})
    elif not rows.of_events(connection, (event,))[event]:
        raise InputError(f"event {given} has no incidents any more")
    return event

"""Events of the store brought to a partition: who keeps which id, who leads, and how the event is graded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from data import grading, leads, rows, schema
from data.merge import Link, Members, Pair

Row = Any
_E = schema.events.c
_L = schema.links.c


def give(connection: Connection, parts: Sequence[Members], links: Mapping[Pair, Link]) -> int:
    """Make each part one event; the number of incidents whose event changed.

    ``parts`` hold all that is shown of the events they touch. What was rejected stays with its event.
    """
    known = rows.by_ids(connection, [one for part in parts for one in part])
    old: defaultdict[str, set[str]] = defaultdict(set)
    for row in known.values():
        if row.event_id is not None:
            old[row.event_id].add(row.id)
    claimed, leads_to = _claims(parts, old, _by_age(connection, old))
    for n, part in enumerate(parts):
        if n not in claimed:
            founder = min(part, key=lambda one: known[one].key)
            claimed[n] = rows.new_event(connection, founder)
    event_of = {one: claimed[n] for n, part in enumerate(parts) for one in part}
    moved = {one: event for one, event in event_of.items() if known[one].event_id != event}
    touched = {*moved.values(), *(known[one].event_id for one in moved)} - {None}
    moved |= _rejected(connection, leads_to)
    named = {claimed[n]: leads.best(known[one] for one in part) for n, part in enumerate(parts)}
    rows.assign_events(connection, moved, {event: named[event] for event in touched & named.keys()})
    for event, into in leads_to.items():
        if into != event:
            rows.retire_event(connection, event, into=into)
    _mark(connection, links, event_of)
    grading.renew(connection, touched & named.keys())
    return len(moved)


def _by_age(connection: Connection, events: Collection[str]) -> list[str]:
    found: list[tuple[Any, str]] = []
    for part in rows.chunks(events):
        query = sa.select(_E.created_at, _E.id).where(_E.id.in_(part))
        found += [(row.created_at, row.id) for row in connection.execute(query)]
    return [event for _, event in sorted(found)]


def _claims(
    parts: Sequence[Members], old: Mapping[str, set[str]], by_age: Sequence[str]
) -> tuple[dict[int, str], dict[str, str]]:
    """Which part keeps which event's id, and where each event leads: the oldest first claims what holds most of it."""
    place = {one: n for n, part in enumerate(parts) for one in part}
    claimed: dict[int, str] = {}
    leads_to: dict[str, str] = {}
    for event in by_age:
        held: defaultdict[int, int] = defaultdict(int)
        for one in old[event]:
            held[place[one]] += 1
        best = min(held, key=lambda n: (-held[n], n in claimed, n))
        leads_to[event] = claimed.setdefault(best, event)
    return claimed, leads_to


def _rejected(connection: Connection, leads_to: Mapping[str, str]) -> dict[str, str]:
    """The rejected incidents of events that lead elsewhere now, each with the event that it goes to."""
    gone = [event for event, into in leads_to.items() if event != into]
    members = rows.of_events(connection, gone)
    return {row.id: leads_to[event] for event in gone for row in members[event] if row.reviewed == "rejected"}


def _mark(connection: Connection, links: Mapping[Pair, Link], event_of: Mapping[str, str]) -> None:
    """Write at each link the event that both its incidents belong to, none where each has another one."""
    changed = []
    for (a, b), link in links.items():
        event = event_of[a] if event_of[a] == event_of[b] else None
        if event != link.event_id:
            changed.append({"a": a, "b": b, "event": event})
    if changed:
        here = sa.and_(_L.incident_a == sa.bindparam("a"), _L.incident_b == sa.bindparam("b"))
        connection.execute(sa.update(schema.links).where(here).values(event_id=sa.bindparam("event")), changed)

"""Cards of stored events, and their grades, which are kept beside the events so that a list can sort by them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from data import cards, rows, schema, sides, transaction
from data.cards import Card
from data.store import Store

Json = dict[str, Any]
REJECTED = "rejected"

_E = schema.events.c
_R = schema.reports.c


def card(store: Store, event_id: str) -> Card | None:
    """The card of an event, or of the event that its id leads to now; None where it has no incident left."""
    with store.reading() as connection:
        event = rows.resolve_event(connection, event_id)
        return _cards(connection, [event]).get(event) if event else None


def renew(connection: Connection, events: Collection[str]) -> None:
    """Grade these events anew; a grade that stays changes nothing."""
    made = _cards(connection, events)
    kept = {name: grade for part in rows.chunks(events) for name, grade in _graded(connection, part)}
    wanted = {event: made[event].grade.name if event in made else None for event in events}
    grades = [{"event": event, "name": name} for event, name in wanted.items() if kept.get(event) != name]
    if grades:
        here = _E.id == sa.bindparam("event")
        connection.execute(sa.update(schema.events).where(here).values(grade=sa.bindparam("name")), grades)
        transaction.changed(connection)


def _graded(connection: Connection, events: Collection[str]) -> list[tuple[str, str | None]]:
    return [(row.id, row.grade) for row in connection.execute(sa.select(_E.id, _E.grade).where(_E.id.in_(events)))]


def _cards(connection: Connection, events: Collection[str]) -> dict[str, Card]:
    """The cards of those events that have an incident."""
    shown: defaultdict[str, list[Json]] = defaultdict(list)
    for event, members in rows.of_events(connection, events).items():
        shown[event] += [row.record for row in members if row.reviewed != REJECTED]
    reports = _reports(connection, {record["report_id"] for found in shown.values() for record in found})
    return {event: cards.of(found, reports, sides.registered()) for event, found in shown.items() if found}


def _reports(connection: Connection, ids: Collection[str]) -> Mapping[str, Json]:
    """What a card needs of reports, and of those that they are copies of."""
    found = _reports_with(connection, ids)
    # Asked for apart: joined by OR to the first question, PostgreSQL would read every report.
    return found | _reports_with(connection, {one["copy_of"] for one in found.values()} - {None, *found})


def _reports_with(connection: Connection, ids: Collection[str]) -> dict[str, Json]:
    wanted = sa.select(_R.id, _R.text, _R.publisher, _R.published, _R.copy_of)
    parts = (connection.execute(wanted.where(_R.id.in_(part))) for part in rows.chunks(ids))
    return {row.id: row._asdict() for part in parts for row in part}

"""Cards of stored events, and their grades, which are kept beside the events so that a list can sort by them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from data import cards, rows, schema, sides, transaction
from data.cards import Card
from data.store import Store

Json = dict[str, Any]
REJECTED = "rejected"

_E = schema.events.c
_P = schema.past_grades.c
_R = schema.reports.c


def card(store: Store, event_id: str) -> Card | None:
    """The card of an event, or of the event that its id leads to now; None where it has no incident left."""
    with store.reading() as connection:
        event = rows.resolve_event(connection, event_id)
        return _cards(connection, [event]).get(event) if event else None


def card_of(store: Store, records: Sequence[Json]) -> Card | None:
    """The card that these incidents make, as they were held at whatever time; None where there are none."""
    with store.reading() as connection:
        reports = _reports(connection, {record["report_id"] for record in records})
    return cards.of(records, reports, sides.registered()) if records else None


def renew(connection: Connection, events: Collection[str]) -> None:
    """Grade these events anew; a grade that stays changes nothing, one that changes is kept among the past ones."""
    made = _cards(connection, events)
    kept = {row.id: row for part in rows.chunks(events) for row in _graded(connection, part)}
    wanted = {event: made[event].grade.name if event in made else None for event in events}
    changed = [kept[event] for event, name in wanted.items() if event in kept and kept[event].grade != name]
    if changed:
        _remember(connection, changed)
        grades = [{"event": row.id, "name": wanted[row.id]} for row in changed]
        here = _E.id == sa.bindparam("event")
        connection.execute(sa.update(schema.events).where(here).values(grade=sa.bindparam("name")), grades)
        transaction.changed(connection)


def known(connection: Connection, as_of: dt.datetime | dt.date | None = None) -> dict[str, str]:
    """The grade of every event that has one, by its id, as it is now or was known at a moment (UTC) or a day's end."""
    found = connection.execute(sa.select(_E.id, _E.grade, _E.created_at)).all()
    if as_of is None:
        return {row.id: row.grade for row in found if row.grade is not None}
    moment = schema.moment_of(as_of)
    then = {row.id: row.grade for row in found if row.created_at <= moment}
    # The one that ended soonest after the moment is the one that held.
    later = sa.select(_P.event_id, _P.grade).where(_P.known_until > moment).order_by(_P.known_until.desc())
    then.update((row.event_id, row.grade) for row in connection.execute(later) if row.event_id in then)
    return {event: grade for event, grade in then.items() if grade is not None}


def _graded(connection: Connection, events: Collection[str]) -> Sequence[Any]:
    return connection.execute(sa.select(_E.id, _E.grade, _E.created_at).where(_E.id.in_(events))).all()


def _remember(connection: Connection, changed: Collection[Any]) -> None:
    """Keep the grades that end now; what this very transaction made or changed before nobody has seen."""
    moment = transaction.moment(connection)
    seen = [row for row in changed if row.created_at < moment]
    done: set[str] = set()
    for part in rows.chunks([row.id for row in seen]):
        query = sa.select(_P.event_id).where(_P.known_until == moment, _P.event_id.in_(part))
        done.update(connection.scalars(query))
    past = [{"event_id": r.id, "known_until": moment, "grade": r.grade} for r in seen if r.id not in done]
    if past:
        connection.execute(sa.insert(schema.past_grades), past)


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

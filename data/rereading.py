"""A report read again by a newer Dateline: the new reading takes the old one's stead, below what people decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from data import decisions, grading, leads, rows, schema, transaction, version
from data.rows import IncidentVersion
from extract.errors import InputError

Json = dict[str, Any]
_R = schema.reports.c


@dataclass(frozen=True, slots=True)
class Change:
    """Ids of incidents that a reading changed, that are new (in no event yet), and that it no longer finds.

    ``kept`` are those that it does not find either, but that people decided on: they stay as they were left.
    ``bereft`` are incidents of other reports or of this one that were in an event with one that is gone.
    """

    changed: tuple[str, ...]
    new: tuple[str, ...]
    gone: tuple[str, ...]
    kept: tuple[str, ...]
    bereft: tuple[str, ...] = ()


def replace_reading(connection: Connection, report_id: str, reading: Json, *, extractor: str | None = None) -> Change:
    """What a newer reading (the contract's object) of a stored report changed; the older one stays in the history.

    An incident that is found again, perhaps under another id, keeps its id, its event and what people decided on it.
    Raises InputError where no such report is stored.
    """
    _replace_report(connection, report_id, reading)
    old = rows.current(connection, schema.incidents.c.report_id == report_id)
    found = _matched(old, reading["incidents"])
    made_by = extractor or version.current()
    changes: dict[int, Json] = {}
    new: list[Json] = []
    for position, (row, record) in enumerate(found):
        state = {"position": position, "extractor": made_by, "machine": None, "reviewed": None}
        if row is None:
            new.append({**_fresh(connection), **rows.columns_of(record), **state})
        elif record != _machine(row):
            changes[row.key] = {**state, **_decided(connection, row, record)}
    lost = [row for row in old if all(row is not match for match, _ in found)]
    decided = _decided_on(connection, lost)
    kept = [row for row in lost if row.id in decided]
    gone = [row for row in lost if row.id not in decided]
    changes |= {row.key: _without_primary(row) for row in kept if row.primary}
    rows.replace(connection, changes)
    rows.put(connection, new)
    bereft = _drop(connection, gone)
    _renew_events(connection, old)
    return Change(
        changed=tuple(row.id for row in old if row.key in changes),
        new=tuple(row["id"] for row in new),
        gone=tuple(row.id for row in gone),
        kept=tuple(row.id for row in kept),
        bereft=bereft,
    )


def _replace_report(connection: Connection, report_id: str, reading: Json) -> None:
    told = ("language", "places", "warnings")
    query = sa.select(*(_R[name] for name in told)).where(_R.id == report_id)
    before = connection.execute(query).one_or_none()
    if before is None:
        raise InputError(f"report {report_id!r} is not stored")
    after = {name: reading.get(name, [] if name != "language" else before.language) for name in told}
    if before._asdict() != after:
        past = {"report_id": report_id, "known_until": transaction.moment(connection), **before._asdict()}
        connection.execute(sa.insert(schema.past_readings), [past])
        connection.execute(sa.update(schema.reports).where(_R.id == report_id).values(after))
        transaction.changed(connection)


def _matched(old: Sequence[IncidentVersion], records: Sequence[Json]) -> list[tuple[IncidentVersion | None, Json]]:
    """Every new record with the row of the same incident, whose id it then bears: by id, else by their sentences."""
    left = {row.id: row for row in old}
    by_id = {record["id"]: left.pop(record["id"]) for record in records if record["id"] in left}
    found: list[tuple[IncidentVersion | None, Json]] = []
    for record in records:
        row = by_id.get(record["id"]) or _same_words(record, list(left.values()))
        if row is not None:
            left.pop(row.id, None)
            record = {**record, "id": row.id}
        found.append((row, record))
    return found


def _same_words(record: Json, left: Sequence[IncidentVersion]) -> IncidentVersion | None:
    """The row that was read from most of the same words and is of the same type, or from the same words alone."""
    shared = [(_overlap(record, _machine(row)), row.event_type == record["event_type"], row) for row in left]
    likely = [one for one in shared if one[0] > 0 and (one[1] or one[0] >= _SAME)]
    return max(likely, key=lambda one: (one[1], one[0]), default=(0.0, False, None))[2]


# Share of the words of both: two incidents of different types that a report tells in one sentence are not the same.
_SAME = 0.99


def _overlap(a: Json, b: Json) -> float:
    """Words' places that two incidents share, as a share of all that either has."""
    one, two = ({n for span in record["evidence"] for n in range(span["start"], span["end"])} for record in (a, b))
    return len(one & two) / len(one | two) if one and two else 0.0


def _decided(connection: Connection, row: IncidentVersion, record: Json) -> Json:
    """The columns for a newer reading with the standing decisions on top.

    Where they make no sense upon it, what was shown stays, and the newer reading is kept beside it.
    """
    if row.reviewed is None:
        return {"record": record}
    about = [one for one in decisions.about(connection, (row.id,)) if one.action in decisions.ON_INCIDENTS]
    try:
        shown, state = decisions.fold(record, about)
    except InputError:
        shown, state = row.record, row.reviewed
    return {"record": shown, "machine": None if shown == record else record, "reviewed": state}


def _decided_on(connection: Connection, lost: Sequence[IncidentVersion]) -> set[str]:
    about = decisions.about(connection, [row.id for row in lost])
    return {subject for one in about if one.stands for subject in one.subjects}


def _without_primary(row: IncidentVersion) -> Json:
    """The newer reading has a primary incident of its own."""
    machine = None if row.machine is None else {**row.machine, "primary": False}
    return {"record": {**row.record, "primary": False}, "machine": machine}


def _fresh(connection: Connection) -> Json:
    moment = transaction.moment(connection)
    return {"known_from": moment, "known_until": None, "event_id": None, "lead": True, "origin": rows.EXTRACTION}


def _drop(connection: Connection, gone: Sequence[IncidentVersion]) -> tuple[str, ...]:
    """The incidents that were in an event with one of these, which are closed."""
    rows.close(connection, [row.key for row in gone])
    members = rows.of_events(connection, {row.event_id for row in gone if row.event_id is not None})
    for event, left in members.items():
        if not left:
            rows.retire_event(connection, event, into=None)
    return tuple(row.id for left in members.values() for row in left)


def _renew_events(connection: Connection, old: Sequence[IncidentVersion]) -> None:
    events = {row.event_id for row in old if row.event_id is not None}
    leads.renew(connection, events)
    grading.renew(connection, events)


def _machine(row: IncidentVersion) -> Json:
    machine: Json = row.record if row.machine is None else row.machine
    return machine

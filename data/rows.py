"""Rows of incidents within one transaction of the store: put in, asked for, replaced, given to events.

Every function takes the connection of ``Store.writing()`` (those that only read take that of ``reading()`` too) and
leaves committing to it, so that a report's adding and its joining to an event are one transaction. A row is never
overwritten: what changes is closed and follows as a new row, but for a row that this very transaction made.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from data import putting, schema, transaction, version
from extract.errors import InputError
from extract.read.records import content_hash
from extract.records import Report

Json = dict[str, Any]
IncidentVersion = Row[*tuple[Any, ...]]
EXTRACTION = "extraction"
# Values in one IN (...): far below what SQLite (32,766) and PostgreSQL's driver (65,535) take, and planned quickly.
CHUNK = 500

_I = schema.incidents.c
_A = schema.incident_actors.c
_E = schema.events.c
_R = schema.reports.c


def insert(
    connection: Connection,
    report: Report,
    reading: Json,
    *,
    origin: str = EXTRACTION,
    extractor: str | None = None,
) -> list[str] | None:
    """The ids of the incidents that were put in with their report; None where the report was stored already.

    ``reading`` is the contract's object, ``extractor`` the version that made it (default: this Dateline's). The
    incidents belong to no event yet, each leading for itself. Raises InputError where another content is stored under
    the report's id.
    """
    if holds(connection, report):
        return None
    connection.execute(sa.insert(schema.reports), [_report_row(report, reading, transaction.moment(connection))])
    transaction.changed(connection)
    common = _common(connection, origin, extractor)
    found = enumerate(reading["incidents"])
    put(connection, [{**columns_of(record), **common, "position": n} for n, record in found])
    return [record["id"] for record in reading["incidents"]]


def extend(
    connection: Connection,
    reports: Sequence[Report],
    records: Sequence[Json],
    *,
    origin: str = EXTRACTION,
    extractor: str | None = None,
    readings: Mapping[str, Json] | None = None,
) -> None:
    """Put in many at once: reports that are not stored yet, and incidents of these or of stored ones.

    ``readings`` say by report id what was read of a report besides its incidents. The caller has seen to it that no id
    is stored already. The incidents belong to no event yet.
    """
    if reports:
        moment, said = transaction.moment(connection), readings or {}
        putting.many(connection, schema.reports, [_report_row(one, said.get(one.id, {}), moment) for one in reports])
        transaction.changed(connection)
    common, next_position = _common(connection, origin, extractor), _next_positions(connection, reports, records)
    rows = []
    for record in records:
        position = next_position[record["report_id"]]
        next_position[record["report_id"]] += 1
        rows.append({**columns_of(record), **common, "position": position})
    put(connection, rows)


def holds(connection: Connection, report: Report) -> bool:
    """True where the same report is stored. Raises InputError where another content is stored under its id."""
    stored = connection.scalar(sa.select(_R.content_hash).where(_R.id == report.id))
    if stored is not None and stored != content_hash(report):
        raise InputError(other_content(report.id))
    return stored is not None


def other_content(report_id: str) -> str:
    """Why a report is refused whose id another one has."""
    return (
        f"report {report_id!r} is stored already with other content; nothing stored is overwritten, "
        "so give the new version an id of its own"
    )


def current(connection: Connection, *where: sa.ColumnElement[bool]) -> Sequence[IncidentVersion]:
    """The rows of ``schema.incidents`` that hold now and meet the conditions, by key; every column by its name."""
    query = sa.select(schema.incidents).where(schema.current(), *where).order_by(_I.key)
    return connection.execute(query).all()


def by_ids(connection: Connection, ids: Collection[str]) -> dict[str, IncidentVersion]:
    """The rows that hold now of these incidents, by id; unknown ids are left out."""
    return {row.id: row for part in chunks(ids) for row in current(connection, _I.id.in_(part))}


def incident(connection: Connection, incident_id: str) -> IncidentVersion:
    """The row that holds now of one incident. Raises InputError where there is none."""
    found = by_ids(connection, (incident_id,))
    if not found:
        raise InputError(f"there is no incident {incident_id!r}")
    return found[incident_id]


def of_events(connection: Connection, event_ids: Collection[str]) -> dict[str, list[IncidentVersion]]:
    """The rows that hold now of these events' incidents, by event id; an event without any has an empty list."""
    found: dict[str, list[IncidentVersion]] = {event: [] for event in event_ids}
    for part in chunks(event_ids):
        for row in current(connection, _I.event_id.in_(part)):
            found[row.event_id].append(row)
    return found


def new_event(connection: Connection, founder: str) -> str:
    """The id of a new event, made from the id of its first incident so that the same reports give the same ids."""
    stem = "evt-" + hashlib.sha1(founder.encode()).hexdigest()[:12]
    event = stem
    # No index serves the search for a beginning, so that it is made only for an incident that founded an event before.
    if connection.scalar(sa.select(_E.id).where(_E.id == stem)) is not None:
        taken = connection.scalars(sa.select(_E.id).where(_E.id.startswith(stem, autoescape=True))).all()
        event = f"{stem}-{len(taken) + 1}"
    made = {"id": event, "created_at": transaction.moment(connection)}
    connection.execute(sa.insert(schema.events), [made])
    transaction.changed(connection)
    return event


def retire_event(connection: Connection, event_id: str, *, into: str | None) -> None:
    """Close an event that lost all its incidents; ``into`` is the event that its id leads to from now on."""
    closed = {"redirect_to": into, "retired_at": transaction.moment(connection)}
    connection.execute(sa.update(schema.events).where(_E.id == event_id).values(closed))
    transaction.changed(connection)


def revive_event(connection: Connection, event_id: str) -> None:
    """Open an event again that was closed by a merge now undone."""
    reopened = {"redirect_to": None, "retired_at": None}
    connection.execute(sa.update(schema.events).where(_E.id == event_id).values(reopened))
    transaction.changed(connection)


def resolve_event(connection: Connection, event_id: str) -> str | None:
    """The id that an event's id leads to after all merging, mostly itself; None where no event ever had it."""
    seen: set[str] = set()
    while event_id not in seen:
        seen.add(event_id)
        row = connection.execute(sa.select(_E.redirect_to).where(_E.id == event_id)).one_or_none()
        if row is None:
            return None
        if row.redirect_to is None:
            break
        event_id = row.redirect_to
    return event_id


def assign_events(
    connection: Connection, events: Mapping[str, str | None], leads: Mapping[str, str] | None = None
) -> int:
    """Put incidents into events (incident id -> event id, None for none) and name leads (event id -> incident id).

    In an event of ``leads`` the named incident leads and no other. An incident that is moved leads where it is named,
    and where it belongs to no event. The events must exist. Returns how many incidents changed; raises KeyError where
    an incident is unknown.
    """
    named = leads or {}
    rows = by_ids(connection, events.keys())
    if missing := events.keys() - rows.keys():
        raise KeyError(f"no such incident: {min(missing)}")
    led = {row.id: row for members in of_events(connection, named.keys()).values() for row in members}
    changes: dict[int, Json] = {}
    for row in (rows | led).values():
        event = events.get(row.id, row.event_id)
        lead = named[event] == row.id if event in named else event is None or (event == row.event_id and row.lead)
        if (event, lead) != (row.event_id, row.lead):
            changes[row.key] = {"event_id": event, "lead": lead}
    replace(connection, changes)
    return len(changes)


def replace(connection: Connection, changes: Mapping[int, Json]) -> None:
    """Close the rows with these keys and add each anew with its changed columns; parties follow ``record``."""
    for part in chunks(changes.keys()):
        _replace(connection, {key: changes[key] for key in part})


def close(connection: Connection, keys: Collection[int]) -> None:
    """End the rows with these keys without any that follows them."""
    for part in chunks(keys):
        ended = sa.update(schema.incidents).where(_I.key.in_(part))
        connection.execute(ended.values(known_until=transaction.moment(connection)))
        transaction.changed(connection)


def put(connection: Connection, rows: Sequence[Json]) -> None:
    """Add rows of incidents with their parties."""
    if rows:
        _put_actors(connection, putting.incidents(connection, rows), [row["record"] for row in rows])
        transaction.changed(connection)


def columns_of(record: Json) -> Json:
    """The searched columns of an incident's record, and the record itself."""
    place, date = record.get("place") or {}, record.get("date") or {}
    plain = ("id", "report_id", "event_type", "status", "background", "primary", "confidence")
    tolls = ("killed_low", "killed_high", "wounded_low", "wounded_high")
    where = ("lat", "lon", "radius_km", "where_precision", "country_code", "admin1", "admin2")
    return {
        **{name: record[name] for name in plain},
        **{name: record.get(name) for name in tolls},
        **{name: place.get(name) for name in where},
        "place_name": place.get("name"),
        "date_start": _day(date.get("start")),
        "date_end": _day(date.get("end")),
        "date_precision": date.get("precision"),
        "record": record,
    }


def chunks(values: Iterable[Any]) -> Iterator[list[Any]]:
    """The values in lists that one statement can take."""
    left = iter(values)
    while part := list(islice(left, CHUNK)):
        yield part


def _replace(connection: Connection, changes: Mapping[int, Json]) -> None:
    moment = transaction.moment(connection)
    old = connection.execute(sa.select(schema.incidents).where(_I.key.in_(changes))).all()
    # What this very transaction made nobody has seen yet: it is changed where it stands.
    own = {row.key: _with_columns(changes[row.key]) for row in old if row.known_from == moment}
    for key, change in own.items():
        _change_own(connection, key, change)
    seen = [row for row in old if row.key not in own]
    close(connection, [row.key for row in seen])
    new = [{**row._asdict(), **_with_columns(changes[row.key]), "known_from": moment} for row in seen]
    put(connection, [{name: value for name, value in row.items() if name != "key"} for row in new])


def _change_own(connection: Connection, key: int, change: Json) -> None:
    connection.execute(sa.update(schema.incidents).where(_I.key == key).values(change))
    if "record" in change:
        connection.execute(sa.delete(schema.incident_actors).where(_A.incident_key == key))
        _put_actors(connection, [key], [change["record"]])
    transaction.changed(connection)


def _with_columns(change: Json) -> Json:
    return {**(columns_of(change["record"]) if "record" in change else {}), **change}


def _common(connection: Connection, origin: str, extractor: str | None) -> Json:
    """What all incidents that are put in together have in common."""
    return {
        "known_from": transaction.moment(connection),
        "known_until": None,
        "event_id": None,
        "lead": True,
        "reviewed": None,
        "origin": origin,
        "extractor": extractor or version.current(),
        "machine": None,
    }


def _next_positions(connection: Connection, new: Sequence[Report], records: Sequence[Json]) -> Counter[str]:
    """Report id -> the position that its next incident takes; 0 for reports that are new."""
    found: Counter[str] = Counter()
    for part in chunks({record["report_id"] for record in records} - {report.id for report in new}):
        last = sa.select(_I.report_id, sa.func.max(_I.position)).where(_I.report_id.in_(part)).group_by(_I.report_id)
        found.update({report: position + 1 for report, position in connection.execute(last)})
    return found


def _report_row(report: Report, reading: Json, moment: dt.datetime) -> Json:
    return {
        "id": report.id,
        "content_hash": content_hash(report),
        "title": report.title,
        "text": report.text,
        "published": report.published,
        "publisher": report.publisher,
        "url": report.url,
        "language": reading.get("language") or report.language,
        "places": reading.get("places", []),
        "warnings": reading.get("warnings", []),
        "added_at": moment,
    }


def _put_actors(connection: Connection, keys: Sequence[int], records: Sequence[Json]) -> None:
    pairs = zip(keys, records, strict=True)
    actors = [_actor_row(key, n, actor) for key, record in pairs for n, actor in enumerate(record["actors"])]
    putting.many(connection, schema.incident_actors, actors)


def _actor_row(key: int, position: int, actor: Json) -> Json:
    names = {"actor_id": actor["id"], **{k: actor.get(k) for k in ("name", "kind", "role", "alleged_by")}}
    return {"incident_key": key, "position": position, **names}


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None

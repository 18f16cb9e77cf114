"""Questions to the store: incidents by party, date, type, place; how many there are; one incident whole.

The public face of all reading from the store. Every function takes an open ``Store`` and answers with frozen rows;
none changes anything. ``Filters`` is hashable, so that an answer can be cached under ``(store.revision(), filters)``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from data import schema
from data.conditions import conditions
from data.records import DRAWN, Filters, IncidentDetail, IncidentRow, Party, ReportRow, RoleFilter, Totals
from data.store import Store

__all__ = [
    "DRAWN",
    "Filters",
    "IncidentDetail",
    "IncidentRow",
    "Party",
    "ReportRow",
    "RoleFilter",
    "Totals",
    "by_keys",
    "details",
    "details_of",
    "incident",
    "incidents",
    "incidents_of",
    "report",
    "totals",
    "with_children",
]

# Values in one IN (...): far below what SQLite (32,766) and PostgreSQL's driver (65,535) take, and planned quickly.
CHUNK = 500


def with_children(filters: Filters, ancestors: Mapping[str, frozenset[str]]) -> Filters:
    """The filters with every party joined by all that belong to it; ``ancestors`` maps an id to all ids above it."""
    chosen = frozenset(filters.parties)
    children = sorted(party for party, above in ancestors.items() if above & chosen and party not in chosen)
    return replace(filters, parties=(*filters.parties, *children))


def incidents(store: Store, filters: Filters, *, limit: int | None = None, offset: int = 0) -> Sequence[IncidentRow]:
    """The incidents under the filters, latest first, undated ones last; ``limit`` and ``offset`` page through them."""
    query = _row_query().where(*conditions(filters)).order_by(*_LATEST_FIRST).limit(limit).offset(offset or None)
    with store.reading() as connection:
        return _with_parties(connection, connection.execute(query).all())


def by_keys(store: Store, keys: Sequence[int]) -> Sequence[IncidentRow]:
    """The rows with these keys (``IncidentRow.key``), held now or not, in the keys' order; others are left out."""
    found: dict[int, IncidentRow] = {}
    with store.reading() as connection:
        for part in _chunks([int(key) for key in keys]):
            rows = connection.execute(_row_query().where(_I.key.in_(part))).all()
            found.update((row.key, row) for row in _with_parties(connection, rows))
    return [found[int(key)] for key in keys if int(key) in found]


def incidents_of(store: Store, report_id: str, *, as_of: dt.datetime | dt.date | None = None) -> Sequence[IncidentRow]:
    """All incidents of one report, whatever their status, in the order in which they were read."""
    query = _row_query().where(_I.report_id == report_id, schema.current(as_of)).order_by(_I.position, _I.key)
    with store.reading() as connection:
        return _with_parties(connection, connection.execute(query).all())


def details(store: Store, filters: Filters) -> Iterator[IncidentDetail]:
    """Every incident under the filters whole, in the order they were added, a few hundred in memory at a time."""
    wanted = _row_query().add_columns(_I.record).where(*conditions(filters)).order_by(_I.key).limit(CHUNK)
    last = -1
    with store.reading() as connection:
        while rows := connection.execute(wanted.where(_I.key > last)).all():
            yield from _details(connection, rows)
            last = rows[-1].key


def details_of(store: Store, keys: Sequence[int]) -> Iterator[IncidentDetail]:
    """The states of incidents with these keys, held now or not, whole, by key, a few hundred in memory at a time."""
    query = _row_query().add_columns(_I.record).order_by(_I.key)
    with store.reading() as connection:
        for part in _chunks(sorted({int(key) for key in keys})):
            yield from _details(connection, connection.execute(query.where(_I.key.in_(part))).all())


def incident(store: Store, incident_id: str, *, as_of: dt.datetime | dt.date | None = None) -> IncidentDetail | None:
    """One incident whole, as it is held now or was held at ``as_of``; None where the id is unknown."""
    query = _row_query().add_columns(_I.record).where(_I.id == incident_id, schema.current(as_of))
    with store.reading() as connection:
        return next(_details(connection, connection.execute(query).all()), None)


def report(store: Store, report_id: str) -> ReportRow | None:
    """One report, None where the id is unknown."""
    with store.reading() as connection:
        row = connection.execute(sa.select(*_REPORT).where(_R.id == report_id)).one_or_none()
    return _report(row) if row else None


_I = schema.incidents.c
_A = schema.incident_actors.c
_R = schema.reports.c
_REPORT = tuple(_R[name] for name in ReportRow.__dataclass_fields__)
_OF_REPORT = ("title", "publisher", "published")
_ROW_NAMES = tuple(name for name in IncidentRow.__dataclass_fields__ if name != "parties")
_ROW = tuple(_R[name] if name in _OF_REPORT else _I[name] for name in _ROW_NAMES)
_LATEST_FIRST = sa.nulls_last(_I.date_start.desc()), _I.key


def totals(store: Store, filters: Filters) -> Totals:
    """How many incidents, how many of them located, and from how many reports."""
    counts = sa.func.count(_I.key), sa.func.count(_I.lat), sa.func.count(sa.distinct(_I.report_id))
    with store.reading() as connection:
        found, located, reports = connection.execute(sa.select(*counts).where(*conditions(filters))).one()
    return Totals(incidents=found, located=located, reports=reports)


def _row_query() -> sa.Select[*tuple[Any, ...]]:
    return sa.select(*_ROW).select_from(schema.incidents.join(schema.reports, _I.report_id == _R.id))


def _with_parties(connection: Connection, rows: Sequence[Row[*tuple[Any, ...]]]) -> list[IncidentRow]:
    known = _parties_of(connection, [row.key for row in rows])
    return [
        IncidentRow(**{name: getattr(row, name) for name in _ROW_NAMES}, parties=tuple(known.get(row.key, ())))
        for row in rows
    ]


def _parties_of(connection: Connection, keys: Sequence[int]) -> dict[int, list[Party]]:
    found: dict[int, list[Party]] = {}
    for part in _chunks(keys):
        query = sa.select(schema.incident_actors).where(_A.incident_key.in_(part))
        for row in connection.execute(query.order_by(_A.incident_key, _A.position)):
            party = Party(row.actor_id, row.name, row.kind, row.role, row.alleged_by)
            found.setdefault(row.incident_key, []).append(party)
    return found


def _details(connection: Connection, rows: Sequence[Row[*tuple[Any, ...]]]) -> Iterator[IncidentDetail]:
    reports: dict[str, ReportRow] = {}
    for part in _chunks(sorted({row.report_id for row in rows})):
        for one in connection.execute(sa.select(*_REPORT).where(_R.id.in_(part))):
            reports[one.id] = _report(one)
    for row, line in zip(rows, _with_parties(connection, rows), strict=True):
        yield IncidentDetail(line, row.record, reports[row.report_id])


def _report(row: Row[*tuple[Any, ...]]) -> ReportRow:
    fields = row._asdict()
    return ReportRow(**{**fields, "places": tuple(fields["places"]), "warnings": tuple(fields["warnings"])})


def _chunks(values: Sequence[Any]) -> Iterator[list[Any]]:
    left = iter(values)
    while part := list(islice(left, CHUNK)):
        yield part

"""What there is to choose from: parties, event types, countries, first and last day, each with its numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from data import schema
from data.conditions import conditions
from data.records import Filters, PartyCount, Totals
from data.store import Store

_I = schema.incidents.c
_A = schema.incident_actors.c


def totals(store: Store, filters: Filters) -> Totals:
    """How many incidents, how many of them located, and from how many reports."""
    counts = sa.func.count(_I.key), sa.func.count(_I.lat), sa.func.count(sa.distinct(_I.report_id))
    with store.reading() as connection:
        found, located, reports = connection.execute(sa.select(*counts).where(*conditions(filters))).one()
    return Totals(incidents=found, located=located, reports=reports)


def date_bounds(store: Store, filters: Filters | None = None) -> tuple[dt.date, dt.date] | None:
    """First and last possible day of all dated incidents under the filters, None where none has a date."""
    query = sa.select(sa.func.min(_I.date_start), sa.func.max(_I.date_end)).where(*conditions(filters or Filters()))
    with store.reading() as connection:
        first, last = connection.execute(query).one()
    return (first, last) if first and last else None


def event_types(store: Store, filters: Filters | None = None) -> dict[str, int]:
    """Incidents a type under the filters, the commonest first."""
    return _by_column(store, _I.event_type, filters)


def countries(store: Store, filters: Filters | None = None) -> dict[str, int]:
    """Incidents a country (ISO 3166-1 alpha-2) under the filters, the commonest first; those without are left out."""
    return _by_column(store, _I.country_code, filters)


def parties(
    store: Store, filters: Filters | None = None, *, ancestors: Mapping[str, frozenset[str]] | None = None
) -> Sequence[PartyCount]:
    """Every party with its counts under the filters, the commonest first.

    With ``ancestors`` (id -> all ids above it) a party's counts hold its parts', each incident once.
    """
    columns = _A.incident_key, _A.actor_id, _A.role, _A.name, _A.kind
    source = schema.incident_actors.join(schema.incidents, _A.incident_key == _I.key)
    query = sa.select(*columns).select_from(source).where(*conditions(filters or Filters()))
    with store.reading() as connection:
        return _tally(connection.execute(query), ancestors or {})


def _by_column(store: Store, column: sa.ColumnElement[Any], filters: Filters | None) -> dict[str, int]:
    number = sa.func.count().label("number")
    query = sa.select(column, number).where(column.is_not(None), *conditions(filters or Filters()))
    with store.reading() as connection:
        return {row[0]: row[1] for row in connection.execute(query.group_by(column).order_by(number.desc(), column))}


def _tally(rows: Iterable[Any], ancestors: Mapping[str, frozenset[str]]) -> list[PartyCount]:
    names: dict[str, tuple[str, str]] = {}
    seen: dict[str, dict[str, set[int]]] = {}
    for key, actor, role, name, kind in rows:
        names.setdefault(actor, (name, kind))
        for party in (actor, *ancestors.get(actor, ())):
            seen.setdefault(party, {}).setdefault(role, set()).add(key)
        seen[actor].setdefault("direct", set()).add(key)
    counts = [_party_count(party, names.get(party, (party, "")), roles) for party, roles in seen.items()]
    return sorted(counts, key=lambda c: (-c.incidents, c.name))


def _party_count(party: str, named: tuple[str, str], roles: dict[str, set[int]]) -> PartyCount:
    everything = set().union(*roles.values())
    return PartyCount(
        id=party,
        name=named[0],
        kind=named[1],
        incidents=len(everything),
        as_perpetrator=len(roles.get("perpetrator", ())),
        as_target=len(roles.get("target", ())),
        direct=len(roles.get("direct", ())),
    )

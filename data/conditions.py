"""Filters as conditions of a query, in SQLAlchemy's terms."""

from __future__ import annotations

import sqlalchemy as sa

from data import schema
from data.records import Filters

_I = schema.incidents.c
_A = schema.incident_actors.c
_R = schema.reports.c


def conditions(filters: Filters) -> list[sa.ColumnElement[bool]]:
    """Conditions on the table of incidents, to be joined by AND; they name no other table outside sub-queries."""
    found: list[sa.ColumnElement[bool]] = [schema.current(filters.as_of)]
    if filters.statuses:
        found.append(_I.status.in_(filters.statuses))
    if not filters.include_rejected:
        found.append(_I.reviewed.is_distinct_from("rejected"))
    if filters.leads_only:
        found.append(_I.lead)
    if not filters.include_background:
        found.append(_I.background.is_(False))
    if filters.event_types:
        found.append(_I.event_type.in_(filters.event_types))
    if filters.countries:
        found.append(_I.country_code.in_(filters.countries))
    if filters.date_from:
        found.append(_I.date_end >= filters.date_from)
    if filters.date_to:
        found.append(_I.date_start <= filters.date_to)
    if filters.parties:
        found.append(_I.key.in_(_incidents_of_parties(filters)))
    return found + [_holds_word(word) for word in filters.text.split()]


def _incidents_of_parties(filters: Filters) -> sa.Select[tuple[int]]:
    query = sa.select(_A.incident_key).where(_A.actor_id.in_(filters.parties))
    return query if filters.role == "either" else query.where(_A.role == filters.role)


def _holds_word(word: str) -> sa.ColumnElement[bool]:
    in_report = sa.or_(_R.title.icontains(word, autoescape=True), _R.text.icontains(word, autoescape=True))
    reports = sa.select(_R.id).where(in_report)
    return sa.or_(_I.report_id.in_(reports), _I.place_name.icontains(word, autoescape=True))

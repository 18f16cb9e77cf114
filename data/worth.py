"""What is worth a reviewer's time: incidents that nobody decided on, the most doubtful and the gravest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from data import query, schema
from data.conditions import conditions
from data.query import Filters, IncidentRow
from data.store import Store

_I = schema.incidents.c


@dataclass(frozen=True, slots=True)
class Doubt:
    """An incident to check; ``worth`` grows with the reasons for it, which are short plain phrases."""

    row: IncidentRow
    worth: float
    reasons: tuple[str, ...]


def queue(store: Store, filters: Filters | None = None, *, limit: int = 50, offset: int = 0) -> Sequence[Doubt]:
    """The incidents under the filters that nobody decided on, the one most worth checking first."""
    worth = schema.WORTH.label("worth")
    undecided = sa.select(_I.key, worth).where(_I.reviewed.is_(None), *conditions(filters or Filters()))
    with store.reading() as connection:
        ranked = undecided.order_by(worth.desc(), _I.key).limit(limit).offset(offset or None)
        found = {row.key: row.worth for row in connection.execute(ranked)}
    return [Doubt(row, found[row.key], _reasons(row)) for row in query.by_keys(store, list(found))]


def _reasons(row: IncidentRow) -> tuple[str, ...]:
    toll = row.killed_high if row.killed_high is not None else row.killed_low
    told = (
        (row.status == "disputed", "disputed"),
        (row.lat is None, "no place"),
        (row.date_start is None, "no date"),
        (bool(toll), f"{toll} killed"),
        (True, f"confidence {row.confidence:.0%}"),
    )
    return tuple(reason for holds, reason in told if holds)

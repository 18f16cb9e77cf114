"""Which incident of an event stands for it on map and list."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy.engine import Connection

from data import rows

_UNLOCATED = 9
_ASSERTED = ("occurred", "disputed")


def best(incidents: Iterable[Any]) -> str:
    """The id of the incident that says most of its event, the same whatever their order.

    Never one that was rejected, or is told as background, or did not happen by its own report, where there is another.
    """
    return str(min(incidents, key=_rank).id)


def renew(connection: Connection, events: Collection[str]) -> None:
    """Give each of these events the lead that its incidents of now deserve; those without any are left alone."""
    members = rows.of_events(connection, events)
    rows.assign_events(connection, {}, {event: best(found) for event, found in members.items() if found})


def _rank(row: Any) -> tuple[Any, ...]:
    return (
        row.reviewed == "rejected",
        row.background,
        row.status not in _ASSERTED,
        not row.primary,
        row.where_precision or _UNLOCATED,
        row.date_precision or _UNLOCATED,
        -row.confidence,
        row.id,
    )

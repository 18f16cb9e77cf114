"""All that there is on one event: its incidents with their reports, its card, its trail; and what lies near it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import cos, radians

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from data import decisions, events, grading, query, rows, schema
from data.alike import Reason, Score, Scorer
from data.cards import Card
from data.decisions import Decision
from data.query import IncidentDetail, IncidentRow
from data.rows import IncidentVersion
from data.sketches import Sketches
from data.store import Store
from geo.candidates import km

# Incidents of one event that are shown whole; no screen shows more reports at a time.
MOST = 40
# How far a neighbour may lie in space and time: two readings of one event are a province or a week apart at worst.
NEAR_KM, NEAR_DAYS = 100.0, 7
# Neighbours that are compared word by word; a busy town has thousands in a week.
COMPARED = 150
_KM_A_DEGREE = 111.2

_I = schema.incidents.c


@dataclass(frozen=True, slots=True)
class Dossier:
    """``members`` are the event's incidents, the one asked for first, then by day of publication; at most ``MOST``.

    ``many`` counts all of them. ``card`` is None where the incident is in no event. ``trail`` holds every decision on
    the event and its incidents, the first one first.
    """

    event_id: str | None
    members: tuple[IncidentDetail, ...]
    many: int
    card: Card | None
    trail: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An incident of another event, with the distance (km) and days between, None where either has none.

    ``score`` is in log-odds, 0 being even; ``barred``: by the rules the two cannot be one event.
    """

    row: IncidentRow
    km: float | None
    days: int | None
    score: float
    barred: bool
    reasons: tuple[Reason, ...]


def of(store: Store, incident_id: str, *, as_of: dt.datetime | dt.date | None = None) -> Dossier | None:
    """The dossier of the event that an incident is in now, or was in at ``as_of`` by what was known then.

    None where the id is unknown, or was then.
    """
    mine = query.incident(store, incident_id, as_of=as_of)
    if mine is None:
        return None
    event = mine.row.event_id
    with store.reading() as connection:
        ids = _members(connection, event, as_of) if event else [incident_id]
        trail = decisions.about(connection, [*ids, *([event] if event else [])], as_of=as_of)
    others = [query.incident(store, one, as_of=as_of) for one in ids if one != incident_id]
    found = sorted(filter(None, others), key=lambda one: (one.row.published or dt.date.max, one.row.id))
    shown = [one.record for one in (mine, *found) if one.row.reviewed != grading.REJECTED]
    card = grading.card_of(store, shown) if event else None
    return Dossier(event, (mine, *found[: MOST - 1]), len(ids), card, tuple(trail))


def _members(connection: Connection, event: str, as_of: dt.datetime | dt.date | None) -> list[str]:
    wanted = sa.select(_I.id).where(schema.current(as_of), _I.event_id == event).order_by(_I.key)
    return list(connection.scalars(wanted))


def neighbours(store: Store, incident_id: str, *, limit: int = 12) -> Sequence[Neighbour]:
    """Incidents of other events near in space and time, one an event, the likest first."""
    with store.reading() as connection:
        mine = rows.incident(connection, incident_id)
        wanted = _around(mine)
        near = [row for row in rows.current(connection, *wanted) if _elsewhere(row, mine)] if wanted else []
        near = sorted(near, key=lambda row: (_km(row, mine) or 0.0, row.id))[:COMPARED]
        known = Sketches().of(connection, [mine.id, *(row.id for row in near)])
    if mine.id not in known:
        return ()
    scored = [(row, _scorer().compare(known[mine.id], known[row.id])) for row in near if row.id in known]
    scored.sort(key=lambda one: (one[1].barred, -one[1].value, one[0].id))
    best: dict[str, tuple[IncidentVersion, Score]] = {}
    for row, score in scored:
        best.setdefault(row.event_id or row.id, (row, score))
    chosen = list(best.values())[:limit]
    shown = query.by_keys(store, [row.key for row, _ in chosen])
    return [
        Neighbour(one, _km(row, mine), _days(row, mine), score.value, score.barred, score.reasons)
        for one, (row, score) in zip(shown, chosen, strict=True)
    ]


@cache
def _scorer() -> Scorer:
    return events.default_scorer()


def _elsewhere(row: IncidentVersion, mine: IncidentVersion) -> bool:
    return row.id != mine.id and (row.event_id is None or row.event_id != mine.event_id)


def _around(mine: IncidentVersion) -> list[sa.ColumnElement[bool]]:
    """What a neighbour must meet; nothing where neither place nor day is known."""
    wanted: list[sa.ColumnElement[bool]] = []
    if mine.lat is not None:
        reach = NEAR_KM / _KM_A_DEGREE
        wanted.append(_I.lat.between(mine.lat - reach, mine.lat + reach))
        wide = reach / max(cos(radians(mine.lat)), 0.01)
        if abs(mine.lon) + wide < 180:
            wanted.append(_I.lon.between(mine.lon - wide, mine.lon + wide))
    if mine.date_start is not None:
        late = dt.timedelta(NEAR_DAYS)
        wanted += [_I.date_start <= mine.date_end + late, _I.date_end >= mine.date_start - late]
    return wanted


def _km(row: IncidentVersion, mine: IncidentVersion) -> float | None:
    return None if row.lat is None or mine.lat is None else km(row.lat, row.lon, mine.lat, mine.lon)


def _days(row: IncidentVersion, mine: IncidentVersion) -> int | None:
    """Days between the nearest of the possible days of both."""
    if row.date_start is None or mine.date_start is None:
        return None
    later, earlier = row.date_start - mine.date_end, mine.date_start - row.date_end
    return int(max(0, later.days, earlier.days))

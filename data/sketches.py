"""Sketches of stored incidents, each read from the store once while its state lasts."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from data import copies, rows, schema, sketch
from data.copies import Fingerprint
from data.sketch import Sketch

REJECTED = "rejected"
# An incident is asked for while its days are being added; a sketch takes some 4 kB.
KEPT = 5_000

_I = schema.incidents.c
_R = schema.reports.c
_State = tuple[int, dt.datetime]


class Sketches:
    """Sketches by incident id. ``kept`` bounds how many are held in memory."""

    def __init__(self, *, kept: int = KEPT) -> None:
        self._kept = kept
        self._known: OrderedDict[str, tuple[_State, Sketch]] = OrderedDict()

    def of(self, connection: Connection, ids: Collection[str]) -> dict[str, Sketch]:
        """The sketches of those incidents that hold now and were not rejected, by id."""
        states = _states(connection, ids)
        missing = [one for one, state in states.items() if one not in self._known or self._known[one][0] != state]
        for part in rows.chunks(missing):
            for one, made in _read(connection, part).items():
                self._known[one] = (states[one], made)
        found = {one: self._known[one][1] for one in states}
        for one in states:
            self._known.move_to_end(one)
        while len(self._known) > self._kept:
            self._known.popitem(last=False)
        return found


def _states(connection: Connection, ids: Collection[str]) -> dict[str, _State]:
    """What tells one state of an incident from a later one; the key alone could come back after an undone change."""
    found: dict[str, _State] = {}
    wanted = sa.or_(_I.reviewed.is_(None), _I.reviewed != REJECTED)
    for part in rows.chunks(ids):
        query = sa.select(_I.id, _I.key, _I.known_from).where(schema.current(), _I.id.in_(part), wanted)
        found.update((row.id, (row.key, row.known_from)) for row in connection.execute(query))
    return found


def _read(connection: Connection, ids: Collection[str]) -> dict[str, Sketch]:
    told = (_R.text, _R.title, _R.published, _R.places, _R.fingerprint)
    query = sa.select(_I.id, _I.report_id, _I.record, *told).join(schema.reports, _R.id == _I.report_id)
    found = connection.execute(query.where(schema.current(), _I.id.in_(ids))).all()
    prints: dict[str, Fingerprint | None] = {}
    made: dict[str, Sketch] = {}
    for row in found:
        if row.report_id not in prints:
            prints[row.report_id] = copies.unpacked(row.fingerprint) or copies.fingerprint(row.text)
        report: dict[str, Any] = row._asdict()
        made[row.id] = sketch.of(row.record, report, prints[row.report_id])
    return made

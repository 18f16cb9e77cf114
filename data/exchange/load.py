"""Incidents of files into the store: each with its report, whole or not at all, and never twice.

Rows go in by the batch, a transaction each: what was stored when a run is killed stays, and the next run goes on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from data import rows, schema
from data.exchange import sources
from data.exchange.dates import Order
from data.exchange.sources import Entry, File
from data.store import Store
from extract.errors import InputError
from extract.read.records import Refusal, content_hash
from extract.records import Report

Json = dict[str, Any]
# Rows a transaction: one costs a disk sync, and a writer of another process waits no longer than for these.
BATCH = 500


@dataclass(frozen=True, slots=True)
class Stored:
    """A row whose incident is in the store now; ``new`` is False where it was there already."""

    line: int
    id: str
    new: bool


def load(
    path: Path | str, store: Store, *, name: str | None = None, order: Order | None = None
) -> Iterator[Stored | Refusal]:
    """Every row of the file stored, in order, or refused with its line and the reason.

    ``name`` and ``order`` (of dates) are as ``sources.opened`` takes them, and InputError is raised as there;
    StoreError where the store fails. An id that is stored with other content is refused: nothing is overwritten.
    """
    file = sources.opened(path, name=name, order=order)
    left = iter(file.entries)
    while batch := list(islice(left, BATCH)):
        yield from _store(batch, file, str(path), store)


def _store(batch: list[Entry | Refusal], file: File, path: str, store: Store) -> list[Stored | Refusal]:
    entries = [item for item in batch if isinstance(item, Entry)]
    with store.writing() as connection:
        held = _Held.of(connection, entries)
        done = [_taken(item, held, path) if isinstance(item, Entry) else item for item in batch]
        rows.extend(connection, held.new_reports, held.new_incidents, origin=file.origin)
    return done


def _taken(entry: Entry, held: _Held, path: str) -> Stored | Refusal:
    try:
        return Stored(entry.line, entry.loaded.record["id"], held.take(entry))
    except InputError as error:
        return Refusal(path, entry.line, str(error))


class _Held:
    """What the store holds of a batch's ids, and what of the batch is new to it."""

    def __init__(self, reports: dict[str, str], records: dict[str, Iterable[Json]]) -> None:
        self._reports, self._records = reports, records
        self.new_reports: list[Report] = []
        self.new_incidents: list[Json] = []

    @classmethod
    def of(cls, connection: Connection, entries: list[Entry]) -> _Held:
        """What is stored under the ids of these entries."""
        reports = _hashes(connection, {entry.loaded.report.id for entry in entries})
        stored = rows.by_ids(connection, {entry.loaded.record["id"] for entry in entries})
        # A reviewed incident counts as the same by what was read as well as by what was made of it.
        return cls(reports, {id: (row.record, row.machine) for id, row in stored.items()})

    def take(self, entry: Entry) -> bool:
        """True where the incident is new; raises InputError where its id or its report's holds something else."""
        report, record = entry.loaded.report, entry.loaded.record
        told = content_hash(report)
        if report.id not in self._reports:
            self._reports[report.id] = told
            self.new_reports.append(report)
        elif self._reports[report.id] != told:
            raise InputError(
                f"report {report.id!a} is stored already with other content; nothing stored is overwritten"
            )
        known = self._records.get(record["id"])
        if known is not None:
            if record not in known:
                raise InputError(f"incident {record['id']!a} is stored already as something else; it is left as it is")
            return False
        self._records[record["id"]] = (record,)
        self.new_incidents.append(record)
        return True


def _hashes(connection: Connection, ids: set[str]) -> dict[str, str]:
    """Content hash by id, of the reports that are stored."""
    reports = schema.reports.c
    query = sa.select(reports.id, reports.content_hash)
    found = (connection.execute(query.where(reports.id.in_(part))) for part in rows.chunks(ids))
    return {row.id: row.content_hash for part in found for row in part}

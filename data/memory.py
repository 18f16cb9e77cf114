"""What is remembered between runs, for each store: visits of ``watch``, what it saw, and what was put aside."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data import paths
from extract.errors import StoreError
from extract.read.records import Refusal

FILE = "watching.sqlite"
# Between the name of an archive and that of a file in it.
INSIDE = "!/"
_TABLES = (
    "CREATE TABLE IF NOT EXISTS visits (store TEXT, source TEXT, etag TEXT, modified TEXT, next_at TEXT,"
    " failures INTEGER NOT NULL, PRIMARY KEY (store, source))",
    "CREATE TABLE IF NOT EXISTS seen (store TEXT, mark TEXT, PRIMARY KEY (store, mark)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS aside (store TEXT, source TEXT, line INTEGER, reason TEXT, at TEXT,"
    " PRIMARY KEY (store, source, line))",
)


@dataclass(frozen=True, slots=True)
class Visit:
    """The last visit to a source: ``next_at`` (UTC) is when it may be asked again, ``failures`` are those in a row."""

    etag: str | None = None
    modified: str | None = None
    next_at: dt.datetime | None = None
    failures: int = 0


@dataclass(frozen=True, slots=True)
class Aside:
    """A report that failed, why, and when (UTC)."""

    refusal: Refusal
    at: dt.datetime


class Memory:
    """The memory of one store (by its address). Raises StoreError where the file cannot be read or written."""

    def __init__(self, store: str, *, file: Path | None = None) -> None:
        self._store, self._file = store, file or paths.data_dir() / FILE
        with self._errors():
            self._base = sqlite3.connect(self._file, timeout=30.0, isolation_level=None)
            for table in _TABLES:
                self._base.execute(table)

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    def visit(self, source: str) -> Visit:
        """The last visit to a source; an empty one where there was none."""
        found = self._all("SELECT etag, modified, next_at, failures FROM visits WHERE store = ? AND source = ?", source)
        for etag, modified, next_at, failures in found:
            return Visit(etag, modified, dt.datetime.fromisoformat(next_at) if next_at else None, failures)
        return Visit()

    def visited(self, source: str, visit: Visit) -> None:
        """Remember a visit."""
        next_at = visit.next_at.isoformat() if visit.next_at else None
        values = (source, visit.etag, visit.modified, next_at, visit.failures)
        self._all("INSERT OR REPLACE INTO visits VALUES (?, ?, ?, ?, ?, ?)", *values)

    def has_seen(self, mark: str) -> bool:
        """True for what was dealt with before."""
        return bool(self._all("SELECT 1 FROM seen WHERE store = ? AND mark = ?", mark))

    def seen(self, marks: Iterable[str]) -> None:
        """Remember what was dealt with, all of it or nothing."""
        with self._errors():
            self._base.execute("BEGIN IMMEDIATE")
            rows = [(self._store, mark) for mark in marks]
            self._base.executemany("INSERT OR IGNORE INTO seen VALUES (?, ?)", rows)
            self._base.execute("COMMIT")

    def put_aside(self, failed: Refusal) -> None:
        """Remember a failure; the last one of a source and line counts."""
        now = dt.datetime.now(dt.UTC).isoformat()
        values = (failed.source, failed.line, failed.reason, now)
        self._all("INSERT OR REPLACE INTO aside VALUES (?, ?, ?, ?, ?)", *values)

    def aside(self) -> Iterator[Aside]:
        """What was put aside, the oldest first."""
        rows = self._all("SELECT source, line, reason, at FROM aside WHERE store = ? ORDER BY at, source, line")
        for source, line, reason, at in rows:
            yield Aside(Refusal(source, line, reason), dt.datetime.fromisoformat(at))

    def aside_sources(self) -> list[str]:
        """The files and addresses that something was put aside of, each once; a file in an archive is the archive's."""
        return list(dict.fromkeys(one.refusal.source.partition(INSIDE)[0] for one in self.aside()))

    def forget_aside(self, source: str) -> None:
        """Take all of a file or address off the list."""
        inside = source + INSIDE
        where = "source = ? OR substr(source, 1, ?) = ?"
        self._all(f"DELETE FROM aside WHERE store = ? AND ({where})", source, len(inside), inside)

    def forget_line(self, source: str, line: int) -> None:
        """Take one failure off the list."""
        self._all("DELETE FROM aside WHERE store = ? AND source = ? AND line = ?", source, line)

    def _all(self, statement: str, *values: object) -> list[Any]:
        with self._errors():
            return self._base.execute(statement, (self._store, *values)).fetchall()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise StoreError(f"what is remembered in {self._file} cannot be used: {error}") from error

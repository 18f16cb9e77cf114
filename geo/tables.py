"""One index file as questions: names, like names and surroundings to candidates."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from geo.candidates import from_row, km
from geo.index import CELL, CELLS
from geo.records import Candidate

COLUMNS = "p.gid, p.name, p.lat, p.lon, p.country, p.admin1, p.admin2, p.feature, p.population, p.radius"
MOST_ALIKE = 400
"""Names of one skeleton looked at; the commonest skeleton of the bundled index has 2,100, all of two consonants."""
MOST_BEGINNINGS = 4000
_MAPPED, _CACHED_KB = 1 << 30, 32768
Pool = dict[str, set[int]]


class Tables:
    """The questions to one index file."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(f"file:{path}?mode=ro", uri=True, check_same_thread=False)
        self._db.execute(f"PRAGMA mmap_size={_MAPPED}")
        self._db.execute(f"PRAGMA cache_size=-{_CACHED_KB}")
        self.beginning = lru_cache(maxsize=32)(self._beginning)

    def close(self) -> None:
        """Closes the file."""
        self._db.close()

    def named(self, key: str) -> list[Sequence[Any]]:
        """Rows of COLUMNS and how the name belongs to the place, for a folded name; the strongest of a place first."""
        sql = f"SELECT {COLUMNS}, n.how FROM name n JOIN place p ON p.id = n.place WHERE n.key = ?"
        sql += " ORDER BY n.place, n.how"
        return self._db.execute(sql, (key,)).fetchall()

    def alike(self, shape: str, country: str | None) -> Pool:
        """Folded names of this skeleton with the numbers of their places."""
        sql = "SELECT l.key, l.place FROM loose l JOIN place p ON p.id = l.place WHERE l.skeleton = ?"
        given: Sequence[str] = (shape,)
        if country:
            sql, given = sql + " AND p.country = ?", (shape, country)
        return _grouped(self._db.execute(f"{sql} LIMIT {MOST_ALIKE}", given))

    def _beginning(self, start: str, country: str | None) -> Pool:
        """Folded names that begin so, of one country or of all, with the numbers of their places."""
        sql = (
            "SELECT n.key, n.place FROM name n JOIN place p ON p.id = n.place"
            " WHERE n.key >= ? AND n.key < ? AND n.how != 1"
        )
        given: Sequence[str] = (start, start[:-1] + chr(ord(start[-1]) + 1))
        if country:
            return _grouped(self._db.execute(sql + " AND p.country = ?", (*given, country)))
        return _grouped(self._db.execute(f"{sql} LIMIT {MOST_BEGINNINGS}", given))

    def place(self, number: int) -> Candidate:
        """The place of that number."""
        row = self._db.execute(f"SELECT {COLUMNS} FROM place p WHERE p.id = ?", (number,)).fetchone()
        return from_row(row, "fuzzy")

    def around(
        self, lat: float, lon: float, features: Iterable[str], within_km: float
    ) -> list[tuple[float, Sequence[Any]]]:
        """(km, row of COLUMNS) of the places of the given features within a distance, in no order."""
        south, west = within_km / 110.0, within_km / max(1.0, 110.0 * math.cos(math.radians(lat)))
        box = (lat - south, lat + south, lon - west, lon + west)
        cells, wanted = _cells(*box), sorted(features)
        sql = (
            f"SELECT {COLUMNS} FROM place p WHERE {CELL} IN ({_marks(cells)})"
            f" AND p.lat BETWEEN ? AND ? AND p.lon BETWEEN ? AND ? AND p.feature IN ({_marks(wanted)})"
        )
        rows = self._db.execute(sql, (*cells, *box, *wanted))
        measured = ((km(lat, lon, row[2], row[3]), row) for row in rows)
        return [(away, row) for away, row in measured if away <= within_km]

    def publisher(self, domain: str) -> tuple[str, str | None, tuple[float, float] | None] | None:
        """(country, province, point) of a publisher's domain."""
        sql = "SELECT country, admin1, lat, lon FROM publisher WHERE domain = ?"
        row = self._db.execute(sql, (domain,)).fetchone()
        if row is None:
            return None
        return row[0], row[1] or None, None if row[2] is None else (float(row[2]), float(row[3]))

    def towns(self, country: str, admin1: str) -> list[Candidate]:
        """The towns of a province, the most populous first."""
        sql = (
            f"SELECT {COLUMNS} FROM place p WHERE country = ? AND admin1 = ? AND feature LIKE 'PPL%'"
            " ORDER BY population DESC"
        )
        return [from_row(row, "largest") for row in self._db.execute(sql, (country, admin1))]


def _cells(south: float, north: float, west: float, east: float) -> list[int]:
    """Numbers of the grid's cells that a box touches; what lies beyond the antimeridian is not looked at."""
    rows = range(math.floor((max(south, -90.0) + 90) * CELLS), math.floor((min(north, 90.0) + 90) * CELLS) + 1)
    columns = range(math.floor((max(west, -180.0) + 180) * CELLS), math.floor((min(east, 180.0) + 180) * CELLS) + 1)
    return [row * CELLS * 360 + column for row in rows for column in columns]


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


def _grouped(pairs: Iterable[tuple[str, int]]) -> Pool:
    found: Pool = {}
    for key, place in pairs:
        found.setdefault(key, set()).add(place)
    return found

"""The name index on disk: one SQLite file with places, their folded names, and where they lie."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path

from extract.errors import ReferenceDataError
from geo import sources, towns
from geo.entries import Entry, rows
from geo.normalise import fold, skeleton, without_article

Progress = Callable[[str, float], None]

LAYOUT = 17
"""Raised with every change of the tables or of the folding, so that an older index is rebuilt."""

NAME, DEMONYM, SHORT, ABBREVIATION, VARIANT, ALTERNATE, CODE = 0, 1, 2, 3, 4, 5, 6
"""How a name belongs to its place: a full name, the people's, the name short of its kind, an abbreviation, the
name without its article, another name that some source gives, a code of three letters."""

CELLS = 4
"""Cells a degree of the grid that places are found by where they lie."""
CELL = f"(CAST((lat + 90) * {CELLS} AS INTEGER) * {CELLS * 360} + CAST((lon + 180) * {CELLS} AS INTEGER))"
TABLES = """
CREATE TABLE place (id INTEGER PRIMARY KEY, gid TEXT, name TEXT, lat REAL, lon REAL, country TEXT, code TEXT,
  admin1 TEXT, admin2 TEXT, feature TEXT, population INTEGER, radius REAL);
CREATE TABLE name (key TEXT, place INTEGER, how INTEGER, PRIMARY KEY (key, place, how)) WITHOUT ROWID;
CREATE TABLE loose (skeleton TEXT, place INTEGER, key TEXT, PRIMARY KEY (skeleton, place, key)) WITHOUT ROWID;
CREATE TABLE publisher (domain TEXT PRIMARY KEY, country TEXT, admin1 TEXT, lat REAL, lon REAL);
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT);
"""
INDEXES = (
    f"CREATE INDEX IF NOT EXISTS near ON place ({CELL}, lat, lon, feature)",
    "CREATE INDEX IF NOT EXISTS division ON place (country, admin1)",
)
"""Made once the places are there: sorting them at the end is several times faster than keeping them sorted."""
_BATCH = 5000
_BUILDS = 3
"""How often the sources are read where they change meanwhile."""
_EXPECTED = 410_000
"""Places in the bundled sources, for the progress bar only."""


def dump_path(path: Path) -> Path:
    """Where the index of GeoNames dumps is kept, beside the bundled one."""
    return path.with_name("geonames.sqlite")


def whole_dump(path: Path) -> bool:
    """True where there is an index of dumps, finished and of this layout."""
    if not path.exists():
        return False
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
            row = db.execute("SELECT value FROM meta WHERE key='layout'").fetchone()
    except sqlite3.Error:
        return False
    return row is not None and row[0] == str(LAYOUT)


def digest(folder: Path) -> str:
    """What the index would be built from: layout number, contents of the data files, versions of the packages."""
    total = hashlib.sha256(str(LAYOUT).encode())
    for part in sources.state(folder):
        total.update(part)
    return total.hexdigest()[:24]


def write(path: Path, folder: Path, *, progress: Progress | None = None) -> None:
    """Builds the index at ``path`` from the bundled sources; the file appears only once it is whole.

    Sources that change while they are read are read again; raises ReferenceDataError where they keep changing.
    """
    tell = progress or (lambda _what, _share: None)
    for _ in range(_BUILDS):
        stamp = digest(folder)
        _into(path, stamp, _bundled(folder, tell), _seats(folder))
        if digest(folder) == stamp:
            tell("ready", 1.0)
            return
    path.unlink(missing_ok=True)
    raise ReferenceDataError(f"the gazetteer sources in {folder} change while they are read: build the index again")


def _bundled(folder: Path, tell: Progress) -> Iterator[Entry]:
    done = 0
    for source, entries in sources.everything(folder):
        for entry in entries:
            if done % _BATCH == 0:
                tell(source, min(0.95, done / _EXPECTED))
            done += 1
            yield entry
    towns.listed.cache_clear()  # frees some 300 MB


def _seats(folder: Path) -> list[tuple[object, ...]]:
    found = rows(folder / "publishers.csv")
    return [(r["domain"], r["country_code"], r["admin1"], r["lat"] or None, r["lon"] or None) for r in found]


def _into(path: Path, stamp: str, entries: Iterable[Entry], seats: Iterable[tuple[object, ...]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(part)) as db:
            db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-65536;" + TABLES)
            fill(db, entries)
            for statement in INDEXES:
                db.execute(statement)
            db.executemany("INSERT INTO publisher VALUES (?,?,?,?,?)", seats)
            db.execute("INSERT INTO meta VALUES ('digest', ?)", (stamp,))
            db.commit()
        os.replace(part, path)
    except (sqlite3.Error, OSError) as error:
        raise ReferenceDataError(f"cannot write the gazetteer index {path}: {error}") from error
    finally:
        part.unlink(missing_ok=True)


def fill(db: sqlite3.Connection, entries: Iterable[Entry], *, first: int = 1) -> int:
    """Adds the entries with all their keys, numbering places from ``first``; returns the next free number."""
    number = first
    batch: list[tuple[int, Entry]] = []
    for entry in entries:
        batch.append((number, entry))
        number += 1
        if len(batch) == _BATCH:
            _add(db, batch)
            batch = []
    _add(db, batch)
    return number


def _add(db: sqlite3.Connection, batch: list[tuple[int, Entry]]) -> None:
    db.executemany("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", (_row(n, e) for n, e in batch))
    keys = [(key, n, how) for n, e in batch for key, how in keys_of(e)]
    db.executemany("INSERT OR IGNORE INTO name VALUES (?,?,?)", keys)
    loose = ((skeleton(key), n, key) for key, n, how in keys if how in (NAME, SHORT, ALTERNATE) and len(key) > 3)
    db.executemany("INSERT OR IGNORE INTO loose VALUES (?,?,?)", (row for row in loose if row[0]))


def _row(number: int, e: Entry) -> tuple[object, ...]:
    place = (e.country_code, e.admin1_code, e.admin1, e.admin2, e.feature, e.population, e.radius_km)
    return (number, e.gid, e.name, e.lat, e.lon, *place)


def keys_of(entry: Entry) -> Iterator[tuple[str, int]]:
    """Every folded name of an entry with how it belongs to it; a full name wins over its variants."""
    known = {fold(name) for name in entry.known}
    full = {fold(name) for name in (entry.name, *entry.names, *entry.known)} - {""}
    # An alternate name of three Latin letters is as a rule an airport code, which in running text is noise.
    codes = {k for k in full - known if len(k) <= 3 and k.isascii() and k != fold(entry.name)}
    shapes = {skeleton(fold(entry.name))}
    for key in full - codes:
        own = entry.curated or key in known or not key.isascii() or skeleton(key) in shapes
        yield key, NAME if own else ALTERNATE
    for key in codes:
        yield key, CODE if len(key) == 3 and not entry.curated else ABBREVIATION
    for key in {without_article(k) for k in full} - full - {""}:
        yield key, VARIANT
    for how, names in ((DEMONYM, entry.demonyms), (SHORT, entry.short), (ABBREVIATION, entry.abbreviations)):
        for key in {fold(name) for name in names} - {""}:
            yield key, how

"""GeoNames dumps into an index of their own beside the bundled one: streamed, resumable, in bounded memory."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from extract.errors import ReferenceDataError
from geo import dumpfile, entries, index
from geo.dumpfile import Broken, DumpPlace
from geo.geocoder import fetch
from geo.index import ALTERNATE, NAME, VARIANT, Progress
from geo.normalise import fold, skeleton, without_article

SERVER = "https://download.geonames.org/export/dump"
BATCH = 20_000
"""Rows a transaction: after a stop at most so many are read again."""
READING = 0.5
"""Share of the work that reading the files is; the rest is sorting."""
NAMED_BROKEN = 50
"""Broken rows that are named one by one; the rest are counted."""
_SORT_KB = 65536
_LOOSE_CLASSES = frozenset("AP")
"""Feature classes whose names are found by transliteration too: divisions and populated places."""
_STAGING = """
CREATE TABLE IF NOT EXISTS raw (key TEXT, place INTEGER, how INTEGER, skeleton TEXT);
CREATE TABLE IF NOT EXISTS done (file TEXT PRIMARY KEY, size INTEGER, lines INTEGER);
CREATE TABLE IF NOT EXISTS code (code TEXT PRIMARY KEY, name TEXT) WITHOUT ROWID;
"""
_FINISH = (
    ("sorting names", "INSERT OR IGNORE INTO name SELECT key, place, how FROM raw ORDER BY key, place, how"),
    ("sorting like names", "INSERT OR IGNORE INTO loose SELECT skeleton, place, key FROM raw WHERE skeleton != ''"
     " ORDER BY 1, 2, 3"),
    ("dropping the stage", "DROP TABLE raw"),
    ("surroundings", index.INDEXES[0]),
    ("divisions", index.INDEXES[1]),
)  # fmt: skip


@dataclass(slots=True)
class Loaded:
    """What a load did: rows and names taken, rows broken, the first of them with file, line and reason."""

    places: int = 0
    names: int = 0
    broken: int = 0
    named: list[Broken] = field(default_factory=list)

    def refuse(self, file: Path, line: int, reason: str) -> None:
        """Counts a broken row and names it while there is room."""
        self.broken += 1
        if len(self.named) < NAMED_BROKEN:
            self.named.append(Broken(file.name, line, reason))


def build(path: Path, given: Sequence[Path], *, progress: Progress | None = None, data: Path | None = None) -> Loaded:
    """Loads GeoNames files or folders beside the bundled index at ``path``; stopped, it goes on where it was.

    Raises InputError where no dump file is given, ReferenceDataError where one cannot be read or the disk is full.
    """
    tell = progress or (lambda _what, _share: None)
    files = dumpfile.listed(given)
    target = index.dump_path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    loaded = Loaded()
    try:
        with closing(_staging(part)) as db:
            known = _divisions(data)
            for kind, file in files:
                _read(db, kind, file, loaded, known, tell)
            _finish(db, tell)
        os.replace(part, target)
    except sqlite3.Error as error:
        raise ReferenceDataError(f"cannot write the GeoNames index {target}: {error}") from error
    tell("ready", 1.0)
    return loaded


def download(
    countries: Sequence[str], folder: Path, *, server: str = SERVER, progress: Progress | None = None
) -> list[Path]:
    """Fetches the dump files of the countries (ISO codes, or "all") into a folder; broken off, it goes on.

    Returns the files; raises ReferenceDataError where the server does not answer.
    """
    folder.mkdir(parents=True, exist_ok=True)
    wanted = ["admin1CodesASCII.txt", "admin2Codes.txt"]
    for country in countries:
        whole = country.lower() == "all"
        wanted.append("allCountries.zip" if whole else f"{country.upper()}.zip")
        wanted.append("alternateNamesV2.zip" if whole else f"alternatenames/{country.upper()}.zip")
    files = []
    for number, name in enumerate(wanted):
        target = folder / (f"alternateNames_{name.rpartition('/')[2]}" if "/" in name else name)
        if progress:
            progress(name, number / len(wanted))
        fetch(f"{server.rstrip('/')}/{name}", target)
        files.append(target)
    if progress:
        progress("ready", 1.0)
    return files


def _staging(part: Path) -> sqlite3.Connection:
    """The half-built index, taken up again where it is of this layout, else begun anew."""
    db = sqlite3.connect(part, isolation_level=None)
    try:
        row = db.execute("SELECT value FROM meta WHERE key='stage'").fetchone()
    except sqlite3.Error:
        row = None
    if row is None or row[0] != str(index.LAYOUT):
        db.close()
        for leftover in (part, part.with_name(part.name + "-journal")):
            leftover.unlink(missing_ok=True)
        db = sqlite3.connect(part, isolation_level=None)
        db.executescript(index.TABLES + _STAGING)
        db.execute("INSERT INTO meta VALUES ('stage', ?)", (str(index.LAYOUT),))
    db.executescript(f"PRAGMA synchronous=OFF; PRAGMA cache_size=-{_SORT_KB}; PRAGMA temp_store=FILE;")
    return db


def _divisions(data: Path | None) -> dict[str, str]:
    """ "SY.07" -> the name of the province as the bundled index has it, so that both agree."""
    if data is None:
        return {}
    return {f"{r['iso2']}.{r['code']}": r["name"] for r in entries.rows(data / "provinces.csv") if r["code"]}


def _read(db: sqlite3.Connection, kind: str, file: Path, loaded: Loaded, known: dict[str, str], tell: Progress) -> None:
    size = file.stat().st_size
    row = db.execute("SELECT lines FROM done WHERE file = ? AND size = ?", (str(file), size)).fetchone()
    first = row[0] if row else 0
    if first < 0:
        return
    names = known if kind in ("admin1", "admin2") else {**dict(db.execute("SELECT code, name FROM code")), **known}
    add: Callable[..., None] = partial(_add_places, names=names) if kind == "places" else _add_codes
    add = _add_names if kind == "names" else add
    total, at, seen = max(1, dumpfile.size(file)), 0, 0
    with dumpfile.opened(file) as lines:
        for batch in _batches(lines):
            seen += sum(len(line) for line in batch)
            if at + len(batch) > first:
                tell(file.name, min(READING, READING * seen / total))
                db.execute("BEGIN")
                add(db, batch, at, file, loaded)
                db.execute("REPLACE INTO done VALUES (?, ?, ?)", (str(file), size, at + len(batch)))
                db.execute("COMMIT")
            at += len(batch)
    db.execute("REPLACE INTO done VALUES (?, ?, -1)", (str(file), size))


def _batches(lines: Iterator[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    for line in lines:
        batch.append(line)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _add_places(
    db: sqlite3.Connection, batch: list[str], at: int, file: Path, loaded: Loaded, *, names: dict[str, str]
) -> None:
    places = []
    for number, line in enumerate(batch, start=at + 1):
        try:
            places.append(dumpfile.place(line))
        except ValueError as error:
            loaded.refuse(file, number, str(error))
    rows = [_row(p, names) for p in places]
    db.executemany("INSERT OR REPLACE INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", rows)
    keys = [
        (key, p.number, how, skeleton(key) if p.feature_class in _LOOSE_CLASSES else None)
        for p in places
        for key, how in _keys(p)
    ]
    db.executemany("INSERT INTO raw VALUES (?,?,?,?)", keys)
    loaded.places += len(places)
    loaded.names += len(keys)


def _row(p: DumpPlace, names: dict[str, str]) -> tuple[object, ...]:
    first = names.get(f"{p.country}.{p.admin1}", "")
    second = names.get(f"{p.country}.{p.admin1}.{p.admin2}", "") if p.admin2 else ""
    radius = entries.town_radius(p.population) if p.feature_class == "P" else _REACH.get(p.feature, 3.0)
    gid = f"geonames:{p.number}"
    return (p.number, gid, p.name, p.lat, p.lon, p.country, p.admin1, first, second, p.feature, p.population, radius)


_REACH = {"PCLI": 400.0, "ADM1": 80.0, "ADM2": 30.0, "ADM3": 15.0, "ADM4": 8.0, "STM": 30.0, "RGN": 50.0}


def _keys(p: DumpPlace) -> Iterator[tuple[str, int]]:
    own = fold(p.name)
    yield own, NAME
    bare = without_article(own)
    if bare and bare != own:
        yield bare, VARIANT
    for key in {fold(n) for n in p.names} - {own, ""}:
        # An alternate of three Latin letters is as a rule an airport's code.
        if len(key) > 3 or not key.isascii():
            yield key, NAME if not key.isascii() or skeleton(key) == skeleton(own) else ALTERNATE


def _add_names(db: sqlite3.Connection, batch: list[str], at: int, file: Path, loaded: Loaded) -> None:
    rows = []
    for number, line in enumerate(batch, start=at + 1):
        try:
            one = dumpfile.alternate(line)
        except ValueError as error:
            loaded.refuse(file, number, str(error))
            continue
        key = fold(one[1]) if one else ""
        if one and (len(key) > 3 or (key and not key.isascii())):
            rows.append((key, NAME if not key.isascii() else ALTERNATE, skeleton(key), one[0]))
    sql = (
        "INSERT INTO raw SELECT ?, id, ?, CASE WHEN feature LIKE 'PPL%' OR feature LIKE 'ADM%' THEN ? END"
        " FROM place WHERE id = ?"
    )
    loaded.names += db.executemany(sql, rows).rowcount


def _add_codes(db: sqlite3.Connection, batch: list[str], at: int, file: Path, loaded: Loaded) -> None:
    rows = []
    for number, line in enumerate(batch, start=at + 1):
        try:
            rows.append(dumpfile.code(line))
        except ValueError as error:
            loaded.refuse(file, number, str(error))
    db.executemany("REPLACE INTO code VALUES (?, ?)", rows)


def _finish(db: sqlite3.Connection, tell: Progress) -> None:
    """Sorts the staged names into their tables, each step once, however often it is broken off."""
    finished = db.execute("SELECT COUNT(*) FROM meta WHERE key LIKE 'step:%'").fetchone()[0]
    for number, (what, sql) in enumerate(_FINISH):
        if number < finished:
            continue
        tell(what, READING + (1 - READING) * number / len(_FINISH))
        db.execute("BEGIN")
        db.execute(sql)
        db.execute("INSERT INTO meta VALUES (?, 'done')", (f"step:{number}",))
        db.execute("COMMIT")
    db.execute("REPLACE INTO meta VALUES ('layout', ?)", (str(index.LAYOUT),))

"""The newest ``rowarrays.Rows`` of a store: read once, kept in memory and on disk, later incidents added behind.

Small stores are read anew in less time than a file takes; of large ones the arrays lie in the cache folder, one file
each, opened without being read (memory-mapped). A file set is written to a folder of its own and then named, so that
one that was cut off half-way is never opened.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from data import grading, paths, rowarrays, schema, transaction, vocabulary
from data.rowarrays import OPEN, PARTY_ARRAYS, Progress, Rows
from data.store import Store
from extract.registry import slug

_I = schema.incidents.c
# Reading so many rows takes about a second on two cores: from here on a file is worth its place.
KEPT_FROM = 20_000
# A new set of files is written when so great a share of rows was added since the last one.
REWRITE_SHARE = 0.05
FORMAT = 1
META = "meta.json"
NEVER = "1970-01-01"
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Snapshot:
    """``rows`` as of ``revision``, made in ``seconds``; ``grades`` maps an event's hash to its grade."""

    rows: Rows
    revision: int
    witness: str
    grades: dict[int, str]
    seconds: float


def take(store: Store, before: Snapshot | None = None, *, tell: Progress | None = None) -> Snapshot:
    """The store's rows as they are now, built on an earlier snapshot or the one on disk where there is one."""
    started = time.perf_counter()
    with store.reading() as connection:
        revision = int(connection.scalar(transaction.meta_value(transaction.REVISION)) or 0)
        known = before or _stored(store)
        if known and (not len(known.rows) or _witness(connection, int(known.rows.key[-1])) != known.witness):
            known = None
        rows = _grown(connection, known.rows if known else None, tell)
        witness = _witness(connection, int(rows.key[-1])) if len(rows) else ""
        grades = _hashed(grading.known(connection))
    found = Snapshot(rows, revision, witness, grades, time.perf_counter() - started)
    _keep(store, found)
    return found


def past_grades(store: Store, day: dt.date) -> dict[int, str]:
    """The grades that were known at the end of a day, by the events' hashes."""
    with store.reading() as connection:
        return _hashed(grading.known(connection, day))


def _hashed(grades: Mapping[str, str]) -> dict[int, str]:
    return {rowarrays.hashed(event): grade for event, grade in grades.items()}


def _grown(connection: Connection, known: Rows | None, tell: Progress | None) -> Rows:
    after, names = (int(known.key[-1]), known.names) if known is not None and len(known) else (-1, None)
    later = rowarrays.read(connection, after=after, names=names, speakers=_speakers(), tell=tell)
    if known is None or not len(known):
        return later
    rows = known.joined(later) if len(later) else known
    return _closed(connection, rows)


def _speakers() -> rowarrays.Speakers:
    known: dict[str, tuple[str, ...]] = {}
    named, countries = vocabulary.lineage().named, vocabulary.countries()

    def of(name: str) -> tuple[str, ...]:
        if name not in known:
            # "Russia said": its government did.
            state = (f"government-of-{slug(countries[name.lower()])}",) if name.lower() in countries else ()
            known[name] = named(name) or state
        return known[name]

    return of


def _closed(connection: Connection, rows: Rows) -> Rows:
    """The rows with the end of those that stopped to hold since they were read."""
    # In the order of its index, which holds both columns and is far smaller than the table.
    query = sa.select(_I.key).where(schema.current()).order_by(_I.id)
    current = np.fromiter(connection.execute(query).scalars(), np.int64)
    ended = np.flatnonzero((rows.known_until == OPEN) & ~np.isin(rows.key, current))
    if not len(ended):
        return rows
    until = rows.known_until.copy()
    for at in range(0, len(ended), _CHUNK):
        part = ended[at : at + _CHUNK]
        asked = sa.select(_I.key, sa.cast(_I.known_until, sa.String)).where(_I.key.in_(rows.key[part].tolist()))
        told: dict[int, str | None] = {row[0]: row[1] for row in connection.execute(asked)}
        # A row that is no longer there at all was taken out of the store on purpose: it never held.
        until[part] = rowarrays.moments([told.get(int(key), NEVER) for key in rows.key[part]])
    rows.known_until = until
    return rows


def _witness(connection: Connection, key: int) -> str:
    """What tells that the row of a key is still the one that it was: another store may have taken the file's place."""
    query = sa.select(_I.id, sa.cast(_I.known_from, sa.String)).where(_I.key == key)
    row = connection.execute(query).one_or_none()
    return f"{row[0]} {row[1]}" if row else ""


def folder(store: Store) -> Path:
    """Where what can be built again of this store is kept."""
    return paths.cache_dir() / "overview" / hashlib.sha1(store.url.encode()).hexdigest()[:16]


def _stored(store: Store) -> Snapshot | None:
    """The newest complete set of files, None where there is none or it is damaged."""
    for home in sorted(folder(store).glob("rows-*"), reverse=True):
        try:
            meta = json.loads((home / META).read_text("utf-8"))
            if meta["format"] != FORMAT:
                continue
            arrays = {name: np.load(home / f"{name}.npy", mmap_mode="r") for name in rowarrays.ARRAYS}
        except (OSError, ValueError, KeyError):
            continue
        if len({len(array) for name, array in arrays.items() if name not in PARTY_ARRAYS}) == 1:
            return Snapshot(Rows(**arrays, names=meta["names"]), meta["revision"], meta["witness"], {}, 0.0)
    return None


def _keep(store: Store, found: Snapshot) -> None:
    """Write the arrays unless those on disk are nearly the same; a full or read-only disk only costs the next start."""
    if len(found.rows) < KEPT_FROM:
        return
    home = folder(store)
    old = _stored(store)
    if old and old.witness and len(found.rows) - len(old.rows) < REWRITE_SHARE * len(found.rows):
        same = len(old.rows) and np.array_equal(old.rows.key, found.rows.key[: len(old.rows)])
        if same and old.rows.names["party"] == found.rows.names["party"][: len(old.rows.names["party"])]:
            return
    try:
        home.mkdir(parents=True, exist_ok=True)
        made = Path(mkdtemp(prefix="new-", dir=home))
        for name in rowarrays.ARRAYS:
            np.save(made / f"{name}.npy", getattr(found.rows, name))
        meta = {"format": FORMAT, "revision": found.revision, "witness": found.witness, "names": found.rows.names}
        (made / META).write_text(json.dumps(meta), "utf-8")
        earlier = list(home.glob("rows-*"))
        made.rename(home / f"rows-{time.time_ns():020d}")
    except OSError:
        return
    for one in earlier:
        shutil.rmtree(one, ignore_errors=True)

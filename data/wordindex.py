"""Words -> the reports that hold them: SQLite's full-text index, kept beside the store as something built again.

It lies in the cache folder, so that it serves a store in PostgreSQL too and no store's schema has to hold it. The
index keeps no text, only which words stand where; a report is known by the hash of its id.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Lock

import numpy as np
import sqlalchemy as sa

from data import schema
from data.rowarrays import Array, hashed
from data.store import Store

_R, _I = schema.reports.c, schema.incidents.c
_CHUNK = 500
_LAST = "last"
# Words of one question; more is a pasted text, which would be answered by nothing.
MOST_WORDS = 20
_FOLLOWING = Lock()
_LAST_IN_LINE = 10
_SETUP = """
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(
    title, text, places, content='', tokenize="unicode61 remove_diacritics 2");
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


def search(store: Store, path: Path, asked: str) -> Array | None:
    """The hashes of the reports that hold all the words, in any form that begins so; None where no word is asked.

    Brings the index at ``path`` up to date first.
    """
    question = phrase(asked)
    if not question:
        return None if not asked.strip() else np.zeros(0, np.int64)
    follow(store, path)
    with closing(_open(path)) as index:
        rows = index.execute("SELECT rowid FROM words WHERE words MATCH ?", (question,))
        return np.fromiter((row[0] for row in rows), np.int64)


def follow(store: Store, path: Path) -> None:
    """Bring the index at ``path`` up to date; a million reports take minutes, so it is best done beforehand."""
    # Two sessions that ask at once must not both read every report.
    with _FOLLOWING, closing(_open(path)) as index:
        _follow(store, index)


def follow_apart(store: Store, path: Path) -> BaseProcess:
    """The same in a process of its own, which takes the time that others leave: it is to be joined before searching."""
    address = store.engine.url.render_as_string(hide_password=False)
    made = get_context("spawn").Process(target=_follow_at, args=(address, path), daemon=True)
    made.start()
    return made


def _follow_at(address: str, path: Path) -> None:
    if hasattr(os, "nice"):
        os.nice(_LAST_IN_LINE)
    with Store.open(address) as store:
        follow(store, path)


def phrase(asked: str) -> str:
    """The words as a question to the index: each quoted, so that none of them is read as an operator."""
    found = ["".join(c if c.isalnum() else " " for c in word).split() for word in asked.split()[:MOST_WORDS]]
    return " ".join(f'"{" ".join(parts)}" *' for parts in found if parts)


def _open(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    index = sqlite3.connect(path, timeout=60)
    try:
        index.executescript(_SETUP)
    except sqlite3.DatabaseError:
        index.close()
        path.unlink()
        index = sqlite3.connect(path, timeout=60)
        index.executescript(_SETUP)
    return index


def _follow(store: Store, index: sqlite3.Connection) -> None:
    """Add the reports that were stored since the last time."""
    row = index.execute("SELECT value FROM meta WHERE key = ?", (_LAST,)).fetchone()
    added = sa.cast(_R.added_at, sa.String)
    last = row[0] if row else ""
    query = sa.select(_R.id, _R.title, _R.text, added).where(added > last).order_by(added)
    with store.reading() as connection, index:
        for part in connection.execute(query).partitions(_CHUNK):
            places = _places(connection, [one[0] for one in part])
            values = [(hashed(one[0]), one[1] or "", one[2], places.get(one[0], "")) for one in part]
            index.executemany("INSERT INTO words (rowid, title, text, places) VALUES (?, ?, ?, ?)", values)
            last = part[-1][3]
        index.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_LAST, last))


def _places(connection: sa.Connection, reports: list[str]) -> dict[str, str]:
    """Report id -> the names of its incidents' places, which may be spelt otherwise than in its text."""
    found: dict[str, str] = {}
    query = sa.select(_I.report_id, _I.place_name).where(_I.report_id.in_(reports), _I.place_name.is_not(None))
    for report, name in connection.execute(query):
        found[report] = f"{found.get(report, '')} {name}"
    return found

"""What SQLite alone needs; no other file holds words that only SQLite understands."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

# How long a writer waits for another one; a report is written in milliseconds, so ten seconds mean a real obstacle.
BUSY_SECONDS = 10.0
WRITE_OPTION = "dateline_write"
# A transaction that rebuilds tables others refer to: SQLite takes the references for broken meanwhile.
REBUILD_OPTION = "dateline_rebuild"


def prepare(engine: Engine, *, busy_seconds: float = BUSY_SECONDS) -> None:
    """Set write-ahead logging, waiting and explicit transactions on every connection of a SQLite engine."""

    @sa.event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        # The driver's own guessing when to begin is switched off: "begin" below says it.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {int(busy_seconds * 1000)}")
        cursor.execute("PRAGMA foreign_keys = ON")
        # FULL: a report said to be stored survives a power cut too, and reading it took far longer than the sync.
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.close()

    @sa.event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        # A writer takes the lock at once: upgrading later would fail instead of waiting.
        options = connection.get_execution_options()
        writes = options.get(WRITE_OPTION)
        if options.get(REBUILD_OPTION):
            # Only possible before the transaction begins; the caller throws the connection away afterwards.
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def switch_to_wal(engine: Engine) -> None:
    """Turn the database file to write-ahead logging, where it is a file and not so yet."""
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        if cursor.execute("PRAGMA journal_mode").fetchone()[0] not in ("wal", "memory"):
            cursor.execute("PRAGMA journal_mode = WAL")
        cursor.close()
    finally:
        raw.close()


# Words of a driver's error -> what it means for the user.
MEANINGS = (
    ("database is locked", "is locked by another program; close it or try again when it is done. Nothing was changed"),
    (
        "readonly database",
        "is read-only: its file and folder must be writable, for SQLite even to read it. Nothing was changed",
    ),
    ("not a database", "is not a Dateline store: the file holds something else"),
    ("malformed", "is damaged; keep a copy of the file and restore a backup"),
    ("unable to open", "cannot be opened: the folder is missing or may not be written to"),
    ("disk is full", "cannot grow: the disk is full. Nothing was changed"),
    ("disk i/o", "cannot be read or written: the disk reported an error"),
)


def is_folder(database: str | None) -> bool:
    """True where the database's path is a folder."""
    return bool(database) and Path(str(database)).is_dir()


def file_of(engine: Engine) -> tuple[int, int] | None:
    """What tells the engine's database file from another that takes its place; None where there is no file."""
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return None
    try:
        found = os.stat(engine.url.database)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def is_missing(url: str) -> bool:
    """True where the URL names a SQLite file that is not there; opening it would make it."""
    try:
        parsed = sa.make_url(url)
    except sa.exc.ArgumentError:
        return False
    return parsed.get_backend_name() == "sqlite" and bool(parsed.database) and not Path(str(parsed.database)).exists()

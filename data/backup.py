"""A store's backup: one SQLite file, whatever database the store is in, that can be opened as a store itself.

So a backup also carries a store from SQLite to PostgreSQL and back.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from data import postgres, schema
from data.store import Store
from extract.errors import InputError, StoreError

# Rows in memory at a time; a report may have a million characters.
BATCH = 500
_NUMBERED = [schema.incidents.c.key, schema.decisions.c.number]


def save(path: Path, store: Store) -> None:
    """Write the store as it stands into a new file; others may read and write the store meanwhile.

    The file appears when it is whole. Raises InputError where there is one already, StoreError where writing fails.
    """
    if path.exists():
        raise InputError(f"{path} is there already; a backup overwrites nothing")
    if not path.parent.is_dir():
        raise InputError(f"{path} cannot be written: there is no folder {path.parent}")
    with _beside(path) as draft:
        if store.engine.dialect.name == "sqlite":
            with store.errors():
                _copy_file(store, draft)
        else:
            with Store.open(f"sqlite:///{draft}") as copy:
                _copy_rows(store, copy)
        _finish(draft)
        os.replace(draft, path)


def restore(path: Path, store: Store) -> None:
    """Put a backup into an empty store, of either database. Raises InputError where there is no file or no room."""
    if not path.is_file():
        raise InputError(f"there is no backup {path}")
    with store.reading() as connection:
        if connection.scalar(sa.select(sa.exists().select_from(schema.reports))):
            raise InputError(f"the store {store.url} is not empty; a backup goes into an empty one alone")
    with tempfile.TemporaryDirectory() as folder:
        # A copy: opening brings a backup of an older schema up to date, and a backup is not to be changed.
        copied = shutil.copy(path, Path(folder) / "backup.db")
        with Store.open(f"sqlite:///{copied}") as backup:
            _copy_rows(backup, store)


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """An unused name in the same folder; what is left of it at the end is removed."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.draft")
    try:
        yield draft
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"the backup {path} cannot be written: {error}") from error
    finally:
        for left in (draft, Path(f"{draft}-wal"), Path(f"{draft}-shm")):
            left.unlink(missing_ok=True)


def _copy_file(store: Store, draft: Path) -> None:
    source = store.engine.raw_connection()
    try:
        with closing(sqlite3.connect(draft)) as target:
            driver: Any = source.driver_connection
            driver.backup(target)
    finally:
        source.close()


def _finish(draft: Path) -> None:
    """One file without a log beside it, sound, and on the disk."""
    with closing(sqlite3.connect(draft)) as file:
        file.execute("PRAGMA journal_mode = DELETE")
        (found,) = file.execute("PRAGMA quick_check").fetchone()
    if found != "ok":
        raise StoreError(f"the backup is not sound ({found}); is the store damaged?")
    with draft.open("rb") as file_on_disk:
        os.fsync(file_on_disk.fileno())


def _copy_rows(source: Store, target: Store) -> None:
    with source.reading() as reading, target.writing() as writing:
        writing.execute(sa.delete(schema.meta))
        for table in schema.metadata.sorted_tables:
            _copy_table(reading, writing, table)
        if writing.dialect.name == "postgresql":
            postgres.reset_sequences(writing, _NUMBERED)


def _copy_table(reading: Connection, writing: Connection, table: sa.Table) -> None:
    within = [column.name for column in table.c if any(key.column.table is table for key in column.foreign_keys)]
    (key, *_) = table.primary_key.columns
    found = reading.execute(sa.select(table), execution_options={"yield_per": BATCH})
    for part in found.partitions():
        rows = [row._asdict() for row in part]
        writing.execute(sa.insert(table), [{**row, **dict.fromkeys(within)} for row in rows])
    for name in within:
        # A row may name one that comes after it: all must be there first.
        pairs = sa.select(key, table.c[name]).where(table.c[name].is_not(None))
        for part in reading.execute(pairs).partitions(BATCH):
            _fill(writing, key, table.c[name], part)


def _fill(writing: Connection, key: sa.Column[Any], column: sa.Column[Any], pairs: Sequence[sa.Row[Any, Any]]) -> None:
    filled = sa.update(column.table).where(key == sa.bindparam("its_key")).values({column: sa.bindparam("its_value")})
    writing.execute(filled, [{"its_key": one, "its_value": value} for one, value in pairs])

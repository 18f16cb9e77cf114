"""The store: reports with their incidents, kept in SQLite, or in PostgreSQL by its URL.

A report goes in whole or not at all. Adding it again changes nothing; the same id with any other content is refused,
so that nothing stored is ever overwritten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from data import paths, postgres, rows, schema, sqlite, transaction
from extract.errors import StoreError
from extract.records import Report

Json = dict[str, Any]
VERSION = "schema_version"
# Another writer holds a store for milliseconds; who waits longer than this has found a lock.
LOOK_SECONDS = 3.0


class Store:
    """An open store. ``url`` is shown without its password.

    ``guard`` may refuse a writing by raising; it hears whether that is a decision in review, or anything else.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.guard: Callable[[bool], None] = _anybody
        self.url = engine.url.render_as_string(hide_password=True)
        self.file: tuple[int, int] | None = None

    @classmethod
    def open(cls, url: str | None = None, *, busy_seconds: float = sqlite.BUSY_SECONDS) -> Store:
        """The store at an SQLAlchemy URL (default: ``paths.store_url()``), its tables made where there are none.

        Raises StoreError where it is locked, read-only and empty, not a store, or written by a newer Dateline.
        """
        engine = _engine(url or paths.store_url(), busy_seconds)
        store = cls(engine)
        try:
            with store.errors():
                _ready(engine)
                store.file = sqlite.file_of(engine)
        except StoreError:
            engine.dispose()
            raise
        return store

    @classmethod
    def look(cls, url: str | None = None) -> int | None:
        """The schema's version of a store that is left as it is, None where there is none yet.

        Raises StoreError as ``open`` does, and where it may not be written just now.
        """
        named = url or paths.store_url()
        if sqlite.is_missing(named):
            return None
        engine = _engine(named, LOOK_SECONDS)
        try:
            with cls(engine).errors():
                found = _found(engine)
                if found is None:
                    return None
                # A transaction that writes nothing meets every lock and every lack of a right.
                with engine.execution_options(**{sqlite.WRITE_OPTION: True}).begin() as connection:
                    connection.execute(sa.update(schema.meta).where(sa.false()).values(value=""))
                return found
        finally:
            engine.dispose()

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add(self, report: Report, reading: Json) -> bool:
        """True where the report and its incidents (a contract reading) were stored, False where they were already.

        Raises InputError where another content is stored under the report's id, StoreError where writing fails.
        """
        with self.writing() as connection:
            return rows.insert(connection, report, reading) is not None

    def holds(self, report: Report) -> bool:
        """True where the same report is stored, so that it need not be read again.

        Raises InputError where another content is stored under its id.
        """
        with self.reading() as connection:
            return rows.holds(connection, report)

    def revision(self) -> int:
        """A number that grows with every change to the store: what was computed at the same number still holds."""
        with self.reading() as connection:
            return int(connection.scalar(transaction.meta_value(transaction.REVISION)) or 0)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read from; one transaction, so that all of it sees the same state."""
        with self.errors():
            self._same_file()
            with self.engine.connect() as connection:
                yield connection

    @contextmanager
    def writing(self, *, decides: bool = False) -> Iterator[Connection]:
        """A connection in a transaction that is kept at the end or undone whole by any exception (``data.rows``)."""
        self.guard(decides)
        options = {sqlite.WRITE_OPTION: True}
        with self.errors():
            self._same_file()
            with self.engine.execution_options(**options).begin() as connection:
                transaction.begin(connection)
                yield connection

    def _same_file(self) -> None:
        """Open the file that took the place of this store's; raise StoreError where there is none any more.

        SQLite would go on with the deleted file, and what is written there would be lost.
        """
        now = sqlite.file_of(self.engine)
        if now == self.file:
            return
        if now is None:
            raise StoreError(f"the store {self.url} is no longer there: put its file back, or start Dateline anew")
        self.engine.dispose()
        _ready(self.engine)
        self.file = sqlite.file_of(self.engine)

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Turn the database's errors into a StoreError that a user can act on."""
        try:
            yield
        except DBAPIError as error:
            said = error.orig or error
            meaning = _meaning(said) or f"failed: {_first_line(said)}"
            raise StoreError(f"the store {self.url} {meaning}") from error
        except SQLAlchemyError as error:
            raise StoreError(f"the store {self.url} failed: {_first_line(error)}") from error


def _meaning(error: BaseException) -> str | None:
    """What a driver's error means for the user; None where it is none of the known ones."""
    words = str(error).lower()
    return next((meaning for sign, meaning in (*sqlite.MEANINGS, *postgres.MEANINGS) if sign in words), None)


def _anybody(_: bool) -> None:
    """Whoever runs the command line owns the store's file or password."""


def _engine(url: str, busy_seconds: float) -> Engine:
    try:
        parsed = sa.make_url(url)
        # Asked before use, so that a server that was restarted meanwhile is simply connected to anew.
        engine = sa.create_engine(parsed, pool_pre_ping=parsed.get_backend_name() == "postgresql")
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError, ValueError) as error:
        raise StoreError(
            f"the store's address is not an SQLAlchemy URL that can be used here ({_first_line(error)}); "
            "a file is named like sqlite:////home/me/reports.db"
        ) from error
    if engine.dialect.name == "sqlite":
        _check_folder(parsed)
        sqlite.prepare(engine, busy_seconds=busy_seconds)
    elif engine.dialect.name == "postgresql":
        postgres.prepare(engine, busy_seconds=busy_seconds)
    return engine


def _check_folder(url: URL) -> None:
    """Raise where a SQLite URL names a folder: the driver's own words for it are no help."""
    if sqlite.is_folder(url.database):
        raise StoreError(f"the store {url.database} is a folder; name a file in it")


def _ready(engine: Engine) -> None:
    """Check the schema's version, making the tables in an empty database and bringing an older store up to date."""
    found = _found(engine)
    if found is None:
        _create(engine)
    elif found < schema.SCHEMA_VERSION:
        _upgrade(engine)


def _found(engine: Engine) -> int | None:
    """The schema's version, None in an empty database; raises StoreError where this Dateline cannot use it."""
    tables = set(sa.inspect(engine).get_table_names())
    if not tables:
        return None
    if schema.meta.name not in tables:
        raise StoreError(f"the store {engine.url.database} is a database of another program: it has no table 'meta'")
    with engine.connect() as connection:
        found = _version(connection)
    if found > schema.SCHEMA_VERSION:
        raise StoreError(
            f"the store {engine.url.database} was written by a newer Dateline (schema {found}, this one knows up to "
            f"{schema.SCHEMA_VERSION}): update Dateline. Nothing was changed"
        )
    return found


def _create(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        sqlite.switch_to_wal(engine)
    with engine.execution_options(**{sqlite.WRITE_OPTION: True}).begin() as connection:
        # Another process may have made them while this one waited for the lock: checkfirst sees its tables.
        schema.metadata.create_all(connection)
        if connection.scalar(transaction.meta_value(VERSION)) is None:
            first = {VERSION: str(schema.SCHEMA_VERSION), transaction.REVISION: "0", transaction.CHANGED_AT: ""}
            connection.execute(sa.insert(schema.meta), [{"key": k, "value": v} for k, v in first.items()])


def _upgrade(engine: Engine) -> None:
    # Imported here: Alembic is needed once in a store's life, not at every start.
    from data import migrations

    options = {sqlite.WRITE_OPTION: True, sqlite.REBUILD_OPTION: True}
    with engine.execution_options(**options).begin() as connection:
        # Another process may have done it while this one waited for the lock.
        found = _version(connection)
        migrations.upgrade(connection, found=found, wanted=schema.SCHEMA_VERSION)
        now_at = sa.update(schema.meta).where(schema.meta.c.key == VERSION)
        connection.execute(now_at.values(value=str(schema.SCHEMA_VERSION)))
    engine.dispose()


def _version(connection: Connection) -> int:
    return int(connection.scalar(transaction.meta_value(VERSION)) or 0)


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]

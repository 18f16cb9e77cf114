"""What PostgreSQL alone needs; no other file holds words that only PostgreSQL understands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from data.sqlite import WRITE_OPTION

# Any number, the same for all of Dateline: whoever holds the lock of this number in a database writes.
_WRITERS_LOCK = 0x64_61_74_65


def prepare(engine: Engine, *, busy_seconds: float) -> None:
    """Let one writer at a time into the database, as SQLite does, and have readers see one state throughout."""

    @sa.event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        if connection.get_execution_options().get(WRITE_OPTION):
            # The merging of incidents looks before it writes: two writers at once could each miss the other's.
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(busy_seconds * 1000)}")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS_LOCK})")
        else:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def numbers(connection: Connection, column: sa.Column[int], many: int) -> list[int]:
    """So many new numbers of a numbered column, ascending."""
    sequence = sa.func.pg_get_serial_sequence(column.table.name, column.name)
    drawn = sa.select(sa.func.nextval(sequence)).select_from(sa.func.generate_series(1, many))
    return list(connection.scalars(drawn))


def copy(connection: Connection, table: sa.Table, rows: Sequence[dict[str, Any]]) -> None:
    """Put rows into a table by COPY, in the caller's transaction; all have the columns of the first one."""
    columns = {name: table.c[name] for name in rows[0]}
    dialect = connection.dialect
    quoted = dialect.identifier_preparer
    names = ", ".join(quoted.format_column(column) for column in columns.values())
    call = f"COPY {quoted.format_table(table)} ({names}) FROM STDIN"
    adapt = {name: column.type.dialect_impl(dialect).bind_processor(dialect) for name, column in columns.items()}
    driver: Any = connection.connection.driver_connection
    try:
        with driver.cursor() as cursor, cursor.copy(call) as into:
            for row in rows:
                into.write_row([to(row[name]) if to else row[name] for name, to in adapt.items()])
    except dialect.loaded_dbapi.Error as error:
        raise sa.exc.DBAPIError(call, None, error) from error


def reset_sequences(connection: Connection, columns: list[sa.Column[int]]) -> None:
    """Let numbering go on after the highest number in each column, where rows were put in with their numbers."""
    for column in columns:
        sequence = sa.func.pg_get_serial_sequence(column.table.name, column.name)
        highest = sa.func.coalesce(sa.func.max(column), 0) + 1
        connection.execute(sa.select(sa.func.setval(sequence, highest, False)).select_from(column.table))


# Words of a driver's error -> what it means for the user.
MEANINGS = (
    ("lock timeout", "is being written by another program; try again when it is done. Nothing was changed"),
    ("password authentication failed", "refuses this user or password"),
    ("no password supplied", "asks for a password: write it into the address, or into ~/.pgpass"),
    ("permission denied", "may not be written by this user. Nothing was changed"),
    ("read-only transaction", "is read-only. Nothing was changed"),
    ('" does not exist', "cannot be opened: no such database, or no such user"),
    ("connection refused", "cannot be reached: no PostgreSQL answers at that address"),
    ("could not translate host", "cannot be reached: no machine has that name"),
    ("failed to resolve host", "cannot be reached: no machine has that name"),
    ("connection timeout", "cannot be reached: it did not answer in time"),
    ("no space left", "cannot grow: the disk is full. Nothing was changed"),
    ("server closed the connection", "was shut down meanwhile. Nothing was changed"),
)

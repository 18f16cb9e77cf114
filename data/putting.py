"""Rows into a table: by COPY where PostgreSQL gets many of them, else by INSERT."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from data import postgres, schema

Json = dict[str, Any]
# Rows from which on PostgreSQL is sent them by COPY: below it the two calls for numbers and rows cost what they save.
COPIED_FROM = 50

_KEY = schema.incidents.c.key


def many(connection: Connection, table: sa.Table, rows: Sequence[Json]) -> None:
    """Put rows, all with the same columns, into a table."""
    if _by_copy(connection, rows):
        postgres.copy(connection, table, rows)
    elif rows:
        connection.execute(sa.insert(table), list(rows))


def incidents(connection: Connection, rows: Sequence[Json]) -> Sequence[int]:
    """The keys that rows of incidents were given, in their order."""
    if _by_copy(connection, rows):
        keys: Sequence[int] = postgres.numbers(connection, _KEY, len(rows))
        postgres.copy(connection, schema.incidents, [row | {"key": key} for key, row in zip(keys, rows, strict=True)])
        return keys
    returned = sa.insert(schema.incidents).returning(_KEY, sort_by_parameter_order=True)
    return connection.scalars(returned, list(rows)).all()


def _by_copy(connection: Connection, rows: Sequence[Json]) -> bool:
    return len(rows) >= COPIED_FROM and connection.dialect.name == "postgresql"

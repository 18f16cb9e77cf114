"""What every writing transaction knows: its moment, and that it changed something."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from data import schema

REVISION = "revision"
CHANGED_AT = "changed_at"
_MOMENT = "dateline_moment"
_COUNTED = "dateline_counted"
_STEP = dt.timedelta(microseconds=1)


def begin(connection: Connection) -> None:
    """Give the transaction its moment: now, and later than any change before it even where the clock was put back."""
    last = connection.scalar(meta_value(CHANGED_AT))
    now = dt.datetime.now(dt.UTC).replace(tzinfo=None)
    moment = max(now, dt.datetime.fromisoformat(last) + _STEP) if last else now
    connection.execution_options(**{_MOMENT: moment, _COUNTED: False})


def moment(connection: Connection) -> dt.datetime:
    """When all that this transaction writes becomes known (UTC, without a zone)."""
    found: dt.datetime = connection.get_execution_options()[_MOMENT]
    return found


def changed(connection: Connection) -> None:
    """Count the store's revision up, once a transaction."""
    if connection.get_execution_options()[_COUNTED]:
        return
    value = schema.meta.c.value
    grown = sa.cast(sa.cast(value, sa.Integer) + 1, sa.String)
    connection.execute(sa.update(schema.meta).where(schema.meta.c.key == REVISION).values(value=grown))
    stamp = moment(connection).isoformat(timespec="microseconds")
    connection.execute(sa.update(schema.meta).where(schema.meta.c.key == CHANGED_AT).values(value=stamp))
    connection.execution_options(**{_COUNTED: True})


def meta_value(key: str) -> sa.Select[str]:
    """The query for a value of the table ``meta``."""
    return sa.select(schema.meta.c.value).where(schema.meta.c.key == key)

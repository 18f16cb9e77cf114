"""Stores of an earlier schema brought up to the present one, a module a step; Alembic knows what each database can do.

The store's own table ``meta`` says which schema it has, as it did from the first release on: an older Dateline reads
it there and leaves a newer store alone.
"""

from __future__ import annotations

from importlib import import_module

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy.engine import Connection


def upgrade(connection: Connection, *, found: int, wanted: int) -> None:
    """Take the steps from one schema to another, in the caller's transaction; ``vN`` makes N of N - 1."""
    with Operations.context(MigrationContext.configure(connection)):
        for number in range(found + 1, wanted + 1):
            import_module(f"{__name__}.v{number}").upgrade()

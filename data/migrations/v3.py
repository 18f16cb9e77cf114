"""Schema 3: on PostgreSQL an index in the order of the list."""

from __future__ import annotations

from alembic import op


def upgrade() -> None:
    """Make schema 3 of schema 2; SQLite needs nothing for it."""
    if op.get_context().dialect.name == "postgresql":
        op.execute(
            "CREATE INDEX ix_incidents_latest ON incidents (date_start DESC NULLS LAST, key) WHERE known_until IS NULL"
        )

"""Schema 3: on PostgreSQL indexes in the order of the list and of the review's queue."""

from __future__ import annotations

from alembic import op


def upgrade() -> None:
    """Make schema 3 of schema 2; SQLite needs nothing for it."""
    if op.get_context().dialect.name == "postgresql":
        op.execute(
            "CREATE INDEX ix_incidents_latest ON incidents (date_start DESC NULLS LAST, key) WHERE known_until IS NULL"
        )
        op.execute(f"CREATE INDEX ix_incidents_worth ON incidents ({_WORTH} DESC, key) WHERE {_UNDECIDED}")


_UNDECIDED = "known_until IS NULL AND reviewed IS NULL"
_TOLL = "coalesce(killed_high, killed_low, 0)"
_WORTH = (
    "((1.0 - confidence) + CASE WHEN status = 'disputed' THEN 0.5 ELSE 0.0 END"
    " + CASE WHEN lat IS NULL THEN 0.4 ELSE 0.0 END + CASE WHEN date_start IS NULL THEN 0.2 ELSE 0.0 END"
    f" + CASE WHEN {_TOLL} > 50 THEN 50 ELSE {_TOLL} END * 0.012)"
)

"""Schema 4: how events were graded before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


def upgrade() -> None:
    """Make schema 4 of schema 3; grades of before are not known."""
    op.create_table(
        "past_grades",
        sa.Column("event_id", sa.String, sa.ForeignKey("events.id"), primary_key=True),
        sa.Column("known_until", sa.DateTime, primary_key=True),
        sa.Column("grade", sa.String),
    )

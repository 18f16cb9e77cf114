"""Schema 2: every state of an incident is kept, incidents belong to events, and people's decisions have a table."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

# What read the incidents of a store of schema 1.
_FIRST_RELEASE = "0.1.0"


def upgrade() -> None:
    """Make schema 2 of schema 1; what was stored counts as known since its report was added."""
    op.execute("INSERT INTO meta (key, value) VALUES ('changed_at', '')")
    _new_tables()
    _extend_reports()
    _extend_incidents()


def _new_tables() -> None:
    op.create_table(
        "events",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("redirect_to", sa.String, sa.ForeignKey("events.id", name="fk_events_redirect_to"), index=True),
        sa.Column("retired_at", sa.DateTime),
        sa.Column("grade", sa.String),
    )
    op.create_table(
        "links",
        sa.Column("incident_a", sa.String, primary_key=True),
        sa.Column("incident_b", sa.String, primary_key=True, index=True),
        sa.Column("event_id", sa.String, sa.ForeignKey("events.id"), index=True),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("reasons", sa.JSON, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "merge_keys",
        sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("incident_id", sa.String, primary_key=True, index=True),
    )
    op.create_table(
        "decisions",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("action", sa.String, nullable=False),
        sa.Column("before", sa.JSON, nullable=False),
        sa.Column("after", sa.JSON, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("undoes", sa.Integer, sa.ForeignKey("decisions.number", name="fk_decisions_undoes"), unique=True),
    )
    op.create_table(
        "decision_subjects",
        sa.Column("number", sa.Integer, sa.ForeignKey("decisions.number"), primary_key=True),
        sa.Column("subject", sa.String, primary_key=True, index=True),
    )
    op.create_table(
        "past_readings",
        sa.Column("report_id", sa.String, sa.ForeignKey("reports.id"), primary_key=True),
        sa.Column("known_until", sa.DateTime, primary_key=True),
        sa.Column("language", sa.String),
        sa.Column("places", sa.JSON, nullable=False),
        sa.Column("warnings", sa.JSON, nullable=False),
    )


def _extend_reports() -> None:
    # Said in SQL, which both databases take as it stands: Alembic would copy the whole table on SQLite.
    op.execute("ALTER TABLE reports ADD COLUMN copy_of VARCHAR CONSTRAINT fk_reports_copy_of REFERENCES reports (id)")
    op.add_column("reports", sa.Column("fingerprint", sa.String))
    op.create_index("ix_reports_copy_of", "reports", ["copy_of"])


def _extend_incidents() -> None:
    for column in (
        sa.Column("position", sa.Integer),
        sa.Column("known_from", sa.DateTime),
        sa.Column("known_until", sa.DateTime),
        sa.Column("lead", sa.Boolean),
        sa.Column("reviewed", sa.String),
        sa.Column("origin", sa.String),
        sa.Column("extractor", sa.String),
        sa.Column("machine", sa.JSON),
    ):
        op.add_column("incidents", column)
    op.execute(
        "UPDATE incidents SET lead = true, origin = 'extraction', "
        f"extractor = '{_FIRST_RELEASE}', "
        "known_from = (SELECT added_at FROM reports WHERE reports.id = incidents.report_id), "
        "position = (SELECT count(*) FROM incidents AS earlier WHERE earlier.report_id = incidents.report_id "
        "AND earlier.key < incidents.key)"
    )
    names = {"uq": "%(table_name)s_%(column_0_name)s_key"}  # as PostgreSQL names it; SQLite did not.
    with op.batch_alter_table("incidents", naming_convention=names) as batch:
        for name, kind in _FILLED.items():
            batch.alter_column(name, nullable=False, existing_type=kind)
        batch.drop_constraint("incidents_id_key", type_="unique")
        batch.create_foreign_key("fk_incidents_event_id", "events", ["event_id"], ["id"])
    current = sa.text("known_until IS NULL")
    op.create_index(
        "uq_incidents_current_id", "incidents", ["id"], unique=True, sqlite_where=current, postgresql_where=current
    )
    op.create_index("ix_incidents_id", "incidents", ["id", "known_from"])


_FILLED: dict[str, sa.types.TypeEngine[Any]] = {
    "position": sa.Integer(),
    "known_from": sa.DateTime(),
    "lead": sa.Boolean(),
    "origin": sa.String(),
    "extractor": sa.String(),
}

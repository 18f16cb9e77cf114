"""The store's tables, in SQLAlchemy's terms alone so that SQLite and PostgreSQL get the same.

A report is kept whole, an incident as the JSON of the public contract (``record``) beside the columns that are
searched. Rows of incidents and parties are joined by a small integer key, which keeps a million of them quick; the
contract's ids are what the outside sees.
"""

from __future__ import annotations

import sqlalchemy as sa

SCHEMA_VERSION = 1

metadata = sa.MetaData()

meta = sa.Table(
    "meta",
    metadata,
    sa.Column("key", sa.String, primary_key=True),
    sa.Column("value", sa.String, nullable=False),
)

reports = sa.Table(
    "reports",
    metadata,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("content_hash", sa.String(64), nullable=False, index=True),
    sa.Column("title", sa.Text),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("published", sa.Date),
    sa.Column("publisher", sa.Text),
    sa.Column("url", sa.Text),
    sa.Column("language", sa.String),
    sa.Column("places", sa.JSON, nullable=False),
    sa.Column("warnings", sa.JSON, nullable=False),
    sa.Column("added_at", sa.DateTime, nullable=False),
)

incidents = sa.Table(
    "incidents",
    metadata,
    sa.Column("key", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("id", sa.String, nullable=False, unique=True),
    sa.Column("report_id", sa.ForeignKey("reports.id"), nullable=False, index=True),
    # Filled by the merging of incidents into events; null means not compared with others yet.
    sa.Column("event_id", sa.String, index=True),
    sa.Column("event_type", sa.String, nullable=False, index=True),
    sa.Column("status", sa.String, nullable=False),
    sa.Column("background", sa.Boolean, nullable=False),
    sa.Column("primary", sa.Boolean, nullable=False),
    sa.Column("date_start", sa.Date, index=True),
    sa.Column("date_end", sa.Date),
    sa.Column("date_precision", sa.Integer),
    sa.Column("lat", sa.Float),
    sa.Column("lon", sa.Float),
    sa.Column("radius_km", sa.Float),
    sa.Column("where_precision", sa.Integer),
    sa.Column("country_code", sa.String(2), index=True),
    sa.Column("admin1", sa.Text),
    sa.Column("admin2", sa.Text),
    sa.Column("place_name", sa.Text),
    sa.Column("killed_low", sa.Integer),
    sa.Column("killed_high", sa.Integer),
    sa.Column("wounded_low", sa.Integer),
    sa.Column("wounded_high", sa.Integer),
    sa.Column("confidence", sa.Float, nullable=False),
    sa.Column("record", sa.JSON, nullable=False),
)

incident_actors = sa.Table(
    "incident_actors",
    metadata,
    sa.Column("incident_key", sa.ForeignKey("incidents.key"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("actor_id", sa.String, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("kind", sa.String, nullable=False),
    sa.Column("role", sa.String, nullable=False),
    sa.Column("alleged_by", sa.Text),
    sa.Index("ix_incident_actors_actor_role", "actor_id", "role", "incident_key"),
)

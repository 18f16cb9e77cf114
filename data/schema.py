"""The store's tables, in SQLAlchemy's terms alone so that SQLite and PostgreSQL get the same.

A report is kept whole, an incident as the JSON of the public contract (``record``) beside the columns that are
searched. Nothing is overwritten: whatever changes of an incident (a newer reading, a person's decision, the event it
belongs to) closes its row and adds a new one, so that ``current(moment)`` is all it takes to see the store as it was
known then. Rows of incidents and parties are joined by a small integer key, which keeps a million of them quick; the
contract's ids are what the outside sees.
"""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from data import doubts

SCHEMA_VERSION = 4

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
    # The report that this one repeats word for word or nearly so; null for one that stands on its own.
    sa.Column("copy_of", sa.ForeignKey("reports.id", name="fk_reports_copy_of"), index=True),
    # What near copies are known by (``copies.packed``); null where the text is too short, or was not compared yet.
    sa.Column("fingerprint", sa.String),
)

events = sa.Table(
    "events",
    metadata,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("created_at", sa.DateTime, nullable=False),
    # The event that this one was merged into: whoever knows the old id is sent on.
    sa.Column("redirect_to", sa.ForeignKey("events.id", name="fk_events_redirect_to"), index=True),
    sa.Column("retired_at", sa.DateTime),
    sa.Column("grade", sa.String),
)

incidents = sa.Table(
    "incidents",
    metadata,
    sa.Column("key", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("id", sa.String, nullable=False),
    sa.Column("report_id", sa.ForeignKey("reports.id"), nullable=False, index=True),
    # Its place among the incidents of its report, from 0.
    sa.Column("position", sa.Integer, nullable=False),
    # UTC. Open at the end (null) for the row that holds now.
    sa.Column("known_from", sa.DateTime, nullable=False),
    sa.Column("known_until", sa.DateTime),
    # Filled by the merging of incidents into events; null means not compared with others yet.
    sa.Column("event_id", sa.ForeignKey("events.id", name="fk_incidents_event_id"), index=True),
    # The one incident that stands for its event on map and list.
    sa.Column("lead", sa.Boolean, nullable=False),
    # What people decided: null, accepted, edited or rejected.
    sa.Column("reviewed", sa.String),
    # "extraction", or "import:" and the name of what it was imported from.
    sa.Column("origin", sa.String, nullable=False),
    # The version of Dateline (or of what was imported) that read it.
    sa.Column("extractor", sa.String, nullable=False),
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
    # As shown, people's decisions applied; all columns above follow it.
    sa.Column("record", sa.JSON, nullable=False),
    # As read by machine; null where that is the record itself, which saves a second copy of most.
    sa.Column("machine", sa.JSON(none_as_null=True)),
)

CURRENT = incidents.c.known_until.is_(None)
# Ids are unique among the rows that hold now; the closed ones repeat them.
sa.Index("uq_incidents_current_id", incidents.c.id, unique=True, sqlite_where=CURRENT, postgresql_where=CURRENT)
sa.Index("ix_incidents_id", incidents.c.id, incidents.c.known_from)
# The order of the list, latest first and undated last; SQLite, whose nulls are last so, takes the index of the day.
sa.Index(
    "ix_incidents_latest", incidents.c.date_start.desc().nulls_last(), incidents.c.key, postgresql_where=CURRENT
).ddl_if(dialect="postgresql")
# The order of the review's queue.
WORTH: sa.ColumnElement[float] = sa.literal_column(f"({doubts.WORTH})", sa.Float)
sa.Index(
    "ix_incidents_worth",
    sa.text(f"({doubts.WORTH.replace('incidents.', '')}) DESC"),
    incidents.c.key,
    postgresql_where=sa.and_(CURRENT, incidents.c.reviewed.is_(None)),
).ddl_if(dialect="postgresql")

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

# Why two incidents are taken for one event; without an event where each went into another one.
links = sa.Table(
    "links",
    metadata,
    sa.Column("incident_a", sa.String, primary_key=True),
    sa.Column("incident_b", sa.String, primary_key=True, index=True),
    sa.Column("event_id", sa.ForeignKey("events.id"), index=True),
    sa.Column("score", sa.Float, nullable=False),
    sa.Column("reasons", sa.JSON, nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
)

# Under what the merging finds an incident (``blocking.filed``), as numbers.
merge_keys = sa.Table(
    "merge_keys",
    metadata,
    sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("incident_id", sa.String, primary_key=True, index=True),
)

# What people decided: rows are added and never changed; an undo is a row of its own.
decisions = sa.Table(
    "decisions",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("action", sa.String, nullable=False),
    sa.Column("before", sa.JSON, nullable=False),
    sa.Column("after", sa.JSON, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("undoes", sa.ForeignKey("decisions.number", name="fk_decisions_undoes"), unique=True),
)

# What a decision is about: ids of incidents and events.
decision_subjects = sa.Table(
    "decision_subjects",
    metadata,
    sa.Column("number", sa.ForeignKey("decisions.number"), primary_key=True),
    sa.Column("subject", sa.String, primary_key=True, index=True),
)

# What an earlier reading of a report said of its places, before a newer one took its stead.
past_readings = sa.Table(
    "past_readings",
    metadata,
    sa.Column("report_id", sa.ForeignKey("reports.id"), primary_key=True),
    sa.Column("known_until", sa.DateTime, primary_key=True),
    sa.Column("language", sa.String),
    sa.Column("places", sa.JSON, nullable=False),
    sa.Column("warnings", sa.JSON, nullable=False),
)

# How an event was graded before it was graded anew; null where it had no incident meanwhile.
past_grades = sa.Table(
    "past_grades",
    metadata,
    sa.Column("event_id", sa.ForeignKey("events.id"), primary_key=True),
    sa.Column("known_until", sa.DateTime, primary_key=True),
    sa.Column("grade", sa.String),
)


def current(as_of: dt.datetime | dt.date | None = None) -> sa.ColumnElement[bool]:
    """The condition that a row of ``incidents`` holds now, or was held at a moment (UTC) or by the end of a day."""
    if as_of is None:
        return CURRENT
    moment = moment_of(as_of)
    known = incidents.c
    return sa.and_(known.known_from <= moment, sa.or_(known.known_until.is_(None), known.known_until > moment))


def moment_of(as_of: dt.datetime | dt.date) -> dt.datetime:
    """A moment as the store keeps it (UTC, without a zone); of a day its end."""
    return _in_utc(as_of) if isinstance(as_of, dt.datetime) else _end_of(as_of)


def _in_utc(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(dt.UTC).replace(tzinfo=None) if moment.tzinfo else moment


def _end_of(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.max)

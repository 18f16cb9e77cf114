"""What the desk asks of a store of millions of incidents in PostgreSQL, and by which indexes it answers.

``python -m bench.large fill|ask URL [--number N]``; ``serve`` runs a PostgreSQL of its own and prints the URL. ``fill``
puts made-up incidents into an empty store by COPY, up to MADE of them, and has the database repeat these under other
ids and days until there are so many; the indexes are made afterwards, as one does with millions of rows. ``ask`` tells
the median and the longest of RUNS questions of each kind, each with another party, day or event, after one that warms.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import re
import signal
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from bench import synthetic
from data import dossier, query, schema, worth
from data.progress import say
from data.query import Filters
from data.store import Store
from tests.data import postgres

RUNS = 25
MADE = 2_500_000
WHOLE = 100
# Of a hundred pages of a table those that parties, types and countries are drawn from.
SAMPLED = 0.2
# A gigabyte of shared memory is what a small server gives PostgreSQL; the rest is the file system's.
SETTINGS = {"shared_buffers": "1GB", "work_mem": "32MB", "maintenance_work_mem": "512MB", "max_wal_size": "512MB"}

_OTHER = "left({0}, 1) || (substr({0}, 2)::bigint + :by)"
_REPORT_AS = ", title, text, published, publisher, url, language, places, warnings, added_at, copy_of, fingerprint"
_INCIDENT_AS = (
    ", position, known_from, known_until, lead, reviewed, origin, extractor, event_type, status, background, "
    '"primary", date_precision, lat, lon, radius_km, where_precision, country_code, admin1, admin2, place_name, '
    "killed_low, killed_high, wounded_low, wounded_high, confidence, record, machine"
)
REPEAT = (
    f"INSERT INTO reports (id, content_hash{_REPORT_AS}) SELECT {_OTHER.format('id')}, "
    f"lpad((substr(id, 2)::bigint + :by)::text, 64, '0'){_REPORT_AS} FROM reports WHERE substr(id, 2)::bigint < :many",
    f"INSERT INTO events (id, created_at, redirect_to, retired_at, grade) SELECT {_OTHER.format('id')}, created_at, "
    "redirect_to, retired_at, grade FROM events WHERE substr(id, 2)::bigint <= :many",
    f"INSERT INTO incidents (key, id, report_id, event_id, date_start, date_end{_INCIDENT_AS}) SELECT key + :by, "
    f"{_OTHER.format('id')}, {_OTHER.format('report_id')}, {_OTHER.format('event_id')}, date_start + :turn, "
    f"date_end + :turn{_INCIDENT_AS} FROM incidents WHERE key <= :many",
    "INSERT INTO incident_actors (incident_key, position, actor_id, name, kind, role, alleged_by) SELECT "
    "incident_key + :by, position, actor_id, name, kind, role, alleged_by FROM incident_actors "
    "WHERE incident_key <= :many",
)


def main() -> int:
    """Serve, fill or ask; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["serve", "fill", "ask"])
    parser.add_argument("url", nargs="?")
    parser.add_argument("--number", type=int, default=10_000_000)
    given = parser.parse_args()
    if given.what == "serve":
        # Kept back from the start, so that an end in between does not leave the server running.
        ends = {signal.SIGINT, signal.SIGTERM}
        signal.pthread_sigmask(signal.SIG_BLOCK, ends)
        with postgres.server(**SETTINGS) as server:
            print(server.new_database(), flush=True)
            signal.sigwait(ends)
        return 0
    if not given.url:
        parser.error("name the store to be filled or asked")
    with Store.open(given.url) as store:
        (_fill if given.what == "fill" else _ask)(store, given.number)
    return 0


def _fill(store: Store, number: int) -> None:
    with store.writing() as connection:
        indexes = [one for table in schema.metadata.sorted_tables for one in table.indexes]
        for index in indexes:
            index.drop(connection)
    # Whether each row's report and event are there is known: they were just put in.
    unchecked = "ALTER ROLE CURRENT_USER SET session_replication_role = {}"
    _said(store, unchecked.format("replica"))
    started = time.monotonic()
    synthetic.fill(store, min(number, MADE), whole=WHOLE)
    say(f"by COPY without indexes: {min(number, MADE) / (time.monotonic() - started):,.0f} a second")
    _repeat(store, number)
    _said(store, unchecked.format("DEFAULT"))
    _index(store, indexes)


def _index(store: Store, indexes: Iterable[sa.Index]) -> None:
    started = time.monotonic()
    with store.writing() as connection:
        for index in indexes:
            index.create(connection)
    _said(store, "VACUUM ANALYZE")
    say(f"indexes and statistics made in {time.monotonic() - started:,.0f} s")


def _repeat(store: Store, number: int) -> None:
    """Put in what is there again under other ids, a few days later, until there are so many incidents."""
    with store.reading() as connection:
        many = int(connection.scalar(sa.select(sa.func.max(schema.incidents.c.key))) or 0)
        held = connection.scalar(sa.select(sa.func.count()).select_from(schema.incidents))
    while held and held < number:
        started, turn = time.monotonic(), held // many
        with store.writing() as connection:
            for statement in REPEAT:
                connection.execute(sa.text(statement), {"by": turn * many, "many": many, "turn": turn})
        held += many
        say(f"{held:,} incidents; {many:,} repeated in {time.monotonic() - started:,.0f} s")


def _said(store: Store, statement: str) -> None:
    # Connections that are open already keep the settings that they began with.
    store.engine.dispose()
    with sa.create_engine(store.engine.url, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.exec_driver_sql(statement)


def _ask(store: Store, _: int) -> None:
    with store.reading() as connection:
        many = connection.scalar(sa.select(sa.func.max(schema.incidents.c.key)))
        size = connection.exec_driver_sql("SELECT pg_size_pretty(pg_database_size(current_database()))").scalar()
        parties = _share(connection, schema.incident_actors.c.actor_id)
        kinds, countries = (_share(connection, schema.incidents.c[name]) for name in ("event_type", "country_code"))
    say(f"{many:,} incidents, {size}")
    asked = _questions(store, random.Random(synthetic.SEED), int(many or 1), parties, kinds, countries)
    for name, ask in asked.items():
        ask()
        took = sorted(_seconds(ask) for _ in range(RUNS))
        with _indexes(store) as used:
            ask()
        told = ", ".join(sorted(used))
        say(f"{name:44} {statistics.median(took) * 1000:8,.1f} ms, at most {took[-1] * 1000:8,.1f}; by {told}")


def _share(connection: sa.Connection, column: sa.Column[str]) -> list[str]:
    """The values of a column, as often as a small sample of the table has them."""
    table = sa.tablesample(column.table, sa.func.system(SAMPLED))
    return list(connection.scalars(sa.select(table.c[column.name]).where(table.c[column.name].is_not(None))))


def _questions(
    store: Store, chance: random.Random, many: int, parties: list[str], kinds: list[str], countries: list[str]
) -> dict[str, Callable[[], Any]]:
    def days(long: int) -> dict[str, dt.date]:
        first = synthetic.FIRST + dt.timedelta(chance.randrange(synthetic.DAYS - long))
        return {"date_from": first, "date_to": first + dt.timedelta(long)}

    def of_party(**more: Any) -> Filters:
        return Filters(parties=(chance.choice(parties),), role="perpetrator", **more)

    def of_event() -> str:
        """An incident of an event whose records were kept whole."""
        found = sa.select(schema.incidents.c.id).where(schema.incidents.c.event_id.like("e%00"))
        first = found.where(schema.incidents.c.key >= chance.randrange(min(many, MADE) * 9 // 10))
        with store.reading() as connection:
            return str(connection.scalar(first.order_by(schema.incidents.c.key).limit(1)))

    events = iter([of_event() for _ in range(RUNS + 2)])
    kind, country = (lambda: chance.choice(kinds)), (lambda: chance.choice(countries))
    return {
        "map: 50 lines of its list": lambda: query.by_keys(store, [chance.randrange(many) for _ in range(50)]),
        "map: an incident opened": lambda: query.incident(store, f"i{chance.randrange(many)}"),
        "card: an event whole, with its trail": lambda: dossier.of(store, next(events)),
        "review: the first 60 of the queue": lambda: worth.queue(store, Filters(leads_only=True), limit=60),
        "list: the latest 200": lambda: query.incidents(store, Filters(), limit=200),
        "list: one type in one country, a month, 200": lambda: query.incidents(
            store, Filters(event_types=(kind(),), countries=(country(),), **days(30)), limit=200
        ),
        "list: one party's, in a year, 200": lambda: query.incidents(store, of_party(**days(365)), limit=200),
    }


def _seconds(ask: Callable[[], Any]) -> float:
    started = time.perf_counter()
    ask()
    return time.perf_counter() - started


@contextmanager
def _indexes(store: Store) -> Iterator[Counter[str]]:
    """The indexes by which PostgreSQL answers what is asked meanwhile; tables that are read whole by their names."""
    used: Counter[str] = Counter()

    def explain(connection: Any, _: Any, statement: str, given: Any, *__: Any) -> None:
        if statement.startswith("SELECT") and "nextval" not in statement:
            cursor = connection.connection.driver_connection.cursor()
            plan = "\n".join(row[0] for row in cursor.execute(f"EXPLAIN {statement}", given).fetchall())
            used.update(re.findall(r"(?:using|Bitmap Index Scan on) (\w+)", plan))
            used.update(f"all of {name}" for name in re.findall(r"Seq Scan on (\w+)", plan))

    sa.event.listen(store.engine, "before_cursor_execute", explain)
    yield used
    sa.event.remove(store.engine, "before_cursor_execute", explain)


if __name__ == "__main__":
    sys.exit(main())

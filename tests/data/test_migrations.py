"""A store of an earlier schema is brought up to date with all that it holds, once, whoever opens it first."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from data import query, schema
from data.query import Filters
from data.store import Store
from extract.errors import StoreError
from geo import contract
from tests.data import fakes

HERE = Path(__file__).parent
# Indexes that PostgreSQL alone has.
ORDERS = {"ix_incidents_latest", "ix_incidents_worth"}
KINDS = {
    "sqlite": {"serial": "INTEGER", "moment": "DATETIME"},
    "postgresql": {"serial": "SERIAL", "moment": "TIMESTAMP"},
}


@pytest.fixture
def old(url: str) -> str:
    """The URL of a store of schema 1."""
    engine = sa.create_engine(url)
    script = (HERE / "stores" / "v1.sql").read_text().format(**KINDS[engine.dialect.name])
    with engine.begin() as connection:
        for statement in script.split(";\n"):
            if statement.strip():
                connection.exec_driver_sql(statement)
    engine.dispose()
    return url


def test_all_that_was_stored_is_there_and_known_since_it_was_added(old: str) -> None:
    with Store.open(old) as store:
        rows = query.incidents(store, Filters())
        assert [(r.id, r.event_id, r.lead, r.reviewed) for r in rows] == [
            ("r1-0", None, True, None),
            ("r2-0", None, True, None),
            ("r2-1", None, True, None),
        ]
        assert [p.name for p in rows[0].parties] == ["Islamic State"]
        assert [r.id for r in query.incidents_of(store, "r2")] == ["r2-0", "r2-1"]
        assert query.totals(store, Filters(as_of=dt.date(2024, 1, 1))).incidents == 0
        assert query.totals(store, Filters(as_of=dt.date(2024, 1, 2))).incidents == 1
        assert query.totals(store, Filters(as_of=dt.date(2024, 2, 2))).incidents == 3
        found = query.report(store, "r2")
        assert found
        assert (found.warnings, found.copy_of, store.revision()) == (("w",), None, 2)
        with store.reading() as connection:
            row = connection.execute(sa.select(schema.incidents).where(schema.incidents.c.id == "r2-1")).one()
        assert (row.position, row.origin, row.extractor, row.machine, row.known_until) == (
            1,
            "extraction",
            "0.1.0",
            None,
            None,
        )


@pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based index")
def test_it_is_then_as_if_made_anew(old: str) -> None:
    with Store.open(old) as store:
        with store.engine.connect() as connection:
            found = MigrationContext.configure(connection, opts={"include_object": _belongs(connection.dialect.name)})
            assert compare_metadata(found, schema.metadata) == []
            if connection.dialect.name == "sqlite":
                assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
                assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        source = fakes.report(3)
        assert store.add(source, contract.reading(fakes.reading(source)))
        assert query.totals(store, Filters()).incidents == 4
        twice = contract.reading(fakes.reading(fakes.report(4), fakes.incident(source)))
        with pytest.raises(StoreError):
            store.add(fakes.report(4), twice)


def _belongs(dialect: str) -> Callable[..., bool]:
    """What a database of this kind has of the schema, but for the index whose words Alembic cannot compare."""
    return lambda _, name, *__: name not in ORDERS or (dialect == "postgresql" and name != "ix_incidents_worth")


def test_postgresql_gets_the_same_indexes_by_either_way(old: str) -> None:
    with Store.open(old) as store:
        migrated = _orders(store)
        with store.writing() as connection:
            for index in schema.incidents.indexes:
                if index.name in migrated:
                    index.drop(connection)
                    index.create(connection)
        assert set(migrated) == (ORDERS if store.engine.dialect.name == "postgresql" else set())
        assert _orders(store) == migrated


def _orders(store: Store) -> dict[str, str]:
    if store.engine.dialect.name == "sqlite":
        return {}
    with store.reading() as connection:
        found = connection.exec_driver_sql("SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'incidents'")
        return {name: words for name, words in found if name in ORDERS}


def test_two_processes_bring_it_up_to_date_at_once(old: str) -> None:
    call = [sys.executable, "-c", "import sys; from data.store import Store; Store.open(sys.argv[1]).close()", old]
    both = [subprocess.Popen(call, cwd=HERE.parents[1]) for _ in range(2)]
    assert [process.wait(60) for process in both] == [0, 0]
    with Store.open(old) as store:
        assert query.totals(store, Filters()).incidents == 3


def test_a_step_that_fails_leaves_the_old_store(old: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("data.migrations.v2._FILLED", {"no_such_column": sa.Integer()})
        with pytest.raises((StoreError, KeyError)):
            Store.open(old)
    with Store.open(old) as store:
        assert query.totals(store, Filters()).incidents == 3

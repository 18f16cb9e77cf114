"""A backup holds all of a store, of either database, and goes back into either."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from data import backup, review, rows, schema
from data.store import Store
from extract.errors import InputError, StoreError
from geo import contract
from tests.data import fakes, postgres

ME: dict[str, Any] = {"who": "Ana", "reason": "the list: ‘90’ — ٩٠"}


def add(store: Store, number: int) -> None:
    source = fakes.report(number)
    store.add(source, contract.reading(fakes.reading(source, fakes.incident(source, 0), fakes.incident(source, 1))))


@pytest.fixture
def filled(store: Store) -> Store:
    """Reports, one a copy of a later one; decisions, one undone; events, one leading to a later one."""
    for number in range(1, 4):
        add(store, number)
    review.edit(store, "r1-0", {"killed_high": 90}, **ME)
    review.merge(store, "r2-0", "r1-0", **ME)
    review.undo(store, review.reject(store, "r3-1", **ME).number, **ME)
    with store.writing() as connection:
        connection.execute(sa.update(schema.reports).where(schema.reports.c.id == "r1").values(copy_of="r3"))
    return store


def everything(store: Store) -> dict[str, list[Any]]:
    with store.reading() as connection:
        tables = schema.metadata.sorted_tables
        return {
            table.name: [
                tuple(row) for row in connection.execute(sa.select(table).order_by(*table.primary_key.columns))
            ]
            for table in tables
        }


def test_a_backup_is_a_store_with_all_of_it(filled: Store, tmp_path: Path) -> None:
    held = everything(filled)
    backup.save(tmp_path / "kept.db", filled)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith((".", "kept"))] == ["kept.db"]
    with Store.open(f"sqlite:///{tmp_path / 'kept.db'}") as kept:
        assert everything(kept) == held


@pytest.mark.parametrize("into", ["sqlite", "postgresql"])
def test_it_goes_back_into_either_and_work_goes_on(
    filled: Store, tmp_path: Path, into: str, request: pytest.FixtureRequest
) -> None:
    backup.save(tmp_path / "kept.db", filled)
    url = f"sqlite:///{tmp_path / 'again.db'}"
    if into == "postgresql":
        running: postgres.Server = request.getfixturevalue("postgres_server")
        url = running.new_database()
    with Store.open(url) as again:
        backup.restore(tmp_path / "kept.db", again)
        assert everything(again) == everything(filled)
        add(again, 9)
        assert review.accept(again, "r9-0", who="Ana").number == 5
        review.undo(again, 1, **ME)
        with again.reading() as connection:
            assert rows.incident(connection, "r1-0").killed_high == 62


def test_a_backup_of_an_older_schema_goes_in_and_stays_as_it_is(store: Store, tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    script = (Path(__file__).parent / "stores" / "v1.sql").read_text().format(serial="INTEGER", moment="DATETIME")
    with closing(sqlite3.connect(old)) as file, file:
        file.executescript(script)
    before = old.read_bytes()
    backup.restore(old, store)
    assert len(everything(store)["incidents"]) == 3
    assert old.read_bytes() == before


def test_nothing_is_overwritten(filled: Store, tmp_path: Path) -> None:
    backup.save(tmp_path / "kept.db", filled)
    before = (tmp_path / "kept.db").read_bytes()
    with pytest.raises(InputError, match=r"kept.db is there already; a backup overwrites nothing"):
        backup.save(tmp_path / "kept.db", filled)
    with pytest.raises(InputError, match="is not empty; a backup goes into an empty one alone"):
        backup.restore(tmp_path / "kept.db", filled)
    assert (tmp_path / "kept.db").read_bytes() == before


def test_what_cannot_be_done_says_why(store: Store, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"/none/kept.db cannot be written: there is no folder"):
        backup.save(tmp_path / "none" / "kept.db", store)
    with pytest.raises(InputError, match="there is no backup"):
        backup.restore(tmp_path / "none.db", store)
    (tmp_path / "minutes.db").write_text("These are minutes of a meeting, " * 50)
    with pytest.raises(StoreError, match="not a Dateline store"):
        backup.restore(tmp_path / "minutes.db", store)

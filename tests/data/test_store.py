"""What goes into the store stays as it was; what cannot go in says why."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from data import paths, query, rows, schema
from data.query import Filters
from data.store import Store
from extract.errors import InputError, StoreError
from geo import contract
from tests.data import fakes, postgres

ALL = Filters(statuses=(), include_background=True)


def add(store: Store, number: int, **changes: object) -> bool:
    source = fakes.report(number, **changes)
    return store.add(source, contract.reading(fakes.reading(source)))


def file_url(path: Path) -> str:
    return f"sqlite:///{path}"


def test_adding_twice_changes_nothing(store: Store) -> None:
    assert add(store, 1)
    before = query.incident(store, "r1-0"), query.report(store, "r1"), store.revision()
    assert not add(store, 1)
    assert (query.incident(store, "r1-0"), query.report(store, "r1"), store.revision()) == before
    assert store.holds(fakes.report(1))
    assert not store.holds(fakes.report(2))


@pytest.mark.parametrize(
    "changes", [{"text": "Other."}, {"title": None}, {"published": dt.date(2016, 9, 19)}, {"publisher": "Other"}]
)
def test_the_same_id_with_other_content_is_refused(store: Store, changes: dict[str, object]) -> None:
    add(store, 1)
    before = query.report(store, "r1"), store.revision()
    with pytest.raises(InputError, match="stored already with other content"):
        add(store, 1, **changes)
    with pytest.raises(InputError):
        store.holds(fakes.report(1, **changes))
    assert (query.report(store, "r1"), store.revision()) == before


def test_the_record_is_the_contract_object(store: Store) -> None:
    source = fakes.report(1)
    whole = contract.reading(fakes.reading(source))
    store.add(source, whole)
    found = query.incident(store, "r1-0")
    assert found
    assert found.record == whole["incidents"][0]
    assert found.report.text == source.text


def test_a_report_goes_in_whole_or_not_at_all(store: Store) -> None:
    source = fakes.report(1)
    twice = contract.reading(fakes.reading(source, fakes.incident(source, 0), fakes.incident(source, 0)))
    with pytest.raises(StoreError):
        store.add(source, twice)
    assert query.report(store, "r1") is None
    assert query.totals(store, ALL) == query.Totals(0, 0, 0)
    assert add(store, 1)


def test_a_report_without_incidents_is_kept(store: Store) -> None:
    source = fakes.report(1)
    assert store.add(source, {**contract.reading(fakes.reading(source)), "incidents": []})
    assert query.report(store, "r1")
    assert query.totals(store, ALL).incidents == 0


def test_the_revision_grows_with_each_change(store: Store) -> None:
    seen = [store.revision()]
    for number in (1, 1, 2):
        add(store, number)
        seen.append(store.revision())
    assert seen == [0, 1, 1, 2]


def test_a_store_is_found_again_in_wal_mode(tmp_path: Path) -> None:
    with Store.open(file_url(tmp_path / "a.db")) as first:
        add(first, 1)
    with Store.open(file_url(tmp_path / "a.db")) as again:
        assert query.totals(again, ALL).reports == 1
    assert sqlite3.connect(tmp_path / "a.db").execute("PRAGMA journal_mode").fetchone() == ("wal",)


def _newer(path: Path) -> None:
    Store.open(file_url(path)).close()
    # Closed, so that the log is written back before the bytes are compared and not whenever it is collected.
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("UPDATE meta SET value = ? WHERE key = 'schema_version'", (str(schema.SCHEMA_VERSION + 1),))


def _foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("CREATE TABLE notes (x)")


@pytest.mark.parametrize(
    "prepare, reason",
    [
        (_newer, "written by a newer Dateline .* Nothing was changed"),
        (_foreign, "database of another program"),
        (lambda path: path.write_text("These are minutes of a meeting, " * 50), "not a Dateline store"),
        (lambda path: path.mkdir(), "is a folder"),
    ],
)
def test_what_is_no_store_is_left_alone(tmp_path: Path, prepare, reason: str) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "a.db"
    prepare(path)
    before = path.is_file() and path.read_bytes()
    with pytest.raises(StoreError, match=reason):
        Store.open(file_url(path))
    assert (path.is_file() and path.read_bytes()) == before


@pytest.mark.parametrize(
    "address, reason",
    [
        ("nonsense", "not an SQLAlchemy URL"),
        ("oracle9://x/y", "not an SQLAlchemy URL"),
        ("sqlite:////no/such/folder/a.db", "cannot be opened"),
    ],
)
def test_a_bad_address_is_explained(address: str, reason: str) -> None:
    with pytest.raises(StoreError, match=reason):
        Store.open(address)


def test_a_password_is_not_shown() -> None:
    with pytest.raises(StoreError) as caught:
        Store.open("postgresql+psycopg://me:secret@127.0.0.1:1/x")
    assert "secret" not in str(caught.value)


def test_a_locked_store_says_so_and_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Store.open(file_url(path), busy_seconds=0.1) as store:
        add(store, 1)
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="locked by another program"):
            add(store, 2)
        assert query.totals(store, ALL).reports == 1
        other.execute("ROLLBACK")
        assert add(store, 2)


def test_a_store_that_is_locked_whole_cannot_be_opened(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreError, match="locked by another program"):
        Store.open(file_url(path), busy_seconds=0.1)


def test_a_read_only_store_can_be_read_and_refuses_writing(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Store.open(file_url(path)) as store:
        add(store, 1)
    with Store.open(f"sqlite:///file:{path}?mode=ro&uri=true") as store:
        assert query.totals(store, ALL).reports == 1
        with pytest.raises(StoreError, match="read-only"):
            add(store, 2)
        assert query.totals(store, ALL).reports == 1


WRITER = """
import sys
from data.store import Store
from tests.data.test_store import add
store = Store.open(sys.argv[1])
first, last = int(sys.argv[2]), int(sys.argv[3])
for number in range(first, last):
    add(store, number)
    print(number, flush=True)
"""


def writer(url: str, first: int, last: int) -> subprocess.Popen[str]:
    call = [sys.executable, "-c", WRITER, url, str(first), str(last)]
    return subprocess.Popen(call, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2])


@pytest.mark.parametrize("reports", [1, 25])
def test_a_killed_writer_loses_nothing_that_it_said_was_stored(url: str, reports: int) -> None:
    started = time.monotonic()
    process = writer(url, 0, 100_000)
    assert process.stdout
    said = [int(process.stdout.readline()) for _ in range(reports)]
    os.kill(process.pid, signal.SIGKILL)
    said += [int(line) for line in process.stdout.read().split("\n")[:-1]]
    process.wait()
    assert time.monotonic() - started < 60
    with Store.open(url) as store:
        held = query.incidents(store, ALL)
        assert {row.report_id for row in held} >= {f"r{number}" for number in said}
        assert all(len(row.parties) == 2 for row in held)
        assert query.totals(store, ALL).reports == len(held)
        assert not add(store, said[-1])
        assert add(store, 200_000)


def test_two_writers_at_once_both_finish(url: str) -> None:
    both = [writer(url, 0, 40), writer(url, 20, 60)]
    assert [process.wait(60) for process in both] == [0, 0]
    with Store.open(url) as store:
        assert query.totals(store, ALL) == query.Totals(60, 60, 60)


def test_a_writer_of_postgresql_that_waits_in_vain_says_so(postgres_server: postgres.Server) -> None:
    address = postgres_server.new_database()
    with Store.open(address, busy_seconds=0.1) as store, Store.open(address) as other:
        with other.writing(), pytest.raises(StoreError, match="is being written by another program"):
            add(store, 1)
        assert add(store, 1)


def test_a_reader_sees_one_state_throughout(url: str) -> None:
    with Store.open(url) as store, Store.open(url) as other:
        add(store, 1)
        count = sa.select(sa.func.count()).select_from(schema.incidents)
        with store.reading() as connection:
            assert connection.scalar(count) == 1
            add(other, 2)
            assert connection.scalar(count) == 1
        with store.reading() as connection:
            assert connection.scalar(count) == 2


def test_what_becomes_known_later_has_a_later_moment_though_the_clock_went_back(store: Store) -> None:
    ahead = dt.datetime.now(dt.UTC).replace(tzinfo=None) + dt.timedelta(days=1)
    with store.writing() as connection:
        rows.insert(connection, fakes.report(1), contract.reading(fakes.reading(fakes.report(1))))
        connection.execute(
            sa.update(schema.meta).where(schema.meta.c.key == "changed_at").values(value=ahead.isoformat())
        )
    add(store, 2)
    with store.reading() as connection:
        assert rows.incident(connection, "r2-0").known_from > ahead


def test_paths_follow_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATELINE_DB", raising=False)
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path / "home"))
    assert paths.store_url() == f"sqlite:///{tmp_path / 'home' / 'dateline.db'}"
    assert paths.cache_dir() == tmp_path / "home" / "cache"
    assert paths.cache_dir().is_dir()
    monkeypatch.setenv("DATELINE_DB", "sqlite:////tmp/x.db")
    assert paths.store_url() == "sqlite:////tmp/x.db"

"""``doctor`` names what is wrong and its mend; ``licences`` lists what Dateline runs on."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from importlib.metadata import distribution
from pathlib import Path

import pytest

from data import doctor, learned_files, licences, reference
from data.doctor import Finding
from data.store import Store


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder with nothing in it, as after a fresh clone."""
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path))
    monkeypatch.delenv("DATELINE_DB", raising=False)
    return tmp_path


def about(what: str) -> Finding:
    (found,) = [one for one in doctor.findings() if one.about == what]
    return found


def test_a_fresh_clone_lacks_its_name_index_alone(home: Path) -> None:
    found = {one.about: one for one in doctor.findings()}
    assert {name for name, one in found.items() if one.state == "mend"} <= {"index", "space"}
    assert (found["index"].state, found["index"].mend) == ("mend", doctor.BUILD)
    assert "there is no name index" in found["index"].told
    assert "the first report makes it" in found["store"].told
    assert list(home.rglob("*.db")) == []


def test_a_built_index_is_fine_and_then_broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reference.open_gazetteer().close()
    built = reference.index_path()
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path))
    path = reference.index_path()
    shutil.copy(built, path)
    assert doctor._index().state == "ok"
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE meta SET value = 'of other sources' WHERE key = 'digest'")
    assert "is older than its sources" in doctor._index().told
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    broken = doctor._index()
    assert (broken.state, "is broken" in broken.told, broken.mend) == ("mend", True, f"remove it, then {doctor.BUILD}")
    path.write_text("no index at all")
    assert "is broken" in doctor._index().told


def test_a_missing_model_is_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_MODEL", "no_such_model")
    found = about("model")
    assert found.state == "mend"
    assert "'no_such_model' cannot be loaded" in found.told
    assert "unset DATELINE_MODEL" in found.mend


def test_a_damaged_model_of_sentences_is_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert about("sentences").state == "ok"
    monkeypatch.setattr(learned_files, "NETWORK", home / "cut.onnx")
    (home / "cut.onnx").write_bytes(learned_files.PIECES.read_bytes()[:1000])
    found = about("sentences")
    assert (found.state, "cut.onnx cannot be read" in found.told) == ("mend", True)
    assert "git checkout" in found.mend


def _store(home: Path) -> Path:
    Store.open().close()
    return home / "dateline.db"


def _newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE meta SET value = '999' WHERE key = 'schema_version'")


def _older(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE meta SET value = '1' WHERE key = 'schema_version'")


def _another(path: Path) -> None:
    path.write_bytes(b"something else entirely " * 99)


@pytest.mark.parametrize(
    "change, state, told",
    [
        (lambda path: None, "ok", "reachable, free to write"),
        (_older, "ok", "it is brought up to"),
        (_newer, "mend", "written by a newer Dateline"),
        (_another, "mend", "the file holds something else"),
    ],
)
def test_the_store_is_looked_at_and_left_as_it_is(home: Path, change, state: str, told: str) -> None:  # type: ignore[no-untyped-def]
    path = _store(home)
    change(path)
    before = path.read_bytes()
    found = about("store")
    assert (found.state, told in found.told) == (state, True), found
    assert path.read_bytes() == before


def test_a_locked_store_is_named(home: Path) -> None:
    with closing(sqlite3.connect(_store(home), isolation_level=None)) as db:
        db.execute("BEGIN IMMEDIATE")
        found = about("store")
    assert (found.state, "is locked by another program" in found.told) == ("mend", True)


def test_a_server_that_is_not_there_is_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_DB", "postgresql+psycopg://ana:secret@127.0.0.1:9/none")
    found = about("store")
    assert (found.state, "no PostgreSQL answers" in found.told) == ("mend", True)
    assert "secret" not in found.told


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte that is full."""
    folder = tmp_path / "small"
    folder.mkdir()
    call = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if os.getuid() or subprocess.run(call, capture_output=True).returncode:
        pytest.skip("only root may mount a small disk; the finding on little space is tested without one too")
    try:
        (folder / "cache").mkdir()
        (folder / "full").write_bytes(b"x" * (shutil.disk_usage(folder).free))
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_named(small_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_HOME", str(small_disk))
    found = about("space")
    assert (found.state, "0 MB free" in found.told, "make room" in found.mend) == ("mend", True, True)


@pytest.mark.parametrize("free, state", [(0, "mend"), (doctor.LEAST_FREE - 1, "mend"), (doctor.LEAST_FREE, "ok")])
def test_little_space_is_named(free: int, state: str) -> None:
    assert doctor.space(Path("/home"), free).state == state


def test_licences_reach_what_packages_need() -> None:
    found = {one.name: one for one in licences.packages()}
    assert found["streamlit"].licence == "Apache-2.0" or "Apache" in found["streamlit"].licence
    # Needed through distributed, and through psycopg's extra.
    assert {"dask", "psycopg-binary"} <= set(found)
    assert found["dask"].version == distribution("dask").version
    assert "pytest" not in found

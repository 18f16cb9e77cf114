"""What ``add`` could not read is put aside, and tried again without touching anything else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data import feeds, ingest, retry
from data.ingest import Stored
from data.memory import Memory
from data.store import Store
from extract.read.records import Defaults, Refusal
from tests.data.test_watching import Sulky
from tests.data.web import Web, web
from tests.test_cli import run

PAGE = "http://news.example.org/page/1"


@pytest.fixture
def site() -> Iterator[Web]:
    with web() as made:
        yield made


@pytest.fixture
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Memory]:
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path / "home"))
    made = Memory("sqlite:///a.db")
    yield made
    made.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path / 'store.db'}") as opened:
        yield opened


def added(source: str, store: Store, memory: Memory, reader: Sulky, site: Web) -> list[Stored | Refusal]:
    rows = feeds.rows(source, site.fetcher())
    return list(retry.noted(ingest.add(rows, lambda: reader, store), memory))


def tried(store: Store, memory: Memory, reader: Sulky, site: Web) -> list[tuple[str, bool] | str]:
    rows = retry.rows(memory, site.fetcher(), Defaults())
    found = retry.noted(ingest.add(rows, lambda: reader, store), memory)
    return [str(one) if isinstance(one, Refusal) else (one.row.report.text, one.new) for one in found]


def aside(memory: Memory) -> list[int]:
    return [one.refusal.line for one in memory.aside()]


def test_what_works_now_is_stored_and_nothing_else_is_read(
    store: Store, memory: Memory, site: Web, tmp_path: Path
) -> None:
    file, reader = tmp_path / "a.jsonl", Sulky()
    file.write_text('{"text": "Homs was hit."}\n{"text": "Tuzla was hit."}\n{"text": 5}\n{"text": 6}\n')
    added(str(file), store, memory, reader, site)
    assert aside(memory) == [2, 3, 4]
    reader.hated.clear()
    reader.calls.clear()
    # The third line is mended, the fourth is gone, the first one is another that nobody asked for again.
    file.write_text('{"text": "Raqqa was hit."}\n{"text": "Tuzla was hit."}\n{"text": "Idlib was hit."}\n')
    assert tried(store, memory, reader, site) == [("Tuzla was hit.", True), ("Idlib was hit.", True)]
    assert len(reader.calls) == 2
    assert aside(memory) == []
    assert tried(store, memory, reader, site) == []


def test_what_fails_again_stays_with_its_newer_reason(store: Store, memory: Memory, site: Web, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text('{"text": 5}\n')
    added(str(file), store, memory, Sulky(), site)
    file.write_text('{"text": ""}\n')
    assert ["'text'" in str(one) for one in tried(store, memory, Sulky(), site)] == [True]
    file.unlink()
    (gone,) = tried(store, memory, Sulky(), site)
    assert "a.jsonl, line 1: " in str(gone)
    assert aside(memory) == [1]


def test_a_site_that_came_back(store: Store, memory: Memory, site: Web) -> None:
    site.failing = True
    added(PAGE, store, memory, Sulky(), site)
    assert [one.refusal.source for one in memory.aside()] == [PAGE]
    site.failing = False
    assert [new for _, new in tried(store, memory, Sulky(), site)] == [True]
    assert aside(memory) == []


def test_what_is_added_again_whole_leaves_the_list_too(store: Store, memory: Memory, site: Web, tmp_path: Path) -> None:
    file, reader = tmp_path / "a.txt", Sulky()
    file.write_text("Tuzla was hit.")
    added(str(file), store, memory, reader, site)
    reader.hated.clear()
    added(str(file), store, memory, reader, site)
    assert aside(memory) == []


@pytest.mark.parametrize("call", [("add",), ("add", "a.txt", "--retry")])
def test_one_of_both_is_asked_for(tmp_path: Path, call: tuple[str, ...]) -> None:
    (tmp_path / "a.txt").write_text("x")
    done = run(tmp_path, *(str(tmp_path / one) if one.endswith(".txt") else one for one in call))
    assert (done.returncode, done.stdout) == (2, "")
    assert "name what to add, or --retry" in done.stderr

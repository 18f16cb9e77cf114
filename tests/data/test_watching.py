"""Feeds and folders followed, with a server that grows, fails and comes back, and a reader that fails on one report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from data import watching
from data.memory import Memory
from data.store import Store
from data.watching import Watcher
from extract.records import Report
from geo.records import Reading
from tests.data import fakes
from tests.data.web import PUBLIC, Web, web

FEED = "http://news.example.org/feed"


@dataclass
class Sulky(fakes.FakeReader):
    """Fails on texts with a word that can be changed."""

    hated: list[str] = field(default_factory=lambda: ["Tuzla"])

    def read(self, source: Report) -> Reading:
        """The standard reading; raises on a hated text."""
        if any(word in source.text for word in self.hated):
            raise ValueError("a defect")
        return super().read(source)


@dataclass
class Desk:
    """A store with its memory, a server, and a reader."""

    store: Store
    memory: Memory
    site: Web
    folder: Path
    reader: Sulky = field(default_factory=Sulky)

    def watcher(self, *sources: str, every: float = 60.0) -> Watcher:
        """A new one, as after a restart."""
        return Watcher(sources, self.store, lambda: self.reader, self.memory, fetcher=self.site.fetcher(), every=every)

    def write(self, name: str, text: str) -> None:
        """A file in the watched folder."""
        self.folder.mkdir(exist_ok=True)
        (self.folder / name).write_text(text)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path / "home"))
    with web() as site, Store.open(f"sqlite:///{tmp_path / 'store.db'}") as store:
        memory = Memory(store.url)
        yield Desk(store, memory, site, tmp_path / "in")
        memory.close()


def test_a_feed_that_grows_is_followed(desk: Desk) -> None:
    first = desk.watcher(FEED).round()
    still = desk.watcher(FEED).round()
    desk.site.entries = 3
    asked = len(desk.site.asked)
    grown = desk.watcher(FEED).round()
    assert [(one.new, one.unchanged) for one in (first, still, grown)] == [(1, 0), (0, 1), (2, 0)]
    assert [path for path, _ in desk.site.asked[asked:]] == ["/robots.txt", "/feed", "/page/2", "/page/3"]


def test_what_means_ill_is_refused_or_bounded_and_the_rest_goes_on(desk: Desk) -> None:
    """Entries of a feed, and sources of their own, that lead inside, never end or unpack to too much."""
    site, inside = "http://news.example.org", "http://inside.example.org/x"
    metadata = f"{site}/to/http:__169.254.169.254_latest"
    traps = (f"{site}/to/http:__127.0.0.1_", metadata, inside, f"{site}/endless", f"{site}/bomb", "file:///etc/passwd")
    desk.site.entries, desk.site.traps = 2, traps
    done = desk.watcher(inside, metadata, f"{site}/endless", f"{site}/bomb", f"{site}/missing", FEED).round()
    # An entry whose page cannot be had stays as the feed brings it.
    assert done.new == len(traps) + 2
    said = " ".join(one.reason for one in done.refused)
    for reason in ("leads to 127.0.0.1", "leads to 169.254.169.254", "is larger than", "answers 404"):
        assert reason in said
    assert len(done.refused) == 5
    assert set(desk.site.connected) == {PUBLIC}


def test_a_site_that_fails_is_left_alone_and_named(desk: Desk) -> None:
    desk.site.failing = True
    desk.write("a.txt", "Homs was shelled.")
    failed = desk.watcher(FEED, str(desk.folder)).round()
    assert (failed.new, [one.reason for one in failed.refused]) == (1, ["the site answers 503 Service Unavailable"])
    desk.site.failing = False
    waiting = desk.watcher(FEED).round()
    assert (waiting.waiting, waiting.new, desk.memory.visit(FEED).failures) == (1, 0, 1)
    again = desk.watcher().retry()
    assert (again.new, list(desk.memory.aside())) == (1, [])


def test_waits_grow_with_each_failure(desk: Desk) -> None:
    waits = []
    for _ in range(3):
        desk.watcher("http://inside.example.org/feed", every=100.0).round()
        visit = desk.memory.visit("http://inside.example.org/feed")
        (aside,) = desk.memory.aside()
        assert visit.next_at is not None
        waits.append(round((visit.next_at - aside.at).total_seconds(), -2))
        desk.memory.visited("http://inside.example.org/feed", watching.Visit(failures=visit.failures))
    assert waits == [100, 200, 400]


def test_a_folder_is_read_as_it_fills(desk: Desk) -> None:
    source = str(desk.folder)
    empty = desk.watcher(source).round()
    desk.write("a.txt", "Homs was shelled.")
    first = desk.watcher(source).round()
    desk.write("b.txt", "Raqqa was hit.")
    second = desk.watcher(source).round()
    still = desk.watcher(source).round()
    assert [one.new for one in (empty, first, second, still)] == [0, 1, 1, 0]


def test_what_fails_is_put_aside_and_tried_again(desk: Desk) -> None:
    desk.write("a.jsonl", '{"text": "Homs was hit."}\n{"text": "Tuzla was hit."}\n{"text": 5}\n')
    done = desk.watcher(str(desk.folder)).round()
    assert done.new == 1
    assert [(one.refusal.line, one.refusal.reason.split(",")[0]) for one in desk.memory.aside()] == [
        (2, "could not be read"),
        (3, "'text' is a number"),
    ]
    desk.reader.hated.clear()
    again = desk.watcher().retry()
    assert (again.new, again.known) == (1, 1)
    assert [one.refusal.line for one in desk.memory.aside()] == [3]
    desk.write("a.jsonl", '{"text": "Homs was hit."}\n')
    desk.watcher(str(desk.folder)).round()
    assert list(desk.memory.aside()) == []


def test_an_interruption_leaves_nothing_out(desk: Desk) -> None:
    desk.site.entries = 3
    rows = desk.watcher(FEED)._from_address(watching._Look(FEED), watching.Round())
    next(rows)
    rows.close()
    assert desk.memory.visit(FEED) == watching.Visit()
    assert desk.watcher(FEED).round().new == 3


def test_rounds_are_told_of_and_added_up(desk: Desk) -> None:
    told: list[str] = []
    desk.write("a.txt", "Homs was shelled.")

    def stop(_: float) -> None:
        raise KeyboardInterrupt

    total = watching.follow(desk.watcher(str(desk.folder)), tell=told.append, sleep=stop)
    assert total.new == 1
    assert "1 reports stored with 1 incidents" in told[0]
    assert told[-1].startswith("stopped")


def test_each_store_has_a_memory_of_its_own(desk: Desk) -> None:
    desk.memory.seen(["a"])
    assert desk.memory.has_seen("a")
    other = Memory("sqlite:///other.db")
    assert not other.has_seen("a")
    other.close()

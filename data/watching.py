"""Feeds, pages and folders followed: what is new is added, at an interval; what fails is put aside for another try."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from data import feeds, ingest
from data.fetch import Fetcher
from data.ingest import Open, Stored
from data.memory import Memory, Visit
from data.store import Store
from extract.errors import FetchError, InputError
from extract.read import file
from extract.read.records import Defaults, Refusal, Row, content_hash

# Seconds; each failure in a row doubles the wait, up to a day.
MOST_WAIT = 86400.0
_DOUBLINGS = 10


@dataclass(slots=True)
class Round:
    """What one round over all sources brought."""

    new: int = 0
    known: int = 0
    incidents: int = 0
    refused: list[Refusal] = field(default_factory=list)
    unchanged: int = 0
    waiting: int = 0

    def __str__(self) -> str:
        """One line for a log."""
        parts = [f"{self.new} reports stored with {self.incidents} incidents", f"{self.known} stored already"]
        parts += [f"{self.unchanged} sources unchanged"] if self.unchanged else []
        parts += [f"{self.waiting} sources waiting after a failure"] if self.waiting else []
        parts += [f"{len(self.refused)} put aside"] if self.refused else []
        return ", ".join(parts)


@dataclass(slots=True)
class _Look:
    """One look at a source: what of it was read, and what to remember once that was dealt with."""

    source: str
    read: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    visit: Visit | None = None


class Watcher:
    """Follows sources into a store; ``memory`` knows what was seen before, so that each round reads what is new."""

    def __init__(
        self,
        sources: Sequence[str],
        store: Store,
        open_reader: Open,
        memory: Memory,
        *,
        fetcher: Fetcher | None = None,
        defaults: Defaults | None = None,
        every: float = 300.0,
    ) -> None:
        self._sources, self._store, self._open, self._memory = tuple(sources), store, open_reader, memory
        self._fetcher, self._defaults, self._every = fetcher or Fetcher(), defaults or Defaults(), every

    def rounds(self, *, once: bool = False, sleep: Callable[[float], None] = time.sleep) -> Iterator[Round]:
        """One round after another, ``every`` seconds from start to start; ends after the first if only ``once``."""
        while True:
            began = time.monotonic()
            yield self.round()
            if once:
                return
            sleep(max(0.0, began + self._every - time.monotonic()))

    def round(self) -> Round:
        """Each source looked at once, what is new added; it counts as seen only when all of it was dealt with."""
        done = Round()
        for source in self._sources:
            look = _Look(source)
            rows = self._from_address(look, done) if feeds.is_address(source) else self._from_path(look, done)
            failed = self._add(rows, done)
            for one in look.read:
                self._memory.forget_aside(one)
            self._put_aside(failed, done)
            self._memory.seen(look.marks)
            if look.visit:
                self._memory.visited(source, look.visit)
        return done

    def retry(self) -> Round:
        """What was put aside tried again; what works now is taken off the list."""
        done = Round()
        for source in self._memory.aside_sources():
            failed = self._add(self._again(source), done)
            self._memory.forget_aside(source)
            self._put_aside(failed, done)
        return done

    def _add(self, rows: Iterator[Row | Refusal], done: Round) -> list[Refusal]:
        failed = []
        for item in ingest.add(rows, self._open, self._store):
            if isinstance(item, Stored):
                done.new += item.new
                done.known += not item.new
                done.incidents += item.incidents
            else:
                failed.append(item)
        return failed

    def _put_aside(self, failed: list[Refusal], done: Round) -> None:
        done.refused += failed
        for one in failed:
            self._memory.put_aside(one)

    def _again(self, source: str) -> Iterator[Row | Refusal]:
        try:
            yield from feeds.rows(source, self._fetcher, defaults=self._defaults)
        except InputError as error:
            yield Refusal(source, 1, str(error))

    def _from_path(self, look: _Look, done: Round) -> Iterator[Row | Refusal]:
        """The files of a folder or pattern that are new or changed since."""
        for path in self._files(look.source):
            try:
                stat = path.stat()
                mark = f"{path.resolve()} {stat.st_mtime_ns} {stat.st_size}"
                if self._memory.has_seen(mark):
                    continue
                look.marks.append(mark)
                look.read.append(str(path))
                yield from file.rows(path, defaults=self._defaults)
            except (InputError, OSError) as error:
                yield Refusal(str(path), 1, str(error))
        done.unchanged += not look.read

    def _files(self, source: str) -> list[Path]:
        """The files of a source; none where it is an empty folder, in which nothing has arrived yet."""
        try:
            return file.files(source)
        except InputError:
            return []

    def _from_address(self, look: _Look, done: Round) -> Iterator[Row | Refusal]:
        """The entries of a feed, or the page, where they are new; nothing while the site is left alone."""
        last, now = self._memory.visit(look.source), dt.datetime.now(dt.UTC)
        if last.next_at and now < last.next_at:
            done.waiting += 1
            return
        try:
            found = self._fetcher.get(look.source, etag=last.etag, modified=last.modified)
        except FetchError as error:
            wait = max(error.wait or 0.0, min(self._every * 2.0 ** min(last.failures, _DOUBLINGS), MOST_WAIT))
            later = now + dt.timedelta(seconds=wait)
            look.visit = Visit(last.etag, last.modified, later, last.failures + 1)
            yield Refusal(look.source, 1, str(error))
            return
        look.read.append(look.source)
        if found.body is None:
            done.unchanged += 1
            look.visit = Visit(last.etag, last.modified)
            return
        look.visit = Visit(found.etag, found.modified)

        def wanted(row: Row) -> bool:
            mark = f"{look.source} {content_hash(row.report)}"
            look.marks.append(mark)
            return not self._memory.has_seen(mark)

        yield from feeds.of_fetched(look.source, found, self._fetcher, defaults=self._defaults, wanted=wanted)


def follow(
    watcher: Watcher,
    *,
    once: bool = False,
    retry: bool = False,
    tell: Callable[[str], None] = lambda _: None,
    sleep: Callable[[float], None] = time.sleep,
) -> Round:
    """Rounds until interrupted (or one, or one over what was put aside), each told of; all of them added up."""
    total = Round()
    try:
        for done in [watcher.retry()] if retry else watcher.rounds(once=once, sleep=sleep):
            for failed in done.refused:
                tell(f"put aside: {failed}")
            tell(f"{dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M:%S} UTC: {done}")
            total.new, total.known = total.new + done.new, total.known + done.known
            total.incidents += done.incidents
            total.refused += done.refused
    except KeyboardInterrupt:
        tell("stopped; what was not dealt with is looked at again next time")
    return total

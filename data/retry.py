"""What ``add`` could not read is put aside in ``data.memory`` with its reason, and can be tried again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from data import feeds
from data.fetch import Fetcher
from data.ingest import Stored
from data.memory import INSIDE, Memory
from extract.errors import InputError
from extract.read.records import Defaults, Refusal, Row

Place = tuple[str, int]


def noted(items: Iterable[Stored | Refusal], memory: Memory) -> Iterator[Stored | Refusal]:
    """The items as they are: what is refused is put aside, and what works now is taken off the list."""
    known = _places(memory)
    for item in items:
        if isinstance(item, Refusal):
            memory.put_aside(replace(item, source=_whole(item.source)))
        elif (at := (_whole(item.row.source), item.row.line)) in known:
            memory.forget_line(*at)
        yield item


def rows(memory: Memory, fetcher: Fetcher, defaults: Defaults) -> Iterator[Row | Refusal]:
    """What was put aside, read from its sources again; of a file no other row, of an address all that is there.

    What is no longer there is taken off the list.
    """
    wanted = _places(memory)
    for source in memory.aside_sources():
        left = {at for at in wanted if at[0].partition(INSIDE)[0] == source}
        try:
            for item in feeds.rows(source, fetcher, defaults=defaults):
                at = (item.source, item.line)
                if at in left or feeds.is_address(source):
                    left.discard(at)
                    yield item
        except InputError as error:
            for _, line in sorted(left):
                yield Refusal(source, line, str(error))
            continue
        for gone in left:
            memory.forget_line(*gone)


def _places(memory: Memory) -> set[Place]:
    return {(one.refusal.source, one.refusal.line) for one in memory.aside()}


def _whole(source: str) -> str:
    """A source's name that is the same from any folder."""
    return source if feeds.is_address(source) else str(Path(source).absolute())

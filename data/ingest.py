"""Rows of files -> readings, in input order, by this process or by several; and readings -> the store."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any, Protocol

from data.store import Store
from extract.errors import DatelineError, InputError
from extract.read.records import Refusal, Row
from extract.records import Report
from geo import contract
from geo.records import Reading

Json = dict[str, Any]
# Rows given to each worker ahead of the one awaited: enough that none waits, few enough to stay small in memory.
AHEAD = 4


class Reads(Protocol):
    """What reads a report: ``geo.reading.Reader``, or a stand-in for it."""

    def read(self, report: Report, /) -> Reading:
        """All that was read from one report."""


# Opens a reader; a function of a module, so that it can be named to another process.
Open = Callable[[], Reads]


@dataclass(frozen=True, slots=True)
class Extracted:
    """A row with its report's reading as the contract's JSON object."""

    row: Row
    reading: Json


@dataclass(frozen=True, slots=True)
class Stored:
    """A row that is in the store now; ``new`` is False where it was there already. ``incidents`` counts its own."""

    row: Row
    new: bool
    incidents: int


_In = Row | Refusal | Stored
_Out = Extracted | Refusal | Stored


def extract(rows: Iterable[Row | Refusal], open_reader: Open, *, workers: int = 1) -> Iterator[Extracted | Refusal]:
    """Each row's reading in order, refusals passed through; a report that fails to be read is refused alone."""
    for item in _read(rows, open_reader, workers):
        if not isinstance(item, Stored):
            yield item


def add(
    rows: Iterable[Row | Refusal], open_reader: Open, store: Store, *, workers: int = 1
) -> Iterator[Stored | Refusal]:
    """Each row read and stored in order; what the store holds already is not read again.

    Raises StoreError where the store fails; all that was yielded until then is stored.
    """
    for item in _read(_unless_stored(rows, store), open_reader, workers):
        yield _store(item, store) if isinstance(item, Extracted) else item


def _unless_stored(rows: Iterable[Row | Refusal], store: Store) -> Iterator[Row | Refusal | Stored]:
    for item in rows:
        if isinstance(item, Refusal):
            yield item
            continue
        try:
            yield Stored(item, new=False, incidents=0) if store.holds(item.report) else item
        except InputError as error:
            yield _refused(item, str(error))


def _store(item: Extracted, store: Store) -> Stored | Refusal:
    try:
        new = store.add(item.row.report, item.reading)
    except InputError as error:
        return _refused(item.row, str(error))
    return Stored(item.row, new, len(item.reading["incidents"]) if new else 0)


def _read(items: Iterable[_In], open_reader: Open, workers: int) -> Iterator[_Out]:
    """Every row read, in order; whatever else comes by is passed on in its place."""
    if workers > 1:
        yield from _read_by_many(items, open_reader, workers)
        return
    reader = open_reader()
    for item in items:
        yield _read_one(item, reader) if isinstance(item, Row) else item


def _read_one(row: Row, reader: Reads) -> Extracted | Refusal:
    try:
        return Extracted(row, contract.reading(reader.read(row.report)))
    except DatelineError as error:
        return _refused(row, str(error))
    except Exception as error:  # One report that trips a defect must not end a run over thousands.
        return _refused(row, f"could not be read, by a defect of Dateline's ({type(error).__name__}: {error})"[:300])


def _read_by_many(items: Iterable[_In], open_reader: Open, workers: int) -> Iterator[_Out]:
    # Spawned, not forked: a fork would copy the progress bar's thread and open database connections half-way.
    pool = ProcessPoolExecutor(workers, get_context("spawn"), initializer=_name_reader, initargs=(open_reader,))
    waiting: deque[_Out | Future[Extracted | Refusal]] = deque()
    try:
        for item in items:
            waiting.append(pool.submit(_read_in_worker, item) if isinstance(item, Row) else item)
            if len(waiting) > workers * AHEAD:
                yield _done(waiting.popleft())
        while waiting:
            yield _done(waiting.popleft())
    except BrokenProcessPool as error:
        raise DatelineError("a worker process ended, perhaps for want of memory; try fewer --workers") from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _done(item: _Out | Future[Extracted | Refusal]) -> _Out:
    return item.result() if isinstance(item, Future) else item


_worker: dict[str, Any] = {}


def _name_reader(open_reader: Open) -> None:
    _worker["open"] = open_reader


def _read_in_worker(row: Row) -> Extracted | Refusal:
    # Opened with the first report and not before: an error of opening then reaches the caller as what it is.
    if "reader" not in _worker:
        _worker["reader"] = _worker["open"]()
    return _read_one(row, _worker["reader"])


def _refused(row: Row, reason: str) -> Refusal:
    return Refusal(row.source, row.line, reason)

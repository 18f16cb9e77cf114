"""Rows of files -> readings, in input order, by this process or by others; and readings -> the store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain, islice
from threading import Lock
from typing import Any, Protocol

from data import events, spread, version
from data.events import Merger
from data.store import Store
from extract.errors import DatelineError, InputError
from extract.read.records import Refusal, Row
from extract.records import Report
from geo import contract
from geo.records import Reading

Json = dict[str, Any]
# Reports handed over together: a parser is about twice as quick on a batch as on one text after another.
BATCH = 16


class Reads(Protocol):
    """What reads a report: ``geo.reading.Reader``, or a stand-in for it."""

    def read_many(self, reports: Iterable[Report], /) -> Iterator[Reading]:
        """One reading a report, in order."""


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


def extract(
    rows: Iterable[Row | Refusal], open_reader: Open, *, workers: int = 1, scheduler: str | None = None
) -> Iterator[Extracted | Refusal]:
    """Each row's reading in order, refusals passed through; a report that fails to be read is refused alone.

    ``scheduler`` names a Dask scheduler (``data.spread``) that reads instead of this machine's processes.
    """
    for item in _read(rows, open_reader, workers, scheduler):
        if not isinstance(item, Stored):
            yield item


def add(
    rows: Iterable[Row | Refusal],
    open_reader: Open,
    store: Store,
    *,
    workers: int = 1,
    scheduler: str | None = None,
    again: bool = False,
) -> Iterator[Stored | Refusal]:
    """Each row read, stored and given to events in order; what the store holds already is read ``again`` if asked.

    Raises StoreError where the store fails; all that was yielded until then is stored.
    """
    merger = Merger()
    for item in _read(rows if again else _unless_stored(rows, store), open_reader, workers, scheduler):
        yield _store(item, store, merger, again) if isinstance(item, Extracted) else item


def _unless_stored(rows: Iterable[Row | Refusal], store: Store) -> Iterator[Row | Refusal | Stored]:
    for item in rows:
        if isinstance(item, Refusal):
            yield item
            continue
        try:
            yield Stored(item, new=False, incidents=0) if store.holds(item.report) else item
        except InputError as error:
            yield _refused(item, str(error))


def _store(item: Extracted, store: Store, merger: Merger, again: bool) -> Stored | Refusal:
    try:
        new = events.add(store, item.row.report, item.reading, merger)
        if again and not new:
            events.reread(store, item.row.report, item.reading, merger)
    except InputError as error:
        return _refused(item.row, str(error))
    return Stored(item.row, new, len(item.reading["incidents"]) if new else 0)


def _read(items: Iterable[_In], open_reader: Open, workers: int, scheduler: str | None) -> Iterator[_Out]:
    """Every row read, in order; whatever else comes by is passed on in its place."""
    batches = _batches(items)
    if workers == 1 and not scheduler:
        once = cache(open_reader)
        read: Iterator[list[_Out]] = (_read_batch(batch, once) for batch in batches)
    else:
        work = partial(_read_by_worker, version.current(), open_reader)
        read = (
            spread.by_dask(batches, work, scheduler, workers)
            if scheduler
            else spread.by_processes(batches, work, workers)
        )
    yield from chain.from_iterable(read)


def _batches(items: Iterable[_In]) -> Iterator[list[_In]]:
    left = iter(items)
    while batch := list(islice(left, BATCH)):
        yield batch


def _read_batch(batch: list[_In], open_reader: Open) -> list[_Out]:
    """The batch with its rows read; the reader is opened with the first row and not before."""
    rows = [item for item in batch if isinstance(item, Row)]
    read = iter(_read_rows(rows, open_reader()) if rows else ())
    return [next(read) if isinstance(item, Row) else item for item in batch]


def _read_rows(rows: list[Row], reader: Reads) -> list[Extracted | Refusal]:
    """Every row's reading; where reading them together fails, each is read alone to find whose fault it is."""
    try:
        readings = reader.read_many(row.report for row in rows)
        return [Extracted(row, contract.reading(reading)) for row, reading in zip(rows, readings, strict=True)]
    except DatelineError as error:
        return [_refused(rows[0], str(error))] if len(rows) == 1 else _each_alone(rows, reader)
    except Exception as error:  # One report that trips a defect must not end a run over thousands.
        reason = f"could not be read, by a defect of Dateline's ({type(error).__name__}: {error})"[:300]
        return [_refused(rows[0], reason)] if len(rows) == 1 else _each_alone(rows, reader)


def _each_alone(rows: list[Row], reader: Reads) -> list[Extracted | Refusal]:
    return [_read_rows([row], reader)[0] for row in rows]


_reading = Lock()


@cache
def _opened(open_reader: Open) -> Reads:
    return open_reader()


def _read_by_worker(version_wanted: str, open_reader: Open, batch: list[_In]) -> list[_Out]:
    """The batch read in another process, whose reader is opened with its first batch and kept."""
    if version.current() != version_wanted:
        raise DatelineError(f"a worker has Dateline {version.current()}, this is {version_wanted}")
    # A worker of somebody's cluster may have several threads; the reader is made for one.
    with _reading:
        return _read_batch(batch, lambda: _opened(open_reader))


def _refused(row: Row, reason: str) -> Refusal:
    return Refusal(row.source, row.line, reason)

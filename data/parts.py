"""Readings as a folder of Parquet parts, on any file system that fsspec knows; a part that is there is not read again.

A part holds the outcome of ``SIZE`` rows of the input, in input order. It appears when it is whole, and carries the
hash of the rows it was made from, so that a run that was cut off goes on where it stopped.
"""

from __future__ import annotations

import hashlib
import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq

from data import version
from data.ingest import BATCH, Extracted
from extract.errors import DatelineError, InputError
from extract.read.records import Refusal, Row, content_hash

# Whole batches, so that reports share a batch with the same others whichever parts are there already. At the 5 to
# 10 reports a second of one core (docs/scale.md) a lost part costs one to two minutes of one worker.
SIZE = 32 * BATCH
SCHEMA = pa.schema(
    [
        pa.field("source", pa.string(), nullable=False),
        pa.field("line", pa.int64(), nullable=False),
        pa.field("report_id", pa.string()),
        pa.field("report", pa.string()),
        pa.field("reading", pa.string()),
        pa.field("refused", pa.string()),
    ]
)
_HASH, VERSION = b"dateline_rows", b"dateline_version"
# What the files of a folder are called.
NAMES = "part-*.parquet"

Read = Callable[[Iterator[Row | Refusal]], Iterator[Extracted | Refusal]]


@dataclass(frozen=True, slots=True)
class Kept:
    """A report whose reading is in a part; ``before`` is True where an earlier run put it there."""

    report_id: str
    before: bool


@dataclass(slots=True)
class _Part:
    number: int
    rows: list[Row | Refusal]
    digest: str = field(init=False)

    def __post_init__(self) -> None:
        # Without the sources' paths: an input that was moved meanwhile is still the same.
        said = [[r.line, _said(r)] for r in self.rows]
        self.digest = hashlib.sha256(json.dumps(said).encode()).hexdigest()

    @property
    def name(self) -> str:
        return f"part-{self.number:06d}.parquet"


def is_folder(output: str) -> bool:
    """True where the name of an output is that of a folder: it ends with a slash, or is a folder that is there."""
    return output.endswith("/") or ("://" not in output and Path(output).is_dir())


def extract(rows: Iterable[Row | Refusal], folder: str, read: Read, *, size: int = SIZE) -> Iterator[Kept | Refusal]:
    """Each row's outcome in order, after its part was written; ``read`` gets the rows whose part is not there yet.

    Raises InputError where the folder holds parts of other reports, DatelineError where it cannot be written.
    """
    home = _Folder(folder)
    planned: deque[tuple[_Part, bool]] = deque()

    def left() -> Iterator[Row | Refusal]:
        for part in _parts(rows, size):
            done = home.holds(part)
            planned.append((part, done))
            if not done:
                yield from part.rows

    found = read(left())
    for first in found:
        while planned[0][1]:
            yield from home.outcome(planned.popleft()[0])
        part, _ = planned.popleft()
        outcome = [first, *islice(found, len(part.rows) - 1)]
        home.write(part, outcome)
        yield from (one if isinstance(one, Refusal) else Kept(one.row.report.id, before=False) for one in outcome)
    for part, _ in planned:
        yield from home.outcome(part)


def _parts(rows: Iterable[Row | Refusal], size: int) -> Iterator[_Part]:
    left, number = iter(rows), 0
    while some := list(islice(left, size)):
        yield _Part(number, some)
        number += 1


def _said(row: Row | Refusal) -> str:
    return row.reason if isinstance(row, Refusal) else f"{row.report.id} {content_hash(row.report)}"


class _Folder:
    def __init__(self, name: str) -> None:
        try:
            self._files, self._home = fsspec.core.url_to_fs(name.rstrip("/") or "/")
            self._files.makedirs(self._home, exist_ok=True)
        except (OSError, ImportError, ValueError) as error:
            raise InputError(f"{name} cannot be used for results: {error}") from error

    def _path(self, part: _Part) -> str:
        return f"{self._home}/{part.name}"

    def holds(self, part: _Part) -> bool:
        if not self._files.exists(self._path(part)):
            return False
        try:
            with self._files.open(self._path(part), "rb") as file:
                meta = pq.read_schema(file).metadata or {}
        except (OSError, pa.ArrowException):
            # Cut off by a crash of the machine, where the file system kept no order: it is made again.
            return False
        if meta.get(_HASH) != part.digest.encode() or meta.get(VERSION) != version.current().encode():
            raise InputError(
                f"{self._path(part)} was made from other reports, or by another version of Dateline; "
                "name another folder, or remove this one"
            )
        return True

    def outcome(self, part: _Part) -> Iterator[Kept | Refusal]:
        with self._files.open(self._path(part), "rb") as file:
            columns = pq.read_table(file, columns=["source", "line", "report_id", "refused"]).to_pylist()
        for row in columns:
            if row["refused"] is None:
                yield Kept(row["report_id"], before=True)
            else:
                yield Refusal(row["source"], row["line"], row["refused"])

    def write(self, part: _Part, outcome: list[Extracted | Refusal]) -> None:
        meta = {_HASH: part.digest.encode(), VERSION: version.current().encode()}
        table = pa.Table.from_pylist([_line(one) for one in outcome], SCHEMA.with_metadata(meta))
        draft = f"{self._home}/.{part.name}.draft"
        try:
            with self._files.open(draft, "wb") as file:
                pq.write_table(table, file, compression="zstd")
            self._files.mv(draft, self._path(part))
        except OSError as error:
            raise DatelineError(f"{self._path(part)} cannot be written: {error.strerror or error}") from error


def _line(one: Extracted | Refusal) -> dict[str, Any]:
    if isinstance(one, Refusal):
        return {"source": one.source, "line": one.line, "refused": one.reason}
    report = one.row.report
    fields = {name: getattr(report, name) for name in ("text", "title", "publisher", "url", "language")}
    published = report.published.isoformat() if report.published else None
    return {
        "source": one.row.source,
        "line": one.row.line,
        "report_id": report.id,
        "report": json.dumps({"id": report.id, **fields, "published": published}, ensure_ascii=False),
        "reading": json.dumps(one.reading, ensure_ascii=False, allow_nan=False),
    }

"""A folder of parts (``data.parts``) into the store, a part a transaction: read on many machines, stored here.

PostgreSQL takes the rows by COPY. The same parts twice change nothing, and a run that was cut off goes on with the
first part that is not stored.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from data import parts, rows, schema
from data.events import Merger
from data.ingest import Extracted, Stored
from data.store import Store
from extract.errors import InputError
from extract.read import fields
from extract.read.records import Defaults, Refusal, Row, content_hash

_R = schema.reports.c
_Outcome = Extracted | Refusal


def are_parts(path: str) -> bool:
    """True where a path is a folder that holds parts, or an address of a file system that only parts are read from."""
    if "://" in path:
        return not path.lower().startswith(("http://", "https://"))
    return Path(path).is_dir() and next(Path(path).glob(parts.NAMES), None) is not None


def count(folder: str) -> int:
    """How many rows the parts hold."""
    return sum(_rows_of(files, name) for files, name in _files(folder))


def add(folder: str, store: Store, *, merge: bool = True) -> Iterator[Stored | Refusal]:
    """Each row's outcome in order, once its part is stored and its incidents are given to events (if to ``merge``).

    Raises InputError where there are no parts, StoreError where the store fails; what was yielded until then is stored.
    """
    merger = Merger() if merge else None
    for files, name in _files(folder):
        try:
            with files.open(name, "rb") as file:
                extractor, outcomes = _read(file)
        except (OSError, pa.ArrowException, InputError) as error:
            yield Refusal(name, 1, f"is no part that can be read ({_first_line(error)})")
            continue
        with store.writing() as connection:
            stored = _store(connection, outcomes, extractor, merger)
        yield from stored


def _files(folder: str) -> list[tuple[Any, str]]:
    try:
        files, home = fsspec.core.url_to_fs(folder.rstrip("/"))
        found = sorted(files.glob(f"{home}/{parts.NAMES}"))
    except (OSError, ImportError, ValueError) as error:
        raise InputError(f"{folder} cannot be read: {error}") from error
    if not found:
        raise InputError(f"{folder} holds no parts of results ({parts.NAMES})")
    return [(files, name) for name in found]


def _rows_of(files: Any, name: str) -> int:
    try:
        with files.open(name, "rb") as file:
            return int(pq.read_metadata(file).num_rows)
    except (OSError, pa.ArrowException):
        return 1


def _read(file: BinaryIO) -> tuple[str, list[_Outcome]]:
    """The version of Dateline that read a part, and the outcome of each row."""
    table = pq.read_table(file)
    said = (table.schema.metadata or {}).get(parts.VERSION)
    if said is None or not set(parts.SCHEMA.names) <= set(table.column_names):
        raise InputError("it was not written by Dateline")
    return said.decode(), [_outcome(row) for row in table.select(parts.SCHEMA.names).to_pylist()]


def _outcome(row: dict[str, Any]) -> _Outcome:
    if row["refused"] is not None:
        return Refusal(row["source"], row["line"], row["refused"])
    try:
        report, reading = fields.report(json.loads(row["report"]), Defaults()), json.loads(row["reading"])
        for record in reading["incidents"]:
            rows.columns_of(record)
        if {report.id} != {reading["report_id"], *(one["report_id"] for one in reading["incidents"])}:
            raise InputError("its reading is of another report")
    except (InputError, ValueError, KeyError, TypeError, AttributeError) as error:
        return Refusal(row["source"], row["line"], f"the part holds what is no reading ({_first_line(error)})")
    return Extracted(Row(row["source"], row["line"], report), reading)


def _store(
    connection: Connection, outcomes: Sequence[_Outcome], extractor: str, merger: Merger | None
) -> list[Stored | Refusal]:
    known = _hashes(connection, [one.row.report.id for one in outcomes if isinstance(one, Extracted)])
    found: list[Stored | Refusal] = []
    fresh: list[Extracted] = []
    for one in outcomes:
        if isinstance(one, Refusal):
            found.append(one)
            continue
        told = content_hash(one.row.report)
        new = one.row.report.id not in known
        if known.setdefault(one.row.report.id, told) != told:
            found.append(Refusal(one.row.source, one.row.line, rows.other_content(one.row.report.id)))
            continue
        fresh += [one] if new else []
        found.append(Stored(one.row, new, len(one.reading["incidents"]) if new else 0))
    _put(connection, fresh, extractor, merger)
    return found


def _put(connection: Connection, fresh: Sequence[Extracted], extractor: str, merger: Merger | None) -> None:
    reports = [one.row.report for one in fresh]
    records = [record for one in fresh for record in one.reading["incidents"]]
    readings = {one.row.report.id: one.reading for one in fresh}
    rows.extend(connection, reports, records, extractor=extractor, readings=readings)
    left = iter([record["id"] for record in records])
    while merger and (ids := list(islice(left, rows.CHUNK))):
        merger.attach(connection, ids)


def _hashes(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """Content hash by id, of the reports that are stored."""
    found = (connection.execute(sa.select(_R.id, _R.content_hash).where(_R.id.in_(one))) for one in rows.chunks(ids))
    return {row.id: row.content_hash for part in found for row in part}


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]

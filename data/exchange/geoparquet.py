"""GeoParquet 1.1: points as WKB in WGS 84 beside the flat columns, written and read a batch at a time."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
from pyarrow import parquet

from data.exchange import flat
from data.query import IncidentDetail
from extract.errors import InputError

Json = dict[str, Any]
Box = list[float]
# Rows held at a time: with the reports' texts some tens of megabytes.
BATCH = 2_000
GEOMETRY = "geometry"
_ARROW = {str: pa.string(), bool: pa.bool_(), int: pa.int64(), float: pa.float64()}
SCHEMA = pa.schema(
    [
        *(pa.field(name, _ARROW[kind]) for name, kind in flat.TYPES.items()),
        pa.field(flat.TEXT, pa.string()),
        pa.field(flat.RECORD, pa.string()),
        pa.field(GEOMETRY, pa.binary()),
    ]
)
# Well-known binary: byte order, geometry type 1 (point), x, y.
_POINT = struct.Struct("<BIdd")


class _Pipe:
    """A stream as pyarrow wants it: one that counts what it was given, for pipes cannot tell."""

    closed = False

    def __init__(self, out: BinaryIO) -> None:
        self._out, self._written = out, 0

    def write(self, part: bytes) -> int:
        self._out.write(part)
        self._written += len(part)
        return len(part)

    def tell(self) -> int:
        return self._written

    def flush(self) -> None:
        self._out.flush()

    def close(self) -> None:
        """The stream stays open: it belongs to who handed it over."""


def write(out: BinaryIO, found: Iterable[IncidentDetail]) -> int:
    """Write the rows with the ``geo`` metadata; their number. The geometry is null where the place is not known."""
    number, box, left = 0, None, iter(found)
    file = pa.PythonFile(_Pipe(out), mode="w")
    with parquet.ParquetWriter(file, SCHEMA, compression="zstd") as writer:
        while rows := [_row(detail) for detail in islice(left, BATCH)]:
            writer.write_table(pa.Table.from_pylist(rows, SCHEMA))
            number += len(rows)
            box = _around(box, rows)
        writer.add_key_value_metadata({"geo": json.dumps(_metadata(box)), "credit": flat.CREDIT})
    return number


def read(path: Path | str) -> Iterator[Json]:
    """The rows of a file as Dateline writes it; raises InputError where it is no Parquet file."""
    try:
        with parquet.ParquetFile(path) as file:
            if flat.RECORD not in file.schema_arrow.names:
                raise InputError(f"{path} is no GeoParquet file of Dateline's: it has no column '{flat.RECORD}'")
            wanted = [name for name in file.schema_arrow.names if name != GEOMETRY]
            for batch in file.iter_batches(BATCH, columns=wanted):
                yield from batch.to_pylist()
    except (pa.ArrowException, OSError) as error:
        raise InputError(f"{path} cannot be read as Parquet: {(str(error).splitlines() or ['?'])[0]}") from error


def _row(detail: IncidentDetail) -> Json:
    named = flat.properties(detail)
    lat, lon = named["latitude"], named["longitude"]
    located = lat is not None and lon is not None
    return {
        **named,
        flat.TEXT: detail.report.text,
        flat.RECORD: flat.compact(detail.record),
        GEOMETRY: _POINT.pack(1, 1, lon, lat) if located else None,
    }


def _around(box: Box | None, rows: list[Json]) -> Box | None:
    """The box (west, south, east, north) made as large as the rows' points ask for."""
    points = [(row["longitude"], row["latitude"]) for row in rows if row[GEOMETRY]]
    if box:
        points += [(box[0], box[1]), (box[2], box[3])]
    if not points:
        return None
    lons, lats = zip(*points, strict=True)
    return [min(lons), min(lats), max(lons), max(lats)]


def _metadata(box: Box | None) -> Json:
    """The file's ``geo`` entry; without ``crs`` the coordinates are longitude and latitude in WGS 84 (OGC:CRS84)."""
    column = {"encoding": "WKB", "geometry_types": ["Point"], **({"bbox": box} if box else {})}
    return {"version": "1.1.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: column}}

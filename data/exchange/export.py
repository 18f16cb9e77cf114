"""Stored incidents out, streamed: as many as there are in the memory of a few hundred."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from typing import BinaryIO, TextIO

from data.exchange import geojson, geoparquet, kml, lines, tables
from data.query import Filters, IncidentDetail, details
from data.store import Store

Writer = Callable[[BinaryIO, Iterable[IncidentDetail]], int]
TextWriter = Callable[[TextIO, Iterable[IncidentDetail]], int]


def _encoded(write_text: TextWriter) -> Writer:
    """The writer of words as a writer of UTF-8 bytes, line ends as they are."""

    def write_bytes(out: BinaryIO, found: Iterable[IncidentDetail]) -> int:
        words = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
        try:
            return write_text(words, found)
        finally:
            words.detach()

    return write_bytes


FORMATS: dict[str, Writer] = {
    "csv": _encoded(tables.write_own),
    "geojson": _encoded(geojson.write),
    "kml": _encoded(kml.write),
    "geoparquet": geoparquet.write,
    "acled": _encoded(tables.write_acled),
    "ucdp": _encoded(tables.write_ucdp),
    "jsonl": _encoded(lines.write),
}


def write(store: Store, filters: Filters, kind: str, out: BinaryIO) -> int:
    """Write the incidents under the filters as one of FORMATS, oldest addition first; the number written."""
    return FORMATS[kind](out, details(store, filters))


def content(store: Store, filters: Filters, kind: str) -> bytes:
    """The same in memory, for a download."""
    out = io.BytesIO()
    write(store, filters, kind, out)
    return out.getvalue()

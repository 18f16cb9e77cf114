"""Stored incidents out, streamed: as many as there are in the memory of a few hundred."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from typing import BinaryIO, TextIO

from data.discretion import Discretion, all_discreet
from data.exchange import geojson, geoparquet, kml, lines, stored, tables
from data.query import Filters, IncidentDetail, details, details_of
from data.store import Store

Writer = Callable[[BinaryIO, Iterable[IncidentDetail]], int]
TextWriter = Callable[[TextIO, Iterable[IncidentDetail]], int]


OPENLY = Discretion()


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
    "store": stored.write,
}


def write(store: Store, filters: Filters, kind: str, out: BinaryIO, how: Discretion = OPENLY) -> int:
    """Write the incidents under the filters as one of FORMATS, oldest addition first; the number written.

    ``how`` says what of them is withheld.
    """
    return FORMATS[kind](out, all_discreet(details(store, filters), how))


def content(store: Store, filters: Filters, kind: str) -> bytes:
    """The same in memory, for a download."""
    out = io.BytesIO()
    write(store, filters, kind, out)
    return out.getvalue()


def content_of(store: Store, keys: Sequence[int], kind: str, how: Discretion = OPENLY) -> bytes:
    """The states of incidents with these keys, in memory."""
    out = io.BytesIO()
    FORMATS[kind](out, all_discreet(details_of(store, keys), how))
    return out.getvalue()

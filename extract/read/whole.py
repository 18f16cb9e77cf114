"""A document that has to be read as a whole, parsed in the child process -> its reports."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from extract.errors import InputError
from extract.read import fields
from extract.read.child import Child
from extract.read.records import Defaults, Refusal, Row

# Bytes. The largest saved news pages have 5 MB, reports as PDF with their pictures 30.
LIMITS = {"page": 20_000_000, "fragment": 20_000_000, "feed": 20_000_000, "pdf": 50_000_000, "word": 50_000_000}
PARSER = Child()


def reports(kind: str, stream: BinaryIO, source: str, defaults: Defaults) -> Iterator[Row | Refusal]:
    """The reports of a document of a kind of ``LIMITS``, or why there are none."""
    yield from of_bytes(kind, read(stream, LIMITS[kind]), source, defaults, url=defaults.url)


def of_bytes(
    kind: str, raw: bytes, source: str, defaults: Defaults, *, url: str | None = None, line: int = 1
) -> Iterator[Row | Refusal]:
    """The same for bytes at hand; ``url`` is where they came from, ``line`` the place of the document in its source."""
    try:
        rows = PARSER.rows(kind, raw, url=url)
    except InputError as error:
        yield Refusal(source, line, str(error))
        return
    for number, row in enumerate(rows, line):
        yield made(row, source, number, defaults)


def made(row: dict[str, Any], source: str, line: int, defaults: Defaults) -> Row | Refusal:
    """The report of a document's fields; a date that news cannot be from is left out, for documents state many."""
    try:
        return Row(source, line, fields.report(row | {"published": _dated(row.get("published"))}, defaults))
    except InputError as error:
        return Refusal(source, line, str(error))


def read(stream: BinaryIO, most: int) -> bytes:
    """All bytes of a stream; raises InputError where there are more than ``most``."""
    blocks, left = [], most + 1
    while left > 0 and (block := stream.read(min(left, 1 << 20))):
        blocks.append(block)
        left -= len(block)
    if left <= 0:
        raise InputError(f"is larger than {most:,} bytes, the most that one document may have")
    return b"".join(blocks)


def _dated(published: object) -> str | None:
    try:
        return fields.day(published).isoformat() if isinstance(published, str) else None
    except InputError:
        return None

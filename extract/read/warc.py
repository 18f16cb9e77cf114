"""A web archive (WARC) -> the reports on the pages in it, one a record, the address kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from extract.errors import InputError
from extract.read import fields, whole
from extract.read.records import Defaults, Refusal, Row

# Media type of a record -> how it is parsed; pictures, styles and scripts are passed over.
_KINDS = {
    "text/html": "page",
    "application/xhtml+xml": "page",
    "application/pdf": "pdf",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "text/plain": "text",
}
_RECORDS = ("response", "resource", "conversion")


def reports(stream: BinaryIO, source: str, defaults: Defaults) -> Iterator[Row | Refusal]:
    """The report of each page, PDF, feed entry or text that was fetched well; ``line`` counts the records."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    try:
        for number, record in enumerate(ArchiveIterator(stream), 1):
            if record.rec_type in _RECORDS and _fetched(record):
                yield from _record(record, number, source, defaults)
    except ArchiveLoadFailed as error:
        raise InputError(f"is a damaged web archive ({error})") from error


def _fetched(record: Any) -> bool:
    return record.http_headers is None or str(record.http_headers.get_statuscode()) == "200"


def _record(record: Any, number: int, source: str, defaults: Defaults) -> Iterator[Row | Refusal]:
    said = (record.http_headers or record.rec_headers).get_header("Content-Type") or ""
    kind = _KINDS.get(said.partition(";")[0].strip().lower())
    url = record.rec_headers.get_header("WARC-Target-URI")
    if kind is None or not str(url).startswith(("http://", "https://")) or url.endswith("/robots.txt"):
        return
    try:
        raw = whole.read(record.content_stream(), whole.LIMITS.get(kind, fields.MAX_BYTES))
    except InputError as error:
        yield Refusal(source, number, f"{url[:200]}: {error}")
        return
    except Exception as error:  # Packed bodies fail in the ways of whichever packing they claim.
        yield Refusal(source, number, f"{url[:200]}: its body cannot be unpacked ({type(error).__name__})")
        return
    if kind == "text":
        yield whole.made({"text": raw.decode("utf-8", "surrogateescape"), "url": url}, source, number, defaults)
        return
    for item in whole.of_bytes(kind, raw, source, defaults, url=url, line=number):
        yield Refusal(source, number, f"{url[:200]}: {item.reason}") if isinstance(item, Refusal) else item

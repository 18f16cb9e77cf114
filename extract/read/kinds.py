"""The first bytes of a file and its name -> what kind it is, the bytes before the name."""

from __future__ import annotations

import re
from pathlib import Path

from extract.errors import InputError

# Enough to get past a comment or a licence at the head of a page, and the junk that may precede "%PDF".
HEAD = 4096
BY_NAME = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "page",
    ".htm": "page",
    ".xhtml": "page",
    ".pdf": "pdf",
    ".docx": "word",
    ".eml": "mail",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "table",
    ".tsv": "table",
    ".parquet": "parquet",
    ".zip": "zip",
    ".warc": "warc",
    ".gz": "gzip",
    ".rss": "feed",
    ".atom": "feed",
    ".xml": "feed",
}
# Kinds that begin as nothing else does.
_BYTES = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"PAR1", "parquet"),
    (b"\x1f\x8b", "gzip"),
    (b"WARC/", "warc"),
)
_OTHERS = (
    (b"\xff\xfe", "UTF-16; save it as UTF-8 text"),
    (b"\xfe\xff", "UTF-16; save it as UTF-8 text"),
    (b"\xd0\xcf\x11\xe0", "a file of old Office programs; save it as .docx or .pdf"),
    (b"{\\rtf", "rich text; save it as .docx or .txt"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"SQLite format 3", "a database"),
    (b"7z\xbc\xaf", "a 7z archive; pack it as .zip"),
    (b"Rar!", "a RAR archive; pack it as .zip"),
)
_PAGE = re.compile(rb"(?:\s|<!--.*?-->|<\?xml[^>]*>)*<(?:!doctype\s+html|html[\s>])", re.IGNORECASE | re.DOTALL)
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]")
# Kinds whose text may open with a tag of markup and mean it as text.
_ROWS = {"jsonl", "json", "table", "mail"}


def kind(head: bytes, name: str) -> str:
    """The kind of a file by its first ``HEAD`` bytes, else by its name; raises InputError where it cannot be read."""
    for mark, found in _BYTES:
        if head.startswith(mark):
            return found
    for mark, what in _OTHERS:
        if head.startswith(mark):
            raise InputError(f"the file is {what}")
    if b"%PDF-" in head[:1024]:
        return "pdf"
    named = BY_NAME.get(Path(name).suffix.lower())
    if named in ("pdf", "word", "parquet", "zip", "gzip", "warc"):
        raise InputError(f"is named {Path(name).suffix} but holds something else")
    if named not in _ROWS:
        named = _markup(head) or named
    if named is None:
        raise InputError(f"is not of a kind that can be read; the kinds are {', '.join(BY_NAME)}")
    if b"\x00" in head and named in ("markdown", "json", "mail"):
        raise InputError("holds bytes that no text has")
    return named


def _markup(head: bytes) -> str | None:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start.startswith(b"<"):
        return None
    if _PAGE.match(start):
        return "page"
    return "feed" if _FEED.search(start) else None

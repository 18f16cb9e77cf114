"""A page, feed, PDF or Word file of anybody's -> rows of a report's fields. Runs in ``child`` alone."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from importlib import import_module
from typing import Any

from extract.errors import InputError

Rows = list[dict[str, Any]]
# More pages than any report has; a book is no news report.
MAX_PAGES = 500
# What a .docx may unpack to.
MAX_UNPACKED = 200 << 20
# A line of a PDF that reaches this share of the longest goes on in the next one.
_FULL_LINE = 0.6
# Characters; what is shorter on a page is a button or a menu, for the shortest news flash is a sentence.
_LEAST = 40
_END = re.compile(r"[.!?:…][\"'”’)\]]*$")
_HYPHEN = re.compile(r"(?<=[a-z])-$")
_SPACES = re.compile(r"[ \t\u00a0]+")
_TAG = re.compile(r"<[a-zA-Z/!]")


def load() -> None:
    """Import the parsers, before the process that they run in is closed in."""
    for name in ("trafilatura", "trafilatura.core", "htmldate", "feedparser", "pypdf", "docx", "dateparser"):
        import_module(name)
    page(b"<html><body><p>Loads what is loaded at first use.</p></body></html>", None)


def rows(kind: str, raw: bytes, url: str | None) -> Rows:
    """The fields of each report in a document; raises InputError where it holds none."""
    found = [row for row in PARSERS[kind](raw, url) if (row.get("text") or "").strip()]
    if not found:
        raise InputError(_EMPTY.get(kind, "holds no text"))
    return found


def page(raw: bytes, url: str | None) -> Rows:
    """Title, text, date and publisher of a web page; the date only where the page states it."""
    import trafilatura

    # A guess at the date from the body's text or a copyright line would be no date of publication.
    stated = {"original_date": True, "extensive_search": False}
    found = trafilatura.bare_extraction(
        raw,
        url=url,
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        date_extraction_params=stated,
    )
    if found is None:
        return []
    said = found if isinstance(found, dict) else found.as_dict()
    if len(said.get("text") or "") < _LEAST:
        return []
    return [
        {
            "text": _tidy(said.get("text")),
            "title": _line(said.get("title")),
            "published": said.get("date"),
            "publisher": _line(said.get("sitename") or said.get("hostname")),
            "url": url or said.get("url"),
        }
    ]


def fragment(raw: bytes, url: str | None) -> Rows:
    """The words of a piece of HTML, such as the body of a mail, none left out as page furniture."""
    return [{"text": _words(raw.decode("utf-8", "replace")), "url": url}]


def feed(raw: bytes, url: str | None) -> Rows:
    """The entries of an RSS or Atom feed: the longest text that each brings, its title, day and address."""
    import feedparser

    found = feedparser.parse(io.BytesIO(raw), response_headers={"content-location": url or ""})
    if not found.entries and not found.version:
        raise InputError("is neither RSS nor Atom that can be parsed")
    publisher = _line(found.feed.get("title"))
    return [_entry(entry, publisher) for entry in found.entries]


def pdf(raw: bytes, url: str | None) -> Rows:
    """The text of a PDF with its lines joined to paragraphs; no date, for a file's own is not the report's."""
    import pypdf

    reader = pypdf.PdfReader(io.BytesIO(raw))
    if reader.is_encrypted and not reader.decrypt(""):
        raise InputError("is locked with a password")
    if len(reader.pages) > MAX_PAGES:
        raise InputError(f"has {len(reader.pages)} pages, more than {MAX_PAGES}")
    text = "\n\n".join(_unwrapped(one.extract_text()) for one in reader.pages)
    title = reader.metadata.title if reader.metadata else None
    return [{"text": _tidy(text), "title": _line(title), "url": url}]


def word(raw: bytes, url: str | None) -> Rows:
    """The paragraphs and tables of a Word file in their order."""
    import docx
    from docx.table import Table

    _check_unpacked(raw)
    opened = docx.Document(io.BytesIO(raw))
    parts: list[str] = []
    for part in opened.iter_inner_content():
        if isinstance(part, Table):
            parts += [". ".join(cell.text for cell in row.cells if cell.text.strip()) for row in part.rows]
        else:
            parts.append(part.text)
    title = opened.core_properties.title
    return [{"text": _tidy("\n\n".join(parts)), "title": _line(title), "url": url}]


PARSERS: dict[str, Callable[[bytes, str | None], Rows]] = {
    "page": page,
    "fragment": fragment,
    "feed": feed,
    "pdf": pdf,
    "word": word,
}
_EMPTY = {
    "pdf": "holds no text; a scan needs text recognition (OCR) first",
    "page": "holds no article text",
    "feed": "the feed has no entries with text",
}


def _entry(entry: Any, publisher: str | None) -> dict[str, Any]:
    bodies = [part.get("value", "") for part in entry.get("content", [])] + [entry.get("summary", "")]
    text = max((_words(body) for body in bodies), key=len)
    title = _line(_words(entry.get("title", "")))
    when = entry.get("published_parsed") or entry.get("updated_parsed")
    return {
        "text": text or title,
        "title": title,
        "published": f"{when.tm_year:04}-{when.tm_mon:02}-{when.tm_mday:02}" if when else None,
        "publisher": publisher,
        "url": entry.get("link"),
    }


def _words(markup: str) -> str:
    """The words of a piece of HTML, a paragraph to each block; text without tags stays as it is."""
    if not _TAG.search(markup):
        return _tidy(markup)
    from lxml import html

    tree = html.fromstring(f"<div>{markup}</div>")
    for gone in tree.xpath("//script|//style|//head|//comment()"):
        gone.drop_tree()
    for block in tree.iter("p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "blockquote"):
        block.tail = "\n" + (block.tail or "")
    return _tidy(tree.text_content())


def _unwrapped(text: str) -> str:
    """Lines of a printed column joined where a sentence or word runs on."""
    lines = [line.strip() for line in text.splitlines()]
    full = max(map(len, lines), default=0) * _FULL_LINE
    joined = ""
    for line in lines:
        before = joined.rsplit("\n", 1)[-1]
        if not before or not line:
            joined += ("\n" if not line else "") + line
        elif _HYPHEN.search(before):
            joined = joined[:-1] + line
        elif len(before) >= full and not _END.search(before):
            joined += " " + line
        else:
            joined += "\n" + line
    return joined


def _check_unpacked(raw: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        if sum(member.file_size for member in packed.infolist()) > MAX_UNPACKED:
            raise InputError(f"unpacks to more than {MAX_UNPACKED >> 20} MB")


def _tidy(text: str | None) -> str:
    lines = (_SPACES.sub(" ", line).strip() for line in (text or "").splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _line(text: object) -> str | None:
    return " ".join(text.split()) or None if isinstance(text, str) else None

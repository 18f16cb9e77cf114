"""An address, or a path -> the reports there; what was fetched is kept."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from data import pages
from data.fetch import Fetched, Fetcher
from extract.errors import FetchError, InputError
from extract.read import file, kinds
from extract.read.records import Defaults, Refusal, Row

# Characters; a feed that brings less of an entry brings its beginning, and the page is asked for the rest.
WHOLE_ENTRY = 1200
_ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/csv": ".csv",
    "application/json": ".json",
    "application/x-ndjson": ".jsonl",
    "application/rss+xml": ".rss",
    "application/atom+xml": ".atom",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "message/rfc822": ".eml",
}
Wanted = Callable[[Row], bool]


def is_address(source: str) -> bool:
    """True for what is to be fetched and is no path."""
    return source.lower().startswith(("http://", "https://"))


def rows(source: str, fetcher: Fetcher, *, defaults: Defaults | None = None) -> Iterator[Row | Refusal]:
    """The reports of a path or at an address, a Refusal in place of each that cannot be had."""
    defaults = defaults or Defaults()
    if not is_address(source):
        yield from file.rows(source, defaults=defaults)
        return
    try:
        found = fetcher.get(source)
    except FetchError as error:
        yield Refusal(source, 1, str(error))
        return
    yield from of_fetched(source, found, fetcher, defaults=defaults)


def of_fetched(
    source: str,
    found: Fetched,
    fetcher: Fetcher,
    *,
    defaults: Defaults | None = None,
    wanted: Wanted = lambda _: True,
) -> Iterator[Row | Refusal]:
    """The reports of what was fetched from ``source``, which is kept; of a feed, the entries that are ``wanted``."""
    defaults = defaults or Defaults()
    pages.keep(found, asked=source)
    like = _like(found)
    body = found.body or b""
    feed = _kind(body, like) == "feed"
    here = replace(defaults, url=None if feed else found.url)
    for item in file.rows_of(io.BytesIO(body), source, defaults=here, like=like):
        if not feed or isinstance(item, Refusal):
            yield item
        elif wanted(item):
            yield from _entry(item, fetcher, defaults)


def _entry(item: Row, fetcher: Fetcher, defaults: Defaults) -> Iterator[Row | Refusal]:
    """The page that an entry leads to where the feed brings only its beginning, else what the feed brings."""
    url = item.report.url
    if not url or not is_address(url) or len(item.report.text) >= WHOLE_ENTRY:
        yield item
        return
    told = replace(
        defaults,
        title=item.report.title,
        published=item.report.published,
        publisher=item.report.publisher,
    )
    try:
        page = fetcher.get(url)
        pages.keep(page, asked=url)
        read = list(
            file.rows_of(io.BytesIO(page.body or b""), url, defaults=replace(told, url=page.url), like=_like(page))
        )
    except FetchError:
        read = []
    whole = [one for one in read if isinstance(one, Row)]
    # A page that cannot be had or read leaves what the feed brings, which is little but true.
    yield from whole or [Row(url, 1, item.report)]


def _like(found: Fetched) -> str:
    """A file name with the ending that the answer's media type has, else that of the address."""
    path = PurePosixPath(urlsplit(found.url).path).name
    if PurePosixPath(path).suffix.lower() in kinds.BY_NAME and found.media not in ("text/html", "application/pdf"):
        return path
    return f"page{_ENDINGS.get(found.media, PurePosixPath(path).suffix or '.html')}"


def _kind(body: bytes, like: str) -> str | None:
    try:
        return kinds.kind(body[: kinds.HEAD], like)
    except InputError:
        return None

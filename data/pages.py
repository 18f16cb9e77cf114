"""Fetched pages kept as they were, so that evidence outlives the site: their bytes by their hash, and the moment."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from data import paths
from data.fetch import Fetched
from extract.errors import StoreError

FOLDER = "pages"
INDEX = "pages.sqlite"
_TABLE = "CREATE TABLE IF NOT EXISTS pages (url TEXT, at TEXT, sha256 TEXT, media TEXT, PRIMARY KEY (url, sha256))"


@dataclass(frozen=True, slots=True)
class Kept:
    """A page as it was at a moment (UTC); ``sha256`` (hex) is of its bytes, ``file`` holds them packed by gzip."""

    url: str
    at: dt.datetime
    sha256: str
    media: str
    file: Path


def keep(page: Fetched, *, asked: str | None = None, folder: Path | None = None) -> Kept:
    """The page kept under where it was found, and where it was ``asked`` for; the same bytes are kept once.

    Raises StoreError where they cannot be written.
    """
    body, at = page.body or b"", dt.datetime.now(dt.UTC)
    sha256, home = hashlib.sha256(body).hexdigest(), folder or paths.data_dir() / FOLDER
    file = _file(home, sha256)
    try:
        _write(file, body)
        with closing(sqlite3.connect(home / INDEX)) as index, index:
            index.execute(_TABLE)
            rows = [(url, at.isoformat(), sha256, page.media) for url in {page.url, asked or page.url}]
            index.executemany("INSERT OR IGNORE INTO pages VALUES (?, ?, ?, ?)", rows)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"the page cannot be kept in {home}: {error}") from error
    return Kept(page.url, at, sha256, page.media, file)


def of(url: str, *, folder: Path | None = None) -> Iterator[Kept]:
    """What was kept of an address, the oldest first, each state with the moment when it was first seen."""
    home = folder or paths.data_dir() / FOLDER
    if not (home / INDEX).exists():
        return
    with closing(sqlite3.connect(home / INDEX)) as index:
        rows = index.execute("SELECT url, at, sha256, media FROM pages WHERE url = ? ORDER BY at", (url,)).fetchall()
    for found, at, sha256, media in rows:
        yield Kept(found, dt.datetime.fromisoformat(at), sha256, media, _file(home, sha256))


def content(kept: Kept) -> bytes:
    """The page's bytes; raises StoreError where they are gone or are others than were kept."""
    try:
        body = gzip.decompress(kept.file.read_bytes())
    except (OSError, EOFError) as error:
        raise StoreError(f"the page {kept.url} kept as {kept.file.name} cannot be read: {error}") from error
    if hashlib.sha256(body).hexdigest() != kept.sha256:
        raise StoreError(f"the page {kept.url} kept as {kept.file.name} was changed")
    return body


def _file(home: Path, sha256: str) -> Path:
    return home / sha256[:2] / f"{sha256}.gz"


def _write(file: Path, body: bytes) -> None:
    """The file whole or not at all, also when the program is killed half-way."""
    if file.exists():
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    half = file.with_suffix(f".{os.getpid()}")
    half.write_bytes(gzip.compress(body, mtime=0))
    half.replace(file)

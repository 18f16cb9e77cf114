"""A zip or gzip file -> the reports of the files in it; nothing is unpacked to disk, so its paths lead nowhere."""

from __future__ import annotations

import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

from extract.errors import InputError
from extract.read import whole
from extract.read.records import Defaults, Refusal, Row

Parse = Callable[[BinaryIO, str, Defaults], Iterator[Row | Refusal]]
MAX_MEMBERS = 100_000
# A bomb unpacks to a thousand times its size; the log-like rows that pack best reach 60.
MOST_TIMES = 200
# Below this nothing is suspected.
FREE = 50 << 20
_WORD = "word/document.xml"
_OFFICE = {"xl/workbook.xml": "a spreadsheet; save it as .csv", "ppt/presentation.xml": "a slide show"}
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, gzip.BadGzipFile, RuntimeError, ValueError)


class Unpacked(io.RawIOBase):
    """A stream that stops with an InputError past ``most`` bytes, or where its packing is damaged."""

    def __init__(self, inner: BinaryIO, most: int) -> None:
        self.taken = 0
        self._inner, self._most = inner, most

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: object) -> int:
        """Bytes put into the buffer; 0 at the end."""
        room = memoryview(buffer)  # type: ignore[arg-type]
        try:
            block = self._inner.read(len(room))
        except _BROKEN as error:
            raise InputError(f"is packed in a way that cannot be unpacked ({error})") from error
        self.taken += len(block)
        if self.taken > self._most:
            raise InputError(f"unpacks to more than {self._most:,} bytes, far more than reports do")
        room[: len(block)] = block
        return len(block)


def zipped(stream: BinaryIO, source: str, defaults: Defaults, inner: Parse) -> Iterator[Row | Refusal]:
    """The reports of each member in order, read by ``inner``; a Word file is a zip archive, too."""
    whole_file = _seekable(stream)
    left = _allowed(whole_file)
    try:
        with zipfile.ZipFile(whole_file) as packed:
            names = set(packed.namelist())
            if _WORD in names:
                whole_file.seek(0)
                yield from whole.reports("word", whole_file, source, defaults)
                return
            for part, what in _OFFICE.items():
                if part in names:
                    raise InputError(f"the file is {what}")
            for member in _members(packed):
                if left <= 0:
                    raise InputError("unpacks to far more than reports do; its other files are left out")
                unpacked = Unpacked(_opened(packed, member), left)
                yield from inner(_buffered(unpacked), f"{source}!/{shown(member.filename)}", defaults)
                left -= unpacked.taken
    except _BROKEN as error:
        raise InputError(f"is a damaged zip archive ({error})") from error


def gzipped(stream: BinaryIO, source: str, defaults: Defaults, inner: Parse) -> Iterator[Row | Refusal]:
    """The reports of the one file in a gzip file, which is named like it without ``.gz``."""
    packed = _seekable(stream)
    unpacked = Unpacked(gzip.GzipFile(fileobj=packed), _allowed(packed))  # type: ignore[arg-type]
    yield from inner(_buffered(unpacked), source.removesuffix(".gz"), defaults)


def shown(name: str) -> str:
    """A name of somebody else's as it can be printed: no line breaks, no marks that turn the text round."""
    return "".join(c if c.isprintable() else "\ufffd" for c in name)[:300]


def _members(packed: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    found = [one for one in packed.infolist() if not one.is_dir() and not _hidden(one.filename)]
    if len(found) > MAX_MEMBERS:
        raise InputError(f"holds {len(found):,} files, more than {MAX_MEMBERS:,}")
    return found


def _hidden(name: str) -> bool:
    path = PurePosixPath(name)
    return path.name.startswith(".") or "__MACOSX" in path.parts


class _Failed(io.RawIOBase):
    """A member that cannot be opened: says so when it is read, so that the others go on."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def read(self, _: int = -1) -> bytes:
        """Raises why."""
        raise self._error


def _opened(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> BinaryIO:
    try:
        return packed.open(member)  # type: ignore[return-value]
    except _BROKEN as error:
        return _Failed(error)  # type: ignore[return-value]


def _allowed(stream: BinaryIO) -> int:
    """Bytes that a packed file of this size may unpack to."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    return max(FREE, size * MOST_TIMES)


def _seekable(stream: BinaryIO) -> BinaryIO:
    return stream if stream.seekable() else io.BytesIO(whole.read(stream, FREE))


def _buffered(raw: io.RawIOBase) -> BinaryIO:
    return io.BufferedReader(raw, buffer_size=1 << 16)

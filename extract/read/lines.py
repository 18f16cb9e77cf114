"""A stream of bytes -> numbered lines, none of them ever larger in memory than the limit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from extract.errors import InputError
from extract.read.fields import MAX_BYTES

TOO_LONG = f"is longer than {MAX_BYTES:,} bytes, the most that one line may hold"
_MARKS = ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"), (b"PK\x03\x04", "a zip archive"), (b"%PDF", "a PDF"))
_UTF8_MARK = b"\xef\xbb\xbf"


def numbered(stream: BinaryIO, *, most: int = MAX_BYTES) -> Iterator[tuple[int, str | None]]:
    """Each line with its number from 1, its end kept; None in place of a line of more than ``most`` bytes.

    Bytes that are not UTF-8 become lone surrogates (``surrogateescape``), for ``fields.report`` to refuse their row
    alone. Raises InputError at once where the stream is plainly of another kind.
    """
    number = 0
    while raw := stream.readline(most + 1):
        number += 1
        if number == 1:
            raw = without_mark(raw)
        if len(raw) > most:
            _skip_rest(stream, raw)
            yield number, None
        else:
            yield number, raw.decode("utf-8", "surrogateescape")


def check_readable(path: Path | str) -> None:
    """Raise InputError where the path is a folder or cannot be opened."""
    try:
        with Path(path).open("rb"):
            pass
    except IsADirectoryError as error:
        raise InputError(f"{path} is a folder; name the files in it") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from error


def without_mark(raw: bytes) -> bytes:
    """The bytes without a leading UTF-8 mark; raises InputError where they begin as another kind of file does."""
    for mark, kind in _MARKS:
        if raw.startswith(mark):
            raise InputError(f"the file is {kind}; save it as UTF-8 text")
    return raw.removeprefix(_UTF8_MARK)


def _skip_rest(stream: BinaryIO, raw: bytes) -> None:
    while raw and not raw.endswith(b"\n"):
        raw = stream.readline(MAX_BYTES)

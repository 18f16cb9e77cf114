"""A file, or a stream with a file's name -> reports and refused rows; the only file here that opens one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from extract.errors import InputError
from extract.read import jsonl, plain, table
from extract.read.lines import check_readable
from extract.read.records import Defaults, Refusal, Row
from extract.records import Report

Parse = Callable[[BinaryIO, str, Defaults], Iterator[Row | Refusal]]
KINDS: dict[str, Parse] = {".txt": plain.reports, ".jsonl": jsonl.reports, ".csv": table.reports}


def check(path: Path | str) -> None:
    """Raise InputError where the path cannot be read at all: missing, a folder, or of an unknown kind."""
    _kind(Path(path).name)
    check_readable(path)


def read_file(path: Path | str, *, defaults: Defaults | None = None) -> Iterator[Report | Refusal]:
    """The reports of a .txt, .jsonl or .csv file in order, a Refusal in place of each row that cannot be read.

    Reads as it goes: a file of any size takes the memory of one row. Raises InputError where it cannot be opened.
    """
    return _bare(rows(path, defaults=defaults))


def read_stream(stream: BinaryIO, name: str, *, defaults: Defaults | None = None) -> Iterator[Report | Refusal]:
    """The same for an open binary stream, such as an upload, whose kind its ``name`` tells."""
    return _bare(rows_of(stream, name, defaults=defaults))


def rows(path: Path | str, *, defaults: Defaults | None = None) -> Iterator[Row | Refusal]:
    """As ``read_file``, each report with its line."""
    check(path)
    with Path(path).open("rb") as stream:
        yield from rows_of(stream, str(path), defaults=defaults)


def rows_of(stream: BinaryIO, name: str, *, defaults: Defaults | None = None) -> Iterator[Row | Refusal]:
    """As ``read_stream``, each report with its line."""
    parse = _kind(name)
    found = False
    try:
        for item in parse(stream, name, defaults or Defaults()):
            found = True
            yield item
    except InputError as error:
        found = True
        yield Refusal(name, 1, str(error))
    except OSError as error:
        found = True
        yield Refusal(name, 1, f"the file cannot be read further: {error.strerror}")
    if not found:
        yield Refusal(name, 1, "the file holds no report")


def _bare(items: Iterator[Row | Refusal]) -> Iterator[Report | Refusal]:
    return (item.report if isinstance(item, Row) else item for item in items)


def _kind(name: str) -> Parse:
    suffix = Path(name).suffix.lower()
    if suffix not in KINDS:
        raise InputError(f"{name} is not of a kind that can be read; the kinds are {', '.join(KINDS)}")
    return KINDS[suffix]


def count(path: Path | str) -> int | None:
    """About how many reports a file holds, for a progress bar; None where only reading it all would tell."""
    suffix = Path(path).suffix.lower()
    if suffix == ".txt":
        return 1
    if suffix != ".jsonl":
        return None
    with Path(path).open("rb") as stream:
        return sum(block.count(b"\n") for block in iter(lambda: stream.read(1 << 20), b""))

"""The rows of a CSV file of any size as named cells, each with its line; a broken row is refused alone."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from data.exchange.cells import plain
from extract.errors import InputError
from extract.read.lines import numbered
from extract.read.records import Refusal
from extract.read.table import DELIMITERS, Lines

# One row, in bytes: a report of the largest size in the widest letters, its evidence and its record again.
MAX_ROW = 16_000_000
# What a byte that is not UTF-8 becomes while lines are cut.
_RAW_BYTE = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a file: the line (from 1) that it begins on, and its cells by column, formulas as they were written."""

    number: int
    cells: dict[str, str]


def header(path: Path | str) -> tuple[str, list[str]]:
    """The delimiter and the columns' names, in lower case with ``_`` for spaces.

    Raises InputError where there is no header row that names each once.
    """
    with Path(path).open("rb") as stream:
        _, first = next(numbered(stream, most=MAX_ROW), (1, ""))
    if not first or not first.strip():
        raise InputError("the first row names no columns")
    delimiter = max(DELIMITERS, key=first.count)
    try:
        header = next(csv.reader([first], delimiter=delimiter))
    except csv.Error as error:
        raise InputError(f"the first row is not CSV: {error}") from error
    names = ["_".join(name.lower().split()) for name in header]
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise InputError(f"the first row names {', '.join(map(repr, twice))} more than once")
    return delimiter, names


def rows(path: Path | str, delimiter: str, names: Sequence[str]) -> Iterator[Line | Refusal]:
    """The rows below the header in order; blank ones are passed over."""
    csv.field_size_limit(MAX_ROW)
    with Path(path).open("rb") as stream:
        lines = Lines(stream, str(path), most=MAX_ROW)
        feed = iter(lines)
        next(feed, "")
        table = csv.reader(feed, delimiter=delimiter, strict=True)
        while True:
            lines.first = 0
            try:
                made = _line(lines, next(table), names)
            except StopIteration:
                yield from lines.refused
                return
            except csv.Error as error:
                made = Refusal(str(path), lines.first, f"is not CSV: {error}")
            except InputError as error:
                made = Refusal(str(path), lines.first, str(error))
            yield from lines.refused
            lines.refused.clear()
            if made:
                yield made


def _line(lines: Lines, values: list[str], names: Sequence[str]) -> Line | Refusal | None:
    if not any(values):
        return None
    if len(values) != len(names):
        raise InputError(f"has {len(values)} fields where the first row names {len(names)}")
    if any(_RAW_BYTE.search(value) for value in values):
        raise InputError("is not UTF-8 text; save the whole file as UTF-8")
    return Line(lines.first, {name: plain(value) for name, value in zip(names, values, strict=True) if name})

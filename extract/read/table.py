"""CSV with a header row -> reports, one a row; a broken row is refused alone."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import BinaryIO

from extract.errors import InputError
from extract.read import fields
from extract.read.columns import renamed
from extract.read.lines import TOO_LONG, numbered
from extract.read.records import Defaults, Refusal, Row
from extract.records import Report

# Spreadsheets of many countries write semicolons; the one that gives a column 'text' is taken.
DELIMITERS = (",", ";", "\t")


class Lines:
    """Feeds lines to the csv module, remembering where each row began and which lines were left out."""

    def __init__(self, stream: BinaryIO, source: str, *, most: int = fields.MAX_BYTES) -> None:
        self.first = 0
        self.refused: list[Refusal] = []
        self._lines = numbered(stream, most=most)
        self._source = source

    def __iter__(self) -> Iterator[str]:
        for number, line in self._lines:
            if line is None:
                self.refused.append(Refusal(self._source, number, TOO_LONG))
                continue
            self.first = self.first or number
            yield line


def reports(stream: BinaryIO, source: str, defaults: Defaults) -> Iterator[Row | Refusal]:
    """The report of each row or why it has none, in order; blank rows are passed over."""
    csv.field_size_limit(fields.MAX_BYTES)
    lines = Lines(stream, source)
    feed = iter(lines)
    header = next(feed, "")
    delimiter, names, chosen = _columns(header, defaults)
    if "text" not in (*names, *chosen):
        columns = ", ".join(repr(n) for n in names if n) or "none"
        yield from lines.refused
        yield Refusal(source, 1, f"the first row has no column 'text' (columns: {columns[:200]})")
        return
    make = partial(_report, names, chosen, defaults)
    yield from _rows(csv.reader(feed, delimiter=delimiter, strict=True), make, lines, source)


def _rows(
    table: Iterator[list[str]], make: Callable[[list[str]], Report | None], lines: Lines, source: str
) -> Iterator[Row | Refusal]:
    while True:
        lines.first = 0
        try:
            values = next(table)
            read = make(values)
            made: Row | Refusal | None = Row(source, lines.first, read) if read else None
        except StopIteration:
            yield from lines.refused
            return
        except csv.Error as error:
            made = Refusal(source, lines.first, f"is not CSV: {error}")
        except InputError as error:
            made = Refusal(source, lines.first, str(error))
        yield from lines.refused
        lines.refused.clear()
        if made:
            yield made


def _columns(header: str, defaults: Defaults) -> tuple[str, list[str], Mapping[str, str]]:
    """The delimiter, the column names (in lower case, where one of them is 'text') and those that stand for others."""
    found: list[tuple[str, list[str], Mapping[str, str]]] = []
    for delimiter in DELIMITERS:
        try:
            names = [name.strip() for name in next(csv.reader([header], delimiter=delimiter), [])]
        except csv.Error as error:
            raise InputError(f"the first row is not CSV: {error}") from error
        chosen = defaults.columns(names)
        found.append((delimiter, names if chosen else [name.lower() for name in names], chosen))
    return next((one for one in found if "text" in (*one[1], *one[2])), found[0])


def _row(names: list[str], values: list[str]) -> dict[str, object]:
    if len(values) > len(names):
        raise InputError(f"has {len(values)} fields where the first row names {len(names)}")
    return dict(zip(names, values, strict=False))


def _report(names: list[str], chosen: Mapping[str, str], defaults: Defaults, values: list[str]) -> Report | None:
    blank = not any(value.strip() for value in values)
    return None if blank else fields.report(renamed(_row(names, values), chosen), defaults)

"""Which data set a file holds, and its rows as reports with their incidents, read as they come."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.exchange import features, flat, from_acled, from_airwars, from_points, from_ucdp, geoparquet, own, sheets
from data.exchange.dates import Dates, Order
from data.exchange.foreign import Loaded, Source
from data.exchange.sheets import MAX_ROW, Line
from extract.errors import InputError
from extract.read import jsonl
from extract.read.lines import check_readable, numbered
from extract.read.records import Refusal
from extract.registry import slug

Json = dict[str, Any]
Convert = Callable[[Mapping[str, str], Dates, Source], Loaded]
OWN = "dateline"
SUFFIXES = (".csv", ".geojson", ".json", ".jsonl", ".parquet", ".geoparquet")
MAX_NAME = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """A report and incident with the line of the file that they were read from (the row, of a Parquet file)."""

    line: int
    loaded: Loaded


Entries = Iterator[Entry | Refusal]


@dataclass(frozen=True, slots=True)
class File:
    """A file of incidents; ``origin`` is what the store remembers them by, ``entries`` reads them as they come."""

    origin: str
    entries: Entries


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of CSV file of others: the columns it lacks, those that hold dates, and what a row becomes."""

    name: str
    publisher: str
    missing: Callable[[Collection[str]], list[str]]
    dates: tuple[str, ...]
    convert: Convert


_KINDS = tuple(
    _Kind(kind.NAME, kind.PUBLISHER, kind.missing, kind.DATES, kind.convert)
    for kind in (from_acled, from_ucdp, from_airwars)
)


def opened(path: Path | str, *, name: str | None = None, order: Order | None = None) -> File:
    """The file with what it holds; ``name`` is the source's own among the ids (default: by the kind of file).

    Raises InputError where the file cannot be opened or holds nothing that is known here.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in SUFFIXES:
        raise InputError(f"{path} is not of a kind that can be loaded; the kinds are {', '.join(SUFFIXES)}")
    check_readable(path)
    if name is not None and (not name or slug(name) != name or len(name) > MAX_NAME):
        raise InputError(
            f"{ascii(name)[:80]} is no name of a source: small letters, digits and hyphens, as in acled-2016"
        )
    if suffix == ".csv":
        return _sheet(path, name, order)
    if suffix == ".jsonl":
        return File(_origin(name or OWN), _own_lines(path))
    if suffix in (".parquet", ".geoparquet"):
        return File(_origin(name or OWN), _own_rows(path))
    return _points(path, name, order)


def _origin(name: str) -> str:
    return f"import:{name}"


def _sheet(path: Path | str, name: str | None, order: Order | None) -> File:
    """A CSV file: our own, or of one of the kinds known by their columns."""
    try:
        delimiter, columns = sheets.header(path)
        kind = None if set(own.REQUIRED) <= set(columns) else _kind(columns)
    except InputError as error:
        raise InputError(f"{path}, line 1: {error}") from error

    def lines() -> Iterator[Line | Refusal]:
        return sheets.rows(path, delimiter, columns)

    if kind is None:
        return File(_origin(name or OWN), _converted(path, lines(), own.of_row))
    source, dates = Source(name or kind.name, kind.publisher), Dates(order)
    for line in lines():
        _note(dates, line, kind.dates)
    return File(_origin(source.name), _converted(path, lines(), lambda cells: kind.convert(cells, dates, source)))


def _kind(columns: Collection[str]) -> _Kind:
    """The kind of file that has the columns; raises InputError naming those that the nearest kind lacks."""
    lacking = {kind.name: kind.missing(columns) for kind in _KINDS}
    kind = min(_KINDS, key=lambda kind: len(lacking[kind.name]))
    if lacking[kind.name]:
        nearest = "; ".join(f"{kind.publisher}-style lacks {', '.join(lacking[kind.name])}" for kind in _KINDS)
        raise InputError(f"the columns are of no kind that can be loaded: {nearest}")
    return kind


def _points(path: Path | str, name: str | None, order: Order | None) -> File:
    """A FeatureCollection or a list of objects: our own, or points of geolocated events."""

    def lines() -> Iterator[Line | Refusal]:
        return _elements(path)

    first = next(lines(), None)
    if isinstance(first, Line) and flat.RECORD in first.cells:
        return File(_origin(name or OWN), _converted(path, lines(), own.of_row))
    publisher = name or slug(Path(path).stem) or "points"
    source, dates = Source(publisher, publisher), Dates(order)
    for line in lines():
        _note(dates, line, from_points.DATES)
    return File(
        _origin(source.name), _converted(path, lines(), lambda cells: from_points.convert(cells, dates, source))
    )


def _note(dates: Dates, line: Line | Refusal, columns: Collection[str]) -> None:
    if isinstance(line, Line):
        for column in columns:
            if line.cells.get(column):
                dates.note(line.number, line.cells[column])


def _elements(path: Path | str) -> Iterator[Line | Refusal]:
    """The features of a file as rows of cells; our own keep their values as they are."""
    with Path(path).open("rb") as stream:
        for item in features.elements(stream, str(path)):
            if isinstance(item, Refusal):
                yield item
                continue
            number, element = item
            try:
                yield Line(number, _own_properties(element) or from_points.cells(element))
            except InputError as error:
                yield Refusal(str(path), number, str(error))


def _own_properties(element: Any) -> Json | None:
    properties = element.get("properties") if isinstance(element, dict) else None
    return properties if isinstance(properties, dict) and set(own.REQUIRED) <= properties.keys() else None


def _own_lines(path: Path | str) -> Entries:
    with Path(path).open("rb") as stream:
        for number, line in numbered(stream, most=MAX_ROW):
            if line is None:
                yield Refusal(str(path), number, f"is longer than {MAX_ROW:,} bytes")
            elif line.strip():
                try:
                    yield Entry(number, own.of_line(jsonl.parsed(line)))
                except InputError as error:
                    yield Refusal(str(path), number, str(error))


def _own_rows(path: Path | str) -> Entries:
    rows = (Line(number, row) for number, row in enumerate(geoparquet.read(path), 1))
    return _converted(path, rows, own.of_row)


def _converted(path: Path | str, lines: Iterator[Line | Refusal], convert: Callable[[Any], Loaded]) -> Entries:
    for line in lines:
        if isinstance(line, Refusal):
            yield line
            continue
        try:
            yield Entry(line.number, convert(line.cells))
        except InputError as error:
            yield Refusal(str(path), line.number, str(error))

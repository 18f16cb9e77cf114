"""A JSON Lines file of place names to look up -> queries; a broken line is refused alone."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from extract.errors import InputError
from extract.read.jsonl import parsed
from extract.read.lines import TOO_LONG, check_readable, numbered
from extract.read.records import Refusal

MAX_NAME = 500
_COUNTRY = re.compile(r"[A-Za-z]{2}", re.ASCII)
_RAW = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class PlaceQuery:
    """A name to look up. ``country`` is ISO 3166-1 alpha-2, ``near`` a latitude and longitude in WGS 84 degrees."""

    name: str
    id: str | int | None = None
    country: str | None = None
    admin1: str | None = None
    near: tuple[float, float] | None = None


def queries(path: Path | str) -> Iterator[PlaceQuery | Refusal]:
    """The queries of a file in order; raises InputError where it cannot be opened."""
    check_readable(path)
    with Path(path).open("rb") as stream:
        yield from queries_of(stream, str(path))


def queries_of(stream: BinaryIO, source: str) -> Iterator[PlaceQuery | Refusal]:
    """The queries of an open binary stream; ``source`` names it in refusals."""
    number = 0
    try:
        for number, line in numbered(stream):
            if line is None:
                yield Refusal(source, number, TOO_LONG)
            elif line.strip():
                yield _query(line, source, number)
    except InputError as error:
        yield Refusal(source, number + 1, str(error))


def country(text: str) -> str:
    """The code in capitals; raises InputError where it is not two letters."""
    if not _COUNTRY.fullmatch(text.strip()):
        raise InputError(f"'country' is {ascii(text)[:40]}, not an ISO 3166-1 code of two letters such as SY")
    return text.strip().upper()


def point(text: str) -> tuple[float, float]:
    """Latitude and longitude of ``LAT,LON``; raises InputError where they are not degrees on the earth."""
    try:
        lat, lon = (float(part) for part in text.split(","))
    except ValueError as error:
        raise InputError(f"'near' is {ascii(text)[:40]}, not LAT,LON such as 35.3,40.1") from error
    if not (math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
        raise InputError(f"'near' is {ascii(text)[:40]}: latitude goes from -90 to 90, longitude from -180 to 180")
    return lat, lon


def _query(line: str, source: str, number: int) -> PlaceQuery | Refusal:
    try:
        return _of_row(parsed(line))
    except InputError as error:
        return Refusal(source, number, str(error))


def _of_row(row: dict[str, object]) -> PlaceQuery:
    name, code, near = _text(row, "name"), _text(row, "country"), row.get("near")
    if name is None:
        raise InputError("has no 'name'")
    if len(name) > MAX_NAME:
        raise InputError(f"'name' is longer than {MAX_NAME} characters")
    if isinstance(near, list):
        near = ",".join(str(part) for part in near)
    if not isinstance(near, str | None):
        raise InputError("'near' is neither LAT,LON nor a list of two numbers")
    return PlaceQuery(
        name=name,
        id=_id(row.get("id")),
        country=country(code) if code else None,
        admin1=_text(row, "admin1"),
        near=point(near) if near else None,
    )


def _id(value: object) -> str | int | None:
    if isinstance(value, bool) or not isinstance(value, str | int | None):
        raise InputError("'id' is neither text nor a number")
    return value


def _text(row: dict[str, object], name: str) -> str | None:
    value = row.get(name)
    if not isinstance(value, str | None):
        raise InputError(f"'{name}' is not text")
    return _RAW.sub("\ufffd", value).strip() or None if value else None

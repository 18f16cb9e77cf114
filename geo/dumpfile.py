"""Rows of the standard GeoNames dump files: places, alternate names, division codes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal

from extract.errors import InputError, ReferenceDataError

Kind = Literal["places", "names", "admin1", "admin2"]
NOT_NAMES = frozenset(("link", "wkdt", "post", "iata", "icao", "faac", "tcid", "unlc", "phon", "piny"))
"""Values of ``isolanguage`` that mark codes and links instead of names (geonames.org/export, readme)."""
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class DumpPlace:
    """One row of a places file."""

    number: int
    name: str
    names: tuple[str, ...]
    lat: float
    lon: float
    feature_class: str
    feature: str
    country: str
    admin1: str
    admin2: str
    population: int


@dataclass(frozen=True, slots=True)
class Broken:
    """A row that could not be read: where and why."""

    file: str
    line: int
    reason: str


def listed(paths: Iterable[Path]) -> list[tuple[Kind, Path]]:
    """The dump files among the paths and in the folders, codes first; raises InputError where there is none."""
    files = [f for p in paths for f in (sorted(p.iterdir()) if p.is_dir() else [p])]
    found = [(kind, f) for f in files if (kind := kind_of_file(f))]
    if not any(kind == "places" for kind, _ in found):
        raise InputError("no GeoNames places file (allCountries.txt, a country's XX.txt, or their .zip) was given")
    order = ("admin1", "admin2", "places", "names")
    return sorted(found, key=lambda pair: (order.index(pair[0]), pair[1].name))


def kind_of_file(path: Path) -> Kind | None:
    """What a file holds by its name, and for XX.txt by its first row; None for any other file."""
    name = path.name.lower()
    if path.suffix not in (".txt", ".zip") or name.startswith(("readme", "countryinfo")):
        return None
    if name.startswith("admin1codes"):
        return "admin1"
    if name.startswith("admin2codes"):
        return "admin2"
    if name.startswith("alternatenames"):
        return "names"
    if not re.fullmatch(r"allcountries|cities\d+|no-country|[a-z]{2}", path.stem.lower()):
        return None
    with opened(path) as lines:
        columns = next(lines, "").count("\t") + 1
    return "places" if columns >= 15 else "names" if columns >= 4 else None


def size(path: Path) -> int:
    """Bytes of the text in a file or in the largest member of a zip; 0 where it is damaged."""
    if path.suffix != ".zip":
        return path.stat().st_size
    try:
        with zipfile.ZipFile(path) as archive:
            return max((m.file_size for m in archive.infolist()), default=0)
    except zipfile.BadZipFile:
        return 0


@contextmanager
def opened(path: Path) -> Iterator[Iterator[str]]:
    """The lines of a text file or of the largest member of a zip; raises ReferenceDataError where it is damaged."""
    try:
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                member = max(archive.infolist(), key=lambda m: m.file_size)
                with archive.open(member) as raw:
                    yield _lines(raw)
        else:
            with path.open("rb") as raw:
                yield _lines(raw)
    except (OSError, zipfile.BadZipFile, ValueError) as error:
        raise ReferenceDataError(f"cannot read {path.name}: {error}") from error


def _lines(raw: IO[bytes]) -> Iterator[str]:
    # Only "\n" ends a row: names hold other characters that Python would break lines at.
    return iter(io.TextIOWrapper(raw, encoding="utf-8", errors="replace", newline="\n"))


def place(line: str) -> DumpPlace:
    """The place of a row; raises ValueError with the reason where it is broken."""
    cells = line.rstrip("\r\n").split("\t")
    if len(cells) < 15:
        raise ValueError(f"{len(cells)} columns instead of 19")
    number, lat, lon = _whole(cells[0], "geonameid"), float(cells[4]), float(cells[5])
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError(f"no point on Earth: {lat}, {lon}")
    if not cells[1].strip():
        raise ValueError("the name is empty")
    names = tuple(n for n in cells[3].split(",") if n and len(n) <= LONGEST_NAME)
    people = _whole(cells[14] or "0", "population")
    return DumpPlace(number, cells[1], names, lat, lon, cells[6], cells[7], cells[8], cells[10], cells[11], people)


def alternate(line: str) -> tuple[int, str] | None:
    """(geonameid, name) of a row of alternateNames, None for codes and links; raises ValueError where it is broken."""
    cells = line.rstrip("\r\n").split("\t")
    if len(cells) < 4:
        raise ValueError(f"{len(cells)} columns instead of 8 or 10")
    number = _whole(cells[1], "geonameid")
    if cells[2] in NOT_NAMES or not cells[3].strip() or len(cells[3]) > LONGEST_NAME:
        return None
    return number, cells[3]


def code(line: str) -> tuple[str, str]:
    """(code, name) of a row of admin1CodesASCII or admin2Codes; raises ValueError where it is broken."""
    cells = line.rstrip("\r\n").split("\t")
    if len(cells) < 2 or not cells[0] or not cells[1]:
        raise ValueError(f"{len(cells)} columns instead of 4")
    return cells[0], cells[1]


def _whole(cell: str, what: str) -> int:
    try:
        return int(cell)
    except ValueError:
        raise ValueError(f"{what} is no number: {cell[:20]!r}") from None

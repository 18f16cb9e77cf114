"""What other data sets call countries and cells of the map: names, numbers, regions."""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from data.registry import load_registry
from extract.errors import ReferenceDataError
from extract.registry import slug

_HERE = Path(__file__).parent
_COUNTRIES = _HERE.parent / "gazetteer" / "countries.csv"
# UCDP's regions are runs of Gleditsch-Ward numbers (UCDP/PRIO codebook, "region").
_UCDP_REGIONS = ((200, "Americas"), (400, "Europe"), (630, "Africa"), (700, "Middle East"), (1000, "Asia"))
# PRIO-GRID: cells of half a degree, numbered from 1 in the south-west corner, row by row.
_CELL_DEG, _ROWS, _COLUMNS = 0.5, 360, 720


@dataclass(frozen=True, slots=True)
class Country:
    """A country: ISO 3166-1 codes, ACLED's region, the Gleditsch-Ward number (None where that list has none)."""

    iso2: str
    numeric: int
    name: str
    region: str
    gw: int | None

    @property
    def ucdp_region(self) -> str | None:
        """UCDP's region, None where it cannot be told from the number."""
        return next((name for end, name in _UCDP_REGIONS if self.gw is not None and self.gw < end), None)


def country(iso2: str | None) -> Country | None:
    """The country of an ISO 3166-1 alpha-2 code."""
    return countries().get(iso2 or "")


@cache
def countries() -> Mapping[str, Country]:
    """Every country by its alpha-2 code; raises ReferenceDataError where a table is missing or damaged."""
    try:
        codes = {row["iso2"]: row for row in _rows(_HERE / "countries.csv")}
        return {
            row["iso2"]: Country(
                row["iso2"],
                int(row["numeric"] or 0),
                row["name"].strip(),
                codes[row["iso2"]]["acled_region"],
                int(codes[row["iso2"]]["gw"] or 0) or None,
            )
            for row in _rows(_COUNTRIES)
        }
    except (OSError, ValueError, KeyError, csv.Error) as error:
        raise ReferenceDataError(f"the tables of countries cannot be read: {error}") from error


@cache
def party_country(party_id: str) -> str | None:
    """The country (alpha-2) that a party of the registry belongs to, None where it has none."""
    known = load_registry().parties.get(party_id)
    return known.country if known else _by_slug().get(party_id.partition("-of-")[2])


@cache
def _by_slug() -> Mapping[str, str]:
    return {slug(one.name): one.iso2 for one in countries().values()}


def prio_cell(lat: float, lon: float) -> int:
    """The number of the PRIO-GRID cell that holds a point in WGS 84 degrees."""
    row = min(math.floor((lat + 90) / _CELL_DEG), _ROWS - 1)
    column = min(math.floor((lon + 180) / _CELL_DEG), _COLUMNS - 1)
    return row * _COLUMNS + column + 1


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))

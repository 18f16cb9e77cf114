"""What a candidate is worth by itself: its kind, its importance, its rank among others."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Sequence
from typing import Any

from geo.normalise import fold, skeleton
from geo.records import Candidate

_KIND = {
    "PCLI": ("country", 1.0),
    "PCLH": ("region", 0.8),
    "CONT": ("region", 0.97),
    "OCN": ("water", 0.85),
    "SEA": ("water", 0.8),
    "ADM1": ("admin1", 0.72),
    "ADM1H": ("admin1", 0.72),
    "ADM2": ("admin2", 0.4),
    "AIRP": ("site", 0.3),
    "AIRB": ("site", 0.35),
}
_SEAT_PEOPLE, _HAMLET_PEOPLE = 1500, 50
"""What a town counts as whose people nobody has counted: the seat of a division, and any other."""
_REGION_IMPORTANCE = 0.7
_SITE_IMPORTANCE = 0.45
_UNSORTED_IMPORTANCE = 0.15
"""Of a hill, stream or building of a full GeoNames dump, most of which no report ever names."""
TOWNS = ("PPL", "PPLC", "PPLA", "PPLA2", "PPLA3", "PPLA4")
SEATS = TOWNS[1:]
AIRFIELDS = ("AIRP", "AIRB", "AIRF")


_WATER = frozenset(("STM", "LK", "LGN", "GULF", "BAY", "STRT", "CHN", "CNL", "RSV", "SEA", "OCN"))
_REGION = frozenset(
    ("RGN", "AREA", "ISL", "ISLS", "PEN", "MTS", "MT", "HLLS", "RDGE", "DSRT", "DLTA", "VAL", "PLN", "PLAT", "UPLD")
) | frozenset(("FRST", "CST", "CAPE", "LCTY", "PRK", "RESN"))


def kind_of(feature: str | None) -> str:
    """country, admin1, admin2, town, water, region or site."""
    if feature in _KIND:
        return _KIND[feature][0]
    if not feature or feature.startswith("PPL"):
        return "town"
    if feature.startswith("ADM") and feature != "ADMF":
        return "admin2"
    return "water" if feature in _WATER else "region" if feature in _REGION else "site"


def importance(found: Candidate) -> float:
    """0 to 1: how likely news mean this place when they say its name, before any context."""
    return _importance(found.gazetteer_id, found.feature, found.population)


def _importance(gid: str, feature: str | None, people: int) -> float:
    kind = kind_of(feature)
    if kind == "town":
        size = math.log10(people or (_SEAT_PEOPLE if feature in SEATS else _HAMLET_PEOPLE)) / 7.6
        return min(0.9, max(0.05, size)) + (0.1 if feature == "PPLC" else 0)
    if kind == "country":
        return 0.9 + min(0.1, math.log10(max(people, 1)) / 90)
    if kind in ("admin1", "admin2"):
        least = 0.6 if kind == "admin1" else 0.25
        return max(least, min(0.88, math.log10(max(people, 1)) / 8.2 - (0.0 if kind == "admin1" else 0.25)))
    if feature in _KIND:
        return _KIND[feature][1]
    if gid.startswith("geonames:"):
        return _UNSORTED_IMPORTANCE
    return _REGION_IMPORTANCE if kind in ("region", "water") else _SITE_IMPORTANCE


def rank(
    found: Iterable[Candidate], *, admin1: str | None = None, near: tuple[float, float] | None = None
) -> tuple[Candidate, ...]:
    """The candidates by score, raised where the province agrees and lowered with the distance from ``near``."""
    wanted = skeleton(fold(admin1)) if admin1 else ""
    scored = []
    for one in found:
        score = one.score
        if wanted:
            score += 0.0 if skeleton(fold(one.admin1 or "")) == wanted else -0.25
        if near:
            score -= min(0.5, km(*near, one.lat, one.lon) / 2000.0)
        scored.append(dataclasses.replace(one, score=round(min(1.0, max(0.0, score)), 4)))
    return tuple(sorted(scored, key=lambda c: (-c.score, -importance(c), c.gazetteer_id)))


def km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance in kilometres (radius 6371 km)."""
    a, b, c, d = math.radians(lat), math.radians(lon), math.radians(other_lat), math.radians(other_lon)
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 12742.0 * math.asin(min(1.0, math.sqrt(h)))


def from_row(row: Sequence[Any], method: str, *, worth: float | None = None) -> Candidate:
    """The candidate of a row with the columns of ``tables.COLUMNS``, unscored or by its importance and ``worth``."""
    gid, name, lat, lon, country, admin1, admin2, feature, people, radius = row[:10]
    score = 0.0 if worth is None else round(_importance(gid, feature, people) + worth, 4)
    return Candidate(
        gid,
        name,
        lat,
        lon,
        country or None,
        admin1 or None,
        admin2 or None,
        feature or None,
        people,
        radius,
        score,
        method,
    )

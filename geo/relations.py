"""Relations as geometry: "12 km north-east of X", "between X and Y", "near X" to a point and a radius."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from extract.records import Relation
from geo.candidates import kind_of, km
from geo.records import Candidate

OFFSET_SLACK = 0.2
"""Share of a stated distance that may be rounding; the development offsets lie within it."""
NEAR_KM = 7.0
"""Least radius of "near": Jabal Thurdah, struck in 2016 "near the Deir ez-Zor airport", lies 6 km from it."""
NEAR_TOWN_KM = 12.0
OUTSKIRTS_KM = 4.0
COUNTRYSIDE_KM = 25.0
COAST_KM = 40.0
BEYOND_KM = 15.0
"""How far "north of X" without a distance reaches as a rule; half of it is where the point goes."""
BETWEEN_SHARE = 0.6
"""Share of half the way between two places within which "between" nine times in ten means."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A point in degrees with its radius in km, UCDP's where_prec and the way it was got."""

    lat: float
    lon: float
    radius_km: float
    where_precision: int
    method: str


def spot(relation: Relation, anchors: Sequence[Candidate], hint: str | None = None) -> Spot:
    """Where the relation points, given its anchors in the order of the phrase (at least one)."""
    one = anchors[0]
    if relation.kind == "between" and len(anchors) > 1:
        return between(one, anchors[1])
    if relation.distance_km is not None and relation.bearing_deg is not None:
        return offset(one, relation.distance_km, relation.bearing_deg)
    if relation.kind == "direction" and relation.bearing_deg is not None:
        return part(one, relation.bearing_deg) if hint != "beyond" else beyond(one, relation.bearing_deg)
    return near(one, relation.distance_km, hint)


def offset(anchor: Candidate, distance_km: float, bearing_deg: float) -> Spot:
    """So far from the anchor in that direction."""
    lat, lon = travel(anchor.lat, anchor.lon, distance_km, bearing_deg)
    radius = max(2.0, OFFSET_SLACK * distance_km) + min(anchor.radius_km, 4.0)
    return Spot(lat, lon, radius, 2 if distance_km <= 25 else 3, "offset")


def between(one: Candidate, other: Candidate) -> Spot:
    """The middle of the way between two places."""
    lat, lon = middle(one, other)
    half = km(one.lat, one.lon, other.lat, other.lon) / 2
    return Spot(lat, lon, max(3.0, BETWEEN_SHARE * half + 2.0), 2 if half <= 25 else 5, "between")


def near(anchor: Candidate, distance_km: float | None, hint: str | None) -> Spot:
    """Around the anchor: as far as stated, or as far as the word for it goes."""
    if distance_km is not None:
        radius = anchor.radius_km + distance_km * (1 + OFFSET_SLACK)
    elif hint in ("outskirts", "suburb"):
        radius = anchor.radius_km + OUTSKIRTS_KM
    elif hint == "countryside":
        radius = max(COUNTRYSIDE_KM, anchor.radius_km)
    elif hint == "coast":
        radius = anchor.radius_km + COAST_KM
    else:
        radius = max(NEAR_TOWN_KM if kind_of(anchor.feature) == "town" else NEAR_KM, 1.3 * anchor.radius_km)
    return Spot(anchor.lat, anchor.lon, radius, max(2, _level(anchor)), "near")


def part(anchor: Candidate, bearing_deg: float) -> Spot:
    """The northern, eastern … part of an area or town; a country's part keeps most of its reach."""
    shift = 0.4 * anchor.radius_km
    lat, lon = travel(anchor.lat, anchor.lon, shift, bearing_deg)
    return Spot(lat, lon, max(3.0, 0.8 * anchor.radius_km), max(1, min(5, _level(anchor))), "direction")


def beyond(anchor: Candidate, bearing_deg: float) -> Spot:
    """To one side of the anchor, no distance given: from its edge on."""
    if kind_of(anchor.feature) not in ("town", "site"):
        lat, lon = travel(anchor.lat, anchor.lon, anchor.radius_km, bearing_deg)
        return Spot(lat, lon, anchor.radius_km, 5, "direction")
    lat, lon = travel(anchor.lat, anchor.lon, anchor.radius_km + BEYOND_KM / 2 - 2, bearing_deg)
    return Spot(lat, lon, anchor.radius_km + BEYOND_KM, 2, "direction")


def travel(lat: float, lon: float, distance_km: float, bearing_deg: float) -> tuple[float, float]:
    """Latitude and longitude after so many km on a great circle that begins in that bearing."""
    a, b, way, arc = math.radians(lat), math.radians(lon), math.radians(bearing_deg), distance_km / 6371.0
    c = math.asin(math.sin(a) * math.cos(arc) + math.cos(a) * math.sin(arc) * math.cos(way))
    d = b + math.atan2(math.sin(way) * math.sin(arc) * math.cos(a), math.cos(arc) - math.sin(a) * math.sin(c))
    return round(math.degrees(c), 6), round((math.degrees(d) + 540.0) % 360.0 - 180.0, 6)


def middle(one: Candidate, other: Candidate) -> tuple[float, float]:
    """Latitude and longitude half-way along the great circle."""
    a, b, c, d = (math.radians(x) for x in (one.lat, one.lon, other.lat, other.lon))
    x, y = math.cos(c) * math.cos(d - b), math.cos(c) * math.sin(d - b)
    lat = math.atan2(math.sin(a) + math.sin(c), math.hypot(math.cos(a) + x, y))
    lon = b + math.atan2(y, math.cos(a) + x)
    return round(math.degrees(lat), 6), round((math.degrees(lon) + 540.0) % 360.0 - 180.0, 6)


_LEVEL = {"country": 6, "region": 5, "admin1": 4, "admin2": 3, "town": 1, "site": 1, "water": 7}


def _level(anchor: Candidate) -> int:
    return _LEVEL[kind_of(anchor.feature)]

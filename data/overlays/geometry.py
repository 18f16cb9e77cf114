"""Features as they come out of files -> shapes that can be drawn: repaired, simplified, bounded, each loss said."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely

from data.overlays.records import MOST_CORNERS, MOST_READ, MOST_SHAPES, MOST_TOLD, Kind, Part, Shape
from extract.errors import InputError

# Degrees: some ten metres, finer than a mark on the nearest map.
FINEST = 1e-4
METRES_PER_DEGREE = 111_195
KINDS: dict[str, Kind] = {
    "Point": "point",
    "MultiPoint": "point",
    "LineString": "line",
    "LinearRing": "line",
    "MultiLineString": "line",
    "Polygon": "area",
    "MultiPolygon": "area",
}


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature of a file: its name and its geometry (longitude, latitude), or why it has none that can be used."""

    name: str
    geometry: Any = None
    problem: str = ""


@dataclass(slots=True)
class _Told:
    """What is wrong with how many features."""

    lines: list[str] = field(default_factory=list)
    counted: int = 0

    def note(self, number: int, why: str) -> None:
        self.counted += 1
        if self.counted <= MOST_TOLD:
            self.lines.append(f"feature {number}: {why}")

    def remarks(self, what: str) -> list[str]:
        if not self.counted:
            return []
        more = f" and {self.counted - MOST_TOLD:,} more" if self.counted > MOST_TOLD else ""
        return [f"{self.counted:,} {what} ({'; '.join(self.lines)}{more})"]


def shapes(features: Iterable[Feature]) -> tuple[list[Shape], list[str]]:
    """The shapes, and remarks on what was left out or changed. Raises InputError where none is left, or too many."""
    found, skipped, repaired = _sound(features)
    remarks = [*skipped.remarks("left out"), *repaired.remarks("repaired")]
    if not found:
        raise InputError(f"it holds nothing that can be drawn{': ' + remarks[0] if remarks else ''}")
    if len(found) > MOST_SHAPES:
        remarks.append(f"only the first {MOST_SHAPES:,} of {len(found):,} features are kept")
        found = found[:MOST_SHAPES]
    geometries, remark = _simplified(np.array([geometry for _, geometry in found], object))
    drawn = [shape for (name, _), one in zip(found, geometries, strict=True) for shape in _shapes(name, one)]
    return drawn, [*remarks, *remark]


def _sound(features: Iterable[Feature]) -> tuple[list[tuple[str, Any]], _Told, _Told]:
    found: list[tuple[str, Any]] = []
    skipped, repaired, corners = _Told(), _Told(), 0
    for number, feature in enumerate(features, 1):
        why = feature.problem or _unusable(feature.geometry)
        if why:
            skipped.note(number, why)
            continue
        corners += int(shapely.get_num_coordinates(feature.geometry))
        if corners > MOST_READ:
            raise InputError(f"it has more than {MOST_READ:,} corners: simplify it first")
        geometry = shapely.force_2d(feature.geometry)
        if not shapely.is_valid(geometry):
            repaired.note(number, str(shapely.is_valid_reason(geometry)).partition("[")[0].lower())
            geometry = shapely.make_valid(geometry)
        found.append((feature.name, geometry))
    return found, skipped, repaired


def _unusable(geometry: Any) -> str:
    """Why a geometry cannot be drawn, "" where it can."""
    if geometry is None or shapely.is_empty(geometry):
        return "it has no geometry"
    places = shapely.get_coordinates(geometry)
    if not np.isfinite(places).all():
        return "a coordinate is no number"
    if (np.abs(places[:, 1]) > 90).any() or (np.abs(places[:, 0]) > 360).any():
        return "its coordinates are no degrees of longitude and latitude"
    return ""


def _simplified(geometries: Any) -> tuple[Any, list[str]]:
    """The geometries with as many corners as are kept; the detail left out doubles until they fit."""
    before = int(shapely.get_num_coordinates(geometries).sum())
    finest = FINEST
    while int(shapely.get_num_coordinates(geometries).sum()) > MOST_CORNERS and finest < 10:
        geometries = shapely.simplify(geometries, finest, preserve_topology=True)
        finest *= 2
    after = int(shapely.get_num_coordinates(geometries).sum())
    if after > MOST_CORNERS:
        raise InputError(f"it has {before:,} corners, more than can be drawn at once: split it, or simplify it first")
    if finest == FINEST:
        return geometries, []
    detail = finest / 2 * METRES_PER_DEGREE
    told = f"{detail / 1000:.1f} km" if detail >= 1000 else f"{detail:.0f} m"
    return geometries, [f"simplified from {before:,} to {after:,} corners: detail below about {told} is left out"]


def _shapes(name: str, geometry: Any) -> Iterator[Shape]:
    if shapely.is_empty(geometry):
        return
    if geometry.geom_type == "GeometryCollection":
        for one in geometry.geoms:
            yield from _shapes(name, one)
    elif geometry.geom_type in KINDS:
        pieces = getattr(geometry, "geoms", [geometry])
        yield Shape(KINDS[geometry.geom_type], name, tuple(part for piece in pieces for part in _parts(piece)))


def _parts(piece: Any) -> Iterator[Part]:
    rings = [piece.exterior, *piece.interiors] if piece.geom_type == "Polygon" else [piece]
    for ring in rings:
        yield tuple((round(lat, 5), round(lon, 5)) for lon, lat in shapely.get_coordinates(ring).tolist())


def place(lon: float, lat: float) -> tuple[float, float]:
    """A pair of coordinates as read from text; raises ValueError where they are no finite numbers."""
    if not (math.isfinite(lon) and math.isfinite(lat)):
        raise ValueError("a coordinate is no number")
    return lon, lat

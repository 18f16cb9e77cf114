"""The bundled country outlines and the names of countries and cities, for pictures that are drawn on the server.

Positions are Web Mercator, 0 to 1 from the north-western corner. An outline that crosses the 180th meridian goes on
beyond 0 or 1, so that it stays one piece; whoever draws repeats it a turn to either side.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from geo.cells import mercator

STATIC = Path(__file__).parents[1] / "static"
CREDIT = "Outlines: Natural Earth. Names: GeoNames, CC BY 4.0"
Floats = npt.NDArray[np.float64]
# One point a row: x, y.
Ring = Floats


@dataclass(frozen=True, slots=True)
class Name:
    """A name with its point; ``size`` is the radius of a country in km, or thousands of people of a city."""

    text: str
    lat: float
    lon: float
    size: float


@cache
def lands() -> tuple[tuple[Ring, ...], ...]:
    """Every country's pieces: the outer ring of a piece, then its holes."""
    world = json.loads((STATIC / "countries-50m.json").read_text("utf-8"))
    arcs = [_arc(arc, world["transform"]) for arc in world["arcs"]]
    pieces = (piece for country in world["objects"]["countries"]["geometries"] for piece in _pieces(country))
    return tuple(tuple(_ring(arcs, ring) for ring in piece) for piece in pieces)


def country_names() -> Sequence[Name]:
    """Countries, the largest first."""
    return _names()["countries"]


def city_names() -> Sequence[Name]:
    """Cities, the most populous first."""
    return _names()["cities"]


@cache
def _names() -> dict[str, tuple[Name, ...]]:
    found = json.loads((STATIC / "cities.json").read_text("utf-8"))
    return {
        kind: tuple(Name(text, lat, lon, size) for text, lon, lat, size in found[kind])
        for kind in ("countries", "cities")
    }


def _arc(steps: Any, transform: Any) -> Floats:
    """Longitude and latitude of an arc; TopoJSON holds whole numbers, each the difference to the one before."""
    found: Floats = np.cumsum(np.array(steps, np.int64), axis=0) * transform["scale"] + transform["translate"]
    return found


def _pieces(country: Any) -> Iterator[Any]:
    if country["type"] == "Polygon":
        yield country["arcs"]
    elif country["type"] == "MultiPolygon":
        yield from country["arcs"]


def _ring(arcs: Sequence[Floats], numbers: Sequence[int]) -> Ring:
    """The arcs one behind the other, a negative number standing for one that runs backwards."""
    parts = [arcs[n] if n >= 0 else arcs[~n][::-1] for n in numbers]
    return unrolled(np.concatenate([parts[0], *(part[1:] for part in parts[1:])]))


def unrolled(degrees: Floats) -> Ring:
    """A ring of longitudes and latitudes in Web Mercator, without jumps at the 180th meridian.

    A ring around a pole is closed along the edge of the map.
    """
    lon, lat = degrees[:, 0], degrees[:, 1]
    jumps = np.diff(lon)
    lon = lon + np.concatenate([[0.0], np.cumsum(np.where(jumps < -180, 360.0, np.where(jumps > 180, -360.0, 0.0)))])
    ring: Ring = np.stack([(lon + 180.0) / 360.0, mercator(lat)], axis=1)
    if abs(lon[-1] - lon[0]) > 180:
        edge = 1.0 if lat[0] < 0 else 0.0
        ring = np.concatenate([ring, [[ring[-1, 0], edge], [ring[0, 0], edge], ring[0]]])
    return ring

"""What is drawn of many points in one view: each by itself, or counted by cell of a grid on the screen.

Positions are WGS 84 degrees; the grid lies in Web Mercator, whose square cells stay square on the screen.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

# From here on single markers cover one another on a screen of 1440 by 900, and an update passes 50 kB.
MOST_POINTS = 400
CELL_PIXELS = 64
TILE_PIXELS = 256
# Loaded around the view on every side, so that a short pan redraws nothing.
PADDING = 0.35
MERCATOR_LIMIT = 85.0511

LatLon = tuple[float, float]
Box = tuple[LatLon, LatLon]
Cell = tuple[float, float, int, float, float, float, float]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class View:
    """What the screen shows: zoom level, and south, west, north, east in degrees (None = the whole world)."""

    zoom: int = 2
    box: tuple[float, float, float, float] | None = None

    def padded(self) -> View:
        """The view with a margin, snapped to half its own size so that near views load the same."""
        if self.box is None:
            return self
        south, west, north, east = self.box
        high, wide = north - south, east - west
        step_y, step_x = max(high / 2, 1e-6), max(wide / 2, 1e-6)
        south = np.floor((south - PADDING * high) / step_y) * step_y
        west = np.floor((west - PADDING * wide) / step_x) * step_x
        north = np.ceil((north + PADDING * high) / step_y) * step_y
        east = np.ceil((east + PADDING * wide) / step_x) * step_x
        return View(self.zoom, (float(south), float(west), float(north), float(east)))


@dataclass(frozen=True, slots=True)
class Drawn:
    """``singly``: indices of the points drawn one by one. ``cells``: centroid, count, south, west, north, east."""

    singly: tuple[int, ...] = ()
    cells: tuple[Cell, ...] = ()


def arrange(lat: Floats, lon: Floats, view: View, *, most: int = MOST_POINTS) -> Drawn:
    """All points singly where there are at most ``most``; else those in the padded view, by cell where still too many.

    A cell that holds one point is that point. Every point in the padded view is counted exactly once.
    """
    if len(lat) <= most:
        return Drawn(tuple(range(len(lat))))
    seen = np.flatnonzero(_within(lat, lon, view.padded().box))
    if len(seen) <= most:
        return Drawn(tuple(seen.tolist()))
    return _grid(lat[seen], lon[seen], seen, view.zoom)


def extent(lat: Floats, lon: Floats, *, outer: float = 0.0) -> Box | None:
    """South-west and north-east corner of the points, None where there are none.

    ``outer`` is the share of the points (0 to 0.5) that may stay outside on each of the four sides.
    """
    if not len(lat):
        return None
    south, north = np.quantile(lat, [outer, 1 - outer])
    west, east = np.quantile(lon, [outer, 1 - outer])
    return (float(south), float(west)), (float(north), float(east))


def _within(lat: Floats, lon: Floats, box: tuple[float, float, float, float] | None) -> npt.NDArray[np.bool_]:
    if box is None:
        return np.ones(len(lat), dtype=bool)
    south, west, north, east = box
    # A world seen twice reaches past 180 degrees; then every longitude is on the screen.
    across = np.ones(len(lat), dtype=bool) if east - west >= 360 else _between(lon, west, east)
    inside: npt.NDArray[np.bool_] = (lat >= south) & (lat <= north) & across
    return inside


def _between(lon: Floats, west: float, east: float) -> npt.NDArray[np.bool_]:
    turned: npt.NDArray[np.bool_] = np.mod(lon - west, 360.0) <= east - west
    return turned


def _grid(lat: Floats, lon: Floats, seen: npt.NDArray[np.intp], zoom: int) -> Drawn:
    side = TILE_PIXELS * 2.0**zoom / CELL_PIXELS
    column = np.floor((lon + 180.0) / 360.0 * side).astype(np.int64)
    row = np.floor(_mercator(lat) * side).astype(np.int64)
    group = row * (int(side) + 2) + column
    # Sorted by cell, each cell is one slice: a pass over the points, however many cells there are.
    order = np.argsort(group, kind="stable")
    starts = np.flatnonzero(np.diff(group[order], prepend=-1))
    parts = np.split(order, starts[1:])
    singly = sorted(int(seen[part[0]]) for part in parts if len(part) == 1)
    return Drawn(tuple(singly), tuple(_cell(lat[part], lon[part]) for part in parts if len(part) > 1))


def _mercator(lat: Floats) -> Floats:
    """Share of the way from the northern to the southern edge of the Web Mercator square, 0 to 1."""
    phi = np.radians(np.clip(lat, -MERCATOR_LIMIT, MERCATOR_LIMIT))
    share: Floats = (1.0 - np.arcsinh(np.tan(phi)) / np.pi) / 2.0
    return share


def _cell(lat: Floats, lon: Floats) -> Cell:
    box = (float(lat.min()), float(lon.min()), float(lat.max()), float(lon.max()))
    return (round(float(lat.mean()), 5), round(float(lon.mean()), 5), len(lat), *box)

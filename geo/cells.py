"""What is drawn of many points in one view: each by itself, or counted by cell of a grid on the screen.

Positions are WGS 84 degrees; the grid lies in Web Mercator, whose square cells stay square on the screen.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

# From here on single markers cover one another on a screen of 1440 by 900, and an update passes 50 kB.
MOST_POINTS = 250
CELL_PIXELS = 72
# So few are always drawn singly; above that not where on average more than so many share a cell (seen at 390 pixels).
SPARSE, MOST_A_CELL = 60, 3
TILE_PIXELS = 256
# Loaded around the view on every side, so that a short pan redraws nothing.
PADDING = 0.25
# As many at one and the same point are fanned out on the screen; more are one disc, however near the view.
MOST_FANNED = 24
FANNED_FROM = 9
MOST_TABLE = 4_000_000
HEAT_PIXELS, MOST_HEAT = 20, 1_500
MERCATOR_LIMIT = 85.0511

LatLon = tuple[float, float]
Box = tuple[LatLon, LatLon]
Cell = tuple[float, float, int, int]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class View:
    """What the screen shows: zoom level, and south, west, north, east in degrees (None = the whole world)."""

    zoom: int = 2
    box: tuple[float, float, float, float] | None = None

    def padded(self) -> View:
        """The view with a margin, out to the edges of the tiles that it touches, so that near views load the same."""
        if self.box is None:
            return self
        south, west, north, east = self.box
        tiles = 2.0**self.zoom
        top, bottom = (float(y) * tiles for y in mercator(np.array([north, south])))
        left, right = ((lon + 180.0) / 360.0 * tiles for lon in (west, east))
        high, wide = PADDING * (bottom - top), PADDING * (right - left)
        top, left = math.floor(top - high), math.floor(left - wide)
        bottom, right = math.ceil(bottom + high), math.ceil(right + wide)
        edges = (latitude(bottom / tiles), left / tiles * 360.0 - 180.0)
        return View(self.zoom, (*edges, latitude(top / tiles), right / tiles * 360.0 - 180.0))


def latitude(share: float) -> float:
    """The latitude that lies at a share of the way down the Web Mercator square; the poles beyond its edges."""
    if not 0.0 < share < 1.0:
        return 90.0 if share <= 0.0 else -90.0
    return math.degrees(math.atan(math.sinh(math.pi * (1.0 - 2.0 * share))))


@dataclass(frozen=True, slots=True)
class Points:
    """Where many points lie, in degrees and in Web Mercator (0 to 1 from the north-western corner)."""

    lat: Floats
    lon: Floats
    x: Floats
    y: Floats

    @classmethod
    def at(cls, lat: Floats, lon: Floats) -> Points:
        """Points given in degrees."""
        return cls(lat, lon, (lon + 180.0) / 360.0, mercator(lat))

    def __len__(self) -> int:
        return len(self.lat)

    def __getitem__(self, places: npt.NDArray[np.intp]) -> Points:
        return Points(self.lat[places], self.lon[places], self.x[places], self.y[places])


@dataclass(frozen=True, slots=True)
class Drawn:
    """``singly``: indices of the points drawn one by one. ``cells``: middle (lat, lon), count, 1 where all of them lie
    at one and the same point, else 0.
    """

    singly: tuple[int, ...] = ()
    cells: tuple[Cell, ...] = ()


def arrange(points: Points, view: View, *, most: int = MOST_POINTS) -> Drawn:
    """All points singly where there are at most ``most``; else those in the padded view, by cell where still too many.

    A cell that holds one point is that point. Every point in the padded view is counted exactly once.
    """
    seen = np.arange(len(points)) if len(points) <= most else within(points, view)
    if len(seen) <= most and not _crowded(points[seen], view.zoom):
        return Drawn(tuple(seen.tolist()))
    return _grid(points[seen], seen, view.zoom)


def _crowded(points: Points, zoom: int) -> bool:
    """True where single marks would cover one another: many, and several to a cell, apart from stacks to be fanned."""
    if len(points) <= SPARSE:
        return False
    _, counts = _grouped(points, zoom, CELL_PIXELS)
    return len(points) > MOST_A_CELL * len(counts)


def heat(points: Points, view: View) -> tuple[tuple[float, float, int], ...]:
    """Middle (lat, lon) and count of fine cells over the padded view, coarser until there are at most ``MOST_HEAT``."""
    seen = points[within(points, view)]
    pixels = HEAT_PIXELS
    while True:
        group, counts = _grouped(seen, view.zoom, pixels)
        if len(counts) <= MOST_HEAT:
            break
        pixels *= 2
    lat, lon = _middles(seen, group, counts)
    return tuple(zip(lat.tolist(), lon.tolist(), counts.tolist(), strict=True))


def within(points: Points, view: View) -> npt.NDArray[np.intp]:
    """Indices of the points in the padded view, ascending."""
    box = view.padded().box
    if box is None:
        return np.arange(len(points))
    south, west, north, east = box
    inside = (points.lat >= south) & (points.lat <= north)
    # A world seen twice reaches past 180 degrees; then every longitude is on the screen.
    if east - west < 360:
        inside &= np.mod(points.lon - west, 360.0) <= east - west
    return np.flatnonzero(inside)


def extent(lat: Floats, lon: Floats, *, outer: float = 0.0) -> Box | None:
    """South-west and north-east corner of the points, None where there are none.

    ``outer`` is the share of the points (0 to 0.5) that may stay outside on each of the four sides.
    """
    if not len(lat):
        return None
    south, north = np.quantile(lat, [outer, 1 - outer])
    west, east = np.quantile(lon, [outer, 1 - outer])
    return (float(south), float(west)), (float(north), float(east))


def mercator(lat: Floats) -> Floats:
    """Share of the way from the northern to the southern edge of the Web Mercator square, 0 to 1."""
    phi = np.radians(np.clip(lat, -MERCATOR_LIMIT, MERCATOR_LIMIT))
    share: Floats = (1.0 - np.arcsinh(np.tan(phi)) / np.pi) / 2.0
    return share


def _grid(points: Points, seen: npt.NDArray[np.intp], zoom: int) -> Drawn:
    group, counts = _grouped(points, zoom, CELL_PIXELS)
    first = np.zeros(len(counts), np.int64)
    first[group[::-1]] = np.arange(len(points) - 1, -1, -1)
    apart = (points.lat != points.lat[first][group]) | (points.lon != points.lon[first][group])
    together = np.bincount(group, weights=apart, minlength=len(counts)) == 0
    alone = (counts == 1) | (together & (counts <= MOST_FANNED) & (zoom >= FANNED_FROM))
    lat, lon = _middles(points, group, counts)
    cells = zip(*(part[~alone].tolist() for part in (lat, lon, counts, together.astype(int))), strict=True)
    return Drawn(tuple(seen[alone[group]].tolist()), tuple(cells))


def _grouped(points: Points, zoom: int, pixels: int) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.int64]]:
    """Every point's cell, numbered from 0 without gaps, and how many points each cell holds."""
    side = TILE_PIXELS * 2.0**zoom / pixels
    column, row = np.floor(points.x * side).astype(np.int64), np.floor(points.y * side).astype(np.int64)
    if not len(column):
        return column, column
    column -= column.min()
    row -= row.min()
    wide = int(column.max()) + 1
    code = row * wide + column
    # A pass over a table of all cells is far quicker than sorting, but over the whole world near by it would be huge.
    if wide * (int(row.max()) + 1) > MOST_TABLE:
        _, code, counts = np.unique(code, return_inverse=True, return_counts=True)
        return code, counts
    counts = np.bincount(code)
    used = counts > 0
    return (np.cumsum(used) - 1)[code], counts[used]


def _middles(points: Points, group: npt.NDArray[np.intp], counts: npt.NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Mean latitude and longitude of every cell, to about a metre."""
    lat = np.bincount(group, weights=points.lat, minlength=len(counts)) / counts
    lon = np.bincount(group, weights=points.lon, minlength=len(counts)) / counts
    return np.round(lat, 5), np.round(lon, 5)

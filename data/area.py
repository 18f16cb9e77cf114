"""Areas drawn on a map, and which points lie within: a circle, a polygon, or a corridor along a line.

Short as text, so that an address can hold one: ``c:LAT,LON;KM``, ``p:LAT,LON;LAT,LON;…``, ``l:KM;LAT,LON;LAT,LON;…``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

Kind = Literal["c", "p", "l"]
KM_PER_DEGREE = 111.195
EARTH_KM = 6371.0088
# An outline by hand has tens of corners; more than this is not drawn but pasted, and would not fit an address.
MOST_CORNERS = 200
WIDEST_KM = 3_000.0
Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Area:
    """``points`` are (lat, lon) in degrees; ``km`` the radius of a circle, the half width of a corridor, else 0."""

    kind: Kind
    points: tuple[tuple[float, float], ...]
    km: float = 0.0

    def text(self) -> str:
        """The area as ``parse`` takes it, to about ten metres."""
        points = ";".join(f"{lat:.4f},{lon:.4f}" for lat, lon in self.points)
        if self.kind == "p":
            return f"p:{points}"
        return f"c:{points};{self.km:.3g}" if self.kind == "c" else f"l:{self.km:.3g};{points}"

    def holds(self, lat: Floats, lon: Floats) -> Bools:
        """Which points lie within; one without coordinates (NaN) does not."""
        if self.kind == "c":
            return distance_km(lat, lon, *self.points[0]) <= self.km
        return self._corridor(lat, lon) if self.kind == "l" else self._polygon(lat, lon)

    def _polygon(self, lat: Floats, lon: Floats) -> Bools:
        inside = np.zeros(len(lat), np.bool_)
        near = np.flatnonzero(self._box(lat, lon, 0.0))
        y, x = lat[near], _turned(lon[near], self.points[0][1])
        odd = np.zeros(len(near), np.bool_)
        corners = [(a, float(_turned(np.array([b]), self.points[0][1])[0])) for a, b in self.points]
        for (y0, x0), (y1, x1) in zip(corners, [*corners[1:], corners[0]], strict=True):
            if y0 == y1:
                continue
            crosses = (y >= min(y0, y1)) & (y < max(y0, y1))
            odd ^= crosses & (x < x0 + (y - y0) * (x1 - x0) / (y1 - y0))
        inside[near] = odd
        return inside

    def _corridor(self, lat: Floats, lon: Floats) -> Bools:
        inside = np.zeros(len(lat), np.bool_)
        near = np.flatnonzero(self._box(lat, lon, self.km))
        best = np.full(len(near), np.inf)
        for start, end in zip(self.points, self.points[1:], strict=False):
            best = np.minimum(best, _to_segment_km(lat[near], lon[near], start, end))
        inside[near] = best <= self.km
        return inside

    def _box(self, lat: Floats, lon: Floats, km: float) -> Bools:
        lats = [point[0] for point in self.points]
        lons = _turned(np.array([point[1] for point in self.points]), self.points[0][1])
        high = km / KM_PER_DEGREE
        wide = high / max(0.05, math.cos(math.radians(min(89.0, max(map(abs, lats)) + high))))
        x = _turned(lon, self.points[0][1])
        found: Bools = (lat >= min(lats) - high) & (lat <= max(lats) + high)
        found &= (x >= lons.min() - wide) & (x <= lons.max() + wide)
        return found


def parse(text: str) -> Area | None:
    """The area that a text describes, None where it describes none."""
    kind, _, rest = text.partition(":")
    try:
        parts = [tuple(float(number) for number in part.split(",")) for part in rest.split(";")]
    except ValueError:
        return None
    lengths = {"c": [2, 1], "p": [2] * len(parts), "l": [1] + [2] * (len(parts) - 1)}.get(kind)
    least = {"c": 2, "p": 3, "l": 3}.get(kind, 0)
    if lengths is None or [len(part) for part in parts] != lengths or not least <= len(parts) <= MOST_CORNERS:
        return None
    km = {"c": parts[-1][0], "l": parts[0][0]}.get(kind, 0.0)
    points = tuple((part[0], part[1]) for part in parts if len(part) == 2)
    if not all(math.isfinite(a) and abs(a) <= 90 and abs(b) <= 540 for a, b in points):
        return None
    return Area(kind, points, km) if kind == "p" or 0 < km <= WIDEST_KM else None  # type: ignore[arg-type]


def distance_km(lat: Floats, lon: Floats, to_lat: float, to_lon: float) -> Floats:
    """Great-circle distances, NaN where a coordinate is."""
    a, b = np.radians(lat), math.radians(to_lat)
    half = np.sin((a - b) / 2) ** 2 + np.cos(a) * math.cos(b) * np.sin(np.radians(lon - to_lon) / 2) ** 2
    found: Floats = 2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(1.0, half)))
    return found


def _turned(lon: Floats, around: float) -> Floats:
    """Longitudes within half a turn of another, so that an area may lie across the 180th meridian."""
    found: Floats = np.mod(lon - around + 180.0, 360.0) - 180.0 + around
    return found


def _to_segment_km(lat: Floats, lon: Floats, start: Any, end: Any) -> Floats:
    """Distance to a line between two points, flat about the point itself: within one in a hundred below 500 km."""
    scale = np.cos(np.radians(lat)) * KM_PER_DEGREE
    x0, x1 = (_turned(np.full(1, lon_), start[1])[0] for lon_ in (start[1], end[1]))
    here = _turned(lon, start[1])
    ax, ay = (x0 - here) * scale, (start[0] - lat) * KM_PER_DEGREE
    bx, by = (x1 - here) * scale, (end[0] - lat) * KM_PER_DEGREE
    dx, dy = bx - ax, by - ay
    along = np.clip(-(ax * dx + ay * dy) / np.maximum(dx * dx + dy * dy, 1e-12), 0.0, 1.0)
    found: Floats = np.hypot(ax + along * dx, ay + along * dy)
    return found

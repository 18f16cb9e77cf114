"""Coordinates made coarse: every point becomes the middle of the cell of a fixed grid that it lies in.

The grid does not depend on the points, so that nothing about where in its cell a point lies can be read from the
result; the same point always gives the same cell, so that asking again gives nothing more away either.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
KM_PER_DEGREE = 111.195
# The grid's lines lie off the round degrees that coordinates are often given in: then few points are a cell's middle.
SHIFT = (3 - math.sqrt(5)) / 2
# Degrees to about ten metres, as coordinates are given elsewhere.
DIGITS = 4
# A cell's corner seen as on a plane is nearer than on the sphere by less than this, up to the widest cells allowed.
SPHERE = 1.03
LEAST_KM, MOST_KM = 1.0, 500.0


@dataclass(frozen=True, slots=True)
class Coarse:
    """Middles of cells in WGS 84 degrees, and how far (km) the truth may lie from each; NaN where there is no point."""

    lat: Floats
    lon: Floats
    radius_km: Floats


def cells(lat: Floats, lon: Floats, radius_km: Floats, cell_km: float) -> Coarse:
    """The cells of points, about ``cell_km`` wide and high; a point's own radius is added, in whole cells' widths.

    So the published radius tells nothing of the place but how many cells its own reaches over.
    """
    step = cell_km / KM_PER_DEGREE
    band = np.floor((lat + 90.0) / step + SHIFT)
    south = np.clip((band - SHIFT) * step - 90.0, -90.0, 90.0)
    north = np.clip((band + 1 - SHIFT) * step - 90.0, -90.0, 90.0)
    middle = (south + north) / 2
    around = np.maximum(1.0, np.floor(360.0 * np.cos(np.radians(middle)) / step))
    wide = 360.0 / around
    column = np.floor((lon + 180.0) / wide + SHIFT)
    centre = np.mod((column + 0.5 - SHIFT) * wide, 360.0) - 180.0
    widest = np.cos(np.radians(np.where(south * north < 0, 0.0, np.minimum(np.abs(south), np.abs(north)))))
    corner = np.hypot((north - south) / 2, wide / 2 * widest) * KM_PER_DEGREE * SPHERE
    own = np.ceil(np.where(np.isnan(radius_km), 0.0, radius_km) / cell_km) * cell_km
    return Coarse(np.round(middle, DIGITS), np.round(centre, DIGITS), np.ceil(corner + own))


def cell(lat: float, lon: float, radius_km: float | None, cell_km: float) -> tuple[float, float, float]:
    """Latitude, longitude and radius (km) of one point's cell."""
    radius = math.nan if radius_km is None else radius_km
    found = cells(np.array([lat]), np.array([lon]), np.array([radius]), cell_km)
    return float(found.lat[0]), float(found.lon[0]), float(found.radius_km[0])

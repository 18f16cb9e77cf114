"""Coordinates of other systems (UTM, Web Mercator, national grids) -> degrees of WGS 84."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
import pyproj
import shapely
from pyproj import network

from data.overlays.geometry import Feature
from extract.errors import InputError

# It could fetch grids from elsewhere; what it has is exact to a metre or two.
network.set_network_enabled(active=False)  # type: ignore[attr-defined]


def to_degrees(feature: Feature, reference: str) -> Feature:
    """The feature in degrees; ``reference`` is a name such as "EPSG:32637" or a text of WKT, "" where it is already.

    Raises InputError for a system that is not known.
    """
    change = _change(reference) if reference else None
    if change is None or feature.geometry is None:
        return feature
    return replace(feature, geometry=shapely.transform(feature.geometry, lambda at: _changed(change, at)))


def _changed(change: Any, at: Any) -> Any:
    lon, lat = change.transform(at[:, 0], at[:, 1])
    return np.stack([lon, lat], axis=1)


@lru_cache(maxsize=16)
def _change(reference: str) -> Any:
    """What turns coordinates into degrees, None where they are degrees of WGS 84."""
    try:
        known = pyproj.CRS.from_user_input(reference)
    except pyproj.exceptions.CRSError as error:
        raise InputError(f"its coordinate system is not known: {reference[:80]!r}") from error
    if known.is_geographic and "WGS" in known.name.upper():
        return None
    return pyproj.Transformer.from_crs(known, "EPSG:4326", always_xy=True)

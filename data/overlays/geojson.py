"""GeoJSON -> features."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import shapely

from data.overlays.geometry import Feature
from data.overlays.projection import to_degrees
from data.overlays.records import LONGEST_NAME
from extract.errors import InputError

NAMES = ("name", "title", "label", "id", "admin_name", "shapename")
GEOMETRIES = {"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection"}


def features(raw: bytes) -> Iterator[Feature]:
    """Every feature of the file. Raises InputError where it is no GeoJSON."""
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise InputError(f"it begins like JSON but is none: {str(error)[:120]}") from error
    kind = found.get("type") if isinstance(found, dict) else None
    if kind == "Topology":
        raise InputError("it is TopoJSON, which is not read here: save it as GeoJSON")
    if kind not in ("FeatureCollection", "Feature", *GEOMETRIES):
        raise InputError("it is JSON but no GeoJSON: it has no features")
    reference = _reference(found)
    listed = found.get("features") if kind == "FeatureCollection" else [found]
    for one in listed if isinstance(listed, list) else []:
        yield _feature(one, reference)


def _feature(one: Any, reference: str) -> Feature:
    if not isinstance(one, dict):
        return Feature("", problem="it is no feature")
    given = one.get("geometry") if one.get("type") == "Feature" else one
    name = named(one.get("properties"))
    if not isinstance(given, dict):
        return Feature(name, problem="it has no geometry")
    try:
        geometry = shapely.from_geojson(json.dumps(given))
    except (shapely.errors.GEOSException, ValueError, TypeError, RecursionError) as error:
        return Feature(name, problem=f"its geometry cannot be read: {str(error)[:80]}")
    return to_degrees(Feature(name, geometry), reference)


def named(properties: Any) -> str:
    """What a feature is called by one of the fields that commonly hold a name, "" where none does."""
    if not isinstance(properties, Mapping):
        return ""
    held = {str(key).lower(): value for key, value in properties.items()}
    found = next((held[name] for name in NAMES if held.get(name) not in (None, "")), "")
    return " ".join(str(found).split())[:LONGEST_NAME]


def _reference(found: dict[str, Any]) -> str:
    """The name of the coordinate system that GeoJSON of before 2016 may state, "" for degrees."""
    stated = found.get("crs")
    properties = stated.get("properties") if isinstance(stated, dict) else None
    return str(properties.get("name") or "") if isinstance(properties, dict) else ""

"""A shapefile in a zip -> features."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator, Mapping
from typing import Any

import shapefile
import shapely

from data.overlays.geojson import named
from data.overlays.geometry import Feature
from data.overlays.projection import to_degrees
from extract.errors import InputError


def features(parts: Mapping[str, bytes]) -> Iterator[Feature]:
    """Every record; ``parts`` are the files of one shapefile by their ending (shp, dbf, prj, cpg).

    Raises InputError where it is damaged.
    """
    reference = parts.get("prj", b"").decode("utf-8", "replace").strip("\x00 \r\n\t")
    encoding = parts.get("cpg", b"utf-8").decode("ascii", "replace").strip() or "utf-8"
    try:
        with _opened(parts, encoding) as opened:
            for record in opened.iterShapeRecords():
                yield to_degrees(_feature(record), reference)
    except _BROKEN as error:
        raise InputError(f"the shapefile cannot be read: {str(error)[:120]}") from error


# What its reader raises for files that are cut off or hold nonsense.
_BROKEN = (shapefile.ShapefileException, ValueError, TypeError, IndexError, KeyError, OSError, LookupError, EOFError)


def _opened(parts: Mapping[str, bytes], encoding: str) -> Any:
    table = {"dbf": io.BytesIO(parts["dbf"])} if "dbf" in parts else {}
    index = {"shx": io.BytesIO(parts["shx"])} if "shx" in parts else {}
    return shapefile.Reader(
        shp=io.BytesIO(parts["shp"]), **table, **index, encoding=_known(encoding), encodingErrors="replace"
    )


def _known(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return "utf-8"


def _feature(record: Any) -> Feature:
    name = named(record.record.as_dict()) if record.record is not None else ""
    try:
        given = record.shape.__geo_interface__
        geometry = shapely.geometry.shape(given) if given.get("type") not in (None, "Null") else None
    except (shapely.errors.ShapelyError, *_BROKEN) as error:
        return Feature(name, problem=f"its geometry cannot be read: {str(error)[:80]}")
    return Feature(name, geometry)

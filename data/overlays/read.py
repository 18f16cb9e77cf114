"""A file that a user loads -> an overlay. What it is, is told by its content; its name says nothing.

overlay = read(raw, "frontline.zip")
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import PurePath

from data.overlays import geojson, geometry, kml, shapefiles
from data.overlays.geometry import Feature
from data.overlays.records import LONGEST_NAME, MOST_BYTES, MOST_UNPACKED, Overlay
from extract.errors import InputError

_ZIP, _SHP = b"PK\x03\x04", b"\x00\x00\x27\x0a"
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_TAKEN = "GeoJSON, KML, KMZ, or a shapefile in a zip (.shp with its .dbf, .shx and .prj)"
_SHAPEFILE = ("shp", "shx", "dbf", "prj", "cpg")


def read(raw: bytes, name: str) -> Overlay:
    """The overlay, called after the file. Raises InputError with the reason where it cannot be read or is too large."""
    if len(raw) > MOST_BYTES:
        raise InputError(f"{name} is {len(raw) / 1e6:,.0f} MB: at most {MOST_BYTES // 1_000_000} MB are read")
    try:
        shapes, remarks = geometry.shapes(_features(raw))
    except InputError as error:
        raise InputError(f"{name}: {error}") from error
    called = " ".join(PurePath(name).stem.split())[:LONGEST_NAME] or "layer"
    return Overlay(called, shapes, remarks)


def _features(raw: bytes) -> Iterator[Feature]:
    start = raw[:200].lstrip(b"".join(_BOMS) + b" \t\r\n\x00")
    if raw.startswith(_ZIP):
        return _packed(raw)
    if raw.startswith(_SHP):
        raise InputError("it is one file of a shapefile: put it into a zip with its .dbf, .shx and .prj")
    if start.startswith((b"{", b"[")):
        return geojson.features(raw)
    if start.startswith(b"<"):
        return kml.features(raw)
    raise InputError(f"it is none of what can be read: {_TAKEN}" if raw.strip() else "it is empty")


def _packed(raw: bytes) -> Iterator[Feature]:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            found = _members(packed)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, ValueError) as error:
        raise InputError(f"the zip cannot be opened: {str(error)[:120]}") from error
    if "shp" in found:
        return shapefiles.features(found)
    if "kml" in found:
        return kml.features(found["kml"])
    one = found.get("geojson") or found.get("json")
    if one is None:
        raise InputError(f"the zip holds none of what can be read: {_TAKEN}")
    return geojson.features(one)


def _members(packed: zipfile.ZipFile) -> Mapping[str, bytes]:
    """Ending -> content: of the first shapefile with what belongs to it, else of the first KML or GeoJSON."""
    listed = [one for one in packed.infolist() if not one.is_dir() and not PurePath(one.filename).name.startswith("._")]
    if sum(one.file_size for one in listed) > MOST_UNPACKED:
        raise InputError(f"the zip unpacks to more than {MOST_UNPACKED // 1_000_000} MB")
    ending = {one.filename: PurePath(one.filename).suffix.lower().lstrip(".") for one in listed}
    first = next((one for one in listed if ending[one.filename] == "shp"), None)
    if first:
        stem = PurePath(first.filename).with_suffix("").as_posix().lower()
        own = [one for one in listed if PurePath(one.filename).with_suffix("").as_posix().lower() == stem]
        wanted = {ending[one.filename]: one for one in own if ending[one.filename] in _SHAPEFILE}
    else:
        wanted = {
            ending[one.filename]: one for one in reversed(listed) if ending[one.filename] in ("kml", "json", "geojson")
        }
    return {kind: _content(packed, one) for kind, one in wanted.items()}


def _content(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    # A zip may lie about how large a file in it is.
    with packed.open(member) as file:
        found = file.read(MOST_UNPACKED + 1)
    if len(found) > MOST_UNPACKED:
        raise InputError(f"the zip unpacks to more than {MOST_UNPACKED // 1_000_000} MB")
    return found

"""Layers that users load: what is read, what is mended, what is refused and why."""

from __future__ import annotations

import io
import json
import math
import zipfile
from pathlib import Path
from typing import Any

import pyproj
import pytest
import shapefile

from data.overlays import kept, records
from data.overlays.read import read
from data.overlays.records import Overlay, Shape
from extract.errors import InputError

LINE = {"type": "LineString", "coordinates": [[36.0, 34.0], [37.0, 35.5]]}
SQUARE = {"type": "Polygon", "coordinates": [[[36, 34], [37, 34], [37, 35], [36, 35], [36, 34]]]}
BOW = {"type": "Polygon", "coordinates": [[[36, 34], [37, 35], [37, 34], [36, 35], [36, 34]]]}
KML = """<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder>
<Placemark><name>Line of control</name><LineString><coordinates>36,34,0 37,35.5,0</coordinates></LineString></Placemark>
<Placemark><name>Zone</name><Polygon><outerBoundaryIs><LinearRing><coordinates>36,34 37,34 37,35 36,34
</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>
<Placemark><name>Empty</name></Placemark></Folder></Document></kml>"""


def features(*geometries: Any, **properties: Any) -> bytes:
    """A GeoJSON file of these geometries."""
    listed = [{"type": "Feature", "properties": properties, "geometry": one} for one in geometries]
    return json.dumps({"type": "FeatureCollection", "features": listed}).encode()


def packed(**members: bytes) -> bytes:
    """A zip; ``__`` in a name stands for a dot."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name.replace("__", "."), content)
    return out.getvalue()


def shape_zip(lines: list[list[tuple[float, float]]], *, prj: str = "", drop: str = "") -> bytes:
    """A zipped shapefile of lines, each called by its number."""
    parts = {kind: io.BytesIO() for kind in ("shp", "shx", "dbf")}
    with shapefile.Writer(**parts, shapeType=shapefile.POLYLINE) as writer:
        writer.field("NAME", "C", 40)
        for number, line in enumerate(lines):
            writer.line([line])
            writer.record(f"line {number}")
    members = {f"Front__{kind}": part.getvalue() for kind, part in parts.items() if kind != drop}
    return packed(**members, **({"Front__prj": prj.encode()} if prj else {}))


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (features(LINE, name="Line of control"), "control.geojson"),
        (b"\xef\xbb\xbf" + features(LINE, name="Line of control"), "control.json"),
        (KML.encode(), "control.kml"),
        (packed(doc__kml=KML.encode()), "control.kmz"),
        (packed(control__geojson=features(LINE, name="Line of control")), "control.zip"),
        # Its name says something else than it is.
        (features(LINE, name="Line of control"), "control.shp"),
        (KML.encode(), "control.geojson"),
    ],
)
def test_each_kind_is_read_by_what_it_is(raw: bytes, name: str) -> None:
    found = read(raw, name)
    assert found.name == "control"
    assert found.shapes[0] == Shape("line", "Line of control", (((34.0, 36.0), (35.5, 37.0)),))


def test_a_shapefile_in_a_zip() -> None:
    found = read(shape_zip([[(36, 34), (37, 35.5)], [(40, 30), (41, 31)]]), "front.zip")
    assert [(shape.kind, shape.name) for shape in found.shapes] == [("line", "line 0"), ("line", "line 1")]
    assert found.shapes[1].parts == (((30.0, 40.0), (31.0, 41.0)),)


def test_a_shapefile_of_another_coordinate_system_comes_out_in_degrees() -> None:
    to_utm = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:32637", always_xy=True)
    line = [to_utm.transform(36.0, 34.0), to_utm.transform(37.0, 35.5)]
    found = read(shape_zip([line], prj=pyproj.CRS("EPSG:32637").to_wkt("WKT1_ESRI")), "utm.zip")
    (lat, lon), _ = found.shapes[0].parts[0]
    assert (lat, lon) == pytest.approx((34.0, 36.0), abs=1e-4)


def test_geojson_of_before_2016_may_state_its_system() -> None:
    to_web = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:3857", always_xy=True)
    point = {"type": "Point", "coordinates": to_web.transform(36.0, 34.0)}
    stated = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    found = read(json.dumps({**json.loads(features(point)), "crs": stated}).encode(), "web.json")
    assert found.shapes[0].parts[0][0] == pytest.approx((34.0, 36.0), abs=1e-4)


def test_a_crossed_outline_is_repaired_and_said() -> None:
    found = read(features(BOW, SQUARE), "x.json")
    assert [shape.kind for shape in found.shapes] == ["area", "area"]
    assert found.remarks == ["1 repaired (feature 1: self-intersection)"]


@pytest.mark.parametrize(
    ("geometry", "why"),
    [
        (None, "it has no geometry"),
        ({"type": "LineString", "coordinates": []}, "it has no geometry"),
        ({"type": "LineString", "coordinates": [[36, 34]]}, "its geometry cannot be read"),
        ({"type": "Blob", "coordinates": [36, 34]}, "its geometry cannot be read"),
        ({"type": "Point", "coordinates": ["a", "b"]}, "its geometry cannot be read"),
        ({"type": "Point", "coordinates": [math.nan, 34]}, "its geometry cannot be read"),
        ({"type": "Point", "coordinates": [361000.0, 34.0]}, "no degrees"),
        ({"type": "Point", "coordinates": [36, 95]}, "no degrees"),
    ],
)
def test_a_bad_feature_is_left_out_by_itself(geometry: Any, why: str) -> None:
    found = read(features(geometry, LINE), "x.json")
    assert len(found.shapes) == 1
    assert found.remarks[0].startswith("1 left out (feature 1: ")
    assert why in found.remarks[0]


@pytest.mark.parametrize(
    ("raw", "name", "why"),
    [
        (b"", "x.json", "it is empty"),
        (b"{", "x.json", "begins like JSON but is none"),
        (b"[" * 100_000, "x.json", "begins like JSON but is none"),
        (b'{"a": 1}', "x.json", "no GeoJSON"),
        (b'{"type": "Topology", "arcs": []}', "x.json", "TopoJSON"),
        (features(), "x.json", "nothing that can be drawn"),
        (b"<gpx><wpt/></gpx>", "x.kml", "outermost element is 'gpx'"),
        (b"<html><body>404</body></html>", "x.kml", "no KML"),
        (b"<kml><Document>", "x.kml", "no well-formed XML"),
        (b"PK\x03\x04 nonsense", "x.zip", "the zip cannot be opened"),
        (packed(readme__txt=b"hello"), "x.zip", "holds none of what can be read"),
        (b"\x00\x00\x27\x0a" + b"\x00" * 96, "x.shp", "put it into a zip"),
        (b"%PDF-1.7", "x.geojson", "none of what can be read"),
        (b"\x89PNG\r\n\x1a\n", "x.kml", "none of what can be read"),
        (packed(a__shp=b"\x00\x00\x27\x0a" + b"\x01" * 200), "x.zip", "shapefile cannot be read"),
        (shape_zip([[(0, 0), (1, 1)]], prj="PROJCS[nonsense"), "x.zip", "coordinate system is not known"),
    ],
)
def test_what_is_no_layer_is_refused_with_the_reason(raw: bytes, name: str, why: str) -> None:
    with pytest.raises(InputError) as caught:
        read(raw, name)
    assert str(caught.value).startswith(f"{name}: ")
    assert why in str(caught.value)


def test_200_megabytes_are_refused() -> None:
    with pytest.raises(InputError, match="200 MB: at most 50 MB"):
        read(bytes(200_000_000), "x.geojson")


def test_a_zip_of_gigabytes_of_zeros_is_refused() -> None:
    with pytest.raises(InputError, match="unpacks to more than 200 MB"):
        read(packed(a__kml=bytes(201_000_000)), "x.kmz")


def test_entities_are_not_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("36,34")
    entity = f'<!DOCTYPE kml [<!ENTITY x SYSTEM "file://{secret}"><!ENTITY y "1,2">]>'
    body = "<kml><Placemark><name>&y;</name><Point><coordinates>&x;</coordinates></Point></Placemark></kml>"
    with pytest.raises(InputError):
        read((entity + body).encode(), "x.kml")


def test_a_million_corners_are_simplified_and_said() -> None:
    ring = [[30 + 5 * math.cos(t / 1e6 * math.tau), 30 + 5 * math.sin(t / 1e6 * math.tau)] for t in range(1_000_000)]
    found = read(features({"type": "LineString", "coordinates": ring}), "x.json")
    assert found.corners <= records.MOST_CORNERS
    assert found.remarks[0].startswith("simplified from 1,000,000 to ")
    lat, lon = found.shapes[0].parts[0][0]
    assert math.hypot(lat - 30, lon - 30) == pytest.approx(5, abs=0.01)


def test_too_many_points_are_cut_and_said() -> None:
    points = [{"type": "Point", "coordinates": [n % 180, n % 90]} for n in range(3_000)]
    found = read(features(*points), "x.json")
    assert len(found.shapes) == records.MOST_SHAPES
    assert found.remarks == ["only the first 2,000 of 3,000 features are kept"]


def test_layers_are_kept_and_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path))
    made = Overlay("Línea de control", [Shape("line", "a<b>", (((34.0, 36.0), (35.5, 37.0)),))], ["1 left out"])
    key = kept.keep(made)
    assert kept.names() == {key: "Línea de control"}
    assert kept.load(key) == made
    (tmp_path / "overlays" / "broken.json").write_text("{")
    assert kept.names() == {key: "Línea de control"}
    assert [kept.load(bad) for bad in ("broken", "../views", "", "x" * 99)] == [None] * 4
    kept.remove(key)
    assert kept.names() == {}

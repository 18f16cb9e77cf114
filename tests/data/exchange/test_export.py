"""Exports: what is in the store, whole, harmless to a spreadsheet, with its provenance."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import fastkml
import geopandas
import pyarrow.parquet as pq
import pytest
from lxml import etree

from data.exchange import export, flat
from data.query import Filters
from data.store import Store
from geo import contract
from tests.data import fakes

TEXTS = ("csv", "geojson", "kml", "acled", "ucdp", "jsonl")
HOSTILE = [
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script> & ]]> ${x} `y`",
    'one "two"; three,\r\nfour\rfive\nsix',
    "\u202egnp.exe\u2066 قصف\u2069",
    "bell \x07 and \x1b escape \ufffe",
]


def fill(store: Store) -> None:
    one = fakes.report(1)
    ground = replace(fakes.DEIR, gazetteer_id="icao:OSDZ")
    found = fakes.reading(
        one, fakes.incident(one, 0, place=ground), fakes.incident(one, 1, place=None, killed=(None, None), date=None)
    )
    store.add(one, contract.reading(found))


def text(store: Store, kind: str, filters: Filters | None = None) -> str:
    return export.content(store, filters or Filters(), kind).decode("utf-8")


def rows(store: Store, filters: Filters | None = None, kind: str = "csv") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text(store, kind, filters), newline="")))


def test_csv_tells_all_with_provenance(store: Store) -> None:
    fill(store)
    first, second = rows(store)
    expected = {
        "incident_id": "r1-0",
        "report_id": "r1",
        "event_type": "air_strike",
        "primary": "True",
        "date_start": "2016-09-17",
        "date_basis": "stated",
        "latitude": "35.2854",
        "longitude": "40.176",
        "radius_km": "5.0",
        "where_precision": "2",
        "perpetrators": "US-led coalition",
        "target_ids": "syrian-army",
        "killed_low": "62",
        "casualty_claims": "killed 62 (Russia)",
        "publisher": "Western wire agency",
        "published": "2016-09-18",
        "url": "https://example.org/1",
        "place_credit": "airportsdata and OurAirports",
        "credit": flat.CREDIT,
    }
    assert {name: first[name] for name in expected} == expected
    assert first["evidence"].startswith("Coalition aircraft struck")
    blank = ("latitude", "longitude", "country_code", "date_start", "killed_low", "place_credit")
    assert {second[name] for name in blank} == {""}


def test_the_header_is_every_property(store: Store) -> None:
    whole = [*flat.COLUMNS, "report_text", "record"]
    assert text(store, "csv").strip().split(",") == whole
    fill(store)
    (first, _) = json.loads(text(store, "geojson"))["features"]
    assert list(first["properties"]) == whole


@pytest.mark.parametrize("kind, start", [("csv", "incident_id,"), ("acled", "event_id_cnty,"), ("ucdp", "id,relid,")])
def test_an_empty_store_gives_a_header(store: Store, kind: str, start: str) -> None:
    (line,) = text(store, kind).splitlines()
    assert line.startswith(start)


def test_an_empty_store_gives_files_that_open(store: Store, tmp_path: Path) -> None:
    assert json.loads(text(store, "geojson"))["features"] == []
    assert text(store, "jsonl") == ""
    assert validate(text(store, "kml")).findall(".//{*}Placemark") == []
    path = tmp_path / "none.parquet"
    path.write_bytes(export.content(store, Filters(), "geoparquet"))
    assert len(geopandas.read_parquet(path)) == 0


def test_geojson_is_rfc_7946(store: Store) -> None:
    fill(store)
    whole = json.loads(text(store, "geojson"))
    first, second = whole["features"]
    assert (whole["type"], first["type"], first["id"]) == ("FeatureCollection", "Feature", "r1-0")
    assert first["geometry"] == {"type": "Point", "coordinates": [40.176, 35.2854]}
    assert second["geometry"] is None
    assert "crs" not in whole
    assert (first["properties"]["radius_km"], first["properties"]["where_precision"]) == (5.0, 2)


def test_geopandas_opens_geojson(store: Store, tmp_path: Path) -> None:
    fill(store)
    path = tmp_path / "incidents.geojson"
    path.write_text(text(store, "geojson"), "utf-8")
    frame = geopandas.read_file(path)
    assert frame.crs.to_epsg() == 4326
    assert [(p.x, p.y) if p else None for p in frame.geometry] == [(40.176, 35.2854), None]
    assert frame["killed_low"].iloc[0] == 62


def test_geopandas_opens_geoparquet(store: Store, tmp_path: Path) -> None:
    fill(store)
    path = tmp_path / "incidents.parquet"
    path.write_bytes(export.content(store, Filters(), "geoparquet"))
    frame = geopandas.read_parquet(path)
    assert frame.crs.to_string() == "OGC:CRS84"
    assert [(p.x, p.y) if p else None for p in frame.geometry] == [(40.176, 35.2854), None]
    assert (frame["radius_km"][0], frame["credit"][0]) == (5.0, flat.CREDIT)
    geo = json.loads(pq.read_metadata(path).metadata[b"geo"])
    column = {"encoding": "WKB", "geometry_types": ["Point"], "bbox": [40.176, 35.2854, 40.176, 35.2854]}
    assert geo == {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}


def validate(words: str) -> etree._Element:
    """The document, valid under the OGC's KML 2.2 schema (its copy in fastkml, which no network is needed for)."""
    folder = Path(fastkml.__file__).parent / "schema"
    schema = etree.XMLSchema(etree.parse(folder / "ogckml22.xsd"))
    document = etree.fromstring(words.encode("utf-8"))
    schema.assertValid(document)
    return document


def test_kml_is_valid(store: Store) -> None:
    fill(store)
    first, second = validate(text(store, "kml")).findall(".//{*}Placemark")
    assert first.findtext(".//{*}coordinates") == "40.176,35.2854"
    assert first.findtext(".//{*}begin") == "2016-09-17"
    assert first.findtext(".//{*}Data[@name='report_id']/{*}value") == "r1"
    assert second.find(".//{*}Point") is None


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("kind", TEXTS)
def test_hostile_words_break_no_format(store: Store, kind: str, words: str) -> None:
    source = fakes.report(1, title=words, text=f"{words} struck Mosul.")
    store.add(source, contract.reading(fakes.reading(source, fakes.incident(source, 0, casualties=()))))
    written = text(store, kind)
    if kind == "kml":
        document = validate(written)
        assert "<script" not in (document.findtext(".//{*}Placemark/{*}description") or "")
    elif kind == "geojson":
        assert json.loads(written)["features"][0]["properties"]["title"] == words
    elif kind == "jsonl":
        assert json.loads(written)["report"]["title"] == words
    else:
        (row,) = rows(store, kind=kind)
        assert None not in row
        assert not any(cell.lstrip(" ").startswith(("=", "@", "+")) for cell in row.values())


@pytest.mark.parametrize(
    "filters, expected",
    [
        (Filters(), ["r1-0", "r1-1"]),
        (Filters(countries=("SY",)), ["r1-0"]),
        (Filters(parties=("nobody",)), []),
    ],
)
@pytest.mark.parametrize("kind, name", [("csv", "incident_id"), ("acled", "event_id_cnty"), ("ucdp", "id")])
def test_filters_are_honoured(store: Store, kind: str, name: str, filters: Filters, expected: list[str]) -> None:
    fill(store)
    assert [row[name] for row in rows(store, filters, kind)] == expected


@pytest.mark.parametrize(
    "title, cell",
    [
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("+1+1", "'+1+1"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("  =1+1", "'  =1+1"),
        ("\t=1+1", "'\t=1+1"),
        ("＝1+1", "'＝1+1"),
        ("'=1+1", "''=1+1"),
        ("'quoted' words", "'quoted' words"),
        ('Strike; hits, "base"\nat night', 'Strike; hits, "base"\nat night'),
        ("قصف = دمار", "قصف = دمار"),
    ],
)
def test_formulas_are_made_harmless(store: Store, title: str, cell: str) -> None:
    source = fakes.report(1, title=title)
    store.add(source, contract.reading(fakes.reading(source)))
    (row,) = rows(store)
    assert row["title"] == cell


def test_coordinates_south_and_west_stay_numbers(store: Store) -> None:
    source = fakes.report(1)
    place = fakes.at("Ipiales", -0.825, -77.6447, "CO")
    store.add(source, contract.reading(fakes.reading(source, fakes.incident(source, 0, place=place))))
    (row,) = rows(store)
    assert (float(row["latitude"]), float(row["longitude"])) == (-0.825, -77.6447)

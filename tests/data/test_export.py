"""Exports: what is in the store, whole, harmless to a spreadsheet, with its provenance."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest

from data import export
from data.query import Filters
from data.store import Store
from geo import contract
from tests.data import fakes


def fill(store: Store) -> None:
    one = fakes.report(1)
    ground = replace(fakes.DEIR, gazetteer_id="icao:OSDZ")
    found = fakes.reading(
        one, fakes.incident(one, 0, place=ground), fakes.incident(one, 1, place=None, killed=(None, None), date=None)
    )
    store.add(one, contract.reading(found))


def rows(store: Store, filters: Filters | None = None) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(export.text(store, filters or Filters(), "csv"))))


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
        "credit": export.CREDIT,
    }
    assert {name: first[name] for name in expected} == expected
    assert first["evidence"].startswith("Coalition aircraft struck")
    blank = ("latitude", "longitude", "country_code", "date_start", "killed_low", "place_credit")
    assert {second[name] for name in blank} == {""}


def test_the_header_is_every_property(store: Store) -> None:
    assert export.text(store, Filters(), "csv").strip().split(",") == list(export.COLUMNS)
    fill(store)
    (first, _) = json.loads(export.text(store, Filters(), "geojson"))["features"]
    assert list(first["properties"]) == list(export.COLUMNS)


def test_geojson_is_rfc_7946(store: Store) -> None:
    assert json.loads(export.text(store, Filters(), "geojson"))["features"] == []
    fill(store)
    whole = json.loads(export.text(store, Filters(), "geojson"))
    first, second = whole["features"]
    assert (whole["type"], first["type"], first["id"]) == ("FeatureCollection", "Feature", "r1-0")
    assert first["geometry"] == {"type": "Point", "coordinates": [40.176, 35.2854]}
    assert second["geometry"] is None
    assert "crs" not in whole
    assert first["properties"]["radius_km"] == 5.0


@pytest.mark.parametrize(
    "filters, expected",
    [
        (Filters(), ["r1-0", "r1-1"]),
        (Filters(countries=("SY",)), ["r1-0"]),
        (Filters(parties=("nobody",)), []),
    ],
)
@pytest.mark.parametrize("kind", ["csv", "geojson"])
def test_filters_are_honoured(store: Store, kind: str, filters: Filters, expected: list[str]) -> None:
    fill(store)
    written = export.text(store, filters, kind)
    found = rows(store, filters) if kind == "csv" else json.loads(written)["features"]
    assert [one.get("incident_id") or one["id"] for one in found] == expected


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

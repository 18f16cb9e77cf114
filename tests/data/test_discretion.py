"""What is published discreetly: from no column of any format can the place, or what was hidden, be read."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from data import discretion, figures, query
from data.area import distance_km
from data.discretion import HIDEABLE, Discretion
from data.exchange import export
from data.overview import Ask, Overview
from data.query import Filters
from data.store import Store
from extract.errors import InputError
from tests.views import event_store, small_store
from views import event_card, screen

FORMATS = sorted(export.FORMATS)
LAT, LON = 35.28541, 40.17613
# Everything that tells of the place or its report, in the fields that it can stand in.
SECRET = (
    "Deir ez-Zor",
    "Ayyash",
    "35.285",
    "40.176",
    "170794",
    "depot",
    "airport-77",
    "wire.example",
    "Hajin",
    "Tharda",
)
NAMED = "Western wire agency"


def build(store: Store) -> None:
    """One incident that names its place in every field."""
    text = (
        "Coalition jets hit the depot at Ayyash near Deir ez-Zor (35.28541, 40.17613) on Saturday, 5 km from Hajin. "
        "The Ayyash council said 62 soldiers were killed; Russia said 80. Guns of the Tharda brigade answered."
    )
    at = small_store.place(
        text, "Ayyash", LAT, LON, precision=2, radius_km=3.27, name="Ayyash", gazetteer_id="geonames:170794",
        admin1="Deir ez-Zor Governorate", admin2="Deir ez-Zor District", feature="PPL",
        relation={"kind": "near", "anchors": ["Hajin"], "distance_km": 5.0, "bearing_deg": None},
        alternates=[{"name": "Ayyash", "lat": LAT, "lon": LON, "country_code": "SY", "gazetteer_id": "x", "score": 0}],
    )  # fmt: skip
    record = small_store.incident(
        "airport-77", text, day="2016-09-17", place=at, killed_low=62, killed_high=80, confidence=0.8,
        actors=[
            small_store.actor(text, small_store.COALITION, "perpetrator", "Coalition jets", "Ayyash council"),
            small_store.actor(text, ("tharda-brigade", "Tharda brigade", "militia"), "target", "Tharda brigade"),
        ],
        weapons=[{"name": "Ayyash gun", "kind": "artillery", "count": 2, "text": "Guns of the Tharda brigade",
                  "span": small_store.span(text, "Guns of the Tharda brigade")}],
        casualties=[
            small_store.casualty(text, "62 soldiers were killed", "killed", 62, "Ayyash council"),
            {**small_store.casualty(text, "80", "killed", 80, "Russia"), "victims": "Hajin men", "side": "tharda-x"},
        ],
        claims=[{"speaker": "Ayyash council", "stance": "blames", "about": "tharda-x", "text": "The Ayyash council",
                 "span": small_store.span(text, "The Ayyash council")}],
        tags=["Ayyash", "type:attack"],
    )  # fmt: skip
    small_store.add(
        store, text, record, title="Jets hit depot at Ayyash", publisher=NAMED, url="https://wire.example/ayyash"
    )


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path / "home"))
    found = Store.open(f"sqlite:///{tmp_path / 'store.db'}")
    build(found)
    return found


def published(store: Store, kind: str, how: Discretion) -> str:
    """All that a file of the format holds, in words."""
    out = io.BytesIO()
    assert export.write(store, Filters(), kind, out, how) == 1
    if kind == "store":
        return out.getvalue().decode("latin-1")
    if kind != "geoparquet":
        return out.getvalue().decode()
    table = pq.read_table(io.BytesIO(out.getvalue()))
    assert how.cell_km is None or table.column("latitude").to_pylist() != [LAT]
    return str(table.drop_columns(["geometry"]).to_pylist()) + str(pq.read_schema(io.BytesIO(out.getvalue())).metadata)


@pytest.mark.parametrize("kind", FORMATS)
def test_without_discretion_all_is_there(store: Store, kind: str) -> None:
    assert "Ayyash" in published(store, kind, Discretion())


@pytest.mark.parametrize(
    "how", [Discretion(25.0), Discretion(5.0, frozenset({"province"})), Discretion(500.0)], ids=str
)
@pytest.mark.parametrize("kind", FORMATS)
def test_the_place_cannot_be_read_from_any_column(store: Store, kind: str, how: Discretion) -> None:
    found = published(store, kind, how)
    # The province is published with a coarse point unless it is hidden.
    found = found if "province" in how.hidden else found.replace("Deir ez-Zor Governorate", "")
    assert [secret for secret in SECRET if secret.lower() in found.lower()] == []
    assert "Syria" in found or '"SY"' in found or "SY" in found


def test_the_coarse_point_holds_the_truth(store: Store) -> None:
    (row,) = csv.DictReader(io.StringIO(published(store, "csv", Discretion(25.0)), newline=""))
    lat, lon, radius = (float(row[name]) for name in ("latitude", "longitude", "radius_km"))
    import numpy as np

    away = float(distance_km(np.array([LAT]), np.array([LON]), lat, lon)[0])
    assert 0 < away < radius < 60
    assert (row["where_precision"], row["place_name"], row["place_credit"]) == (
        "5", "Deir ez-Zor Governorate", "GeoNames, CC BY 4.0",
    )  # fmt: skip
    assert json.loads(row["record"])["place"]["lat"] == lat
    assert (row["killed_low"], row["killed_high"], row["publisher"]) == ("62", "80", NAMED)
    assert (row["perpetrators"], row["targets"]) == ("US-led coalition against the Islamic State", "unlisted: militia")
    assert row["casualty_claims"] == "killed 62 (somebody not named here); killed 80 (Russia)"
    assert row["incident_id"].startswith("inc-")
    assert published(store, "csv", Discretion(25.0)) == published(store, "csv", Discretion(25.0))


# Field -> what must not be in a file once it is hidden.
HIDDEN = {
    "place": ("Deir", "35.", "40.1"),
    "province": ("Deir ez-Zor Governorate",),
    "parties": ("coalition", "militia", "US-led"),
    "claimants": ("Russia", "somebody"),
    "weapons": ("artillery",),
    "tolls": ("62", "80"),
    "days": ("2016-09-1", "Saturday"),
    "source": (NAMED,),
}


def test_every_field_that_can_be_hidden_is_tested() -> None:
    assert set(HIDDEN) == set(HIDEABLE)


@pytest.mark.parametrize("kind", ["csv", "geojson", "kml", "jsonl"])
@pytest.mark.parametrize("field", HIDDEN)
def test_what_is_hidden_is_nowhere(store: Store, kind: str, field: str) -> None:
    found = published(store, kind, Discretion(None, frozenset({field})))
    # Hashes, confidence and the day of adding may hold such digits by chance.
    detail = next(discretion.all_discreet(query.details(store, Filters()), Discretion(None, frozenset({field}))))
    for own in (
        detail.record["id"],
        detail.record["report_id"],
        '"confidence": 0.8',
        '"confidence":0.8',
        "utf-8",
        "UTF-8",
    ):
        found = found.replace(own, "")
    found = found.replace("geoBoundaries", "").replace("0.8", "")
    leaked = [word for word in HIDDEN[field] if word.lower() in found.lower()]
    assert leaked == []
    assert [secret for secret in ("wire.example", "depot", "airport-77") if secret in found] == []


def test_the_row_says_what_the_record_says(store: Store) -> None:
    (detail,) = query.details(store, Filters())
    for how in (Discretion(25.0), Discretion(None, frozenset(HIDEABLE)), Discretion(5.0, frozenset({"days", "tolls"}))):
        shown = discretion.discreet(detail, how)
        where = shown.record["place"] or {}
        assert (shown.row.lat, shown.row.lon, shown.row.place_name) == (where["lat"], where["lon"], where["name"])
        assert (shown.row.id, shown.row.report_id) == (shown.record["id"], shown.report.id)
        assert shown.row.killed_low == shown.record["killed_low"]
        told = repr((shown.row, shown.record, shown.report)).replace("Deir ez-Zor Governorate", "")
        assert [secret for secret in SECRET if secret in told] == []


def test_ids_are_another_installation_s_own(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (detail,) = query.details(store, Filters())
    here = discretion.discreet(detail, Discretion(25.0)).row.id
    assert discretion.discreet(detail, Discretion(5.0)).row.id == here
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path / "elsewhere"))
    assert discretion.discreet(detail, Discretion(25.0)).row.id != here


@pytest.mark.parametrize(
    "km, hidden, reason",
    [
        ("0", [], "no width"),
        ("x", [], "no width"),
        ("9e9", [], "no width"),
        ("nan", [], "no width"),
        (None, ["face"], "cannot be hidden"),
    ],
)
def test_what_cannot_be_asked_for(km: str | None, hidden: list[str], reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        discretion.asked(km, hidden)


def test_a_discreet_store_is_served_like_any_other(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "public.db"
    how = Discretion(25.0, frozenset({"province", "source"}))
    with path.open("wb") as out:
        assert export.write(store, Filters(), "store", out, how) == 1
    with Store.open(f"sqlite:///{path}") as public:
        overview = Overview(public)
        answer = overview.answer(Ask())
        (row,) = overview.rows(answer, answer.rows)
        assert (row.lat, row.place_name, row.publisher) != (LAT, "Ayyash", NAMED)
        assert (row.place_name, row.killed_low, row.killed_high) == ("Syria", 62, 80)
        assert len(overview.answer(Ask(words="Ayyash"))) == len(overview.answer(Ask(words="depot"))) == 0
        detail = query.incident(public, row.id)
        assert detail
        shown = repr(event_card.shown(public, detail)) + repr(screen.popup(row)) + repr(screen.line(row))
        assert [secret for secret in (*SECRET, NAMED) if secret.lower() in shown.lower()] == []
        assert "Russia" in shown


def test_events_stay_together_in_a_discreet_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path / "home"))
    path = tmp_path / "public.db"
    event_store.build(f"sqlite:///{tmp_path / 'store.db'}")
    with Store.open(f"sqlite:///{tmp_path / 'store.db'}") as store, path.open("wb") as out:
        whole = len(Overview(store).answer(Ask()))
        assert export.write(store, Filters(), "store", out, Discretion(25.0)) == 4
    with Store.open(f"sqlite:///{path}") as public:
        answer = Overview(public).answer(Ask())
        assert (len(answer), answer.incidents) == (whole, 4) == (2, 4)
        (worst, *_) = figures.gravest(answer)
        assert (worst.killed.low, worst.killed.high) == (62, 90)

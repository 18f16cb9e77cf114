"""Tables and maps of others as incidents of their own. All rows are made up in the style of each source."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from data import query, schema, sense
from data.exchange import acled, checked, from_acled, load, ucdp
from data.exchange.dates import Order
from data.exchange.load import Stored
from data.query import Filters
from data.store import Store
from extract.errors import InputError
from extract.read.records import Refusal
from views import card

Json = dict[str, Any]

ACLED = {
    "event_id_cnty": "SYR900001",
    "event_date": "2016-09-17",
    "year": "2016",
    "time_precision": "1",
    "disorder_type": "Political violence",
    "event_type": "Explosions/Remote violence",
    "sub_event_type": "Air/drone strike",
    "actor1": "Military Forces of Russia (2000-)",
    "inter1": "8",
    "actor2": "Civilians (Syria)",
    "assoc_actor_2": "Health Workers (Syria); Farmers (Syria)",
    "inter2": "7",
    "iso": "760",
    "country": "Syria",
    "admin1": "Deir ez Zor",
    "location": "Mayadin",
    "latitude": "35.0169",
    "longitude": "40.4503",
    "geo_precision": "1",
    "source": "Local radio",
    "notes": "On 17 September 2016, aircraft hit a market. Four people died.",
    "fatalities": "4",
    "tags": "civilian harm; market",
}
UCDP = {
    "id": "770001",
    "type_of_violence": "1",
    "side_a": "Government of Syria",
    "side_b": "IS",
    "source_article": "Wire agency, 2016-09-18",
    "source_headline": "Fighting near the airport",
    "where_prec": "2",
    "where_coordinates": "Dayr az Zawr town",
    "adm_1": "Dayr az Zawr governorate",
    "latitude": "35.33588",
    "longitude": "40.14084",
    "country": "Syria",
    "country_id": "652",
    "date_prec": "2",
    "date_start": "2016-09-16 00:00:00.000",
    "date_end": "2016-09-18 00:00:00.000",
    "deaths_a": "3",
    "deaths_b": "0",
    "deaths_civilians": "2",
    "best": "6",
    "high": "9",
    "low": "5",
}
AIRWARS = {
    "Unique Reference Code": "XS901",
    "Date": "2016-09-17 00:00:00",
    "Permalink": "https://example.org/xs901",
    "Country": "Syria",
    "Belligerents": "US-led Coalition, Unknown",
    "Strike type": "Airstrike",
    "Civilians Reported Killed Min": "5",
    "Civilians Reported Killed Max": "8",
    "Civilian Deaths Conceded Min": "2",
    "Civilian Deaths Conceded Max": "2",
    "Location": "Al Bukamal, Deir Ezzor",
    "Latitude": "34.4527",
    "Longitude": "40.9187",
    "Location Accuracy": "Neighbourhood/area",
    "Airwars grading": "Fair",
    "Summary": "Local sources told of a strike on houses.",
}
POINT = {
    "type": "Feature",
    "geometry": {"type": "Point", "coordinates": [36.2304, 49.9935, 120]},
    "properties": {
        "id": "UW0001",
        "date": "03/01/2022",
        "description": "A missile hits the administration building.",
        "location": "Kharkiv, Freedom Square",
        "country": "Ukraine",
        "sources": [{"path": "https://example.org/video"}, {"path": "https://example.org/photo"}],
    },
}


def table(path: Path, *rows: dict[str, str], delimiter: str = ",") -> Path:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, fieldnames=list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    file = path / "rows.csv"
    file.write_text(out.getvalue(), "utf-8", newline="")
    return file


def features(path: Path, *found: Json) -> Path:
    file = path / "harm-map.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": found}), "utf-8")
    return file


def refusals(file: Path, store: Store, **options: Any) -> list[tuple[int, str]]:
    return [(item.line, item.reason) for item in load.load(file, store, **options) if isinstance(item, Refusal)]


def only(store: Store) -> query.IncidentDetail:
    (found,) = query.details(store, Filters())
    return found


def holds(record: Json, text: str) -> None:
    """Every value's words are where its span says."""
    place, date = record["place"], record["date"]
    for one in [place, *record["actors"], *record["casualties"]]:
        assert one["text"] == text[one["span"]["start"] : one["span"]["end"]]
    assert text[date["span"]["start"] : date["span"]["end"]] in date["text"]


def test_a_first_row_that_is_no_csv_is_named(tmp_path: Path) -> None:
    """Drawn by ``tests.fuzz``: a lone carriage return within the row of names."""
    file = tmp_path / "rows.csv"
    file.write_bytes(b"event_id_cnty,event_date\rx,y")
    with pytest.raises(InputError, match="the first row is not CSV"):
        load.load(file, None, name="x").__next__()  # type: ignore[arg-type]


def test_an_acled_style_row(store: Store, tmp_path: Path) -> None:
    file = table(tmp_path, ACLED)
    assert list(load.load(file, store)) == [Stored(2, "acled:SYR900001", True)]
    found = only(store)
    record, place = found.record, found.record["place"]
    assert (record["event_type"], record["killed_low"], record["killed_high"]) == ("air_strike", 4, 4)
    assert (record["date"]["start"], record["date"]["end"], record["date"]["precision"]) == ("2016-09-17",) * 2 + (1,)
    assert (place["name"], place["lat"], place["lon"], place["where_precision"]) == ("Mayadin", 35.0169, 40.4503, 1)
    assert (place["country_code"], place["admin1"], place["radius_km"]) == ("SY", "Deir ez Zor", 2.4)
    parties = [(actor["id"], actor["kind"], actor["role"]) for actor in record["actors"]]
    assert parties[0] == ("military-of-russia", "military", "perpetrator")
    assert parties[1][1:] == ("civilian", "target")
    assert [party[2] for party in parties[2:]] == ["target", "target"]
    assert record["tags"] == ["civilian harm", "market"]
    assert record["source"] == {"name": "ACLED", "id": "SYR900001"}
    assert found.report.text.startswith(ACLED["notes"] + "\n\nevent_id_cnty: SYR900001\n")
    assert all(value in found.report.text for value in ACLED.values())
    holds(record, found.report.text)


@pytest.mark.parametrize(
    "changes, expected",
    [
        ({"time_precision": "2"}, ("2016-09-14", "2016-09-20", 3)),
        ({"time_precision": "3"}, ("2016-09-01", "2016-09-30", 4)),
        ({"event_date": "17 September 2016"}, ("2016-09-17", "2016-09-17", 1)),
    ],
)
def test_time_precision_gives_the_days(store: Store, tmp_path: Path, changes: Json, expected: Any) -> None:
    assert refusals(table(tmp_path, {**ACLED, **changes}), store) == []
    date = only(store).record["date"]
    assert (date["start"], date["end"], date["precision"]) == expected


@pytest.mark.parametrize("code, expected", [("1", (1, 2.4)), ("2", (2, 25.0)), ("3", (4, 251.0))])
def test_geo_precision_is_mapped(store: Store, tmp_path: Path, code: str, expected: Any) -> None:
    assert refusals(table(tmp_path, {**ACLED, "geo_precision": code}), store) == []
    place = only(store).record["place"]
    assert (place["where_precision"], place["radius_km"]) == expected


def test_every_sub_event_type_has_a_type() -> None:
    assert set(from_acled.types()) == {sub for _, sub in acled.types().values()}
    assert set(from_acled.types().values()) <= set(acled.types())


def test_a_ucdp_style_row(store: Store, tmp_path: Path) -> None:
    file = table(tmp_path, UCDP)
    assert list(load.load(file, store)) == [Stored(2, "ucdp-ged:770001", True)]
    found = only(store)
    record = found.record
    assert (record["date"]["start"], record["date"]["end"], record["date"]["precision"]) == (
        "2016-09-16",
        "2016-09-18",
        2,
    )
    assert (record["place"]["where_precision"], record["place"]["country_code"]) == (2, "SY")
    assert [(a["id"], a["role"]) for a in record["actors"]] == [
        ("government-of-syria", "participant"),
        (record["actors"][1]["id"], "participant"),
    ]
    assert (record["killed_low"], record["killed_high"], record["casualties"][0]["best"]) == (5, 9, 6)
    parts = [(c["low"], c["victim_kind"], c["side"]) for c in record["casualties"] if c["part"]]
    assert parts == [(3, "combatant", "government-of-syria"), (2, "civilian", None)]
    assert found.report.title == "Fighting near the airport"


def test_what_was_ucdp_goes_out_as_it_came(store: Store, tmp_path: Path) -> None:
    assert refusals(table(tmp_path, UCDP), store) == []
    out = ucdp.row(only(store))
    kept = (
        "type_of_violence where_prec where_coordinates latitude longitude country_id date_prec best high low deaths_a"
    )
    assert {name: str(out[name]) for name in kept.split()} == {name: UCDP[name] for name in kept.split()}
    assert (out["side_a"], out["deaths_civilians"], out["deaths_unknown"]) == ("Government of Syria", 2, 1)


def test_an_airwars_style_row(store: Store, tmp_path: Path) -> None:
    file = table(tmp_path, AIRWARS)
    assert list(load.load(file, store)) == [Stored(2, "airwars:XS901", True)]
    found = only(store)
    record = found.record
    assert (record["event_type"], record["killed_low"], record["killed_high"]) == ("air_strike", 2, 8)
    figures = [(c["low"], c["high"], c["victim_kind"], c["claimed_by"]) for c in record["casualties"]]
    (party,) = record["actors"]
    assert figures == [(5, 8, "civilian", None), (2, 2, "civilian", party["name"])]
    assert (party["role"], party["alleged_by"], party["kind"]) == ("perpetrator", "Airwars", "coalition")
    assert (record["place"]["where_precision"], record["place"]["radius_km"]) == (1, 1.0)
    assert record["tags"] == ["Airwars grading: Fair"]
    assert found.report.url == "https://example.org/xs901"


def test_a_point_of_a_map(store: Store, tmp_path: Path) -> None:
    file = features(tmp_path, POINT)
    assert list(load.load(file, store, order="month-first")) == [Stored(1, "harm-map:UW0001", True)]
    found = only(store)
    record = found.record
    assert (record["event_type"], record["actors"], record["casualties"]) == ("other", [], [])
    assert (record["date"]["start"], record["killed_low"]) == ("2022-03-01", None)
    assert (record["place"]["lat"], record["place"]["lon"], record["place"]["country_code"]) == (49.9935, 36.2304, "UA")
    assert found.report.url == "https://example.org/video"
    assert found.report.text.startswith("A missile hits")


def test_a_list_of_objects_is_a_map_too(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "api.json"
    row = {"id": "CIV9", "date": "02/24/2022", "latitude": "49.85", "longitude": "36.66", "description": "House hit."}
    file.write_text(json.dumps([row]), "utf-8")
    assert list(load.load(file, store, name="timemap")) == [Stored(1, "timemap:CIV9", True)]
    assert (only(store).record["date"]["start"], only(store).record["place"]["lat"]) == ("2022-02-24", 49.85)


@pytest.mark.parametrize("row", [ACLED, UCDP, AIRWARS], ids=["acled", "ucdp", "airwars"])
def test_a_row_makes_sense_and_has_a_card(store: Store, tmp_path: Path, row: dict[str, str]) -> None:
    assert refusals(table(tmp_path, row), store) == []
    found = only(store)
    assert checked.incident(found.record, found.report.text) == found.record
    sense.check(found.record, found.record.keys(), event_types=acled.types())
    assert card.card(found)["footnote"].startswith("Loaded from")


def test_the_origin_is_kept(store: Store, tmp_path: Path) -> None:
    list(load.load(table(tmp_path, ACLED), store, name="acled-syria"))
    with store.reading() as connection:
        origins = connection.execute(schema.incidents.select()).all()
    assert [(row.origin, row.id) for row in origins] == [("import:acled-syria", "acled-syria:SYR900001")]


def test_a_second_time_changes_nothing(store: Store, tmp_path: Path) -> None:
    file = table(tmp_path, ACLED, {**ACLED, "event_id_cnty": "SYR900002"}, ACLED)
    assert [item.new for item in load.load(file, store) if isinstance(item, Stored)] == [True, True, False]
    before = store.revision()
    assert [item.new for item in load.load(file, store) if isinstance(item, Stored)] == [False] * 3
    assert store.revision() == before


@pytest.mark.parametrize(
    "change, reason",
    [
        ({"event_date": "31 June 2016"}, "not a date that exists"),
        ({"event_date": ""}, "'event_date' is blank"),
        ({"event_id_cnty": " "}, "'event_id_cnty' is blank"),
        ({"latitude": "91"}, "is not on the earth"),
        ({"latitude": "0", "longitude": "0"}, "0, 0 is no known place"),
        ({"latitude": ""}, "only one of latitude and longitude"),
        ({"longitude": "east"}, "'longitude' is 'east', not a number"),
        ({"longitude": "nan"}, "'longitude' is 'nan', not a number"),
        ({"fatalities": "-1"}, "'fatalities' is '-1', not a whole number from 0"),
        ({"fatalities": "4.5"}, "not a whole number"),
        ({"fatalities": "9" * 30}, "not a whole number"),
        ({"geo_precision": "4"}, "'geo_precision' is '4', not a code from 1 to 3"),
        ({"time_precision": "x"}, "'time_precision' is 'x', not a number"),
    ],
)
def test_a_bad_row_is_named_and_the_others_go_in(store: Store, tmp_path: Path, change: Json, reason: str) -> None:
    good = {**ACLED, "event_id_cnty": "SYR900002"}
    ((line, told),) = refusals(table(tmp_path, {**ACLED, **change}, good), store)
    assert line == 2
    assert reason in told
    assert only(store).record["id"] == "acled:SYR900002"


@pytest.mark.parametrize(
    "change, reason",
    [
        ({"date_start": "2016-09-19"}, "before it begins"),
        ({"best": "12"}, "the best estimate (12) is not between"),
        ({"low": "10"}, "is not between"),
        ({"where_prec": "8"}, "not a code from 1 to 7"),
        ({"type_of_violence": ""}, "not a code from 1 to 3"),
    ],
)
def test_ucdp_rows_that_make_no_sense(store: Store, tmp_path: Path, change: Json, reason: str) -> None:
    ((line, told),) = refusals(table(tmp_path, {**UCDP, **change}), store)
    assert line == 2
    assert reason in told


@pytest.mark.parametrize(
    "feature, reason",
    [
        ({**POINT, "geometry": {"type": "Polygon", "coordinates": []}}, "only points"),
        ({**POINT, "geometry": {"type": "Point", "coordinates": ["x", 1]}}, "no two numbers"),
        ({**POINT, "properties": {"date": "03/31/2022"}}, "has no id"),
        ("words", "is no JSON object"),
    ],
)
def test_features_that_are_no_events(store: Store, tmp_path: Path, feature: Any, reason: str) -> None:
    dated = {**POINT, "properties": {**POINT["properties"], "date": "03/31/2022"}}
    ((line, told),) = refusals(features(tmp_path, feature, dated), store)
    assert line == 1
    assert reason in told
    assert only(store).record["date"]["start"] == "2022-03-31"


@pytest.mark.parametrize(
    "days, order, lines",
    [
        (["2016-09-17", "09/18/2016"], None, [3]),
        (["2016-09-17", "09/18/2016"], "month-first", []),
        (["03/04/2016", "05/06/2016"], None, [2, 3]),
        (["03/04/2016", "05/06/2016"], "day-first", []),
        (["03/04/2016", "25/06/2016"], None, []),
        (["13/04/2016", "04/13/2016"], None, [2, 3]),
    ],
)
def test_the_order_of_dates_is_decided_by_the_file(
    store: Store, tmp_path: Path, days: list[str], order: Order | None, lines: list[int]
) -> None:
    file = table(tmp_path, *({**ACLED, "event_id_cnty": f"S{n}", "event_date": day} for n, day in enumerate(days)))
    assert [line for line, _ in refusals(file, store, order=order)] == lines


def test_mixed_encodings_and_broken_rows(store: Store, tmp_path: Path) -> None:
    rows = [{**ACLED, "event_id_cnty": f"S{n}", "location": place} for n, place in enumerate(["Al-Hasakah", "Ḥimṣ"])]
    file = table(tmp_path, *rows)
    latin = ",".join(["S9", *list(ACLED.values())[1:]]).replace("Mayadin", "Mayâdin").encode("latin-1")
    file.write_bytes(file.read_bytes() + b"too,few\r\n" + latin + b"\r\n")
    (short, wrong) = refusals(file, store)
    assert short == (4, f"has 2 fields where the first row names {len(ACLED)}")
    assert wrong[0] == 5
    assert len(list(query.details(store, Filters()))) == 2


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_other_delimiters(store: Store, tmp_path: Path, delimiter: str) -> None:
    assert refusals(table(tmp_path, ACLED, delimiter=delimiter), store) == []
    assert only(store).record["id"] == "acled:SYR900001"


@pytest.mark.parametrize(
    "name, content, reason",
    [
        ("a.csv", "", "names no columns"),
        ("a.csv", "name,age\nx,1\n", "of no kind that can be loaded"),
        (
            "a.csv",
            "event_id_cnty,event_date,event_type,actor1,latitude,longitude\n",
            "ACLED-style lacks sub_event_type",
        ),
        ("a.csv", "id,id\n", "more than once"),
        ("a.xlsx", "PK", "not of a kind that can be loaded"),
        ("a.parquet", "no parquet", "cannot be read as Parquet"),
    ],
)
def test_files_that_cannot_be_loaded(store: Store, tmp_path: Path, name: str, content: str, reason: str) -> None:
    file = tmp_path / name
    file.write_text(content, "utf-8")
    with pytest.raises(InputError) as refused:
        list(load.load(file, store))
    assert reason in str(refused.value)


@pytest.mark.parametrize("name", ["", "ACLED", "a b", "x" * 61, "../x", "=1"])
def test_names_of_sources_are_plain(store: Store, tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="no name of a source"):
        list(load.load(table(tmp_path, ACLED), store, name=name))

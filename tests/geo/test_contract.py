# ruff: noqa: E501 (tables)
"""Readings as JSON: the contract's fields, each of its kind, nothing that JSON cannot carry."""

from __future__ import annotations

import json
from typing import Any

import pytest

from extract.records import PlaceMention, Relation, Span
from geo import contract
from geo.records import Candidate, Place, PlacedMention
from tests.extract.conftest import opened, read_with

TEXT = (
    "The Nigerian army carried out an air strike on a Boko Haram camp 12 km north of Maiduguri on Monday, killing 15 militants "
    "and wounding at least four. Residents denied that the camp was empty."
)
REPORT = {"report_id", "language", "incidents", "places", "warnings"}
INCIDENT = {
    "id", "report_id", "event_type", "status", "background", "primary", "date", "place", "actors", "weapons", "casualties",
    "killed_low", "killed_high", "wounded_low", "wounded_high", "claims", "evidence", "confidence",
}  # fmt: skip
PLACE = {
    "name", "text", "span", "lat", "lon", "radius_km", "where_precision", "relation", "admin1", "admin2", "country_code",
    "feature", "gazetteer_id", "method", "score", "alternates",
}  # fmt: skip
MENTION = {
    "start", "end", "text", "name", "lat", "lon", "country_code", "admin1", "feature", "gazetteer_id", "score", "use",
}  # fmt: skip
ACTOR = {"id", "name", "kind", "role", "alleged_by", "text", "span"}
CASUALTY = {"outcome", "low", "high", "victims", "victim_kind", "side", "claimed_by", "text", "span"}
DATE = {"start", "end", "precision", "basis", "text", "span"}


@pytest.fixture(scope="module")
def line() -> dict[str, Any]:
    return contract.reading(read_with(opened(), TEXT))


@pytest.fixture(scope="module")
def incident(line: dict[str, Any]) -> dict[str, Any]:
    (one,) = [i for i in line["incidents"] if i["primary"]]
    return one


def test_a_report_has_the_fields_of_the_contract(line: dict[str, Any]) -> None:
    assert set(line) >= REPORT
    assert (line["report_id"], line["language"]) == ("r", "en")


def test_it_survives_json(line: dict[str, Any]) -> None:
    assert json.loads(json.dumps(line, allow_nan=False)) == line


def test_an_incident_has_the_fields_of_the_contract(incident: dict[str, Any]) -> None:
    assert set(incident) >= INCIDENT
    assert set(incident["place"]) >= PLACE
    assert set(incident["date"]) >= DATE
    assert all(set(a) >= ACTOR for a in incident["actors"])
    assert all(set(c) >= CASUALTY for c in incident["casualties"])
    assert incident["actors"]
    assert incident["casualties"]


def test_days_are_iso_dates(incident: dict[str, Any]) -> None:
    assert (incident["date"]["start"], incident["date"]["end"]) == ("2021-06-14", "2021-06-14")
    assert incident["date"]["basis"] == "relative"


def test_a_relation_names_its_anchors(incident: dict[str, Any]) -> None:
    relation = incident["place"]["relation"]
    assert (relation["kind"], relation["distance_km"], relation["bearing_deg"]) == ("offset", 12.0, 0.0)
    assert relation["anchors"] == ["Maiduguri"]


def test_offsets_point_into_the_text(line: dict[str, Any], incident: dict[str, Any]) -> None:
    for mention in line["places"]:
        assert set(mention) >= MENTION
        assert TEXT[mention["start"] : mention["end"]] == mention["text"]
    for record in (*incident["actors"], *incident["casualties"], *incident["weapons"], *incident["claims"]):
        assert TEXT[record["span"]["start"] : record["span"]["end"]] == record["text"]


def test_an_unresolved_place_has_no_coordinates() -> None:
    mention = PlaceMention(Span(0, 5), "Nurnu")
    row = contract.mention(PlacedMention(mention, None, 0.12345))
    assert [row[k] for k in ("name", "lat", "lon", "country_code", "gazetteer_id")] == [None] * 5
    assert row["score"] == 0.123


def test_a_place_at_nought_is_a_place() -> None:
    row = contract.mention(PlacedMention(PlaceMention(Span(0, 4), "Null"), Candidate("x:1", "Null", 0.0, 0.0), 1.0))
    assert (row["lat"], row["lon"]) == (0.0, 0.0)


def test_a_place_without_relation_or_alternates() -> None:
    row = contract.place(Place("A", "A", Span(0, 1), 1.23456789, -2.0, 5.004, 1, "exact", 0.9))
    assert (row["relation"], row["alternates"], row["lat"], row["radius_km"]) == (None, [], 1.234568, 5.0)


def test_alternates_carry_what_the_contract_names() -> None:
    other = Candidate("geonames:1", "B", 1.0, 2.0, "NG", score=0.5)
    between = Relation("between", (Span(0, 1), Span(6, 7)), Span(0, 7))
    row = contract.place(Place("A", "A", Span(0, 1), 1, 2, 5, 1, "m", 1, between, ("A", "C"), alternates=(other,)))
    assert [set(one) for one in row["alternates"]] == [{"name", "lat", "lon", "country_code", "gazetteer_id", "score"}]
    assert row["relation"] == {"kind": "between", "anchors": ["A", "C"], "distance_km": None, "bearing_deg": None}

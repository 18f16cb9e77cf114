"""The annotation is well formed: what the measurement takes for granted about its files."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from tests.gold import measure

CASES = measure.cases("all")
INCIDENTS = [(case, incident) for case in CASES for incident in case["gold"]["incidents"]]
IDS = [f"{case['id']}-{n}" for n, (case, _) in enumerate(INCIDENTS)]

STATUSES = {"occurred", "disputed", "denied", "planned", "hypothetical"}
OUTCOMES = {"killed", "wounded", "missing", "abducted", "detained", "displaced"}
STANCES = {"asserts", "admits", "denies", "blames", "justifies"}
REQUIRED: dict[str, type | tuple[type, ...]] = {
    "event_type": list,
    "primary": bool,
    "background": bool,
    "status": str,
    "perpetrator": list,
    "target": list,
    "place": (dict, type(None)),
    "date": (dict, type(None)),
    "killed": (list, type(None)),
    "wounded": (list, type(None)),
    "tolls": list,
    "stances": list,
    "civilian_targeting": bool,
}
LENIENCIES = {
    "background_also",
    "civ_any",
    "date_also",
    "date_optional",
    "either_role",
    "killed_also",
    "optional",
    "place_optional",
    "primary_any",
    "status_also",
    "unnamed_ok",
    "wounded_also",
}


def test_there_are_enough_reports_of_enough_countries() -> None:
    countries = {i["place"]["country_code"] for _, i in INCIDENTS if i["place"]} - {None}
    silent = [case for case in CASES if not case["gold"]["incidents"]]
    assert (len(CASES) >= 120, len(countries) >= 18, len(silent) >= 30) == (True, True, True)


@pytest.mark.parametrize("half", measure.HALVES)
def test_both_halves_hold_the_same_mix(half: str) -> None:
    chosen = measure.cases(half)
    silent = sum(not case["gold"]["incidents"] for case in chosen)
    assert len(chosen) >= 60
    assert 0.2 <= silent / len(chosen) <= 0.3


def test_ids_and_texts_are_unique() -> None:
    for field in ("id", "text"):
        assert max(Counter(case["report"][field] for case in CASES).values()) == 1


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_report(case: measure.Json) -> None:
    report = case["report"]
    assert case["id"] == report["id"]
    assert set(report) <= {"id", "title", "text", "published", "publisher"}
    assert 45 <= len(report["text"].split()) <= 220
    assert "{" not in report["text"]
    if "published" in report:
        dt.date.fromisoformat(report["published"])
    incidents = case["gold"]["incidents"]
    assert sum(i["primary"] for i in incidents) == bool(incidents)


@pytest.mark.parametrize("case, incident", INCIDENTS, ids=IDS)
def test_incident(case: measure.Json, incident: measure.Json) -> None:
    for field, kind in REQUIRED.items():
        assert isinstance(incident[field], kind), field
    assert set(incident) <= set(REQUIRED) | LENIENCIES
    assert incident["event_type"]
    assert set(incident["event_type"]) <= set(measure.event_types())
    assert {incident["status"], *incident.get("status_also", [])} <= STATUSES
    assert {kind for s in incident["stances"] for kind in _several(s["stance"])} <= STANCES
    assert all(name for s in incident["stances"] for name in _several(s["speaker"]))


def _several(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


@pytest.mark.parametrize("case, incident", INCIDENTS, ids=IDS)
def test_place_is_on_the_globe(case: measure.Json, incident: measure.Json) -> None:
    place = incident["place"]
    if place is None:
        return
    assert -90 <= place["lat"] <= 90
    assert -180 <= place["lon"] <= 180
    assert (place["lat"], place["lon"]) != (0, 0)
    assert 0 < place["tolerance_km"] <= 500
    assert place["country_code"] is None or len(place["country_code"]) == 2


@pytest.mark.parametrize("case, incident", INCIDENTS, ids=IDS)
def test_date_does_not_lie_after_publication(case: measure.Json, incident: measure.Json) -> None:
    ranges = [tuple(incident["date"].values())] if incident["date"] else []
    for start, end in ranges + [tuple(d) for d in incident.get("date_also", [])]:
        assert dt.date.fromisoformat(start) <= dt.date.fromisoformat(end)
        assert end <= case["report"].get("published", end)


@pytest.mark.parametrize("case, incident", INCIDENTS, ids=IDS)
def test_numbers_are_ranges_and_tolls_have_victims(case: measure.Json, incident: measure.Json) -> None:
    for outcome in ("killed", "wounded"):
        for found in [incident[outcome], *incident.get(f"{outcome}_also", [])]:
            _check_range(found or [None, None])
    for toll in incident["tolls"]:
        assert toll["outcome"] in OUTCOMES
        assert toll["victim_kind"] in {"civilian", "combatant", "unknown"}
        assert (toll["low"], toll["high"]) != (None, None)
        _check_range([toll["low"], toll["high"]])


def _check_range(found: list[int | None]) -> None:
    low, high = found
    known = [n for n in (low, high) if n is not None]
    assert all(n >= 0 for n in known)
    assert known == sorted(known)

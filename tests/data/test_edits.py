"""What a reviewer may change, what it makes of a record, and what is refused with its field and reason."""

from __future__ import annotations

from typing import Any

import pytest

from data import edits
from extract.errors import InputError
from geo import contract
from tests.data import fakes

TYPES = ("air_strike", "shelling")
SOURCE = fakes.report(1)
RECORD = contract.incident(fakes.incident(SOURCE))
UNLOCATED = contract.incident(fakes.incident(SOURCE, place=None, date=None))


def edited(changes: dict[str, Any], record: dict[str, Any] = RECORD) -> dict[str, Any]:
    return edits.patched(record, edits.completed(record, changes, event_types=TYPES))


def test_only_what_was_changed_changes() -> None:
    found = edited({"killed_low": 60, "status": "disputed"})
    assert {name for name in found if found[name] != RECORD[name]} == {"killed_low", "status"}
    assert (found["killed_low"], found["killed_high"], RECORD["killed_low"]) == (60, 62, 62)


@pytest.mark.parametrize(
    "date, start, end, precision",
    [
        ({"start": "2016-09-16"}, "2016-09-16", "2016-09-17", 2),
        ({"start": "2016-09-16", "end": "2016-09-16"}, "2016-09-16", "2016-09-16", 1),
        ({"start": "2016-09-01", "end": "2016-09-30"}, "2016-09-01", "2016-09-30", 4),
        ({"end": "2016-09-20", "precision": 3}, "2016-09-17", "2016-09-20", 3),
    ],
)
def test_a_date_tells_how_exact_it_is(date: dict[str, Any], start: str, end: str, precision: int) -> None:
    found = edited({"date": date})["date"]
    assert (found["start"], found["end"], found["precision"]) == (start, end, precision)
    assert (found["basis"], found["text"], found["span"]) == ("reviewed", "", None)


def test_a_date_where_there_was_none() -> None:
    assert edited({"date": {"start": "2016-09-16"}}, UNLOCATED)["date"]["end"] == "2016-09-16"
    assert edited({"date": None})["date"] is None


def test_a_pin_moved_a_little_keeps_its_place() -> None:
    place = edited({"place": {"lat": 35.29, "lon": 40.18}})["place"]
    assert (place["lat"], place["name"], place["country_code"], place["radius_km"]) == (
        35.29,
        "Deir ez-Zor Airport",
        "SY",
        5.0,
    )
    assert (place["method"], place["text"]) == ("reviewed", "Deir ez-Zor Airport")


def test_a_pin_moved_elsewhere_loses_what_held_for_the_old_place() -> None:
    moved = {"lat": 34.43, "lon": 35.84, "radius_km": 3.0, "name": "Tripoli", "country_code": "LB"}
    place = edited({"place": moved})["place"]
    assert {name: place[name] for name in moved} == moved
    assert (place["admin1"], place["gazetteer_id"], place["where_precision"]) == (None, None, 2)
    assert place["span"] == RECORD["place"]["span"]


def test_half_a_move_keeps_the_other_half() -> None:
    place = edited({"place": {"lon": 41.5}})["place"]
    assert (place["lat"], place["lon"], place["radius_km"], place["name"]) == (35.2854, 41.5, 5.0, None)


def test_a_place_where_there_was_none() -> None:
    place = edited({"place": {"lat": 34.43, "lon": 35.84, "radius_km": 3.0, "name": "Tripoli"}}, UNLOCATED)["place"]
    assert (place["lat"], place["where_precision"], place["span"], place["alternates"]) == (34.43, 2, None, [])
    assert edited({"place": None})["place"] is None


def test_parties_read_by_machine_keep_their_words() -> None:
    target = {"name": "Syrian army", "role": "target"}
    found = edited({"actors": [target, {"name": "Russian Air Force", "role": "perpetrator", "alleged_by": "UK"}]})
    assert found["actors"][0] == RECORD["actors"][1]
    assert found["actors"][1] == {
        "id": "russian-air-force",
        "name": "Russian Air Force",
        "kind": "unknown",
        "role": "perpetrator",
        "alleged_by": "UK",
        "text": "",
        "span": None,
    }


@pytest.mark.parametrize(
    "changes, reason",
    [
        ({"date": {"end": "2016-09-16"}}, "date.end: 2016-09-16 is before the start, 2016-09-17"),
        ({"date": {"start": "17/09/2016"}}, "date.start: '17/09/2016' is not a day like"),
        ({"date": {"start": "2016-02-30"}}, "date.start: '2016-02-30' is not a day"),
        ({"date": {"precision": 6}}, "date.precision: 6 is not one of 1, 2"),
        ({"date": {"day": 1}}, "date.day: cannot be edited"),
        ({"date": "2016-09-17"}, "date: must be an object"),
        ({"place": {"lat": 91}}, "place.lat: 91 is not between -90 and 90"),
        ({"place": {"lon": -180.5}}, "place.lon: -180.5 is not between"),
        ({"place": {"lat": float("nan")}}, "place.lat: nan is not a number"),
        ({"place": {"lat": "35"}}, "place.lat: '35' is not a number"),
        ({"place": {"lat": None}}, "place.lat: is needed where a place is given"),
        ({"place": {"radius_km": -1}}, "place.radius_km: -1 is not between"),
        ({"place": {"where_precision": 0}}, "place.where_precision: 0 is not one of"),
        ({"place": {"where_precision": True}}, "place.where_precision: True is not one of"),
        ({"place": {"country_code": "Syria"}}, "place.country_code: 'Syria' is not two capital letters"),
        ({"place": {"name": 5}}, "place.name: 5 is not text"),
        ({"killed_low": -1}, "killed_low: -1 is negative"),
        ({"killed_low": 63}, "killed_high: 62 is less than killed_low, 63"),
        ({"killed_high": 61}, "killed_high: 61 is less than killed_low, 62"),
        ({"wounded_low": 2.5}, "wounded_low: 2.5 is not a whole number"),
        ({"wounded_low": True}, "wounded_low: True is not a whole number"),
        ({"wounded_high": 10**12}, "wounded_high: .* more than there are people"),
        ({"event_type": "picnic"}, "event_type: 'picnic' is not"),
        ({"status": "maybe"}, "status: 'maybe' is not one of occurred"),
        ({"background": 1}, "background: 1 is not one of"),
        ({"id": "x"}, "id: cannot be edited"),
        ({"primary": True}, "primary: cannot be edited"),
        ({"actors": {}}, "actors: must be a list"),
        ({"actors": ["army"]}, r"actors\[0\]: must be an object"),
        ({"actors": [{"role": "target"}]}, r"actors\[0\].name: is needed"),
        ({"actors": [{"name": "  ", "role": "target"}]}, r"actors\[0\].name: must not be blank"),
        ({"actors": [{"name": "Army", "role": "victim"}]}, r"actors\[0\].role: 'victim' is not one of"),
        ({"actors": [{"name": "Army\x00", "role": "target"}]}, r"actors\[0\].name: .* cannot be stored"),
        ({"casualties": [{"outcome": "killed", "low": 5, "high": 4}]}, r"casualties\[0\].high: 4 is less than low, 5"),
        ({"casualties": [{"outcome": "tired"}]}, r"casualties\[0\].outcome: 'tired' is not one of"),
        ({"claims": [{"speaker": "UK", "stance": "sighs"}]}, r"claims\[0\].stance"),
        ({"weapons": [{"name": "F-16", "count": -2}]}, r"weapons\[0\].count: -2 is negative"),
        ({"tags": [1]}, r"tags\[0\]: 1 is not text"),
    ],
)
def test_what_makes_no_sense_is_refused(changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        edited(changes)


@pytest.mark.parametrize("changes", [{"place": {"name": "x"}}, {"date": {"end": "2016-09-17"}}])
def test_part_of_a_place_or_date_that_is_not_known_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="is needed where a"):
        edited(changes, UNLOCATED)


@pytest.mark.parametrize(
    "pairs, expected",
    [
        ({"killed_low": 3}, {"killed_low": 3}),
        ({"place.lat": 1, "place.lon": 2, "status": "denied"}, {"place": {"lat": 1, "lon": 2}, "status": "denied"}),
    ],
)
def test_dotted_names(pairs: dict[str, Any], expected: dict[str, Any]) -> None:
    assert edits.nested(pairs) == expected


def test_a_field_set_whole_and_in_part_is_refused() -> None:
    with pytest.raises(InputError, match=r"place\.lat: place is set whole beside it"):
        edits.nested({"place": None, "place.lat": 1})

"""The yardstick itself: right answers score 1, wrong ones 0, and leniency goes as far as it says and no farther."""

from __future__ import annotations

import copy

import pytest

from tests.gold import match, measure

Json = measure.Json


def answer(case: Json) -> Json:
    """The annotation of a report, turned into the reader's public JSON."""
    return {"report_id": case["id"], "incidents": [_told(gold) for gold in case["gold"]["incidents"]]}


def _told(gold: Json) -> Json:
    place = gold["place"]
    told = {key: gold[key] for key in ("status", "background", "primary", "date")}
    told["event_type"] = gold["event_type"][0]
    told["place"] = place and {key: place[key] for key in ("name", "lat", "lon")}
    told["actors"] = [
        {"id": "", "name": gold[role][0], "text": gold[role][0], "kind": "", "role": role}
        for role in ("perpetrator", "target")
        if gold[role]
    ]
    told["casualties"] = [{**toll, "claimed_by": _first(toll["speaker"])} for toll in gold["tolls"]]
    told["claims"] = [{key: _first(value) for key, value in stance.items()} for stance in gold["stances"]]
    for outcome in ("killed", "wounded"):
        told[f"{outcome}_low"], told[f"{outcome}_high"] = gold[outcome] or (None, None)
    return told


def _first(value: str | list[str] | None) -> str | None:
    return value[0] if isinstance(value, list) else value


def test_the_annotation_scores_full_marks_against_itself() -> None:
    scores = [score for case in measure.cases("all") for score in measure.score_report(case, answer(case))]
    assert [score for score in scores if not score.right] == []
    assert len(measure.rates(scores)) == 16


def test_silence_scores_only_where_there_is_nothing_to_tell() -> None:
    scores = [s for case in measure.cases("all") for s in measure.score_report(case, {"incidents": []})]
    found = measure.rates(scores)
    assert found["quiet"][0] == 1
    assert {field: found[field][0] for field in ("found", "type", "place", "date", "killed", "incident_recall")} == {
        "found": 0,
        "type": 0,
        "place": 0,
        "date": 0,
        "killed": 0,
        "incident_recall": 0,
    }


def spoilt(**changes: object) -> dict[str, bool]:
    """Field to right for the first report, whose lead was changed."""
    case = measure.cases("dev")[0]
    told = copy.deepcopy(answer(case))
    told["incidents"][0].update(changes)
    scores = measure.score_report(case, told)
    return {s.field: s.right for s in scores if not s.field.startswith("incident")}


@pytest.mark.parametrize(
    "changes, wrong",
    [
        ({"event_type": "kidnapping"}, {"type"}),
        ({"event_type": "armed_clash"}, {"type", "civilian_kept"}),
        ({"status": "denied"}, {"status"}),
        ({"place": None}, {"place"}),
        ({"place": {"name": "Damascus", "lat": 33.51, "lon": 36.29}}, {"place"}),
        ({"date": None}, {"date"}),
        ({"date": {"start": "2013-11-01", "end": "2013-11-05"}}, {"date"}),
        ({"date": {"start": "2013-11-04", "end": "2013-11-05"}}, set()),
        ({"killed_low": 5, "killed_high": 9}, {"killed"}),
        ({"wounded_low": None, "wounded_high": None}, {"wounded"}),
        ({"actors": []}, {"perpetrator", "target"}),
        ({"casualties": []}, {"toll"}),
    ],
)
def test_each_wrong_field_costs_its_own_mark(changes: dict[str, object], wrong: set[str]) -> None:
    assert {field for field, right in spoilt(**changes).items() if not right} == wrong


@pytest.mark.parametrize(
    "one, other, same",
    [
        ("Houthis", "the Houthi", True),
        ("Islamic State", "Islamic State group", True),
        ("Djibo", "Dablo", False),
        ("Sofyan Dawood", "Dawood", True),
        ("Chókwè", "Chokwe", True),
        ("army", "Malian army", True),
        ("Malian army", "Turkish army", False),
        ("Malian army", "Military of Mali", True),
        ("Malian army", "Government of Mali", False),
        ("", "army", False),
        ("the", "the", False),
    ],
)
def test_same_name(one: str, other: str, same: bool) -> None:
    assert match.same_name(one, other) is same


@pytest.mark.parametrize(
    "one, other, same",
    [
        ("military spokesman", "Military of Chad", True),
        ("health ministry", "defence ministry", False),
        ("spokesman", "official", False),
        ("Taliban spokesman Karim", "Taliban", True),
    ],
)
def test_a_spokesman_is_his_party(one: str, other: str, same: bool) -> None:
    assert match.same_speaker(one, other) is same


@pytest.mark.parametrize(
    "name, accepted, right",
    [
        ("unidentified gunmen", [], True),
        ("M23", [], False),
        ("M23", ["M23", "March 23 Movement"], True),
        ("gunmen", ["M23"], False),
    ],
)
def test_nobody_in_particular_is_no_perpetrator(name: str, accepted: list[str], right: bool) -> None:
    incident = {"actors": [{"role": "perpetrator", "name": name, "text": name, "id": ""}]}
    assert match.perpetrator_right({"perpetrator": accepted}, incident) is right


@pytest.mark.parametrize(
    "want, got, vague, right",
    [
        ([12, None], (12, None), False, True),
        ([12, None], (12, 20), False, False),
        ([12, 12], (12, None), False, True),
        ([None, 20], (None, 20), False, True),
        ([None, 20], (20, 20), False, True),
        ([24, None], (20, None), True, True),
        ([24, None], (60, None), True, False),
        (None, (3, 3), False, False),
        ([0, 0], (None, None), False, True),
        ([4, 4], (None, None), False, False),
    ],
)
def test_count_right(
    want: list[int | None] | None, got: tuple[int | None, int | None], vague: bool, right: bool
) -> None:
    gold = {"killed": want, "tolls": [{"outcome": "killed", "vague": vague}]}
    assert match.count_right(gold, {"killed_low": got[0], "killed_high": got[1]}, "killed") is right


def test_history_told_as_news_costs_precision() -> None:
    case = next(c for c in measure.cases("dev") if any(i["background"] for i in c["gold"]["incidents"][1:]))
    told = answer(case)
    for incident in told["incidents"]:
        incident["background"] = False
    found = measure.rates(measure.score_report(case, told))
    assert found["incident_recall"][0] == 1
    assert found["incident_precision"][0] < 1


def test_table_marks_what_lies_below_its_floor() -> None:
    shown = measure.table({"type": (0.5, 10), "date": (0.9, 10)}, {"type": 0.6, "date": 0.9})
    assert [line.endswith("BELOW") for line in shown.splitlines()[1:]] == [True, False]

"""Values in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from data.query import IncidentRow, Party
from views import words

ROW = IncidentRow(
    key=1, id="a", report_id="r", title=None, publisher=None, published=None, event_type="air_strike",
    status="occurred", background=False, primary=True, date_start=None, date_end=None, date_precision=None,
    place_name=None, admin1=None, admin2=None, country_code=None, lat=None, lon=None, radius_km=None,
    where_precision=None, killed_low=None, killed_high=None, wounded_low=None, wounded_high=None, confidence=0.5,
)  # fmt: skip


def party(name: str, role: str) -> Party:
    """A party of which only name and role matter."""
    return Party(name.lower(), name, "armed_group", role, None)


@pytest.mark.parametrize(
    "start, end, expected",
    [
        (None, None, "date unknown"),
        ("2016-09-17", "2016-09-17", "17 Sep 2016"),
        ("2016-09-15", "2016-09-17", "15–17 Sep 2016"),
        ("2016-08-30", "2016-09-02", "30 Aug 2016 – 2 Sep 2016"),
        ("2016-02-01", "2016-02-29", "Feb 2016"),
        ("2016-01-01", "2016-12-31", "2016"),
        ("2015-12-01", "2015-12-31", "Dec 2015"),
    ],
)
def test_days(start: str | None, end: str | None, expected: str) -> None:
    first, last = (dt.date.fromisoformat(d) if d else None for d in (start, end))
    assert words.days(first, last) == expected


@pytest.mark.parametrize(
    "low, high, expected",
    [
        (None, None, None),
        (0, 0, "0"),
        (62, 62, "62"),
        (62, 80, "62–80"),
        (100, None, "at least 100"),
        (None, 5, "up to 5"),
        (1000, 1000, "1,000"),
    ],
)
def test_number(low: int | None, high: int | None, expected: str | None) -> None:
    assert words.number(low, high) == expected


def test_toll_names_what_is_known_and_says_where_nothing_is() -> None:
    assert words.toll(ROW) == "no figure"
    assert words.toll(replace(ROW, killed_low=0, killed_high=0)) == "0 killed"
    known = replace(ROW, killed_low=62, killed_high=62, wounded_low=100)
    assert words.toll(known) == "62 killed, at least 100 wounded"


@pytest.mark.parametrize(
    "names, expected",
    [
        ((None, None, None), "place unknown"),
        (("Raqqa", "Raqqa", "SY"), "Raqqa, Syria"),
        (("Airport", "Deir ez-Zor", "SY"), "Airport, Deir ez-Zor, Syria"),
        ((None, None, "XX"), "XX"),
    ],
)
def test_where(names: tuple[str | None, str | None, str | None], expected: str) -> None:
    assert words.where(replace(ROW, place_name=names[0], admin1=names[1], country_code=names[2])) == expected


@pytest.mark.parametrize(
    "parties, expected",
    [
        ([], "no party named"),
        ([("A", "perpetrator")], "A → unnamed"),
        ([("B", "target")], "unnamed → B"),
        ([("A", "perpetrator"), ("B", "target"), ("C", "target"), ("B", "target")], "A → B, C"),
        ([("A", "participant"), ("B", "participant")], "A, B"),
    ],
)
def test_who(parties: list[tuple[str, str]], expected: str) -> None:
    assert words.who([party(name, role) for name, role in parties]) == expected


def test_not_drawn_tells_why() -> None:
    assert words.not_drawn(ROW) == "Not on the map: no place found"
    assert (
        words.not_drawn(replace(ROW, lat=0.0, lon=0.0, where_precision=6))
        == "Not on the map: only the country is known"
    )
    assert words.not_drawn(replace(ROW, lat=0.0, lon=0.0, where_precision=5)) is None


@pytest.mark.parametrize("status, background, expected", [
    ("occurred", False, []),
    ("disputed", False, ["Disputed"]),
    ("planned", True, ["Planned or threatened", "Earlier history"]),
])  # fmt: skip
def test_remarks(status: str, background: bool, expected: list[str]) -> None:
    assert words.remarks(replace(ROW, status=status, background=background)) == expected


def test_markdown_takes_the_meaning_from_every_sign() -> None:
    assert words.markdown("[a](b) *c* <d> :red[e] $f$\ng é") == r"\[a\]\(b\) \*c\* \<d\> \:red\[e\] \$f\$ g é"


def test_every_event_type_has_a_name() -> None:
    assert words.event("air_strike").label == "Air strike"
    assert words.event("new_kind").label == "New kind"
    assert words.event("new_kind").family == "other"

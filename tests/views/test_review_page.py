"""The review page without a browser: what a reviewer can do, what is refused and how, and what is remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data import query, review, worth
from data.query import Filters
from data.store import Store
from tests.views import event_store
from views import review_fields, review_place

Json = dict[str, Any]
PAGE = str(Path(__file__).parents[2] / "app.py")
SECONDS = 60
WIRE, RAID = "dez-2016-western-wire-1", "raid-1"


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A store with an event of three reports and another near it."""
    found = f"sqlite:///{tmp_path / 'store.db'}"
    event_store.build(found)
    monkeypatch.setenv("DATELINE_DB", found)
    return found


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """The same store, open."""
    with Store.open(url) as opened:
        yield opened


@pytest.fixture
def page(url: str) -> AppTest:
    """The page, open at the report of the western wire."""

    def script() -> None:
        from views import review_page

        review_page.page()

    app = AppTest.from_function(script, default_timeout=SECONDS)
    app.query_params["incident"] = WIRE
    return app.run()


def named(page: AppTest, who: str = "Ana", why: str = "the update") -> AppTest:
    """The page with the reviewer's name and reason given."""
    page.text_input(key="review-who").set_value(who)
    page.text_input(key="review-reason").set_value(why)
    return page.run()


def field(page: AppTest, label: str) -> Any:
    """The widget of that label."""
    widgets = [*page.number_input, *page.text_input, *page.selectbox, *page.date_input, *page.checkbox]
    return next(one for one in widgets if one.label == label)


def press(page: AppTest, label: str) -> AppTest:
    """Press the first button whose label begins so."""
    next(one for one in page.button if one.label.startswith(label)).click()
    return page.run()


def said(page: AppTest) -> str:
    """Messages and text of the page."""
    return "\n".join(one.value for one in [*page.success, *page.error, *page.info, *page.markdown]).replace("\\", "")


def record(store: Store, incident_id: str = WIRE) -> Json:
    found = query.incident(store, incident_id)
    assert found
    return found.record


def test_a_field_is_edited_with_a_reason_and_the_name_is_remembered(page: AppTest, store: Store) -> None:
    press(named(page), "Fields")
    field(page, "Killed, lowest").set_value(60)
    field(page, "Told as").set_value("disputed")
    press(page, "Save the fields")
    assert not page.exception
    assert "Saved: status, killed low (decision 1)." in said(page)
    assert (record(store)["killed_low"], record(store)["status"]) == (60, "disputed")
    (made,) = review.history(store, WIRE)
    assert (made.who, made.reason) == ("Ana", "the update")
    assert (page.text_input(key="review-who").value, page.text_input(key="review-reason").value) == ("Ana", "")


@pytest.mark.parametrize(
    "section, label, value, save, reason",
    [
        ("Fields", "Killed, lowest", -3, "Save the fields", "killed_low: -3 is negative"),
        ("Fields", "Killed, highest", 9, "Save the fields", "killed_high: 9 is less than killed_low, 10"),
        ("Place", "Latitude", 91.0, "Save the place", "place.lat: 91 is not between -90 and 90"),
        ("Place", "Radius, km", -1.0, "Save the place", "place.radius_km: -1 is not between 0 and 20038"),
        ("Place", "Radius, km", 7.0, "Save the place", "the place is as it was"),
    ],
)
def test_what_makes_no_sense_is_refused_by_its_field(
    page: AppTest, store: Store, section: str, label: str, value: float, save: str, reason: str
) -> None:
    press(named(page), section)
    if label == "Killed, highest":
        field(page, "Killed, lowest").set_value(10)
    field(page, label).set_value(value)
    press(page, save)
    assert not page.exception
    assert f"Not saved: {reason}" in said(page)
    assert page.text_input(key="review-reason").value == "the update"
    assert review.history(store, WIRE) == []


def test_a_decision_needs_a_name_and_a_reason(page: AppTest, store: Store) -> None:
    assert "your name is missing" in said(press(page, "Accept"))
    assert "reason: must not be blank" in said(press(named(page, why=" "), "Reject"))
    assert review.history(store, WIRE) == []


def test_two_reviewers_on_one_incident_the_second_is_told_and_sees_the_newer_state(page: AppTest, store: Store) -> None:
    press(named(page), "Fields")
    review.edit(store, WIRE, {"killed_low": 64}, who="Ben", reason="the ministry's list")
    field(page, "Killed, lowest").set_value(60)
    press(page, "Save the fields")
    assert "was changed meanwhile by Ben (decision 1, edit)" in said(page)
    assert field(page, "Killed, lowest").value == 64
    assert record(store)["killed_low"] == 64
    named(page)
    field(page, "Killed, lowest").set_value(60)
    press(page, "Save the fields")
    assert record(store)["killed_low"] == 60


def test_accept_goes_on_to_the_next_and_the_queue_loses_it(page: AppTest, store: Store) -> None:
    first, second = (one.row.id for one in worth.queue(store, Filters(leads_only=True)))
    page.query_params["incident"] = first
    page.session_state["review-now"] = first
    press(named(page.run()), "Accept")
    assert "Accepted (decision 1)." in said(page)
    assert page.session_state["review-now"] == second
    assert [one.row.id for one in worth.queue(store, Filters(leads_only=True))] == [second]


def test_merge_split_and_undo(page: AppTest, store: Store) -> None:
    press(named(page), "Merge, split")
    assert "Raid on a farm" in said(page)
    press(page, "Merge")  # the section's own button has this label too, and changes nothing
    next(one for one in page.button if one.label == "Merge").click()
    page.run()
    assert "Merged (decision 1)." in said(page)
    named(page, why="another day")
    next(one for one in page.checkbox if "Raid on a farm" in one.label.replace("\\", "")).check()
    press(page.run(), "Split off")
    assert "Split (decision 2)." in said(page)
    press(named(page, why="one after all"), "Undo no. 2")
    assert [(one.action, one.stands) for one in review.history(store, RAID)] == [
        ("merge", True),
        ("split", False),
        ("undo", True),
    ]


def test_a_party_keeps_its_words_and_id_and_a_new_one_is_known_by_the_registry(store: Store) -> None:
    old = record(store)
    shown = [{"name": one["name"], "role": one["role"], "alleged_by": one["alleged_by"]} for one in old["actors"]]
    values = {name: old[name] for name in ("event_type", "status", "background", "killed_low", "killed_high")}
    values |= {"wounded_low": None, "wounded_high": None, "start": None, "end": None}
    rows = {"actors": [*shown, {"name": "Islamic State", "role": "participant", "alleged_by": "Damascus"}]}
    found = review_fields.changes(old, values, rows)
    assert found["date"] is None
    review.edit(store, WIRE, found, who="Ana", reason="named in the third sentence")
    new = record(store)["actors"]
    assert new[:2] == old["actors"]
    assert (new[2]["id"], new[2]["alleged_by"], new[2]["span"]) == ("islamic-state", "Damascus", None)


@pytest.mark.parametrize(
    "values, taken, expected",
    [
        ({"lat": 34.4, "lon": 35.8, "name": "Tripoli"}, True, ("Tripoli", "LB", "geonames:1")),
        ({"lat": 34.5, "lon": 35.8, "name": "Tripoli"}, True, ("Tripoli", None, None)),
        ({"lat": 34.4, "lon": 35.8, "name": "El Mina"}, False, ("El Mina", None, None)),
        ({"lat": 34.4, "lon": 35.8, "name": " "}, False, (None, None, None)),
    ],
)
def test_what_is_known_of_a_candidate_comes_with_it(
    values: Json, taken: bool, expected: tuple[str | None, ...]
) -> None:
    other = {"name": "Tripoli", "lat": 34.4, "lon": 35.8, "country_code": "LB", "gazetteer_id": "geonames:1"}
    known = review_place.moved(values, other if taken else None)
    assert tuple(known.get(name) for name in ("name", "country_code", "gazetteer_id")) == expected


def test_an_empty_store_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATELINE_DB", f"sqlite:///{tmp_path / 'empty.db'}")
    app: Callable[[], AppTest] = AppTest.from_file(PAGE, default_timeout=SECONDS).run
    assert not app().exception

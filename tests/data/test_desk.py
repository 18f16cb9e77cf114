"""The review by words: what is printed, and what is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from data import desk
from data.desk import Call
from data.store import Store
from extract.errors import InputError
from geo import contract
from tests.data import fakes


@pytest.fixture
def filled(store: Store) -> Store:
    for number in (1, 2):
        source = fakes.report(number)
        store.add(source, contract.reading(fakes.reading(source)))
    return store


def run(store: Store, words: str, **more: Any) -> list[dict[str, Any]]:
    action, *ids = words.split()
    found = list(desk.run(store, action, Call(ids, "Ana", more.pop("reason", "list"), **more)))
    json.dumps(found)
    return found


def test_a_morning_of_review(filled: Store) -> None:
    assert [line["id"] for line in run(filled, "list")] == ["r1-0", "r2-0"]
    assert [line["id"] for line in run(filled, "list", limit=1)] == ["r1-0"]
    (edit,) = run(filled, "edit r1-0", changes=dict(map(desk.change, ("killed_high=90", "place.name=The airport"))))
    assert (edit["decision"], edit["action"], edit["after"]) == (
        1,
        "edit",
        {"killed_high": 90, "place": {"name": "The airport"}},
    )
    (moved,) = run(filled, "move r2-0", changes=dict(map(desk.change, ("lat=-1.5", "lon=30", "radius_km=2"))))
    assert moved["after"]["place"]["lat"] == -1.5
    run(filled, "parties r2-0 perpetrator=Army target=Rebels")
    run(filled, "merge r1-0 r2-0")
    state, *trail = run(filled, "show r2-0")
    assert (state["reviewed"], [a["name"] for a in state["incident"]["actors"]]) == ("edited", ["Army", "Rebels"])
    assert [one["action"] for one in trail] == ["move", "parties", "merge"]
    assert [one["action"] for one in run(filled, f"show {state['event_id']}")] == ["merge"]
    run(filled, "split r2-0")
    run(filled, "undo 5")
    run(filled, "accept r1-0", reason="")
    run(filled, "reject r2-0")
    assert run(filled, "list") == []


@pytest.mark.parametrize(
    "words, changes, reason",
    [
        ("accept", {}, "review accept takes the id of an incident"),
        ("accept r1-0 r2-0", {}, "review accept takes"),
        ("merge r1-0", {}, "review merge takes the ids of two events"),
        ("split", {}, "review split takes"),
        ("accept r1-0", {"status": "denied"}, "review accept takes no --set"),
        ("move r1-0", {"lat": 1}, "review move needs --set lon=DEGREES"),
        ("move r1-0", {"lat": 91, "lon": 0}, "place.lat: 91 is not between"),
        ("move r1-0", {"lat": 1, "lon": 0, "height": 3}, "place.height: cannot be edited"),
        ("parties r1-0 army", {}, r"actors\[0\].*: "),
        ("undo first", {}, "'first' is not the number of a decision"),
        ("show nobody", {}, "no incident and no event 'nobody'"),
    ],
)
def test_what_cannot_be_done(filled: Store, words: str, changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        run(filled, words, changes=changes)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("killed_low=3", ("killed_low", 3)),
        ("date=null", ("date", None)),
        ("place.name=Deir ez-Zor", ("place.name", "Deir ez-Zor")),
        ("place.name=a=b", ("place.name", "a=b")),
        ('place.name="5"', ("place.name", "5")),
        ("status=", ("status", "")),
    ],
)
def test_a_change_in_words(text: str, expected: tuple[str, Any]) -> None:
    assert desk.change(text) == expected


@pytest.mark.parametrize("text", ["killed_low", "=3", ""])
def test_a_change_that_names_no_field(text: str) -> None:
    with pytest.raises(InputError, match="is not FIELD=VALUE"):
        desk.change(text)

"""An event's card: one row a claimant, each cell tied to its words in its report, and the history of decisions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from data import dossier, query, review
from data.store import Store
from tests.views import event_store, small_store
from views import event_card

Json = dict[str, Any]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """The three reports as one event."""
    with Store.open(f"sqlite:///{tmp_path / 'store.db'}") as opened:
        event_store.fill(opened)
        yield opened


def shown(store: Store, incident_id: str = "dez-2016-western-wire-1") -> Json:
    detail = query.incident(store, incident_id)
    assert detail
    return event_card.shown(store, detail)


def test_the_strike_near_deir_ez_zor_is_one_card_with_a_row_a_claimant(store: Store) -> None:
    event = shown(store)["event"]
    heads = event["columns"]
    cells = {
        (row["name"], head): [cell["text"] for cell in said]
        for row in event["rows"]
        for head, said in zip(heads, row["cells"], strict=True)
        if said
    }
    assert cells["Russia's defence ministry", "Killed"] == ["62"]
    assert cells["Syrian Observatory for Human Rights", "Killed"] == ["at least 80"]
    assert cells["Military of Syria", "Killed"] == ["at least 90"]
    assert cells["Washington", "Intent"] == ["mistake"]
    assert cells["Syrian Foreign Ministry", "Intent"] == ["deliberate"]
    assert "the report itself" in {row["note"] for row in event["rows"]}
    assert event["grade"]["name"] == "confirmed"
    assert "Washington says that its own side did it." in event["reasons"]
    assert any(line.startswith("Washington admits it") for line in event["blames"])
    (killed, wounded) = event["figures"]
    assert (killed["range"], killed["shown"]) == ("62 to 90", "at least 80 (Syrian Observatory for Human Rights)")
    assert (wounded["range"], wounded["rule"]) == ("100", killed["rule"])
    assert event["counts"].startswith("3 reports, by 3 independent publishers; ")


def test_every_cell_lights_its_words_in_its_report(store: Store) -> None:
    card = shown(store)
    pieces = [piece for paragraph in card["paragraphs"] for piece in paragraph]
    pieces += [piece for other in card["others"] for paragraph in other["paragraphs"] for piece in paragraph]
    for cell in (cell for row in card["event"]["rows"] for said in row["cells"] for cell in said if cell["lights"]):
        lit = "".join(piece["text"] for piece in pieces if cell["id"] in piece["fields"])
        assert lit == "".join(quote["words"] for quote in cell["quotes"])
    twice = next(row for row in card["event"]["rows"] if row["name"] == "Russia's defence ministry")
    assert [quote["words"] for quote in twice["cells"][0][0]["quotes"]] == ["62 members", "Sixty-two"]
    assert twice["cells"][0][0]["quotes"][1]["source"] == "Russian state outlet, 18 Sep 2016"


def test_the_others_reports_are_there_each_once(store: Store) -> None:
    card = shown(store, "dez-2016-syrian-state-1")
    assert card["report"]["line"].startswith("Syrian state outlet")
    assert [one["source"]["line"].split(" · ")[0] for one in card["others"]] == [
        "Western wire agency",
        "Russian state outlet",
    ]


def test_the_history_tells_who_changed_what_and_why(store: Store) -> None:
    who, one = "Ana", "dez-2016-western-wire-1"
    review.edit(store, one, {"killed_low": 60}, who=who, reason="the update says so")
    last = review.move(store, one, 35.29, 40.15, radius_km=2, who="Ben", reason="the ridge")
    review.undo(store, last.number, who=who, reason="no source")
    split = review.split(store, ["dez-2016-syrian-state-1"], who=who, reason="another day")
    trail = shown(store)["trail"]
    assert [(step["who"], step["done"], step["reason"], step["stands"]) for step in trail] == [
        ("Ana", "edited", "the update says so", True),
        ("Ben", "moved the pin", "the ridge", False),
        ("Ana", f"undid decision {last.number}", "no source", True),
        ("Ana", "split the event", "another day", True),
    ]
    assert trail[0]["changes"] == ["killed low: 62 → 60"]
    assert trail[1]["changes"] == [
        "place: Deir ez-Zor Airport (35.2854, 40.1760 ± 7 km) → Deir ez-Zor Airport (35.2900, 40.1500 ± 2 km)"
    ]
    assert trail[3]["changes"][0].startswith("1 incident into evt-")
    assert split.number == trail[3]["number"]
    assert len(shown(store)["others"]) == 1


def test_a_neighbour_is_told_with_its_distance_and_reasons(store: Store) -> None:
    assert not dossier.neighbours(store, "dez-2016-western-wire-1")
    review.split(store, ["dez-2016-syrian-state-1"], who="Ana", reason="to see it again")
    (found,) = dossier.neighbours(store, "dez-2016-western-wire-1")
    assert (found.row.id, found.km, found.days, found.barred) == ("dez-2016-syrian-state-1", 0.0, 0, False)
    assert {"place", "date"} <= {reason.field for reason in found.reasons}


def test_a_past_state_has_the_card_and_the_history_that_were_known_then(store: Store) -> None:
    one, state = "dez-2016-western-wire-1", "dez-2016-syrian-state-1"
    before = dt.datetime.now(dt.UTC)
    wanted = shown(store)
    kept = review.edit(store, one, {"killed_low": 60}, who="Ana", reason="the list")
    between = dt.datetime.now(dt.UTC)
    review.undo(store, kept.number, who="Ana", reason="no source")
    review.split(store, [state], who="Ana", reason="another day")
    detail = query.incident(store, one)
    assert detail
    past = event_card.shown(store, detail, before)
    assert (past["event"], past["others"], past["trail"]) == (wanted["event"], wanted["others"], [])
    (step,) = event_card.shown(store, detail, between)["trail"]
    assert (step["done"], step["stands"]) == ("edited", True)
    assert len(shown(store)["others"]) == 1


def test_an_incident_in_no_event_is_shown_by_itself(store: Store) -> None:
    small_store.add(store, "Men were arrested.", small_store.incident("arrests", "Men were arrested.", day=None))
    assert "event" not in shown(store, "arrests-1")
    detail = query.incident(store, "dez-2016-western-wire-1")
    assert detail
    assert "event" not in event_card.shown(store, detail, dt.date(2016, 9, 20))
    assert not dossier.neighbours(store, "arrests-1")

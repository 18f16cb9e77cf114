"""An event's card: one row a claimant, each cell tied to its words in its report, and the history of decisions.

The reports are the samples on the strike near Deir ez-Zor; what is said in them is given here by its words, so that
the card is tested and not the reading (``tests/gold/test_events.py`` holds the reading to the same).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from data import dossier, events, query, review
from data.events import Merger
from data.store import Store
from extract.records import Report
from tests.views import small_store
from views import event_card

Json = dict[str, Any]
SAMPLES = Path(__file__).parents[2] / "data" / "samples" / "reports.jsonl"
COALITION = ("us-led-coalition", "US-led coalition", "coalition")
ARMY = ("military-of-syria", "Military of Syria", "military")
# Report -> who is said to have done it (words, by whom), figures (words, outcome, low, high, by whom), and claims
# (words, speaker, stance).
SAID: dict[str, tuple[tuple[str, str | None], list[Any], list[Any]]] = {
    "dez-2016-western-wire": (
        ("Warplanes of the US-led coalition", None),
        [
            ("62 members", "killed", 62, 62, "Russia's defence ministry"),
            ("about 100", "wounded", 100, 100, "Russia's defence ministry"),
            ("at least 80", "killed", 80, None, "Syrian Observatory for Human Rights"),
        ],
        [("what Washington said appeared to be an error", "Washington", "admits")],
    ),
    "dez-2016-russian-state": (
        ("aircraft of the US-led coalition", "Russian Defence Ministry"),
        [("Sixty-two", "killed", 62, 62, "Russian Defence Ministry")],
        [],
    ),
    "dez-2016-syrian-state": (
        ("American alliance aircraft", "Syrian Foreign Ministry"),
        [("at 90", "killed", 90, None, "Military of Syria")],
        [("was intentional and not a mistake, the Foreign Ministry said", "Syrian Foreign Ministry", "blames")],
    ),
}


def figure(text: str, words: str, outcome: str, low: int, high: int | None, by: str) -> Json:
    return {**small_store.casualty(text, words, outcome, low, by), "high": high}


def reading(report: Json) -> Json:
    """What the report says, in the contract's shape."""
    text, ((by, alleged), figures, claims) = report["text"], SAID[report["id"]]
    at = small_store.place(text, "Deir", 35.2854, 40.176, precision=2, name="Deir ez-Zor Airport", radius_km=7.0)
    told = [
        {"speaker": who, "stance": stance, "about": "us-led-coalition", "text": w, "span": small_store.span(text, w)}
        for w, who, stance in claims
    ]
    record = small_store.incident(
        report["id"], text, day="2016-09-17", place=at, claims=told,
        actors=[
            small_store.actor(text, COALITION, "perpetrator", by, alleged),
            small_store.actor(text, ARMY, "target", "Syrian"),
        ],
        casualties=[figure(text, *one) for one in figures],
    )  # fmt: skip
    return {"report_id": report["id"], "language": "en", "incidents": [record], "places": [], "warnings": []}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """The three reports as one event."""
    lines = [json.loads(line) for line in SAMPLES.read_text("utf-8").splitlines()]
    with Store.open(f"sqlite:///{tmp_path / 'store.db'}") as opened:
        merger = Merger()
        for one in (line for line in lines if line["id"] in SAID):
            day = dt.date.fromisoformat(one["published"])
            report = Report(one["id"], one["text"], one["title"], day, one["publisher"])
            events.add(opened, report, reading(one), merger)
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
    assert trail[0]["changes"] == ["killed low: nothing → 60"]
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


def test_a_past_state_and_an_incident_in_no_event_are_shown_by_themselves(store: Store) -> None:
    small_store.add(store, "Men were arrested.", small_store.incident("arrests", "Men were arrested.", day=None))
    assert "event" not in shown(store, "arrests-1")
    detail = query.incident(store, "dez-2016-western-wire-1")
    assert detail
    assert "event" not in event_card.shown(store, detail, dt.date(2016, 9, 20))
    assert not dossier.neighbours(store, "arrests-1")

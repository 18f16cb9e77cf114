"""The samples on the strike near Deir ez-Zor as one event, and a raid of the next day that is none of it.

What is said in the reports is given here by its words, so that the screens are tested and not the reading
(``tests/gold/test_events.py`` holds the reading to the same).
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from data import events
from data.events import Merger
from data.store import Store
from extract.records import Report
from tests.views import small_store

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
    killed = [(low, high) for _, outcome, low, high, _ in figures if outcome == "killed"]
    record = small_store.incident(
        report["id"], text, day="2016-09-17", place=at, claims=told,
        killed_low=min(low for low, _ in killed),
        killed_high=max(low for low, _ in killed) if any(high for _, high in killed) else None,
        actors=[
            small_store.actor(text, COALITION, "perpetrator", by, alleged),
            small_store.actor(text, ARMY, "target", "Syrian"),
        ],
        casualties=[figure(text, *one) for one in figures],
    )  # fmt: skip
    return {"report_id": report["id"], "language": "en", "incidents": [record], "places": [], "warnings": []}


RAID = "Aircraft bombed a farm at Mayadin on Monday, a local monitor said."


def fill(store: Store) -> None:
    """Three reports of one event."""
    merger = Merger()
    for one in map(json.loads, SAMPLES.read_text("utf-8").splitlines()):
        if one["id"] in SAID:
            day = dt.date.fromisoformat(one["published"])
            report = Report(one["id"], one["text"], one["title"], day, one["publisher"])
            events.add(store, report, reading(one), merger)


def build(url: str) -> None:
    """The event and, near it, another one."""
    with Store.open(url) as store:
        fill(store)
        at = small_store.place(RAID, "Mayadin", 35.02, 40.45)
        record = small_store.incident("raid", RAID, day="2016-09-19", place=at)
        read = {"report_id": "raid", "language": "en", "incidents": [record], "places": [], "warnings": []}
        events.add(store, Report("raid", RAID, "Raid on a farm", dt.date(2016, 9, 20), "Local monitor"), read, Merger())

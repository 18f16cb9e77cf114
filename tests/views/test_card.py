"""The card of an incident: every value tied to its words, by code points, and what is not known said."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from data import query
from data.store import Store
from tests.views import small_store
from views import card
from views.card import Value


def shown(tmp_path: Path, incident_id: str, text: str | None = None, **fields: Any) -> dict[str, Any]:
    """The card of an incident of the small store, or of the given text with nothing known."""
    with Store.open(f"sqlite:///{tmp_path / 'store.db'}") as store:
        if text is None:
            small_store.build(store.url)
        else:
            record = small_store.incident(incident_id[:-2], text, day=None)
            small_store.add(store, text, record, **fields)
        detail = query.incident(store, incident_id)
    assert detail
    return card.card(detail)


def lit(found: dict[str, Any], label: str) -> list[str]:
    """The words that the values of a group light up."""
    numbers = {f["id"] for group in found["groups"] if group["label"] == label for f in group["fields"]}
    pieces = [piece for paragraph in found["paragraphs"] for piece in paragraph]
    return [piece["text"] for piece in pieces if numbers & set(piece["fields"])]


@pytest.mark.parametrize(
    "label, expected",
    [
        ("Who", ["Coalition jets"]),
        ("Against", ["the Syrian army"]),
        ("Where", ["the airport"]),
        ("How many", ["62 soldiers were killed"]),
    ],
)
def test_a_value_lights_the_words_that_it_was_read_from(tmp_path: Path, label: str, expected: list[str]) -> None:
    assert lit(shown(tmp_path, "airport-1"), label) == expected


def test_what_a_reviewer_gave_lights_no_words(tmp_path: Path) -> None:
    text = "Shells fell on Raqqa."
    given: dict[str, Any] = {"text": "", "span": None}
    party = {"id": "x", "name": "X", "kind": "unknown", "role": "perpetrator", "alleged_by": None, **given}
    figure = {"outcome": "killed", "low": 3, "high": 3, "victims": "", "victim_kind": "unknown", "claimed_by": None}
    with Store.open(f"sqlite:///{tmp_path / 'store.db'}") as store:
        record = small_store.incident("given", text, day="2016-09-17") | {
            "actors": [party],
            "casualties": [figure | given],
            "weapons": [{"name": "mortar", "kind": "unknown", "count": None, **given}],
            "claims": [{"speaker": "UK", "stance": "asserts", "about": None, **given}],
            "place": small_store.place(text, "Raqqa", 35.95, 39.01) | {"span": None},
        }
        small_store.add(store, text, record)
        detail = query.incident(store, "given-1")
    assert detail
    fields = [field for group in card.card(detail)["groups"] for field in group["fields"]]
    assert [field["lights"] for field in fields] == [False] * 6


def test_the_card_tells_figure_and_speaker_and_precision(tmp_path: Path) -> None:
    found = shown(tmp_path, "airport-1")
    fields = {group["label"]: group["fields"][0] for group in found["groups"]}
    assert (fields["How many"]["text"], fields["How many"]["note"]) == (
        "62 killed",
        "soldiers (combatants), according to Russia",
    )
    assert "within 7.0 km of 35.2854, 40.1760 nine times in ten" in fields["Where"]["note"]
    assert found["report"] == {
        "title": "Jets hit Syrian base",
        "line": "Western wire agency · published 17 Sep 2016",
        "url": None,
    }


def test_what_is_not_known_is_said(tmp_path: Path) -> None:
    found = shown(tmp_path, "arrests-1")
    assert found["unknown"] == [
        "No perpetrator named.",
        "No target named.",
        "No date found; the day of publication is not used in its stead.",
        "No place found.",
        "No figure for killed or wounded.",
    ]
    assert found["badges"] == ["Not on the map: no place found"]


@pytest.mark.parametrize(
    "url, expected",
    [
        ("https://example.org/a", "https://example.org/a"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("//example.org", None),
        ("http://[broken", None),
        (None, None),
    ],
)
def test_only_addresses_of_the_web_become_links(tmp_path: Path, url: str | None, expected: str | None) -> None:
    assert shown(tmp_path, "a-1", "Something happened.", url=url)["report"]["url"] == expected


def test_pieces_are_cut_by_code_points_and_put_together_give_the_text() -> None:
    text = "🔥 Fire 🔥 in Алеппо.\nNext line."
    at = text.index("Алеппо")
    values = [Value("Aleppo", None, ((at, at + 6),)), Value("Fire", None, ((2, 6),))]
    found = card.paragraphs(text, values, [(0, text.index("\n"))])
    assert ["".join(piece["text"] for piece in paragraph) for paragraph in found] == text.split("\n")
    assert {tuple(p["fields"]): p["text"] for p in found[0] if p["fields"]} == {(0,): "Алеппо", (1,): "Fire"}
    assert all(piece["evidence"] for piece in found[0])
    assert not any(piece["evidence"] for piece in found[1])


def test_spans_that_overlap_light_both_values() -> None:
    text = "62 Syrian soldiers"
    found = card.paragraphs(text, [Value("62", None, ((0, 18),)), Value("army", None, ((3, 18),))], [])
    assert [(piece["text"], piece["fields"]) for piece in found[0]] == [("62 ", [0]), ("Syrian soldiers", [0, 1])]


def test_of_a_very_long_report_only_what_lies_around_the_evidence_is_shown() -> None:
    text = "a " * 100_000 + "HERE " + "b " * 100_000
    at = text.index("HERE")
    (pieces,) = card.paragraphs(text, [Value("x", None, ((at, at + 4),))], [])
    whole = "".join(piece["text"] for piece in pieces)
    assert "HERE" in whole
    assert whole.startswith("… ")
    assert whole.endswith(" …")
    assert len(whole) < card.SHOWN_MOST + 10


def test_a_date_range_and_its_basis_are_told() -> None:
    record = small_store.incident("a", "On Monday.", day="2016-09-12", end="2016-09-14")
    record["date"] = {**record["date"], "precision": 2, "basis": "relative", "span": {"start": 0, "end": 9}}
    (when,) = dict(card._groups(record))["When"]
    assert when == Value("12–14 Sep 2016", "within two to six days; counted from the day of publication", ((0, 9),))
    assert dt.date.fromisoformat(record["date"]["start"]) == dt.date(2016, 9, 12)


def test_claims_to_one_end_are_one_value_with_all_their_words() -> None:
    claims = [
        {"speaker": "Syria", "stance": "blames", "about": "c", "text": "first", "span": {"start": 0, "end": 5}},
        {"speaker": "Syria", "stance": "blames", "about": "c", "text": "again", "span": {"start": 9, "end": 14}},
        {
            "speaker": "Washington",
            "stance": "admits",
            "about": None,
            "text": "we did",
            "span": {"start": 20, "end": 26},
        },
    ]
    assert card._claims(claims, {"c": "The coalition"}) == [
        Value("Syria lays the blame: The coalition", "“first” … and 1 time more", ((0, 5), (9, 14))),
        Value("Washington admits it", "“we did”", ((20, 26),)),
    ]


@pytest.mark.parametrize(
    "victims, expected",
    [
        ("soldiers", "soldiers (combatants), according to Russia"),
        ("at least 90", "according to Russia"),
        ("90", "according to Russia"),
        ("4 combatants", "4 combatants, according to Russia"),
        ("", "according to Russia"),
        ("about 20 children", "about 20 children (combatants), according to Russia"),
    ],
)
def test_victims_are_named_where_the_words_name_them(victims: str, expected: str) -> None:
    text = "62 soldiers were killed"
    claim = {**small_store.casualty(text, text, "killed", 62, "Russia"), "victims": victims}
    assert card._casualty(claim).note == expected


def test_a_dispute_over_the_territory_is_said() -> None:
    place = small_store.place("In Crimea.", "Crimea", 45.0, 34.0, precision=4, dispute="Crimea: claimed by two states")
    assert [value.text for value in card._places(place)] == ["Crimea, Syria", "Disputed territory"]
    assert card._places(place)[1].note == "Crimea: claimed by two states"

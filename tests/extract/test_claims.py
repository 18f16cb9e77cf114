# ruff: noqa: E501 (the tables are sentences)
"""Who says so, and what he does by saying it."""

from __future__ import annotations

import pytest

from extract.records import Claim
from tests.extract.conftest import Read, primary


def claims(read: Read, text: str) -> list[Claim]:
    return list(primary(read(text)).claims)


SPEAKERS = [
    (
        "The Syrian army said Turkish jets bombed a village near Aleppo on Monday, killing five soldiers.",
        "Military of Syria",
    ),
    (
        "Turkish jets bombed a village near Aleppo on Monday, according to the Syrian Observatory for Human Rights.",
        "Syrian Observatory for Human Rights",
    ),
    (
        "Police spokesman Bruno Shioso said a station in Mombasa was attacked by al-Shabaab on Monday.",
        "Police spokesman Bruno Shioso (Kenyan police)",
    ),
    (
        "Syria's state news agency SANA said Israeli missiles hit a depot near Damascus on Monday.",
        "Syrian Arab News Agency",
    ),
    ("Witnesses said soldiers opened fire on protesters in Omdurman on Monday.", "Witnesses"),
    ("An air strike hit a market in Sanaa on Monday. Houthi officials said 20 people were killed.", "Houthis"),
]

STANCES = [
    ("Russia's defence ministry denied bombing a hospital in Aleppo on Monday.", "denies"),
    ("The Pentagon admitted that its aircraft had killed 12 civilians in a raid near Mosul on Monday.", "admits"),
    ("Al-Shabaab said it had carried out the bombing in Mogadishu on Monday that killed ten people.", "admits"),
    ("Al-Shabaab claimed responsibility for the bombing in Mogadishu on Monday that killed ten people.", "admits"),
    ("A bomb went off in Kabul on Monday. The Islamic State said it was behind the attack.", "admits"),
    ("The Afghan government blamed the Taliban for the bombing in Kabul on Monday that killed 20 people.", "blames"),
    ("Damascus accused Israel of bombing an airport near Homs on Monday.", "blames"),
    ("Israel's army said it shelled a house in Gaza in response to rocket fire on Monday.", "justifies"),
    ("NATO said the air strike near Herat on Monday had hit the convoy by mistake.", "justifies"),
    ("The army had nothing to do with the killing of three farmers near Bamenda on Monday, a spokesman said.", "denies"),
    ("The UN said 34 civilians were killed in a raid near Bunia on Monday.", "asserts"),
    ('"Our planes did not hit the clinic," the Russian Defence Ministry said after an air strike near Aleppo on Monday.', "denies"),
]  # fmt: skip


@pytest.mark.parametrize("text, speaker", SPEAKERS)
def test_who_speaks(read: Read, text: str, speaker: str) -> None:
    assert speaker in [c.speaker for c in claims(read, text)]


@pytest.mark.parametrize("text, stance", STANCES)
def test_what_is_done_by_saying_it(read: Read, text: str, stance: str) -> None:
    assert stance in [c.stance for c in claims(read, text)]


@pytest.mark.parametrize(
    "text, about",
    [
        (
            "The Afghan government blamed the Taliban for the bombing in Kabul on Monday that killed 20 people.",
            "taliban",
        ),
        ("Damascus accused Israel of bombing an airport near Homs on Monday.", "government-of-israel"),
        (
            "An air strike hit a market in Sanaa on Monday. Houthi officials said 20 were killed. They blamed the Saudi-led coalition.",
            "saudi-led-coalition",
        ),
    ],
)
def test_whom_the_blame_is_about(read: Read, text: str, about: str) -> None:
    assert about in [c.about for c in claims(read, text)]


def test_a_pronoun_speaks_for_whoever_spoke_last(read: Read) -> None:
    text = "An air strike hit a market in Sanaa on Monday. Houthi officials said 20 were killed. They blamed the Saudi-led coalition."
    assert ("Houthis", "blames") in [(c.speaker, c.stance) for c in claims(read, text)]


def test_nobody_claims_what_no_group_claimed(read: Read) -> None:
    text = "A car bomb killed nine people in Mogadishu on Monday. No group claimed responsibility."
    assert [c for c in claims(read, text) if c.stance == "admits"] == []


@pytest.mark.parametrize(
    "text, claimed_by",
    [
        ("The army said 12 people were killed in a raid near Goma on Monday.", "Military of DR Congo"),
        ("Twelve people were killed in a raid near Goma on Monday.", None),
        (
            "At least 12 people were killed in a raid near Aleppo on Monday, according to the Syrian Observatory for Human Rights.",
            "Syrian Observatory for Human Rights",
        ),
    ],
)
def test_whose_figure_it_is(read: Read, text: str, claimed_by: str | None) -> None:
    (one,) = [c for c in primary(read(text)).casualties if c.outcome == "killed"]
    assert one.claimed_by == claimed_by


def test_who_accuses_is_not_who_did_it(read: Read) -> None:
    found = primary(read("Damascus accused Israel of bombing an airport near Homs on Monday."))
    assert [a.id for a in found.actors if a.role == "perpetrator"] == ["government-of-israel"]


@pytest.mark.parametrize("text", [t for t, *_ in SPEAKERS])
def test_claims_hold_their_words(read: Read, text: str) -> None:
    assert all(c.span.of(text) == c.text for c in claims(read, text))

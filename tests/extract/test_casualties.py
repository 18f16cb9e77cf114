"""Figures of people: (sentence, what became of how many) on the wordings of agencies, armies and monitors."""

from __future__ import annotations

import pytest

from extract import casualties
from extract.casualties import Figure
from extract.lexicon import Lexicon
from tests.extract.conftest import Parse

Row = tuple[str, int | None, int | None]


@pytest.fixture(scope="module")
def find(parse: Parse, lexicon: Lexicon):
    """Text -> its figures, sentence by sentence."""

    def read(text: str) -> list[Figure]:
        doc = parse(text)
        names = frozenset(t.i for e in doc.ents if e.label_ == "PERSON" for t in e)
        return [f for s in doc.sents for f in casualties.find(s, lexicon.people, names)]

    return read


def rows(figures: list[Figure]) -> list[Row]:
    return [(f.outcome, f.low, f.high) for f in figures]


PLAIN = [
    ("A car bomb killed 12 people in the market.", [("killed", 12, 12)]),
    ("Twelve people were killed in the market.", [("killed", 12, 12)]),
    ("Twenty-three soldiers died in the ambush.", [("killed", 23, 23)]),
    ("Twenty five people died.", [("killed", 25, 25)]),
    ("1,200 families were displaced by the fighting.", [("displaced", 1200, 1200)]),
    ("About 200 people were injured.", [("wounded", 200, 200)]),
    ("Two dozen people were hurt.", [("wounded", 24, 24)]),
    ("Fighters kidnapped 30 schoolgirls.", [("abducted", 30, 30)]),
    ("Police arrested 45 demonstrators.", [("detained", 45, 45)]),
    ("The army said it killed 17 militants and captured five.", [("killed", 17, 17)]),
    ("An estimated 300 people have been killed since January.", [("killed", 300, 300)]),
    ("Gunmen shot dead two teachers on their way to school.", [("killed", 2, 2)]),
    ("Six soldiers lost their lives in the ambush.", [("killed", 6, 6)]),
    ("The blast claimed the lives of 19 worshippers.", [("killed", 19, 19)]),
    ("Five bodies were found in a mass grave.", [("killed", 5, 5)]),
    ("The bodies of three men were found near the road.", [("killed", 3, 3)]),
    ("A hundred and twenty people were killed in the raid.", [("killed", 120, 120)]),
    ("Seven sailors are missing after the attack.", [("missing", 7, 7)]),
    ("A total of 33 people died.", [("killed", 33, 33)]),
    ("Some 3.5 million people have been displaced.", [("displaced", 3_500_000, 3_500_000)]),
]

OPEN_ENDED = [
    ("At least 15 civilians were killed when shells hit a bakery.", [("killed", 15, None)]),
    ("More than 40 fighters were killed in the clashes.", [("killed", 40, None)]),
    ("No fewer than nine police officers were killed.", [("killed", 9, None)]),
    ("Up to 30 people were wounded in the blast.", [("wounded", None, 30)]),
    ("As many as 70 people were killed.", [("killed", None, 70)]),
    ("Some 20 to 25 militants died in the strike.", [("killed", 20, 25)]),
    ("Between 10 and 15 rebels were killed.", [("killed", 10, 15)]),
    ("The explosion injured more than a dozen people.", [("wounded", 12, None)]),
]

# Dozens, scores, hundreds: a floor that the words bear, and no ceiling.
VAGUE = [
    ("Dozens of people were killed.", "killed", 24),
    ("Dozens were wounded.", "wounded", 24),
    ("Scores were killed in the massacre.", "killed", 40),
    ("Hundreds of villagers have been displaced.", "displaced", 200),
]

SEVERAL = [
    ("The bombing killed eight and wounded 27.", [("killed", 8, 8), ("wounded", 27, 27)]),
    ("Nine people were killed and 21 others injured when a bomb exploded.", [("killed", 9, 9), ("wounded", 21, 21)]),
    ("The attack left 11 people dead and 30 wounded.", [("killed", 11, 11), ("wounded", 30, 30)]),
    ("Medics reported eight deaths and 20 injuries.", [("killed", 8, 8), ("wounded", 20, 20)]),
    ("Two people died and another was wounded.", [("killed", 2, 2), ("wounded", 1, 1)]),
    ("One soldier was killed and one was wounded.", [("killed", 1, 1), ("wounded", 1, 1)]),
    ("Three soldiers and five rebels died in the fighting.", [("killed", 3, 3), ("killed", 5, 5)]),
    ("A policeman and two civilians were killed.", [("killed", 1, 1), ("killed", 2, 2)]),
    ("Rebels killed and wounded 30 soldiers.", []),
    ("Casualties: 14 killed, 32 wounded.", [("killed", 14, 14), ("wounded", 32, 32)]),
    (
        "Russia said 62 soldiers were killed and at least 100 more wounded.",
        [("killed", 62, 62), ("wounded", 100, None)],
    ),
    ("Officials said nine guards died and 14 others were hurt.", [("killed", 9, 9), ("wounded", 14, 14)]),
]

TOLLS = [
    ("Police put the number of dead at 27.", [("killed", 27, 27)]),
    ("The death toll rose to 45 on Monday.", [("killed", 45, 45)]),
    ("The number of wounded rose to 130.", [("wounded", 130, 130)]),
    ("The ministry raised the toll to 61.", [("killed", 61, 61)]),
    ("The toll stood at 52 dead and 140 wounded.", [("killed", 52, 52), ("wounded", 140, 140)]),
    ("The bombing resulted in the deaths of 16 people.", [("killed", 16, 16)]),
]

HEADLINES = [
    ("10 dead, 25 wounded in Kabul blast", [("killed", 10, 10), ("wounded", 25, 25)]),
    ("Suicide bomber kills 30 at Baghdad market", [("killed", 30, 30)]),
    ("Bomb attack leaves 7 dead in Mogadishu", [("killed", 7, 7)]),
    ("Three killed as shells hit Donetsk", [("killed", 3, 3)]),
]

NAMES_AND_AGES = [
    ("A 12-year-old girl was killed by a stray bullet.", [("killed", 1, 1)]),
    ("The 34-year-old driver was wounded.", [("wounded", 1, 1)]),
    ("Ahmed Hassan was killed by a sniper.", [("killed", 1, 1)]),
    ("The raid killed 3 children aged 4, 7 and 9.", [("killed", 3, 3)]),
    ("A child was killed.", [("killed", 1, 1)]),
    ("A woman and her two daughters were killed.", [("killed", 3, 3)]),
    ("The strike destroyed 12 houses and killed two people.", [("killed", 2, 2)]),
    ("In the past two years 5,000 people have been killed there.", [("killed", 5000, 5000)]),
]

NOBODY = [
    "Nobody was hurt in the attack.",
    "No casualties were reported.",
    "There were no deaths.",
    "The 20 rockets killed no one.",
    "None of the 40 passengers was hurt.",
    "The raid destroyed 14 houses and two bridges.",
    "Police seized 300 kilograms of explosives and 12 rifles.",
]


@pytest.mark.parametrize("text, expected", PLAIN + OPEN_ENDED + SEVERAL + TOLLS + HEADLINES + NAMES_AND_AGES)
def test_figures(find, text: str, expected: list[Row]) -> None:
    assert rows(find(text)) == expected


@pytest.mark.parametrize("text, outcome, low", VAGUE)
def test_vague_amounts_have_a_floor_and_no_ceiling(find, text: str, outcome: str, low: int) -> None:
    assert rows(find(text)) == [(outcome, low, None)]


@pytest.mark.parametrize("text", NOBODY)
def test_where_nobody_was_hurt_there_is_no_figure(find, text: str) -> None:
    assert [f for f in find(text) if f.low or f.high] == []


@pytest.mark.parametrize(
    "text, low",
    [
        ("Twelve people, including four children, were killed in the shelling.", 4),
        ("Ten villagers were killed, among them three women.", 3),
        ("The strike killed 14 people, six of them children.", 6),
    ],
)
def test_a_part_is_marked_as_one(find, text: str, low: int) -> None:
    found = find(text)
    assert [f.low for f in found if f.part] == [low]
    assert len([f for f in found if not f.part]) == 1


def test_more_wounded_are_not_part_of_the_dead(find) -> None:
    found = find("The ministry put the number of dead at 62 soldiers, with at least 100 more wounded.")
    assert [(f.outcome, f.low, f.part) for f in found] == [("killed", 62, False), ("wounded", 100, False)]


@pytest.mark.parametrize(
    "text, kind",
    [
        ("Shelling killed 12 civilians.", "civilian"),
        ("Shelling killed 12 soldiers.", "combatant"),
        ("Shelling killed 12 people.", "unknown"),
        ("Shelling killed two teachers.", "civilian"),
        ("Shelling killed three militants.", "combatant"),
        ("Shelling killed a child.", "civilian"),
    ],
)
def test_who_the_victims_are(find, text: str, kind: str) -> None:
    assert [f.victim_kind for f in find(text)] == [kind]


@pytest.mark.parametrize("text", [t for t, *_ in (getattr(row, "values", row) for row in PLAIN + SEVERAL + TOLLS)])
def test_spans_hold_the_figures_words(find, text: str) -> None:
    for one in find(text):
        assert one.span.of(text) == one.text

"""Figures of people: (sentence, what became of how many) on the wordings of agencies, armies and monitors."""

from __future__ import annotations

import pytest

from extract import casualties
from extract.casualties import Figure
from extract.lexicon import Lexicon
from tests.extract.conftest import Parse, miss

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

NUMBER_WORDS = [
    ("Around one hundred and fifty people were injured.", [("wounded", 150, 150)]),
    ("A hundred and forty-seven students were killed at the university.", [("killed", 147, 147)]),
    ("The attack left two people dead and half a dozen wounded.", [("killed", 2, 2), ("wounded", 6, 6)]),
    ("At least a dozen rebels have been killed.", [("killed", 12, None)]),
    ("Several hundred protesters were arrested.", [("detained", 200, None)]),
    ("Hundreds of thousands have fled to Bangladesh.", [("displaced", 200_000, None)]),
    ("An air strike killed a family of seven.", [("killed", 7, 7)]),
    ("Both passengers were killed instantly.", [("killed", 2, 2)]),
    ("Two soldiers died and a third was wounded.", [("killed", 2, 2), ("wounded", 1, 1)]),
    ("On 4 March 2016 12 people were killed.", [("killed", 12, 12)]),
]

WORDINGS = [
    ("Forty-three students disappeared in Iguala.", [("missing", 43, 43)]),
    ("Some 12,000 persons fled their homes.", [("displaced", 12_000, 12_000)]),
    ("Nearly 8,000 families have been forced from their homes.", [("displaced", 8000, 8000)]),
    ("Troops rounded up 60 youths.", [("detained", 60, 60)]),
    ("Gunmen seized 14 bus passengers.", [("abducted", 14, 14)]),
    ("A sixteen-year-old boy succumbed to his wounds.", [("killed", 1, 1)]),
    ("An elderly woman was fatally shot.", [("killed", 1, 1)]),
    ("Rebels shot to death three peasants accused of being informers.", [("killed", 3, 3)]),
    ("Some two hundred villagers were herded into the church and burned alive.", [("killed", 200, 200)]),
    ("The mine claimed the life of a shepherd boy.", [("killed", 1, 1)]),
    ("The shelling led to the death of a child and the injury of six others.", [("killed", 1, 1), ("wounded", 6, 6)]),
    ("Nine people with shrapnel wounds were brought in.", [("wounded", 9, 9)]),
    ("Two of the wounded later died of their injuries.", [("killed", 2, 2)]),
    ("The plane was carrying 298 people, all of whom died.", [("killed", 298, 298)]),
    ("As of Sunday, 73 people had been confirmed dead.", [("killed", 73, 73)]),
    ("A policeman was shot dead by two men on a motorcycle.", [("killed", 1, 1)]),
]

# People told in one breath are one figure; those under arms may be of two sides and stay apart.
COMPANY = [
    ("A man, his wife and their three children were killed by a rocket.", [("killed", 5, 5)]),
    ("Six Jesuit priests, their cook and her daughter were taken from their beds and shot dead.", [("killed", 8, 8)]),
    ("The strike killed the commander together with his wife and two daughters.", [("killed", 4, 4)]),
    ("Guerrillas dragged the mayor and two councillors from a meeting and executed them.", [("killed", 3, 3)]),
    ("The Network documented the death of a nurse and of a father with his two sons.", [("killed", 4, 4)]),
    ("Five passers-by and two policemen had been killed.", [("killed", 5, 5), ("killed", 2, 2)]),
]

# How many were killed and how many hurt, nobody says.
SHARED = [
    "The army killed or wounded 30 rebels.",
    "The enemy's losses amounted to 150 personnel killed and wounded.",
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
    ("The number of people killed in the twin blasts has climbed from 18 to 24.", [("killed", 24, 24)]),
    ("Dead: 12. Wounded: 31. Missing: 4.", [("killed", 12, 12), ("wounded", 31, 31), ("missing", 4, 4)]),
    ("The toll has now passed 1,000.", [("killed", 1000, 1000)]),
    ("Police put the number of dead at 27.", [("killed", 27, 27)]),
    ("The death toll rose to 45 on Monday.", [("killed", 45, 45)]),
    ("The number of wounded rose to 130.", [("wounded", 130, 130)]),
    ("The ministry raised the toll to 61.", [("killed", 61, 61)]),
    ("The toll stood at 52 dead and 140 wounded.", [("killed", 52, 52), ("wounded", 140, 140)]),
    ("The bombing resulted in the deaths of 16 people.", [("killed", 16, 16)]),
]

HEADLINES = [
    ("Grenade attack on church kills 3, injures 17", [("killed", 3, 3), ("wounded", 17, 17)]),
    ("Idlib | Woman killed and four injured in shelling", [("killed", 1, 1), ("wounded", 4, 4)]),
    ("Over 70 feared killed as bandits raid market", [("killed", 70, None)]),
    miss(
        "16 people incl. 4 kids killed in airstrike",
        [("killed", 16, 16)],
        reason="'incl.' is parsed as a verb, so the part is taken for the whole",
    ),
    miss(
        "Killed: Ahmad al-Ali, Mahmoud al-Ali, and Fatima al-Ali.",
        [("killed", 3, 3)],
        reason="names in a list are not counted",
    ),
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


ALL = PLAIN + NUMBER_WORDS + WORDINGS + COMPANY + OPEN_ENDED + SEVERAL + TOLLS + HEADLINES + NAMES_AND_AGES


@pytest.mark.parametrize("text, expected", ALL)
def test_figures(find, text: str, expected: list[Row]) -> None:
    assert rows(find(text)) == expected


@pytest.mark.parametrize("text, outcome, low", VAGUE)
def test_vague_amounts_have_a_floor_and_no_ceiling(find, text: str, outcome: str, low: int) -> None:
    assert rows(find(text)) == [(outcome, low, None)]


@pytest.mark.parametrize("text", NOBODY + SHARED)
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
    "text, wholes, parts",
    [
        ("Another three people died in hospital, raising the toll to 28.", [28], [3]),
        ("Three more bodies were pulled from the rubble, bringing the death toll to 19.", [19], [3]),
        ("Two commanders of the group were among the dead.", [], [2]),
        ("Seven of the attackers died in the gun battle.", [], [7]),
    ],
)
def test_what_another_figure_includes_is_a_part(find, text: str, wholes: list[int], parts: list[int]) -> None:
    found = [f for f in find(text) if f.outcome == "killed"]
    assert [f.low for f in found if not f.part] == wholes
    assert [f.low for f in found if f.part] == parts


@pytest.mark.parametrize(
    "text, cumulative",
    [
        ("More than 400,000 people have died since the conflict began in 2011.", True),
        ("More than 2,600 people have been killed in the north-west this year.", True),
        ("In the past two years 5,000 people have been killed there.", True),
        ("At least 60 fighters were killed since the outbreak of the war.", True),
        ("The insurgency, which began in 2009, has left about 40,000 people dead.", True),
        ("The conflict in the east has killed over 13,000 people.", True),
        ("At least 60 fighters were killed on Monday.", False),
        ("The raid killed 22 people, the deadliest attack since Friday.", False),
    ],
)
def test_the_toll_of_a_long_time_is_no_incidents(find, text: str, cumulative: bool) -> None:
    assert [f.cumulative for f in find(text)] == [cumulative]


@pytest.mark.parametrize(
    "text, victims",
    [
        ("Three members of the local Red Cross have been wounded.", ["members of the local Red Cross"]),
        ("Two dynamite attacks killed 9 people and injured 36.", ["people", "people"]),
        ("Police put the number of dead civilians at 27.", ["dead civilians"]),
        ("A 12-year-old boy was wounded.", ["12-year-old boy"]),
        ("A grenade wounded five passers-by.", ["passers-by"]),
        ("Gunmen killed Judge Roberto Arce.", ["Judge Roberto Arce"]),
    ],
)
def test_victims_are_told_without_their_number(find, text: str, victims: list[str]) -> None:
    assert [f.victims for f in find(text)] == victims


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

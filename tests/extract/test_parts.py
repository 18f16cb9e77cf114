"""Sentences that tell of two events, cut in two."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from extract import events, parts
from extract.lexicon import Lexicon

WHOLE = (
    "Two soldiers died three days after the shooting.",
    "Five people were killed when a shell hit a house in the old town.",
    "Gunmen opened fire after the car stopped.",
)
CUT = (
    ("The raid came a day after a car bomb killed nine people.", "after a car bomb killed nine people"),
    ("The army shelled the camp in retaliation for an ambush that killed four soldiers.", "an ambush that killed"),
    ("The attack follows last week's bombing of a market.", "last week's bombing of a market"),
)


@pytest.mark.parametrize("text", WHOLE)
def test_one_event_stays_whole(text: str, parse: Callable[[str], Doc], lexicon: Lexicon) -> None:
    assert len(_parts(text, parse, lexicon)) == 1


@pytest.mark.parametrize("text, apart", CUT)
def test_the_other_event_is_set_apart(text: str, apart: str, parse: Callable[[str], Doc], lexicon: Lexicon) -> None:
    found = [p.words.text for p in _parts(text, parse, lexicon) if p.apart]
    assert len(found) == 1
    assert apart in found[0]


GROUNDS = (
    ("Police arrested three men accused of kidnapping a French engineer in Zinder.", "accused of kidnapping", True),
    ("The army said it had arrested two men who planted a bomb on a bus.", "who planted a bomb on a bus", True),
    ("Soldiers captured the commander responsible for the ambush that killed nine marines.", "for the ambush", True),
    ("Thousands protested on Friday against the killing of 12 labourers in Turbat.", "against the killing of 12", True),
    ("Prosecutors charged a former officer with murdering two students.", "with murdering two students", False),
    ("Two men were held in connection with the murder of a judge.", "with the murder of a judge", False),
)


@pytest.mark.parametrize("text, told, both", GROUNDS)
def test_what_an_arrest_or_protest_is_for_is_told_apart(
    text: str, told: str, both: bool, parse: Callable[[str], Doc], lexicon: Lexicon
) -> None:
    found = _parts(text, parse, lexicon)
    assert len(found) == 1 + both
    assert found[-1].grounds
    assert told in found[-1].words.text


@pytest.mark.parametrize(
    "text",
    [
        "Six people were arrested in clashes between protesters and police.",
        "Police detained 40 people in raids across the city.",
    ],
)
def test_what_an_arrest_is_part_of_is_not_cut(text: str, parse: Callable[[str], Doc], lexicon: Lexicon) -> None:
    assert len(_parts(text, parse, lexicon)) == 1


def test_clauses_of_two_provinces_are_cut(parse: Callable[[str], Doc], lexicon: Lexicon) -> None:
    text = "Nine people were killed in Homs and six farmers were shot dead in Daraa."
    sentence = next(iter(parse(text).sents))
    at = [e.at for e in events.find(sentence, lexicon)]
    towns = {t.i: t.text for t in sentence if t.text in {"Homs", "Daraa"}}
    assert len(parts.of_sentence(sentence, at, towns)) == 2
    assert len(parts.of_sentence(sentence, at, dict.fromkeys(towns, "one province"))) == 1


def _parts(text: str, parse: Callable[[str], Doc], lexicon: Lexicon) -> tuple[parts.Part, ...]:
    sentence = next(iter(parse(text).sents))
    return parts.of_sentence(sentence, [e.at for e in events.find(sentence, lexicon)], {})

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

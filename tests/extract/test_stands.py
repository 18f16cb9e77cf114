"""Stands of speakers: the verb's, and the trained model's where it is sure; its probabilities are given."""

from __future__ import annotations

import numpy as np
import pytest

from extract import claims, stands
from tests.extract.conftest import Parse

STANCES = ("admits", "denies", "blames", "justifies")
SAID = "The bishop said that soldiers had burned the village."
DENIED = "The army denied the raid."


def shares(doc, word: str, **of: float):
    """By stance the probability of each token: as given for the word, else 0."""
    return {
        stance: np.array([of.get(stance, 0.0) * (t.text == word) for t in doc], dtype=np.float32) for stance in STANCES
    }


@pytest.mark.parametrize(
    "text, word, given, expected",
    [
        (SAID, "bishop", {}, "asserts"),
        (SAID, "bishop", {"blames": 0.5}, "asserts"),
        (SAID, "bishop", {"blames": 0.8}, "blames"),
        (SAID, "soldiers", {"admits": 0.9}, "asserts"),
        (DENIED, "army", {"denies": 0.1}, "denies"),
        (DENIED, "army", {"denies": 0.005}, "asserts"),
        (DENIED, "army", {"denies": 0.005, "justifies": 0.7}, "justifies"),
    ],
)
def test_the_stand_that_a_speaker_takes(
    parse: Parse, text: str, word: str, given: dict[str, float], expected: str
) -> None:
    doc = parse(text)
    found = claims.find(doc, tuple(doc.sents), {}, frozenset())
    assert [one.stance for one in stands.taken(found, shares(doc, word, **given), doc)] == [expected]


def test_without_a_model_speeches_stay(parse: Parse) -> None:
    doc = parse(DENIED)
    found = claims.find(doc, tuple(doc.sents), {}, frozenset())
    assert stands.taken(found, {}, doc) == found

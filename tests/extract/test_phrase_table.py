"""Phrases found by the words that begin at a place."""

from __future__ import annotations

import pytest

from extract.phrase_table import PhraseTable
from extract.registry import words_of

WORDS = words_of("Armed Forces of the Armed Forces Museum")


@pytest.fixture
def table() -> PhraseTable[str]:
    filled = PhraseTable[str](3)
    for phrase, value in [
        (("armed",), "adjective"),
        (("armed", "forces"), "army"),
        (("armed", "forces", "museum"), "house"),
        (("forces", "of", "the", "armed"), "too long"),
        ((), "nothing"),
    ]:
        filled.put(phrase, value)
    return filled


@pytest.mark.parametrize(
    "at, expected",
    [
        (0, [(2, "army"), (1, "adjective")]),
        (4, [(3, "house"), (2, "army"), (1, "adjective")]),
        (1, []),
        (2, []),
        (len(WORDS), []),
    ],
)
def test_every_phrase_at_a_word_the_longest_first(
    table: PhraseTable[str], at: int, expected: list[tuple[int, str]]
) -> None:
    assert list(table.all_at(WORDS, at)) == expected
    assert table.longest_at(WORDS, at) == (expected[0] if expected else None)


def test_the_first_value_stays(table: PhraseTable[str]) -> None:
    assert table.put_first(("armed",), "other") == "adjective"
    assert table.exactly("armed") == "adjective"
    assert table.exactly("forces") is None

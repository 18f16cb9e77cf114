"""The usual case of words that stand in capitals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import reference
from extract.casing import Casing


@pytest.fixture(scope="module")
def casing() -> Casing:
    return reference.load_casing(reference.load_model())


@pytest.mark.parametrize(
    "word, expected",
    [
        ("KILLED", "killed"), ("SOLDIERS", "soldiers"), ("BOMBING", "bombing"), ("VILLAGES", "villages"),
        ("ALEPPO", "Aleppo"), ("NIGERIAN", "Nigerian"), ("SYRIA", "Syria"), ("BAGHDAD", "Baghdad"),
        ("KONASHENKOV", "Konashenkov"), ("ZAWAHIRI", "Zawahiri"),
    ],
)  # fmt: skip
def test_names_keep_a_capital_and_other_words_none(casing: Casing, word: str, expected: str) -> None:
    assert casing.usual(word) == expected


@pytest.mark.xfail(strict=True, reason="words that open a country's name ('The Gambia') count as names")
@pytest.mark.parametrize("word", ["THE", "NEW"])
def test_common_words_of_names_stay_common(casing: Casing, word: str) -> None:
    assert casing.usual(word) == word.lower()


def test_a_common_word_wins_over_a_name() -> None:
    assert Casing(["Nice", "Reading"], ["nice", "read"]).usual("NICE") == "nice"
    assert Casing(["Reading"], ["read"]).usual("READING") == "Reading"


@pytest.mark.parametrize("word", ["KILLED", "BOMBER", "RAIDS", "VILLAGES", "ARMIES", "OCCUPIED"])
def test_forms_of_common_words_are_common(word: str) -> None:
    assert Casing([], ["kill", "bomb", "raid", "village", "army", "occupy"]).usual(word) == word.lower()


def test_countries_are_known(casing: Casing) -> None:
    assert {"Syria", "Nigeria", "Ukraine"} <= casing.countries


@given(st.text(st.characters(min_codepoint=65, max_codepoint=90), min_size=1, max_size=30))
def test_the_length_stays(word: str) -> None:
    known = Casing(["Aleppo"], ["army"])
    assert len(known.usual(word)) == len(word)
    assert known.usual(word).upper() == word

"""Which language a text is in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import languages


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Gunmen killed ten people in a raid on a village in the north on Monday, the army said.", "en"),
        ("GUNMEN KILLED TEN PEOPLE IN A RAID ON A VILLAGE", "en"),
        ("Blast kills ten", "en"),
        ("Bei einem Luftangriff auf die Stadt sind mindestens zwölf Menschen getötet worden.", "de"),
        ("Au moins douze personnes ont été tuées dans une attaque contre un village du nord du pays.", "fr"),
        ("Al menos doce personas murieron en un ataque contra una aldea en el norte del país.", "es"),
        ("قتل اثنا عشر شخصا في غارة جوية على حلب يوم الاثنين", "ar"),
        ("В результате авиаудара по городу погибли двенадцать человек, сообщили спасатели.", "ru"),
        ("Внаслідок обстрілу міста загинуло дванадцятеро людей, повідомили рятувальники.", "uk"),
        ("", "und"),
        ("12 345 67,890", "und"),
        ("\u202e\u200f ... !!! 😀", "und"),
    ],
)
def test_the_language_of_a_text(text: str, expected: str) -> None:
    assert languages.of(text) == expected


def test_a_long_text_is_judged_by_its_beginning() -> None:
    assert (
        languages.of("The army said that gunmen had fled. " * 100 + "Menschen sind getötet worden. " * 10_000) == "en"
    )


@given(st.text(max_size=100))
def test_every_text_has_a_code(text: str) -> None:
    assert 2 <= len(languages.of(text)) <= 3

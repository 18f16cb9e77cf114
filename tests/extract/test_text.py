"""Evening out: always the same length, every character at its offset, and a text that a parser can read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import reference
from extract import text
from extract.casing import Casing
from extract.records import Span

CASING = Casing(["Aleppo", "Nigerian", "Monday"], ["army", "kill", "in", "the", "raid", "near", "people"])

# Characters that news text is spoilt by, so that chance finds their combinations.
SPOILT = st.text(
    st.sampled_from("aA IS.,*<>/&;#x0[]()\"'’“”–\n\r\t\u00a0\u200b\u200e\u202e\ufeffßİǅéش😀\x00\x1b`${}=")
    | st.characters(),
    max_size=300,
)


@given(SPOILT, st.none() | SPOILT)
def test_the_length_never_changes(raw: str, title: str | None) -> None:
    assert len(text.even_out(raw, title=title)) == len(raw)
    assert len(text.even_out(raw, title=title, truecase=CASING.usual, names=frozenset({"Syria", "Israel"}))) == len(raw)


@given(st.text(st.sampled_from("<>&;lt#amp p/b*[]()IS\n"), max_size=400))
def test_the_length_never_changes_where_marks_crowd(raw: str) -> None:
    assert len(text.even_out(raw)) == len(raw)


@given(st.text(st.characters(categories=["Lu", "Lt"]), max_size=80))
def test_the_length_never_changes_in_capitals_of_any_script(raw: str) -> None:
    assert len(text.even_out(raw, truecase=CASING.usual)) == len(raw)


def test_only_the_first_part_of_a_huge_text_is_read() -> None:
    assert len(text.even_out("Shells fell.\n" * 100_000)) == text.MAX_CHARACTERS


@pytest.mark.parametrize(
    "raw, expected",
    [
        ("“Enough,” he said – it’s over", '"Enough," he said - it\'s over'),
        ("Shells fell\u00a0on\u200bAleppo\u200f.", "Shells fell on Aleppo ."),
        ("Gunmen kil*led ten.", "Gunmen killed  ten."),
        ("Ten d*e*ad.", "Ten dead  ."),
        ("the Islamic State [IS] group", "the Islamic State      group"),
        ("the rebels (SDF) left", "the rebels       left"),
        ("KABUL (Reuters) - a blast", "KABUL           - a blast"),
        ("he (the mayor) left", "he (the mayor) left"),
        ("Let US pray.", "Let us pray."),
        ("It led US to believe that many of US, too, fell.", "It led us to believe that many of us, too, fell."),
        ("He told US troops that the US stands", "He told US troops that the US stands"),
        ("Iran told US to leave; the US stayed.", "Iran told US to leave; the US stayed."),
        ("A &amp; B", "A &     B"),
        ("A &#8220;blast&#8221;", 'A "      blast"      '),
        ("A &unknown; B", "A           B"),
        ("a <b>blast</b> killed", "a    blast     killed"),
        ("<p>One.</p><p>Two.", "\n  One.\n   \n  Two."),
        ("5 < 7 and 9 > 3", "5 < 7 and 9 > 3"),
        ("Syrias army fled", "Syria  army fled"),
        ("IS fled", "UN fled"),
        ("This IS so", "This UN so"),
        ("is fled", "is fled"),
    ],
)
def test_what_is_evened_out(raw: str, expected: str) -> None:
    assert text.even_out(raw, names=frozenset({"Syria"})) == expected


def test_wrapped_lines_are_joined_and_paragraphs_stay() -> None:
    line = "the soldiers of the garrison left the town at dawn and moved on"
    wrapped = "\n".join([line] * 5) + "\n\n" + line
    assert text.even_out(wrapped) == " ".join([line] * 5) + "\n\n" + line


def test_lines_of_a_list_are_not_joined() -> None:
    listed = "Idlib: 4 raids\nHama: 2 raids\nHoms: 1 raid\nDaraa: none"
    assert text.even_out(listed) == listed


@pytest.mark.parametrize(
    "raw, title, at",
    [
        ("Blast kills ten in Kabul market A bomb went off.", "Blast kills ten in Kabul market", 31),
        ("16 June 2021 Blast kills ten in Kabul market A bomb went off.", "Blast kills ten in Kabul market", 44),
    ],
)
def test_a_headline_that_opens_the_text_ends_its_line(raw: str, title: str, at: int) -> None:
    assert text.even_out(raw, title=title)[at] == "\n"


@pytest.mark.parametrize("title", [None, "", "Blast", "Another title than the one that the text opens with"])
def test_without_the_headline_nothing_breaks(title: str | None) -> None:
    raw = "Blast kills ten in Kabul market A bomb went off."
    assert text.even_out(raw, title=title) == raw


@pytest.mark.parametrize(
    "raw, expected",
    [
        (
            "THE NIGERIAN ARMY KILLED PEOPLE IN A RAID NEAR ALEPPO",
            "the Nigerian army killed people in A raid near Aleppo",
        ),
        (
            "THE RAID NEAR ALEPPO KILLED TEN\n\nThe army left Aleppo.",
            "the raid near Aleppo killed Ten\n\nThe army left Aleppo.",
        ),
        ("The UN and the SDF met in Aleppo.", "The UN and the SDF met in Aleppo."),
        ("NATO HIT US", "NATO HIT US"),
    ],
)
def test_shouted_paragraphs_get_their_usual_case(raw: str, expected: str) -> None:
    assert text.even_out(raw, truecase=CASING.usual) == expected


def test_a_line_break_starts_a_sentence() -> None:
    nlp = reference.load_model()
    doc = nlp("Blast kills ten in Kabul\nA bomb went off in a market\n\nPolice came")
    assert [s.text.strip() for s in doc.sents] == [
        "Blast kills ten in Kabul",
        "A bomb went off in a market",
        "Police came",
    ]


def test_preparing_twice_changes_nothing() -> None:
    nlp = reference.load_model()
    assert text.prepare(nlp).pipe_names.count("dateline_paragraphs") == 1


def test_tokens_stand_where_they_stand_in_the_raw_text() -> None:
    raw = "<p>Gunmen kil*led “ten” people&nbsp;in the <b>Kano</b> area.</p>"
    doc = reference.load_model()(text.even_out(raw))
    (kano,) = [t for t in doc if t.text == "Kano"]
    assert Span(kano.idx, kano.idx + len(kano)).of(raw) == "Kano"

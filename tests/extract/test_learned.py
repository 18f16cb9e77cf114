"""What the trained model makes of a sentence and of its words, alone or among others."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from extract import learned
from extract.learned import Verdict
from extract.lexicon import Lexicon
from tests.extract.conftest import Parse


@pytest.fixture(scope="module")
def judge(parse: Parse, lexicon: Lexicon):
    """Text -> the verdict on its only sentence."""

    def of(text: str) -> Verdict:
        assert lexicon.judge is not None
        (verdict,) = lexicon.judge.verdicts([parse(text)[:]])
        return verdict

    return of


# None of these is in the training texts.
TOLD = [
    ("Gunmen stormed a boarding school in Zamfara at night and took 42 pupils.", "incident"),
    ("Rebels shelled the market of Taiz on Tuesday, killing six people.", "incident"),
    ("The bishop condemned the murder and called for calm.", "speech"),
    ("The struggle of our people will continue until victory, the front said.", "speech"),
    ("Attacks on schools have become common in the north.", "generic"),
    ("The traders sold bank shares and the index fell by three per cent.", "not_conflict"),
    ("Juventus drew 2-2 with Milan after a late goal.", "not_conflict"),
    ("The army will launch an operation against the rebels next week.", "planned"),
    ("The general denied that his troops had attacked the village.", "denied"),
]


@pytest.mark.parametrize("text, kind", TOLD)
def test_what_a_sentence_tells(judge, text: str, kind: str) -> None:
    told = judge(text).told
    assert max(told, key=told.__getitem__) == kind


@pytest.mark.parametrize("text, kind", TOLD)
def test_shares_add_up_to_one(judge, text: str, kind: str) -> None:
    verdict = judge(text)
    assert sum(verdict.told.values()) == pytest.approx(1, abs=1e-5)
    assert sum(verdict.types.values()) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize(
    "text, kind",
    [
        ("Hackers knocked the website of the postal service offline on Wednesday.", "cyber_operation"),
        ("Gunmen on motorbikes abducted three engineers near Kano.", "abduction"),
        ("A convoy of 14 lorries brought flour and medicine into the besieged town on Monday.", "aid_convoy"),
        ("Lorries with flour and medicine reached the besieged town on Monday.", "aid_convoy"),
        ("Two cruise missiles hit a block of flats in Odesa.", "missile_strike"),
    ],
)
def test_the_type_that_a_sentence_tells(judge, text: str, kind: str) -> None:
    assert judge(text).event_type == kind


@pytest.mark.parametrize(
    "text, role, words",
    [
        ("Islamist fighters burned down a clinic in Butembo on Friday night.", "perpetrator", "Islamist fighters"),
        ("A clinic in Butembo was burned down by rebels on Friday, nurses said.", "speaker", "nurses"),
        ("A clinic in Butembo was burned down by Islamist fighters, nurses said.", "speaker", "nurses"),
        ("The governor, who is from Goma, said that rebels shot dead a teacher in Rutshuru.", "perpetrator", "rebels"),
        ("The governor, who is from Goma, said that rebels shot dead a teacher in Rutshuru.", "place", "Rutshuru"),
        ("Fourteen farmers were killed in Beni at dawn on Sunday.", "killed", "Fourteen"),
        ("Fourteen farmers were killed and six wounded in Beni at dawn on Sunday.", "target", "farmers"),
        ("Fourteen farmers were killed and six wounded in Beni at dawn on Sunday.", "place", "Beni"),
        ("Police said on Monday that a bridge had been blown up in Ituri on Saturday.", "date", "on Saturday"),
    ],
)
def test_the_words_that_play_a_role(judge, parse: Parse, text: str, role: str, words: str) -> None:
    tokens = parse(text)
    shares = judge(text).roles[role]
    assert " ".join(t.text for t, share in zip(tokens, shares, strict=True) if share > 0.5) == words


def _of_document(parse: Parse, lexicon: Lexicon, texts: list[str]) -> tuple[Verdict, ...]:
    """The verdicts on the sentences of one document."""
    docs = [parse(text) for text in texts]
    whole, ends = Doc.from_docs(docs), np.cumsum([len(doc) for doc in docs])
    assert lexicon.judge is not None
    return lexicon.judge.verdicts([whole[end - len(doc) : end] for doc, end in zip(docs, ends, strict=True)])


def test_a_sentence_is_judged_by_what_stands_before_it(parse: Parse, lexicon: Lexicon) -> None:
    toll = "Six people were killed and twenty hurt, a doctor said."
    for before, kind in (
        ("A car bomb exploded at the gate of a bank in Mosul on Monday.", "car_bomb"),
        ("Warplanes bombed a market in Douma on Monday.", "air_strike"),
    ):
        assert _of_document(parse, lexicon, [before, toll])[1].event_type == kind


def test_sentences_of_one_event_are_alike(parse: Parse, lexicon: Lexicon) -> None:
    first, same, other = _of_document(
        parse,
        lexicon,
        [
            "Gunmen shot dead a judge outside his home in Karachi on Monday.",
            "The judge, 54, died of four bullet wounds on the way to hospital.",
            "In Quetta, a bomb derailed a goods train on Sunday.",
        ],
    )
    assert first.alike(same) > first.alike(other)


@given(st.lists(st.integers(0, learned.LONGEST), max_size=40), st.integers(1, learned.WINDOW))
def test_windows_hold_each_sentence_once_and_what_goes_in(lengths: list[int], longest: int) -> None:
    found = list(learned.windows(lengths, longest))
    assert [i for _, first, end in found for i in range(first, end)] == list(range(len(lengths)))
    for before, first, end in found:
        assert before in {first, first - 1}
        room = 1 + sum(length + 1 for length in lengths[before:end])
        assert room <= longest or (before, end) == (first, first + 1)


def test_long_sentences_are_read_in_windows(parse: Parse, lexicon: Lexicon) -> None:
    long = "Rebels shelled the market" + " and the road" * 60 + "."
    found = _of_document(parse, lexicon, [long] * 5)
    assert [len(v.roles["target"]) for v in found] == [len(parse(long))] * 5


def test_no_sentences_no_verdicts(lexicon: Lexicon) -> None:
    assert lexicon.judge is not None
    assert lexicon.judge.verdicts([]) == ()


def test_words_beyond_the_longest_sentence_play_no_role(judge) -> None:
    text = "Rebels shelled the market, " + "and the road, " * learned.LONGEST + "killing Ann."
    assert judge(text).roles["target"][-learned.LONGEST :].max() == 0

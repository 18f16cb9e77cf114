"""What the trained model makes of a sentence, and that its marks do not depend on names."""

from __future__ import annotations

import numpy as np
import pytest
from spacy.tokens import Doc

from extract import learned
from extract.learned import Verdict
from extract.lexicon import Lexicon
from tests.extract.conftest import Parse


@pytest.fixture(scope="module")
def judge(parse: Parse, lexicon: Lexicon):
    """Text -> the verdict on its only sentence, without cues of the lexicons."""

    def of(text: str) -> Verdict:
        doc = parse(text)
        assert lexicon.judge is not None
        (verdict,) = lexicon.judge.verdicts(doc, [doc[:]], [["no cue"]])
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
        ("Lorries with flour and medicine reached the besieged town on Monday.", "aid_convoy"),
        ("Two cruise missiles hit a block of flats in Odesa.", "missile_strike"),
    ],
)
def test_the_type_that_a_sentence_tells(judge, text: str, kind: str) -> None:
    assert judge(text).event_type == kind


def test_a_sentence_is_judged_the_same_whatever_the_towns_are_called(parse: Parse) -> None:
    def marks(text: str) -> list[int]:
        doc = parse(text)
        return sorted(learned.marks(learned.columns(doc), [doc[:]], [[]])[0].tolist())

    assert marks("Rebels attacked Cairo on Monday.") == marks("Rebels attacked Baghdad on Monday.")


def test_each_sentence_of_a_document_gets_the_verdict_that_it_gets_alone(judge, parse: Parse, lexicon: Lexicon) -> None:
    texts = ["Rebels shelled the market, killing six people.", "The traders sold shares."]
    docs = [parse(text) for text in texts]
    both = Doc.from_docs(docs)
    halves = [both[: len(docs[0])], both[len(docs[0]) :]]
    assert lexicon.judge is not None
    verdicts = lexicon.judge.verdicts(both, halves, [["no cue"], ["no cue"]])
    for text, verdict in zip(texts, verdicts, strict=True):
        assert verdict.told == pytest.approx(judge(text).told, abs=1e-4)


def test_no_sentences_no_verdicts(parse: Parse, lexicon: Lexicon) -> None:
    assert lexicon.judge is not None
    assert lexicon.judge.verdicts(parse("42."), [], []) == ()


def test_words_that_no_vector_is_known_for_weigh_nothing(parse: Parse, lexicon: Lexicon) -> None:
    assert lexicon.judge is not None
    doc = parse("Qwzx qwzxx!")
    assert np.all(learned.mean_vectors(lexicon.judge.vectors, learned.columns(doc), [doc[:]]) == 0)

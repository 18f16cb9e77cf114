"""What the trained model makes of a sentence and of its words, alone or among others."""

from __future__ import annotations

import numpy as np
import pytest
from spacy.tokens import Doc

from extract import learned
from extract.learned import Verdict
from extract.lexicon import Lexicon
from tests.extract.conftest import Parse, miss


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
        miss(
            "Lorries with flour and medicine reached the besieged town on Monday.", "aid_convoy", reason="a siege to it"
        ),
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
        miss(
            "A clinic in Butembo was burned down by Islamist fighters, nurses said.",
            "speaker",
            "nurses",
            reason="those named beside the speaker are taken for speakers",
        ),
        ("The governor, who is from Goma, said that rebels shot dead a teacher in Rutshuru.", "perpetrator", "rebels"),
        miss(
            "The governor, who is from Goma, said that rebels shot dead a teacher in Rutshuru.",
            "place",
            "Rutshuru",
            reason="a place at the end of what is said",
        ),
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


def test_each_sentence_of_a_document_gets_the_verdict_that_it_gets_alone(judge, parse: Parse, lexicon: Lexicon) -> None:
    texts = ["Rebels shelled the market, killing six people.", "The traders sold shares."]
    docs = [parse(text) for text in texts]
    both = Doc.from_docs(docs)
    halves = [both[: len(docs[0])], both[len(docs[0]) :]]
    assert lexicon.judge is not None
    for text, verdict in zip(texts, lexicon.judge.verdicts(halves), strict=True):
        alone = judge(text)
        assert verdict.told == alone.told
        assert np.array_equal(verdict.roles["target"], alone.roles["target"])


def test_no_sentences_no_verdicts(lexicon: Lexicon) -> None:
    assert lexicon.judge is not None
    assert lexicon.judge.verdicts([]) == ()


def test_words_beyond_the_longest_sentence_play_no_role(judge) -> None:
    text = "Rebels shelled the market, " + "and the road, " * learned.LONGEST + "killing Ann."
    assert judge(text).roles["target"][-learned.LONGEST :].max() == 0

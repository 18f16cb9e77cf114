"""Agents and victims as the model's roles of words correct them; the roles are given, the parse is real."""

from __future__ import annotations

import numpy as np
import pytest

from extract import events, word_roles
from extract.learned import Verdict
from extract.lexicon import Lexicon
from tests.extract.conftest import Parse

ROLES = ("perpetrator", "target", "killed", "wounded")
TELLINGS = ("incident", "background", "planned", "denied", "generic", "speech", "not_conflict")


def telling(kind: str = "incident") -> Verdict:
    """A verdict that a sentence is of this kind."""
    return Verdict({name: float(name == kind) for name in TELLINGS}, {"attack": 1.0}, {}, np.zeros(2, np.float32))


def marked(doc, **words: str):
    """By role 0.7 for each token of such words, 0 for those of the other roles, 0.1 for the rest."""
    taken = {word for told in words.values() for word in told.split()}

    def share(text: str, role: str) -> float:
        return 0.7 if text in words.get(role, "").split() else 0.0 if text in taken else 0.1

    return {role: np.array([share(t.text, role) for t in doc], dtype=np.float32) for role in ROLES}


@pytest.mark.parametrize(
    "text, perpetrator, target, acts, suffers",
    [
        # What the grammar finds stays where the model says nothing else.
        ("Rebels attacked a convoy.", "Rebels", "convoy", {"Rebels"}, {"convoy"}),
        ("Rebels attacked a convoy.", "", "", {"Rebels"}, {"convoy"}),
        # What it misses is added with its head.
        ("The attack left a nurse dead; rebel fighters came.", "rebel fighters", "nurse", {"fighters"}, {"nurse"}),
        # What the model takes for the other side changes sides.
        ("Rebels attacked a convoy.", "a convoy", "Rebels", {"convoy"}, {"Rebels"}),
        # Where the grammar finds who acts, the model adds none.
        ("Rebels attacked a convoy of police.", "Rebels police", "convoy", {"Rebels"}, {"convoy"}),
        # Words of action and figures are no party.
        ("Rebels attacked a convoy.", "attacked", "convoy", {"Rebels"}, {"convoy"}),
    ],
)  # fmt: skip
def test_agents_and_patients(
    parse: Parse, lexicon: Lexicon, text: str, perpetrator: str, target: str, acts: set[str], suffers: set[str]
) -> None:
    doc = parse(text)
    found = events.find(doc[:], lexicon)
    got = word_roles.corrected(found, marked(doc, perpetrator=perpetrator, target=target), doc[:], telling())
    assert {doc[i].text for e in got for i in e.agents} == acts
    assert {doc[i].text for e in got for i in e.patients} == suffers


def test_whom_the_model_rules_out_neither_acts_nor_suffers(parse: Parse, lexicon: Lexicon) -> None:
    doc = parse("Rebels attacked a convoy.")
    found = events.find(doc[:], lexicon)
    got = word_roles.corrected(found, marked(doc, killed="Rebels a convoy"), doc[:], telling())
    assert [(e.agents, e.patients) for e in got] == [((), ())]


def test_two_who_fight_each_other_are_left_as_they_stand(parse: Parse, lexicon: Lexicon) -> None:
    doc = parse("The army clashed with rebels near Goma.")
    found = events.find(doc[:], lexicon)
    assert word_roles.corrected(found, marked(doc, perpetrator="army rebels"), doc[:], telling()) == list(found)


def test_what_tells_of_no_event_in_particular_is_left_to_the_grammar(parse: Parse, lexicon: Lexicon) -> None:
    doc = parse("Rebels attacked a convoy.")
    found = events.find(doc[:], lexicon)
    turned = marked(doc, perpetrator="convoy", target="Rebels")
    assert word_roles.corrected(found, turned, doc[:], telling("generic")) == list(found)
    assert word_roles.corrected(found, turned, doc[:], telling("background")) != list(found)


def test_without_a_model_all_stays(parse: Parse, lexicon: Lexicon) -> None:
    doc = parse("Rebels attacked a convoy, killing six people.")
    found = events.find(doc[:], lexicon)
    assert word_roles.of_document(doc, [doc[:]], [None]) == {}
    assert word_roles.corrected(found, {}, doc[:], None) == list(found)


def test_the_roles_of_a_document_stand_where_its_sentences_do(parse: Parse) -> None:
    doc = parse("It rained. Rebels attacked.")
    first, second = doc[:3], doc[3:]
    share = np.array([0.9, 0.1, 0.0], dtype=np.float32)
    verdict = Verdict({"incident": 1.0}, {"attack": 1.0}, {"perpetrator": share}, np.zeros(2, np.float32))
    roles = word_roles.of_document(doc, [first, second], [None, verdict])
    assert roles["perpetrator"].tolist() == pytest.approx([0, 0, 0, 0.9, 0.1, 0])

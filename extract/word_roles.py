"""The roles that the trained model gives words, weighed with what the grammar says of who acts and who suffers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from spacy.tokens import Doc, Token
from spacy.tokens import Span as Sentence

from extract.events import Event
from extract.learned import Floats, Verdict
from extract.syntax import SPEECH_VERBS, core

# A phrase plays a role from this probability on, and does not below that, whatever the grammar makes of it.
SURE, LEAST = 0.5, 0.02
# What the grammar finds in a sentence whose event only the model sees plays its role from this probability on.
LIKELY = 0.4
# So sure is the model where it names somebody who acts beside those whom the grammar finds.
CERTAIN = 0.8
_NAMING = {"NOUN", "PROPN"}
# The model was taught who does what in sentences that tell of a particular event; from this share on one is.
_PARTICULAR = 0.5
_EVENTFUL = ("incident", "background", "planned", "denied")
# What is done with no one doing it to another.
_TWO_SIDED = {"clash"}


def of_document(doc: Doc, sentences: Sequence[Sentence], verdicts: Sequence[Verdict | None]) -> Mapping[str, Floats]:
    """By role the probability of each token of the document to play it; nothing where there is no model."""
    names = next((tuple(v.roles) for v in verdicts if v is not None), ())
    found = {name: np.zeros(len(doc), dtype=np.float32) for name in names}
    for sentence, verdict in zip(sentences, verdicts, strict=True):
        for name in names if verdict is not None else ():
            assert verdict is not None
            found[name][sentence.start : sentence.end] = verdict.roles[name]
    return found


def corrected(
    events: Sequence[Event], roles: Mapping[str, Floats], sentence: Sentence, verdict: Verdict | None
) -> list[Event]:
    """The events of a sentence with the agents and patients that the model is sure of, without those it rules out."""
    found = list(events)
    if verdict is None or not found or sum(verdict.told[kind] for kind in _EVENTFUL) < _PARTICULAR:
        return found
    doc = sentence.doc
    acts, suffers = roles["perpetrator"], roles["target"]
    found = [
        e
        if e.trigger.frame in _TWO_SIDED
        else replace(
            e,
            agents=tuple(i for i in e.agents if not _ruled_out(doc[i], acts)),
            patients=tuple(i for i in e.patients if not _ruled_out(doc[i], suffers)),
        )
        for e in found
    ]
    beside = any(e.agents or e.sides for e in found)
    # Who did a deed that is told as known ("the attack") was told before, or the grammar finds it.
    new = not all(e.definite for e in found)
    for head in _heads(sentence, acts, CERTAIN if beside else SURE) if new else ():
        if not _speaks(doc[head]) and not any(_named(doc, head, (*e.agents, *e.patients, *e.sides)) for e in found):
            at = _nearest(found, head)
            found[at] = replace(found[at], agents=(*found[at].agents, head))
    for head in _heads(sentence, suffers, SURE):
        if not any(_named(doc, head, (*e.patients, *e.agents, *e.sides)) for e in found):
            at = _nearest(found, head)
            found[at] = replace(found[at], patients=(*found[at].patients, head))
    return found


def borne_out(events: Sequence[Event], roles: Mapping[str, Floats], doc: Doc) -> list[Event]:
    """Events of the model's own, with the agents and patients of its sentence's grammar that it takes for such."""
    return [
        replace(
            e,
            agents=tuple(i for i in e.agents if _share(doc[i], roles["perpetrator"]) >= LIKELY),
            patients=tuple(i for i in e.patients if _share(doc[i], roles["target"]) >= LIKELY),
        )
        for e in events
    ]


def _share(head: Token, role: Floats) -> float:
    first, last = core(head)
    return float(role[first : last + 1].max())


def _speaks(head: Token) -> bool:
    """True for who says something, first or with others: "Syria and Russia say that jets struck"."""
    while head.dep_ == "conj" and head.head.i != head.i:
        head = head.head
    return head.dep_ == "nsubj" and head.head.lemma_.lower() in SPEECH_VERBS


def _ruled_out(head: Token, role: Floats) -> bool:
    return head.pos_ in _NAMING and _share(head, role) < LEAST


def _named(doc: Doc, head: int, heads: Sequence[int]) -> bool:
    """True where one of the phrases with such heads holds this head, or is held by its phrase."""
    first, last = core(doc[head])
    for i in heads:
        a, b = core(doc[i])
        if a <= head <= b or first <= i <= last:
            return True
    return False


def _nearest(events: Sequence[Event], head: int) -> int:
    one_sided = [k for k, e in enumerate(events) if e.trigger.frame not in _TWO_SIDED] or range(len(events))
    return min(one_sided, key=lambda k: abs(events[k].at - head))


def _heads(sentence: Sentence, role: Floats, sure: float) -> list[int]:
    """The heads of the phrases that play a role."""
    heads: list[int] = []
    start = None
    for token in [*sentence, None]:
        on = token is not None and role[token.i] >= sure
        if on and start is None:
            assert token is not None
            start = token.i
        if not on and start is not None:
            end = token.i if token is not None else sentence.end
            root = sentence.doc[start:end].root
            if root.pos_ in _NAMING:
                heads.append(root.i)
            start = None
    return heads

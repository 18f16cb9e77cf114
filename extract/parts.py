"""A sentence that tells of two events, cut in two: "the raid came a day after a car bomb killed nine in Homs"."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from spacy.tokens import Span as Sentence
from spacy.tokens import Token

# Words that lead from an event to another one, earlier or at the same time.
_LINKS = {"after", "following", "since", "before", "as", "amid", "despite"}
_FRAME_VERBS = {"come", "occur", "happen", "follow", "take", "mark", "precede"}
# What is done upon an event is another one: "police detained eleven people after protesters stoned the court".
_SEQUEL_VERBS = frozenset(
    "arrest detain jail charge sentence convict flee evacuate close cancel suspend condemn deploy".split()
)
# Who assaults a place after a bombing does another thing than the bombing.
_ASSAULT_VERBS = frozenset(
    "storm attack assault advance seize capture take enter launch fire retake overrun raid ambush loot".split()
)
_EVENT_NOUNS = frozenset("bomb strike attack raid bombing blast explosion shelling assault ambush".split())
_UNITS = frozenset("minute hour day night week fortnight month year decade".split())
# "He died two days after the shooting" is one event.
_OUTCOME_VERBS = {"die", "succumb", "recover", "find", "perish"}
_ANSWERS = {"retaliation", "response", "revenge", "reprisal", "return", "answer", "retribution", "reaction"}
_AVENGE = {"avenge", "revenge", "follow", "precede"}
_BESIDE = {"while", "whereas", "whilst"}
# Somebody is arrested, tried, mourned or protested about for what happened before.
_PURSUITS = frozenset(
    "arrest detain apprehend capture jail imprison charge sentence convict try acquit indict prosecute accuse suspect "
    "question interrogate extradite remand hold summon sanction investigate probe trial verdict conviction extradition "
    "bury mourn funeral burial vigil protest demonstrate march rally demonstration strike".split()
)
_GROUNDS = {"for", "over", "of", "with", "against", "about", "after", "following"}
_CLAUSES = {"acl", "relcl", "pcomp", "advcl"}
_TIES = frozenset("connection relation link suspicion involvement role part participation complicity".split())
# What an arrest or a protest is part of is no other event ("arrested during raids", "held for the attack's planning").
_SAME = frozenset("raid operation search sweep protest demonstration march rally riot arrest detention".split())


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a sentence that tells of one event; ``apart`` where it is not the one the sentence is about,
    ``grounds`` where it is what somebody is arrested, tried or mourned for."""

    words: Sentence
    apart: bool = False
    grounds: bool = False


def of_sentence(sentence: Sentence, events: Collection[int], provinces: Mapping[int, str]) -> tuple[Part, ...]:
    """The sentence in one part or in two.

    ``events`` are the tokens that tell what happened: each part has one of its own. ``provinces`` are those of the
    tokens that name a place.
    """
    for token in sentence if len(events) > 1 else ():
        for first, last in (_other(token), _beside(token, provinces)):
            cut = _cut(sentence, first, last, events) if first <= last else ()
            if cut:
                return cut
    for token in sentence:
        if token.lemma_.lower() in _PURSUITS and (cut := _grounds(sentence, token, events)):
            return cut
    return (Part(sentence),)


def _grounds(sentence: Sentence, pursuit: Token, events: Collection[int]) -> tuple[Part, ...]:
    """The words of an arrest, trial or protest, and those of what it is about; the latter alone where the former tell
    of no event."""
    for at in sorted(i for i in events if i > pursuit.i):
        inner = _ground(pursuit, sentence.doc[at])
        if inner is not None:
            first, last = _span(inner)
            told = Part(sentence.doc[max(first, pursuit.i + 1) : last + 1], apart=True, grounds=True)
            before = [i for i in events if i < told.words.start]
            return (Part(sentence.doc[sentence.start : told.words.start]), told) if before else (told,)
    return ()


def _ground(pursuit: Token, deed: Token) -> Token | None:
    """The widest phrase between a pursuit and a deed that says what the pursuit is for; None where the deed is
    part of the pursuit, or has nothing to do with it."""
    if deed.lemma_.lower() in _SAME:
        return None
    found, tied, token = None, False, deed
    while token.i != pursuit.i:
        tied = tied or token.lemma_.lower() in _TIES
        reason = token.dep_ == "prep" and token.lower_ in _GROUNDS
        if token.dep_ in _CLAUSES or reason or (tied and token.dep_ == "prep"):
            found = token
        if token.head.i == token.i:
            return None
        token = token.head
    return found


def _cut(sentence: Sentence, first: int, last: int, events: Collection[int]) -> tuple[Part, ...]:
    """The sentence without the words from ``first`` to ``last``, and these; nothing where one of them has no event."""
    doc = sentence.doc
    told = [i for i in events if first <= i <= last]
    rest = [i for i in events if not first <= i <= last]
    if not told or not rest:
        return ()
    before, after = doc[sentence.start : first], doc[last + 1 : sentence.end]
    main = before if any(i < first for i in rest) else after
    if any(not main.start <= i < main.end for i in rest):
        return ()
    return tuple(sorted((Part(main), Part(doc[first : last + 1], apart=True)), key=lambda p: p.words.start))


_NOTHING = (0, -1)


def _other(token: Token) -> tuple[int, int]:
    """First and last token of the words that tell of another event than their sentence's main one."""
    word, lemma = token.lower_, token.lemma_.lower()
    if word in _LINKS and token.dep_ in {"mark", "prep", "advmod"}:
        clause = token.head if token.dep_ in {"mark", "advmod"} else token
        outer = clause.head
        measured = token.i > 0 and token.nbor(-1).lemma_.lower() in _UNITS
        framed = outer.lemma_.lower() in _FRAME_VERBS | _SEQUEL_VERBS and outer.i < token.i
        other = measured or framed or (outer.lemma_.lower() in _ASSAULT_VERBS and _known(clause))
        if outer.i != clause.i and outer.lemma_.lower() not in _OUTCOME_VERBS and other:
            return _span(clause)
    if word in _ANSWERS and token.dep_ == "pobj":
        return next((_span(c) for c in token.children if c.dep_ == "prep" and c.lower_ in {"for", "to"}), _NOTHING)
    if lemma in _AVENGE and token.pos_ == "VERB":
        return next((_span(c) for c in token.children if c.dep_ == "dobj"), _NOTHING)
    return _NOTHING


def _known(clause: Token) -> bool:
    """True where a clause speaks of an event told before: "after the bombs fell", "following the raid"."""
    nouns = (t for t in clause.subtree if t.lemma_.lower() in _EVENT_NOUNS)
    return any(c.dep_ == "det" and c.lower_ in {"the", "that", "this"} for noun in nouns for c in noun.children)


def _beside(token: Token, provinces: Mapping[int, str]) -> tuple[int, int]:
    """A coordinate clause with a subject and a province of its own ("nine died in X and six were shot in Y")."""
    if token.pos_ not in {"VERB", "AUX"} or token.dep_ not in {"conj", "advcl"}:
        return _NOTHING
    if token.dep_ != "conj" and not any(c.dep_ == "mark" and c.lower_ in _BESIDE for c in token.children):
        return _NOTHING
    own = any(c.dep_ in {"nsubj", "nsubjpass"} and c.pos_ != "PRON" for c in token.children)
    first, last = _span(token)
    within = {name for i, name in provinces.items() if first <= i <= last}
    without = {name for i, name in provinces.items() if token.sent.start <= i < first}
    return (first, last) if own and within and without and not within & without else _NOTHING


def _span(token: Token) -> tuple[int, int]:
    """First and last token of all that hangs on a token."""
    return token.left_edge.i, token.right_edge.i

"""Whom an outcome befell: the phrases that a word of killing or hurting governs, else the nearest figure."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from extract.outcomes import ADJECTIVES, VERBS, is_manned, outcome_of
from extract.quantities import number_before, value_of

_CLAUSE_END = {";", ":"}


def victims(token: Token) -> Iterator[Token]:
    """The heads of the phrases that say who suffered the outcome."""
    heads = [h for h in _governed(token) if h.i != token.i]
    if not heads:
        heads = list(_shared(token))
    if not heads:
        near = _nearest_number(token)
        heads = [near] if near is not None else []
    for head in heads:
        yield head
        yield from (c for c in head.conjuncts if c.i > head.i and not outcome_of(c))


def _governed(token: Token) -> list[Token]:
    """By the parse: objects of active verbs, subjects of passives and of "die",
    the noun that a participle describes."""
    if token.pos_ in {"NOUN", "PROPN", "NUM"} and token.lower_ != "killed":
        return _noun_governed(token)
    if token.lower_ in ADJECTIVES and token.pos_ in {"ADJ", "ADV"}:
        return _adjective_governed(token)
    passive = any(c.dep_ in {"auxpass", "nsubjpass"} for c in token.children)
    if token.tag_ in {"VBN", "VBD"} and (number := _number_just_before(token)) is not None:
        return [number]
    wanted = {"nsubjpass"} if passive else {"dobj"}
    if token.lemma_.lower() in {"die", "perish", "drown"}:
        wanted = {"nsubj", "nsubjpass"}
    if token.lemma_.lower() == "lose" and not any(c.dep_ == "dobj" and is_manned(c) for c in token.children):
        wanted = {"nsubj", "nsubjpass"}
    heads = [c for c in token.children if c.dep_ in wanted]
    if not heads and token.dep_ in {"acl", "amod"} and token.tag_ == "VBN":
        heads = [token.head]
    if not heads and token.tag_ in {"VBN", "VBD"} and not passive:
        heads = [c for c in token.children if c.dep_ in {"nsubj", "nsubjpass"} and number_before(c)]
    return heads


def _number_just_before(token: Token) -> Token | None:
    """The figure right before a participle: "11 hurt", "at least 100 more wounded"."""
    at = token.i - 1
    if at >= token.sent.start and token.doc[at].lower_ in {"more", "others", "other"}:
        at -= 1
    number = token.doc[at] if at >= token.sent.start else None
    return number if number is not None and value_of(number) is not None else None


def _noun_governed(token: Token) -> list[Token]:
    """ "12 deaths", "death toll of 15", "the lives of 100 people", "the bodies of three men", "15 dead"."""
    if token.lemma_.lower() == "toll" or _is_counted(token):
        return _toll_numbers(token)
    of = [
        g
        for c in token.children
        if c.dep_ == "prep" and c.lower_ in {"of", "among"}
        for g in c.children
        if g.dep_ == "pobj"
    ]
    of = [g for g in of if number_before(g) is not None]
    return of or ([token] if number_before(token) else [])


def _is_counted(token: Token) -> bool:
    """ "The number of wounded", "the number of dead civilians": the figure follows."""
    return (
        token.dep_ == "pobj"
        and token.head.lower_ == "of"
        and token.head.head.lemma_.lower() in {"number", "count", "toll", "figure"}
    )


def _toll_numbers(token: Token) -> list[Token]:
    sentence = token.sent
    for other in sentence:
        if (
            other.i > token.i
            and value_of(other) is not None
            and other.i - token.i <= 14
            and other.ent_type_ not in {"DATE", "TIME"}
        ):
            return [other]
    return []


def _adjective_governed(token: Token) -> list[Token]:
    """ "Were found dead", "left 11 people dead", "ten dead", "the number of dead civilians"."""
    if token.dep_ == "amod" and _is_counted(token.head):
        return _toll_numbers(token)
    if token.dep_ == "amod":
        return [token.head]
    subject = [c for c in token.children if c.dep_ in {"nsubj", "nsubjpass"}]
    if subject:
        return subject
    objects = [c for c in token.head.children if c.dep_ in {"dobj"}]
    return objects or [c for c in token.head.children if c.dep_ in {"nsubj", "nsubjpass"} and number_before(c)]


def _shared(token: Token) -> Iterator[Token]:
    """The phrase that a coordinated outcome shares: "killed and wounded 30 civilians", "were killed and 20 wounded"."""
    for other in token.conjuncts:
        if outcome_of(other) and abs(other.i - token.i) <= 2:
            yield from _governed(other)


def _nearest_number(token: Token) -> Token | None:
    """The nearest free figure in the clause: before a participle or adjective, after an active verb."""
    before = _scan(token, -1)
    after = _scan(token, 1)
    if token.tag_ == "VBG" or token.lemma_.lower() in {"claim", "leave"}:
        return after or before
    return before or after


def _scan(token: Token, step: int) -> Token | None:
    doc, sentence = token.doc, token.sent
    for i in range(token.i + step, token.i + 8 * step, step):
        if (
            not sentence.start <= i < sentence.end
            or doc[i].text in _CLAUSE_END
            or (outcome_of(doc[i]) and VERBS.get(doc[i].lemma_.lower()))
        ):
            return None
        if value_of(doc[i]) is not None and doc[i].ent_type_ not in {"DATE", "TIME", "PERCENT", "MONEY"}:
            head = doc[i].head
            right = step > 0 or head.i < token.i
            return head if doc[i].dep_ in {"nummod", "amod"} and right and head.pos_ in {"NOUN", "PROPN"} else doc[i]
    return None

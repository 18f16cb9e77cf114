"""Who says so: the speaker of each sentence, and what he does by saying it (assert, admit, deny, blame, justify)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Sentence

from extract.records import Span, Stance
from extract.registry import PartyMention
from extract.stances import ADMITS, BLAMES, DENIES, HOLDS, MISTAKE, stance_of
from extract.syntax import by_agents, core, is_passive, is_saying, subject

_PRONOUNS = {"he", "she", "it", "they"}
_SAYING_NOUNS = frozenset(
    (
        "statement communique spokesman spokeswoman spokesperson source sources official officials report "
        "reports commander minister ministry chief head leader police witness witnesses resident residents "
        "activist activists doctor doctors medics governor mayor president"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Speech:
    """One act of saying: ``name`` of the speaker, the party behind him, the verb's and the speaker's token,
    the stance."""

    sentence: int
    name: str
    party: PartyMention | None
    verb: int
    head: int
    stance: Stance
    span: Span
    about: PartyMention | None = None


@dataclass(slots=True)
class _Memory:
    """Who spoke last, and which organisation stands behind a surname."""

    last: tuple[str, PartyMention | None] | None
    people: dict[str, tuple[str, PartyMention | None]]


def find(
    doc: Doc, sentences: Sequence[Sentence], at_token: Mapping[int, PartyMention], persons: frozenset[int]
) -> tuple[Speech, ...]:
    """All acts of saying in a document, in order."""
    memory = _Memory(None, {})
    found: list[Speech] = []
    quoting = False
    for number, sentence in enumerate(sentences):
        here = [
            speech
            for token in sentence
            for head in _speaker_heads(token)
            if (speech := _speech(number, token, head, at_token, persons, memory))
        ]
        here += [replace(s, stance="admits") for s in here if s.stance == "justifies" and MISTAKE.search(sentence.text)]
        if not here and memory.last and (quoting or _is_quote(sentence)):
            name, party = memory.last
            span = Span(sentence.start_char, sentence.end_char)
            here = [
                Speech(
                    number, name, party, sentence.root.i, sentence.root.i, stance_of(sentence.root, sentence.text), span
                )
            ]
        quoting = quoting != (sentence.text.count('"') % 2 == 1)
        found += here
    return tuple(found)


def of_token(speeches: Sequence[Speech], doc: Doc, token: int) -> Speech | None:
    """The act of saying that a word is part of: the nearest saying verb above it, else the sentence's only one."""
    by_verb = {s.verb: s for s in speeches}
    one = doc[token]
    for _ in range(40):
        if one.i in by_verb and one.i != token:
            return by_verb[one.i]
        if one.head.i == one.i:
            break
        one = one.head
    return speeches[0] if len(speeches) == 1 else None


def _speaker_heads(token: Token) -> list[Token]:
    """The heads of the phrases that a token makes speakers."""
    lemma = token.lemma_.lower()
    if lemma == "accord" and token.lower_ == "according":
        return [g for c in token.children if c.dep_ == "prep" for g in c.children if g.dep_ == "pobj"]
    if token.pos_ not in {"VERB", "AUX"} or not (
        is_saying(token) or lemma in BLAMES | DENIES | ADMITS or (lemma == "hold" and HOLDS.search(token.sent.text))
    ):
        return []
    if is_passive(token):
        return by_agents(token)
    acts = subject(token)
    return [acts] if acts is not None and acts.i != token.i else []


def _speech(
    number: int,
    verb: Token,
    head: Token,
    at_token: Mapping[int, PartyMention],
    persons: frozenset[int],
    memory: _Memory,
) -> Speech | None:
    named = _name(head, at_token, persons, memory)
    if named is None:
        return None
    name, party = named
    memory.last = named
    sentence = verb.sent
    span = Span(sentence.start_char, sentence.end_char)
    return Speech(number, name, party, verb.i, head.i, stance_of(verb, sentence.text), span, _about(verb, at_token))


def _name(
    head: Token, at_token: Mapping[int, PartyMention], persons: frozenset[int], memory: _Memory
) -> tuple[str, PartyMention | None] | None:
    """(name of the speaker, party behind him); None where the words name nobody who can speak."""
    if head.lower_ in _PRONOUNS:
        return memory.last
    if head.pos_ == "PROPN" and head.text in memory.people and head.i not in at_token:
        return memory.people[head.text]
    party = _party_of(head, at_token)
    first, last = core(head)
    words = [t for t in head.doc[first : last + 1] if t.dep_ != "det" and not t.is_punct]
    text = " ".join(t.text for t in words)
    if head.i in persons:
        surname = head.text
        if party is None and surname in memory.people:
            return memory.people[surname]
        named = (_party_name(party) if party and not party.general else text, party)
        memory.people[surname] = named
        return named
    if party is not None:
        called = text if party.general or party.kind in {"civilian", "unidentified"} else _party_name(party)
        if head.pos_ == "PROPN" and head.i not in at_token:
            memory.people[head.text] = (called, party)
        return called, party
    if (
        head.lemma_.lower() in {"statement", "communique"}
        and memory.last
        and any(c.lower_ == "the" for c in head.children)
    ):
        return memory.last
    if head.lower_ in _SAYING_NOUNS or head.pos_ in {"PROPN", "NOUN"}:
        return text, None
    return None


def _party_name(party: PartyMention) -> str:
    return party.text if party.bare else party.name


def _party_of(head: Token, at_token: Mapping[int, PartyMention]) -> PartyMention | None:
    """The party in a speaker's phrase: its own words, then an apposition, then "of", "for" or "by" after it."""
    for child in head.children:
        if child.dep_ == "appos" and child.i in at_token:
            return at_token[child.i]
    first, last = core(head)
    inside = [at_token[i] for i in range(last, first - 1, -1) if i in at_token]
    inside.sort(key=lambda m: m.bare and not (m.span.start <= head.idx < m.span.end))
    if inside:
        return inside[0]
    for child in head.children:
        if child.dep_ in {"appos", "prep", "acl", "agent"} and child.i > head.i:
            for token in child.subtree:
                if token.i in at_token and token.i - head.i < 12:
                    return at_token[token.i]
    return None


def _about(verb: Token, at_token: Mapping[int, PartyMention]) -> PartyMention | None:
    """Whom a blaming verb is about."""
    if verb.lemma_.lower() not in BLAMES | {"hold"}:
        return None
    for child in verb.children:
        if child.dep_ in {"dobj", "prep", "pobj", "ccomp", "xcomp"}:
            for token in [child, *child.subtree]:
                if token.i in at_token:
                    return at_token[token.i]
    return None


def _is_quote(sentence: Sentence) -> bool:
    """True where the whole sentence is in quotation marks."""
    text = sentence.text.strip()
    return text.startswith('"') and text.rstrip(".!?").endswith('"')

"""What happened: words of action in a sentence -> events with the phrases that act and suffer,
and whether it happened."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Span as Sentence
from spacy.tokens import Token

from extract import event_status
from extract.event_arguments import noun_arguments, verb_arguments
from extract.lexicon import Lexicon, Trigger
from extract.records import Status
from extract.syntax import after, with_conjuncts

_POINTING = {"the", "this", "that", "these", "those"}


@dataclass(frozen=True, slots=True)
class Event:
    """One word of action with its arguments, as token indices of phrase heads.

    ``alleged_by`` is the head of the phrase that blames or claims, where the agent stands only by such words.
    """

    at: int
    trigger: Trigger
    agents: tuple[int, ...]
    patients: tuple[int, ...]
    sides: tuple[int, ...]
    status: Status
    habitual: bool
    alleged_by: int | None = None
    definite: bool = False


def find(sentence: Sentence, lexicon: Lexicon) -> tuple[Event, ...]:
    """The events of a sentence, left to right."""
    found: list[Event] = []
    skip = -1
    for token in sentence:
        if token.i <= skip or token.is_punct or token.is_space:
            continue
        matched = _trigger(token, sentence, lexicon)
        if matched is None:
            continue
        trigger, last = matched
        skip = last
        head = sentence.doc[last] if trigger.pos == "N" else token
        found.append(_event(token.i, head, trigger))
    return tuple(found)


def _trigger(token: Token, sentence: Sentence, lexicon: Lexicon) -> tuple[Trigger, int] | None:
    """The longest trigger that begins at a token, with its last token."""
    if lexicon.trigger_openers.isdisjoint((token.lower_, token.lower_[:-1], token.lemma_.lower())):
        return None
    words = _following(token, sentence)
    for n in range(len(words), 0, -1):
        last = words[n - 1]
        rest = [w.lower_ for w in words[1:n]]
        if n == 1 and (apart := _phrasal(token, lexicon)):
            return apart, token.i
        verb = _known_verb(words[0], rest, lexicon)
        if verb and _is_verb(words[0]) and (n > 1 or not _noun_like(words[0])):
            return verb, last.i
        lemma = last.lemma_.lower() if last.pos_ in {"NOUN", "PROPN"} else _singular(last.lower_)
        lead = [w.lower_ for w in words[: n - 1]]
        noun = lexicon.noun_triggers.get(" ".join([*lead, lemma])) or lexicon.noun_triggers.get(
            " ".join([*lead, last.lower_])
        )
        if noun and (_noun_like(last) or n > 1) and not _is_verb_use(last, n):
            return noun, last.i
    return None


def _known_verb(token: Token, rest: list[str], lexicon: Lexicon) -> Trigger | None:
    """The trigger of a verb by its lemma, or by its form where the lemma is wrong ("raped" -> "rap")."""
    by_lemma = lexicon.verb_triggers.get(" ".join([token.lemma_.lower(), *rest]))
    if by_lemma or not token.lower_.endswith("ed"):
        return by_lemma
    return lexicon.verb_triggers.get(" ".join([token.lower_[:-1], *rest]))


def _following(token: Token, sentence: Sentence) -> list[Token]:
    """The token and up to three words after it, hyphens left out."""
    words, i = [token], token.i + 1
    while len(words) < 4 and i < sentence.end:
        other = sentence.doc[i]
        if other.text != "-":
            if other.is_punct or other.is_space:
                break
            words.append(other)
        i += 1
    return words


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _is_verb(token: Token) -> bool:
    return token.pos_ in {"VERB", "AUX"} or token.tag_.startswith("VB")


def _noun_like(token: Token) -> bool:
    if token.pos_ in {"NOUN", "PROPN"}:
        return True
    # A participle after an article or a noun modifier, or before "of": "the bombing of", "twin bombings".
    return (
        token.tag_ == "VBG" and any(c.dep_ in {"det", "poss", "compound", "amod"} for c in token.children)
    ) or token.pos_ == "ADJ"


def _is_verb_use(token: Token, n: int) -> bool:
    return n == 1 and _is_verb(token) and not _noun_like(token)


def _phrasal(token: Token, lexicon: Lexicon) -> Trigger | None:
    """Verbs whose particle or object stands apart: "blew himself up", "set the house on fire", "took them hostage"."""
    if not _is_verb(token):
        return None
    lemma = token.lemma_.lower()
    for child in token.children:
        if child.dep_ in {"prt", "dobj", "oprd", "advmod", "acomp"} and child.i > token.i:
            found = lexicon.verb_triggers.get(f"{lemma} {child.lower_}")
            if found:
                return found
    return None


def _event(at: int, head: Token, trigger: Trigger) -> Event:
    sides: list[Token] = []
    alleged: Token | None = None
    if trigger.pos == "V":
        agents, patients = verb_arguments(head, trigger)
    else:
        agents, patients, alleged = noun_arguments(head, trigger)
    if trigger.frame == "clash":
        sides = [*agents, *patients, *after(head, "between", "with", "against", "among")]
        agents, patients = [], []
    return Event(
        at,
        trigger,
        tuple(dict.fromkeys(t.i for a in agents for t in with_conjuncts(a))),
        tuple(dict.fromkeys(t.i for p in patients for t in with_conjuncts(p))),
        tuple(dict.fromkeys(t.i for s in sides for t in with_conjuncts(s))),
        event_status.of_word(head),
        event_status.is_habitual(head),
        alleged.i if alleged is not None else None,
        _is_known(head),
    )


def _is_known(word: Token) -> bool:
    """True for a deed that is spoken of as known: "the attack", "today's blast", "the driver who was killed"."""
    if any(c.lower_ in _POINTING for c in word.children if c.dep_ == "det"):
        return True
    if any(c.dep_ == "poss" and c.ent_type_ == "DATE" for c in word.children):
        return True
    told_of = word.head if word.dep_ == "relcl" and word.pos_ in {"VERB", "AUX"} else None
    return told_of is not None and told_of.dep_ in {"nsubj", "nsubjpass"} and _is_known(told_of)

"""How well the words around a known name bear out that it is used of a place."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from extract.names import NameFacts
from extract.place_words import (
    BESIEGED,
    CODES_AND_WORDS,
    DISEASE,
    GENERIC,
    INSTITUTIONS,
    KIND_WORDS,
    LOCATIVE,
    NAME_ARTICLES,
    NAME_PARTS,
    PLURALS,
    SETTLEMENTS,
    SIDES,
    STRONG_LOCATIVE,
    SURROUNDINGS,
    TAKEN,
    TITLES,
)

_LABEL = {"GPE": 0.62, "LOC": 0.5, "FAC": 0.3, "NORP": 0.0, "ORG": -0.05, "PERSON": -0.3, "EVENT": 0.0, "LAW": -0.1}
_OTHER_LABEL = -0.3
_WITHIN_PERSON = -0.85
"""A word inside a person's name of two words and more."""
_LED = -0.1
"""Worst that a label counts after "in", "near" or "seized", where the model's labels mislead most."""
_MEMBER = 0.6
"""A name in a list that ends in "counties" or stands after "the governorates of"."""
_DATELINE = 0.5
_OF_PLACES = SETTLEMENTS | SURROUNDINGS | BESIEGED
_SHORT_WORD, _HEADLINE_WORDS, _CAPITALS = 3, 5, 0.85
"""Words of more letters than the first, at least so many of them, and the share with a capital in a headline."""
_JOINED, _JOINED_BEFORE, _IN_HEADLINE = -0.35, -0.3, -0.1
"""What a capitalised neighbour speaks against a name: it may be part of a longer one, hardly so in a headline."""
_CALLED, _KIND_FOLLOWS = 0.45, 0.35
"""A name after "the town of", or before "territory", on top of what the label counts there."""


@dataclass(slots=True)
class Context:
    """What a doc says as a whole: its persons' names, the entity that covers each token, members of lists of places,
    the tokens of headlines with a capital on every word."""

    surnames: frozenset[str] = frozenset()
    first_names: frozenset[str] = frozenset()
    entity: dict[int, tuple[int, int, str]] = field(default_factory=dict)
    members: dict[int, str] = field(default_factory=dict)
    people: frozenset[str] = frozenset()
    headlines: frozenset[int] = frozenset()


def context(doc: Doc) -> Context:
    """The doc's persons, entities and lists of places."""
    surnames: set[str] = set()
    first: set[str] = set()
    entity: dict[int, tuple[int, int, str]] = {}
    for ent in doc.ents:
        if any(doc[i].pos_ == "VERB" and doc[i].is_lower for i in range(ent.start, ent.end)):
            # A name with a verb in it is two names and a mistake of the model.
            continue
        for i in range(ent.start, ent.end):
            entity[i] = (ent.start, ent.end, ent.label_)
        names = [t.text for t in ent if t.text[:1].isupper()]
        if ent.label_ == "PERSON" and len(names) > 1 and not _institution(doc, ent.start + 1, ent.end):
            surnames.add(names[-1])
            first.add(names[0])
    return Context(frozenset(surnames), frozenset(first), entity, _listed(doc), _people_only(doc), _headlines(doc))


def _headlines(doc: Doc) -> frozenset[int]:
    """The tokens of sentences that write nearly every word with a capital, where capitals tell nothing of names."""
    found: set[int] = set()
    for sentence in doc.sents:
        words = [t for t in sentence if t.is_alpha and len(t) > _SHORT_WORD]
        if len(words) >= _HEADLINE_WORDS and sum(t.text[0].isupper() for t in words) >= _CAPITALS * len(words):
            found.update(range(sentence.start, sentence.end))
    return frozenset(found)


def _people_only(doc: Doc) -> frozenset[str]:
    """Single words that the model takes for persons at least twice, and never for places or after "in"."""
    persons: Counter[str] = Counter()
    places: set[str] = set()
    for ent in doc.ents:
        if ent.label_ in ("GPE", "LOC", "FAC") or (ent.start and doc[ent.start - 1].lower_ in STRONG_LOCATIVE):
            places.update(t.text for t in ent)
        elif ent.label_ == "PERSON" and len(ent) == 1:
            persons[ent.text] += 1
    return frozenset(name for name, times in persons.items() if times > 1 and name not in places)


def label(start: int, end: int, about: Context) -> str:
    """The entity label that covers the run's first or last token, "" where none does."""
    return about.entity.get(start, (0, 0, ""))[2] or about.entity.get(end - 1, (0, 0, ""))[2]


def plausibility(doc: Doc, start: int, end: int, facts: NameFacts, about: Context) -> float:
    """Sum of what speaks for a place name in tokens ``start`` to ``end``; about 0.55 is even."""
    kind = label(start, end, about)
    if facts.demonym and (facts.top_kind == "demonym" or facts.importance < 0.6):
        return _people(doc, start, end, kind)
    score = 0.75 * facts.importance + 0.08 * (end - start - 1)
    score += _entity(doc, start, end, about)
    score += _before(doc, start, about) + _after(doc, start, end, about)
    if facts.abbreviation and facts.top_kind == "admin1" and doc[start:end].text in CODES_AND_WORDS:
        score -= 0.0 if start and doc[start - 1].text == "," else 0.9
    if end - start == 1:
        score += _single(doc[start], kind, about)
    if start in about.members:
        score += _MEMBER
    return score + (_DATELINE if _dateline(doc, start, end) else 0.0)


def _entity(doc: Doc, start: int, end: int, about: Context) -> float:
    begin, stop, kind = about.entity.get(start, (0, 0, ""))
    if not kind:
        return 0.0
    if kind == "PERSON" and stop - begin > end - start:
        if begin == start and _institution(doc, end, stop):
            return _LABEL["ORG"]
        if begin == start and all(doc[i].lower_ in SETTLEMENTS for i in range(end, stop)):
            return _LABEL["FAC"]
        return _WITHIN_PERSON
    worth = _LABEL.get(kind, _OTHER_LABEL)
    led = start > 0 and (doc[start - 1].lower_ in STRONG_LOCATIVE or doc[start - 1].lemma_.lower() in TAKEN)
    kind_follows = end < len(doc) and doc[end].lower_ in SETTLEMENTS
    return max(worth, _LED) if led or kind_follows or called(doc, start) else worth


def called(doc: Doc, start: int) -> bool:
    """True for a name that the words before it call a place: "the town of X", "in village X" of translated texts."""
    if start >= 2 and doc[start - 1].text == "-" and doc[start - 2].lower_ in NAME_ARTICLES:
        start -= 2
    if start < 2:
        return False
    before, kind = doc[start - 2].lower_, doc[start - 1].lower_
    return (kind in ("of", "called") and before in _OF_PLACES) or (kind in SETTLEMENTS and before in LOCATIVE)


def _institution(doc: Doc, start: int, end: int) -> bool:
    return any(doc[i].lower_ in INSTITUTIONS for i in range(start, end))


def _people(doc: Doc, start: int, end: int, kind: str) -> float:
    """Plausibility of a people's name: capitalised, not a person's name, not a language."""
    if kind in ("LANGUAGE", "WORK_OF_ART") or (kind == "PERSON" and doc[start].pos_ != "ADJ"):
        return 0.3
    return 0.8


def _before(doc: Doc, start: int, about: Context) -> float:
    if start == 0:
        return 0.0
    previous = doc[start - 1]
    if previous.lower_.rstrip(".") in TITLES and previous.text[0].isupper():
        return -0.5
    if called(doc, start):
        return _CALLED
    if previous.lower_ in STRONG_LOCATIVE or previous.lemma_.lower() in TAKEN:
        return 0.25
    if previous.lower_ in LOCATIVE:
        return 0.12
    if previous.lower_ in SIDES or previous.lower_ in ("downtown", "greater", "rural", "nearby"):
        return 0.15
    joined = previous.pos_ == "PROPN" and previous.text[0].isupper() and not previous.is_sent_start
    if not joined or not previous.text[-1].isalpha():
        return 0.0
    return _IN_HEADLINE if start in about.headlines else _JOINED_BEFORE


def _after(doc: Doc, start: int, end: int, about: Context) -> float:
    if end >= len(doc):
        return 0.0
    following = doc[end]
    if following.lower_ in SETTLEMENTS:
        return _KIND_FOLLOWS
    if following.lower_ in KIND_WORDS:
        return 0.25
    if following.lower_ in DISEASE:
        return -1.0
    if following.lower_ in INSTITUTIONS:
        return 0.2
    if following.text == "," and end + 1 < len(doc) and doc[end + 1].text[0].isupper():
        return 0.1
    if following.pos_ == "PROPN" and following.text[0].isupper() and not following.is_sent_start:
        weak = start in about.headlines or _institution(doc, end, min(len(doc), end + 4))
        return _IN_HEADLINE if weak else _JOINED
    return 0.0


def _single(token: Token, kind: str, about: Context) -> float:
    """What speaks against a single word: a person's surname or first name, another part of speech, a common word."""
    score = 0.0
    sure = kind in ("GPE", "LOC")
    if token.text in about.surnames:
        score -= 0.35 if sure else 0.6
    if token.text in about.people:
        score -= 0.2
    if token.text in about.first_names:
        score -= 0.2 if sure else 0.5
    if token.pos_ not in ("PROPN", "X") and kind not in ("GPE", "LOC", "NORP", "FAC") and not token.is_upper:
        score -= 0.3
    if token.lower_ in NAME_PARTS and _goes_on(token):
        score -= 0.9
    if token.lower_ in SIDES:
        score -= 1.5
    if token.lower_ in GENERIC and not (token.is_upper and len(token) < 4):
        score -= 0.3 if sure else 0.75
    return score


def _goes_on(token: Token) -> bool:
    """True where a capitalised word, with or without an article, follows: "Tall" in "Tall Tawil"."""
    doc, at = token.doc, token.i + 1
    while at < len(doc) and doc[at].lower_ in ("al", "el", "-", "as", "ash", "ez"):
        at += 1
    return at < len(doc) and doc[at].text[0].isupper() and not doc[at].is_sent_start


def _dateline(doc: Doc, start: int, end: int) -> bool:
    """True for capitals that open a sentence and are followed by a dash, colon, bracket or comma: "BEIRUT (AP) —"."""
    if not doc[start].is_upper or len(doc[start]) < 4 or end >= len(doc):
        return False
    opens = start == 0 or doc[start].is_sent_start or doc[start - 1].is_space or doc[start - 1].text in '.)!?"”’'
    return bool(opens) and doc[end].text in ("(", "-", "–", "—", "--", ":", ",", "_")


def _listed(doc: Doc) -> dict[int, str]:
    """Tokens in lists of divisions with their kind: "A, B and C counties", "the governorates of A and B"."""
    found: dict[int, str] = {}
    for token in doc:
        kind = PLURALS.get(token.lower_)
        if kind:
            found.update(dict.fromkeys(_run(doc, token.i, -1), kind))
            if token.i + 1 < len(doc) and doc[token.i + 1].lower_ == "of":
                found.update(dict.fromkeys(_run(doc, token.i + 1, 1), kind))
    return found


def _run(doc: Doc, at: int, step: int) -> set[int]:
    found = set()
    i = at + step
    while 0 <= i < len(doc) and abs(i - at) < 40:
        token = doc[i]
        if token.text[0].isupper():
            found.add(i)
        elif token.lower_ not in (",", "and", "-", "or", "the", "both", "’s", "'s", "al", "de", "st"):
            break
        i += step
    return found

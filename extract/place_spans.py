"""Token runs that may be place names, and how well the words around them bear that out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from extract.names import NameFacts, NameIndex

LONGEST = 7
"""Tokens of the longest name tried ("Democratic Republic of the Congo" has five, "Deir ez - Zor" four)."""


def words(text: str) -> frozenset[str]:
    """The words of a list that is written as one string."""
    return frozenset(text.split())


_INSIDE = words(
    "of the al el de la le les du des del di da do dos das der den ez es as ash ar az ad an at et en ul e i y wa ibn"
    " bin upon on sur sous am and - – ' ’ . / und a o"
)
_LOCATIVE = words(
    "in at from near to into towards toward around outside inside across through throughout between over off via"
    " leaving entering reach reached reaching visit visited visiting of against within along beyond"
)
_STRONG_LOCATIVE = words("in at from near outside inside across throughout towards toward into within")
_TITLES = words(
    "mr mrs ms miss dr sir lord lady president minister premier senator sen rep gov governor mayor general gen colonel"
    " col major maj captain capt lt lieutenant sgt sergeant judge justice professor prof king queen prince princess"
    " bishop archbishop rev reverend sheikh sheik imam ayatollah mullah chancellor secretary ambassador chief"
    " coach officer detective sheriff deputy commissioner chairman chairwoman spokesman spokeswoman director saint"
    " pope father brother sister uncle aunt actor actress singer author attorney congressman congresswoman councilman"
)
_KIND_WORDS = words(
    "province governorate district county city town village region state oblast camp airport airfield airbase island"
    " islands valley river mountain mountains lake peninsula strip parish township municipality prefecture crossing"
    " border neighborhood neighbourhood suburb countryside desert coast port bay borough emirate republic territory"
    " area dam refinery oilfield checkpoint axis front subdistrict"
)
_LABEL = {"GPE": 0.62, "LOC": 0.5, "FAC": 0.35, "NORP": -0.1, "ORG": -0.12, "PERSON": -0.55, "EVENT": -0.1, "LAW": -0.3}
_OTHER_LABEL = -0.35
NEEDED = 0.55
"""Least plausibility of a name read as a place, set on the development halves of four public corpora."""


@dataclass(frozen=True, slots=True)
class Run:
    """Tokens ``start`` to ``end`` (half-open) of a doc that bear a known name, with their plausibility as a place."""

    start: int
    end: int
    facts: NameFacts | None
    label: str
    plausibility: float


@dataclass(slots=True)
class Context:
    """What a doc says as a whole: the last words of its persons' names, the label of every token's entity."""

    surnames: frozenset[str] = frozenset()
    first_names: frozenset[str] = frozenset()
    entity: dict[int, tuple[int, int, str]] = field(default_factory=dict)


def context(doc: Doc) -> Context:
    """The doc's persons and entities, by token."""
    surnames: set[str] = set()
    first: set[str] = set()
    entity: dict[int, tuple[int, int, str]] = {}
    for ent in doc.ents:
        for i in range(ent.start, ent.end):
            entity[i] = (ent.start, ent.end, ent.label_)
        words = [t.text for t in ent if t.text[:1].isupper()]
        if ent.label_ == "PERSON" and len(words) > 1:
            surnames.add(words[-1])
            first.add(words[0])
    return Context(frozenset(surnames), frozenset(first), entity)


def runs(doc: Doc, index: NameIndex, about: Context) -> list[Run]:
    """The plausible known names of the doc, longest first where they overlap, in order of the text."""
    taken: list[Run] = []
    i = 0
    while i < len(doc):
        run = _at(doc, i, index, about) if opens(doc[i]) else None
        if run:
            taken.append(run)
            i = run.end
        else:
            i += 1
    return taken


def opens(token: Token) -> bool:
    """True where a name can begin with the token: an upper-case letter, or a letter of a script without case."""
    first = token.text[0]
    return first.isupper() or (first.isalpha() and not first.islower()) or _prefixed(token.text)


def _prefixed(text: str) -> bool:
    """True for "al-Shifa" and the like, written as one token that begins in lower case."""
    head, dash, tail = text.partition("-")
    return bool(dash) and head.lower() in _INSIDE and tail[:1].isupper()


def _at(doc: Doc, start: int, index: NameIndex, about: Context) -> Run | None:
    """The best run that begins at a token: the longest that is plausible."""
    for end in _ends(doc, start):
        phrase = doc[start:end].text
        facts = index.facts(phrase)
        if facts and _spelled(phrase, facts):
            score = plausibility(doc, start, end, facts, about)
            if score >= NEEDED:
                return Run(start, end, facts, _label(start, end, about), score)
    return None


def _ends(doc: Doc, start: int) -> Iterator[int]:
    """Possible ends of a name that begins at ``start``, the longest first."""
    ends = [start + 1]
    for i in range(start + 1, min(len(doc), start + LONGEST)):
        token = doc[i]
        if token.is_sent_start or token.is_space:
            break
        if opens(token) or token.text.isdigit():
            ends.append(i + 1)
        elif token.lower_ not in _INSIDE:
            break
    return reversed(ends)


def _spelled(phrase: str, facts: NameFacts) -> bool:
    """True where the letters' case fits: "US" and "U.S." but not "us"; "Ill." but not "Ill"."""
    letters = [c for c in phrase if c.isalpha()]
    if len(letters) <= 2:
        return (phrase.isupper() and (facts.abbreviation or facts.importance > 0.5)) or phrase.endswith(".")
    if facts.abbreviation:
        return phrase.endswith(".") or phrase.isupper()
    return True


def _label(start: int, end: int, about: Context) -> str:
    """The entity label that covers the run's first token, "" where none does."""
    return about.entity.get(start, (0, 0, ""))[2] or about.entity.get(end - 1, (0, 0, ""))[2]


def plausibility(doc: Doc, start: int, end: int, facts: NameFacts, about: Context) -> float:
    """Sum of what speaks for a place name; see NEEDED."""
    label = _label(start, end, about)
    score = 0.75 * facts.importance + 0.08 * (end - start - 1)
    score += _LABEL.get(label, _OTHER_LABEL) if label else 0.0
    if facts.demonym and facts.top_kind in ("demonym", "town") and facts.importance < 0.6:
        return _people(doc, start, end, label)
    score += _before(doc, start, about) + _after(doc, start, end, about)
    if end - start == 1:
        score += _single(doc[start], label, about)
    return score


def _people(doc: Doc, start: int, end: int, label: str) -> float:
    """Plausibility of a people's name: capitalised, not a person's name, not a language."""
    if label in ("PERSON", "LANGUAGE", "WORK_OF_ART") or doc[start:end].text.islower():
        return 0.3
    return 0.8


def _before(doc: Doc, start: int, about: Context) -> float:
    if start == 0:
        return 0.0
    previous = doc[start - 1]
    if previous.lower_.rstrip(".") in _TITLES and previous.text[0].isupper():
        return -0.5
    if previous.lower_ in _STRONG_LOCATIVE:
        return 0.25
    if previous.lower_ in _LOCATIVE:
        return 0.12
    joined = previous.pos_ == "PROPN" and previous.text[0].isupper() and not previous.is_sent_start
    return -0.3 if joined and previous.text[-1].isalpha() else 0.0


def _after(doc: Doc, start: int, end: int, about: Context) -> float:
    if end >= len(doc):
        return 0.0
    following = doc[end]
    if following.lower_ in _KIND_WORDS:
        return 0.25
    if following.text == "," and end + 1 < len(doc) and doc[end + 1].text[0].isupper():
        return 0.1
    if following.pos_ == "PROPN" and following.text[0].isupper():
        return -0.35
    return 0.0


def _single(token: Token, label: str, about: Context) -> float:
    """What speaks against a single word: a person's surname or first name, another part of speech, a lone initial."""
    score = 0.0
    if token.text in about.surnames and label not in ("GPE", "LOC"):
        score -= 0.6
    if token.text in about.first_names and label not in ("GPE", "LOC"):
        score -= 0.5
    if token.pos_ not in ("PROPN", "X") and label not in ("GPE", "LOC", "NORP", "FAC"):
        score -= 0.35
    if token.is_stop and not token.is_upper:
        score -= 0.5
    return score


def entity_runs(doc: Doc, taken: Sequence[Run]) -> list[Run]:
    """Places that only the model sees, without their article and trailing words, not overlapping those taken."""
    used = {i for run in taken for i in range(run.start, run.end)}
    found = []
    for ent in doc.ents:
        if ent.label_ not in ("GPE", "LOC", "FAC"):
            continue
        start, end = ent.start, ent.end
        while start < end and not opens(doc[start]):
            start += 1
        while end > start and (doc[end - 1].text in ("'s", "’s") or not doc[end - 1].text[0].isalnum()):
            end -= 1
        if start < end and not used & set(range(start, end)):
            found.append(Run(start, end, None, ent.label_, 0.5))
    return found

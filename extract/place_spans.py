"""Token runs of a text that are read as place names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from extract import place_relations
from extract.names import NameFacts, NameIndex
from extract.place_evidence import Context, label, plausibility
from extract.place_words import GENERIC, INSIDE, INSTITUTIONS, LOCATIVE, PREFIXED, SETTLEMENTS, SPAN_KINDS, TAILS, TAKEN

LONGEST = 7
"""Tokens of the longest name tried ("Democratic Republic of the Congo" has five, "Deir ez - Zor" four)."""
NEEDED = 0.42
"""Least plausibility of a name read as a place, set on the development halves of four public corpora."""
SURE = 0.85
"""A name as plausible as this somewhere in a text is more easily read as a place in the rest of it."""
_ELSEWHERE = 0.45
_CONTAINED = 0.35
_JOINED = 0.25
"""What standing beside a place in a list says for a name."""
_SITES = frozenset("embassy branch avenue boulevard plaza headquarters barracks monastery palace".split())
_SHORT_KINDS = frozenset(("country", "admin1", "region"))
_AT = frozenset(("at", "near", "outside", "in"))
_INNER = frozenset(("-", "al", "el", "de", "la", "os", "ad", "an"))
_LEADERS = frozenset(("of", "from", "to", "near", "the", "called", "named"))


@dataclass(frozen=True, slots=True)
class Run:
    """Tokens ``start`` to ``end`` (half-open) of a doc that name a place; ``facts`` None where it is in no index."""

    start: int
    end: int
    facts: NameFacts | None
    label: str
    plausibility: float


def runs(doc: Doc, index: NameIndex, about: Context) -> list[Run]:
    """The plausible known names of the doc, longest first where they overlap, in order of the text."""
    options = {i: found for i in range(len(doc)) if opens(doc[i]) and (found := _at(doc, i, index, about))}
    best: dict[str, float] = defaultdict(float)
    for found in options.values():
        for run in found:
            words = doc[run.start : run.end].text
            best[words] = max(best[words], run.plausibility)
    taken: list[Run] = []
    free = 0
    for start in sorted(options):
        more = _JOINED if taken and _listed(doc, taken[-1].end, start) else 0.0
        standing = [r for r in options[start] if _stands(doc, r, best, more)] if start >= free else []
        if standing:
            taken.append(_whole(doc, standing[0]))
            free = taken[-1].end
    return taken


def _stands(doc: Doc, run: Run, best: dict[str, float], more: float) -> bool:
    """True where the run is plausible by itself, beside a place in a list, or as plausible elsewhere in the text."""
    worth = run.plausibility + more
    if best[doc[run.start : run.end].text] >= SURE:
        worth += _ELSEWHERE
    return worth >= NEEDED


def _listed(doc: Doc, end: int, start: int) -> bool:
    """True where only a comma or "and" stands between two names."""
    between = [t.lower_ for t in doc[end:start]]
    return 0 < len(between) <= 2 and all(t in (",", "and", "or", "&", "/") for t in between)


def opens(token: Token) -> bool:
    """True where a name can begin with the token: an upper-case letter, or a letter of a script without case."""
    first = token.text[0]
    return first.isupper() or (first.isalpha() and not first.islower()) or _prefixed(token.text)


def _prefixed(text: str) -> bool:
    """True for "al-Shifa" and the like, written as one token that begins in lower case."""
    head, dash, tail = text.partition("-")
    return bool(dash) and head.lower() in INSIDE and tail[:1].isupper()


def _at(doc: Doc, start: int, index: NameIndex, about: Context) -> list[Run]:
    """The known names that begin at a token, the longest first."""
    if doc[start].lower_ == "the" or _names_kind(doc, start):
        return []
    found = []
    for end in _ends(doc, start):
        phrase = doc[start:end].text
        facts = index.facts(phrase)
        if facts and _spelled(phrase, facts):
            score = plausibility(doc, start, end, facts, about) + _contained(doc, end, index)
            found.append(Run(start, end, facts, label(start, end, about), score))
    return found


def _contained(doc: Doc, end: int, index: NameIndex) -> float:
    """What ", S.D." or ", Lebanon" after a name says for it."""
    if end + 1 >= len(doc) or doc[end].text != "," or not opens(doc[end + 1]):
        return 0.0
    facts = index.facts(doc[end + 1].text)
    above = facts is not None and facts.top_kind in ("admin1", "country") and _spelled(doc[end + 1].text, facts)
    return _CONTAINED if above else 0.0


def _names_kind(doc: Doc, start: int) -> bool:
    """True for "City" in "City of Norfolk", where the name is what follows."""
    if doc[start].lower_ not in PREFIXED or start + 2 >= len(doc):
        return False
    return doc[start + 1].lower_ == "of" and doc[start + 2].text[0].isupper()


def _ends(doc: Doc, start: int) -> Iterator[int]:
    """Possible ends of a name that begins at ``start``, the longest first."""
    ends = [start + 1]
    for i in range(start + 1, min(len(doc), start + LONGEST)):
        token = doc[i]
        if token.is_sent_start or token.is_space:
            break
        if opens(token) or token.text.isdigit() or _elided(token.text) or token.lower_ in TAILS:
            ends.append(i + 1)
        elif token.lower_ not in INSIDE:
            break
    return reversed(ends)


def _elided(text: str) -> bool:
    """True for "d'Ivoire" and the like."""
    return len(text) > 3 and text[1] in "'’" and text[2].isupper()


def _spelled(phrase: str, facts: NameFacts) -> bool:
    """True where the letters' case fits: "US" and "U.S." but not "us"; "Ill." but not "Ill"."""
    letters = [c for c in phrase if c.isalpha()]
    if len(letters) < (2 if phrase.isascii() else 1) or any(c in "$€£%@#*=<>" for c in phrase):
        return False
    if phrase.lower() in ("st.", "st", "mt.", "ft."):
        return False
    if len(letters) <= 2:
        return phrase.endswith(".") or (phrase.isupper() and (facts.abbreviation or facts.top_kind in _SHORT_KINDS))
    if facts.abbreviation:
        return phrase.endswith(".") or phrase.isupper() or "." in phrase
    return True


def _whole(doc: Doc, run: Run) -> Run:
    """The run with a capitalised kind that belongs to the name ("Tijuana River"), or the stop of an abbreviation."""
    end = run.end
    if run.facts and run.facts.demonym and not run.facts.count:
        return run
    more = end < len(doc) and ((doc[end].text in SPAN_KINDS and not doc[end].is_sent_start) or _needs_stop(doc, run))
    end += more
    return Run(run.start, end, run.facts, run.label, run.plausibility) if end != run.end else run


def _needs_stop(doc: Doc, run: Run) -> bool:
    """True for "W.Va" before its full stop that the tokeniser took for the sentence's."""
    last = doc[run.end - 1]
    joined = last.idx + len(last.text) == doc[run.end].idx
    return joined and doc[run.end].text == "." and run.facts is not None and run.facts.abbreviation and "." in last.text


def entity_runs(doc: Doc, text: str, taken: Sequence[Run]) -> list[Run]:
    """Places that only the model sees, without their article and trailing words, not overlapping those taken.

    ``text`` is that of the doc.
    """
    used = {i for run in taken for i in range(run.start, run.end)}
    found = []
    for ent in doc.ents:
        if ent.label_ not in ("GPE", "LOC", "FAC"):
            continue
        start, end = ent.start, ent.end
        while start < end and (not opens(doc[start]) or doc[start].lower_ == "the"):
            start += 1
        while end > start and (doc[end - 1].text in ("'s", "’s") or not doc[end - 1].text[0].isalnum()):
            end -= 1
        if start < end and not used & set(range(start, end)) and not _only_kinds(doc, start, end):
            found.append(Run(start, end, None, ent.label_, 0.5))
            used.update(range(start, end))
    found += _led_runs(doc, text, used)
    return found + _named_settlements(doc, used)


def _only_kinds(doc: Doc, start: int, end: int) -> bool:
    """True for words that tell a kind of place and name none ("Avenue", "the U.N. Embassy" without its country)."""
    return all(t.lower_ in GENERIC or t.lower_ in INSTITUTIONS or t.lower_ in _SITES for t in doc[start:end])


def _led_runs(doc: Doc, text: str, used: set[int]) -> list[Run]:
    """Unknown names after words that only go before a place ("12 km north of", "the village of")."""
    found = []
    for token in doc:
        if token.i in used or not token.i or not opens(token) or token.lower_ in GENERIC:
            continue
        led = doc[token.i - 1].lower_ in _LEADERS and place_relations.leads(text, token.idx)
        if led or _stands_at(token):
            end = token.i + 1
            while end < len(doc) and end not in used and _continues(doc, end):
                end += 1
            found.append(Run(token.i, end, None, "", 0.5))
    return found


def _stands_at(token: Token) -> bool:
    """True for a name after "at" or "near" that the model takes for no organisation ("stopped a bus at Ganthier,")."""
    if token.nbor(-1).lower_ not in _AT or token.pos_ != "PROPN" or token.ent_type_ not in ("", "PERSON"):
        return False
    after = token.nbor(1).text if token.i + 1 < len(token.doc) else "."
    return not token.is_upper and len(token) > 3 and (after in (",", ".", ";") or after in ("and", "on", "in"))


def _named_settlements(doc: Doc, used: set[int]) -> list[Run]:
    """Unknown names with the word for a settlement after them ("in al-Busaira town", "shelled Tal Jumaa village")."""
    found = []
    for token in doc:
        if token.lower_ not in SETTLEMENTS or token.i < 2 or token.i in used:
            continue
        start = token.i
        while start > 0 and start - 1 not in used and _part_of_name(doc[start - 1]):
            start -= 1
        while start < token.i and not (opens(doc[start]) or doc[start + 1].text == "-"):
            start += 1
        if start < token.i and _led_to(doc, start) and doc[start].lower_ not in GENERIC:
            found.append(Run(start, token.i, None, "", 0.5))
            used.update(range(start, token.i))
    return found


def _led_to(doc: Doc, start: int) -> bool:
    """True where a word that a place follows stands before the name or its article ("in the Chapinero district")."""
    before = start - 1
    if before > 0 and doc[before].lower_ == "the":
        before -= 1
    return before >= 0 and _leads_to_place(doc[before])


def _part_of_name(token: Token) -> bool:
    return opens(token) or (token.lower_ in _INNER and not token.is_sent_start)


def _leads_to_place(token: Token) -> bool:
    """True for words that a place follows: "in", "on", "shelled", "the vicinity of"."""
    return token.lower_ in LOCATIVE or token.lower_ in ("on", "of") or token.lemma_.lower() in TAKEN


def _continues(doc: Doc, at: int) -> bool:
    """True where the token belongs to a name that began before it."""
    if doc[at].is_sent_start:
        return False
    linked = doc[at].lower_ in _INNER and any(opens(doc[i]) for i in range(at + 1, min(at + 3, len(doc))))
    return (opens(doc[at]) and doc[at].pos_ == "PROPN") or linked

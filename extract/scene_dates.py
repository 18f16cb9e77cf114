"""When: the day that a sentence tells of its event, and whether that is history."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Sentence

from extract import genres
from extract.dates import DateMention
from extract.events import Event
from extract.material import Material, inside, token_at
from extract.syntax import SPEECH_VERBS

# Told as history where it lies further back than this before publication.
BACKGROUND_DAYS = 21
# A day that the model takes for that of the event, from this probability on, comes before others.
DATED = 0.5
# A dateline's day ends within so many characters of the report's beginning.
_DATELINE = 70
_DASH = re.compile(r"^(?:[ ,]*\d{2,4})?\s*(?:\([^)]{1,30}\)|\[[^\]]{1,40}\])?\s*(?:--|–|—|- )")
# Such a sentence stands at most so many after one that tells of the incident.
_REACH = 3
_HAPPENED = re.compile(
    r"\b(?:the|this|these|both|all)\s+(?:\w+\s+){0,3}?(?:attack|incident|raid|killing|murder|shooting|bombing|strike|"
    r"blast|explosion|clash|massacre|assault|ambush|kidnapping|abduction|shelling|event|fighting)\w*\b[^.;]{0,40}?\b"
    r"(?:took place|happened|occurred|came|(?:was|were) (?:carried out|staged|committed|launched))\b|"
    r"^\W*it (?:took place|happened|occurred)\b",
    re.I,
)
_HISTORY = re.compile(
    r"^\W*(?:in|since|during|between|from)\s+(?:the\s+)?(?:(?:early|late|mid)[- ])?(?:19|20)\d\d\b|"
    r"\bsince (?:the (?:start|beginning|outbreak)|(?:19|20)\d\d|\w+ (?:19|20)\d\d)\b",
    re.I,
)


_LASTING = re.compile(
    r"\b(?:has|have)(?: been)? \w+(?:ed|en|ing)\b[^.;]{0,60}\bfor (?:(?:more than|over|nearly|almost|about|at least) )?"
    r"(?:\w+ )?(?:weeks|months?|years?|decades?)\b",
    re.I,
)


def of_events(material: Material, sentence: Sentence, group: Sequence[Event]) -> DateMention | None:
    """The day told of the event: not the day on which somebody said it."""
    here = [d for d in material.dates if inside(d.span, sentence)]
    own = [d for d in here if not _of_speech(material.doc, d, group) and not _of_dateline(material.text, d)]
    if not own:
        return None
    anchors = [e.at for e in group]
    here_told = material.roles.get("date")

    def order(date: DateMention) -> tuple[bool, bool, int]:
        at = token_at(material.doc, date.span.start)
        last = token_at(material.doc, date.span.end - 1)
        other = here_told is not None and bool(here_told[at : last + 1].max() < DATED)
        return date.days is None, other, min(abs(at - a) for a in anchors)

    return min(own, key=order)


def _of_dateline(text: str, date: DateMention) -> bool:
    """True for the day that a dateline gives ("COLOMBO, Oct 9 - "): that of the writing, not of the event."""
    before, after = text[: date.span.start], text[date.span.end : date.span.end + 40]
    named = date.span.start <= _DATELINE and all(w[:1].isupper() or not w[:1].isalpha() for w in before.split())
    return named and bool(before.strip()) and bool(_DASH.match(after))


def told_apart(material: Material, sentences: AbstractSet[int]) -> list[DateMention]:
    """Days that a sentence of its own gives an incident told just before: "The raids took place on Monday"."""
    found = []
    for number, sentence in enumerate(material.sentences):
        follows = any(0 < number - told <= _REACH for told in sentences)
        if follows and number not in sentences and _HAPPENED.search(sentence.text):
            found += [d for d in material.dates if inside(d.span, sentence)]
    return found


def _of_speech(doc: Doc, date: DateMention, group: Sequence[Event]) -> bool:
    """True where a date hangs on a verb of saying that is not itself the event's verb."""
    token = doc[token_at(doc, date.span.start)]
    at = {e.at for e in group}
    for _ in range(12):
        if token.i in at:
            return False
        if token.pos_ in {"VERB", "AUX"}:
            lemma = token.lemma_.lower()
            return lemma in SPEECH_VERBS and (lemma not in {"claim", "charge"} or _quotes(token))
        if token.head.i == token.i:
            return False
        token = token.head
    return False


def _quotes(verb: Token) -> bool:
    """True where somebody claims or charges that something is so."""
    return any(c.dep_ in {"ccomp", "parataxis"} for c in verb.children) or verb.dep_ == "parataxis"


def is_background(material: Material, sentence: Sentence, date: DateMention | None) -> bool:
    """True where the sentence tells of what went on before: a day long past, a span of time, a remembrance."""
    lasting = _goes_on(date, material.published) or bool(_LASTING.search(sentence.text))
    old = _is_old(date, material.published)
    return lasting or old or bool(_HISTORY.search(sentence.text)) or _remembered(material, date)


def _goes_on(date: DateMention | None, published: dt.date | None) -> bool:
    """True for "since" a day some weeks ago; "since Monday" is news."""
    if date is None or date.kind != "since":
        return False
    return date.days is None or published is None or (published - date.days[0]).days > BACKGROUND_DAYS


def _remembered(material: Material, date: DateMention | None) -> bool:
    """True in a report of remembrance, unless the day told is recent."""
    recent = date is not None and date.days is not None and date.precision <= 2
    return not recent and genres.looks_back(material.text)


def _is_old(date: DateMention | None, published: dt.date | None) -> bool:
    if date is None or date.days is None or published is None:
        return False
    return (published - date.days[1]).days > BACKGROUND_DAYS

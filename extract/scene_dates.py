"""When: the day that a sentence tells of its event, and whether that is history."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from spacy.tokens import Doc
from spacy.tokens import Span as Sentence

from extract import genres
from extract.dates import DateMention
from extract.events import Event
from extract.material import Material, inside, token_at
from extract.syntax import SPEECH_VERBS

# Told as history where it lies further back than this before publication.
BACKGROUND_DAYS = 21
_HISTORY = re.compile(
    r"^\W*(?:in|since|during|between|from)\s+(?:the\s+)?(?:(?:early|late|mid)[- ])?(?:19|20)\d\d\b|"
    r"\bsince (?:the (?:start|beginning|outbreak)|(?:19|20)\d\d|\w+ (?:19|20)\d\d)\b",
    re.I,
)


def of_events(material: Material, sentence: Sentence, group: Sequence[Event]) -> DateMention | None:
    """The day told of the event: not the day on which somebody said it."""
    here = [d for d in material.dates if inside(d.span, sentence)]
    own = [d for d in here if not _of_speech(material.doc, d, group)]
    if not own:
        return None
    anchors = [e.at for e in group]
    return min(own, key=lambda d: (d.days is None, min(abs(token_at(material.doc, d.span.start) - a) for a in anchors)))


def _of_speech(doc: Doc, date: DateMention, group: Sequence[Event]) -> bool:
    """True where a date hangs on a verb of saying that is not itself the event's verb."""
    token = doc[token_at(doc, date.span.start)]
    at = {e.at for e in group}
    for _ in range(12):
        if token.i in at:
            return False
        if token.pos_ in {"VERB", "AUX"}:
            return token.lemma_.lower() in SPEECH_VERBS and token.lemma_.lower() not in {"claim", "charge"}
        if token.head.i == token.i:
            return False
        token = token.head
    return False


def is_background(material: Material, sentence: Sentence, date: DateMention | None) -> bool:
    """True where the sentence tells of what went on before: a day long past, a span of time, a remembrance."""
    lasting = date is not None and date.kind == "since"
    old = _is_old(date, material.published)
    return lasting or old or bool(_HISTORY.search(sentence.text)) or _remembered(material, date)


def _remembered(material: Material, date: DateMention | None) -> bool:
    """True in a report of remembrance, unless the day told is recent."""
    recent = date is not None and date.days is not None and date.precision <= 2
    return not recent and genres.looks_back(material.text)


def _is_old(date: DateMention | None, published: dt.date | None) -> bool:
    if date is None or date.days is None or published is None:
        return False
    return (published - date.days[1]).days > BACKGROUND_DAYS

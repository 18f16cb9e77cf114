"""When: date expressions of news prose -> ranges of days, relative to the day of publication.

Days are calendar days as the report counts them; nothing is converted between time zones.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from extract.calendar_days import Days
from extract.date_words import RULES, Kind
from extract.records import DateBasis, Span

_SINCE = re.compile(r"\bsince\s+(?:the\s+)?\Z", re.I)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date expression: ``days`` is None where it cannot be resolved (no publication date)."""

    span: Span
    text: str
    days: Days | None
    precision: int
    basis: DateBasis
    kind: Kind = "point"


def find(text: str, published: dt.date | None) -> tuple[DateMention, ...]:
    """All date expressions of the text, left to right, the longest where they overlap."""
    found: list[DateMention] = []
    taken: list[Span] = []
    for pattern, resolve in RULES:
        for match in pattern.finditer(text):
            span = Span(match.end() - len(match.group().lstrip()), match.end())
            words = span.of(text).rstrip()
            if any(span.overlaps(other) for other in taken):
                continue
            days, basis, kind = resolve(match, published)
            if days is None and basis == "stated":
                continue
            taken.append(span)
            since = _SINCE.search(text, max(0, span.start - 12), span.start) or words.lower().startswith("since")
            found.append(DateMention(span, words, days, precision(days), basis, "since" if since else kind))
    return tuple(sorted(found, key=lambda m: m.span))


def precision(days: Days | None) -> int:
    """UCDP ``date_prec`` of a range: 1 a day, 2 up to 6 days, 3 a week, 4 a month, 5 longer."""
    if days is None:
        return 5
    length = (days[1] - days[0]).days + 1
    return 1 if length == 1 else 2 if length <= 6 else 3 if length <= 8 else 4 if length <= 31 else 5

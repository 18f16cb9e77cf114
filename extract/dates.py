"""When: date expressions of news prose -> ranges of days, relative to the day of publication.

Days are calendar days as the report counts them; nothing is converted between time zones.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from extract.records import DateBasis, Span

Kind = Literal["point", "since", "until", "span"]
Days = tuple[dt.date, dt.date]

_MONTHS = {name.lower(): i for i, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): i for i, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_WEEKDAYS = {name.lower(): i for i, name in enumerate(calendar.day_name)}
_WEEKDAYS |= {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6}
_NUMBERS = {w: i for i, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())}
_NUMBERS |= {
    "a": 1,
    "an": 1,
    "several": 3,
    "few": 3,
    "couple": 2,
    "24": 24,
    "48": 48,
    "72": 72,
    "fifteen": 15,
    "twenty": 20,
}

_M = (
    r"(?P<month{0}>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_D = r"(?P<day{0}>3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?"
_Y = r"(?:,?\s+(?:of\s+)?(?P<year{0}>(?:19|20)\d\d|(?<=\w\s)\d\d(?=\s*(?:--|\()))\b)"
_W = r"(?P<weekday>Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?"
_PART = r"(?:\s+(?:morning|afternoon|evening|night|noon|midnight|dawn|at\s+dawn|at\s+noon))?"
_N = (
    r"(?P<n>\d{1,3}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|several|"
    r"(?:a\s+)?few|(?:a\s+)?couple(?:\s+of)?)"
)
_UNIT = r"(?P<unit>hour|day|week|month|year|decade)s?"


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date expression: ``days`` is None where it cannot be resolved (no publication date)."""

    span: Span
    text: str
    days: Days | None
    precision: int
    basis: DateBasis
    kind: Kind = "point"


_SINCE = re.compile(r"\bsince\s+(?:the\s+)?\Z", re.I)
_W_BEFORE = r"(?:\b(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,?\s+)?"

Resolver = Callable[[re.Match[str], dt.date | None], "tuple[Days | None, DateBasis, Kind]"]


def find(text: str, published: dt.date | None) -> tuple[DateMention, ...]:
    """All date expressions of the text, left to right, the longest where they overlap."""
    found: list[DateMention] = []
    taken: list[Span] = []
    for pattern, resolve in _RULES:
        for match in pattern.finditer(text):
            words = match.group().strip()
            span = Span(match.end() - len(match.group().lstrip()), match.end())
            if any(span.overlaps(other) for other in taken):
                continue
            days, basis, kind = resolve(match, published)
            taken.append(span)
            if days is None and basis == "stated":
                continue
            since = _SINCE.search(text, max(0, span.start - 12), span.start) or words.lower().startswith("since")
            found.append(DateMention(span, words, days, precision(days), basis, "since" if since else kind))
    return tuple(sorted(found, key=lambda m: m.span))


def precision(days: Days | None) -> int:
    """UCDP ``date_prec`` of a range: 1 a day, 2 up to 6 days, 3 a week, 4 a month, 5 longer."""
    if days is None:
        return 5
    length = (days[1] - days[0]).days + 1
    return 1 if length == 1 else 2 if length <= 6 else 3 if length <= 8 else 4 if length <= 31 else 5


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _year(text: str | None, month: int, day: int, published: dt.date | None) -> int | None:
    """The stated year, else the one that puts the day nearest before publication (or just after)."""
    if text:
        return int(text) if len(text) == 4 else 1900 + int(text) if int(text) > 40 else 2000 + int(text)
    if published is None:
        return None
    that = _day(published.year, month, min(day, 28))
    return published.year if that and that <= published + dt.timedelta(days=20) else published.year - 1


def _full(m: re.Match[str], published: dt.date | None) -> tuple[Days | None, DateBasis, Kind]:
    month, day = _MONTHS[m["month1"].lower()], int(m["day1"])
    year = _year(m["year1"], month, day, published)
    one = _day(year, month, day) if year else None
    return ((one, one) if one else None), "stated", "point"


def _day_range(m: re.Match[str], published: dt.date | None) -> tuple[Days | None, DateBasis, Kind]:
    month, first, last = _MONTHS[m["month1"].lower()], int(m["day1"]), int(m["day2"])
    year = _year(m["year1"], month, first, published)
    if not year or not (a := _day(year, month, first)) or not (b := _day(year, month, last)) or b < a:
        return None, "stated", "span"
    return (a, b), "stated", "span"


def _iso(m: re.Match[str], published: dt.date | None) -> tuple[Days | None, DateBasis, Kind]:
    one = _day(int(m["y"]), int(m["m"]), int(m["d"]))
    return ((one, one) if one else None), "stated", "point"


def _month_year(m: re.Match[str], published: dt.date | None) -> tuple[Days | None, DateBasis, Kind]:
    month = _MONTHS[m["month1"].lower()]
    year = _year(m["year1"], month, 1, published)
    if not year:
        return None, "stated", "span"
    return _whole_month(year, month), "stated", "span"


def _whole_month(year: int, month: int) -> Days:
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def _only_year(m: re.Match[str], published: dt.date | None) -> tuple[Days | None, DateBasis, Kind]:
    year = int(m["year1"])
    return (dt.date(year, 1, 1), dt.date(year, 12, 31)), "stated", "span"


def _weekday(m: re.Match[str], published: dt.date | None) -> tuple[Days | None, DateBasis, Kind]:
    if published is None:
        return None, "relative", "point"
    back = (published.weekday() - _WEEKDAYS[m["weekday"][:3].lower()]) % 7
    if (m["which"] or "").lower() in {"last", "previous"} and back == 0:
        back = 7
    if (m["which"] or "").lower() in {"next", "coming"}:
        back -= 7
    one = published - dt.timedelta(days=back)
    return (one, one), "relative", "point"


def _named(m: re.Match[str], published: dt.date | None) -> tuple[Days | None, DateBasis, Kind]:
    if published is None:
        return None, "relative", "point"
    first, last = _NAMED[" ".join(m.group().lower().split())]
    return (published + dt.timedelta(days=first), published + dt.timedelta(days=last)), "relative", "point"


def _ago(m: re.Match[str], published: dt.date | None) -> tuple[Days | None, DateBasis, Kind]:
    if published is None:
        return None, "relative", "point"
    n, unit = _count(m["n"]), m["unit"].lower()
    vague = m["n"].lower().split()[-1] in {"several", "few", "couple", "of"}
    if unit == "hour":
        return (published - dt.timedelta(days=n // 24 + (1 if n % 24 > 8 else 0)), published), "relative", "point"
    middle = _back(published, n, unit)
    slack = dt.timedelta(days={"day": 2 if vague else 0, "week": 4, "month": 16, "year": 183, "decade": 1000}[unit])
    return (middle - slack, min(middle + slack, published)), "relative", "point"


def _past(m: re.Match[str], published: dt.date | None) -> tuple[Days | None, DateBasis, Kind]:
    """ "Over the past two weeks": from then to publication."""
    if published is None:
        return None, "relative", "span"
    n, unit = _count(m["n"] or "one"), m["unit"].lower()
    start = published - dt.timedelta(days=max(1, n // 24)) if unit == "hour" else _back(published, n, unit)
    return (start, published), "relative", "span"


def _last(m: re.Match[str], published: dt.date | None) -> tuple[Days | None, DateBasis, Kind]:
    """ "Last week", "this month", "earlier this year"."""
    if published is None:
        return None, "relative", "span"
    which, unit = m["which"].lower(), m["unit"].lower()
    monday = published - dt.timedelta(days=published.weekday())
    if unit == "week":
        days = (
            (monday, published) if which == "this" else (monday - dt.timedelta(days=7), monday - dt.timedelta(days=1))
        )
    elif unit == "month":
        first = published.replace(day=1)
        before = first - dt.timedelta(days=1)
        days = (first, published) if which == "this" else _whole_month(before.year, before.month)
    else:
        year = published.year if which == "this" else published.year - 1
        days = (dt.date(year, 1, 1), min(published, dt.date(year, 12, 31)))
    return days, "relative", "span"


def _month_alone(m: re.Match[str], published: dt.date | None) -> tuple[Days | None, DateBasis, Kind]:
    if published is None:
        return None, "relative", "span"
    month = _MONTHS[m["month1"].lower()]
    year = published.year if month <= published.month else published.year - 1
    if (m["which"] or "").lower() == "last" and month == published.month:
        year -= 1
    first, last = _whole_month(year, month)
    return (first, min(last, published)), "stated", "span"


def _back(day: dt.date, n: int, unit: str) -> dt.date:
    """The day n units before."""
    if unit in {"day", "week"}:
        return day - dt.timedelta(days=n * (7 if unit == "week" else 1))
    months = n * {"month": 1, "year": 12, "decade": 120}[unit]
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(max(year, 1), month + 1, min(day.day, 28))


def _count(text: str) -> int:
    last = text.lower().split()
    word = "couple" if "couple" in last else "few" if "few" in last else last[-1]
    return int(word) if word.isdigit() else _NUMBERS.get(word, 1)


# Expression -> first and last day relative to publication.
_NAMED = {
    "today": (0, 0), "earlier today": (0, 0), "this morning": (0, 0), "this afternoon": (0, 0), "this evening": (0, 0),
    "tonight": (0, 0), "yesterday": (-1, -1), "yesterday morning": (-1, -1), "yesterday evening": (-1, -1),
    "yesterday afternoon": (-1, -1), "yesterday night": (-1, -1), "last night": (-1, -1), "last evening": (-1, -1),
    "overnight": (-1, 0), "the day before yesterday": (-2, -2), "the night before last": (-2, -2),
    "in recent days": (-6, 0), "recent days": (-6, 0), "in the past few days": (-6, 0), "in the last few days": (-6, 0),
    "over the weekend": (-7, 0), "at the weekend": (-7, 0), "this weekend": (-7, 0), "in recent hours": (-1, 0),
    "in the past few hours": (-1, 0), "in the last few hours": (-1, 0), "the past few hours": (-1, 0),
    "the last few hours": (-1, 0), "in recent weeks": (-30, 0), "recent weeks": (-30, 0), "tomorrow": (1, 1),
    "a few hours ago": (-1, 0), "moments ago": (0, 0), "a few minutes ago": (0, 0), "minutes ago": (0, 0),
    "the previous day": (-1, -1), "hours earlier": (-1, 0), "a day earlier": (-1, -1), "the day before": (-1, -1),
}  # fmt: skip

_NAMED_WORDS = "|".join(re.escape(k).replace(r"\ ", r"\s+") for k in sorted(_NAMED, key=len, reverse=True))
_TO = r"\s*(?:-|–|to|and|through)\s*"
_DAY1, _DAY2, _MONTH, _YEAR = _D.format(1), _D.format(2), _M.format(1), _Y.format(1)
_PATTERNS: list[tuple[str, Resolver]] = [
    (r"\b(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b", _iso),
    (rf"\b{_DAY1}{_TO}{_DAY2}\s+{_MONTH}{_YEAR}?\b", _day_range),
    (rf"\b{_MONTH}\s+{_DAY1}{_TO}{_DAY2}\b(?!\s*(?:people|civilians)){_YEAR}?", _day_range),
    (rf"{_W_BEFORE}\b{_DAY1}(?:\s+of)?\s+{_MONTH}{_YEAR}?(?=\W|$)", _full),
    (rf"{_W_BEFORE}\b{_MONTH}\s+(?:the\s+)?{_DAY1}\b(?!\s*(?:%|per)){_YEAR}?", _full),
    (rf"\b{_MONTH}{_YEAR}", _month_year),
    (rf"(?-i:\b(?P<which>last|this|next|previous|coming)?\s*\b{_W}\b{_PART})", _weekday),
    (rf"\b(?:{_NAMED_WORDS})\b", _named),
    (rf"\b{_N}\s+{_UNIT}\s+(?:ago|earlier|before|previously)\b", _ago),
    (
        rf"\b(?:over|during|in|for|within|throughout)?\s*the\s+(?:past|last|previous|preceding)\s+"
        rf"(?:{_N}\s+)?{_UNIT}\b",
        _past,
    ),
    (r"\b(?:earlier\s+|late\s+|early\s+)?(?P<which>last|this)\s+(?P<unit>week|month|year)\b", _last),
    (
        rf"(?-i:\b(?:(?:in|since|of|until|by|during)\s+(?P<which>last\s+|early\s+|late\s+|mid-)?|last\s+){_MONTH}(?=\W|$))",
        _month_alone,
    ),
    (
        r"\b(?:in|since|of|until|from|during)\s+(?:(?:early|late|mid)[ -])?(?P<year1>(?:19|20)\d\d)\b",
        _only_year,
    ),
]
_RULES = [(re.compile(pattern, re.I), resolve) for pattern, resolve in _PATTERNS]

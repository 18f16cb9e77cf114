"""The words of dates: patterns for days, months, weekdays and spans, and how each resolves.

A resolver gets the match and the day of publication and gives (first and last day or None, basis, kind).
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from typing import Literal

from extract.calendar_days import (
    Days,
    back,
    day,
    numeric,
    third_of_month,
    weekday_before,
    weekend_before,
    whole_month,
    year_of,
)
from extract.patterns import any_case
from extract.records import DateBasis

Kind = Literal["point", "since", "until", "span"]
Resolved = tuple[Days | None, DateBasis, Kind]
Resolver = Callable[[re.Match[str], dt.date | None], Resolved]

_MONTHS = {name.lower(): i for i, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): i for i, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_WEEKDAYS = {name[:3].lower(): i for i, name in enumerate(calendar.day_name)}
_NUMBERS = {w: i for i, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())}
_NUMBERS |= {"a": 1, "an": 1, "several": 3, "few": 3, "couple": 2, "fifteen": 15, "twenty": 20}
# Feasts on a fixed day.
_FEASTS = {"christmas eve": (12, 24), "christmas day": (12, 25), "new year's eve": (12, 31), "new year's day": (1, 1)}


def _full(m: re.Match[str], published: dt.date | None) -> Resolved:
    month, number = _MONTHS[m["month1"].lower()], int(m["day1"])
    year = year_of(m["year1"] or m["rel1"], month, number, published)
    one = day(year, month, number) if year else None
    return ((one, one) if one else None), "stated", "point"


def _day_range(m: re.Match[str], published: dt.date | None) -> Resolved:
    return _between(m, _MONTHS[m["month1"].lower()], _MONTHS[m["month1"].lower()], published)


def _month_range(m: re.Match[str], published: dt.date | None) -> Resolved:
    """ "From 28 May to 2 June"."""
    return _between(m, _MONTHS[m["month1"].lower()], _MONTHS[m["month2"].lower()], published)


def _between(m: re.Match[str], first: int, last: int, published: dt.date | None) -> Resolved:
    year = year_of(m["year2"], last, int(m["day2"]), published)
    a = day(year - (1 if first > last else 0), first, int(m["day1"])) if year else None
    b = day(year, last, int(m["day2"])) if year else None
    return ((a, b) if a and b and a <= b else None), "stated", "span"


def _iso(m: re.Match[str], published: dt.date | None) -> Resolved:
    one = day(int(m["y"]), int(m["m"]), int(m["d"]))
    return ((one, one) if one else None), "stated", "point"


def _numeric(m: re.Match[str], published: dt.date | None) -> Resolved:
    one = numeric(int(m["d"]), int(m["m"]), int(m["y"]), published)
    return ((one, one) if one else None), "stated", "point"


def _month_year(m: re.Match[str], published: dt.date | None) -> Resolved:
    month = _MONTHS[m["month1"].lower()]
    year = year_of(m["year1"] or m["rel1"], month, 1, published)
    return (third_of_month(year, month, _third(m)) if year else None), "stated", "span"


def _month_alone(m: re.Match[str], published: dt.date | None) -> Resolved:
    if published is None:
        return None, "relative", "span"
    month = _MONTHS[m["month1"].lower()]
    year = published.year if month <= published.month else published.year - 1
    if (m["which"] or "").lower() == "last" and month == published.month:
        year -= 1
    first, last = third_of_month(year, month, _third(m))
    return ((first, min(last, published)) if first <= published else None), "stated", "span"


def _third(m: re.Match[str]) -> str:
    return (m["third"] or "").lower()


def _only_year(m: re.Match[str], published: dt.date | None) -> Resolved:
    year = int(m["year1"])
    return (dt.date(year, 1, 1), dt.date(year, 12, 31)), "stated", "span"


def _feast(m: re.Match[str], published: dt.date | None) -> Resolved:
    month, number = _FEASTS[m.group().lower().replace("’", "'")]
    year = year_of(None, month, number, published)
    one = day(year, month, number) if year else None
    return ((one, one) if one else None), "stated", "point"


def _week_of(m: re.Match[str], published: dt.date | None) -> Resolved:
    days, basis, _ = _full(m, published)
    return ((days[0], days[0] + dt.timedelta(days=6)) if days else None), basis, "span"


def _weekday(m: re.Match[str], published: dt.date | None) -> Resolved:
    if published is None:
        return None, "relative", "point"
    one = weekday_before(_WEEKDAYS[m["weekday1"][:3].lower()], published)
    which = (m["which"] or "").lower()
    if (which in {"last", "previous"} and one == published) or which in {"next", "coming"}:
        one += dt.timedelta(days=7 if which in {"next", "coming"} else -7)
    return (one, one), "relative", "point"


def _weekdays(m: re.Match[str], published: dt.date | None) -> Resolved:
    """ "From Monday to Wednesday", "on Saturday and Sunday": the days up to the later one."""
    first, last = (_WEEKDAYS[m[f"weekday{i}"][:3].lower()] for i in (1, 2))
    if m["to"].lower() == "and" and not m["between"] and (last - first) % 7 != 1:
        return None, "stated", "span"
    if published is None:
        return None, "relative", "span"
    end = weekday_before(last, published)
    return (weekday_before(first, end), end), "relative", "span"


def _day_of_month(m: re.Match[str], published: dt.date | None) -> Resolved:
    """ "The 17th of this month"."""
    if published is None:
        return None, "relative", "point"
    month = published if m["which"].lower() == "this" else published.replace(day=1) - dt.timedelta(days=1)
    one = day(month.year, month.month, int(m["day1"]))
    return ((one, one) if one else None), "relative", "point"


def _weekend(m: re.Match[str], published: dt.date | None) -> Resolved:
    return (weekend_before(published) if published else None), "relative", "span"


def _named(m: re.Match[str], published: dt.date | None) -> Resolved:
    if published is None:
        return None, "relative", "point"
    first, last = _NAMED[" ".join(m.group().lower().split())]
    return (published + dt.timedelta(days=first), published + dt.timedelta(days=last)), "relative", "point"


def _ago(m: re.Match[str], published: dt.date | None) -> Resolved:
    if published is None:
        return None, "relative", "point"
    n, unit = _count(m["n"]), m["unit"].lower()
    vague = m["n"].lower().split()[-1] in {"several", "few", "couple", "of"}
    if unit == "hour":
        return (published - dt.timedelta(days=n // 24 + (1 if n % 24 > 8 else 0)), published), "relative", "point"
    middle = back(published, n, unit)
    slack = dt.timedelta(days={"day": 2 if vague else 0, "week": 4, "month": 16, "year": 183, "decade": 1000}[unit])
    return (middle - slack, min(middle + slack, published)), "relative", "point"


def _half_year(m: re.Match[str], published: dt.date | None) -> Resolved:
    """ "Half a year ago": the month that lies six months back, and those beside it."""
    if published is None:
        return None, "relative", "point"
    first, last = back(published, 7, "month"), back(published, 5, "month")
    return (whole_month(first.year, first.month)[0], whole_month(last.year, last.month)[1]), "relative", "point"


def _past(m: re.Match[str], published: dt.date | None) -> Resolved:
    """ "Over the past two weeks": from then to publication."""
    if published is None:
        return None, "relative", "span"
    n, unit = _count(m["n"] or "one"), m["unit"].lower()
    start = published - dt.timedelta(days=max(1, n // 24)) if unit == "hour" else back(published, n, unit)
    return (start, published), "relative", "span"


def _last(m: re.Match[str], published: dt.date | None) -> Resolved:
    """ "Last week", "this month", "earlier this year"."""
    if published is None:
        return None, "relative", "span"
    this, unit = m["which"].lower() == "this", m["unit"].lower()
    monday = published - dt.timedelta(days=published.weekday())
    first = {"week": monday, "month": published.replace(day=1), "year": published.replace(month=1, day=1)}[unit]
    if this:
        return (first, published), "relative", "span"
    end = first - dt.timedelta(days=1)
    start = {"week": first - dt.timedelta(days=7), "month": end.replace(day=1), "year": end.replace(month=1, day=1)}
    return (start[unit], end), "relative", "span"


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
    "in recent hours": (-1, 0), "in the past few hours": (-1, 0), "in the last few hours": (-1, 0),
    "the past few hours": (-1, 0), "the last few hours": (-1, 0), "in recent weeks": (-30, 0),
    "recent weeks": (-30, 0), "tomorrow": (1, 1), "a few hours ago": (-1, 0), "moments ago": (0, 0),
    "a few minutes ago": (0, 0), "minutes ago": (0, 0), "the previous day": (-1, -1), "hours earlier": (-1, 0),
    "a day earlier": (-1, -1), "the day before": (-1, -1),
}  # fmt: skip

_NAMED_WORDS = "|".join(re.escape(k).replace(r"\ ", r"\s+") for k in sorted(_NAMED, key=len, reverse=True))
_M = (
    r"(?P<month{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_D = r"(?P<day{0}>3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?"
_Y = (
    r"(?:,?\s+(?:of\s+)?(?:(?P<year{0}>(?:19|20)\d\d|(?<=\w\s)\d\d(?=\s*(?:--|\()))\b|"
    r"(?:of\s+)?(?P<rel{0}>last|this)\s+year\b))"
)
# Short names of weekdays are words of their own in small letters ("sat", "sun").
_W = r"(?P<weekday{0}>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?-i:(?:Mon|Tues?|Wed|Thur?s?|Fri|Sat|Sun)\b))"
_W_BEFORE = r"(?:\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?"
_PART = r"(?:\s+(?:morning|afternoon|evening|night|noon|midnight|dawn|at\s+dawn|at\s+noon))?"
_N = (
    r"(?P<n>\d{1,3}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|several|"
    r"(?:a\s+)?few|(?:a\s+)?couple(?:\s+of)?)"
)
_UNIT = r"(?P<unit>hour|day|week|month|year|decade)s?"
_TO = r"\s*(?:-|–|to|and|through|till|until)\s*"
_THIRD = r"(?:(?:the\s+)?(?P<third>early|mid|late|beginning|start|middle|end)(?:\s+of|-|\s+in)?[\s-]*)"
_WHICH = r"(?:(?P<which>last|this(?:\s+past)?|next|previous|coming)\s+)"
# A month without a day is one only with a capital: "may" and "march" are words.
_MONTH_NAME = "(?-i:(?=[A-Z]))" + _M.format(1)
_DAY1, _DAY2, _MONTH, _YEAR = _D.format(1), _D.format(2), _M.format(1), _Y.format(1)
_MONTH2, _YEAR2, _WEEKDAY1, _WEEKDAY2 = _M.format(2), _Y.format(2), _W.format(1), _W.format(2)
_PATTERNS: list[tuple[str, Resolver]] = [
    (r"\b(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b", _iso),
    (r"(?<![\d.,/-])(?P<d>\d{1,2})(?P<s>[./-])(?P<m>\d{1,2})(?P=s)(?P<y>(?:19|20)\d\d)(?![\d/-])", _numeric),
    (rf"\b{_DAY1}\s+{_MONTH}(?:\s+\d{{4}})?{_TO}{_DAY2}\s+{_MONTH2}{_YEAR2}?(?=\W|$)", _month_range),
    (rf"\b{_MONTH}\s+{_DAY1}{_TO}{_MONTH2}\s+{_DAY2}{_YEAR2}?(?=\W|$)", _month_range),
    (rf"\bweek\s+of\s+{_DAY1}\s+{_MONTH}{_YEAR}?(?=\W|$)", _week_of),
    (rf"\bweek\s+of\s+{_MONTH}\s+{_DAY1}{_YEAR}?(?=\W|$)", _week_of),
    (rf"\b{_DAY1}{_TO}{_DAY2}\s+{_MONTH}{_YEAR2}?(?=\W|$)", _day_range),
    (rf"\b{_MONTH}\s+{_DAY1}{_TO}{_DAY2}\b(?!\s*(?:people|civilians)){_YEAR2}?", _day_range),
    (rf"{_W_BEFORE}\b{_DAY1}(?:\s+of)?\s+{_MONTH}{_YEAR}?(?=\W|$)", _full),
    (rf"{_W_BEFORE}\b{_MONTH}\s+(?:the\s+)?{_DAY1}\b(?!\s*(?:%|per)){_YEAR}?", _full),
    (rf"\b{_THIRD}?\b{_MONTH}{_YEAR}", _month_year),
    (r"\b(?:christmas (?:eve|day)|new year['’]s (?:eve|day))\b", _feast),
    (rf"\bthe\s+{_DAY1}\s+of\s+(?P<which>this|last)\s+month\b", _day_of_month),
    (
        rf"\b(?:overnight\s+)?(?:(?P<between>between|from)\s+)?\b{_WEEKDAY1}{_PART}\s*"
        rf"(?P<to>-|–|to|and|through|till|until)\s*\b{_WEEKDAY2}{_PART}\b",
        _weekdays,
    ),
    (rf"\b{_WHICH}?\b{_WEEKDAY1}\b{_PART}", _weekday),
    (r"\b(?:(?:over|at|during|on|in)\s+)?(?:the|this|last|this\s+past)\s+(?:past\s+)?weekend\b", _weekend),
    (rf"\b(?:{_NAMED_WORDS})\b", _named),
    (r"\bhalf\s+a\s+year\s+(?:ago|earlier|before)\b", _half_year),
    (rf"\b{_N}\s+{_UNIT}\s+(?:ago|earlier|before|previously)\b", _ago),
    (
        rf"\b(?:over|during|in|for|within|throughout)?\s*the\s+(?:past|last|previous|preceding)\s+"
        rf"(?:{_N}\s+)?{_UNIT}\b",
        _past,
    ),
    (r"\b(?:earlier\s+|late\s+|early\s+)?(?P<which>last|this)\s+(?P<unit>week|month|year)\b", _last),
    (
        rf"\b(?:(?:in|since|of|until|by|during|at)\s+(?:(?P<which>last)\s+|{_THIRD})?|last\s+){_MONTH_NAME}(?=\W|$)",
        _month_alone,
    ),
    (
        r"\b(?:in|since|of|until|from|during)\s+(?:(?:early|late|mid)[ -])?(?P<year1>(?:19|20)\d\d)\b",
        _only_year,
    ),
]
# Those that tell capitals apart must see them.
RULES = [
    (re.compile(pattern, re.I) if "(?-i:" in pattern else any_case(pattern), resolve) for pattern, resolve in _PATTERNS
]

"""Days of the calendar, reckoned from the day of publication: pure arithmetic, no words."""

from __future__ import annotations

import calendar
import datetime as dt

Days = tuple[dt.date, dt.date]

# A day without a year is the last one before publication, or one as many days ahead ("the talks open on 20 June").
_AHEAD = dt.timedelta(days=20)
_SATURDAY = 5


def day(year: int, month: int, number: int) -> dt.date | None:
    """The day, None where the calendar has no such day."""
    try:
        return dt.date(year, month, number)
    except ValueError:
        return None


def year_of(text: str | None, month: int, number: int, published: dt.date | None) -> int | None:
    """The stated year, else the one that puts the day nearest before publication (or just after)."""
    if text and text.isdigit():
        return int(text) if len(text) == 4 else 1900 + int(text) if int(text) > 40 else 2000 + int(text)
    if published is None:
        return None
    if text:
        return published.year - (1 if text.lower() == "last" else 0)
    that = day(published.year, month, min(number, 28))
    return published.year if that and that <= published + _AHEAD else published.year - 1


def whole_month(year: int, month: int) -> Days:
    """First and last day of a month."""
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def third_of_month(year: int, month: int, which: str) -> Days:
    """The first, middle or last ten days or so of a month ("early", "mid", "late"); other words: the whole month."""
    first, last = whole_month(year, month)
    if which in {"early", "start", "beginning"}:
        return first, first.replace(day=10)
    if which in {"mid", "middle"}:
        return first.replace(day=11), first.replace(day=20)
    if which in {"late", "end"}:
        return first.replace(day=21), last
    return first, last


def back(start: dt.date, n: int, unit: str) -> dt.date:
    """The day n units ("day", "week", "month", "year", "decade") before."""
    if unit in {"day", "week"}:
        return start - dt.timedelta(days=n * (7 if unit == "week" else 1))
    months = n * {"month": 1, "year": 12, "decade": 120}[unit]
    year, month = divmod(start.year * 12 + start.month - 1 - months, 12)
    return dt.date(max(year, 1), month + 1, min(start.day, 28))


def weekday_before(weekday: int, published: dt.date) -> dt.date:
    """The last day of that name (Monday is 0), the day of publication included."""
    return published - dt.timedelta(days=(published.weekday() - weekday) % 7)


def weekend_before(published: dt.date) -> Days:
    """The last Saturday and Sunday begun by the day of publication."""
    saturday = weekday_before(_SATURDAY, published)
    return saturday, min(saturday + dt.timedelta(days=1), published)


def numeric(first: int, second: int, year: int, published: dt.date | None) -> dt.date | None:
    """The day of "4/3/2021": the day stands first, but where the words or the day of publication speak against it."""
    readings = [d for d in (day(year, second, first), day(year, first, second)) if d is not None]
    if len(readings) == 2 and readings[0] != readings[1] and published is None:
        return None
    told = [d for d in readings if published is None or d <= published]
    return told[0] if told else None

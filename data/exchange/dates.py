"""The order in which a file writes its dates, decided by all of them together, and the dates read by it.

``03/04/2016`` is two days, and a wrong guess is never seen. So a numeric date is read only where the file's dates
leave one order, or where the caller names it; ISO dates and dates with the month in letters are read as they stand.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from extract.errors import InputError
from extract.read import fields

Order = Literal["day-first", "month-first"]
ORDERS: tuple[Order, ...] = ("day-first", "month-first")

_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ].*)?", re.ASCII | re.DOTALL)
_NUMERIC = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?:[T ,].*)?", re.ASCII | re.DOTALL)
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})\.?,?[ -](\d{4})", re.ASCII | re.I)
_MONTH_DAY = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", re.ASCII | re.I)
_MONTHS = "january february march april may june july august september october november december".split()


@dataclass(frozen=True, slots=True)
class _Seen:
    """A date as it was first seen."""

    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.text!a} (line {self.line})"


class Dates:
    """What a file's dates look like: ``note`` each of them first, then ``read`` any of them."""

    def __init__(self, stated: Order | None = None) -> None:
        self._stated = stated
        self._plain: _Seen | None = None
        self._first: dict[Order, _Seen] = {}

    def note(self, line: int, text: str) -> None:
        """Remember what the date tells about the file's order."""
        text = text.strip()
        if numeric := _NUMERIC.fullmatch(text):
            order = _only_order(int(numeric[1]), int(numeric[3]))
            if order:
                self._first.setdefault(order, _Seen(line, text))
        elif self._plain is None and _written_out(text):
            self._plain = _Seen(line, text)

    def read(self, text: str) -> dt.date:
        """The day; raises InputError where it is no date, or one that the file leaves open."""
        text = text.strip()
        if written := _written_out(text):
            return _day(text, *written)
        if numeric := _NUMERIC.fullmatch(text):
            a, b, year = int(numeric[1]), int(numeric[3]), int(numeric[4])
            month, day = (b, a) if self._order(text, a, b) == "day-first" else (a, b)
            return _day(text, year, month, day)
        raise InputError(f"{ascii(text)[:40]} is not a date such as 2016-09-17")

    def _order(self, text: str, a: int, b: int) -> Order:
        if self._stated:
            return self._stated
        if self._plain:
            raise InputError(
                f"{text!a} is in another order than {self._plain}: the file mixes ways of writing dates; write them "
                "all like 2016-09-17, or name the order with --dates"
            )
        if len(self._first) > 1:
            first, second = self._first.values()
            raise InputError(
                f"{text!a}: the file has day-first and month-first dates, {first} and {second}; write them all like "
                "2016-09-17, or name the order with --dates"
            )
        if self._first or a == b:
            return next(iter(self._first), "day-first")
        raise InputError(
            f"{text!a} may be day-first or month-first, and no date of the file tells which; name the order with "
            "--dates"
        )


def _only_order(a: int, b: int) -> Order | None:
    """The order that a numeric date proves, None where it could be either (or neither)."""
    if a > 12 >= b:
        return "day-first"
    return "month-first" if b > 12 >= a else None


def _written_out(text: str) -> tuple[int, int, int] | None:
    """Year, month and day of a date that stands year first or names its month."""
    if found := _YEAR_FIRST.fullmatch(text):
        return int(found[1]), int(found[3]), int(found[4])
    day_first, month_first = _DAY_MONTH.fullmatch(text), _MONTH_DAY.fullmatch(text)
    if day_first:
        day, name, year = day_first.groups()
    elif month_first:
        name, day, year = month_first.groups()
    else:
        return None
    months = [n for n, month in enumerate(_MONTHS, 1) if month.startswith(name.lower()) and len(name) >= 3]
    return (int(year), months[0], int(day)) if months else None


def _day(text: str, year: int, month: int, day: int) -> dt.date:
    try:
        return fields.day(f"{year:04}-{month:02}-{day:02}")
    except InputError as error:
        raise InputError(f"{text!a}: {error}") from error

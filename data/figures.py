"""Counts and tolls of what an answer shows, by kind, party, province or time; a toll is always a range.

A value's line says what choosing that value in its filter would leave, so that figures, filters and map agree. An
event that names two parties stands in the lines of both: lines do not add up to the total, and are not meant to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from data.held import role_bits
from data.overview import Answer
from data.question import joined, names_of
from data.rowarrays import NO_DAY, UNKNOWN, Array

Side = Literal["type", "country", "province"]
Step = Literal["day", "week", "month", "year"]
COLUMNS: Mapping[Side, str] = {"type": "event_type", "country": "country", "province": "province"}
UNITS: Mapping[Step, str] = {"day": "D", "week": "W", "month": "M", "year": "Y"}
# Weeks of numpy begin on Thursdays, as the first of January 1970 was one; shifted by so many days, on Mondays.
_SHIFT = {"W": 3}
_NONE = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Toll:
    """How many, over all that is counted: the sums of each one's lowest and highest figure.

    ``told`` have a figure; of these ``unbounded`` have one that is only a least number ("at least 62"), so that
    ``high`` may be more.
    """

    low: int = 0
    high: int = 0
    told: int = 0
    unbounded: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """How many events (or incidents) have a value ("" = it is not known), and their tolls."""

    value: str
    count: int
    killed: Toll
    wounded: Toll


@dataclass(frozen=True, slots=True)
class Course:
    """A line for every step of time, the empty ones too; ``value`` is its first day, as ISO 8601.

    ``loose`` are counted in the step in which they may have begun, though their possible days reach beyond it;
    ``undated`` are in none.
    """

    lines: Sequence[Line]
    loose: int = 0
    undated: int = 0


def total(answer: Answer) -> Line:
    """All that is shown."""
    rows = fitting(answer)
    return next(iter(_lines(answer, rows, np.zeros(len(rows), np.int64), [""])), Line("", 0, Toll(), Toll()))


def by(answer: Answer, side: Side) -> Sequence[Line]:
    """A line for every value, the commonest first and what is not known last."""
    rows, column = fitting(answer), COLUMNS[side]
    found = _lines(answer, rows, answer.held.codes(column)[rows], names_of(answer.held, column))
    return sorted(found, key=lambda line: (not line.value, -line.count, line.value))


def parties(answer: Answer, role: str) -> Sequence[Line]:
    """A line for every party that reports name in a role, the commonest first; what belongs to it counts with it."""
    held, parties = answer.held, answer.held.parties
    fits = _mask(answer)[parties.row] & (parties.roles & role_bits(role) != 0) if len(parties.row) else parties.row > 0
    found = _lines(answer, parties.row[fits], parties.party[fits], parties.names)
    named = set(held.rows.names.get("party", ()))
    return sorted((line for line in found if line.value in named), key=lambda line: (-line.count, line.value))


def course(answer: Answer, step: Step = "week") -> Course:
    """Counts and tolls by the first possible day of each event, as its leading incident gives it."""
    rows = fitting(answer)
    first = _first_days(answer, rows)
    dated = first != NO_DAY
    if not dated.any():
        return Course((), undated=len(answer))
    unit, shift = UNITS[step], np.timedelta64(_SHIFT.get(UNITS[step], 0), "D")
    steps = _steps(first[dated], unit)
    edges = np.arange(steps.min(), steps.max() + 1).astype(f"datetime64[{unit}]").astype("datetime64[D]") - shift
    days = [str(day) for day in edges]
    known = {line.value: line for line in _lines(answer, rows[dated], steps - steps.min(), days)}
    shown = answer.rows
    starts, ends = answer.held.rows.start[shown], answer.held.rows.end[shown]
    own = starts != NO_DAY
    loose = _steps(starts[own], unit) != _steps(ends[own], unit)
    lines = [known.get(day) or Line(day, 0, Toll(), Toll()) for day in days]
    return Course(lines, int(np.count_nonzero(loose)), int(np.count_nonzero(~own)))


def _steps(days: Array, unit: str) -> Array:
    shifted = days.astype("datetime64[D]") + np.timedelta64(_SHIFT.get(unit, 0), "D")
    found: Array = shifted.astype(f"datetime64[{unit}]").astype(np.int64)
    return found


def _mask(answer: Answer) -> Array:
    return joined(answer.held, answer.masks)


def fitting(answer: Answer) -> Array:
    """The rows of all incidents that fit, also of those that an event's lead stands for."""
    return np.flatnonzero(_mask(answer))


def _first_days(answer: Answer, rows: Array) -> Array:
    """The first possible day of what stands for each row."""
    held = answer.held
    found: Array = held.rows.start[rows if answer.ask.every or held.single else held.leads[held.group[rows]]]
    return found


def _lines(answer: Answer, rows: Array, codes: Array, names: Sequence[str]) -> list[Line]:
    """A line for every code (an index into ``names``, -1 = not known): what is counted are its events."""
    if not len(rows):
        return []
    held, many = answer.held, len(names) + 1
    unit = rows if answer.ask.every or held.single else held.group[rows]
    pairs = unit.astype(np.int64) * many + codes.astype(np.int64) + 1
    order = np.argsort(pairs, kind="stable")
    pairs = pairs[order]
    starts = np.flatnonzero(np.diff(pairs, prepend=-1))
    value = pairs[starts] % many
    counts = np.bincount(value, minlength=many)
    tolls = [_tolls(answer, rows[order], starts, value, many, what) for what in ("killed", "wounded")]
    return [
        Line(names[code - 1] if code else "", int(counts[code]), tolls[0][code], tolls[1][code])
        for code in np.flatnonzero(counts).tolist()
    ]


def _tolls(answer: Answer, rows: Array, starts: Array, value: Array, many: int, what: str) -> list[Toll]:
    """The toll of every value; of each pair of event and value the incidents begin at ``starts`` of ``rows``."""
    least, most, open_ = _each(answer, rows, starts, what)
    told = most != UNKNOWN
    sums = [
        np.bincount(value[told], weights=part, minlength=many).astype(np.int64).tolist()
        for part in (least[told], most[told], np.ones(int(told.sum())), open_[told])
    ]
    return [Toll(*one) for one in zip(*sums, strict=True)]


def _each(answer: Answer, rows: Array, starts: Array, what: str) -> tuple[Array, Array, Array]:
    """Lowest and highest figure (-1 = none) of the incidents that begin at each start, and whether one is open."""
    held = answer.held.rows
    low, upper = (getattr(held, f"{what}_{end}")[rows].astype(np.int64) for end in ("low", "high"))
    least = np.minimum.reduceat(np.where(low == UNKNOWN, _NONE, low), starts)
    most = np.maximum.reduceat(np.maximum(low, upper), starts)
    # "At least 62": nobody says how many it may have been at most.
    open_ = np.maximum.reduceat((low != UNKNOWN) & (upper == UNKNOWN), starts)
    return np.where(least == _NONE, 0, least), most, open_


@dataclass(frozen=True, slots=True)
class Grave:
    """An event by its toll: ``row`` is the place in ``Held.rows`` of what stands for it."""

    row: int
    killed: Toll
    wounded: Toll


def gravest(answer: Answer, many: int = 10) -> Sequence[Grave]:
    """The events with the highest figures of killed, then of wounded; those without any figure are not among them."""
    rows = fitting(answer)
    if not len(rows):
        return []
    held = answer.held
    alone = answer.ask.every or held.single
    unit = rows if alone else held.group[rows]
    order = np.argsort(unit, kind="stable")
    starts = np.flatnonzero(np.diff(unit[order], prepend=-1))
    killed, wounded = (_each(answer, rows[order], starts, what) for what in ("killed", "wounded"))
    leads = unit[order][starts] if alone else held.leads[unit[order][starts]]
    worst = np.lexsort((leads, -wounded[1], -killed[0], -killed[1]))[:many]
    return [
        Grave(int(leads[one]), _single(killed, one), _single(wounded, one))
        for one in worst.tolist()
        if max(killed[1][one], wounded[1][one]) > 0
    ]


def _single(each: tuple[Array, Array, Array], one: int) -> Toll:
    least, most, open_ = (int(part[one]) for part in each)
    return Toll() if most == UNKNOWN else Toll(least, most, 1, open_)

"""Two periods under the same other filters, set side by side: what each counts, and by how much they differ."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from data import figures
from data.figures import Line, Toll
from data.overview import Answer, Ask, Overview

Days = tuple[dt.date, dt.date]
NOTHING = Line("", 0, Toll(), Toll())


@dataclass(frozen=True, slots=True)
class Pair:
    """One value in the earlier and in the later period."""

    value: str
    first: Line
    second: Line


@dataclass(frozen=True, slots=True)
class Periods:
    """Both answers; ``shared`` are counted in both, since their possible days reach into both."""

    first: Answer
    second: Answer
    shared: int

    @property
    def total(self) -> Pair:
        """All that each shows."""
        return Pair("", figures.total(self.first), figures.total(self.second))

    def by(self, side: figures.Side) -> Sequence[Pair]:
        """A pair for every value that either has, the commonest in both together first."""
        return _pairs(figures.by(self.first, side), figures.by(self.second, side))

    def parties(self, role: str) -> Sequence[Pair]:
        """A pair for every party that either names in the role."""
        return _pairs(figures.parties(self.first, role), figures.parties(self.second, role))


def before(days: Days) -> Days:
    """As many days as these, just before them."""
    first, last = days
    end = first - dt.timedelta(days=1)
    return end - (last - first), end


def compare(overview: Overview, ask: Ask, first: Days, second: Days) -> Periods:
    """The answers to the same question for two periods (first and last day, both within)."""
    found = [overview.answer(replace(ask, date_from=since, date_to=until)) for since, until in (first, second)]
    return Periods(found[0], found[1], len(np.intersect1d(found[0].rows, found[1].rows)))


def change(first: Toll, second: Toll) -> tuple[int, int] | None:
    """The least and the greatest that the toll can have grown by; None where a figure of either has no upper end."""
    if first.unbounded or second.unbounded:
        return None
    return second.low - first.high, second.high - first.low


def _pairs(first: Sequence[Line], second: Sequence[Line]) -> list[Pair]:
    left, right = ({line.value: line for line in lines} for lines in (first, second))
    found = [Pair(value, left.get(value, NOTHING), right.get(value, NOTHING)) for value in {**left, **right}]
    return sorted(found, key=lambda one: (not one.value, -(one.first.count + one.second.count), one.value))

"""Who is worth comparing: each incident is filed under keys and seeks others under keys, near it in place and time.

Two incidents meet where one is filed under what the other seeks, and that holds in both directions or in neither. The
number of keys of an incident does not grow with the store, so that a day's reports cost the same in every year.

An incident of unknown place, or of a time known to the month at best, is filed apart: it meets those that tell the same
figure, those that lack the same, and copies of its own report. It never meets all that a place or a day holds.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from data.alike import COARSE, COUNTRY, LATE_DAYS, TOWN_KM
from data.sketch import Sketch, When, Where

CELL_DEGREES = 1.0
LONGEST_DAYS = 10
"""More possible days than this are filed as no day at all."""
TELLING_TOLL = 5
"""Figure from which on a toll with a day, or with a place, is worth a comparison by itself."""
BANDS, BAND = 16, 4
"""Copies share a band of BAND hashes with 96 % at a resemblance of 0.65, and 99.9 % at 0.8."""

Key = tuple[str | int, ...]


def filed(one: Sketch) -> frozenset[Key]:
    """The keys under which the incident is found."""
    days = list(_days(one.when, 0))
    return frozenset(
        (
            *_filed_by_day(one.where, days),
            *_filed_by_name(one, days),
            *_filed_by_toll(one, days),
            *_filed_apart(one, days),
            *_bands(one, days),
        )
    )


def sought(one: Sketch) -> frozenset[Key]:
    """The keys under which the incident looks for others."""
    days = list(_days(one.when, LATE_DAYS))
    return frozenset(
        (
            *_sought_by_day(one.where, days),
            *_sought_by_name(one, days),
            *_sought_by_toll(one, days),
            *_sought_apart(one, days),
            *_bands(one, days),
        )
    )


def _days(when: When | None, more: int) -> Iterator[int]:
    """The possible days as ordinals; none where there are too many."""
    if when is not None and (when.last - when.first).days < LONGEST_DAYS:
        yield from range(when.first.toordinal() - more, when.last.toordinal() + more + 1)


def _fine(where: Where) -> bool:
    return where.precision < COARSE and where.radius_km <= TOWN_KM


def _filed_by_day(where: Where | None, days: list[int]) -> Iterator[Key]:
    for kind, area in _areas(where):
        for day in days:
            yield kind, *area, day


def _areas(where: Where | None) -> Iterator[tuple[str, Key]]:
    """What an incident is filed under by place: its cell, province and country, as far as they are known."""
    if where is None:
        return
    country, province = where.country or "", where.admin1 or ""
    if where.precision >= COUNTRY or not (province or _fine(where)):
        yield "only country", (country,)
        return
    yield "country", (country,)
    if _fine(where):
        yield "cell", _cell(where)
        yield "province", (country, province)
    else:
        yield "only province", (country, province)


def _sought_by_day(where: Where | None, days: list[int]) -> Iterator[Key]:
    for day in days:
        for kind, area in _wanted_areas(where):
            yield kind, *area, day


def _wanted_areas(where: Where | None) -> Iterator[tuple[str, Key]]:
    if where is None:
        return
    country, province = where.country or "", where.admin1 or ""
    yield "only country", (country,)
    if where.precision >= COUNTRY or not (province or _fine(where)):
        yield "country", (country,)
        return
    yield "only province", (country, province)
    if _fine(where):
        yield from (("cell", cell) for cell in _cells_around(where))
    else:
        yield "province", (country, province)


def _filed_by_name(one: Sketch, days: list[int]) -> Iterator[Key]:
    """By the places that are named beside its own, for those that happened there."""
    for place in one.named:
        yield from (("named", *_cell(place), day) for day in days)


def _sought_by_name(one: Sketch, days: list[int]) -> Iterator[Key]:
    for day in days:
        if one.where is not None and _fine(one.where):
            yield from (("named", *cell, day) for cell in _cells_around(one.where))
        for place in one.named:
            yield from (("cell", *cell, day) for cell in _cells_around(place))


def _filed_by_toll(one: Sketch, days: list[int]) -> Iterator[Key]:
    """By the day and a telling toll, for those without a place; by the cell and a toll, for those without a day."""
    for outcome, figure in _figures(one):
        if figure >= TELLING_TOLL:
            yield from (("toll", outcome, figure, day, int(one.where is None)) for day in days)
        if figure >= TELLING_TOLL and one.where is not None and _fine(one.where):
            yield "cell toll", *_cell(one.where), outcome, figure, int(not days)


def _sought_by_toll(one: Sketch, days: list[int]) -> Iterator[Key]:
    for outcome, figure in _figures(one):
        for other in (0, 1) if figure >= TELLING_TOLL else ():
            if one.where is None or other:
                yield from (("toll", outcome, figure, day, other) for day in days)
            if one.where is not None and _fine(one.where) and (not days or other):
                yield from (("cell toll", *cell, outcome, figure, other) for cell in _cells_around(one.where))


def _figures(one: Sketch) -> Iterator[tuple[str, int]]:
    for outcome, figures in (("killed", one.killed), ("wounded", one.wounded)):
        yield from ((outcome, end) for end in {end for ends in figures for end in ends if end is not None})


def _filed_apart(one: Sketch, days: list[int]) -> Iterator[Key]:
    if not days and one.where is not None and _fine(one.where):
        yield "undated", *_cell(one.where)


def _sought_apart(one: Sketch, days: list[int]) -> Iterator[Key]:
    if not days and one.where is not None and _fine(one.where):
        yield from (("undated", *cell) for cell in _cells_around(one.where))


def _bands(one: Sketch, days: list[int]) -> Iterator[Key]:
    if one.prints is not None and (one.where is None or not days):
        for start in range(0, BANDS * BAND, BAND):
            yield "band", start, *one.prints.least[start : start + BAND]


def _cell(where: Where) -> tuple[int, int]:
    return math.floor(where.lat / CELL_DEGREES), math.floor(where.lon / CELL_DEGREES)


def _cells_around(where: Where) -> Iterable[tuple[int, int]]:
    """The cell and its eight neighbours; those over the date line are on the other side of it."""
    row, column = _cell(where)
    columns = round(360 / CELL_DEGREES)
    for north in (-1, 0, 1):
        for east in (-1, 0, 1):
            yield row + north, (column + east + columns // 2) % columns - columns // 2

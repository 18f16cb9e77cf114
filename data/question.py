"""What can be asked, and which incidents fit: one mask of booleans over ``Held`` a filter that is set."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Literal

import numpy as np

from data import area
from data.held import Held, Parties, role_bits
from data.records import DRAWN
from data.rowarrays import NO_DAY, UNKNOWN, Array, day_number

Role = Literal["either", "perpetrator", "target", "blamed", "claimant"]
NOT_REVIEWED = "none"
REJECTED = "rejected"
Masks = dict[str, Array]


@dataclass(frozen=True, slots=True)
class Ask:
    """Which incidents to show; an empty tuple, None or "" leaves that side open.

    ``parties`` are ids, any of which, or of what belongs to them, plays ``role``; ``against`` are those that it is
    done to (or by, where ``role`` is target). Days are inclusive and an incident fits where its first-to-last possible
    day overlaps them. ``toll`` is the least and most killed. ``provinces`` are "SY/Idlib". ``reviewed`` takes "none"
    for what nobody looked at. ``words`` must all stand in the report. ``as_of`` asks for what was held by the end of
    that day (UTC). ``area`` is ``area.Area.text``. ``every`` shows each report's incidents, else each event is shown
    once, by the incident that leads it, where any of its incidents fits.
    """

    parties: tuple[str, ...] = ()
    role: Role = "either"
    against: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    date_from: dt.date | None = None
    date_to: dt.date | None = None
    toll_least: int | None = None
    toll_most: int | None = None
    civilians: bool = False
    statuses: tuple[str, ...] = DRAWN
    background: bool = False
    grades: tuple[str, ...] = ()
    precisions: tuple[int, ...] = ()
    publishers: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    reviewed: tuple[str, ...] = ()
    words: str = ""
    area: str = ""
    as_of: dt.date | None = None
    every: bool = False

    def changed(self) -> tuple[str, ...]:
        """The names of the fields that are not as they start."""
        return tuple(one.name for one in fields(self) if getattr(self, one.name) != one.default)


EVERYTHING = Ask(statuses=(), background=True, every=True)


def masks(held: Held, ask: Ask, reports: Array | None) -> Masks:
    """Filter -> which rows fit it, for those that are set; ``reports`` are the hashes of reports with the words."""
    rows, found = held.rows, Masks()
    for name, (column, wanted) in _coded(ask).items():
        if wanted:
            found[name] = np.isin(held.codes(column), _codes(held, column, wanted))
    if ask.precisions:
        found["precisions"] = np.isin(rows.precision, ask.precisions)
    if not ask.background:
        found["background"] = ~rows.background
    if ask.civilians:
        found["civilians"] = np.asarray(rows.civilians)
    found |= _parties(held, ask) | _days(held, ask) | _tolls(held, ask) | _reviewed(held, ask)
    if drawn := area.parse(ask.area):
        found["area"] = drawn.holds(rows.lat, rows.lon)
    if reports is not None:
        known, places = held.reports
        found["words"] = np.isin(known, reports, assume_unique=True)[places]
    return found


def joined(held: Held, found: Mapping[str, Array], *, without: Sequence[str] = ()) -> Array:
    """The rows that fit all filters but those named."""
    whole = np.ones(len(held), np.bool_)
    for name, mask in found.items():
        if name not in without:
            whole &= mask
    return whole


def _coded(ask: Ask) -> dict[str, tuple[str, tuple[str, ...]]]:
    return {
        "types": ("event_type", ask.types),
        "statuses": ("status", ask.statuses),
        "countries": ("country", ask.countries),
        "provinces": ("province", ask.provinces),
        "publishers": ("publisher", ask.publishers),
        "grades": ("grade", ask.grades),
    }


def names_of(held: Held, column: str) -> Sequence[str]:
    """The texts of a column of codes."""
    return held.grade_names if column == "grade" else held.rows.names.get(column, ())


def _codes(held: Held, column: str, wanted: Sequence[str]) -> list[int]:
    known = {name: n for n, name in enumerate(names_of(held, column))}
    # A value that no incident has fits none: -2 is no row's code.
    return [known.get(one, -2) for one in wanted]


def _parties(held: Held, ask: Ask) -> Masks:
    if not ask.against:
        return {"parties": _of_parties(held, ask.parties, role_bits(ask.role))} if ask.parties else {}
    by, whom = ("target", "perpetrator") if ask.role == "target" else ("perpetrator", "target")
    found = {"against": _of_parties(held, ask.against, role_bits(whom))}
    return found | ({"parties": _of_parties(held, ask.parties, role_bits(by))} if ask.parties else {})


def _of_parties(held: Held, ids: Sequence[str], bits: int) -> Array:
    found = np.zeros(len(held), np.bool_)
    parties = held.parties
    for one in _party_codes(parties, ids):
        own = slice(parties.starts[one], parties.starts[one + 1])
        found[parties.row[own][parties.roles[own] & bits != 0]] = True
    return found


def _party_codes(parties: Parties, ids: Sequence[str]) -> list[int]:
    return [parties.names.index(one) for one in ids if one in parties.names]


def _days(held: Held, ask: Ask) -> Masks:
    if not ask.date_from and not ask.date_to:
        return {}
    fits = held.rows.start != NO_DAY
    if ask.date_from:
        fits &= held.rows.end >= day_number(ask.date_from)
    if ask.date_to:
        fits &= held.rows.start <= day_number(ask.date_to)
    return {"days": fits}


def _tolls(held: Held, ask: Ask) -> Masks:
    if ask.toll_least is None and ask.toll_most is None:
        return {}
    low, high = held.rows.killed_low, held.rows.killed_high
    fits = (low != UNKNOWN) | (high != UNKNOWN)
    if ask.toll_least is not None:
        fits &= np.maximum(low, high) >= ask.toll_least
    if ask.toll_most is not None:
        fits &= np.where(low == UNKNOWN, high, low) <= ask.toll_most
    return {"toll": fits}


def _reviewed(held: Held, ask: Ask) -> Masks:
    """What a reviewer rejected is left out unless it is asked for, or everything is."""
    names = list(names_of(held, "reviewed"))
    if ask.reviewed:
        wanted = [UNKNOWN if one == NOT_REVIEWED else names.index(one) if one in names else -2 for one in ask.reviewed]
        return {"reviewed": np.isin(held.rows.reviewed, wanted)}
    if REJECTED not in names or ask == replace(EVERYTHING, as_of=ask.as_of):
        return {}
    return {"reviewed": held.rows.reviewed != names.index(REJECTED)}

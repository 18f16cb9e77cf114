"""The incidents that the store held at one moment, made ready for questions: events, parties with all above them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from data.rowarrays import ARRAYS, OPEN, PARTY_ARRAYS, PARTY_LABEL, ROLES, UNKNOWN, Array, Rows

COUNTRY_ONLY = 6
MERCATOR_LIMIT = 85.0511


@dataclass(frozen=True, slots=True)
class Parties:
    """Who is in which incident: one entry a party, or one above it, and row; sorted by party.

    ``starts[p]:starts[p + 1]`` are the entries of party p of ``names``. Bit r of ``roles`` is set for role r.
    ``unit`` numbers the pairs of party and event, ``unit_party`` is the party of each such pair. ``labels`` has what
    reports call each.
    """

    names: list[str]
    labels: Mapping[str, str]
    row: Array
    roles: Array
    party: Array
    starts: Array
    unit: Array
    unit_party: Array


class Held:
    """``rows`` that held at a moment.

    ``group`` numbers the events (an incident in none is one by itself), ``leads`` is the row that stands for each,
    ``x`` and ``y`` are Web Mercator, 0 to 1 from the north-western corner. ``placed`` is true for what can be drawn: it
    has a place finer than a country.
    """

    def __init__(self, rows: Rows, ancestors: Mapping[str, frozenset[str]], grades: Mapping[int, str]) -> None:
        self.rows = rows
        self.group, self.leads = _groups(rows)
        self.single = len(self.leads) == len(rows)
        self.x = (rows.lon + 180.0) / 360.0
        phi = np.radians(np.clip(rows.lat, -MERCATOR_LIMIT, MERCATOR_LIMIT))
        self.y = (1.0 - np.arcsinh(np.tan(phi)) / np.pi) / 2.0
        self.placed = ~np.isnan(rows.lat) & (rows.precision != COUNTRY_ONLY)
        self.grade_names = sorted(set(grades.values()))
        self.grade = _graded(rows, grades, self.grade_names)
        self._ancestors = ancestors
        self._units: dict[str, tuple[Array, Array]] = {}

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def reports(self) -> tuple[Array, Array]:
        """The sorted hashes of the reports, and every row's place among them."""
        known, places = np.unique(self.rows.report, return_inverse=True)
        return known, places.astype(np.int32)

    def holds(self, reports: Array) -> bool:
        """True where any of these reports (hashes) has an incident that is held."""
        known = self.reports[0]
        places = np.minimum(np.searchsorted(known, reports), len(known) - 1)
        return bool(len(known)) and bool((known[places] == reports).any())

    @cached_property
    def rank(self) -> Array:
        """Every row's place when the latest stand first, undated ones last."""
        found = np.empty(len(self), np.int32)
        found[np.argsort(-self.rows.start.astype(np.int64), kind="stable")] = np.arange(len(self), dtype=np.int32)
        return found

    @cached_property
    def parties(self) -> Parties:
        """Who is in which incident, with all that each party belongs to."""
        return _parties(self, self._ancestors)

    def codes(self, column: str) -> Array:
        """A column of codes, -1 = unknown."""
        found: Array = self.grade if column == "grade" else getattr(self.rows, column)
        return found

    def units(self, column: str) -> tuple[Array, Array]:
        """The number of every row's pair of event and value, and the value of each such pair; kept once made."""
        if column not in self._units:
            pairs = self.group.astype(np.int64) * 65_536 * 64 + (self.codes(column).astype(np.int64) + 1)
            found, places = np.unique(pairs, return_inverse=True)
            values = (found % (65_536 * 64) - 1).astype(np.int32)
            self._units[column] = places.astype(np.int32), values
        return self._units[column]


def at(rows: Rows, moment: int | None) -> Rows:
    """The rows that held at a moment (microseconds of 1970), or hold now; the very same where all do."""
    now = rows.known_until == OPEN
    keep = now if moment is None else (rows.known_from <= moment) & (rows.known_until > moment)
    if keep.all():
        return rows
    place = np.cumsum(keep, dtype=np.int32) - 1
    of_kept = keep[rows.party_row]
    arrays = {name: getattr(rows, name)[keep] for name in ARRAYS if name not in PARTY_ARRAYS}
    arrays |= {name: getattr(rows, name)[of_kept] for name in PARTY_ARRAYS}
    arrays["party_row"] = place[arrays["party_row"]]
    return Rows(**arrays, names=rows.names)


def _groups(rows: Rows) -> tuple[Array, Array]:
    """Every row's event number, and the row that leads each event: the one marked so, else its first."""
    alone = rows.event == 0
    events, places = np.unique(rows.event[~alone], return_inverse=True)
    group = np.empty(len(rows), np.int32)
    group[~alone] = places
    group[alone] = np.arange(len(events), len(events) + int(alone.sum()))
    leads = np.full(len(events) + int(alone.sum()), UNKNOWN, np.int32)
    backwards = np.arange(len(rows), dtype=np.int32)[::-1]
    leads[group[backwards]] = backwards
    marked = backwards[rows.lead[backwards]]
    leads[group[marked]] = marked
    return group, leads


def _graded(rows: Rows, grades: Mapping[int, str], names: list[str]) -> Array:
    if not grades:
        return np.full(len(rows), UNKNOWN, np.int8)
    known = np.array(sorted(grades), np.int64)
    codes = np.array([names.index(grades[int(one)]) for one in known], np.int8)
    at_ = np.minimum(np.searchsorted(known, rows.event), len(known) - 1)
    return np.where(known[at_] == rows.event, codes[at_], UNKNOWN).astype(np.int8)


def _parties(held: Held, ancestors: Mapping[str, frozenset[str]]) -> Parties:
    rows = held.rows
    names = list(rows.names.get("party", ()))
    codes = {name: n for n, name in enumerate(names)}
    above: list[list[int]] = []
    for name in rows.names.get("party", ()):
        known = [codes.setdefault(one, len(codes)) for one in sorted(ancestors.get(name, ()))]
        above.append([codes[name], *known])
    names = list(codes)
    counts = np.array([len(one) for one in above] or [0], np.int32)
    flat = np.array([code for one in above for code in one] or [0], np.int32)
    firsts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    # Every entry once for the party itself and once for each above it.
    times = counts[rows.party] if len(rows.party) else np.zeros(0, np.int32)
    entry = np.repeat(np.arange(len(rows.party)), times)
    step = np.arange(len(entry)) - np.repeat(np.cumsum(times) - times, times)
    party = flat[firsts[rows.party[entry]] + step] if len(entry) else np.zeros(0, np.int32)
    return _merged(held, names, party, rows.party_row[entry], rows.party_role[entry])


def _merged(held: Held, names: list[str], party: Array, row: Array, role: Array) -> Parties:
    """The entries sorted by party and row, those of one party and row made one."""
    pairs = party.astype(np.int64) * max(1, len(held)) + row
    order = np.argsort(pairs, kind="stable")
    pairs = pairs[order]
    first = np.flatnonzero(np.diff(pairs, prepend=-1))
    bits = np.left_shift(1, role[order].astype(np.uint8)).astype(np.uint8)
    roles = np.bitwise_or.reduceat(bits, first) if len(first) else bits
    party, row = party[order][first], row[order][first]
    starts = np.searchsorted(party, np.arange(len(names) + 1))
    unit, unit_party = _party_units(held, party, row)
    called = held.rows.names
    labels = dict(zip(called.get("party", ()), called.get(PARTY_LABEL, ()), strict=False))
    return Parties(names, labels, row.astype(np.int32), roles, party.astype(np.int32), starts, unit, unit_party)


def _party_units(held: Held, party: Array, row: Array) -> tuple[Array, Array]:
    if held.single:
        return np.arange(len(party), dtype=np.int32), party.astype(np.int32)
    many = max(1, len(held.leads))
    found, places = np.unique(party.astype(np.int64) * many + held.group[row], return_inverse=True)
    return places.astype(np.int32), (found // many).astype(np.int32)


def role_bits(role: str) -> int:
    """The bits of ``Parties.roles`` that a role filter takes; any but a claimant's for ``either``."""
    return 1 << ROLES.index(role) if role in ROLES else (1 << ROLES.index("claimant")) - 1

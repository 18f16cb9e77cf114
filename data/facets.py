"""How many would remain: for every value of every filter, the events (or incidents) that choosing it would leave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from data.held import Held, role_bits
from data.question import NOT_REVIEWED, Ask, Masks, joined, names_of
from data.rowarrays import UNKNOWN, Array

COLUMNS: Mapping[str, str] = {
    "types": "event_type",
    "statuses": "status",
    "grades": "grade",
    "precisions": "precision",
    "publishers": "publisher",
    "countries": "country",
    "provinces": "province",
    "reviewed": "reviewed",
}


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a filter and how many it would leave, were it the only one chosen there."""

    value: str
    count: int


Facets = Mapping[str, Sequence[Value]]


def facets(held: Held, ask: Ask, found: Masks) -> Facets:
    """Filter -> its values, the commonest first; ``civilians`` and ``background`` have one value, "yes"."""
    whole = joined(held, found)
    counted = {name: _column(held, ask, column, _others(held, found, name, whole)) for name, column in COLUMNS.items()}
    counted["parties"] = _parties(held, ask, _others(held, found, "parties", whole), _role(ask))
    if ask.parties:
        whom = role_bits("perpetrator" if ask.role == "target" else "target")
        counted["against"] = _parties(held, ask, _others(held, found, "against", whole), whom)
    for name, column in (("civilians", held.rows.civilians), ("background", held.rows.background)):
        counted[name] = [Value("yes", count(held, ask, _others(held, found, name, whole) & column))]
    return counted


def count(held: Held, ask: Ask, mask: Array) -> int:
    """How many are shown of the rows under a mask."""
    if ask.every or held.single:
        return int(np.count_nonzero(mask))
    hit = np.zeros(len(held.leads), np.bool_)
    hit[held.group[mask]] = True
    return int(np.count_nonzero(hit))


def _others(held: Held, found: Masks, name: str, whole: Array) -> Array:
    return joined(held, found, without=(name,)) if name in found else whole


def _role(ask: Ask) -> int:
    if not ask.against:
        return role_bits(ask.role)
    return role_bits("target" if ask.role == "target" else "perpetrator")


def _column(held: Held, ask: Ask, column: str, mask: Array) -> list[Value]:
    codes = held.codes(column)
    if ask.every or held.single:
        numbers = np.bincount(codes[mask].astype(np.int64) + 1)
    else:
        unit, values = held.units(column)
        hit = np.zeros(len(values), np.bool_)
        hit[unit[mask]] = True
        numbers = np.bincount(values[hit] + 1)
    return _values(numbers, column, names_of(held, column))


def _values(numbers: Array, column: str, names: Sequence[str]) -> list[Value]:
    """The counts by code + 1 as values; those that are not known only where that can be asked for."""
    found = []
    for code in np.argsort(-numbers, kind="stable"):
        number = int(numbers[code])
        if not number:
            break
        name = str(code - 1) if column == "precision" else names[code - 1] if code else NOT_REVIEWED
        if int(code) - 1 != UNKNOWN or column == "reviewed":
            found.append(Value(name, number))
    return found


def _parties(held: Held, ask: Ask, mask: Array, bits: int) -> list[Value]:
    parties = held.parties
    if not len(parties.row):
        return []
    fits = mask[parties.row] & (parties.roles & bits != 0)
    if ask.every or held.single:
        numbers = np.bincount(parties.party[fits], minlength=len(parties.names))
    else:
        hit = np.zeros(len(parties.unit_party), np.bool_)
        hit[parties.unit[fits]] = True
        numbers = np.bincount(parties.unit_party[hit], minlength=len(parties.names))
    order = np.argsort(-numbers, kind="stable")
    return [Value(parties.names[p], int(numbers[p])) for p in order[: int(np.count_nonzero(numbers))]]

"""Who against whom: the commonest perpetrators by the commonest targets, and how many are shown of each pair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from data.facets import count
from data.held import role_bits
from data.overview import Answer
from data.question import joined
from data.rowarrays import Array

MOST = 8


@dataclass(frozen=True, slots=True)
class Matrix:
    """``counts[i][j]`` incidents or events by ``by[i]`` against ``against[j]``, party ids."""

    by: Sequence[str]
    against: Sequence[str]
    counts: Sequence[Sequence[int]]


def matrix(answer: Answer, *, most: int = MOST) -> Matrix:
    """The matrix under all filters but those by party; only parties that reports name themselves stand in it."""
    held, ask = answer.held, answer.ask
    mask = joined(held, answer.masks, without=("parties", "against"))
    by, against = _commonest(answer, mask, "perpetrator", most), _commonest(answer, mask, "target", most)
    columns = [_rows(answer, mask, one, "target") for one in against]
    counts = [[count(held, ask, rows & column) for column in columns] for rows in _each(answer, mask, by)]
    names = held.parties.names
    return Matrix([names[p] for p in by], [names[p] for p in against], counts)


def _each(answer: Answer, mask: Array, parties: Sequence[int]) -> list[Array]:
    return [_rows(answer, mask, one, "perpetrator") for one in parties]


def _commonest(answer: Answer, mask: Array, role: str, most: int) -> list[int]:
    parties = answer.held.parties
    fits = mask[parties.row] & (parties.roles & role_bits(role) != 0)
    numbers = np.bincount(parties.party[fits], minlength=len(parties.names))
    named = set(answer.held.rows.names.get("party", ()))
    order = [int(p) for p in np.argsort(-numbers, kind="stable") if numbers[p] and parties.names[p] in named]
    return order[:most]


def _rows(answer: Answer, mask: Array, party: int, role: str) -> Array:
    """The rows under the mask in which a party plays a role."""
    parties, found = answer.held.parties, np.zeros(len(mask), np.bool_)
    own = slice(parties.starts[party], parties.starts[party + 1])
    found[parties.row[own][parties.roles[own] & role_bits(role) != 0]] = True
    whole: Array = found & mask
    return whole

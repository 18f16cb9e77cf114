"""The figures of a card: how one is told, the lowest and highest, and which is shown."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from data.claimants import Claimant

RULE = "the middle one of the latest figures, one a side or other claimant, the lower of two"
_VAGUE = re.compile(r"\b(?:dozens|scores|hundreds|thousands|several|many|tens)\b", re.IGNORECASE)


class Figure(Protocol):
    """A figure with where it stands; ``cards.Cell`` is one."""

    @property
    def low(self) -> int | None: ...
    @property
    def high(self) -> int | None: ...
    @property
    def day(self) -> dt.date | None: ...
    @property
    def words(self) -> str: ...
    @property
    def text(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Toll:
    """``lowest`` and ``highest`` over all figures; ``shown`` in words, from ``shown_low`` on, as ``shown_by`` says.

    ``rule`` says why that one is shown.
    """

    lowest: int
    highest: int
    shown: str
    shown_low: int
    shown_by: str
    rule: str = RULE


def has_figure(toll: dict[str, Any]) -> bool:
    """True where a casualty claim (the contract's object) gives a number."""
    return toll.get("low") is not None or toll.get("high") is not None


def told(low: int | None, high: int | None, words: str) -> str:
    """A figure as it is shown; vague words ("dozens") are shown as they are."""
    if vague := _VAGUE.search(words):
        return vague.group().lower()
    if low is None or high is None:
        return f"at least {low:,}" if low is not None else f"up to {high:,}"
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def of(said: Iterable[tuple[Claimant, Sequence[Figure]]]) -> Toll | None:
    """The toll over all that is said; None where nobody gives a figure.

    A side counts once, whichever of its bodies speak, and so does every other claimant, with the latest of its figures;
    vague ones count only where there are no others.
    """
    figures = [(who, figure) for who, told_by in said for figure in told_by]
    if not figures:
        return None
    ends = [end for _, figure in figures for end in (figure.low, figure.high) if end is not None]
    exact = [one for one in figures if not _VAGUE.search(one[1].words)] or figures
    latest: dict[str, tuple[Claimant, Figure]] = {}
    for who, figure in sorted(exact, key=lambda one: one[1].day or dt.date.min):
        latest[who.side or who.key] = (who, figure)
    ranked = sorted(latest.values(), key=lambda one: (_least(one[1]), one[0].key))
    who, middle = ranked[(len(ranked) - 1) // 2]
    return Toll(min(ends), max(ends), middle.text, _least(middle), who.name)


def _least(figure: Figure) -> int:
    return figure.low if figure.low is not None else figure.high or 0

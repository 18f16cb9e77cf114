"""How well an event is borne out by what is said of it, in the manner of Airwars: confirmed, fair, weak or contested.

The rule is written down in ``docs/events.md``. It judges who is said to have done what, and not whether it is true.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from data.claimants import Claimant
from data.sides import Sides

Name = Literal["confirmed", "contested", "fair", "weak"]
SOURCES = 2
"""Independent publishers from which on an event is fairly borne out."""
# Both sides act in these, so that two authors are no contradiction.
MUTUAL = frozenset({"armed_clash", "offensive", "ambush", "siege", "raid"})


@dataclass(frozen=True, slots=True)
class Blame:
    """Who holds whom responsible: ``stance`` is ``blames``, ``admits`` (its own side) or ``denies``.

    ``party`` is a registry id or a slug, None where the words name nobody. ``reports`` say so, the last of them on the
    day ``last``, None where one has no day.
    """

    claimant: Claimant
    stance: str
    party: str | None
    reports: tuple[str, ...]
    last: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Grade:
    """The grade's name, and the reasons for it, each a sentence."""

    name: Name
    reasons: tuple[str, ...]


def blames(said: Iterable[tuple[Claimant, str, str | None, str, dt.date | None]]) -> tuple[Blame, ...]:
    """Claimant, stance, party, report and its day of all that is said, each once with all its reports."""
    found: dict[tuple[str, str, str | None], tuple[Claimant, dict[str, dt.date | None]]] = {}
    for who, stance, party, report, day in said:
        found.setdefault((who.key, stance, party), (who, {}))[1][report] = day
    return tuple(
        Blame(who, stance, party, tuple(days), max(map(_order, days.values())) if all(days.values()) else None)
        for (_, stance, party), (who, days) in found.items()
    )


def of(
    found: Sequence[Blame], publishers: int, intents: Mapping[str, Sequence[str]], sides: Sides, types: Iterable[str]
) -> Grade:
    """The grade of what is said by so many independent publishers, of events of these types."""
    accused = {one.party for one in found if one.stance == "blames"}
    accused_sides = {side for side in map(sides.side, accused) if side}
    admitting = {_speaks_for(one) for one in found if one.stance == "admits"}
    accused_or_admitting = accused_sides | admitting
    denied = [one for one in found if one.stance == "denies" and _speaks_for(one) in accused_or_admitting]
    admitted = [one for one in found if one.stance == "admits" and not _taken_back(one, denied, sides)]
    rivals = [] if MUTUAL & set(types) else _rivals(found, sides)
    sources = f"{publishers} independent publisher{'s' if publishers > 1 else ''} tell of it"
    told = [*_intent_told(intents), sources if publishers > 1 else "1 publisher tells of it"]
    if admitted:
        return Grade("confirmed", (*(f"{name} says that its own side did it" for name in _names(admitted)), *told))
    if denied or rivals:
        reasons = list(dict.fromkeys(_denial(one, admitting) for one in denied))
        return Grade("contested", (*reasons, *rivals, *told))
    if publishers >= SOURCES:
        return Grade("fair", tuple(told))
    return Grade("weak", tuple(told))


def _speaks_for(one: Blame) -> str:
    """The claimant's side; the claimant where it is on none."""
    return one.claimant.side or one.claimant.key


def _taken_back(admission: Blame, denied: Sequence[Blame], sides: Sides) -> bool:
    """True where the admitting side denies its own part on the same day or later: who admits after a denial admits."""
    who = _speaks_for(admission)
    own = [one for one in denied if _speaks_for(one) == who and sides.side(one.party) in (None, who)]
    return any(_order(one.last) >= _order(admission.last) for one in own)


def _denial(one: Blame, admitting: Collection[str]) -> str:
    other = ", though its side also says that it did it" if _speaks_for(one) in admitting else ""
    return f"{one.claimant.name} denies it{other}"


def _order(day: dt.date | None) -> dt.date:
    """A day that is not known may be the last."""
    return day or dt.date.max


def _rivals(found: Sequence[Blame], sides: Sides) -> list[str]:
    """Pairs of claimants that blame different sides, in words; the first such pair."""
    blamed: dict[str, tuple[Claimant, set[str]]] = {}
    for one in found:
        side = sides.side(one.party) if one.stance == "blames" else None
        if side:
            blamed.setdefault(one.claimant.key, (one.claimant, set()))[1].add(side)
    for (who, his), (other, others) in combinations(blamed.values(), 2):
        if not his & others:
            return [f"{who.name} blames {', '.join(sorted(his))}, {other.name} blames {', '.join(sorted(others))}"]
    return []


def _intent_told(intents: Mapping[str, Sequence[str]]) -> list[str]:
    told = "; ".join(f"{kind} by {', '.join(names)}" for kind, names in sorted(intents.items()))
    if len(intents) > 1:
        return [f"its intent is disputed: {told}"]
    return [f"its intent is told as {told}"] if told else []


def _names(found: Iterable[Blame]) -> list[str]:
    return list(dict.fromkeys(one.claimant.name for one in found))

"""How well an event is borne out by what is said of it, in the manner of Airwars: confirmed, fair, weak or contested.

The rule is written down in ``docs/events.md``. It judges who is said to have done what, and not whether it is true.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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

    ``party`` is a registry id or a slug, None where the words name nobody. ``reports`` say so.
    """

    claimant: Claimant
    stance: str
    party: str | None
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grade:
    """The grade's name, and the reasons for it, each a sentence."""

    name: Name
    reasons: tuple[str, ...]


def blames(said: Iterable[tuple[Claimant, str, str | None, str]]) -> tuple[Blame, ...]:
    """Claimant, stance, party and report of all that is said, each once with all its reports."""
    found: dict[tuple[str, str, str | None], tuple[Claimant, list[str]]] = {}
    for who, stance, party, report in said:
        reports = found.setdefault((who.key, stance, party), (who, []))[1]
        if report not in reports:
            reports.append(report)
    return tuple(Blame(who, stance, party, tuple(ids)) for (_, stance, party), (who, ids) in found.items())


def of(
    found: Sequence[Blame], publishers: int, intents: Mapping[str, Sequence[str]], sides: Sides, types: Iterable[str]
) -> Grade:
    """The grade of what is said by so many independent publishers, of events of these types."""
    accused = {one.party for one in found if one.stance == "blames"}
    accused_sides = {side for side in map(sides.side, accused) if side}
    admitted = [one for one in found if one.stance == "admits"]
    denied = [one for one in found if one.stance == "denies" and (one.claimant.side in accused_sides)]
    rivals = [] if MUTUAL & set(types) else _rivals(found, sides)
    sources = f"{publishers} independent publisher{'s' if publishers > 1 else ''} tell of it"
    told = [*_intent_told(intents), sources if publishers > 1 else "1 publisher tells of it"]
    if admitted:
        return Grade("confirmed", (*(f"{name} says that its own side did it" for name in _names(admitted)), *told))
    if denied or rivals:
        reasons = [f"{name} denies it" for name in _names(denied)]
        return Grade("contested", (*reasons, *rivals, *told))
    if publishers >= SOURCES:
        return Grade("fair", tuple(told))
    return Grade("weak", tuple(told))


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

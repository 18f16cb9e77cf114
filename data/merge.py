"""Incidents of many reports -> events: which of those that meet are one.

All here is pure. Whether two incidents are linked depends on the two alone, and a group of linked incidents is split
into events by a rule that looks at that group alone. So an added report can change only the groups that it touches, and
the events are the same whatever the order in which the reports came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from data import blocking
from data.alike import Score
from data.blocking import Key
from data.sketch import Sketch

LINK = 0.0
"""Score from which on two incidents are linked, and least mean score between two parts of one event."""
UNLIKE = -2.0
"""Score below which two incidents are never in one event, whatever lies between them."""

Pair = tuple[str, str]
Members = frozenset[str]
Compare = Callable[[Sketch, Sketch], Score]


@dataclass(frozen=True, slots=True)
class Decisions:
    """What a person decided: pairs of incidents that are one event and pairs that are not, each pair in sorted order.

    A pair that is in both, or that follows from what is the same, counts as the same.
    """

    same: frozenset[Pair] = frozenset()
    different: frozenset[Pair] = frozenset()


@dataclass(frozen=True, slots=True)
class Link:
    """Two incidents that may be one event, ``pair`` in sorted order, with the score and its reasons."""

    pair: Pair
    score: Score


def pair(a: str, b: str) -> Pair:
    """The two ids in sorted order."""
    return (a, b) if a <= b else (b, a)


def links(one: Sketch, others: Iterable[Sketch], compare: Compare) -> list[Link]:
    """The links of an incident to those of the others that are like it."""
    found = []
    for other in others:
        if other.id != one.id:
            score = compare(one, other)
            if not score.barred and score.value >= LINK:
                found.append(Link(pair(one.id, other.id), score))
    return found


def groups(ids: Iterable[str], joined: Iterable[Pair]) -> list[Members]:
    """The connected groups of the ids, alone or several, by first id."""
    beside: dict[str, set[str]] = {one: set() for one in ids}
    for a, b in joined:
        beside[a].add(b)
        beside[b].add(a)
    found, seen = [], set[str]()
    for one in sorted(beside):
        if one not in seen:
            group = _reached(one, beside)
            seen |= group
            found.append(group)
    return found


def _reached(start: str, beside: Mapping[str, set[str]]) -> Members:
    reached, todo = {start}, [start]
    while todo:
        new = beside[todo.pop()] - reached
        reached |= new
        todo += new
    return frozenset(reached)


def split(
    group: Mapping[str, Sketch], found: Collection[Link], compare: Compare, decisions: Decisions
) -> list[Members]:
    """The events within one group of linked incidents, by first id.

    The likest pair is joined first. Two parts are joined where no pair between them is barred or decided to differ and
    the mean score between them is at least LINK, so that a chain of likenesses does not join unlike ends.
    """
    parts = _Parts(group, compare, decisions)
    for a, b in sorted(decisions.same):
        if a in group and b in group:
            parts.join(a, b)
    for link in sorted(found, key=lambda one: (-one.score.value, one.pair)):
        if parts.agree(*link.pair):
            parts.join(*link.pair)
    return sorted(parts.all(), key=min)


@dataclass
class _Parts:
    """A partition that grows coarser. Scores are kept, as the same pair is asked about again and again."""

    group: Mapping[str, Sketch]
    compare: Compare
    decisions: Decisions
    part: dict[str, Members] = field(default_factory=dict)
    scores: dict[Pair, Score] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.part = {one: frozenset({one}) for one in self.group}

    def all(self) -> set[Members]:
        return set(self.part.values())

    def join(self, a: str, b: str) -> None:
        both = self.part[a] | self.part[b]
        self.part.update(dict.fromkeys(both, both))

    def agree(self, a: str, b: str) -> bool:
        left, right = self.part[a], self.part[b]
        if left == right:
            return False
        between = [pair(x, y) for x in sorted(left) for y in sorted(right)]
        if any(one in self.decisions.different for one in between):
            return False
        total = 0.0
        for one in between:
            score = self.score(one)
            if score.barred or score.value < UNLIKE:
                return False
            total += score.value
        return total / len(between) >= LINK

    def score(self, one: Pair) -> Score:
        if one not in self.scores:
            self.scores[one] = self.compare(self.group[one[0]], self.group[one[1]])
        return self.scores[one]


@dataclass(frozen=True, slots=True)
class Merged:
    """``events`` are disjoint and hold every incident, by first id; ``links`` by pair."""

    events: tuple[Members, ...]
    links: tuple[Link, ...]


def merge(sketches: Iterable[Sketch], compare: Compare, decisions: Decisions | None = None) -> Merged:
    """All incidents merged from scratch."""
    known = {one.id: one for one in sketches}
    decided = decisions or Decisions()
    by_key: defaultdict[Key, list[str]] = defaultdict(list)
    found: dict[Pair, Link] = {}
    for one in known.values():
        near = {other for key in blocking.sought(one) for other in by_key.get(key, ())}
        found.update((link.pair, link) for link in links(one, (known[n] for n in sorted(near)), compare))
        for key in blocking.filed(one):
            by_key[key].append(one.id)
    events = [event for part in _parts(known, found, decided) for event in split(*part, compare, decided)]
    return Merged(tuple(sorted(events, key=min)), tuple(found[one] for one in sorted(found)))


def _parts(
    known: Mapping[str, Sketch], found: Mapping[Pair, Link], decided: Decisions
) -> Iterator[tuple[dict[str, Sketch], list[Link]]]:
    """Each connected group with the links in it."""
    same = [one for one in decided.same if one[0] in known and one[1] in known]
    inside: defaultdict[str, list[Link]] = defaultdict(list)
    for link in found.values():
        inside[link.pair[0]].append(link)
    for group in groups(known, [*found, *same]):
        yield {one: known[one] for one in group}, [link for one in group for link in inside.get(one, ())]

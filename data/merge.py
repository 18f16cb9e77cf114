"""Incidents of many reports -> events: which of those that meet are one.

All here is pure. Whether two incidents are linked depends on the two alone, and a group of linked incidents is split
into events by a rule that looks at that group alone. So an added report can change only the groups that it touches, and
the events are the same whatever the order in which the reports came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from statistics import fmean

from data import blocking
from data.alike import Score
from data.blocking import Key
from data.sketch import Sketch

LINK = 0.0
"""Score from which on two incidents are linked, and least mean score between two parts of one event."""
RETOLD = 0.5
"""Least mean score where a report would have two incidents in the event: what it tells twice, or of two sides."""
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
    """Two incidents that may be one event, ``pair`` in sorted order, with the score and its reasons.

    ``event_id`` is the stored event that both belong to, None where there is none.
    """

    pair: Pair
    score: Score
    event_id: str | None = None


def pair(a: str, b: str) -> Pair:
    """The two ids in sorted order."""
    return (a, b) if a <= b else (b, a)


def links(one: Sketch, others: Iterable[Sketch], compare: Compare) -> list[Link]:
    """The links of an incident to those of the others that are like it."""
    found = []
    for other in others:
        if other.report_id != one.report_id:
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
    ranked = sorted(found, key=lambda one: (-one.score.value, one.pair))
    for agree in (parts.agree, parts.retold):
        for link in ranked:
            if agree(*link.pair):
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
        """True where the two parts are alike and no report is in both."""
        pairs = self.between(a, b)
        return bool(pairs) and not any(map(self.one_report, pairs)) and self.alike(pairs, LINK)

    def retold(self, a: str, b: str) -> bool:
        """True where the parts are alike though a report is in both, and its own two incidents are not unlike."""
        pairs = self.between(a, b)
        others = [one for one in pairs if not self.one_report(one)]
        return bool(others) and self.alike(others, RETOLD) and self.alike(pairs, UNLIKE)

    def between(self, a: str, b: str) -> list[Pair]:
        """All pairs between the two parts; none where they are one, or where a person held any two apart."""
        left, right = self.part[a], self.part[b]
        pairs = [] if left == right else [pair(x, y) for x in sorted(left) for y in sorted(right)]
        return [] if any(one in self.decisions.different for one in pairs) else pairs

    def alike(self, pairs: Collection[Pair], least: float) -> bool:
        scores = [self.score(one) for one in pairs]
        if any(score.barred or score.value < UNLIKE for score in scores):
            return False
        return fmean(score.value for score in scores) >= least

    def one_report(self, one: Pair) -> bool:
        return self.group[one[0]].report_id == self.group[one[1]].report_id

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
    return Merged(tuple(events(known, found, compare, decided)), tuple(found[one] for one in sorted(found)))


def events(
    known: Mapping[str, Sketch], found: Mapping[Pair, Link], compare: Compare, decided: Decisions
) -> list[Members]:
    """The events of the incidents with all links between them, by first id."""
    same = [one for one in decided.same if one[0] in known and one[1] in known]
    inside: defaultdict[str, list[Link]] = defaultdict(list)
    for link in found.values():
        inside[link.pair[0]].append(link)
    made: list[Members] = []
    for group in groups(known, [*found, *same]):
        links_within = [link for one in group for link in inside.get(one, ())]
        made += split({one: known[one] for one in group}, links_within, compare, decided)
    return sorted(made, key=min)

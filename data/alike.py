"""How far two incidents of different reports are one event: a score with its reasons.

Each field agrees or differs to some level, and each level has a weight in log-odds. The score is the sum of the
weights: 0 is even. ``WEIGHTS`` is the whole table; ``docs/events.md`` says what it was measured on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from math import inf, sqrt

from data import copies
from data.sketch import VAGUE_PRECISION, Figures, Sketch, When, Where
from geo.candidates import km

SITE_KM = 6.0
"""Radius up to which a place is one site or village, where few things happen on one day."""
_QUARTER_KM = 2.0
"""Radius of a city quarter as the gazetteer has them."""
TOWN_KM = 30.0
"""Radius up to which a place is one town; Aleppo has 21 km."""
BESIDE_KM = 15.0
"""Distance beyond both radii at which two places may still be two readings of one."""
LATE_DAYS = 1
"""Days between two dates up to which one of them may be the next morning, or the day of the report."""
COARSE, COUNTRY = 4, 6
MOST = "most"
WORD_LEVELS = ((0.45, MOST), (0.28, "many"), (0.17, "some"), (0.09, "few"), (0.0, "hardly any"))
FEWEST_WORDS = 8
"""Sentences with fewer words than this share little by sharing most of them."""
NAME_LEVELS = ((4, "many"), (2, "some"), (0, "few"))
FIGURE_LEVELS = ((20, "same large"), (5, "same"), (0, "same small"))
CLOSE, DIFFERENT = 1.5, 3.0
"""Quotients of the nearest figures: a toll that is still rising, and one that is another event's."""
BARS = frozenset({"far", "other time"})
NEAR = frozenset({"same site", "same town", "within a town"})
# Types that a report falls back on when it does not say in which manner.
LOOSE_TYPES = frozenset(
    {"attack", "killing", "massacre", "bombing", "explosion", "infrastructure_attack", "property_destruction"}
)
VIOLENT = frozenset({"remote", "bombing", "battle", "violence", "damage"})


@dataclass(frozen=True, slots=True)
class Reason:
    """One field's part in a score: to what ``level`` it agrees, in words, and the weight that has in log-odds."""

    field: str
    level: str
    detail: str
    weight: float


@dataclass(frozen=True, slots=True)
class Score:
    """The sum of the reasons' weights, in log-odds; ``barred``: the two cannot be one event whatever else agrees."""

    value: float
    reasons: tuple[Reason, ...]
    barred: bool = False


WEIGHTS: Mapping[tuple[str, str], float] = {
    ("all", "to begin with"): -2.5,
    ("place", "same site"): 2.6,
    ("place", "same town"): 1.2,
    ("place", "within a town"): 0.9,
    ("place", "touching"): 0.4,
    ("place", "beside"): -0.6,
    ("place", "another site"): -1.6,
    ("place", "within a province"): 0.0,
    ("place", "same province"): -0.5,
    ("place", "named"): -1.2,
    ("place", "unknown"): -1.0,
    ("date", "same day"): 1.5,
    ("date", "same days"): 0.9,
    ("date", "a day apart"): -1.2,
    ("date", "vague"): -2.3,
    ("date", "as published"): 0.3,
    ("date", "same calendar day"): 0.6,
    ("date", "same weekday"): -2.2,
    ("date", "other calendar day"): -6.0,
    ("date", "unknown"): -3.3,
    ("type", "same"): 0.8,
    ("type", "same family"): 0.2,
    ("type", "compatible"): 0.0,
    ("type", "different"): -1.3,
    ("perpetrator", "same"): 0.6,
    ("perpetrator", "unnamed alike"): 0.2,
    ("perpetrator", "different"): -0.9,
    ("target", "same"): 0.4,
    ("target", "different"): -0.2,
    ("killed", "same large"): 2.5,
    ("killed", "same"): 1.8,
    ("killed", "same small"): 0.8,
    ("killed", "close"): 0.3,
    ("killed", "different"): -0.7,
    ("killed", "far apart"): -1.5,
    ("wounded", "same large"): 1.5,
    ("wounded", "same"): 1.2,
    ("wounded", "same small"): 0.5,
    ("wounded", "close"): 0.2,
    ("wounded", "different"): -0.4,
    ("wounded", "far apart"): -0.8,
    ("words", "most"): 3.0,
    ("words", "many"): 1.8,
    ("words", "some"): 0.9,
    ("words", "few"): -0.3,
    ("words", "hardly any"): -1.5,
    ("names", "many"): 1.0,
    ("names", "some"): 0.4,
    ("text", "copy"): 4.0,
    ("status", "planned"): -2.5,
    ("rank", "both lead"): 0.5,
    ("rank", "history"): -0.5,
}


@dataclass(frozen=True, slots=True)
class Scorer:
    """Compares two sketches. ``families`` maps event types, ``ancestors`` parties to all that they belong to."""

    families: Mapping[str, str]
    ancestors: Mapping[str, frozenset[str]]
    weights: Mapping[tuple[str, str], float]

    def compare(self, a: Sketch, b: Sketch) -> Score:
        """The score of two incidents, the same in either order; no further reasons are looked for where one bars it."""
        reasons: list[Reason] = []
        for field, level, detail in self.levels(a, b):
            if level in BARS:
                return Score(sum(reason.weight for reason in reasons), tuple(reasons), barred=True)
            if (weight := self.weights.get((field, level))) is not None:
                reasons.append(Reason(field, level, detail, weight))
        return Score(sum(reason.weight for reason in reasons), tuple(reasons))

    def levels(self, a: Sketch, b: Sketch) -> Iterable[tuple[str, str, str]]:
        """Field, level and words for it, of every field."""
        yield "all", "to begin with", ""
        yield "place", *_places(a, b)
        yield "date", *_dates(a, b)
        yield "type", *self._type(a.event_type, b.event_type)
        yield "perpetrator", *self._parties(a.perpetrators, b.perpetrators)
        yield "target", *self._parties(a.targets, b.targets)
        yield "killed", *_figures(a.killed, b.killed)
        yield "wounded", *_figures(a.wounded, b.wounded)
        shared, told = _words(a.words, b.words)
        yield "words", shared, told
        yield "names", *_names(a.names, b.names)
        # A text that tells of two events has two in its copy: only the same sentences are the same event.
        if shared == MOST and copies.is_copy(a.prints, b.prints):
            yield "text", "copy", "the two reports are copies of one text"
        if a.real != b.real:
            yield "status", "planned", "one is told as planned or supposed"
        if a.primary and b.primary:
            yield "rank", "both lead", "each is what its report is about"
        elif a.news != b.news:
            yield "rank", "history", "one is told as earlier history"

    def _type(self, a: str, b: str) -> tuple[str, str]:
        if a == b:
            return "same", a
        families = {self.families.get(a, a), self.families.get(b, b)}
        both = " and ".join(sorted((a, b)))
        if len(families) == 1:
            return "same family", both
        loose = bool({a, b} & LOOSE_TYPES) and families <= VIOLENT
        return ("compatible" if loose else "different"), both

    def _parties(self, a: frozenset[str], b: frozenset[str]) -> tuple[str, str]:
        if not a or not b:
            return "unknown", ""
        common = self._above(a) & self._above(b)
        known = sorted(common & self.ancestors.keys())
        if known or common:
            return ("same", known[0]) if known else ("unnamed alike", min(common))
        named = (a | b) <= self.ancestors.keys()
        return ("different", " and ".join(sorted((min(a), min(b))))) if named else ("unknown", "")

    def _above(self, parties: frozenset[str]) -> frozenset[str]:
        return parties.union(*(self.ancestors.get(party, frozenset()) for party in parties))


def _places(a: Sketch, b: Sketch) -> tuple[str, str]:
    level, told = _place(a.where, b.where)
    if level in ("far", "unknown"):
        crossed = [_place(a.where, one)[0] for one in b.named] + [_place(one, b.where)[0] for one in a.named]
        if NEAR & set(crossed):
            return "named", told
    return level, told


def _is_site(where: Where) -> bool:
    """True for a quarter, village or building that its report names: two of them are hardly two readings of one."""
    return where.precision == 1 and where.radius_km <= _QUARTER_KM


def _place(a: Where | None, b: Where | None) -> tuple[str, str]:
    if a is None or b is None:
        return "unknown", ""
    if a.country and b.country and a.country != b.country and max(a.precision, b.precision) >= COUNTRY:
        return "far", f"{a.country} and {b.country}"
    if max(a.precision, b.precision) >= COUNTRY:
        return "unknown", ""
    distance = km(a.lat, a.lon, b.lat, b.lon)
    told = f"{distance:.0f} km apart"
    wide = max(a.radius_km, b.radius_km)
    if distance > a.radius_km + b.radius_km + BESIDE_KM:
        return "far", told
    if max(a.precision, b.precision) >= COARSE or wide > TOWN_KM:
        same = min(a.precision, b.precision) >= COARSE
        return ("same province" if same else "within a province"), told
    if distance > wide:
        if distance <= a.radius_km + b.radius_km:
            return "touching", told
        return ("another site" if _is_site(a) and _is_site(b) else "beside"), told
    if wide <= SITE_KM:
        return "same site", told
    return ("same town" if a.name == b.name else "within a town"), told


def _dates(a: Sketch, b: Sketch) -> tuple[str, str]:
    level, told = _date(a.when, b.when)
    days, others = a.calendar, b.calendar
    if level != "unknown" or not days or not others:
        return level, told
    common = sorted(days & others)
    if any("-" in day for day in common):
        return "same calendar day", common[0]
    if all(any("-" in day for day in one) for one in (days, others)):
        return "other calendar day", " and ".join(sorted((min(days), min(others))))
    return ("same weekday", common[0]) if common else (level, told)


def _date(a: When | None, b: When | None) -> tuple[str, str]:
    if a is None or b is None:
        return "unknown", ""
    gap = max((b.first - a.last).days, (a.first - b.last).days)
    # Where only the publication bounds the days of both, nothing says that either happened on the day after.
    if gap > (LATE_DAYS if a.told or b.told else 0):
        return "other time", f"{gap} days apart"
    if gap > 0:
        return "a day apart", ""
    if max(a.precision, b.precision) >= VAGUE_PRECISION:
        return "vague", ""
    if not (a.told and b.told):
        return "as published", ""
    exact = a.first == a.last == b.first == b.last
    return ("same day" if exact else "same days"), a.first.isoformat() if exact else ""


def _figures(a: Figures, b: Figures) -> tuple[str, str]:
    if not a or not b:
        return "unknown", ""
    ours, theirs = ({end for ends in one for end in ends if end is not None} for one in (a, b))
    if common := ours & theirs:
        return next(level for least, level in FIGURE_LEVELS if max(common) >= least), str(max(common))
    quotient, told = min(
        ((max(x, y) + 1) / (min(x, y) + 1), f"{min(x, y)} and {max(x, y)}") for x, y in product(ours, theirs)
    )
    if quotient <= CLOSE or any(_overlap(x, y) for x, y in product(a, b)):
        return "close", told
    return ("different" if quotient <= DIFFERENT else "far apart"), told


def _overlap(a: tuple[int | None, int | None], b: tuple[int | None, int | None]) -> bool:
    """True where both ranges could hold one figure; "at least 24" holds 62."""
    return max(a[0] or 0, b[0] or 0) <= min(inf if a[1] is None else a[1], inf if b[1] is None else b[1])


def _names(a: frozenset[str], b: frozenset[str]) -> tuple[str, str]:
    common = sorted(a & b)
    level = next(level for least, level in NAME_LEVELS if len(common) >= least)
    return level, ", ".join(common[:6])


def _words(a: frozenset[str], b: frozenset[str]) -> tuple[str, str]:
    if not a or not b:
        return "unknown", ""
    common = a & b
    share = len(common) / sqrt(max(len(a), FEWEST_WORDS) * max(len(b), FEWEST_WORDS))
    return next(level for least, level in WORD_LEVELS if share >= least), ", ".join(sorted(common)[:6])

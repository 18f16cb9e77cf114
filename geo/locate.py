"""Where an incident happened, from its ranked mentions; and where a name asked for lies."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from extract.records import PlaceMention, Span
from geo import query, relations
from geo.candidates import AIRFIELDS, TOWNS, kind_of, km
from geo.disambiguate import AIRFIELD_WITHIN_KM
from geo.gazetteer import Gazetteer
from geo.normalise import fold
from geo.records import Candidate, Place, PlacedMention

_LEVEL = {"country": 6, "region": 5, "admin1": 4, "admin2": 3, "town": 1, "site": 1, "water": 7}
_FINENESS = {"site": 0.0, "town": 1, "admin2": 2, "admin1": 3, "region": 4, "water": 4, "country": 5}
_SETTLED = frozenset(("village", "city", "camp", "neighbourhood", "district"))
_NEARBY, _DISTRICT = 2, 3
_REACH_KM = 30.0
"""How far from the town named with it an unheld village lies at most, nine times in ten."""
_MEASURE_AFTER = 3
"""Characters between a name and the distance that says where it is."""
_APART = 40
"""Characters between a quarter and its town that are read as one phrase."""
LEAST_SCORE = 0.25
"""Below it a choice is no better than its rivals together and counts as unresolved."""


def place(
    mentions: Sequence[PlaceMention],
    placed: Mapping[Span, PlacedMention],
    gazetteer: Gazetteer,
    *,
    text: str,
) -> Place | None:
    """The place of an incident whose mentions are ranked best first; None where none resolves.

    The finest mention that lies in the first one's place counts, so that "Syria" and "Palmyra" give Palmyra. Where no
    mention resolves, the place that is said to contain one does, with its own precision.
    """
    usable = [p for p in (placed.get(m.span) for m in mentions) if p and _usable(p)] or _containing(mentions, placed)
    if not usable:
        return None
    first = usable[0]
    inside = [p for p in usable if p is first or _within(p, first)]
    best = min(inside, key=lambda p: (_fineness(p), usable.index(p)))
    found = _place(best, placed, gazetteer, text)
    unheld = _unheld_before(mentions, best, placed)
    found = _somewhere_near(found, unheld, text) if unheld else found
    return found if unheld or not found.relation else _under_own_name(found, placed, text)


def _unheld_before(
    mentions: Sequence[PlaceMention], best: PlacedMention, placed: Mapping[Span, PlacedMention]
) -> PlaceMention | None:
    """The village or quarter that no source holds and that is the likelier scene than the place chosen."""
    for mention in mentions:
        if mention.span == best.mention.span:
            return None
        one = placed.get(mention.span)
        if mention.hint in _SETTLED and mention.use == "literal" and not (one and _usable(one)):
            return mention
    return None


def _somewhere_near(found: Place, unheld: PlaceMention, text: str) -> Place:
    """The unknown village or quarter under its own name, in the surroundings of the place that is known: a district's
    reach, not the town itself."""
    span = _together(unheld.span, found.span, text)
    found = dataclasses.replace(found, name=f"{unheld.text}, {found.name}", text=span.of(text), span=span)
    measured = found.relation is not None and found.relation.kind == "offset"
    if found.where_precision > _NEARBY or measured:
        return found
    if unheld.hint == "neighbourhood" and found.where_precision < _NEARBY:
        return dataclasses.replace(found, method="quarter of")
    radius = max(found.radius_km, _REACH_KM)
    return dataclasses.replace(found, radius_km=radius, where_precision=_DISTRICT, method="surroundings of")


def _under_own_name(found: Place, placed: Mapping[Span, PlacedMention], text: str) -> Place:
    """A measured place under the unknown name that stands before the measure ("Mamove, 50 km west of Beni")."""
    for one in placed.values():
        name = one.mention
        between = text[name.span.end : found.span.start]
        if (
            name.use == "literal"
            and not _usable(one)
            and 0 < len(between) <= _MEASURE_AFTER
            and between.strip(" ,(") == ""
        ):
            span = Span(name.span.start, found.span.end)
            return dataclasses.replace(found, name=f"{name.text}, {found.name}", text=span.of(text), span=span)
    return found


def _together(part: Span, whole: Span, text: str) -> Span:
    """The words from the one to the other where they stand together ("the X quarter of Y"), else the part's alone."""
    both = Span(min(part.start, whole.start), max(part.end, whole.end))
    close = both.end - both.start <= part.end - part.start + whole.end - whole.start + _APART
    return both if close and "." not in both.of(text) else part


def _containing(mentions: Sequence[PlaceMention], placed: Mapping[Span, PlacedMention]) -> list[PlacedMention]:
    """The places said to contain those mentions, where none of these resolves ("Muatide, in Cabo Delgado")."""
    names = [name for mention in mentions if mention.use == "literal" for name in mention.parents]
    return [p for name in names for p in placed.values() if p.mention.text == name and _usable(p)]


def lookup(
    gazetteer: Gazetteer,
    name: str,
    *,
    country: str | None = None,
    admin1: str | None = None,
    near: tuple[float, float] | None = None,
    limit: int = 10,
) -> tuple[Candidate, ...]:
    """Candidates for a name, a phrase ("12 km north-east of X") or coordinates, best first.

    Raises InputError for an empty or overlong name. What the gazetteer does not hold falls back to the place or
    province that the name or ``admin1`` gives, with that one's radius and a ``method`` that says so.
    """
    return query.answer(gazetteer, name, country=country, admin1=admin1, near=near, limit=limit)


def _usable(one: PlacedMention) -> bool:
    return one.choice is not None and one.mention.use == "literal" and one.score >= LEAST_SCORE


def _choice(one: PlacedMention) -> Candidate:
    assert one.choice is not None
    return one.choice


def _fineness(one: PlacedMention) -> float:
    """The finer, the lower; "the countryside of X" and "eastern X" are coarser than any town there, and so is a
    bare name that a province shares with its seat."""
    return max(_FINENESS[kind_of(_choice(one).feature)], 1.5 if _vague(one) or _shared(one) else 0)


def _shared(one: PlacedMention) -> bool:
    found = _choice(one)
    if one.mention.hint == "city" or found.admin1 is None or kind_of(found.feature) != "town":
        return False
    named_so = any(kind_of(c.feature) == "admin1" and c.admin1 == found.admin1 for c in one.alternates)
    return named_so or fold(found.name) == fold(found.admin1)


def _vague(one: PlacedMention) -> bool:
    relation = one.mention.relation
    return one.mention.hint == "countryside" or (relation is not None and relation.kind == "direction")


def _within(one: PlacedMention, area: PlacedMention) -> bool:
    """True where the finer place lies in the coarser one's reach."""
    a, b = _choice(one), _choice(area)
    if _fineness(one) >= _fineness(area):
        return False
    if _vague(area) and a.admin1 and a.admin1 == b.admin1:
        return True
    if kind_of(b.feature) == "country":
        return a.country_code == b.country_code
    if a.admin1 and b.admin1 and kind_of(b.feature) in ("admin1", "town"):
        return a.admin1 == b.admin1
    same_country = not a.country_code or not b.country_code or a.country_code == b.country_code
    return same_country and km(a.lat, a.lon, b.lat, b.lon) <= 1.3 * b.radius_km + 5.0


def _place(one: PlacedMention, placed: Mapping[Span, PlacedMention], gazetteer: Gazetteer, text: str) -> Place:
    mention = one.mention
    base = _site(one, gazetteer)
    relation = mention.relation
    anchors = [base]
    spot = relations.Spot(base.lat, base.lon, base.radius_km, _LEVEL[kind_of(base.feature)], base.method)
    span = mention.span
    if relation:
        anchors += [p.choice for s in relation.anchors[1:] if (p := placed.get(s)) and p.choice]
        spot = relations.spot(relation, anchors, mention.hint)
        span = relation.span
    fine = _LEVEL[kind_of(base.feature)] <= 3
    around = _around(spot.lat, spot.lon, gazetteer) if fine and not (base.admin1 and base.admin2) else None
    return Place(
        name=base.name,
        text=span.of(text),
        span=span,
        lat=spot.lat,
        lon=spot.lon,
        radius_km=spot.radius_km,
        where_precision=spot.where_precision,
        method=spot.method,
        score=one.score,
        relation=relation,
        anchors=tuple(a.name for a in anchors) if relation else (),
        admin1=base.admin1 or (around.admin1 if around else None),
        admin2=base.admin2 or (around.admin2 if around else None),
        country_code=base.country_code,
        feature=base.feature,
        gazetteer_id=base.gazetteer_id,
        alternates=one.alternates,
        dispute=base.dispute,
    )


def _site(one: PlacedMention, gazetteer: Gazetteer) -> Candidate:
    """The airfield of the town where the words say so and there is one near, else the chosen place."""
    found = _choice(one)
    if one.mention.hint != "airport" or found.feature in AIRFIELDS:
        return found
    airfields = gazetteer.nearest(found.lat, found.lon, AIRFIELDS, within_km=AIRFIELD_WITHIN_KM)
    if not airfields:
        return found
    served = [c for _, c in airfields if c.population] or [c for _, c in airfields]
    return dataclasses.replace(served[0], admin1=found.admin1, admin2=found.admin2, method="airport of")


def _around(lat: float, lon: float, gazetteer: Gazetteer) -> Candidate | None:
    """The nearest town within 40 km, which knows its divisions."""
    near = gazetteer.nearest(lat, lon, TOWNS, within_km=40.0, most=1)
    return near[0][1] if near else None

"""A name asked for, taken apart: coordinates, relation phrases, kinds of place, containing places; then looked up."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Sequence

from extract import place_relations
from extract.records import Relation
from geo import bounds, coordinates, fallback, relations
from geo.candidates import AIRFIELDS, TOWNS, importance, kind_of, km, rank
from geo.fallback import Asked, Near
from geo.gazetteer import Gazetteer
from geo.phrasing import clean, phrases, spellings, without_kind
from geo.records import Candidate

ANCHOR_KM = 40.0
"""How far beyond the province asked for a place may lie that something in it is told by."""
LEAST_RADIUS_KM = {"exact": 7.0, "alternate": 7.0, "variant": 15.0, "fuzzy": 25.0}
"""Kilometres that hold about nine in ten answers of the development place names, by how the name was matched."""
FUZZY_ENOUGH, FUZZY_LOOSE, FUZZY_STRICT = 0.64, 0.72, 0.8
"""Least score of a like name in the province asked for, in a whole country whose names are transliterated loosely, and
in any other: below the first, development look-ups were wrong more often than right; of 60 Ukrainian villages that the
index did not hold most found another place's like between the second and the third, Arabic names mostly their own."""
LOOSELY_SPELT = frozenset(
    (
        "AE AF BD BH DJ DZ EG EH ER ET IL IN IQ IR JO KH KW LA LB LK LY MA MM MR NP OM PK PS QA SA SD SO SY TD TH TN YE"
    ).split()
)
"""Countries whose names reach news in many spellings, from scripts without a settled Latin form."""
GREAT_TOWN = 0.6
"""Importance, some 36,000 people, from which a town is meant by the name that it shares with its province."""
SMALLER = 3
"""How many times fewer people than a town a place has that is a part of it."""


def answer(
    gazetteer: Gazetteer, name: str, *, country: str | None, admin1: str | None, near: Near, limit: int
) -> tuple[Candidate, ...]:
    """Candidates for anything that names a place; see ``locate.lookup``."""
    text = clean(name)
    asked = Asked(country.upper() if country else None, admin1 or None, near, max(1, limit))
    point = coordinates.parse(text)
    if point:
        return (_pointed(text, point, gazetteer),)
    for relation, names, hint in phrases(text):
        found = _related(gazetteer, relation, names, hint, asked)
        if found:
            return found[: asked.limit]
    return named(gazetteer, text, asked)


def _related(
    gazetteer: Gazetteer, relation: Relation, names: Sequence[str], hint: str | None, asked: Asked
) -> tuple[Candidate, ...]:
    if hint == "part" and named_exactly(gazetteer, " ".join([_way_word(relation), names[0]]), asked):
        return ()
    pools = [_anchors(gazetteer, name, relation, asked) for name in names]
    if not all(pools):
        return ()
    if hint == "part" and kind_of(pools[0][0].feature) in ("town", "site"):
        return ()
    if len(pools) > 1:
        return (_moved(relation, _closest(pools), hint),)
    return tuple(_moved(relation, (c,), hint) for c in pools[0])


def _anchors(gazetteer: Gazetteer, name: str, relation: Relation, asked: Asked) -> list[Candidate]:
    """What a relation is measured from: no fallbacks, and of a province and a town of one name the town.

    It may lie in another province than what is measured from it.
    """
    sure = _no_fallbacks(named(gazetteer, name, asked))
    if not sure and (province := province_of(gazetteer, asked)):
        wide = _no_fallbacks(named(gazetteer, name, dataclasses.replace(asked, admin1=None)))
        reach = province.radius_km + ANCHOR_KM
        sure = [c for c in wide if km(c.lat, c.lon, province.lat, province.lon) <= reach and c.method != "fuzzy"]
    if relation.kind == "direction":
        return sure
    points = [c for c in sure if kind_of(c.feature) in ("town", "site")]
    return points if points and points[0].score > sure[0].score - 0.15 else sure


def _no_fallbacks(found: Iterable[Candidate]) -> list[Candidate]:
    return [c for c in found if not c.method.startswith("in ")]


def _way_word(relation: Relation) -> str:
    names = {v: k for k, v in place_relations.BEARINGS.items()}
    return names.get(relation.bearing_deg or 0.0, "").replace(" ", "")


def _closest(pools: Sequence[Sequence[Candidate]]) -> tuple[Candidate, Candidate]:
    return min(_pairs(pools), key=_apart)


def _pairs(pools: Sequence[Sequence[Candidate]]) -> Iterator[tuple[Candidate, Candidate]]:
    for one in pools[0][:5]:
        for other in pools[1][:5]:
            yield one, other


def _apart(pair: tuple[Candidate, Candidate]) -> float:
    """Kilometres between the two, a little more where their names fit less."""
    one, other = pair
    return km(one.lat, one.lon, other.lat, other.lon) + 300.0 * (2.0 - one.score - other.score)


def _moved(relation: Relation, anchors: Sequence[Candidate], hint: str | None) -> Candidate:
    spot = relations.spot(relation, anchors, hint)
    score = min(a.score for a in anchors)
    return dataclasses.replace(
        anchors[0], lat=spot.lat, lon=spot.lon, radius_km=spot.radius_km, score=round(score, 4), method=spot.method
    )


def _pointed(text: str, point: coordinates.Point, gazetteer: Gazetteer) -> Candidate:
    near = gazetteer.nearest(point.lat, point.lon, TOWNS, within_km=50.0)
    town = near[0][1] if near else None
    return Candidate(
        gazetteer_id=f"point:{point.lat:.5f},{point.lon:.5f}",
        name=text,
        lat=point.lat,
        lon=point.lon,
        country_code=town.country_code if town else None,
        admin1=town.admin1 if town else None,
        admin2=town.admin2 if town else None,
        radius_km=point.radius_km,
        score=1.0,
        method="coordinates",
    )


def named(gazetteer: Gazetteer, text: str, asked: Asked) -> tuple[Candidate, ...]:
    """Candidates for a plain name: as written, without its kind, its parts; then what contains it."""
    province = province_of(gazetteer, asked)
    head, *parts = (p.strip() for p in re.split(r",|\s[-–—]\s", text))
    if parts and (found := _finer(gazetteer, head, parts, asked)):
        return found[: asked.limit]
    for spelling, kind, within in spellings(text):
        found = _fitting(gazetteer, spelling, kind, within, province, asked)
        if found:
            return found
    return fallback.answer(gazetteer, text, province, asked)


def _finer(gazetteer: Gazetteer, head: str, parts: Sequence[str], asked: Asked) -> tuple[Candidate, ...]:
    """The place that stands behind the one it lies in, then that one: "Kharkiv, Saltivka"."""
    areas = _known(gazetteer, head, asked)
    for area in areas[:3]:
        for part in parts:
            found = _known(gazetteer, part, asked)
            if found and _is_finer(found[0], area):
                inner = tuple(c for c in found if _is_finer(c, area) and _near_area(c, area))
                if inner:
                    return tuple(map(_widened, (*inner, area)))
    return ()


def _known(gazetteer: Gazetteer, name: str, asked: Asked) -> tuple[Candidate, ...]:
    """Places of this name, with or without its kind, not by likeness."""
    for spelling in (name, without_kind(name)[0]):
        found = gazetteer.search(spelling, country=asked.country, limit=30)
        if sure := tuple(c for c in found if c.method != "fuzzy"):
            return sure
    return ()


def _is_finer(one: Candidate, area: Candidate) -> bool:
    rank_of = {"site": 0, "town": 1, "admin2": 2, "admin1": 3, "region": 3, "water": 3, "country": 4}
    fine, coarse = rank_of[kind_of(one.feature)], rank_of[kind_of(area.feature)]
    return fine < coarse or (fine == coarse == 1 and one.population * SMALLER < area.population)


def named_exactly(gazetteer: Gazetteer, text: str, asked: Asked) -> bool:
    """True where a place bears just this name."""
    return bool(gazetteer.find(text, asked.country))


def province_of(gazetteer: Gazetteer, asked: Asked) -> Candidate | None:
    """The province asked for, None where none is or it is not known."""
    if not asked.admin1:
        return None
    for name in (asked.admin1, without_kind(asked.admin1)[0]):
        for one in gazetteer.search(name, country=asked.country, limit=10):
            if one.feature == "ADM1" and one.score >= FUZZY_ENOUGH:
                return one
    return None


def _fitting(
    gazetteer: Gazetteer, name: str, kind: str | None, within: str | None, province: Candidate | None, asked: Asked
) -> tuple[Candidate, ...]:
    found = gazetteer.search(name, country=asked.country, near=asked.near, limit=60)
    least = FUZZY_ENOUGH if province else FUZZY_LOOSE if asked.country in LOOSELY_SPELT else FUZZY_STRICT
    found = tuple(c for c in found if c.score >= least and (asked.country or c.method == "exact" or len(name) > 5))
    if "," in name:
        found = tuple(c for c in found if c.method != "fuzzy")
    if province:
        found = tuple(bounds.placed_in(gazetteer, found, province))
    if within:
        areas = [c for c in gazetteer.search(within, country=asked.country, limit=5) if c.score > 0.8]
        found = tuple(c for c in found if any(_near_area(c, a) for a in areas)) if areas else found
    if kind == "airport":
        found = _airfields(gazetteer, found)
    return rank((_widened(_weighed(c, kind, found, asked)) for c in found), near=None)[: asked.limit]


def _widened(one: Candidate) -> Candidate:
    """The candidate with a radius that also holds how far such matches are off as a rule."""
    return dataclasses.replace(one, radius_km=max(one.radius_km, LEAST_RADIUS_KM.get(one.method, 5.0)))


def _weighed(one: Candidate, kind: str | None, rivals: Sequence[Candidate], asked: Asked) -> Candidate:
    shape = kind_of(one.feature)
    worse = 0.0
    if kind == "village" and shape != "town":
        worse = 0.1
    if kind == "province" and shape != "admin1":
        worse = 0.15
    if kind == "district" and shape not in ("admin2", "admin1"):
        worse = 0.05
    if kind is None and shape in ("admin1", "water") and any(_outshines(c, one, asked) for c in rivals):
        worse = 0.05
    return dataclasses.replace(one, score=round(max(0.0, one.score - worse), 4))


def _outshines(town: Candidate, one: Candidate, asked: Asked) -> bool:
    """True for the town that a bare name means rather than its province, or a river in the country asked for."""
    if kind_of(town.feature) != "town" or town.method != "exact":
        return False
    if kind_of(one.feature) == "water":
        return asked.country is not None
    return town.admin1 == one.admin1 and importance(town) >= GREAT_TOWN


def _airfields(gazetteer: Gazetteer, towns: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The airfields themselves, or the one nearest each town."""
    out = []
    for one in towns:
        if one.feature in AIRFIELDS:
            out.append(one)
            continue
        if kind_of(one.feature) != "town":
            continue
        near = gazetteer.nearest(one.lat, one.lon, AIRFIELDS, within_km=30.0)
        served = [c for _, c in near if c.population] or [c for _, c in near]
        out += [dataclasses.replace(c, score=one.score, admin1=one.admin1, method="airport of") for c in served[:1]]
    return tuple(out)


def _near_area(one: Candidate, area: Candidate) -> bool:
    return km(one.lat, one.lon, area.lat, area.lon) <= 1.2 * area.radius_km + 10.0

"""A name asked for, taken apart: coordinates, relation phrases, kinds of place, containing places; then looked up."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract import place_relations
from extract.records import Relation
from geo import coordinates, relations
from geo.candidates import AIRFIELDS, TOWNS, importance, kind_of, km, rank
from geo.gazetteer import Gazetteer
from geo.normalise import fold, skeleton
from geo.phrasing import clean, phrases, spellings, without_kind
from geo.records import Candidate

Near = tuple[float, float] | None
NAMESAKE_KM = 25.0
"""How far beyond its province's reach a place may lie; reaches hold nine tenths of the border, not all of it."""
LEAST_RADIUS_KM = {"exact": 7.0, "alternate": 7.0, "variant": 15.0, "fuzzy": 25.0}
"""Kilometres that hold about nine in ten answers of the development place names, by how the name was matched."""
FUZZY_ENOUGH = 0.64
"""Least score of a like name: below it, development look-ups were wrong more often than right."""

_URBAN = re.compile(
    r"\b(?:streets?|st|avenue|roundabout|mosque|hospital|clinic|bridge|schools?|stadium|square|park|market|souk|bakery|"
    r"university|hotel|neighbou?rhood|quarter|district|suburb|prison|museum|cemetery|garden|building|centre|center|mall|"
    r"church|house|ministry|headquarters|courthouse|boulevard|garage)\b",
    re.IGNORECASE,
)
"""Words of things that stand in a province's main town rather than in its villages."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Where the question bounds the answer."""

    country: str | None
    admin1: str | None
    near: Near
    limit: int


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
    pools = [_anchors(named(gazetteer, n, asked), relation) for n in names]
    if not all(pools):
        return ()
    if hint == "part" and kind_of(pools[0][0].feature) in ("town", "site"):
        return ()
    if len(pools) > 1:
        return (_moved(relation, _closest(pools), hint),)
    return tuple(_moved(relation, (c,), hint) for c in pools[0])


def _anchors(found: Sequence[Candidate], relation: Relation) -> list[Candidate]:
    """What a relation is measured from: no fallbacks, and of a province and a town of one name the town."""
    sure = [c for c in found if not c.method.startswith("in ")]
    if relation.kind == "direction":
        return sure
    points = [c for c in sure if kind_of(c.feature) in ("town", "site")]
    return points if points and points[0].score > sure[0].score - 0.15 else sure


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
    for spelling, kind, within in spellings(text):
        found = _fitting(gazetteer, spelling, kind, within, province, asked)
        if found:
            return found
    return _containing(gazetteer, text, province, asked)


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
    found = tuple(
        c for c in found if c.score >= FUZZY_ENOUGH and (asked.country or c.method == "exact" or len(name) > 5)
    )
    if province:
        found = tuple(c for c in found if fits(c, province) and (c.method != "fuzzy" or _same_province(c, province)))
    if within:
        areas = [c for c in gazetteer.search(within, country=asked.country, limit=5) if c.score > 0.8]
        found = tuple(c for c in found if any(_near_area(c, a) for a in areas)) if areas else found
    if kind == "airport":
        found = _airfields(gazetteer, found)
    return rank((_widened(_weighed(c, kind)) for c in found), near=None)[: asked.limit]


def _widened(one: Candidate) -> Candidate:
    """The candidate with a radius that also holds how far such matches are off as a rule."""
    return dataclasses.replace(one, radius_km=max(one.radius_km, LEAST_RADIUS_KM.get(one.method, 5.0)))


def _weighed(one: Candidate, kind: str | None) -> Candidate:
    shape = kind_of(one.feature)
    worse = 0.0
    if kind == "village" and shape != "town":
        worse = 0.1
    if kind == "province" and shape != "admin1":
        worse = 0.15
    if kind == "district" and shape not in ("admin2", "admin1"):
        worse = 0.05
    return dataclasses.replace(one, score=round(max(0.0, one.score - worse), 4))


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


def fits(one: Candidate, province: Candidate) -> bool:
    """True where the place lies in the province, or where its own is unknown and it lies in reach."""
    if one.country_code != province.country_code:
        return False
    if _same_province(one, province):
        return True
    return km(one.lat, one.lon, province.lat, province.lon) <= province.radius_km + NAMESAKE_KM


def _same_province(one: Candidate, province: Candidate) -> bool:
    return bool(one.admin1) and skeleton(fold(one.admin1 or "")) == skeleton(fold(province.admin1 or province.name))


def _near_area(one: Candidate, area: Candidate) -> bool:
    return km(one.lat, one.lon, area.lat, area.lon) <= 1.2 * area.radius_km + 10.0


def _containing(gazetteer: Gazetteer, text: str, province: Candidate | None, asked: Asked) -> tuple[Candidate, ...]:
    """The place that the name itself says it lies in, else the province asked for; never a namesake elsewhere."""
    parts = [p.strip() for p in re.split(r",|\bin\b|\bof\b|'s\b|\bnear\b", text)[1:] if p.strip()]
    parts += [text.partition(":")[0].strip()] if ":" in text else []
    for part in parts:
        for spelling in (part, without_kind(part)[0]):
            found = [c for c in gazetteer.search(spelling, country=asked.country, limit=5) if c.score > 0.75]
            found = [c for c in found if not province or fits(c, province)]
            if found:
                best = max(found, key=lambda c: (c.score, importance(c)))
                return (_fallback(best),)
    if province and _URBAN.search(text):
        capital = gazetteer.largest(province.country_code or "", province.admin1 or province.name)
        return (_fallback(capital),) if capital else (_peopled(gazetteer, province),)
    return (_peopled(gazetteer, province),) if province else ()


def _peopled(gazetteer: Gazetteer, province: Candidate) -> Candidate:
    """The province at the middle of its towns: its desert is where the least of its news is from."""
    found = _fallback(province)
    settled = gazetteer.settled(province.country_code or "", province.admin1 or province.name)
    if settled is None:
        return found
    return dataclasses.replace(found, lat=settled[0], lon=settled[1], radius_km=max(15.0, settled[2]))


def _fallback(area: Candidate) -> Candidate:
    """The area itself; what lies "in" a town by a report is as often in the country around it."""
    radius = max(area.radius_km, 40.0) if kind_of(area.feature) == "town" else area.radius_km
    return dataclasses.replace(area, radius_km=radius, score=0.3, method=f"in {kind_of(area.feature)}")

"""What a name falls back to that the gazetteer does not hold: what contains it, with that one's radius."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass

from geo.bounds import fits
from geo.candidates import TOWNS, importance, kind_of
from geo.gazetteer import Gazetteer
from geo.normalise import fold
from geo.phrasing import without_kind
from geo.records import Candidate

Near = tuple[float, float] | None
SURE_ENOUGH, CERTAIN = 0.75, 0.88
"""Least score of a containing place that the name itself gives; and of a town that a site may be named after, which
no like name reaches."""
BORDER_KM = 40.0
"""How far across the border of the country asked for a place may lie: Belgorod, shelled from Ukraine, is 35 km off."""
TOWN_REACH_KM = 40.0
"""What is "in" a town by a report is as often in the country around it; holds nine in ten of such look-ups."""
LEAST_REACH_KM = 15.0
_SITE_WORDS = (
    r"streets?|st|avenue|roundabout|mosque|hospital|clinic|bridge|schools?|stadium|square|park|market|souk|bakery|"
    r"university|hotel|neighbou?rhood|quarter|district|suburb|prison|museum|cemetery|garden|building|cent(?:re|er)|mall|"
    r"church|house|ministry|headquarters|courthouse|boulevard|garage"
)
_URBAN = re.compile(rf"\b(?:{_SITE_WORDS})\b", re.IGNORECASE)
"""Words of things that stand in a province's main town rather than in its villages."""
_SITE = re.compile(
    r"^(?:the\s+)?(?P<town>.+?)\s+(?:(?:railway|train|bus|power|police|fire|metro|thermal|oil|fuel|military|central|"
    r"city|regional|district|main|international|refugee|border|sea)\s+)*"
    rf"(?:{_SITE_WORDS}|port|harbou?r|station|plant|factory|works|refinery|depot|warehouse|base|barracks|camp|"
    r"checkpoint|crossing|dam|reservoir|theat(?:re|er)|college|monastery|lavra|mine|power\s+station)$",
    re.IGNORECASE,
)
"""A thing that bears the name of the town it stands in."""
_WILD = re.compile(
    r"\b(?:jabal|jebel|djebel|gebel|mount|mountains?|hills?|wadi|valley|desert|badia|sabkha[th]?|bir|tlul|tulul|steppe|"
    r"gas|oil|phosphate|mines?)\b",
    re.IGNORECASE,
)
"""Words of things that lie where a province's people do not live."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Where the question bounds the answer."""

    country: str | None
    admin1: str | None
    near: Near
    limit: int


def answer(gazetteer: Gazetteer, text: str, province: Candidate | None, asked: Asked) -> tuple[Candidate, ...]:
    """The place that the name itself says it lies in, else the province asked for; never a namesake elsewhere.

    Without a province, a place of the very name just across the border of the country asked for, if there is one.
    """
    urban = bool(_URBAN.search(text))
    for part, least in _parts(text):
        if province and not urban and fold(part) == fold(asked.admin1 or ""):
            continue
        found = [c for c in gazetteer.search(part, country=asked.country, limit=5) if c.score > least]
        found = [c for c in found if not province or fits(c, province)]
        if found:
            return (_as_area(max(found, key=lambda c: (c.score, importance(c)))),)
    if province and urban:
        capital = gazetteer.largest(province.country_code or "", province.admin1 or province.name)
        return (_as_area(capital) if capital else _peopled(gazetteer, province),)
    if province:
        return (_as_area(province) if _WILD.search(text) else _peopled(gazetteer, province),)
    return _across(gazetteer, text, asked)


def _parts(text: str) -> Iterator[tuple[str, float]]:
    """(name of what may contain the place, how well it must be known)."""
    parts = [p.strip() for p in re.split(r",|\bin\b|\bof\b|'s\b|\bnear\b", text)[1:] if p.strip()]
    parts += [text.partition(":")[0].strip()] if ":" in text else []
    for part in parts:
        yield part, SURE_ENOUGH
        yield without_kind(part)[0], SURE_ENOUGH
    site = _SITE.match(text.partition(",")[0].strip())
    if site:
        yield site["town"], CERTAIN


def _across(gazetteer: Gazetteer, text: str, asked: Asked) -> tuple[Candidate, ...]:
    if not asked.country:
        return ()
    name = without_kind(text.partition(",")[0].strip())[0]
    found = (c for c in gazetteer.search(name, limit=10) if c.method == "exact" and kind_of(c.feature) != "country")
    return tuple(c for c in found if _borders(gazetteer, c, asked.country))


def _borders(gazetteer: Gazetteer, one: Candidate, country: str) -> bool:
    near = gazetteer.nearest(one.lat, one.lon, TOWNS, within_km=BORDER_KM)
    return any(town.country_code == country for _, town in near)


def _peopled(gazetteer: Gazetteer, province: Candidate) -> Candidate:
    """The province at the middle of its towns: its desert is where the least of its news is from."""
    found = _as_area(province)
    settled = gazetteer.settled(province.country_code or "", province.admin1 or province.name)
    if settled is None:
        return found
    return dataclasses.replace(found, lat=settled[0], lon=settled[1], radius_km=max(LEAST_REACH_KM, settled[2]))


def _as_area(area: Candidate) -> Candidate:
    """The area itself as the answer for something in it."""
    kind = kind_of(area.feature)
    radius = max(area.radius_km, TOWN_REACH_KM) if kind == "town" else area.radius_km
    return dataclasses.replace(area, radius_km=radius, score=0.3, method=f"in {kind}")

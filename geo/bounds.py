"""Whether a place lies in the province asked for, or so near that a report may have taken it for one there."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator

from geo.candidates import TOWNS, km
from geo.gazetteer import Gazetteer
from geo.normalise import fold, skeleton
from geo.records import Candidate

NEIGHBOUR_KM, CITY_NEIGHBOUR_KM, CITY_KM = 20.0, 45.0, 30.0
"""How far from a town of the province asked for a place of another may lie: reports err about provinces near their
borders; and a province of less than CITY_KM is a capital, whose name stands for its surroundings too."""
ELSEWHERE = 0.1
"""What a place of another province than the one asked for loses against those in it."""


def placed_in(gazetteer: Gazetteer, found: Iterable[Candidate], province: Candidate) -> Iterator[Candidate]:
    """Those in the province; also, for less, those by that very name close to its border."""
    for one in found:
        if _same_province(one, province):
            yield one
        elif one.method != "fuzzy" and fits(one, province) and (not one.admin1 or _bordering(gazetteer, one, province)):
            yield dataclasses.replace(one, score=round(one.score - ELSEWHERE, 4))


def fits(one: Candidate, province: Candidate) -> bool:
    """True where the place lies in the province or within its reach."""
    if one.country_code != province.country_code:
        return False
    reach = province.radius_km + (CITY_NEIGHBOUR_KM if province.radius_km < CITY_KM else NEIGHBOUR_KM)
    return _same_province(one, province) or km(one.lat, one.lon, province.lat, province.lon) <= reach


def _bordering(gazetteer: Gazetteer, one: Candidate, province: Candidate) -> bool:
    reach = CITY_NEIGHBOUR_KM if province.radius_km < CITY_KM else NEIGHBOUR_KM
    near = gazetteer.nearest(one.lat, one.lon, TOWNS, within_km=reach)
    return any(_same_province(town, province) for _, town in near)


def _same_province(one: Candidate, province: Candidate) -> bool:
    return bool(one.admin1) and skeleton(fold(one.admin1 or "")) == skeleton(fold(province.admin1 or province.name))

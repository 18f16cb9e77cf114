"""What speaks for one candidate against another, and how sure the sum makes a choice."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.records import PlaceMention
from geo.candidates import AIRFIELDS, kind_of, km
from geo.normalise import fold
from geo.records import Candidate

_COUNTRY = 0.9
"""What a country's name says for the country against towns of the same name (China in Texas)."""
_HOME, _HOME_KM = 1.2, 100.0
"""What nearness to a local paper's town is worth, and the distance over which it wears off."""
_ECLIPSED = 0.3
_MEASURED_FROM = 0.8
"""What a province loses besides where a distance or nearness is told from it."""
CALIBRATION = (
    (0.0, 0.0), (0.3, 0.35), (0.5, 0.5), (0.7, 0.62), (0.85, 0.68), (0.92, 0.82), (0.97, 0.93), (1.0, 0.98),
)  # fmt: skip
"""(share of the weight, how often right): 4,757 places of the development halves of four corpora, 22 November 2026."""
_CAPITAL = 0.4
"""What speaks for a capital by its own name against what has it as another name ("Dili" is not Delhi)."""
_VAST = 0.5
"""What speaks for seas, rivers and continents, which have no country to be borne out by."""
KIND_PHRASES = {
    "crossing": ("crossing", "border crossing"),
    "camp": ("camp", "refugee camp"),
    "hospital": ("hospital",),
    "dam": ("dam",),
    "prison": ("prison",),
    "port": ("port",),
    "station": ("station",),
    "oilfield": ("oil field", "refinery"),
    "airport": ("airport", "air base", "military airport", "airbase"),
}


@dataclass(frozen=True, slots=True)
class Setting:
    """What the report as a whole talks of: shares of countries and provinces, points of its certain places."""

    countries: Mapping[str, float]
    provinces: Mapping[tuple[str, str], float]
    points: tuple[tuple[float, float, float], ...]
    home: tuple[float, float] | None = None


def eclipsed(one: Candidate, mention: PlaceMention, towns: set[str | None]) -> float:
    """What a province loses to a town of its name where nothing says that the province is meant; more where the words
    measure from it ("near Marib")."""
    if kind_of(one.feature) != "admin1" or mention.hint in ("province", "countryside") or one.country_code not in towns:
        return 0.0
    relation = mention.relation
    return _MEASURED_FROM if relation and relation.kind in ("near", "offset", "between") else _ECLIPSED


def weight(one: Candidate, mention: PlaceMention, setting: Setting, above: Sequence[Candidate]) -> float:
    """Sum of what speaks for a candidate; the unit is about that of a log-odds quarter."""
    kind = kind_of(one.feature)
    total = 2.2 * one.score + (_COUNTRY if kind == "country" else 0.0)
    share = setting.countries.get(one.country_code or "", 0.0)
    if kind != "country":
        total += 0.9 * math.sqrt(share)
        total += 0.9 * math.sqrt(setting.provinces.get((one.country_code or "", one.admin1 or ""), 0.0))
    if above and kind != "country":
        total += 1.5 if any(inside(one, a) for a in above) else -0.6
    if not one.country_code:
        total += _VAST
    if one.feature == "PPLC" and fold(one.name) == fold(mention.text):
        total += _CAPITAL
    total += _kind_fits(mention.hint, kind, one.feature)
    if setting.home and kind != "country":
        total += _HOME * math.exp(-km(*setting.home, one.lat, one.lon) / _HOME_KM)
    return total + _nearness(one, setting.points)


def inside(one: Candidate, above: Candidate) -> bool:
    """True where the candidate lies in the country, province or district, by their names."""
    if one.country_code != above.country_code or one.gazetteer_id == above.gazetteer_id:
        return False
    kind = kind_of(above.feature)
    if kind == "admin2" and one.admin2:
        own, wide = fold(one.admin2), fold(above.name)
        return own in wide or wide in own
    return kind == "country" or fold(one.admin1 or "") == fold(above.admin1 or above.name)


def _kind_fits(hint: str | None, kind: str, feature: str | None) -> float:
    if hint in ("city", "village"):
        return 0.4 if kind == "town" else -0.2
    if hint in ("province", "countryside"):
        return 0.5 if kind in ("admin1", "region") else 0.0
    if hint == "district":
        return 0.4 if kind == "admin2" else 0.0
    if hint == "river":
        return 0.5 if kind == "water" else 0.0
    if hint in KIND_PHRASES and kind == "site":
        return 1.1
    return 0.3 if hint == "airport" and feature in AIRFIELDS else 0.0


def _nearness(one: Candidate, points: Iterable[tuple[float, float, float]]) -> float:
    best = 0.0
    for lat, lon, score in points:
        if abs(lat - one.lat) < 4.0:
            away = km(lat, lon, one.lat, one.lon)
            if away > 0.01:
                best = max(best, score * math.exp(-away / 120.0))
    return 0.5 * best


def calibrated(share: float) -> float:
    """How often choices of that share of their rivals' weight were right; see CALIBRATION."""
    for (low, least), (high, most) in pairwise(CALIBRATION):
        if share <= high:
            return least + (most - least) * (share - low) / (high - low)
    return CALIBRATION[-1][1]

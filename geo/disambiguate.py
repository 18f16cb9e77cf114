"""Candidates and the report's other places to a choice, with a score and the runners-up."""

from __future__ import annotations

import dataclasses
import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TypeVar

from extract.records import KnownPlace, PlaceMention
from geo.candidates import importance, kind_of, km
from geo.gazetteer import Gazetteer, Seat
from geo.normalise import fold
from geo.records import Candidate, PlacedMention
from geo.weighing import KIND_PHRASES, Setting, calibrated, eclipsed, inside, weight

AIRFIELD_WITHIN_KM = 30.0
"""How far from a town its airport lies at most; measured on the towns that the airfield registers name."""
_LOCAL, _NATIONAL = 1.5, 0.3
"""Mentions that a local paper's own province, a national one's own country are worth."""
_SURE = {"alternate": 0.9, "short": 0.95}
LEAST_ELSEWHERE, PLAINLY, WELL_KNOWN = 3, 1.0, 0.75
"""Of 263 places alone in their country among three or more elsewhere, on the development corpora, the 43 well known
and plainly named ones were right in 37 cases, the other 220 in 2."""
LEAST_SHARE = 0.25
"""Share of a report's places that a country needs for like names in it to be looked for."""
_PARTS = frozenset(("village", "camp", "neighbourhood", "district", "hospital", "checkpoint"))
_IN_TOWN = re.compile(
    r"\s+(?:\w+\s+)?(?:in|of|near|within|inside|north|south|east|west)(?:\s+of)?\s+"
    r"(?:(?:the|\w+ern|\w+|city|town|countryside|suburbs?|outskirts)\s+){0,4}(?:of\s+)?",
    re.I,
)
_NAMED = ("exact", "alternate")
_PART_WITHIN_KM = 60.0
"""How far from a town lies what the words put in its surroundings, at most."""
MOST_CANDIDATES = 60
ALTERNATES = 4
_K = TypeVar("_K")
_LEVEL = {"country": 6, "region": 5, "admin1": 4, "admin2": 3, "town": 1, "site": 1, "water": 7}


def resolve(
    mentions: Sequence[PlaceMention],
    gazetteer: Gazetteer,
    *,
    text: str,
    publisher: str | None = None,
    hints: Sequence[str] = (),
) -> tuple[PlacedMention, ...]:
    """The mentions with their chosen places, in the same order; ``hints`` are ISO codes that the parties imply.

    A name that would be the only one of its country is left unresolved unless it is a well-known place and plainly
    used of one; where the words hardly bear out a place at all, it is left out.
    """
    pools = [candidates(mention, gazetteer) for mention in mentions]
    seat = gazetteer.seat(publisher)
    setting = _first_setting(mentions, pools, hints, seat)
    chosen = _choose_all(mentions, pools, setting, gazetteer)
    setting = _second_setting(mentions, chosen, hints, seat)
    pools = [_widened(p, m, gazetteer, setting) for p, m in zip(pools, mentions, strict=True)]
    placed = _nested(_choose_all(mentions, pools, setting, gazetteer), text)
    return _believed(placed, hints, seat)


def _nested(placed: Sequence[PlacedMention], text: str) -> list[PlacedMention]:
    """The choices, a quarter, camp or village held to the town that the words put it in ("X camp in the countryside
    of Y"): another of its name there, or none."""
    towns = [
        p.choice for p in placed if p.choice and p.mention.use == "literal" and kind_of(p.choice.feature) == "town"
    ]
    kept = [_in_its_town(one, towns) for one in placed]
    for number, (one, town) in enumerate(pairwise(kept)):
        between = text[one.mention.span.end : town.mention.span.start]
        if one.choice and town.choice and one.mention.hint in _PARTS and _IN_TOWN.fullmatch(between):
            near = [c for c in (one.choice, *one.alternates) if _belongs(c, town.choice)]
            kept[number] = dataclasses.replace(one, choice=near[0]) if near else PlacedMention(one.mention, None, 0.0)
    return kept


def _in_its_town(one: PlacedMention, towns: Sequence[Candidate]) -> PlacedMention:
    """The choice for a neighbourhood, which lies at one of the report's other towns where there are any."""
    others = [t for t in towns if one.choice and t.gazetteer_id != one.choice.gazetteer_id]
    if one.choice is None or one.mention.hint != "neighbourhood" or not others:
        return one
    near = [c for c in (one.choice, *one.alternates) if any(_belongs(c, t) for t in others)]
    return dataclasses.replace(one, choice=near[0]) if near else PlacedMention(one.mention, None, 0.0)


def _belongs(part: Candidate, town: Candidate) -> bool:
    return km(part.lat, part.lon, town.lat, town.lon) <= _PART_WITHIN_KM + town.radius_km


def _believed(placed: Sequence[PlacedMention], hints: Sequence[str], seat: Seat | None) -> tuple[PlacedMention, ...]:
    """The choices without those that nothing else in the report bears out."""
    spread: dict[str, set[str]] = defaultdict(set)
    for one in placed:
        if one.choice and one.choice.country_code:
            spread[one.choice.country_code].add(one.choice.gazetteer_id)
    borne = {*hints, *([seat.country_code] if seat else [])}
    kept = []
    for one in placed:
        found = one.choice
        if (
            found is None
            or not found.country_code
            or found.country_code in borne
            or kind_of(found.feature) == "country"
        ):
            kept.append(one)
            continue
        elsewhere = sum(len(ids) for country, ids in spread.items() if country != found.country_code)
        alone = len(spread[found.country_code]) == 1 and elsewhere >= LEAST_ELSEWHERE
        plain = one.mention.plausibility >= PLAINLY
        if not alone or (plain and importance(found) >= WELL_KNOWN):
            kept.append(one)
        elif plain:
            kept.append(PlacedMention(one.mention, None, 0.0, (found, *one.alternates)))
    return tuple(kept)


def known(placed: Sequence[PlacedMention]) -> tuple[KnownPlace, ...]:
    """The mentions with what the gazetteer knows of them, short of where they are."""
    return tuple(
        KnownPlace(
            mention=p.mention,
            name=p.choice.name if p.choice else None,
            country_code=p.choice.country_code if p.choice else None,
            admin1=p.choice.admin1 if p.choice else None,
            feature=p.choice.feature if p.choice else None,
            level=_LEVEL[kind_of(p.choice.feature)] if p.choice else None,
        )
        for p in placed
    )


def candidates(mention: PlaceMention, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """What the name may mean, by name and use alone."""
    found = _of_kind(mention, gazetteer) + gazetteer.find(mention.text)
    if mention.use == "demonym":
        return tuple(c for c in found if c.method == "demonym") or found
    plain = tuple(c for c in found if c.method != "demonym")
    return (plain or found)[:MOST_CANDIDATES]


def _of_kind(mention: PlaceMention, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """Sites that bear the name with the kind that the words tell: "Rafah crossing", "Zaatari camp"."""
    phrases = KIND_PHRASES.get(mention.hint or "", ())
    return tuple(c for phrase in phrases for c in gazetteer.find(f"{mention.text} {phrase}"))


def _widened(
    pool: tuple[Candidate, ...], mention: PlaceMention, gazetteer: Gazetteer, setting: Setting
) -> tuple[Candidate, ...]:
    """The candidates, with like names added where none lies in a country of the report and none is well known."""
    at_home = any(not c.country_code or setting.countries.get(c.country_code, 0.0) >= LEAST_SHARE for c in pool)
    if at_home or any(importance(c) >= WELL_KNOWN for c in pool):
        return pool
    return pool + _like(mention, gazetteer, setting)


def _like(mention: PlaceMention, gazetteer: Gazetteer, setting: Setting) -> tuple[Candidate, ...]:
    """Like names, only in the countries that the report talks of most: folded matches elsewhere are chance."""
    if len(fold(mention.text)) < 5:
        return ()
    found: list[Candidate] = []
    for country, share in sorted(setting.countries.items(), key=lambda kv: -kv[1])[:2]:
        if share >= LEAST_SHARE:
            found += gazetteer.search(mention.text, country=country, limit=5, slips=False)
    return tuple(found)


def _first_setting(
    mentions: Sequence[PlaceMention], pools: Sequence[Sequence[Candidate]], hints: Sequence[str], seat: Seat | None
) -> Setting:
    countries: dict[str, float] = defaultdict(float, dict.fromkeys(hints, 1.0))
    provinces: dict[tuple[str, str], float] = defaultdict(float)
    for mention, pool in zip(mentions, pools, strict=True):
        if not pool:
            continue
        top = pool[0]
        kind = kind_of(top.feature)
        rivals = [c for c in pool[1:] if (c.country_code, c.admin1) != (top.country_code, top.admin1)]
        sure = importance(top) - max((importance(c) for c in rivals), default=0.0)
        if top.country_code and (kind == "country" or sure > 0.3 or (kind == "admin1" and sure > 0.1)):
            countries[top.country_code] += 0.5 if mention.use == "demonym" else 1.0
            if kind != "country" and top.admin1:
                provinces[(top.country_code, top.admin1)] += 1.0
    return _setting(countries, provinces, (), seat)


def _second_setting(
    mentions: Sequence[PlaceMention], placed: Sequence[PlacedMention], hints: Sequence[str], seat: Seat | None
) -> Setting:
    countries: dict[str, float] = defaultdict(float, dict.fromkeys(hints, 1.0))
    provinces: dict[tuple[str, str], float] = defaultdict(float)
    points = []
    seen: set[str] = set()
    for mention, one in zip(mentions, placed, strict=True):
        found = one.choice
        if found is None or not found.country_code:
            continue
        countries[found.country_code] += (0.5 if mention.use == "demonym" else 1.0) * one.score
        kind = kind_of(found.feature)
        if kind in ("admin1", "admin2", "town", "site") and found.admin1:
            provinces[(found.country_code, found.admin1)] += one.score
        if kind in ("town", "site", "admin2") and found.gazetteer_id not in seen:
            seen.add(found.gazetteer_id)
            points.append((found.lat, found.lon, one.score))
    return _setting(countries, provinces, tuple(points), seat)


def _setting(
    countries: dict[str, float],
    provinces: dict[tuple[str, str], float],
    points: tuple[tuple[float, float, float], ...],
    seat: Seat | None,
) -> Setting:
    if seat and seat.point:
        countries[seat.country_code] += _LOCAL
        provinces[(seat.country_code, seat.admin1 or "")] += _LOCAL
    elif seat:
        countries[seat.country_code] += _NATIONAL
    return Setting(_shares(countries), _shares(provinces), points, seat.point if seat else None)


def _shares(counts: Mapping[_K, float]) -> dict[_K, float]:
    total = sum(counts.values())
    return {k: v / total for k, v in counts.items()} if total else {}


def _choose_all(
    mentions: Sequence[PlaceMention],
    pools: Sequence[Sequence[Candidate]],
    setting: Setting,
    gazetteer: Gazetteer,
) -> list[PlacedMention]:
    """One choice a name: mentions of one spelling and use share their evidence."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, mention in enumerate(mentions):
        groups[(fold(mention.text), mention.hint if mention.hint in KIND_PHRASES else "")].append(number)
    out: list[PlacedMention | None] = [None] * len(mentions)
    for members in groups.values():
        parents = tuple(p for n in members for p in mentions[n].parents)
        shared = _ranked(mentions[members[0]], pools[members[0]], setting, parents, gazetteer)
        for n in members:
            ranked = shared if mentions[n].use == mentions[members[0]].use else None
            ranked = ranked or _ranked(mentions[n], pools[n], setting, parents, gazetteer)
            out[n] = _placed(mentions[n], ranked)
    return [p for p in out if p is not None]


def _ranked(
    mention: PlaceMention,
    pool: Sequence[Candidate],
    setting: Setting,
    parents: Sequence[str],
    gazetteer: Gazetteer,
) -> list[tuple[float, Candidate]]:
    above = [c for p in parents for c in gazetteer.find(p)[:8] if kind_of(c.feature) in ("country", "admin1", "admin2")]
    if above:
        # A name spelt otherwise is the place only where it lies in what the report says contains it.
        pool = [c for c in pool if c.method != "fuzzy" or any(inside(c, a) for a in above)]
    towns = {c.country_code for c in pool if kind_of(c.feature) == "town" and c.method in _NAMED and c.score > 0.45}
    scored = [(weight(c, mention, setting, above) - eclipsed(c, mention, towns), c) for c in pool]
    return sorted(scored, key=lambda pair: (-pair[0], pair[1].gazetteer_id))


def _placed(mention: PlaceMention, ranked: Sequence[tuple[float, Candidate]]) -> PlacedMention:
    if not ranked:
        return PlacedMention(mention, None, 0.0)
    best = ranked[0][0]
    rivals = [(w, c) for w, c in ranked if not _same_spot(c, ranked[0][1])]
    total = 1.0 + sum(math.exp(-4.0 * (best - w)) for w, _ in rivals)
    top = ranked[0][1]
    sure = min(1.0, top.score) if top.method == "fuzzy" else _SURE.get(top.method, 1.0)
    score = round(calibrated(sure / total), 3)
    alternates = tuple(c for _, c in ranked[1 : 1 + ALTERNATES])
    return PlacedMention(mention, ranked[0][1], score, alternates)


def _same_spot(one: Candidate, other: Candidate) -> bool:
    away = km(one.lat, one.lon, other.lat, other.lon)
    near = away < max(one.radius_km, other.radius_km) or (one.admin1 is not None and one.admin1 == other.admin1)
    alike = near and fold(one.name) == fold(other.name)
    return one.country_code == other.country_code and (away < 60.0 or alike)

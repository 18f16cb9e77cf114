"""The gazetteer: names to places, from an index on disk that is built from the bundled sources."""

from __future__ import annotations

import dataclasses
import math
import re
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rapidfuzz import fuzz, process

from extract.errors import ReferenceDataError
from extract.names import NameFacts
from geo import index
from geo.normalise import fold, skeleton, without_article
from geo.records import Candidate

DATA = Path(__file__).resolve().parent.parent / "data" / "gazetteer"
LEAST_LIKENESS = 74.0
"""Least rapidfuzz ratio of a name found by its skeleton: "hassakeh" and "hasaka" have 77."""
_SKELETON_WORTH = {2: -12.0, 3: -2.0, 4: 4.0}
"""What agreeing consonants add to the likeness by their number: two agree by chance, five hardly ever do."""
_EXACT = {"alternate": 0.86, "demonym": 0.6, "short": 0.86}
LEAST_TYPO_LIKENESS = 85.0
"""The same for a slip of the pen: one wrong letter in seven leaves 86."""
LEAST_TOWNS = 4
"""Towns that it takes to tell where a province's people live."""
_HOW_WEIGHT = {index.NAME: 0.0, index.ABBREVIATION: 0.0, index.DEMONYM: 0.0, index.SHORT: -0.05, index.VARIANT: -0.04}
_HOW_WEIGHT[index.ALTERNATE] = -0.2
_COLUMNS = "p.gid, p.name, p.lat, p.lon, p.country, p.admin1, p.admin2, p.feature, p.population, p.radius"
_KIND = {
    "PCLI": ("country", 1.0),
    "PCLH": ("region", 0.8),
    "CONT": ("region", 0.97),
    "OCN": ("water", 0.85),
    "SEA": ("water", 0.8),
    "ADM1": ("admin1", 0.72),
    "ADM1H": ("admin1", 0.72),
    "ADM2": ("admin2", 0.4),
    "AIRP": ("site", 0.3),
    "AIRB": ("site", 0.35),
}
_SEAT_PEOPLE = 1500
_REGION_IMPORTANCE = 0.7
_SITE_IMPORTANCE = 0.45


def build(path: Path, *, progress: index.Progress | None = None, data: Path = DATA) -> None:
    """Builds the name index at ``path``, atomically; ``progress`` is told the source at work and the share done."""
    index.write(path, data, progress=progress)


def fresh(path: Path, data: Path = DATA) -> bool:
    """True where ``path`` holds a whole index of the sources in ``data`` as they are now."""
    try:
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as db:
            row = db.execute("SELECT value FROM meta WHERE key='digest'").fetchone()
    except sqlite3.Error:
        return False
    return row is not None and row[0] == index.digest(data)


_WATER = frozenset(("STM", "LK", "LGN", "GULF", "BAY", "STRT", "CHN", "CH", "CNL", "RSV", "SEA", "OCN"))
_REGION = frozenset(
    ("RGN", "AREA", "ISL", "ISLS", "PEN", "MTS", "MT", "HLLS", "RDGE", "DSRT", "DLTA", "VAL", "PLN", "PLAT", "UPLD")
) | frozenset(("FRST", "CST", "CAPE", "LCTY", "PRK", "RESN"))


def kind_of(feature: str | None) -> str:
    """country, admin1, admin2, town, water, region or site."""
    if feature in _KIND:
        return _KIND[feature][0]
    if not feature or feature.startswith("PPL"):
        return "town"
    if feature.startswith("ADM") and feature != "ADMF":
        return "admin2"
    return "water" if feature in _WATER else "region" if feature in _REGION else "site"


def importance(found: Candidate) -> float:
    """0 to 1: how likely news mean this place when they say its name, before any context."""
    kind = kind_of(found.feature)
    if kind == "town":
        # GeoNames lists a town without a count of its people only where it is the seat of a division.
        size = math.log10(found.population or _SEAT_PEOPLE) / 7.6
        return min(0.9, max(0.05, size)) + (0.1 if found.feature == "PPLC" else 0)
    if kind == "country":
        return 0.9 + min(0.1, math.log10(max(found.population, 1)) / 90)
    if kind in ("admin1", "admin2"):
        least = 0.6 if kind == "admin1" else 0.25
        return max(least, min(0.88, math.log10(max(found.population, 1)) / 8.2 - (0.0 if kind == "admin1" else 0.25)))
    if found.feature in _KIND:
        return _KIND[found.feature][1]
    return _REGION_IMPORTANCE if kind in ("region", "water") else _SITE_IMPORTANCE


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a publisher sits; ``point`` (latitude, longitude) of its town, None for one that serves a country."""

    country_code: str
    admin1: str | None
    point: tuple[float, float] | None


class Gazetteer:
    """Look-ups over a built index. One object a thread; ``close`` when done."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._rows = lru_cache(maxsize=50_000)(self._read)
        self.facts = lru_cache(maxsize=50_000)(self._facts)
        self.settled = lru_cache(maxsize=2000)(self._settled)
        """(latitude, longitude, km) of the middle of a province's towns and the reach of nine in ten, or None."""
        self._country_keys = lru_cache(maxsize=32)(self._read_country_keys)

    @classmethod
    def open(cls, path: Path, data: Path = DATA) -> Gazetteer:
        """The gazetteer at ``path``; raises ReferenceDataError where the index is missing, damaged or outdated."""
        if not path.exists():
            raise ReferenceDataError(f"no gazetteer index at {path}: build it first")
        if not fresh(path, data):
            raise ReferenceDataError(f"the gazetteer index {path} is damaged or outdated: build it anew")
        db = sqlite3.connect(f"file:{path}?mode=ro", uri=True, check_same_thread=False)
        db.execute("PRAGMA mmap_size=1073741824")
        db.execute("PRAGMA cache_size=-32768")
        return cls(db)

    def close(self) -> None:
        """Closes the index."""
        self._db.close()

    def find(self, name: str, country: str | None = None) -> tuple[Candidate, ...]:
        """Places with exactly this name (folded, any script), the most important first; ``country`` is ISO alpha-2."""
        found = self._rows(fold(name))
        return tuple(c for c in found if c.country_code == country) if country else found

    def search(
        self,
        name: str,
        *,
        country: str | None = None,
        admin1: str | None = None,
        near: tuple[float, float] | None = None,
        limit: int = 10,
        slips: bool = True,
    ) -> tuple[Candidate, ...]:
        """Places with this or a like name, best first; ``score`` 0 to 1, ``method`` exact, variant or fuzzy.

        ``slips`` looks for slips of the pen as well where no transliteration fits.
        """
        key = fold(name)
        if not key:
            return ()
        found = [
            dataclasses.replace(c, score=_EXACT.get(c.method, 0.9) + 0.1 * importance(c))
            for c in self.find(name, country)
        ]
        if not found and key != without_article(key):
            found = [
                dataclasses.replace(c, score=0.85 + 0.1 * importance(c), method="variant")
                for c in self.find(without_article(key), country)
            ]
        if len(found) < limit:
            have = {c.gazetteer_id for c in found}
            found += [c for c in self._like(key, country, slips) if c.gazetteer_id not in have]
        return rank(found, admin1=admin1, near=near)[:limit]

    def nearest(
        self, lat: float, lon: float, features: Iterable[str], *, within_km: float
    ) -> tuple[tuple[float, Candidate], ...]:
        """(km, place) of the given features within a distance, nearest first."""
        dlat = within_km / 110.0
        dlon = within_km / max(1.0, 110.0 * math.cos(math.radians(lat)))
        wanted = sorted(features)
        sql = (
            f"SELECT {_COLUMNS} FROM area a JOIN place p ON p.id = a.id WHERE a.south >= ? AND a.north <= ?"
            f" AND a.west >= ? AND a.east <= ? AND p.feature IN ({','.join('?' * len(wanted))})"
        )
        box = (lat - dlat, lat + dlat, lon - dlon, lon + dlon)
        found = [_candidate(row, "nearest") for row in self._db.execute(sql, (*box, *wanted))]
        measured = sorted(((km(lat, lon, c.lat, c.lon), c) for c in found), key=lambda pair: pair[0])
        return tuple((away, c) for away, c in measured if away <= within_km)

    def seat(self, publisher: str | None) -> Seat | None:
        """Where a publisher sits, by its web address or domain; None where that is not known."""
        host = re.sub(r"^[a-z]+://|/.*$", "", (publisher or "").strip().lower())
        labels = host.split(".")
        for first in range(len(labels) - 1):
            row = self._db.execute("SELECT * FROM publisher WHERE domain = ?", (".".join(labels[first:]),)).fetchone()
            if row:
                point = None if row[3] is None else (float(row[3]), float(row[4]))
                return Seat(row[1], row[2] or None, point)
        return None

    def largest(self, country: str, admin1: str) -> Candidate | None:
        """The province's town with the most people, None where it has none."""
        sql = (
            f"SELECT {_COLUMNS} FROM place p WHERE country = ? AND admin1 = ? AND feature LIKE 'PPL%'"
            " ORDER BY population DESC LIMIT 1"
        )
        row = self._db.execute(sql, (country, admin1)).fetchone()
        return _candidate(row, "largest") if row else None

    def _settled(self, country: str, admin1: str) -> tuple[float, float, float] | None:
        rows = self._db.execute(
            "SELECT lat, lon FROM place WHERE country = ? AND admin1 = ? AND feature LIKE 'PPL%'", (country, admin1)
        ).fetchall()
        if len(rows) < LEAST_TOWNS:
            return None
        lat, lon = (sum(r[i] for r in rows) / len(rows) for i in (0, 1))
        away = sorted(km(lat, lon, *row) for row in rows)
        return round(lat, 4), round(lon, 4), round(1.15 * away[int(0.95 * len(away))], 1)

    def _read(self, key: str) -> tuple[Candidate, ...]:
        if not key:
            return ()
        sql = f"SELECT {_COLUMNS}, MIN(n.how) FROM name n JOIN place p ON p.id = n.place WHERE n.key = ? GROUP BY p.id"
        best: dict[str, tuple[float, Candidate]] = {}
        for row in self._db.execute(sql, (key,)):
            one = _candidate(row, _METHOD[row[10]])
            weight = importance(one) + _HOW_WEIGHT[row[10]]
            best[one.gazetteer_id] = (weight, one)
        ordered = sorted(best.values(), key=lambda pair: (-pair[0], pair[1].gazetteer_id))
        return tuple(dataclasses.replace(c, score=round(w, 4)) for w, c in ordered)

    def _facts(self, phrase: str) -> NameFacts | None:
        """What the index knows of a phrase, for the reading of text; None where it is no name."""
        found = self._rows(fold(phrase))
        if not found:
            return None
        plain = [c for c in found if c.method != "demonym"]
        return NameFacts(
            importance=max((c.score for c in plain), default=0.0),
            kinds=frozenset(kind_of(c.feature) for c in plain),
            top_kind=kind_of(plain[0].feature) if plain else "demonym",
            demonym=any(c.method == "demonym" for c in found),
            abbreviation=bool(plain) and all(c.method == "abbreviation" for c in plain),
            capital=any(c.feature == "PPLC" for c in plain[:2]),
            count=len(plain),
            countries=frozenset(c.country_code for c in plain if c.country_code),
        )

    def _like(self, key: str, country: str | None, slips: bool) -> list[Candidate]:
        """Candidates by skeleton, and where a country bounds the search or the beginning agrees, by likeness."""
        shape = skeleton(key)
        pool: dict[str, set[int]] = {}
        if len(shape) > 1:
            sql = "SELECT l.key, l.place FROM loose l JOIN place p ON p.id = l.place WHERE l.skeleton = ?"
            given: Sequence[str] = (shape,)
            if country:
                sql, given = sql + " AND p.country = ?", (shape, country)
            for other, place in self._db.execute(sql + " LIMIT 400", given):
                pool.setdefault(other, set()).add(place)
        worth = _SKELETON_WORTH.get(len(shape), 8.0)
        bare = without_article(key)
        close = ((o, min(100.0, fuzz.ratio(bare, without_article(o)) + worth)) for o in pool)
        chosen = {o: s for o, s in close if s >= LEAST_LIKENESS}
        if not chosen and slips and len(key) > 4:
            pool = self._country_keys(country, key[:2]) if country else self._prefix_keys(key)
            scored = process.extract(key, pool.keys(), scorer=fuzz.ratio, score_cutoff=LEAST_TYPO_LIKENESS, limit=20)
            bare = without_article(key)
            chosen = {o: s for o, s, _ in scored if fuzz.ratio(bare, without_article(o)) >= LEAST_TYPO_LIKENESS}
        return self._by_keys(chosen, pool)

    def _by_keys(self, chosen: dict[str, float], pool: dict[str, set[int]]) -> list[Candidate]:
        best: dict[int, float] = {}
        for key, likeness in chosen.items():
            for place in pool[key]:
                best[place] = max(best.get(place, 0.0), likeness)
        found = []
        for place, likeness in sorted(best.items(), key=lambda kv: -kv[1])[:60]:
            row = self._db.execute(f"SELECT {_COLUMNS} FROM place p WHERE p.id = ?", (place,)).fetchone()
            one = _candidate(row, "fuzzy")
            found.append(dataclasses.replace(one, score=round(likeness / 100 * 0.8 + 0.1 * importance(one), 4)))
        return found

    def _read_country_keys(self, country: str, start: str) -> dict[str, set[int]]:
        sql = (
            "SELECT n.key, n.place FROM name n JOIN place p ON p.id = n.place"
            " WHERE n.key >= ? AND n.key < ? AND n.how != 1 AND p.country = ?"
        )
        return _grouped(self._db.execute(sql, (start, start[0] + chr(ord(start[1]) + 1), country)))

    def _prefix_keys(self, key: str) -> dict[str, set[int]]:
        start = key[:4]
        sql = "SELECT key, place FROM name WHERE key >= ? AND key < ? AND how != 1 LIMIT 4000"
        return _grouped(self._db.execute(sql, (start, start[:-1] + chr(ord(start[-1]) + 1))))


_METHOD = {
    index.NAME: "exact",
    index.DEMONYM: "demonym",
    index.SHORT: "short",
    index.ABBREVIATION: "abbreviation",
    index.VARIANT: "variant",
    index.ALTERNATE: "alternate",
}


def rank(
    found: Iterable[Candidate], *, admin1: str | None = None, near: tuple[float, float] | None = None
) -> tuple[Candidate, ...]:
    """The candidates by score, raised where the province agrees and lowered with the distance from ``near``."""
    wanted = skeleton(fold(admin1)) if admin1 else ""
    scored = []
    for one in found:
        score = one.score
        if wanted:
            score += 0.0 if skeleton(fold(one.admin1 or "")) == wanted else -0.25
        if near:
            score -= min(0.5, km(*near, one.lat, one.lon) / 2000.0)
        scored.append(dataclasses.replace(one, score=round(min(1.0, max(0.0, score)), 4)))
    return tuple(sorted(scored, key=lambda c: (-c.score, -importance(c), c.gazetteer_id)))


def km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance in kilometres (radius 6371 km)."""
    a, b, c, d = math.radians(lat), math.radians(lon), math.radians(other_lat), math.radians(other_lon)
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 12742.0 * math.asin(min(1.0, math.sqrt(h)))


def _candidate(row: Sequence[object], method: str) -> Candidate:
    gid, name, lat, lon, country, admin1, admin2, feature, population, radius = row[:10]
    return Candidate(
        gazetteer_id=str(gid),
        name=str(name),
        lat=float(str(lat)),
        lon=float(str(lon)),
        country_code=str(country) if country else None,
        admin1=str(admin1) if admin1 else None,
        admin2=str(admin2) if admin2 else None,
        feature=str(feature) if feature else None,
        population=int(str(population or 0)),
        radius_km=float(str(radius or 0.0)),
        method=method,
    )


def _grouped(pairs: Iterable[tuple[str, int]]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for key, place in pairs:
        found.setdefault(key, set()).add(place)
    return found

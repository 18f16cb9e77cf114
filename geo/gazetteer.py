"""The gazetteer: names to places, from an index on disk that is built from the bundled sources."""

from __future__ import annotations

import dataclasses
import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rapidfuzz import fuzz, process

from extract.errors import ReferenceDataError
from extract.names import NameFacts
from geo import index
from geo.candidates import from_row, importance, kind_of, km, rank
from geo.disputed import Policy
from geo.normalise import fold, skeleton, without_article
from geo.records import Candidate
from geo.tables import Pool, Tables

DATA = Path(__file__).resolve().parent.parent / "data" / "gazetteer"
LEAST_LIKENESS = 74.0
"""Least rapidfuzz ratio of a name found by its skeleton: "hassakeh" and "hasaka" have 77."""
_SKELETON_WORTH = {2: -8.0, 3: -2.0, 4: 4.0}
"""What agreeing consonants add to the likeness by their number: two agree by chance, five hardly ever do."""
_EXACT = {"alternate": 0.86, "code": 0.7, "demonym": 0.6, "short": 0.86}
_ALSO_WRITTEN: dict[str, tuple[tuple[str, str], ...]] = {"UA": (("g", "h"),), "BY": (("g", "h"),)}
_ALSO_WRITTEN |= dict.fromkeys(("SY", "IQ", "TR", "IR"), (("x", "kh"), ("c", "j")))
"""Letters that a country's languages write for one another: the Russian "Svyatogorsk" is the Ukrainian "Sviatohirsk",
the Kurdish "Xan" the Arabic "Khan"."""
LEAST_TYPO_LIKENESS = 85.0
"""The same for a slip of the pen: one wrong letter in seven leaves 86."""
LEAST_TOWNS = 4
"""Towns that it takes to tell where a province's people live."""
MOST_LIKE = 60
_STRAGGLERS = 1.15
"""What the reach of a province's towns grows by for its villages, which the index knows less of."""
_HOW_WEIGHT = {index.NAME: 0.0, index.ABBREVIATION: 0.0, index.DEMONYM: 0.0, index.SHORT: -0.05, index.VARIANT: -0.04}
_HOW_WEIGHT |= {index.ALTERNATE: -0.2, index.CODE: -0.3}


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


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a publisher sits; ``point`` (latitude, longitude) of its town, None for one that serves a country."""

    country_code: str
    admin1: str | None
    point: tuple[float, float] | None


class Gazetteer:
    """Look-ups over a built index and, where there is one, the index of GeoNames dumps beside it."""

    def __init__(self, files: Iterable[Tables], policy: Policy) -> None:
        self._files = tuple(files)
        self._policy = policy
        self._rows = lru_cache(maxsize=50_000)(self._read)
        self.facts = lru_cache(maxsize=50_000)(self._facts)
        self.settled = lru_cache(maxsize=2000)(self._settled)
        """(latitude, longitude, km) of the middle of a province's towns and the reach of nine in ten, or None."""

    @classmethod
    def open(cls, path: Path, data: Path = DATA) -> Gazetteer:
        """The gazetteer at ``path``; raises ReferenceDataError where the index is missing, damaged or outdated."""
        if not path.exists():
            raise ReferenceDataError(f"no gazetteer index at {path}: build it first")
        if not fresh(path, data):
            raise ReferenceDataError(f"the gazetteer index {path} is damaged or outdated: build it anew")
        more = index.dump_path(path)
        files = [Tables(path), Tables(more)] if index.whole_dump(more) else [Tables(path)]
        return cls(files, Policy.read(data))

    def close(self) -> None:
        """Closes the index."""
        for file in self._files:
            file.close()

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
        self, lat: float, lon: float, features: Iterable[str], *, within_km: float, most: int | None = None
    ) -> tuple[tuple[float, Candidate], ...]:
        """(km, place) of the given features within a distance, nearest first, no more than ``most``."""
        wanted = tuple(features)
        near = [pair for file in self._files for pair in file.around(lat, lon, wanted, within_km)]
        near.sort(key=lambda pair: (pair[0], pair[1][0]))
        return tuple((away, self._policy.apply(from_row(row, "nearest"))) for away, row in near[:most])

    def seat(self, publisher: str | None) -> Seat | None:
        """Where a publisher sits, by its web address or domain; None where that is not known."""
        host = re.sub(r"^[a-z]+://|/.*$", "", (publisher or "").strip().lower())
        labels = host.split(".")
        for first in range(len(labels) - 1):
            if row := self._files[0].publisher(".".join(labels[first:])):
                return Seat(*row)
        return None

    def largest(self, country: str, admin1: str) -> Candidate | None:
        """The province's town with the most people, None where it has none."""
        return next(iter(self._files[0].towns(country, admin1)), None)

    def _settled(self, country: str, admin1: str) -> tuple[float, float, float] | None:
        towns = self._files[0].towns(country, admin1)
        if len(towns) < LEAST_TOWNS:
            return None
        lat, lon = sum(t.lat for t in towns) / len(towns), sum(t.lon for t in towns) / len(towns)
        away = sorted(km(lat, lon, t.lat, t.lon) for t in towns)
        return round(lat, 4), round(lon, 4), round(_STRAGGLERS * away[int(0.95 * len(away))], 1)

    def _read(self, key: str) -> tuple[Candidate, ...]:
        best: dict[str, Candidate] = {}
        for file in self._files if key else ():
            for row in file.named(key):
                if row[0] not in best:
                    best[row[0]] = self._policy.apply(from_row(row, _METHOD[row[10]], worth=_HOW_WEIGHT[row[10]]))
        return tuple(sorted(best.values(), key=lambda c: (-c.score, c.gazetteer_id)))

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
            abbreviation=bool(plain) and all(c.method in ("abbreviation", "code") for c in plain),
            capital=any(c.feature == "PPLC" for c in plain[:2]),
            count=len(plain),
            countries=frozenset(c.country_code for c in plain if c.country_code),
        )

    def _like(self, key: str, country: str | None, slips: bool) -> list[Candidate]:
        """Candidates by skeleton, and where none fits and ``slips``, by the likeness of names that begin alike."""
        found = [one for file in self._files for one in self._transliterated(file, key, country)]
        if not found and slips and len(key) > 4:
            found = [one for file in self._files for one in self._mistyped(file, key, country)]
        return list({c.gazetteer_id: c for c in sorted(found, key=lambda c: c.score)}.values())

    def _transliterated(self, file: Tables, key: str, country: str | None) -> list[Candidate]:
        pool: Pool = {}
        likeness: dict[str, float] = {}
        for spelling in _spellings(key, country):
            shape = skeleton(spelling)
            alike = file.alike(shape, country) if len(shape) > 1 else {}
            worth = _SKELETON_WORTH.get(len(shape), 8.0)
            bare = without_article(spelling)
            for other in alike:
                score = min(100.0, fuzz.ratio(bare, without_article(other)) + worth)
                likeness[other] = max(score, likeness.get(other, 0.0))
            pool |= alike
        return self._by_keys(file, {o: s for o, s in likeness.items() if s >= LEAST_LIKENESS}, pool)

    def _mistyped(self, file: Tables, key: str, country: str | None) -> list[Candidate]:
        pool = file.beginning(key[: 2 if country else 4], country)
        scored = process.extract(key, pool.keys(), scorer=fuzz.ratio, score_cutoff=LEAST_TYPO_LIKENESS, limit=20)
        bare = without_article(key)
        chosen = {o: s for o, s, _ in scored if fuzz.ratio(bare, without_article(o)) >= LEAST_TYPO_LIKENESS}
        return self._by_keys(file, chosen, pool)

    def _by_keys(self, file: Tables, chosen: dict[str, float], pool: dict[str, set[int]]) -> list[Candidate]:
        best: dict[int, float] = {}
        for key, likeness in chosen.items():
            for place in pool[key]:
                best[place] = max(best.get(place, 0.0), likeness)
        found = []
        for number, likeness in sorted(best.items(), key=lambda kv: -kv[1])[:MOST_LIKE]:
            one = self._policy.apply(file.place(number))
            found.append(dataclasses.replace(one, score=round(likeness / 100 * 0.8 + 0.1 * importance(one), 4)))
        return found


def _spellings(key: str, country: str | None) -> Iterator[str]:
    """The folded name, and as the country's other language writes it."""
    yield key
    for letter, other in _ALSO_WRITTEN.get(country or "", ()):
        if letter in key:
            yield key.replace(letter, other)


_METHOD = {
    index.NAME: "exact",
    index.DEMONYM: "demonym",
    index.SHORT: "short",
    index.ABBREVIATION: "abbreviation",
    index.VARIANT: "variant",
    index.ALTERNATE: "alternate",
    index.CODE: "code",
}

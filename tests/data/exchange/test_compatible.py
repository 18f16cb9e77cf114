"""ACLED- and UCDP GED-compatible rows: the header to the letter, the codes by what a report tells."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from data.exchange import acled, export, ucdp, where
from data.query import Filters
from data.store import Store
from extract.records import Actor, CasualtyClaim, Span
from geo import contract
from tests.data import fakes

ACLED_HEADER = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,"
    "actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,"
    "latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp"
)
UCDP_HEADER = (
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,"
    "dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,"
    "number_of_sources,source_article,source_office,source_date,source_headline,source_original,where_prec,"
    "where_coordinates,where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,region,"
    "event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,"
    "gwnoa,gwnob"
)
SYRIA = ("military-of-syria", "Military of Syria", "military")
RUSSIA = ("military-of-russia", "Military of Russia", "military")
COALITION = ("us-led-coalition", "US-led coalition", "coalition")
STATE = ("islamic-state", "Islamic State", "jihadist")
NUSRA = ("al-nusra-front", "al-Nusra Front", "jihadist")
PEOPLE = ("civilians", "civilians", "civilian")
GUNMEN = ("gunmen", "gunmen", "unidentified")
HOSPITAL = ("hospital", "hospital", "site")


def party(told: tuple[str, str, str], role: str) -> Actor:
    return Actor(told[0], told[1], told[2], role, Span(0, 9), told[1])  # type: ignore[arg-type]


def dead(low: int | None, high: int | None, kind: str = "unknown", side: str | None = None) -> CasualtyClaim:
    return CasualtyClaim("killed", low, high, "people", kind, Span(0, 9), "x", side=side)  # type: ignore[arg-type]


def row(store: Store, kind: str, **changes: Any) -> dict[str, str]:
    source = fakes.report(1)
    store.add(source, contract.reading(fakes.reading(source, fakes.incident(source, 0, **changes))))
    written = export.content(store, Filters(), kind).decode("utf-8")
    (found,) = csv.DictReader(io.StringIO(written, newline=""))
    return found


def against(first: Any, second: Any) -> dict[str, Any]:
    told = [(first, "perpetrator"), (second, "target")]
    return {"actors": tuple(party(one, role) for one, role in told if one)}


def test_the_headers_are_exact(store: Store) -> None:
    assert (len(acled.COLUMNS), len(ucdp.COLUMNS)) == (31, 49)
    assert export.content(store, Filters(), "acled").decode() == ACLED_HEADER + "\r\n"
    assert export.content(store, Filters(), "ucdp").decode() == UCDP_HEADER + "\r\n"


@pytest.mark.parametrize(
    "changes, expected",
    [
        (against(COALITION, SYRIA), ("US-led coalition", "8", "Military Forces of Syria", "1", "18")),
        (against(RUSSIA, NUSRA), ("Military Forces of Russia", "8", "al-Nusra Front", "2", "28")),
        (against(SYRIA, PEOPLE), ("Military Forces of Syria", "1", "Civilians (Syria)", "7", "17")),
        (against(GUNMEN, STATE), ("Unidentified Armed Group (Syria)", "3", "Islamic State", "2", "23")),
        (against(None, PEOPLE), ("Unidentified Armed Group (Syria)", "3", "Civilians (Syria)", "7", "37")),
        (against(STATE, HOSPITAL), ("Islamic State", "2", "", "", "20")),
        ({**against(None, None), "event_type": "protest"}, ("Protesters (Syria)", "6", "", "", "60")),
        ({**against(None, None), "event_type": "ceasefire"}, ("", "", "", "", "")),
    ],
)
def test_acled_sides(store: Store, changes: dict[str, Any], expected: tuple[str, ...]) -> None:
    found = row(store, "acled", **changes)
    assert tuple(found[name] for name in ("actor1", "inter1", "actor2", "inter2", "interaction")) == expected


@pytest.mark.parametrize(
    "changes, expected",
    [
        ({}, ("2016-09-17", "2016", "1", "62")),
        ({"date": fakes.on("2016-09-14", "2016-09-20")}, ("2016-09-17", "2016", "2", "62")),
        ({"date": fakes.on("2016-09-01", "2016-09-30")}, ("2016-09-15", "2016", "3", "62")),
        ({"date": fakes.on("2016-01-01", "2016-12-31")}, ("", "2016", "", "62")),
        ({"date": None, "killed": (None, 30)}, ("", "", "", "")),
        ({"killed": (5, 90)}, ("2016-09-17", "2016", "1", "5")),
    ],
)
def test_acled_dates_and_toll(store: Store, changes: dict[str, Any], expected: tuple[str, ...]) -> None:
    found = row(store, "acled", **changes)
    assert tuple(found[name] for name in ("event_date", "year", "time_precision", "fatalities")) == expected


@pytest.mark.parametrize("precision, expected", [(1, "1"), (2, "2"), (3, "2"), (4, "3"), (5, "3"), (6, ""), (7, "")])
def test_acled_places(store: Store, precision: int, expected: str) -> None:
    found = row(store, "acled", place=fakes.at("Mosul", 36.335, 43.11891, "IQ", precision=precision))
    assert (found["geo_precision"], found["country"], found["iso"]) == (expected, "Iraq", "368")
    assert found["longitude"] == ("43.1189" if expected else "")


@pytest.mark.parametrize(
    "event_type, expected",
    [
        ("air_strike", ("Political violence", "Explosions/Remote violence", "Air/drone strike")),
        ("protest", ("Demonstrations", "Protests", "Peaceful protest")),
        (
            "force_against_protesters",
            ("Political violence; Demonstrations", "Protests", "Excessive force against protesters"),
        ),
        ("riot", ("Demonstrations", "Riots", "Violent demonstration")),
        ("mob_violence", ("Political violence", "Riots", "Mob violence")),
        ("ceasefire", ("Strategic developments", "Strategic developments", "Agreement")),
        ("other", ("Strategic developments", "Strategic developments", "Other")),
    ],
)
def test_acled_types(store: Store, event_type: str, expected: tuple[str, ...]) -> None:
    found = row(store, "acled", event_type=event_type)
    assert tuple(found[name] for name in ("disorder_type", "event_type", "sub_event_type")) == expected


@pytest.mark.parametrize(
    "changes, expected",
    [
        (against(STATE, SYRIA), ("1", "Government of Syria", "Islamic State", "652", "")),
        (against(SYRIA, STATE), ("1", "Government of Syria", "Islamic State", "652", "")),
        (against(STATE, NUSRA), ("2", "Islamic State", "al-Nusra Front", "", "")),
        (against(RUSSIA, PEOPLE), ("3", "Government of Russia", "Civilians", "365", "")),
        (against(GUNMEN, PEOPLE), ("", "gunmen", "Civilians", "", "")),
        (against(STATE, HOSPITAL), ("", "Islamic State", "", "", "")),
        (against(None, None), ("", "", "", "", "")),
    ],
)
def test_ucdp_sides(store: Store, changes: dict[str, Any], expected: tuple[str, ...]) -> None:
    found = row(store, "ucdp", **changes)
    assert tuple(found[name] for name in ("type_of_violence", "side_a", "side_b", "gwnoa", "gwnob")) == expected


@pytest.mark.parametrize(
    "killed, claims, expected",
    [
        ((10, 12), (dead(10, 12),), ("10", "12", "10", "0", "0", "0", "10")),
        ((10, 12), (dead(10, 12, "civilian"),), ("10", "12", "10", "0", "0", "10", "0")),
        ((10, None), (dead(7, 7, "combatant", "military-of-syria"),), ("10", "", "10", "7", "0", "0", "3")),
        ((None, 30), (dead(None, 30),), ("", "30", "", "", "", "", "")),
        ((None, None), (), ("", "", "", "", "", "", "")),
    ],
)
def test_ucdp_deaths_add_up(store: Store, killed: Any, claims: Any, expected: tuple[str, ...]) -> None:
    found = row(store, "ucdp", killed=killed, casualties=claims, **against(STATE, SYRIA))
    names = "low high best deaths_a deaths_b deaths_civilians deaths_unknown"
    assert tuple(found[name] for name in names.split()) == expected


@pytest.mark.parametrize(
    "lat, lon, expected",
    [
        (34.53, 69.17, 179779),
        (-90, -180, 1),
        (90, 180, 259200),
    ],
)
def test_prio_grid(lat: float, lon: float, expected: int) -> None:
    assert where.prio_cell(lat, lon) == expected


@pytest.mark.parametrize(
    "code, number, region, ucdp_region",
    [
        ("SY", 652, "Middle East", "Middle East"),
        ("UA", 369, "Europe", "Europe"),
        ("AF", 700, "Caucasus and Central Asia", "Asia"),
        ("CO", 100, "South America", "Americas"),
        ("SD", 625, "Northern Africa", "Africa"),
        ("PS", None, "Middle East", None),
    ],
)
def test_countries(code: str, number: int | None, region: str, ucdp_region: str | None) -> None:
    found = where.country(code)
    assert found
    assert (found.gw, found.region, found.ucdp_region) == (number, region, ucdp_region)


def test_every_country_has_a_region() -> None:
    assert len(where.countries()) == 250
    assert all(country.region and country.numeric for country in where.countries().values() if country.iso2 != "XK")

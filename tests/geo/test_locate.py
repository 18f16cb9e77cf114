"""Names asked for: places that conflict news names, relations, fallbacks, bad input."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.errors import InputError
from geo import locate
from geo.gazetteer import Gazetteer, km


@pytest.mark.parametrize(
    ("name", "country", "lat", "lon", "within"),
    [
        ("Deir Ezzor military airport", None, 35.2854, 40.1760, 3),
        ("دير الزور", None, 35.336, 40.141, 5),
        ("Дейр-эз-Зор", None, 35.336, 40.141, 5),
        ("Tripoli", None, 32.89, 13.19, 5),
        ("Tripoli", "LB", 34.436, 35.85, 5),
        ("T4 air base", None, 34.5226, 37.6299, 4),
        ("Eastern Ghouta", None, 33.53, 36.42, 15),
        ("Snake Island", None, 45.255, 30.204, 3),
        ("al-Shifa hospital", None, 31.524, 34.444, 2),
        ("Jabalia camp", None, 31.536, 34.497, 3),
        ("Cabo Delgado", None, -12.4, 39.4, 80),
        ("Kramatorsk station", None, 48.726, 37.544, 6),
        ("Tripoli, Lebanon", None, 34.436, 35.85, 5),
        ("35.28N 40.17E", None, 35.28, 40.17, 1),
    ],
)
def test_first_answer(
    gazetteer: Gazetteer, name: str, country: str | None, lat: float, lon: float, within: float
) -> None:
    found = locate.lookup(gazetteer, name, country=country)
    assert found
    assert km(found[0].lat, found[0].lon, lat, lon) <= within, found[0]


@pytest.mark.parametrize(
    ("name", "country", "admin1", "expected", "method"),
    [
        ("Kharkiv, Saltivka", "UA", None, "Saltivka", "exact"),
        ("Saltivka, Kharkiv", "UA", None, "Saltivka", "exact"),
        ("Kyiv, Podilskyi district", "UA", None, "Podil", "exact"),
        ("Bakhmut, Donetsk Oblast", "UA", None, "Bakhmut", "exact"),
        ("Odesa Oblast, Serhiivka", "UA", None, "Serhiyivka", "exact"),
        ("Vuhledar, Donetsk", "UA", None, "Vuhledar", "exact"),
        ("Svyatogorsk Lavra", "UA", None, "Sviatohirsk Lavra", "fuzzy"),
        ("Verkhniotoretske", "UA", None, "Verkhnotoretske", "fuzzy"),
        ("Berdiansk port", "UA", None, "Berdyansk", "in town"),
        ("Belgorod", "RU", None, "Belgorod", "exact"),
        ("Oskil", "UA", None, "Oskil", "exact"),
        ("Dumayr", "SY", "Damascus", "Aḑ Ḑumayr", "exact"),
        ("Ceylanpınar", "SY", None, "Ceylanpınar", "exact"),
        ("Jabal Antar", "SY", "Homs", "Homs", "in admin1"),
    ],
)
def test_parts_spellings_and_fallbacks(
    gazetteer: Gazetteer, name: str, country: str, admin1: str | None, expected: str, method: str
) -> None:
    found = locate.lookup(gazetteer, name, country=country, admin1=admin1)
    assert (found[0].name, found[0].method) == (expected, method)


@pytest.mark.parametrize("name", ["Izmailivka", "Yaremivka", "Santa Fe de Ralito"])
def test_a_like_name_in_a_whole_country_is_no_answer(gazetteer: Gazetteer, name: str) -> None:
    country = "CO" if " " in name else "UA"
    assert all(one.method != "fuzzy" for one in locate.lookup(gazetteer, name, country=country))


def test_what_stands_in_the_desert_is_not_put_among_the_towns(gazetteer: Gazetteer) -> None:
    hill, village = (locate.lookup(gazetteer, n, country="SY", admin1="Homs")[0] for n in ("Jabal Antar", "Halbanun"))
    assert hill.lon > village.lon


@pytest.mark.parametrize(
    ("phrase", "country", "lat", "lon", "within"),
    [
        ("12 km north-east of Tell Abiad", "SY", 36.775, 39.05, 4),
        ("five miles south of Mosul", "IQ", 36.263, 43.119, 4),
        ("20 km W of Kyiv", "UA", 50.454, 30.243, 5),
        ("between Raqqa and Tabqa", "SY", 35.89, 38.78, 6),
        ("on the road between Homs and Palmyra", "SY", 34.65, 37.49, 10),
        ("outskirts of Aleppo", "SY", 36.2, 37.16, 5),
        ("Idlib, 5 km to the north", "SY", 35.975, 36.634, 4),
        ("near Kobane", "SY", 36.89, 38.354, 5),
    ],
)
def test_relations(gazetteer: Gazetteer, phrase: str, country: str, lat: float, lon: float, within: float) -> None:
    found = locate.lookup(gazetteer, phrase, country=country)
    assert found
    assert km(found[0].lat, found[0].lon, lat, lon) <= within, found[0]


@pytest.mark.parametrize(
    ("name", "un", "administered"),
    [("Simferopol", "UA", "RU"), ("Katzrin", "SY", "IL"), ("Laayoune", "EH", "MA"), ("Tel Aviv", "IL", "IL")],
)
def test_disputed_territory_follows_the_policy(
    index_path: Path, sources: Path, monkeypatch: pytest.MonkeyPatch, name: str, un: str, administered: str
) -> None:
    for policy, country in (("", un), ("un", un), ("administered", administered)):
        monkeypatch.setenv("DATELINE_DISPUTED", policy)
        opened = Gazetteer.open(index_path, sources)
        first = opened.find(name)[0]
        assert first.country_code == country
        assert bool(first.dispute) == (un != administered)
        opened.close()


def test_an_unknown_policy_is_refused(index_path: Path, sources: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_DISPUTED", "mine")
    with pytest.raises(InputError, match="DATELINE_DISPUTED"):
        Gazetteer.open(index_path, sources)


def test_an_unknown_village_falls_back_to_its_province(gazetteer: Gazetteer) -> None:
    found = locate.lookup(gazetteer, "Qzxwv village", country="SY", admin1="Idlib")
    assert [c.method for c in found] == ["in admin1"]
    assert (found[0].name, found[0].radius_km > 20) == ("Idlib", True)


def test_a_namesake_in_another_province_is_not_taken(gazetteer: Gazetteer) -> None:
    found = locate.lookup(gazetteer, "Manbij", country="SY", admin1="Daraa")
    assert all(km(c.lat, c.lon, 32.6, 36.1) < 100 for c in found)


def test_what_is_nowhere_known_gets_no_answer(gazetteer: Gazetteer) -> None:
    assert locate.lookup(gazetteer, "Qzxwvkjh") == ()


@pytest.mark.parametrize("name", ["", "  ", "\u202e\u200f", "a" * 10_000])
def test_refused_with_a_reason(gazetteer: Gazetteer, name: str) -> None:
    with pytest.raises(InputError, match="place name"):
        locate.lookup(gazetteer, name)


@pytest.mark.parametrize(
    "name", ["x", "'", "\x00a\x00", "NEAR(a b)", "a' OR 1=1 --", "((((", "*" * 150, "12 km north of", "between and"]
)
def test_odd_names_do_no_harm(gazetteer: Gazetteer, name: str) -> None:
    locate.lookup(gazetteer, name, country="SY", admin1="'; --", limit=3)

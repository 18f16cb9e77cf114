# ruff: noqa: E501 (the tables are sentences)
"""Reports of every sort through the reader: bad input costs neither sense nor time."""

from __future__ import annotations

import time

import pytest

from extract import text
from extract.records import Report
from geo.reading import Reader
from geo.records import Reading
from tests.extract.conftest import PUBLISHED, miss, opened, primary, read_with

RAID = "Gunmen killed 12 people in a raid on a village near Maiduguri on Monday, the Nigerian army said."


@pytest.fixture(scope="module")
def reader() -> Reader:
    return opened()


def seconds(reader: Reader, raw: str) -> float:
    """Processor time that one text takes."""
    started = time.process_time()
    read_with(reader, raw)
    return time.process_time() - started


def place_names(reading: Reading) -> list[str]:
    return [p.mention.text for p in reading.places if p.mention.use == "literal"]


@pytest.mark.parametrize(
    "raw", [".", "\n\n x", "12 345 67,890 1.5 2021 99", "😀😀😀", "\u202e\u200f", "\x00\x01", "-- -- --", "<p></p>"]
)
def test_texts_of_nothing(reader: Reader, raw: str) -> None:
    found = read_with(reader, raw)
    assert found.incidents == ()
    assert found.places == ()


SPOILT = {
    "plain": RAID,
    "capitals": RAID.upper(),
    "no stop": RAID.rstrip(".").replace(",", ""),
    "HTML": f"<html><body><h1>Raid</h1><p>{RAID.replace(' a raid', ' a <b>raid</b>').replace(', the', ', the&nbsp;')}</p></body></html>",
    "bidi marks": RAID.replace(" ", " \u200f").replace("Gunmen", "\u202eGunmen\u202c"),
    "no-break spaces": RAID.replace(" ", "\u00a0"),
    "wrapped": "Gunmen killed 12 people in a raid on a village that lies near the\ncity of Maiduguri on Monday, the spokesman of the Nigerian army\nsaid on Tuesday to reporters who had come up from the capital in\nthe hope of hearing more.",
    "template": "${jndi:ldap://x/a} `rm -rf /` {{7*7}} %s\n\n" + RAID,
    "masked": RAID.replace("killed", "kil*led"),
    "tweet": "BREAKING \U0001f6a8 gunmen killed 12 people in a raid on a village near Maiduguri!! https://t.co/abc123 #Nigeria",
}


@pytest.mark.parametrize("name", SPOILT)
def test_spoilt_texts_tell_the_same(reader: Reader, name: str) -> None:
    found = read_with(reader, SPOILT[name])
    one = primary(found)
    assert one.event_type in {"raid", "killing"}
    assert one.killed == (12, 12)
    assert "gunmen" in [a.id for a in one.actors if a.role == "perpetrator"]
    (placed,) = [p for p in found.incidents if p.incident.primary]
    assert placed.place is not None
    assert placed.place.name == "Maiduguri"


@pytest.mark.parametrize("name", [n for n in SPOILT if n != "tweet"])
def test_spoilt_texts_keep_their_offsets(reader: Reader, name: str) -> None:
    found = read_with(reader, SPOILT[name])
    for mention in (p.mention for p in found.places):
        assert mention.span.of(SPOILT[name]) == mention.text


@pytest.mark.xfail(strict=True, reason="a place with a hash sign before it is not found")
def test_a_tag_of_a_place_is_a_place(reader: Reader) -> None:
    found = read_with(reader, "BREAKING: Airstrike on #Aleppo kills 12 ppl!! @SyriaCivilDef teams on site")
    assert "Aleppo" in place_names(found)


@pytest.mark.parametrize(
    "raw, language, name",
    [
        (
            "Bei einem Luftangriff auf die Stadt Aleppo in Syrien sind am Montag mindestens zwölf Menschen getötet worden.",
            "de",
            "Syrien",
        ),
        miss(
            "Al menos doce personas murieron el lunes en un ataque contra una aldea en el norte de Nigeria, según la policía.",
            "es",
            "Nigeria",
            reason="country names of languages with English spelling are passed over after 'en'",
        ),
    ],
)
def test_other_languages_warn_and_still_give_places(reader: Reader, raw: str, language: str, name: str) -> None:
    found = read_with(reader, raw)
    assert found.language == language
    assert found.incidents == ()
    assert name in place_names(found)
    assert any(f"'{language}'" in warning for warning in found.warnings)


def test_the_language_that_a_report_states_is_taken(reader: Reader) -> None:
    assert read_with(reader, RAID, language="fr").incidents == ()


def test_what_could_not_be_located_is_said(reader: Reader) -> None:
    assert any("could not be located" in w for w in read_with(reader, "Gunmen killed ten people on Monday.").warnings)


def test_of_a_million_characters_the_first_are_read(reader: Reader) -> None:
    raw = ("Talks went on.\n" * 70_000)[:1_000_000]
    evened = text.even_out(raw)
    assert len(evened) == text.MAX_CHARACTERS
    cut = read_with(reader, "Talks went on.\n" + "\n" * 1_000_000)
    assert any("characters were read" in w for w in cut.warnings)


def test_a_line_without_end_is_evened_out_at_once() -> None:
    started = time.process_time()
    text.even_out("Talks went on in the city. " * 800)
    assert time.process_time() - started < 0.5


def test_without_a_publication_date_it_says_so(reader: Reader) -> None:
    assert any("publication date" in w for w in read_with(reader, RAID, None).warnings)
    assert not any("publication date" in w for w in read_with(reader, RAID).warnings)


# A text four times as long may take twelve times as long on a machine that is doing other things as well, not more.
MOST_GROWTH = 12


@pytest.mark.parametrize(
    "unit",
    [
        "Gunmen killed 12 people in a raid on a village near Gwoza on Monday, the army said.\n\n",
        "The mayor opened a school near Kano on Monday.\n\n",
        "AB ",
        "a\n",
        "1 ",
        "x",
        "é",
    ],
)
def test_time_grows_with_length_and_no_faster(reader: Reader, unit: str) -> None:
    short = max(len(unit) * 12, 1000) // len(unit)
    least = max(min(seconds(reader, unit * short) for _ in range(2)), 0.02)
    assert seconds(reader, unit * short * 4) <= MOST_GROWTH * least


@pytest.mark.parametrize("mark", ["<", '"'])
def test_runs_of_marks_are_no_trap(reader: Reader, mark: str) -> None:
    assert seconds(reader, mark * 4000) < 0.5


def test_many_reports_come_back_in_their_order(reader: Reader) -> None:
    reports = [Report(f"r{n}", RAID.replace("12", str(n + 20)), published=PUBLISHED) for n in range(40)]
    done = list(reader.read_many(reports))
    assert [r.report.id for r in done] == [r.id for r in reports]
    assert [r.incidents[0].incident.killed[0] for r in done] == list(range(20, 60))


def test_alone_and_among_others_a_report_reads_the_same(reader: Reader) -> None:
    one = Report("a", RAID, published=PUBLISHED)
    others = [Report(f"r{n}", "Shells fell on Kyiv. " * (n + 1), published=PUBLISHED) for n in range(5)]
    assert list(reader.read_many([*others, one]))[-1] == reader.read(one)


def test_no_word_alone_is_a_place(reader: Reader) -> None:
    assert place_names(read_with(reader, "A village near Aleppo was bombed by Turkish jets on Monday.")) == ["Aleppo"]

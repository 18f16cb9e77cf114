"""The index of the bundled sources: exact and like names, damage noticed, hostile names harmless."""

from __future__ import annotations

import sqlite3
from itertools import count
from pathlib import Path

import pytest

from extract.errors import ReferenceDataError
from geo import gazetteer as gazetteers
from geo import index
from geo.gazetteer import Gazetteer, km


@pytest.mark.parametrize(
    ("name", "country", "lat", "lon"),
    [
        ("Deir ez-Zor", "SY", 35.336, 40.141),
        ("دير الزور", "SY", 35.336, 40.141),
        ("Дейр-эз-Зор", "SY", 35.336, 40.141),
        ("Kramatorsk", "UA", 48.723, 37.556),
        ("Goma", "CD", -1.679, 29.223),
        ("Kyiv", "UA", 50.454, 30.524),
        ("Syria", "SY", 35.0, 38.0),
        ("DRC", "CD", -2.5, 23.5),
        ("Darfur", "SD", 13.0, 25.0),
        ("Ouagadougou", "BF", 12.366, -1.534),
    ],
)
def test_first_candidate_of_a_name(gazetteer: Gazetteer, name: str, country: str, lat: float, lon: float) -> None:
    first = gazetteer.find(name)[0]
    assert (first.country_code, km(first.lat, first.lon, lat, lon) < 5) == (country, True)


@pytest.mark.parametrize(
    ("name", "country", "expected"),
    [
        ("Hassakeh", "SY", "Hasakah"),
        ("Tel Abiad", "SY", "Tall Abya"),
        ("Soueida", "SY", "Suwayda"),
        ("Kramtorsk", "UA", "Kramatorsk"),
        ("Kharkow", "UA", "Kharkiv"),
        ("Kobanî", "SY", "Kob"),
    ],
)
def test_like_names_inside_a_country(gazetteer: Gazetteer, name: str, country: str, expected: str) -> None:
    found = gazetteer.search(name, country=country, limit=3)
    assert found
    assert any(expected in c.name or c.method == "exact" for c in found)


def test_demonyms_are_marked(gazetteer: Gazetteer) -> None:
    assert [(c.country_code, c.method) for c in gazetteer.find("Syrian")[:1]] == [("SY", "demonym")]


@pytest.mark.parametrize(
    "name", ["", " ", "a" * 10_000, "'; DROP TABLE name; --", '"NEAR(" OR *', "\u202eabc\u0000", "%", "_"]
)
def test_hostile_names_find_nothing_and_break_nothing(gazetteer: Gazetteer, name: str) -> None:
    gazetteer.find(name)
    gazetteer.search(name)
    assert gazetteer.find("Aleppo")


def test_publisher_seats(gazetteer: Gazetteer) -> None:
    assert gazetteer.seat("https://www.omaha.com/news/1") == gazetteer.seat("omaha.com")
    seat = gazetteer.seat("omaha.com")
    assert seat is not None
    assert (seat.country_code, seat.admin1) == ("US", "Nebraska")
    assert gazetteer.seat("no-such-paper.example") is None
    assert gazetteer.seat(None) is None


def test_nearest_airfield_of_a_town(gazetteer: Gazetteer) -> None:
    town = gazetteer.find("Deir ez-Zor", "SY")[0]
    away, field = gazetteer.nearest(town.lat, town.lon, ("AIRP", "AIRB"), within_km=30)[0]
    assert km(field.lat, field.lon, 35.2854, 40.1760) < 2
    assert 5 < away < 9


@pytest.mark.parametrize("content", [b"", b"no database", None])
def test_a_damaged_index_is_noticed(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "index.sqlite"
    if content is None:
        with sqlite3.connect(path) as db:
            db.execute("CREATE TABLE meta (key TEXT, value TEXT)")
            db.execute("INSERT INTO meta VALUES ('digest', 'of other sources')")
    else:
        path.write_bytes(content)
    assert not gazetteers.fresh(path)
    with pytest.raises(ReferenceDataError, match="build it anew"):
        Gazetteer.open(path)


def test_a_missing_index_is_said(tmp_path: Path) -> None:
    with pytest.raises(ReferenceDataError, match="build it first"):
        Gazetteer.open(tmp_path / "none.sqlite")


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises((ReferenceDataError, OSError)):
        gazetteers.build(tmp_path / "file" / "index.sqlite")


def test_a_town_of_the_own_table_is_there_once(gazetteer: Gazetteer) -> None:
    """Kupiansk-Vuzlovyi is in the town list and, with more spellings, in the project's own table."""
    found = gazetteer.find("Kupiansk-Vuzlovyi", "UA")
    assert [one.gazetteer_id.partition(":")[0] for one in found] == ["geonames"]


@pytest.mark.parametrize(
    ("name", "country"), [("Deir Ezzor", "SY"), ("Idleb", "SY"), ("Herat", "AF"), ("Kerbala", "IQ")]
)
def test_a_province_bears_the_spellings_of_its_town(gazetteer: Gazetteer, name: str, country: str) -> None:
    assert {"ADM1", "PPL"} <= {one.feature for one in gazetteer.find(name, country)}


def test_sources_that_change_during_a_build_are_read_again(
    tmp_path: Path, sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stamps = iter(["old", "new", "new", "new"])
    monkeypatch.setattr(index, "digest", lambda _folder: next(stamps))
    monkeypatch.setattr(index.sources, "everything", lambda _folder: [])
    index.write(tmp_path / "index.sqlite", sources)
    with sqlite3.connect(tmp_path / "index.sqlite") as db:
        assert db.execute("SELECT value FROM meta WHERE key = 'digest'").fetchone() == ("new",)


def test_sources_that_keep_changing_are_said(tmp_path: Path, sources: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stamps = (str(n) for n in count())
    monkeypatch.setattr(index, "digest", lambda _folder: next(stamps))
    monkeypatch.setattr(index.sources, "everything", lambda _folder: [])
    with pytest.raises(ReferenceDataError, match="change while they are read"):
        index.write(tmp_path / "index.sqlite", sources)
    assert not (tmp_path / "index.sqlite").exists()

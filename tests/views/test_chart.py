"""Charts as tables and pictures: the same numbers as the screen's, hostile names as they are, valid files."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from data.figures import Toll
from data.overview import Ask, Overview
from data.question import EVERYTHING
from data.store import Store
from tests.views import small_store
from views import chart, periods, printed, stated, words
from views.address import Look
from views.chart import Chart


def charts(home: Path, build: Callable[[str], None] = small_store.build, look: Look | None = None) -> dict[str, Chart]:
    """The charts of a store by key."""
    url = f"sqlite:///{home / 'store.db'}"
    build(url)
    look = look or Look()
    with Store.open(url) as store:
        return {one.key: one for one in chart.charts(Overview(store).answer(look.ask), look)}


def rows(one: Chart) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(chart.table(one).decode())))


def test_the_table_holds_every_line_with_filters_and_credit(tmp_path: Path) -> None:
    found = charts(tmp_path, look=Look(Ask(countries=("SY",))))
    assert list(found) == ["time", "type", "perpetrator", "target", "province"]
    (strikes,) = rows(found["type"])
    assert strikes["type"] == "Air strike"
    assert (strikes["count"], strikes["killed_low"], strikes["killed_high"]) == ("3", "62", "62")
    assert (strikes["killed_untold"], strikes["wounded_low"]) == ("2", "")
    assert strikes["filters"] == "Country: Syria"
    assert "Dateline" in strikes["credit"]
    weeks = rows(found["time"])
    assert [week["id"] for week in weeks if int(week["count"])] == ["2016-02-29", "2016-09-12", "2016-09-19"]
    assert len(weeks) == 30


def test_a_role_that_is_asked_for_is_the_only_one(tmp_path: Path) -> None:
    look = Look(Ask(parties=("islamic-state",), role="target"), step="month", measure="wounded")
    found = charts(tmp_path, look=look)
    assert list(found) == ["time", "type", "target", "province"]
    assert [(name, line.count) for name, line in found["target"].lines] == [("Islamic State", 2)]
    assert [name for name, _ in found["time"].lines][::6] == ["Mar 2016", "Sep 2016"]


@pytest.mark.parametrize("key", ["time", "type", "perpetrator", "target", "province"])
def test_pictures_are_valid_whatever_the_names(tmp_path: Path, key: str) -> None:
    one = charts(tmp_path, small_store.build_hostile, Look(EVERYTHING))[key]
    picture = Image.open(io.BytesIO(printed.picture(one, "png")))
    assert picture.width == 1600
    svg = printed.picture(one, "svg")
    names = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(svg).iter()}
    assert names & {"script", "image", "a", "foreignObject"} == set()
    assert b"http://elsewhere" not in svg
    assert svg == printed.picture(one, "svg")


@pytest.mark.parametrize(
    "name", ["هجوم على السوق", "Бомбардировка $x^2$", "日本語 🙂", "\u202eevil\u202c", "=1+1", "a" * 900]
)
def test_names_of_any_script_are_drawn_and_written(name: str) -> None:
    from data.figures import Line

    one = Chart("type", "By kind", [(name, Line("x", 3, Toll(1, 2, 1), Toll()))], "killed", [], name)
    assert printed.picture(one, "png").startswith(b"\x89PNG")
    ElementTree.fromstring(printed.picture(one, "svg"))
    (row,) = rows(one)
    assert row["type"] == (f"'{name}" if name.startswith("=") else name)


@pytest.mark.parametrize(
    "toll, expected",
    [
        (Toll(), "no figure"),
        (Toll(62, 62, 1), "62"),
        (Toll(1000, 2500, 3), "1,000–2,500"),
        (Toll(62, 62, 1, 1), "at least 62"),
        (Toll(62, 80, 2, 1), "62–80 or more"),
        (Toll(0, 80, 1), "0–80"),
    ],
)
def test_a_sum_in_words(toll: Toll, expected: str) -> None:
    assert words.summed(toll) == expected


@pytest.mark.parametrize(
    "first, second, expected",
    [
        (Toll(10, 14, 2), Toll(20, 21, 2), "+6 to +11"),
        (Toll(5, 5, 1), Toll(), "-5"),
        (Toll(), Toll(), ""),
        (Toll(5, 5, 1, 1), Toll(7, 7, 1), "open"),
    ],
)
def test_a_difference_in_words(first: Toll, second: Toll, expected: str) -> None:
    assert periods.difference(first, second) == expected


@pytest.mark.parametrize(
    "ask, expected",
    [
        (Ask(), ["No filter"]),
        (Ask(role="target"), ["No filter"]),
        (Ask(parties=("islamic-state",), role="target"), ["Target: Islamic State"]),
        (Ask(parties=("islamic-state",), against=("x",)), ["Party: Islamic State", "Against: x"]),
        (Ask(date_to=dt.date(2016, 9, 17)), ["Days: to 17 Sep 2016"]),
        (
            Ask(date_from=dt.date(2016, 9, 1), date_to=dt.date(2016, 9, 17), toll_most=5),
            ["Days: 1 Sep 2016 to 17 Sep 2016", "Killed: up to 5"],
        ),
        (Ask(statuses=()), ["Told as: any"]),
        (Ask(area="c:35.0000,40.0000;25"), ["Where: within a drawn circle (c:35.0000,40.0000;25)"]),
        (Ask(types=("arrest",), civilians=True), ["Kind of event: Arrest", "Civilians were harmed"]),
        (Ask(provinces=("SY/Idlib",), words="market"), ["Province: Idlib, Syria", "Words in the report: market"]),
    ],
)  # fmt: skip
def test_filters_in_words(tmp_path: Path, ask: Ask, expected: list[str]) -> None:
    with Store.open(f"sqlite:///{tmp_path / 'store.db'}") as store:
        assert stated.stated(Overview(store).answer(ask)) == expected

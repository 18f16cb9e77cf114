"""The page of figures in a browser: what the filters leave, to download, with its state in the address."""

from __future__ import annotations

import csv
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.views.browser import settled
from tests.views.small_store import HOSTILE

pytestmark = pytest.mark.browser


def opened(page: Page, address: str) -> None:
    """Go to the page of figures at an address and wait until it is drawn."""
    page.goto(address)
    page.get_by_role("heading", name="Figures").wait_for(timeout=45_000)
    settled(page)


def query_of(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def lines(page: Page, key: str) -> list[list[str]]:
    """The lines of a chart's table: name, count, toll."""
    rows = page.locator(f".st-key-figures-{key} table tr:has(th[scope=row])")
    rows.first.wait_for(timeout=20_000)
    return [
        [row.locator("th").inner_text(), *row.locator(".told").all_inner_texts()] for row in rows.all()
    ]  # fmt: skip


def test_figures_follow_the_filters_and_the_address(page: Page, small_app: str) -> None:
    opened(page, f"{small_app}/figures")
    assert lines(page, "type") == [
        ["Air strike", "3", "62"],
        ["Bombing", "2", "no figure"],
        ["Arrest", "1", "no figure"],
        ["Shelling", "1", "no figure"],
    ]
    page.get_by_role("group", name="Party").locator("[data-value=islamic-state]").check()
    page.get_by_role("radio", name="Target").check()
    settled(page)
    assert query_of(page) == {"party": ["islamic-state"], "role": ["target"]}
    assert lines(page, "target") == [["Islamic State", "2", "no figure"]]
    page.get_by_role("radio", name="Wounded").click()
    page.get_by_role("radio", name="Month").click()
    settled(page)
    assert {**query_of(page), "party": 0, "role": 0} == {
        "party": 0,
        "role": 0,
        "measure": ["wounded"],
        "step": ["month"],
    }
    expect(page.get_by_role("heading", name="By month")).to_be_visible()


def test_the_map_s_filters_come_along_and_go_back(page: Page, small_app: str) -> None:
    page.goto(f"{small_app}/?country=IQ")
    page.get_by_text("2 events").first.wait_for(timeout=45_000)
    settled(page)
    page.get_by_role("link", name="Figures").click()
    page.get_by_role("heading", name="Figures").wait_for()
    settled(page)
    assert query_of(page) == {"country": ["IQ"]}
    assert lines(page, "type") == [["Bombing", "2", "no figure"]]
    page.get_by_role("link", name="Map").click()
    settled(page)
    assert query_of(page) == {"country": ["IQ"]}


@pytest.mark.parametrize("kind, start", [("CSV", b"type,id,count"), ("PNG", b"\x89PNG"), ("SVG", b"<?xml")])
def test_a_chart_is_downloaded(page: Page, small_app: str, kind: str, start: bytes) -> None:
    opened(page, f"{small_app}/figures?country=SY")
    with page.expect_download() as downloaded:
        page.locator(".st-key-figures-type").get_by_role("button", name=kind).click()
    path = Path(downloaded.value.path())
    assert path.read_bytes().startswith(start)
    if kind == "CSV":
        (row,) = csv.DictReader(path.read_text("utf-8").splitlines())
        assert (row["type"], row["count"], row["filters"]) == ("Air strike", "3", "Country: Syria")


def test_two_periods_stand_in_the_address(page: Page, small_app: str, chrome: Browser) -> None:
    opened(page, f"{small_app}/figures?from=2016-09-01&to=2016-09-30")
    shown = page.get_by_role("list").filter(has_text="Before")
    expect(shown).to_contain_text("2–31 Aug 2016 (30 days): 0 events")
    expect(shown).to_contain_text("Sep 2016 (30 days): 2 events")
    address = f"{small_app}/figures?from=2016-09-01&to=2016-09-30&other-from=2016-03-01&other-to=2016-03-31"
    other = chrome.new_page(viewport={"width": 1440, "height": 900})
    opened(other, address)
    expect(other.get_by_role("list").filter(has_text="Before")).to_contain_text("Mar 2016 (31 days): 1 event")
    other.get_by_role("spinbutton", name="day, Before: last day").click()
    other.keyboard.type("15", delay=80)
    other.keyboard.press("Escape")
    settled(other)
    assert query_of(other)["other-to"] == ["2016-03-15"]
    expect(other.get_by_role("list").filter(has_text="Before")).to_contain_text("1–15 Mar 2016 (15 days)")
    other.close()


def test_hostile_names_are_shown_as_text(page: Page, hostile_app: str) -> None:
    opened(page, f"{hostile_app}/figures")
    names = [name for name, *_ in lines(page, "perpetrator")]
    for payload in HOSTILE:
        assert " ".join(payload.split()) in names
    assert not any(one.evaluate("() => 'hacked' in window") for one in page.frames)


def test_on_a_phone_nothing_runs_over_the_edge(chrome: Browser, small_app: str) -> None:
    page = chrome.new_page(viewport={"width": 390, "height": 844})
    opened(page, f"{small_app}/figures?from=2016-09-01&to=2016-09-30")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    page.close()


def test_a_filter_that_leaves_nothing_and_one_that_cannot_be_read(page: Page, small_app: str) -> None:
    opened(page, f"{small_app}/figures?words=unheard-of&step=decade")
    expect(page.get_by_text("No incident fits these filters.")).to_be_visible()
    expect(page.get_by_text("Ignored in the address")).to_be_visible()


@pytest.mark.parametrize("page_of", ["figures", ""])
@pytest.mark.parametrize("kind, start", [("PDF", b"%PDF"), ("Markdown", b"# What reports say")])
def test_a_briefing_is_downloaded(page: Page, small_app: str, page_of: str, kind: str, start: bytes) -> None:
    page.goto(f"{small_app}/{page_of}?country=SY")
    page.get_by_text("3 events").first.wait_for(timeout=45_000)
    settled(page)
    if not page_of:
        page.get_by_text("Briefing", exact=True).click()
    with page.expect_download() as downloaded:
        page.locator(f".st-key-briefing-{'pdf' if kind == 'PDF' else 'md'}").get_by_role("button").click()
    found = Path(downloaded.value.path()).read_bytes()
    assert found.startswith(start)
    if kind == "Markdown":
        assert b"Country\\: Syria" in found
        assert b"Deir ez\\-Zor Airport" in found


def test_an_export_holds_what_is_shown_and_less_where_asked(page: Page, small_app: str) -> None:
    page.goto(f"{small_app}/?country=IQ")
    page.get_by_text("2 events").first.wait_for(timeout=45_000)
    settled(page)
    page.get_by_text("Export", exact=True).click()
    button = page.locator(".st-key-export").get_by_role("button")
    with page.expect_download() as downloaded:
        button.click()
    open_rows = list(csv.DictReader(Path(downloaded.value.path()).read_text("utf-8").splitlines()))
    assert [(row["place_name"], row["latitude"]) for row in open_rows] == [("Baghdad", "33.31")] * 2
    page.get_by_role("combobox", name="Where").click()
    page.get_by_role("option", name="Coarse: cells of 25 km").click()
    settled(page)
    expect(page.get_by_text("no word of a report")).to_be_visible()
    with page.expect_download() as downloaded:
        button.click()
    text = Path(downloaded.value.path()).read_text("utf-8")
    assert "Baghdad" not in text
    assert "33.31" not in text
    assert {row["country_code"] for row in csv.DictReader(text.splitlines())} == {"IQ"}

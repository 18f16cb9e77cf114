"""Take the README's pictures, docs/*.png, anew: ``python -m tests.views.picture``."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from data import ingest, query, reference
from data.store import Store
from extract.read import file
from tests.views import browser as drive

SAMPLES = drive.ROOT / "data" / "samples" / "reports.jsonl"
DOCS = drive.ROOT / "docs"
# Two countries since a day, one incident there that is told of differently, and a view that holds most of the others.
FILTERS = "?country=SY&country=IQ&from=2014-01-01"
REPORT = "dez-2016-western-wire"
# Two more: the figures of a year in the dark, and an event's card on a phone.
FIGURES = "figures?from=2023-01-01&to=2023-12-31&step=month"
VIEW = "() => { map.setView([34.6, 41.2], 6, {animate: false}); }"


def main() -> None:
    """Samples into a store of their own, the app on it, three pictures taken."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'samples.db'}"
        with Store.open(url) as store:
            for _ in ingest.add(file.rows(SAMPLES), reference.open_reader, store):
                pass
            chosen = next(row.id for row in query.incidents_of(store, REPORT) if row.primary)
        with drive.served(url, Path(folder)) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=drive.chromium(playwright), args=list(drive.FLAGS))
            _map(browser.new_page(viewport={"width": 1440, "height": 900}), address, chosen)
            _figures(browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme="dark"), address)
            _card(browser.new_page(viewport={"width": 390, "height": 844}), address, chosen)
            browser.close()


def _map(page: Page, address: str, chosen: str) -> None:
    drive.opened(page, f"{address}/{FILTERS}&incident={chosen}")
    drive.map_frame(page).evaluate(VIEW)
    drive.settled(page)
    _taken(page, "map.png")


def _figures(page: Page, address: str) -> None:
    page.goto(f"{address}/{FIGURES}")
    page.get_by_role("heading", name="Figures").wait_for(timeout=60_000)
    drive.settled(page)
    _taken(page, "figures.png")


def _card(page: Page, address: str, chosen: str) -> None:
    drive.opened(page, f"{address}/?incident={chosen}")
    page.get_by_role("heading", name="Who says what").evaluate("(node) => node.scrollIntoView()")
    _taken(page, "event.png")


def _taken(page: Page, name: str) -> None:
    drive.settled(page)
    page.screenshot(path=DOCS / name)
    sys.stderr.write(f"docs/{name}: {(DOCS / name).stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main()

"""Take the README's picture, docs/map.png, anew: ``python -m tests.views.picture``."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from data import ingest, query, reference
from data.store import Store
from extract.read import file
from tests.views import browser as drive

SAMPLES = drive.ROOT / "data" / "samples" / "reports.jsonl"
PICTURE = drive.ROOT / "docs" / "map.png"
# One party since a day, one incident of it, and a view that holds most of the others.
FILTERS = "?party=islamic-state&from=2014-01-01"
REPORT = "achin-2017-military"
VIEW = "() => { map.setView([27, 48], 4, {animate: false}); }"


def main() -> None:
    """Samples into a store of their own, the app on it, one incident pressed, a picture taken."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'samples.db'}"
        with Store.open(url) as store:
            for _ in ingest.add(file.rows(SAMPLES), reference.open_reader, store):
                pass
            chosen = next(row.id for row in query.incidents_of(store, REPORT) if row.primary)
        with drive.served(url, Path(folder)) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=drive.chromium(playwright), args=list(drive.FLAGS))
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            drive.opened(page, f"{address}/{FILTERS}")
            drive.map_frame(page).evaluate(VIEW)
            drive.settled(page)
            drive.frame(page).locator(f'.dateline-marker[data-id="{chosen}"]').dispatch_event("click")
            drive.settled(page)
            drive.settled(page)
            page.screenshot(path=PICTURE)
            browser.close()
    sys.stderr.write(f"{PICTURE}: {PICTURE.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main()

"""How quickly the map page answers in a browser, beside markers of Folium and pydeck. ``python -m bench.desk [N …]``.

For each size a store of made-up incidents (kept in the cache folder: a million take some minutes to make), the app
served on it, and a headless Chromium that filters, pans and zooms. Seconds are medians from the press of a key or
button to the redrawn map; kB is what one update sends. CPU is what the
server worked for one filter, one pan or zoom, in seconds of a processor: it hardly depends on what else runs.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from bench import naive, synthetic
from data.paths import cache_dir
from data.progress import say
from data.store import Store
from tests.views import browser as drive

SIZES = (10_000, 100_000, 1_000_000)
ROUNDS = 8
COLUMNS = ("filter", "pan", "zoom", "first view", "CPU filter", "CPU move", "memory MB", "kB")
NAIVE = 10_000
# Drawn by a script of the page itself, so that reading it costs no turn of the test's own.
DRAWN = "() => (window.Dateline && Dateline.state.drawn) || 0"
REDRAWN = """(before) => new Promise((done, fail) => {
    const last = performance.now() + 20000;
    const look = () => Dateline.state.drawn > before ? requestAnimationFrame(() => done(true))
        : performance.now() > last ? fail(new Error("the map was not redrawn")) : setTimeout(look, 4);
    look(); })"""
NEAR = "() => { map.setView([34, 41], 5, {animate: false}); }"
PAN = "(by) => { map.panBy(by, {animate: false}); }"
ZOOM = "(by) => { map.setZoom(map.getZoom() + by, {animate: false}); }"


def main() -> int:
    """Prints a table; the exit status."""
    sizes = [int(text.replace("_", "")) for text in sys.argv[1:]] or list(SIZES)
    say(f"{'':34}" + "".join(f"{name:>12}" for name in COLUMNS))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=drive.chromium(playwright), args=list(drive.FLAGS))
        for size in sizes:
            with served(size) as (address, process):
                line(f"Dateline, {size:,}", measured(browser, address, process))
        if NAIVE in sizes:
            for name, taken in naive.measured(browser, NAIVE):
                say(f"{f'{name}, {NAIVE:,}':34}{taken:12.2f}")
        browser.close()
    return 0


@contextmanager
def served(size: int) -> Iterator[tuple[str, int]]:
    """The app on a store of so many incidents, warm: its address and its process."""
    url = f"sqlite:///{stored(size)}"
    with tempfile.TemporaryDirectory() as home, drive.served(url, Path(home)) as address:
        yield address, drive.process_at(address)


def stored(size: int) -> Path:
    """The store of so many incidents, made where it is not there yet."""
    path = cache_dir() / f"bench-{size}.db"
    if not path.exists():
        making = path.with_suffix(".making")
        for leftover in path.parent.glob(f"{making.name}*"):
            leftover.unlink()
        with Store.open(f"sqlite:///{making}") as store:
            synthetic.fill(store, size)
        making.rename(path)
    return path


def line(name: str, figures: dict[str, float]) -> None:
    """One line of the table."""
    say(f"{name:34}" + "".join(f"{value:12.2f}" for value in figures.values()))


def measured(browser: Browser, address: str, process: int) -> dict[str, float]:
    """Medians of one session on a warm server."""
    # The first session of all warms the server.
    opened(browser, address)[0].close()
    page, first = opened(browser, address)
    weight = Weight(page)
    at_start = processor(process)
    filters = [seconds(page, lambda n=n: filtered(page, n), weight) for n in range(ROUNDS)]  # type: ignore[misc]
    filtering = (processor(process) - at_start) / ROUNDS
    inside = drive.map_frame(page)
    seconds(page, lambda: inside.evaluate(NEAR))
    at_start = processor(process)
    # Wider than what was loaded around the view, to and fro.
    pans = [seconds(page, lambda by=by: inside.evaluate(PAN, [by, 0]), weight) for by in (900, -900) * 3]  # type: ignore[misc]
    zooms = [seconds(page, lambda by=by: inside.evaluate(ZOOM, by), weight) for by in (1, 1, -1, 1, -1)]  # type: ignore[misc]
    moving = (processor(process) - at_start) / (len(pans) + len(zooms))
    page.close()
    return {
        "filter": statistics.median(filters),
        "pan": statistics.median(pans),
        "zoom": statistics.median(zooms),
        "first": first,
        "CPU filter": filtering,
        "CPU move": moving,
        "memory": memory(process),
        "kB": statistics.median(weight.updates) / 1000,
    }


class Weight:
    """Bytes that the server sends, update by update."""

    def __init__(self, page: Page) -> None:
        self.now = 0
        self.updates: list[int] = []
        page.on("websocket", lambda socket: socket.on("framereceived", self._take))
        # Sockets that were open before are not told of: the page is loaded anew.
        page.reload()
        _ready(page)

    def _take(self, payload: str | bytes) -> None:
        self.now += len(payload)

    def end(self) -> None:
        """Note what came since the last end."""
        self.updates.append(self.now)
        self.now = 0


def seconds(page: Page, act: Callable[[], object], weight: Weight | None = None) -> float:
    """From doing it to the redrawn map."""
    inside = drive.map_frame(page)
    if weight:
        weight.now = 0
    before = inside.evaluate(DRAWN)
    started = time.perf_counter()
    act()
    inside.evaluate(REDRAWN, before)
    found = time.perf_counter() - started
    # All that belongs to the update, the counts of the filters too.
    drive.settled(page)
    if weight:
        weight.end()
    return found


def memory(process: int) -> float:
    """Megabytes of the process."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def processor(process: int) -> float:
    """Seconds that a processor worked for the process, all its threads together."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def opened(browser: Browser, address: str) -> tuple[Page, float]:
    """A new page on the map, and the seconds until the first incidents were drawn on it."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    started = time.perf_counter()
    page.goto(address)
    drive.frame(page).locator(".dateline-cellmarker, .dateline-marker").first.wait_for(timeout=600_000)
    found = time.perf_counter() - started
    _ready(page)
    return page, found


def _ready(page: Page) -> None:
    drive.frame(page).locator(".dateline-cellmarker, .dateline-marker").first.wait_for(timeout=120_000)
    drive.settled(page)


def filtered(page: Page, n: int) -> None:
    """Choose a party, another at every even turn; at every odd turn take it back, which stands first by then."""
    boxes = page.get_by_role("group", name="Party", exact=True).get_by_role("checkbox")
    boxes.nth(0 if n % 2 else n // 2 % 6).evaluate("(box) => box.click()")


if __name__ == "__main__":
    sys.exit(main())

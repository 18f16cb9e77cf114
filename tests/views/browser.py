"""The app in a headless Chromium, for the tests that only a browser can answer."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Frame, FrameLocator, Locator, Page, Playwright

ROOT = Path(__file__).parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
FRAME = 'iframe[title="streamlit_folium.st_folium"]'
# Seconds for a Streamlit server to answer on a busy machine with two cores.
START_SECONDS = 90


class NoBrowserError(RuntimeError):
    """No Chromium was found; the message says what to install."""


def chromium(playwright: Playwright) -> str:
    """The path of a Chromium: ``DATELINE_CHROMIUM``, else one on the PATH, else Playwright's own."""
    named = os.environ.get("DATELINE_CHROMIUM")
    own = playwright.chromium.executable_path
    found = named or next(filter(None, map(shutil.which, NAMES)), None) or (own if Path(own).exists() else None)
    if not found or not Path(found).exists():
        raise NoBrowserError(
            f"no Chromium at {found or 'any known place'}: install one (`make test` does it; by hand "
            "`apt-get install chromium` or `python -m playwright install chromium`), or name it in DATELINE_CHROMIUM"
        )
    return found


@contextmanager
def served(store_url: str, home: Path, *, secrets: str = "") -> Iterator[str]:
    """The app on a free port of this machine, with the given store; its address, without a slash at the end.

    ``secrets`` are Streamlit's, in TOML, with ``{address}`` where that of the app is to stand.
    """
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    options = ["--server.address", "127.0.0.1", "--server.fileWatcherType", "none"]
    if secrets:
        (home / "secrets.toml").write_text(secrets.replace("{address}", f"http://127.0.0.1:{port}"))
        options += ["--secrets.files", str(home / "secrets.toml")]
    log = home / f"app-{port}.log"
    # The name index stays where the set-up built it.
    env = {**os.environ, "DATELINE_DB": store_url}
    with log.open("wb") as out:
        process = subprocess.Popen([*command, *options], cwd=ROOT, env=env, stdout=out, stderr=out)
    try:
        wait(f"http://127.0.0.1:{port}/_stcore/health", process, log)
        address = f"http://127.0.0.1:{port}"
        _processes[address] = process.pid
        yield address
    finally:
        _end(process)


def frame(page: Page) -> FrameLocator:
    """The map's frame."""
    return page.frame_locator(FRAME)


def markers(page: Page) -> Locator:
    """The incidents that are drawn one by one."""
    return frame(page).locator(".dateline-marker")


def rows(page: Page) -> Locator:
    """The lines of the list."""
    return page.locator("li button[data-id]")


def ids(found: Locator) -> list[str]:
    """The incidents' ids, sorted."""
    return sorted(found.evaluate_all("nodes => nodes.map((node) => node.dataset.id)"))


def view(page: Page) -> tuple[float, float, int]:
    """The map's centre in degrees, and its zoom."""
    script = "() => [map.getCenter().lat, map.getCenter().lng, map.getZoom()]"
    lat, lon, zoom = map_frame(page).evaluate(script)
    return round(lat, 5), round(lon, 5), zoom


def map_frame(page: Page) -> Frame:
    """The map's frame as one that scripts can be run in."""
    handle = page.locator(FRAME).element_handle()
    found = handle and handle.content_frame()
    assert found, "the map has no frame"
    return found


def settled(page: Page) -> None:
    """Wait until no script of the app runs and the map had time to draw."""
    page.wait_for_timeout(700)
    page.wait_for_function("() => !document.querySelector('[data-testid=stStatusWidget]')", timeout=30_000)
    page.wait_for_timeout(500)


def opened(page: Page, address: str, *, drawn: int | None = None) -> None:
    """Go to the address and wait for the map, and for the given number of incidents on it."""
    page.goto(address)
    frame(page).locator(".leaflet-control-scale").wait_for(timeout=45_000)
    if drawn:
        markers(page).nth(drawn - 1).wait_for(timeout=30_000)
    settled(page)


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the app; on a busy machine it may not get round to ending by itself."""
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def wait(health: str, process: subprocess.Popen[bytes], log: Path | None = None) -> None:
    """Wait until the app answers; raises RuntimeError with its log where it does not."""
    for _ in range(START_SECONDS * 4):
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(health, timeout=2):
                return
        except OSError:
            time.sleep(0.25)
    raise RuntimeError(f"the app did not start:\n{log.read_text('utf-8', 'replace') if log else ''}")


_processes: dict[str, int] = {}


def process_at(address: str) -> int:
    """The process of an app that ``served`` started."""
    return _processes[address]

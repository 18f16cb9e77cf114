"""Small stores, the app served on them, and a browser; each started once a run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.views import browser as drive
from tests.views import small_store


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    """A headless Chromium; fails where there is none, since a skipped test looks like a passed one."""
    with sync_playwright() as playwright:
        try:
            path = drive.chromium(playwright)
        except drive.NoBrowserError as error:
            pytest.fail(str(error), pytrace=False)
        found = playwright.chromium.launch(executable_path=path, args=list(drive.FLAGS))
        yield found
        found.close()


@pytest.fixture
def page(chrome: Browser) -> Iterator[Page]:
    """A page of a fresh profile, cut off from every host but this machine; errors of its scripts fail the test."""
    context = chrome.new_context(viewport={"width": 1440, "height": 900})
    context.route("**/*", lambda route: route.continue_() if _here(route.request.url) else route.abort())
    one = context.new_page()
    errors: list[str] = []
    one.on("pageerror", lambda error: errors.append(str(error)))
    yield one
    context.close()
    assert errors == []


@pytest.fixture(scope="session")
def small_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app on ``small_store.build``."""
    yield from _app(tmp_path_factory.mktemp("small"), small_store.build)


@pytest.fixture(scope="session")
def hostile_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app on ``small_store.build_hostile``."""
    yield from _app(tmp_path_factory.mktemp("hostile"), small_store.build_hostile)


@pytest.fixture(scope="session")
def crowded_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app on 600 incidents."""
    yield from _app(tmp_path_factory.mktemp("crowded"), lambda url: small_store.build_many(url, 600))


def _app(home: Path, build: Callable[[str], None]) -> Iterator[str]:
    url = f"sqlite:///{home / 'store.db'}"
    build(url)
    with drive.served(url, home) as address:
        yield address


def _here(url: str) -> bool:
    return url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:"))

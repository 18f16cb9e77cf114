"""axe-core over every page: no serious or critical violation, light and dark, wide and on a phone.

axe-core is Deque's, under the Mozilla Public License 2.0; it comes with the package ``axe-playwright-python`` and is
used by this test only.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.views.browser import settled

pytestmark = pytest.mark.browser

AXE = files("axe_playwright_python") / "axe.min.js"
BAD = ("serious", "critical")
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
# WCAG 2.2 excepts pins on a map from the least size of a target (2.5.8, essential), and the list has each of them too.
PIN = "leaflet-marker-icon"
PAGES = {
    "map": "/",
    "map-filtered": "/?party=islamic-state&role=target&incident=raqqa-late-1",
    "map-empty": "/?words=unheard-of",
    "figures": "/figures?from=2016-09-01&to=2016-09-30",
    "add": "/add",
    "review": "/review",
    "review-incident": "/review?incident=airport-1",
    "help": "/help",
}


def violations(page: Page) -> list[str]:
    """The serious violations in the page and its frames: rule, and the first nodes that break it."""
    page.evaluate(AXE.read_text("utf-8"))
    for frame in page.frames[1:]:
        frame.evaluate(AXE.read_text("utf-8"))
    options = {"resultTypes": ["violations"], "runOnly": list(RULES)}
    found = page.evaluate("(options) => axe.run(options)", options)
    serious = [one for one in found["violations"] if one["impact"] in BAD]
    told = [(one["id"], _told(node)) for one in serious for node in one["nodes"] if not _pin(one["id"], node)]
    return [f"{rule}: {node}" for rule, node in told]


def _pin(rule: str, node: dict[str, Any]) -> bool:
    return rule == "target-size" and PIN in node["html"]


def _told(node: dict[str, Any]) -> str:
    return f"{node['html'][:160]} {node['failureSummary'][:300]}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("name", PAGES)
def test_no_serious_violation(chrome: Browser, small_app: str, name: str, width: int, scheme: str) -> None:
    context = chrome.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{small_app}{PAGES[name]}")
    page.locator("[data-testid=stMainBlockContainer] :is(p, h1, h2, h3)").first.wait_for(timeout=45_000)
    settled(page)
    if name.startswith("map"):
        page.frame_locator("iframe").locator(".leaflet-control-scale").wait_for(timeout=30_000)
        settled(page)
    # What is being worked out again is pale until it is.
    page.wait_for_function("() => !document.querySelector('[data-stale=true]')", timeout=30_000)
    assert page.get_by_text("Component Error").count() == 0
    found = violations(page)
    context.close()
    assert found == []

"""Review as a reviewer meets it: keys, pin, edit, merge, split, undo, and all of it there again after a reload."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.views import event_store
from tests.views.browser import settled
from tests.views.conftest import _app

pytestmark = pytest.mark.browser

WIRE = "dez-2016-western-wire-1"
# A busy machine may take longer over a page or a decision than Playwright waits by itself (30 and 5 seconds).
SLOW_MS = 90_000
HISTORY = [
    "Ana undid decision 4",
    "Ana split the event",
    "Ana merged events",
    "Ana moved the pin",
    "Ana edited",
]


@pytest.fixture(scope="module")
def review_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app on an event of three reports with another near it."""
    yield from _app(tmp_path_factory.mktemp("review"), event_store.build)


def opened(page: Page, app: str) -> None:
    """Open the incident's review and wait for its card."""
    page.set_default_timeout(SLOW_MS)
    page.goto(f"{app}/review?incident={WIRE}")
    page.locator("table.claims").wait_for()
    settled(page)


def because(page: Page, reason: str) -> None:
    """Give the reason, and leave the field so that keys are commands again."""
    page.get_by_label("Why (kept with the decision)").fill(reason)
    page.keyboard.press("Tab")
    page.evaluate("() => document.activeElement.blur()")
    settled(page)


def key(page: Page, name: str) -> None:
    """Press a key and wait for what it does."""
    page.keyboard.press(name)
    settled(page)


def trail(page: Page) -> list[str]:
    """Who did what by the card, the latest first."""
    return page.locator(".trail li > b").all_text_contents()[::-1]


def done(page: Page, said: str) -> None:
    expect(page.get_by_text(said)).to_be_visible(timeout=SLOW_MS)


def test_edit_move_merge_split_and_undo_are_in_the_trail_and_there_after_a_reload(page: Page, review_app: str) -> None:
    opened(page, review_app)
    page.get_by_label("Your name").fill("Ana")
    because(page, "the ministry's list")
    key(page, "e")
    # The fields come before their button, whose key does nothing until it is there.
    page.get_by_role("button", name="Save the fields").wait_for()
    settled(page)
    page.get_by_label("Killed, lowest").fill("60")
    key(page, "Control+Enter")
    done(page, "Saved: killed low (decision 1).")

    because(page, "the ridge, not the town")
    key(page, "l")
    # The map takes a click once its pin is drawn.
    page.locator(".pinmap .pin").wait_for()
    page.get_by_role("button", name="Save the place").wait_for()
    settled(page)
    page.locator(".pinmap").click(position={"x": 120, "y": 90})
    settled(page)
    expect(page.get_by_label("Latitude")).not_to_have_value("35.28540", timeout=SLOW_MS)
    key(page, "s")
    done(page, "Moved the pin (decision 2).")

    because(page, "one raid")
    key(page, "m")
    page.get_by_role("button", name="Merge", exact=True).click()
    done(page, "Merged (decision 3).")
    because(page, "another day")
    page.get_by_text("Raid on a farm").first.click()
    settled(page)
    page.get_by_role("button", name="Split off").click()
    done(page, "Split (decision 4).")
    because(page, "one raid after all")
    key(page, "u")
    done(page, "Undid decision 4 (decision 5).")

    assert trail(page) == HISTORY
    expect(page.locator(".trail .change").first).to_have_text("killed low: 62 → 60")
    page.reload()
    page.locator(".trail").wait_for()
    settled(page)
    assert trail(page) == HISTORY
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 1440


def test_a_cell_of_the_card_opens_its_words_in_the_other_report(page: Page, review_app: str) -> None:
    opened(page, review_app)
    expect(page.locator("details[open]")).to_have_count(0)
    page.get_by_role("button", name="at least 90").click()
    expect(page.locator("details[open] mark.lit")).to_have_text("at 90")
    expect(page.locator(".said")).to_contain_text("Syrian state outlet, 19 Sep 2016")


def test_a_phone_shows_review_without_sideways_scrolling(page: Page, review_app: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, review_app)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390

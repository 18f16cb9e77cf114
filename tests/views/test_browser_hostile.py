"""Reports whose every field holds an attack: shown as text on map, list, card and table, and nothing of it runs."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.views import browser as drive
from tests.views.browser import frame, markers, opened, rows, settled
from tests.views.small_store import HOSTILE

pytestmark = pytest.mark.browser


def hacked(page: Page) -> bool:
    """True where a payload ran in any frame of the page."""
    return any(one.evaluate("() => 'hacked' in window") for one in page.frames)


def squeezed(text: str) -> str:
    """The text as a label shows it."""
    return " ".join(text.split())


def test_list_popup_and_card_show_the_payloads_as_text(page: Page, hostile_app: str) -> None:
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    opened(page, hostile_app, drawn=len(HOSTILE))
    listed = rows(page).all_text_contents()
    for n, payload in enumerate(HOSTILE):
        assert any(squeezed(payload) in text for text in listed), payload
        frame(page).locator(f'.dateline-marker[data-id="hostile-{n}-1"]').dispatch_event("click")
        settled(page)
        expect(frame(page).locator(".dateline-popup")).to_contain_text(squeezed(payload))
        expect(page.locator(".source b")).to_have_text(payload)
        expect(page.locator(".report")).to_have_text(
            f"{payload} struck {payload} in {payload} with {payload}, {payload} said."
        )
        assert page.locator(".source a").count() == 0
        assert not hacked(page), payload
    assert markers(page).count() == len(HOSTILE)
    assert drive.map_frame(page).evaluate("() => map.getZoom() > 0")
    assert dialogs == []


def test_filters_and_table_show_the_payloads_as_text(page: Page, hostile_app: str) -> None:
    opened(page, hostile_app, drawn=len(HOSTILE))
    page.get_by_text("The same as a table").click()
    parties = page.get_by_role("group", name="Party")
    settled(page)
    options = " ".join(parties.locator(".name").all_text_contents())
    for payload in HOSTILE:
        assert squeezed(payload) in options
    parties.get_by_role("checkbox").nth(1).check()
    settled(page)
    assert markers(page).count() == 1
    assert not hacked(page)


def test_a_hostile_address_is_ignored(page: Page, hostile_app: str) -> None:
    opened(page, f"{hostile_app}/?party=%3Cimg+src%3Dx%3E&role=x&from=never&incident=%3Cscript%3E&words=%24%7B1%7D")
    assert not hacked(page)
    expect(page.get_by_text("events from")).to_be_visible()
    expect(page.get_by_text("Ignored in the address")).to_be_visible()

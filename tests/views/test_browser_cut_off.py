"""Everything with the network cut: no page asks another host for anything, and each does its work."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from tests.views import browser as drive


def test_no_page_asks_another_host_for_anything(page: Page, small_app: str) -> None:
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    drive.opened(page, small_app, drawn=5)
    # What is only drawn once it is opened, and what is made on the server.
    for label in ("The same as a table", "Who against whom", "Before and after", "Print the map"):
        page.get_by_text(label, exact=True).click()
        drive.settled(page)
    page.get_by_label("Title of the printed map").fill("September")
    page.keyboard.press("Tab")
    drive.settled(page)
    with page.expect_download() as waited:
        page.get_by_role("button", name="Download", exact=True).click()
    made = waited.value.path().read_bytes()
    assert made.startswith(b"%PDF")
    drive.markers(page).first.dispatch_event("click")
    drive.settled(page)
    links = page.get_by_test_id("stTopNavLink")
    assert links.count() >= 4
    for number in range(links.count()):
        links.nth(number).click()
        drive.settled(page)
        expect(page.get_by_test_id("stException")).to_have_count(0)
    own = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")
    assert [url for url in asked if not url.startswith(own)] == []
    assert len(asked) > 20


def test_two_tabs_of_one_reader_do_not_disturb_each_other(chrome: Browser, small_app: str) -> None:
    context = chrome.new_context(viewport={"width": 1440, "height": 900})
    one, two = context.new_page(), context.new_page()
    drive.opened(one, f"{small_app}/?party=islamic-state&role=target", drawn=2)
    drive.opened(two, f"{small_app}/?type=bombing", drawn=2)
    drive.markers(two).first.dispatch_event("click")
    drive.settled(two)
    assert drive.ids(drive.markers(one)) == ["raqqa-early-1", "raqqa-late-1"]
    assert "type=bombing" in two.url
    assert "incident=" in two.url
    one.get_by_role("button", name="Clear all filters").first.click()
    drive.settled(one)
    assert len(drive.ids(drive.markers(one))) == 5
    assert drive.ids(drive.markers(two)) == ["market-0-1", "market-1-1"]
    context.close()

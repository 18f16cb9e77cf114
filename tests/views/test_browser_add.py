"""Adding reports as a user does, with the real reader: paste or upload, look, store, find it on the map."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from data import reference
from tests.extract import samples
from tests.views import browser as drive
from tests.views.browser import frame, markers, rows, settled

pytestmark = pytest.mark.browser

# The model and the name index are loaded with the first report.
FIRST_READING = 120_000
TEXT = (
    "Aleppo, Syria - Russian warplanes bombed a market in the city of Aleppo on Tuesday, killing at least 12 "
    "civilians, the Syrian Observatory for Human Rights said."
)


@pytest.fixture
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app on an empty store, the name index built before a browser waits for it."""
    reference.open_gazetteer()
    home = tmp_path_factory.mktemp("adding")
    with drive.served(f"sqlite:///{home / 'store.db'}", home) as address:
        yield address


def read(page: Page) -> None:
    """Send the form and wait for what was found."""
    page.get_by_role("button", name="Read").click()
    page.get_by_text("Nothing is stored yet.").wait_for(timeout=FIRST_READING)
    frame(page).locator(".leaflet-control-scale").wait_for(timeout=45_000)
    settled(page)


def test_from_an_empty_store_to_an_incident_on_the_map(page: Page, app: str) -> None:
    page.goto(app)
    page.get_by_role("link", name="Add a report").last.click()
    page.get_by_label("Text of the report").fill(TEXT)
    page.get_by_label("Publisher").fill("<b>Agency</b>")
    page.get_by_role("spinbutton", name="year, Day of publication").click()
    page.keyboard.type("20160921", delay=60)
    read(page)
    assert markers(page).count() >= 1
    expect(page.locator(".report")).to_have_text(TEXT)
    expect(page.locator(".source")).to_contain_text("<b>Agency</b> · published 21 Sep 2016")
    page.get_by_role("button", name="Store 1 report").click()
    expect(page.get_by_text("1 report stored.")).to_be_visible()
    page.get_by_role("link", name="See it on the map").click()
    markers(page).first.wait_for(timeout=45_000)
    settled(page)
    expect(rows(page).first).to_contain_text("Aleppo")


def test_files_of_every_kind_are_taken_and_what_is_none_is_named(page: Page, app: str) -> None:
    """As the browser hands them over; a picture that calls itself a PDF is told by its bytes."""
    files = {**samples.FILES, "photo.pdf": b"\x89PNG\r\n\x1a\n", "bomb.zip": bomb()}
    page.goto(f"{app}/add")
    upload = [{"name": name, "mimeType": "application/octet-stream", "buffer": data} for name, data in files.items()]
    page.get_by_label("Text of the report").wait_for(timeout=FIRST_READING)
    page.locator('input[type="file"]').set_input_files(upload)  # type: ignore[arg-type]
    page.get_by_test_id("stFileChip").first.wait_for()
    settled(page)
    read(page)
    expect(page.get_by_text("2 rows could not be read").first).to_be_visible()
    expect(page.get_by_role("button", name="Store")).to_be_visible()


def bomb() -> bytes:
    """A small archive of a file that unpacks to far more than an archive may."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b" " * 30_000_000)
    return packed.getvalue()


def test_an_upload_lists_refused_rows_and_shows_hostile_text_as_text(page: Page, app: str) -> None:
    payload = "<img src=x onerror=window.hacked=1>${window.hacked=1}"
    good = {"text": f"{TEXT} {payload}", "title": payload, "publisher": payload, "published": "2016-09-21"}
    lines = [json.dumps(good), "{broken", json.dumps({"text": "x y", "published": "2016-02-31"})]
    upload = {"name": f"{payload[:20]}.jsonl", "mimeType": "application/json", "buffer": "\n".join(lines).encode()}
    page.goto(f"{app}/add")
    page.locator('input[type="file"]').set_input_files([upload])
    page.get_by_test_id("stFileChip").wait_for()
    settled(page)
    read(page)
    expect(page.get_by_text("2 rows could not be read").first).to_be_visible()
    expect(page.locator(".source b")).to_have_text(payload)
    expect(page.locator(".report")).to_contain_text(payload)
    assert not any(one.evaluate("() => 'hacked' in window") for one in page.frames)

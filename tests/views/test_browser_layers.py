"""Layers that users load, in a browser: drawn under the incidents, named, hidden, kept by the link, removed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.views import browser as drive
from tests.views import small_store

LINE = {"type": "LineString", "coordinates": [[36.0, 34.0], [42.0, 36.5]]}
HOSTILE = "<img src=x onerror=window.hacked=1>"


def layer(**properties: str) -> bytes:
    """A GeoJSON file of one line."""
    feature = {"type": "Feature", "properties": properties, "geometry": LINE}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An app of its own, since layers are kept for all who use a server."""
    url = f"sqlite:///{tmp_path / 'store.db'}"
    small_store.build(url)
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path))
    return url


def load(page: Page, name: str, content: bytes) -> None:
    """Choose a file in the panel."""
    panel = page.get_by_text("Layers of your own")
    if not page.locator("section[data-testid=stFileUploaderDropzone]").is_visible():
        panel.click()
    page.locator("[data-testid=stFileUploader] input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    drive.settled(page)


def lines(page: Page) -> int:
    """How many shapes of layers are on the map."""
    script = """() => { let n = 0; map.eachLayer((one) => {
        if (one.options.pane === "overlays" && one instanceof L.Path) n += 1; }); return n; }"""
    return int(drive.map_frame(page).evaluate(script))


def test_a_layer_is_loaded_shown_linked_and_removed(served: str, tmp_path: Path, page: Page, chrome: Browser) -> None:
    with drive.served(served, tmp_path) as address:
        drive.opened(page, address)
        drawn = drive.ids(drive.markers(page))
        load(page, "front line.geojson", layer(name=HOSTILE))
        assert lines(page) == 1
        assert drive.frame(page).get_by_text("front line").count() == 1
        assert drive.ids(drive.markers(page)) == drawn
        assert "layer=front-line" in page.url
        # The shapes are not sent again with the next update.
        update = drive.map_frame(page).evaluate("() => Dateline.have()")
        assert len(update) == 1
        # The link brings it back for a colleague.
        other = chrome.new_context().new_page()
        drive.opened(other, page.url)
        assert lines(other) == 1
        other.context.close()
        page.get_by_role("checkbox", name="front line").evaluate("(box) => box.click()")
        drive.settled(page)
        assert lines(page) == 0
        assert "layer=" not in page.url
        page.get_by_role("button", name="Remove", exact=True).click()
        drive.settled(page)
        assert page.get_by_role("checkbox", name="front line").count() == 0
        assert page.evaluate("() => window.hacked") is None
        assert drive.map_frame(page).evaluate("() => window.hacked") is None


def test_what_is_no_layer_is_refused_with_the_reason(served: str, tmp_path: Path, page: Page) -> None:
    with drive.served(served, tmp_path) as address:
        drive.opened(page, address)
        load(page, "map.geojson", b"%PDF-1.7")
        assert page.get_by_text("map.geojson: it is none of what can be read").count() == 1
        assert lines(page) == 0

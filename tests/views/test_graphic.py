"""Paragraphs that describe wounds or bodies are behind a notice, and open where a value was read in them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from data.store import Store
from tests.views import browser as drive
from tests.views import small_store
from views import graphic

TEXT = "Shells killed 5 people near the river.\nRescuers found charred bodies and severed limbs of 12 men there."


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Shells killed 5 people near the market.", []),
        ("The decapitated body of a guard was found.", [0]),
        ("Women were raped, a doctor said.", [0]),
        ("Farmers burn rapeseed; the scalpel was lost; the limbless tree stood.", []),
        (TEXT, [1]),
    ],
)
def test_which_paragraphs(text: str, expected: list[int]) -> None:
    assert graphic.which([[{"text": line[:9]}, {"text": line[9:]}] for line in text.split("\n")]) == expected


@pytest.fixture(scope="module")
def graphic_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("graphic")
    url = f"sqlite:///{home / 'store.db'}"
    with Store.open(url) as store:
        figures = [
            small_store.casualty(TEXT, words, "killed", n, None) for words, n in (("5 people", 5), ("12 men", 12))
        ]
        at = small_store.place(TEXT, "river", 35.0, 40.0)
        record = small_store.incident("g", TEXT, day="2020-01-01", place=at, casualties=figures)
        small_store.add(store, TEXT, record)
    with drive.served(url, home) as address:
        yield address


@pytest.mark.browser
def test_a_notice_hides_it_until_it_is_asked_for(page: Page, graphic_app: str) -> None:
    drive.opened(page, f"{graphic_app}/?incident=g-1")
    words = page.get_by_text("charred bodies")
    expect(page.get_by_text("Describes wounds, bodies or cruelty. Show it")).to_be_visible()
    expect(words).not_to_be_visible()
    page.get_by_role("button", name="12").first.click()
    expect(words).to_be_visible()

"""The briefing: what it says of an event that is told of differently, on one page, with hostile text as text."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from pypdf import PdfReader

from data.overview import Ask, Overview
from data.store import Store
from tests.views import event_store, small_store
from views import briefing, briefing_markdown, briefing_pdf, leaving
from views.address import Look
from views.briefing import Briefing
from views.lettering import lettered

NOW = dt.datetime(2026, 11, 22, 22, 0, tzinfo=dt.UTC)


def made(home: Path, build: Callable[[str], None], ask: Ask | None = None) -> tuple[Briefing, bytes]:
    """The briefing on a store, and its map."""
    url = f"sqlite:///{home / 'store.db'}"
    build(url)
    look = Look(ask or Ask())
    with Store.open(url) as store:
        overview = Overview(store)
        answer = overview.answer(look.ask)
        return briefing.of(overview, answer, look, now=NOW), leaving.picture(overview, answer, look)


def pdf_text(content: bytes) -> tuple[str, int]:
    """The words of a PDF without breaks, and the number of its pages."""
    reader = PdfReader(io.BytesIO(content))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split()), len(reader.pages)


def test_an_event_that_is_told_differently(tmp_path: Path) -> None:
    found, picture = made(tmp_path, event_store.build)
    (event,) = found.events
    assert event.heading == "Air strike, Deir ez-Zor Airport, Syria, 17 Sep 2016"
    assert event.toll == "62–90 or more killed"
    assert event.grade.startswith("Confirmed")
    said = "; ".join(event.claimants)
    for claim in ("62 killed", "at least 90 killed", "at least 80 killed", "names US-led coalition"):
        assert claim in said
    assert len(event.sources) == 3
    words, pages = pdf_text(briefing_pdf.written(found, picture))
    text = briefing_markdown.written(found, picture).decode()
    assert pages == 1
    plain = text.replace("\\", "")
    for wanted in (
        event.heading,
        event.toll,
        event.sources[0].title,
        "No filter",
        "Made 2026-11-22 22:00 UTC",
        "GeoNames",
    ):
        assert lettered(wanted) in words, wanted
        assert wanted in plain, wanted
    assert "](data:" not in text
    assert text.count("[map]") == 2


def test_filters_are_said_and_followed(tmp_path: Path) -> None:
    found, _ = made(tmp_path, small_store.build, Ask(countries=("IQ",)))
    assert found.filters == ["Country: Iraq"]
    assert found.total[0].startswith("2 events from 2 reports")
    assert list(found.events) == []
    assert briefing.NO_EVENTS in pdf_text(briefing_pdf.written(found))[0]
    assert briefing.NO_EVENTS in briefing_markdown.written(found).decode()


def test_what_was_known_on_a_day(tmp_path: Path) -> None:
    found, _ = made(tmp_path, small_store.build, Ask(as_of=dt.date(2100, 1, 1)))
    assert [event.claimants for event in found.events] == [["Russia: 62 killed"]]
    assert found.filters == ["As it was known on 1 Jan 2100"]


def build_many(url: str) -> None:
    """Twelve deadly events of long titles, many parties and an address each."""
    with Store.open(url) as store:
        for n in range(12):
            text = f"Islamic State killed {10 + n} people in town {n}, the ministry said."
            record = small_store.incident(
                f"e{n}", text, day="2016-09-17", killed_low=10 + n, killed_high=20 + n,
                actors=[small_store.actor(text, small_store.ISLAMIC_STATE, "perpetrator", "Islamic State")],
                place=small_store.place(text, f"town {n}", 33 + n / 5, 40 + n / 5),
                casualties=[small_store.casualty(text, f"killed {10 + n} people", "killed", 10 + n, f"ministry {n}")],
            )  # fmt: skip
            title = f"A headline of {n} " + "that goes on and on " * 12
            small_store.add(store, text, record, title=title, publisher="Wire", url=f"https://wire.example/{n}?a=b")


def test_ten_of_twelve_the_gravest_first_on_one_page(tmp_path: Path) -> None:
    found, picture = made(tmp_path, build_many)
    assert [event.heading for event in found.events] == [
        f"Air strike, town {n}, Syria, 17 Sep 2016" for n in range(11, 1, -1)
    ]
    assert found.events[0].toll == "21–31 killed"
    words, pages = pdf_text(briefing_pdf.written(found, picture))
    assert pages == 1
    assert "10. Air strike, town 2" in words
    assert "https://wire.example/11?a=b" in words
    assert "<https://wire.example/11?a=b>" in briefing_markdown.written(found).decode()


def build_hostile(url: str) -> None:
    """Deadly reports with an attack in every field, their addresses too."""
    with Store.open(url) as store:
        for n, words in enumerate((*small_store.HOSTILE, "# head", "1. one", "| cell |", "a\n\n<b>b</b>", "&lt;&#60;")):
            text = f"{words} struck {words}."
            who = (words, words, "armed_group")
            record = small_store.incident(
                f"h{n}", text, day="2020-01-01", killed_low=1, killed_high=2,
                actors=[small_store.actor(text, who, "perpetrator", words)],
                place=small_store.place(text, words, 30.0 + n, 40.0, admin1=words),
                casualties=[small_store.casualty(text, words, "killed", 1, words)],
            )  # fmt: skip
            report = {"title": words, "publisher": words, "url": f"https://x.example/{n}> <img src=x onerror=hacked>"}
            small_store.add(store, text, record, **report)


def test_hostile_text_is_text_in_both(tmp_path: Path) -> None:
    found, picture = made(tmp_path, build_hostile)
    text = briefing_markdown.written(found, picture).decode()
    tokens = [
        child for one in MarkdownIt("commonmark").enable("table").parse(text) for child in [one, *(one.children or [])]
    ]
    assert [one.content for one in tokens if one.type in ("html_inline", "html_block")] == []
    links = [str(one.attrs["href"]) for one in tokens if one.type == "link_open"]
    assert all(link.startswith("https://x.example/") and "<" not in link for link in links)
    assert [one.attrs["src"][:22] for one in tokens if one.type == "image"] == ["data:image/png;base64,"]
    assert [one.content for one in tokens if one.type == "inline" and one.content == "head"] == []
    shown = " ".join(one.content for one in tokens if one.type == "text")
    for event in found.events:
        assert " ".join(event.heading.split()) in " ".join(shown.split())
    reader = PdfReader(io.BytesIO(briefing_pdf.written(found, picture)))
    names = str([page.get("/Annots") for page in reader.pages]) + str(reader.trailer["/Root"])
    assert "/URI" not in names
    assert "/JavaScript" not in names
    assert "/OpenAction" not in names or "JavaScript" not in names
    assert "<img src=x onerror=window.hacked=1>" in pdf_text(briefing_pdf.written(found))[0]


@pytest.mark.parametrize(
    "name",
    ["دير الزور", "Дейр-эз-Зор", "דיר א-זור", "代尔祖尔 🙂", "\u202eevil\u202c", "\x00\x07\ud83d", "e\u0301" * 300, ""],
)
def test_names_of_any_script_are_written(tmp_path: Path, name: str) -> None:
    found, _ = made(tmp_path, event_store.build)
    event: Any = replace(found.events[0], heading=name, who=name, claimants=[name] * 3)
    changed = replace(found, title=name or "x", filters=[name], events=[event])
    assert briefing_pdf.written(changed).startswith(b"%PDF")
    briefing_markdown.written(changed).decode()


def test_a_report_of_a_megabyte_stays_a_page(tmp_path: Path) -> None:
    def build(url: str) -> None:
        with Store.open(url) as store:
            text = "Shells killed 5 people. " + "word " * 200_000
            record = small_store.incident("m", text, day="2020-01-01", killed_low=5, killed_high=5)
            small_store.add(store, text, record, title="t" * 100_000)

    found, _ = made(tmp_path, build)
    assert pdf_text(briefing_pdf.written(found))[1] == 1
    assert len(briefing_markdown.written(found)) < 5_000

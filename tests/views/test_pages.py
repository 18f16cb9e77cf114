"""The pages by themselves, without a browser: what they ask of the store and what they say."""

from __future__ import annotations

import datetime as dt
import gc
import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data.store import Store
from extract.records import Actor, EventDate, Incident, Report, Span
from geo.records import PlacedIncident, Reading
from tests.views import small_store
from views import add_page, state

Json = dict[str, Any]
APP = str(Path(__file__).parents[2] / "app.py")
SECONDS = 60


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Runs the app on a store of its own, built by the function handed in, at an address."""

    def run(build: Callable[[str], None] | None = small_store.build, **address: str | list[str]) -> AppTest:
        url = f"sqlite:///{tmp_path / 'store.db'}"
        monkeypatch.setenv("DATELINE_DB", url)
        if build:
            build(url)
        app = AppTest.from_file(APP, default_timeout=SECONDS)
        app.query_params.update(address)
        return app.run()

    return run


def payload(app: AppTest) -> Json:
    """What was sent to the map."""
    for one in app.get("component_instance"):
        arguments = json.loads(one.proto.json_args)
        if script := arguments.get("feature_group"):
            call = script[script.index("Dateline.draw(") :]
            return dict(json.JSONDecoder().raw_decode(call[call.index("{") :])[0])
    raise AssertionError("no map was drawn")


def drawn(app: AppTest) -> list[str]:
    """The ids on the map, sorted."""
    return sorted(point[0] for point in payload(app)["points"])


def said(app: AppTest) -> str:
    """All text of the page."""
    return "\n".join(one.value for one in [*app.markdown, *app.info, *app.warning, *app.error, *app.success])


def test_the_first_screen_counts_and_says_what_the_marks_are(opened: Callable[..., AppTest]) -> None:
    app = opened()
    assert not app.exception
    assert "**7 events** from 7 reports; 2 not drawn (1 no place found, 1 only the country known)" in said(app)
    assert drawn(app) == ["airport-1", "market-0-1", "market-1-1", "raqqa-early-1", "raqqa-late-1"]


@pytest.mark.parametrize(
    "address, expected",
    [
        ({"party": "islamic-state"}, ["market-0-1", "market-1-1", "raqqa-early-1", "raqqa-late-1"]),
        ({"party": "islamic-state", "role": "target"}, ["raqqa-early-1", "raqqa-late-1"]),
        ({"party": "islamic-state", "role": "perpetrator"}, ["market-0-1", "market-1-1"]),
        ({"party": "us-led-coalition", "against": "islamic-state"}, ["raqqa-early-1", "raqqa-late-1"]),
        ({"party": "Islamic State", "role": "target"}, ["raqqa-early-1", "raqqa-late-1"]),
        ({"from": "2016-09-18"}, ["raqqa-late-1"]),
        ({"to": "2016-07-02"}, ["raqqa-early-1"]),
        ({"type": "bombing"}, ["market-0-1", "market-1-1"]),
        ({"country": "IQ"}, ["market-0-1", "market-1-1"]),
        ({"words": "syrian army"}, ["airport-1"]),
        ({"killed-from": "60", "killed-to": "70"}, ["airport-1"]),
        ({"publisher": "Local monitor"}, ["raqqa-early-1", "raqqa-late-1"]),
        ({"exact": "2"}, ["airport-1"]),
        ({"area": "c:33.3,44.4;20"}, ["market-0-1", "market-1-1"]),
        ({"party": "russia", "role": "claimant"}, []),
        ({"as-of": "2016-01-01"}, []),
    ],
)
def test_each_filter_narrows_the_map(opened: Callable[..., AppTest], address: Json, expected: list[str]) -> None:
    app = opened(**address)
    assert not app.exception
    assert not app.warning
    assert drawn(app) == expected


def test_background_and_other_statuses_come_in_when_asked_for(opened: Callable[..., AppTest]) -> None:
    def build(url: str) -> None:
        small_store.build(url)
        with Store.open(url) as store:
            for key, more in (("old", {"background": True}), ("plan", {"status": "planned"})):
                text = "Shells hit Homs."
                at = small_store.place(text, "Homs", 34.7, 36.7)
                small_store.add(store, text, small_store.incident(key, text, day="2016-01-01", place=at, **more))

    assert len(drawn(opened(build))) == 5
    app = opened(None, background="1", status=["occurred", "planned"])
    assert {"old-1", "plan-1"} <= set(drawn(app))


def test_the_address_chooses_an_incident(opened: Callable[..., AppTest]) -> None:
    assert payload(opened(incident="airport-1"))["popup"]["id"] == "airport-1"


@pytest.mark.parametrize(
    "address, said_of",
    [
        ({"role": "victim"}, "role=victim"),
        ({"from": "yesterday"}, "from=yesterday"),
        ({"from": "2016-02-31"}, "there is no such day"),
        ({"type": "<script>"}, "no such kind of event"),
        ({"status": "%00"}, "status"),
        ({"country": "XX"}, "no such country"),
        ({"at": "1,2"}, "at=1,2"),
        ({"area": "p:1,2;3,4"}, "describes no area"),
        ({"colour": "red"}, "it may be type, party"),
        ({"exact": "9"}, "it may be 1 to 7"),
        ({"no-such": "1"}, "is no filter"),
    ],
)
def test_nonsense_in_the_address_is_ignored_and_said(
    opened: Callable[..., AppTest], address: dict[str, str], said_of: str
) -> None:
    app = opened(**address)
    assert not app.exception
    assert payload(app)["popup"] is None
    assert len(drawn(app)) == 5
    assert said_of in app.warning[0].value.replace("\\", "")


@pytest.mark.parametrize("address", [{"incident": "no-such"}, {"words": "zzz"}, {"party": "'\"🙂\u202e"}])
def test_what_is_not_there_shows_nothing_and_breaks_nothing(opened: Callable[..., AppTest], address: Json) -> None:
    app = opened(**address)
    assert not app.exception
    assert payload(app)["popup"] is None


def test_an_empty_store_says_what_to_do(opened: Callable[..., AppTest]) -> None:
    app = opened(None)
    assert not app.exception
    assert "No reports yet" in [one.value for one in app.subheader]


def test_a_store_that_cannot_be_opened_is_a_message(opened: Callable[..., AppTest], tmp_path: Path) -> None:
    (tmp_path / "store.db").write_bytes(b"this is no database, just some words in a file" * 40)
    app = opened(None)
    assert not app.exception
    assert len(app.error) == 1
    assert "store" in app.error[0].value


class FakeReader:
    """Reads an air strike by the first word of a report, without a place, out of any text."""

    def read_many(self, reports: Iterable[Report]) -> Iterator[Reading]:
        """One reading a report."""
        return map(self.read, reports)

    def read(self, report: Report) -> Reading:
        """One incident of a given party; a text on peace has none, one on doom trips a defect."""
        if "doom" in report.text:
            raise RuntimeError("defect")
        first = Span(0, len(report.text.split()[0]))
        when = report.published and EventDate(report.published, report.published, 1, "published", "")
        actor = Actor("striker", first.of(report.text), "armed_group", "perpetrator", first, first.of(report.text))
        one = Incident(f"{report.id}-1", report.id, "air_strike", primary=True, date=when or None, actors=(actor,))
        found = () if "peace" in report.text else (PlacedIncident(replace(one, evidence=(first,)), None),)
        return Reading(report, "en", found, warnings=("no place was found",))


@pytest.fixture
def adding(opened: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The page for adding a report, with a fake reader."""
    monkeypatch.setattr(state, "reader", lambda tell=None: FakeReader())
    opened(None)
    return AppTest.from_function(_add_page, default_timeout=SECONDS).run()


def _add_page() -> None:
    from views import add_page, state

    state.link = lambda page, label: None
    add_page.page()


def test_a_pasted_report_is_shown_before_it_is_stored(adding: AppTest) -> None:
    adding.text_area(key="text0").set_value("Jets struck a camp.")
    adding.text_input(key="publisher0").set_value("Agency")
    adding.date_input(key="published0").set_value(dt.date(2020, 1, 2))
    adding.button[0].click()
    adding.run()
    assert not adding.exception
    assert "**1 incident** found in 1 report, 1 of them not drawn for want of a place" in said(adding)
    assert state.store().revision() == 0
    adding.button(key="store").click().run()
    assert "1 report stored." in said(adding)
    assert state.store().revision() == 1
    assert adding.text_area(key="text1").value == ""


def test_storing_the_same_twice_changes_nothing(adding: AppTest) -> None:
    for n, expected in enumerate(["1 report stored.", "0 reports stored; 1 already there, unchanged."]):
        adding.text_area(key=f"text{n}").set_value("Jets struck a camp.")
        adding.button[0].click()
        adding.run()
        adding.button(key="store").click().run()
        assert expected in said(adding)
    assert state.store().revision() == 1


def test_a_report_without_an_incident_says_so(adding: AppTest) -> None:
    adding.text_area(key="text0").set_value("All is at peace.")
    adding.button[0].click()
    adding.run()
    assert "No incident was found." in said(adding)


def test_nothing_handed_in_asks_for_something(adding: AppTest) -> None:
    adding.button[0].click()
    adding.run()
    assert "Paste a text or choose a file first." in said(adding)


def test_refused_rows_and_defects_are_listed_and_the_rest_is_read() -> None:
    lines = [b'{"text": "Jets struck."}', b"{broken", b'{"text": "doom"}', b'{"title": "no text"}']
    found = _found("week.jsonl", b"\n".join(lines))
    assert [item.row.report.text for item in found.readings] == ["Jets struck."]
    assert [(one.source, one.line) for one in found.refused] == [("week.jsonl", n) for n in (2, 3, 4)]
    assert "defect" in found.refused[1].reason


@pytest.mark.parametrize(
    "name, content, reason",
    [
        ("a.txt", b" \n", "blank"),
        ("a.csv", b"title,url\nx,y\n", "text"),
        ("a.jsonl", '{"text": "Überfall"}'.encode("latin-1"), "UTF-8"),
        ("a.jsonl", b'{"text": "x", "published": "2016-13-45"}', "2016-13-45"),
        ("a.pdf", b"%PDF", "is named .pdf but holds something else"),
    ],
)
def test_bad_files_are_refused_with_the_reason(name: str, content: bytes, reason: str) -> None:
    found = _found(name, content)
    assert found.readings == []
    assert reason in found.refused[0].reason


def _found(name: str, content: bytes) -> add_page.Found:
    import io

    from data import ingest
    from extract.read.records import Defaults

    upload = io.BytesIO(content)
    upload.name = name
    rows = list(add_page._rows("", [upload], Defaults()))
    found = add_page.Found(total=len(rows))
    for item in ingest.extract(rows, FakeReader):
        found.take(item)
    return found


def test_the_map_waits_for_no_language_model() -> None:
    pages = "views.map_page, views.add_page, views.figures_page, views.review_page"
    script = f"import sys, {pages}; print('spacy' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", script], cwd=Path(APP).parent, capture_output=True, check=True)
    assert told.stdout.decode().split()[-1] == "False"


def test_what_is_loaded_is_not_searched_for_garbage_after_each_run(opened: Callable[..., AppTest]) -> None:
    gc.unfreeze()
    opened()
    assert gc.get_freeze_count() > 100_000
    gc.unfreeze()

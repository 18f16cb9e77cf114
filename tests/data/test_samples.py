"""The sample reports keep their promises: enough, well formed, sourced, and attributed to kinds of publisher."""

import csv
import json
import re
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
REPORTS = [json.loads(line) for line in (SAMPLES / "reports.jsonl").read_text(encoding="utf-8").splitlines()]
with (SAMPLES / "sources.csv").open(encoding="utf-8", newline="") as handle:
    SOURCES = list(csv.DictReader(handle))
BY_ID = {report["id"]: report for report in REPORTS}

PUBLISHER_KINDS = {
    "Afghan local media",
    "Azerbaijani state outlet",
    "Armenian public broadcaster",
    "Ethiopian state outlet",
    "Gulf broadcaster",
    "Humanitarian NGO update",
    "Indian daily",
    "Iraqi news site",
    "Israeli daily",
    "Latin American daily",
    "Local media activists",
    "Military press release",
    "Monitoring group",
    "Pakistani daily",
    "Russian state outlet",
    "South-East Asian news site",
    "Sudanese news site",
    "Syrian state outlet",
    "UN mission update",
    "Ukrainian public broadcaster",
    "West African daily",
    "Western wire agency",
}

# Outlets must never be named as the author of words that they did not publish, nor be leaned on inside the texts.
REAL_OUTLETS = (
    "AFP|Agence France-Presse|Al Arabiya|Al Jazeera|Al Mayadeen|Al-Masdar|Al-Masirah|Amaq|Anadolu|ANSA|AP News|ARD|"
    "Associated Press|BBC|Bloomberg|CNN|Dawn|Der Spiegel|Deutsche Welle|DPA|EFE|El Pais|Fars News|Financial Times|"
    "Fox News|France 24|Haaretz|Hawar News|Interfax|IRNA|Irrawaddy|Izvestia|Jerusalem Post|Kan 11|Kyiv Independent|"
    "Le Figaro|Le Monde|Los Angeles Times|Middle East Eye|New York Times|Novosti|NPR|Premium Times|Press TV|Rappler|"
    "Reuters|RIA|Rossiya|RT|Rudaw|SANA(?!'A)|Saba|Sky News|SPA|Sputnik|Suspilne|TASS|Tasnim|The Guardian|The Hindu|"
    "The Times|Ukrinform|UPI|Voice of America|VOA|Wall Street Journal|Washington Post|Xinhua|Zvezda"
)
REAL_OUTLET = re.compile(rf"(?<![\w-])(?:{REAL_OUTLETS})(?![\w-])")
FIELDS = {"id", "title", "text", "published", "publisher", "language"}


@pytest.fixture(params=REPORTS, ids=lambda report: report["id"])
def report(request: pytest.FixtureRequest) -> dict[str, str]:
    return request.param


def _reports_of() -> dict[str, set[str]]:
    told: dict[str, set[str]] = defaultdict(set)
    for row in SOURCES:
        if row["incident"]:
            told[row["incident"]].add(row["report_id"])
    return told


def test_fields_are_those_of_a_report(report: dict[str, str]) -> None:
    assert set(report) == FIELDS
    assert all(isinstance(value, str) and value == value.strip() and value for value in report.values())
    assert report["language"] == "en"
    assert re.fullmatch(r"[a-z0-9-]+", report["id"])


def test_text_is_a_short_report(report: dict[str, str]) -> None:
    assert 80 <= len(report["text"].split()) <= 250


def test_published_is_an_iso_day_between_2011_and_2025(report: dict[str, str]) -> None:
    assert date(2011, 1, 1) <= date.fromisoformat(report["published"]) <= date(2025, 12, 31)


def test_publisher_is_a_kind_and_no_real_outlet_is_named(report: dict[str, str]) -> None:
    assert report["publisher"] in PUBLISHER_KINDS
    for field in ("publisher", "title", "text"):
        assert not REAL_OUTLET.search(report[field]), field


def test_no_words_are_put_into_a_real_mouth(report: dict[str, str]) -> None:
    assert not re.search(r'["“”«»]', report["text"] + report["title"])


@pytest.mark.parametrize(
    "text, named",
    [
        ("told Reuters by telephone", True),
        ("the TASS agency", True),
        ("the SANA agency", True),
        ("RT said", True),
        ("ballistic missiles over Sanaa", False),
        ("SANA'A - Initial reports", False),
        ("the riad of a merchant, started at dawn", False),
        ("an A-10 and two F-16s", False),
    ],
)
def test_the_outlet_pattern_sees_names_and_not_parts_of_words(text: str, named: bool) -> None:
    assert bool(REAL_OUTLET.search(text)) is named


def test_ids_and_texts_are_unique() -> None:
    assert len(BY_ID) == len(REPORTS)
    assert len({report["text"] for report in REPORTS}) == len(REPORTS)


def test_every_report_has_a_source_and_every_source_a_report() -> None:
    assert {row["report_id"] for row in SOURCES} == set(BY_ID)
    assert all(row["source"].strip() and row["country"].strip() for row in SOURCES)


def test_source_rows_are_unique() -> None:
    assert max(Counter((row["report_id"], row["incident"]) for row in SOURCES).values()) == 1


def test_an_incident_has_one_country_and_its_reports_come_after_it() -> None:
    countries = defaultdict(set)
    for row in SOURCES:
        if row["incident"]:
            countries[row["incident"]].add(row["country"])
            stamp = re.search(r"-(\d{4}-\d{2}(?:-\d{2})?)$", row["incident"])
            assert stamp, row["incident"]
            assert BY_ID[row["report_id"]]["published"] >= stamp[1], row
    assert {key: names for key, names in countries.items() if len(names) > 1} == {}


def test_enough_reports_incidents_and_countries() -> None:
    assert len(REPORTS) >= 60
    assert len(_reports_of()) >= 32
    assert len({row["country"] for row in SOURCES if row["incident"]}) >= 16


def test_ten_incidents_are_told_by_two_to_four_kinds_of_publisher() -> None:
    kinds = {key: {BY_ID[name]["publisher"] for name in names} for key, names in _reports_of().items()}
    assert sum(2 <= len(publishers) <= 4 for publishers in kinds.values()) >= 10


def test_three_reports_tell_of_no_incident() -> None:
    with_incident = {row["report_id"] for row in SOURCES if row["incident"]}
    assert len(set(BY_ID) - with_incident) == 3


def test_deir_ez_zor_is_told_by_three_sides_with_their_tolls() -> None:
    told = [BY_ID[name] for name in _reports_of()["deir-ez-zor-2016-09-17"]]
    text = {report["publisher"]: report["text"] for report in told}
    assert {"Western wire agency", "Russian state outlet", "Syrian state outlet"} <= set(text)
    assert "62" in text["Western wire agency"]
    assert "at least 80" in text["Western wire agency"]
    assert "90 or more" in text["Syrian state outlet"]
    assert "intentional" in text["Syrian state outlet"]


@pytest.mark.parametrize("name", ["Islamic State"])
def test_the_party_filter_of_the_first_screen_has_something_to_show(name: str) -> None:
    assert sum(name in report["text"] for report in REPORTS) >= 10

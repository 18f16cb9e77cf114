"""Own exports come back as they were: the same incidents, ids and reports, from every format that can."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import edits, query
from data.exchange import export, load, sources
from data.exchange.foreign import Loaded
from data.exchange.load import Stored
from data.query import Filters, IncidentDetail, IncidentRow, ReportRow
from data.store import Store
from extract.read.records import Refusal
from extract.records import Report
from geo import contract
from tests.data import fakes

Json = dict[str, Any]
ALL = Filters(statuses=(), include_background=True)
FORMATS = {"csv": ".csv", "geojson": ".geojson", "jsonl": ".jsonl", "geoparquet": ".parquet"}

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)
name = words.filter(lambda text: bool(text.strip())).map(str.strip)
count = st.none() | st.integers(0, 10_000)
days = st.dates(dt.date(1800, 1, 1), dt.date(2200, 12, 31))
degrees = st.integers(-89_000_000, 89_000_000).map(lambda n: n / 1_000_000)


def spanned(text: str) -> st.SearchStrategy[Json]:
    ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    return ends.map(lambda pair: {"start": pair[0], "end": pair[1]})


def records(report: Report, number: int) -> st.SearchStrategy[Json]:
    span = spanned(report.text)
    said = {"text": words, "span": span}
    actors = {"id": name, "name": name, "kind": name, "alleged_by": st.none() | name, **said}
    roles = st.sampled_from(["perpetrator", "target", "participant"])
    figures = {"low": count, "high": count, "victims": words, "side": st.none() | name, "claimed_by": st.none() | name}
    outcomes, victims = st.sampled_from(["killed", "wounded", "missing"]), st.sampled_from(["civilian", "unknown"])
    place = {"name": words, "lat": degrees, "lon": degrees, "radius_km": st.floats(0, 500), **said}
    codes = {"where_precision": st.integers(1, 7), "country_code": st.none() | st.sampled_from(["SY", "CO"])}
    more = {"admin1": st.none() | name, "admin2": st.none(), "gazetteer_id": st.none() | name}
    fixed: Json = {
        "relation": None,
        "feature": None,
        "method": "exact",
        "score": 0.5,
        "alternates": [],
        "dispute": None,
    }
    day = days.map(lambda d: d.isoformat())
    date = {"start": day, "precision": st.integers(1, 5), "basis": st.just("stated"), "text": words, "span": span}
    dated = st.fixed_dictionaries(date).map(lambda d: {**d, "end": d["start"]})
    return st.fixed_dictionaries(
        {
            "id": st.just(f"{report.id}-{number}"),
            "report_id": st.just(report.id),
            "event_type": st.sampled_from(["air_strike", "protest", "other"]),
            "status": st.sampled_from(["occurred", "denied"]),
            **{flag: st.booleans() for flag in ("background", "primary")},
            "date": st.none() | dated,
            "place": st.none() | st.fixed_dictionaries({**place, **codes, **more}).map(lambda p: {**p, **fixed}),
            "actors": st.lists(st.fixed_dictionaries({**actors, "role": roles}), max_size=3),
            "weapons": st.lists(
                st.fixed_dictionaries({"name": name, "kind": name, "count": count, **said}), max_size=2
            ),
            "casualties": st.lists(
                st.fixed_dictionaries({**figures, "outcome": outcomes, "victim_kind": victims, **said}), max_size=3
            ),
            **dict.fromkeys(("killed_low", "killed_high", "wounded_low", "wounded_high"), count),
            "claims": st.just([]),
            "evidence": st.lists(span, max_size=3),
            "confidence": st.floats(0, 1),
            "tags": st.lists(words, max_size=2),
        }
    )


@st.composite
def readings(draw: st.DrawFn) -> tuple[Report, list[Json]]:
    text = draw(words.filter(lambda t: any(c.isalpha() for c in t)))
    titles = st.none() | name
    report = Report("r1", text, draw(titles), draw(st.none() | days), draw(titles), draw(titles), draw(titles))
    number = draw(st.integers(1, 3))
    return report, [draw(records(report, n)) for n in range(number)]


def stored(store: Store) -> list[tuple[Json, dict[str, Any]]]:
    """All incidents with what was handed in of their reports."""
    told = ("id", "text", "title", "published", "publisher", "url", "language")
    return [(d.record, {name: getattr(d.report, name) for name in told}) for d in query.details(store, ALL)]


def loaded(path: Path, store: Store) -> list[Stored | Refusal]:
    return list(load.load(path, store))


def detail(report: Report, record: Json) -> IncidentDetail:
    """What the store would answer with."""
    told = {
        name: getattr(report, name) for name in ("id", "title", "text", "published", "publisher", "url", "language")
    }
    row = ReportRow(**told, places=(), warnings=(), added_at=dt.datetime(2026, 1, 2))
    columns = dict.fromkeys(IncidentRow.__dataclass_fields__)
    return IncidentDetail(IncidentRow(**columns), record, row)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", FORMATS)
@given(reading=readings())
@settings(max_examples=40, deadline=None)
def test_what_was_written_reads_the_same(kind: str, reading: tuple[Report, list[Json]]) -> None:
    report, found = reading
    with tempfile.NamedTemporaryFile(suffix=FORMATS[kind]) as file:
        export.FORMATS[kind](file, (detail(report, record) for record in found))  # type: ignore[arg-type]
        file.flush()
        entries = list(sources.opened(file.name).entries)
    assert [item if isinstance(item, Refusal) else item.loaded for item in entries] == [
        Loaded(report, record) for record in found
    ]


@pytest.mark.parametrize("kind", FORMATS)
def test_what_went_out_comes_back_once(store: Store, other: Store, tmp_path: Path, kind: str) -> None:
    file = written(store, tmp_path, kind)
    assert [item.new for item in loaded(file, other) if isinstance(item, Stored)] == [True] * 3
    assert stored(other) == stored(store)
    assert export.content(other, ALL, "jsonl") == export.content(store, ALL, "jsonl")
    before = other.revision()
    assert [item.new for item in loaded(file, other) if isinstance(item, Stored)] == [False] * 3
    assert other.revision() == before


def written(store: Store, path: Path, kind: str) -> Path:
    """A file of three incidents of two reports."""
    for number, incidents in ((1, 2), (2, 1)):
        source = fakes.report(number, title="=1+1 strike")
        found = (fakes.incident(source, n) for n in range(incidents))
        store.add(source, contract.reading(fakes.reading(source, *found)))
    file = path / f"incidents{FORMATS[kind]}"
    file.write_bytes(export.content(store, ALL, kind))
    return file


@pytest.fixture
def other(tmp_path: Path) -> Any:
    with Store.open(f"sqlite:///{tmp_path}/other.db") as opened:
        yield opened


@pytest.mark.parametrize("kind", FORMATS)
def test_what_a_person_set_comes_back_too(tmp_path: Path, kind: str) -> None:
    report = fakes.report(1)
    (record,) = contract.reading(fakes.reading(report))["incidents"]
    changes: Json = {
        "place": {"lat": 36.2, "lon": 37.16, "name": None, "radius_km": 3.0},
        "date": {"start": "2016-09-16", "end": "2016-09-18"},
        "actors": [{"name": "Somebody else", "role": "perpetrator"}],
        "tags": ["checked"],
    }
    patch = edits.completed(record, changes, event_types=["air_strike"])
    edited = edits.patched(record, patch)
    file = tmp_path / f"edited{FORMATS[kind]}"
    with file.open("wb") as out:
        export.FORMATS[kind](out, [detail(report, edited)])
    (entry,) = sources.opened(file).entries
    assert isinstance(entry, sources.Entry)
    assert entry.loaded == Loaded(report, edited)


def test_rows_in_any_order_and_in_parts(store: Store, other: Store, tmp_path: Path) -> None:
    file = written(store, tmp_path, "jsonl")
    whole = file.read_text("utf-8").splitlines()
    for part in ([whole[2], whole[1]], whole):
        file.write_text("\n".join(part), "utf-8")
        assert not any(isinstance(item, Refusal) for item in loaded(file, other))
    assert sorted(record["id"] for record, _ in stored(other)) == ["r1-0", "r1-1", "r2-0"]


@pytest.mark.parametrize(
    "column, cell, reason",
    [
        ("latitude", "36.1", "'latitude' is '36.1' where the record says 35.2854"),
        ("date_start", "9/17/2016", "'date_start' is '9/17/2016' where the record says '2016-09-17'"),
        ("killed_low", "", "'killed_low' is '' where the record says 62"),
        ("record", '{"id": "r1-0"', "'record' is not JSON"),
        ("record", "{}", "the incident has no 'id'"),
        ("report_text", "", "has no 'text'"),
        ("report_text", "Short words", "lies outside the report's text"),
        ("report_id", "r7", "belongs to report 'r1', not to 'r7'"),
    ],
)
def test_an_edited_cell_is_refused(
    store: Store, other: Store, tmp_path: Path, column: str, cell: str, reason: str
) -> None:
    file = written(store, tmp_path, "csv")
    table = list(csv.DictReader(io.StringIO(file.read_text("utf-8"), newline="")))
    table[0][column] = cell
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, fieldnames=list(table[0]))
    writer.writeheader()
    writer.writerows(table)
    file.write_text(out.getvalue(), "utf-8", newline="")
    first, *rest = loaded(file, other)
    assert isinstance(first, Refusal)
    assert first.line == 2
    assert reason in first.reason
    assert all(isinstance(item, Stored) and item.new for item in rest)


@pytest.mark.parametrize(
    "change, reason",
    [
        ({"status": "perhaps"}, "'perhaps' as 'status'"),
        ({"confidence": 7}, "7 as 'confidence'"),
        ({"killed_low": -1}, "-1 as 'killed_low'"),
        ({"killed_low": 10**30}, "as 'killed_low'"),
        ({"actors": [{"id": "x"}]}, "an entry of 'actors' has no 'name'"),
        ({"evidence": [{"start": 5, "end": 9999}]}, "lies outside"),
        ({"event_type": "\ud800"}, "character that no text has"),
        ({"report": None}, "has no 'report'"),
        ({"report_id": None}, "None as 'report_id'"),
    ],
)
def test_a_line_that_breaks_the_contract_is_refused(
    store: Store, other: Store, tmp_path: Path, change: Json, reason: str
) -> None:
    file = written(store, tmp_path, "jsonl")
    first, *rest = file.read_text("utf-8").splitlines()
    file.write_text("\n".join([json.dumps({**json.loads(first), **change}), "{broken", *rest]), "utf-8")
    one, two, *others = loaded(file, other)
    assert isinstance(one, Refusal)
    assert reason in one.reason
    assert isinstance(two, Refusal)
    assert two.line == 2
    assert all(isinstance(item, Stored) and item.new for item in others)


def test_what_is_stored_otherwise_is_left_as_it_is(store: Store, tmp_path: Path) -> None:
    file = written(store, tmp_path, "jsonl")
    before = stored(store)
    lines_ = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    lines_[0]["status"] = "denied"
    lines_[2]["report"]["text"] += " More."
    file.write_text("\n".join(map(json.dumps, lines_)), "utf-8")
    one, two, three = loaded(file, store)
    assert isinstance(one, Refusal)
    assert "stored already as something else" in one.reason
    assert isinstance(two, Stored)
    assert isinstance(three, Refusal)
    assert "stored already with other content" in three.reason
    assert stored(store) == before

"""Parts of results into the store: the same as adding the reports, in either database, however often."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa

from data import bulk, ingest, parts, schema
from data.ingest import Stored
from data.store import Store
from extract.errors import InputError
from extract.read.records import Refusal, Row
from extract.records import Report
from geo.records import Reading
from tests.data import fakes

# What COPY writes in ways of its own, beside markup and other scripts.
HOSTILE = "a\\tb\tc\n\\N \"q\" 's' \\. {,} <b> ${x} `y` بيت \u202e٣ \U0001f4a3"
GONE = Refusal("a.jsonl", 3, "is not JSON")


class Twice(fakes.FakeReader):
    """Reads two incidents in a report, those of neighbouring numbers at one place and day."""

    def read(self, source: Report) -> Reading:
        number = int(source.id[1:])
        where = fakes.at(f"Place {HOSTILE} {number // 2}", number // 2 % 80, number // 2 % 170, "SY")
        return fakes.reading(source, *(fakes.incident(source, n, place=where) for n in range(2)))


def rows(count: int) -> Iterator[Row | Refusal]:
    for number in range(1, count + 1):
        text = f"Report {number}. {HOSTILE} {fakes.report().text}"
        report = fakes.report(number, text=text, title=HOSTILE, publisher=None if number % 2 else HOSTILE)
        yield GONE if number == 3 else Row("a.jsonl", number, report)


def made(folder: Path, count: int, *, size: int = 40) -> str:
    list(parts.extract(rows(count), str(folder), lambda left: ingest.extract(left, Twice), size=size))
    return str(folder)


def told(items: Iterator[Stored | Refusal]) -> list[tuple[str, bool, int] | str]:
    return [str(one) if isinstance(one, Refusal) else (one.row.report.id, one.new, one.incidents) for one in items]


def content(store: Store) -> dict[str, set[str]]:
    """All that was read, and what joins it, without moments."""
    shown = {
        schema.reports: ("id", "content_hash", "title", "text", "published", "publisher", "language", "places"),
        schema.incidents: ("id", "report_id", "position", "lat", "place_name", "origin", "extractor", "record"),
        schema.incident_actors: ("position", "actor_id", "name", "kind", "role", "alleged_by"),
        schema.merge_keys: ("key", "incident_id"),
        schema.links: ("incident_a", "incident_b", "score", "reasons"),
    }
    with store.reading() as connection:
        return {
            table.name: {repr(tuple(row)) for row in connection.execute(sa.select(*(table.c[name] for name in names)))}
            for table, names in shown.items()
        }


def together(store: Store) -> set[frozenset[str]]:
    """Which incidents are one event."""
    with store.reading() as connection:
        held: dict[str, set[str]] = {}
        for row in connection.execute(sa.select(schema.incidents).where(schema.current())):
            held.setdefault(row.event_id, set()).add(row.id)
    return {frozenset(one) for one in held.values()}


def test_parts_are_stored_as_reports_are_added(store: Store, tmp_path: Path) -> None:
    folder = made(tmp_path / "parts", 70)
    assert bulk.are_parts(folder)
    assert bulk.count(folder) == 70
    outcome = told(bulk.add(folder, store))
    with Store.open(f"sqlite:///{tmp_path / 'one-by-one.db'}") as other:
        assert outcome == told(ingest.add(rows(70), Twice, other))
        assert content(store) == content(other)
        assert together(store) == together(other)
    assert 1 < len(together(store)) < 138


def test_the_same_parts_twice_change_nothing(store: Store, tmp_path: Path) -> None:
    folder = made(tmp_path / "parts", 60)
    first = told(bulk.add(folder, store))
    before = store.revision()
    again = told(bulk.add(folder, store))
    assert [one[0] for one in again] == [one[0] for one in first]
    assert {one[1:] for one in again if not isinstance(one, str)} == {(False, 0)}
    assert store.revision() == before


def test_what_was_cut_off_goes_on(store: Store, tmp_path: Path) -> None:
    folder = made(tmp_path / "parts", 70)
    first = bulk.add(folder, store)
    for _ in range(20):
        next(first)
    first.close()
    rest = told(bulk.add(folder, store))
    assert [one[1] for one in rest if not isinstance(one, str)] == [False] * 39 + [True] * 30


def test_another_report_of_the_same_id_is_refused_alone(store: Store, tmp_path: Path) -> None:
    folder = made(tmp_path / "parts", 4)
    store.add(replace(fakes.report(2), text="Another text."), {"language": "en", "incidents": []})
    found = told(bulk.add(folder, store))
    assert found[0] == ("r1", True, 2)
    assert "report 'r2' is stored already with other content" in str(found[1])
    assert found[3] == ("r4", True, 2)


def test_without_merging_incidents_wait_for_it(store: Store, tmp_path: Path) -> None:
    list(bulk.add(made(tmp_path / "parts", 60), store, merge=False))
    assert len(together(store)) == 1
    with store.reading() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(schema.events)) == 0


def _broken(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:200])


def _anothers(path: Path) -> None:
    pq.write_table(pa.table({"text": ["x"]}), path)


def _changed(path: Path, **cells: str) -> None:
    table = pq.read_table(path)
    lines = [{**line, **cells} if line["refused"] is None else line for line in table.to_pylist()]
    pq.write_table(pa.Table.from_pylist(lines, table.schema), path)


@pytest.mark.parametrize(
    "spoil, reason",
    [
        (_broken, "is no part that can be read"),
        (_anothers, "was not written by Dateline"),
        (lambda path: _changed(path, reading="{}"), "what is no reading"),
        (lambda path: _changed(path, reading='{"report_id": "r9", "incidents": []}'), "is of another report"),
        (lambda path: _changed(path, reading='{"report_id": "r1", "incidents": [{}]}'), "what is no reading"),
        (lambda path: _changed(path, report="[]"), "what is no reading"),
    ],
)
def test_a_part_that_is_spoilt_is_named_and_the_rest_goes_on(tmp_path: Path, spoil: Any, reason: str) -> None:
    folder = made(tmp_path / "parts", 8, size=4)
    spoil(tmp_path / "parts" / "part-000000.parquet")
    with Store.open(f"sqlite:///{tmp_path / 'store.db'}") as store:
        found = told(bulk.add(folder, store))
    assert reason in str(found[0])
    assert found[-4:] == [(f"r{n}", True, 2) for n in (5, 6, 7, 8)]


def test_a_folder_without_parts_is_named(tmp_path: Path) -> None:
    assert not bulk.are_parts(str(tmp_path))
    assert not bulk.are_parts("https://example.org/x")
    with Store.open(f"sqlite:///{tmp_path / 'store.db'}") as store:
        for name in (str(tmp_path), "memory://nothing-here", "nosuch://x"):
            with pytest.raises(InputError):
                list(bulk.add(name, store))

"""Rows -> readings -> store: in order, each report alone, alike for one process and for several."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from data import ingest, query, review, schema
from data.ingest import Extracted, Stored
from data.query import Filters
from data.store import Store
from extract.errors import DatelineError, ReferenceDataError
from extract.read.records import Refusal, Row
from extract.records import Report
from geo.records import Reading
from tests.data import fakes

GONE = Refusal("a.jsonl", 3, "is not JSON")


class Fussy(fakes.FakeReader):
    """Cannot read report 2 (an error meant for the user) nor report 4 (a defect)."""

    def read(self, source: Report) -> Reading:
        if source.id == "r2":
            raise DatelineError("the words cannot be told apart")
        if source.id == "r4":
            raise ZeroDivisionError("division by zero")
        return super().read(source)


def open_fussy() -> Fussy:
    return Fussy()


def open_nothing() -> Fussy:
    raise ReferenceDataError("the model is missing")


def rows(*numbers: int) -> Iterator[Row | Refusal]:
    for line, number in enumerate(numbers, 1):
        yield GONE if number == 3 else Row("a.jsonl", line, fakes.report(number))


def told(item: Extracted | Stored | Refusal) -> object:
    if isinstance(item, Refusal):
        return item.line, item.reason.split(" (")[0]
    return item.row.report.id if isinstance(item, Extracted) else (item.row.report.id, item.new, item.incidents)


FAILED = [
    (2, "the words cannot be told apart"),
    (3, "is not JSON"),
    (4, "could not be read, by a defect of Dateline's"),
]


@pytest.mark.parametrize("workers", [1, 2])
def test_readings_come_in_order_and_failures_alone(workers: int) -> None:
    found = [told(i) for i in ingest.extract(rows(1, 2, 3, 4, *range(5, 30)), open_fussy, workers=workers)]
    assert found == ["r1", *FAILED, *(f"r{n}" for n in range(5, 30))]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_reader_that_cannot_be_opened_ends_the_run(workers: int) -> None:
    with pytest.raises(ReferenceDataError, match="the model is missing"):
        list(ingest.extract(rows(1), open_nothing, workers=workers))


@pytest.mark.parametrize("workers", [1, 2])
def test_adding_again_changes_nothing(store: Store, workers: int) -> None:
    first = [told(i) for i in ingest.add(rows(1, 2, 3, 4, 5), open_fussy, store, workers=workers)]
    assert first == [("r1", True, 1), *FAILED, ("r5", True, 1)]
    revision = store.revision()
    again = [told(i) for i in ingest.add(rows(1, 2, 3, 4, 5), open_fussy, store, workers=workers)]
    assert again == [("r1", False, 0), *FAILED, ("r5", False, 0)]
    assert store.revision() == revision
    assert query.totals(store, Filters()).reports == 2


def test_what_is_stored_is_not_read_again(store: Store) -> None:
    reader = fakes.FakeReader()
    for _ in range(2):
        list(ingest.add(rows(1, 5), lambda: reader, store))
    assert reader.calls == ["r1", "r5"]


def test_a_report_twice_in_one_input_is_stored_once(store: Store) -> None:
    found = [told(i) for i in ingest.add(rows(1, 1), fakes.FakeReader, store, workers=2)]
    assert found == [("r1", True, 1), ("r1", False, 0)]


def test_another_content_under_a_stored_id_is_refused(store: Store) -> None:
    list(ingest.add(rows(1), fakes.FakeReader, store))
    changed = Row("b.jsonl", 7, fakes.report(1, text="Other words."))
    (refusal,) = ingest.add([changed], fakes.FakeReader, store)
    assert isinstance(refusal, Refusal)
    assert (refusal.source, refusal.line) == ("b.jsonl", 7)
    assert "stored already with other content" in refusal.reason


class Newer(fakes.FakeReader):
    """Finds another toll in report 1, and nothing in report 2."""

    def read(self, source: Report) -> Reading:
        found = [fakes.incident(source, killed=(80, 80))] if source.id == "r1" else []
        return Reading(source, "en", tuple(found))


def test_reading_again_keeps_ids_events_and_decisions(store: Store) -> None:
    list(ingest.add(rows(1, 2), fakes.FakeReader, store))
    first, second = query.incidents(store, Filters())
    assert first.event_id == second.event_id
    review.edit(store, "r1-0", {"status": "disputed"}, who="Ana", reason="denied")
    assert [told(i) for i in ingest.add(rows(1, 2), Newer, store)] == [("r1", False, 0), ("r2", False, 0)]
    assert {row.killed_high for row in query.incidents(store, Filters())} == {62}
    assert [told(i) for i in ingest.add(rows(1, 2), Newer, store, again=True)] == [("r1", False, 0), ("r2", False, 0)]
    (row,) = query.incidents(store, Filters())
    assert (row.id, row.event_id, row.lead) == ("r1-0", first.event_id, True)
    assert (row.killed_high, row.status, row.reviewed) == (80, "disputed", "edited")
    with store.reading() as connection:
        assert connection.execute(sa.select(schema.links)).all() == []
    revision = store.revision()
    list(ingest.add(rows(1, 2), Newer, store, again=True))
    assert store.revision() == revision

"""Many processes and a Dask cluster read like one process; parts are kept, and a lost worker's work is done again."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from data import ingest, parts, spread
from data.ingest import Extracted
from data.parts import Kept
from extract.errors import DatelineError, InputError
from extract.read.records import Refusal, Row
from extract.records import Report
from geo.records import Reading
from tests.data import fakes

GONE = Refusal("a.jsonl", 3, "is not JSON")
TRIPPED = "could not be read, by a defect of Dateline's (ZeroDivisionError: division by zero)"


class Fussy(fakes.FakeReader):
    """Trips over report 4."""

    def read(self, source: Report) -> Reading:
        if source.id == "r4":
            raise ZeroDivisionError("division by zero")
        return super().read(source)


def open_fussy() -> Fussy:
    return Fussy()


class Deadly(fakes.FakeReader):
    """Ends its process at report 40, the first time that any process meets it: ``mark`` remembers."""

    def __init__(self, mark: Path) -> None:
        super().__init__()
        self.mark = mark

    def read(self, source: Report) -> Reading:
        if source.id == "r40" and not self.mark.exists():
            self.mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return super().read(source)


def open_deadly() -> Deadly:
    return Deadly(Path(os.environ["DATELINE_TEST_MARK"]))


def rows(count: int) -> Iterator[Row | Refusal]:
    for number in range(1, count + 1):
        yield GONE if number == 3 else Row("a.jsonl", number, fakes.report(number))


def lines(found: Iterator[Extracted | Refusal]) -> list[str]:
    return [str(one) if isinstance(one, Refusal) else json.dumps(one.reading) for one in found]


ALONE = lines(ingest.extract(rows(100), fakes.FakeReader))


def test_a_cluster_reads_what_the_pool_reads_though_a_worker_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_TEST_MARK", str(tmp_path / "killed"))
    found = lines(ingest.extract(rows(100), open_deadly, workers=2, scheduler=spread.LOCAL))
    assert (tmp_path / "killed").exists()
    assert found == ALONE
    assert found == lines(ingest.extract(rows(100), fakes.FakeReader, workers=2))


def test_no_scheduler_at_an_address_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spread, "ANSWER_SECONDS", 1)
    with pytest.raises(DatelineError, match="no Dask scheduler answers at"):
        list(ingest.extract(rows(1), fakes.FakeReader, scheduler="127.0.0.1:9"))


@pytest.mark.parametrize(
    "name, right",
    [
        ("local", True),
        ("tcp://10.0.0.5:8786", True),
        ("tls://head:8786", True),
        ("head:8786", True),
        ("head", False),
        ("head:0", False),
        ("head:99999", False),
        ("http://head/x:1", False),
        ("", False),
    ],
)
def test_the_address_of_a_scheduler(name: str, right: bool) -> None:
    if right:
        assert spread.address(name) == name
    else:
        with pytest.raises(InputError, match="neither 'local' nor the address"):
            spread.address(name)


def run(folder: Path, count: int, asked: list[str], stop_after: int | None = None) -> list[Kept | Refusal]:
    """The outcomes of ``count`` rows in parts of 4; ``asked`` gets the ids that were read."""

    def read(left: Iterator[Row | Refusal]) -> Iterator[Extracted | Refusal]:
        for item in ingest.extract(left, open_fussy):
            if stop_after is not None and len(asked) == stop_after:
                raise KeyboardInterrupt
            asked.append(str(item) if isinstance(item, Refusal) else item.row.report.id)
            yield item

    return list(parts.extract(rows(count), str(folder), read, size=4))


def test_a_part_that_is_there_is_not_read_again(tmp_path: Path) -> None:
    whole: list[str] = []
    first = run(tmp_path / "whole", 18, whole)
    cut: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path / "cut", 18, cut, stop_after=10)
    assert sorted(path.name for path in (tmp_path / "cut").glob("part-*")) == [
        "part-000000.parquet",
        "part-000001.parquet",
    ]
    (tmp_path / "cut" / "part-000000.parquet").write_bytes(b"cut off")
    rest: list[str] = []
    second = run(tmp_path / "cut", 18, rest)
    assert rest == whole[:4] + whole[8:]
    assert [str(getattr(one, "report_id", one)) for one in second] == [
        str(getattr(one, "report_id", one)) for one in first
    ]
    assert [one for one in second if isinstance(one, Refusal)] == [GONE, Refusal("a.jsonl", 4, TRIPPED)]
    for part in sorted((tmp_path / "whole").iterdir()):
        assert (tmp_path / "cut" / part.name).read_bytes() == part.read_bytes()


def test_parts_hold_the_readings_and_the_reports(tmp_path: Path) -> None:
    run(tmp_path, 2, [])
    first, _ = pq.read_table(tmp_path / "part-000000.parquet").to_pylist()
    assert (first["source"], first["line"], first["report_id"], first["refused"]) == ("a.jsonl", 1, "r1", None)
    assert first["reading"] == ALONE[0]
    assert json.loads(first["report"])["published"] == "2016-09-18"


def test_parts_of_other_reports_are_left_alone(tmp_path: Path) -> None:
    run(tmp_path, 6, [])
    before = (tmp_path / "part-000001.parquet").read_bytes()
    with pytest.raises(InputError, match=r"part-000001\.parquet was made from other reports"):
        run(tmp_path, 7, [])
    assert (tmp_path / "part-000001.parquet").read_bytes() == before


def test_parts_on_another_file_system(tmp_path: Path) -> None:
    def read(left: Iterator[Row | Refusal]) -> Iterator[Extracted | Refusal]:
        return ingest.extract(left, open_fussy)

    for before in (False, True):
        found = list(parts.extract(rows(2), "memory://dateline-parts/", read))
        assert found == [Kept("r1", before), Kept("r2", before)]

"""A long run of ``add``: ``python -m bench.long FOLDER TEXT… [--reports N] [--workers N]``.

The reports of the texts again and again, with other ids and days of publication, go through ``cli.py add`` twice: once
from end to end, and once ended by SIGKILL at a random moment and begun again. Told are the rate and the memory of each
tenth, and whether the two stores are the same. What is in the folder already is not done again.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import json
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from itertools import count, islice
from pathlib import Path
from typing import Any

import psutil
import sqlalchemy as sa

from data import schema
from data.progress import say
from data.store import Store
from extract.read import file
from extract.read.records import Row

LOOK_S = 2.0
# Days between two tellings of the same text.
SHIFT = 7
MB = 1_000_000
TENTHS = 10


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen of a running ``add``: seconds since its start, reports stored, bytes held by all its processes."""

    after: float
    stored: int
    memory: int


def main() -> int:
    """Make the input, run it whole and cut, compare; the exit status says whether the stores are the same."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("texts", nargs="+", help="files of reports")
    parser.add_argument("--reports", type=int, default=20_000)
    parser.add_argument("--workers", type=int, default=1)
    given = parser.parse_args()
    made = given.folder / "reports.jsonl"
    if not made.exists():
        _make(made, given.texts, given.reports)
    whole, cut = given.folder / "whole.db", given.folder / "cut.db"
    if not (looks := given.folder / "looks.jsonl").exists():
        seen = _run(made, whole, given.reports, given.workers, None)
        looks.write_text("".join(json.dumps(asdict(look)) + "\n" for look in seen))
    _tell([Look(**json.loads(line)) for line in looks.read_text().splitlines()], given.reports)
    # The moment is another in every run.
    end = random.SystemRandom().uniform(0.1, 0.9)
    _run(made, cut, given.reports, given.workers, end)
    _run(made, cut, given.reports, given.workers, None)
    return _compare(whole, cut)


def _make(path: Path, texts: list[str], number: int) -> None:
    rows = [row for text in texts for row in file.rows(text) if isinstance(row, Row)]
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as out:
        for line in islice(_retold(rows), number):
            out.write(json.dumps(line, ensure_ascii=False) + "\n")


def _retold(rows: list[Row]) -> Iterator[dict[str, Any]]:
    """The reports round and round, each round with ids and days of its own."""
    for turn in count():
        for row in rows:
            day = row.report.published
            later = day + dt.timedelta(days=SHIFT * turn) if day else None
            told = asdict(replace(row.report, id=f"{row.report.id}-{turn}", published=later))
            yield {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in told.items()}


def _run(reports: Path, store: Path, number: int, workers: int, end: float | None) -> list[Look]:
    """``add`` until it ends, or is ended when the store holds that share of the reports and a moment more."""
    env = {**os.environ, "DATELINE_DB": f"sqlite:///{store}", "DATELINE_LOG": "json"}
    call = [sys.executable, "cli.py", "add", str(reports), "--workers", str(workers)]
    with store.with_suffix(".log").open("a") as log:
        process = psutil.Popen(call, env=env, stderr=log)
        started, seen = time.monotonic(), list[Look]()
        while process.poll() is None:
            time.sleep(LOOK_S)
            seen.append(Look(time.monotonic() - started, _stored(store), _memory(process)))
            if end is not None and seen[-1].stored >= end * number:
                time.sleep(random.uniform(0, LOOK_S))
                process.kill()
                process.wait()
                say(f"ended by SIGKILL with {_stored(store)} of {number} reports stored")
        # The input has texts that are refused; so has either run.
        if end is None and process.returncode not in (0, 1):
            raise subprocess.CalledProcessError(process.returncode, call)
    return seen


def _stored(store: Path) -> int:
    if not store.exists():
        return 0
    with Store.open(f"sqlite:///{store}") as opened, opened.reading() as connection:
        return int(connection.scalar(sa.select(sa.func.count()).select_from(schema.reports)) or 0)


def _memory(process: psutil.Process) -> int:
    try:
        return sum(one.memory_info().rss for one in (process, *process.children(recursive=True)))
    except psutil.NoSuchProcess:
        return 0


def _tell(seen: list[Look], number: int) -> None:
    working = [look for look in seen if look.stored and look.memory]
    rate = (working[-1].stored - working[0].stored) / (working[-1].after - working[0].after)
    say(f"{working[-1].stored} reports stored in {seen[-1].after:,.0f} s, {rate:.1f} a second from the first stored on")
    medians = []
    for tenth in range(TENTHS):
        some = [one for one in working if tenth <= one.stored * TENTHS / number < tenth + 1] or working[-1:]
        took = some[-1].after - some[0].after
        medians.append(statistics.median(one.memory for one in some))
        each = (some[-1].stored - some[0].stored) / took if took else 0.0
        say(f"tenth {tenth + 1:2}: {each:6.1f} reports/s, {medians[-1] / MB:7.0f} MB")
    say(f"memory of the last tenth to that of the first: {medians[-1] / medians[0]:.3f}")


def _compare(whole: Path, cut: Path) -> int:
    """1 where the stores differ in any row, moments left out."""
    left, right = _hashes(whole), _hashes(cut)
    for table, (rows, digest) in left.items():
        same = right[table] == (rows, digest)
        say(f"{table:18} {rows:8} rows {digest[:16]} {'the same' if same else f'DIFFERENT: {right[table]}'}")
    return int(left != right)


def _hashes(store: Path) -> dict[str, tuple[int, str]]:
    """Of each table the number of its rows, and the hash of all but the moments in them."""
    found = {}
    with Store.open(f"sqlite:///{store}") as opened, opened.reading() as connection:
        for table in schema.metadata.sorted_tables:
            shown = [_comparable(column) for column in table.c]
            query = sa.select(*shown).order_by(*table.primary_key.columns)
            if table is schema.meta:
                query = query.where(schema.meta.c.key != "changed_at")
            digest, rows = hashlib.sha256(), 0
            for row in connection.execute(query.execution_options(yield_per=1_000)):
                digest.update(repr(tuple(row)).encode())
                rows += 1
            found[table.name] = rows, digest.hexdigest()
    return found


def _comparable(column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    """The column, or of a moment whether there is one."""
    return column.is_(None) if isinstance(column.type, sa.DateTime) else column


if __name__ == "__main__":
    sys.exit(main())

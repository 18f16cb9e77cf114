"""How the store holds up: ``python -m bench.store speed|kill [--number N] [--url URL]``.

``speed`` adds synthetic incidents and says what a thousand of them take at the beginning and at the end. ``kill`` ends
``add`` by SIGKILL at random points, begins it again each time, and looks whether any report is there by half, is
missing or is there twice. Both use a store of their own in a temporary folder, or the empty one at the URL.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import sqlalchemy as sa

from data import ingest, rows, schema
from data.progress import bar, say
from data.store import Store
from extract.read.records import Row
from scripts.bench import synthetic
from tests.data import fakes

THOUSAND = 1_000
KILLS, SEED = 50, 11
# At some 30 reports a second, 50 runs of up to so long get through most of 1,000 reports.
LONGEST_S = 1.0


def main() -> int:
    """Run one of the two; the exit status says whether all held."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["speed", "kill"])
    parser.add_argument("--number", type=int, metavar="N", help="incidents (100,000) or reports (1,000)")
    parser.add_argument("--url", help="an empty store")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = given.url or f"sqlite:///{Path(folder) / 'store.db'}"
        return _speed(url, given.number or 100_000) if given.what == "speed" else _kill(url, given.number or 1_000)


def _speed(url: str, number: int) -> int:
    """Adds them a thousand a transaction; the processor's time tells more than the clock's on a busy machine."""
    clock, processor = [], []
    with Store.open(url) as store, bar(number, "incidents") as shown:
        for first in range(0, number, THOUSAND):
            started = time.monotonic(), time.process_time()
            with store.writing() as connection:
                for n in range(first, first + THOUSAND):
                    rows.insert(connection, *synthetic(n))
            clock.append(time.monotonic() - started[0])
            processor.append(time.process_time() - started[1])
            shown.update(THOUSAND)
    for name, took in (("clock", clock), ("processor", processor)):
        tenth = max(1, len(took) // 10)
        start, end = statistics.median(took[:tenth]), statistics.median(took[-tenth:])
        say(f"a thousand, {name}: {start:.2f} s in the first tenth, {end:.2f} s in the last, {end / start:.2f} times")
    return 0


def _kill(url: str, number: int) -> int:
    """As many ends at random moments as KILLS, then one run to the end."""
    chance, wrong = random.Random(SEED), 0
    for _ in range(KILLS):
        wrong += _look(url, _ended(url, number, chance.uniform(0, LONGEST_S)))
    wrong += _look(url, _ended(url, number, None))
    with Store.open(url) as store, store.reading() as connection:
        held = connection.scalar(sa.select(sa.func.count()).select_from(schema.reports))
    wrong += held != number
    say(f"{KILLS} ends by SIGKILL, {held} of {number} reports in the end, {wrong} states wrong")
    return 1 if wrong else 0


def _ended(url: str, number: int, after: float | None) -> set[str]:
    """The reports that an ``add`` in a process of its own said were stored, ended so many seconds after the first."""
    reads, writes = os.pipe()
    # Forked from a process without any open store: a new one would take longer to start than to be ended.
    child = os.fork()
    if not child:
        os.close(reads)
        with os.fdopen(writes, "w") as out:
            _add(url, number, out)
        os._exit(0)
    os.close(writes)
    with os.fdopen(reads) as said:
        told = [said.readline()]
        if after is not None:
            time.sleep(after)
            os.kill(child, signal.SIGKILL)
        told += said
    os.waitpid(child, 0)
    # A line that was cut off says nothing.
    return {line.strip() for line in told if line.endswith("\n")}


def _look(url: str, told: set[str]) -> int:
    """1 where a report that was said to be stored is missing, or any is there by half or twice."""
    with Store.open(url) as store, store.reading() as connection:
        reports = set(connection.scalars(sa.select(schema.reports.c.id)))
        incidents = Counter(row.report_id for row in rows.current(connection))
        held = sa.select(sa.func.count()).select_from(schema.incident_actors.join(schema.incidents))
        parties = connection.scalar(held.where(schema.current()))
    halves = [one for one in reports if incidents[one] != 2]
    wrong = bool(told - reports or halves or incidents.keys() - reports or parties != 4 * len(reports))
    if wrong:
        missing = len(told - reports)
        say(f"wrong: {missing} missing, {len(halves)} by half, {parties} parties of {len(reports)} reports")
    return int(wrong)


def _add(url: str, number: int, out: TextIO) -> None:
    """What ``cli.py add`` does with a file of reports, each read in no time as two incidents; writes what is stored."""
    with Store.open(url) as store:
        for item in ingest.add(_reports(number), _Twice, store):
            if isinstance(item, ingest.Stored):
                print(item.row.report.id, file=out, flush=True)


def _reports(number: int) -> Iterator[Row]:
    return (Row("bench", n, fakes.report(n, text=f"Report {n}. {fakes.report(n).text}")) for n in range(number))


class _Twice(fakes.FakeReader):
    """Reads two incidents in every report."""

    def read(self, source):  # type: ignore[no-untyped-def]
        """The standard incident and another, far from those of most other reports."""
        where = fakes.at("there", int(source.id[1:]) % 89, int(source.id[1:]) % 179, "SY")
        return fakes.reading(source, *(fakes.incident(source, n, place=where) for n in range(2)))


if __name__ == "__main__":
    sys.exit(main())

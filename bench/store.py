"""How the store holds up: ``python -m bench.store speed|kill [--number N] [--url URL]``.

``speed`` adds synthetic incidents and says what a thousand of them take at the beginning and at the end. ``kill`` ends
``add`` by SIGKILL at random points, begins it again each time, and looks whether any report is there by half, is
missing or is there twice. Both use a store of their own in a temporary folder, or the empty one at the URL.
"""

from __future__ import annotations

import argparse
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

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
    parser.add_argument("what", choices=["speed", "kill", "add"])
    parser.add_argument("--number", type=int, metavar="N", help="incidents (100,000) or reports (1,000)")
    parser.add_argument("--url", help="an empty store")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = given.url or f"sqlite:///{Path(folder) / 'store.db'}"
        if given.what == "add":
            return _add(url, given.number)
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
    chance, ends, wrong = random.Random(SEED), 0, 0
    call = [sys.executable, "-m", "bench.store", "add", "--number", str(number), "--url", url]
    while ends < KILLS:
        process = subprocess.Popen(call, stdout=subprocess.PIPE, text=True)
        assert process.stdout
        # The moment is counted from the first report on, so that it falls into writing.
        process.stdout.readline()
        time.sleep(chance.uniform(0, LONGEST_S))
        process.send_signal(signal.SIGKILL)
        told = {line for line in process.stdout.read().split("\n")[:-1] if line}
        process.wait()
        ends += 1
        wrong += _look(url, told)
    subprocess.run(call, check=True, stdout=subprocess.DEVNULL)
    with Store.open(url) as store, store.reading() as connection:
        held = connection.scalar(sa.select(sa.func.count()).select_from(schema.reports))
    wrong += _look(url, {f"r{n}" for n in range(number)}) + (held != number)
    say(f"{ends} ends by SIGKILL, {held} of {number} reports in the end, {wrong} states wrong")
    return 1 if wrong else 0


def _look(url: str, told: set[str]) -> int:
    """1 where a report that was said to be stored is missing, or any is there by half or twice."""
    with Store.open(url) as store, store.reading() as connection:
        reports = set(connection.scalars(sa.select(schema.reports.c.id)))
        incidents: dict[str, int] = dict.fromkeys(reports, 0)
        for row in rows.current(connection):
            incidents[row.report_id] += 1
        parties = connection.scalar(sa.select(sa.func.count()).select_from(schema.incident_actors))
    whole = all(count == 2 for count in incidents.values()) and parties == 4 * len(reports)
    missing = told - reports
    if missing or not whole:
        say(f"wrong: {len(missing)} missing, {sum(count != 2 for count in incidents.values())} not whole")
    return int(bool(missing) or not whole)


def _add(url: str, number: int) -> int:
    """What ``cli.py add`` does with a file of reports, each read in no time as two incidents; prints what is stored."""
    with Store.open(url) as store:
        for item in ingest.add(_reports(number), _Twice, store):
            if isinstance(item, ingest.Stored):
                print(item.row.report.id, flush=True)
    return 0


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

"""Reports a second by the process pool and by a Dask cluster of as many workers: ``python -m bench.spread``.

The samples again and again under other ids. The rate is that from the first result to the last, so that loading the
model counts for neither; the first result's own time and that of all are told beside it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

from data import ingest, reference, spread
from extract.read import file
from extract.read.records import Row

SAMPLES = Path(__file__).parents[1] / "data" / "samples" / "reports.jsonl"


def main() -> None:
    """Measure both and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=400)
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args()
    reference.open_gazetteer().close()
    for name, scheduler in (("pool", None), ("dask", spread.LOCAL)):
        print(f"{name:<5} {measured(args.reports, args.workers, scheduler)}", flush=True)


def measured(count: int, workers: int, scheduler: str | None) -> str:
    """The rate and the hash of the results of so many reports."""
    started, first, hashed = time.perf_counter(), 0.0, hashlib.sha256()
    for item in ingest.extract(rows(count), reference.open_reader, workers=workers, scheduler=scheduler):
        first = first or time.perf_counter()
        assert isinstance(item, ingest.Extracted), item
        hashed.update(json.dumps(item.reading).encode())
    ended = time.perf_counter()
    # The first batch comes at once, when its worker is done with it.
    rate = (count - ingest.BATCH) / (ended - first)
    times = f"the first after {first - started:.1f} s, all after {ended - started:.1f} s"
    return f"{rate:6.2f} reports/s, {times}, results {hashed.hexdigest()[:16]}"


def rows(count: int) -> Iterator[Row]:
    """So many reports with ids of their own."""
    samples = [item for item in file.rows(str(SAMPLES)) if isinstance(item, Row)]
    for number, row in enumerate(islice(cycle(samples), count)):
        yield replace(row, report=replace(row.report, id=f"{row.report.id}-{number}"))


if __name__ == "__main__":
    main()

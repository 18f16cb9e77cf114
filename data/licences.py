"""The packages that Dateline runs on, with the licence that each states of itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

REQUIREMENTS = Path(__file__).parents[1] / "requirements.txt"
UNKNOWN = "not stated"
# A licence's whole text in the field that is meant for its name.
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Package:
    """An installed package; ``licence`` is an SPDX expression or the package's own words, else ``UNKNOWN``."""

    name: str
    version: str
    licence: str


def packages(requirements: Path = REQUIREMENTS) -> list[Package]:
    """Every installed package that the requirements ask for, directly or through another, by name."""
    found: dict[str, Package] = {}
    waiting = [Requirement(line) for line in requirements.read_text("utf-8").splitlines() if "==" in line]
    while waiting:
        asked = waiting.pop()
        name = canonicalize_name(asked.name)
        if name in found:
            continue
        try:
            one = distribution(asked.name)
        except PackageNotFoundError:
            # An extra for another system or Python: what is needed and missing is told by ``doctor``.
            continue
        found[name] = Package(name, one.version, licence(one))
        waiting.extend(_needs(one, asked.extras))
    return [found[name] for name in sorted(found)]


def _needs(one: Distribution, extras: set[str]) -> Iterator[Requirement]:
    for line in one.requires or ():
        try:
            needed = Requirement(line)
        except InvalidRequirement:
            continue
        if needed.marker is None or any(needed.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            yield needed


def licence(one: Distribution) -> str:
    """What a package states: its licence expression, else its classifiers, else the first line of its licence."""
    said = one.metadata
    stated = said.get_all("License-Expression") or ()
    named = [line.split("::")[-1].strip() for line in said.get_all("Classifier") or () if "License ::" in line]
    free = [line[:_LONGEST] for text in said.get_all("License") or () for line in text.strip().splitlines()[:1]]
    return "; ".join(stated or named or free) or UNKNOWN

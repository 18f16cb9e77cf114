"""Who says it: one row of a card for each claimant, whatever words the reports use for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from data import sides
from data.sides import Sides

Json = dict[str, Any]
# Words that name a claimant only because the report has named it in full before.
_BARE = frozenset(
    "ministry army military government police command statement spokesman spokeswoman spokesperson official officials "
    "source sources group coalition monitor observatory agency office department commander minister president".split()
)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Claimant:
    """``name`` as first told. ``own_voice``: a report (its publisher) itself. ``side`` is a registry id, or None."""

    key: str
    name: str
    own_voice: bool = False
    side: str | None = None


@dataclass
class Claimants:
    """The claimants of a report. ``full`` holds where names stand that a bare word can stand for later."""

    sides: Sides
    publisher: str
    full: list[tuple[int, str]] = field(default_factory=list)

    @classmethod
    def of(cls, sides: Sides, publisher: str, incidents: Iterable[Json]) -> Claimants:
        """The claimants of these incidents of one report."""
        found = cls(sides, publisher)
        for record in incidents:
            for name, start in _speakers(record):
                if not _is_bare(name):
                    found.full.append((start, name))
        found.full.sort()
        return found

    def named(self, name: str | None, at: float) -> Claimant:
        """The claimant of a name that stands at an offset; None is the report's own voice."""
        if name is None:
            return Claimant(f"report:{self.publisher}", self.publisher, own_voice=True)
        meant = self._meant(name, at) if _is_bare(name) else sides.behind(name)
        party = self.sides.party(meant)
        return Claimant(party or meant.lower().removeprefix("the ").strip(), meant, False, self.sides.side(meant))

    def _meant(self, bare: str, at: float) -> str:
        """The last full name before that holds the bare word; the bare word where there is none."""
        words = _words(bare)
        before = [name for start, name in self.full if start <= at and words & _words(name)]
        return before[-1] if before else bare


def _speakers(record: Json) -> Iterable[tuple[str, int]]:
    """Who speaks where; what a reviewer gave stands nowhere in the text."""
    named = (("claims", "speaker"), ("casualties", "claimed_by"), ("actors", "alleged_by"))
    for part, key in named:
        for one in record.get(part, ()):
            if one.get(key) and one["span"]:
                yield one[key], one["span"]["start"]


def _is_bare(name: str) -> bool:
    return _words(name) <= _BARE


def _words(name: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(name)} - {"the", "a", "an", "its"}


def publisher_of(report: Mapping[str, Any]) -> str:
    """The name under which a report speaks for itself: its publisher, or its id where that is not known."""
    return str(report.get("publisher") or report["id"])


def order(rows: Sequence[Claimant]) -> list[Claimant]:
    """The reports' own voices first, then the others by name; the bodies of one side stand together."""
    first: dict[str | None, str] = {}
    for one in sorted(rows, key=lambda one: one.name.lower()):
        first.setdefault(one.side, one.name.lower())

    def place(one: Claimant) -> tuple[bool, str, str, str]:
        heading = first[one.side] if one.side else one.name.lower()
        return not one.own_voice, heading, one.name.lower(), one.key

    return sorted(rows, key=place)

"""Disputed territory: which country a place there is given, and the dispute said beside it.

The policy is the United Nations' naming; DATELINE_DISPUTED=administered follows who administers the ground instead.
"""

from __future__ import annotations

import csv
import dataclasses
import os
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from extract.errors import InputError, ReferenceDataError
from geo.records import Candidate

POLICIES = ("un", "administered")
_PARTIES: dict[str, tuple[str, ...]] = {
    "UA": ("UA", "RU"),
    "SY": ("SY", "IL"),
    "PS": ("PS", "IL"),
    "EH": ("EH", "MA"),
    "XK": ("XK", "RS"),
    "SD": ("SD", "EG"),
}
"""Codes that sources give to places of an area, by its code of the UN (elsewhere that one alone): only these change."""


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle around a disputed area with its country by either policy."""

    name: str
    south: float
    west: float
    north: float
    east: float
    un: str
    administered: str
    dispute: str

    def parties(self) -> tuple[str, ...]:
        """Codes that sources give to places of the area."""
        return _PARTIES.get(self.un, (self.un,))

    def holds(self, one: Candidate) -> bool:
        """True where the place lies in the rectangle and some source counts it to a party of the dispute."""
        if one.country_code not in self.parties() or one.feature == "PCLI":
            return False
        return self.south <= one.lat <= self.north and self.west <= one.lon <= self.east


class Policy:
    """Candidates as the chosen policy names them."""

    def __init__(self, areas: tuple[Area, ...], choice: str) -> None:
        if choice not in POLICIES:
            raise InputError(f"DATELINE_DISPUTED is {choice!r}; it is one of {', '.join(POLICIES)}")
        self._areas: dict[str | None, list[Area]] = defaultdict(list)
        for area in areas:
            for country in area.parties():
                self._areas[country].append(area)
        self._choice = choice

    @classmethod
    def read(cls, folder: Path, environment: Callable[[str, str], str] = os.environ.get) -> Policy:
        """The areas of ``disputed.csv`` under the policy that DATELINE_DISPUTED names."""
        try:
            with (folder / "disputed.csv").open(encoding="utf-8", newline="") as lines:
                areas = tuple(_area(row) for row in csv.DictReader(lines))
        except OSError as error:
            raise ReferenceDataError(f"cannot read disputed.csv: {error.strerror}") from error
        return cls(areas, environment("DATELINE_DISPUTED", "") or POLICIES[0])

    def apply(self, one: Candidate) -> Candidate:
        """The candidate with the policy's country and the dispute named, or as it is where nothing is disputed."""
        for area in self._areas.get(one.country_code, ()):
            if area.holds(one):
                return self._named(one, area)
        return one

    def _named(self, one: Candidate, area: Area) -> Candidate:
        country = area.un if self._choice == "un" else area.administered
        if area.un == "PS" and one.country_code == "IL" and one.admin1 not in ("West Bank", "Gaza Strip"):
            # The rectangle of the West Bank holds towns of Israel; only what a source counts to it is Palestinian.
            return one
        if area.un in ("IN", "PK") and one.country_code != area.un:
            return one
        return dataclasses.replace(one, country_code=country, dispute=area.dispute)


def _area(row: dict[str, str]) -> Area:
    south, west, north, east = (float(row[k]) for k in ("south", "west", "north", "east"))
    return Area(row["area"], south, west, north, east, row["un"], row["administered"], row["dispute"])

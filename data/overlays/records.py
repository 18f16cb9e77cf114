"""What is kept of a loaded layer, and how much of one is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["point", "line", "area"]
# A file is read whole; a million corners of GeoJSON are 40 MB.
MOST_BYTES = 50_000_000
# What a zip may unpack to: a small file can hold gigabytes of zeros.
MOST_UNPACKED = 200_000_000
MOST_READ = 3_000_000
# 10,000 corners are some 150 kB, sent to a browser once, and drawn in it without a pause.
MOST_CORNERS, MOST_SHAPES = 10_000, 2_000
LONGEST_NAME = 80
# Problems that are told one by one; the others are counted.
MOST_TOLD = 5
Part = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """One feature: ``parts`` of (latitude, longitude), WGS 84; of an area, rings that are filled by the odd rule."""

    kind: Kind
    name: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Overlay:
    """A layer; ``remarks`` say what of the file is not in it, or not as it was."""

    name: str
    shapes: Sequence[Shape]
    remarks: Sequence[str] = ()

    @property
    def corners(self) -> int:
        """How many corners its shapes have together."""
        return sum(len(part) for shape in self.shapes for part in shape.parts)

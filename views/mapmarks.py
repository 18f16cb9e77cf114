"""The marks of the map as matplotlib draws them: the same paths as on the screen."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.svgLib.path import parse_path
from matplotlib.path import Path

from geo import layers

# The middle of the box of 24 in which every mark is drawn.
_MIDDLE = 12.0
_CODES: Any = {"moveTo": (Path.MOVETO,), "lineTo": (Path.LINETO,), "curveTo": (Path.CURVE4,) * 3}


def family(name: str) -> Path:
    """The mark of a family of event types, upright around 0, 0."""
    return mark(layers.FAMILIES.get(name, layers.OTHER).path)


@cache
def mark(svg: str) -> Path:
    """An SVG path of a box of 24 as a marker; SVG counts downwards."""
    pen: Any = DecomposingRecordingPen({})
    parse_path(svg, pen)
    points: list[tuple[float, float]] = []
    codes: list[Any] = []
    for step, given in pen.value:
        if step in _CODES:
            points += given
            codes += _CODES[step]
        elif points:
            points.append(points[0])
            codes.append(Path.CLOSEPOLY)
    flipped = (np.array(points) - _MIDDLE) * (1.0, -1.0)
    return Path(flipped, codes)


def fan(many: int, side: float) -> list[tuple[float, float]]:
    """How far each of so many marks at one and the same point is moved, to the right and down, in units of ``side``."""
    if many == 1:
        return [(0.0, 0.0)]
    if many <= 8:
        return _circle(many, max(0.6, many / 6.3) * side)
    found: list[tuple[float, float]] = []
    ring = 1
    while len(found) < many:
        found += _circle(min(many - len(found), int(6.28 * ring)), ring * side)
        ring += 1
    return found


def _circle(many: int, radius: float) -> list[tuple[float, float]]:
    turns = np.arange(many) / many * 2 * np.pi - np.pi / 2
    return list(zip((radius * np.cos(turns)).tolist(), (radius * np.sin(turns)).tolist(), strict=True))

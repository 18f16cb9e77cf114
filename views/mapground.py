"""What the printed map is drawn of: sea and land, names, scale bar, and the marks, rings and counts on them.

Everything is placed in Web Mercator, 0 to 1 from the north-western corner, downwards.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, PathPatch, Polygon
from matplotlib.path import Path

from data import area as areas
from data.overlays.records import Shape
from geo import cells, layers, outlines
from views import hues, mapmarks
from views.lettering import lettered

# Kind of entry, its key, its label, and a precision: what a legend has to explain.
Entry = tuple[str, str, str, int]
# As on the screen in its light theme (static/dateline-map.js).
SEA, LAND, BORDER, CITY, COUNTRY, HALO = "#dbe6ee", "#f6f4ee", "#a9a698", "#57534a", "#7d786a", "#f6f4ee"
UNNAMED, PLAIN, CELL, AREA, HEAT = "#4b5563", "#57534a", "#334155", "#b45309", "#b01830"
# As static/dateline-overlays.js has them for the light theme.
OVERLAYS = ("#7c3aed", "#b45309", "#0e7490", "#be123c", "#4d7c0f")
ICON_PIXELS, STEP_PIXELS = 22, 6
# A point of print is a 72nd of an inch, of which the screen's map has a hundred pixels.
POINTS_PER_PIXEL = 0.72
LEAST_RING_KM = 0.5
EQUATOR_KM = 40_075.017
NAMED_FROM = (9e9, 9e9, 9e9, 8000, 3000, 1200, 400, 150, 60)
MOST_NAMES = 70
LETTER_PIXELS, LINE_PIXELS = 6.4, 15
# Share of the picture's width that the scale bar may take.
BAR_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Frame:
    """What of the world is drawn, in Web Mercator (0 to 1, x may run beyond), and the zoom level of the same screen."""

    left: float
    top: float
    right: float
    bottom: float
    zoom: float

    @property
    def pixel(self) -> float:
        """What one pixel of the screen's map is, in Web Mercator."""
        return float(1.0 / (cells.TILE_PIXELS * 2.0**self.zoom))

    def inside(self, lat: float, lon: float) -> tuple[float, float]:
        """A place in Web Mercator, on that turn around the world which the frame shows."""
        x, y = xy(lat, lon)
        return self.left + (x - self.left) % 1.0, y

    def holds(self, x: float, y: float) -> bool:
        """True for what is in the picture."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def view(self) -> cells.View:
        """The same for ``geo.cells``, in degrees."""
        south, north = cells.latitude(self.bottom), cells.latitude(self.top)
        return cells.View(round(self.zoom), (south, self.left * 360 - 180, north, self.right * 360 - 180))


def xy(lat: float, lon: float) -> tuple[float, float]:
    """A place in Web Mercator."""
    return (lon + 180.0) / 360.0, float(cells.mercator(np.array([lat]))[0])


def ground(axes: Axes, framed: Frame) -> None:
    """Sea, land, borders and scale bar; the axes are fixed to the frame."""
    axes.set(xlim=(framed.left, framed.right), ylim=(framed.bottom, framed.top), xticks=[], yticks=[], facecolor=SEA)
    for side in axes.spines.values():
        side.set(visible=True, color=BORDER, linewidth=0.8)
    axes.add_artist(_land(framed, axes))
    _scale(axes, framed)


def _land(framed: Frame, axes: Axes) -> PathPatch:
    rings: list[Any] = []
    for piece in outlines.lands():
        outer = piece[0]
        (left, top), (right, bottom) = outer.min(axis=0), outer.max(axis=0)
        if bottom < framed.top or top > framed.bottom:
            continue
        for turn in range(math.floor(framed.left - right) + 1, math.ceil(framed.right - left)):
            rings += [np.add(ring, (turn, 0.0)) for ring in piece]
    whole = Path.make_compound_path(*(Path(ring, closed=True) for ring in rings)) if rings else Path(np.zeros((0, 2)))
    return PathPatch(whole, facecolor=LAND, edgecolor=BORDER, linewidth=0.5, zorder=1, transform=axes.transData)


def names(axes: Axes, framed: Frame, covered: Sequence[cells.Cell]) -> None:
    """Names of countries and cities, none under a count."""
    taken = [_disc(framed, cell) for cell in covered]
    if 3 <= framed.zoom <= 8:
        for name in outlines.country_names():
            room = name.size / EQUATOR_KM / math.cos(math.radians(name.lat)) / framed.pixel
            if len(name.text) * LETTER_PIXELS < 2.2 * room:
                _write(axes, framed, taken, name, lettered(name.text).upper(), COUNTRY, "center")
    zoom = round(framed.zoom)
    least = NAMED_FROM[zoom] if 0 <= zoom < len(NAMED_FROM) else 50
    written = 0
    for name in outlines.city_names():
        if name.size < least or written >= MOST_NAMES:
            break
        if _write(axes, framed, taken, name, lettered(name.text), CITY, "left"):
            axes.plot(*framed.inside(name.lat, name.lon), marker="o", markersize=2, color=CITY, zorder=2)
            written += 1


def _disc(framed: Frame, cell: cells.Cell) -> tuple[float, float, float, float]:
    x, y = framed.inside(cell[0], cell[1])
    half = _side(cell[2]) / 2 * framed.pixel
    return x - half, y - half, x + half, y + half


def _side(count: int) -> float:
    """How wide a count is drawn, in pixels of the screen's map."""
    return 26 + 7 * math.log10(count)


def _write(
    axes: Axes,
    framed: Frame,
    taken: list[tuple[float, float, float, float]],
    name: outlines.Name,
    text: str,
    colour: str,
    align: str,
) -> bool:
    """Writes a name where it is in the picture and covers no other; true where it was written."""
    x, y = framed.inside(name.lat, name.lon)
    wide, high = len(text) * LETTER_PIXELS * framed.pixel, LINE_PIXELS * framed.pixel
    left = x + 6 * framed.pixel if align == "left" else x - wide / 2
    box = (left, y - high / 2, left + wide, y + high / 2)
    if box[0] < framed.left or box[2] > framed.right or box[1] < framed.top or box[3] > framed.bottom:
        return False
    if any(b[0] < box[2] and box[0] < b[2] and b[1] < box[3] and box[1] < b[3] for b in taken):
        return False
    taken.append(box)
    axes.text(
        left if align == "left" else x, y, text, ha=align, va="center", color=colour, zorder=2, parse_math=False,
        fontsize=7 if align == "left" else 6.5, weight="normal" if align == "left" else "bold",
    )  # fmt: skip
    return True


def _scale(axes: Axes, framed: Frame) -> None:
    """A bar of a round length; it holds at the middle of the picture, and says so where the scale changes over it."""
    middle = cells.latitude((framed.top + framed.bottom) / 2)
    per_km = 1.0 / (EQUATOR_KM * math.cos(math.radians(middle)))
    most = (framed.right - framed.left) * BAR_SHARE / per_km
    km = max(step * 10.0**power for power in range(-2, 5) for step in (1, 2, 5) if step * 10.0**power <= most)
    edges = [math.cos(math.radians(cells.latitude(y))) for y in (framed.top, framed.bottom)]
    remark = " (at the middle of the map)" if max(edges) > 1.1 * min(edges) else ""
    left, bottom = framed.left + 14 * framed.pixel, framed.bottom - 14 * framed.pixel
    right, rise = left + km * per_km, 5 * framed.pixel
    axes.plot(
        [left, left, right, right], [bottom - rise, bottom, bottom, bottom - rise], color="#1b2430", lw=1.4, zorder=9
    )
    text = f"{km:g} km{remark}"
    axes.text(left, bottom - 1.4 * rise, text, fontsize=7.5, va="bottom", zorder=9, backgroundcolor="#ffffffb0")


def ink(family: str, party: str, colours: hues.Hues | None) -> str:
    """The colour of a mark."""
    if colours is not None:
        return layers.PARTY_COLOURS[colours[party][1]][0] if party in colours else UNNAMED
    return layers.FAMILIES.get(family, layers.OTHER).light


def ring(axes: Axes, lat: float, x: float, y: float, km: float, precision: int, colour: str) -> None:
    """The area within which an incident lies, to scale."""
    if km < LEAST_RING_KM:
        return
    radius = km / EQUATOR_KM / math.cos(math.radians(lat))
    exact, coarse = precision == 1, precision >= 4
    style: dict[str, Any] = {"edgecolor": _with(colour, 0.3 if exact else 0.55), "linewidth": 0.7, "zorder": 3}
    style |= {"facecolor": _with(colour, 0.02 if exact else 0.07), "linestyle": "--" if coarse else "-"}
    if coarse:
        style |= {"hatch": "////", "hatch_linewidth": 0.4}
    axes.add_patch(Circle((x, y), radius, **style))


def _with(colour: str, alpha: float) -> str:
    return f"{colour}{round(alpha * 255):02x}"


def one(axes: Axes, at: tuple[float, float], family: str, colour: str, precision: int, step: int) -> None:
    """A single mark."""
    side = (ICON_PIXELS - 4 + STEP_PIXELS * step) * POINTS_PER_PIXEL
    shape: Any = mapmarks.family(family)
    axes.plot(*at, marker=shape, markersize=side + 3, color=HALO, zorder=5, linestyle="")
    axes.plot(*at, marker=shape, markersize=side, zorder=5, linestyle="", **_face(colour, precision))


def _face(colour: str, precision: int) -> dict[str, Any]:
    """Exact places are solid, approximate ones washed out, provinces and larger only an outline."""
    inner = colour if precision == 1 else HALO if precision >= 4 else _with(colour, 0.35)
    return {"markerfacecolor": inner, "markeredgecolor": colour, "markeredgewidth": 1.2}


def counts(axes: Axes, framed: Frame, found: Sequence[cells.Cell]) -> None:
    """The counts by cell."""
    for lat, lon, count, _ in found:
        x, y = framed.inside(lat, lon)
        if not framed.holds(x, y):
            continue
        side = _side(count) * POINTS_PER_PIXEL
        axes.plot(x, y, marker="o", markersize=side, markerfacecolor=CELL, markeredgecolor="white", zorder=6)
        axes.text(x, y, f"{count:,}", fontsize=7, color="white", ha="center", va="center", zorder=7)


def heat(axes: Axes, framed: Frame, spots: Sequence[tuple[float, float, int]]) -> None:
    """The heat map."""
    most = max([1, *(count for _, _, count in spots)])
    places = [framed.inside(lat, lon) for lat, lon, _ in spots]
    faces = [_with(HEAT, 0.08 + 0.6 * math.sqrt(count / most)) for _, _, count in spots]
    if places:
        x, y = zip(*places, strict=True)
        found: PathCollection = axes.scatter(x, y, s=(26 * POINTS_PER_PIXEL) ** 2, c=faces, linewidths=0, zorder=4)
        found.set_clip_on(True)


def area(axes: Axes, framed: Frame, text: str) -> None:
    """The drawn area that is filtered by, where there is one."""
    found = areas.parse(text)
    if found is None:
        return
    points = [framed.inside(lat, lon) for lat, lon in found.points]
    style: dict[str, Any] = {"edgecolor": AREA, "facecolor": _with(AREA, 0.05), "linewidth": 1.4, "zorder": 3}
    scale = 1.0 / EQUATOR_KM / math.cos(math.radians(found.points[0][0]))
    if found.kind == "p":
        axes.add_patch(Polygon(points, closed=True, **style))
    elif found.kind == "c":
        axes.add_patch(Circle(points[0], found.km * scale, **style))
    else:
        # As wide as the corridor: a line's width would be in points of print.
        for point in points:
            axes.add_patch(Circle(point, found.km * scale, **style | {"linewidth": 0}))
        axes.plot(*zip(*points, strict=True), color=AREA, linewidth=1.4, zorder=3)


def overlay(axes: Axes, framed: Frame, shapes: Sequence[Shape], colour: str) -> None:
    """A loaded layer, beneath the incidents."""
    for shape in shapes:
        lines = [_placed(framed, part) for part in shape.parts]
        if shape.kind == "point":
            axes.plot(*np.concatenate(lines).T, marker="o", markersize=4, linestyle="", color=colour, zorder=2.5)
        elif shape.kind == "line":
            for line in lines:
                axes.plot(*line.T, color=colour, linewidth=1.6, zorder=2.5)
        else:
            whole = Path.make_compound_path(*(Path(line, closed=True) for line in lines))
            axes.add_patch(PathPatch(whole, facecolor=_with(colour, 0.12), edgecolor=colour, linewidth=1.1, zorder=2.5))


def _placed(framed: Frame, part: Sequence[tuple[float, float]]) -> Any:
    """The corners of a line, one a row, without jumps, on that turn around the world which is nearest to the frame."""
    lat, lon = np.array(part).T
    x = np.unwrap((lon + 180.0) / 360.0, period=1.0)
    x += np.round((framed.left + framed.right) / 2 - x.mean())
    return np.stack([x, cells.mercator(lat)], axis=1)


def handle(kind: str, key: str, label: str, precision: int, colours: hues.Hues | None) -> Line2D:
    """A line of the legend."""
    shape: Any = mapmarks.family(key) if kind == "family" else "o"
    colour = PLAIN
    if kind == "layer":
        return Line2D([], [], color=OVERLAYS[precision % len(OVERLAYS)], linewidth=2, label=lettered(label, 60))
    if kind == "party" or (kind == "family" and colours is None):
        colour = ink(key, key, colours)
    face = _face(colour, precision)
    if kind in ("cell", "heat"):
        face = _face(CELL if kind == "cell" else HEAT, 1)
    return Line2D([], [], marker=shape, linestyle="", markersize=8, label=lettered(label, 60), **face)

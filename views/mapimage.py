"""The map as a picture that can be printed or put into a briefing: PNG, PDF or SVG, drawn here without any network.

    picture(overview, answer, look, title="Strikes in September", kind="pdf") -> bytes

It shows what the map shows for the same answer and state: the same marks, counts by cell, areas drawn to scale. A
legend, a scale bar, the day it was made, what is left out, and the credits stand around it.
"""

from __future__ import annotations

import datetime as dt
import io
import math
from collections import defaultdict
from collections.abc import Sequence
from textwrap import wrap
from typing import Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from data.overview import Answer, Overview
from geo import cells, layers, outlines
from views import hues, layering, mapground, mapmarks, screen, words
from views.address import Look
from views.lettering import lettered
from views.mapground import Entry, Frame

Kind = Literal["png", "pdf", "svg"]
MIME = {"png": "image/png", "pdf": "application/pdf", "svg": "image/svg+xml"}
# A4 across, in inches: what prints without being scaled.
WIDE, HIGH, DOTS_PER_INCH = 11.69, 8.27, 160
# Pixels of the screen's map to an inch of the picture: with fewer its marks would lie on one another.
PIXELS_PER_INCH = 100
MARGIN, HEAD, LINE = 0.35, 0.62, 0.155
# Nearer than this a map of one place shows nothing around it that tells where it is (as on the screen).
NEAREST = 9
TEXT, NOTE = "#1b2430", "#4a5563"
NOTE_LETTERS = 215
LEGEND_COLUMNS, LEGEND_LINES = 4, 3
MADE_BY = "Read by machine from news reports with Dateline; check against the report before relying on it"


def picture(
    overview: Overview,
    answer: Answer,
    look: Look,
    *,
    kind: Kind = "png",
    title: str = "",
    notes: Sequence[str] = (),
    made: dt.date | None = None,
    size: tuple[float, float] = (WIDE, HIGH),
) -> bytes:
    """The picture as a file's bytes; the same input gives the same bytes.

    ``look.view`` says what of the world is shown, None all that is drawn. ``notes`` are lines below the map (which
    filters are set), ``made`` the day that it is made on, ``size`` inches across and down.
    """
    found = drawn(overview, answer, look, title=title, notes=notes, made=made, size=size)
    out = io.BytesIO()
    metadata = {"png": {"Software": None}, "pdf": {"CreationDate": None}, "svg": {"Date": None}}[kind]
    found.savefig(out, format=kind, dpi=DOTS_PER_INCH, metadata=metadata, facecolor="white")
    return out.getvalue()


def drawn(
    overview: Overview,
    answer: Answer,
    look: Look,
    *,
    title: str = "",
    notes: Sequence[str] = (),
    made: dt.date | None = None,
    size: tuple[float, float] = (WIDE, HIGH),
) -> Figure:
    """The figure that ``picture`` saves."""
    wide, high = size
    below = _below(answer, look, notes, made or dt.datetime.now(dt.UTC).date(), round(NOTE_LETTERS * wide / WIDE))
    foot = 0.75 + LINE * len(below)
    map_wide, map_high = wide - 2 * MARGIN, high - HEAD - foot - MARGIN / 2
    framed = frame(answer, look, map_wide * PIXELS_PER_INCH, map_high * PIXELS_PER_INCH)
    figure = Figure(figsize=size, layout=None)
    axes = figure.add_axes((MARGIN / wide, (foot + MARGIN / 2) / high, map_wide / wide, map_high / high))
    mapground.ground(axes, framed)
    colours = hues.of(answer.held) if look.colour == "party" else None
    legend = _incidents(axes, framed, overview, answer, look, colours)
    _heading(figure, answer, framed, title, high)
    _legend(figure, legend, colours, (foot + MARGIN / 2) / high)
    for n, line in enumerate(reversed(below)):
        figure.text(MARGIN / wide, (0.12 + LINE * n) / high, line, fontsize=7, color=NOTE, parse_math=False)
    return figure


def frame(answer: Answer, look: Look, pixels_wide: float, pixels_high: float) -> Frame:
    """What is shown on a map of so many pixels of the screen: the state's view, or all that is drawn."""
    if look.view:
        lat, lon, zoom = look.view
        x, y = (lon + 180.0) / 360.0, float(cells.mercator(np.array([lat]))[0])
    else:
        x, y, zoom = _all_drawn(answer, pixels_wide, pixels_high)
    half = 0.5 / (cells.TILE_PIXELS * 2.0**zoom)
    return Frame(x - half * pixels_wide, y - half * pixels_high, x + half * pixels_wide, y + half * pixels_high, zoom)


def _all_drawn(answer: Answer, pixels_wide: float, pixels_high: float) -> tuple[float, float, float]:
    """Middle and zoom at which everything drawn is in the picture, with a tenth of it free on every side."""
    x, y = answer.held.x[answer.drawn], answer.held.y[answer.drawn]
    if not len(x):
        return 0.5, 0.42, math.log2(pixels_wide / cells.TILE_PIXELS)
    spans = (float(np.ptp(x)) / pixels_wide, float(np.ptp(y)) / pixels_high)
    widest = max(*spans, 1e-9) * 1.25
    zoom = min(float(NEAREST), -math.log2(widest * cells.TILE_PIXELS))
    return float(x.min() + x.max()) / 2, float(y.min() + y.max()) / 2, zoom


def _incidents(
    axes: Axes, framed: Frame, overview: Overview, answer: Answer, look: Look, colours: hues.Hues | None
) -> list[Entry]:
    """Draws them; what the legend has to explain: kind of entry, key, label, precision."""
    held, rows = answer.held, answer.drawn
    points = cells.Points(held.rows.lat, held.rows.lon, held.x, held.y)[rows]
    beneath = _layers(axes, framed, look)
    if look.heat:
        mapground.names(axes, framed, ())
        mapground.heat(axes, framed, cells.heat(points, framed.view()))
        return [("heat", "", "the redder, the more close together", 1), *beneath]
    arranged = cells.arrange(points, framed.view())
    singly = [screen.point(row, colours) for row in overview.rows(answer, rows[list(arranged.singly)])]
    mapground.area(axes, framed, look.ask.area)
    legend = _marks(axes, framed, singly, colours, look.sized)
    mapground.counts(axes, framed, arranged.cells)
    mapground.names(axes, framed, arranged.cells)
    return [*legend, *([("cell", "", "so many close together", 1)] if arranged.cells else []), *beneath]


def _layers(axes: Axes, framed: Frame, look: Look) -> list[Entry]:
    legend: list[Entry] = []
    for number, one in enumerate(layering.shown(look.overlays)):
        mapground.overlay(axes, framed, one.shapes, mapground.OVERLAYS[number % len(mapground.OVERLAYS)])
        legend.append(("layer", "", one.name, number))
    return legend


def _marks(
    axes: Axes, framed: Frame, points: Sequence[layers.Point], colours: hues.Hues | None, sized: bool
) -> list[Entry]:
    together: dict[tuple[float, float], list[layers.Point]] = defaultdict(list)
    for point in points:
        together[round(point[1], 4), round(point[2], 4)].append(point)
    legend: dict[Entry, None] = {}
    for same in together.values():
        moved = mapmarks.fan(len(same), mapground.ICON_PIXELS * framed.pixel)
        for point, (right, down) in zip(same, moved, strict=True):
            _, lat, lon, km, precision, family, party, step, _ = point
            x, y = framed.inside(lat, lon)
            if not framed.holds(x, y):
                continue
            ink = mapground.ink(family, party, colours)
            mapground.ring(axes, lat, x, y, km, precision, ink)
            mapground.one(axes, (x + right, y + down), family, ink, precision, step if sized else 0)
            if colours is not None:
                name = colours[party][0] if party in colours else "others, unnamed"
                legend["party", party, name, 1] = None
            legend["family", family, layers.FAMILIES.get(family, layers.OTHER).label, 1] = None
            legend[_exactness(precision)] = None
    return sorted(legend, key=lambda entry: (("party", "family", "exact").index(entry[0]), entry[3], entry[2]))


def _exactness(precision: int) -> Entry:
    if precision == 1:
        return "exact", "", "exact place", 1
    if precision < 4:
        return "exact", "", "near: the ring holds it 9 times in 10", 2
    return "exact", "", "province or region", 4


def _heading(figure: Figure, answer: Answer, framed: Frame, title: str, high: float) -> None:
    left = MARGIN / figure.get_figwidth()
    shown = lettered(title or "What reports say happened", 110)
    figure.text(left, 1 - 0.32 / high, shown, fontsize=14, weight="bold", color=TEXT, parse_math=False)
    figure.text(left, 1 - 0.53 / high, counted(answer, framed), fontsize=8.5, color=NOTE, parse_math=False)


def counted(answer: Answer, framed: Frame) -> str:
    """How many are in the picture, how many fit the filters, and how many of those are nowhere drawn and why."""
    rows, held = answer.drawn, answer.held
    inside = (held.y[rows] >= framed.top) & (held.y[rows] <= framed.bottom)
    inside &= np.mod(held.x[rows] - framed.left, 1.0) <= framed.right - framed.left
    shown = words.plural(int(np.count_nonzero(inside)), "incident" if answer.ask.every else "event")
    reports = words.plural(answer.reports, "report")
    told = f"{shown} in this picture, of {len(answer):,} that fit the filters, from {reports}"
    country = len(answer.undrawn) - answer.unlocated
    reasons = [(answer.unlocated, "no place found"), (country, "only the country known")]
    why = ", ".join(f"{n:,} {reason}" for n, reason in reasons if n)
    return f"{told}; {len(answer.undrawn):,} nowhere drawn ({why})." if why else f"{told}."


def _legend(figure: Figure, entries: Sequence[Entry], colours: hues.Hues | None, bottom: float) -> None:
    handles = [mapground.handle(kind, key, label, precision, colours) for kind, key, label, precision in entries]
    if not handles:
        return
    columns = max(min(LEGEND_COLUMNS, len(handles)), math.ceil(len(handles) / LEGEND_LINES))
    found = figure.legend(
        handles=handles, loc="upper left", ncols=columns, fontsize=7.5, frameon=False, handletextpad=0.4,
        bbox_to_anchor=(MARGIN / figure.get_figwidth() / 2, bottom), columnspacing=1.6,
    )  # fmt: skip
    for text in found.get_texts():
        text.set_parse_math(False)


def _below(answer: Answer, look: Look, notes: Sequence[str], made: dt.date, letters: int) -> list[str]:
    of = f" Knowledge of the day {words.day(look.ask.as_of)}." if look.ask.as_of else ""
    lines = [lettered(note, 600) for note in notes if note]
    lines.append(f"Made on {words.day(made)} (UTC).{of} {MADE_BY}. {outlines.CREDIT}. Web Mercator, WGS 84.")
    return [part for line in lines for part in wrap(line, letters)]

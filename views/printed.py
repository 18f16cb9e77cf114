"""A chart as a picture that can be printed: counts on the left, the range of the toll on the right, PNG or SVG.

Drawn by matplotlib with its own font, so that it needs neither a network nor a font of the machine's.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from textwrap import wrap
from threading import Lock
from typing import Any, Literal

import matplotlib as mpl
import numpy as np
from matplotlib import dates, ticker
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from data.exchange.flat import CREDIT
from data.figures import Line
from views import words
from views.chart import ALWAYS, Chart
from views.lettering import lettered

Kind = Literal["png", "svg"]
# Bars that are told apart on a printed page; the rest is counted below the chart and stands in the CSV.
MOST_BARS = 25
WIDE, DOTS_PER_INCH = 10.0, 160
INK, PALE, GRID = "#1d4f91", "#9dbbe0", "#d5dae1"
TEXT, NOTE = "#1b2430", "#4a5563"
NAME_MOST, NOTE_WIDE = 46, 132
_STYLE: Any = {
    "font.family": ["DejaVu Sans"],
    "font.size": 9,
    # A name such as "$x^2$" is text, and no formula.
    "text.parse_math": False,
    "text.color": TEXT,
    "axes.labelcolor": TEXT,
    "axes.edgecolor": NOTE,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": TEXT,
    "ytick.color": TEXT,
    "svg.hashsalt": "dateline",
}


# The style is the whole process's for as long as something is drawn.
_LOCK = Lock()


def picture(chart: Chart, kind: Kind) -> bytes:
    """The picture; the same chart gives the same bytes."""
    with _LOCK, mpl.rc_context(_STYLE):
        found = _over_time(chart) if chart.over_time else _bars(chart)
        out = io.BytesIO()
        metadata = {"Date": None} if kind == "svg" else {"Software": None}
        found.savefig(out, format=kind, dpi=DOTS_PER_INCH, metadata=metadata, facecolor="white")
    return out.getvalue()


def _bars(chart: Chart) -> Figure:
    lines = chart.lines[:MOST_BARS]
    left_out = len(chart.lines) - len(lines)
    notes = [*chart.notes, *([f"{left_out:,} more are in the CSV file."] if left_out else [])]
    figure, axes = _page(chart, notes, 0.27 * max(len(lines), 1) + 0.5, columns=2)
    places = np.arange(len(lines))
    counts, tolls = axes
    counts.barh(places, [line.count for _, line in lines], color=INK, height=0.7)
    low, high = _range(chart, lines)
    tolls.barh(places, low, color=INK, height=0.7)
    tolls.barh(places, high - low, left=low, color=PALE, height=0.7, hatch="////", edgecolor=INK, linewidth=0)
    for axis, told in ((counts, [f"{line.count:,}" for _, line in lines]), (tolls, _told(chart, lines))):
        ends = high if axis is tolls else [line.count for _, line in lines]
        _write(axis, ends, told)
        axis.invert_yaxis()
    counts.set_yticks(places, [_name(name) for name, _ in lines])
    tolls.set_yticks(places, [""] * len(lines))
    tolls.tick_params(axis="y", length=0)
    return figure


def _write(axis: Axes, ends: Any, told: Sequence[str]) -> None:
    """The numbers behind the bars, with room for them."""
    widest = max([1, *ends])
    for place, (end, text) in enumerate(zip(ends, told, strict=True)):
        axis.text(float(end) + widest * 0.02, place, text, va="center", fontsize=8)
    axis.set_xlim(0, widest * 1.45)


def _over_time(chart: Chart) -> Figure:
    figure, axes = _page(chart, chart.notes, 4.2, rows=2)
    counts, tolls = axes
    days = [dt.date.fromisoformat(line.value) for _, line in chart.lines]
    places: Any = dates.date2num(days) if days else np.zeros(0)
    wide = float(np.diff(places).min()) * 0.9 if len(places) > 1 else 5.0
    counts.bar(places, [line.count for _, line in chart.lines], width=wide, color=INK, align="edge")
    low, high = _range(chart, chart.lines)
    tolls.bar(places, low, width=wide, color=INK, align="edge")
    tolls.bar(places, high - low, bottom=low, width=wide, color=PALE, align="edge")
    for axis in (counts, tolls):
        axis.xaxis_date()
        locator = dates.AutoDateLocator(maxticks=10)
        axis.xaxis.set_major_locator(locator)
        axis.xaxis.set_major_formatter(dates.ConciseDateFormatter(locator))
    return figure


def _page(
    chart: Chart, notes: Sequence[str], tall: float, *, rows: int = 1, columns: int = 1
) -> tuple[Figure, Sequence[Axes]]:
    """A figure with title, notes and credits around the axes, and the axes: counts, then tolls."""
    below = [line for note in _below(chart, notes) for line in wrap(note, NOTE_WIDE)]
    head, foot = 0.75, 0.45 + 0.17 * len(below)
    whole = head + tall + foot
    figure = Figure(figsize=(WIDE, whole), layout=None)
    left = 0.33 if columns == 2 else 0.07
    grid = figure.add_gridspec(
        rows, columns, left=left, right=0.98, top=1 - head / whole, bottom=foot / whole, wspace=0.06, hspace=0.35
    )
    axes = [figure.add_subplot(grid[place]) for place in range(rows * columns)]
    figure.text(0.015, 1 - 0.28 / whole, chart.title, fontsize=13, weight="bold")
    for axis, label in zip(
        axes, (chart.counted, f"{chart.measure.capitalize()}, lowest to highest figure"), strict=True
    ):
        axis.set_title(label, fontsize=9, loc="left")
        axis.grid(axis="x" if columns == 2 else "y", color=GRID, linewidth=0.6)
        axis.set_axisbelow(True)
        along = axis.xaxis if columns == 2 else axis.yaxis
        along.set_major_locator(ticker.MaxNLocator(5, integer=True))
        along.set_major_formatter(ticker.StrMethodFormatter("{x:,.0f}"))
    for place, line in enumerate(reversed(below)):
        figure.text(0.015, (0.1 + 0.17 * place) / whole, line, fontsize=7.5, color=NOTE)
    return figure, axes


def _below(chart: Chart, notes: Sequence[str]) -> list[str]:
    return [f"Filters: {lettered(chart.filters, 400)}.", " ".join([ALWAYS, *notes]), f"{CREDIT}."]


def _range(chart: Chart, lines: Sequence[tuple[str, Line]]) -> tuple[Any, Any]:
    tolls = [chart.toll(line) for _, line in lines]
    return np.array([toll.low for toll in tolls], float), np.array([toll.high for toll in tolls], float)


def _told(chart: Chart, lines: Sequence[tuple[str, Line]]) -> list[str]:
    return [words.summed(chart.toll(line)) for _, line in lines]


def _name(name: str) -> str:
    return lettered(name, NAME_MOST)

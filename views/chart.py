"""One chart of the figures: what it counts, in the words of the screen, and the same as a table to download."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from data import figures
from data.exchange.cells import harmless
from data.exchange.flat import CREDIT
from data.figures import Line, Toll
from data.overview import Answer
from views import filters, stated, words
from views.address import Look

UNKNOWN = "not known"
ALWAYS = (
    "Tolls are sums of each event's lowest and highest figure, whoever gave it. An event with several kinds, parties "
    "or provinces stands in the line of each, so that lines do not add up to the total."
)
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Chart:
    """``lines`` with their names; ``over_time`` where they are steps of time.

    ``notes`` are what a reader must know beside ``ALWAYS``.
    """

    key: str
    title: str
    lines: Sequence[tuple[str, Line]]
    measure: str
    notes: Sequence[str]
    filters: str
    counted: str = "Events"
    over_time: bool = False

    def toll(self, line: Line) -> Toll:
        """The toll that the chart shows of a line."""
        return line.killed if self.measure == "killed" else line.wounded


def charts(answer: Answer, look: Look) -> list[Chart]:
    """What the page of figures shows of an answer: over time, by kind, by parties in their roles, by province."""
    made = _Maker(answer, look)
    roles = ["perpetrator", "target"] if look.ask.role == "either" else [look.ask.role]
    return [
        made.course(),
        made.chart("type", "By kind of event", figures.by(answer, "type"), lambda one: words.event(one).label),
        *(made.parties(role) for role in roles),
        made.chart("province", "By province", figures.by(answer, "province"), stated.province),
    ]


class _Maker:
    def __init__(self, answer: Answer, look: Look) -> None:
        self.answer, self.look = answer, look
        self.said = stated.one_line(answer)
        self.counted = "Incidents" if answer.ask.every else "Events"

    def chart(self, key: str, title: str, lines: Sequence[Line], named: Callable[[str], str], *notes: str) -> Chart:
        """A chart of values."""
        found = [(named(line.value) if line.value else UNKNOWN, line) for line in lines]
        return Chart(key, title, found, self.look.measure, notes, self.said, self.counted)

    def parties(self, role: str) -> Chart:
        """A chart of the parties in a role."""
        lines, called = figures.parties(self.answer, role), self.answer.held.parties.labels
        named = filters.parties({line.value: called.get(line.value, line.value) for line in lines})
        title = f"By party: {filters.ROLES[role].lower()}"
        return self.chart(role, title, lines, lambda one: named[one].label, "What belongs to a party counts with it.")

    def course(self) -> Chart:
        """The chart over time."""
        found, step = figures.course(self.answer, self.look.step), self.look.step  # type: ignore[arg-type]
        notes = []
        if found.loose:
            notes.append(f"{found.loose:,} may have begun in a later {step}: their days are not known more closely.")
        if found.undated:
            notes.append(f"{found.undated:,} without a date are left out.")
        lines = [(_step_name(line.value, step), line) for line in found.lines]
        return Chart("time", f"By {step}", lines, self.look.measure, notes, self.said, self.counted, over_time=True)


def _step_name(first: str, step: str) -> str:
    day = dt.date.fromisoformat(first)
    return {"year": f"{day:%Y}", "month": f"{day:%b %Y}"}.get(step, words.day(day))


COLUMNS = ("count", *(f"{what}_{part}" for what in ("killed", "wounded") for part in ("low", "high", "open", "untold")))


def table(chart: Chart) -> bytes:
    """The chart as CSV in UTF-8, all lines of it, with the filters and the credit in every row.

    ``killed_open`` counts events with no upper figure ("at least 62"), ``killed_untold`` those without any.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([chart.key, "id", *COLUMNS, "filters", "credit"])
    for name, line in chart.lines:
        numbers = [line.count, *_numbers(line.killed, line.count), *_numbers(line.wounded, line.count)]
        writer.writerow([harmless(name), harmless(line.value), *numbers, harmless(chart.filters), CREDIT])
    return out.getvalue().encode("utf-8", "replace")


def _numbers(toll: Toll, count: int) -> list[int | None]:
    """The sums are empty, not 0, where nobody gives a figure."""
    low, high = (toll.low, toll.high) if toll.told else (None, None)
    return [low, high, toll.unbounded, count - toll.told]


def payload(chart: Chart) -> Json:
    """What ``views.parts.chart`` draws: name, count, and lowest, highest, told and unbounded of each line's toll."""
    rows = []
    for name, line in chart.lines:
        toll = chart.toll(line)
        rows.append([name, line.count, toll.low, toll.high, toll.told, toll.unbounded])
    return {
        "title": chart.title,
        "counted": chart.counted,
        "toll": f"{chart.measure.capitalize()}, lowest to highest",
        "rows": rows,
        "time": chart.over_time,
        "nothing": "Nothing of the kind is told in what is shown.",
    }

"""Values in words: what the screens call a type, a day, a place, a toll. Plain text; nothing here is HTML."""

from __future__ import annotations

import csv
import datetime as dt
import re
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from data.figures import Toll
from data.query import IncidentRow, Party
from geo import layers

_LEXICON = Path(__file__).parents[1] / "data" / "lexicon"
_COUNTRIES = Path(__file__).parents[1] / "data" / "gazetteer" / "countries.csv"

# UCDP's codes in words.
WHERE = {
    1: "the place itself",
    2: "close to a known point, within about 25 km",
    3: "somewhere in the district",
    4: "somewhere in the province",
    5: "somewhere in a wider or vague area",
    6: "only the country is known",
    7: "international waters or airspace",
}
WHEN = {
    1: "the exact day",
    2: "within two to six days",
    3: "within a week",
    4: "within a month",
    5: "within a year",
}
BASIS = {
    "stated": "the report gives the date",
    "relative": "counted from the day of publication",
    "published": "the day of publication",
}
STATUS = {
    "occurred": "Occurred",
    "disputed": "Disputed",
    "denied": "Denied",
    "planned": "Planned or threatened",
    "hypothetical": "Hypothetical",
}
NO_FIGURE = "no figure"
STANCE = {
    "asserts": "says so",
    "admits": "admits it",
    "denies": "denies it",
    "blames": "lays the blame",
    "justifies": "justifies it",
}


@dataclass(frozen=True, slots=True)
class EventType:
    """What an event type is called, and the family that gives it its colour and shape."""

    label: str
    family: str
    definition: str


@cache
def event_types() -> Mapping[str, EventType]:
    """The vocabulary: id -> label, family, definition."""
    with (_LEXICON / "event_types.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: EventType(row["label"], row["family"], row["definition"]) for row in csv.DictReader(file)}


def event(event_type: str) -> EventType:
    """What a type is called; one that the vocabulary lacks is called by its id."""
    return event_types().get(event_type) or EventType(event_type.replace("_", " ").capitalize(), "other", "")


@cache
def country_names() -> Mapping[str, str]:
    """ISO 3166-1 alpha-2 -> name."""
    with _COUNTRIES.open(encoding="utf-8", newline="") as file:
        return {row["iso2"]: row["name"] for row in csv.DictReader(file)}


def country(code: str | None) -> str | None:
    """A country's name, its code where it is not listed, None for None."""
    return country_names().get(code, code) if code else None


def day(date: dt.date) -> str:
    """17 Sep 2016."""
    return f"{date.day} {date:%b %Y}"


def days(start: dt.date | None, end: dt.date | None) -> str:
    """One day, or the first and last possible one."""
    if start is None or end is None:
        return "date unknown"
    if start == end:
        return day(start)
    if (start.day, end) == (1, _last_of_month(start)):
        return f"{start:%b %Y}"
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and start.year == end.year:
        return str(start.year)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day(end)}"
    return f"{day(start)} – {day(end)}"


def number(low: int | None, high: int | None) -> str | None:
    """ "62", "62–80", "at least 62", "up to 80"; None where neither side is known."""
    if low is None and high is None:
        return None
    if low == high:
        return f"{low:,}"
    if high is None:
        return f"at least {low:,}"
    return f"up to {high:,}" if low is None else f"{low:,}–{high:,}"


def summed(toll: Toll) -> str:
    """A sum of figures: "62–80", with "or more" where some give no upper end; says so where there is no figure."""
    if not toll.told:
        return NO_FIGURE
    if toll.unbounded and toll.low == toll.high:
        return f"at least {toll.low:,}"
    more = " or more" if toll.unbounded else ""
    return f"{number(toll.low, toll.high)}{more}"


def toll(incident: IncidentRow) -> str:
    """Killed and wounded in one line; says so where no figure is given."""
    killed = number(incident.killed_low, incident.killed_high)
    wounded = number(incident.wounded_low, incident.wounded_high)
    parts = [f"{figure} {what}" for figure, what in ((killed, "killed"), (wounded, "wounded")) if figure]
    return ", ".join(parts) or NO_FIGURE


def where(row: IncidentRow) -> str:
    """Place, province and country, the same name once; says so where nothing is known."""
    names = [row.place_name, row.admin1, country(row.country_code)]
    known = list(dict.fromkeys(name for name in names if name))
    return ", ".join(known) or "place unknown"


def who(parties: Sequence[Party]) -> str:
    """ "A → B", with "unnamed" for a side that the report leaves open."""
    by, against, part = (_names(parties, role) for role in ("perpetrator", "target", "participant"))
    if by or against:
        return f"{by or 'unnamed'} → {against or 'unnamed'}"
    return part or "no party named"


def not_drawn(row: IncidentRow) -> str | None:
    """Why an incident is not on the map, None where it is."""
    if row.lat is None:
        return "Not on the map: no place found"
    return "Not on the map: only the country is known" if row.where_precision == layers.COUNTRY_ONLY else None


def remarks(row: IncidentRow) -> list[str]:
    """What sets an incident apart: its status where it is not simply told as having happened, and background."""
    told = [] if row.status == "occurred" else [STATUS.get(row.status, row.status)]
    return told + (["Earlier history"] if row.background else [])


def plural(n: int, one: str, many: str | None = None) -> str:
    """ "1 report", "2 reports"."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def markdown(text: str) -> str:
    """The text such that Markdown shows it as it is: no link, picture, formula, icon or HTML comes of it."""
    return re.sub(r"([^\w\s])", lambda found: _escaped(found[1]), text.replace("\n", " "))


def _escaped(character: str) -> str:
    return f"\\{character}" if character in string.punctuation else character


def _names(parties: Sequence[Party], role: str) -> str:
    return ", ".join(dict.fromkeys(p.name for p in parties if p.role == role))


def _last_of_month(date: dt.date) -> dt.date:
    following = date.replace(day=28) + dt.timedelta(days=4)
    return following - dt.timedelta(days=following.day)

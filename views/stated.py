"""A question in plain words: which filters are set, for figures and briefings that leave the screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from data.area import parse
from data.overview import Answer
from data.question import Ask
from data.rowarrays import day_of
from geo import layers
from views import filters, words

# A filter's values beyond these are only counted.
MOST = 6
EVERYTHING = "No filter"
# Two fields that one line tells, and the role, which is told with the party.
_JOINED = {"date_to": "date_from", "toll_most": "toll_least", "role": "parties"}
_SENTENCES = {
    "civilians": "Civilians were harmed",
    "background": "What reports look back on is counted too",
    "every": "Each report's incident counts by itself",
}


def stated(answer: Answer) -> list[str]:
    """A line for every filter that is set, "No filter" where none is."""
    told = _Told(answer)
    names = dict.fromkeys(_JOINED.get(name, name) for name in answer.ask.changed())
    return [line for line in map(told.line, names) if line] or [EVERYTHING]


def one_line(answer: Answer) -> str:
    """All filters on one line."""
    return "; ".join(stated(answer))


def party(answer: Answer, party_id: str) -> str:
    """What a party is called."""
    called = answer.held.parties.labels
    return filters.parties({party_id: called.get(party_id, party_id)})[party_id].label


def province(value: str) -> str:
    """A province with its country."""
    country, _, name = value.partition("/")
    return f"{name}, {words.country(country) or country}"


class _Told:
    """Turns one field of a question into a line."""

    def __init__(self, answer: Answer) -> None:
        self.ask, self.answer = answer.ask, answer

    def line(self, name: str) -> str:
        """The line of a field that is not as it starts."""
        if name in _SENTENCES:
            return _SENTENCES[name]
        if name in _ONE:
            return _ONE[name](self.ask)
        label, named = _MANY.get(name, (name, str))
        values = getattr(self.ask, name)
        if name == "parties" and not values:
            return ""
        if name in ("parties", "against"):
            label, named = self._parties(name), lambda one: party(self.answer, one)
        shown = [layers.clip(named(one)) for one in values[:MOST]] or ["any"]
        more = f" and {len(values) - MOST:,} more" if len(values) > MOST else ""
        return f"{label}: {', '.join(shown)}{more}"

    def _parties(self, name: str) -> str:
        role = self.ask.role
        if name == "against":
            return "By" if role == "target" else "Against"
        return "Party" if role == "either" else filters.ROLES[role]


def _days(ask: Ask) -> str:
    if ask.date_from and ask.date_to:
        return f"Days: {words.day(ask.date_from)} to {words.day(ask.date_to)}"
    return f"Days: from {words.day(ask.date_from)}" if ask.date_from else f"Days: to {words.day(_set(ask.date_to))}"


def _killed(ask: Ask) -> str:
    return f"Killed: {words.number(ask.toll_least, ask.toll_most)}"


def _area(ask: Ask) -> str:
    drawn = parse(ask.area)
    kinds = {"c": "within a drawn circle", "p": "within a drawn area", "l": "along a drawn line"}
    return f"Where: {kinds[drawn.kind]} ({drawn.text()})" if drawn else ""


def _set(value: Any) -> Any:
    assert value is not None
    return value


_ONE: dict[str, Callable[[Ask], str]] = {
    "date_from": _days,
    "toll_least": _killed,
    "area": _area,
    "words": lambda ask: f"Words in the report: {layers.clip(ask.words)}",
    "as_of": lambda ask: f"As it was known on {words.day(_set(ask.as_of))}",
}
_MANY: dict[str, tuple[str, Callable[[Any], str]]] = {
    "types": ("Kind of event", lambda one: words.event(one).label),
    "statuses": ("Told as", lambda one: words.STATUS.get(one, one)),
    "grades": ("How well borne out", lambda one: one.replace("_", " ").capitalize()),
    "precisions": ("How exact the place is", lambda one: words.WHERE.get(one, str(one))),
    "publishers": ("Publisher", str),
    "countries": ("Country", lambda one: words.country(one) or one),
    "provinces": ("Province", province),
    "reviewed": ("Looked at", lambda one: filters.REVIEWED.get(one, one)),
}


def span(answer: Answer) -> str:
    """The days that the shown lie in: "3 Mar 2016 – 20 Sep 2016"; says so where none has a date."""
    starts, rows = answer.starts(), answer.held.rows
    if not len(starts):
        return "no dates"
    return words.days(day_of(int(starts.min())), day_of(int(rows.end[answer.rows].max())))

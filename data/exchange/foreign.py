"""A row of another data set as an incident of its own: nothing is extracted, every value is the row's.

The row becomes the report's text, its notes first and then a line a column, so that each value has its words and
nothing of the row is lost.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from data.exchange.checked import MOST
from data.registry import load_registry
from extract.errors import InputError
from extract.read import fields
from extract.read.records import Defaults
from extract.records import Report, Span
from extract.registry import PartyMention, slug, words_of

Json = dict[str, Any]

# Where the truth lies nine times in ten, by UCDP's where_prec, for a source that gives a point and no radius: the
# 90th percentile of what the bundled gazetteer's towns, districts, provinces and regions reach; 2 is by definition.
RADIUS_KM = {1: 2.4, 2: 25.0, 3: 40.0, 4: 251.0, 5: 1500.0, 6: 973.0, 7: 1500.0}
# The row says it outright; nothing was read that could be misread.
CONFIDENCE = 1.0
OTHER = "other"

_YEARS = re.compile(r"\s*\([^()]*\)\s*$")
_STATE_BODY = re.compile(r"(?:the )?(military|police|government|security)(?: forces)? of (?:the )?(.+)", re.I)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A report with one incident of the contract that belongs to it."""

    report: Report
    record: Json


@dataclass(frozen=True, slots=True)
class Source:
    """The data set that rows come from: its name among the stored ids, and the one to credit."""

    name: str
    publisher: str


class Sheet:
    """A row written out as text. ``span`` is where a column's value stands in it."""

    def __init__(self, cells: Mapping[str, str], notes: str) -> None:
        self.cells = {name: value.strip() for name, value in cells.items() if value.strip()}
        parts, self._spans, at = [], {}, 0
        body = self.cells.get(notes, "")
        if body:
            self._spans[notes], at = Span(0, len(body)), len(body) + 2
            parts.append(body + "\n\n")
        for name, value in self.cells.items():
            if name != notes:
                start = at + len(name) + 2
                self._spans[name] = Span(start, start + len(value))
                parts.append(f"{name}: {value}\n")
                at = start + len(value) + 1
        self.text = "".join(parts)
        self.evidence = self._spans.get(notes, Span(0, len(self.text)))

    def get(self, *names: str) -> str | None:
        """The first of the columns that has a value."""
        return next((self.cells[name] for name in names if name in self.cells), None)

    def need(self, name: str) -> str:
        """The column's value; raises InputError where it is blank."""
        if name not in self.cells:
            raise InputError(f"'{name}' is blank")
        return self.cells[name]

    def words(self, *names: str) -> Json:
        """``text`` and ``span`` of the first of the columns that has a value."""
        name = next(name for name in names if name in self.cells)
        span = self._spans[name]
        return {"text": self.cells[name], "span": {"start": span.start, "end": span.end}}

    def count(self, *names: str) -> int | None:
        """A whole number that is not negative; None where it is blank."""
        value = self.number(*names)
        if value is not None and not (0 <= value <= MOST and value == int(value)):
            raise InputError(f"'{names[0]}' is {ascii(self.get(*names))[:40]}, not a whole number from 0")
        return None if value is None else int(value)

    def number(self, *names: str) -> float | None:
        """A number, None where it is blank; raises InputError where it is none."""
        value = self.get(*names)
        try:
            found = None if value is None else float(value)
        except ValueError:
            found = math.nan
        if found is not None and not math.isfinite(found):
            raise InputError(f"'{names[0]}' is {ascii(value)[:40]}, not a number")
        return found

    def code(self, name: str, most: int) -> int:
        """A code from 1 to ``most``."""
        found = self.count(name)
        if found is None or not 1 <= found <= most:
            raise InputError(f"'{name}' is {ascii(self.cells.get(name, ''))[:40]}, not a code from 1 to {most}")
        return found


def loaded(sheet: Sheet, source: Source, id: str, incident: Json, *, title: str | None, url: str | None) -> Loaded:
    """The report of a row and its one incident, whose ids are the source's own behind its name."""
    own = f"{source.name}:{id}"
    row = {"id": own, "text": sheet.text, "title": title, "url": url, "publisher": source.publisher}
    report = fields.report(row, Defaults())
    blank: Json = dict.fromkeys(("killed_low", "killed_high", "wounded_low", "wounded_high"))
    record = {
        "id": own,
        "report_id": own,
        "event_type": OTHER,
        "status": "occurred",
        "background": False,
        "primary": True,
        "date": None,
        "place": None,
        **{name: [] for name in ("actors", "weapons", "casualties")},
        **blank,
        "claims": [],
        "evidence": [{"start": sheet.evidence.start, "end": sheet.evidence.end}],
        "confidence": CONFIDENCE,
        "tags": [],
        "source": {"name": source.publisher, "id": id},
        **incident,
    }
    return Loaded(report, record)


def date(start: dt.date, end: dt.date, precision: int, words: Json) -> Json:
    """The contract's date; raises InputError where it ends before it begins."""
    if end < start:
        raise InputError(f"the date ends ({end}) before it begins ({start})")
    return {"start": start.isoformat(), "end": end.isoformat(), "precision": precision, "basis": "stated", **words}


def point(sheet: Sheet, lat: Iterable[str], lon: Iterable[str]) -> tuple[float, float] | None:
    """Latitude and longitude, None where both are blank; raises InputError where they are no place on the earth."""
    north, east = sheet.number(*lat), sheet.number(*lon)
    if north is None and east is None:
        return None
    if north is None or east is None:
        raise InputError("has only one of latitude and longitude")
    if not (abs(north) <= 90 and abs(east) <= 180):
        raise InputError(
            f"{north}, {east} is not on the earth: latitude goes from -90 to 90, longitude from -180 to 180"
        )
    if north == 0 and east == 0:
        raise InputError("0, 0 is no known place; leave both coordinates blank where they are not known")
    return north, east


def place(
    where_: tuple[float, float], name: str, precision: int, words: Json, *, radius_km: float | None = None, **rest: Any
) -> Json:
    """The contract's place."""
    return {
        "name": name,
        **words,
        "lat": round(where_[0], 6),
        "lon": round(where_[1], 6),
        "radius_km": RADIUS_KM[precision] if radius_km is None else radius_km,
        "where_precision": precision,
        "relation": None,
        **{"admin1": None, "admin2": None, "country_code": None, "feature": None, "gazetteer_id": None},
        "method": "given by the source",
        "score": CONFIDENCE,
        "dispute": None,
        "alternates": [],
        **rest,
    }


def actor(name: str, role: str, words: Json, *, kind: str, country: str | None, alleged_by: str | None = None) -> Json:
    """The contract's actor: the registry's party where it has the name, else one of the ``kind`` that is given."""
    known = party(name, country)
    bare = _YEARS.sub("", name)
    named = (
        {"id": known.id, "name": known.name, "kind": known.kind}
        if known
        else {"id": slug(bare) or "unnamed", "name": bare or name, "kind": kind}
    )
    return {**named, "role": role, "alleged_by": alleged_by, **words}


@lru_cache(maxsize=20_000)
def party(name: str, country: str | None) -> PartyMention | None:
    """The registry's party that a source's name means; the years or the country behind it in brackets are no part."""
    registry, bare = load_registry(), _YEARS.sub("", name).strip()
    words = words_of(bare)
    if not words:
        return None
    found = registry.named(words, 0, country)
    if found and found[0] == len(words):
        known = registry.parties[found[1]]
        return PartyMention(Span(0, 0), name, known.id, known.name, known.kind, known.country)
    body = _STATE_BODY.fullmatch(bare)
    code = country_code(body[2]) if body else None
    return registry.state_party(body[1].lower(), code) if body and code else None


@lru_cache(maxsize=2_000)
def country_code(name: str | None) -> str | None:
    """ISO 3166-1 alpha-2 code of a country's name, an earlier name behind it in brackets left out; None if unknown."""
    words = words_of(_YEARS.sub("", name or ""))
    found = load_registry().country_name(words, 0) if words else None
    return found[1] if found and found[0] == len(words) else None


def killed(low: int | None, high: int | None, words: Json, *, victims: str, kind: str = "unknown", **rest: Any) -> Json:
    """One figure of the dead, in the source's own voice unless ``claimed_by`` is given."""
    if low is not None and high is not None and high < low:
        raise InputError(f"the highest toll ({high}) is below the lowest ({low})")
    figure = {"outcome": "killed", "low": low, "high": high, "victims": victims, "victim_kind": kind}
    return {**figure, "side": None, "claimed_by": None, "part": False, **rest, **words}

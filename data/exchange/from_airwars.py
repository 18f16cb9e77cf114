"""Airwars-style rows as incidents: strikes with the lowest and highest toll reported and conceded.

Column names differ from one Airwars file to the next; each field knows the ones in use.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from data.exchange import foreign
from data.exchange.dates import Dates
from data.exchange.foreign import Loaded, Sheet, Source

Json = dict[str, Any]

NAME, PUBLISHER = "airwars", "Airwars"
IDS = ("unique_reference_code", "incident_code", "code")
_DAYS, _LAST_DAYS = ("incident_date", "date"), ("end_date", "date_end")
DATES = (*_DAYS, *_LAST_DAYS)
_TYPES = (
    ("drone", "drone_strike"),
    ("artillery", "shelling"),
    ("airstrike", "air_strike"),
    ("air strike", "air_strike"),
)
# Words of ``location_accuracy`` -> where_prec and radius in km, None where the precision's own will do.
_ACCURACY = (
    ("province", 4, None),
    ("governorate", 4, None),
    ("district", 3, None),
    ("country", 6, None),
    ("exact", 1, 0.1),
    ("100m", 1, 0.1),
    ("street", 1, 0.5),
    ("neighbo", 1, 1.0),
    ("village", 1, None),
    ("town", 1, None),
    ("city", 1, 10.0),
)
_UNTOLD = (2, None)
_REPORTED = ("civilians_reported_killed", "civilian_deaths")
_RANGE = re.compile(r"(\d+)(?:\s*(?:-|–|to)\s*(\d+))?", re.ASCII)


def missing(columns: Collection[str]) -> list[str]:
    """The columns that a file of this kind cannot do without and has not."""
    wanted = (IDS, _DAYS, ("latitude", "lat"), ("longitude", "lon", "lng"))
    return [names[0] for names in wanted if not any(name in columns for name in names)]


def convert(cells: Mapping[str, str], dates: Dates, source: Source) -> Loaded:
    """The row's incident; raises InputError with the reason where a value makes no sense."""
    sheet = Sheet(cells, "summary")
    id = sheet.get(*IDS) or sheet.need(IDS[0])
    code = foreign.country_code(sheet.get("country"))
    sides = _belligerents(sheet, code)
    figures = _figures(sheet, sides)
    lows = [figure["low"] for figure in figures if figure["low"] is not None]
    highs = [figure["high"] for figure in figures if figure["high"] is not None]
    grade = sheet.get("airwars_grading", "grading", "strength_of_evidence", "assessment")
    found = {
        "event_type": _type(sheet.get("strike_type", "type_of_strike") or ""),
        "date": _date(sheet, dates),
        "place": _place(sheet, code),
        "actors": sides,
        "casualties": figures,
        "killed_low": min(lows, default=None),
        "killed_high": max(highs, default=None),
        "tags": [f"Airwars grading: {grade}"] if grade else [],
    }
    url = sheet.get("permalink", "url", "link")
    return foreign.loaded(sheet, source, id, found, title=sheet.get("title"), url=url)


def _type(told: str) -> str:
    """The type of strike; an attack where none is told, or more than one."""
    named = {name for word, name in _TYPES if word in told.lower()}
    return named.pop() if len(named) == 1 else "attack"


def _date(sheet: Sheet, dates: Dates) -> Json | None:
    first = sheet.get(*_DAYS)
    if first is None:
        return None
    start = dates.read(first)
    last = sheet.get(*_LAST_DAYS)
    end = dates.read(last) if last else start
    days = (end - start).days + 1
    precision = 1 if days == 1 else 2 if days < 7 else 3 if days == 7 else 4 if days <= 31 else 5
    return foreign.date(start, end, precision, sheet.words(*_DAYS))


def _place(sheet: Sheet, code: str | None) -> Json | None:
    at = foreign.point(sheet, ("latitude", "lat"), ("longitude", "lon", "lng"))
    if at is None:
        return None
    told = (sheet.get("location_accuracy", "geolocation_accuracy") or "").lower()
    precision, radius = next(((p, r) for word, p, r in _ACCURACY if word in told), _UNTOLD)
    names = ("location", "location_name", "country", "latitude", "lat")
    words = sheet.words(*names)
    return foreign.place(at, words["text"], precision, words, radius_km=radius, country_code=code)


def _belligerents(sheet: Sheet, code: str | None) -> list[Json]:
    """Who is said to have struck: Airwars collects allegations."""
    names = ("belligerents", "belligerent", "alleged_belligerent", "military_actor")
    told = sheet.get(*names)
    parts = [part.strip() for part in (told or "").split(",") if part.strip()]
    words = sheet.words(*names) if parts else {}
    return [
        foreign.actor(name, "perpetrator", words, kind="military", country=code, alleged_by=PUBLISHER)
        for name in parts
        if name.lower() != "unknown"
    ]


def _figures(sheet: Sheet, sides: list[Json]) -> list[Json]:
    """Civilian deaths as reported, and as the belligerent concedes them; that none are conceded is no figure."""
    found = []
    reported = next((r for r in (_range(sheet, stem) for stem in _REPORTED) if r[2]), (None, None, None))
    conceded = _range(sheet, "civilian_deaths_conceded")
    for (low, high, column), speaker in (
        (reported, None),
        (conceded, sides[0]["name"] if sides else "the belligerent"),
    ):
        if column and (speaker is None or high):
            words = sheet.words(column)
            found.append(foreign.killed(low, high, words, victims="civilians", kind="civilian", claimed_by=speaker))
    return found


def _range(sheet: Sheet, stem: str) -> tuple[int | None, int | None, str | None]:
    """Lowest, highest and the column they stand in; None where there is none."""
    low, high = sheet.count(f"{stem}_min"), sheet.count(f"{stem}_max")
    if low is not None or high is not None:
        return low, high, f"{stem}_min" if low is not None else f"{stem}_max"
    told = _RANGE.fullmatch(sheet.get(stem) or "")
    return (int(told[1]), int(told[2] or told[1]), stem) if told else (None, None, None)

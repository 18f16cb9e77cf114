"""ACLED-style rows as incidents; precision codes are mapped, ids kept, parties looked up in the registry."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

from data.exchange import acled, foreign, where
from data.exchange.dates import Dates
from data.exchange.foreign import OTHER, Loaded, Sheet, Source

Json = dict[str, Any]

NAME, PUBLISHER = "acled", "ACLED"
REQUIRED = ("event_id_cnty", "event_date", "event_type", "sub_event_type", "actor1", "latitude", "longitude")
DATES = ("event_date",)
# The first type of the vocabulary under a sub-event type stands for it, but for these, whose first is too narrow.
_BROAD = {
    "Air/drone strike": "air_strike",
    "Shelling/artillery/missile attack": "shelling",
    "Remote explosive/landmine/IED": "bombing",
    "Armed clash": "armed_clash",
    "Attack": "attack",
    "Looting/property destruction": "property_destruction",
    "Agreement": "agreement",
    "Other": OTHER,
}
# geo_precision -> UCDP's where_prec; time_precision -> date_prec, and the days that it spans.
_WHERE = {1: 1, 2: 2, 3: 4}
_DAY, _WEEK, _MONTH = 1, 2, 3
_WITHIN_A_WEEK, _WITHIN_A_MONTH = 3, 4
_HALF_A_WEEK = dt.timedelta(days=3)
_KINDS = {
    **{acled.STATE: "military", acled.REBELS: "rebel", acled.MILITIA: "militia", acled.COMMUNAL: "militia"},
    **{acled.RIOTERS: "civilian", acled.PROTESTERS: "civilian", acled.CIVILIANS: "civilian", acled.OUTSIDE: "military"},
}
# The same in words, as newer files have it.
_INTER_WORDS = {
    "state forces": acled.STATE,
    "rebel group": acled.REBELS,
    "political militia": acled.MILITIA,
    "identity militia": acled.COMMUNAL,
    "rioters": acled.RIOTERS,
    "protesters": acled.PROTESTERS,
    "civilians": acled.CIVILIANS,
    "external/other forces": acled.OUTSIDE,
}
# What one side does to the other; in all else both take part.
_ONE_WAY = {"Explosions/Remote violence", "Violence against civilians"}
_ONE_WAY_SUB = {"Arrests"}


def missing(columns: Collection[str]) -> list[str]:
    """The columns that a file of this kind cannot do without and has not."""
    return [name for name in REQUIRED if name not in columns]


def convert(cells: Mapping[str, str], dates: Dates, source: Source) -> Loaded:
    """The row's incident; raises InputError with the reason where a value makes no sense."""
    sheet = Sheet(cells, "notes")
    id, code = sheet.need("event_id_cnty"), _country(sheet)
    dead = sheet.count("fatalities")
    figures = [foreign.killed(dead, dead, sheet.words("fatalities"), victims="people")] if dead is not None else []
    found = {
        "event_type": types().get(sheet.need("sub_event_type"), OTHER),
        "date": _date(sheet, dates),
        "place": _place(sheet, code),
        "actors": [*_actors(sheet, 1, code), *_actors(sheet, 2, code)],
        "casualties": figures,
        "killed_low": dead,
        "killed_high": dead,
        "tags": [tag.strip() for tag in (sheet.get("tags") or "").split(";") if tag.strip()],
    }
    return foreign.loaded(sheet, source, id, found, title=None, url=None)


@cache
def types() -> Mapping[str, str]:
    """Sub-event type -> event type of the vocabulary."""
    found: dict[str, str] = {}
    for name, (_, sub) in acled.types().items():
        found.setdefault(sub, name)
    return {**found, **_BROAD}


def _country(sheet: Sheet) -> str | None:
    return _by_number().get(sheet.count("iso") or 0) or foreign.country_code(sheet.get("country"))


@cache
def _by_number() -> Mapping[int, str]:
    return {one.numeric: one.iso2 for one in where.countries().values() if one.numeric}


def _date(sheet: Sheet, dates: Dates) -> Json:
    """The days that the reference date stands for: itself, the week around it, or its month."""
    day = dates.read(sheet.need("event_date"))
    words = sheet.words("event_date")
    precision = sheet.code("time_precision", _MONTH) if sheet.get("time_precision") else _DAY
    if precision == _WEEK:
        return foreign.date(day - _HALF_A_WEEK, day + _HALF_A_WEEK, _WITHIN_A_WEEK, words)
    if precision == _MONTH:
        last = calendar.monthrange(day.year, day.month)[1]
        return foreign.date(day.replace(day=1), day.replace(day=last), _WITHIN_A_MONTH, words)
    return foreign.date(day, day, _DAY, words)


def _place(sheet: Sheet, code: str | None) -> Json | None:
    at = foreign.point(sheet, ("latitude",), ("longitude",))
    if at is None:
        return None
    precision = _WHERE[sheet.code("geo_precision", len(_WHERE))] if sheet.get("geo_precision") else 2
    names = ("location", "admin3", "admin2", "admin1", "country", "latitude")
    divisions: Json = {name: sheet.get(name) for name in ("admin1", "admin2")}
    return foreign.place(at, sheet.get(*names) or "", precision, sheet.words(*names), country_code=code, **divisions)


def _actors(sheet: Sheet, number: int, code: str | None) -> list[Json]:
    """The named party of a side and those with it."""
    one_way = sheet.get("event_type") in _ONE_WAY or sheet.get("sub_event_type") in _ONE_WAY_SUB
    role = ("perpetrator" if number == 1 else "target") if one_way else "participant"
    found = []
    for column in (f"actor{number}", f"assoc_actor_{number}"):
        for name in (part.strip() for part in (sheet.get(column) or "").split(";")):
            if name:
                kind = _kind(sheet, number) if column == f"actor{number}" else "unidentified"
                found.append(foreign.actor(name, role, sheet.words(column), kind=kind, country=code))
    return found


def _kind(sheet: Sheet, number: int) -> str:
    told = sheet.get(f"inter{number}") or ""
    code = _INTER_WORDS.get(told.lower()) or (int(told) if told.isdecimal() else 0)
    return _KINDS.get(code, "unidentified")

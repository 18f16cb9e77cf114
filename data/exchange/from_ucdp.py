"""UCDP GED-style rows as incidents; its precision codes are the contract's own."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

from data.exchange import foreign, ucdp, where
from data.exchange.dates import Dates
from data.exchange.foreign import Loaded, Sheet, Source
from extract.errors import InputError

Json = dict[str, Any]

NAME, PUBLISHER = "ucdp-ged", "UCDP GED"
REQUIRED = tuple(
    "id type_of_violence side_a side_b where_prec latitude longitude date_prec date_start date_end best high "
    "low".split()
)
DATES = ("date_start", "date_end")
_TYPES = {ucdp.STATE_BASED: "armed_clash", ucdp.NON_STATE: "armed_clash", ucdp.ONE_SIDED: "killing"}
_WHERE_CODES, _DATE_CODES = 7, 5


def missing(columns: Collection[str]) -> list[str]:
    """The columns that a file of this kind cannot do without and has not."""
    return [name for name in REQUIRED if name not in columns]


def convert(cells: Mapping[str, str], dates: Dates, source: Source) -> Loaded:
    """The row's incident; raises InputError with the reason where a value makes no sense."""
    sheet = Sheet(cells, "source_article")
    violence = sheet.code("type_of_violence", len(_TYPES))
    code = _country(sheet)
    a, b = _side(sheet, "side_a", violence, code), _side(sheet, "side_b", violence, code)
    words = {**sheet.words("date_start"), "text": f"{sheet.need('date_start')} to {sheet.need('date_end')}"}
    start, end = dates.read(sheet.need("date_start")), dates.read(sheet.need("date_end"))
    figures = _figures(sheet, a["id"], b["id"])
    found = {
        "event_type": _TYPES[violence],
        "date": foreign.date(start, end, sheet.code("date_prec", _DATE_CODES), words),
        "place": _place(sheet, code),
        "actors": [a, b],
        "casualties": figures,
        "killed_low": figures[0]["low"] if figures else None,
        "killed_high": figures[0]["high"] if figures else None,
    }
    return foreign.loaded(sheet, source, sheet.need("id"), found, title=sheet.get("source_headline"), url=None)


def _side(sheet: Sheet, column: str, violence: int, code: str | None) -> Json:
    role = {"side_a": "perpetrator", "side_b": "target"}[column] if violence == ucdp.ONE_SIDED else "participant"
    name, words = sheet.need(column), sheet.words(column)
    kind = "civilian" if name == ucdp.CIVILIANS else "military" if name.startswith("Government of") else "rebel"
    return foreign.actor(name, role, words, kind=kind, country=code)


def _figures(sheet: Sheet, a: str, b: str) -> list[Json]:
    """The toll with its range, and the shares of it that are told."""
    low, high, best = (sheet.count(name) for name in ("low", "high", "best"))
    if low is None and high is None and best is None:
        return []
    if best is not None and not (low or 0) <= best <= (best if high is None else high):
        raise InputError(f"the best estimate ({best}) is not between the lowest ({low}) and the highest ({high})")
    whole = foreign.killed(low, high, sheet.words("best", "low", "high"), victims="people", best=best)
    parts = (("deaths_a", "combatant", a), ("deaths_b", "combatant", b), ("deaths_civilians", "civilian", None))
    found = [whole]
    for column, kind, side in parts:
        count = sheet.count(column)
        if count:
            words = sheet.words(column)
            found.append(foreign.killed(count, count, words, victims="people", kind=kind, side=side, part=True))
    return found


def _place(sheet: Sheet, code: str | None) -> Json | None:
    at, precision = foreign.point(sheet, ("latitude",), ("longitude",)), sheet.code("where_prec", _WHERE_CODES)
    if at is None:
        return None
    names = ("where_coordinates", "where_description", "adm_2", "adm_1", "country", "latitude")
    divisions: Json = {"admin1": sheet.get("adm_1"), "admin2": sheet.get("adm_2")}
    return foreign.place(at, sheet.get(*names) or "", precision, sheet.words(*names), country_code=code, **divisions)


def _country(sheet: Sheet) -> str | None:
    return _by_number().get(sheet.get("country_id") or "") or foreign.country_code(sheet.get("country"))


@cache
def _by_number() -> Mapping[str, str]:
    return {str(one.gw): one.iso2 for one in where.countries().values() if one.gw}

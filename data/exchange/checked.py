"""An incident that comes from a file, checked against the contract before it may enter the store."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import Any, get_args

from extract.errors import InputError
from extract.read import fields
from extract.records import Outcome, Role, Status, VictimKind

Json = dict[str, Any]
# The largest number that the store's integer columns hold on every database.
MOST = 2_147_483_647
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
Check = Callable[[Any], bool]
_LISTS = ("actors", "weapons", "casualties", "claims", "evidence")
_TOLLS = ("killed_low", "killed_high", "wounded_low", "wounded_high")


def incident(found: Any, text: str) -> Json:
    """The incident as it is; raises InputError naming the field that the contract does not allow.

    ``text`` is the report's, which every span must lie in.
    """
    _fields("the incident", found, _INCIDENT)
    if found["date"] is not None:
        _fields("'date'", found["date"], _DATE)
        _days(found["date"])
    if found["place"] is not None:
        _fields("'place'", found["place"], _PLACE)
    for name in _LISTS[:-1]:
        for one in found[name]:
            _fields(f"an entry of '{name}'", one, _ENTRIES[name])
    _walk(found, len(text))
    return dict(found)


def _fields(what: str, found: Any, checks: Mapping[str, Check]) -> None:
    if not isinstance(found, dict):
        raise InputError(f"{what} is no JSON object")
    for name, fits in checks.items():
        if name not in found:
            raise InputError(f"{what} has no '{name}'")
        if not fits(found[name]):
            raise InputError(f"{what} has {ascii(found[name])[:60]} as '{name}'")


def _days(date: Json) -> None:
    start, end = fields.day(date["start"]), fields.day(date["end"])
    if (start.isoformat(), end.isoformat()) != (date["start"], date["end"]):
        raise InputError("the date has a time of day; it is days that are kept")
    if end < start:
        raise InputError(f"the date ends ({end}) before it begins ({start})")


def _walk(found: Any, length: int) -> None:
    """Raise where a span, however deep, does not lie in the text, or words cannot be stored."""
    if isinstance(found, list):
        for one in found:
            _walk(one, length)
    elif isinstance(found, dict):
        if found.keys() == {"start", "end"} and isinstance(found["start"], int):
            if not 0 <= found["start"] <= found["end"] <= length:
                raise InputError(f"a span ({found['start']} to {found['end']}) lies outside the report's text")
        else:
            for one in found.values():
                _walk(one, length)
    elif isinstance(found, str) and _UNSTORABLE.search(found):
        raise InputError("holds a character that no text has (NUL, or half of a pair)")


def _text(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= fields.MAX_BYTES


def _words(value: Any) -> bool:
    return isinstance(value, str)


def _truth(value: Any) -> bool:
    return isinstance(value, bool)


def _count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST


def _between(low: float, high: float) -> Check:
    def fits(value: Any) -> bool:
        number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        return bool(number and low <= value <= high)

    return fits


def _code(most: int) -> Check:
    return lambda value: _count(value) and 1 <= value <= most


def _one_of(kind: Any) -> Check:
    allowed = get_args(kind)
    return lambda value: value in allowed


def _or_none(fits: Check) -> Check:
    return lambda value: value is None or fits(value)


def _listed(value: Any) -> bool:
    return isinstance(value, list)


def _span(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() == {"start", "end"} and all(map(_count, value.values()))


# What a person set by hand has no words of the report behind it.
_SAID = {"text": _words, "span": _or_none(_span)}
_INCIDENT: Mapping[str, Check] = {
    **dict.fromkeys(("id", "report_id", "event_type"), _text),
    **{"status": _one_of(Status), "background": _truth, "primary": _truth},
    **{"date": lambda _: True, "place": lambda _: True},
    **dict.fromkeys(_LISTS, _listed),
    **{name: _or_none(_count) for name in _TOLLS},
    "confidence": _between(0, 1),
}
_DATE: Mapping[str, Check] = {
    **{"start": _text, "end": _text, "precision": _code(5), "basis": _text, "text": _words, "span": _or_none(_span)}
}
_PLACE: Mapping[str, Check] = {
    **{
        "name": _or_none(_words),
        "lat": _between(-90, 90),
        "lon": _between(-180, 180),
        "radius_km": _between(0, 20_100),
    },
    **{"where_precision": _code(7), "country_code": _or_none(_text), "method": _text, "score": _between(0, 1)},
    **{"admin1": _or_none(_words), "admin2": _or_none(_words), "gazetteer_id": _or_none(_text), "alternates": _listed},
    **_SAID,
}
_ENTRIES: Mapping[str, Mapping[str, Check]] = {
    "actors": {
        "id": _text,
        "name": _text,
        "kind": _text,
        "role": _one_of(Role),
        "alleged_by": _or_none(_text),
        **_SAID,
    },
    "weapons": {"name": _text, "kind": _text, "count": _or_none(_count), **_SAID},
    "casualties": {
        **{"outcome": _one_of(Outcome), "low": _or_none(_count), "high": _or_none(_count), "victims": _words},
        **{"victim_kind": _one_of(VictimKind), "side": _or_none(_text), "claimed_by": _or_none(_text)},
        **_SAID,
    },
    "claims": {"speaker": _words, "stance": _text, "about": _or_none(_text), **_SAID},
}

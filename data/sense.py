"""Whether a record makes sense: its numbers possible, its words among those of the contract. Pure, no store."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Collection
from typing import Any

from extract.errors import InputError

Json = dict[str, Any]

# Half the Earth's circumference.
_FARTHEST_KM = 20_038.0
# What a 32-bit column holds, and a fair bound for the toll of one incident.
_MOST_PEOPLE = 2_000_000_000
_LONGEST = 2_000
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_ONE_OF: dict[str, Collection[Any]] = {
    "status": ("occurred", "disputed", "denied", "planned", "hypothetical"),
    "background": (True, False),
    "role": ("perpetrator", "target", "participant"),
    "outcome": ("killed", "wounded", "missing", "abducted", "detained", "displaced"),
    "victim_kind": ("civilian", "combatant", "unknown"),
    "stance": ("asserts", "admits", "denies", "blames", "justifies"),
}
# Texts in items of lists, and whether they may be left open.
_TEXTS = {
    **dict.fromkeys(("id", "name", "kind", "speaker"), False),
    **dict.fromkeys(("alleged_by", "side", "claimed_by", "about", "victims"), True),
}
_RANGES = {f"{o}_{end}": (f"{o}_low", f"{o}_high") for o in ("killed", "wounded") for end in ("low", "high")}
_ITEMS = ("actors", "weapons", "casualties", "claims")


def check(record: Json, fields: Collection[str], *, event_types: Collection[str]) -> None:
    """Raise InputError, with the field and the reason, where one of these fields of a record makes no sense."""
    for name in fields:
        value = record.get(name)
        if name == "event_type":
            _among(name, value, event_types)
        elif name in _ONE_OF:
            _among(name, value, _ONE_OF[name])
        elif name == "date" and value is not None:
            _check_date(value)
        elif name == "place" and value is not None:
            _check_place(value)
        elif name in _RANGES:
            _check_range(record, *_RANGES[name], "")
        elif name in _ITEMS:
            for n, item in enumerate(value or ()):
                _check_item(f"{name}[{n}].", item)
        elif name == "tags":
            _check_tags(value or [])


def _check_date(date: Json) -> None:
    start, end = (day(f"date.{side}", date[side]) for side in ("start", "end"))
    if end < start:
        raise InputError(f"date.end: {end} is before the start, {start}")
    _among("date.precision", date["precision"], range(1, 6))


def _check_place(place: Json) -> None:
    for name, least, most in (("lat", -90, 90), ("lon", -180, 180), ("radius_km", 0, _FARTHEST_KM)):
        value = number(f"place.{name}", place[name])
        if not least <= value <= most:
            raise InputError(f"place.{name}: {value:g} is not between {least:g} and {most:g}")
    _among("place.where_precision", place["where_precision"], range(1, 8))
    code = place["country_code"]
    if code is not None and not (isinstance(code, str) and re.fullmatch("[A-Z]{2}", code)):
        raise InputError(f"place.country_code: {code!r} is not two capital letters (ISO 3166-1 alpha-2)")
    for name in ("name", "admin1", "admin2", "feature", "gazetteer_id", "dispute"):
        text(f"place.{name}", place.get(name), optional=True)


def _check_item(where: str, item: Json) -> None:
    for name, value in item.items():
        if name in _ONE_OF:
            _among(where + name, value, _ONE_OF[name])
        elif name in _TEXTS:
            text(where + name, value, optional=_TEXTS[name])
    if "low" in item:
        _check_range(item, "low", "high", where)
    if "count" in item:
        _whole(f"{where}count", item["count"])


def _check_range(record: Json, low: str, high: str, where: str) -> None:
    least, most = (_whole(where + name, record.get(name)) for name in (low, high))
    if least is not None and most is not None and most < least:
        raise InputError(f"{where}{high}: {most} is less than {low}, {least}")


def _check_tags(tags: list[Any]) -> None:
    for n, tag in enumerate(tags):
        text(f"tags[{n}]", tag, optional=False)


def _among(name: str, value: Any, allowed: Collection[Any]) -> None:
    # True is 1 to Python, yet no precision; and 1 no truth.
    if not any(value == one and type(value) is type(one) for one in allowed):
        shown = ", ".join(map(str, allowed)) if len(allowed) < 10 else "an event type of data/lexicon/event_types.csv"
        raise InputError(f"{name}: {_shown(value)} is not {'one of ' if len(allowed) < 10 else ''}{shown}")


def _whole(name: str, value: Any) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool):
        raise InputError(f"{name}: {_shown(value)} is not a whole number")
    if not 0 <= value <= _MOST_PEOPLE:
        raise InputError(f"{name}: {value} is {'negative' if value < 0 else 'more than there are people'}")
    return value


def number(name: str, value: Any) -> float:
    """The value where it is a finite number; else raises InputError."""
    if value is None:
        raise InputError(f"{name}: is needed where a place is given")
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not math.isfinite(value):
        raise InputError(f"{name}: {_shown(value)} is not a number")
    return value


def day(name: str, value: Any) -> dt.date:
    """The day that an ISO 8601 text names; else raises InputError."""
    if value is None:
        raise InputError(f"{name}: is needed where a date is given")
    try:
        return dt.date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise InputError(f"{name}: {_shown(value)} is not a day like 2016-09-17") from error


def text(name: str, value: Any, *, optional: bool) -> None:
    """Raise InputError where the value is no text that can be kept; an optional one may be None or blank."""
    if value is None and optional:
        return
    if not isinstance(value, str):
        raise InputError(f"{name}: {'is needed' if value is None else _shown(value) + ' is not text'}")
    if not optional and not value.strip():
        raise InputError(f"{name}: must not be blank")
    if len(value) > _LONGEST or _UNSTORABLE.search(value):
        raise InputError(f"{name}: is longer than {_LONGEST} characters or has some that cannot be stored")


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:60]}…"

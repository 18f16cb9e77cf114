"""GeoJSON points of geolocated events, as Bellingcat, GeoConfirmed or Eyes on Russia publish them, as incidents.

Names of properties differ from one map to the next; each field knows the ones in use. What such a map says in free
words is kept as words: no toll and no party is read out of them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from data import vocabulary
from data.exchange import foreign
from data.exchange.dates import Dates
from data.exchange.foreign import OTHER, Loaded, Sheet, Source
from extract.errors import InputError

Json = dict[str, Any]

IDS = ("id", "uuid", "entry", "event_id", "incident_id")
DATES = ("date", "verifieddate", "event_date", "incident_date")
_NOTES = ("description", "notes", "summary", "text")
_TITLES = ("title", "name", "headline")
_PLACES = ("place_desc", "location", "place", "city", "town", "province", "region", "country")
_LINKS = ("url", "link", "permalink", "source_url", "links", "sources", "source")
_TYPES = ("event_type", "type", "category")
_LAT, _LON = "latitude", "longitude"
# A point that was found on images, by a source that gives no radius: the house or the crossing, with room for error.
GEOLOCATED_KM = 1.0


def cells(element: Any) -> dict[str, str]:
    """The properties of a feature, or the members of an object of a list, as named words with the point among them.

    Raises InputError where it is no object, or its geometry is no point.
    """
    if not isinstance(element, dict):
        raise InputError("is no JSON object")
    if element.get("type") != "Feature":
        return _flat(element)
    properties = element.get("properties")
    found = _flat(properties) if isinstance(properties, dict) else {}
    if "id" in element and element["id"] is not None:
        found["id"] = _words(element["id"])
    return {**found, **_point(element.get("geometry"))}


def convert(row: Mapping[str, str], dates: Dates, source: Source) -> Loaded:
    """The feature's incident; raises InputError with the reason where a value makes no sense."""
    notes = next((name for name in _NOTES if row.get(name, "").strip()), _NOTES[0])
    sheet = Sheet(row, notes)
    id = sheet.get(*IDS)
    if id is None:
        raise InputError(f"has no id: one of {', '.join(IDS)} is needed to know it again")
    found = {
        "event_type": _types().get((sheet.get(*_TYPES) or "").lower(), OTHER),
        "date": _date(sheet, dates),
        "place": _place(sheet),
    }
    return foreign.loaded(sheet, source, id, found, title=sheet.get(*_TITLES), url=_link(sheet))


def _date(sheet: Sheet, dates: Dates) -> Json | None:
    told = sheet.get(*DATES)
    if told is None:
        return None
    day = dates.read(told)
    return foreign.date(day, day, 1, sheet.words(*DATES))


def _place(sheet: Sheet) -> Json | None:
    at = foreign.point(sheet, (_LAT,), (_LON,))
    if at is None:
        return None
    words = sheet.words(*_PLACES, _LAT)
    code = foreign.country_code(sheet.get("country"))
    province = sheet.get("province", "region", "admin1")
    return foreign.place(at, words["text"], 1, words, radius_km=GEOLOCATED_KM, country_code=code, admin1=province)


def _link(sheet: Sheet) -> str | None:
    """The first address among the links."""
    told = " ".join(sheet.cells[name] for name in _LINKS if name in sheet.cells)
    return next((word for word in told.split() if word.startswith(("http://", "https://"))), None)


def _flat(members: Json) -> dict[str, str]:
    return {str(name).lower(): _words(value) for name, value in members.items() if value is not None}


def _words(value: Any) -> str:
    """The value as words: a list of links or of objects with a path becomes the addresses."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return " ".join(
            _words(one.get("path") or one.get("url") or one) if isinstance(one, dict) else _words(one) for one in value
        )
    return json.dumps(value, ensure_ascii=False)


def _point(geometry: Any) -> dict[str, str]:
    """The coordinates of a point; none where there is no geometry."""
    if geometry is None:
        return {}
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind != "Point":
        raise InputError(f"its geometry is {ascii(kind)[:40]}; only points can be loaded as incidents")
    at = geometry.get("coordinates")
    if not isinstance(at, list) or len(at) < 2 or not all(_is_number(part) for part in at[:2]):
        raise InputError("its point has no two numbers as coordinates")
    return {_LON: repr(at[0]), _LAT: repr(at[1])}


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


@cache
def _types() -> Mapping[str, str]:
    """Ids and labels of the vocabulary, in lower case -> id."""
    known = vocabulary.event_types()
    return {**{label.lower(): name for name, label in known.items()}, **{name: name for name in known}}

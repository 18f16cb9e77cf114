"""What a person may change of an incident's record, completed and checked: pure, no store.

A patch is JSON in the shape of the record with the changed fields alone: ``{"killed_low": 3, "place": {"lat": 33.5}}``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from data import sense
from extract.dates import precision
from extract.errors import InputError
from extract.registry import slug
from geo.candidates import km

Json = dict[str, Any]

PLACE_FIELDS = (
    *("name", "lat", "lon", "radius_km", "where_precision", "admin1", "admin2"),
    *("country_code", "feature", "gazetteer_id", "dispute"),
)
DATE_FIELDS = ("start", "end", "precision")
TOLLS = ("killed_low", "killed_high", "wounded_low", "wounded_high")
LISTS = ("actors", "weapons", "casualties", "claims", "tags")
FIELDS = ("event_type", "status", "background", "date", "place", *LISTS, *TOLLS)
REVIEWED = "reviewed"
# UCDP's where_prec of a place that is close to a known point: the most that a pin set by hand claims unless told.
_NEAR = 2
_BLANK_PLACE = dict.fromkeys((*PLACE_FIELDS, "span", "relation")) | {"text": "", "alternates": []}
# What an item of a list has where a person does not say; no words of the report stand behind it.
_ITEM: dict[str, Json] = {
    "actors": {"name": None, "id": None, "kind": "unknown", "role": None, "alleged_by": None},
    "weapons": {"name": None, "kind": "unknown", "count": None},
    "casualties": {
        **{"outcome": None, "low": None, "high": None, "victims": "", "victim_kind": "unknown"},
        **{"side": None, "claimed_by": None, "part": False},
    },
    "claims": {"speaker": None, "stance": None, "about": None},
}
_WORDS: Json = {"text": "", "span": None}


def completed(record: Json, changes: Mapping[str, Any], *, event_types: Collection[str]) -> Json:
    """The changes as a patch that says all it changes, checked together with the record that it makes.

    Raises InputError that names the field and the reason.
    """
    patch: Json = {}
    for name, value in changes.items():
        if name not in FIELDS:
            raise InputError(f"{name}: cannot be edited; there are {', '.join(FIELDS)}")
        patch[name] = _completed(name, value, record)
    sense.check(patched(record, patch), patch.keys(), event_types=event_types)
    return patch


def patched(record: Json, patch: Json) -> Json:
    """The record with a completed patch put over it."""
    found = dict(record)
    for name, value in patch.items():
        joins = name in ("date", "place") and value is not None
        found[name] = {**(record.get(name) or (_BLANK_PLACE if name == "place" else {})), **value} if joins else value
    return found


def nested(pairs: Mapping[str, Any]) -> Json:
    """Changes by dotted names (``place.lat``) as a patch. Raises InputError where two names contradict each other."""
    found: Json = {}
    for name, value in pairs.items():
        whole, _, part = name.partition(".")
        if not part:
            found[whole] = value
            continue
        inner = found.setdefault(whole, {})
        if not isinstance(inner, dict):
            raise InputError(f"{name}: {whole} is set whole beside it")
        inner[part] = value
    return found


def _completed(name: str, value: Any, record: Json) -> Any:
    if name in ("date", "place"):
        if value is None:
            return None
        allowed = DATE_FIELDS if name == "date" else PLACE_FIELDS
        if not isinstance(value, Mapping):
            raise InputError(f"{name}: must be an object with {', '.join(allowed)}, or null")
        if unknown := sorted(value.keys() - set(allowed)):
            raise InputError(f"{name}.{unknown[0]}: cannot be edited; there are {', '.join(allowed)}")
        return (_date if name == "date" else _place)(dict(value), record.get(name))
    if name in LISTS and not isinstance(value, list):
        raise InputError(f"{name}: must be a list")
    return [_item(name, n, item, record.get(name) or []) for n, item in enumerate(value)] if name in _ITEM else value


def _date(value: Json, old: Json | None) -> Json:
    whole = {**(old or {}), **value}
    whole.setdefault("end", whole.get("start"))
    start, end = (sense.day(f"date.{side}", whole.get(side)) for side in ("start", "end"))
    if "precision" not in value:
        whole["precision"] = precision((start, end))
    whole |= {"start": start.isoformat(), "end": end.isoformat()}
    return {**{name: whole[name] for name in DATE_FIELDS}, "basis": REVIEWED, **_WORDS}


def _place(value: Json, old: Json | None) -> Json:
    if not {"lat", "lon"} & value.keys():
        return value
    whole = {**(old or _BLANK_PLACE), **value}
    lat, lon, radius = (sense.number(f"place.{name}", whole[name]) for name in ("lat", "lon", "radius_km"))
    moved = {**value, "relation": None, "method": REVIEWED, "score": 1.0}
    if old is None or km(old["lat"], old["lon"], lat, lon) > max(old["radius_km"], radius):
        # Another place: what was known of the old one does not hold for it.
        moved = {**dict.fromkeys(PLACE_FIELDS), **moved, "lat": lat, "lon": lon, "radius_km": radius}
        moved["where_precision"] = value.get("where_precision", _NEAR)
    return moved


def _item(name: str, n: int, item: Any, old: list[Json]) -> Json:
    if not isinstance(item, Mapping):
        raise InputError(f"{name}[{n}]: must be an object with {', '.join(_ITEM[name])}")
    if unknown := sorted(item.keys() - _ITEM[name].keys() - _WORDS.keys()):
        raise InputError(f"{name}[{n}].{unknown[0]}: cannot be edited; there are {', '.join(_ITEM[name])}")
    given = {key: value for key, value in item.items() if key in _ITEM[name]}
    if name == "actors" and isinstance(given.get("name"), str):
        given["id"] = given.get("id") or slug(given["name"])
    # What the machine read as the same keeps the words that it was read from.
    named = next(iter(_ITEM[name])) in given
    same = next((one for one in old if named and all(one.get(key) == value for key, value in given.items())), None)
    return dict(same) if same else {**_ITEM[name], **given, **_WORDS}

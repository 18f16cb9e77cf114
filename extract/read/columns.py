"""Tables and exports with columns of other names -> rows with the fields of a report."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping
from email.utils import parsedate_to_datetime

from extract.errors import InputError

FIELDS = ("id", "text", "title", "published", "publisher", "url", "language")
# Field -> column, of a source with these columns; empty where nothing is known of it.
Choose = Callable[[Collection[str]], Mapping[str, str]]

_EPOCH = re.compile(r"\d{10}(\d{3})?(\.\d+)?", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(T?\d{6}Z?)?", re.ASCII)


def as_named(_: Collection[str]) -> Mapping[str, str]:
    """No column is anything but what its name says."""
    return {}


def choice(text: str) -> tuple[str, str]:
    """Field and column of ``FIELD=COLUMN``; raises InputError where the field is none of a report's."""
    field, _, column = text.partition("=")
    if field.strip() not in FIELDS or not column.strip():
        raise InputError(f"{ascii(text)[:60]} is not FIELD=COLUMN; the fields are {', '.join(FIELDS)}")
    return field.strip(), column.strip()


def renamed(row: Mapping[str, object], chosen: Mapping[str, str]) -> Mapping[str, object]:
    """The row with the chosen columns under their fields; a date of another machine's form becomes ISO 8601."""
    if not chosen:
        return row
    taken = {field: _inner(row, column) for field, column in chosen.items()}
    for field in ("title", "publisher", "language"):
        if isinstance(taken.get(field), int | float):
            taken[field] = str(taken[field])
    if "published" in taken:
        taken["published"] = machine_date(taken["published"])
    return {**{name: value for name, value in row.items() if name in FIELDS}, **taken}


def machine_date(value: object) -> object:
    """An ISO 8601 day for seconds since 1970, 20220301T101500Z and RFC 2822 dates; anything else as it came."""
    text = str(value).strip()
    try:
        if _EPOCH.fullmatch(text):
            seconds = float(text[:10])
            return dt.datetime.fromtimestamp(seconds, dt.UTC).date().isoformat()
        if compact := _COMPACT.fullmatch(text):
            return "-".join(compact.groups()[:3])
        if text[:1].isalpha() or "," in text[:6]:
            return parsedate_to_datetime(text).date().isoformat()
    except (ValueError, OverflowError, TypeError):
        return value
    return value


def _inner(row: Mapping[str, object], column: str) -> object:
    """The value of a column; ``a.b`` reaches into an object of JSON where there is no column of that name."""
    if column in row or "." not in column:
        return row.get(column)
    found: object = row
    for step in column.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    return found

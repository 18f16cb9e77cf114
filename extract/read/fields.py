"""One row of fields -> a report; every reason to refuse a row is written here."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace

from extract.errors import InputError
from extract.read.records import Defaults, content_hash
from extract.records import Report

# One report or line, in bytes (and so in characters): a long newspaper feature has 60,000, spaCy's parser needs about
# 1 GB of memory for each 1,000,000.
MAX_BYTES = 1_000_000
MAX_ID = 500
ID_DIGITS = 20
# Years that a news report can be from; beyond them arithmetic on days would leave the calendar.
FIRST_YEAR, LAST_YEAR = 1800, 2200

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ](.+))?", re.ASCII)
# A lone half of a surrogate pair or a NUL cannot be stored or printed; one stand-in for each keeps every offset.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
# What a byte that is not UTF-8 becomes while lines are cut.
_RAW_BYTE = re.compile("[\udc80-\udcff]")


def report(row: Mapping[str, object], defaults: Defaults) -> Report:
    """The report in a row of fields, ``defaults`` filled in; raises InputError with the reason where there is none."""
    made = Report(
        id="",
        text=_body(row.get("text")),
        title=_words(row, "title") or defaults.title,
        published=_published(row) or defaults.published,
        publisher=_words(row, "publisher") or defaults.publisher,
        url=_words(row, "url") or defaults.url,
        language=_words(row, "language"),
    )
    return replace(made, id=_id(row) or content_hash(made)[:ID_DIGITS])


def day(text: str) -> dt.date:
    """The day of an ISO 8601 date or date-time, as written there; raises InputError where it is neither."""
    found = _DAY.fullmatch(text.strip())
    if not found:
        raise InputError(f"{_short(text)} is not an ISO 8601 date or date-time such as 2016-09-17")
    try:
        if found[4]:
            dt.datetime.fromisoformat(text.strip())
        named = dt.date(*(int(part) for part in found.groups()[:3]))
    except ValueError as error:
        raise InputError(f"{_short(text)} is not a date that exists ({error})") from error
    if not FIRST_YEAR <= named.year <= LAST_YEAR:
        raise InputError(f"{_short(text)} is not a year that news is from ({FIRST_YEAR} to {LAST_YEAR})")
    return named


def _published(row: Mapping[str, object]) -> dt.date | None:
    text = _words(row, "published")
    if text is None:
        return None
    try:
        return day(text)
    except InputError as error:
        raise InputError(f"'published': {error}") from error


def _body(text: object) -> str:
    if text is None:
        raise InputError("has no 'text'")
    if not isinstance(text, str):
        raise InputError(f"'text' is {_kind(text)}, not text")
    if _RAW_BYTE.search(text):
        raise InputError("is not UTF-8 text; save the file as UTF-8")
    if not text.strip():
        raise InputError("'text' is blank")
    if len(text) > MAX_BYTES:
        raise InputError(f"'text' is longer than {MAX_BYTES:,} characters")
    if not any(character.isalpha() for character in text):
        raise InputError("'text' holds no letters")
    return _UNSTORABLE.sub("\ufffd", text)


def _words(row: Mapping[str, object], name: str) -> str | None:
    """A short text field, None where absent or blank."""
    value = row.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise InputError(f"'{name}' is {_kind(value)}, not text")
    if _RAW_BYTE.search(value):
        raise InputError(f"'{name}' is not UTF-8 text")
    return _UNSTORABLE.sub("\ufffd", value).strip() or None


def _id(row: Mapping[str, object]) -> str | None:
    value = row.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    name = _words(row, "id")
    if name and len(name) > MAX_ID:
        raise InputError(f"'id' is longer than {MAX_ID} characters")
    return name


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "true or false"
    kinds: dict[type, str] = {int: "a number", float: "a number", list: "a list", dict: "an object"}
    return kinds.get(type(value), "of another kind")


def _short(text: str) -> str:
    text = ascii(text)
    return text if len(text) <= 40 else text[:39] + "…"

"""A JSON file -> reports: a list of objects, or the messages of a Telegram export."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from extract.errors import InputError
from extract.read import fields, whole
from extract.read.columns import renamed
from extract.read.records import Defaults, Refusal, Row

# A channel's export of ten years has 60 MB.
MAX_BYTES = 200_000_000
# Where exports keep their list: Telegram, GDELT, others.
_LISTS = ("messages", "articles", "items", "data", "results", "reports")


def reports(stream: BinaryIO, source: str, defaults: Defaults) -> Iterator[Row | Refusal]:
    """The report of each object of the list or why it has none; ``line`` counts the objects."""
    found = _parsed(whole.read(stream, MAX_BYTES))
    channel = found if isinstance(found, dict) else {}
    objects = found if isinstance(found, list) else _listed(channel)
    telegram = "messages" in channel
    chosen = defaults.columns(sorted({str(name) for one in objects[:100] if isinstance(one, dict) for name in one}))
    for number, one in enumerate(objects, 1):
        if telegram and isinstance(one, dict) and not (one := _message(one, channel)):
            continue
        try:
            if not isinstance(one, dict):
                raise InputError("is not a JSON object")
            yield Row(source, number, fields.report(renamed(one, chosen), defaults))
        except InputError as error:
            yield Refusal(source, number, str(error))


def _parsed(raw: bytes) -> Any:
    try:
        return json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError("is not UTF-8 text; save the file as UTF-8") from error
    except json.JSONDecodeError as error:
        raise InputError(f"is not JSON: {error.msg} (line {error.lineno})") from error
    except (ValueError, RecursionError) as error:
        raise InputError("is not JSON that can be read: a number too long or brackets too deep") from error


def _listed(found: Mapping[str, Any]) -> list[Any]:
    for name in _LISTS:
        if isinstance(found.get(name), list):
            return list(found[name])
    if "text" in found:
        return [found]
    raise InputError("holds no list of reports")


def _message(one: Mapping[str, Any], channel: Mapping[str, Any]) -> dict[str, Any] | None:
    """A Telegram message as a report; None for pictures without words and for notices of the service."""
    text = one.get("text")
    if isinstance(text, list):
        text = "".join(part if isinstance(part, str) else str(part.get("text", "")) for part in text if part)
    if one.get("type", "message") != "message" or not isinstance(text, str) or not text.strip():
        return None
    name = channel.get("name")
    return {**one, "id": None, "text": text, "published": one.get("date"), "publisher": name}

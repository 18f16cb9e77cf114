"""JSON Lines -> reports, one a line; a broken line is refused alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from extract.errors import InputError
from extract.read import fields
from extract.read.columns import renamed
from extract.read.lines import TOO_LONG, numbered
from extract.read.records import Defaults, Refusal, Row


def reports(stream: BinaryIO, source: str, defaults: Defaults) -> Iterator[Row | Refusal]:
    """The report of each line or why it has none, in order; blank lines are passed over."""
    for number, line in numbered(stream):
        if line is None:
            yield Refusal(source, number, TOO_LONG)
        elif line.strip():
            try:
                row = parsed(line)
                yield Row(source, number, fields.report(renamed(row, defaults.columns(row.keys())), defaults))
            except InputError as error:
                yield Refusal(source, number, str(error))


def parsed(line: str) -> dict[str, object]:
    """The object of one line; raises InputError where the line is no JSON object."""
    try:
        found = json.loads(line)
    except json.JSONDecodeError as error:
        raise InputError(f"is not JSON: {error.msg.removesuffix(' at')} at column {error.colno}") from error
    except (ValueError, RecursionError) as error:
        raise InputError("is not JSON that can be read: a number too long or brackets too deep") from error
    if not isinstance(found, dict):
        raise InputError("is not a JSON object")
    return found

"""A plain text file -> the one report in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from extract.errors import InputError
from extract.read import fields
from extract.read.fields import MAX_BYTES
from extract.read.lines import without_mark
from extract.read.records import Defaults, Refusal, Row


def reports(stream: BinaryIO, source: str, defaults: Defaults) -> Iterator[Row | Refusal]:
    """The file's one report, or why there is none."""
    raw = stream.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        yield Refusal(source, 1, f"the text is longer than {MAX_BYTES:,} bytes, the most that one report may hold")
        return
    try:
        text = without_mark(raw).decode("utf-8")
        yield Row(source, 1, fields.report({"text": text}, defaults))
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        yield Refusal(source, line, f"is not UTF-8 text (byte 0x{raw[error.start]:02x}); save the file as UTF-8")
    except InputError as error:
        yield Refusal(source, 1, str(error))

"""The elements of a JSON file of any size, one after another: of a FeatureCollection, or of a plain list."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from data.exchange.sheets import MAX_ROW
from extract.errors import InputError
from extract.read.records import Refusal

# Read at first; doubled while one element does not fit, so that a large one is not parsed again and again.
CHUNK = 1 << 16
_SPACE = " \t\n\r"


def elements(stream: BinaryIO, source: str) -> Iterator[tuple[int, Any] | Refusal]:
    """Each feature, or element of the list, with the line (from 1) that it begins on.

    A Refusal ends it where the file is something else or stops being JSON. Bytes that are not UTF-8 become lone
    surrogates.
    """
    window = _Window(stream)
    try:
        yield from _listed(window) if window.peek() == "[" else _collected(window)
    except InputError as error:
        yield Refusal(source, window.line, str(error))


class _Window:
    """The part of a stream that is looked at, and the line it has come to."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._decode = codecs.getincrementaldecoder("utf-8-sig")("surrogateescape").decode
        # A number that JSON does not know ("NaN") is taken for none.
        self._parse = json.JSONDecoder(parse_constant=lambda _: None).raw_decode
        self._text, self._at, self._ended, self.line = "", 0, False, 1

    def peek(self) -> str:
        """The next character that is no white space, "" at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in _SPACE:
                self.line += self._text[self._at] == "\n"
                self._at += 1
            if self._at < len(self._text) or not self._more(CHUNK):
                return self._text[self._at : self._at + 1]

    def take(self, expected: str) -> str:
        """The next character, which must be one of those expected."""
        found = self.peek()
        if not found or found not in expected:
            raise InputError(f"is not JSON: {ascii(found) if found else 'the end'} where one of {expected} belongs")
        self._at += 1
        return found

    def value(self) -> Any:
        """The JSON value that begins here."""
        self.peek()
        size = CHUNK
        while True:
            try:
                found, end = self._parse(self._text, self._at)
                if end < len(self._text) or self._ended:
                    break
            except (ValueError, RecursionError) as error:
                if self._ended or isinstance(error, RecursionError):
                    raise InputError(f"is not JSON that can be read: {type(error).__name__}") from error
            if len(self._text) - self._at > MAX_ROW:
                raise InputError(f"is longer than {MAX_ROW:,} characters, or not JSON")
            self._more(size)
            size *= 2
        self.line += self._text.count("\n", self._at, end)
        self._at = end
        return found

    def _more(self, size: int) -> bool:
        """Read on, forgetting what is behind; False at the end of the stream."""
        raw = self._stream.read(size)
        self._ended = not raw
        self._text = self._text[self._at :] + self._decode(raw, final=self._ended)
        self._at = 0
        return bool(raw)


def _collected(window: _Window) -> Iterator[tuple[int, Any]]:
    """The features of a FeatureCollection, wherever its other members stand."""
    if window.peek() != "{":
        raise InputError("the file is neither a GeoJSON FeatureCollection nor a list of JSON objects")
    window.take("{")
    found = False
    while window.peek() != "}":
        name = window.value()
        window.take(":")
        if name == "features" and window.peek() == "[":
            found = True
            yield from _listed(window)
        else:
            window.value()
        if window.peek() != "}":
            window.take(",")
    if not found:
        raise InputError("the file has no 'features': it is no GeoJSON FeatureCollection")


def _listed(window: _Window) -> Iterator[tuple[int, Any]]:
    window.take("[")
    while window.peek() != "]":
        line = window.line
        yield line, window.value()
        if window.peek() != "]":
            window.take(",")
    window.take("]")

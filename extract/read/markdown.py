"""A Markdown file -> the one report in it, its marks taken away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from extract.errors import InputError
from extract.read import fields, whole
from extract.read.lines import without_mark
from extract.read.records import Defaults, Refusal, Row

_FRONT = re.compile(r"---\n(.*?)\n(?:---|\.\.\.)\s*\n", re.DOTALL)
_FIELD = re.compile(r"(title|date|published|publisher|author|url|language)\s*:\s*[\"']?(.+?)[\"']?\s*$", re.MULTILINE)
_TITLE = re.compile(r"#\s+(.+?)\s*#*\s*$", re.MULTILINE)
_MARKS = (
    (re.compile(r"<!--.*?-->", re.DOTALL), ""),
    (re.compile(r"!\[([^\]\n]*)\]\([^)\n]*\)"), ""),
    (re.compile(r"\[([^\]\n]+)\]\([^)\n]*\)"), r"\1"),
    (re.compile(r"^ {0,3}(?:#{1,6}\s+|>\s?|[-*+]\s+)", re.MULTILINE), ""),
    (re.compile(r"^ {0,3}(?:[-*_] ?){3,}$", re.MULTILINE), ""),
    (re.compile(r"(?<!\w)(\*\*|__|\*|_|`)(?=\S)([^\n]+?)(?<=\S)\1(?!\w)"), r"\2"),
)


def reports(stream: BinaryIO, source: str, defaults: Defaults) -> Iterator[Row | Refusal]:
    """The file's one report; title, date and the like from its front matter, the title else from its first heading."""
    try:
        text = without_mark(whole.read(stream, fields.MAX_BYTES)).decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise InputError("is not UTF-8 text; save the file as UTF-8") from error
    front = _FRONT.match(text)
    said = dict(_FIELD.findall(front[1])) if front else {}
    body = text[front.end() :] if front else text
    heading = _TITLE.match(body.lstrip())
    row = {
        "text": _plain(body),
        "title": said.get("title") or (heading[1] if heading else None),
        "published": said.get("published") or said.get("date"),
        "publisher": said.get("publisher"),
        "url": said.get("url"),
        "language": said.get("language"),
    }
    yield whole.made(row, source, 1, defaults)


def _plain(text: str) -> str:
    for mark, instead in _MARKS:
        text = mark.sub(instead, text)
    return text.strip()

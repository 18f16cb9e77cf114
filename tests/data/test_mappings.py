"""Columns named once are known the next time."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.mappings import chooser
from extract.errors import StoreError

ASKED = [("text", "Body"), ("published", "seendate")]
COLUMNS = {"text": "Body", "published": "seendate"}


@pytest.mark.parametrize(
    "names, expected",
    [
        (["Body", "seendate", "domain"], COLUMNS),
        (["seendate", "Body"], COLUMNS),
        (["Body"], {}),
        (["Body", "seendate", "text"], {}),
        (["text"], {}),
        ([], {}),
    ],
)
def test_what_was_asked_once_is_remembered(tmp_path: Path, names: list[str], expected: dict[str, str]) -> None:
    said: list[str] = []
    file = tmp_path / "columns.json"
    assert chooser(ASKED, tell=said.append, file=file)(["Body", "seendate", "text"]) == COLUMNS
    later = chooser([], tell=said.append, file=file)
    assert (later(names), later(names)) == (expected, expected)
    assert said == (["columns as last time: text=Body, published=seendate"] if expected else [])


def test_a_damaged_memory_is_named(tmp_path: Path) -> None:
    (tmp_path / "columns.json").write_text("[1")
    with pytest.raises(StoreError, match="mend or remove it"):
        chooser([], tell=print, file=tmp_path / "columns.json")

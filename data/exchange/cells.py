"""Words in the cells of a spreadsheet: made harmless on the way out, given back as they were on the way in."""

from __future__ import annotations

import re
from typing import TypeVar

T = TypeVar("T")

# A cell that begins so is run as a formula by spreadsheets; the full-width forms are taken for the plain ones. Leading
# apostrophes belong to the pattern, so that words that bring their own come back with just these.
_FORMULA = re.compile("'* *[=+\\-@\t\r\n＝＋－＠]")


def harmless(value: T) -> T | str:
    """The value as a spreadsheet may hold it: words that would run as a formula get an apostrophe before them."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def plain(cell: str) -> str:
    """The words that ``harmless`` made the cell of."""
    return cell[1:] if cell[:1] == "'" and _FORMULA.match(cell, 1) else cell

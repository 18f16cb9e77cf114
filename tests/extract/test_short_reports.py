"""Short reports of many styles, each with the type of what it tells, or ``quiet``; written before the rules they test.

``short_reports.tsv``: whether it is read right, the types that are right (``|`` between them), the report.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extract.conftest import Read, miss

_LINES = (Path(__file__).parent / "short_reports.tsv").read_text(encoding="utf-8").splitlines()
_ROWS = [line.split("\t") for line in _LINES]


@pytest.mark.parametrize(
    "wanted, text",
    [(wanted, text) if read == "right" else miss(wanted, text, reason="not read yet") for read, wanted, text in _ROWS],
)
def test_what_a_short_report_tells(read: Read, wanted: str, text: str) -> None:
    told = [p.incident for p in read(text).incidents]
    news = [one for one in told if one.status in {"occurred", "disputed"} and not one.background]
    lead = next((one for one in news if one.primary), news[0] if news else None)
    assert (lead.event_type if lead else "quiet") in wanted.split("|")

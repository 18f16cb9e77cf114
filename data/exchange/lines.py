"""JSON Lines of incidents: the contract's object whole, with its report beside it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TextIO

from data.exchange import flat
from data.query import IncidentDetail, ReportRow

Json = dict[str, Any]
# What a line has beside the contract's fields.
REPORT, EXTRAS = "report", ("event_id", "report", "place_credit", "credit")


def write(out: TextIO, found: Iterable[IncidentDetail]) -> int:
    """Write one incident a line; the number of lines."""
    number = 0
    for number, detail in enumerate(found, 1):  # noqa: B007
        out.write(json.dumps(_line(detail), ensure_ascii=False, allow_nan=False) + "\n")
    return number


def _line(detail: IncidentDetail) -> Json:
    beside = {"event_id": detail.row.event_id, REPORT: report(detail.report), **flat.credits(detail.record)}
    return {**detail.record, **beside}


def report(row: ReportRow) -> Json:
    """A report in the contract's fields."""
    return {
        "id": row.id,
        "text": row.text,
        "title": row.title,
        "published": row.published.isoformat() if row.published else None,
        "publisher": row.publisher,
        "url": row.url,
        "language": row.language,
    }

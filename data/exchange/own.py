"""Rows of Dateline's own exports as the reports and incidents that they were made of.

The contract's object in ``record`` is what is loaded. A flat column that no longer agrees with it was edited by hand;
such a row is refused, for taking either side would lose the other.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from data.exchange import checked, flat, lines
from data.exchange.foreign import Loaded
from extract.errors import InputError
from extract.read import fields
from extract.read.records import Defaults
from extract.records import Report

Json = dict[str, Any]

REQUIRED = ("incident_id", "report_id", flat.RECORD)
# The report's fields in the flat columns; all others follow from the record.
_REPORT = {"id": "report_id", "text": flat.TEXT, "language": "report_language"}
_REPORT |= {name: name for name in ("title", "published", "publisher", "url")}


def of_row(row: Mapping[str, Any]) -> Loaded:
    """The report and incident of a row of named columns; raises InputError where it is damaged or was edited."""
    record, report = row.get(flat.RECORD), {name: row.get(column) for name, column in _REPORT.items()}
    found = _loaded(_parsed(record) if isinstance(record, str) else record, report)
    for name, value in flat.of_record(found.record, found.report.text).items():
        if name != "event_id" and name in row and not _same(row[name], value):
            raise InputError(
                f"'{name}' is {ascii(row[name])[:60]} where the record says {ascii(value)[:60]}; incidents are changed "
                "by review, not in the exported table"
            )
    return found


def of_line(line: Json) -> Loaded:
    """The report and incident of a line of JSON; raises InputError where it is damaged."""
    report = line.get(lines.REPORT)
    if not isinstance(report, dict):
        raise InputError(f"has no '{lines.REPORT}' with the report's words")
    return _loaded({name: value for name, value in line.items() if name not in lines.EXTRAS}, report)


def _loaded(record: Any, report: Mapping[str, Any]) -> Loaded:
    made = _report(report)
    found = checked.incident(record, made.text)
    if found["report_id"] != made.id:
        raise InputError(
            f"the incident belongs to report {ascii(found['report_id'])[:60]}, not to {ascii(made.id)[:60]}"
        )
    return Loaded(made, found)


def _report(told: Mapping[str, Any]) -> Report:
    return fields.report({name: value or None for name, value in told.items()}, Defaults())


def _parsed(record: str) -> Any:
    try:
        return json.loads(record)
    except (ValueError, RecursionError) as error:
        raise InputError("'record' is not JSON: it was cut off or edited") from error


def _same(cell: Any, value: flat.Value) -> bool:
    """True where a cell says what the column should; all cells of a CSV file are words, and "" is nothing."""
    if cell in (None, "") or value is None:
        return (cell or None) is None and value in (None, "")
    if isinstance(value, bool):
        return str(cell).lower() == str(value).lower()
    if isinstance(value, int | float):
        return _number(cell) == value
    return bool(cell == value)


def _number(cell: Any) -> float | None:
    try:
        return float(cell)
    except (TypeError, ValueError):
        return None

"""What the reading of files gives besides reports: refused rows, and the fields that a caller fills in."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass

from extract.read.columns import Choose, as_named
from extract.records import Report


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that could not be read. ``line`` counts from 1; the reason is one sentence without a full stop."""

    source: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.source}, line {self.line}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Row:
    """A report with the line (from 1) of the source that it began at."""

    source: str
    line: int
    report: Report


@dataclass(frozen=True, slots=True)
class Defaults:
    """Fields for reports that do not bring their own, and what is known of tables with columns of other names."""

    published: dt.date | None = None
    publisher: str | None = None
    title: str | None = None
    columns: Choose = as_named
    url: str | None = None


def content_hash(report: Report) -> str:
    """SHA-256 (hex) over all that was handed in but the id and the language: the same hash says the same."""
    published = report.published.isoformat() if report.published else None
    fields = [report.text, report.title, published, report.publisher, report.url]
    return hashlib.sha256(json.dumps(fields).encode()).hexdigest()

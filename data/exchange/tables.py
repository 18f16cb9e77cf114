"""CSV files of incidents: our own with all columns, the ACLED- and the UCDP-compatible ones."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TextIO

from data.exchange import acled, flat, ucdp
from data.exchange.cells import harmless
from data.exchange.flat import Value
from data.query import IncidentDetail


def write_own(out: TextIO, found: Iterable[IncidentDetail]) -> int:
    """Write every column that ``import`` needs to give the same incidents back; the number of rows."""
    return _write(out, found, (*flat.COLUMNS, flat.TEXT, flat.RECORD), _own)


def write_acled(out: TextIO, found: Iterable[IncidentDetail]) -> int:
    """Write ACLED-compatible rows; their number."""
    return _write(out, found, acled.COLUMNS, acled.row)


def write_ucdp(out: TextIO, found: Iterable[IncidentDetail]) -> int:
    """Write UCDP GED-compatible rows; their number."""
    return _write(out, found, ucdp.COLUMNS, ucdp.row)


def _own(detail: IncidentDetail) -> Mapping[str, Value]:
    return {**flat.properties(detail), flat.TEXT: detail.report.text, flat.RECORD: flat.compact(detail.record)}


def _write(
    out: TextIO,
    found: Iterable[IncidentDetail],
    columns: Sequence[str],
    row: Callable[[IncidentDetail], Mapping[str, Value]],
) -> int:
    # Lines end as RFC 4180 has it, which also makes the csv module quote a cell that holds either half of the end.
    table = csv.DictWriter(out, fieldnames=columns, lineterminator="\r\n")
    table.writeheader()
    number = 0
    for number, detail in enumerate(found, 1):  # noqa: B007
        table.writerow({name: harmless(value) for name, value in row(detail).items()})
    return number

"""The incidents as a store of their own, an SQLite file, for an app that others may see.

With ``discretion`` before it, what is withheld is not in the file at all, so that no page of that app can show it.
Events keep their incidents and are graded by what is in the file; decisions and earlier states stay behind.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from hashlib import sha256
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from data import grading, rows, schema, transaction, version
from data.query import IncidentDetail, ReportRow
from data.store import Store

Json = dict[str, Any]
# Held at a time: with the reports' texts some tens of megabytes.
BATCH = 1_000
ORIGIN = "publication"


def write(out: BinaryIO, found: Iterable[IncidentDetail]) -> int:
    """Write the file; the number of incidents in it."""
    with TemporaryDirectory() as folder:
        path, number, left = Path(folder) / "store.db", 0, iter(found)
        with Store.open(f"sqlite:///{path}") as store:
            while part := list(islice(left, BATCH)):
                with store.writing() as connection:
                    _put(connection, part, number)
                number += len(part)
            with store.writing() as connection:
                events = connection.execute(sa.select(schema.events.c.id)).scalars().all()
                grading.renew(connection, events)
        with path.open("rb") as file:
            shutil.copyfileobj(file, out)
    return number


def _put(connection: Connection, part: list[IncidentDetail], before: int) -> None:
    moment = transaction.moment(connection)
    reports = [_report(one) for one in {detail.report.id: detail.report for detail in part}.values()]
    events = [{"id": one, "created_at": moment} for one in {d.row.event_id: 1 for d in part if d.row.event_id}]
    for table, found in ((schema.reports, reports), (schema.events, events)):
        if found:
            connection.execute(sa.insert(table).prefix_with("OR IGNORE"), found)
    fixed = {
        "known_from": moment,
        "known_until": None,
        "origin": ORIGIN,
        "extractor": version.current(),
        "machine": None,
    }
    own = [
        {"position": before + n, "event_id": one.row.event_id, "lead": one.row.lead, "reviewed": one.row.reviewed}
        for n, one in enumerate(part)
    ]
    rows.put(connection, [rows.columns_of(one.record) | fixed | also for one, also in zip(part, own, strict=True)])


def _report(report: ReportRow) -> Json:
    kept = {name: getattr(report, name) for name in ReportRow.__dataclass_fields__ if name != "copy_of"}
    digest = sha256(report.id.encode()).hexdigest()
    return {**kept, "places": list(report.places), "warnings": list(report.warnings), "content_hash": digest}

"""Which stored report is a copy of which: each one's fingerprint is kept, and the first of those that are one text."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from data import copies, schema, transaction
from data.sketch import Sketch

_R = schema.reports.c


def note(connection: Connection, one: Sketch, near: Iterable[Sketch]) -> None:
    """Keep the fingerprint of the incident's report, and say of which of the reports nearby it is a copy."""
    if one.prints is None:
        return
    own = connection.execute(sa.select(_R.fingerprint, _R.copy_of).where(_R.id == one.report_id)).one()
    if own.fingerprint is None:
        _set(connection, one.report_id, fingerprint=copies.packed(one.prints))
    others = {other.report_id for other in near if copies.is_copy(one.prints, other.prints)} - {one.report_id}
    if others and own.copy_of is None:
        _join(connection, {one.report_id, *others})


def _join(connection: Connection, reports: set[str]) -> None:
    """Make all these reports, and what they are copies of, copies of the one among them that was added first."""
    query = sa.select(_R.id, _R.copy_of).where(_R.id.in_(reports))
    roots = {row.copy_of or row.id for row in connection.execute(query)}
    order = sa.select(_R.id).where(_R.id.in_(roots)).order_by(_R.added_at, _R.id)
    first, *later = connection.scalars(order).all()
    for root in later:
        _set(connection, root, copy_of=first)
        connection.execute(sa.update(schema.reports).where(_R.copy_of == root).values(copy_of=first))


def _set(connection: Connection, report_id: str, **values: str) -> None:
    connection.execute(sa.update(schema.reports).where(_R.id == report_id).values(**values))
    transaction.changed(connection)

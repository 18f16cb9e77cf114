"""The decisions that people made: an append-only table, which of them stand, and what they make of a reading."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from data import edits, rows, schema, sense, transaction, vocabulary
from extract.errors import InputError

Json = dict[str, Any]
Action = Literal["accept", "edit", "reject", "move", "parties", "merge", "split", "undo"]
# Those that put a patch over the record of one incident.
PATCHES = ("edit", "move", "parties")
# Those about one incident, and those about which incidents make an event.
ON_INCIDENTS = ("accept", "reject", *PATCHES)
ON_EVENTS = ("merge", "split")

_D = schema.decisions.c
_S = schema.decision_subjects.c


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. ``before`` and ``after`` hold what it changed, ``undoes`` the number of the one it undoes.

    ``at`` is UTC; ``subjects`` are ids of incidents and events; ``stands`` is False where it was undone.
    """

    number: int
    at: dt.datetime
    who: str
    action: Action
    subjects: tuple[str, ...]
    before: Json
    after: Json
    reason: str
    undoes: int | None
    stands: bool = True


@dataclass(frozen=True, slots=True)
class Bond:
    """A person's word on which incidents tell of one event, binding for whatever merges them by machine.

    ``together``: left and right tell of the same event. Otherwise none of left tells of the event of any of right.
    """

    together: bool
    left: tuple[str, ...]
    right: tuple[str, ...]


def append(
    connection: Connection,
    action: Action,
    subjects: Collection[str],
    *,
    before: Json,
    after: Json,
    who: str,
    reason: str,
    undoes: int | None = None,
) -> Decision:
    """The decision as it was put down."""
    named = tuple(dict.fromkeys(subjects))
    made = Decision(0, transaction.moment(connection), who, action, named, before, after, reason, undoes)
    values = {name: getattr(made, name) for name in ("at", "who", "action", "before", "after", "reason", "undoes")}
    number = connection.execute(sa.insert(schema.decisions).returning(_D.number), values).scalar_one()
    connection.execute(sa.insert(schema.decision_subjects), [{"number": number, "subject": one} for one in named])
    transaction.changed(connection)
    return replace(made, number=number)


def one(connection: Connection, number: int) -> Decision:
    """The decision of that number. Raises InputError where there is none."""
    found = _read(connection, _D.number == number)
    if not found:
        raise InputError(f"there is no decision {number}")
    return found[0]


def chain(connection: Connection, number: int) -> tuple[Decision, int]:
    """The decision that a number leads back to through all undoing, and the number of the last one that undid it.

    The last one is the decision itself where nobody undid it. Raises InputError where there is no such decision.
    """
    first = one(connection, number)
    while first.undoes is not None:
        first = one(connection, first.undoes)
    undo_of, last = _undo_of(connection), first.number
    while last in undo_of:
        last = undo_of[last]
    return first, last


def about(
    connection: Connection, subjects: Collection[str], *, as_of: dt.datetime | dt.date | None = None
) -> list[Decision]:
    """The decisions about any of these incidents and events, undone or not, in their order; as it was at ``as_of``."""
    found: dict[int, Decision] = {}
    for part in rows.chunks(subjects):
        numbers = sa.select(_S.number).where(_S.subject.in_(part))
        found.update((one.number, one) for one in _read(connection, _D.number.in_(numbers), as_of))
    return [found[number] for number in sorted(found)]


def bonds(connection: Connection) -> list[Bond]:
    """What the standing merges and splits bind, in their order: where two contradict each other the later one holds."""
    found = _read(connection, _D.action.in_((*ON_EVENTS, "undo")))
    standing = [one for one in found if one.stands and one.action in ON_EVENTS]
    return [
        Bond(one.action == "merge", tuple(one.after["stayed"]), tuple(sorted(one.after["events"]))) for one in standing
    ]


def fold(machine: Json, about_it: Iterable[Decision]) -> tuple[Json, str | None]:
    """The record that the standing decisions make of a machine's reading, and the review's state.

    Raises InputError where a patch makes no sense upon this reading.
    """
    record, state = machine, None
    for one in about_it:
        if not one.stands:
            continue
        if one.action in PATCHES:
            record, state = edits.patched(record, one.after), "edited"
            sense.check(record, one.after.keys(), event_types=vocabulary.event_types())
        elif one.action == "accept":
            state = "edited" if record is not machine else "accepted"
        elif one.action == "reject":
            state = "rejected"
    return record, state


def _read(
    connection: Connection, condition: sa.ColumnElement[bool], as_of: dt.datetime | dt.date | None = None
) -> list[Decision]:
    made = sa.select(schema.decisions).where(condition, *_made_by(as_of)).order_by(_D.number)
    found = connection.execute(made).all()
    numbers = [row.number for row in found]
    subjects: dict[int, list[str]] = {number: [] for number in numbers}
    for part in rows.chunks(numbers):
        query = sa.select(schema.decision_subjects).where(_S.number.in_(part)).order_by(_S.number, _S.subject)
        for row in connection.execute(query):
            subjects[row.number].append(row.subject)
    undo_of = _undo_of(connection, as_of)
    return [
        Decision(
            **{**row._asdict(), "subjects": tuple(subjects[row.number]), "stands": not _is_undone(row.number, undo_of)}
        )
        for row in found
    ]


def _made_by(as_of: dt.datetime | dt.date | None) -> list[sa.ColumnElement[bool]]:
    return [] if as_of is None else [_D.at <= schema.moment_of(as_of)]


def _undo_of(connection: Connection, as_of: dt.datetime | dt.date | None = None) -> dict[int, int]:
    """The number of the decision that undoes each."""
    query = sa.select(_D.undoes, _D.number).where(_D.undoes.is_not(None), *_made_by(as_of))
    return {row.undoes: row.number for row in connection.execute(query)}


def _is_undone(number: int, undo_of: Mapping[int, int]) -> bool:
    """True where it was undone by a decision that stands itself: an undo can be undone."""
    by = undo_of.get(number)
    return by is not None and not _is_undone(by, undo_of)

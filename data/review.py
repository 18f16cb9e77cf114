"""What a reviewer does: accept, edit, reject, move, name the parties, merge, split, undo; and what was decided so far.

Each is one transaction that puts down one decision, and raises InputError with the field and the reason where it makes
no sense. ``seen`` holds the keys (``IncidentRow.key``) of the rows that the reviewer had on the screen: where one has
changed since, ConflictError says by whom, and nothing is changed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from data import decisions, edits, events, grading, leads, regroup, rows, schema, sense, vocabulary
from data.decisions import Action, Decision
from data.regroup import Change
from data.rows import IncidentVersion
from data.store import Store
from extract.errors import ConflictError, InputError

Json = dict[str, Any]
# What merging looks at: an incident that is put elsewhere or on another day may tell of another event.
_MERGED_BY = ("event_type", "status", "background", "date", "place", "actors", "casualties", *edits.TOLLS)


def accept(store: Store, incident_id: str, *, who: str, reason: str = "", seen: Collection[int] = ()) -> Decision:
    """Say that an incident is right as it stands."""
    return _judge(store, "accept", incident_id, who, reason, seen)


def reject(store: Store, incident_id: str, *, who: str, reason: str, seen: Collection[int] = ()) -> Decision:
    """Say that an incident is none, so that it is no longer shown."""
    return _judge(store, "reject", incident_id, who, reason, seen)


def edit(
    store: Store, incident_id: str, changes: Mapping[str, Any], *, who: str, reason: str, seen: Collection[int] = ()
) -> Decision:
    """Change fields of an incident: ``{"killed_low": 3, "date": {"start": "2016-09-17"}}``; ``edits.FIELDS``."""
    return _change(store, "edit", incident_id, changes, who, reason, seen)


def move(
    store: Store,
    incident_id: str,
    lat: float,
    lon: float,
    *,
    who: str,
    reason: str,
    radius_km: float | None = None,
    place: Mapping[str, Any] | None = None,
    seen: Collection[int] = (),
) -> Decision:
    """Put an incident elsewhere (WGS 84 degrees); ``place`` holds what is known of it (``edits.PLACE_FIELDS``).

    Without a radius the old one stays. Beyond that radius nothing known of the old place holds for the new one.
    """
    where = {**(place or {}), "lat": lat, "lon": lon}
    if radius_km is not None:
        where["radius_km"] = radius_km
    return _change(store, "move", incident_id, {"place": where}, who, reason, seen)


def parties(
    store: Store,
    incident_id: str,
    actors: Sequence[Mapping[str, Any]],
    *,
    who: str,
    reason: str,
    seen: Collection[int] = (),
) -> Decision:
    """Name all parties of an incident anew: ``{"name": …, "role": "perpetrator", "kind": …, "alleged_by": …}`` each."""
    return _change(store, "parties", incident_id, {"actors": list(actors)}, who, reason, seen)


def merge(store: Store, kept: str, other: str, *, who: str, reason: str, seen: Collection[int] = ()) -> Decision:
    """Say that two events are one; each is named by its id or by one of its incidents'. The first one's id stays."""
    with store.writing(decides=True) as connection:
        _check_seen(connection, seen, events=True)
        change = regroup.merging(connection, kept, other)
        return _regroup(connection, "merge", change, who, reason)


def split(
    store: Store, incident_ids: Collection[str], *, who: str, reason: str, seen: Collection[int] = ()
) -> Decision:
    """Say that these incidents of an event tell of another one, which gets an id of its own."""
    with store.writing(decides=True) as connection:
        _check_seen(connection, seen, events=True)
        change = regroup.splitting(connection, incident_ids)
        return _regroup(connection, "split", change, who, reason)


def undo(store: Store, number: int, *, who: str, reason: str) -> Decision:
    """Take a decision back, or take back that it was taken back; later decisions on the same stand where they can."""
    with store.writing(decides=True) as connection:
        if not decisions.one(connection, number).stands:
            raise InputError(f"decision {number} is undone already")
        base, last = decisions.chain(connection, number)
        was, becomes = (base.after, base.before) if base.stands else (base.before, base.after)
        if base.action in decisions.ON_EVENTS:
            regroup.check(connection, was, since=base.number)
        made = _put_down(connection, "undo", Change(base.subjects, was, becomes), who, reason, undoes=last)
        if base.action in decisions.ON_EVENTS:
            regroup.apply(connection, becomes)
        else:
            _refold(connection, rows.incident(connection, base.subjects[0]))
        return made


def history(store: Store, subject: str) -> list[Decision]:
    """All decisions about an incident or an event, the first one first."""
    with store.reading() as connection:
        return decisions.about(connection, (subject,))


def _judge(store: Store, action: Action, incident_id: str, who: str, reason: str, seen: Collection[int]) -> Decision:
    with store.writing(decides=True) as connection:
        _check_seen(connection, seen)
        row = rows.incident(connection, incident_id)
        change = Change((row.id,), {"reviewed": row.reviewed}, {"reviewed": f"{action}ed"})
        made = _put_down(connection, action, change, who, reason)
        _refold(connection, row)
        return made


def _change(
    store: Store,
    action: Action,
    incident_id: str,
    changes: Mapping[str, Any],
    who: str,
    reason: str,
    seen: Collection[int],
) -> Decision:
    with store.writing(decides=True) as connection:
        _check_seen(connection, seen)
        row = rows.incident(connection, incident_id)
        patch = edits.completed(row.record, changes, event_types=vocabulary.event_types())
        if edits.patched(row.record, patch) == row.record:
            raise InputError(f"{', '.join(changes) or 'no field'}: nothing would change")
        change = Change((row.id,), {name: row.record.get(name) for name in patch}, patch)
        made = _put_down(connection, action, change, who, reason)
        _refold(connection, row)
        return made


def _refold(connection: Connection, row: IncidentVersion) -> None:
    """Give an incident the record and the state that its standing decisions make of the machine's reading."""
    machine = row.record if row.machine is None else row.machine
    about = [one for one in decisions.about(connection, (row.id,)) if one.action in decisions.ON_INCIDENTS]
    record, state = decisions.fold(machine, about)
    kept = None if record == machine else machine
    rows.replace(connection, {row.key: {"record": record, "machine": kept, "reviewed": state}})
    touched = {row.event_id}
    if row.origin == rows.EXTRACTION and any(record.get(name) != row.record.get(name) for name in _MERGED_BY):
        events.Merger().attach(connection, (row.id,))
        touched.add(rows.incident(connection, row.id).event_id)
    leads.renew(connection, touched - {None})
    grading.renew(connection, touched - {None})


def _check_seen(connection: Connection, seen: Collection[int], *, events: bool = False) -> None:
    """Raise ConflictError where what a person looked at is no longer so."""
    names = ("record", "reviewed", "event_id") if events else ("record", "reviewed")
    looked = connection.execute(sa.select(schema.incidents).where(schema.incidents.c.key.in_(seen))).all()
    if len(looked) != len(set(seen)):
        raise InputError("the store holds no such state of an incident")
    now = rows.by_ids(connection, [row.id for row in looked])
    for row in looked:
        current = now.get(row.id)
        if current is None or any(getattr(row, name) != getattr(current, name) for name in names):
            raise ConflictError(f"incident {row.id} was changed meanwhile{_by_whom(connection, row)}; look at it again")


def _by_whom(connection: Connection, row: IncidentVersion) -> str:
    later = [one for one in decisions.about(connection, (row.id,)) if one.at > row.known_from]
    return f" by {later[-1].who} (decision {later[-1].number}, {later[-1].action})" if later else ""


def _put_down(
    connection: Connection, action: Action, change: Change, who: str, reason: str, *, undoes: int | None = None
) -> Decision:
    sense.text("who", who, optional=False)
    sense.text("reason", reason, optional=action == "accept")
    return decisions.append(
        connection,
        action,
        change.subjects,
        before=change.before,
        after=change.after,
        who=who.strip(),
        reason=reason.strip(),
        undoes=undoes,
    )


def _regroup(connection: Connection, action: Action, change: Change, who: str, reason: str) -> Decision:
    made = _put_down(connection, action, change, who, reason)
    regroup.apply(connection, change.after)
    return made

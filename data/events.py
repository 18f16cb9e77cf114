"""Merging applied to the store: incidents are filed, linked to those like them, and given to events.

An incident that is added or changed is compared with its neighbours only, and only the groups that it touches are split
into events anew; the events are those that merging everything from scratch would give. An event keeps its id while it
grows or shrinks. Of events that become one the oldest stays, and the ids of the others lead to it.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict
from itertools import combinations, product
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from data import (
    blocking,
    copied,
    decisions,
    membership,
    merge,
    rereading,
    rows,
    schema,
    sides,
    transaction,
    vocabulary,
)
from data.alike import WEIGHTS, Score, Scorer
from data.decisions import Bond
from data.merge import Decisions, Link, Pair
from data.rereading import Change
from data.sketch import Sketch
from data.sketches import Sketches
from data.store import Store
from extract.records import Report

Json = dict[str, Any]
Progress = Callable[[str, float], None]
# Incidents looked at together when everything is merged from scratch.
BATCH = 500

_I = schema.incidents.c
_L = schema.links.c
_K = schema.merge_keys.c


class Merger:
    """Gives stored incidents to events; holds what it knows of the incidents that it met."""

    def __init__(self, scorer: Scorer | None = None) -> None:
        self._compare = (scorer or default_scorer()).compare
        self._sketches = Sketches()

    def attach(self, connection: Connection, ids: Collection[str]) -> int:
        """Give new or changed incidents to events, in the caller's transaction; the number whose event changed."""
        self._link(connection, ids)
        return self._regroup(connection, ids)

    def rebuild(self, connection: Connection, *, progress: Progress | None = None) -> int:
        """Merge all incidents from scratch, people's decisions kept; the number whose event changed."""
        connection.execute(sa.delete(schema.links))
        connection.execute(sa.delete(schema.merge_keys))
        merged = sa.or_(_I.origin == rows.EXTRACTION, _I.event_id.is_not(None))
        ids = list(connection.scalars(sa.select(_I.id).where(schema.current(), merged).order_by(_I.key)))
        tell = progress or (lambda step, share: None)
        for start in range(0, len(ids), BATCH):
            self._link(connection, ids[start : start + BATCH])
            tell("comparing", start / len(ids) / 2)
        changed = 0
        for start in range(0, len(ids), BATCH):
            changed += self._regroup(connection, ids[start : start + BATCH])
            tell("grouping", 0.5 + start / len(ids) / 2)
        tell("done", 1.0)
        return changed

    def _link(self, connection: Connection, ids: Collection[str]) -> None:
        """File the incidents and link them to those that are like them, in place of what was filed before."""
        _forget(connection, ids)
        new = self._sketches.of(connection, _read_from_reports(connection, ids))
        _file(connection, new.values())
        found: dict[Pair, Link] = {}
        for one in new.values():
            near = self._sketches.of(connection, _neighbours(connection, one) - {one.id})
            copied.note(connection, one, near.values())
            found.update((link.pair, link) for link in merge.links(one, near.values(), self._compare))
        _keep(connection, found.values())

    def _regroup(self, connection: Connection, ids: Collection[str]) -> int:
        """Split the groups of these incidents, and of their events so far, into events anew."""
        decided = _decisions(decisions.bonds(connection))
        links, members = _around(connection, ids, decided.same)
        known = self._sketches.of(connection, members)
        kept = {link.pair: link for link in links if link.pair[0] in known and link.pair[1] in known}
        parts = merge.events(known, kept, self._compare, decided)
        return membership.give(connection, parts, kept)


def add(store: Store, report: Report, reading: Json, merger: Merger) -> bool:
    """True where the report was stored with its incidents (a contract reading) and they were given to events.

    One transaction; False where the report was stored already. Raises InputError where another content is stored
    under the report's id, StoreError where writing fails.
    """
    with store.writing() as connection:
        ids = rows.insert(connection, report, reading)
        if ids:
            merger.attach(connection, ids)
    return ids is not None


def reread(store: Store, report: Report, reading: Json, merger: Merger) -> Change:
    """What a newer reading of a stored report changed; its incidents are given to events anew, in one transaction."""
    with store.writing() as connection:
        change = rereading.replace_reading(connection, report.id, reading)
        touched = {*change.changed, *change.new, *change.gone, *change.bereft}
        if touched:
            merger.attach(connection, touched)
    return change


def default_scorer() -> Scorer:
    """The scorer with the project's registry, vocabulary and weights."""
    tops = sides.registered().tops
    above = {party: ids | {tops[party]} for party, ids in vocabulary.lineage().ancestors.items()}
    return Scorer(vocabulary.families(), above, WEIGHTS)


def _read_from_reports(connection: Connection, ids: Collection[str]) -> list[str]:
    """Those that were read from a report: what was imported is an event by its own source's count."""
    return [row.id for row in rows.by_ids(connection, ids).values() if row.origin == rows.EXTRACTION]


def _forget(connection: Connection, ids: Collection[str]) -> None:
    for part in rows.chunks(ids):
        connection.execute(sa.delete(schema.merge_keys).where(_K.incident_id.in_(part)))
        connection.execute(sa.delete(schema.links).where(_L.incident_a.in_(part)))
        connection.execute(sa.delete(schema.links).where(_L.incident_b.in_(part)))


def _file(connection: Connection, new: Iterable[Sketch]) -> None:
    keys = [{"key": number, "incident_id": one.id} for one in new for number in _numbers(blocking.filed(one))]
    if keys:
        connection.execute(sa.insert(schema.merge_keys), keys)


def _neighbours(connection: Connection, one: Sketch) -> set[str]:
    found: set[str] = set()
    for part in rows.chunks(_numbers(blocking.sought(one))):
        found.update(connection.scalars(sa.select(_K.incident_id).where(_K.key.in_(part))))
    return found


def _numbers(keys: Iterable[blocking.Key]) -> set[int]:
    """The keys as numbers of 64 bits; that two keys should be one number costs a comparison and nothing else."""
    hashed = (hashlib.blake2b(repr(key).encode(), digest_size=8).digest() for key in keys)
    return {int.from_bytes(digest, "big", signed=True) for digest in hashed}


def _keep(connection: Connection, links: Iterable[Link]) -> None:
    at = transaction.moment(connection)
    new = [
        {
            "incident_a": link.pair[0],
            "incident_b": link.pair[1],
            "event_id": None,
            "score": link.score.value,
            "reasons": [asdict(reason) for reason in link.score.reasons],
            "at": at,
        }
        for link in links
    ]
    if new:
        connection.execute(sa.insert(schema.links), new)


def _decisions(bonds: Iterable[Bond]) -> Decisions:
    """What the bonds say of each pair of incidents; where two contradict each other the later one holds."""
    same, different = set[Pair](), set[Pair]()
    for bond in bonds:
        across = {merge.pair(a, b) for a, b in product(bond.left, bond.right)}
        if bond.together:
            across |= {merge.pair(a, b) for a, b in combinations((*bond.left, *bond.right), 2)}
            same, different = same | across, different - across
        else:
            same, different = same - across, different | across
    return Decisions(frozenset(same), frozenset(different))


def _around(connection: Connection, ids: Collection[str], same: Iterable[Pair]) -> tuple[list[Link], set[str]]:
    """All incidents that are reached from these by links, by decisions or as members of one event; and the links."""
    beside: defaultdict[str, set[str]] = defaultdict(set)
    for a, b in same:
        beside[a].add(b)
        beside[b].add(a)
    found: dict[Pair, Link] = {}
    members, new = set[str](), set(ids)
    while new:
        members |= new
        links = _links_of(connection, new)
        found.update((link.pair, link) for link in links)
        reached = {one for link in links for one in link.pair} | _fellows(connection, new)
        new = (reached | {other for one in new for other in beside.get(one, ())}) - members
    return list(found.values()), members


def _links_of(connection: Connection, ids: Collection[str]) -> list[Link]:
    found = []
    for part in rows.chunks(ids):
        for end in (_L.incident_a, _L.incident_b):
            query = sa.select(_L.incident_a, _L.incident_b, _L.score, _L.event_id).where(end.in_(part))
            for row in connection.execute(query):
                found.append(Link((row.incident_a, row.incident_b), Score(row.score, ()), row.event_id))
    return found


def _fellows(connection: Connection, ids: Collection[str]) -> set[str]:
    """The incidents that are in one event with any of these now."""
    found: set[str] = set()
    for part in rows.chunks(ids):
        events = sa.select(_I.event_id).where(schema.current(), _I.id.in_(part), _I.event_id.is_not(None))
        found.update(connection.scalars(sa.select(_I.id).where(schema.current(), _I.event_id.in_(events))))
    return found

"""The overview: questions to a whole store answered in milliseconds, from arrays that all sessions share.

    overview = Overview(store)
    found = overview.answer(Ask(parties=("islamic-state",), role="target"))
    found.drawn, found.undrawn        rows of the incidents on the map, and of those that have no place to be drawn at
    overview.rows(found, found.latest(50))  what a list shows of them

Map, timeline, list and counts are all taken from one ``Answer``, so that they agree. By default each event counts
once, by the incident that leads it; see ``Ask``.
"""

from __future__ import annotations

import datetime as dt
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Lock, RLock

import numpy as np

from data import facets, question, rowarrays, snapshot, vocabulary, wordindex
from data.facets import Facets
from data.held import Held, at
from data.query import IncidentRow, by_keys, incident
from data.question import EVERYTHING, Ask, Masks
from data.rowarrays import NO_DAY, Array, Progress
from data.snapshot import Snapshot
from data.store import Store
from geo import cells
from geo.cells import Box

__all__ = ["EVERYTHING", "Answer", "Ask", "Overview"]

# Answers kept: at a million incidents each takes 1 to 10 MB.
KEPT_ANSWERS = 24
KEPT_MOMENTS = 2
# A store that is being filled changes all the time: its rows are read again at the earliest after so many times as
# long as the reading takes, so that reading never takes more than a quarter of the time.
PATIENCE = 3.0


@dataclass(slots=True, eq=False)
class Answer:
    """What fits a question. ``rows`` are places in ``held.rows``, ascending: one an event, or all that fit.

    ``incidents`` and ``reports`` count all that fit, also those that an event's lead stands for.
    """

    held: Held
    ask: Ask
    masks: Masks
    rows: Array
    incidents: int
    reports: int
    _split: tuple[Array, Array] | None = field(default=None, repr=False)
    _extents: dict[float, Box | None] = field(default_factory=dict, repr=False)
    _facets: Facets | None = field(default=None, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def drawn(self) -> Array:
        """The shown rows on the map."""
        return self._parted()[0]

    @property
    def undrawn(self) -> Array:
        """The shown rows without a place, or with no more than a country."""
        return self._parted()[1]

    def _parted(self) -> tuple[Array, Array]:
        if self._split is None:
            placed = self.held.placed[self.rows]
            self._split = self.rows[placed], self.rows[~placed]
        return self._split

    @property
    def unlocated(self) -> int:
        """How many of the shown have no place at all."""
        return int(np.count_nonzero(np.isnan(self.held.rows.lat[self.undrawn])))

    def extent(self, *, outer: float = 0.0) -> Box | None:
        """South-west and north-east corner of what is on the map, as ``geo.cells.extent``; worked out once."""
        if outer not in self._extents:
            rows = self.held.rows
            self._extents[outer] = cells.extent(rows.lat[self.drawn], rows.lon[self.drawn], outer=outer)
        return self._extents[outer]

    def latest(self, rows: Array, many: int, offset: int = 0) -> Array:
        """So many of the given rows, those that began last first, undated ones last."""
        rank = self.held.rank[rows]
        last = offset + many
        best = np.argpartition(rank, last)[:last] if last < len(rank) else np.arange(len(rank))
        found: Array = rows[best[np.argsort(rank[best])]][offset:]
        return found

    def starts(self, *, all_days: bool = False) -> Array:
        """The first days of the shown (days of 1970, undated left out), whatever the filter by days where asked."""
        rows = self.rows
        if all_days and "days" in self.masks:
            rows = shown(self.held, self.ask, question.joined(self.held, self.masks, without=("days",)))
        days = self.held.rows.start[rows]
        found: Array = days[days != NO_DAY]
        return found

    def facets(self) -> Facets:
        """Filter -> values with how many each would leave; counted once."""
        with self._lock:
            if self._facets is None:
                self._facets = facets.facets(self.held, self.ask, self.masks)
            return self._facets


def shown(held: Held, ask: Ask, mask: Array) -> Array:
    """The rows that stand for those under the mask, ascending."""
    if ask.every or held.single:
        return np.flatnonzero(mask).astype(np.int32)
    hit = np.zeros(len(held.leads), np.bool_)
    hit[held.group[mask]] = True
    found: Array = np.sort(held.leads[hit])
    return found


class Overview:
    """The open overview of a store; safe to be shared by threads."""

    def __init__(self, store: Store, *, tell: Progress | None = None) -> None:
        self.store = store
        self._lock = RLock()
        self._tell = tell
        self._snapshot: Snapshot | None = None
        self._looked = 0.0
        self._file: tuple[int, int] | None = None
        self._reading: BaseProcess | None = None
        self._held: OrderedDict[dt.date | None, Held] = OrderedDict()
        self._answers: OrderedDict[Ask, Answer] = OrderedDict()

    def revision(self) -> int:
        """The store's revision that answers are given of; looks for a newer one first."""
        with self._lock:
            now = time.monotonic()
            known = self._snapshot
            if known and now - self._looked < PATIENCE * known.seconds:
                return known.revision
            if known is None or self.store.revision() != known.revision or self.store.file != self._file:
                self._take(known)
                self._file = self.store.file
                self._looked = time.monotonic()
            assert self._snapshot
            return self._snapshot.revision

    def _take(self, known: Snapshot | None) -> None:
        self._snapshot = snapshot.take(self.store, known, tell=self._tell)
        self._held.clear()
        self._answers.clear()

    def held(self, as_of: dt.date | None = None) -> Held:
        """The incidents as they are held now, or were held by the end of a day."""
        with self._lock:
            self.revision()
            if as_of not in self._held:
                assert self._snapshot
                ancestors = vocabulary.lineage().ancestors
                rows = at(self._snapshot.rows, _end_of(as_of) if as_of else None)
                grades = snapshot.past_grades(self.store, as_of) if as_of else self._snapshot.grades
                self._held[as_of] = Held(rows, ancestors, grades)
                while len(self._held) > KEPT_MOMENTS:
                    self._held.popitem(last=False)
            self._held.move_to_end(as_of)
            return self._held[as_of]

    def answer(self, ask: Ask) -> Answer:
        """What fits the question; the same object for the same question while the store does not change."""
        held = self.held(ask.as_of)
        with self._lock:
            found = self._answers.get(ask)
            if found is not None and found.held is held:
                self._answers.move_to_end(ask)
                return found
        if ask.words and self._reading:
            self._reading.join()
        reports = wordindex.search(self.store, self._words(), ask.words)
        found = _answer(held, ask, reports)
        with self._lock:
            self._answers[ask] = found
            while len(self._answers) > KEPT_ANSWERS:
                self._answers.popitem(last=False)
        return found

    def _words(self) -> Path:
        """The index of words of this very store: another one may come to stand at its address."""
        rows = self._snapshot.rows if self._snapshot else None
        first = (
            f"{abs(int(rows.report[0])):x}-{int(rows.known_from[0]):x}" if rows is not None and len(rows) else "none"
        )
        return snapshot.folder(self.store) / f"words-{first}.db"

    def warm(self) -> None:
        """Make ready what the first question would wait for; the words of many reports are read apart."""
        self.answer(Ask()).facets()
        if len(self.held()) >= snapshot.KEPT_FROM:
            self._reading = wordindex.follow_apart(self.store, self._words())

    def rows(self, answer: Answer, places: Array) -> Sequence[IncidentRow]:
        """What a list shows of the rows at these places, in their order."""
        return by_keys(self.store, answer.held.rows.key[places].tolist())

    def place(self, answer: Answer, incident_id: str) -> int | None:
        """Where an incident stands in ``answer.held.rows``, None where it is not held."""
        found = incident(self.store, incident_id, as_of=answer.ask.as_of)
        if found is None:
            return None
        at_ = int(np.searchsorted(answer.held.rows.key, found.row.key))
        return at_ if at_ < len(answer.held) and answer.held.rows.key[at_] == found.row.key else None


def bounds(held: Held) -> tuple[dt.date, dt.date] | None:
    """First and last possible day of all that is held, None where nothing has a date."""
    starts = held.rows.start[held.rows.start != NO_DAY]
    if not len(starts):
        return None
    return rowarrays.day_of(int(starts.min())), rowarrays.day_of(int(held.rows.end.max()))


def _answer(held: Held, ask: Ask, reports: Array | None) -> Answer:
    found = question.masks(held, ask, reports)
    whole = question.joined(held, found)
    known, places = held.reports
    seen = np.zeros(len(known), np.bool_)
    seen[places[whole]] = True
    return Answer(held, ask, found, shown(held, ask, whole), int(np.count_nonzero(whole)), int(np.count_nonzero(seen)))


def _end_of(day: dt.date) -> int:
    return (rowarrays.day_number(day) + 1) * 86_400_000_000 - 1

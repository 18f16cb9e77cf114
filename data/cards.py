"""An event's card: who says what of it, in which words; the figures; who is blamed by whom; how well it is borne out.

``of`` is a pure function of the event's incidents and their reports. Its rules are told in ``docs/events.md``.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from data import grades, intent, tolls
from data.claimants import Claimant, Claimants, order, publisher_of
from data.grades import Blame, Grade
from data.sides import Sides
from data.tolls import Toll

Json = dict[str, Any]
Column = Literal["killed", "wounded", "author", "intent", "when"]
COLUMNS: tuple[Column, ...] = ("killed", "wounded", "author", "intent", "when")


@dataclass(frozen=True, slots=True)
class Cell:
    """One thing that a claimant says. ``text`` is what to show of it, ``words`` the report's own.

    ``start`` and ``end`` are where the words stand in the report's text, None where it gives none. ``low`` and
    ``high`` are a toll's, None where that side is open.
    """

    text: str
    words: str
    report_id: str
    publisher: str
    day: dt.date | None
    start: int | None = None
    end: int | None = None
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """All that one claimant says, by column, in the order of the reports."""

    claimant: Claimant
    cells: Mapping[Column, tuple[Cell, ...]]


@dataclass(frozen=True, slots=True)
class Card:
    """``publishers`` counts independent ones: copies of a text count with the first. ``sides`` are those that speak."""

    rows: tuple[Row, ...]
    killed: Toll | None
    wounded: Toll | None
    blames: tuple[Blame, ...]
    grade: Grade
    reports: int
    copies: int
    publishers: int
    sides: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    claimant: Claimant
    column: Column
    cell: Cell
    party: str | None = None
    stance: str = ""


def of(incidents: Sequence[Json], reports: Mapping[str, Json], sides: Sides) -> Card:
    """The card of an event.

    ``incidents`` are the contract's objects, rejected ones left out; ``reports`` hold by id ``id``, ``text``,
    ``publisher``, ``published`` (a date) and ``copy_of``, the id of the report that one repeats.
    """
    ids = sorted({one["report_id"] for one in incidents}, key=lambda one: _when(reports[one]))
    said = [one for report in ids for one in _said(reports[report], incidents, sides)]
    kept = _once(said, reports)
    rows = _rows(kept)
    blames = grades.blames(
        (one.claimant, one.stance, one.party, one.cell.report_id, one.cell.day) for one in kept if one.stance
    )
    roots = {reports[one].get("copy_of") or one for one in ids}
    publishers = {publisher_of(reports[root]) for root in roots if root in reports} or {"?"}
    told = [(row.claimant, row.cells) for row in rows]
    return Card(
        rows=rows,
        killed=tolls.of([(who, cells["killed"]) for who, cells in told]),
        wounded=tolls.of([(who, cells["wounded"]) for who, cells in told]),
        blames=blames,
        grade=grades.of(blames, len(publishers), _intents(rows), sides, [one["event_type"] for one in incidents]),
        reports=len(ids),
        copies=len(ids) - len(roots),
        publishers=len(publishers),
        sides=tuple(sorted({row.claimant.side for row in rows if row.claimant.side})),
    )


def _when(report: Json) -> tuple[dt.date, str]:
    return report.get("published") or dt.date.max, report["id"]


def _said(report: Json, incidents: Sequence[Json], sides: Sides) -> Iterator[_Said]:
    """All that is said in one report of the event, in the order of its words."""
    own = [one for one in incidents if one["report_id"] == report["id"]]
    claimants = Claimants.of(sides, publisher_of(report), own)
    found = [one for record in own for one in _in_record(record, report, claimants, sides)]
    yield from sorted(found, key=lambda one: (one.cell.start or 0, one.column))


def _in_record(record: Json, report: Json, claimants: Claimants, sides: Sides) -> Iterator[_Said]:
    for toll in record.get("casualties", ()):
        if toll["outcome"] in ("killed", "wounded") and not toll.get("part") and tolls.has_figure(toll):
            who = claimants.named(toll.get("claimed_by"), _at(toll["span"]))
            shown = tolls.told(toll["low"], toll["high"], toll["text"])
            yield _Said(who, toll["outcome"], _cell(report, shown, toll["span"], toll["low"], toll["high"]))
    for actor in record.get("actors", ()):
        if actor["role"] == "perpetrator":
            who = claimants.named(actor.get("alleged_by"), _at(actor["span"]))
            stance = "admits" if _own(who, actor["id"], sides) else "blames"
            yield _Said(who, "author", _cell(report, actor["name"], actor["span"]), actor["id"], stance)
    yield from _claims(record, report, claimants, sides)
    yield from _dates(record, report, claimants)


def _claims(record: Json, report: Json, claimants: Claimants, sides: Sides) -> Iterator[_Said]:
    for claim in record.get("claims", ()):
        who, span = claimants.named(claim["speaker"], _at(claim["span"])), claim["span"]
        words = report["text"][span["start"] : span["end"]] if span else ""
        if meant := intent.read(words):
            kind, start, end = meant
            where = {"start": span["start"] + start, "end": span["start"] + end}
            yield _Said(who, "intent", _cell(report, kind, where))
        stance, about = claim["stance"], claim.get("about")
        if stance == "blames" and about:
            stance = "admits" if _own(who, about, sides) else "blames"
            yield _Said(who, "author", _cell(report, sides.labels.get(about, about), span), about, stance)
        # Who denies that it was deliberate does not deny having done it.
        elif stance == "admits" or (stance == "denies" and not meant):
            yield _Said(who, "author", _cell(report, f"{stance} it", span), about or who.side, stance)


def _dates(record: Json, report: Json, claimants: Claimants) -> Iterator[_Said]:
    """The day that words give, said by whoever is quoted in the same sentence, else by the report itself."""
    date = record.get("date") or {}
    span = date.get("span")
    if not span:
        return
    day = date["start"] if date["start"] == date["end"] else f"{date['start']} to {date['end']}"
    spoken = [c for c in record.get("claims", ()) if c["span"]]
    quoted = [c for c in spoken if c["span"]["start"] <= span["start"] < c["span"]["end"]]
    speaker = quoted[0]["speaker"] if quoted else None
    yield _Said(claimants.named(speaker, span["start"]), "when", _cell(report, day, span))


def _at(span: Json | None) -> float:
    """Where words stand; what a reviewer gave has none, and comes after the whole text."""
    return span["start"] if span else math.inf


def _own(who: Claimant, party: str, sides: Sides) -> bool:
    """True where a claimant names its own side."""
    return who.side is not None and who.side == sides.side(party)


def _cell(report: Json, text: str, span: Json | None, low: int | None = None, high: int | None = None) -> Cell:
    start, end = (span["start"], span["end"]) if span else (None, None)
    words = report["text"][start:end] if span else ""
    return Cell(text, words, report["id"], publisher_of(report), report.get("published"), start, end, low, high)


def _once(said: Iterable[_Said], reports: Mapping[str, Json]) -> list[_Said]:
    """What is said, without what a report says twice or repeats as a copy of another."""
    seen: set[tuple[str, str, str, str, str]] = set()
    kept = []
    for one in said:
        source = reports[one.cell.report_id].get("copy_of") or one.cell.report_id
        who = "" if one.claimant.own_voice else one.claimant.key
        key = (who, one.column, one.party or one.cell.text, one.stance, source)
        if key not in seen:
            seen.add(key)
            kept.append(one)
    return kept


def _rows(said: Iterable[_Said]) -> tuple[Row, ...]:
    by_key: defaultdict[str, list[_Said]] = defaultdict(list)
    for one in said:
        by_key[one.claimant.key].append(one)
    claimants = {key: found[0].claimant for key, found in by_key.items()}
    return tuple(
        Row(who, {column: tuple(o.cell for o in by_key[who.key] if o.column == column) for column in COLUMNS})
        for who in order(list(claimants.values()))
    )


def _intents(rows: Iterable[Row]) -> dict[str, list[str]]:
    """Each intent with the names of those who say so."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        for kind in dict.fromkeys(cell.text for cell in row.cells["intent"]):
            found[kind].append(row.claimant.name)
    return dict(found)

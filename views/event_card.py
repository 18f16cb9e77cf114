"""One event -> its card: who says what in which words, the figures, the blame, the grade, the reports, the history.

It is the card of one incident (``views.card``) with the event around it. Every cell of the claim matrix has a number,
under which its words are marked in the report that they stand in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from data import dossier
from data.cards import COLUMNS, Card, Cell, Column
from data.cards import Row as Claims
from data.dossier import Dossier
from data.grades import Blame
from data.query import IncidentDetail
from data.records import Json
from data.sides import registered
from data.store import Store
from data.tolls import Toll
from geo import layers
from views import card, graphic, trail, words
from views.card import Value

HEADS: Mapping[Column, str] = {
    "killed": "Killed",
    "wounded": "Wounded",
    "author": "Who did it",
    "intent": "Intent",
    "when": "When",
}
GRADES = {
    "confirmed": "Confirmed: a side says that it did it",
    "fair": "Fair: independent publishers tell of it, and none contradicts",
    "weak": "Weak: a single publisher tells of it",
    "contested": "Contested: who did it is denied, or told differently",
}
STANCES = {"admits": "admits it", "denies": "denies it"}
# A second report of an event is read at the words that matter; its whole text is a press away.
OTHER_REPORTS_MOST = 6_000
LABEL_MOST = 240

# What a claimant says alike in one column, in one report or several.
Same = tuple[Cell, ...]


def shown(store: Store, detail: IncidentDetail, as_of: dt.date | dt.datetime | None = None) -> Json:
    """The card of an incident with its event around it, as it is now or was known at ``as_of``."""
    found = dossier.of(store, detail.row.id, as_of=as_of)
    return of(found) if found else card.card(detail)


def of(found: Dossier) -> Json:
    """The card as JSON for ``views.parts.incident_card``."""
    main = found.members[0]
    if found.card is None:
        return {**card.card(main), "trail": [trail.told(one) for one in found.trail]}
    said = list(_said(found.card))
    own = len([field for group in card.card(main)["groups"] for field in group["fields"]])
    numbers = {one: own + n for n, one in enumerate(said)}
    base = card.card(main, _values(said, main.report.id))
    return {
        **base,
        "event": {
            "id": found.event_id,
            "grade": {"name": found.card.grade.name, "means": GRADES[found.card.grade.name]},
            "reasons": [_clip(_sentence(reason)) for reason in found.card.grade.reasons],
            "counts": _counts(found.card),
            "columns": [HEADS[column] for column in columns(found.card)],
            "rows": [_row(row, columns(found.card), numbers) for row in found.card.rows],
            "silent": _silent(found.card),
            "figures": [*_figure("Killed", found.card.killed), *_figure("Wounded", found.card.wounded)],
            "blames": _blames(found.card.blames, _names(found)),
        },
        "others": [_report(detail, found, [Value("")] * own, said) for detail in _other_reports(found)],
        "trail": [trail.told(one) for one in found.trail],
    }


def columns(made: Card) -> list[Column]:
    """The columns in which anybody says anything."""
    return [column for column in COLUMNS if any(row.cells[column] for row in made.rows)]


def _said(made: Card) -> Iterator[Same]:
    """What each claimant says in each column; what it says alike in several reports is one."""
    for row in made.rows:
        for column in COLUMNS:
            yield from _alike(row.cells[column])


def _alike(cells: Sequence[Cell]) -> list[Same]:
    found: dict[str, list[Cell]] = {}
    for cell in cells:
        found.setdefault(cell.text, []).append(cell)
    return [tuple(same) for same in found.values()]


def _values(said: Sequence[Same], report_id: str) -> list[Value]:
    """A value for each that is said, with its words where they stand in this report."""
    return [
        Value("", None, tuple(_span(cell) for cell in same if cell.report_id == report_id and cell.start is not None))
        for same in said
    ]


def _span(cell: Cell) -> tuple[int, int]:
    return cell.start or 0, cell.end or 0


def _row(row: Claims, wanted: Sequence[Column], numbers: Mapping[Same, int]) -> Json:
    return {
        "name": _clip(row.claimant.name),
        "note": "the report itself" if row.claimant.own_voice else _side(row.claimant.side),
        "cells": [[_cell(same, column, numbers[same]) for same in _alike(row.cells[column])] for column in wanted],
    }


def _side(side: str | None) -> str | None:
    return f"side: {label(side)}" if side else None


def _cell(same: Same, column: Column, number: int) -> Json:
    return {
        "id": number,
        "text": _clip(_day(same[0].text) if column == "when" else same[0].text),
        "note": words.plural(len(same), "report") if len(same) > 1 else None,
        "quotes": [{"words": layers.clip(cell.words, card.VALUE_MOST), "source": _source(cell)} for cell in same],
        "lights": any(cell.start is not None for cell in same),
    }


def _source(cell: Cell) -> str:
    day = f", {words.day(cell.day)}" if cell.day else ""
    return f"{_clip(cell.publisher)}{day}"


def _day(text: str) -> str:
    """A card's day or days, as ISO 8601, the way the other screens show them."""
    start, _, end = text.partition(" to ")
    return words.days(dt.date.fromisoformat(start), dt.date.fromisoformat(end or start))


def _silent(made: Card) -> str:
    silent = [HEADS[column].lower() for column in COLUMNS if column not in columns(made)]
    return f"Nobody speaks of: {', '.join(silent)}." if silent else ""


def _figure(name: str, toll: Toll | None) -> list[Json]:
    if toll is None:
        return []
    span = f"{toll.lowest:,}" if toll.lowest == toll.highest else f"{toll.lowest:,} to {toll.highest:,}"
    return [{"label": name, "range": span, "shown": f"{toll.shown} ({_clip(toll.shown_by)})", "rule": toll.rule}]


def _counts(made: Card) -> str:
    told = words.plural(made.reports, "report")
    told += f", {words.plural(made.copies, 'copy', 'copies')} among them" if made.copies else ""
    told += f", by {words.plural(made.publishers, 'independent publisher')}"
    sides = [label(side) for side in made.sides]
    if sides:
        return f"{told}; {words.plural(len(sides), 'side speaks', 'sides speak')}: {_clip(', '.join(sides))}"
    return f"{told}; no side of the conflict speaks"


def _blames(found: Sequence[Blame], names: Mapping[str, str]) -> list[str]:
    """Who holds whom responsible, a line for each claimant and stance."""
    told: dict[tuple[str, str], list[str]] = {}
    for one in found:
        about = names.get(one.party) or label(one.party) if one.party else ""
        told.setdefault((one.claimant.name, one.stance), []).append(about)
    return [_clip(_blame(who, stance, list(filter(None, about)))) for (who, stance), about in told.items()]


def _blame(who: str, stance: str, about: Sequence[str]) -> str:
    parties = ", ".join(dict.fromkeys(about))
    if stance == "blames":
        return f"{who} names {parties}"
    return f"{who} {STANCES[stance]}" + (f" ({parties})" if parties else "")


def _names(found: Dossier) -> dict[str, str]:
    """What the reports call the parties, by id."""
    return {actor["id"]: actor["name"] for detail in found.members for actor in detail.record["actors"]}


def label(party: str | None) -> str:
    """A party's name in the registry; its id in plain words where it is not listed."""
    return registered().labels.get(party or "", (party or "").replace("-", " "))


def _other_reports(found: Dossier) -> list[IncidentDetail]:
    """One incident of every other report of the event."""
    first = {detail.report.id: detail for detail in reversed(found.members)}
    first.pop(found.members[0].report.id)
    return sorted(first.values(), key=lambda one: (one.report.published or dt.date.max, one.report.id))


def _report(detail: IncidentDetail, found: Dossier, before: Sequence[Value], said: Sequence[Same]) -> Json:
    """Another report with its words marked; ``before`` stand for the numbers that are the first report's own."""
    report = detail.report
    members = [one for one in found.members if one.report.id == report.id]
    evidence = [card.pair(span) for one in members for span in one.record["evidence"]]
    values = [*before, *_values(said, report.id)]
    told = card.paragraphs(report.text, values, evidence, OTHER_REPORTS_MOST)
    return {
        "source": card.source(report),
        "copy": report.copy_of is not None,
        "paragraphs": told,
        "graphic": graphic.which(told),
    }


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _clip(text: str) -> str:
    return layers.clip(text, LABEL_MOST)

"""A briefing on what is shown: figures, filters, the ten gravest events with who says so in which reports, credits.

``of`` gathers it; ``views.briefing_pdf`` and ``views.briefing_markdown`` write it down.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from data import dossier, figures, query
from data.cards import Row
from data.dossier import Dossier
from data.exchange.flat import CREDIT, LOADED_CREDIT
from data.figures import Grave, Line, Toll
from data.overview import Answer, Overview
from data.query import IncidentDetail, IncidentRow, ReportRow
from geo import layers
from views import card, chart, event_card, heading, stated, words
from views.address import Look

GRAVEST = 10
# So many lines of each table, claimants and sources of each event find room on a page; what is left out is counted.
LINES, CLAIMANTS, SOURCES = 5, 5, 4
NAME_MOST, TITLE_MOST = 70, 110
NO_EVENTS = "Nobody gives a figure for any of what is shown."
PLACES = "Places: GeoNames (CC BY 4.0), OurAirports, geoBoundaries (CC BY 4.0), Natural Earth"


@dataclass(frozen=True, slots=True)
class Source:
    """A report: publisher and day, its title, its address on the web or None."""

    line: str
    title: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Event:
    """One of the gravest events, each part a line of plain text; ``more_*`` count what is left out."""

    heading: str
    who: str
    toll: str
    grade: str
    claimants: Sequence[str]
    more_claimants: int
    sources: Sequence[Source]
    more_sources: int


@dataclass(frozen=True, slots=True)
class Table:
    """A title, and lines of name, count, toll; ``more`` counts those left out."""

    title: str
    counted: str
    lines: Sequence[tuple[str, str, str]]
    more: int


@dataclass(frozen=True, slots=True)
class Briefing:
    """All parts in plain text: whoever writes it down makes it safe for the format."""

    title: str
    made: dt.datetime
    filters: Sequence[str]
    total: Sequence[str]
    tables: Sequence[Table]
    events: Sequence[Event]
    notes: Sequence[str]
    credits: Sequence[str]


def of(overview: Overview, answer: Answer, look: Look, *, now: dt.datetime | None = None) -> Briefing:
    """The briefing on an answer as it is held now."""
    gravest = figures.gravest(answer, GRAVEST)
    details = _details(overview, answer, gravest)
    return Briefing(
        title=f"What reports say happened, {stated.span(answer)}",
        made=(now or dt.datetime.now(dt.UTC)).astimezone(dt.UTC).replace(microsecond=0),
        filters=stated.stated(answer),
        total=_total(answer),
        tables=[_table(one) for one in chart.charts(answer, look) if not one.over_time],
        events=[_event(overview, answer, *one) for one in zip(gravest, details, strict=True) if one[1]],
        notes=_notes(answer),
        credits=_credits(details),
    )


def _details(overview: Overview, answer: Answer, gravest: Sequence[Grave]) -> list[IncidentDetail | None]:
    keys = answer.held.rows.key[[one.row for one in gravest]].tolist() if gravest else []
    rows: Sequence[IncidentRow] = query.by_keys(overview.store, keys)
    return [query.incident(overview.store, row.id, as_of=answer.ask.as_of) for row in rows]


def _total(answer: Answer) -> list[str]:
    found = figures.total(answer)
    return [
        heading.headline(answer).replace("**", ""),
        *(
            f"{what}: {words.summed(toll)}; {found.count - toll.told:,} without a figure"
            for what, toll in (("Killed", found.killed), ("Wounded", found.wounded))
        ),
    ]


def _table(one: chart.Chart) -> Table:
    lines = [(_clip(name, NAME_MOST), f"{line.count:,}", _figure(one, line)) for name, line in one.lines[:LINES]]
    return Table(one.title, one.counted, lines, max(0, len(one.lines) - LINES))


def _figure(one: chart.Chart, line: Line) -> str:
    toll = one.toll(line)
    return f"{words.summed(toll)} {one.measure}" if toll.told else words.NO_FIGURE


def _event(overview: Overview, answer: Answer, grave: Grave, detail: IncidentDetail | None) -> Event:
    assert detail
    row = detail.row
    found = dossier.of(overview.store, row.id, as_of=answer.ask.as_of)
    claimants = _claimants(found) if found and found.card else _own_claimants(detail)
    reports = {one.report.id: one.report for one in (found.members if found else (detail,))}
    return Event(
        heading=f"{words.event(row.event_type).label}, {words.where(row)}, {words.days(row.date_start, row.date_end)}",
        who=words.who(row.parties),
        toll=_tolls(grave),
        grade=event_card.GRADES[found.card.grade.name] if found and found.card else "",
        claimants=[_clip(one, TITLE_MOST) for one in claimants[:CLAIMANTS]],
        more_claimants=max(0, len(claimants) - CLAIMANTS),
        sources=[_source(one) for one in list(reports.values())[:SOURCES]],
        more_sources=max(0, len(reports) - SOURCES),
    )


def _tolls(grave: Grave) -> str:
    told: list[tuple[Toll, str]] = [(grave.killed, "killed"), (grave.wounded, "wounded")]
    return ", ".join(f"{words.summed(toll)} {what}" for toll, what in told if toll.told)


def _claimants(found: Dossier) -> list[str]:
    """A line for everyone who gives a figure or says who did it."""
    assert found.card
    told = [(row.claimant.name, _says(row)) for row in found.card.rows]
    return [f"{name}: {says}" for name, says in told if says]


def _says(row: Row) -> str:
    said = [f"{cell.text} {column}" for column in ("killed", "wounded") for cell in row.cells[column]]
    said += [f"names {cell.text}" if not cell.text.endswith(" it") else cell.text for cell in row.cells["author"]]
    return ", ".join(dict.fromkeys(said))


def _own_claimants(detail: IncidentDetail) -> list[str]:
    """The same of one report's incident alone."""
    said: dict[str, list[str]] = {}
    for one in detail.record["casualties"]:
        number = words.number(one["low"], one["high"])
        if number:
            said.setdefault(one["claimed_by"] or "The report itself", []).append(f"{number} {one['outcome']}")
    return [f"{name}: {', '.join(dict.fromkeys(figures_))}" for name, figures_ in said.items()]


def _source(report: ReportRow) -> Source:
    shown = card.source(report)
    return Source(str(shown["line"]), _clip(str(shown["title"]), TITLE_MOST), card.web(report.url))


def _notes(answer: Answer) -> list[str]:
    notes = [chart.ALWAYS, "The gravest are those with the highest figure of killed, then of wounded, whoever gave it."]
    if heading.holds_samples(answer):
        notes.append("Includes Dateline's sample reports, which are not news articles: do not cite them.")
    return notes


def _credits(details: Sequence[IncidentDetail | None]) -> list[str]:
    loaded = {one.record["source"]["name"] for one in details if one and one.record.get("source")}
    return [f"{CREDIT}.", *(f"{LOADED_CREDIT.format(name=_clip(name, 60))}." for name in sorted(loaded)), f"{PLACES}."]


def _clip(text: str, most: int) -> str:
    return layers.clip(text, most)

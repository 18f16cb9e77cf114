"""Readings made by hand from well-known events, and a reader that answers with them: no model, no gazetteer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from extract.records import Actor, CasualtyClaim, EventDate, Incident, Report, Span
from geo.records import Place, PlacedIncident, Reading

ROLES = {"perpetrator": "coalition", "target": "army"}


def report(number: int = 1, **changes: object) -> Report:
    """A report on the strike near Deir ez-Zor in September 2016."""
    base = Report(
        id=f"r{number}",
        text="Coalition aircraft struck Syrian army positions near the airport of Deir ez-Zor on 17 September 2016. "
        "Russia's defence ministry said that 62 soldiers were killed.",
        title="Strike hits Syrian army",
        published=dt.date(2016, 9, 18),
        publisher="Western wire agency",
        url="https://example.org/1",
        language="en",
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def actor(name: str, role: str, *, alleged_by: str | None = None) -> Actor:
    """A party whose id is the slug of its name."""
    return Actor(name.lower().replace(" ", "-"), name, "state", role, Span(0, 9), name, alleged_by)  # type: ignore[arg-type]


def at(name: str, lat: float, lon: float, country: str, *, precision: int = 2) -> Place:
    """A place with a radius of 5 km."""
    return Place(name, name, Span(10, 20), lat, lon, 5.0, precision, "gazetteer", 0.9, country_code=country)


DEIR = at("Deir ez-Zor Airport", 35.2854, 40.1760, "SY")
MOSUL = at("Mosul", 36.335, 43.1189, "IQ", precision=1)


def on(first: str, last: str | None = None) -> EventDate:
    """A stated date."""
    start, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last or first)
    return EventDate(start, end, 1 if start == end else 2, "stated", first, Span(80, 97))


def incident(source: Report, number: int = 0, *, place: Place | None = DEIR, **changes: object) -> PlacedIncident:
    """An air strike by the US-led coalition on the Syrian army; any field can be replaced."""
    base = Incident(
        id=f"{source.id}-{number}",
        report_id=source.id,
        event_type="air_strike",
        primary=number == 0,
        date=on("2016-09-17"),
        actors=(actor("US-led coalition", "perpetrator"), actor("Syrian army", "target")),
        casualties=(
            CasualtyClaim(
                "killed", 62, 62, "soldiers", "combatant", Span(140, 151), "62 soldiers", claimed_by="Russia"
            ),
        ),
        killed=(62, 62),
        evidence=(Span(0, 99),),
        confidence=0.8,
    )
    return PlacedIncident(replace(base, **changes), place)  # type: ignore[arg-type]


def reading(source: Report, *found: PlacedIncident) -> Reading:
    """A reading with these incidents, the standard one where none is given."""
    return Reading(source, "en", found or (incident(source),))


@dataclass
class FakeReader:
    """Reads every report as the standard incident, and counts its calls."""

    calls: list[str] = field(default_factory=list)

    def read(self, source: Report) -> Reading:
        """The standard reading."""
        self.calls.append(source.id)
        return reading(source)

    def read_many(self, sources: Iterable[Report]) -> Iterator[Reading]:
        """The standard reading of each."""
        return map(self.read, sources)

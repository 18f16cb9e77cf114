"""The frozen records of placing: what the gazetteer knows, what was chosen, and how sure the choice is.

Coordinates are WGS 84 degrees, distances kilometres.
"""

from __future__ import annotations

from dataclasses import dataclass

from extract.records import Incident, PlaceMention, Relation, Report, Span


@dataclass(frozen=True, slots=True)
class Candidate:
    """One gazetteer entry that a name may mean; ``feature`` is a GeoNames feature code (``PPL``, ``ADM1`` …)."""

    gazetteer_id: str
    name: str
    lat: float
    lon: float
    country_code: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    feature: str | None = None
    population: int = 0
    radius_km: float = 0.0
    score: float = 0.0
    method: str = "exact"
    dispute: str | None = None


@dataclass(frozen=True, slots=True)
class PlacedMention:
    """A place name in the text with its chosen entry (None = unresolved), score 0 to 1, and the runners-up."""

    mention: PlaceMention
    choice: Candidate | None
    score: float
    alternates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where an incident happened: the truth lies within ``radius_km`` of the point nine times in ten.

    ``where_precision`` is UCDP's: 1 exact place, 2 within about 25 km of a known point, 3 second-order division,
    4 first-order division, 5 larger or vague, 6 country only, 7 international waters or airspace.
    """

    name: str
    text: str
    span: Span
    lat: float
    lon: float
    radius_km: float
    where_precision: int
    method: str
    score: float
    relation: Relation | None = None
    anchors: tuple[str, ...] = ()
    admin1: str | None = None
    admin2: str | None = None
    country_code: str | None = None
    feature: str | None = None
    gazetteer_id: str | None = None
    alternates: tuple[Candidate, ...] = ()
    dispute: str | None = None


@dataclass(frozen=True, slots=True)
class PlacedIncident:
    """An incident with the place it was given, None where it could not be located."""

    incident: Incident
    place: Place | None


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from one report."""

    report: Report
    language: str
    incidents: tuple[PlacedIncident, ...] = ()
    places: tuple[PlacedMention, ...] = ()
    warnings: tuple[str, ...] = ()

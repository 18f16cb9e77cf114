"""A reading as the JSON object that ``extract`` prints; the field names are the project's public contract."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from extract.records import EventDate, Incident, Span
from geo.records import Candidate, Place, PlacedIncident, PlacedMention, Reading

Json = dict[str, Any]


def reading(result: Reading) -> Json:
    """One report's output line."""
    return {
        "report_id": result.report.id,
        "language": result.language,
        "incidents": [incident(i) for i in result.incidents],
        "places": [mention(p) for p in result.places],
        "warnings": list(result.warnings),
    }


def mention(placed: PlacedMention) -> Json:
    """One place name of the text; coordinates are null where it was not resolved."""
    found = placed.choice
    return {
        "start": placed.mention.span.start,
        "end": placed.mention.span.end,
        "text": placed.mention.text,
        "name": found.name if found else None,
        "lat": _degrees(found.lat) if found else None,
        "lon": _degrees(found.lon) if found else None,
        "country_code": found.country_code if found else None,
        "admin1": found.admin1 if found else None,
        "feature": found.feature if found else None,
        "gazetteer_id": found.gazetteer_id if found else None,
        "score": round(placed.score, 3),
        "use": placed.mention.use,
    }


def candidate(found: Candidate) -> Json:
    """One gazetteer candidate, as ``locate`` prints it."""
    return {
        "name": found.name,
        "lat": _degrees(found.lat),
        "lon": _degrees(found.lon),
        "country_code": found.country_code,
        "admin1": found.admin1,
        "admin2": found.admin2,
        "feature": found.feature,
        "gazetteer_id": found.gazetteer_id,
        "radius_km": round(found.radius_km, 2),
        "score": round(found.score, 3),
        "method": found.method,
        "dispute": found.dispute,
    }


def incident(placed: PlacedIncident) -> Json:
    """One incident with its place."""
    one: Incident = placed.incident
    return {
        "id": one.id,
        "report_id": one.report_id,
        "event_type": one.event_type,
        "status": one.status,
        "background": one.background,
        "primary": one.primary,
        "date": _date(one.date) if one.date else None,
        "place": place(placed.place) if placed.place else None,
        "actors": [_plain(a) for a in one.actors],
        "weapons": [_plain(w) for w in one.weapons],
        "casualties": [_plain(c) for c in one.casualties],
        "killed_low": one.killed[0],
        "killed_high": one.killed[1],
        "wounded_low": one.wounded[0],
        "wounded_high": one.wounded[1],
        "claims": [_plain(c) for c in one.claims],
        "evidence": [_span(s) for s in one.evidence],
        "confidence": round(one.confidence, 3),
        "tags": list(one.tags),
    }


def place(where: Place) -> Json:
    """The place of an incident."""
    relation = where.relation
    return {
        "name": where.name,
        "text": where.text,
        "span": _span(where.span),
        "lat": _degrees(where.lat),
        "lon": _degrees(where.lon),
        "radius_km": round(where.radius_km, 2),
        "where_precision": where.where_precision,
        "relation": None
        if relation is None
        else {
            "kind": relation.kind,
            "anchors": list(where.anchors),
            "distance_km": relation.distance_km,
            "bearing_deg": relation.bearing_deg,
        },
        "admin1": where.admin1,
        "admin2": where.admin2,
        "country_code": where.country_code,
        "feature": where.feature,
        "gazetteer_id": where.gazetteer_id,
        "method": where.method,
        "score": round(where.score, 3),
        "dispute": where.dispute,
        "alternates": [
            {key: value for key, value in candidate(c).items() if key in _ALTERNATE_FIELDS} for c in where.alternates
        ],
    }


_ALTERNATE_FIELDS = {"name", "lat", "lon", "country_code", "gazetteer_id", "score"}


def _plain(record: Any) -> Json:
    """A flat record with its span as an object."""
    row = {f.name: getattr(record, f.name) for f in dataclasses.fields(record)}
    row["span"] = _span(row["span"])
    return row


def _date(when: EventDate) -> Json:
    row = _plain(when) if when.span else {**_plain_without_span(when), "span": None}
    return {key: value.isoformat() if isinstance(value, dt.date) else value for key, value in row.items()}


def _plain_without_span(when: EventDate) -> Json:
    return {f.name: getattr(when, f.name) for f in dataclasses.fields(when) if f.name != "span"}


def _span(span: Span) -> Json:
    return {"start": span.start, "end": span.end}


def _degrees(value: float) -> float:
    """Degrees to six decimals, a tenth of a metre."""
    return round(value, 6)

"""One incident as flat, named values, with where they came from and whom to credit."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from data.query import IncidentDetail

Json = dict[str, Any]
Value = str | int | float | bool | None

CREDIT = "Read by machine with Dateline; check against the report before relying on it"
LOADED_CREDIT = "Loaded into Dateline from {name}, whose terms of use hold"
# By the gazetteer id's prefix; who passes the coordinates on owes these words.
PLACE_CREDITS = {
    "geonames": "GeoNames, CC BY 4.0",
    "admin1": "Natural Earth, public domain",
    "admin2": "GeoNames, CC BY 4.0",
    "icao": "airportsdata and OurAirports",
    "geoboundaries": "geoBoundaries, CC BY 4.0",
}
OWN_CREDIT = "Dateline gazetteer"
BETWEEN = "; "
ROLES = ("perpetrator", "target", "participant")

# Name -> type, in the order of the columns; GeoParquet needs the types, the rest only the names.
TYPES: dict[str, type] = {
    **{"incident_id": str, "report_id": str, "event_id": str, "event_type": str, "status": str},
    **{"background": bool, "primary": bool},
    **{"date_start": str, "date_end": str, "date_precision": int, "date_basis": str},
    **{"place_name": str, "admin1": str, "admin2": str, "country_code": str},
    **{"latitude": float, "longitude": float, "radius_km": float, "where_precision": int},
    **{"place_text": str, "gazetteer_id": str},
    **{f"{role}{part}": str for role in ROLES for part in ("s", "_ids")},
    **{"alleged_by": str, "weapons": str},
    **{"killed_low": int, "killed_high": int, "wounded_low": int, "wounded_high": int, "casualty_claims": str},
    **{"confidence": float, "evidence": str},
    **{"title": str, "publisher": str, "published": str, "url": str, "report_language": str, "report_added_at": str},
    **{"place_credit": str, "credit": str},
}
COLUMNS = tuple(TYPES)
# Beside the flat columns, so that nothing is lost: the report's words and the contract's incident.
TEXT, RECORD = "report_text", "record"


def properties(detail: IncidentDetail) -> dict[str, Value]:
    """The values of COLUMNS; several of a kind are joined by ``; ``, unknown is None."""
    report = detail.report
    return {
        **of_record(detail.record, report.text),
        "event_id": detail.row.event_id,
        "title": report.title,
        "publisher": report.publisher,
        "published": report.published.isoformat() if report.published else None,
        "url": report.url,
        "report_language": report.language,
        "report_added_at": report.added_at.isoformat(timespec="seconds") + "Z",
        **credits(detail.record),
    }


def of_record(record: Json, text: str) -> dict[str, Value]:
    """Those of the values that the contract's incident and its report's text tell, in the order of COLUMNS."""
    place, date = record.get("place") or {}, record.get("date") or {}
    return {
        "incident_id": record["id"],
        "report_id": record["report_id"],
        "event_id": None,
        **{name: record[name] for name in ("event_type", "status", "background", "primary")},
        **{f"date_{name}": date.get(name) for name in ("start", "end", "precision", "basis")},
        "place_name": place.get("name"),
        **{name: place.get(name) for name in ("admin1", "admin2", "country_code")},
        "latitude": place.get("lat"),
        "longitude": place.get("lon"),
        **{name: place.get(name) for name in ("radius_km", "where_precision")},
        "place_text": place.get("text"),
        "gazetteer_id": place.get("gazetteer_id"),
        **_parties(record["actors"]),
        "weapons": _joined(w["name"] for w in record["weapons"]),
        **{name: record.get(name) for name in ("killed_low", "killed_high", "wounded_low", "wounded_high")},
        "casualty_claims": _joined(_claim(c) for c in record["casualties"]),
        "confidence": record["confidence"],
        "evidence": " […] ".join(evidence(record, text)) or None,
    }


def credits(record: Json) -> dict[str, Value]:
    """Whom to credit for the place and for the incident."""
    place, source = record.get("place"), record.get("source")
    return {
        "place_credit": _place_credit(place.get("gazetteer_id")) if place and not source else None,
        "credit": LOADED_CREDIT.format(name=source["name"]) if source else CREDIT,
    }


def compact(record: Json) -> str:
    """The contract's incident as one line of JSON."""
    return json.dumps(record, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def evidence(record: Json, text: str) -> Iterator[str]:
    """The sentences that the incident was read from."""
    return (text[span["start"] : span["end"]] for span in record["evidence"])


def _parties(actors: list[Json]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for role in ROLES:
        chosen = [actor for actor in actors if actor["role"] == role]
        found[f"{role}s"] = _joined(actor["name"] for actor in chosen)
        found[f"{role}_ids"] = _joined(actor["id"] for actor in chosen)
    found["alleged_by"] = _joined(f"{a['name']} ({a['alleged_by']})" for a in actors if a.get("alleged_by"))
    return found


def _claim(claim: Json) -> str:
    low, high = claim["low"], claim["high"]
    number = str(low) if low == high else f"{'?' if low is None else low} to {'?' if high is None else high}"
    return f"{claim['outcome']} {number} ({claim['claimed_by'] or 'the report'})"


def _place_credit(gazetteer_id: str | None) -> str:
    return PLACE_CREDITS.get((gazetteer_id or "").split(":")[0], OWN_CREDIT)


def _joined(values: Iterable[str]) -> str | None:
    return BETWEEN.join(values) or None

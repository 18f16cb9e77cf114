"""Stored incidents out: CSV and GeoJSON, streamed, with where each came from and whom to credit."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TextIO

from data.query import Filters, IncidentDetail, details
from data.store import Store

Json = dict[str, Any]
Value = str | int | float | bool | None
Writer = Callable[[TextIO, Iterable[IncidentDetail]], int]

CREDIT = "Read by machine with Dateline; check against the report before relying on it"
# By the gazetteer id's prefix; who passes the coordinates on owes these words.
PLACE_CREDITS = {
    "geonames": "GeoNames, CC BY 4.0",
    "admin1": "Natural Earth, public domain",
    "admin2": "GeoNames, CC BY 4.0",
    "icao": "airportsdata and OurAirports",
    "geoboundaries": "geoBoundaries, CC BY 4.0",
}
OWN_CREDIT = "Dateline gazetteer"
# A cell that begins so is run as a formula by spreadsheets; the full-width forms are taken for the plain ones.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BETWEEN = "; "


def write_csv(out: TextIO, found: Iterable[IncidentDetail]) -> int:
    """Write one row an incident under a header; the number of rows."""
    table = csv.DictWriter(out, fieldnames=COLUMNS, lineterminator="\n")
    table.writeheader()
    number = 0
    for number, detail in enumerate(found, 1):  # noqa: B007
        table.writerow({name: _cell(value) for name, value in properties(detail).items()})
    return number


def write_geojson(out: TextIO, found: Iterable[IncidentDetail]) -> int:
    """Write a FeatureCollection (RFC 7946), one feature a line; geometry is null where the place is not known."""
    head = json.dumps({"type": "FeatureCollection", "credits": CREDIT})
    out.write(head[:-1] + ', "features": [')
    number = 0
    for number, detail in enumerate(found, 1):
        out.write(",\n" if number > 1 else "\n")
        out.write(json.dumps(_feature(detail), ensure_ascii=False, allow_nan=False))
    out.write("\n]}\n")
    return number


FORMATS: dict[str, Writer] = {"csv": write_csv, "geojson": write_geojson}


def write(store: Store, filters: Filters, kind: str, out: TextIO) -> int:
    """Write the incidents under the filters as one of FORMATS, oldest addition first; the number written."""
    return FORMATS[kind](out, details(store, filters))


def text(store: Store, filters: Filters, kind: str) -> str:
    """The same as one string, for a download."""
    out = io.StringIO()
    write(store, filters, kind, out)
    return out.getvalue()


def properties(detail: IncidentDetail) -> dict[str, Value]:
    """One incident as flat, named values; several of a kind are joined by ``; ``, unknown is None."""
    row, record, report = detail.row, detail.record, detail.report
    place, date = record.get("place") or {}, record.get("date") or {}
    return {
        "incident_id": row.id,
        "report_id": row.report_id,
        "event_id": row.event_id,
        "event_type": row.event_type,
        "status": row.status,
        "background": row.background,
        "primary": row.primary,
        "date_start": _iso(row.date_start),
        "date_end": _iso(row.date_end),
        "date_precision": row.date_precision,
        "date_basis": date.get("basis"),
        "place_name": row.place_name,
        "admin1": row.admin1,
        "admin2": row.admin2,
        "country_code": row.country_code,
        "latitude": row.lat,
        "longitude": row.lon,
        "radius_km": row.radius_km,
        "where_precision": row.where_precision,
        "place_text": place.get("text"),
        "gazetteer_id": place.get("gazetteer_id"),
        **_parties(record["actors"]),
        "weapons": _joined(w["name"] for w in record["weapons"]),
        "killed_low": row.killed_low,
        "killed_high": row.killed_high,
        "wounded_low": row.wounded_low,
        "wounded_high": row.wounded_high,
        "casualty_claims": _joined(_claim(c) for c in record["casualties"]),
        "confidence": row.confidence,
        "evidence": " […] ".join(_evidence(record, report.text)) or None,
        "title": report.title,
        "publisher": report.publisher,
        "published": _iso(report.published),
        "url": report.url,
        "report_language": report.language,
        "report_added_at": report.added_at.isoformat(timespec="seconds") + "Z",
        "place_credit": _place_credit(place.get("gazetteer_id")) if place else None,
        "credit": CREDIT,
    }


ROLES = ("perpetrator", "target", "participant")
COLUMNS = (
    *("incident_id", "report_id", "event_id", "event_type", "status", "background", "primary"),
    *("date_start", "date_end", "date_precision", "date_basis"),
    *("place_name", "admin1", "admin2", "country_code", "latitude", "longitude", "radius_km", "where_precision"),
    *("place_text", "gazetteer_id"),
    *(f"{role}{part}" for role in ROLES for part in ("s", "_ids")),
    "alleged_by",
    "weapons",
    *("killed_low", "killed_high", "wounded_low", "wounded_high", "casualty_claims"),
    *("confidence", "evidence"),
    *("title", "publisher", "published", "url", "report_language", "report_added_at"),
    *("place_credit", "credit"),
)


def _feature(detail: IncidentDetail) -> Json:
    row = detail.row
    located = row.lat is not None and row.lon is not None
    point = {"type": "Point", "coordinates": [row.lon, row.lat]} if located else None
    return {"type": "Feature", "id": row.id, "geometry": point, "properties": properties(detail)}


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


def _evidence(record: Json, words: str) -> Iterator[str]:
    return (words[span["start"] : span["end"]] for span in record["evidence"])


def _place_credit(gazetteer_id: str | None) -> str:
    return PLACE_CREDITS.get((gazetteer_id or "").split(":")[0], OWN_CREDIT)


def _joined(values: Iterable[str]) -> str | None:
    return BETWEEN.join(values) or None


def _cell(value: Value) -> Value:
    """The value as a spreadsheet may hold it: words that would run as a formula get an apostrophe before them."""
    harmful = isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA)
    return f"'{value}" if harmful else value


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None

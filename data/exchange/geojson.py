"""GeoJSON (RFC 7946): a feature an incident, with its radius and precision among the properties."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TextIO

from data.exchange import flat
from data.query import IncidentDetail

Json = dict[str, Any]


def write(out: TextIO, found: Iterable[IncidentDetail]) -> int:
    """Write a FeatureCollection, one feature a line; geometry is null where the place is not known."""
    head = json.dumps({"type": "FeatureCollection", "credits": flat.CREDIT})
    out.write(head[:-1] + ', "features": [')
    number = 0
    for number, detail in enumerate(found, 1):
        out.write(",\n" if number > 1 else "\n")
        out.write(json.dumps(_feature(detail), ensure_ascii=False, allow_nan=False))
    out.write("\n]}\n")
    return number


def _feature(detail: IncidentDetail) -> Json:
    named = flat.properties(detail)
    located = named["latitude"] is not None and named["longitude"] is not None
    point = {"type": "Point", "coordinates": [named["longitude"], named["latitude"]]} if located else None
    whole = {**named, flat.TEXT: detail.report.text, flat.RECORD: detail.record}
    return {"type": "Feature", "id": named["incident_id"], "geometry": point, "properties": whole}

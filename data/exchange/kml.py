"""KML 2.2 (OGC 07-147r2): a placemark an incident, with its days, its words and all columns as extended data."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import TextIO

from data.exchange import flat
from data.exchange.flat import Value
from data.query import IncidentDetail

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2">
<Document>
<name>Incidents</name>
<description>{credit}</description>
"""
_FOOT = "</Document>\n</kml>\n"
# What XML 1.0 cannot hold at all, not even escaped.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(out: TextIO, found: Iterable[IncidentDetail]) -> int:
    """Write a document of placemarks, without a point where the place is not known; their number."""
    out.write(_HEAD.format(credit=_xml(flat.CREDIT)))
    number = 0
    for number, detail in enumerate(found, 1):  # noqa: B007
        out.write(_placemark(detail))
    out.write(_FOOT)
    return number


def _placemark(detail: IncidentDetail) -> str:
    """The elements stand in the order that the schema asks for."""
    named = flat.properties(detail)
    title = ", ".join(str(named[part]) for part in ("event_type", "place_name", "date_start") if named[part])
    return (
        f"<Placemark>\n<name>{_xml(title)}</name>\n"
        # Viewers show a description as HTML: the report's words are escaped for it first, and for XML after.
        f"<description>{_xml(escape(str(named['evidence'] or '')))}</description>\n"
        f"{_span(named)}<ExtendedData>\n{''.join(_data(name, value) for name, value in named.items())}</ExtendedData>\n"
        f"{_point(named)}</Placemark>\n"
    )


def _span(named: dict[str, Value]) -> str:
    first, last = named["date_start"], named["date_end"]
    return f"<TimeSpan><begin>{first}</begin><end>{last}</end></TimeSpan>\n" if first and last else ""


def _data(name: str, value: Value) -> str:
    if value is None:
        return ""
    words = str(value).lower() if isinstance(value, bool) else str(value)
    return f'<Data name="{name}"><value>{_xml(words)}</value></Data>\n'


def _point(named: dict[str, Value]) -> str:
    lat, lon = named["latitude"], named["longitude"]
    return "" if lat is None or lon is None else f"<Point><coordinates>{lon},{lat}</coordinates></Point>\n"


def _xml(words: str) -> str:
    return escape(_UNWRITABLE.sub("\ufffd", words))

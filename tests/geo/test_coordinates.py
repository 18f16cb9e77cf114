"""Coordinates in the spellings that reports use."""

from __future__ import annotations

import pytest

from geo.coordinates import parse
from geo.gazetteer import km


@pytest.mark.parametrize(
    ("text", "lat", "lon"),
    [
        ("35.28N 40.17E", 35.28, 40.17),
        ("35.2854, 40.1760", 35.2854, 40.1760),
        ("-33.8688, 151.2093", -33.8688, 151.2093),
        ("N 35° 17' 7\" E 40° 10' 33\"", 35.28528, 40.17583),
        ("35°17′07″N 40°10′33″E", 35.28528, 40.17583),
        ("S33.86 E151.21", -33.86, 151.21),
        # The Eiffel Tower and the Sydney Opera House, as map services print their grid references and codes.
        ("31U DQ 48249 11952", 48.8582, 2.2945),
        ("56H LH 34897 52275", -33.8568, 151.2153),
        ("8FW4V75V+8Q", 48.8583, 2.2944),
        ("4RRH46V8+74", -33.8569, 151.2153),
    ],
)
def test_parsed(text: str, lat: float, lon: float) -> None:
    point = parse(text)
    assert point is not None
    assert km(point.lat, point.lon, lat, lon) < 1.2


@pytest.mark.parametrize(
    "text", ["Tripoli", "12", "95.1N 40.1E", "35.2 N", "2016-09-17", "62 100", "35 61 N, 40 10 E", "37S FU 123"]
)
def test_not_coordinates(text: str) -> None:
    assert parse(text) is None

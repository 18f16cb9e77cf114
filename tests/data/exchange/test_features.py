"""JSON files element by element, whatever they look like and however large they are."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from data.exchange import features
from extract.read.records import Refusal


def read(words: str | bytes) -> list[Any]:
    raw = words.encode("utf-8") if isinstance(words, str) else words
    return list(features.elements(io.BytesIO(raw), "map.geojson"))


@pytest.mark.parametrize(
    "words, expected",
    [
        ('{"type":"FeatureCollection","features":[{"a":1},\n{"a":2}]}', [(1, {"a": 1}), (2, {"a": 2})]),
        ('{"features":[],"type":"FeatureCollection"}', []),
        (
            '\ufeff\n\n{"crs":{"x":[1,{"features":[]}]},\n"features" : [ {"a":"]}"} ] , "bbox":[1,2]}\n',
            [(4, {"a": "]}"})],
        ),
        ('[{"a":"é"},\n\n {"b":[]}]', [(1, {"a": "é"}), (3, {"b": []})]),
        ("[1,2.5]", [(1, 1), (1, 2.5)]),
        ('[{"a":NaN}]', [(1, {"a": None})]),
    ],
)
def test_elements_with_their_lines(words: str, expected: list[Any]) -> None:
    assert read(words) == expected


@pytest.mark.parametrize(
    "words, line, reason",
    [
        ("", 1, "neither a GeoJSON FeatureCollection nor a list"),
        ("id,date\n1,2", 1, "neither"),
        ('{"type":"Topology"}', 1, "no 'features'"),
        ('[{"a":1},\n{"a":2', 2, "not JSON"),
        ('[{"a":1}\n{"a":2}]', 2, "where one of , belongs"),
        ('{"features":[{"a":1}]', 1, "the end"),
        ("[" + "[" * 100_000, 1, "not JSON"),
    ],
)
def test_what_is_no_json_is_refused_with_its_line(words: str, line: int, reason: str) -> None:
    *_, last = read(words)
    assert isinstance(last, Refusal)
    assert (last.source, last.line) == ("map.geojson", line)
    assert reason in last.reason


@pytest.mark.parametrize("size", [10, features.CHUNK - 3, features.CHUNK, 5 * features.CHUNK])
def test_elements_may_cross_what_is_read_at_a_time(size: int) -> None:
    whole = [{"a": "ü" * size, "n": n} for n in range(5)]
    assert [element for _, element in read(json.dumps({"features": whole}, ensure_ascii=False))] == whole

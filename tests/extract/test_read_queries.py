"""Files of place names to look up, good and bad."""

from __future__ import annotations

import io

import pytest

from extract.errors import InputError
from extract.read import queries
from extract.read.queries import PlaceQuery


@pytest.mark.parametrize(
    "line, expected",
    [
        ('{"id": "a", "name": "Homs"}', PlaceQuery("Homs", "a")),
        (
            '{"id": 7, "name": " T4 ", "country": "sy", "admin1": "Homs", "near": "34.5,37.6"}',
            PlaceQuery("T4", 7, "SY", "Homs", (34.5, 37.6)),
        ),
        (
            '{"name": "Homs", "near": [34, -37.6], "country": "", "admin1": null}',
            PlaceQuery("Homs", near=(34.0, -37.6)),
        ),
        ('{"id": "a"}', "has no 'name'"),
        ('{"name": "  "}', "has no 'name'"),
        ('{"name": 4}', "'name' is not text"),
        (
            '{"name": "Homs", "country": "Syria"}',
            "'country' is 'Syria', not an ISO 3166-1 code of two letters such as SY",
        ),
        ('{"name": "Homs", "near": "here"}', "'near' is 'here', not LAT,LON such as 35.3,40.1"),
        (
            '{"name": "Homs", "near": "91,0"}',
            "'near' is '91,0': latitude goes from -90 to 90, longitude from -180 to 180",
        ),
        (
            '{"name": "Homs", "near": "nan,0"}',
            "'near' is 'nan,0': latitude goes from -90 to 90, longitude from -180 to 180",
        ),
        ('{"name": "Homs", "near": 5}', "'near' is neither LAT,LON nor a list of two numbers"),
        ('{"name": "Homs", "id": [1]}', "'id' is neither text nor a number"),
        ('{"name": "' + "a" * 501 + '"}', "'name' is longer than 500 characters"),
        ("[]", "is not a JSON object"),
    ],
)
def test_lines(line: str, expected: PlaceQuery | str) -> None:
    (found,) = queries.queries_of(io.BytesIO(line.encode()), "x.jsonl")
    assert (found if isinstance(found, PlaceQuery) else found.reason) == expected


@pytest.mark.parametrize("text", ["SYR", "S", "S1", "ＳＹ", ""])
def test_bad_countries(text: str) -> None:
    with pytest.raises(InputError):
        queries.country(text)

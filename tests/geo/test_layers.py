"""What is sent to the map: escaped so that nothing of it can run, local assets only, coarse places not as points."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from folium.elements import JSCSSMixin
from hypothesis import given
from hypothesis import strategies as st

from geo import cells, layers

STATIC = Path(__file__).parents[2] / "static"
PAYLOADS = (
    "<img src=x onerror=alert(1)>",
    "${alert(1)}",
    "`;alert(1)//",
    "\\x3cimg src=x onerror=alert(1)\\x3e",
    "\\`;alert(1)//",
    "</script><script>alert(1)</script>",
    "{{7*7}}{% raw %}",
    "]]><!--",
    "\u2028\u2029\u202eevil\u202c\x00",
    "' onmouseover='alert(1)",
    "\ud800 half of a pair",
)


@pytest.mark.parametrize("text", PAYLOADS)
def test_script_json_says_the_same_and_holds_nothing_that_could_end_a_literal(text: str) -> None:
    escaped = layers.script_json({"text": text})
    assert json.loads(escaped) == {"text": text}
    assert escaped.isascii()
    assert not set(escaped) & set("<>&'`$\n\r")


@given(st.recursive(st.none() | st.booleans() | st.text() | st.floats(allow_nan=False, allow_infinity=False), st.lists))
def test_script_json_keeps_any_value(value: Any) -> None:
    escaped = layers.script_json(value)
    assert json.loads(escaped) == value
    assert not set(escaped) & set("<>&'`$")


def test_script_json_refuses_what_json_cannot_say() -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        layers.script_json(float("nan"))


@pytest.mark.parametrize(
    "text, limit, expected",
    [
        ("short", 10, "short"),
        ("  two\n lines\t", 20, "two lines"),
        ("abcdefghij", 5, "abcd…"),
        ("x" * 5_000_000, 3, "xx…"),
        ("", 5, ""),
    ],
)
def test_clip_makes_one_short_line(text: str, limit: int, expected: str) -> None:
    assert layers.clip(text, limit) == expected


def test_a_place_at_zero_degrees_is_a_place() -> None:
    place = {"lat": 0.0, "lon": 0.0, "radius_km": 0.0, "where_precision": 1}
    row = layers.point({"id": "a", "place": place}, family="remote", label="t")
    assert row == ("a", 0.0, 0.0, 0.0, 1, "remote", "", 0, "t")


@pytest.mark.parametrize("killed, step", [(None, 0), (0, 0), (1, 1), (4, 1), (5, 2), (99, 3), (10_000, 4)])
def test_a_mark_grows_with_the_toll(killed: int | None, step: int) -> None:
    place = {"lat": 1.0, "lon": 2.0, "radius_km": 0.0, "where_precision": 1}
    assert layers.point({"id": "a", "place": place}, family="remote", label="t", killed=killed)[7] == step


def test_an_unknown_family_is_drawn_as_other() -> None:
    place = {"lat": 1.0, "lon": 2.0, "radius_km": 3.0, "where_precision": 4}
    assert layers.point({"id": "a", "place": place}, family="new", label="t")[5] == "other"


def test_every_family_of_the_vocabulary_is_drawn_in_a_shape_and_two_colours_of_its_own() -> None:
    lines = (Path(layers.__file__).parents[1] / "data" / "lexicon" / "event_types.csv").read_text("utf-8").splitlines()
    assert {line.split(",")[2] for line in lines[1:]} <= {*layers.FAMILIES, "other"}
    for aspect in ("path", "light", "dark"):
        assert len({family[aspect] for family in layers.families().values()}) == len(layers.families())


@pytest.mark.parametrize("theme, land", [("light", "#f6f4ee"), ("dark", "#232a33")])
def test_every_colour_stands_out_from_the_land_by_three_to_one(theme: str, land: str) -> None:
    assert f'land: "{land}"' in (STATIC / "dateline-map.js").read_text("utf-8")
    for family in layers.families().values():
        assert _contrast(family[theme], land) >= 3, family["label"]
    for pair in layers.PARTY_COLOURS:
        assert _contrast(pair[theme == "dark"], land) >= 3, pair


def test_every_asset_is_served_from_here_and_is_there() -> None:
    layers.base_map()
    for owner in _subclasses(JSCSSMixin):
        for name, link in [*owner.default_js, *owner.default_css]:
            assert link.startswith(layers.ASSETS), (owner, name)
            assert (STATIC / link.removeprefix(layers.ASSETS)).is_file(), link


def test_the_base_map_is_the_same_every_time_and_asks_for_no_tiles() -> None:
    def script() -> str:
        base = layers.base_map()
        base.render()
        return base.get_root().script.render().replace(base.get_name(), "map")

    assert script() == script()
    assert "tileLayer" not in script()


def test_the_layer_is_one_literal_and_no_marker_popup_or_tooltip_of_foliums() -> None:
    place = {"lat": 1.0, "lon": 2.0, "radius_km": 3.0, "where_precision": 2}
    rows = [layers.point({"id": str(n), "place": place}, family="remote", label=t) for n, t in enumerate(PAYLOADS)]
    group = layers.incident_layer(layers.Drawing(rows, extent=cells.extent(np.array([1.0]), np.array([2.0]))))
    (only,) = group._children.values()
    assert json.loads(only.payload)["points"][1][8] == "${alert(1)}"
    assert "L.popup" not in only.payload


def _subclasses(parent: Any) -> list[Any]:
    return [one for child in parent.__subclasses__() for one in (child, *_subclasses(child))]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

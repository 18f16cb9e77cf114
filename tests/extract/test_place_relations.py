"""Distances, bearings and surroundings read from phrases before and after a name."""

from __future__ import annotations

import pytest

from extract import place_relations
from extract.records import Span


def _of(text: str, name: str) -> place_relations.Found | None:
    start = text.index(name)
    return place_relations.find(text, [Span(start, start + len(name))]).get(Span(start, start + len(name)))


@pytest.mark.parametrize(
    ("text", "name", "km", "bearing"),
    [
        ("A mine went off 12 km north-east of Tel Abyad.", "Tel Abyad", 12.0, 45.0),
        ("The convoy was hit five miles south of Mosul.", "Mosul", 8.0467, 180.0),
        ("some 20 kilometres (12 miles) to the north-west of the town of Rastan", "Rastan", 20.0, 315.0),
        ("shells fell 800 m west of Asharah", "Asharah", 0.8, 270.0),
        ("about 1,500 metres NE of Khan Shaykhun", "Khan Shaykhun", 1.5, 45.0),
        ("two to three kilometres east of Bakhmut", "Bakhmut", None, None),
        ("a village 7km SW of Goma", "Goma", 7.0, 225.0),
        ("half a mile from Tikrit", "Tikrit", 0.8047, None),
    ],
)
def test_offsets(text: str, name: str, km: float | None, bearing: float | None) -> None:
    found = _of(text, name)
    assert found is not None
    if km is not None:
        assert found.relation.distance_km == pytest.approx(km, abs=0.01)
        assert found.relation.bearing_deg == bearing
    assert found.relation.span.of(text).endswith(name)


@pytest.mark.parametrize(
    ("text", "name", "kind", "hint"),
    [
        ("struck near the Deir Ezzor airport", "Deir Ezzor", "near", None),
        ("on the outskirts of Aleppo", "Aleppo", "near", "outskirts"),
        ("in the countryside of Hama", "Hama", "near", "countryside"),
        ("off the coast of Yemen", "Yemen", "near", "coast"),
        ("in eastern Aleppo", "Aleppo", "direction", "part"),
        ("to the north of Homs", "Homs", "direction", "beyond"),
        ("Idlib's southern countryside", "Idlib", "near", "countryside"),
    ],
)
def test_surroundings(text: str, name: str, kind: str, hint: str | None) -> None:
    found = _of(text, name)
    assert found is not None
    assert (found.relation.kind, found.hint) == (kind, hint)


def test_between_has_two_anchors() -> None:
    text = "an ambush on the road between Raqqa and Tabqa on Monday"
    names = [Span(text.index(n), text.index(n) + 5) for n in ("Raqqa", "Tabqa")]
    found = place_relations.find(text, names)[names[0]].relation
    assert (found.kind, found.anchors) == ("between", tuple(names))


@pytest.mark.parametrize("text", ["He lives in Homs", "people from Homs", "62 soldiers of Homs", "the north. Homs is"])
def test_no_relation(text: str) -> None:
    assert _of(text, "Homs") is None


@pytest.mark.parametrize(
    ("words", "degrees"),
    [
        ("north", 0),
        ("NE", 45),
        ("south-west", 225),
        ("northwestern", 315),
        ("due east", 90),
        ("up", None),
        ("NS", None),
    ],
)
def test_bearings(words: str, degrees: float | None) -> None:
    assert place_relations.bearing(words) == degrees

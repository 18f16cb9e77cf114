"""Points of a view, singly or by cell: none lost, none twice."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import cells
from geo.cells import View

LAT = st.floats(-90, 90)
LON = st.floats(-180, 180)


def arrange(points: list[tuple[float, float]], view: View, most: int) -> cells.Drawn:
    """As ``cells.arrange``, of pairs."""
    where = np.array(points, float).reshape(-1, 2)
    return cells.arrange(cells.Points.at(where[:, 0], where[:, 1]), view, most=most)


@given(st.lists(st.tuples(LAT, LON), max_size=60), st.integers(2, 18))
@settings(deadline=None)
def test_over_the_whole_world_every_point_is_drawn_once(points: list[tuple[float, float]], zoom: int) -> None:
    drawn = arrange(points, View(zoom), 10)
    assert len(drawn.singly) + sum(c[2] for c in drawn.cells) == len(points)
    assert len(set(drawn.singly)) == len(drawn.singly)


@given(st.lists(st.tuples(LAT, LON), min_size=11, max_size=60), st.tuples(LAT, LON))
@settings(deadline=None)
def test_every_point_of_the_view_is_drawn(points: list[tuple[float, float]], corner: tuple[float, float]) -> None:
    south, west = corner
    north, east = min(south + 20, 90), west + 30
    drawn = arrange(points, View(6, (south, west, north, east)), 10)
    inside = [n for n, (lat, lon) in enumerate(points) if south <= lat <= north and (lon - west) % 360 <= 30]
    if drawn.cells:
        assert len(drawn.singly) + sum(c[2] for c in drawn.cells) >= len(inside)
    else:
        assert set(inside) <= set(drawn.singly)


@pytest.mark.parametrize("most, singly, counted", [(3, 3, 0), (2, 1, 2)])
def test_few_points_are_drawn_one_by_one(most: int, singly: int, counted: int) -> None:
    points = [(35.0, 40.0), (35.0, 40.0), (-20.0, -60.0)]
    drawn = arrange(points, View(4), most)
    assert len(drawn.singly) == singly
    assert sum(c[2] for c in drawn.cells) == counted


def test_a_cell_tells_its_middle_and_its_count() -> None:
    drawn = arrange([(35.0, 40.0), (35.2, 40.4), (-20.0, -60.0)], View(4), 2)
    assert drawn.cells == ((35.1, 40.2, 2, 0),)
    assert drawn.singly == (2,)


@pytest.mark.parametrize(
    "many, zoom, expected",
    [
        (30, 12, cells.Drawn((), ((35.0, 40.0, 30, 1),))),
        (20, 12, cells.Drawn(tuple(range(20)), ())),
        (20, 4, cells.Drawn((), ((35.0, 40.0, 20, 1),))),
    ],
)
def test_many_at_one_point_stay_one_disc_and_few_are_fanned_out_near_by(
    many: int, zoom: int, expected: cells.Drawn
) -> None:
    assert arrange([(35.0, 40.0)] * many, View(zoom), 2) == expected


@given(st.lists(st.tuples(LAT, LON), max_size=60), st.integers(2, 18))
@settings(deadline=None)
def test_heat_counts_every_point_once(points: list[tuple[float, float]], zoom: int) -> None:
    where = np.array(points, float).reshape(-1, 2)
    assert sum(one[2] for one in cells.heat(cells.Points.at(where[:, 0], where[:, 1]), View(zoom))) == len(points)


def test_a_view_over_the_date_line_sees_both_sides() -> None:
    points = [(0.0, 179.5), (0.0, -179.5), (0.0, 0.0)]
    assert arrange(points, View(8, (-1.0, 179.0, 1.0, 181.0)), 2).singly == (0, 1)


def test_a_short_pan_asks_for_the_same_points() -> None:
    one = View(7, (33.2, 36.2, 36.6, 41.6)).padded()
    assert View(7, (33.3, 36.3, 36.7, 41.7)).padded() == one


@pytest.mark.parametrize(
    "lat, lon, outer, expected",
    [
        ([], [], 0.0, None),
        ([1.0], [2.0], 0.0, ((1.0, 2.0), (1.0, 2.0))),
        ([1.0, 3.0], [2.0, -4.0], 0.0, ((1.0, -4.0), (3.0, 2.0))),
        ([0.0, 10.0, 20.0, 30.0, 40.0], [0.0] * 5, 0.25, ((10.0, 0.0), (30.0, 0.0))),
    ],
)
def test_extent(lat: list[float], lon: list[float], outer: float, expected: cells.Box | None) -> None:
    assert cells.extent(np.array(lat), np.array(lon), outer=outer) == expected

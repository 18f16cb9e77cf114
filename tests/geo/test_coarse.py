"""Coarse cells hold the truth, are the same for all points in them, and are not centred on any."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.area import distance_km
from geo import coarse

LATS, LONS = st.floats(-90, 90), st.floats(-180, 180)
SIZES = st.sampled_from([1.0, 5.0, 25.0, 100.0, 500.0])


def apart(a: tuple[float, float], b: tuple[float, float]) -> float:
    return float(distance_km(np.array([a[0]]), np.array([a[1]]), *b)[0])


@given(LATS, LONS, st.floats(0, 300), SIZES)
@settings(deadline=None, max_examples=400)
def test_the_radius_holds_the_truth_and_its_own_radius(lat: float, lon: float, radius: float, km: float) -> None:
    found = coarse.cell(lat, lon, radius, km)
    assert -90 <= found[0] <= 90
    assert -180 <= found[1] <= 180
    assert apart((lat, lon), found[:2]) + radius <= found[2] + 1e-6


@given(LATS, LONS, SIZES)
@settings(deadline=None, max_examples=200)
def test_a_cell_s_middle_lies_in_its_own_cell(lat: float, lon: float, km: float) -> None:
    once = coarse.cell(lat, lon, None, km)
    assert coarse.cell(once[0], once[1], None, km) == once
    assert coarse.cell(lat, lon, None, km) == once


@pytest.mark.parametrize("km", [5.0, 25.0, 100.0])
def test_points_of_a_cell_cannot_be_told_apart_and_none_is_its_middle(km: float) -> None:
    chance = np.random.default_rng(3)
    lat, lon = chance.uniform(33, 37, 20_000), chance.uniform(36, 42, 20_000)
    found = coarse.cells(lat, lon, np.full(len(lat), 3.0), km)
    assert len(set(zip(found.lat, found.lon, found.radius_km, strict=True))) < (450 / km + 2) * (560 / km + 2)
    away = distance_km(lat, lon, 0.0, 0.0) * 0 + np.array(
        [
            apart(one, other)
            for one, other in zip(zip(lat, lon, strict=True), zip(found.lat, found.lon, strict=True), strict=True)
        ]
    )
    # As far from the middle as chance has it: the mean in a square is 0.38 of its side.
    assert 0.33 < away.mean() / km < 0.45
    assert away.min() > 0


def test_round_degrees_are_not_the_middles() -> None:
    for km in (1.0, 2.0, 5.0, 10.0, 25.0, 50.0, 100.0):
        for lat in range(-60, 61, 5):
            assert apart((lat, lat / 2), coarse.cell(lat, lat / 2, None, km)[:2]) > 0.01 * km


def test_radii_tell_only_how_many_cells_they_reach_over() -> None:
    radii = {coarse.cell(35.3, 40.1, radius, 25.0)[2] for radius in (0.1, 3.27, 7.0, 24.9)}
    assert len(radii) == 1
    assert coarse.cell(35.3, 40.1, 26.0, 25.0)[2] == radii.pop() + 25


def test_no_point_stays_none() -> None:
    found = coarse.cells(np.array([math.nan]), np.array([math.nan]), np.array([math.nan]), 25.0)
    assert math.isnan(found.lat[0])
    assert math.isnan(found.lon[0])

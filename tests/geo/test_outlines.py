"""The bundled outlines as rings."""

from __future__ import annotations

import numpy as np
import pytest

from geo import outlines
from geo.cells import mercator


def _holds(lat: float, lon: float) -> bool:
    """True where a point lies on land, by counting the edges that a line to the west crosses."""
    x, y = (lon + 180) / 360, float(mercator(np.array([lat]))[0])
    crossed = 0
    for piece in outlines.lands():
        for ring in piece:
            for turn in (-1.0, 0.0, 1.0):
                x0, y0 = ring[:, 0] + turn, ring[:, 1]
                x1, y1 = np.roll(x0, -1), np.roll(y0, -1)
                over = (y0 > y) != (y1 > y)
                at = x0 + (y - y0) * (x1 - x0) / np.where(over, y1 - y0, 1.0)
                crossed += int(np.count_nonzero(over & (at < x) & (at > x - 0.5)))
    return crossed % 2 == 1


@pytest.mark.parametrize(
    ("lat", "lon", "land"),
    [
        (33.3, 44.4, True),  # Baghdad
        (15.5, 32.5, True),  # Khartoum
        (-1.3, 36.8, True),  # Nairobi
        (34.0, 30.0, False),  # the eastern Mediterranean
        (0.0, -25.0, False),  # the Atlantic
        (67.5, 179.0, True),  # Chukotka, west of the 180th meridian
        (67.5, -179.0, True),  # and east of it
        (-29.6, 28.2, True),  # Lesotho, a hole in South Africa that is a country itself
    ],
)
def test_land_is_land(lat: float, lon: float, land: bool) -> None:
    assert _holds(lat, lon) is land


def test_no_ring_jumps_over_the_map() -> None:
    for piece in outlines.lands():
        for ring in piece:
            # The edge along which Antarctica is closed is the only long one.
            long = np.abs(np.diff(ring[:, 0])) > 0.5
            assert not long.any() or ring[:, 1].max() > 0.99


def test_names_are_in_order_of_size() -> None:
    sizes = [name.size for name in outlines.city_names()]
    assert sizes == sorted(sizes, reverse=True)
    assert outlines.country_names()[0].text == "Russia"

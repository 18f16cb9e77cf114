"""Ministries, capitals, soldiers and coalitions are on the side that they belong to; monitors are on none."""

from __future__ import annotations

import pytest

from data.sides import registered

US, RUSSIA, SYRIA = "government-of-united-states", "government-of-russia", "government-of-syria"


@pytest.mark.parametrize(
    "name, side",
    [
        ("Washington", US),
        ("the Pentagon", US),
        ("US Central Command", US),
        ("us-led-coalition", US),
        ("military-of-united-states", US),
        ("Moscow", RUSSIA),
        ("Russia", RUSSIA),
        ("Russian Ministry of Defence", RUSSIA),
        ("military-of-iceland", "government-of-iceland"),
        ("Reykjavik", "government-of-iceland"),
        ("Russia's defence ministry", RUSSIA),
        ("Russian Foreign Ministry", RUSSIA),
        ("the Syrian army", SYRIA),
        ("Damascus", SYRIA),
        ("islamic-state", "islamic-state"),
        ("Syrian Observatory for Human Rights", None),
        ("united-nations", None),
        ("Russian dissident", None),
        ("a doctor", None),
        ("militants", None),
        ("", None),
        (None, None),
    ],
)
def test_side(name: str | None, side: str | None) -> None:
    assert registered().side(name) == side

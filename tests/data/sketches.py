"""Sketches of incidents as merging sees them, made by hand; whatever a test does not name is as in the first strike."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from data.alike import WEIGHTS, Scorer
from data.sketch import Figures, Sketch, When, Where

FAMILIES = {
    "air_strike": "remote",
    "shelling": "remote",
    "bombing": "bombing",
    "attack": "violence",
    "arrest": "coercion",
}
ANCESTORS = {
    "us-led-coalition": frozenset[str](),
    "government-of-syria": frozenset[str](),
    "military-of-syria": frozenset({"government-of-syria"}),
    "islamic-state": frozenset[str](),
}
SCORER = Scorer(FAMILIES, ANCESTORS, WEIGHTS)
AIRPORT = Where(35.2854, 40.176, 5.0, 2, "icao:OSDZ", "SY", "Deir ez-Zor")
CITY = Where(35.3359, 40.1408, 7.6, 1, "geonames:170794", "SY", "Deir ez-Zor")
PROVINCE = Where(35.0, 40.5, 120.0, 4, "admin1:1", "SY", "Deir ez-Zor")
COUNTRY = Where(35.0, 38.0, 300.0, 6, "geonames:163843", "SY", None)
ALEPPO = Where(36.2012, 37.1612, 21.2, 1, "geonames:170063", "SY", "Aleppo")


def on(first: str, last: str | None = None, *, precision: int = 1, told: bool = True) -> When:
    """The days from the first to the last."""
    return When(dt.date.fromisoformat(first), dt.date.fromisoformat(last or first), precision, told)


def toll(*figures: int) -> Figures:
    """Exact figures."""
    return frozenset((figure, figure) for figure in figures)


def sketch(name: str, **changes: object) -> Sketch:
    """The strike near Deir ez-Zor as report ``name`` tells it."""
    base = Sketch(
        id=f"{name}-0",
        report_id=name,
        event_type="air_strike",
        news=True,
        real=True,
        primary=True,
        where=AIRPORT,
        named=(),
        when=on("2016-09-17"),
        perpetrators=frozenset({"us-led-coalition"}),
        targets=frozenset({"military-of-syria"}),
        killed=toll(62),
        wounded=toll(100),
        words=frozenset("coalition aircraft bomb soldier airport ridge militant".split()),
        names=frozenset(),
        calendar=frozenset({"09-17", "sat"}),
        prints=None,
    )
    return replace(base, **changes)  # type: ignore[arg-type]

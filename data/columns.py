"""The map's data: one array a column, sorted by latitude, so that a view's box is a binary search away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import sqlalchemy as sa

from data import schema
from data.conditions import conditions
from data.records import Filters
from data.store import Store


@dataclass(frozen=True, slots=True)
class MapColumns:
    """The located incidents under a filter; all arrays have one length and are sorted by ``lat``.

    ``lat``, ``lon`` WGS 84 degrees, ``radius_km`` kilometres (float64). ``where_precision`` is UCDP's, 1 to 7.
    ``event_type`` and ``country`` index into ``event_types`` and ``countries`` (-1 where a country is not known).
    ``date_start`` is datetime64[D], NaT where undated. ``killed_low`` and ``killed_high`` are float64, NaN where not
    known. ``disputed`` is true where the report itself leaves it in doubt. ``key`` names the row for ``query.by_keys``.
    """

    key: npt.NDArray[np.int64]
    lat: npt.NDArray[np.float64]
    lon: npt.NDArray[np.float64]
    radius_km: npt.NDArray[np.float64]
    where_precision: npt.NDArray[np.int8]
    event_type: npt.NDArray[np.int16]
    country: npt.NDArray[np.int16]
    date_start: npt.NDArray[np.datetime64]
    killed_low: npt.NDArray[np.float64]
    killed_high: npt.NDArray[np.float64]
    disputed: npt.NDArray[np.bool_]
    event_types: tuple[str, ...]
    countries: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.key)


_I = schema.incidents.c
_COLUMNS = (
    _I.key,
    _I.lat,
    _I.lon,
    _I.radius_km,
    _I.where_precision,
    _I.event_type,
    _I.country_code,
    # As text: turning a million dates into Python objects would take longer than all else here.
    sa.cast(_I.date_start, sa.String),
    _I.killed_low,
    _I.killed_high,
    _I.status,
)


def map_columns(store: Store, filters: Filters) -> MapColumns:
    """The located incidents under the filters as arrays."""
    query = sa.select(*_COLUMNS).where(_I.lat.is_not(None), *conditions(filters)).order_by(_I.lat, _I.key)
    with store.reading() as connection:
        rows = connection.execute(query).all()
    columns: list[Sequence[Any]] = list(zip(*rows, strict=True)) if rows else [()] * len(_COLUMNS)
    return _arrays(columns)


def _arrays(columns: list[Sequence[Any]]) -> MapColumns:
    key, lat, lon, radius, precision, types, country, start, killed_low, killed_high, status = columns
    type_codes, type_names = _coded(types)
    country_codes, country_names = _coded(country)
    return MapColumns(
        key=np.array(key, np.int64),
        lat=np.array(lat, np.float64),
        lon=np.array(lon, np.float64),
        radius_km=np.array(radius, np.float64),
        where_precision=np.array(precision, np.int8),
        event_type=type_codes,
        country=country_codes,
        date_start=np.array([text or "NaT" for text in start], "datetime64[D]"),
        killed_low=np.array(killed_low, np.float64),
        killed_high=np.array(killed_high, np.float64),
        disputed=np.array([value == "disputed" for value in status], np.bool_),
        event_types=type_names,
        countries=country_names,
    )


def _coded(values: Sequence[str | None]) -> tuple[npt.NDArray[np.int16], tuple[str, ...]]:
    """Each value's place among the sorted distinct values, -1 for None; and those values."""
    names = tuple(sorted({value for value in values if value is not None}))
    places = {name: n for n, name in enumerate(names)}
    return np.array([-1 if value is None else places[value] for value in values], np.int16), names

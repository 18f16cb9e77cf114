"""The frozen rows that the store answers with, and the filters that it is asked with."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal

Json = dict[str, Any]
RoleFilter = Literal["perpetrator", "target", "either"]

DRAWN = ("occurred", "disputed")


@dataclass(frozen=True, slots=True)
class Filters:
    """Which incidents to show; an empty tuple, None or "" leaves that side open.

    ``parties`` are actor ids, any of which must play ``role`` (``either`` takes every role, participants too);
    ``query.with_children`` adds the parts of each. Dates are inclusive, and an incident counts where its
    first-to-last possible day overlaps them; one without a date is left out as soon as either is set. ``text``:
    every word must be in the report's title or text or in the place's name. ``as_of`` asks for what the store held at
    that moment (UTC), or by the end of that day. ``leads_only`` gives one incident an event. What a reviewer rejected
    is left out unless ``include_rejected``.
    """

    parties: tuple[str, ...] = ()
    role: RoleFilter = "either"
    date_from: dt.date | None = None
    date_to: dt.date | None = None
    event_types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = DRAWN
    include_background: bool = False
    countries: tuple[str, ...] = ()
    text: str = ""
    as_of: dt.datetime | dt.date | None = None
    leads_only: bool = False
    include_rejected: bool = False


@dataclass(frozen=True, slots=True)
class Party:
    """A party in one incident. ``alleged_by`` names who says so, None = the report itself."""

    id: str
    name: str
    kind: str
    role: str
    alleged_by: str | None


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """One incident as a list shows it; coordinates WGS 84 degrees, ``radius_km`` kilometres, None = not known.

    ``key`` is the store's own number for this state of it, ``id`` the contract's. ``event_id`` is
    None until it was compared with others; of an event's incidents one is its ``lead``. ``reviewed`` is ``accepted``,
    ``edited`` or ``rejected``, None where nobody looked at it.
    """

    key: int
    id: str
    report_id: str
    title: str | None
    publisher: str | None
    published: dt.date | None
    event_type: str
    status: str
    background: bool
    primary: bool
    date_start: dt.date | None
    date_end: dt.date | None
    date_precision: int | None
    place_name: str | None
    admin1: str | None
    admin2: str | None
    country_code: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    where_precision: int | None
    killed_low: int | None
    killed_high: int | None
    wounded_low: int | None
    wounded_high: int | None
    confidence: float
    parties: tuple[Party, ...] = ()
    event_id: str | None = None
    lead: bool = True
    reviewed: str | None = None


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A stored report. ``places`` are the contract's place mentions, ``added_at`` is UTC.

    ``copy_of`` is the id of the report that it repeats, None where it stands on its own.
    """

    id: str
    title: str | None
    text: str
    published: dt.date | None
    publisher: str | None
    url: str | None
    language: str | None
    places: tuple[Json, ...]
    warnings: tuple[str, ...]
    added_at: dt.datetime
    copy_of: str | None = None


@dataclass(frozen=True, slots=True)
class IncidentDetail:
    """One incident whole: its row, the contract's JSON object with every span, and the report that it was read from."""

    row: IncidentRow
    record: Json
    report: ReportRow


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts under a filter; ``located`` are those with coordinates."""

    incidents: int
    located: int
    reports: int

"""Incidents as UCDP GED-compatible rows: its 49 columns and codes, filled from what a report says.

UCDP's own ids of conflicts, dyads and parties stay empty. UCDP lists deadly events only; here every incident has a row,
its figures empty where no toll is told.
"""

from __future__ import annotations

from typing import Any

from data.exchange import sides, where
from data.exchange.flat import Value
from data.query import IncidentDetail

Json = dict[str, Any]

COLUMNS = tuple(
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name "
    "dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b "
    "number_of_sources source_article source_office source_date source_headline source_original where_prec "
    "where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id "
    "region event_clarity date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high "
    "low gwnoa gwnob".split()
)
STATE_BASED, NON_STATE, ONE_SIDED = 1, 2, 3
CLEAR, SUMMARISED = 1, 2
CIVILIANS = "Civilians"
_WITHIN_A_WEEK = 3
_UNARMED = sides.CIVIL_KINDS | {"political", "international", "unidentified"}


def row(detail: IncidentDetail) -> dict[str, Value]:
    """The values of COLUMNS, None for what is not known."""
    record, report = detail.record, detail.report
    violence, first, second = _sides(record)
    return {
        **dict.fromkeys(COLUMNS),
        "id": record["id"],
        "relid": detail.row.event_id,
        "type_of_violence": violence,
        **_named(first, second, violence),
        "number_of_sources": 1,
        "source_article": ", ".join(filter(None, (report.publisher, _iso(report.published), report.title))) or None,
        "source_office": report.publisher,
        "source_date": _iso(report.published),
        "source_headline": report.title,
        "source_original": _joined(claim.get("claimed_by") for claim in record["casualties"]),
        **_place(record.get("place")),
        **_date(record),
        **_deaths(record, first, second),
    }


def _sides(record: Json) -> tuple[int | None, tuple[Json, ...], tuple[Json, ...]]:
    """The type of violence, and the parties of side a and side b: a state is side a, civilians are side b."""
    found = sides.of(record)
    first, second = found.first, found.second
    civilians = all(sides.is_civilian(actor) for actor in second) if second else sides.civilians_harmed(record)
    if civilians:
        return (ONE_SIDED if first and _armed(first) else None), first, second
    if not first or not second or not _armed(first) or not _armed(second):
        return None, first, second
    if sides.is_state(second[0]) and not sides.is_state(first[0]):
        return STATE_BASED, second, first
    return (STATE_BASED if sides.is_state(first[0]) else NON_STATE), first, second


def _armed(side: tuple[Json, ...]) -> bool:
    return any(actor["kind"] not in _UNARMED for actor in side)


def _named(first: tuple[Json, ...], second: tuple[Json, ...], violence: int | None) -> dict[str, Value]:
    a = _joined(sides.government_name(actor) for actor in first)
    only_civilians = violence == ONE_SIDED or (second and all(sides.is_civilian(actor) for actor in second))
    b = CIVILIANS if only_civilians else _joined(sides.government_name(actor) for actor in second)
    return {
        "dyad_name": f"{a} - {b}" if a and b else None,
        "side_a": a,
        "side_b": b,
        "gwnoa": _state_number(first),
        "gwnob": _state_number(second) if violence != ONE_SIDED else None,
    }


def _state_number(side: tuple[Json, ...]) -> str | None:
    """The Gleditsch-Ward numbers of the states on a side."""
    states = (where.country(where.party_country(actor["id"])) for actor in side if sides.is_state(actor))
    return _joined(str(state.gw) for state in states if state and state.gw)


def _place(place: Json | None) -> dict[str, Value]:
    if not place:
        return {}
    country, lat, lon = where.country(place.get("country_code")), place["lat"], place["lon"]
    return {
        "where_prec": place["where_precision"],
        "where_coordinates": place["name"],
        "where_description": place["text"],
        "adm_1": place.get("admin1"),
        "adm_2": place.get("admin2"),
        "latitude": lat,
        "longitude": lon,
        "geom_wkt": f"POINT ({lon} {lat})",
        "priogrid_gid": where.prio_cell(lat, lon),
        "country": country.name if country else None,
        "country_id": country.gw if country else None,
        "region": country.ucdp_region if country else None,
    }


def _date(record: Json) -> dict[str, Value]:
    """When it was; told as one of many or to the month at best, an event counts as summarised."""
    date = record.get("date")
    if not date:
        return {}
    one_year = date["start"][:4] == date["end"][:4]
    clear = date["precision"] <= _WITHIN_A_WEEK and not record["background"]
    return {
        "year": int(date["start"][:4]) if one_year else None,
        "event_clarity": CLEAR if clear else SUMMARISED,
        "date_prec": date["precision"],
        "date_start": date["start"],
        "date_end": date["end"],
    }


def _deaths(record: Json, first: tuple[Json, ...], second: tuple[Json, ...]) -> dict[str, Value]:
    """The toll; ``best`` is the lowest told, shared out by who is said to have died as far as that is said."""
    low, high = record.get("killed_low"), record.get("killed_high")
    best = next((c["best"] for c in record["casualties"] if c.get("best") is not None), low)
    if best is None:
        return {"low": low, "high": high}
    shares = {"deaths_a": 0, "deaths_b": 0, "deaths_civilians": 0}
    for claim in _exact(record["casualties"]):
        share = _share(claim, {actor["id"] for actor in first}, {actor["id"] for actor in second})
        if share:
            shares[share] = max(shares[share], claim["low"])
    known = sum(shares.values())
    if known > best:
        shares, known = dict.fromkeys(shares, 0), 0
    return {**shares, "deaths_unknown": best - known, "best": best, "high": high, "low": low}


def _exact(claims: list[Json]) -> list[Json]:
    return [claim for claim in claims if claim["outcome"] == "killed" and claim["low"] is not None]


def _share(claim: Json, first: set[str], second: set[str]) -> str | None:
    if claim["victim_kind"] == "civilian":
        return "deaths_civilians"
    return "deaths_a" if claim["side"] in first else "deaths_b" if claim["side"] in second else None


def _joined(values: Any) -> str | None:
    return "; ".join(dict.fromkeys(value for value in values if value)) or None


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None

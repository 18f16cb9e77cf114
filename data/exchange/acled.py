"""Incidents as ACLED-compatible rows: its 31 columns and labels, filled from what a report says.

Not ACLED data, and not made from any. What a report does not tell stays an empty cell: ``fatalities`` is empty and
not 0 where no toll is told, and a place known by its country alone has no coordinates.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping
from functools import cache
from typing import Any

from data.exchange import flat, sides, where
from data.exchange.flat import Value
from data.query import IncidentDetail
from data.vocabulary import LEXICON
from extract.errors import ReferenceDataError

Json = dict[str, Any]

COLUMNS = tuple(
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 "
    "actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location "
    "latitude longitude geo_precision source source_scale notes fatalities tags timestamp".split()
)
VIOLENCE, DEMONSTRATIONS, STRATEGIC = "Political violence", "Demonstrations", "Strategic developments"
_DISORDER = {
    "Protests": DEMONSTRATIONS,
    "Riots": DEMONSTRATIONS,
    STRATEGIC: STRATEGIC,
    "Excessive force against protesters": f"{VIOLENCE}; {DEMONSTRATIONS}",
    "Mob violence": VIOLENCE,
}
STATE, REBELS, MILITIA, COMMUNAL, RIOTERS, PROTESTERS, CIVILIANS, OUTSIDE = range(1, 9)
# UCDP's where_prec -> geo_precision; a country alone (6) and the high seas (7) have none.
_GEO = {1: 1, 2: 2, 3: 2, 4: 3, 5: 3}
_DEGREES = 4
_WEEK, _MONTH = 7, 31


@cache
def types() -> Mapping[str, tuple[str, str]]:
    """Event type of the vocabulary -> ACLED's event type and sub-event type."""
    try:
        with (LEXICON / "event_types.csv").open(encoding="utf-8", newline="") as file:
            return {row["id"]: (row["acled_event"], row["acled_sub_event"]) for row in csv.DictReader(file)}
    except (OSError, KeyError, csv.Error) as error:
        raise ReferenceDataError(f"data/lexicon/event_types.csv cannot be read: {error}") from error


def row(detail: IncidentDetail) -> dict[str, Value]:
    """The values of COLUMNS, None for what is not known."""
    record = detail.record
    event, sub_event = types().get(record["event_type"], (STRATEGIC, "Other"))
    return {
        "event_id_cnty": record["id"],
        **_date(record.get("date")),
        "disorder_type": _DISORDER.get(sub_event) or _DISORDER.get(event, VIOLENCE),
        "event_type": event,
        "sub_event_type": sub_event,
        **_sides(record, event),
        **_place(record.get("place")),
        "source": detail.report.publisher,
        "source_scale": None,
        "notes": _notes(detail),
        "fatalities": record.get("killed_low"),
        "tags": "; ".join([*_tags(record), *_uninvolved(record)]) or None,
        "timestamp": int(detail.report.added_at.replace(tzinfo=dt.UTC).timestamp()),
    }


def _date(date: Json | None) -> dict[str, Value]:
    """The middle of the days it may have been, as far as a month; a vaguer date gives the year at most."""
    if not date:
        return {"event_date": None, "year": None, "time_precision": None}
    start, end = dt.date.fromisoformat(date["start"]), dt.date.fromisoformat(date["end"])
    days = (end - start).days + 1
    if days > _MONTH:
        return {"event_date": None, "year": start.year if start.year == end.year else None, "time_precision": None}
    middle = start + (end - start) // 2
    precision = 1 if days == 1 else 2 if days <= _WEEK else 3
    return {"event_date": middle.isoformat(), "year": middle.year, "time_precision": precision}


def _sides(record: Json, event: str) -> dict[str, Value]:
    found, code = sides.of(record), (record.get("place") or {}).get("country_code")
    first = _side(found.first, event, code) or _unnamed(event, code)
    harmed = sides.civilians_harmed(record) and event not in ("Protests", "Riots", STRATEGIC)
    second = _side(found.second, event, code) or (_general("Civilians", CIVILIANS, code) if harmed else None)
    inter = [side[2] for side in (first, second) if side]
    targeted = event != STRATEGIC and second is not None and second[2] == CIVILIANS
    hit = record["event_type"] == "force_against_protesters"
    return {
        **_named(first, 1),
        **_named(second, 2),
        "interaction": int("".join(str(i) for i in (sorted(inter) if len(inter) == 2 else [*inter, 0]))) or None,
        "civilian_targeting": "Civilian targeting" if targeted or hit else None,
    }


_Side = tuple[str, str | None, int]


def _side(actors: tuple[Json, ...], event: str, code: str | None) -> _Side | None:
    """A side's main party, those with it, and the kind of the main one; None where nobody is named."""
    if not actors:
        return None
    names = list(dict.fromkeys(_name(actor, code) for actor in actors))
    return names[0], "; ".join(names[1:]) or None, _inter(actors[0], event, code)


def _unnamed(event: str, code: str | None) -> _Side | None:
    """Who acted where the report names nobody; None for what needs no armed party."""
    general = {
        "Protests": ("Protesters", PROTESTERS),
        "Riots": ("Rioters", RIOTERS),
        STRATEGIC: None,
    }.get(event, ("Unidentified Armed Group", MILITIA))
    return _general(*general, code) if general else None


def _general(words: str, inter: int, code: str | None) -> _Side:
    country = where.country(code)
    return f"{words} ({country.name})" if country else words, None, inter


def _named(side: _Side | None, number: int) -> dict[str, Value]:
    name, others, inter = side or (None, None, None)
    return {f"actor{number}": name, f"assoc_actor_{number}": others, f"inter{number}": inter}


def _name(actor: Json, code: str | None) -> str:
    if actor["kind"] == "civilian":
        return _general("Civilians", CIVILIANS, code)[0]
    return _general("Unidentified Armed Group", MILITIA, code)[0] if _is_unknown(actor) else sides.forces_name(actor)


def _is_unknown(actor: Json) -> bool:
    return bool(actor["kind"] == "unidentified")


def _inter(actor: Json, event: str, code: str | None) -> int:
    kind = actor["kind"]
    if kind in sides.CIVIL_KINDS:
        return {"Protests": PROTESTERS, "Riots": RIOTERS}.get(event, CIVILIANS) if kind == "civilian" else CIVILIANS
    if kind in sides.STATE_KINDS:
        abroad = code and (home := where.party_country(actor["id"])) and home != code
        return OUTSIDE if abroad else STATE
    return OUTSIDE if kind in sides.OUTSIDE_KINDS else REBELS if kind in sides.REBEL_KINDS else MILITIA


def _place(place: Json | None) -> dict[str, Value]:
    """Where it was; a country alone gives no point."""
    place = place or {}
    country, precision = where.country(place.get("country_code")), _GEO.get(place.get("where_precision", 0))
    return {
        "iso": country.numeric if country else None,
        "region": country.region if country else None,
        "country": country.name if country else None,
        **{name: place.get(name) for name in ("admin1", "admin2", "admin3")},
        "location": place.get("name"),
        "latitude": round(place["lat"], _DEGREES) if precision else None,
        "longitude": round(place["lon"], _DEGREES) if precision else None,
        "geo_precision": precision,
    }


def _notes(detail: IncidentDetail) -> str:
    """The report's own words, and where they stand."""
    words = " […] ".join(flat.evidence(detail.record, detail.report.text))
    found = ", ".join(part for part in (f"report {detail.report.id}", detail.report.url) if part)
    return f"{words} [{found}; {flat.credits(detail.record)['credit']}; ACLED-compatible, not ACLED data]"


def _tags(record: Json) -> list[str]:
    """The tags but for those in which the reader notes other types that an event was told with."""
    return [tag for tag in record.get("tags", ()) if not tag.startswith("type:")]


def _uninvolved(record: Json) -> list[str]:
    return [f"side not told: {actor['name']}" for actor in sides.of(record).others]

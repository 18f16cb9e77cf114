"""What is published of incidents without giving away where exactly they were, or who spoke of them.

    shown = discreet(detail, Discretion(cell_km=25, hidden=frozenset({"claimants"})))

Only what is named here is carried over; everything else, and with it every word of a report, stays behind. Words would
name the place again: so the report's text, title and address, the sentences relied on, names that the registry does
not know, and ids (by which the report could be found elsewhere) are never published discreetly.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from data import paths, vocabulary
from data.query import IncidentDetail, IncidentRow, Party, ReportRow
from extract.errors import InputError
from geo import coarse

Json = dict[str, Any]
# What can be hidden, and what that means.
HIDEABLE: Mapping[str, str] = {
    "place": "coordinates, province and all names of places; the country stays",
    "province": "the province",
    "parties": "who did it and to whom",
    "claimants": "who says so",
    "weapons": "the weapons",
    "tolls": "killed, wounded and all other figures",
    "days": "the days, of the report too; the year stays",
    "source": "the publisher",
}
KEY_FILE = "publication.key"
SOMEBODY, WITHHELD = "somebody not named here", "withheld"
METHOD = "coarsened"
# UCDP's codes: in a wider area, the country alone, international waters.
WIDER_AREA, COUNTRY_ONLY = 5, 6


@dataclass(frozen=True, slots=True)
class Discretion:
    """``cell_km`` is about how wide the cells are that points are moved to the middles of, None = points stay.

    ``hidden`` are keys of ``HIDEABLE``. False where nothing is asked for.
    """

    cell_km: float | None = None
    hidden: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return self.cell_km is not None or bool(self.hidden)


def asked(cell_km: str | float | None, hidden: Iterable[str]) -> Discretion:
    """The discretion asked for in words; raises InputError where there is no such field, or no such width."""
    names = [name.strip() for name in hidden if name.strip()]
    if unknown := [name for name in names if name not in HIDEABLE]:
        raise InputError(f"{unknown[0]!r} cannot be hidden; there are {', '.join(HIDEABLE)}")
    return Discretion(_width(cell_km) if cell_km else None, frozenset(names))


def _width(text: str | float) -> float:
    try:
        found = float(text)
    except ValueError:
        found = -1.0
    if not coarse.LEAST_KM <= found <= coarse.MOST_KM:
        raise InputError(f"{text!r} is no width of a cell: it may be {coarse.LEAST_KM:g} to {coarse.MOST_KM:g} km")
    return found


def all_discreet(found: Iterable[IncidentDetail], how: Discretion) -> Iterator[IncidentDetail]:
    """The incidents as they may be published; as they are where nothing is asked for."""
    return (discreet(one, how) for one in found) if how else iter(found)


def discreet(detail: IncidentDetail, how: Discretion) -> IncidentDetail:
    """One incident as it may be published: its record, its row and its report agree."""
    record = _record(detail.record, how)
    return IncidentDetail(_row(detail.row, record, how), record, _report(detail.report, how))


def _record(record: Json, how: Discretion) -> Json:
    hidden = how.hidden
    tolls = ("killed_low", "killed_high", "wounded_low", "wounded_high")
    found = {
        "id": _id("inc", record["id"]),
        "report_id": _id("rep", record["report_id"]),
        **{name: record[name] for name in ("event_type", "status", "background", "primary", "confidence")},
        "date": _date(record.get("date"), whole="days" not in hidden),
        "place": place(record.get("place"), how),
        "actors": [] if "parties" in hidden else [_actor(one, how) for one in record["actors"]],
        "weapons": [] if "weapons" in hidden else [_weapon(one) for one in record["weapons"]],
        "casualties": [] if "tolls" in hidden else [_casualty(one, how) for one in record["casualties"]],
        **{name: None if "tolls" in hidden else record.get(name) for name in tolls},
        "claims": [] if "claimants" in hidden else [_claim(one, how) for one in record["claims"]],
        "evidence": [],
        "tags": [tag for tag in record.get("tags", ()) if tag.startswith("type:")],
    }
    return found | ({"source": {"name": record["source"]["name"]}} if record.get("source") else {})


def place(found: Json | None, how: Discretion) -> Json | None:
    """The contract's place with its point coarse and no name finer than the province; None where it is hidden."""
    if not found or ("place" in how.hidden and not found.get("country_code")):
        return None
    country, hidden = found.get("country_code"), "place" in how.hidden
    admin1 = None if hidden or "province" in how.hidden else found.get("admin1")
    lat, lon, radius = found["lat"], found["lon"], found["radius_km"]
    if hidden or lat is None:
        lat = lon = radius = None
    elif how.cell_km:
        lat, lon, radius = coarse.cell(lat, lon, radius, how.cell_km)
    moved = hidden or how.cell_km is not None
    precision = found["where_precision"]
    if moved:
        precision = COUNTRY_ONLY if hidden or precision == COUNTRY_ONLY else max(precision, WIDER_AREA)
    unknown = dict.fromkeys(("relation", "admin2", "feature", "score", "span"))
    return {
        **unknown,
        "name": admin1 or _country(country) or WITHHELD,
        "text": "",
        **{"lat": lat, "lon": lon, "radius_km": radius, "where_precision": precision},
        "admin1": admin1,
        "country_code": country,
        # Whom to credit for the place, without its number there.
        "gazetteer_id": (found.get("gazetteer_id") or "").partition(":")[0] or None,
        "method": METHOD if moved else WITHHELD,
        "alternates": [],
    }


def _date(date: Json | None, *, whole: bool) -> Json | None:
    if not date:
        return None
    plain = {"basis": date["basis"], "text": "", "span": None}
    if whole:
        return {**{name: date[name] for name in ("start", "end", "precision")}, **plain}
    if date["start"][:4] != date["end"][:4]:
        return None
    return {"start": f"{date['start'][:4]}-01-01", "end": f"{date['end'][:4]}-12-31", "precision": 5, **plain}


def _actor(actor: Json, how: Discretion) -> Json:
    listed = vocabulary.lineage().names.get(actor["id"])
    kind = actor["kind"]
    return {
        "id": actor["id"] if listed else f"unlisted-{kind}",
        "name": listed or f"unlisted: {kind.replace('_', ' ').replace('-', ' ')}",
        "kind": kind,
        "role": actor["role"],
        "alleged_by": _speaker(actor.get("alleged_by"), how),
        "text": "",
        "span": None,
    }


def _weapon(weapon: Json) -> Json:
    known = weapon["name"] in vocabulary.weapons()
    own = {"name": weapon["name"] if known else weapon["kind"] or WITHHELD}
    return {**own, "kind": weapon["kind"], "count": weapon.get("count"), "text": "", "span": None}


def _casualty(one: Json, how: Discretion) -> Json:
    kept: Json = {name: one[name] for name in ("outcome", "low", "high", "victim_kind", "part", "best") if name in one}
    side = None if "parties" in how.hidden else one.get("side")
    side = side if side in vocabulary.lineage().names else None
    spoken = _speaker(one.get("claimed_by"), how)
    return {**kept, "victims": "", "side": side, "claimed_by": spoken, "text": "", "span": None}


def _claim(claim: Json, how: Discretion) -> Json:
    about = None if "parties" in how.hidden else claim.get("about")
    listed = about if about in vocabulary.lineage().names else None
    spoken = {"speaker": _speaker(claim["speaker"], how), "stance": claim["stance"], "about": listed}
    return {**spoken, "text": "", "span": None}


def _speaker(name: str | None, how: Discretion) -> str | None:
    """A speaker by the registry's or a country's name; None stays the report itself, others stay unnamed."""
    if name is None:
        return None
    if "claimants" in how.hidden:
        return WITHHELD
    known = vocabulary.lineage()
    listed = next((known.names[one] for one in known.named(name)), None)
    return listed or vocabulary.countries().get(name.lower()) or SOMEBODY


def _row(row: IncidentRow, record: Json, how: Discretion) -> IncidentRow:
    """The row that says what the record says."""
    where, date = record["place"] or {}, record["date"] or {}
    placed = ("admin1", "country_code", "lat", "lon", "radius_km", "where_precision")
    tolls = ("killed_low", "killed_high", "wounded_low", "wounded_high")
    same: Json = {name: where.get(name) for name in placed} | {name: record[name] for name in tolls}
    days: Json = {f"date_{name}": _day(date.get(name)) for name in ("start", "end")}
    parties = tuple(
        Party(*(one[name] for name in ("id", "name", "kind", "role", "alleged_by"))) for one in record["actors"]
    )
    return replace(
        row,
        id=record["id"],
        report_id=record["report_id"],
        event_id=_id("evt", row.event_id) if row.event_id else None,
        title=None,
        publisher=None if "source" in how.hidden else row.publisher,
        published=None if "days" in how.hidden else row.published,
        **days,
        date_precision=date.get("precision"),
        place_name=where.get("name"),
        admin2=None,
        **same,
        parties=parties,
    )  # fmt: skip


def _report(report: ReportRow, how: Discretion) -> ReportRow:
    added = report.added_at.replace(hour=0, minute=0, second=0, microsecond=0)
    return replace(
        report,
        id=_id("rep", report.id),
        title=None,
        text="",
        url=None,
        publisher=None if "source" in how.hidden else report.publisher,
        published=None if "days" in how.hidden else report.published,
        places=(),
        warnings=(),
        added_at=added.replace(month=1, day=1) if "days" in how.hidden else added,
        copy_of=None,
    )


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _country(code: str | None) -> str | None:
    return _names().get(code or "")


@cache
def _names() -> Mapping[str, str]:
    return {row["iso2"]: row["name"] for row in vocabulary.country_rows()}


def _id(kind: str, known: str) -> str:
    """Another id for the same thing, always the same; only who has this installation's key can tell which it was."""
    return f"{kind}-{hashlib.blake2b(known.encode(), digest_size=8, key=_key()).hexdigest()}"


def _key() -> bytes:
    return _read_key(str(paths.data_dir() / KEY_FILE))


@cache
def _read_key(path: str) -> bytes:
    """32 bytes made at the first use, which nobody else may read."""
    fresh = f"{path}.{os.getpid()}"
    try:
        if not os.path.exists(path):
            with open(os.open(fresh, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
                file.write(os.urandom(32))
            # Whole or not at all, and never over one that another process has made by now.
            with suppress(FileExistsError):
                os.link(fresh, path)
            os.unlink(fresh)
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise InputError(f"{path} cannot be used: {error.strerror}; ids could not be replaced") from error

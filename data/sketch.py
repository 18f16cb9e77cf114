"""What merging looks at in an incident: a small record of its place, time, type, parties, tolls and words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from data.copies import Fingerprint

Json = dict[str, Any]
Figures = frozenset[tuple[int | None, int | None]]

VAGUE_PRECISION = 4
"""UCDP date precision from which on the days say little: 4 within a month, 5 within a year."""
MOST_NAMED = 3
WIDE = frozenset({"PCLI", "PCLD", "PCLS", "PCL", "PCLX", "TERR", "CONT", "RGN", "ADM1", "ADM2", "SEA", "OCN", "RGNE"})
"""GeoNames features of countries, provinces and seas: named beside every event in them."""
NEWS_DAYS = 4
"""News without a date of its own happened on the day the report is published, or at most so many days before."""
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTH = "(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
_MONTH_DAY = re.compile(rf"\b{_MONTH}\.? (\d{{1,2}})(?:st|nd|rd|th)?\b")
_DAY_MONTH = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)? {_MONTH}\b")
_WEEKDAY = re.compile(r"\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_EMPTY = frozenset(
    "the a an and or of in on at to by for from with as after before near over into out up that this these those it "
    "its "
    "he she they we you i his her their our was were is are be been being has have had not no but which who whom whose "
    "when where while than then there said says say told according reported report reports added also least more most "
    "about some several other others including among during between against one two three four five six seven eight "
    "nine ten monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december day days week month year morning evening night afternoon overnight "
    "killed killing kill kills dead died dies death deaths wounded wounding injured injuring people person civilians "
    "civilian attack attacks attacked us am pm".split()
)


@dataclass(frozen=True, slots=True)
class Where:
    """A place: WGS 84 degrees, kilometres; ``precision`` is UCDP's, ``name`` the gazetteer's id or the name."""

    lat: float
    lon: float
    radius_km: float
    precision: int
    name: str
    country: str | None
    admin1: str | None


@dataclass(frozen=True, slots=True)
class When:
    """First and last possible day, UCDP's precision; ``told`` is False where only the publication bounds the days."""

    first: dt.date
    last: dt.date
    precision: int
    told: bool = True


@dataclass(frozen=True, slots=True)
class Sketch:
    """One incident as merging sees it. ``killed`` and ``wounded`` are its figures (low, high), parts left out.

    ``news`` is told as having happened and not as history, ``real`` as more than planned or feared.
    ``named`` are the first few places beside its own that are named in the sentences it was read from, ``names`` other
    words of those with a capital. ``calendar`` holds days without a year ("08-19") and weekdays ("fri").
    """

    id: str
    report_id: str
    event_type: str
    news: bool
    real: bool
    primary: bool
    where: Where | None
    named: tuple[Where, ...]
    when: When | None
    perpetrators: frozenset[str]
    targets: frozenset[str]
    killed: Figures
    wounded: Figures
    words: frozenset[str]
    names: frozenset[str]
    calendar: frozenset[str]
    prints: Fingerprint | None


def of(record: Json, report: Mapping[str, Any], prints: Fingerprint | None = None) -> Sketch:
    """The sketch of an incident (the contract's JSON) of a report (``text``, ``title``, ``published``: a date or None,
    ``places``: the contract's mentions).

    ``prints`` is the fingerprint of the report's text.
    """
    where, when = _where(record.get("place")), _when(record, report.get("published"))
    status, parts = record.get("status", "occurred"), _parts(record, report)
    words = frozenset(_tokens(parts)) - frozenset(_tokens(_place_names(record)))
    return Sketch(
        id=record["id"],
        report_id=record["report_id"],
        event_type=record["event_type"],
        news=not record.get("background") and status in ("occurred", "disputed"),
        real=status not in ("planned", "hypothetical"),
        primary=bool(record.get("primary")),
        where=where,
        named=_named(record, report, where),
        when=when,
        perpetrators=_parties(record, "perpetrator", "participant"),
        targets=_parties(record, "target", "participant"),
        killed=_figures(record, "killed"),
        wounded=_figures(record, "wounded"),
        words=words,
        names=_names(parts, words),
        calendar=_calendar(parts, when),
        prints=prints,
    )


def _where(place: Json | None) -> Where | None:
    if place is None or place.get("lat") is None or place.get("lon") is None:
        return None
    name = place.get("gazetteer_id") or place.get("name") or ""
    precision, radius = place.get("where_precision") or 6, place.get("radius_km") or 0.0
    return Where(place["lat"], place["lon"], radius, precision, name, place.get("country_code"), place.get("admin1"))


def _named(record: Json, report: Mapping[str, Any], own: Where | None) -> tuple[Where, ...]:
    spans = [(span["start"], span["end"]) for span in record.get("evidence", ())]
    found: dict[str, Where] = {}
    for one in report.get("places") or ():
        inside = any(start <= one["start"] < end for start, end in spans)
        if inside and one["use"] == "literal" and one["lat"] is not None and one.get("feature") not in WIDE:
            name = one["gazetteer_id"] or one["name"]
            found.setdefault(name, Where(one["lat"], one["lon"], 0.0, 1, name, one["country_code"], one["admin1"]))
    found.pop(own.name if own else "", None)
    return tuple(found.values())[:MOST_NAMED]


def _when(record: Json, published: dt.date | None) -> When | None:
    date = record.get("date")
    if date:
        first, last = dt.date.fromisoformat(date["start"]), dt.date.fromisoformat(date["end"])
        if date["basis"] != "published":
            return When(first, last, date["precision"])
        return When(min(first, last - dt.timedelta(days=NEWS_DAYS)), last, date["precision"], told=False)
    if published is None or record.get("background"):
        return None
    return When(published - dt.timedelta(days=NEWS_DAYS), published, 3, told=False)


def _parties(record: Json, *roles: str) -> frozenset[str]:
    return frozenset(actor["id"] for actor in record.get("actors", ()) if actor["role"] in roles)


def _figures(record: Json, outcome: str) -> Figures:
    found = [c for c in record.get("casualties", ()) if c["outcome"] == outcome and not c.get("part")]
    told = {(claim["low"], claim["high"]) for claim in found} - {(None, None)}
    ends = {record.get(f"{outcome}_low"), record.get(f"{outcome}_high")} - {None}
    return frozenset(told or {(end, end) for end in ends})


def _parts(record: Json, report: Mapping[str, Any]) -> list[str]:
    """The sentences that the incident was read from, and the headline where it is what the report is about."""
    text = str(report["text"])
    parts = [text[span["start"] : span["end"]] for span in record.get("evidence", ())]
    return [*parts, str(report.get("title") or "")] if record.get("primary") else parts


def _place_names(record: Json) -> list[str]:
    place = record.get("place") or {}
    return [place.get("name") or "", place.get("text") or ""]


def _names(parts: Iterable[str], words: frozenset[str]) -> frozenset[str]:
    """Words that stand with a capital within a sentence and nowhere without one."""
    found, plain = set[str](), set[str]()
    for part in parts:
        for match in _WORD.finditer(part):
            word = match.group()
            if word[0].islower():
                plain.add(_stem(word))
            elif match.start() > 0 and word[0].isupper():
                found.add(_stem(word.lower()))
    return frozenset((found - plain) & words)


def _calendar(parts: Iterable[str], when: When | None) -> frozenset[str]:
    if when is not None and when.told:
        exact = when.first == when.last
        return frozenset({f"{when.first:%m-%d}", _WEEKDAYS[when.first.weekday()]}) if exact else frozenset()
    found = set[str]()
    for part in parts:
        told = [*_MONTH_DAY.findall(part), *((month, day) for day, month in _DAY_MONTH.findall(part))]
        found.update(f"{_MONTHS.index(month) + 1:02d}-{int(day):02d}" for month, day in told)
        found.update(day[:3].lower() for day in _WEEKDAY.findall(part))
    return frozenset(found)


def _tokens(parts: Iterable[str]) -> Iterable[str]:
    for part in parts:
        for word in _WORD.findall(part.lower()):
            if word not in _EMPTY and len(word) > 1 and not word.isdecimal():
                yield _stem(word)


def _stem(word: str) -> str:
    """The word without its commonest English endings, so that "shells", "shelled" and "shelling" are one."""
    for ending in ("'s", "ings", "ing", "ies", "ied", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word

"""One incident -> the card that is shown of it: its values, each tied to its words, and the report cut at those words.

The words are cut here, by code points, so that the browser gets pieces of plain text and no offsets.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlsplit

from data.query import IncidentDetail, ReportRow
from data.records import Json
from geo import layers
from views import graphic, words

# More of a report than this is not shown around its evidence: a page of print holds about 3,000 characters.
SHOWN_BEFORE, SHOWN_AFTER, SHOWN_MOST = 3_000, 6_000, 20_000
VALUE_MOST = 300
QUOTED_MOST = 140


@dataclass(frozen=True, slots=True)
class Value:
    """A value on the card, a remark on it, and the spans (start, end) of the words that it was read from."""

    text: str
    note: str | None = None
    spans: tuple[tuple[int, int], ...] = ()


# "at least 90" names no victims beside the figure.
_COUNT_WORDS = re.compile(r"\b(at least|more than|up to|about|around|nearly|some|over|almost|or|no)\b", re.IGNORECASE)
_NAMED = re.compile(r"[^\W\d]")

Group = tuple[str, Sequence[Value]]


def card(detail: IncidentDetail, said: Sequence[Value] = ()) -> Json:
    """The card as JSON for ``views.parts.incident_card``; ``said`` are values of the event, numbered after its own."""
    record, row = detail.record, detail.row
    groups = [(label, values) for label, values in _groups(record) if values]
    fields = [*(value for _, values in groups for value in values), *said]
    told = paragraphs(detail.report.text, fields, [pair(s) for s in record["evidence"]])
    return {
        "id": row.id,
        "title": words.event(row.event_type).label,
        "subtitle": _clip(f"{words.where(row)} · {words.days(row.date_start, row.date_end)}"),
        "badges": words.remarks(row) + ([words.not_drawn(row)] if words.not_drawn(row) else []),
        "groups": _numbered(groups),
        "unknown": unknown(record),
        "report": source(detail.report),
        "paragraphs": told,
        "graphic": graphic.which(told),
        "footnote": _footnote(detail),
    }


def _footnote(detail: IncidentDetail) -> str:
    """How the values came about."""
    record = detail.record
    if origin := record.get("source"):
        return f"Loaded from {origin['name']} as it stands there; nothing was read out of its words."
    if detail.row.reviewed:
        return f"Read by machine and {detail.row.reviewed} by a reviewer; the history says who, when and why."
    return f"Read by machine, confidence {record['confidence']:.0%}. Check the words before you rely on it."


def unknown(record: Json) -> list[str]:
    """What the report does not say, or what was not found in it, in plain sentences."""
    roles = {actor["role"] for actor in record["actors"]}
    outcomes = {c["outcome"] for c in record["casualties"]}
    checks = (
        ("perpetrator" not in roles, "No perpetrator named."),
        ("target" not in roles, "No target named."),
        (record["date"] is None, "No date found; the day of publication is not used in its stead."),
        (record["place"] is None, "No place found."),
        (not outcomes & {"killed", "wounded"}, "No figure for killed or wounded."),
        (
            any(c["claimed_by"] is None for c in record["casualties"]),
            "Some figures have no source but the report itself.",
        ),
    )
    return [sentence for missing, sentence in checks if missing]


def paragraphs(
    text: str, values: Sequence[Value], evidence: Sequence[tuple[int, int]], most: int = SHOWN_MOST
) -> list[list[Json]]:
    """The report around its evidence, by paragraph and piece: text, whether evidence, numbers of the values it gave."""
    start, end = _window(len(text), [*evidence, *(s for v in values for s in v.spans)], most)
    marks = [(s, e, n) for n, v in enumerate(values) for s, e in v.spans]
    found, line = [], start
    for stop in [*(i for i in range(start, end) if text[i] == "\n"), end]:
        if text[line:stop].strip():
            found.append(_pieces(text, line, stop, marks, evidence))
        line = stop + 1
    if start > 0 and found:
        found[0].insert(0, _piece("… ", False, ()))
    if end < len(text) and found:
        found[-1].append(_piece(" …", False, ()))
    return found


def _groups(record: Json) -> list[Group]:
    names = {actor["id"]: actor["name"] for actor in record["actors"]}
    return [
        ("Who", [_actor(a) for a in record["actors"] if a["role"] == "perpetrator"]),
        ("Against", [_actor(a) for a in record["actors"] if a["role"] == "target"]),
        ("Involved", [_actor(a) for a in record["actors"] if a["role"] == "participant"]),
        ("When", [_date(record["date"])] if record["date"] else []),
        ("Where", _places(record["place"]) if record["place"] else []),
        ("How many", [_casualty(c) for c in record["casualties"]]),
        ("With what", [_weapon(w) for w in record["weapons"]]),
        ("Who says what", _claims(record["claims"], names)),
    ]


def _actor(actor: Json) -> Value:
    said = f"according to {actor['alleged_by']}" if actor["alleged_by"] else None
    return Value(actor["name"], said, _spans(actor["span"]))


def _date(date: Json) -> Value:
    start, end = (dt.date.fromisoformat(date[side]) for side in ("start", "end"))
    told = [words.WHEN.get(date["precision"]), words.BASIS.get(date["basis"])]
    note = "; ".join(part for part in told if part)
    return Value(words.days(start, end), note, _spans(date["span"]))


def _places(place: Json) -> list[Value]:
    """The place, and where the territory is disputed, between whom."""
    dispute = place.get("dispute")
    return [_place(place), *([Value("Disputed territory", dispute)] if dispute else [])]


def _place(place: Json) -> Value:
    names = (place["name"], place["admin2"], place["admin1"], words.country(place["country_code"]))
    note = words.WHERE.get(place["where_precision"], "")
    if place["where_precision"] != layers.COUNTRY_ONLY:
        note += f"; within {_km(place['radius_km'])} of {place['lat']:.4f}, {place['lon']:.4f} nine times in ten"
    return Value(", ".join(dict.fromkeys(n for n in names if n)), note, _spans(place["span"]))


def _casualty(claim: Json) -> Value:
    figure = words.number(claim["low"], claim["high"]) or "some"
    known = claim["victim_kind"]
    kind = "" if known == "unknown" or known in (claim["victims"] or "").lower() else f" ({known}s)"
    said = f"according to {claim['claimed_by']}" if claim["claimed_by"] else "in the report's own voice"
    victims = f"{claim['victims']}{kind}, " if _NAMED.search(_COUNT_WORDS.sub("", claim["victims"] or "")) else ""
    return Value(f"{figure} {claim['outcome']}", f"{victims}{said}", _spans(claim["span"]))


def _weapon(weapon: Json) -> Value:
    count = f"{weapon['count']:,} × " if weapon["count"] is not None else ""
    return Value(f"{count}{weapon['name']}", None, _spans(weapon["span"]))


def _claims(claims: Sequence[Json], names: Mapping[str, str]) -> list[Value]:
    """One value for all that a speaker says to the same end; it lights up every place where it is said."""
    found: dict[str, list[Json]] = {}
    for claim in claims:
        about = names.get(claim["about"], claim["about"]) if claim["about"] else None
        stance = words.STANCE.get(claim["stance"], claim["stance"])
        found.setdefault(f"{claim['speaker']} {stance}" + (f": {about}" if about else ""), []).append(claim)
    return [_said(what, same) for what, same in found.items()]


def _said(what: str, same: Sequence[Json]) -> Value:
    more = f" … and {words.plural(len(same) - 1, 'time')} more" if len(same) > 1 else ""
    spans = tuple(dict.fromkeys(where for claim in same for where in _spans(claim["span"])))
    return Value(what, f"“{layers.clip(same[0]['text'], QUOTED_MOST)}”{more}", spans)


def _numbered(groups: Iterable[Group]) -> list[Json]:
    found, n = [], 0
    for label, values in groups:
        fields = []
        for value in values:
            note = _clip(value.note) if value.note else None
            fields.append({"id": n, "text": _clip(value.text), "note": note, "lights": bool(value.spans)})
            n += 1
        found.append({"label": label, "fields": fields})
    return found


def source(report: ReportRow) -> Json:
    """A report's title, publisher and day, and its address where that may become a link."""
    published = f"published {words.day(report.published)}" if report.published else "day of publication unknown"
    line = " · ".join([_clip(report.publisher or "publisher unknown"), published])
    return {"title": _clip(report.title or "Untitled report"), "line": line, "url": web(report.url)}


def web(url: str | None) -> str | None:
    """The address where it is one of the web's; no other scheme may become a link."""
    try:
        return url if url and urlsplit(url).scheme in ("http", "https") else None
    except ValueError:
        return None


def _pieces(
    text: str, start: int, end: int, marks: Sequence[tuple[int, int, int]], evidence: Sequence[tuple[int, int]]
) -> list[Json]:
    near = [m for m in marks if m[0] < end and start < m[1]]
    cuts = {start, end, *(c for m in near for c in m[:2]), *(c for e in evidence for c in e)}
    inside = sorted(c for c in cuts if start <= c <= end)
    return [
        _piece(text[a:b], any(s <= a < e for s, e in evidence), [n for s, e, n in near if s <= a < e])
        for a, b in pairwise(inside)
    ]


def _piece(text: str, is_evidence: bool, fields: Sequence[int]) -> Json:
    return {"text": text, "evidence": is_evidence, "fields": list(fields)}


def _window(length: int, spans: Sequence[tuple[int, int]], most: int) -> tuple[int, int]:
    first = min((s for s, _ in spans), default=0)
    last = max((e for _, e in spans), default=0)
    start = max(0, first - SHOWN_BEFORE)
    return start, min(length, max(last, first) + SHOWN_AFTER, start + most)


def _spans(span: Json | None) -> tuple[tuple[int, int], ...]:
    """The words behind a value; none where a reviewer gave it."""
    return (pair(span),) if span else ()


def pair(span: Json) -> tuple[int, int]:
    """Start and end of a span of the contract."""
    return span["start"], span["end"]


def _km(radius: float) -> str:
    return f"{radius:.1f} km" if radius < 10 else f"{radius:,.0f} km"


def _clip(text: str) -> str:
    return layers.clip(text, VALUE_MOST)

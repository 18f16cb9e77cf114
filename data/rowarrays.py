"""The store's incidents as arrays: one array a column, texts as codes, in the order in which they were added.

A million incidents take about 130 MB and are read once; a row never changes but for when it stopped to hold, so that
later ones are only added behind it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
import numpy.typing as npt
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from data import schema

Array = npt.NDArray[Any]
Progress = Callable[[int], None]
# Rows taken from the database at once: enough that numpy's share of the time is small, few enough to stay in cache.
CHUNK = 20_000
NO_DAY = int(np.iinfo(np.int32).min)
OPEN = int(np.iinfo(np.int64).max)
UNKNOWN = -1
PARTY_LABEL = "party_label"
ROLES = ("perpetrator", "target", "participant", "blamed", "claimant")
Speakers = Callable[[str], Sequence[str]]

_I, _A, _R = schema.incidents.c, schema.incident_actors.c, schema.reports.c


@dataclass(slots=True)
class Rows:
    """One entry an incident's state, sorted by ``key``, the store's own number for it.

    ``known_from`` and ``known_until`` are microseconds of 1970 (``OPEN`` = holds now); ``report`` and ``event`` are
    hashes of the ids (event 0 = none); days are of 1970 (``NO_DAY`` = unknown); tolls -1 = unknown; coordinates in WGS
    84 degrees and ``radius_km`` NaN = unknown; ``event_type`` to ``reviewed`` index into ``names``, -1 = unknown.
    ``civilians`` is true where civilians are said to have come to harm. ``party_*`` hold one entry a party and role
    (an index into ``ROLES``) of the incident at ``party_row``; ``party`` indexes into ``names["party"]``.
    """

    key: Array
    known_from: Array
    known_until: Array
    report: Array
    event: Array
    lead: Array
    background: Array
    civilians: Array
    event_type: Array
    status: Array
    country: Array
    province: Array
    publisher: Array
    reviewed: Array
    precision: Array
    start: Array
    end: Array
    lat: Array
    lon: Array
    radius_km: Array
    killed_low: Array
    killed_high: Array
    wounded_low: Array
    wounded_high: Array
    party: Array
    party_row: Array
    party_role: Array
    names: dict[str, list[str]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.key)

    def joined(self, later: Rows) -> Rows:
        """These rows with later ones behind them; ``later`` was read with these rows' names."""
        arrays = {name: np.concatenate([getattr(self, name), getattr(later, name)]) for name in ARRAYS}
        arrays["party_row"][len(self.party_row) :] += len(self)
        return Rows(**arrays, names=later.names)


ARRAYS = tuple(one.name for one in fields(Rows) if one.name != "names")
PARTY_ARRAYS = ("party", "party_row", "party_role")


class Coder:
    """Texts -> small numbers, the same text always the same; goes on from names that were given before."""

    def __init__(self, names: Mapping[str, Sequence[str]] | None = None) -> None:
        given = dict(names or {})
        self._labels = dict(zip(given.get("party", ()), given.pop(PARTY_LABEL, ()), strict=False))
        self._codes = {column: {name: n for n, name in enumerate(known)} for column, known in given.items()}

    def __call__(self, column: str, values: Sequence[str | None]) -> Array:
        """The codes, -1 for None."""
        codes = self._codes.setdefault(column, {})
        return np.array([UNKNOWN if v is None else codes.setdefault(v, len(codes)) for v in values], np.int32)

    def label(self, party: str, name: str) -> None:
        """Note what a party is called; the first name stays."""
        self._labels.setdefault(party, name)

    def names(self) -> dict[str, list[str]]:
        """Every column's texts in the order of their codes; ``PARTY_LABEL`` has what each party is called."""
        found = {column: list(codes) for column, codes in self._codes.items()}
        return found | {PARTY_LABEL: [self._labels.get(party, party) for party in found.get("party", ())]}


def hashed(value: str | None) -> int:
    """A number for an id that is the same in every process; 0 for None."""
    return int.from_bytes(hashlib.blake2b(value.encode(), digest_size=8).digest(), "big", signed=True) if value else 0


def read(
    connection: Connection,
    *,
    after: int = -1,
    names: Mapping[str, Sequence[str]] | None = None,
    speakers: Speakers,
    tell: Progress | None = None,
) -> Rows:
    """All incidents with a key above ``after``; ``speakers`` gives the party ids that a speaker's name stands for."""
    coder = Coder(names)
    parts: list[dict[str, Array]] = []
    done = 0
    while rows := connection.execute(_QUERY.where(_I.key > after).limit(CHUNK)).all():
        after = rows[-1].key
        parts.append(_chunk(connection, rows, coder, speakers, done))
        done += len(rows)
        if tell:
            tell(done)
    parts = parts or [_chunk(connection, [], coder, speakers, 0)]
    arrays = {name: np.concatenate([part[name] for part in parts]) for name in ARRAYS}
    return Rows(**arrays, names=coder.names())


def _text(column: Any) -> Any:
    # As text: turning millions of dates into Python objects would take longer than all else here.
    return sa.cast(column, sa.String)


_PLAIN = (
    _I.key,
    _text(_I.known_from),
    _text(_I.known_until),
    _I.report_id,
    _I.event_id,
    _I.lead,
    _I.background,
    _I.event_type,
    _I.status,
    _I.country_code,
    _I.admin1,
    _R.publisher,
    _I.reviewed,
    _I.where_precision,
    _text(_I.date_start),
    _text(_I.date_end),
    _I.lat,
    _I.lon,
    _I.radius_km,
    _I.killed_low,
    _I.killed_high,
    _I.wounded_low,
    _I.wounded_high,
    sa.cast(_I.record, sa.Text),
)
_QUERY = sa.select(*_PLAIN).select_from(schema.incidents.join(schema.reports, _I.report_id == _R.id)).order_by(_I.key)


def _chunk(
    connection: Connection, rows: Sequence[Any], coder: Coder, speakers: Speakers, first: int
) -> dict[str, Array]:
    columns: list[Sequence[Any]] = list(zip(*rows, strict=True)) if rows else [()] * len(_PLAIN)
    (key, since, until, report, event, lead, background, kind, status, country, admin1, publisher, reviewed, precision,
     start, end, lat, lon, radius, *tolls, record) = columns  # fmt: skip
    provinces = [f"{c or ''}/{a}" if a else None for c, a in zip(country, admin1, strict=True)]
    facts = [_facts(text) for text in record]
    arrays = {
        "key": np.array(key, np.int64),
        "known_from": moments(since),
        "known_until": moments(until),
        "report": np.array([hashed(one) for one in report], np.int64),
        "event": np.array([hashed(one) for one in event], np.int64),
        "lead": np.array(lead, np.bool_),
        "background": np.array(background, np.bool_),
        "event_type": coder("event_type", kind),
        "status": coder("status", status),
        "country": coder("country", country),
        "province": coder("province", provinces),
        "publisher": coder("publisher", publisher),
        "reviewed": coder("reviewed", reviewed),
        "precision": _numbers(precision, np.int8),
        "start": _days(start),
        "end": _days(end),
        "lat": np.array(lat, np.float64),
        "lon": np.array(lon, np.float64),
        "radius_km": np.array(radius, np.float32),
    }
    names = ("killed_low", "killed_high", "wounded_low", "wounded_high")
    arrays |= {name: _numbers(values, np.int32) for name, values in zip(names, tolls, strict=True)}
    return arrays | _parties(connection, arrays["key"], facts, coder, speakers, first)


def moments(values: Sequence[str | None]) -> Array:
    """Date-times as microseconds of 1970, ``OPEN`` for None."""
    found = np.array([value or "NaT" for value in values], "datetime64[us]")
    return np.where(np.isnat(found), OPEN, found.astype(np.int64))


def day_number(day: dt.date) -> int:
    """A day as the number that ``start`` and ``end`` hold."""
    return day.toordinal() - dt.date(1970, 1, 1).toordinal()


def day_of(number: int) -> dt.date:
    """The day of a number in ``start`` or ``end``."""
    return dt.date.fromordinal(number + dt.date(1970, 1, 1).toordinal())


def _days(values: Sequence[str | None]) -> Array:
    found = np.array([value or "NaT" for value in values], "datetime64[D]")
    return np.where(np.isnat(found), NO_DAY, found.astype(np.int64)).astype(np.int32)


def _numbers(values: Sequence[int | None], kind: Any) -> Array:
    return np.array([UNKNOWN if value is None else value for value in values], kind)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What only the record says: whether civilians were harmed, parties that are blamed, and who speaks."""

    civilians: bool = False
    blamed: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()


_NO_FACTS = _Facts()
# A record without any of these has none of the facts, and need not be parsed: half of all in the samples.
_SIGNS = ('"civilian', '"stance"', '"claimed_by": "')


def _facts(text: str) -> _Facts:
    if not any(sign in text for sign in _SIGNS):
        return _NO_FACTS
    record = json.loads(text)
    casualties, claims = record.get("casualties") or [], record.get("claims") or []
    harmed = any(c.get("victim_kind") == "civilian" and (c.get("high") or c.get("low") or 0) > 0 for c in casualties)
    struck = any(a.get("kind") == "civilians" and a.get("role") == "target" for a in record.get("actors") or [])
    blamed = [c.get("about") for c in claims if c.get("stance") == "blames"]
    speak = [*(c.get("speaker") for c in claims), *(c.get("claimed_by") for c in casualties)]
    return _Facts(harmed or struck, tuple(b for b in blamed if b), tuple(s for s in dict.fromkeys(speak) if s))


def _parties(
    connection: Connection, keys: Array, facts: Sequence[_Facts], coder: Coder, speakers: Speakers, first: int
) -> dict[str, Array]:
    """Party, row and role of all that the incidents name, each once; a party alleged by another is also blamed."""
    found: dict[tuple[int, str, str], None] = {}
    if len(keys):
        query = sa.select(_A.incident_key, _A.actor_id, _A.name, _A.role, _A.alleged_by)
        between = query.where(_A.incident_key.between(int(keys[0]), int(keys[-1]))).order_by(_A.incident_key)
        rows = {int(key): n for n, key in enumerate(keys)}
        for key, party, name, role, alleged_by in connection.execute(between):
            coder.label(party, name)
            _note(found, rows[key], party, role, alleged_by, speakers)
    for n, fact in enumerate(facts):
        for party in fact.blamed:
            found[n, party, "blamed"] = None
        for name in fact.speakers:
            for party in speakers(name):
                found[n, party, "claimant"] = None
    entries = sorted(found)
    return {
        "civilians": np.array([fact.civilians for fact in facts], np.bool_),
        "party": coder("party", [party for _, party, _ in entries]),
        "party_row": np.array([first + n for n, _, _ in entries], np.int32),
        "party_role": np.array([ROLES.index(role) for _, _, role in entries], np.int8),
    }


def _note(
    found: dict[tuple[int, str, str], None],
    row: int,
    party: str,
    role: str,
    alleged_by: str | None,
    speakers: Speakers,
) -> None:
    found[row, party, role if role in ROLES else "participant"] = None
    if not alleged_by:
        return
    if role == "perpetrator":
        found[row, party, "blamed"] = None
    for speaker in speakers(alleged_by):
        found[row, speaker, "claimant"] = None

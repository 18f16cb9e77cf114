"""A small store for the tests of the screens: reports of the public contract's shape, no reading of text involved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from data.store import Store
from extract.records import Report

Json = dict[str, Any]

SYRIA_ARMY = ("military-of-syria", "Military of Syria", "military")
COALITION = ("us-led-coalition", "US-led coalition", "coalition")
ISLAMIC_STATE = ("islamic-state", "Islamic State", "armed_group")
CIVILIANS = ("civilians", "Civilians", "civilians")

HOSTILE = (
    "<img src=x onerror=window.hacked=1>",
    "${window.hacked=1}",
    "`;window.hacked=1;//",
    "\\x3cimg src=x onerror=window.hacked=1\\x3e",
    "\\`;window.hacked=1;//",
    "</script><script>window.hacked=1</script>",
    "{{7*7}}",
    "\u202eevil\u202c",
    "[press](javascript:window.hacked=1) ![x](http://elsewhere.invalid/x.png) :red[x] $x$",
    "' onmouseover='window.hacked=1",
)


def span(text: str, words: str) -> Json:
    """Where the words stand in the text."""
    start = text.index(words)
    return {"start": start, "end": start + len(words)}


def actor(text: str, party: tuple[str, str, str], role: str, words: str, alleged_by: str | None = None) -> Json:
    """A party of the contract."""
    names = dict(zip(("id", "name", "kind"), party, strict=True))
    return {**names, "role": role, "alleged_by": alleged_by, "text": words, "span": span(text, words)}


def place(text: str, words: str, lat: float, lon: float, *, precision: int = 1, **more: Any) -> Json:
    """A place of the contract."""
    fixed = {"relation": None, "admin2": None, "feature": None, "gazetteer_id": None, "method": "test", "score": 1.0}
    own = {"name": words, "text": words, "span": span(text, words), "lat": lat, "lon": lon}
    held = {"radius_km": 3.0, "where_precision": precision, "admin1": None, "country_code": "SY", "alternates": []}
    return {**fixed, **own, **held, **more}


def incident(key: str, text: str, *, day: str | None, event_type: str = "air_strike", **more: Any) -> Json:
    """An incident of the contract with nothing known but what is handed in."""
    end = more.pop("end", day)
    date = day and {"start": day, "end": end, "precision": 1, "basis": "stated", "text": day, "span": None}
    open_ends = {"killed_low": None, "killed_high": None, "wounded_low": None, "wounded_high": None}
    lists: Json = {"actors": [], "weapons": [], "casualties": [], "claims": [], "tags": []}
    fixed = {"status": "occurred", "background": False, "primary": True, "confidence": 0.8, "place": None}
    ids = {"id": f"{key}-1", "report_id": key, "event_type": event_type, "date": date}
    return {**ids, **fixed, **lists, **open_ends, "evidence": [{"start": 0, "end": len(text)}], **more}


def casualty(text: str, words: str, outcome: str, low: int, by: str | None) -> Json:
    """A figure of the contract."""
    fixed = {"victims": "soldiers", "victim_kind": "combatant", "side": None}
    own = {"outcome": outcome, "low": low, "high": low, "claimed_by": by, "text": words, "span": span(text, words)}
    return {**fixed, **own}


def add(store: Store, text: str, record: Json, **fields: Any) -> None:
    """Store one report with one incident."""
    report = Report(id=record["report_id"], text=text, **fields)
    store.add(report, {"report_id": report.id, "language": "en", "incidents": [record], "places": [], "warnings": []})


def build(url: str) -> None:
    """Six plain reports: two against Islamic State, one by it, one with a country only, one without a place or date."""
    with Store.open(url) as store:
        _deir_ez_zor(store)
        _against_islamic_state(store)
        for n, (lat, lon) in enumerate([(33.31, 44.37), (33.31, 44.37)]):
            text = f"Islamic State bombed a market in Baghdad, report {n}."
            by = actor(text, ISLAMIC_STATE, "perpetrator", "Islamic State")
            at = place(text, "Baghdad", lat, lon, country_code="IQ")
            add(
                store,
                text,
                incident(f"market-{n}", text, day="2016-07-03", event_type="bombing", actors=[by], place=at),
            )
        text = "Shells fell somewhere in Yemen."
        at = place(text, "Yemen", 15.5, 47.5, precision=6, country_code="YE")
        add(store, text, incident("yemen", text, day="2016-08-01", event_type="shelling", place=at))
        text = "Men were arrested."
        add(store, text, incident("arrests", text, day=None, event_type="arrest"))


def _deir_ez_zor(store: Store) -> None:
    text = "Coalition jets hit the Syrian army near the airport on Saturday. Russia said 62 soldiers were killed."
    record = incident(
        "airport", text, day="2016-09-17", killed_low=62, killed_high=62,
        actors=[
            actor(text, COALITION, "perpetrator", "Coalition jets"),
            actor(text, SYRIA_ARMY, "target", "the Syrian army"),
        ],
        place=place(text, "the airport", 35.2854, 40.176, precision=2, radius_km=7.0, name="Deir ez-Zor Airport"),
        casualties=[casualty(text, "62 soldiers were killed", "killed", 62, "Russia")],
    )  # fmt: skip
    add(
        store,
        text,
        record,
        title="Jets hit Syrian base",
        publisher="Western wire agency",
        published=dt.date(2016, 9, 17),
    )


def _against_islamic_state(store: Store) -> None:
    cases = (("raqqa-early", "2016-03-01", 35.95, 39.01), ("raqqa-late", "2016-09-20", 35.96, 39.02))
    for key, day, lat, lon in cases:
        text = f"Aircraft struck Islamic State fighters in Raqqa, {key}."
        record = incident(
            key, text, day=day,
            actors=[
                actor(text, COALITION, "perpetrator", "Aircraft"),
                actor(text, ISLAMIC_STATE, "target", "Islamic State fighters"),
            ],
            place=place(text, "Raqqa", lat, lon),
        )  # fmt: skip
        add(store, text, record, title=f"Strike in Raqqa ({key})", publisher="Local monitor")


def build_hostile(url: str, payloads: Sequence[str] = HOSTILE) -> None:
    """A report a payload, which stands in its title, text, publisher, party, place, claimant and weapon."""
    with Store.open(url) as store:
        for n, payload in enumerate(payloads):
            text = f"{payload} struck {payload} in {payload} with {payload}, {payload} said."
            by = actor(text, (f"p{n}", payload, "armed_group"), "perpetrator", payload, payload)
            at = place(text, payload, 30.0 + n, 40.0, admin1=payload)
            casualties = [casualty(text, payload, "killed", n, payload)]
            claims = [{"speaker": payload, "stance": "blames", "about": payload, "text": payload, "span": by["span"]}]
            weapons = [{"name": payload, "kind": "x", "count": 2, "text": payload, "span": by["span"]}]
            more = {"actors": [by], "place": at, "casualties": casualties, "claims": claims, "weapons": weapons}
            record = incident(f"hostile-{n}", text, day="2020-01-01", **more)
            add(store, text, record, title=payload, publisher=payload, url=f"javascript:{payload}")


def build_many(url: str, n: int) -> None:
    """n incidents on a grid over Syria and Iraq, more than are drawn one by one."""
    with Store.open(url) as store:
        for i in range(n):
            text = f"Shells fell on Village {i}."
            at = place(text, f"Village {i}", 33.0 + (i % 25) * 0.12, 36.0 + (i // 25) * 0.25)
            add(store, text, incident(f"many-{i}", text, day="2017-05-05", event_type="shelling", place=at))

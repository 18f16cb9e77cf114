"""What fits a question, counted in plain words by pandas, to hold the quick ways against."""

from __future__ import annotations

import datetime as dt
import random
import re
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from data import query, vocabulary
from data.area import Area, parse
from data.overview import Ask
from data.store import Store


def table(store: Store) -> pd.DataFrame:
    """The incidents of a store, taken from it one by one."""
    above = vocabulary.lineage().ancestors
    rows = []
    for one in query.details(store, query.Filters(statuses=(), include_background=True)):
        row = {name: getattr(one.row, name) for name in query.IncidentRow.__dataclass_fields__}
        for role in ("perpetrator", "target"):
            own = {party.id for party in one.row.parties if party.role == role}
            row[role] = own | {over for party in own for over in above.get(party, ())}
        row["harmed"] = any(
            c["victim_kind"] == "civilian" and (c["high"] or c["low"] or 0) > 0 for c in one.record["casualties"]
        ) or any(a["kind"] == "civilians" and a["role"] == "target" for a in one.record["actors"])
        row["text"] = f"{one.report.title} {one.report.text} {one.row.place_name}".lower()
        row["event"] = one.row.event_id or f"alone {one.row.id}"
        rows.append(row)
    return pd.DataFrame(rows)


def fitting(plain: pd.DataFrame, ask: Ask) -> pd.DataFrame:
    """The incidents that fit, filter by filter in plain words."""
    found = plain

    for column, values in (("status", ask.statuses), ("event_type", ask.types), ("country_code", ask.countries)):
        found = found[found[column].isin(values)] if values else found
    found = found if ask.background else found[~found.background]
    if ask.provinces:
        found = found[(found.country_code + "/" + found.admin1).isin(ask.provinces)]
    if ask.publishers:
        found = found[found.publisher.isin(ask.publishers)]
    if ask.precisions:
        found = found[found.where_precision.isin(ask.precisions)]
    return _further(found, ask)


def _further(found: pd.DataFrame, ask: Ask) -> pd.DataFrame:
    def among(kept: list[bool]) -> pd.DataFrame:
        return found[np.array(kept, bool)]

    if ask.date_from:
        found = among([end is not None and end >= ask.date_from for end in found.date_end])
    if ask.date_to:
        found = among([start is not None and start <= ask.date_to for start in found.date_start])
    if ask.toll_least is not None:
        found = found[found[["killed_low", "killed_high"]].max(axis=1) >= ask.toll_least]
    if ask.toll_most is not None:
        found = found[found.killed_low.fillna(found.killed_high) <= ask.toll_most]
    if ask.civilians:
        found = found[found.harmed]
    roles = {"perpetrator": ["perpetrator"], "target": ["target"], "either": ["perpetrator", "target"]}
    if ask.parties:
        own = set(ask.parties)
        found = among([any(own & row[role] for role in roles[ask.role]) for _, row in found.iterrows()])
    if ask.area:
        drawn = parse(ask.area)
        assert drawn
        found = found[drawn.holds(found.lat.to_numpy(float), found.lon.to_numpy(float))]
    return among([all(re.search(rf"\b{word}", text) for word in ask.words.lower().split()) for text in found.text])


def change(chance: random.Random, ask: Ask, plain: pd.DataFrame) -> Ask:
    """The question with one thing changed at random, as a filter, a brush or a click would."""
    row = plain.iloc[chance.randrange(len(plain))]
    day = row.date_start
    parties = sorted(row.perpetrator | row.target)
    steps: list[dict[str, Any]] = [
        {"parties": (chance.choice(parties),), "role": chance.choice(("either", "perpetrator", "target"))},
        {"parties": ()},
        {"types": tuple(chance.sample(sorted(plain.event_type.unique()), 3))},
        {"types": ()},
        {"date_from": day, "date_to": day + dt.timedelta(days=chance.randrange(4_000))},
        {"date_from": None, "date_to": None},
        {"toll_least": chance.choice((None, 0, 1, 5)), "toll_most": chance.choice((None, 3, 200))},
        {"civilians": chance.random() < 0.3},
        {"statuses": chance.choice((("occurred", "disputed"), ("denied",), ()))},
        {"background": chance.random() < 0.5},
        {"countries": () if pd.isna(row.country_code) else (row.country_code, "SY")},
        {"countries": ()},
        {"provinces": () if pd.isna(row.admin1) else (f"{row.country_code}/{row.admin1}",)},
        {"provinces": ()},
        {"publishers": chance.choice(((), (row.publisher,)))},
        {"precisions": chance.choice(((), (1, 2), (4,)))},
        {"words": chance.choice(("", "market", f"item {chance.randrange(9)}", "strike nowhere"))},
        {"area": "" if np.isnan(row.lat) else Area("c", ((row.lat, row.lon),), chance.choice((50.0, 900.0))).text()},
        {"area": ""},
        {"every": chance.random() < 0.5},
    ]
    return replace(ask, **chance.choice(steps))

"""The fields of an incident under review: what they hold, and what of it a reviewer has changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from data import edits, review
from data.decisions import Decision
from data.records import Json
from data.sides import registered
from views import words
from views.review_desk import Desk

ROLES = {"perpetrator": "Perpetrator", "target": "Target", "participant": "Participant"}
OUTCOMES = ("killed", "wounded", "missing", "abducted", "detained", "displaced")
VICTIMS = ("civilian", "combatant", "unknown")
# What a table shows of each item of a list: the contract's name -> the heading.
TABLES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "actors": ("Parties", {"name": "Name", "role": "Role", "alleged_by": "According to"}),
    "casualties": (
        "Figures",
        {
            **{"outcome": "Outcome", "low": "Lowest", "high": "Highest", "victims": "Victims"},
            **{"victim_kind": "Kind", "claimed_by": "According to"},
        },
    ),
    "weapons": ("Weapons", {"name": "Name", "count": "Number"}),
}


def fields(made: Desk) -> None:
    """All fields but the place in one form."""
    record = made.record
    with st.form(made.key("fields"), border=False):
        values: Json = _simple(made, record)
        labels = ("Killed, lowest", "Killed, highest", "Wounded, lowest", "Wounded, highest")
        for name, label, where in zip(edits.TOLLS, labels, st.columns(4), strict=True):
            values[name] = where.number_input(label, value=record[name], step=1, format="%d", key=made.key(name))
        tables = {name: _table(made, name, record.get(name) or []) for name in TABLES}
        asked = st.form_submit_button("Save the fields", type="primary", icon=":material/save:", shortcut="Ctrl+Enter")
    if asked:
        _save(made, changes(record, values, tables))
        st.rerun()


def changes(record: Json, values: Mapping[str, Any], tables: Mapping[str, Sequence[Json]]) -> Json:
    """What differs from the record, as ``review.edit`` takes it."""
    found = {name: values[name] for name in ("event_type", "status", "background", *edits.TOLLS)}
    found = {name: value for name, value in found.items() if value != record.get(name)}
    days = (values["start"], values["end"])
    if days != _days(record):
        found["date"] = _date(*days)
    for name, rows in tables.items():
        old = record.get(name) or []
        if rows != [_shown(name, item) for item in old]:
            found[name] = [_item(name, row, old) for row in rows if any(value is not None for value in row.values())]
    return found


def _simple(made: Desk, record: Json) -> Json:
    types = list(dict.fromkeys([*words.event_types(), record["event_type"]]))
    start, end = _days(record)
    left, right = st.columns(2)
    found: Json = {
        "event_type": left.selectbox(
            "Type", types, types.index(record["event_type"]), lambda one: words.event(one).label, key=made.key("type")
        ),
        "status": right.selectbox(
            "Told as", list(words.STATUS), list(words.STATUS).index(record["status"]), lambda one: words.STATUS[one],
            key=made.key("status"),
        ),
        "start": _day_field(left, "First possible day", start, made.key("start")),
        "end": _day_field(right, "Last possible day", end, made.key("end")),
    }  # fmt: skip
    found["background"] = st.checkbox("Earlier history, not the report's news", record["background"], made.key("old"))
    return found


def _day_field(where: Any, label: str, value: dt.date | None, key: str) -> Any:
    return where.date_input(label, value, dt.date(1900, 1, 1), dt.date(2100, 1, 1), key=key, format="YYYY-MM-DD")


def _days(record: Json) -> tuple[dt.date | None, dt.date | None]:
    date = record["date"]
    return (dt.date.fromisoformat(date["start"]), dt.date.fromisoformat(date["end"])) if date else (None, None)


def _date(start: dt.date | None, end: dt.date | None) -> Json | None:
    """The contract's date of two days; a single one stands for both."""
    known = [day for day in (start, end) if day is not None]
    return {"start": known[0].isoformat(), "end": known[-1].isoformat()} if known else None


def _table(made: Desk, name: str, items: Sequence[Json]) -> list[Json]:
    """The items as the reviewer left them, with the columns that are shown."""
    title, heads = TABLES[name]
    st.caption(title)
    rows = pd.DataFrame([_shown(name, item) for item in items], columns=list(heads), dtype=object)
    edited = st.data_editor(
        rows, key=made.key(name), num_rows="dynamic", hide_index=True, width="stretch",
        column_config={column: _column(column, label) for column, label in heads.items()},
    )  # fmt: skip
    return [_plain(row) for row in edited.to_dict("records")]


def _column(column: str, label: str) -> Any:
    if column in ("low", "high", "count"):
        return st.column_config.NumberColumn(label, step=1, format="%d")
    options: Mapping[str, Sequence[str]] = {"role": list(ROLES), "outcome": OUTCOMES, "victim_kind": VICTIMS}
    if column in options:
        return st.column_config.SelectboxColumn(label, options=options[column])
    return st.column_config.TextColumn(label, max_chars=300)


def _shown(name: str, item: Json) -> Json:
    return _plain({column: item.get(column) for column in TABLES[name][1]})


def _plain(row: Mapping[Any, Any]) -> Json:
    """A table's row with None for what is empty, and whole numbers as such."""
    return {str(column): _value(value) for column, value in row.items()}


def _value(value: Any) -> Any:
    if value is None or value == "" or value != value:
        return None
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _item(name: str, row: Json, old: Sequence[Json]) -> Json:
    """A row as an item; what is not shown of it stays as it was in the item of the same name."""
    given = {column: value for column, value in row.items() if value is not None or column not in ("victims",)}
    if name == "actors":
        given = {**given, **_party(row["name"], old)}
    if name == "casualties":
        given["victim_kind"] = row["victim_kind"] or "unknown"
        given["victims"] = row["victims"] or ""
    return given


def _party(name: str | None, old: Sequence[Json]) -> Json:
    """The id and kind of a party: as it was called in the record, else as the registry knows it."""
    for item in old:
        if item["name"] == name:
            return {"id": item["id"], "kind": item["kind"]}
    known = registered().names.get((name or "").lower())
    return {"id": known} if known else {}


def _save(made: Desk, changed: Json) -> None:
    def act(who: str, reason: str) -> Decision:
        if set(changed) == {"actors"}:
            return review.parties(made.store, made.id, changed["actors"], who=who, reason=reason, seen=made.mine())
        return review.edit(made.store, made.id, changed, who=who, reason=reason, seen=made.mine())

    made.decide(f"Saved: {', '.join(name.replace('_', ' ') for name in changed)}", act)

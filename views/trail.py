"""Decisions of reviewers in words: who changed what, from what to what, when and why."""

from __future__ import annotations

from typing import Any

from data.decisions import ON_EVENTS, Decision
from geo import layers
from views import words

Json = dict[str, Any]
DONE = {
    "accept": "accepted",
    "reject": "rejected",
    "edit": "edited",
    "move": "moved the pin",
    "parties": "named the parties",
    "merge": "merged events",
    "split": "split the event",
    "undo": "undid",
}
NOTHING = "nothing"
# Values longer than this do not fit on a line of the trail.
_MOST = 90


def told(one: Decision) -> Json:
    """A decision as JSON for the screen: number, time (UTC), person, what was done, its changes, reason."""
    return {
        "number": one.number,
        "at": f"{words.day(one.at.date())}, {one.at:%H:%M} UTC",
        "who": layers.clip(one.who),
        "done": f"undid decision {one.undoes}" if one.undoes is not None else DONE[one.action],
        "changes": [] if one.undoes is not None else changes(one),
        "reason": layers.clip(one.reason, 300),
        "stands": one.stands,
    }


def changes(one: Decision) -> list[str]:
    """What a decision changed, each as "field: before → after"."""
    if one.action in ON_EVENTS:
        moved = one.after["events"]
        into = ", ".join(sorted(set(moved.values())))
        return [f"{words.plural(len(moved), 'incident')} into {into}: {layers.clip(', '.join(sorted(moved)), _MOST)}"]
    if one.action in ("accept", "reject"):
        return []
    return [line for name in one.after for line in _changed(name, one.before.get(name), one.after[name])]


def _changed(name: str, before: Any, after: Any) -> list[str]:
    if name in ("date", "place"):
        old, new = _short(name, before), _short(name, after if after is None else {**(before or {}), **after})
    else:
        old, new = _value(before), _value(after)
    return [f"{name.replace('_', ' ')}: {old} → {new}"]


def _short(name: str, value: Json | None) -> str:
    if value is None:
        return NOTHING
    if name == "date":
        start, end = value["start"], value["end"]
        return f"{start}" if start == end else f"{start} to {end}"
    at = f"{value['lat']:.4f}, {value['lon']:.4f} ± {value['radius_km']:g} km"
    return layers.clip(f"{value['name']} ({at})" if value.get("name") else at, _MOST)


def _value(value: Any) -> str:
    if value is None or value == []:
        return NOTHING
    if isinstance(value, list):
        return layers.clip("; ".join(map(_item, value)), _MOST)
    return layers.clip(value if isinstance(value, str) else str(value), _MOST)


def _item(item: Any) -> str:
    """A party, weapon, figure or claim in few words."""
    if not isinstance(item, dict):
        return str(item)
    if "outcome" in item:
        by = f" ({item['claimed_by']})" if item.get("claimed_by") else ""
        return f"{words.number(item.get('low'), item.get('high')) or 'some'} {item['outcome']}{by}"
    told_by = f"{item.get('role')} {item.get('name')}" if "role" in item else item.get("name") or item.get("speaker")
    return str(told_by)

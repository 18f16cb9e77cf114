"""The review from the command line: words of a call -> a decision, or what is known, as JSON objects."""

from __future__ import annotations

import dataclasses
import getpass
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from data import edits, query, review, worth
from data.decisions import Decision
from data.store import Store
from extract.errors import InputError

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """One call: what it names, its changes by dotted field, and who makes it for what reason."""

    ids: Sequence[str]
    who: str
    reason: str = ""
    changes: Json = field(default_factory=dict)
    limit: int = 50


class Action(NamedTuple):
    """How many words an action takes (or ``more``), what they are, and what it does."""

    words: int
    takes: str
    act: Callable[[Store, Call], Iterator[Json]]
    more: bool = False


def run(store: Store, action: str, call: Call) -> Iterator[Json]:
    """One of ACTIONS carried out; what there is to print of it. Raises InputError where the call makes no sense."""
    chosen = ACTIONS[action]
    if len(call.ids) < chosen.words or (len(call.ids) > chosen.words and not chosen.more):
        raise InputError(f"review {action} takes {chosen.takes}")
    if call.changes and action not in ("edit", "move"):
        raise InputError(f"review {action} takes no --set")
    yield from chosen.act(store, call)


def login() -> str:
    """The name that the user is logged in by, "" where the system knows none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""


def change(text: str) -> tuple[str, Any]:
    """The field and value of ``FIELD=VALUE``: JSON where it can be read so, else the words as they stand."""
    name, sign, value = text.partition("=")
    if not sign or not name:
        raise InputError(f"{text!r} is not FIELD=VALUE, such as killed_low=3 or place.name=Tripoli")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value


def _list(store: Store, call: Call) -> Iterator[Json]:
    told = (
        *("id", "event_id", "event_type", "status", "date_start"),
        *("place_name", "killed_low", "killed_high", "title"),
    )
    for doubt in worth.queue(store, limit=call.limit):
        shown = _plain({name: getattr(doubt.row, name) for name in told})
        yield {"worth": round(doubt.worth, 3), "reasons": doubt.reasons, **shown}


def _show(store: Store, call: Call) -> Iterator[Json]:
    (subject,) = call.ids
    found = query.incident(store, subject)
    trail = review.history(store, subject)
    if found is None and not trail:
        raise InputError(f"there is no incident and no event {subject!r} that was decided on")
    if found:
        state = {name: getattr(found.row, name) for name in ("event_id", "lead", "reviewed")}
        yield {**state, "incident": found.record}
    yield from map(_decision, trail)


def _accept(store: Store, call: Call) -> Iterator[Json]:
    yield _decision(review.accept(store, call.ids[0], who=call.who, reason=call.reason))


def _reject(store: Store, call: Call) -> Iterator[Json]:
    yield _decision(review.reject(store, call.ids[0], who=call.who, reason=call.reason))


def _edit(store: Store, call: Call) -> Iterator[Json]:
    changes = edits.nested(call.changes)
    yield _decision(review.edit(store, call.ids[0], changes, who=call.who, reason=call.reason))


def _move(store: Store, call: Call) -> Iterator[Json]:
    place = {name.removeprefix("place."): value for name, value in call.changes.items()}
    if missing := {"lat", "lon"} - place.keys():
        raise InputError(f"review move needs --set {min(missing)}=DEGREES")
    lat, lon = place.pop("lat"), place.pop("lon")
    yield _decision(review.move(store, call.ids[0], lat, lon, place=place, who=call.who, reason=call.reason))


def _parties(store: Store, call: Call) -> Iterator[Json]:
    named = [text.partition("=") for text in call.ids[1:]]
    actors = [{"role": role, "name": name} for role, _, name in named]
    yield _decision(review.parties(store, call.ids[0], actors, who=call.who, reason=call.reason))


def _merge(store: Store, call: Call) -> Iterator[Json]:
    yield _decision(review.merge(store, *call.ids, who=call.who, reason=call.reason))


def _split(store: Store, call: Call) -> Iterator[Json]:
    yield _decision(review.split(store, call.ids, who=call.who, reason=call.reason))


def _undo(store: Store, call: Call) -> Iterator[Json]:
    if not call.ids[0].isdecimal():
        raise InputError(f"{call.ids[0]!r} is not the number of a decision")
    yield _decision(review.undo(store, int(call.ids[0]), who=call.who, reason=call.reason))


ACTIONS = {
    "list": Action(0, "no words", _list),
    "show": Action(1, "the id of an incident or event", _show),
    "accept": Action(1, "the id of an incident", _accept),
    "reject": Action(1, "the id of an incident", _reject),
    "edit": Action(1, "the id of an incident, and --set FIELD=VALUE for each change", _edit),
    "move": Action(1, "the id of an incident, --set lat=DEGREES, --set lon=DEGREES and what is known of it", _move),
    "parties": Action(1, "the id of an incident and ROLE=NAME for each of its parties", _parties, more=True),
    "merge": Action(2, "the ids of two events, or of an incident of each; the first one's id stays", _merge),
    "split": Action(1, "the ids of the incidents that make another event", _split, more=True),
    "undo": Action(1, "the number of a decision", _undo),
}


def _decision(made: Decision) -> Json:
    return {"decision": made.number, **_plain({k: v for k, v in dataclasses.asdict(made).items() if k != "number"})}


def _plain(values: Json) -> Json:
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()}

"""The screen's state and the address that holds it: ``?party=islamic-state&role=target&from=2016-09-01&at=34.5,40,6``.

Only what is not as it starts stands in the address. What cannot be read there is ignored, and said.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, get_args

from data import area, vocabulary
from data.overview import Ask
from data.question import NOT_REVIEWED, REJECTED, Role
from geo import layers
from views import words

# Longer than any list that a person picks, short enough that a made-up address costs nothing.
MOST_VALUES, MOST_CHARACTERS = 60, 400
# An outline of ``area.MOST_CORNERS`` corners.
LONGEST_AREA = 4_000
COLOURS = ("type", "party")
MEASURES, STEPS = ("killed", "wounded"), ("day", "week", "month", "year")
BASES = ("outlines", "osm", "own")
REVIEWED = (NOT_REVIEWED, "accepted", "edited", REJECTED)
_LAYER = re.compile(r"[a-z0-9-]{1,60}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Look:
    """All that is shown: the question, the chosen incident, the view (lat, lon, zoom) and how the map is drawn.

    ``measure`` and ``step`` are those of the figures; ``other_from`` and ``other_to`` the days that the chosen days are
    set beside.
    """

    ask: Ask = field(default_factory=Ask)
    chosen: str | None = None
    view: tuple[float, float, float] | None = None
    colour: str = "type"
    sized: bool = False
    heat: bool = False
    base: str = "outlines"
    overlays: tuple[str, ...] = ()
    measure: str = "killed"
    step: str = "week"
    other_from: dt.date | None = None
    other_to: dt.date | None = None


class _Bad(ValueError):
    """What a parameter should have held."""


Params = Mapping[str, Sequence[str]]
_Read = Callable[[Sequence[str]], Any]
_Write = Callable[[Any], list[str]]


def read(params: Params) -> tuple[Look, list[str]]:
    """The state that an address holds, and a sentence on each parameter that was ignored."""
    asked: dict[str, Any] = {}
    looked: dict[str, Any] = {}
    complaints = []
    for name, values in params.items():
        if name not in PARAMETERS:
            complaints.append(f"“{layers.clip(name, 40)}” is no filter")
            continue
        one = PARAMETERS[name]
        try:
            longest = LONGEST_AREA if name == "area" else MOST_CHARACTERS
            value = one.read([text[:longest] for text in values[:MOST_VALUES] if text.strip()] or [""])
        except (_Bad, ValueError) as error:
            why = str(error) if isinstance(error, _Bad) else "it cannot be read"
            complaints.append(f"“{name}={layers.clip(values[0] if values else '', 60)}”: {why}")
            continue
        (looked if one.of_look else asked)[one.field] = value
    return Look(ask=replace(Ask(), **asked), **looked), complaints


def write(look: Look) -> dict[str, list[str]]:
    """The parameters of an address that holds the state."""
    starts, found = (Look(), Ask()), {}
    for name, one in PARAMETERS.items():
        value = getattr(look if one.of_look else look.ask, one.field)
        if value != getattr(starts[0] if one.of_look else starts[1], one.field):
            found[name] = one.write(value)
    return found


@dataclass(frozen=True, slots=True)
class _Parameter:
    field: str
    read: _Read
    write: _Write
    of_look: bool = False


def _texts(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value.strip()))


def _parties(values: Sequence[str]) -> tuple[str, ...]:
    """Ids; a name that the registry knows stands for its party."""
    known = vocabulary.lineage()
    return tuple(dict.fromkeys(one for value in _texts(values) for one in (known.named(value) or (value,))))


def _among(allowed: Sequence[str], *, several: bool) -> _Read:
    def take(values: Sequence[str]) -> Any:
        wrong = [value for value in values if value not in allowed]
        if wrong or not values:
            raise _Bad(f"it may be {', '.join(allowed)}")
        return tuple(dict.fromkeys(values)) if several else values[-1]

    return take


def _types(values: Sequence[str]) -> tuple[str, ...]:
    if any(value not in words.event_types() for value in values):
        raise _Bad("there is no such kind of event")
    return _texts(values)


def _statuses(values: Sequence[str]) -> tuple[str, ...]:
    """``any`` stands for every status."""
    if list(values) == ["any"]:
        return ()
    found: tuple[str, ...] = _among(tuple(words.STATUS), several=True)(values)
    return found


def _countries(values: Sequence[str]) -> tuple[str, ...]:
    if any(value not in words.country_names() for value in values):
        raise _Bad("there is no such country code")
    return _texts(values)


def _precisions(values: Sequence[str]) -> tuple[int, ...]:
    found = tuple(dict.fromkeys(int(value) for value in values))
    if any(one not in words.WHERE for one in found):
        raise _Bad("it may be 1 to 7")
    return found


def _day(values: Sequence[str]) -> dt.date:
    if not _DAY.fullmatch(values[-1]):
        raise _Bad("a day is written 2016-09-17")
    try:
        return dt.date.fromisoformat(values[-1])
    except ValueError as error:
        raise _Bad("there is no such day") from error


def _number(values: Sequence[str]) -> int:
    found = int(values[-1])
    if not 0 <= found <= 10_000_000:
        raise _Bad("it is a number from 0")
    return found


def _area(values: Sequence[str]) -> str:
    # An outline is longer than any other value.
    found = area.parse(values[-1])
    if found is None:
        raise _Bad("it describes no area")
    return found.text()


def _view(values: Sequence[str]) -> tuple[float, float, float]:
    lat, lon, zoom = (float(part) for part in values[-1].split(","))
    if not (math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 1_000 and 0 <= zoom <= 18):
        raise _Bad("it is no view: latitude, longitude, zoom")
    return lat, lon, zoom


def _flag(values: Sequence[str]) -> bool:
    if values[-1] not in ("0", "1"):
        raise _Bad("it may be 0 or 1")
    return values[-1] == "1"


def _layers(values: Sequence[str]) -> tuple[str, ...]:
    """Keys of loaded layers; one that is not there is not drawn, and said where layers are listed."""
    if any(not _LAYER.fullmatch(value) for value in values):
        raise _Bad("there is no such layer")
    return tuple(dict.fromkeys(values))


def _words(values: Sequence[str]) -> str:
    return " ".join(values[-1].split())


def _chosen(values: Sequence[str]) -> str:
    return values[-1].strip()


def _list(value: Sequence[Any]) -> list[str]:
    return [str(one) for one in value]


def _one(value: Any) -> list[str]:
    return ["1" if value is True else str(value)]


def _view_text(value: tuple[float, float, float]) -> list[str]:
    lat, lon, zoom = value
    places = max(1, min(5, round(zoom / 3)))
    return [f"{lat:.{places}f},{lon:.{places}f},{zoom:g}"]


PARAMETERS: Mapping[str, _Parameter] = {
    "party": _Parameter("parties", _parties, _list),
    "role": _Parameter("role", _among(get_args(Role), several=False), _one),
    "against": _Parameter("against", _parties, _list),
    "type": _Parameter("types", _types, _list),
    "from": _Parameter("date_from", _day, _one),
    "to": _Parameter("date_to", _day, _one),
    "killed-from": _Parameter("toll_least", _number, _one),
    "killed-to": _Parameter("toll_most", _number, _one),
    "civilians": _Parameter("civilians", _flag, _one),
    "status": _Parameter("statuses", _statuses, lambda value: _list(value) or ["any"]),
    "background": _Parameter("background", _flag, _one),
    "grade": _Parameter("grades", _texts, _list),
    "exact": _Parameter("precisions", _precisions, _list),
    "publisher": _Parameter("publishers", _texts, _list),
    "country": _Parameter("countries", _countries, _list),
    "province": _Parameter("provinces", _texts, _list),
    "reviewed": _Parameter("reviewed", _among(REVIEWED, several=True), _list),
    "words": _Parameter("words", _words, _one),
    "area": _Parameter("area", _area, _one),
    "as-of": _Parameter("as_of", _day, _one),
    "every": _Parameter("every", _flag, _one),
    "incident": _Parameter("chosen", _chosen, _one, of_look=True),
    "at": _Parameter("view", _view, _view_text, of_look=True),
    "colour": _Parameter("colour", _among(COLOURS, several=False), _one, of_look=True),
    "size": _Parameter("sized", _flag, _one, of_look=True),
    "heat": _Parameter("heat", _flag, _one, of_look=True),
    "base": _Parameter("base", _among(BASES, several=False), _one, of_look=True),
    "layer": _Parameter("overlays", _layers, _list, of_look=True),
    "measure": _Parameter("measure", _among(MEASURES, several=False), _one, of_look=True),
    "step": _Parameter("step", _among(STEPS, several=False), _one, of_look=True),
    "other-from": _Parameter("other_from", _day, _one, of_look=True),
    "other-to": _Parameter("other_to", _day, _one, of_look=True),
}


def cleared(look: Look) -> Look:
    """The state without any filter; the view, the chosen incident and how it is drawn stay."""
    return replace(look, ask=Ask(every=look.ask.every))

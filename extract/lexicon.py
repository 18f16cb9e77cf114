"""The lexicons as records: what the extractors are handed. Pure; the rows come from whoever reads the files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from extract.records import VictimKind

if TYPE_CHECKING:
    # The pages of the app know parties by the lexicon, and must not wait for spaCy.
    from extract.learned import Judge

Row = Mapping[str, str]
_WORD = re.compile(r"[^\W_]+(?:['’](?!s\b)[^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that tell of an event. ``pos`` is N or V, ``frame`` how its arguments stand,
    ``strength`` strong/weak/effect."""

    words: str
    pos: str
    event_type: str
    frame: str
    strength: str


@dataclass(frozen=True, slots=True)
class EventType:
    """One event type of the vocabulary with its family."""

    id: str
    label: str
    family: str


@dataclass(frozen=True, slots=True)
class WeaponEntry:
    """A weapon or platform with its kind."""

    id: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Weapons:
    """Every name of a weapon, in small letters with spaces for hyphens, and the words that such names begin with."""

    entries: Mapping[str, WeaponEntry]
    openers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Party:
    """A party of the registry. ``country`` is the first of its countries, None where it has none of its own."""

    id: str
    name: str
    kind: str
    country: str | None = None
    parents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything that the reading of incidents looks words up in. Without a ``judge`` it goes by the words alone.

    ``links`` are the weights of ``extract.links``, ``trigger_openers`` the first words of all triggers.
    """

    event_types: Mapping[str, EventType]
    noun_triggers: Mapping[str, Trigger]
    verb_triggers: Mapping[str, Trigger]
    weapons: Weapons
    people: Mapping[str, VictimKind]
    links: Mapping[str, float]
    judge: Judge | None = None
    trigger_openers: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        first = frozenset(words.partition(" ")[0] for words in (*self.noun_triggers, *self.verb_triggers))
        object.__setattr__(self, "trigger_openers", first)


def split(cell: str) -> list[str]:
    """The parts of a cell that holds several values."""
    return [part.strip() for part in cell.split("|") if part.strip()]


def triggers(rows: Iterable[Row], pos: str) -> dict[str, Trigger]:
    """Triggers of one part of speech by their words; the row that stands first wins."""
    found: dict[str, Trigger] = {}
    for row in rows:
        if row["pos"] == pos:
            for words in split(row["words"]):
                key = words.replace("-", " ").lower()
                found.setdefault(key, Trigger(key, pos, row["event_type"], row["frame"], row["strength"]))
    return found


def event_types(rows: Iterable[Row]) -> dict[str, EventType]:
    """The vocabulary by id."""
    return {row["id"]: EventType(row["id"], row["label"], row["family"]) for row in rows}


def people(rows: Iterable[Row]) -> dict[str, VictimKind]:
    """Word for people -> civilian, combatant or unknown; the later row wins, so that combatants do."""
    return {word: cast(VictimKind, row["kind"]) for row in rows for word in split(row["words"])}


def weapons(rows: Iterable[Row]) -> Weapons:
    """The weapons by all their names; the row that stands first wins."""
    found: dict[str, WeaponEntry] = {}
    for row in rows:
        entry = WeaponEntry(row["id"], row["name"], row["kind"])
        for name in [row["name"], *split(row["aliases"])]:
            found.setdefault(" ".join(_WORD.findall(name)).lower(), entry)
    return Weapons(found, frozenset(name.partition(" ")[0] for name in found))

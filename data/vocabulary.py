"""What can be asked for: the parties of the registry, what they belong to and are called, and the event types."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extract.errors import ReferenceDataError
from extract.registry import STATE_BODIES, slug, state_above

LEXICON = Path(__file__).parent / "lexicon"


@dataclass(frozen=True, slots=True)
class Lineage:
    """``ancestors`` maps every id to all ids above it, ``names`` to its name; ``ids`` every lower-case name to ids."""

    ancestors: Mapping[str, frozenset[str]]
    names: Mapping[str, str]
    ids: Mapping[str, tuple[str, ...]]

    def named(self, name: str) -> tuple[str, ...]:
        """The ids that a name or an id stands for; empty where the registry has neither."""
        return (name,) if name in self.names else self.ids.get(name.strip().lower(), ())


@cache
def lineage() -> Lineage:
    """The lineage of the registry, and of the states' bodies that only the table of countries knows.

    Raises ReferenceDataError where a file is missing or damaged.
    """
    return of_rows([*_rows("actors.csv", "id", "name", "parents", "aliases"), *state_rows()])


@cache
def event_types() -> Mapping[str, str]:
    """Event type id -> label; raises ReferenceDataError where the file is missing or damaged."""
    return {row["id"]: row["label"] for row in _rows("event_types.csv", "id", "label")}


@cache
def families() -> Mapping[str, str]:
    """Event type id -> the family it belongs to; raises ReferenceDataError where the file is missing or damaged."""
    return {row["id"]: row["family"] for row in _rows("event_types.csv", "id", "family")}


@cache
def countries() -> Mapping[str, str]:
    """Lower-case name or alias of a country -> its name; raises ReferenceDataError where the file is damaged."""
    found = {}
    for row in _rows("../gazetteer/countries.csv", "name", "aliases"):
        for name in (row["name"], *_several(row["aliases"])):
            found[name.lower()] = row["name"]
    return found


@cache
def weapons() -> frozenset[str]:
    """The names of all weapons that the lexicon knows; raises ReferenceDataError where it is damaged."""
    return frozenset(row["name"] for row in _rows("weapons.csv", "name"))


def actor_rows() -> list[dict[str, str]]:
    """The registry's rows; raises ReferenceDataError where the file is missing or damaged."""
    return _rows("actors.csv", "id", "name", "kind", "country", "parents", "aliases")


def country_rows() -> list[dict[str, str]]:
    """The rows of the countries; raises ReferenceDataError where the file is missing or damaged."""
    return _rows("../gazetteer/countries.csv", "iso2", "name", "aliases", "demonyms", "capital")


def state_rows() -> list[dict[str, str]]:
    """Government, army, police and services of every country, as rows of the registry, but for those that are in it.

    Raises ReferenceDataError where a file is missing or damaged.
    """
    registered = {row["id"] for row in actor_rows()}
    return [row for country in country_rows() for row in _bodies(country) if row["id"] not in registered]


def _bodies(country: Mapping[str, str]) -> Iterable[dict[str, str]]:
    for kind, (stem, name) in STATE_BODIES.items():
        if kind != "craft":
            party = stem + slug(country["name"])
            yield {
                **{"id": party, "name": name + country["name"], "aliases": "", "country": country["iso2"]},
                **{"kind": "military" if kind == "security" else kind, "parents": "|".join(state_above(party))},
            }


def of_rows(rows: Iterable[Mapping[str, str]]) -> Lineage:
    """The lineage of registry rows (``id``, ``name``, ``parents`` and ``aliases`` with | between several)."""
    parents: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    ids: dict[str, tuple[str, ...]] = {}
    for row in rows:
        names[row["id"]] = row["name"]
        parents[row["id"]] = _several(row["parents"])
        for name in (row["name"], *_several(row["aliases"])):
            ids[name.lower()] = tuple(dict.fromkeys((*ids.get(name.lower(), ()), row["id"])))
    return Lineage({party: _above(party, parents) for party in parents}, names, ids)


def _above(party: str, parents: Mapping[str, list[str]]) -> frozenset[str]:
    found: set[str] = set()
    todo = list(parents[party])
    while todo:
        one = todo.pop()
        if one not in found:
            found.add(one)
            todo += parents.get(one, ())
    return frozenset(found - {party})


def _several(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]


def _rows(name: str, *columns: str) -> list[dict[str, str]]:
    try:
        with (LEXICON / name).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, ValueError, csv.Error) as error:
        raise ReferenceDataError(f"data/lexicon/{name} cannot be read: {error}") from error
    if not rows or any(row.get(column) is None for row in rows for column in columns):
        raise ReferenceDataError(f"data/lexicon/{name} is damaged: a row without {' or '.join(columns)}")
    return rows

"""Whose side a speaker or a party is on: "Washington", "the Pentagon" and the coalition led by the US are one side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from data import vocabulary

# Kinds of the registry that take part in a conflict; monitors, media and aid workers tell of it.
FIGHTING = frozenset(
    "government military police intelligence coalition rebel militia jihadist separatist paramilitary cartel criminal "
    "private-military".split()
)
_STATE_WORDS = re.compile(
    r"\b(?:ministry|minister|army|military|forces?|command|navy|police|government|officials?|authorities|president|"
    r"spokes(?:man|woman|person)|envoy|ambassador|embassy|delegation|state|warplanes|jets|aircraft|alliance)\b",
    re.IGNORECASE,
)
_LED = re.compile(r"^([\w.]+)-led\b")
_BEHIND = re.compile(r"\s*\(([^()]+)\)$")


def behind(name: str) -> str:
    """The party that a speaker is named with, "Norwegian army" of "Arne Moe (Norwegian army)"; else his own name."""
    named = _BEHIND.search(name)
    return named.group(1) if named else name


@dataclass(frozen=True, slots=True)
class Sides:
    """``tops`` maps every registered party to what it belongs to in the end, ``states`` names to governments' ids.

    ``names`` maps registered names in lower case to ids, ``labels`` ids to names; ``fighting`` are who can be a side.
    """

    tops: Mapping[str, str]
    states: Mapping[str, str]
    names: Mapping[str, str]
    fighting: frozenset[str]
    labels: Mapping[str, str]

    def party(self, name: str) -> str | None:
        """The registered party that a name stands for; for a country or its capital that is the government."""
        plain = _plain(behind(name))
        return self.names.get(plain) or self.states.get(plain) or self._of_state(plain)

    def side(self, party_or_name: str | None) -> str | None:
        """The id at the top of what a party or speaker belongs to; None where it is no side of a conflict."""
        if not party_or_name:
            return None
        party = party_or_name if party_or_name in self.tops else self.party(party_or_name)
        return self.tops[party] if party in self.fighting else None

    def _of_state(self, plain: str) -> str | None:
        """The government behind "russian foreign ministry"."""
        if not _STATE_WORDS.search(plain):
            return None
        words = plain.split()
        return next((self.states[" ".join(words[:n])] for n in (3, 2, 1) if " ".join(words[:n]) in self.states), None)


def of_rows(actors: Iterable[Mapping[str, str]], countries: Iterable[Mapping[str, str]]) -> Sides:
    """The sides of the registry's rows and of those of the countries (``vocabulary.country_rows``)."""
    parties = {row["id"]: row for row in actors}
    names = {
        _plain(name): party
        for party, row in reversed(list(parties.items()))
        for name in (row["name"], *_several(row["aliases"]))
    }
    states = dict(_state_names(parties, countries))
    leaders = {party: leader for party, row in parties.items() if (leader := _leader(row, states))}
    tops = {party: _top(party, parties, leaders) for party in parties}
    fighting = frozenset(party for party, row in parties.items() if row["kind"] in FIGHTING)
    return Sides(tops, states, names, fighting, {party: row["name"] for party, row in parties.items()})


@cache
def registered() -> Sides:
    """The sides of the project's registry; raises ReferenceDataError where a file is missing or damaged."""
    return of_rows([*vocabulary.actor_rows(), *vocabulary.state_rows()], vocabulary.country_rows())


def _state_names(
    parties: Mapping[str, Mapping[str, str]], countries: Iterable[Mapping[str, str]]
) -> Iterable[tuple[str, str]]:
    """Names of a country, its people and its capital, each with the government's id."""
    governments = {
        row["country"]: party for party, row in reversed(list(parties.items())) if party.startswith("government-of-")
    }
    for row in countries:
        if row["iso2"] in governments:
            for name in (row["name"], row["capital"], *_several(row["aliases"]), *_several(row["demonyms"])):
                yield _plain(name), governments[row["iso2"]]


def _leader(row: Mapping[str, str], states: Mapping[str, str]) -> str | None:
    """The government that leads a coalition by its name ("US-led")."""
    if row["kind"] != "coalition":
        return None
    led = (_LED.match(name) for name in (row["name"], *_several(row["aliases"])))
    return next((states[_plain(m[1])] for m in led if m and _plain(m[1]) in states), None)


def _top(party: str, parties: Mapping[str, Mapping[str, str]], leaders: Mapping[str, str]) -> str:
    seen = {party}
    while True:
        above = leaders.get(party) or next((p for p in _several(parties[party]["parents"]) if p in parties), None)
        if above is None or above in seen:
            return party
        party = above
        seen.add(party)


def _plain(name: str) -> str:
    return re.sub(r"['’]s\b|\.", "", name.lower()).removeprefix("the ").strip()


def _several(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]

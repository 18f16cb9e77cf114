"""An incident's parties as two sides, the way that ACLED- and UCDP-like tables tell of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from data.exchange import where

Json = dict[str, Any]

STATE_KINDS = frozenset({"government", "military", "police", "intelligence", "paramilitary"})
OUTSIDE_KINDS = frozenset({"coalition", "peacekeepers", "private-military", "international"})
CIVIL_KINDS = frozenset({"civilian", "media", "aid", "monitor"})
REBEL_KINDS = frozenset({"rebel", "jihadist", "separatist"})
SITE = "site"
_FORCES = {"military-of-": "Military Forces of ", "police-of-": "Police Forces of "}


@dataclass(frozen=True, slots=True)
class Sides:
    """The contract's actors of either side, the main one first, and those whose side is not told."""

    first: tuple[Json, ...]
    second: tuple[Json, ...]
    others: tuple[Json, ...]


def of(record: Json) -> Sides:
    """Perpetrators against targets; where the roles leave a side empty, the participants stand in by order."""
    by_role = {role: _each_once(record["actors"], role) for role in ("perpetrator", "target", "participant")}
    first, second, others = by_role["perpetrator"], by_role["target"], by_role["participant"]
    if not first:
        first, others = others[:1], others[1:]
    if not second:
        second, others = others[:1], others[1:]
    return Sides(first, second, others)


def is_state(actor: Json) -> bool:
    """True for a state's government or one of its services."""
    return actor["kind"] in STATE_KINDS


def is_civilian(actor: Json) -> bool:
    """True for people who bear no arms, by the kind of party."""
    return actor["kind"] in CIVIL_KINDS


def forces_name(actor: Json) -> str:
    """The party's name, that of a country's army or police in the words that ACLED-like tables use."""
    for prefix, words in _FORCES.items():
        country = where.country(where.party_country(actor["id"])) if actor["id"].startswith(prefix) else None
        if country:
            return words + country.name
    return str(actor["name"])


def government_name(actor: Json) -> str:
    """The party's name, that of a state's service as its government, as UCDP-like tables name a state."""
    country = where.country(where.party_country(actor["id"])) if is_state(actor) else None
    return f"Government of {country.name}" if country else str(actor["name"])


def civilians_harmed(record: Json) -> bool:
    """True where somebody is told to have been harmed, and only civilians are."""
    kinds = {claim["victim_kind"] for claim in record["casualties"] if not claim.get("part")}
    return kinds == {"civilian"}


def _each_once(actors: list[Json], role: str) -> tuple[Json, ...]:
    """The parties of a role; a building or vehicle that was hit is none."""
    chosen = (actor for actor in actors if actor["role"] == role and actor["kind"] != SITE)
    return tuple({actor["id"]: actor for actor in chosen}.values())

"""The frozen records that the reading of a report is made of; none of them knows a coordinate.

Offsets count Unicode code points in the report's text as given. Every record that was read from words carries the
span of those words, so that ``report.text[span.start:span.end]`` is what it relies on.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

Use = Literal["literal", "demonym", "metonymic", "in_name"]
Status = Literal["occurred", "disputed", "denied", "planned", "hypothetical"]
Role = Literal["perpetrator", "target", "participant"]
Outcome = Literal["killed", "wounded", "missing", "abducted", "detained", "displaced"]
VictimKind = Literal["civilian", "combatant", "unknown"]
Stance = Literal["asserts", "admits", "denies", "blames", "justifies"]
DateBasis = Literal["stated", "relative", "published"]
RelationKind = Literal["near", "offset", "direction", "between"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of code points in a report's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """True where the two spans share a code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Report:
    """One report as it was handed in. ``published`` is the day of publication, None where unknown."""

    id: str
    text: str
    title: str | None = None
    published: dt.date | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """How a place phrase stands to the places that it names ("12 km north-east of X", "between X and Y").

    ``distance_km`` in kilometres, ``bearing_deg`` clockwise from north, both None where the words give none.
    ``anchors`` are the spans of the place names; ``span`` covers the whole phrase.
    """

    kind: RelationKind
    anchors: tuple[Span, ...]
    span: Span
    distance_km: float | None = None
    bearing_deg: float | None = None


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place name in the text.

    ``use`` tells whether it can be where something happened (only ``literal`` can). ``hint`` is the kind of place the
    words around it name (``airport``, ``camp``, ``province`` …), ``parents`` the names said to contain it
    ("Tripoli, Lebanon"), ``relation`` the geometry of the phrase it stands in, ``plausibility`` how well the words
    around bear out that it is a place at all (0.55 is even).
    """

    span: Span
    text: str
    use: Use = "literal"
    hint: str | None = None
    parents: tuple[str, ...] = ()
    relation: Relation | None = None
    plausibility: float = 1.0


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A mention with what a gazetteer knows of it, short of where it is: handed to the reading of incidents.

    ``level`` is UCDP's ``where_prec`` of the place itself (1 town or site, 3 district, 4 province, 5 larger region,
    6 country, 7 sea), None where the name was not resolved.
    """

    mention: PlaceMention
    name: str | None = None
    country_code: str | None = None
    admin1: str | None = None
    feature: str | None = None
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """A party with the role it plays in one incident. ``alleged_by`` names who says so, None = the report itself."""

    id: str
    name: str
    kind: str
    role: Role
    span: Span
    text: str
    alleged_by: str | None = None


@dataclass(frozen=True, slots=True)
class EventDate:
    """When it happened: first and last possible day, UCDP ``date_prec`` 1 (exact day) to 5 (within a year)."""

    start: dt.date
    end: dt.date
    precision: int
    basis: DateBasis
    text: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Weapon:
    """A weapon or platform that the report names, with its count where the report gives one."""

    name: str
    kind: str
    text: str
    span: Span
    count: int | None = None


@dataclass(frozen=True, slots=True)
class CasualtyClaim:
    """One figure with its speaker; ``low`` or ``high`` is None where the words leave that side open.

    ``part`` marks a figure that another one includes ("12 dead, among them four children").
    """

    outcome: Outcome
    low: int | None
    high: int | None
    victims: str
    victim_kind: VictimKind
    span: Span
    text: str
    side: str | None = None
    claimed_by: str | None = None
    part: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody says of an incident. ``about`` is the id of the party that the words are about."""

    speaker: str
    stance: Stance
    span: Span
    text: str
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Incident:
    """One thing that the report says happened (or did not), in words.

    ``places`` are the mentions that may be where it happened, best first; ``evidence`` the sentences it was read from.
    """

    id: str
    report_id: str
    event_type: str
    status: Status = "occurred"
    background: bool = False
    primary: bool = False
    date: EventDate | None = None
    places: tuple[PlaceMention, ...] = ()
    actors: tuple[Actor, ...] = ()
    weapons: tuple[Weapon, ...] = ()
    casualties: tuple[CasualtyClaim, ...] = ()
    killed: tuple[int | None, int | None] = (None, None)
    wounded: tuple[int | None, int | None] = (None, None)
    claims: tuple[Claim, ...] = ()
    evidence: tuple[Span, ...] = ()
    confidence: float = 0.0
    tags: tuple[str, ...] = field(default=())

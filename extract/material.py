"""What a document is read with, and what each of its sentences tells: the records that the reading passes on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from spacy.tokens import Doc
from spacy.tokens import Span as Sentence

from extract import roles
from extract.casualties import Figure
from extract.claims import Speech
from extract.dates import DateMention
from extract.learned import Floats, Verdict
from extract.lexicon import Lexicon
from extract.records import KnownPlace, Span, Status, Weapon
from extract.registry import PartyMention


@dataclass(frozen=True, slots=True)
class Material:
    """All that was found in a document, handed to the reading of its sentences.

    ``text`` is the evened-out text, ``scenery`` the places where something can have happened,
    ``verdicts`` what the trained model makes of each sentence (None of each where there is no model), ``roles`` by
    role the probability of each token to play it.
    """

    doc: Doc
    sentences: tuple[Sentence, ...]
    phrases: roles.Phrases
    parties: tuple[PartyMention, ...]
    places: tuple[KnownPlace, ...]
    dates: tuple[DateMention, ...]
    weapons: tuple[Weapon, ...]
    speeches: tuple[Speech, ...]
    lexicon: Lexicon
    published: dt.date | None
    country: str | None
    dateline: Span | None
    text: str = ""
    scenery: tuple[KnownPlace, ...] = ()
    verdicts: tuple[Verdict | None, ...] = ()
    roles: Mapping[str, Floats] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Acting:
    """A party in a role, with whoever alleges it."""

    party: PartyMention
    alleged_by: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A figure with its speaker and the party that its victims belong to."""

    figure: Figure
    speaker: str | None
    side: PartyMention | None


@dataclass(frozen=True, slots=True)
class Scene:
    """What one sentence tells of one event.

    ``sentence`` counts from 0. ``weight`` is how strong its words are, 1 to 3. ``background`` marks history,
    ``definite`` an event taken as known ("the attack"), ``elsewhere`` one set apart from what was told before,
    ``apart`` one told in passing, in a sentence that is about another, ``grounds`` what somebody is arrested, tried
    or mourned for there.
    """

    sentence: int
    span: Span
    event_type: str
    weight: float
    also: tuple[str, ...] = ()
    agents: tuple[Acting, ...] = ()
    targets: tuple[PartyMention, ...] = ()
    sides: tuple[PartyMention, ...] = ()
    told: tuple[Told, ...] = ()
    date: DateMention | None = None
    places: tuple[KnownPlace, ...] = ()
    weapons: tuple[Weapon, ...] = ()
    status: Status = "occurred"
    background: bool = False
    definite: bool = False
    elsewhere: bool = False
    apart: bool = False
    grounds: bool = False


def inside(span: Span, sentence: Sentence) -> bool:
    """True where a span begins in the sentence."""
    return bool(sentence.start_char <= span.start < sentence.end_char)


def token_at(doc: Doc, offset: int) -> int:
    """Index of the token that covers an offset, or of the next."""
    span = doc.char_span(offset, offset + 1, alignment_mode="expand")
    return span.start if span is not None else 0

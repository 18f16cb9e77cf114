"""Which type the events of a sentence come to."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc
from spacy.tokens import Span as Sentence

from extract import kinds, roles
from extract.captures import UNCREWED, frees, taken, takes_arms, takes_people
from extract.events import Event
from extract.material import Acting, Material
from extract.records import Weapon
from extract.registry import PartyMention

# How much a word of action tells by its strength in the lexicon.
STRENGTH = {"strong": 3.0, "weak": 1.5, "effect": 1.0}
# As what a war that goes on is told.
CAMPAIGN = "offensive"
_AS_TELLING = {"capture", "intercept", "release", "downing"}


def lead(group: Sequence[Event]) -> Event:
    """The event that the sentence turns on: the strongest, then the first."""
    return max(group, key=lambda e: (STRENGTH[e.trigger.strength], -e.at))


def of_events(
    material: Material,
    group: Sequence[Event],
    weapons: Sequence[Weapon],
    sentence: Sentence,
    agents: Sequence[Acting],
    targets: Sequence[PartyMention],
) -> tuple[str, tuple[str, ...]]:
    """(type, further types) of the events of a sentence."""
    acting = [a.party for a in agents]
    types = [_of_event(material, e, weapons, sentence) for e in group]
    strongest = max(_telling(e) for e in group)
    main = kinds.best([t for t, e in zip(types, group, strict=True) if _telling(e) == strongest])
    main = kinds.settled(main, sentence.text, acting, targets)
    return main, tuple(t for t in dict.fromkeys(types) if t != main and t not in kinds.GENERIC)


def _of_event(material: Material, event: Event, weapons: Sequence[Weapon], sentence: Sentence) -> str:
    trigger = event.trigger
    if trigger.frame == "capture":
        return _of_capture(material, event, sentence)
    if trigger.frame == "downing":
        return _of_downing(material.doc, event, sentence)
    kind = kinds.narrowed(trigger.event_type, trigger.frame, trigger.pos == "N", weapons, sentence.text)
    return kinds.by_object(kind, [material.doc[i] for i in event.patients])


def _of_capture(material: Material, event: Event, sentence: Sentence) -> str:
    if frees(material, event, sentence):
        return "prisoner_exchange"
    own = [p for i in event.agents if (p := roles.actor(material.phrases, i))]
    if takes_people(material, event, sentence):
        return "arrest" if own and all(p.kind in kinds.STATE_KINDS for p in own) else "abduction"
    return "weapons_interception" if takes_arms(material, event, sentence) else kinds.captured(own)


def _of_downing(doc: Doc, event: Event, sentence: Sentence) -> str:
    return "weapons_interception" if UNCREWED.search(taken(doc, event, sentence)) else "aircraft_downing"


def _telling(event: Event) -> float:
    """How much a word of action says: a place that changes hands or arms that are found count as much as violence."""
    frame, strength = event.trigger.frame, event.trigger.strength
    return STRENGTH["strong" if frame in _AS_TELLING else strength]

"""Who: the parties of a sentence's events as those who act, suffer or fight, pronouns followed back."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from extract import claims, kinds, roles
from extract.casualties import Figure
from extract.claims import Speech
from extract.events import Event
from extract.material import Acting, Material, Told
from extract.registry import PartyMention
from extract.syntax import core

_CROWD_TYPES = {"riot", "mob_violence", "protest", "looting", "arson", "property_destruction", "robbery"}
# What is only ever done to people.
_AT_PEOPLE = {"killing", "assassination", "execution", "stabbing", "abduction", "arrest", "torture", "sexual_violence"}
_AT_PEOPLE |= {"massacre"}
# From these probabilities on the model says that "four persons" did it, and that a noun stands for somebody.
_SURE, _LIKELY = 0.6, 0.2
# A communique names who issues it within this many characters.
_HEAD = 250
_PERSONAL = {"he", "she", "him", "her", "they", "them"}
_NONE = {"nobody", "none", "neither"}
_REFERRING = frozenset(
    ("it they he we group movement organization organisation alliance militia attackers army who she").split()
)


def of_events(
    material: Material, group: Sequence[Event], speeches: Sequence[Speech]
) -> tuple[tuple[Acting, ...], tuple[PartyMention, ...], tuple[PartyMention, ...]]:
    """(those who act, those who suffer, those who fight each other) in the events of one sentence."""
    agents: list[Acting] = []
    targets: list[PartyMention] = []
    sides: list[PartyMention] = []
    for event in group:
        alleged = _alleged(material, event, speeches)
        agents += [
            Acting(p, alleged) for i in event.agents if (p := _agent(material, i, speeches)) and _may_act(p, event)
        ]
        targets += [p for i in event.patients if (p := _sufferer(material, event, i))]
        fighting = [p for i in event.sides if (p := roles.actor(material.phrases, i))]
        sides += [p for p in fighting if p.kind not in kinds.NEUTRAL_KINDS]
    things = [p for event in group for i in event.patients if (p := roles.thing(material.phrases, i))][:2]
    if not targets or all(t.bare for t in targets):
        targets = [*things, *targets]
    if not targets:
        targets = [p for event in group for i in event.patients if (p := roles.place(material.phrases, i))][:1]
    acting = {a.party.id for a in agents}
    return tuple(agents), tuple(t for t in targets if t.id not in acting), tuple(unique(sides))


def _agent(material: Material, index: int, speeches: Sequence[Speech]) -> PartyMention | None:
    """The party that acts, pronouns and "its aircraft" followed back to the one meant."""
    head = material.doc[index]
    own = roles.actor(material.phrases, index)
    if own is None and _is_nobody(head):
        return None
    if own is None and _plays(material, "perpetrator", head) >= _SURE:
        own = roles.anybody(material.phrases, index)
    owned = any(c.tag_ == "PRP$" for c in head.children)
    if any(c.lower_ == "our" for c in head.children) and (issuer := _issuer(material)):
        return issuer
    if own is not None and not (own.general and owned):
        return own
    if own is not None or owned or head.lower_ in _REFERRING:
        return _spoken_for(head, speeches) or _before(material, head) or own
    return own


def _plays(material: Material, role: str, head: Token) -> float:
    """How likely a phrase plays a role by the trained model; 0 without one."""
    if role not in material.roles:
        return 0.0
    first, last = core(head)
    return float(material.roles[role][first : last + 1].max())


def _is_nobody(pronoun: Token) -> bool:
    """ "No group said it was behind it": a pronoun that stands for none."""
    above = [c for verb in pronoun.ancestors for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}]
    return any(c.lower_ in _NONE or any(g.lower_ in {"no", "neither"} for g in c.children) for c in above)


def _sufferer(material: Material, event: Event, index: int) -> PartyMention | None:
    """Who suffers at a phrase, a pronoun followed back; where a bomb goes off, only parties and people."""
    head = material.doc[index]
    if head.lower_ in _PERSONAL and head.pos_ == "PRON":
        return _person_before(material, head)
    found = roles.sufferer(material.phrases, index)
    if found is None and event.trigger.pos == "V" and event.trigger.event_type in _AT_PEOPLE:
        likely = "target" not in material.roles or _plays(material, "target", head) >= _LIKELY
        found = roles.somebody(material.phrases, index) if likely else None
    if found is not None and event.trigger.frame == "explode" and (found.bare or roles.is_thing(head)):
        return None
    return found


def _person_before(material: Material, head: Token) -> PartyMention | None:
    """The person or people named last before a pronoun, in this sentence or the one before."""
    start = head.sent.start
    reach = material.doc[start - 1].sent.start if start else 0
    plural = head.lower_ in {"they", "them"}
    for i in range(head.i - 1, reach - 1, -1):
        token = material.doc[i]
        if token.pos_ not in {"NOUN", "PROPN"} or token.dep_ == "compound" or i in material.phrases.places:
            continue
        if i in material.phrases.persons or (token.lower_ in material.phrases.people and _agrees(token, plural)):
            found = roles.sufferer(material.phrases, i)
            if found is not None and found.kind == "civilian":
                return found
    return None


def _agrees(token: Token, plural: bool) -> bool:
    return (token.tag_ in {"NNS", "NNPS"}) == plural


def _issuer(material: Material) -> PartyMention | None:
    """The armed party that a text in the first person comes from: the one that its head names."""
    head = (p for p in material.parties if p.span.start < _HEAD and not p.bare and not p.general)
    return next((p for p in head if p.kind in kinds.ARMED_KINDS), None)


def _spoken_for(head: Token, speeches: Sequence[Speech]) -> PartyMention | None:
    """The armed party that speaks in the same sentence of itself ("NATO said its aircraft")."""
    for speech in speeches:
        if speech.party is not None and speech.head < head.i and speech.party.kind in kinds.ARMED_KINDS:
            return speech.party
    return None


def _before(material: Material, head: Token) -> PartyMention | None:
    """The armed party named last before a word that refers back, in this sentence or the one before."""
    start = head.sent.start
    reach = material.doc[start - 1].sent.start if start else 0
    for i in range(head.i - 1, reach - 1, -1):
        found = material.phrases.at_token.get(i)
        if found is not None and found.kind in kinds.ARMED_KINDS and not found.bare:
            return found
    return None


def _may_act(party: PartyMention, event: Event) -> bool:
    """True where a party of its kind can have done it: civilians riot, bystanders and news agencies do not bomb."""
    if party.kind == "craft":
        return False
    if party.kind == "civilian":
        return event.trigger.event_type in _CROWD_TYPES or (event.trigger.pos == "V" and bool(event.patients))
    return party.kind not in kinds.NEUTRAL_KINDS


def _alleged(material: Material, event: Event, speeches: Sequence[Speech]) -> str | None:
    """Who says that the agent did it: by a word of blame or claim, or by the saying that the event stands under."""
    if event.alleged_by is not None:
        party = roles.actor(material.phrases, event.alleged_by)
        return party.name if party else material.doc[event.alleged_by].text
    speech = claims.of_token(speeches, material.doc, event.at)
    return speech.name if speech else None


def told(material: Material, figure: Figure, speeches: Sequence[Speech]) -> Told:
    """A figure with whoever says it and the party that its victims belong to."""
    speech = claims.of_token(speeches, material.doc, figure.anchor)
    side = roles.sufferer(material.phrases, figure.head)
    return Told(figure, speech.name if speech else None, side)


def unique(parties: Sequence[PartyMention]) -> list[PartyMention]:
    """The first mention of each party, in order."""
    seen: dict[str, PartyMention] = {}
    for party in parties:
        seen.setdefault(party.id, party)
    return list(seen.values())


def acts(material: Material, index: int) -> bool:
    """True where the phrase names a party that takes part rather than tells or helps."""
    party = roles.actor(material.phrases, index)
    return party is not None and party.kind not in kinds.NEUTRAL_KINDS


def suffers(material: Material, index: int) -> bool:
    """True where the phrase names people or a party that can be hurt."""
    return roles.sufferer(material.phrases, index) is not None

"""What is taken, freed or brought down: ground, arms, people held, aircraft."""

from __future__ import annotations

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Sentence

from extract import roles, scene_places
from extract.events import Event
from extract.material import Material
from extract.patterns import any_case
from extract.scene_parties import acts

HELD = any_case(
    r"\b(hostages?|prisoners?|captives?|detainees?|kidnapped|abducted|abductees|crew|pirates|ransom|captors?|"
    r"held since|captured soldiers)\b"
)
FLYING = any_case(
    r"\b(planes?|aircraft|jets?|helicopters?|drones?|uavs?|missiles?|airliner|warplanes?|rockets?|shahed\S*|"
    r"an-\d+|su-\d+|mi-\d+|mig\S*)\b"
)
UNCREWED = any_case(r"\b(drones?|uavs?|missiles?|rockets?|shahed\S*|quadcopters?|unmanned)\b")
_GROUND = any_case(
    r"\b(towns?|cit(?:y|ies)|villages?|areas?|districts?|neighbou?rhoods?|hills?|hilltops?|territor\w+|"
    r"base|bases|airport|airbase|points?|settlements?|provinces?|regions?|positions?|stronghold|suburbs?|"
    r"camp|crossing|outpost|checkpoints?|mountains?|heights|capital|quarters?|farms?|fields?|bridge|border|"
    r"localit\w+|garrison|headquarters|land|airfield)\b"
)
_FIGHTERS = any_case(
    r"\b(army|forces|troops|rebels?|militants?|fighters|militia|insurgents|military|soldiers|control)\b"
)
INTERCEPTED = any_case(
    r"\b(bombs?|explosives?|drones?|missiles?|weapons?|arms|ammunition|rifles?|grenades?|mines?|ied|ieds|"
    r"munitions?|rockets?|guns?|device|devices|cache|caches|uavs?)\b"
)
_FREEING = {"free", "release", "let go", "hand over"}
_SEIZING = {"seize", "capture", "take by force"}
# What is let go stands within so many characters of its phrase's beginning.
_OBJECT = 40
_OF = {"of", "over"}
_ASIDE = {"relcl", "acl", "appos", "poss", "advcl"}


def frees(material: Material, event: Event, sentence: Sentence) -> bool:
    """ "Freed a captain", "released two hostages": people let go, not ground taken."""
    if event.trigger.words not in _FREEING or _GROUND.search(taken(material.doc, event, sentence)[:_OBJECT]):
        return False
    people = any(
        (p := roles.sufferer(material.phrases, i)) and p.kind in {"civilian", "unidentified", "unknown"}
        for i in event.patients
    )
    return people or bool(HELD.search(sentence.text))


def takes_people(material: Material, event: Event, sentence: Sentence) -> bool:
    """ "Three engineers were seized by armed men": people taken, not ground or arms."""
    if event.trigger.words not in _SEIZING:
        return False
    found = [p for i in event.patients if (p := roles.sufferer(material.phrases, i))]
    return any(p.kind == "civilian" or (p.kind == "unknown" and not p.bare) for p in found)


def takes_ground(material: Material, event: Event, sentence: Sentence) -> bool:
    """True where what is taken is a place, and somebody armed takes it or arms are told of."""
    near = _itself(material.doc, event) or taken(material.doc, event, sentence)
    placed = any(p.mention.text in near for p in scene_places.literal(material, sentence))
    acting = any(acts(material, i) for i in event.agents) or bool(_FIGHTERS.search(sentence.text))
    if any(
        p.general is False and p.kind == "civilian"
        for i in event.patients
        if (p := roles.sufferer(material.phrases, i))
    ):
        return False
    ground = bool(_GROUND.search(near))
    return acting and (ground or (placed and not INTERCEPTED.search(near)))


def takes_arms(material: Material, event: Event, sentence: Sentence) -> bool:
    """True where what is taken is arms."""
    near = taken(material.doc, event, sentence)
    return bool(INTERCEPTED.search(near)) and not _GROUND.search(near)


def _itself(doc: Doc, event: Event) -> str:
    """The words of what is taken, without where it lay, whose it was or what it was hidden in."""
    return "".join(t.text_with_ws for i in event.patients for t in doc[i].subtree if not _beside(t, doc[i]))


def _beside(token: Token, head: Token) -> bool:
    """True for words that hang on the head by a clause or by a preposition other than "of" and "over"."""
    while token != head:
        if token.dep_ in _ASIDE or (token.dep_ == "prep" and token.lower_ not in _OF):
            return True
        token = token.head
    return False


def taken(doc: Doc, event: Event, sentence: Sentence) -> str:
    """The words around what is taken."""
    objects = [t for i in event.patients for t in doc[max(0, i - 5) : min(len(doc), i + 4)]]
    return " ".join(t.text for t in objects) or doc[event.at : min(event.at + 9, sentence.end)].text

"""Where: the places of a sentence, the likeliest scene of its event first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Sentence

from extract.events import Event
from extract.material import Material, inside, token_at
from extract.place_words import SETTLEMENTS
from extract.records import KnownPlace
from extract.syntax import SPEECH_VERBS

# Capitals up to this length name an organisation rather than a town ("NGO", "SANA").
_LONGEST_ABBREVIATION = 5
_COMPASS = frozenset(("north south east west northeast northwest southeast southwest central street road").split())
_QUALIFIES = re.compile(r"[ -](?:based|backed|led|allied|aligned|supported|sponsored|trained|born|bound)\b")
_APPOSED = re.compile(
    r"(?: (?:village|town|district|city|camp|area))?\s*[,(–—-]?\s*"
    r"(?:(?:which (?:is|lies)|located|situated|lying|about|some|around|just|a (?:village|town|district)) ?){0,3}",
    re.I,
)
# A province by the level of its kind; what is wider does not set events apart.
PROVINCE = 4
# What it costs a place that it only says where another lies.
MEASURED = 2.5
# What it costs a place that the model does not take for the scene.
ROLE_WEIGHT = 2.0
# What it costs a place to be abroad.
ABROAD = 6.0
# A town abroad with more doubt than this is no scene.
RULED_OUT = 0.9
_AGENCY = re.compile(r"\s*(?:,\s*[A-Z][\w .]{1,20})?\s*(?:\([A-Z][\w ]{1,24}\)|[—–]|--|-\s)")
_WARDS = {"hospital", "clinic", "morgue", "mortuary", "infirmary"}
_TAKING = frozenset("take rush fly bring transfer transport evacuate airlift carry send admit refer move treat".split())
# A place hangs at most so many words below the verb that takes people there.
_CLIMB = 8
_AWAY = {"from", "by", "based", "via"}


def possible(doc: Doc, text: str, places: Sequence[KnownPlace]) -> tuple[KnownPlace, ...]:
    """The places of a document where something can have happened: named as such,
    not as a party or in an adjective's stead."""
    named = (p for p in places if p.mention.use == "literal" and not _is_party_like(doc, text, p))
    return tuple(p for p in named if not _is_treatment(doc[token_at(doc, p.mention.span.start)]))


def borne_out(
    scenery: Sequence[KnownPlace], places: Sequence[KnownPlace], country: str | None
) -> tuple[KnownPlace, ...]:
    """The places but towns of a foreign country of which the report names nothing else: a "Rosales" in a report
    on El Salvador is not the one in the Philippines."""
    named: dict[str | None, set[str]] = {}
    for place in places:
        named.setdefault(place.country_code, set()).add(place.mention.text.lower())
    return tuple(
        p
        for p in scenery
        if country in {None, p.country_code}
        or p.country_code is None
        or len(named[p.country_code]) > 1
        or (p.level or 0) >= PROVINCE
        or p.feature == "PPLC"
    )


def literal(material: Material, sentence: Sentence) -> list[KnownPlace]:
    """The places of one sentence where something can have happened."""
    return [p for p in material.scenery if inside(p.mention.span, sentence) and not _is_stray(material, p)]


def _is_stray(material: Material, place: KnownPlace) -> bool:
    """True for a town abroad that the model rules out as the scene: "Center" is seldom the one in Texas."""
    return is_abroad(material, place) and (place.level or 0) < PROVINCE and doubt(material, place) > RULED_OUT


def ranked(material: Material, sentence: Sentence, lead: Event) -> tuple[KnownPlace, ...]:
    """The places of the sentence, the likeliest scene first: near the action, fine before coarse, not where people
    come from; those of speakers only where there is no other."""
    here = literal(material, sentence)
    silent = [place for place in here if not _of_speaker(material, place)]
    return tuple(sorted(silent or here, key=lambda place: _rank(material, place, lead)))


def _of_speaker(material: Material, place: KnownPlace) -> bool:
    """True for the place of a speaker or of the saying ("officials in Miranshah said")."""
    return _with_speaker(material.doc[token_at(material.doc, place.mention.span.start)])


def _rank(material: Material, place: KnownPlace, lead: Event) -> tuple[float, int]:
    """(cost, tokens to the action) of a place: the less, the likelier the scene."""
    token = material.doc[token_at(material.doc, place.mention.span.start)]
    head = token
    while head.dep_ in {"compound", "nmod", "amod", "poss", "det", "appos"} and head.head.i != head.i:
        head = head.head
    away = head.dep_ == "pobj" and head.head.lower_ in _AWAY
    level = place.level if place.level is not None else 2
    dated = is_dateline(material, place)
    wide = 0.0 if level <= 3 else 1.5 if level == 4 else 3.0
    measured = MEASURED if is_measure(material, place) else 0.0
    cost = 4.0 * away + measured + 3.0 * _with_speaker(head) + 4.0 * dated + astray(material, place) + wide
    return cost + ROLE_WEIGHT * doubt(material, place), abs(token.i - lead.at)


def is_abroad(material: Material, place: KnownPlace) -> bool:
    """True for a place in another country than the report is about."""
    return material.country is not None and place.country_code not in {None, material.country}


def astray(material: Material, place: KnownPlace) -> float:
    """What it costs a place to be abroad: the less, the surer the model is that something happens there."""
    share = doubt(material, place) if "place" in material.roles else 1.0
    return ABROAD * share if is_abroad(material, place) else 0.0


def doubt(material: Material, place: KnownPlace) -> float:
    """How little the model takes a place for the scene of what its sentence tells, 0 to 1; 0 without a model."""
    if "place" not in material.roles:
        return 0.0
    first = token_at(material.doc, place.mention.span.start)
    last = token_at(material.doc, place.mention.span.end - 1)
    return 1 - float(material.roles["place"][first : last + 1].max())


def is_measure(material: Material, place: KnownPlace) -> bool:
    """True for a place that only says where another lies: "Zabarmari, 25 km from Maiduguri"."""
    relation = place.mention.relation
    if relation is None:
        return False
    before = [p for p in material.scenery if p.mention.span.end <= relation.span.start]
    return bool(before) and bool(_APPOSED.fullmatch(material.text[before[-1].mention.span.end : relation.span.start]))


def is_dateline(material: Material, place: KnownPlace) -> bool:
    """True where a place says from where is reported, at the head of the report or within it ("MOSCOW (Tass)")."""
    if material.dateline is not None and place.mention.span.overlaps(material.dateline):
        return True
    return place.mention.text.isupper() and bool(_AGENCY.match(material.text, place.mention.span.end))


def _is_party_like(doc: Doc, text: str, place: KnownPlace) -> bool:
    """ "US air strikes", "Israel said", "NGO": a country that acts or qualifies, an abbreviation."""
    name, level = place.mention.text, place.level if place.level is not None else 2
    if name.isupper() and len(name) <= _LONGEST_ABBREVIATION and level <= 3:
        return True
    if name.lower() in _COMPASS or _QUALIFIES.match(text, place.mention.span.end):
        return True
    token = doc[token_at(doc, place.mention.span.end - 1)]
    if place.feature == "PPLC":
        owns = token.dep_ == "poss" and token.head.lemma_.lower() not in SETTLEMENTS
        return owns or _after_by(token) or _with_speaker(token)
    if level != 6:
        return False
    if token.dep_ == "pobj" and token.head.lower_ in _AWAY:
        return True
    if token.dep_ == "appos" and _with_speaker(token.head):
        return True
    if token.dep_ in {"compound", "amod", "nmod", "npadvmod", "poss"}:
        head = token.head
        return head.ent_type_ not in {"GPE", "LOC", "FAC"}
    return token.dep_ in {"nsubj", "agent", "nsubjpass"}


def _is_treatment(token: Token) -> bool:
    """True for where the hurt and the dead are taken: "two were flown to the military hospital in Bannu"."""
    ward = False
    for _ in range(_CLIMB):
        ward = ward or token.lemma_.lower() in _WARDS
        if token.pos_ in {"VERB", "AUX"}:
            return ward and token.lemma_.lower() in _TAKING
        if token.head.i == token.i:
            return False
        token = token.head
    return False


def _after_by(token: Token) -> bool:
    return token.dep_ == "pobj" and token.head.lower_ == "by"


def _with_speaker(token: Token) -> bool:
    """True where a place belongs to a speaker ("the ministry in Moscow said") or to the saying ("said in Geneva")."""
    for _ in range(6):
        if token.dep_ in {"nsubj", "nsubjpass"}:
            return token.head.lemma_.lower() in SPEECH_VERBS
        if token.pos_ in {"VERB", "AUX"}:
            return token.lemma_.lower() in SPEECH_VERBS
        if token.head.i == token.i:
            return False
        token = token.head
    return False

"""Phrases -> parties: which party the head of a phrase means, as one who acts or as one who suffers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token

from extract.records import Span, VictimKind
from extract.registry import PartyMention, slug
from extract.syntax import core

_WITHIN = {"of", "from", "belonging", "loyal", "affiliated", "linked", "to"}
_GROUP_HEADS = frozenset(
    (
        "group force member fighter militant element unit troop aircraft warplane plane jet men man gunman "
        "insurgent rebel soldier operative cell wing branch faction helicopter drone commander leader bomber "
        "attacker sniper affiliate column patrol side individual terrorist guerrilla dozen hundred number "
        "part combatant gang squad cadre remnant supporter follower youth"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Phrases:
    """What roles are read from: the document, the party at each token, tokens of persons' names, words for people,
    tokens of place names, the party at the token of a name that is known to lead or speak for it."""

    doc: Doc
    at_token: Mapping[int, PartyMention]
    persons: frozenset[int]
    people: Mapping[str, VictimKind]
    places: frozenset[int] = frozenset()
    leaders: Mapping[int, PartyMention] = field(default_factory=dict)


def actor(phrases: Phrases, index: int) -> PartyMention | None:
    """The party that acts where the phrase with this head acts; None where the phrase names none."""
    head = phrases.doc[index]
    own = _own(phrases, head)
    if own is not None and not own.general:
        return _in_full(phrases, head, own)
    within = _within(phrases, head) or (_believed(phrases, head) if own is not None else None)
    if within is not None and (own is not None or head.lemma_.lower() in _GROUP_HEADS or head.lower_ in phrases.people):
        return within
    return _followers(phrases, head) or own or _person(phrases, head, acting=True) or _unknown_name(phrases, head)


def sufferer(phrases: Phrases, index: int) -> PartyMention | None:
    """The party or the people that suffer; None where the phrase is about things only."""
    head = phrases.doc[index]
    if head.lower_ in _NO_ONE or any(c.lower_ in {"no", "neither"} for c in head.children):
        return None
    own = _own(phrases, head)
    if own is None and is_people_by_nation(head):
        return _nationals(phrases, head)
    if own is not None and own.kind == "civilian" and _by_name(phrases, head):
        return _person(phrases, head, acting=False) or own
    if (
        own is not None
        and own.general
        and head.i not in phrases.at_token
        and phrases.people.get(head.lower_) == "civilian"
    ):
        return _person(phrases, head, acting=False) or own
    if own is not None and not (own.bare and head.i not in phrases.at_token):
        return _in_full(phrases, head, own)
    if own is None and _by_name(phrases, head) and (one := _person(phrases, head, acting=False)):
        return one
    within = _within(phrases, head)
    if within is not None and not within.bare and head.lower_ not in phrases.people:
        return within
    return _person(phrases, head, acting=False)


def somebody(phrases: Phrases, index: int) -> PartyMention | None:
    """Whoever a phrase means that must mean a person, for what is done to him is done to people only."""
    head = phrases.doc[index]
    if head.pos_ not in {"NOUN", "PROPN"} or head.i in phrases.places or is_thing(head):
        return None
    if head.ent_type_ in _NOBODY or {head.lemma_.lower(), head.lower_} & (_NO_PERSONS | _NO_ONE):
        return None
    text, span = _words(phrases, head, {"det", "punct", "poss"})
    return PartyMention(span, text, slug(text) or "somebody", text, "civilian", None, general=True)


_ANYBODY = frozenset(
    "man person individual people youth subject stranger someone somebody boy woman teenager pair trio".split()
)


def anybody(phrases: Phrases, index: int) -> PartyMention | None:
    """People of whom no more is known, acting: "uniformed individuals", "four persons"."""
    head = phrases.doc[index]
    if head.lemma_.lower() not in _ANYBODY:
        return None
    text, span = _words(phrases, head, {"det", "punct"})
    return PartyMention(span, text, slug(text) or "people", text, "unidentified", None, general=True)


def is_people_by_nation(head: Token) -> bool:
    """True for persons told by their nation or faith alone: "two Israelis", "a Palestinian", "Kekchi Indians"."""
    if head.ent_type_ != "NORP" or head.pos_ not in {"NOUN", "PROPN"}:
        return False
    several = head.tag_ in {"NNS", "NNPS"} or head.text.endswith(("ans", "is", "ians", "lims", "tians", "ese"))
    return several or any(c.lower_ in {"a", "an", "one", "another"} for c in head.children)


def _nationals(phrases: Phrases, head: Token) -> PartyMention:
    text, span = _words(phrases, head, {"det", "punct"})
    return PartyMention(span, text, slug(text) or "people", text, "civilian", None, general=True)


def _followers(phrases: Phrases, head: Token) -> PartyMention | None:
    """ "Fighters loyal to Prince Johnson": those whom a leader's name alone tells apart."""
    for child in head.children:
        if child.i > head.i and child.lower_ in _FOLLOWING:
            for name in (g for c in child.children if c.dep_ in {"prep", "agent"} for g in c.children):
                if name.pos_ == "PROPN" and name.i not in phrases.at_token and name.i not in phrases.places:
                    chosen = phrases.doc[core(head)[0] : name.i + 1]
                    span = Span(chosen.start_char, chosen.end_char)
                    return PartyMention(span, chosen.text, slug(chosen.text), chosen.text, "militia")
    return None


def _own(phrases: Phrases, head: Token) -> PartyMention | None:
    """The party in the phrase's own words: a named one before a general one, then the one nearest its head."""
    first, last = core(head)
    found = [(i, phrases.at_token[i]) for i in range(last, first - 1, -1) if i in phrases.at_token]
    usable = [m for i, m in found if not m.bare or i == head.i or (_is_country(m) and _owns(phrases.doc[i], head))]
    return next((m for m in usable if not m.general), None) or next(iter(usable), None)


def _by_name(phrases: Phrases, head: Token) -> bool:
    """True where a phrase for people ends in a person's name ("union leader Rosa Quispe")."""
    return head.i in phrases.persons or (
        head.pos_ == "PROPN" and head.i not in phrases.at_token and head.i not in phrases.places
    )


def _in_full(phrases: Phrases, head: Token, own: PartyMention) -> PartyMention:
    """A kind of people in all the words of its phrase: "six Jesuit priests" rather than "priests"."""
    if own.kind != "civilian":
        return own
    text, span = _words(phrases, head, {"det", "punct"})
    return replace(own, text=text, span=span) if span.start <= own.span.start < span.end else own


def _is_country(mention: PartyMention) -> bool:
    """True for a country's own name; a capital before a noun says where ("the Kabul market bombing")."""
    return mention.text.isupper() or mention.text.lower() in mention.name.lower()


def _owns(token: Token, head: Token) -> bool:
    """A country's plain name counts as acting where it owns or modifies the noun ("Israel's strike", "US strike")."""
    return token.dep_ in {"poss", "compound", "nmod", "amod"} and token.head.i == head.i


def _within(phrases: Phrases, head: Token) -> PartyMention | None:
    """The party named after the head: "members of the Taliban", "jets from the coalition", "gunmen loyal to X"."""
    for child in head.children:
        if (
            child.i > head.i
            and child.dep_ in {"prep", "acl", "amod", "appos"}
            and (child.lower_ in _WITHIN or child.dep_ == "appos")
        ):
            for token in child.subtree:
                found = phrases.at_token.get(token.i) or phrases.leaders.get(token.i)
                if found is not None and not found.bare and token.i - head.i <= 8:
                    return found
    return None


_HEDGES = frozenset(
    (
        "believed suspected thought to be have been from members member of belonging belong loyal linked affiliated "
        "with the alleged identified as being part presumed allegedly said , described"
    ).split()
)


def _believed(phrases: Phrases, head: Token) -> PartyMention | None:
    """The party that people are taken to be of: "gunmen believed to be from X"."""
    for token in phrases.doc[head.i + 1 : min(head.i + 11, head.sent.end)]:
        found = phrases.at_token.get(token.i)
        if found is not None:
            return found if not found.general and not found.bare else None
        if token.lower_ not in _HEDGES:
            return None
    return None


def _person(phrases: Phrases, head: Token, *, acting: bool) -> PartyMention | None:
    """People without a party: a person by name, or a word for people."""
    kind = phrases.people.get(head.lower_)
    if (kind is None and head.i not in phrases.persons) or phrases.doc[core(head)[0]].pos_ == "ADP":
        return None
    if acting and kind != "combatant" and head.i not in phrases.persons:
        return None
    text, span = _words(phrases, head, {"det", "punct"})
    if _begins_beside(text):
        return None
    label = "civilian" if kind in {None, "unknown", "civilian"} else "unidentified"
    name = _bare_name(phrases, head) if head.i in phrases.persons or head.pos_ == "PROPN" else text
    return PartyMention(span, text, slug(name) or "people", name, label, None, general=True)


def _bare_name(phrases: Phrases, head: Token) -> str:
    """A person's name without the words for his post before it."""
    first = head.i
    while (
        first > head.sent.start
        and phrases.doc[first - 1].pos_ == "PROPN"
        and phrases.doc[first - 1].i in phrases.persons
    ):
        first -= 1
    return phrases.doc[first : head.i + 1].text if first < head.i else _words(phrases, head, {"det", "punct"})[0]


def _words(phrases: Phrases, head: Token, without: set[str]) -> tuple[str, Span]:
    """(words, span) of a phrase without what follows its head, and without such words at its start."""
    first, last = core(head)
    while first < last and (phrases.doc[first].dep_ in without or phrases.doc[first].is_space):
        first += 1
    chosen = phrases.doc[first : last + 1]
    return chosen.text, Span(chosen.start_char, chosen.end_char)


def _unknown_name(phrases: Phrases, head: Token) -> PartyMention | None:
    """A name that nothing is known of, acting: somebody, if it is neither a place nor a time."""
    if head.pos_ != "PROPN" or head.i in phrases.places or head.ent_type_ in _NOBODY or head.text.isdigit():
        return None
    if head.i + 1 < len(phrases.doc) and head.nbor().text == ":":
        return None
    text, span = _words(phrases, head, {"det", "punct", "amod"})
    if _begins_beside(text) or not text[:1].isupper() or _NO_PARTY.search(text):
        return None
    opening = head.is_sent_start and " " not in text and not text.isupper()
    if opening and head.ent_type_ not in _NAMED:
        return None
    return PartyMention(span, text, slug(text) or "unknown", text, "unidentified")


def _begins_beside(text: str) -> bool:
    """True for words that say where ("Near Kobani"), which a parser may take for a name."""
    first, _, rest = text.partition(" ")
    return first.lower() in _BESIDE and not rest.lower().startswith(("least", "most"))


# What does harm and is nobody: arms, what they do, and the weather.
_NO_PARTY = re.compile(
    r"\b(?:air ?strikes?|strikes?|(?:gun)?fire|shelling|bombs?|bombing|bombardment|blasts?|explosions?|attacks?|raids?|"
    r"missiles?|rockets?|drones?|mortars?|artillery|rounds?|shells?|bullets?|mines?|clashes|fighting|violence|unrest|"
    r"typhoon|hurricane|cyclone|storms?|earthquake|floods?|landslides?|wildfires?|virus|one|two|others?)\b",
    re.I,
)
_NAMED = {"PERSON", "ORG", "NORP"}
# Entities that a name may be taken for and that act in no event.
_NOBODY = {
    "DATE",
    "TIME",
    "GPE",
    "LOC",
    "FAC",
    "MONEY",
    "QUANTITY",
    "CARDINAL",
    "ORDINAL",
    "WORK_OF_ART",
    "LAW",
    "EVENT",
}
_NO_ONE = frozenset("nobody none noone nothing neither nor".split())
_FOLLOWING = {"loyal", "allied", "commanded", "led", "faithful", "answering", "aligned"}
# Nouns that a verb of harm may govern and that name no person.
_NO_PERSONS = frozenset(
    (
        "time day night morning week month year monday tuesday wednesday thursday friday saturday sunday hand hands "
        "foot leg head arm body blow life fire gun weapon shot bullet missile rocket mine bomb number toll death range "
        "scene place cold blood street road front way process sleep something nothing cattle cow animal dog horse hope "
        "plan attempt dream bid process peace operation attack raid violence fighting clash conflict incident blast "
        "explosion shelling strike bombing series twitter facebook telegram website statement dead record interest"
    ).split()
)
_BESIDE = {"near", "in", "at", "around", "outside", "inside", "between", "from", "across"}


_THINGS = frozenset(
    (
        "hospital school market mosque church bridge convoy car bus minibus vehicle truck train ship tanker vessel "
        "carrier boat pipeline refinery depot warehouse plant station airport base checkpoint post building house home "
        "office embassy consulate headquarters bank hotel restaurant cafe camp village wedding funeral tent prison "
        "barracks tower dam power line pylon port bakery clinic university shop neighborhood neighbourhood district "
        "convent temple shrine ambulance tractor column residence mine town city suburb quarter area areas hideout "
        "hideouts entrance courthouse court square terminal ceremony rally procession gathering celebration festival "
        "concert queue farm field well substation position positions outpost patrol motorcade jeep van motorcycle "
        "facility"
    ).split()
)


def thing(phrases: Phrases, index: int) -> PartyMention | None:
    """A building, vehicle or gathering that is struck, where no people or party are named."""
    head = phrases.doc[index]
    if not is_thing(head):
        return None
    text, span = _words(phrases, head, {"det", "punct", "poss"})
    text, span = _with_name(phrases, head, text, span)
    return PartyMention(span, text, slug(text) or "site", text, "site", None, general=True)


def is_thing(head: Token) -> bool:
    """True for a noun for a building, vehicle or gathering."""
    return head.lemma_.lower() in _THINGS or head.lower_ in _THINGS


def _with_name(phrases: Phrases, head: Token, text: str, span: Span) -> tuple[str, Span]:
    """A thing with the name that stands after it: "the town of Cuito", "the newspaper El Correo"."""
    for child in head.children:
        if child.dep_ == "prep" and child.lower_ == "of" and child.i == head.i + 1:
            inner = next((g for g in child.children if g.dep_ == "pobj" and g.pos_ == "PROPN"), None)
            if inner is not None and inner.i - head.i <= 5:
                whole = Span(span.start, inner.idx + len(inner))
                return whole.of(phrases.doc.text), whole
    return text, span


def place(phrases: Phrases, index: int) -> PartyMention | None:
    """A place that is itself struck ("shelled Cuito"), where nobody in it is named."""
    head = phrases.doc[index]
    if head.i not in phrases.places or head.pos_ != "PROPN":
        return None
    text, span = _words(phrases, head, {"det", "punct", "poss", "amod"})
    return PartyMention(span, text, slug(text) or "place", text, "site", None, general=True)

"""Phrases -> parties: which party the head of a phrase means, as one who acts or as one who suffers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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
        "part combatant gang squad cadre"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Phrases:
    """What roles are read from: the document, the party at each token, tokens of persons' names, words for people."""

    doc: Doc
    at_token: Mapping[int, PartyMention]
    persons: frozenset[int]
    people: Mapping[str, VictimKind]


def actor(phrases: Phrases, index: int) -> PartyMention | None:
    """The party that acts where the phrase with this head acts; None where the phrase names none."""
    head = phrases.doc[index]
    own = _own(phrases, head)
    if own is not None and not own.general:
        return own
    within = _within(phrases, head) or (_believed(phrases, head) if own is not None else None)
    if within is not None and (own is not None or head.lemma_.lower() in _GROUP_HEADS or head.lower_ in phrases.people):
        return within
    return own or _person(phrases, head, acting=True)


def sufferer(phrases: Phrases, index: int) -> PartyMention | None:
    """The party or the people that suffer; None where the phrase is about things only."""
    head = phrases.doc[index]
    own = _own(phrases, head)
    if own is not None and not (own.bare and head.i not in phrases.at_token):
        return own
    within = _within(phrases, head)
    if within is not None and not within.bare and head.lower_ not in phrases.people:
        return within
    return _person(phrases, head, acting=False)


def _own(phrases: Phrases, head: Token) -> PartyMention | None:
    """The party in the phrase's own words: a named one before a general one, then the one nearest its head."""
    first, last = core(head)
    found = [(i, phrases.at_token[i]) for i in range(last, first - 1, -1) if i in phrases.at_token]
    usable = [m for i, m in found if not m.bare or i == head.i or (_is_country(m) and _owns(phrases.doc[i], head))]
    return next((m for m in usable if not m.general), None) or next(iter(usable), None)


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
                found = phrases.at_token.get(token.i)
                if found is not None and not found.bare and token.i - head.i <= 8:
                    return found
    return None


_HEDGES = frozenset(
    (
        "believed suspected thought to be have been from members member of belonging loyal linked affiliated "
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
    first, last = core(head)
    words = list(phrases.doc[first : last + 1])
    while words and (words[0].dep_ in {"det", "punct"} or words[0].is_space):
        words = words[1:]
    if not words:
        return None
    text = phrases.doc[words[0].i : words[-1].i + 1].text
    span = Span(words[0].idx, words[-1].idx + len(words[-1]))
    label = "civilian" if kind in {None, "unknown", "civilian"} else "unidentified"
    return PartyMention(span, text, slug(text) or "people", text, label, None, general=True)


_THINGS = frozenset(
    (
        "hospital school market mosque church bridge convoy car bus minibus vehicle truck train ship tanker "
        "vessel carrier boat pipeline refinery depot warehouse plant station airport base checkpoint post "
        "building house home office embassy consulate headquarters bank hotel restaurant cafe camp village "
        "wedding funeral tent prison barracks tower dam power line pylon port bakery clinic university shop "
        "neighborhood neighbourhood district convent temple shrine ambulance tractor column residence mine "
        "farm field well substation position positions outpost patrol motorcade jeep van motorcycle facility"
    ).split()
)


def thing(phrases: Phrases, index: int) -> PartyMention | None:
    """A building, vehicle or gathering that is struck, where no people or party are named."""
    head = phrases.doc[index]
    if head.lemma_.lower() not in _THINGS and head.lower_ not in _THINGS:
        return None
    first, last = core(head)
    words = list(phrases.doc[first : last + 1])
    while len(words) > 1 and (words[0].dep_ in {"det", "punct", "poss"} or words[0].is_space):
        words = words[1:]
    span = Span(words[0].idx, words[-1].idx + len(words[-1]))
    text = phrases.doc[words[0].i : words[-1].i + 1].text
    return PartyMention(span, text, slug(text) or "site", text, "site", None, general=True)

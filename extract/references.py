"""Words that go back to a party named before: "the coalition", "the group", "the rebels"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from extract.registry import PartyMention, Word

# The kind of a mention that means nobody until it is settled whom.
UNSETTLED = "group"
_ANY = {"group", "organisation", "organization", "movement", "faction", "outfit"}
_GROUPS = frozenset("rebel separatist jihadist militia paramilitary criminal cartel political unidentified".split())
# General nouns for a group -> the kinds of party that they may go back to.
_REFERS = {
    noun: kinds
    for nouns, kinds in (
        (_ANY | {"front"}, _GROUPS),
        ({"militia", "militiamen", "paramilitarie"}, frozenset({"militia", "paramilitary"})),
        ({"rebel", "guerrilla"}, frozenset({"rebel", "separatist"})),
        ({"insurgent", "militant"}, frozenset({"rebel", "separatist", "jihadist"})),
        ({"separatist", "secessionist"}, frozenset({"separatist"})),
        ({"jihadist", "extremist", "islamist"}, frozenset({"jihadist"})),
        ({"gang", "cartel"}, frozenset({"criminal", "cartel"})),
    )
    for noun in nouns
}
_DEFINITE = re.compile(r"\b(?:the|this|that|same)[\s\"“‘']*$", re.I)
# An article with what may stand between it and its noun.
_ARTICLE = 12
# A word for a group goes back to one named no further than this many characters before: two or three sentences.
_REACH = 600


def refers_to_any(text: str, word: Word) -> bool:
    """True for "the group" and its like, which may mean any party named before."""
    return word.key in _ANY and _is_definite(text, word.start)


def settled(found: Sequence[PartyMention], text: str) -> tuple[PartyMention, ...]:
    """The mentions of a text with general words taken for the party that was named before, where only one fits."""
    coalition = next((m for m in found if m.kind == "coalition" and not m.general), None)
    done: list[PartyMention] = []
    for one in found:
        meant = coalition if one.kind == "coalition" and one.general else _antecedent(one, done, text)
        if meant is not None:
            done.append(
                replace(one, id=meant.id, name=meant.name, kind=meant.kind, country=meant.country, general=False)
            )
        elif one.kind != UNSETTLED:
            done.append(one)
    return tuple(done)


def _antecedent(one: PartyMention, before: Sequence[PartyMention], text: str) -> PartyMention | None:
    noun = one.text.lower().split()[-1]
    kinds = _REFERS.get(noun.removesuffix("s")) if one.general else None
    if kinds is None or not _is_definite(text, one.span.start):
        return None
    within = takewhile(lambda m: one.span.start - m.span.end < _REACH, reversed(before))
    near = [m for m in within if not m.general and m.kind in kinds]
    if noun in _ANY:
        return near[0] if near else None
    return near[0] if len({m.id for m in near}) == 1 else None


def _is_definite(text: str, at: int) -> bool:
    return bool(_DEFINITE.search(text[max(0, at - _ARTICLE) : at]))

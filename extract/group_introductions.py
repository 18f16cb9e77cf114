"""Groups that a text presents by their own words: "a group calling itself X", "the 'X' front", "X, a new militia"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.group_words import NO_NAME, kind_of
from extract.registry import words_of

# A name has no more words than this, and a text no more introduced names.
LONGEST_NAME = 11
_MOST_NAMES = 400
_GROUP_NOUN = (
    r"(?:armed |rebel |militant |guerrilla |insurgent |jihadist |islamist |terrorist |separatist |shadowy |left-wing "
    r"|right-wing |criminal |ethnic |tribal ){0,3}"
    r"(group|organi[sz]ation|militia|movement|front|brigade|gang|faction|outfit|death squad|cell|network|army|force|"
    r"guerrillas?|rebels?|commando|cartel|splinter group|alliance|unit|squad)"
)
_NAME = r"([A-Z][\w'’.-]*(?:[ -](?:(?:of|for|the|de|del|la|los|al|and) ){0,2}[A-Z][\w'’-]*){0,8})"
_CALLED = re.compile(
    _GROUP_NOUN + r",? (?:that |which |who )?(?:is |was |has been )?(?:only |also |previously |then |so )?"
    r"(?:calling itself|calls itself|called itself|called|known as|going by the name(?: of)?|named|styling itself|"
    r"dubbed|identif(?:ying|ied|ies) itself as|that signed itself|signing itself|describing itself as)"
    r" (?:the )?(?:[\"“']([^\"”']{3,60})[\"”']|" + _NAME + ")"
)
_QUOTED_FIRST = re.compile(r"[\"“]([A-Z][^\"”\n]{2,50})[\"”] " + _GROUP_NOUN + r"\b")
_QUOTED_LAST = re.compile(r"\b" + _GROUP_NOUN + r",? [\"“]([A-Z][^\"”\n]{2,50})[\"”]")
_APPOSED = re.compile(
    _NAME
    + r"(?: \([A-Z][A-Za-z-]{1,7}\))?, (?:an?|another|one of the) (?:[\w-]+ ){0,5}?"
    + _GROUP_NOUN
    + r"(?=[,.;)]| (?:that|which|linked|led|allied|based|active|fighting|believed|with|of|from|operating|loyal|opposed"
    r"|made|founded|formed|known|suspected|close)\b)"
)
_LEADS = {"on", "at", "in", "by", "from", "and", "but", "then", "later", "also", "to", "for", "of"}
_NOUN_KINDS = {
    "militia": {"militia", "squad", "commando", "army", "force", "unit"},
    "rebel": {"guerrilla", "guerrillas", "rebel", "rebels", "front", "movement", "brigade"},
    "criminal": {"gang", "cartel"},
}


@dataclass(frozen=True, slots=True)
class Group:
    """A group by its own name, with the kind of party that the name or the words beside it tell."""

    name: str
    kind: str


def introduced(text: str) -> Iterator[tuple[tuple[str, ...], Group]]:
    """The groups that a text presents: "a group calling itself X", "the 'X' front", "X, a little-known militia"."""
    found: list[tuple[str, str]] = []
    found += [(m.group(2) or m.group(3), m.group(1)) for m in _CALLED.finditer(text)]
    found += [(m.group(1), m.group(2)) for m in _QUOTED_FIRST.finditer(text)]
    found += [(m.group(2), m.group(1)) for m in _QUOTED_LAST.finditer(text)]
    found += [(m.group(1), m.group(2)) for m in _APPOSED.finditer(text)]
    for phrase, noun in found[:_MOST_NAMES]:
        name = _without_lead(phrase)
        key = tuple(word.key for word in words_of(name))
        if LONGEST_NAME >= len(key) >= 1 and key[-1] not in NO_NAME and (len(key) > 1 or name.isupper()):
            yield key, Group(name, kind_of(key) or _kind_of_noun(noun))


def _without_lead(phrase: str) -> str:
    """A name without the words that only begin its sentence ("On Monday X")."""
    words = phrase.split()
    while words and words[0].lower() in NO_NAME | _LEADS:
        words = words[1:]
    return " ".join(words)


def _kind_of_noun(noun: str) -> str:
    """The kind of party that the noun beside a name tells."""
    last = noun.split()[-1].lower()
    return next((kind for kind, nouns in _NOUN_KINDS.items() if last in nouns), "unidentified")

"""Groups that no registry knows, read from how they are named: by the noun in a name, by the words around it.

"The Arakan Army", "the Popular Front for the Defence of the Delta", "a group calling itself Black Hand",
"Pokot raiders".
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import groupby

from extract.group_introductions import LONGEST_NAME, Group, introduced
from extract.group_words import (
    FIGHTING,
    FIRST_NOUNS,
    GENERIC,
    LAST_NOUNS,
    NO_NAME,
    TAKES_FOR,
    TAKES_OF,
    WEAK_LAST,
    kind_of,
)
from extract.records import Span
from extract.registry import PartyMention, Registry, Word, slug

_JOINS = {
    "of",
    "for",
    "the",
    "de",
    "del",
    "la",
    "las",
    "los",
    "el",
    "al",
    "ul",
    "e",
    "y",
    "pour",
    "des",
    "du",
    "and",
    "in",
    "to",
}
_ENGLISH_JOINS = {"of", "for", "the", "and", "in", "to"}
_REGIONS = {"west", "east", "north", "south", "central", "the", "greater"}
# A possessive that stands inside a name: "Lord's Resistance Army".
_OWNERS = {
    "people",
    "peoples",
    "lord",
    "worker",
    "workers",
    "peasant",
    "martyr",
    "patriot",
    "men",
    "women",
    "god",
    "children",
}
_PLAIN_GAP = re.compile(r"^(?: |-|\n)$")
_OWNER_GAP = re.compile(r"^['’]s? $")
_SENTENCE_END = re.compile(r"(?:^|[.!?:\n]['\"”’)]*\s*['\"“‘(]*|[\"“]|--\s*|\|)\s*$")

# A headline capitalises most of its words, so that capitals tell nothing in it.
_TITLE_WORDS, _TITLE_SHARE = 4, 0.75
# A line of a wrapped text is longer than this; a shorter one ends where it ends.
_WRAPPED_LINE = 40


@dataclass(frozen=True, slots=True)
class Names:
    """What a text tells of names: which words (by their offsets) are capitalised and so may be names, which of them
    are names by the capital alone, and the groups that the text introduces by their words."""

    capitalised: AbstractSet[int]
    capital: AbstractSet[int]
    introduced: Mapping[tuple[str, ...], Group]

    def parsed(self, proper: AbstractSet[int]) -> Names:
        """The same with ``proper``, the offsets of words that a parser takes for names: a capital at the start of a
        sentence or in a text of capitals counts only with it."""
        return replace(self, capital=self.capital | (self.capitalised & proper))


def read(text: str, words: Sequence[Word]) -> Names:
    """Which words of a text are names, and the groups that the text introduces."""
    letters = [c for c in text[:20000] if c.isalpha()]
    shouted = sum(c.isupper() for c in letters) > 0.6 * len(letters)
    titles = _in_titles(text, words)
    upper = [w.start for w in words if w.raw[:1].isupper() and w.key not in NO_NAME and w.start not in titles]
    capital = [] if shouted else [at for at in upper if not _SENTENCE_END.search(text[max(0, at - 6) : at])]
    return Names(frozenset(upper), frozenset(capital), {} if shouted else dict(introduced(text)))


def _in_titles(text: str, words: Sequence[Word]) -> set[int]:
    """The offsets of words in lines that capitalise most of their words."""
    found: set[int] = set()
    for _, several in groupby(words, key=_line_counter(text)):
        line = list(several)
        long = [w for w in line if len(w.raw) > 3]
        stopped = text[line[-1].end : line[-1].end + 1] == "."
        if (
            not stopped
            and len(long) >= _TITLE_WORDS
            and sum(w.raw[0].isupper() for w in long) >= _TITLE_SHARE * len(long)
        ):
            found |= {w.start for w in line}
    return found


def _line_counter(text: str) -> Callable[[Word], int]:
    breaks = [i for i, c in enumerate(text) if c == "\n"]
    return lambda word: bisect(breaks, word.start)


def named(text: str, words: Sequence[Word], at: int, names: Names, registry: Registry) -> tuple[int, Group] | None:
    """(number of words, group) of a group's own name that begins at a word, None where none does."""
    known = _introduced_at(words, at, names)
    if known:
        return known
    if words[at].start not in names.capital or words[at].key in _JOINS:
        return None
    last = _extent(text, words, at, names, registry)
    if last <= at:
        return None
    if words[at].key in FIRST_NOUNS and last - at >= 2:
        return last - at, _group(text, words, at, last)
    end = _after_noun(words, at, last)
    if end is None or not _is_own(words[at:end], registry):
        return None
    return end - at, _group(text, words, at, end)


def _introduced_at(words: Sequence[Word], at: int, names: Names) -> tuple[int, Group] | None:
    if not names.introduced or not words[at].raw[:1].isupper():
        return None
    for n in range(min(LONGEST_NAME, len(words) - at), 0, -1):
        found = names.introduced.get(tuple(w.key for w in words[at : at + n]))
        if found:
            return n, found
    return None


def _group(text: str, words: Sequence[Word], at: int, end: int) -> Group:
    keys = [w.key for w in words[at:end]]
    return Group(" ".join(text[words[at].start : words[end - 1].end].split()), kind_of(keys) or "rebel")


def _extent(text: str, words: Sequence[Word], at: int, names: Names, registry: Registry) -> int:
    """The word after the last one of a run of capitalised words and the small words that join them."""
    foreign = words[at].key in FIRST_NOUNS
    end, joined = at + 1, False
    while end < len(words) and end - at < LONGEST_NAME:
        if not _is_joined(text, words, end):
            break
        if words[end].start in names.capital:
            end += 1
            continue
        step = _joint(words, end, names, registry, foreign=foreign, joined=joined)
        if not step:
            break
        joined, end = True, end + step
    return end


def _is_joined(text: str, words: Sequence[Word], at: int) -> bool:
    """True where a word and the one before it can belong to one name."""
    before = words[at - 1]
    gap = text[before.end : words[at].start]
    if gap == "\n":
        return before.end - text.rfind("\n", 0, before.end) > _WRAPPED_LINE
    return bool(_PLAIN_GAP.match(gap) or (_OWNER_GAP.match(gap) and before.key in _OWNERS))


def _joint(words: Sequence[Word], at: int, names: Names, registry: Registry, *, foreign: bool, joined: bool) -> int:
    """How many small words join a name to its next capitalised word; 0 where they end it."""
    n = 0
    while at + n < len(words) and words[at + n].key in _JOINS and words[at + n].start not in names.capital and n < 3:
        n += 1
    if not n or at + n >= len(words) or words[at + n].start not in names.capital:
        return 0
    first = words[at].key
    if first not in _ENGLISH_JOINS:
        return n
    if foreign or first in {"to", "the"}:
        return 0
    if first in {"of", "for"}:
        return n if joined or words[at - 1].key in (TAKES_FOR if first == "for" else TAKES_OF) else 0
    if first == "in":
        return n if joined and words[at + n].key in _REGIONS else 0
    return n if joined and not registry.named(words, at + n, None) and not registry.adjective(words, at + n) else 0


def _after_noun(words: Sequence[Word], at: int, last: int) -> int | None:
    """The end of the name in a run of words: after its last group noun, or after what "for" and "of" add to one."""
    for i in range(last - 1, at - 1, -1):
        if words[i].key in LAST_NOUNS or (words[i].key in WEAK_LAST and FIGHTING & {w.key for w in words[at:i]}):
            follows = i + 1 < last and words[i + 1].key in {"of", "for"}
            if follows and i == at and words[i].key == "front" and words[i + 1].key == "of":
                return None
            return last if follows else i + 1
    return None


def _is_own(words: Sequence[Word], registry: Registry) -> bool:
    """True where a name is a group's own: not of generic words, nationalities and numbers alone."""
    keys = [w.key for w in words]
    if len(keys) < 2:
        return False
    own = [
        i
        for i, k in enumerate(keys)
        if k not in GENERIC and k not in LAST_NOUNS and k not in WEAK_LAST and not k[:1].isdigit()
    ]
    nations = _nations(words, registry)
    if nations and min(nations) > 0 and not any(i > min(nations) for i in own if i not in nations):
        return False
    return any(i not in nations for i in own)


def _nations(words: Sequence[Word], registry: Registry) -> set[int]:
    """The places in a name at which countries and nationalities stand."""
    found: set[int] = set()
    for i in range(len(words)):
        nation = registry.adjective(words, i) or registry.country_name(words, i)
        found |= set(range(i, i + nation[0])) if nation else set()
    return found


def qualified(text: str, words: Sequence[Word], at: int, names: Names, registry: Registry, *, after: int) -> int:
    """The first word of the name that stands right before a party noun ("Pokot raiders"); the noun's own if none.

    ``after`` is the offset up to which words belong to another party.
    """
    first = at
    while first > 0 and at - first < 3:
        before = words[first - 1]
        if before.start < after or before.start not in names.capital or not _is_joined(text, words, first):
            break
        if before.key in GENERIC or before.key.endswith("ist") or registry.adjective(words, first - 1):
            break
        first -= 1
    return first


def mention(group: Group, span: Span, text: str, country: str | None) -> PartyMention:
    """A group as a party in the text."""
    return PartyMention(span, span.of(text), slug(group.name), group.name, group.kind, country)

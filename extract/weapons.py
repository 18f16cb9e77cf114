"""With what: weapons and platforms that a text names, with their count."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.lexicon import WeaponEntry, Weapons
from extract.records import Span, Weapon

_WORD = re.compile(r"[^\W_]+(?:['’](?!s\b)[^\W_]+)*")
_MOST_WORDS = 6
_COUNTS = {w: i for i, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())}


def find(text: str, known: Weapons) -> tuple[Weapon, ...]:
    """All weapons named in the text, left to right, the longest name where they overlap."""
    words = list(_WORD.finditer(text))
    lower = [word.group().lower() for word in words]
    found: list[Weapon] = []
    at = 0
    while at < len(words):
        n, entry = _longest(lower, at, known)
        if entry is None:
            at += 1
            continue
        span = Span(words[at].start(), words[at + n - 1].end())
        count = _count(lower[at - 1]) if at else None
        if entry.kind == "aircraft" and at and lower[at - 1] == "suicide":
            at += n
            continue
        if entry.name[:1].islower() or span.of(text)[:1].isupper():
            found.append(Weapon(entry.name, entry.kind, span.of(text), span, count))
        at += n
    return tuple(found)


def _longest(words: Sequence[str], at: int, known: Weapons) -> tuple[int, WeaponEntry | None]:
    entries = known.entries
    if words[at] not in known.openers and words[at].removesuffix("s") not in known.openers:
        return 1, None
    for n in range(min(_MOST_WORDS, len(words) - at), 0, -1):
        key = " ".join(words[at : at + n])
        entry = entries.get(key) or (entries.get(key[:-1]) if key.endswith("s") else None)
        if entry:
            return n, entry
    return 1, None


def _count(word: str) -> int | None:
    return int(word) if word.isdigit() and len(word) < 4 else _COUNTS.get(word)

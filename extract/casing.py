"""The usual case of words, for texts that are written in capitals throughout."""

from __future__ import annotations

from collections.abc import Iterable


class Casing:
    """Knows which words are names: everything else goes to lower case."""

    def __init__(self, names: Iterable[str], common: Iterable[str], countries: Iterable[str] = ()) -> None:
        """``names`` are words written with a capital, ``common`` words that are not, which wins where both hold."""
        self.countries = frozenset(countries)
        self._common = {word.lower() for word in common}
        self._names = {word.lower(): word for word in names if word.lower() not in self._common}

    def usual(self, word: str) -> str:
        """The word (in capitals) in its usual case, same length."""
        low = word.lower()
        known = self._names.get(low)
        if known and len(known) == len(word):
            return known
        return low if low in self._common or _inflected(low, self._common) else word.capitalize()


def _inflected(word: str, common: set[str]) -> bool:
    """True where the word is a form of a common word."""
    endings = (
        "s",
        "es",
        "ed",
        "d",
        "ing",
        "ly",
        "er",
        "ers",
        "ness",
        "ment",
        "ments",
        "'s",
        "ies",
        "ied",
        "ion",
        "ions",
    )
    for ending in endings:
        stem = word[: -len(ending)]
        if (
            word.endswith(ending)
            and len(stem) >= 3
            and (stem in common or stem + "e" in common or stem + "y" in common or stem[:-1] in common)
        ):
            return True
    return False

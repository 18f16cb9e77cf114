"""Phrases looked up by the words that begin at a place of a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, Protocol, TypeVar

_V = TypeVar("_V")


class Keyed(Protocol):
    """A word with the folded form that it is looked up by."""

    @property
    def key(self) -> str: ...


class PhraseTable(Generic[_V]):
    """Phrases of folded words -> values. A phrase of more words than ``most`` is never found."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: dict[tuple[str, ...], _V] = {}
        # Most words of a text open no phrase at all, and those that do need not be tried beyond the longest.
        self._longest: dict[str, int] = {}

    def put(self, phrase: tuple[str, ...], value: _V) -> None:
        """Sets the value of a phrase, in place of one that it had."""
        self._values[phrase] = value
        if phrase:
            self._longest[phrase[0]] = max(len(phrase), self._longest.get(phrase[0], 0))

    def put_first(self, phrase: tuple[str, ...], value: _V) -> _V:
        """Sets the value of a phrase that has none yet; the value that it has then."""
        if phrase not in self._values:
            self.put(phrase, value)
        return self._values[phrase]

    def exactly(self, *phrase: str) -> _V | None:
        """The value of a whole phrase."""
        return self._values.get(phrase)

    @property
    def openers(self) -> Iterable[str]:
        """The words that phrases begin with."""
        return self._longest.keys()

    def all_at(self, words: Sequence[Keyed], at: int) -> Iterator[tuple[int, _V]]:
        """(number of words, value) of every phrase that begins at a word, the longest first."""
        longest = self._longest.get(words[at].key, 0) if at < len(words) else 0
        for n in range(min(longest, self._most, len(words) - at), 0, -1):
            value = self._values.get(tuple(w.key for w in words[at : at + n]))
            if value is not None:
                yield n, value

    def longest_at(self, words: Sequence[Keyed], at: int) -> tuple[int, _V] | None:
        """(number of words, value) of the longest phrase that begins at a word."""
        return next(self.all_at(words, at), None)

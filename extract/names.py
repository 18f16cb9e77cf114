"""What the reading of text needs to know of place names; a gazetteer answers it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class NameFacts:
    """What is known of a name. ``importance`` 0 to 1 is of the likeliest place that bears it, ``count`` how many do.

    ``kinds`` and ``top_kind`` are country, admin1, admin2, town, site, region or water (``demonym`` where it is only
    the people's name); ``capital`` tells that a capital bears it, ``abbreviation`` that it is short for its places.
    """

    importance: float
    kinds: frozenset[str]
    top_kind: str
    demonym: bool
    abbreviation: bool
    capital: bool
    count: int
    countries: frozenset[str]


class NameIndex(Protocol):
    """Anything that knows place names."""

    def facts(self, phrase: str, /) -> NameFacts | None:
        """What is known of the phrase as a place name, None where nothing is."""

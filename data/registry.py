"""The registry of parties, opened from disk without what reading texts needs, as pages and exports wait for it."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

from extract.errors import ReferenceDataError
from extract.lexicon import Row
from extract.registry import Registry

_HERE = Path(__file__).parent


@lru_cache(maxsize=1)
def load_registry() -> Registry:
    """The registry of parties."""
    return Registry(
        rows_of(_HERE / "lexicon" / "actors.csv"),
        rows_of(_HERE / "gazetteer" / "countries.csv"),
        rows_of(_HERE / "lexicon" / "party_nouns.csv"),
        rows_of(_HERE / "lexicon" / "speakers.csv"),
    )


def rows_of(path: Path) -> list[Row]:
    """The rows of a table; raises ReferenceDataError where it cannot be read."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    except OSError as error:
        raise ReferenceDataError(f"{path.name} cannot be read: {error}") from error

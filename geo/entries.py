"""One place of the bundled sources, and what the readers of the sources share."""

from __future__ import annotations

import csv
import gzip
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extract.errors import ReferenceDataError

TOWNS_A_KM2 = 2500.0
"""People per square kilometre of a built-up area, a round figure between Damascus (20,000) and a US suburb (1,000)."""
TOWN_RADIUS = (2.0, 25.0)
SITE_RADIUS_KM = 3.0
KINDS = frozenset(
    (
        "province governorate oblast district county parish municipality region department prefecture arrondissement"
        " raion borough division state"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of one source.

    ``short`` are names only good with a hint or parent ("Akre" for "Akre District"); ``curated`` tells that all of
    ``names`` are well known, where a crowd's alternate names count less than a place's own; ``known`` are those that
    are well known either way.
    """

    gid: str
    name: str
    lat: float
    lon: float
    feature: str
    country_code: str = ""
    admin1_code: str = ""
    admin1: str = ""
    admin2: str = ""
    population: int = 0
    radius_km: float = SITE_RADIUS_KM
    names: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    curated: bool = True


def entry(row: dict[str, str], **fields: Any) -> Entry:
    """The entry of a row of the project's own tables; ``fields`` add to its columns or stand in their place."""
    columns: dict[str, Any] = {
        "gid": row.get("id", ""),
        "name": row["name"],
        "lat": float(row["lat"]),
        "lon": float(row["lon"]),
        "feature": row.get("feature", ""),
        "country_code": row.get("country_code") or row.get("iso2", ""),
        "radius_km": float(row["radius_km"] or SITE_RADIUS_KM),
        "names": split(row.get("aliases")),
        "demonyms": split(row.get("demonyms")),
    }
    return Entry(**(columns | fields))


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file of the data folder; raises ReferenceDataError where it is missing."""
    try:
        with (
            gzip.open(path, "rt", encoding="utf-8", newline="")
            if path.suffix == ".gz"
            else path.open(encoding="utf-8", newline="") as lines
        ):
            return list(csv.DictReader(lines))
    except OSError as error:
        raise ReferenceDataError(f"cannot read gazetteer source {path.name}: {error.strerror}") from error


def split(values: str | None) -> tuple[str, ...]:
    """The values of a field that a bar separates."""
    return tuple(v.strip() for v in (values or "").split("|") if v.strip())


def without_kind(name: str) -> str:
    """The name without a leading or trailing word for the kind of division ("Akre District" -> "Akre")."""
    words = name.split()
    if len(words) > 1 and words[-1].casefold() in KINDS:
        words = words[:-1]
    if len(words) > 2 and words[0].casefold() in KINDS and words[1].casefold() in ("of", "de", "du", "d'"):
        words = words[2:]
    return " ".join(words)


def town_radius(people: int) -> float:
    """Kilometres from a town's point within which its built-up area lies."""
    low, high = TOWN_RADIUS
    return round(min(high, max(low, math.sqrt(max(people, 0) / TOWNS_A_KM2 / math.pi) * 1.3)), 1)

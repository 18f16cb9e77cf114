"""The gazetteer as a geopy geocoder, and online geopy services behind the same interface, off unless asked for.

The only file that may reach the network: names in reports are sensitive, so nothing is sent anywhere unless a service
is named by the user.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from geopy.exc import GeocoderServiceError, GeopyError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import get_geocoder_for_service
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from extract.errors import ReferenceDataError
from geo import locate
from geo.candidates import TOWNS
from geo.gazetteer import Gazetteer
from geo.records import Candidate

USER_AGENT = "dateline/0.1 (conflict report reader)"
TIMEOUT_S = 10
LEAST_PAUSE_S = 1.1
"""Nominatim's usage policy allows one request a second."""
DOWNLOAD_TIMEOUT_S = 60
PARTIAL_CONTENT = 206
CACHE_DAYS = 90
ONLINE_RADIUS_KM = 5.0


class GazetteerGeocoder(Geocoder):  # type: ignore[misc]
    """geopy's interface over the local gazetteer; ``Location.raw`` is the Candidate."""

    def __init__(self, gazetteer: Gazetteer, **options: Any) -> None:
        super().__init__(**options)
        self.gazetteer = gazetteer

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: object = DEFAULT_SENTINEL,
        country: str | None = None,
        admin1: str | None = None,
        limit: int = 10,
    ) -> Location | list[Location] | None:
        """The best Location of a name, or all as a list; None where nothing fits."""
        answers = locate.lookup(self.gazetteer, query, country=country, admin1=admin1, limit=limit)
        found = [_location(c) for c in answers]
        if not found:
            return None
        return found[0] if exactly_one else found

    def reverse(
        self, query: Any, *, exactly_one: bool = True, timeout: object = DEFAULT_SENTINEL
    ) -> Location | list[Location] | None:
        """The nearest towns to a point, within 50 km."""
        point = Point(query)
        near = self.gazetteer.nearest(point.latitude, point.longitude, TOWNS, within_km=50.0)
        found = [_location(c) for _, c in near[:10]]
        if not found:
            return None
        return found[0] if exactly_one else found


class OnlineHelp:
    """A geopy service with pause, time-out and disk cache. Every answer's ``method`` names the service."""

    def __init__(self, service: str, *, cache: Path, geocoder: Geocoder | None = None, **options: Any) -> None:
        self.service = service
        self._cache = cache
        self._geocoder = geocoder or _service(service, options)
        self._ask = RateLimiter(
            self._geocoder.geocode,
            min_delay_seconds=options.pop("pause_s", LEAST_PAUSE_S),
            max_retries=1,
            error_wait_seconds=2.0,
            swallow_exceptions=False,
        )

    def lookup(self, name: str, *, country: str | None = None, limit: int = 5) -> tuple[Candidate, ...]:
        """Candidates from the service or the cache; raises ReferenceDataError where the service does not answer."""
        key = json.dumps([self.service, name, country, limit], ensure_ascii=False)
        kept = self._kept(key)
        if kept is None:
            kept = self._answer(name, country, limit)
            self._keep(key, kept)
        return tuple(_candidate(self.service, row) for row in kept)

    def _answer(self, name: str, country: str | None, limit: int) -> list[dict[str, Any]]:
        options: dict[str, Any] = {"exactly_one": False}
        if country and self.service == "nominatim":
            options["country_codes"] = country.lower()
        try:
            found: Sequence[Location] = self._ask(name, **options) or []
        except (GeopyError, GeocoderServiceError, OSError) as error:
            raise ReferenceDataError(f"the geocoding service {self.service} did not answer: {error}") from error
        rows = [{"name": str(f.address), "lat": f.latitude, "lon": f.longitude, "raw": _plain(f.raw)} for f in found]
        return rows[:limit]

    def _kept(self, key: str) -> list[dict[str, Any]] | None:
        with closing(_open_cache(self._cache)) as db:
            row = db.execute("SELECT answer, at FROM answer WHERE question = ?", (key,)).fetchone()
        if row is None or time.time() - row[1] > CACHE_DAYS * 86400:
            return None
        answer: list[dict[str, Any]] = json.loads(row[0])
        return answer

    def _keep(self, key: str, rows: list[dict[str, Any]]) -> None:
        with closing(_open_cache(self._cache)) as db, db:
            db.execute("REPLACE INTO answer VALUES (?, ?, ?)", (key, json.dumps(rows, ensure_ascii=False), time.time()))


def fetch(url: str, target: Path) -> Path:
    """Downloads a file, going on from what an earlier try left; raises ReferenceDataError where that fails."""
    if target.exists():
        return target
    part = target.with_name(target.name + ".part")
    have = part.stat().st_size if part.exists() else 0
    headers = {"User-Agent": USER_AGENT} | ({"Range": f"bytes={have}-"} if have else {})
    try:
        with urlopen(Request(url, headers=headers), timeout=DOWNLOAD_TIMEOUT_S) as answer:
            resumed = have and answer.status == PARTIAL_CONTENT
            with part.open("ab" if resumed else "wb") as out:
                shutil.copyfileobj(answer, out, 1 << 20)
    except (OSError, ValueError) as error:
        raise ReferenceDataError(f"cannot download {url}: {error}") from error
    os.replace(part, target)
    return target


def online(cache: Path, environment: Callable[[str], str | None] = os.environ.get) -> OnlineHelp | None:
    """The service that DATELINE_GEOCODER names (nominatim, photon …), None where it is not set: off by default."""
    service = (environment("DATELINE_GEOCODER") or "").strip().lower()
    if not service:
        return None
    domain = environment("DATELINE_GEOCODER_DOMAIN")
    return OnlineHelp(service, cache=cache, **({"domain": domain} if domain else {}))


def _service(name: str, options: dict[str, Any]) -> Geocoder:
    given = {k: v for k, v in options.items() if k != "pause_s"}
    try:
        made: Geocoder = get_geocoder_for_service(name)(user_agent=USER_AGENT, timeout=TIMEOUT_S, **given)
    except (GeopyError, TypeError) as error:
        raise ReferenceDataError(f"no geocoding service {name!r} that can be used: {error}") from error
    return made


def _open_cache(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE IF NOT EXISTS answer (question TEXT PRIMARY KEY, answer TEXT, at REAL)")
    return db


def _location(one: Candidate) -> Location:
    parts = [one.name, one.admin1, one.country_code]
    return Location(", ".join(p for p in parts if p), Point(one.lat, one.lon), one)


def _candidate(service: str, row: dict[str, Any]) -> Candidate:
    raw = row.get("raw") or {}
    number = raw.get("osm_id") or raw.get("place_id") or f"{row['lat']:.5f},{row['lon']:.5f}"
    return Candidate(
        gazetteer_id=f"{service}:{number}",
        name=row["name"].partition(",")[0],
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        radius_km=ONLINE_RADIUS_KM,
        score=0.6,
        method=f"online {service}",
    )


def _plain(raw: object) -> dict[str, Any]:
    """The numbers and strings of a raw answer, which are what the cache needs to keep."""
    return {k: v for k, v in raw.items() if isinstance(v, (str, int, float))} if isinstance(raw, dict) else {}

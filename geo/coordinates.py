"""Coordinates written in a text: degrees, degrees-minutes-seconds, MGRS, UTM bands aside, and plus codes."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    """WGS 84 degrees with half the size of the written cell in km."""

    lat: float
    lon: float
    radius_km: float


_NUMBER = r"(\d{1,3}(?:[.,]\d+)?)"
_MARK = r"(?:°|º|deg(?:rees)?\b|d\b|\s)?"
_ANGLE = (
    rf"{_NUMBER}\s*{_MARK}\s*(?:{_NUMBER}\s*(?:['’′]|min\b|m\b|\s)\s*)?(?:{_NUMBER}\s*(?:[\"”″]|''|sec\b|s\b)?\s*)?"
)
_HEMISPHERES = re.compile(rf"^\s*([NS])?\s*{_ANGLE}([NS])?[\s,;/]+([EW])?\s*{_ANGLE}([EW])?\s*$", re.IGNORECASE)
_DECIMAL = re.compile(r"^\s*\(?\s*([-+]?\d{1,2}(?:\.\d+)?)\s*°?\s*[,;\s]\s*([-+]?\d{1,3}(?:\.\d+)?)\s*°?\s*\)?\s*$")
_MGRS = re.compile(
    r"^\s*(?:MGRS\s*:?\s*)?(\d{1,2})([C-HJ-NP-X])\s*([A-HJ-NP-Z])([A-HJ-NP-V])\s*(\d{2,10}|\d{1,5}\s+\d{1,5})\s*$", re.I
)
_PLUS = re.compile(r"^\s*([23456789CFGHJMPQRVWX]{8})\+([23456789CFGHJMPQRVWX]{2,3})?\s*$", re.IGNORECASE)


def parse(text: str) -> Point | None:
    """The point that the text writes, None where it is no coordinate or lies off the globe."""
    for read in (_decimal, _hemispheres, _mgrs, _plus):
        point = read(text)
        if point and -90 <= point.lat <= 90 and -180 <= point.lon <= 180:
            return point
    return None


def _decimal(text: str) -> Point | None:
    match = _DECIMAL.match(text)
    if not match or "." not in match[1] + match[2]:
        return None
    digits = min(len(part.partition(".")[2]) for part in match.groups())
    return Point(float(match[1]), float(match[2]), _cell(10.0**-digits))


def _hemispheres(text: str) -> Point | None:
    match = _HEMISPHERES.match(text)
    if not match:
        return None
    a, lat_d, lat_m, lat_s, b, c, lon_d, lon_m, lon_s, d = match.groups()
    if not (a or b) or not (c or d):
        return None
    north, east = _angle(lat_d, lat_m, lat_s), _angle(lon_d, lon_m, lon_s)
    if north is None or east is None:
        return None
    step = 1 / 3600 if lat_s else 1 / 60 if lat_m else 10.0 ** -len(lat_d.replace(",", ".").partition(".")[2])
    sign_lat = -1 if (a or b).upper() == "S" else 1
    sign_lon = -1 if (c or d).upper() == "W" else 1
    return Point(round(sign_lat * north, 6), round(sign_lon * east, 6), _cell(step))


def _angle(degrees: str, minutes: str | None, seconds: str | None) -> float | None:
    parts = [float((p or "0").replace(",", ".")) for p in (degrees, minutes, seconds)]
    return None if parts[1] >= 60 or parts[2] >= 60 else parts[0] + parts[1] / 60 + parts[2] / 3600


def _cell(step_deg: float) -> float:
    return max(0.05, round(step_deg * 111.0 / 2, 3))


def _plus(text: str) -> Point | None:
    """Open Location Code, full codes only."""
    match = _PLUS.match(text)
    if not match:
        return None
    alphabet = "23456789CFGHJMPQRVWX"
    digits = [alphabet.index(c) for c in (match[1] + (match[2] or "")[:2]).upper()]
    lat, lon, size = -90.0, -180.0, 20.0
    for i in range(0, len(digits), 2):
        lat, lon = lat + digits[i] * size, lon + digits[i + 1] * size
        size /= 20.0
    size *= 20.0
    return Point(round(lat + size / 2, 6), round(lon + size / 2, 6), _cell(size))


def _mgrs(text: str) -> Point | None:
    """Military grid reference to the middle of its cell."""
    match = _MGRS.match(text)
    if not match:
        return None
    zone, band = int(match[1]), match[2].upper()
    digits = match[5].split()
    if len(digits) == 1:
        if len(digits[0]) % 2:
            return None
        digits = [digits[0][: len(digits[0]) // 2], digits[0][len(digits[0]) // 2 :]]
    if not 1 <= zone <= 60 or len(digits[0]) != len(digits[1]):
        return None
    cell = 10.0 ** (5 - len(digits[0]))
    column = ("ABCDEFGH", "JKLMNPQR", "STUVWXYZ")[(zone - 1) % 3].find(match[3].upper())
    row = "ABCDEFGHJKLMNPQRSTUV".find(match[4].upper())
    if column < 0 or row < 0:
        return None
    east = (column + 1) * 100_000 + int(digits[0]) * cell + cell / 2
    row = (row - (5 if zone % 2 == 0 else 0)) % 20
    north = row * 100_000 + int(digits[1]) * cell + cell / 2
    least = _northing((-80 + 8 * "CDEFGHJKLMNPQRSTUVWX".index(band)), zone, band)
    while north < least - 100_000:
        north += 2_000_000
    lat, lon = _from_utm(zone, east, north - (10_000_000 if band < "N" else 0))
    return Point(round(lat, 6), round(lon, 6), max(0.05, cell / 2000))


def _northing(lat: float, zone: int, band: str) -> float:
    """Northing of a latitude on the zone's middle meridian, near enough to choose the 2,000 km block."""
    metres = lat * 110_946.0 if abs(lat) < 1 else _meridian(math.radians(lat)) * 0.9996
    return metres + (10_000_000 if band < "N" else 0)


_A, _E2 = 6378137.0, 0.00669437999014


def _meridian(lat: float) -> float:
    e4, e6 = _E2**2, _E2**3
    return _A * (
        (1 - _E2 / 4 - 3 * e4 / 64 - 5 * e6 / 256) * lat
        - (3 * _E2 / 8 + 3 * e4 / 32 + 45 * e6 / 1024) * math.sin(2 * lat)
        + (15 * e4 / 256 + 45 * e6 / 1024) * math.sin(4 * lat)
        - (35 * e6 / 3072) * math.sin(6 * lat)
    )


def _from_utm(zone: int, east: float, north: float) -> tuple[float, float]:
    """Inverse transverse Mercator on WGS 84 by the usual series (USGS Professional Paper 1395, eqs. 8-12 to 8-25)."""
    mu = north / 0.9996 / (_A * (1 - _E2 / 4 - 3 * _E2**2 / 64 - 5 * _E2**3 / 256))
    e1 = (1 - math.sqrt(1 - _E2)) / (1 + math.sqrt(1 - _E2))
    foot = mu + (1.5 * e1 - 27 * e1**3 / 32) * math.sin(2 * mu) + (21 * e1**2 / 16 - 55 * e1**4 / 32) * math.sin(4 * mu)
    foot += (151 * e1**3 / 96) * math.sin(6 * mu)
    ep2 = _E2 / (1 - _E2)
    c, t = ep2 * math.cos(foot) ** 2, math.tan(foot) ** 2
    w = 1 - _E2 * math.sin(foot) ** 2
    n, r = _A / math.sqrt(w), _A * (1 - _E2) / w**1.5
    d = (east - 500_000) / (n * 0.9996)
    lat = foot - (n * math.tan(foot) / r) * (
        d**2 / 2
        - (5 + 3 * t + 10 * c - 4 * c**2 - 9 * ep2) * d**4 / 24
        + (61 + 90 * t + 298 * c + 45 * t**2 - 252 * ep2 - 3 * c**2) * d**6 / 720
    )
    fifth = 5 - 2 * c + 28 * t - 3 * c**2 + 8 * ep2 + 24 * t**2
    lon = (d - (1 + 2 * t + c) * d**3 / 6 + fifth * d**5 / 120) / math.cos(foot)
    return math.degrees(lat), math.degrees(lon) + zone * 6 - 183

"""Phrases that place something relative to a named place: distances, bearings, "near", "between", "outskirts of"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.patterns import any_case
from extract.records import Relation, RelationKind, Span

KM = {"km": 1.0, "mi": 1.609344, "m": 0.001, "yd": 0.0009144, "ft": 0.0003048, "nm": 1.852}
BEARINGS = {
    "north": 0.0, "north north east": 22.5, "north east": 45.0, "east north east": 67.5, "east": 90.0,
    "east south east": 112.5, "south east": 135.0, "south south east": 157.5, "south": 180.0,
    "south south west": 202.5, "south west": 225.0, "west south west": 247.5, "west": 270.0,
    "west north west": 292.5, "north west": 315.0, "north north west": 337.5,
}  # fmt: skip
_LETTERS = {"n": "north", "s": "south", "e": "east", "w": "west"}
_NUMBERS = {
    "a": 1.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0, "eight": 8.0,
    "nine": 9.0, "ten": 10.0, "eleven": 11.0, "twelve": 12.0, "fifteen": 15.0, "twenty": 20.0, "twenty-five": 25.0,
    "thirty": 30.0, "forty": 40.0, "fifty": 50.0, "sixty": 60.0, "seventy": 70.0, "eighty": 80.0, "ninety": 90.0,
    "a hundred": 100.0, "one hundred": 100.0, "half a": 0.5, "a few": 4.0, "several": 6.0, "a dozen": 12.0,
    "a couple of": 2.0, "some": 5.0, "dozens of": 30.0,
}  # fmt: skip
_SIDE = r"(?:north|south|east|west)(?:ern)?"
_SIDES = rf"{_SIDE}(?:[\s-]*{_SIDE}){{0,2}}"
_WAY = rf"(?:{_SIDES}|[nsew]{{1,3}}|(?:due|straight)\s+{_SIDE})(?:wards?)?"
_AMOUNT = (
    r"(?:\d{1,3}(?:[,\s]\d{3})+|\d+(?:[.,]\d+)?(?:\s*(?:-|–|to)\s*\d+(?:[.,]\d+)?)?|"
    + "|".join(re.escape(n) for n in sorted(_NUMBERS, key=len, reverse=True))
    + ")"
)
UNIT = r"(?:kilomet(?:er|re)s?|kms?|klicks?|miles?|mi|met(?:er|re)s?|m|yards?|feet|ft|nautical\s+miles?)"
_OF = r"(?:\s+(?:of|from|off|outside|away\s+from|out\s+of|beyond|inside|before))"
_CALLED = (
    r"(?:\s+(?:the|downtown|central))?(?:\s+(?:city|town|village|port|capital|district|province)(?:\s+of)?|"
    r"\s+(?:(?:military|international|civil)\s+)?(?:airport|airfield|air\s?base)\s+(?:of|at|in))?"
)

_OFFSET = any_case(
    rf"(?:(?:about|around|some|roughly|nearly|approximately|just|over|at|only)\s+)?"
    rf"(?P<amount>\b{_AMOUNT})[\s-]*(?P<unit>{UNIT})\b(?:\s*\([^)]{{1,30}}\))?"
    rf"(?:\s+(?:to\s+the\s+|in\s+the\s+)?(?P<way>{_WAY}))?(?:\s+(?:away|outside|distance))?{_OF}{_CALLED}\s+$"
)
_BEARING = any_case(
    rf"(?:\b(?:to\s+the\s+|in\s+the\s+)?(?P<way>{_SIDE}(?:[\s-]*{_SIDE})?))(?:\s+side)?\s+(?:of|from){_CALLED}\s+$"
)
_PART = any_case(rf"\b(?P<way>{_SIDE}(?:[\s-]*{_SIDE})?|central)(?:\s+part\s+of)?(?:\s+rural)?\s+$")
_NEAR = any_case(
    r"\b(?P<word>near(?:by)?(?:\s+to)?|close\s+to|adjacent\s+to|next\s+to|in\s+the\s+vicinity\s+of|vicinity\s+of|"
    r"(?:on|at|in|to)?\s*(?:the\s+)?(?:\w+ern\s+|\w+\s+)?outskirts\s+of|outside(?:\s+of)?|just\s+outside|"
    r"(?:in\s+)?(?:the\s+)?(?:\w+ern\s+|\w+\s+)?countryside\s+(?:of|around)|rural|(?:in\s+)?(?:the\s+)?suburbs?\s+of|"
    r"off\s+(?:the\s+)?(?:\w+\s+)?coast\s+of|off|around|surroundings\s+of|"
    r"along\s+the|along)"
    rf"{_CALLED}(?:\s+the)?\s+$"
)
_VILLAGE = any_case(
    r"\b(?:villages?|towns?|city|suburbs?|hamlet|neighbou?rhoods?|districts?|governorate|province|countryside|outskirts"
    r"|camp)\s+(?:of|called|named)\s+$"
)
_BETWEEN = any_case(rf"\bbetween{_CALLED}\s+$")
_AND = any_case(rf"^\s+(?:and|&){_CALLED}\s+$")
_AFTER = any_case(r"^(?:'s|’s)?\s+(?:\w+ern\s+)?(?P<word>outskirts|countryside|suburbs?|surroundings|hinterland)\b")
_LOOK_BACK = 110
"""Characters before a name that are searched; the longest phrase seen, with both units, has 95."""


@dataclass(frozen=True, slots=True)
class Found:
    """A relation and the kind of surroundings it names (outskirts, countryside, coast), if any."""

    relation: Relation
    hint: str | None = None


def find(text: str, names: Sequence[Span]) -> dict[Span, Found]:
    """The relation that each of the names stands in, where it does; ``names`` in order of their start."""
    found: dict[Span, Found] = {}
    for number, name in enumerate(names):
        following = names[number + 1] if number + 1 < len(names) else None
        one = _between(text, name, following) or _one(text, name)
        if one:
            found.setdefault(name, one)
    return found


def leads(text: str, start: int) -> bool:
    """True where the words before ``start`` can only go before a place: "north of", "5 km from", "the village of"."""
    before = text[max(0, start - _LOOK_BACK) : start]
    if not before.endswith(" "):
        return False
    led = _OFFSET.search(before) or _BEARING.search(before) or _VILLAGE.search(before)
    near = None if led else _NEAR.search(before)
    return bool(led or (near and near["word"].lower() not in ("around", "off", "outside", "along")))


def bearing(words: str) -> float | None:
    """Degrees clockwise from north for "north-east", "NE", "due east"; None where it is no direction."""
    text = words.strip()
    if re.fullmatch(r"[NSEWnsew]{1,3}", text):
        return BEARINGS.get(" ".join(_LETTERS[c] for c in text.lower()))
    sides = re.findall(r"north|south|east|west", text.lower())
    return BEARINGS.get(" ".join(sides))


def kilometres(amount: str, unit: str) -> float | None:
    """The distance in km; the middle of a range; None where the words are no number."""
    words = " ".join(amount.lower().split())
    if words in _NUMBERS:
        number: float | None = _NUMBERS[words]
    else:
        plain = re.sub(r"(?<=\d)[,\s](?=\d{3}\b)", "", words)
        parts = [float(p.replace(",", ".")) for p in re.findall(r"\d+(?:[.,]\d+)?", plain)]
        number = sum(parts) / len(parts) if parts else None
    return None if number is None else round(number * KM[_unit(unit)], 4)


def _unit(word: str) -> str:
    text = word.lower()
    if text.startswith("nautical"):
        return "nm"
    if text.startswith(("km", "kilo", "klick")):
        return "km"
    if text.startswith("mi"):
        return "mi"
    return {"y": "yd", "f": "ft"}.get(text[0], "m")


def _between(text: str, name: Span, following: Span | None) -> Found | None:
    if following is None or following.start - name.end > 40:
        return None
    start = _BETWEEN.search(text[max(0, name.start - 40) : name.start])
    if not start or not _AND.match(text[name.end : following.start]):
        return None
    begins = max(0, name.start - 40) + start.start()
    return Found(Relation("between", (name, following), Span(begins, following.end)))


def _one(text: str, name: Span) -> Found | None:
    base = max(0, name.start - _LOOK_BACK)
    before = text[base : name.start]
    if match := _OFFSET.search(before):
        way = bearing(match["way"]) if match["way"] else None
        distance = kilometres(match["amount"], match["unit"])
        kind: RelationKind = "offset" if way is not None else "near"
        return Found(Relation(kind, (name,), Span(base + match.start(), name.end), distance, way))
    if match := _BEARING.search(before):
        return _directed(base + match.start(), name, match["way"], "beyond")
    if match := _NEAR.search(before):
        return Found(Relation("near", (name,), Span(base + match.start(), name.end)), _surroundings(match["word"]))
    if match := _PART.search(before):
        return _directed(base + match.start(), name, match["way"], "part")
    if match := _AFTER.match(text[name.end : name.end + 30]):
        return Found(Relation("near", (name,), Span(name.start, name.end + match.end())), _surroundings(match["word"]))
    return None


def _directed(start: int, name: Span, way: str, hint: str) -> Found:
    return Found(Relation("direction", (name,), Span(start, name.end), None, bearing(way)), hint)


def _surroundings(word: str) -> str | None:
    text = word.lower()
    for kind in ("outskirts", "countryside", "suburb", "coast", "along"):
        if kind in text:
            return kind
    if text.startswith("rural"):
        return "countryside"
    return "coast" if text.strip() == "off" else None

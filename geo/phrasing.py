"""A place phrase taken apart: relations, kinds of place, alternatives and what contains them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from extract import place_relations
from extract.errors import InputError
from extract.records import Relation, Span
from geo.normalise import MAX_NAME

_KINDS = {
    "airport": "airport airbase airfield aerodrome",
    "village": "village villae hamlet farm farms town city subdistrict nahiya centre center",
    "district": "district county subdistrict municipality parish",
    "province": "governorate province oblast state region",
    "area": "area neighbourhood neighborhood suburb suburbs quarter camp street",
}
_PHRASES = ("refugee camp", "military airport", "international airport", "air base", "military base", "air field")
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_SIDE = r"(?:north|south|east|west)(?:ern)?(?:[\s-]*(?:east|west)(?:ern)?)?"
_SIDE_FIRST = re.compile(rf"^(?P<way>{_SIDE})\s+(?:part\s+of\s+)?(?P<name>.+)$", re.I)
_OFFSET_LAST = re.compile(
    r"^(?P<name>.+?),?\s+(?:about|some|around)?\s*(?P<amount>\d+(?:[.,]\d+)?)\s*(?P<unit>[a-z]+)\s+(?:to\s+the\s+)?"
    r"(?P<way>[a-z][a-z\s-]*?)$",
    re.IGNORECASE,
)
_ROAD = re.compile(
    r"^(?:the\s+)?(?:road\s+)?(?P<one>[^–—]+?)\s*(?:–|—|-|/|\bto\b)\s*(?P<other>[^–—]+?)"
    r"\s+(?:road|highway|axis|route|motorway)$",
    re.I,
)
_BETWEEN = re.compile(r"\bbetween\s+(?P<one>.+?)\s+(?:and|&)\s+(?P<other>.+?)(?:\s+in\s+.+)?$", re.I)
_EDGE = re.compile(
    r"^(?:on\s+|at\s+|in\s+)?(?:the\s+)?(?:\w+(?:[\s-]\w+)?\s+)?(?:edge|outskirts?|fringe|periphery)\s+of\s+(?P<name>.+)$",
    re.I,
)


def clean(name: str) -> str:
    """The name without control and direction marks; raises InputError where nothing or too much is left."""
    text = "".join(c for c in name if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    text = " ".join(text.split())
    if not text:
        raise InputError("the place name is empty")
    if len(text) > MAX_NAME:
        raise InputError(f"the place name has {len(text):,} characters; at most {MAX_NAME} are read")
    return text


def phrases(text: str) -> Iterator[tuple[Relation, tuple[str, ...], str | None]]:
    """Readings of the text as a relation: (relation, anchor names, surroundings)."""
    whole = Span(0, len(text))
    for pattern in (_BETWEEN, _ROAD):
        if match := pattern.search(text):
            yield Relation("between", (whole, whole), whole), (match["one"], match["other"]), None
    if match := _EDGE.match(text):
        yield Relation("near", (whole,), whole), (match["name"],), "outskirts"
    if match := _OFFSET_LAST.match(text):
        way = place_relations.bearing(match["way"])
        if way is not None and re.fullmatch(place_relations.UNIT, match["unit"], re.I):
            distance = place_relations.kilometres(match["amount"], match["unit"])
            yield Relation("offset", (whole,), whole, distance, way), (match["name"],), None
    for start in (m.start() for m in re.finditer(r"(?<=\s)\S", text)):
        found = place_relations.find(text, [Span(start, len(text))])
        for one in found.values():
            if one.relation.span.start <= 12 and one.hint != "part" and _whole(text, one.relation):
                yield one.relation, (text[start:],), one.hint
    if match := _SIDE_FIRST.match(text):
        way = place_relations.bearing(match["way"])
        yield Relation("direction", (whole,), whole, None, way), (match["name"],), "part"


def _whole(text: str, relation: Relation) -> bool:
    """True where nothing but small words stands before the relation."""
    return all(w.islower() and len(w) < 5 for w in text[: relation.span.start].split())


def spellings(text: str) -> Iterator[tuple[str, str | None, str | None]]:
    """(name, kind of place, name of what contains it) in the order they are tried."""
    yield text, None, None
    head, _, tail = text.partition(",")
    within = tail.strip().rpartition(",")[2].strip() or None if tail.strip() else None
    head = re.sub(r"^(?:at|in|the|of|near|next\s+to)\s+", "", head.strip(), flags=re.I)
    for part in _alternatives(head):
        bare, kind = without_kind(part)
        if kind or part != text:
            yield part, kind, within
        if bare and bare != part:
            yield bare, kind, within
    inner = re.match(r"^(?P<what>.+?)\s+(?:in|of)\s+(?P<within>.+)$", head)
    if inner:
        bare, kind = without_kind(inner["what"])
        yield bare or inner["what"], kind, inner["within"]


def _alternatives(head: str) -> Iterator[str]:
    """ "A (B) village", "A/B village" -> "A village", "B village"."""
    _, kind = without_kind(head)
    last = head.split()[-1] if kind else ""
    yield head
    outer = re.sub(r"\s*\([^)]*\)", "", head).strip()
    if outer != head:
        yield outer
        yield from (f"{inner} {last}".strip() for inner in re.findall(r"\(([^)]+)\)", head))
    if "/" in head:
        parts = [p.strip() for p in head.split("/")]
        yield from (p if p.endswith(last) else f"{p} {last}".strip() for p in parts if p)


def without_kind(text: str) -> tuple[str, str | None]:
    low = text.lower()
    for phrase in _PHRASES:
        if low.endswith(" " + phrase):
            return text[: -len(phrase) - 1].strip(), "airport" if "air" in phrase else "area"
    first, _, rest = text.partition(" of ")
    if rest and first.lower().split()[-1:] and first.lower().split()[-1] in _KIND_OF:
        return rest, _KIND_OF[first.lower().split()[-1]]
    head, _, last = text.rpartition(" ")
    if head and last.lower() in _KIND_OF:
        return head, _KIND_OF[last.lower()]
    return text, None

"""KML -> features. Entities are not resolved, and links to other files are not followed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import shapely
from lxml import etree

from data.overlays.geometry import Feature, place
from data.overlays.records import LONGEST_NAME
from extract.errors import InputError

_SHAPES = ("Point", "LineString", "LinearRing", "Polygon")


def features(raw: bytes) -> Iterator[Feature]:
    """Every placemark of the file. Raises InputError where it is no KML."""
    parser = etree.iterparse(
        io.BytesIO(raw), events=("start", "end"), resolve_entities=False, no_network=True, huge_tree=False,
        load_dtd=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    root = ""
    try:
        for event, node in parser:
            tag = _local(node)
            if not root:
                root = tag
                _check(root)
            if event == "end" and tag == "Placemark":
                yield _placemark(node)
                node.clear()
    except etree.XMLSyntaxError as error:
        raise InputError(f"it is no well-formed XML: {str(error)[:120]}") from error


def _check(root: str) -> None:
    if root != "kml":
        raise InputError(f"it is XML but no KML: its outermost element is {root[:40]!r}")


def _local(node: Any) -> str:
    return str(node.tag).rpartition("}")[2]


def _placemark(node: Any) -> Feature:
    name = next((" ".join((one.text or "").split()) for one in node if _local(one) == "name"), "")[:LONGEST_NAME]
    try:
        pieces = [_piece(one) for one in _outermost(node)]
    except (ValueError, shapely.errors.GEOSException) as error:
        return Feature(name, problem=f"its coordinates cannot be read: {str(error)[:80]}")
    if not pieces:
        return Feature(name, problem="it has no point, line or area")
    return Feature(name, pieces[0] if len(pieces) == 1 else shapely.geometrycollections(pieces))


def _outermost(node: Any) -> Iterator[Any]:
    """The shapes of a placemark; the rings of an area are its own."""
    for one in node:
        if _local(one) in _SHAPES:
            yield one
        else:
            yield from _outermost(one)


def _piece(node: Any) -> Any:
    kind = _local(node)
    if kind == "Point":
        return shapely.Point(_places(node)[0])
    if kind != "Polygon":
        return shapely.LineString(_places(node))
    rings: dict[str, list[Any]] = {"outerBoundaryIs": [], "innerBoundaryIs": []}
    for edge in node:
        if _local(edge) in rings:
            rings[_local(edge)].append(_places(edge))
    if not rings["outerBoundaryIs"]:
        raise ValueError("an area without an outer edge")
    return shapely.Polygon(rings["outerBoundaryIs"][0], rings["innerBoundaryIs"])


def _places(node: Any) -> list[tuple[float, float]]:
    text = next((one.text or "" for one in node.iter() if _local(one) == "coordinates"), "")
    numbers = [triple.split(",") for triple in text.split()]
    if not numbers:
        raise ValueError("there are none")
    return [place(float(one[0]), float(one[1])) for one in numbers if len(one) >= 2]

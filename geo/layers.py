"""Incidents and a view -> folium layers; the only file that imports folium, and where text is made safe for the map.

One map that never changes, so that its frame is never loaded anew, and one layer whose whole content is a JSON literal.
The scripts in ``static/`` set every word by ``textContent``; no incident has a Marker, Popup or Tooltip of folium's,
since those put text into a JavaScript template literal.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import folium
from folium.elements import JSCSSMixin
from folium.template import Template

from geo.cells import Box, Cell

# From the map component's frame at <base>/component/<name>/index.html to what Streamlit serves from static/.
ASSETS = "../../app/static/"
MAX_LABEL = 160
COUNTRY_ONLY = 6
Theme = Literal["light", "dark"]
Point = tuple[str, float, float, float, int, str, str, int, str]


@dataclass(frozen=True, slots=True)
class Family:
    """How a family of event types is drawn: an SVG path in a box of 24, and a colour for either theme.

    Every colour stands out from the land it lies on by at least 3:1 (WCAG 2.2, 1.4.11), and no two share a shape.
    """

    label: str
    path: str
    light: str
    dark: str


FAMILIES: Mapping[str, Family] = {
    "remote": Family("Air strike, shelling", "M12 3 22 20H2Z", "#c2410c", "#fb923c"),
    "bombing": Family(
        "Bomb or mine",
        "M12 2l2.9 6.6 7.1.7-5.4 4.7 1.6 7L12 17.3 5.8 21l1.6-7L2 9.3l7.1-.7Z",
        "#9d174d",
        "#f472b6",
    ),
    "battle": Family("Fighting", "M5 3l7 6 7-6 2 2-6 7 6 7-2 2-7-6-7 6-2-2 6-7-6-7Z", "#1d4ed8", "#60a5fa"),
    "violence": Family("Attack on people", "M12 2 21 12 12 22 3 12Z", "#6d28d9", "#c084fc"),
    "coercion": Family("Arrest, coercion", "M12 2 22 9.5 18 21H6L2 9.5Z", "#0f766e", "#2dd4bf"),
    "movement": Family("Movement", "M4 3 21 12 4 21 8 12Z", "#15803d", "#4ade80"),
    "disruption": Family("Interception", "M7 3h10l5 9-5 9H7l-5-9Z", "#0369a1", "#38bdf8"),
    "damage": Family("Damage", "M4 4h16v16H4Z", "#78350f", "#d6a37a"),
    "unrest": Family("Protest, unrest", "M12 3a9 9 0 1 0 .01 0Z", "#854d0e", "#facc15"),
    "diplomacy": Family("Truce, talks, aid", "M9 3h6v6h6v6h-6v6H9v-6H3V9h6Z", "#475569", "#cbd5e1"),
}
OTHER = Family("Other", "M12 7a5 5 0 1 0 .01 0Z", "#44403c", "#d6d3d1")


def script_json(value: Any) -> str:
    """The value as a JavaScript literal that cannot end the script, a string or a template that it stands in.

    The one place where text is escaped for the map: pure ASCII (so that no line separator or bidi mark is left), with
    the characters that HTML and template literals give a meaning to as ``\\u`` escapes. They occur in strings only.
    """
    text = json.dumps(value, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return "".join(f"\\u{ord(c):04x}" if c in "<>&'`$" else c for c in text)


def clip(text: object, limit: int = MAX_LABEL) -> str:
    """The text on one line of at most ``limit`` characters, for a label; an ellipsis tells that it was cut."""
    line = " ".join(str(text)[: 4 * limit].split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def families() -> dict[str, dict[str, str]]:
    """The legend as JSON: family -> label, path, light, dark."""
    return {
        key: {"label": f.label, "path": f.path, "light": f.light, "dark": f.dark}
        for key, f in {**FAMILIES, "other": OTHER}.items()
    }


# Colours for parties: apart from one another for the colour-blind too, and 3:1 from either land.
PARTY_COLOURS: Sequence[tuple[str, str]] = (
    ("#0f5fa8", "#6cb6ff"),
    ("#b3440b", "#ff9d5c"),
    ("#00734f", "#3fd6a0"),
    ("#a0206e", "#ff86c8"),
    ("#5b4a00", "#e8d44d"),
    ("#4b32a8", "#b8a4ff"),
    ("#8c1515", "#ff8a80"),
    ("#0b6f75", "#4fd8e0"),
)
# A mark's size by the highest number killed that is told: from so many on it grows by a step.
TOLL_STEPS = (1, 5, 20, 100)


def point(incident: Mapping[str, Any], *, family: str, label: str, party: str = "", killed: int | None = None) -> Point:
    """One drawable incident as a row of the layer.

    Its id, degrees, km, precision, family, party (a key of the payload's ``parties``), step of its toll, and a label.
    """
    place = incident["place"]
    known = family if family in FAMILIES else "other"
    lat, lon = round(float(place["lat"]), 5), round(float(place["lon"]), 5)
    step = sum(killed >= least for least in TOLL_STEPS) if killed else 0
    km = round(float(place["radius_km"]), 1)
    return (incident["id"], lat, lon, km, int(place["where_precision"]), known, party, step, clip(label, 70))


def base_map() -> folium.Map:
    """The constant map: no tiles, no data, assets from this server only."""
    serve_locally()
    base = folium.Map(location=(25, 30), zoom_start=2, tiles=None, world_copy_jump=True)
    base.options.update(min_zoom=2, max_zoom=18, zoom_snap=0.5)
    base.add_child(_Base())  # type: ignore[no-untyped-call]
    return base


@dataclass(frozen=True, slots=True)
class Drawing:
    """One update of the map.

    ``popup`` is the chosen incident's id, place, title and lines. ``extent`` is what the fit button shows, ``first``
    what a new map shows, ``view`` (lat, lon, zoom) what is shown as often as ``turn`` changes. ``parties`` maps a key
    to its name and its place in ``PARTY_COLOURS``, in the order of the legend; empty = coloured by kind.
    ``overlays`` are the layers beneath: key, version, name, and shapes ([kind, name, parts]) unless the map has them.
    """

    points: Sequence[Point] = ()
    cells: Sequence[Cell] = ()
    heat: Sequence[tuple[float, float, int]] = ()
    popup: Mapping[str, Any] | None = None
    extent: Box | None = None
    first: Box | None = None
    view: tuple[float, float, float] | None = None
    turn: int = 0
    theme: Theme = "light"
    base: str = "outlines"
    own_tiles: str = ""
    parties: Mapping[str, tuple[str, int]] | None = None
    sized: bool = False
    area: str = ""
    overlays: Sequence[Mapping[str, Any]] = ()


def incident_layer(drawing: Drawing) -> folium.FeatureGroup:
    """The layer of one update."""
    payload = {name: getattr(drawing, name) for name in Drawing.__dataclass_fields__}
    payload |= {"families": families(), "colours": PARTY_COLOURS}
    group = folium.FeatureGroup(name="incidents", control=False)
    group.add_child(_Draw(script_json(payload)))
    return group


class _Base(JSCSSMixin, folium.MacroElement):
    """Calls the drawing script once, when the frame is loaded."""

    default_js = [  # noqa: RUF012
        ("topojson", ASSETS + "topojson-client.min.js"),
        ("dateline_page", ASSETS + "dateline-page.js"),
        ("dateline", ASSETS + "dateline-map.js"),
        ("dateline_tools", ASSETS + "dateline-tools.js"),
        ("dateline_overlays", ASSETS + "dateline-overlays.js"),
    ]
    default_css = [("dateline_css", ASSETS + "dateline-map.css")]  # noqa: RUF012
    _template = Template(
        "{% macro script(this, kwargs) %}Dateline.base({{ this._parent.get_name() }}, '" + ASSETS + "');{% endmacro %}"
    )


class _Draw(folium.MacroElement):
    """Hands one update to the drawing script."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        # streamlit-folium only ever adds to its list of drawn layers, and has taken the earlier ones off by now.
        "window.feature_group = [];"
        "Dateline.draw(map_div, {{ this._parent.get_name() }}, {{ this.payload }});"
        "{% endmacro %}"
    )

    def __init__(self, payload: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "draw"
        self.payload = payload


LOCAL_JS: Mapping[str, str] = {"leaflet": "leaflet.js"}
LOCAL_CSS: Mapping[str, str] = {"leaflet_css": "leaflet.css"}


def serve_locally() -> None:
    """Point every asset of folium's classes at ``static/`` and drop those that this map has no use for.

    Scripts load one after the other and one that fails leaves the map blank, so nothing is left to other hosts.
    """
    for owner in _subclasses(JSCSSMixin):
        owner.default_js = _local(owner.default_js, LOCAL_JS)
        owner.default_css = _local(owner.default_css, LOCAL_CSS)


def _local(links: Sequence[tuple[str, str]], known: Mapping[str, str]) -> list[tuple[str, str]]:
    keep: Callable[[str, str], bool] = lambda name, link: name in known or link.startswith(ASSETS)  # noqa: E731
    return [(name, ASSETS + known[name] if name in known else link) for name, link in links if keep(name, link)]


def _subclasses(parent: Any) -> Iterator[Any]:
    for child in parent.__subclasses__():
        yield child
        yield from _subclasses(child)

"""Text for pictures: letters that the picture's own font does not have are written in Latin ones, never as boxes."""

from __future__ import annotations

from functools import cache

from anyascii import anyascii
from matplotlib.font_manager import FontProperties, findfont, get_font

from geo import layers

# It comes inside matplotlib, so that a picture is the same on every machine.
FONT = "DejaVu Sans"


def lettered(text: object, limit: int = layers.MAX_LABEL) -> str:
    """The text on one line that the font can write; what cannot be seen (control and direction marks) is left out."""
    line = "".join(one for one in layers.clip(text, limit) if one.isprintable())
    return layers.clip("".join(one if ord(one) in _letters() else anyascii(one) for one in line), limit)


@cache
def _letters() -> frozenset[int]:
    font = get_font(findfont(FontProperties(family=FONT), fallback_to_default=False))
    return frozenset(font.get_charmap())

"""Which paragraphs of a report describe wounds, bodies or cruelty: they stand behind a notice, and are a press away."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

Json = dict[str, Any]
# What is done to a body, not that somebody was killed: nearly every report tells of that.
_WORDS = re.compile(
    r"\b(?:behead|decapitat|dismember|mutilat|disembowel|eviscerat|castrat|crucif|immolat|flay|scalp(?:ed|ing)"
    r"|charred|corpses?\b|entrails|guts\b|body parts|severed|limbs\b|burn(?:ed|t) alive|burn(?:ed|t) (?:bodies|beyond)"
    r"|blown (?:apart|to pieces)|mangled|decompos|bloodied|pools? of blood|blood-soaked|mass graves?|torture"
    r"|gang[- ]rap|rap(?:ed|ing)\b|rape\b|sexual(?:ly)? (?:violence|assault|abus)|stoned to death|hacked to death)",
    re.IGNORECASE,
)


def which(paragraphs: Sequence[Sequence[Json]]) -> list[int]:
    """The places of those paragraphs (as ``card.paragraphs`` made them) that describe such things."""
    told = ("".join(piece["text"] for piece in paragraph) for paragraph in paragraphs)
    return [place for place, text in enumerate(told) if _WORDS.search(text)]

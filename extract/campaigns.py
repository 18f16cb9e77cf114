"""Who fights whom in general: "the campaign to defeat X", "the fight against X", with no day or place of its own.

Such words name two sides, not an incident; they are kept as background.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Span as Sentence

from extract.registry import PartyMention

_AGAINST = re.compile(
    r"\b(?:fight|fighting|war|campaign|battle|battling|struggle|efforts?|operations?|strikes?|airstrikes?|mission|"
    r"coalition|offensive|raids?)\b[^.;]{0,40}?\b(?:against|on)\b|"
    r"\b(?:defeat\w*|combat(?:ing|ting)?|degrad\w+|counter(?:ing)?|fight(?:ing)?|battl(?:e|ing)|dislodg\w+|eliminat\w+|"
    r"dismantl\w+|rout(?:ed|ing)?|liberat\w+ [^.;]{1,40} from)\b",
    re.I,
)
# The opponent's name follows within so many characters.
_NEAR = 45
_FOUGHT = frozenset(
    ("jihadist rebel militia separatist criminal cartel paramilitary military private-military").split()
)
_FIGHTING = _FOUGHT | {"government", "coalition", "police", "peacekeepers", "political"}


def sides(sentence: Sentence, parties: Sequence[PartyMention]) -> tuple[tuple[PartyMention, ...], PartyMention] | None:
    """(those who fight, whom they fight) where a sentence speaks of a campaign between named parties; else None."""
    here = [p for p in parties if sentence.start_char <= p.span.start < sentence.end_char and not p.general]
    for match in _AGAINST.finditer(sentence.text):
        end = sentence.start_char + match.end()
        fought = next((p for p in here if 0 <= p.span.start - end <= _NEAR and p.kind in _FOUGHT and not p.bare), None)
        if fought is None:
            continue
        fighting = [p for p in here if p.id != fought.id and p.kind in _FIGHTING]
        if fighting:
            return tuple({p.id: p for p in fighting}.values()), fought
    return None

"""Which language a text is in, by py3langid (an n-gram model; BSD licence)."""

from __future__ import annotations

import re

import py3langid

# Enough to tell the language; more only costs time.
_SAMPLE = 2000
# Short or shouted texts mislead the model: with this share of common English words a text is English.
_ENGLISH_SHARE = 0.12
_COMMON = frozenset(
    "the of and to in a was were on by that for with at from is it he as an killed said after near has have".split()
)


def of(text: str) -> str:
    """ISO 639-1 code of the language, ``und`` where the text has no letters."""
    sample = text[:_SAMPLE].lower()
    words = re.findall(r"[^\W\d_]+", sample)
    if not words:
        return "und"
    if sum(word in _COMMON for word in words) >= _ENGLISH_SHARE * len(words):
        return "en"
    code, _ = py3langid.classify(sample)
    return str(code) if len(words) >= 6 or not sample.isascii() else "en"

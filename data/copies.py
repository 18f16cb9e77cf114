"""Whether two reports are one text: a small fingerprint of the words, so that a copy is known without the words.

A fingerprint keeps the least of many scrambled hashes of the text's word sequences (MinHash: Broder, "On the
resemblance and containment of documents", 1997). The share of places in which two fingerprints agree estimates the
share of sequences that the two texts have in common.
"""

from __future__ import annotations

import re
import zlib
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from operator import eq

import numpy as np

SEQUENCE = 4
"""Words in a row that are hashed together."""
HASHES = 128
"""The estimate's standard error is then at most 0.045."""
COPY = 0.65
"""Share of the shorter text's sequences that are in the longer one, from which on the two are one source.

Of 88,000 pairs of news reports in hand none lay between 0.3 and 0.5; above stood rewritten bulletins of one publisher
(up to 0.64) and copies (from 0.63 on), as told in ``docs/events.md``."""
SURE = 0.3
"""Estimated share of all sequences of both texts below which the estimate's error would be taken for an excerpt."""
FIRST = 32
"""Hashes looked at first: of texts that share SURE of their sequences, one pair in 90,000 agrees in none of them."""
FEWEST = 12
"""Sequences below which a text is too short to be told a copy by its words."""
_WORD = re.compile(r"\w+")
_HIGH = np.uint64(32)
_factors = np.random.default_rng(2016).integers(1 << 63, size=HASHES, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_CHUNK = 4096


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """``least`` holds HASHES numbers below 2**32; ``size`` is how many different word sequences the text has."""

    least: tuple[int, ...]
    size: int


def fingerprint(text: str) -> Fingerprint | None:
    """The text's fingerprint; None where it is too short to be compared."""
    words = [word.lower() for word in _WORD.findall(text)]
    runs = {" ".join(words[n : n + SEQUENCE]) for n in range(len(words) - SEQUENCE + 1)}
    if len(runs) < FEWEST:
        return None
    hashed = np.fromiter((zlib.crc32(run.encode()) for run in runs), np.uint64, len(runs))
    least = np.full(HASHES, np.iinfo(np.uint64).max, np.uint64)
    for start in range(0, len(hashed), _CHUNK):
        # Multiplying modulo 2**64 and keeping the high bits scrambles a hash as well as a costlier function would.
        least = np.minimum(least, ((hashed[start : start + _CHUNK, None] * _factors) >> _HIGH).min(axis=0))
    return Fingerprint(tuple(int(n) for n in least), len(runs))


def shared(a: Fingerprint | None, b: Fingerprint | None) -> float:
    """Estimated share, 0 to 1, of the shorter text's word sequences that are also in the longer one."""
    if a is None or b is None:
        return 0.0
    if not any(map(eq, a.least[:FIRST], b.least[:FIRST])):
        return 0.0
    alike: float = sum(map(eq, a.least, b.least)) / HASHES
    if alike < SURE:
        return alike
    both = alike / (1 + alike) * (a.size + b.size)
    return min(1.0, both / min(a.size, b.size))


def is_copy(a: Fingerprint | None, b: Fingerprint | None) -> bool:
    """True where the two texts are one source: the same words, or one a part of the other."""
    return shared(a, b) >= COPY


def sources(prints: Sequence[Fingerprint | None]) -> list[int]:
    """For each text the place of the first one that it is a copy of, directly or by another; its own where of none."""
    first = list(range(len(prints)))
    for one, other in combinations(range(len(prints)), 2):
        if first[one] != first[other] and is_copy(prints[one], prints[other]):
            kept, gone = sorted((first[one], first[other]))
            first = [kept if n == gone else n for n in first]
    return first


def packed(one: Fingerprint) -> str:
    """The fingerprint as text, to be kept; ``unpacked`` gives it back."""
    return f"{one.size}:{b64encode(np.array(one.least, '<u4').tobytes()).decode()}"


def unpacked(text: str | None) -> Fingerprint | None:
    """The fingerprint of a packed one; None for a text that had none."""
    if not text:
        return None
    size, _, least = text.partition(":")
    return Fingerprint(tuple(np.frombuffer(b64decode(least), "<u4").tolist()), int(size))

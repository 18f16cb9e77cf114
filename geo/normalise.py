"""Place names folded to keys: ``fold`` keeps the letters, ``skeleton`` keeps what transliterations agree on."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import groupby

from anyascii import anyascii

MAX_NAME = 200
"""Longest name looked at, in code points; the longest real ones (Bangkok's, Llanfair…) have 168 and 58."""

_LETTERS = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ə": "e"}
    | {"ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ـ": "", "ٱ": "ا", "ۀ": "ه"}
)
_DROPPED = re.compile(r"['’‘ʼʻʿʾ`´ʹʺ\"“”.]")
_GAP = re.compile(r"[\W_]+")
_ARTICLES = frozenset(
    (
        "al",
        "el",
        "ad",
        "ed",
        "ash",
        "esh",
        "as",
        "es",
        "ar",
        "er",
        "at",
        "et",
        "az",
        "ez",
        "an",
        "en",
        "adh",
        "ath",
        "ul",
        "ech",
    )
)
_MERGED_ARTICLE = re.compile(r"^[aeu](?:(sh|th|dh)\1|([sdrtzn])\2)(?=\w{2})")
_SOUNDS = (
    ("shch", "s"), ("tsch", "c"), ("tch", "c"), ("sch", "s"), ("sh", "s"), ("dzh", "j"), ("dj", "j"), ("zh", "j"),
    ("kh", "k"), ("ch", "k"), ("q", "k"), ("c", "k"), ("gh", "g"), ("ph", "f"), ("v", "f"), ("th", "t"), ("dh", "d"),
    ("ts", "s"), ("tz", "s"), ("x", "ks"), ("z", "s"),
)  # fmt: skip
"""What one sound is written as, longest first; each is replaced in the order given."""
_NO_VOWELS = str.maketrans("", "", "aeiouwyh")
_ASCII = str.maketrans(
    {chr(c): None for c in range(128) if chr(c) in "'`\"."}
    | {chr(c): " " for c in range(128) if not chr(c).isalnum() and chr(c) not in "'`\"."}
)


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """Lower case without diacritics, apostrophes or full stops, every other gap one space; "" for nothing nameable."""
    if name.isascii():
        return " ".join(name[:MAX_NAME].lower().translate(_ASCII).split())
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name[:MAX_NAME]).casefold())
    text = "".join(c for c in text if not unicodedata.combining(c)).translate(_LETTERS)
    return _GAP.sub(" ", _DROPPED.sub("", text)).strip()


@lru_cache(maxsize=65536)
def skeleton(folded: str) -> str:
    """Consonants that transliterations of one name share, from a folded name; "" where fewer than two remain.

    Articles go, doubled letters become one, q/kh/ch are k, and a vowel counts only at the beginning, so that
    "hasakah", "al hasaka" and "el hassake" agree.
    """
    text = folded if folded.isascii() else anyascii(folded).lower() if _cyrillic_or_latin(folded) else ""
    words = [_without_merged(w) for w in text.split() if w not in _ARTICLES]
    joined = "".join(_word_skeleton(w) for w in words)
    return "".join(c for c, _ in groupby(joined)) if len(joined) > 1 else ""


def _without_merged(word: str) -> str:
    """The word without an article that its first letter swallowed ("ezzor" -> "zor")."""
    return _MERGED_ARTICLE.sub(lambda m: m.group(1) or m.group(2), word) if word[:1] in ("a", "e", "u") else word


def without_article(folded: str) -> str:
    """The folded name without a leading Arabic article ("al raqqa" -> "raqqa", "الرقه" -> "رقه")."""
    first, _, rest = folded.partition(" ")
    if rest and first in _ARTICLES:
        return rest
    return folded[2:] if folded.startswith("ال") and len(folded) > 4 else folded


def _word_skeleton(word: str) -> str:
    for written, sound in _SOUNDS:
        if written in word:
            word = word.replace(written, sound)
    bare = word.lstrip("aeiou")
    return ("a" if bare != word else "") + bare[:1] + bare[1:].translate(_NO_VOWELS)


def _cyrillic_or_latin(text: str) -> bool:
    """True where every letter is Latin or Cyrillic, the scripts that anyascii gives vowels for."""
    return all(c < "\u0530" or "\u1e00" <= c < "\u1f00" for c in text)

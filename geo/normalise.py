"""Place names folded to keys: ``fold`` keeps the letters, ``skeleton`` keeps what transliterations agree on."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

MAX_NAME = 200
"""Longest name looked at, in code points; the longest real ones (Bangkok's, Llanfair…) have 168 and 58."""

_LETTERS = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ə": "e"}
    | {"ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ـ": "", "ٱ": "ا", "ۀ": "ه"}
)
_DROPPED = re.compile(r"['’‘ʼʻʿʾ`´ʹʺ\"“”.]")
_GAP = re.compile(r"[\W_]+")
_ARTICLE = re.compile(r"^(?:al|el|ad|ed|ash|esh|as|es|ar|er|at|et|az|ez|an|en|adh|ath|ul|ech)$")
_MERGED_ARTICLE = re.compile(r"^[aeu](?:(sh|th|dh)\1|([sdrtzn])\2)(?=\w{2})")
_SOUNDS = [
    (re.compile(p), r)
    for p, r in (
        (r"tch|tsch|tš|č", "c"),
        (r"sch|sh|š", "s"),
        (r"dzh|dj|zh|ž", "j"),
        (r"kh|ch|q|c", "k"),
        (r"gh", "g"),
        (r"ph|v", "f"),
        (r"th", "t"),
        (r"dh", "d"),
        (r"ts|tz", "s"),
        (r"x", "ks"),
        (r"z", "s"),
    )
]
_VOWELS = re.compile(r"(?<=\w)[aeiouwyh]+")


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """Lower case without diacritics, apostrophes or full stops, every other gap one space; "" for nothing nameable."""
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
    words = [_MERGED_ARTICLE.sub(lambda m: m.group(1) or m.group(2), w) for w in text.split() if not _ARTICLE.match(w)]
    joined = "".join(_word_skeleton(w) for w in words)
    return re.sub(r"(.)\1+", r"\1", joined) if len(joined) > 1 else ""


def without_article(folded: str) -> str:
    """The folded name without a leading Arabic article ("al raqqa" -> "raqqa", "الرقه" -> "رقه")."""
    first, _, rest = folded.partition(" ")
    if rest and _ARTICLE.match(first):
        return rest
    return folded[2:] if folded.startswith("ال") and len(folded) > 4 else folded


def _word_skeleton(word: str) -> str:
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return _VOWELS.sub("", re.sub(r"^[aeiou]+", "a", word))


def _cyrillic_or_latin(text: str) -> bool:
    """True where every letter is Latin or Cyrillic, the scripts that anyascii gives vowels for."""
    return all(c < "\u0530" or "\u1e00" <= c < "\u1f00" for c in text)

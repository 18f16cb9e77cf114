"""What words say of the intent behind a deed: a mistake, or deliberate."""

from __future__ import annotations

import re
from typing import Literal

Intent = Literal["mistake", "deliberate"]

_MISTAKE = re.compile(
    r"\b(?:mistak(?:e|en|enly)|errors?|by accident|accidental(?:ly)?|inadvertent(?:ly)?|unintentional(?:ly)?|"
    r"unintended|misidentified|mistook|friendly fire|misfired?|"
    r"(?:thought|believed|assumed) (?:that )?(?:they|it|he|she) (?:were|was|had been)|"
    r"did not know (?:who|whom|that|they))\b",
    re.IGNORECASE,
)
_DELIBERATE = re.compile(
    r"\b(?:deliberate(?:ly)?|intentional(?:ly)?|on purpose|purposely|premeditated|wilful(?:ly)?|willful(?:ly)?|"
    r"knowingly|calculated|planned in advance|in cold blood)\b",
    re.IGNORECASE,
)
# In the few words before: what turns the meaning round, and what leaves it open.
_NOT = re.compile(
    r"\b(?:not|no|never|neither|nor|without|denie[sd]|deny(?:ing)?|rejects?|rejected|cannot|hardly)\b|n't\b", re.I
)
_OPEN = re.compile(r"\b(?:if|whether|should|unless|possible|possibly|may have|might have|could have)\b", re.I)
# Said of others' words, in order to dismiss them.
_DISMISSED = re.compile(r"\b(?:convinces? no one|not credible|false|lies?|absurd|nonsense|fabricat\w+)\b", re.I)
BEFORE = 40
"""Characters before the word in which a "not" still belongs to it."""


def read(words: str) -> tuple[Intent, int, int] | None:
    """The intent that a sentence asserts, with where its word stands in it; None where it asserts none.

    "Not deliberate" says mistake and "not a mistake" says deliberate; "if it was an error" says nothing.
    """
    found = [("mistake", m) for m in _MISTAKE.finditer(words)] + [
        ("deliberate", m) for m in _DELIBERATE.finditer(words)
    ]
    for kind, match in sorted(found, key=lambda one: one[1].start()):
        before = words[max(0, match.start() - BEFORE) : match.start()]
        if _OPEN.search(words[: match.start()]) and not _NOT.search(before):
            continue
        turned = bool(_NOT.search(before)) != bool(_DISMISSED.search(words))
        other: Intent = "deliberate" if kind == "mistake" else "mistake"
        own: Intent = "mistake" if kind == "mistake" else "deliberate"
        return (other if turned else own), match.start(), match.end()
    return None

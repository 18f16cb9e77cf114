"""Figures of people that stand apart from the word for their outcome: "put the number of dead at 27", "dead: 18",
"nine with shrapnel wounds", and the parts of a figure told before, "three of them children".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span as Sentence
from spacy.tokens import Token

from extract.outcomes import outcome_of
from extract.patterns import any_case
from extract.quantities import NUMBER_WORD, value_of
from extract.records import Outcome

_N = rf"(?P<n>{NUMBER_WORD})\b"
_TOLL_AT = any_case(
    r"\b(?:toll|dead|killed|deaths?|wounded|injured|fatalities|casualties|"
    r"died)\b[^.;:]{0,90}?\b(?:at|to|reached|reaching|stands at|stood at|passed|exceeded|exceeds)\s+"
    rf"(?:from \w+ to )?(?:at least |more than |over |about |around |nearly |some |up to |as many as )*{_N}"
)
_BODIES = any_case(rf"\b{_N} (?:\w+ )?(?:bodies|corpses|dead bodies)\b")
_WOUNDS = any_case(
    rf"\b{_N} (?:\w+ )?(?:people|persons|men|women|children|patients|civilians|soldiers)? ?(?:with|"
    r"suffering(?: from)?|having) (?:\w+ ){0,3}(?:wounds|injuries)\b"
)
_LABEL = any_case(
    r"\b(?:dead|kill(?:ed|s)|martyred|deaths|fatalities|injure[ds]|wounded|injuries|missing)\s*[:=]?\s*"
    r"(?P<n>\d[\d,]*)(?=\s*(?:[,.;)]|and\b|$))"
)
_HURT_WORDS = any_case(r"\b(?:wounded|injure[ds]|hurt|injuries)\b")
_DEAD_WORDS = any_case(r"\b(?:dead|kill(?:ed|s)|martyred|deaths?|toll|fatalities|died|casualties)\b")
# What leads to a part of a figure told before, and what follows one.
PART_BEFORE = any_case(
    r"\b(?:includ\w+|among (?:them|whom|those|the (?:dead|victims|killed|wounded|injured))(?: \w+)?|"
    r"of (?:them|whom|these))\W+(?:(?:at least|also|some|about|as many as|were|are|is|was)\W+)*$"
)
PART_AFTER = any_case(
    r"^\s*(?:\w+ )?(?:(?:of|among) (?:them|whom|these|those|the (?:dead|victims|killed|deceased|wounded|injured|"
    r"attackers|assailants|gunmen))\b|(?:[\w'-]+ ){0,6}(?:was|were|is|are) (?:also )?among the "
    r"(?:dead|victims|killed|deceased|slain|wounded|injured|casualties)\b)"
)


@dataclass(frozen=True, slots=True)
class Counted:
    """A number of people by itself: ``outcome`` None where it is a part of the figure told before."""

    number: Token
    outcome: Outcome | None


def counted(sentence: Sentence) -> Iterator[Counted]:
    """The figures of a sentence that stand apart from their noun, then the parts of others."""
    text = sentence.text
    for pattern in (_TOLL_AT, _BODIES, _WOUNDS, _LABEL):
        for match in pattern.finditer(text):
            number = _number_at(sentence, match)
            if number is None:
                continue
            words = match.group() if pattern is not _TOLL_AT else match.group()[: match.start("n") - match.start()]
            hurt = bool(_HURT_WORDS.search(words)) and not _DEAD_WORDS.search(words)
            missing = words.lower().startswith("missing")
            yield Counted(number, "missing" if missing else "wounded" if hurt or pattern is _WOUNDS else "killed")
    yield from (Counted(number, None) for number in _parts(sentence))


def _number_at(sentence: Sentence, match: re.Match[str]) -> Token | None:
    span = sentence.char_span(*match.span("n"), alignment_mode="expand")
    number = span[0] if span is not None and len(span) else None
    return number if number is not None and value_of(number) is not None and not _is_clock(number) else None


def _parts(sentence: Sentence) -> Iterator[Token]:
    """The numbers that a figure told before includes: "including four children and two medics", "six of them"."""
    for token in sentence:
        if value_of(token) is None or token.ent_type_ in {"DATE", "TIME", "PERCENT", "MONEY"}:
            continue
        if is_part(token, token.i):
            yield token
            noun = token.head if token.dep_ == "nummod" else token
            yield from (c for c in noun.conjuncts if c.i > noun.i and not outcome_of(c) and c.pos_ in {"NOUN", "PROPN"})


def is_part(token: Token, first: int) -> bool:
    """True where the words before the token ``first`` or after ``token`` make a number part of another figure."""
    sentence = token.sent
    # Slices of tokens: a document puts its text together anew each time that it is asked for.
    before, after = sentence.doc[sentence.start : first].text_with_ws, sentence.doc[token.i + 1 : sentence.end].text
    return bool(PART_BEFORE.search(before[-60:]) or PART_AFTER.match(token.whitespace_ + after[:70]))


def _is_clock(number: Token) -> bool:
    """True for an hour, a year or a share."""
    after = number.doc[number.i + 1].lower_ if number.i + 1 < len(number.doc) else ""
    year = len(number.text) == 4 and number.text[:2] in {"19", "20"}
    return (
        year
        or number.ent_type_ in {"PERCENT", "MONEY"}
        or after in {"o'clock", "p.m.", "a.m.", "pm", "am", "percent", "%", "hours", ":", "per"}
    )

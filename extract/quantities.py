"""How many: numbers in figures and words, with the bounds that the words around them set."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Doc, Token

_SMALL = (
    "zero one two three four five six seven eight nine ten "
    "eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
_UNITS = {w: i for i, w in enumerate(_SMALL.split())}
_TENS = {w: 10 * (i + 2) for i, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
# Vague amounts -> the least that they mean; nothing is said of the most.
_VAGUE = {"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000, "tens": 20, "couple": 2, "dozen": 12}
_AT_LEAST = re.compile(
    r"\b(at least|more than|over|no fewer than|no less than|not less than|a minimum of|upwards of|above|"
    r"exceed\w*|surpass\w*|excess of|at a minimum)\W*$",
    re.I,
)
_AT_MOST = re.compile(
    r"\b(up to|as many as|at most|no more than|not more than|fewer than|less than|as high as|to up to)\W*$", re.I
)
_NUMBER = re.compile(r"^\d{1,3}(?:[, ]\d{3})+$|^\d+(?:\.\d+)?$")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of people as the words give it."""

    low: int | None
    high: int | None
    start: int
    end: int


def quantity_of(head: Token) -> Quantity | None:
    """The number that a phrase gives, with its bounds."""
    number = head if value_of(head) is not None else number_before(head)
    if number is None:
        return None
    first, last, value = _whole_number(number)
    doc, start = head.doc, head.sent.start
    lead = doc[max(start, first - 6) : first].text
    vague = doc[last].lower_ in _VAGUE and doc[last].lower_ not in {"dozen", "couple"}
    low: int | None = value
    high: int | None = None if vague else value
    lower = _range_start(doc, first)
    if lower:
        return Quantity(lower[1], value, lower[0], last)
    upper = _range_end(doc, last)
    if upper:
        return Quantity(value, upper[1], first, upper[0])
    if _AT_LEAST.search(lead):
        high = None
    elif _AT_MOST.search(lead):
        low, high = None, value
    return Quantity(low, high, first - (2 if low is None or (high is None and not vague) else 0), last)


def _range_start(doc: Doc, first: int) -> tuple[int, int] | None:
    """(token, value) of the lower end of "between 10 and 15" or "10 to 15", seen from the upper one."""
    if first < 2 or doc[first - 1].lower_ not in {"to", "-", "and", "or"}:
        return None
    low, between = value_of(doc[first - 2]), first > 2 and doc[first - 3].lower_ == "between"
    value = value_of(doc[first])
    if low is None or value is None or low >= value or (doc[first - 1].lower_ == "and" and not between):
        return None
    return None if _is_compound(doc[first - 2], doc[first]) else (first - 2, low)


def _range_end(doc: Doc, last: int) -> tuple[int, int] | None:
    """(token, value) of the upper end of "10 to 15" or "10-15"."""
    tokens = doc[last + 1 : last + 3]
    if len(tokens) == 2 and tokens[0].lower_ in {"to", "-", "and", "or"}:
        low, value = value_of(doc[last]), value_of(tokens[1])
        between = tokens[0].lower_ != "and" or (last > 0 and doc[last - 1].lower_ == "between")
        if low is not None and value is not None and value > low and between and not _is_compound(doc[last], tokens[1]):
            return tokens[1].i, value
    return None


def _is_compound(first: Token, second: Token) -> bool:
    """ "Twenty-five" is one number."""
    return first.lower_ in _TENS and second.lower_ in _UNITS


def number_before(head: Token) -> Token | None:
    """The number word of a noun phrase: a numeral or vague amount among its left modifiers, or "dozens of"."""
    if head.dep_ == "pobj" and head.head.lower_ == "of" and head.head.head.lower_ in _VAGUE:
        return head.head.head
    start = max(head.left_edge.i, head.i - 8, head.sent.start)
    for i in range(head.i - 1, start - 1, -1):
        token = head.doc[i]
        if value_of(token) is not None and not _is_age(token):
            return token
        if token.dep_ == "amod":
            continue
        if token.text in {",", ";"} or (token.pos_ in {"VERB", "ADP"} and token.lower_ not in {"of", "than", "at"}):
            return None
    return None


def _is_age(token: Token) -> bool:
    """ "A 12-year-old girl" is not twelve girls."""
    rest = token.doc[token.i + 1 : token.i + 4].text.lower()
    return rest.startswith(("-year", "year-old", "- year", "-month", "years old", ", of"))


def _whole_number(token: Token) -> tuple[int, int, int]:
    """(first token, last token, value) of a number written in several words."""
    doc, first, last = token.doc, token.i, token.i
    while first > token.sent.start and _joins(doc[first - 1], doc[first]):
        first -= 1
    while last + 1 < token.sent.end and _joins(doc[last], doc[last + 1]):
        last += 1
    total = part = 0
    for t in doc[first : last + 1]:
        value = value_of(t)
        if value is None:
            continue
        if t.lower_ in _SCALES:
            part = max(part, 1) * _SCALES[t.lower_]
            if t.lower_ != "hundred":
                total, part = total + part, 0
        elif t.lower_ == "dozen" and part:
            part *= 12
        else:
            part += value
    return first, last, total + part


def _joins(a: Token, b: Token) -> bool:
    """True where two neighbouring tokens are parts of one number."""
    if a.lower_ in _TENS and (b.lower_ in _UNITS or b.text == "-"):
        return True
    if a.text == "-" and b.lower_ in _UNITS and a.i and a.nbor(-1).lower_ in _TENS:
        return True
    return value_of(a) is not None and (b.lower_ in _SCALES or b.lower_ == "dozen") and a.lower_ not in _VAGUE


def value_of(token: Token) -> int | None:
    """The value of a number word, None for other words."""
    word = token.lower_
    if _NUMBER.match(word):
        value = float(word.replace(",", "").replace(" ", ""))
        return int(value) if value == int(value) and value < 10_000_000 else None
    if word in _UNITS:
        return _UNITS[word] if word != "one" or token.tag_ == "CD" else None
    return _TENS.get(word) or _SCALES.get(word) or _VAGUE.get(word)

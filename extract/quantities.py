"""How many: numbers in figures and words, with the bounds that the words around them set."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from extract.patterns import any_case

_SMALL = (
    "zero one two three four five six seven eight nine ten "
    "eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
_UNITS = {w: i for i, w in enumerate(_SMALL.split())}
_TENS = {w: 10 * (i + 2) for i, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_GROUPS = {"dozen": 12, "couple": 2}
# Vague amounts -> the least that they mean; nothing is said of the most.
_VAGUE = {"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000, "tens": 20, "millions": 2_000_000}
# "Hundreds of thousands": what the second word multiplies by.
_MULTIPLES = {"hundreds": 100, "thousands": 1000, "millions": 1_000_000}
_FEW = frozenset({"several", "few"})
_WORDS = {**_UNITS, **_TENS, **_SCALES, **_GROUPS, **_VAGUE}
_MONTHS = frozenset(m.lower() for m in (*calendar.month_name, *calendar.month_abbr) if m) | {"sept"}
_FILLER = r"\W+(?:(?:another|a|an|further|additional|some|estimated|about|around|the)\W+)*$"
_AT_LEAST = any_case(
    r"\b(?:at (?:the very )?least|(?<!no )(?<!not )more than|over|(?:no|not) (?:fewer|less) than|"
    r"a minimum of|upwards of|above|exceed\w*|surpass\w*|(?:in )?excess of|at a minimum|well past)" + _FILLER
)
_AT_MOST = any_case(
    r"\b(?:up to|as many as|at most|(?:no|not) more than|(?<!no )(?<!not )(?:fewer|less) than|as high as|a maximum of)"
    + _FILLER
)
_OR_MORE = any_case(r"^\s*(?:or more|plus|and counting|\+)(?:\W|$)")
_CHANGED = any_case(
    r"\b(?:rose|rise[ns]?|rising|climb\w*|increas\w*|jump\w*|soar\w*|grew|grown|gone|went|goes|revis\w*|rais\w*|up|"
    r"updat\w*|drop\w*|fell|lower\w*)\s+(?:\w+\s+){0,2}from\s*$"
)
_NUMBER = re.compile(r"^(?:\d{1,3}(?:[, ]\d{3})+|\d+(?:\.\d+)?)\+?$")
_LARGEST = 10_000_000
# A number in one word, for the patterns of others; compounds ("twenty-two") by their first part.
NUMBER_WORD = r"(?:\d[\d,]*|(?:" + "|".join(sorted(_WORDS, key=len, reverse=True)) + r")(?:-\w+)?)"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of people as the words give it: ``low`` or ``high`` None where open; token indices of its words."""

    low: int | None
    high: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Number:
    """A number written in one word or several: its first and last token; ``open`` where the words only give a floor."""

    first: int
    last: int
    value: int
    open: bool


def quantity_of(head: Token) -> Quantity | None:
    """The number that a phrase gives, with its bounds."""
    token = head if value_of(head) is not None else number_before(head) or _number_after(head)
    if token is None:
        return None
    number, doc = _whole(token), head.doc
    changed = _CHANGED.search(_lead(doc, _range_words(doc, number)))
    lower = _range_start(doc, number)
    if lower and not changed:
        return Quantity(lower.value, number.value, lower.first, number.last)
    upper = _range_end(doc, number)
    if upper:
        changed = _CHANGED.search(_lead(doc, number.first))
        return Quantity(upper.value if changed else number.value, upper.value, number.first, upper.last)
    return _bounded(doc, number)


def _bounded(doc: Doc, number: _Number) -> Quantity:
    lead = _lead(doc, number.first)
    if match := _AT_MOST.search(lead):
        return Quantity(None, number.value, _start_of(doc, number, match), number.last)
    if match := _AT_LEAST.search(lead):
        return Quantity(number.value, None, _start_of(doc, number, match), number.last)
    more = _OR_MORE.search(doc[number.last + 1 : number.last + 4].text) or doc[number.last].text.endswith("+")
    return Quantity(number.value, None if number.open or more else number.value, number.first, number.last)


def _lead(doc: Doc, first: int) -> str:
    """The words before a number, in its sentence, up to six."""
    words = doc[max(doc[first].sent.start, first - 6) : first]
    return doc[words.start : first].text_with_ws if len(words) else ""


def _start_of(doc: Doc, number: _Number, bound: re.Match[str]) -> int:
    """The token at which the words for the bound begin."""
    offset = doc[number.first].idx - len(bound.string) + bound.start()
    words = doc.char_span(offset, offset + 1, alignment_mode="expand")
    return words.start if words is not None else number.first


def _range_words(doc: Doc, number: _Number) -> int:
    lower = _range_start(doc, number)
    return lower.first if lower else number.first


def _range_start(doc: Doc, number: _Number) -> _Number | None:
    """The lower end of "between 10 and 15" or "10 to 15", seen from the upper one."""
    at = number.first
    if at < 2 or doc[at - 1].lower_ not in {"to", "-", "–", "and", "or"} or value_of(doc[at - 2]) is None:
        return None
    low = _whole(doc[at - 2])
    between = low.first > 0 and doc[low.first - 1].lower_ == "between"
    if low.last != at - 2 or low.value >= number.value or (doc[at - 1].lower_ == "and" and not between):
        return None
    return low


def _range_end(doc: Doc, number: _Number) -> _Number | None:
    """The upper end of "10 to 15" or "10-15", seen from the lower one."""
    at = number.last
    if at + 2 >= len(doc) or value_of(doc[at + 2]) is None:
        return None
    high = _whole(doc[at + 2])
    low = _range_start(doc, high)
    return high if low is not None and low.first == number.first else None


def number_before(head: Token) -> Token | None:
    """The number word of a noun phrase: a numeral or vague amount among its left modifiers, or "dozens of"."""
    if head.dep_ == "pobj" and head.head.lower_ == "of" and head.head.head.lower_ in {*_VAGUE, *_GROUPS}:
        return head.head.head
    start = max(head.left_edge.i, head.i - 8, head.sent.start)
    for i in range(head.i - 1, start - 1, -1):
        token = head.doc[i]
        if value_of(token) is not None and not is_age(token):
            return token
        if token.dep_ == "amod":
            continue
        if token.text in {",", ";"} or (token.pos_ in {"VERB", "ADP"} and token.lower_ not in {"of", "than", "at"}):
            return None
    return None


def _number_after(head: Token) -> Token | None:
    """ "A family of seven": the number that follows a word for people taken together."""
    for c in head.children:
        if c.dep_ == "prep" and c.lower_ == "of":
            return next((g for g in c.children if g.dep_ == "pobj" and value_of(g) is not None), None)
    return None


def is_age(token: Token) -> bool:
    """ "A 12-year-old girl" is not twelve girls, nor are "girls aged 12"."""
    rest = token.doc[token.i + 1 : token.i + 4].text.lower()
    aged = token.i > 0 and token.nbor(-1).lower_ in {"aged", "age", "ages"}
    return aged or rest.startswith(("-year", "year-old", "- year", "-month", "year old", "years old"))


def _whole(token: Token) -> _Number:
    """The number that a number word is part of."""
    doc, first, last = token.doc, token.i, token.i
    while first > token.sent.start and _joins(doc, first - 1):
        first -= 1
    while last + 1 < token.sent.end and _joins(doc, last):
        last += 1
    words = [t.lower_ for t in doc[first : last + 1]]
    if words[0] in _VAGUE:
        times = _MULTIPLES.get(words[-1], 1) if len(words) > 1 else 1
        return _Number(first, last, _VAGUE[words[0]] * times, True)
    return _Number(first, last, _folded(words), bool(_FEW & set(words)) or words[-1] in _VAGUE)


def _folded(words: list[str]) -> int:
    """The value of number words read from the left: "two hundred and seventy", "half a dozen", "3.5 million"."""
    total = part = 0.0
    for word in words:
        if word in _SCALES:
            part = max(part, 1) * _SCALES[word]
            if word != "hundred":
                total, part = total + part, 0.0
        elif word in _GROUPS:
            part = max(part, 1) * _GROUPS[word] * (0.5 if "half" in words else 1)
        elif word in _VAGUE:
            part = max(part, 1) * _MULTIPLES.get(word, 12)
        elif word in _FEW:
            part += 2
        else:
            part += _numeral(word) or 0
    return round(total + part)


def _joins(doc: Doc, i: int) -> bool:
    """True where the tokens i and i + 1 are parts of one number."""
    a, b = doc[i].lower_, doc[i + 1].lower_
    after = doc[i + 2].lower_ if i + 2 < len(doc) else ""
    before = doc[i - 1].lower_ if i else ""
    if a in _TENS and (b in _UNITS or (b in {"-", "–"} and after in _UNITS)):
        return True
    if b in _UNITS and a in {"-", "–"} and before in _TENS:
        return True
    if b in _SCALES or b in _GROUPS:
        return a in {"a", "an", *_FEW} or (_numeral(a) is not None and a not in _VAGUE)
    if b in _VAGUE and a in _FEW:
        return True
    if a in {"a", "half"} and b in {*_FEW, "a"}:
        return after in _SCALES or after in _GROUPS or after in _VAGUE
    return _goes_on(a, b, before, after)


def _goes_on(a: str, b: str, before: str, after: str) -> bool:
    """What follows "hundred" or "thousand": "and seventy", "fifty"; and "hundreds of thousands"."""
    if a in _VAGUE and b == "of":
        return after in _MULTIPLES
    if a == "of" and b in _MULTIPLES:
        return before in _VAGUE
    if a in _SCALES and b == "and":
        return (_WORDS.get(after) or _LARGEST) < _SCALES[a] and after not in _VAGUE
    if a == "and" and before in _SCALES:
        return (_WORDS.get(b) or _LARGEST) < _SCALES[before] and b not in _VAGUE
    return a in _SCALES and b in {**_UNITS, **_TENS}


def _numeral(word: str) -> float | None:
    if word[:1].isdigit() and _NUMBER.match(word):
        return float(word.rstrip("+").replace(",", "").replace(" ", ""))
    return _WORDS.get(word)


def value_of(token: Token) -> int | None:
    """The value of a number word by itself, None for other words and for the numbers of a date."""
    word = token.lower_
    value = _numeral(word)
    if value is None or value >= _LARGEST or (word == "one" and token.tag_ != "CD"):
        return None
    scaled = token.i + 1 < len(token.doc) and token.nbor(1).lower_ in _SCALES
    if value != int(value) and not scaled:
        return None
    return None if word[:1].isdigit() and _is_calendar(token, value) else int(value)


def _is_calendar(token: Token, value: float) -> bool:
    """True for the day or year of a written date: "4 March 2016", "March 4", "04-03-2016"."""
    doc, i = token.doc, token.i
    before = [doc[j].text for j in range(max(0, i - 3), i)]
    if 1900 <= value <= 2100 and len(token.text) == 4:
        return any(_is_month(w) for w in before) or before[-1:] in (["/"], ["-"])
    if value > 31:
        return False
    after = doc[i + 1] if i + 1 < len(doc) else None
    if after is not None and _is_month(after.text):
        return True
    counts = after is not None and after.tag_ in {"NNS", "NNPS", "JJ"}
    return bool(before) and _is_month(before[-1]) and not counts


def _is_month(word: str) -> bool:
    return word[:1].isupper() and word.lower().rstrip(".") in _MONTHS

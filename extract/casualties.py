"""How many: figures of killed, wounded, missing, abducted, detained and displaced, with whom they count.

A figure is read from the verb or noun that tells the outcome and the phrase that it governs; where the parse gives no
such phrase, from the nearest figure in the clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Span as Sentence
from spacy.tokens import Token

from extract.outcomes import outcome_of
from extract.quantities import Quantity, quantity_of, value_of
from extract.records import Outcome, Span, VictimKind
from extract.victims import victims

_PART = re.compile(
    r"\b(includ\w+|among (?:them|whom|those|the (?:dead|victims|killed|wounded|injured))|of (?:them|whom)|"
    r"\w+ of them)\W+(?:at least\W+|also\W+)?$",
    re.I,
)
_COLLECTIVE = frozenset(
    (
        "family police staff personnel crew people youth opposition dead wounded injured elderly missing "
        "crowd military army toll number rest body life casualty"
    ).split()
)
_NOT_PEOPLE = frozenset(
    (
        "year day week month hour minute km kilometer kilometre mile meter metre percent % dollar house home "
        "building vehicle car tank strike airstrike raid attack bomb rocket missile shell village town area "
        "time position base ton tonne weapon sortie drone aircraft plane truck bus school shop country "
        "province explosion blast warplane helicopter district neighborhood neighbourhood incident case round "
        "point site target checkpoint operation clash storey story animal sheep cattle cow livestock street "
        "apartment"
    ).split()
)
_TOLL_AT = re.compile(
    r"\b(?:number|toll|count|dead|killed|deaths?|wounded|injured|fatalities|casualties|"
    r"died)\b[^.;:]{0,90}?\b(?:at|to|reached|reaching|stands at|stood at)\s+(?:at least |more than |over |"
    r"about |around |nearly |some |up to |as many as )*(?P<n>[\w,-]+)",
    re.I,
)
_BODIES = re.compile(r"\b(?P<n>[\w,-]+) (?:\w+ )?(?:bodies|corpses|dead bodies)\b", re.I)
_WOUNDS = re.compile(
    r"\b(?P<n>[\w,-]+) (?:\w+ )?(?:people|persons|men|women|children|patients|civilians|soldiers)? ?(?:with|"
    r"suffering|having) (?:\w+ ){0,3}(?:wounds|injuries)\b",
    re.I,
)
_INCLUDED = re.compile(
    r"\b(?:including|includes|among them|among whom|of them|of whom)\W+(?:at least |also |some |about |as many as )?"
    r"(?P<n>[\w-]+) (?:\w+ )?(?:children|women|civilians|soldiers|policemen|officers|minors|girls|boys|journalists|"
    r"militants|fighters|rebels|people|others|students|infants|elderly|members|medics)\b",
    re.I,
)
_HURT_WORDS = re.compile(r"\b(?:wounded|injured|hurt|injuries)\b", re.I)
_DEAD_WORDS = re.compile(r"\b(?:dead|killed|deaths?|toll|fatalities|died|casualties)\b", re.I)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of people: ``low`` or ``high`` None where the words leave that side open; ``part`` of another figure.

    ``anchor`` is the token index of the outcome word, ``head`` that of the word for the people.
    """

    outcome: Outcome
    low: int | None
    high: int | None
    victims: str
    victim_kind: VictimKind
    span: Span
    text: str
    anchor: int
    head: int
    part: bool = False


def find(
    sentence: Sentence, people: Mapping[str, VictimKind], names: frozenset[int] = frozenset()
) -> tuple[Figure, ...]:
    """All figures of a sentence, left to right. ``names`` are the token indices that belong to names of persons."""
    found: list[Figure] = []
    for token in sentence:
        outcome = outcome_of(token)
        if outcome is None:
            continue
        for head in victims(token):
            figure = _figure(token, head, outcome, people, names)
            if figure:
                found.append(figure)
    found += list(_counted(sentence, people, names, tuple(found)))
    return _without_repeats(found)


def _counted(
    sentence: Sentence, people: Mapping[str, VictimKind], names: frozenset[int], found: Sequence[Figure]
) -> Iterator[Figure]:
    """Figures that stand apart from their noun: "put the number of dead at 27", "160 bodies",
    "nine with shrapnel wounds"."""
    for pattern, always in ((_TOLL_AT, None), (_BODIES, "killed"), (_WOUNDS, "wounded"), (_INCLUDED, "killed")):
        for match in pattern.finditer(sentence.text):
            span = sentence.char_span(*match.span("n"), alignment_mode="expand")
            number = span[0] if span is not None and len(span) else None
            if number is None or value_of(number) is None or _is_clock(number):
                continue
            words = match.group()[: match.start("n") - match.start()]
            hurt = bool(_HURT_WORDS.search(words)) and not _DEAD_WORDS.search(words)
            if pattern is _INCLUDED and (not found or found[0].low is None):
                continue
            if pattern is _INCLUDED:
                always = next((f.outcome for f in reversed(found) if f.span.start < number.idx), found[0].outcome)
            outcome: Outcome = always or ("wounded" if hurt else "killed")  # type: ignore[assignment]
            figure = _figure(number, number, outcome, people, names)
            if figure:
                yield figure


def _is_clock(number: Token) -> bool:
    """True for an hour, a year or a share."""
    after = number.doc[number.i + 1].lower_ if number.i + 1 < len(number.doc) else ""
    year = len(number.text) == 4 and number.text[:2] in {"19", "20"}
    return (
        year
        or number.ent_type_ in {"PERCENT", "MONEY"}
        or after in {"o'clock", "p.m.", "a.m.", "pm", "am", "percent", "%", "hours", ":", "per"}
    )


def _figure(
    anchor: Token, head: Token, outcome: Outcome, people: Mapping[str, VictimKind], names: frozenset[int]
) -> Figure | None:
    quantity = quantity_of(head)
    kind = _victim_kind(head, people)
    is_name = head.i in names
    noun = head if value_of(head) is None else _noun_of(head)
    if noun is not None and noun.lemma_.lower() in _NOT_PEOPLE:
        return None
    if quantity is None:
        is_name = is_name or _looks_named(head)
        known = is_name or people.get(noun.lower_ if noun is not None else "") is not None
        if not known:
            return None
        quantity = _one(head, is_name)
    left = min(quantity.start if quantity.start >= 0 else head.left_edge.i, head.i)
    right = max(head.i, quantity.end)
    words = head.doc[_phrase_start(head, left) : right + 1]
    span = Span(words.start_char, words.end_char)
    lead = head.sent.text[: max(0, head.doc[left].idx - head.sent.start_char)]
    return Figure(
        outcome,
        quantity.low,
        quantity.high,
        words.text,
        kind,
        span,
        words.text,
        anchor.i,
        head.i,
        bool(_PART.search(lead[-40:])),
    )


def _looks_named(head: Token) -> bool:
    """True for a proper noun that the model takes neither for a place nor for an organisation."""
    return (
        head.pos_ == "PROPN"
        and head.ent_type_ in {"", "PERSON"}
        and head.dep_ in {"nsubj", "nsubjpass", "dobj", "appos", "conj"}
    )


def _phrase_start(head: Token, left: int) -> int:
    """Where the words for the victims begin: the phrase without a leading preposition or clause."""
    edge = head.left_edge.i
    return min(left, max(edge, left - 6))


def _one(head: Token, is_name: bool) -> Quantity:
    """A single person where the words name one or say "a child"; else an unknown number."""
    alone = head.tag_ in {"NN", "NNP"} and head.lower_ not in _COLLECTIVE
    single = is_name or alone
    number = 1 if single else None
    return Quantity(number, number, -1, head.i)


def _noun_of(number: Token) -> Token | None:
    """The noun that a figure counts, where it counts one ("dozens of people", "12 of the soldiers")."""
    for c in number.children:
        if c.dep_ == "prep" and c.lower_ == "of":
            return next((g for g in c.children if g.dep_ == "pobj"), None)
    return number.head if number.dep_ == "nummod" else None


def _victim_kind(head: Token, people: Mapping[str, VictimKind]) -> VictimKind:
    """Civilian or combatant by the words of the phrase; unknown where they do not tell."""
    words = [t.lower_ for t in head.subtree if abs(t.i - head.i) <= 6]
    if "civilian" in words or "civilians" in words:
        return "civilian"
    noun = head if value_of(head) is None else _noun_of(head)
    own = people.get(noun.lower_) if noun is not None else None
    if own and own != "unknown":
        return own
    kinds = {people[w] for w in words if people.get(w, "unknown") != "unknown"}
    return kinds.pop() if len(kinds) == 1 else "unknown"


def _without_repeats(figures: list[Figure]) -> tuple[Figure, ...]:
    """One figure for one phrase and outcome, the first reading kept."""
    seen: dict[tuple[str, int], Figure] = {}
    for figure in sorted(figures, key=lambda f: (f.low is None and f.high is None, f.span)):
        key = (figure.outcome, figure.span.end)
        seen.setdefault(key, figure)
    return tuple(sorted(seen.values(), key=lambda f: f.span))

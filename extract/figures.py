"""One figure of people, and what the figures of a sentence come to together: company, repeats, parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Span as Sentence

from extract.patterns import any_case
from extract.records import Outcome, Span, VictimKind
from extract.victims import noun_of

_RAISED = any_case(
    r"\b(?:bring|brought|rais|tak|took|push|lift|rose|ris|climb|increas|mount|reach)\w*\b[^.;]{0,30}?"
    r"\b(?:toll|total|number|tally|count|figure)\b"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of people: ``low`` or ``high`` None where the words leave that side open; ``part`` of another figure.

    ``anchor`` is the token index of the outcome word, ``head`` that of the word for the people. ``cumulative`` marks
    what a long time took ("since 2011"), which is no single incident's.
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
    cumulative: bool = False


def together(group: Sequence[Figure], sentence: Sentence) -> list[Figure]:
    """Victims told in one breath as one figure ("a man, his wife and their three children"); those under arms stay
    apart, since they may be of two sides."""
    told: list[Figure] = []
    for one in group:
        last = told[-1] if told else None
        if last is None or not _of_one_kind(last, one):
            told.append(one)
            continue
        words = sentence.doc.text[last.span.start : one.span.end]
        kind: VictimKind = "civilian" if "civilian" in {last.victim_kind, one.victim_kind} else last.victim_kind
        told[-1] = replace(
            last, low=_sum(last.low, one.low), high=_sum(last.high, one.high), victims=words, victim_kind=kind,
            span=Span(last.span.start, one.span.end), text=words, part=last.part,
        )  # fmt: skip
    return told


def _of_one_kind(one: Figure, other: Figure) -> bool:
    counted = one.low is not None and other.low is not None and not other.part and other.span.start >= one.span.end
    return counted and "combatant" not in {one.victim_kind, other.victim_kind}


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def without_joint(sentence: Sentence, found: Sequence[Figure]) -> list[Figure]:
    """Without figures that two outcomes share ("killed or wounded 30"): how many of each nobody told."""
    doc = sentence.doc
    joint = {
        f.head
        for f in found
        for g in found
        if f.head == g.head
        and {f.outcome, g.outcome} == {"killed", "wounded"}
        and doc[g.anchor] in doc[f.anchor].conjuncts
        and doc[f.anchor].pos_ == doc[g.anchor].pos_
        and (f.low or f.high or 0) > 1
        and not {doc[f.anchor].lemma_, doc[g.anchor].lemma_} & {"die", "succumb"}
    }
    return [f for f in found if f.head not in joint]


def one_telling(sentence: Sentence, found: Sequence[Figure]) -> list[Figure]:
    """Without what a noun only says of whose number it is ("two of the wounded died"), and without the uncounted that
    stand beside counted ones."""
    heads = [f.head for f in found]
    whose = [f for f in found if heads.count(f.head) > 1 and noun_of(sentence.doc[f.head]) == sentence.doc[f.anchor]]
    counted = {f.anchor for f in found if f.low is not None or f.high is not None}
    empty = [f for f in found if f.low is None and f.high is None]
    empty = [f for f in empty if f.anchor in counted or (counted and sentence.doc[f.anchor].dep_ == "acl")]
    return [f for f in found if f not in whose and f not in empty]


def without_repeats(figures: Sequence[Figure]) -> list[Figure]:
    """One figure for one phrase and outcome, the wider words kept."""
    kept: list[Figure] = []
    for figure in sorted(figures, key=lambda f: (f.low is None and f.high is None, f.span.start - f.span.end)):
        if not any(figure.outcome == k.outcome and figure.span.overlaps(k.span) for k in kept):
            kept.append(figure)
    return sorted(kept, key=lambda f: f.span)


def described(found: Sequence[Figure], sentence: Sentence) -> list[Figure]:
    """The figures, a bare number counting whom the number before it counts ("killed nine people and injured 36")."""
    told: list[Figure] = []
    for figure in found:
        who, kind = figure.victims, figure.victim_kind
        if not who:
            last = next((f for f in reversed(told) if sentence.doc[f.head].tag_ in {"NNS", "NNPS"}), None)
            who, kind = (last.victims, last.victim_kind) if last is not None else (figure.text, kind)
        told.append(replace(figure, victims=who, victim_kind=kind))
    return told


def with_parts(sentence: Sentence, found: list[Figure]) -> tuple[Figure, ...]:
    """The figures with those marked that another includes: a breakdown that adds up, and what raised a toll."""
    raised = bool(_RAISED.search(sentence.text))
    for outcome in {f.outcome for f in found}:
        own = [i for i, f in enumerate(found) if f.outcome == outcome and not f.part and f.low]
        if len(own) < 2:
            continue
        rest = own[1:]
        counts = [found[i].low or 0 for i in own]
        if len(rest) > 1 and sum(counts[1:]) == counts[0]:
            parts = rest
        elif raised and counts[-1] == max(counts):
            parts = own[:-1]
        else:
            continue
        for i in parts:
            found[i] = replace(found[i], part=True)
    return tuple(found)

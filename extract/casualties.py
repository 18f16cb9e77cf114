"""How many: figures of killed, wounded, missing, abducted, detained and displaced, with whom they count.

A figure is read from the verb or noun that tells the outcome and the phrase that it governs; where the parse gives no
such phrase, from the nearest figure in the clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Span as Sentence
from spacy.tokens import Token

from extract import toll_words
from extract.outcomes import UNSURE, outcome_of
from extract.quantities import Quantity, quantity_of, value_of
from extract.records import Outcome, Span, VictimKind
from extract.syntax import climb, core
from extract.victims import victims

_COLLECTIVE = frozenset(
    (
        "family police staff personnel crew people youth opposition dead wounded injured elderly missing "
        "crowd military army toll number rest body life casualty press public population"
    ).split()
)
_PAIRS = frozenset("couple pair duo twins brothers-in-arms".split())
_NOT_PEOPLE = frozenset(
    (
        "year day week month hour minute km kilometer kilometre mile meter metre percent % dollar house home "
        "building vehicle car tank strike airstrike raid attack bomb rocket missile shell village town area "
        "time position base ton tonne weapon sortie drone aircraft plane truck bus school shop country "
        "province explosion blast warplane helicopter district neighborhood neighbourhood incident case round "
        "point site target checkpoint operation clash storey story animal sheep cattle cow livestock street "
        "howitzer gun rifle mortar launcher boat ship vessel warehouse shelter hut door tent motorcycle pickup "
        "apartment location bullet shot part occasion source witness report statement"
    ).split()
)
_ORDINALS = frozenset("second third fourth fifth sixth seventh eighth ninth tenth".split())
# So many words after "of" still say who the victims are.
_LONGEST_OF = 7
_RAISED = re.compile(
    r"\b(?:bring|brought|rais|tak|took|push|lift|rose|ris|climb|increas|mount|reach)\w*\b[^.;]{0,30}?"
    r"\b(?:toll|total|number|tally|count|figure)\b",
    re.I,
)
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
_PERIOD = re.compile(
    rf"\bsince (?:the (?:start|beginning|outbreak|war|conflict|coup|uprising|invasion)|early|late|mid|"
    rf"last (?:year|month)|(?:19|20)\d\d|{_MONTH})|"
    r"\b(?:so far|earlier) this (?:year|month)\b|\bthis year\b|\blast year\b|\bannually\b|\bto date\b|"
    r"\b(?:in|over|during|within|for) (?:the )?(?:past|last|previous|preceding) (?:\w+[ -]){0,3}"
    r"(?:weeks|months?|years?|decades?)\b|\b(?:in|over) (?:\w+ )?(?:\w+|\d+) (?:years|decades)\b|"
    r"\b(?:year|decade)s?(?:-long)?[ -](?:of )?(?:war|conflict|insurgency|violence|fighting)\b|"
    r"\bthese (?:\w+ )?(?:attacks|operations|strikes|raids|airstrikes|incidents|bombings|clashes)\b|"
    r"\b(?:during|in) the (?:civil war|conflict|war)\b",
    re.I,
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


def find(
    sentence: Sentence, people: Mapping[str, VictimKind], names: frozenset[int] = frozenset()
) -> tuple[Figure, ...]:
    """All figures of a sentence, left to right. ``names`` are the token indices that belong to names of persons."""
    found: list[Figure] = []
    for token in sentence:
        outcome = outcome_of(token)
        if outcome is None or any(c.dep_ == "neg" for c in token.children):
            continue
        group = [f for head in victims(token) if (f := _figure(token, head, outcome, people, names))]
        whole = [f for f in group if not f.part]
        found += _together(whole or group, sentence)
    found = _one_telling(sentence, _without_joint(sentence, found))
    found += list(_apart(sentence, people, names, found))
    return _with_parts(sentence, _described(_without_repeats(found), sentence))


def _apart(
    sentence: Sentence, people: Mapping[str, VictimKind], names: frozenset[int], found: Sequence[Figure]
) -> Iterator[Figure]:
    """Figures that stand apart from their noun, and parts of those found."""
    for one in toll_words.counted(sentence):
        outcome = one.outcome
        if outcome is None:
            before = [f for f in found if f.span.start < one.number.idx]
            if not before or before[-1].low is None:
                continue
            outcome = before[-1].outcome
        figure = _figure(one.number, one.number, outcome, people, names)
        if figure:
            yield replace(figure, part=True) if one.outcome is None else figure


def _figure(
    anchor: Token, head: Token, outcome: Outcome, people: Mapping[str, VictimKind], names: frozenset[int]
) -> Figure | None:
    quantity = quantity_of(head)
    is_name = head.i in names
    noun = head if value_of(head) is None else _noun_of(head)
    if anchor.lemma_.lower() in UNSURE and not is_name and people.get(noun.lower_ if noun is not None else "") is None:
        return None
    if _denied(head) or (noun is not None and noun.i != anchor.i and _is_thing(noun)):
        return None
    if quantity is None:
        is_name = is_name or _looks_named(head) or _has_who(head)
        known = is_name or _one_more(head) or people.get(noun.lower_ if noun is not None else "") is not None
        if not known:
            return None
        quantity = _one(head, is_name)
    words = head.doc[_phrase_start(head, quantity) : max(head.i, quantity.end) + 1]
    span = Span(words.start_char, words.end_char)
    saved = noun is not None and outcome == "killed" and outcome_of(noun) == "wounded"
    part = not saved and toll_words.is_part(head.doc[max(head.i, quantity.end)], words.start)
    kind = _victim_kind(head if noun is not None else (_counted_noun(anchor) or head), people)
    period = bool(_PERIOD.search(_clause(anchor)))
    told = noun if noun is not None else _counted_noun(anchor)
    who = _description(told, quantity) if told is not None and told.pos_ != "PRON" else ""
    return Figure(outcome, quantity.low, quantity.high, who, kind, span, words.text, anchor.i, head.i, part, period)


def _counted_noun(anchor: Token) -> Token | None:
    """Whom a toll counts: "the number of dead civilians", "the number of people killed"."""
    if anchor.dep_ in {"amod", "acl"} and anchor.head.tag_ in {"NNS", "NNPS"}:
        return anchor.head
    return None


def _description(noun: Token, quantity: Quantity) -> str:
    """Who the victims are, without their number: "members of the local Red Cross"."""
    first = _after_bar(core(noun)[0], noun)
    if quantity.start >= 0 and first <= quantity.end < noun.i:
        first = quantity.end + 1
    while first < noun.i and (noun.doc[first].tag_ in {"DT", ",", "RB", "JJR"} or noun.doc[first].is_punct):
        first += 1
    last = noun.i
    while last + 2 < len(noun.doc) and noun.doc[last + 1].text == "-" and not noun.doc[last].whitespace_:
        last += 2
    for c in noun.children:
        if c.dep_ == "prep" and c.lower_ == "of" and c.right_edge.i - last <= _LONGEST_OF:
            last = c.right_edge.i
    return noun.doc[first : last + 1].text


def _described(found: Sequence[Figure], sentence: Sentence) -> list[Figure]:
    """The figures, a bare number counting whom the number before it counts ("killed nine people and injured 36")."""
    told: list[Figure] = []
    for figure in found:
        who, kind = figure.victims, figure.victim_kind
        if not who:
            last = next((f for f in reversed(told) if sentence.doc[f.head].tag_ in {"NNS", "NNPS"}), None)
            who, kind = (last.victims, last.victim_kind) if last is not None else (figure.text, kind)
        told.append(replace(figure, victims=who, victim_kind=kind))
    return told


def _is_thing(noun: Token) -> bool:
    """True for what is counted but is nobody: times, measures, houses, arms ("two D-20")."""
    return noun.lemma_.lower() in _NOT_PEOPLE or any(c.isdigit() for c in noun.text)


def _denied(head: Token) -> bool:
    """ "No soldier", "neither of the pilots"."""
    return head.lower_ in {"neither", "none"} or any(c.lower_ in {"no", "neither"} for c in head.children)


def _looks_named(head: Token) -> bool:
    """True for a proper noun that the model takes neither for a place nor for an organisation."""
    return (
        head.pos_ == "PROPN"
        and head.ent_type_ in {"", "PERSON"}
        and head.dep_ in {"nsubj", "nsubjpass", "dobj", "appos", "conj"}
    )


def _has_who(head: Token) -> bool:
    """A proper noun that "who" goes on from is a person."""
    return head.pos_ == "PROPN" and any(
        c.dep_ == "relcl" and any(g.lower_ == "who" for g in c.children) for c in head.children
    )


def _one_more(head: Token) -> bool:
    """ "Another", "a third": one person beside those counted before."""
    alone = head.dep_ in {"nsubj", "nsubjpass", "dobj"}
    return alone and (
        head.lower_ == "another" or (head.lower_ in _ORDINALS and head.i > 0 and head.nbor(-1).lower_ == "a")
    )


def _phrase_start(head: Token, quantity: Quantity) -> int:
    """Where the words for the victims begin: the number with its bounds, or the noun phrase."""
    if quantity.start < 0 or quantity.start > head.i:
        return _after_bar(max(core(head)[0], head.i - 6), head)
    before = head.doc[quantity.start - 1] if quantity.start > head.sent.start else None
    wide = before is not None and (before.tag_ in {"DT", "PRP$"} or before.lower_ in {"about", "around", "nearly"})
    return quantity.start - 1 if wide else quantity.start


def _after_bar(first: int, head: Token) -> int:
    """Where a phrase begins that the parse drew over the bar of a headline ("Idlib | Woman killed")."""
    bars = [i for i in range(first, head.i) if head.doc[i].text in {"|", "/", "•"}]
    return bars[-1] + 1 if bars else first


def _one(head: Token, is_name: bool) -> Quantity:
    """A single person where the words name one or say "a child"; two for "both"; else an unknown number."""
    number: int | None = None
    if any(c.lower_ == "both" for c in head.children) or head.lemma_.lower() in _PAIRS:
        number = 2
    elif is_name or _one_more(head) or (head.tag_ in {"NN", "NNP", "JJ"} and head.lower_ not in _COLLECTIVE):
        number = 1
    return Quantity(number, number, -1, head.i)


def _noun_of(number: Token) -> Token | None:
    """The noun that a figure counts, where it counts one ("dozens of people", "12 of the soldiers")."""
    for c in number.children:
        if c.dep_ == "prep" and c.lower_ == "of":
            return next((g for g in c.children if g.dep_ == "pobj"), None)
    counted = number.dep_ == "nummod" and value_of(number.head) is None
    return number.head if counted and outcome_of(number.head) != "wounded" else None


def _victim_kind(head: Token, people: Mapping[str, VictimKind]) -> VictimKind:
    """Civilian or combatant by the words of the phrase; unknown where they do not tell."""
    others = {t.i for c in head.children if c.dep_ in {"conj", "appos"} for t in c.subtree}
    words = [t.lower_ for t in head.subtree if abs(t.i - head.i) <= 6 and t.i not in others]
    if "civilian" in words or "civilians" in words:
        return "civilian"
    noun = head if value_of(head) is None else _noun_of(head)
    own = people.get(noun.lower_) if noun is not None else None
    if own and own != "unknown":
        return own
    kinds = {people[w] for w in words if people.get(w, "unknown") != "unknown"}
    return kinds.pop() if len(kinds) == 1 else "unknown"


def _clause(anchor: Token) -> str:
    """The words of the anchor's own clause, without the clauses that hang on it or that it hangs on."""
    verb = next((t for t in climb(anchor) if t.pos_ in {"VERB", "AUX"}), anchor)
    below = {"advcl", "relcl", "ccomp", "conj", "parataxis", "acl", "xcomp"}
    out = {t.i for c in verb.children if c.dep_ in below and c.pos_ in {"VERB", "AUX"} for t in c.subtree}
    return " ".join(t.text for t in verb.subtree if t.i not in out)


def _together(group: Sequence[Figure], sentence: Sentence) -> list[Figure]:
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


def _without_joint(sentence: Sentence, found: Sequence[Figure]) -> list[Figure]:
    """Without figures that two outcomes share ("killed or wounded 30"): how many of each nobody told."""
    doc = sentence.doc
    joint = {
        (f.head, g.head)
        for f in found
        for g in found
        if f.head == g.head
        and {f.outcome, g.outcome} == {"killed", "wounded"}
        and doc[g.anchor] in doc[f.anchor].conjuncts
        and doc[f.anchor].pos_ == doc[g.anchor].pos_
        and (f.low or f.high or 0) > 1
        and not {doc[f.anchor].lemma_, doc[g.anchor].lemma_} & {"die", "succumb"}
    }
    return [f for f in found if (f.head, f.head) not in joint]


def _one_telling(sentence: Sentence, found: Sequence[Figure]) -> list[Figure]:
    """Without what a noun only says of whose number it is ("two of the wounded died"), and without the uncounted that
    stand beside counted ones."""
    heads = [f.head for f in found]
    whose = [f for f in found if heads.count(f.head) > 1 and _noun_of(sentence.doc[f.head]) == sentence.doc[f.anchor]]
    counted = {f.anchor for f in found if f.low is not None or f.high is not None}
    empty = [f for f in found if f.low is None and f.high is None and f.anchor in counted]
    return [f for f in found if f not in whose and f not in empty]


def _without_repeats(figures: Sequence[Figure]) -> list[Figure]:
    """One figure for one phrase and outcome, the wider words kept."""
    kept: list[Figure] = []
    for figure in sorted(figures, key=lambda f: (f.low is None and f.high is None, f.span.start - f.span.end)):
        if not any(figure.outcome == k.outcome and figure.span.overlaps(k.span) for k in kept):
            kept.append(figure)
    return sorted(kept, key=lambda f: f.span)


def _with_parts(sentence: Sentence, found: list[Figure]) -> tuple[Figure, ...]:
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

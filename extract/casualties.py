"""How many: figures of killed, wounded, missing, abducted, detained and displaced, with whom they count.

A figure is read from the verb or noun that tells the outcome and the phrase that it governs; where the parse gives no
such phrase, from the nearest figure in the clause.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Span as Sentence
from spacy.tokens import Token

from extract import figures, toll_words
from extract.figures import Figure
from extract.outcomes import UNSURE, outcome_of
from extract.patterns import any_case
from extract.quantities import Quantity, quantity_of, value_of
from extract.records import Outcome, Span, VictimKind
from extract.syntax import climb, core
from extract.victims import noun_of, victims

__all__ = ["Figure", "find"]

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
_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)\b"
_PERIOD = any_case(
    rf"\bsince (?:the (?:\w+ )?(?:start|beginning|outbreak|war|conflict|coup|uprising|invasion|crisis|insurgency|"
    rf"unrest|revolt|revolution|fighting|violence)|it (?:began|started)|early|late|mid|"
    rf"last (?:year|month)|(?:19|20)\d\d|{_MONTH})|"
    r"\b(?:so far|earlier) this (?:year|month)\b|\bthis year\b|\blast year\b|\bannually\b|\bto date\b|"
    r"\b(?:in|over|during|within|for) (?:the )?(?:past|last|previous|preceding) (?:\w+[ -]){0,3}"
    r"(?:weeks|months?|years?|decades?)\b|\b(?:in|over) (?:\w+ )?(?:\w+|\d+) (?:years|decades)\b|"
    r"\b(?:year|decade)s?(?:-long)?[ -](?:of )?(?:war|conflict|insurgency|violence|fighting)\b|"
    r"\bthese (?:\w+ )?(?:attacks|operations|strikes|raids|airstrikes|incidents|bombings|clashes)\b|"
    r"\b(?:during|in) the (?:civil war|conflict|war)\b|"
    r"\b(?:war|conflict|insurgency|uprising|rebellion|crisis|violence)\b[^.;]{0,60}\b(?:has|have) (?:\w+ )?"
    r"(?:killed|claimed|cost|left|displaced|uprooted|forced)\b"
)


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
        found += figures.together(whole or group, sentence)
    found = figures.without_joint(sentence, found)
    found = figures.one_telling(sentence, [*found, *_apart(sentence, people, names, found)])
    return figures.with_parts(sentence, figures.described(figures.without_repeats(found), sentence))


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
    noun = head if value_of(head) is None else noun_of(head)
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


def _victim_kind(head: Token, people: Mapping[str, VictimKind]) -> VictimKind:
    """Civilian or combatant by the words of the phrase; unknown where they do not tell."""
    others = {t.i for c in head.children if c.dep_ in {"conj", "appos"} for t in c.subtree}
    words = [t.lower_ for t in head.subtree if abs(t.i - head.i) <= 6 and t.i not in others]
    if "civilian" in words or "civilians" in words:
        return "civilian"
    noun = head if value_of(head) is None else noun_of(head)
    own = people.get(noun.lower_) if noun is not None else None
    if own and own != "unknown":
        return own
    kinds = {people[w] for w in words if people.get(w, "unknown") != "unknown"}
    return kinds.pop() if len(kinds) == 1 else "unknown"


def _clause(anchor: Token) -> str:
    """The words of the anchor's own clause, without the clauses that hang on it or that it hangs on."""
    verb = next((t for t in climb(anchor) if t.pos_ in {"VERB", "AUX"}), anchor)
    below = {"advcl", "relcl", "ccomp", "conj", "parataxis", "acl", "xcomp"}
    apart = [c for c in verb.children if c.dep_ in below and c.pos_ in {"VERB", "AUX"}]
    out = {t.i for c in apart if not any(g.lower_ == "since" for g in c.children) for t in c.subtree}
    return " ".join(t.text for t in verb.subtree if t.i not in out)

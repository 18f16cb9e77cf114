"""How many: figures of killed, wounded, missing, abducted, detained and displaced, with whom they count.

A figure is read from the verb or noun that tells the outcome and the phrase that it governs; where the parse gives no
such phrase, from the nearest figure in the clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Sentence

from extract.records import Outcome, Span, VictimKind

_VERBS: dict[str, Outcome] = {
    "kill": "killed", "slay": "killed", "murder": "killed", "massacre": "killed", "execute": "killed",
    "behead": "killed",
    "assassinate": "killed", "die": "killed", "perish": "killed", "slaughter": "killed", "martyr": "killed",
    "hang": "killed",
    "wound": "wounded", "injure": "wounded", "hurt": "wounded", "maim": "wounded", "hospitalize": "wounded",
    "kidnap": "abducted", "abduct": "abducted", "arrest": "detained", "detain": "detained",
    "displace": "displaced", "uproot": "displaced", "decapitate": "killed", "lynch": "killed", "crucify": "killed",
    "neutralize": "killed", "neutralise": "killed", "eliminate": "killed", "drown": "killed", "burn": "killed",
}  # fmt: skip
_WEAK_VERBS = {"hang", "neutralize", "neutralise", "eliminate", "burn", "drown"}
_NOUNS: dict[str, Outcome] = {
    "death": "killed", "fatality": "killed", "martyr": "killed", "martyrdom": "killed", "dead": "killed",
    "killing": "killed", "toll": "killed",
    "body": "killed", "corpse": "killed", "injury": "wounded", "wounded": "wounded", "injured": "wounded",
    "casualty": "killed", "missing": "missing", "hostage": "abducted", "detainee": "detained", "arrest": "detained",
    "life": "killed", "killed": "killed",
}  # fmt: skip
_ADJECTIVES: dict[str, Outcome] = {
    "dead": "killed", "wounded": "wounded", "injured": "wounded", "missing": "missing", "hurt": "wounded",
    "homeless": "displaced",
    "killed": "killed", "martyred": "killed",
}  # fmt: skip
_UNITS = {w: i for i, w in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen".split())}  # fmt: skip
_TENS = {w: 10 * (i + 2) for i, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
# Vague amounts -> the least that they mean; nothing is said of the most.
_VAGUE = {"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000, "tens": 20, "couple": 2,
          "dozen": 12}  # fmt: skip
_AT_LEAST = re.compile(
    r"\b(at least|more than|over|no fewer than|no less than|not less than|a minimum of|upwards of|above|exceed\w*|"
    r"surpass\w*|excess of|at a minimum)\W*$", re.I)  # fmt: skip
_AT_MOST = re.compile(
    r"\b(up to|as many as|at most|no more than|not more than|fewer than|less than|as high as|to up to)\W*$", re.I
)
_PART = re.compile(
    r"\b(includ\w+|among (?:them|whom|those|the (?:dead|victims|killed|wounded|injured))|of (?:them|whom)|"
    r"with)\W+(?:at least\W+|also\W+)?$",
    re.I,
)
_COLLECTIVE = {"family", "police", "staff", "personnel", "crew", "people", "youth", "opposition", "dead",
    "wounded", "injured",
               "elderly", "missing", "crowd", "military", "army", "toll", "number", "rest", "body", "life",
               "casualty"}  # fmt: skip
_NUMBER = re.compile(r"^\d{1,3}(?:[, ]\d{3})+$|^\d+(?:\.\d+)?$")
_CLAUSE_END = {";", ":"}
_NOT_PEOPLE = {"year", "day", "week", "month", "hour", "minute", "km", "kilometer", "kilometre", "mile", "meter",
    "metre",
               "percent", "%", "dollar", "house", "home", "building", "vehicle", "car", "tank", "strike",
               "airstrike", "raid",
               "attack", "bomb", "rocket", "missile", "shell", "village", "town", "area", "time", "position",
               "base", "ton",
               "tonne", "weapon", "sortie", "drone", "aircraft", "plane", "truck", "bus", "school", "shop", "country",
               "province", "explosion", "blast", "warplane", "helicopter", "district", "neighborhood", "neighbourhood",
               "incident", "case", "round", "point", "site", "target", "checkpoint", "operation", "clash",
               "storey", "story",
               "animal", "sheep", "cattle", "cow", "livestock", "street", "apartment"}  # fmt: skip


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


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of people as the words give it."""

    low: int | None
    high: int | None
    start: int
    end: int


def find(
    sentence: Sentence, people: Mapping[str, VictimKind], names: frozenset[int] = frozenset()
) -> tuple[Figure, ...]:
    """All figures of a sentence, left to right. ``names`` are the token indices that belong to names of persons."""
    found: list[Figure] = []
    for token in sentence:
        outcome = outcome_of(token)
        if outcome is None:
            continue
        for head in _victims(token, outcome):
            figure = _figure(token, head, outcome, people, names)
            if figure:
                found.append(figure)
    found += _counted(sentence, people, names)
    return _without_repeats(found)


_TOLL_AT = re.compile(
    r"\b(?:number|toll|count|dead|killed|deaths?|wounded|injured|fatalities|casualties|died)\b[^.;:]{0,90}?"
    r"\b(?:at|to|reached|reaching|stands at|stood at)\s+(?:at least |more than |over |about |around |nearly |"
    r"some |up to |as many as )*"
    r"(?P<n>[\w,-]+)", re.I)  # fmt: skip
_BODIES = re.compile(r"\b(?P<n>[\w,-]+) (?:\w+ )?(?:bodies|corpses|dead bodies)\b", re.I)
_WOUNDS = re.compile(
    r"\b(?P<n>[\w,-]+) (?:\w+ )?(?:people|persons|men|women|children|patients|civilians|soldiers)? ?(?:with|"
    r"suffering|having) (?:\w+ ){0,3}(?:wounds|injuries)\b",
    re.I,
)
_HURT_WORDS = re.compile(r"\b(?:wounded|injured|hurt|injuries)\b", re.I)
_DEAD_WORDS = re.compile(r"\b(?:dead|killed|deaths?|toll|fatalities|died|casualties)\b", re.I)


def _counted(sentence: Sentence, people: Mapping[str, VictimKind], names: frozenset[int]) -> Iterator[Figure]:
    """Figures that stand apart from their noun: "put the number of dead at 27", "160 bodies",
    "nine with shrapnel wounds"."""
    for pattern, always in ((_TOLL_AT, None), (_BODIES, "killed"), (_WOUNDS, "wounded")):
        for match in pattern.finditer(sentence.text):
            span = sentence.char_span(*match.span("n"), alignment_mode="expand")
            number = span[0] if span is not None and len(span) else None
            if number is None or _number(number) is None or _is_clock(number):
                continue
            words = match.group()[: match.start("n") - match.start()]
            hurt = bool(_HURT_WORDS.search(words)) and not _DEAD_WORDS.search(words)
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


def outcome_of(token: Token) -> Outcome | None:
    """What a word says became of people, None where it tells of no outcome."""
    lemma, word = token.lemma_.lower(), token.lower_
    if token.pos_ in {"VERB", "AUX"} or token.tag_ in {"VBN", "VBD", "VBG"}:
        found = _VERBS.get(lemma) or _VERBS.get(_verb_stem(word))
        return None if lemma in _WEAK_VERBS and not _has_people_object(token) else found or _idiom(token)
    if token.pos_ in {"ADJ", "ADV"} or token.dep_ in {"acomp", "amod"}:
        return _ADJECTIVES.get(word)
    if token.pos_ in {"NOUN", "PROPN", "NUM"}:
        return _noun_outcome(token, lemma, word)
    return None


def _verb_stem(word: str) -> str:
    return {"wounded": "wound", "injured": "injure", "killed": "kill", "killing": "kill", "wounding": "wound",
            "injuring": "injure", "died": "die", "martyred": "martyr"}.get(word, word)  # fmt: skip


def _has_people_object(token: Token) -> bool:
    return any(c.dep_ in {"dobj", "nsubjpass"} and _number_before(c) for c in token.children)


def _idiom(token: Token) -> Outcome | None:
    """ "Shot dead", "gunned down", "lost their lives", "taken hostage"."""
    lemma = token.lemma_.lower()
    after = {c.lower_ for c in token.children}
    if (lemma == "shoot" and "dead" in after) or (lemma == "gun" and "down" in after):
        return "killed"
    if lemma == "take" and "hostage" in {t.lower_ for t in token.subtree}:
        return "abducted"
    if lemma == "lose" and any(
        c.dep_ == "dobj" and (c.lower_ in {"lives", "life"} or _is_manned(c)) for c in token.children
    ):
        return "killed"
    return None


def _is_manned(token: Token) -> bool:
    """ "Lost 40 soldiers": people under arms that are counted."""
    men = {
        "soldier",
        "serviceman",
        "servicemen",
        "fighter",
        "man",
        "men",
        "troop",
        "rebel",
        "militant",
        "policeman",
        "member",
        "officer",
    }
    return token.lemma_.lower() in men and _number_before(token) is not None


def _noun_outcome(token: Token, lemma: str, word: str) -> Outcome | None:
    if lemma == "life":
        claims = (
            token.head.lemma_.lower() in {"claim", "take", "cost"} or token.nbor(-1).lower_ == "the"
            if token.i
            else False
        )
        return "killed" if claims and word == "lives" else None
    if lemma == "toll":
        return "wounded" if "injur" in token.sent.text.lower() and "death" not in token.sent.text.lower() else "killed"
    return _NOUNS.get(word) or _NOUNS.get(lemma)


def _victims(token: Token, outcome: Outcome) -> Iterator[Token]:
    """The heads of the phrases that say who suffered the outcome."""
    heads = [h for h in _governed(token) if h.i != token.i]
    if not heads:
        heads = list(_shared(token))
    if not heads:
        near = _nearest_number(token)
        heads = [near] if near is not None else []
    for head in heads:
        yield head
        yield from (c for c in head.conjuncts if c.i > head.i and not outcome_of(c))


def _governed(token: Token) -> list[Token]:
    """By the parse: objects of active verbs, subjects of passives and of "die",
    the noun that a participle describes."""
    if token.pos_ in {"NOUN", "PROPN", "NUM"} and token.lower_ != "killed":
        return _noun_governed(token)
    if token.lower_ in _ADJECTIVES and token.pos_ in {"ADJ", "ADV"}:
        return _adjective_governed(token)
    passive = any(c.dep_ in {"auxpass", "nsubjpass"} for c in token.children)
    if (
        not passive
        and token.tag_ in {"VBN", "VBD"}
        and token.i > token.sent.start
        and _number(token.nbor(-1)) is not None
    ):
        return [token.nbor(-1)]
    wanted = {"nsubjpass"} if passive else {"dobj"}
    if token.lemma_.lower() in {"die", "perish", "drown"}:
        wanted = {"nsubj", "nsubjpass"}
    if token.lemma_.lower() == "lose" and not any(c.dep_ == "dobj" and _is_manned(c) for c in token.children):
        wanted = {"nsubj", "nsubjpass"}
    heads = [c for c in token.children if c.dep_ in wanted]
    if not heads and token.dep_ in {"acl", "amod"} and token.tag_ == "VBN":
        heads = [token.head]
    if not heads and token.tag_ in {"VBN", "VBD"} and not passive:
        heads = [c for c in token.children if c.dep_ in {"nsubj", "nsubjpass"} and _number_before(c)]
    return heads


def _noun_governed(token: Token) -> list[Token]:
    """ "12 deaths", "death toll of 15", "the lives of 100 people", "the bodies of three men", "15 dead"."""
    if token.lemma_.lower() == "toll" or _is_counted(token):
        return _toll_numbers(token)
    of = [
        g
        for c in token.children
        if c.dep_ == "prep" and c.lower_ in {"of", "among"}
        for g in c.children
        if g.dep_ == "pobj"
    ]
    of = [g for g in of if _number_before(g) is not None]
    return of or ([token] if _number_before(token) else [])


def _is_counted(token: Token) -> bool:
    """ "The number of wounded", "the number of dead civilians": the figure follows."""
    return (
        token.dep_ == "pobj"
        and token.head.lower_ == "of"
        and token.head.head.lemma_.lower() in {"number", "count", "toll", "figure"}
    )


def _toll_numbers(token: Token) -> list[Token]:
    sentence = token.sent
    for other in sentence:
        if (
            other.i > token.i
            and _number(other) is not None
            and other.i - token.i <= 14
            and other.ent_type_ not in {"DATE", "TIME"}
        ):
            return [other]
    return []


def _adjective_governed(token: Token) -> list[Token]:
    """ "Were found dead", "left 11 people dead", "ten dead", "the number of dead civilians"."""
    if token.dep_ == "amod" and _is_counted(token.head):
        return _toll_numbers(token)
    if token.dep_ == "amod":
        return [token.head]
    subject = [c for c in token.children if c.dep_ in {"nsubj", "nsubjpass"}]
    if subject:
        return subject
    objects = [c for c in token.head.children if c.dep_ in {"dobj"}]
    return objects or [c for c in token.head.children if c.dep_ in {"nsubj", "nsubjpass"} and _number_before(c)]


def _shared(token: Token) -> Iterator[Token]:
    """The phrase that a coordinated outcome shares: "killed and wounded 30 civilians", "were killed and 20 wounded"."""
    for other in token.conjuncts:
        if outcome_of(other) and abs(other.i - token.i) <= 2:
            yield from _governed(other)


def _nearest_number(token: Token) -> Token | None:
    """The nearest free figure in the clause: before a participle or adjective, after an active verb."""
    before = _scan(token, -1)
    after = _scan(token, 1)
    if token.tag_ == "VBG" or token.lemma_.lower() in {"claim", "leave"}:
        return after or before
    return before or after


def _scan(token: Token, step: int) -> Token | None:
    doc, sentence = token.doc, token.sent
    for i in range(token.i + step, token.i + 8 * step, step):
        if (
            not sentence.start <= i < sentence.end
            or doc[i].text in _CLAUSE_END
            or (outcome_of(doc[i]) and _VERBS.get(doc[i].lemma_.lower()))
        ):
            return None
        if _number(doc[i]) is not None and doc[i].ent_type_ not in {"DATE", "TIME", "PERCENT", "MONEY"}:
            head = doc[i].head
            right = step > 0 or head.i < token.i
            return head if doc[i].dep_ in {"nummod", "amod"} and right and head.pos_ in {"NOUN", "PROPN"} else doc[i]
    return None


def _figure(
    anchor: Token, head: Token, outcome: Outcome, people: Mapping[str, VictimKind], names: frozenset[int]
) -> Figure | None:
    quantity = _quantity(head)
    kind = _victim_kind(head, people)
    is_name = head.i in names
    noun = head if _number(head) is None else _noun_of(head)
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
    noun = head if _number(head) is None else _noun_of(head)
    own = people.get(noun.lower_) if noun is not None else None
    if own and own != "unknown":
        return own
    kinds = {people[w] for w in words if people.get(w, "unknown") != "unknown"}
    return kinds.pop() if len(kinds) == 1 else "unknown"


def _quantity(head: Token) -> Quantity | None:
    """The number that a phrase gives, with its bounds."""
    number = head if _number(head) is not None else _number_before(head)
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
    low, between = _number(doc[first - 2]), first > 2 and doc[first - 3].lower_ == "between"
    value = _number(doc[first])
    if low is None or value is None or low >= value or (doc[first - 1].lower_ == "and" and not between):
        return None
    return None if _is_compound(doc[first - 2], doc[first]) else (first - 2, low)


def _range_end(doc: Doc, last: int) -> tuple[int, int] | None:
    """(token, value) of the upper end of "10 to 15" or "10-15"."""
    tokens = doc[last + 1 : last + 3]
    if len(tokens) == 2 and tokens[0].lower_ in {"to", "-", "and", "or"}:
        low, value = _number(doc[last]), _number(tokens[1])
        between = tokens[0].lower_ != "and" or (last > 0 and doc[last - 1].lower_ == "between")
        if low is not None and value is not None and value > low and between and not _is_compound(doc[last], tokens[1]):
            return tokens[1].i, value
    return None


def _is_compound(first: Token, second: Token) -> bool:
    """ "Twenty-five" is one number."""
    return first.lower_ in _TENS and second.lower_ in _UNITS


def _number_before(head: Token) -> Token | None:
    """The number word of a noun phrase: a numeral or vague amount among its left modifiers, or "dozens of"."""
    if head.dep_ == "pobj" and head.head.lower_ == "of" and head.head.head.lower_ in _VAGUE:
        return head.head.head
    start = max(head.left_edge.i, head.i - 8, head.sent.start)
    for i in range(head.i - 1, start - 1, -1):
        token = head.doc[i]
        if _number(token) is not None and not _is_age(token):
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
        value = _number(t)
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
    return _number(a) is not None and (b.lower_ in _SCALES or b.lower_ == "dozen") and a.lower_ not in _VAGUE


def _number(token: Token) -> int | None:
    """The value of a number word, None for other words."""
    word = token.lower_
    if _NUMBER.match(word):
        value = float(word.replace(",", "").replace(" ", ""))
        return int(value) if value == int(value) and value < 10_000_000 else None
    if word in _UNITS:
        return _UNITS[word] if word != "one" or token.tag_ in {"CD"} else None
    return _TENS.get(word) or _SCALES.get(word) or _VAGUE.get(word)


def _without_repeats(figures: list[Figure]) -> tuple[Figure, ...]:
    """One figure for one phrase and outcome, the first reading kept."""
    seen: dict[tuple[str, int], Figure] = {}
    for figure in sorted(figures, key=lambda f: (f.low is None and f.high is None, f.span)):
        key = (figure.outcome, figure.span.end)
        seen.setdefault(key, figure)
    return tuple(sorted(seen.values(), key=lambda f: f.span))

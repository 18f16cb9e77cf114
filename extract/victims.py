"""Whom an outcome befell: the phrases that a word of killing or hurting governs, else the nearest figure."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from extract.outcomes import ADJECTIVES, DEEDS, UNDERGONE, VERBS, is_manned, outcome_of
from extract.quantities import number_before, value_of

_CLAUSE_END = {";", ":"}
# Words that only hold the people they count: "a total of 33 people", "a group of five men".
_HOLDERS = frozenset("total group number pair party crowd column convoy batch handful further additional".split())
# What may stand between a figure and the participle: "100 more wounded", "70 feared killed".
_BETWEEN = frozenset("more others other feared confirmed reported reportedly believed presumed".split())
_SUBJECTS = {"nsubj", "nsubjpass"}


def victims(token: Token) -> Iterator[Token]:
    """The heads of the phrases that say who suffered the outcome."""
    heads = [h for h in _governed(token) if h.i != token.i]
    if not heads:
        heads = list(_shared(token))
    if not heads:
        near = _nearest_number(token)
        heads = [near] if near is not None else []
    for head in heads:
        yield from _company(_held(_meant(head)))


def _held(head: Token) -> Token:
    """The people where the parse gives the word that holds them."""
    if _lemma(head) not in _HOLDERS or value_of(head) is not None:
        return head
    of = _objects_of(head, {"of"})
    return of[0] if of and value_of(of[0]) is None else head


def _meant(head: Token) -> Token:
    """Whom "them" stands for: the object of the verb before ("seized two councillors and shot them dead")."""
    if head.lower_ not in {"them", "him", "her"}:
        return head
    verb = head.head
    while verb.dep_ in {"conj", "advcl", "xcomp"} and verb.head.i < verb.i:
        verb = verb.head
        objects = [c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"} and c.pos_ in {"NOUN", "PROPN"}]
        if objects and (head.lower_ == "them") == (objects[0].tag_ in {"NNS", "NNPS"} or bool(objects[0].conjuncts)):
            return objects[0]
    return head


def _company(head: Token) -> Iterator[Token]:
    """A victim and those named along: "a man, his wife and their three children"."""
    yield head
    kin = [c for c in head.children if c.dep_ == "appos" and _is_kin(c)]
    for other in (*head.conjuncts, *kin, *(k for c in kin for k in c.conjuncts)):
        if (
            other.i > head.i
            and not outcome_of(other)
            and not _leads_on(other)
            and not _is_guess(other)
            and other.pos_ in {"NOUN", "PROPN", "NUM", "PRON", "ADJ"}
        ):
            yield _held(other)
    for c in head.doc[head.i + 1 : head.i + 4]:
        if c.dep_ == "prep" and c.lower_ in {"with", "alongside"}:
            kin = [g for g in c.children if g.dep_ == "pobj" and _is_kin(g)]
            yield from (k for g in kin for k in (g, *g.conjuncts) if k.i >= g.i)


def _is_guess(number: Token) -> bool:
    """ "At least 35 and perhaps over 100": a second figure for the same people."""
    near = {t.lower_ for t in number.doc[max(number.sent.start, number.i - 4) : number.i]}
    return value_of(number) is not None and bool(near & {"perhaps", "possibly", "maybe"})


def _leads_on(number: Token) -> bool:
    """True for a figure that belongs to the next word of outcome: "nine dead and fifteen hurt"."""
    after = number.doc[number.i + 1] if number.i + 1 < len(number.doc) else None
    return value_of(number) is not None and after is not None and outcome_of(after) is not None


def _is_kin(token: Token) -> bool:
    """Somebody told by whom they belong to: "his driver", "their three children"."""
    return any(c.dep_ == "poss" and c.lower_ in {"his", "her", "their", "its"} for c in token.children)


def _governed(token: Token) -> list[Token]:
    """By the parse: objects of active verbs, subjects of passives and of "die",
    the noun that a participle describes."""
    word = token.lower_
    if token.dep_ == "pobj" and token.head.lower_ == "among" and _lemma(token.head.head) == "be":
        return [c for c in token.head.head.children if c.dep_ in {*_SUBJECTS, "attr"}]
    if token.pos_ in {"NOUN", "PROPN", "NUM"} and word not in {"killed", "kills", "missing"}:
        return _noun_governed(token)
    if word in ADJECTIVES and token.pos_ in {"ADJ", "ADV"}:
        return _adjective_governed(token)
    return _verb_governed(token)


def _verb_governed(token: Token) -> list[Token]:
    passive = any(c.dep_ in {"auxpass", "nsubjpass"} for c in token.children)
    if token.tag_ in {"VBN", "VBD"} and (number := _number_just_before(token)) is not None:
        return [number]
    wanted = {"nsubjpass"} if passive else {"dobj"}
    if _befalls_subject(token):
        wanted = _SUBJECTS
    heads = [c for c in token.children if c.dep_ in wanted]
    if not heads and not passive:
        heads = [c for c in token.children if c.dep_ in {"npadvmod", "oprd"} and c.i > token.i and number_before(c)]
    if not heads and token.dep_ in {"acl", "amod"} and token.tag_ == "VBN":
        heads = [token.head]
    if not heads and token.dep_ == "conj" and token.tag_ in {"VBN", "VBD"}:
        heads = _shared_subject(token)
    if not heads and token.tag_ in {"VBN", "VBD"} and not passive:
        heads = [c for c in token.children if c.dep_ in _SUBJECTS and (number_before(c) or not _has_object(token))]
    return [_antecedent(h) for h in heads]


def _has_object(token: Token) -> bool:
    """True where a verb or one coordinated with it has its victims behind it; else "civilian killed" is a passive."""
    return any(
        c.i > t.i and (c.dep_ in {"dobj", "npadvmod", "ccomp", "prep"} and (c.dep_ != "prep" or c.lower_ == "of"))
        for t in (token, *token.conjuncts)
        for c in t.children
        if t.pos_ in {"VERB", "AUX"}
    )


def _shared_subject(token: Token) -> list[Token]:
    """Who suffers the second of two passives: "were taken from their beds and shot dead"."""
    passive = any(c.dep_ == "auxpass" for c in token.head.children)
    bare = all(c.dep_ in {"cc", "advmod", "aux", "auxpass", "punct"} and not c.n_lefts for c in token.lefts)
    return [c for c in token.head.children if c.dep_ == "nsubjpass"] if passive and bare else []


def _befalls_subject(token: Token) -> bool:
    """True where the subject of the verb is the victim: "died", "are missing", "lost their lives"."""
    lemma = _lemma(token)
    if lemma in UNDERGONE or token.lower_ == "missing":
        return True
    return lemma == "lose" and not any(c.dep_ == "dobj" and is_manned(c) for c in token.children)


def _antecedent(token: Token) -> Token:
    """The people that "who" stands for."""
    whole = token.lower_ in {"all", "both"} and any(t.lower_ == "whom" for t in token.subtree)
    relative = (whole or token.tag_ in {"WP", "WDT"}) and token.head.dep_ == "relcl"
    return token.head.head if relative and token.head.head.i < token.i else token


def _number_just_before(token: Token) -> Token | None:
    """The figure right before a participle: "11 hurt", "at least 100 more wounded", and in headlines "9 men killed"."""
    at = token.i - 1
    noun = token.doc[at] if at >= token.sent.start else None
    active = any(c.i > token.i and c.dep_ in {"dobj", "npadvmod"} for c in token.children)
    apart = noun is not None and not token.is_ancestor(noun) and noun.tag_ in {"NNS", "NNPS"}
    if noun is not None and apart and number_before(noun) is not None and not active:
        return noun
    if at >= token.sent.start and token.doc[at].lower_ in _BETWEEN:
        at -= 1
    number = token.doc[at] if at >= token.sent.start else None
    return number if number is not None and value_of(number) is not None else None


def _objects_of(token: Token, prepositions: set[str]) -> list[Token]:
    found = [c for c in token.children if c.dep_ == "prep" and c.lower_ in prepositions]
    found += [k for c in found for k in c.conjuncts if k.lower_ in prepositions]
    return [g for c in found for g in c.children if g.dep_ == "pobj"]


def _noun_governed(token: Token) -> list[Token]:
    """ "12 deaths", "death toll of 15", "the lives of 100 people", "the murder of a nun", "15 dead"."""
    if _lemma(token) == "toll" or _is_counted(token):
        return _toll_numbers(token)
    of = _objects_of(token, {"of", "among"})
    if _lemma(token) not in DEEDS:
        of = [g for g in of if number_before(g) is not None or value_of(g) is not None]
    return of or ([token] if number_before(token) else [])


def _is_counted(token: Token) -> bool:
    """ "The number of wounded", "the number of dead civilians": the figure follows."""
    return (
        token.dep_ == "pobj"
        and token.head.lower_ == "of"
        and _lemma(token.head.head) in {"number", "count", "toll", "figure"}
    )


def _toll_numbers(token: Token) -> list[Token]:
    for other in token.sent:
        if (
            other.i > token.i
            and value_of(other) is not None
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
    if (number := _number_just_before(token)) is not None:
        return [number]
    subject = [c for c in token.children if c.dep_ in _SUBJECTS]
    if subject:
        return subject
    objects = [c for c in token.head.children if c.dep_ in {"dobj"}]
    being = _lemma(token.head) in {"be", "go", "report", "find", "remain"}
    return objects or [c for c in token.head.children if c.dep_ in _SUBJECTS and (being or number_before(c))]


def _shared(token: Token) -> Iterator[Token]:
    """The phrase that a coordinated outcome shares: "killed and wounded 30 civilians", "were killed and 20 wounded"."""
    for other in token.conjuncts:
        near = abs(other.i - token.i) <= 2 or _lemma(token) in UNDERGONE
        if outcome_of(other) and near:
            yield from _governed(other)


def _nearest_number(token: Token) -> Token | None:
    """The nearest free figure in the clause: before a participle or adjective, after an active verb."""
    before = _scan(token, -1)
    after = _scan(token, 1)
    if token.tag_ == "VBG" or _lemma(token) in {"claim", "leave"} or token.lower_ in {"kills", "injures"}:
        return after or before
    return before or after


def _lemma(token: Token) -> str:
    return token.lemma_.lower()


def _belongs_elsewhere(noun: Token, token: Token) -> bool:
    """True for the object or subject of another verb of killing or hurting."""
    verb = noun.head
    return noun.pos_ in {"NOUN", "PROPN"} and verb.i != token.i and verb.pos_ == "VERB" and _lemma(verb) in VERBS


def _scan(token: Token, step: int) -> Token | None:
    doc, sentence = token.doc, token.sent
    for i in range(token.i + step, token.i + 8 * step, step):
        if (
            not sentence.start <= i < sentence.end
            or doc[i].text in _CLAUSE_END
            or (outcome_of(doc[i]) and VERBS.get(_lemma(doc[i])))
        ):
            return None
        if doc[i].lower_ == "by":
            return None
        if value_of(doc[i]) is not None and doc[i].ent_type_ not in {"DATE", "TIME", "PERCENT", "MONEY"}:
            head = doc[i].head
            if step < 0 and head.i != token.i and _belongs_elsewhere(head, token):
                return None
            right = step > 0 or head.i < token.i
            return head if doc[i].dep_ in {"nummod", "amod"} and right and head.pos_ in {"NOUN", "PROPN"} else doc[i]
    return None


def noun_of(number: Token) -> Token | None:
    """The noun that a figure counts, where it counts one ("dozens of people", "12 of the soldiers")."""
    for c in number.children:
        if c.dep_ == "prep" and c.lower_ == "of":
            return next((g for g in c.children if g.dep_ == "pobj"), None)
    counted = number.dep_ == "nummod" and value_of(number.head) is None
    return number.head if counted and outcome_of(number.head) != "wounded" else None

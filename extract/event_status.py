"""Whether a word of action is asserted, denied, planned or supposed, and whether it tells of a habit."""

from __future__ import annotations

from spacy.tokens import Token

from extract.records import Status
from extract.syntax import climb

_FUTURE = {"will", "shall", "'ll", "wo"}
_MODAL = {"would", "could", "may", "might", "should", "can", "must", "ca"}
_PLAN_VERBS = frozenset(
    (
        "plan intend threaten vow want prepare seek plot urge call ask demand order warn promise pledge fear "
        "prevent avoid stop foil thwart propose refuse consider wish expect need hope aim decide authorize "
        "oppose ready help advise swear avert"
    ).split()
)
_PLAN_NOUNS = frozenset(
    (
        "plan threat fear risk plot possibility danger warning call preparation order intention readiness "
        "right ability capability ban end halt potential drill exercise simulation law movie film game book "
        "series fight war policy strategy doctrine option scenario proposal request motion mandate "
        "anniversary commemoration memorial prospect"
    ).split()
)
# "It is not known who killed them": the killing stands.
_UNSURE_VERBS = {"know", "identify", "say", "specify", "give", "claim", "clear", "confirm", "rule", "be"}
_BELIEF_VERBS = {"believe", "think", "assume", "suppose"}
_DENY_VERBS = {"deny", "reject", "dismiss", "refute", "disavow"}
_HYPOTHETICAL_MARKS = {"if", "unless", "whether", "lest"}
_UNREAL = frozenset(
    (
        "possible potential future imminent threatened planned foiled thwarted mock simulated fictional any eventual"
    ).split()
)


def of_word(token: Token) -> Status:
    """Whether the words assert the event: what negates, plans, supposes or denies it stands above it in the parse."""
    if _unreal_noun(token):
        return "hypothetical"
    child_of = token
    for t in climb(token):
        found = _verb_status(t, child_of) if t.pos_ in {"VERB", "AUX"} else _noun_status(t, child_of, token)
        if found:
            return found
        child_of = t
    return "occurred"


def is_habitual(token: Token) -> bool:
    """True for what goes on over a time or is said in general ("has been carrying out raids for two years")."""
    for t in climb(token):
        if t.pos_ in {"VERB", "AUX"}:
            aux = {c.lower_ for c in t.children if c.dep_ in {"aux", "auxpass"}}
            if {"has", "have"} & aux and ("been" in aux and t.tag_ == "VBG"):
                return True
            return t.tag_ in {"VBP", "VBZ"} and t.lemma_ in {"continue", "remain", "face"}
    return False


def _unreal_noun(token: Token) -> bool:
    for c in token.children:
        if c.dep_ in {"amod", "det", "compound"} and c.lower_ in _UNREAL:
            return True
        if c.dep_ == "det" and c.lower_ == "no":
            return True
    return False


def _noun_status(t: Token, below: Token, first: Token) -> Status | None:
    if (
        t.i != first.i
        and t.lemma_.lower() in _PLAN_NOUNS
        and t.pos_ == "NOUN"
        and below.dep_ in {"prep", "acl", "relcl", "pobj", "compound"}
    ):
        return "hypothetical"
    return "hypothetical" if t.i == first.i and t.dep_ == "pobj" and t.head.lower_ == "without" else None


def _verb_status(t: Token, below: Token) -> Status | None:
    children = list(t.children)
    if any(c.dep_ == "neg" for c in children):
        return None if t.lemma_ in _UNSURE_VERBS else "denied"
    if any(c.dep_ == "mark" and c.lower_ in _HYPOTHETICAL_MARKS for c in children):
        return "hypothetical"
    aux = {c.lower_ for c in children if c.dep_ in {"aux", "auxpass"}}
    if "should" in aux and t.dep_ == "advcl":
        return "hypothetical"
    if aux & _FUTURE:
        return "planned"
    if aux & _MODAL and "have" not in aux and t.dep_ != "advcl":
        return "hypothetical"
    lemma = t.lemma_.lower()
    if below.i == t.i:
        return "planned" if "to" in aux and _unrealised_infinitive(t) else None
    if lemma in _PLAN_VERBS and below.dep_ in {"xcomp", "ccomp", "dobj", "prep", "nsubjpass", "advcl"}:
        return "planned"
    if lemma in _BELIEF_VERBS and t.tag_ == "VBD" and below.dep_ == "ccomp" and _of_themselves(below):
        return "hypothetical"
    if lemma in _DENY_VERBS and below.dep_ in {"xcomp", "ccomp", "dobj", "prep", "nsubjpass"}:
        return "denied"
    if "to" in aux and _unrealised_infinitive(t):
        return "planned"
    return None


def _of_themselves(verb: Token) -> bool:
    """ "They thought that they were attacking X": what somebody took himself to be doing."""
    return any(c.dep_ == "nsubj" and c.lower_ in {"they", "he", "she", "it", "we"} for c in verb.children)


def _unrealised_infinitive(verb: Token) -> bool:
    """ "To attack" as purpose or plan; not after "managed", "began", "continued", "used"."""
    if verb.dep_ in {"xcomp", "ccomp"}:
        return verb.head.lemma_.lower() in _PLAN_VERBS | {"try", "attempt", "be", "agree", "have"}
    return verb.dep_ in {"advcl", "acl", "relcl", "ROOT", "pcomp"}

"""Who acts and who suffers, by the word of action and the parse around it."""

from __future__ import annotations

from spacy.tokens import Token

from extract.lexicon import Trigger
from extract.syntax import (
    BLAME_VERBS,
    CLAIM_VERBS,
    LIGHT_VERBS,
    UNDERGO_VERBS,
    after,
    by_agents,
    causal_agents,
    is_passive,
    objects,
    passive_subject,
    subject,
)

_STRIKING = {"target", "hit", "strike", "kill", "wound", "injure", "rock", "destroy"}
_SEIZING = {"seize", "capture", "take", "recapture", "retake", "wrest", "overrun", "recover", "conquer"}
# Where a bomb goes off: what stands there is what it hits.
_BESIDE = ("at", "outside", "inside", "in", "near", "under", "beneath", "through", "beside", "by", "on", "aboard")
_WAYS = {"road", "highway", "street", "way", "outskirt", "edge", "river", "border", "morning", "night"}
_PARTS = {"entrance", "front", "gate", "gates", "door", "doors", "side", "entry", "headquarters", "edge", "middle"}


def verb_arguments(verb: Token, trigger: Trigger) -> tuple[list[Token], list[Token]]:
    """(heads of those who act, heads of those who suffer) of a verb."""
    if verb.tag_ == "VBG" and verb.i + 1 < len(verb.doc) and verb.nbor().lower_ == "of":
        return _within_phrase(verb), after(verb, "of")
    if is_passive(verb):
        suffers = passive_subject(verb)
        agents = by_agents(verb) or at_hands_of(verb) or causal_agents(verb)
        patients = [suffers] if suffers is not None else []
    else:
        acts = subject(verb) or _after_day(verb)
        agents = [acts] if acts is not None else []
        patients = objects(verb)
        if trigger.frame == "kill" and agents and not patients and _is_short_passive(verb):
            agents, patients = by_agents(verb), agents
    if trigger.frame in {"shoot", "fire", "act", "hit"}:
        aimed = after(verb, "at", "on", "upon", "against", "into", "toward", "towards", "onto")
        patients = [*patients, *(t for t in aimed if t.i > verb.i and not _is_where_or_when(t))]
    if trigger.frame == "clash":
        patients = [*patients, *after(verb, "with", "against")]
    if verb.lemma_.lower() in _SEIZING:
        patients = [*patients, *after(verb, "from")]
    if trigger.frame == "explode":
        return at_hands_of(verb), struck_near(verb)
    if trigger.frame == "die":
        return at_hands_of(verb), [*agents, *patients]
    return agents, patients


def _is_where_or_when(token: Token) -> bool:
    """True for a day or a road, which nobody aims at: "ambushed a convoy on the road to Nebaj on Monday"."""
    return token.ent_type_ in {"DATE", "TIME"} or token.lemma_.lower() in _WAYS


def _after_day(verb: Token) -> Token | None:
    """The subject that the parser took for part of a day: "On 14 February 1983 guerrillas ambushed a convoy"."""
    for c in verb.children:
        if c.dep_ == "prep" and c.i < verb.i and (noun := next((g for g in c.children if g.dep_ == "pobj"), None)):
            days = any(t.ent_type_ == "DATE" and t.i < noun.i for t in noun.subtree)
            if days and noun.i == verb.i - 1 and noun.ent_type_ != "DATE":
                return noun
    return None


def _is_short_passive(verb: Token) -> bool:
    """ "Two soldiers hurt in blast": a headline's passive, which leaves "were" out."""
    return verb.tag_ in {"VBD", "VBN"} and not any(c.dep_ in {"ccomp", "xcomp", "aux", "prt"} for c in verb.children)


def at_hands_of(verb: Token) -> list[Token]:
    """ "Died at the hands of X", "in an attack by X": who stands behind it in a phrase beside the verb."""
    return [g for hands in after(verb, "at") if hands.lower_ in {"hands", "hand"} for g in after(hands, "of")]


def struck_near(word: Token) -> list[Token]:
    """The buildings, vehicles and gatherings where a thing goes off, those at whose door it does included."""
    near = after(word, *_BESIDE)
    return [inner for one in near for inner in (after(one, "of", "to") if one.lower_ in _PARTS else [one])]


def _within_phrase(noun: Token) -> list[Token]:
    """Who is named by "by" anywhere in the phrase of a deed, not in a clause that has a deed of its own."""
    found = by_agents(noun)
    for token in noun.subtree:
        if token.i > noun.i and token.dep_ in {"pobj", "conj", "appos"} and token.pos_ in {"NOUN", "PROPN"}:
            found += [g for g in by_agents(token) if g not in found]
    return found


def noun_arguments(noun: Token, trigger: Trigger) -> tuple[list[Token], list[Token], Token | None]:
    """(heads of those who act, of those who suffer, of who blames or claims) of a noun of action."""
    agents = by_agents(noun) + after(noun, "from")
    before = [c for c in noun.children if c.dep_ in {"poss", "compound", "amod", "nmod"} and c.i < noun.i]
    patients = after(noun, "on", "against", "upon", "at", "of", "targeting", "toward", "towards", "into")
    for c in noun.children:
        if c.dep_ in {"acl", "relcl"} and c.lemma_.lower() in _STRIKING:
            patients += objects(c)
        if c.dep_ in {"acl", "relcl"}:
            agents += _behind(c)
    agents = agents or _within_phrase(noun)
    if trigger.frame == "explode":
        patients += struck_near(noun)
    if trigger.frame in {"die", "kill"}:
        before, patients = [], [*patients, *before]
    more_agents, more_patients, alleged = _around(noun)
    return before + agents + more_agents, patients + more_patients, alleged


def _behind(verb: Token) -> list[Token]:
    """Agents in a clause that describes the deed: "blamed on X", "believed to have been carried out by X"."""
    found: list[Token] = []
    for one in [verb, *(c for c in verb.children if c.dep_ in {"xcomp", "ccomp"})]:
        if one.lemma_.lower() in LIGHT_VERBS | CLAIM_VERBS | {
            "blame",
            "lead",
            "back",
            "attribute",
            "lay",
            "rig",
            "bury",
        }:
            found += by_agents(one) + after(one, "on")
        if one.lemma_.lower() in {"attribute", "ascribe", "trace"}:
            found += after(one, "to")
        if one.lemma_.lower() == "be":
            found += [
                g for c in one.children if c.dep_ == "prep" and c.lower_ == "by" for g in c.children if g.dep_ == "pobj"
            ]
    return found


def _around(noun: Token) -> tuple[list[Token], list[Token], Token | None]:
    """Agents and patients by the verb that the noun hangs on: light verbs, undergoing, claims and blame."""
    verb = noun.head
    if noun.dep_ == "conj":
        verb = noun.head.head
    lemma = verb.lemma_.lower()
    if noun.dep_ in {"nsubj", "conj"} and lemma in _STRIKING | {"claim"}:
        return [], objects(verb), None
    if noun.dep_ in {"dobj", "conj", "nsubjpass"} and lemma in LIGHT_VERBS:
        acts = None if is_passive(verb) else subject(verb)
        return (by_agents(verb) if acts is None else [acts]), after(verb, "on", "against"), None
    if noun.dep_ == "pobj" and lemma in {"under", "in", "for", "of", "behind", "on", "by", "to"}:
        return _by_preposition(noun, verb)
    if noun.dep_ == "dobj" and lemma in UNDERGO_VERBS:
        acts = subject(verb)
        return [], ([acts] if acts is not None else []), None
    if noun.dep_ == "dobj" and lemma in CLAIM_VERBS:
        acts = subject(verb)
        return ([acts] if acts is not None else []), [], acts
    if noun.dep_ in {"dobj", "nsubjpass"} and lemma in {"blame", "attribute"}:
        return after(verb, "on", "to"), [], subject(verb) if not is_passive(verb) else None
    return [], [], None


def _by_preposition(noun: Token, preposition: Token) -> tuple[list[Token], list[Token], Token | None]:
    governor, word = preposition.head, preposition.lower_
    lemma = governor.lemma_.lower()
    if word == "under" and lemma == "come":
        acts = subject(governor)
        return by_agents(governor), ([acts] if acts is not None else []), None
    if lemma == "responsibility" and word == "for":
        acts = subject(governor.head)
        return ([acts] if acts is not None else []), [], acts
    if lemma == "responsible" and word == "for":
        acts = subject(governor.head)
        return ([acts] if acts is not None else []), [], None
    if lemma in BLAME_VERBS and word in {"for", "of"}:
        if is_passive(governor):
            suffers = passive_subject(governor)
            return ([suffers] if suffers is not None else []), [], None
        return objects(governor), [], subject(governor)
    if word == "behind" and governor.lemma_ == "be":
        acts = subject(governor)
        return ([acts] if acts is not None else []), [], None
    if word in {"in", "by"} and is_passive(governor):
        suffers = passive_subject(governor)
        harmed = suffers is not None and lemma in {"kill", "wound", "injure", "target", "hit"}
        return [], ([suffers] if suffers is not None and harmed else []), None
    return [], [], None

"""What happened: words of action in a sentence -> events with the phrases that act and suffer,
and whether it happened."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Span as Sentence
from spacy.tokens import Token

from extract.lexicon import Lexicon, Trigger
from extract.records import Status
from extract.syntax import (
    BLAME_VERBS,
    CLAIM_VERBS,
    LIGHT_VERBS,
    UNDERGO_VERBS,
    after,
    by_agents,
    causal_agents,
    climb,
    is_passive,
    objects,
    passive_subject,
    subject,
    with_conjuncts,
)

_FUTURE = {"will", "shall", "'ll", "wo"}
_MODAL = {"would", "could", "may", "might", "should", "can", "must", "ca"}
_PLAN_VERBS = {
    "plan", "intend", "threaten", "vow", "want", "prepare", "seek", "plot", "urge", "call", "ask", "demand",
    "order", "warn",
    "promise", "pledge", "fear", "prevent", "avoid", "stop", "foil", "thwart", "propose", "refuse", "consider", "wish",
    "expect", "need", "hope", "aim", "decide", "authorize", "oppose", "ready", "help", "advise", "swear", "avert",
}  # fmt: skip
_PLAN_NOUNS = {"plan", "threat", "fear", "risk", "plot", "possibility", "danger", "warning", "call", "preparation",
    "order",
               "intention", "readiness", "right", "ability", "wave of threats", "capability", "ban", "end", "halt",
               "potential",
               "drill", "exercise", "simulation", "law", "movie", "film", "game", "book", "series", "fight", "war",
               "policy",
               "strategy", "doctrine", "option", "scenario", "proposal", "request", "motion", "mandate",
               "anniversary", "commemoration", "memorial", "prospect"}  # fmt: skip
_DENY_VERBS = {"deny", "reject", "dismiss", "refute", "disavow"}
_HYPOTHETICAL_MARKS = {"if", "unless", "whether", "lest"}
_UNREAL_MODIFIERS = {"possible", "potential", "future", "further", "imminent", "threatened", "planned", "foiled",
    "thwarted",
                     "attempted", "alleged", "new", "any", "such", "mock", "simulated", "fictional",
                     "more"}  # fmt: skip
_UNREAL_STRICT = {"possible", "potential", "future", "imminent", "threatened", "planned", "foiled", "thwarted", "mock",
                  "simulated", "fictional", "any", "eventual"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """One word of action with its arguments, as token indices of phrase heads.

    ``alleged_by`` is the head of the phrase that blames or claims, where the agent stands only by such words.
    """

    at: int
    trigger: Trigger
    agents: tuple[int, ...]
    patients: tuple[int, ...]
    sides: tuple[int, ...]
    status: Status
    habitual: bool
    alleged_by: int | None = None
    definite: bool = False


def find(sentence: Sentence, lexicon: Lexicon) -> tuple[Event, ...]:
    """The events of a sentence, left to right."""
    found: list[Event] = []
    skip = -1
    for token in sentence:
        if token.i <= skip or token.is_punct or token.is_space:
            continue
        matched = _trigger(token, sentence, lexicon)
        if matched is None:
            continue
        trigger, last = matched
        skip = last
        head = sentence.doc[last] if trigger.pos == "N" else token
        found.append(_event(token.i, head, trigger))
    return tuple(found)


def _trigger(token: Token, sentence: Sentence, lexicon: Lexicon) -> tuple[Trigger, int] | None:
    """The longest trigger that begins at a token, with its last token."""
    words = _following(token, sentence)
    for n in range(len(words), 0, -1):
        last = words[n - 1]
        rest = [w.lower_ for w in words[1:n]]
        verb = _known_verb(words[0], rest, lexicon)
        if verb and _is_verb(words[0]) and (n > 1 or not _noun_like(words[0])):
            return verb, last.i
        lemma = last.lemma_.lower() if last.pos_ in {"NOUN", "PROPN"} else _singular(last.lower_)
        lead = [w.lower_ for w in words[: n - 1]]
        noun = lexicon.noun_triggers.get(" ".join([*lead, lemma])) or lexicon.noun_triggers.get(
            " ".join([*lead, last.lower_])
        )
        if noun and (_noun_like(last) or n > 1) and not _is_verb_use(last, n):
            return noun, last.i
    if n_phrasal := _phrasal(token, lexicon):
        return n_phrasal, token.i
    return None


def _known_verb(token: Token, rest: list[str], lexicon: Lexicon) -> Trigger | None:
    """The trigger of a verb by its lemma, or by its form where the lemma is wrong ("raped" -> "rap")."""
    by_lemma = lexicon.verb_triggers.get(" ".join([token.lemma_.lower(), *rest]))
    if by_lemma or not token.lower_.endswith("ed"):
        return by_lemma
    return lexicon.verb_triggers.get(" ".join([token.lower_[:-1], *rest]))


def _following(token: Token, sentence: Sentence) -> list[Token]:
    """The token and up to three words after it, hyphens left out."""
    words, i = [token], token.i + 1
    while len(words) < 4 and i < sentence.end:
        other = sentence.doc[i]
        if other.text != "-":
            if other.is_punct or other.is_space:
                break
            words.append(other)
        i += 1
    return words


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _is_verb(token: Token) -> bool:
    return token.pos_ in {"VERB", "AUX"} or token.tag_.startswith("VB")


def _noun_like(token: Token) -> bool:
    if token.pos_ in {"NOUN", "PROPN"}:
        return True
    # A participle after an article or a noun modifier, or before "of": "the bombing of", "twin bombings".
    return (
        token.tag_ == "VBG" and any(c.dep_ in {"det", "poss", "compound", "amod"} for c in token.children)
    ) or token.pos_ == "ADJ"


def _is_verb_use(token: Token, n: int) -> bool:
    return n == 1 and _is_verb(token) and not _noun_like(token)


def _phrasal(token: Token, lexicon: Lexicon) -> Trigger | None:
    """Verbs whose particle or object stands apart: "blew himself up", "set the house on fire", "took them hostage"."""
    if not _is_verb(token):
        return None
    lemma = token.lemma_.lower()
    for child in token.children:
        if child.dep_ in {"prt", "dobj", "oprd", "advmod", "acomp"} and child.i > token.i:
            found = lexicon.verb_triggers.get(f"{lemma} {child.lower_}")
            if found:
                return found
    return None


def _event(at: int, head: Token, trigger: Trigger) -> Event:
    sides: list[Token] = []
    alleged: Token | None = None
    if trigger.pos == "V":
        agents, patients = _verb_arguments(head, trigger)
    else:
        agents, patients, alleged = _noun_arguments(head, trigger)
    if trigger.frame == "clash":
        sides = [*agents, *patients, *after(head, "between", "with", "against", "among")]
        agents, patients = [], []
    return Event(
        at,
        trigger,
        tuple(dict.fromkeys(t.i for a in agents for t in with_conjuncts(a))),
        tuple(dict.fromkeys(t.i for p in patients for t in with_conjuncts(p))),
        tuple(dict.fromkeys(t.i for s in sides for t in with_conjuncts(s))),
        status_of(head),
        _habitual(head),
        alleged.i if alleged is not None else None,
        any(c.lower_ in {"the", "this", "that", "these", "those"} for c in head.children if c.dep_ == "det"),
    )


def _verb_arguments(verb: Token, trigger: Trigger) -> tuple[list[Token], list[Token]]:
    if is_passive(verb):
        suffers = passive_subject(verb)
        agents = by_agents(verb) or causal_agents(verb)
        patients = [suffers] if suffers is not None else []
    else:
        acts = subject(verb)
        agents = [acts] if acts is not None else []
        patients = objects(verb)
    if trigger.frame in {"shoot", "fire", "act", "hit"}:
        patients = [*patients, *after(verb, "at", "on", "upon", "against", "into", "toward", "towards", "onto")]
    if trigger.frame == "clash":
        patients = [*patients, *after(verb, "with", "against")]
    if trigger.frame in {"explode", "die"}:
        agents, patients = ([], [*agents, *patients]) if trigger.frame == "die" else ([], [])
    return agents, patients


def _noun_arguments(noun: Token, trigger: Trigger) -> tuple[list[Token], list[Token], Token | None]:
    agents = by_agents(noun) + after(noun, "from")
    before = [c for c in noun.children if c.dep_ in {"poss", "compound", "amod", "nmod"} and c.i < noun.i]
    patients = after(noun, "on", "against", "upon", "at", "of", "targeting", "toward", "towards", "into")
    for c in noun.children:
        if c.dep_ in {"acl", "relcl"} and c.lemma_.lower() in {
            "target",
            "hit",
            "strike",
            "kill",
            "wound",
            "injure",
            "rock",
            "destroy",
        }:
            patients += objects(c)
        if c.dep_ in {"acl", "relcl"}:
            agents += _behind(c)
    if not agents:
        agents = [g for t in noun.subtree if t.dep_ in {"conj", "pobj", "appos"} for g in by_agents(t)]
    if trigger.frame in {"die", "kill"}:
        before, patients = [], [*patients, *before]
    more_agents, more_patients, alleged = _around(noun)
    return before + agents + more_agents, patients + more_patients, alleged


def _behind(verb: Token) -> list[Token]:
    """Agents in a clause that describes the deed: "blamed on X", "believed to have been carried out by X"."""
    found: list[Token] = []
    for one in [verb, *(c for c in verb.children if c.dep_ in {"xcomp", "ccomp"})]:
        if one.lemma_.lower() in LIGHT_VERBS | CLAIM_VERBS | {"blame", "lead", "back"}:
            found += by_agents(one) + after(one, "on")
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
    if noun.dep_ in {"nsubj", "conj"} and lemma in {
        "hit",
        "strike",
        "kill",
        "target",
        "wound",
        "rock",
        "injure",
        "claim",
        "destroy",
    }:
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
        return [], ([acts] if acts is not None else []), None
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
    if word == "behind" and governor.lemma_ in {"be"}:
        acts = subject(governor)
        return ([acts] if acts is not None else []), [], None
    if word in {"in", "by"} and is_passive(governor):
        suffers = passive_subject(governor)
        return (
            [],
            ([suffers] if suffers is not None and lemma in {"kill", "wound", "injure", "target", "hit"} else []),
            None,
        )
    return [], [], None


def _habitual(token: Token) -> bool:
    """True for what goes on over a time or is said in general ("has been carrying out raids for two years")."""
    for t in climb(token):
        if t.pos_ in {"VERB", "AUX"}:
            aux = {c.lower_ for c in t.children if c.dep_ in {"aux", "auxpass"}}
            if {"has", "have"} & aux and ("been" in aux and t.tag_ == "VBG"):
                return True
            return t.tag_ in {"VBP", "VBZ"} and t.lemma_ in {"continue", "remain", "face"}
    return False


def status_of(token: Token) -> Status:
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


def _unreal_noun(token: Token) -> bool:
    for c in token.children:
        if c.dep_ in {"amod", "det", "compound"} and c.lower_ in _UNREAL_STRICT:
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
    if (
        t.dep_ == "pobj"
        and t.head.lower_ in {"against", "without", "despite"}
        and t.i == first.i
        and t.head.lower_ == "without"
    ):
        return "hypothetical"
    return None


def _verb_status(t: Token, below: Token) -> Status | None:
    children = list(t.children)
    if any(c.dep_ == "neg" for c in children):
        return (
            "denied"
            if t.lemma_ not in {"know", "identify", "say", "specify", "give", "claim", "clear", "confirm", "rule", "be"}
            else None
        )
    if any(c.dep_ == "mark" and c.lower_ in _HYPOTHETICAL_MARKS for c in children):
        return "hypothetical"
    aux = {c.lower_ for c in children if c.dep_ in {"aux", "auxpass"}}
    if "should" in aux and t.dep_ == "advcl":
        return "hypothetical"
    if aux & _FUTURE:
        return "planned"
    if aux & _MODAL and "have" not in aux and t.dep_ not in {"advcl"}:
        return "hypothetical"
    lemma = t.lemma_.lower()
    if below.i == t.i:
        return "planned" if "to" in aux and _unrealised_infinitive(t) else None
    if lemma in _PLAN_VERBS and below.dep_ in {"xcomp", "ccomp", "dobj", "prep", "nsubjpass", "advcl"}:
        return "planned"
    if lemma in _DENY_VERBS and below.dep_ in {"xcomp", "ccomp", "dobj", "prep", "nsubjpass"}:
        return "denied"
    if "to" in aux and _unrealised_infinitive(t):
        return "planned"
    return None


def _unrealised_infinitive(verb: Token) -> bool:
    """ "To attack" as purpose or plan; not after "managed", "began", "continued", "used"."""
    if verb.dep_ in {"xcomp", "ccomp"}:
        return verb.head.lemma_.lower() in _PLAN_VERBS | {"try", "attempt", "be", "agree", "have"}
    return verb.dep_ in {"advcl", "acl", "relcl", "ROOT", "pcomp"}

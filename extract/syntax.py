"""Small questions to a dependency parse: who acts, who suffers, what governs what."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

# Verbs that only carry a noun of action: "carried out an attack", "launched a raid".
LIGHT_VERBS = frozenset(
    (
        "carry launch conduct stage mount perpetrate commit execute perform unleash make mastermind undertake "
        "resume wage begin start open intensify step continue deliver initiate escalate direct set plant "
        "detonate throw hurl place lob toss plot renew explode fire drop use do implement orchestrate "
        "activate order repeat inflict"
    ).split()
)
# Verbs whose subject undergoes the noun of action: "came under shelling", "suffered a raid".
UNDERGO_VERBS = frozenset(("come suffer face sustain witness undergo survive repel escape endure repulse").split())
# Verbs and nouns by which somebody takes or gets the blame for the noun of action.
CLAIM_VERBS = {"claim", "assume", "take", "accept", "admit", "acknowledge"}
BLAME_VERBS = {"blame", "accuse", "hold", "suspect", "charge", "attribute"}
SPEECH_VERBS = frozenset(
    (
        "say report tell announce claim state confirm deny accuse blame admit acknowledge add declare note "
        "allege assert insist warn reveal disclose explain indicate stress emphasize write tweet estimate "
        "document record describe denounce condemn reject dismiss argue maintain quote cite mention suggest "
        "charge inform post recall broadcast publish monitor verify affirm concede contend complain comment "
        "pledge vow point boast ring"
    ).split()
)
# Verbs that say something where a clause follows them ("found that", "concluded that").
FINDING_VERBS = {"find", "conclude", "determine", "establish", "believe", "hold"}
# Verbs that say a figure: "put the number of dead at 27", "gave a toll of 12".
COUNT_VERBS = {"put", "give", "speak", "count", "tally", "raise", "revise", "list", "talk"}
COUNTED = frozenset(("toll number count figure death body dead wounded casualty bodies victim tally").split())


# What a deed or an account of it is called by whoever judges it.
JUDGED = frozenset(
    (
        "lie lies false fabrication fabricated fabrications baseless unfounded groundless nonsense absurd untrue "
        "fiction fantasy fictitious propaganda slander invention hoax crime massacre murder legitimate lawful "
        "necessary mistake error accident response retaliation reprisal revenge answer defence defense unfortunate "
        "regrettable justified"
    ).split()
)


def is_saying(verb: Token) -> bool:
    """True for a verb of saying, and for one that gives a figure."""
    lemma = verb.lemma_.lower()
    if lemma in SPEECH_VERBS:
        return True
    if lemma in FINDING_VERBS:
        return any(c.dep_ == "ccomp" for c in verb.children)
    near = verb.doc[verb.i + 1 : min(len(verb.doc), verb.i + 8)]
    if lemma in {"call", "describe", "term", "brand", "label"} and any(t.lower_ in JUDGED for t in near):
        return True
    return lemma in COUNT_VERBS and any(t.lemma_.lower() in COUNTED for t in near)


def subject(verb: Token) -> Token | None:
    """The subject of a verb, its own or the one that it shares with the verb it hangs on."""
    for _ in range(5):
        own = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass", "csubj"}]
        if own:
            before = [c for c in own if c.i < verb.i]
            return _antecedent(before[-1] if before else own[0])
        if verb.dep_ in {"conj", "xcomp", "advcl", "pcomp"} and verb.head.pos_ in {"VERB", "AUX", "ADP", "SCONJ"}:
            verb = verb.head.head if verb.dep_ == "pcomp" else verb.head
            if verb.lemma_.lower() in BLAME_VERBS:
                accused = objects(verb)
                return accused[0] if accused else passive_subject(verb)
        elif verb.dep_ in {"acl", "relcl"}:
            return verb.head if verb.tag_ != "VBN" else None
        else:
            return None
    return None


def _antecedent(token: Token) -> Token:
    """The noun that "who", "which" or "that" stands for."""
    if token.tag_ in {"WDT", "WP"} and token.head.dep_ in {"relcl", "ccomp"} and token.head.head.i < token.i:
        return token.head.head
    return token


def is_passive(verb: Token) -> bool:
    """True for a passive verb, also one without an auxiliary ("killed by", "soldiers attacked by")."""
    if any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children):
        return True
    if any(c.dep_ == "agent" for c in verb.children):
        return True
    if verb.tag_ in {"VBN", "VBD"} and verb.dep_ == "conj" and verb.head.tag_ == "VBN":
        own = [c for c in verb.children if c.dep_ in {"nsubj", "dobj"} and c.lower_ != "dead"]
        return is_passive(verb.head) and not own
    if verb.tag_ == "VBN" and verb.dep_ in {"xcomp", "oprd"} and verb.head.lemma_.lower() in {"find", "leave"}:
        return True
    return (
        verb.tag_ == "VBN"
        and verb.dep_ in {"acl", "advcl", "amod"}
        and not any(c.dep_ in {"aux", "dobj"} for c in verb.children)
    )


def passive_subject(verb: Token) -> Token | None:
    """Who suffers a passive verb."""
    for c in verb.children:
        if c.dep_ in {"nsubjpass", "nsubj"}:
            return _antecedent(c)
    if verb.dep_ in {"acl", "amod"}:
        return verb.head
    if verb.dep_ == "conj":
        return passive_subject(verb.head) if verb.head.pos_ in {"VERB", "AUX"} else None
    return subject(verb)


def by_agents(token: Token) -> list[Token]:
    """The nouns after "by"."""
    found = []
    for c in token.children:
        if c.dep_ in {"agent", "prep"} and c.lower_ == "by":
            found += [g for g in c.children if g.dep_ == "pobj"]
    return found


def causal_agents(verb: Token) -> list[Token]:
    """Who acts in the clause that tells how it came ("killed when gunmen stormed the village")."""
    found = []
    for c in verb.children:
        if c.dep_ == "advcl" and any(g.lower_ in {"when", "after", "as"} for g in c.children):
            found += [g for g in c.children if g.dep_ == "nsubj"]
    return found


def after(token: Token, *prepositions: str) -> list[Token]:
    """The nouns after one of the prepositions that hang on a token."""
    return [
        g
        for c in token.children
        if c.dep_ in {"prep", "dative"} and c.lower_ in prepositions
        for g in c.children
        if g.dep_ == "pobj"
    ]


def objects(verb: Token) -> list[Token]:
    """Direct objects."""
    return [c for c in verb.children if c.dep_ in {"dobj", "oprd"} and c.lower_ not in {"dead", "hostage", "captive"}]


def with_conjuncts(token: Token) -> list[Token]:
    """A noun and those coordinated with it, itself first."""
    return [token, *(c for c in token.conjuncts if c.i > token.i)]


def climb(token: Token) -> Iterator[Token]:
    """The token and all that it hangs on, up to the root."""
    for _ in range(60):
        yield token
        if token.head.i == token.i:
            return
        token = token.head


def core(head: Token) -> tuple[int, int]:
    """First and last token of a noun phrase without what follows its head."""
    first = head.i
    for c in head.lefts:
        if c.dep_ not in {"cc", "punct", "nsubj", "aux", "advmod", "mark"}:
            first = min(first, c.left_edge.i)
    return first, head.i

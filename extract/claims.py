"""Who says so: the speaker of each sentence, and what he does by saying it (assert, admit, deny, blame, justify)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Sentence

from extract.patterns import any_case
from extract.records import Span, Stance
from extract.registry import PartyMention
from extract.stances import (
    ADMITS,
    BLAMES,
    DENIES,
    DEPLORES,
    HOLDS,
    JUSTIFIES,
    OWNS_UP,
    POINTS,
    REGRET_NOUNS,
    REGRETS,
    stances_of,
)
from extract.syntax import by_agents, core, is_passive, is_saying, objects, subject, with_conjuncts

# A speaker who closes a sentence takes no more words than this.
_CLOSING_WORDS = 14
# ... and is followed by no more ("on Monday, in a statement to reporters in the capital").
_CLOSING_TAIL = 25
_PRONOUNS = {"he", "she", "it", "they"}
_SILENT = {"dead", "victim", "victims", "body", "bodies", "wounded", "blast", "explosion", "attack", "grenade", "bomb"}
_NONE = {"nobody", "none", "neither"}
_SAYING_NOUNS = frozenset(
    (
        "statement communique spokesman spokeswoman spokesperson source sources official officials report "
        "reports commander minister ministry chief head leader police witness witnesses resident residents "
        "activist activists doctor doctors medics governor mayor president"
    ).split()
)


_BODIES = frozenset(
    "government army military embassy ambassador envoy delegation authority parliament presidency forces state".split()
)


@dataclass(frozen=True, slots=True)
class Speech:
    """One act of saying: ``name`` of the speaker, the party behind him, the verb's and the speaker's token,
    the stance, the ``words`` of the sentence, and whether the stance is ``learned``, not the verb's."""

    sentence: int
    name: str
    party: PartyMention | None
    verb: int
    head: int
    stance: Stance
    span: Span
    about: PartyMention | None = None
    words: str = ""
    learned: bool = False


@dataclass(slots=True)
class _Memory:
    """Who spoke last, and which organisation stands behind a surname."""

    last: tuple[str, PartyMention | None] | None
    people: dict[str, tuple[str, PartyMention | None]]


def find(
    doc: Doc, sentences: Sequence[Sentence], at_token: Mapping[int, PartyMention], persons: frozenset[int]
) -> tuple[Speech, ...]:
    """All acts of saying in a document, in order."""
    memory = _Memory(None, {})
    found: list[Speech] = []
    quoting = False
    for number, sentence in enumerate(sentences):
        saying = {token: heads for token in sentence if (heads := _speaker_heads(token))}
        here = [
            speech
            for token, heads in saying.items()
            for first in heads
            for head in with_conjuncts(first)
            for speech in _speeches(number, token, head, at_token, persons, memory, saying)
        ]
        if not here and memory.last and (quoting or _is_quote(sentence)):
            name, party = memory.last
            root, span = sentence.root, Span(sentence.start_char, sentence.end_char)
            stances = stances_of(root, sentence.text)
            here = [Speech(number, name, party, root.i, root.i, stance, span) for stance in stances]
        quoting = quoting != (sentence.text.count('"') % 2 == 1)
        found += here
    return tuple(found)


def of_token(speeches: Sequence[Speech], doc: Doc, token: int) -> Speech | None:
    """The act of saying that a word is part of: the nearest saying verb above it, else the sentence's only one.

    Who condemns or claims a deed does not tell what is told of it by the way ("the attack, in which 15 people died").
    """
    by_verb = {s.verb: s for s in speeches}
    one, aside = doc[token], False
    for _ in range(40):
        if one.i in by_verb and one.i != token:
            return None if _takes_as_known(one, aside=aside) else by_verb[one.i]
        if one.head.i == one.i:
            break
        aside = aside or one.dep_ == "relcl"
        one = one.head
    only = speeches[0] if len(speeches) == 1 else None
    return None if only is None or _takes_as_known(doc[only.verb], aside=False) else only


def _takes_as_known(verb: Token, *, aside: bool) -> bool:
    """True for a verb that takes a deed as known, told ``aside`` or not."""
    lemma = verb.lemma_.lower()
    return lemma in DEPLORES | REGRETS or (aside and lemma in BLAMES | DENIES | OWNS_UP | {"claim"})


def _speaker_heads(token: Token) -> list[Token]:
    """The heads of the phrases that a token makes speakers."""
    if token.lower_ == "according" and token.lemma_.lower() == "accord":
        return [g for c in token.children if c.dep_ == "prep" for g in c.children if g.dep_ == "pobj"]
    if token.pos_ not in {"VERB", "AUX"} or not _says(token):
        return []
    closing = _closing_speaker(token)
    if closing is not None:
        return [closing]
    if is_passive(token):
        return by_agents(token)
    acts = subject(token)
    if acts is not None and acts.i != token.i and acts.pos_ in {"NOUN", "PROPN", "PRON"}:
        return [acts]
    return _said_on(token)


def _said_on(verb: Token) -> list[Token]:
    """Who speaks in "said … and blamed X" where the parse does not join the two verbs."""
    doc, at = verb.doc, verb.i - 1
    while at > verb.sent.start and doc[at].pos_ == "ADV":
        at -= 1
    if verb.tag_ not in {"VBD", "VBN", "VBZ"} or doc[at].dep_ != "cc" or verb.dep_ != "conj":
        return []
    for before in reversed(doc[verb.sent.start : at]):
        if before.pos_ == "VERB" and _says(before) and before.dep_ in {"ROOT", "conj", "ccomp"}:
            return _speaker_heads(before)
    return []


def _says(verb: Token) -> bool:
    """True for a verb of saying, blaming, denying, admitting, and of taking responsibility."""
    lemma = verb.lemma_.lower()
    if is_saying(verb) or lemma in BLAMES | DENIES | ADMITS | REGRETS | JUSTIFIES:
        return True
    if lemma in {"express", "offer", "voice", "convey"}:
        return any(o.lower_ in REGRET_NOUNS for o in objects(verb))
    if lemma in {"name", "identify"}:
        return any(c.dep_ == "prep" and c.lower_ == "as" for c in verb.children)
    if lemma == "distance":
        return any(c.lower_ in {"itself", "themselves", "himself"} for c in verb.children)
    if lemma in POINTS:
        return any(c.dep_ == "prep" and c.lower_ in {"to", "at", "on"} for c in verb.children)
    if lemma in {"hold", "lay", "see"}:
        return bool(HOLDS.search(verb.sent.text))
    return lemma in OWNS_UP and any(o.lower_ in {"responsibility", "credit", "blame"} for o in objects(verb))


def _closing_speaker(verb: Token) -> Token | None:
    """The head of the phrase between the last comma and a verb of saying that closes a sentence.

    A parser often hangs such a speaker on the clause before it ("..., the mayor said."), but the order of words tells.
    """
    sentence = verb.sent
    if (
        verb.tag_ not in {"VBD", "VBZ"}
        or sentence.end - verb.i > _CLOSING_TAIL
        or any(t.pos_ in {"VERB", "AUX"} for t in sentence.doc[verb.i + 1 : sentence.end])
    ):
        return None
    start = verb.i - 1
    while (
        start > sentence.start and verb.i - start < _CLOSING_WORDS and sentence.doc[start].text not in {",", '"', "”"}
    ):
        start -= 1
    phrase = sentence.doc[start + 1 : verb.i]
    if start <= sentence.start or not len(phrase) or any(t.pos_ in {"VERB", "AUX", "SCONJ"} for t in phrase):
        return None
    if any(t.head.i == verb.i and t.dep_ == "nsubj" for t in phrase):
        return None
    outer = [t for t in phrase if not phrase.start <= t.head.i < phrase.end and t.pos_ in {"NOUN", "PROPN", "PRON"}]
    return outer[0] if outer else None


def _speeches(
    number: int,
    verb: Token,
    head: Token,
    at_token: Mapping[int, PartyMention],
    persons: frozenset[int],
    memory: _Memory,
    saying: Iterable[Token],
) -> list[Speech]:
    """The act of saying by one speaker, once for each stance that it takes. ``saying`` are the sentence's verbs."""
    named = _name(head, at_token, persons, memory)
    if named is None:
        return []
    memory.last = named
    sentence = verb.sent
    span = Span(sentence.start_char, sentence.end_char)
    about = _about(verb, at_token)
    stances = stances_of(verb, _own_words(verb, saying))
    lemma = verb.lemma_.lower()
    if stances == ("asserts",) and about is not None and (lemma in POINTS or identified(verb, at_token) is not None):
        stances = ("blames",)
    if stances == ("blames",) and about is None and lemma in DEPLORES:
        stances = ("asserts",)
    if stances == ("asserts",) and (other := _charged(verb, at_token, named[1])) is not None:
        stances, about = ("blames",), other
    return [Speech(number, *named, verb.i, head.i, stance, span, about, sentence.text) for stance in stances]


def _own_words(verb: Token, saying: Iterable[Token]) -> str:
    """What is said by one of a sentence's verbs of saying: the sentence without what the others say."""
    sentence = verb.sent
    others = [t for t in saying if t.i != verb.i]
    if not others:
        return sentence.text
    above = {t.i for t in verb.ancestors}
    inner = [verb.subtree] if any(t.i in above for t in others) else [sentence]
    without = {t.i for other in others if other.i not in above for t in other.subtree}
    return "".join(t.text_with_ws for part in inner for t in part if t.i not in without or t.i == verb.i)


def _name(
    head: Token, at_token: Mapping[int, PartyMention], persons: frozenset[int], memory: _Memory
) -> tuple[str, PartyMention | None] | None:
    """(name of the speaker, party behind him); None where the words name nobody who can speak."""
    if head.lower_ in _PRONOUNS:
        return memory.last
    if head.lower_ in _SILENT | _NONE or any(c.lower_ in {"no", "neither"} for c in head.children):
        return None
    if head.pos_ == "PROPN" and head.text in memory.people and head.i not in at_token:
        return memory.people[head.text]
    party = _party_of(head, at_token)
    text = _phrase(head)
    if head.i in persons:
        surname = head.text
        if party is None and surname in memory.people:
            return memory.people[surname]
        named = (_called(head, party, persons), party)
        memory.people[surname] = named
        return named
    if party is not None:
        called = _called(head, party, persons)
        for name in _names_within(head, persons):
            memory.people[name] = (called, party)
        if head.pos_ == "PROPN" and head.i not in at_token:
            memory.people[head.text] = (called, party)
        return called, party
    if (
        head.lemma_.lower() in {"statement", "communique"}
        and memory.last
        and any(c.lower_ == "the" for c in head.children)
    ):
        return memory.last
    if head.lower_ in _SAYING_NOUNS or head.pos_ in {"PROPN", "NOUN"}:
        return text, None
    return None


# So many words of a phrase say who speaks.
_LONGEST_NAME = 14
# Who speaks for a party as such, and who speaks for himself as well.
_SPEAKS_FOR = any_case(r"\b(?:spokes\w+|press (?:office|service|secretary|centre|center)|media (?:office|arm|wing))\b")
_POST = any_case(
    r"\b(?:leader|chief|head|commander|general|colonel|major|captain|brigadier|admiral|governor|president|minister|"
    r"mayor|director|secretary|envoy|ambassador|deputy|chairman|chairwoman|coordinator|representative|adviser|"
    r"member|premier|commissioner|inspector|prosecutor|branch|wing)\b"
)
_WORDS = re.compile(r"[^\W_]+")


def _phrase(head: Token) -> str:
    """A speaker in the words of the text, his post and name included: "army chief, Arne Moe", "mayor of Goma"."""
    doc = head.doc
    first, last = core(head)
    while first < last and (doc[first].dep_ == "det" or doc[first].is_punct or doc[first].is_space):
        first += 1
    last = max([last, *(_end(c, first) for c in head.children if c.i > head.i and _belongs(c))])
    return doc[first : last + 1].text


def _belongs(child: Token) -> bool:
    """True for what names a speaker further: "of the army", "for the rebels", ", Arne Moe"."""
    return child.dep_ == "appos" or (child.dep_ == "prep" and child.lower_ in {"of", "for"})


def _end(child: Token, first: int) -> int:
    """The last word of such a part, before any clause that hangs on it; nothing of a part that is too long."""
    clause = [t.left_edge.i for t in child.subtree if t.dep_ in {"relcl", "acl"} and t.i > child.i]
    last = min([child.right_edge.i, *(i - 1 for i in clause)])
    while child.doc[last].is_punct or child.doc[last].is_space:
        last -= 1
    return last if last - first < _LONGEST_NAME else -1


def _apposed(head: Token) -> bool:
    """True where a name stands right after a speaker's title: "news agency APS"."""
    after = head.doc[head.i + 1] if head.i + 1 < len(head.doc) else None
    return after is not None and after.dep_ == "appos" and after.pos_ == "PROPN"


def _names_within(head: Token, persons: frozenset[int]) -> list[str]:
    """Surnames in the phrase of a speaker."""
    near = head.doc[head.i : min(head.i + _LONGEST_NAME, head.sent.end)]
    return [t.text for c in head.children if c.dep_ == "appos" for t in [c] if c.i in persons and t in near]


def _called(head: Token, party: PartyMention | None, persons: frozenset[int]) -> str:
    """The name that a speaker goes by: his party's where he only speaks for it, else who he is with his party."""
    text = _phrase(head)
    if party is None or party.bare or party.general or party.kind in {"civilian", "unidentified"}:
        return party.text if party is not None and party.bare and text == party.text else text
    if party.kind == "media" and _apposed(head):
        return text
    if party.kind in {"media", "monitor"} or not _stands_out(head, text, party, persons):
        return party.name
    return text if party.name in text else f"{text} ({party.name})"


def _stands_out(head: Token, text: str, party: PartyMention, persons: frozenset[int]) -> bool:
    """True for a speaker with a post or a name of his own beside his party's: its leader, a governor."""
    inside = range(core(head)[0], head.i + 1)
    own = [i for i in (*inside, *(c.i for c in head.children if c.dep_ == "appos")) if i in persons]
    known = {w.lower() for w in _WORDS.findall(party.name)}
    if any(head.doc[i].lower_ not in known for i in own):
        return True
    return bool(_POST.search(text)) and not _SPEAKS_FOR.search(text)


def _party_of(head: Token, at_token: Mapping[int, PartyMention]) -> PartyMention | None:
    """The party in a speaker's phrase: its own words, then an apposition, then "of", "for" or "by" after it."""
    for child in head.children:
        if child.dep_ == "appos" and child.i in at_token:
            return at_token[child.i]
    first, last = core(head)
    inside = [at_token[i] for i in range(last, first - 1, -1) if i in at_token]
    inside.sort(key=lambda m: m.bare and not (m.span.start <= head.idx < m.span.end))
    if inside:
        return inside[0]
    for child in head.children:
        if child.dep_ in {"appos", "prep", "acl", "agent"} and child.i > head.i:
            for token in child.subtree:
                found = at_token.get(token.i)
                if found is not None and token.i - head.i < 12 and (not found.bare or _speaks_for(head)):
                    return found
    return _in_name_of(head, at_token)


# Words between a caller and the party that he speaks in the name of.
_ON_BEHALF = {"behalf", "name", "speaking", "representing", "claiming", "represented", "spoke", "signed"}


def _in_name_of(head: Token, at_token: Mapping[int, PartyMention]) -> PartyMention | None:
    """ "A caller in the name of X", "a man claiming to speak for X"."""
    cue = False
    for token in head.doc[head.i + 1 : min(head.i + 12, head.sent.end)]:
        cue = cue or token.lower_ in _ON_BEHALF
        if token.i in at_token:
            return at_token[token.i] if cue and not at_token[token.i].bare else None
    return None


def _speaks_for(head: Token) -> bool:
    """True for a post or body that speaks for the country named after it; "a committee in Honduras" does not."""
    return head.lemma_.lower() in _SAYING_NOUNS or head.lemma_.lower() in _BODIES


def _about(verb: Token, at_token: Mapping[int, PartyMention]) -> PartyMention | None:
    """Whom a blaming verb is about."""
    if (named := identified(verb, at_token)) is not None:
        return named
    if verb.lemma_.lower() not in BLAMES | POINTS | {"hold", "lay", "see", "name", "identify"}:
        return None
    for child in verb.children:
        if child.dep_ in {"dobj", "prep", "pobj", "ccomp", "xcomp"}:
            for token in [child, *child.subtree]:
                if token.i in at_token:
                    return at_token[token.i]
    return None


# What is told of others only to charge them with it.
_CHARGES = frozenset(
    (
        "hold do lay carry plant kill attack send fire shell bomb shelter back arm train order plan detonate abduct "
        "kidnap seize ambush shoot murder massacre burn plot finance direct mastermind launch target strike execute"
    ).split()
)


def _charged(verb: Token, at_token: Mapping[int, PartyMention], speaker: PartyMention | None) -> PartyMention | None:
    """The armed party, not the speaker's own, of which a speaker says that it did such a thing."""
    for clause in verb.children:
        if clause.dep_ != "ccomp" or clause.lemma_.lower() not in _CHARGES or is_passive(clause):
            continue
        acting = next((at_token[c.i] for c in clause.children if c.dep_ == "nsubj" and c.i in at_token), None)
        if acting is not None and not acting.general and acting.kind in _ARMED and acting.country != _country(speaker):
            return acting
    return None


_ARMED = frozenset("rebel jihadist separatist militia paramilitary criminal cartel military coalition".split())


def _country(party: PartyMention | None) -> str:
    """The country of a speaker's party under arms or in office; that of a group counts not."""
    state = party is not None and party.kind in {"military", "government", "police", "intelligence"}
    return (party.country or "") if party is not None and state else ""


def identified(verb: Token, at_token: Mapping[int, PartyMention]) -> PartyMention | None:
    """Whom a clause says that those who did it are or belong to: "said the attackers were members of X"."""
    verb = verb.head if verb.lower_ == "according" else verb
    for clause in [verb, *(c for c in verb.children if c.dep_ in {"ccomp", "xcomp", "conj", "advcl"})]:
        who = [c for c in clause.children if c.dep_ in {"nsubj", "nsubjpass"} and c.lemma_.lower() in DOERS]
        told = [c for c in clause.children if c.dep_ in {"nsubj", "nsubjpass"} and c.lower_ in {"it", "they"}]
        meant = next((at_token[c.i] for c in clause.children if c.dep_ == "attr" and c.i in at_token), None)
        if told and meant is not None and not meant.bare and not meant.general and clause.lemma_.lower() == "be":
            return meant
        if not who or clause.lemma_.lower() not in _IDENTIFYING or any(c.dep_ == "neg" for c in clause.children):
            continue
        for token in clause.subtree:
            found = at_token.get(token.i)
            if (
                token.i > who[0].i
                and found is not None
                and not found.bare
                and found.id != getattr(at_token.get(who[0].i), "id", "")
            ):
                return found
    return None


# Who did it, before anybody says who they are.
DOERS = frozenset(
    (
        "criminal terrorist sniper murderer bandit robber intruder shooter hitman culprits attacker assailant "
        "perpetrator gunman gunmen killer culprit bomber kidnapper abductor raider suspect man"
    ).split()
)
_IDENTIFYING = {"be", "belong", "come", "represent", "identify", "appear", "seem", "believe"}


def _is_quote(sentence: Sentence) -> bool:
    """True where the whole sentence is in quotation marks."""
    text = sentence.text.strip()
    return text.startswith('"') and text.rstrip(".!?").endswith('"')

"""What became of people by one word: killed, wounded, missing, abducted, detained, displaced."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Token

from extract.quantities import number_before, value_of
from extract.records import Outcome


def _by_word(words: Mapping[Outcome, str]) -> dict[str, Outcome]:
    return {word: outcome for outcome, several in words.items() for word in several.split()}


VERBS = _by_word(
    {
        "killed": (
            "kill slay murder massacre execute behead assassinate die perish slaughter martyr hang decapitate "
            "lynch crucify neutralize neutralise eliminate drown burn electrocute asphyxiate"
        ),
        "wounded": "wound injure hurt maim hospitalize hospitalise mutilate",
        "missing": "disappear vanish",
        "abducted": "kidnap abduct seize snatch",
        "detained": "arrest detain imprison jail apprehend",
        "displaced": "displace uproot flee",
    }
)
# Verbs whose subject it is that it happens to.
UNDERGONE = frozenset("die perish drown disappear vanish flee succumb".split())
_MEN = frozenset("soldier serviceman servicemen fighter man men troop rebel militant policeman member officer".split())
# Forms that the parser's lemmas get wrong.
_STEMS = {
    "wounded": "wound",
    "injured": "injure",
    "killed": "kill",
    "killing": "kill",
    "kills": "kill",
    "wounding": "wound",
    "injuring": "injure",
    "injures": "injure",
    "died": "die",
    "slain": "slay",
    "martyred": "martyr",
}
# Verbs that tell of people only where their object is a word for people.
UNSURE = frozenset("seize snatch hang neutralize neutralise eliminate burn drown".split())
# Never nouns, whatever a headline makes the tagger believe.
_VERB_FORMS = frozenset({"kills", "injures"})
_WEAK_VERBS = {"hang", "neutralize", "neutralise", "eliminate", "burn", "drown", "flee", "disappear", "vanish"}
_TAKING = {"claim", "take", "cost"}
_HOMES = frozenset("home homes houses village villages flee leave abandon".split())
_DEADLY = {"fatally", "mortally"}
_NOUNS = _by_word(
    {
        "killed": (
            "death fatality martyr martyrdom dead killing toll body corpse life killed murder assassination "
            "slaying execution massacre slaughter beheading casualty slain"
        ),
        "wounded": "injury wounded injured wounding hurt",
        "missing": "missing disappearance",
        "abducted": "hostage kidnapping abduction",
        "detained": "detainee arrest detention",
        "displaced": "displacement",
    }
)
# Nouns of what was done, which name the people only after "of".
DEEDS = frozenset(
    (
        "death martyrdom killing murder assassination slaying execution massacre slaughter beheading injury wounding "
        "disappearance kidnapping abduction arrest detention displacement body corpse life"
    ).split()
)
# Who is sentenced to death is alive.
JUDGED = frozenset("sentence condemn doom".split())
ADJECTIVES = _by_word(
    {
        "killed": "dead killed martyred",
        "wounded": "wounded injured hurt",
        "missing": "missing unaccounted",
        "displaced": "homeless",
    }
)


def outcome_of(token: Token) -> Outcome | None:
    """What a word says became of people, None where it tells of no outcome."""
    lemma, word = token.lemma_.lower(), token.lower_
    if word == "missing":
        return None if any(c.dep_ == "dobj" for c in token.children) else "missing"
    if token.pos_ in {"VERB", "AUX"} or token.tag_ in {"VBN", "VBD", "VBG"} or word in _VERB_FORMS:
        found = VERBS.get(lemma) or VERBS.get(_STEMS.get(word, word))
        if lemma in _WEAK_VERBS and not _has_people(token):
            found = None
        return _idiom(token) or found
    if word == "dead" and token.head.lemma_.lower() == "shoot":
        return None
    if token.pos_ in {"ADJ", "ADV"} or token.dep_ in {"acomp", "amod"}:
        return ADJECTIVES.get(word)
    if token.pos_ in {"NOUN", "PROPN", "NUM"} and not is_verdict(token):
        return _noun_outcome(token, lemma, word)
    return None


def is_verdict(token: Token) -> bool:
    """True for the death that somebody is sentenced to."""
    to = token.head
    return token.lower_ == "death" and to.lower_ == "to" and to.head.lemma_.lower() in JUDGED


def _has_people(token: Token) -> bool:
    wanted = {"nsubj", "nsubjpass"} if token.lemma_.lower() in UNDERGONE else {"dobj", "nsubjpass"}
    return any(c.dep_ in wanted and (number_before(c) or value_of(c) is not None) for c in token.children)


def _idiom(token: Token) -> Outcome | None:
    """ "Shot dead", "hacked to death", "fatally wounded", "lost their lives", "taken hostage", "rounded up"."""
    lemma = token.lemma_.lower()
    after = {c.lower_ for c in token.children}
    if (lemma == "shoot" and "dead" in after) or (lemma == "gun" and "down" in after) or after & _DEADLY:
        return "killed"
    if lemma in JUDGED:
        return None
    if lemma == "succumb" or any(
        c.lower_ == "to" and c.i + 1 < len(c.doc) and c.nbor(1).lower_ == "death" for c in token.children
    ):
        return "killed"
    if lemma in {"burn", "bury", "roast"} and "alive" in after:
        return "killed"
    if lemma in {"force", "drive"} and {t.lower_ for t in token.subtree} & _HOMES:
        return "displaced"
    if lemma in {"take", "hold", "seize"} and after & {"hostage", "captive", "hostages"}:
        return "abducted"
    if lemma == "take" and "hostage" in {t.lower_ for t in token.subtree}:
        return "abducted"
    if (lemma == "round" and "up" in after) or (lemma == "take" and "custody" in {t.lower_ for t in token.subtree}):
        return "detained"
    if lemma == "lose" and any(
        c.dep_ == "dobj" and (c.lower_ in {"lives", "life"} or is_manned(c)) for c in token.children
    ):
        return "killed"
    return None


def is_manned(token: Token) -> bool:
    """ "Lost 40 soldiers": people under arms that are counted."""
    return token.lemma_.lower() in _MEN and number_before(token) is not None


def _noun_outcome(token: Token, lemma: str, word: str) -> Outcome | None:
    if lemma == "life":
        taken = token.i > 0 and (token.head.lemma_.lower() in _TAKING or token.nbor(-1).lower_ == "the")
        whose = token.i + 1 < len(token.doc) and token.nbor(1).lower_ == "of" and token.head.lemma_.lower() in _TAKING
        return "killed" if (taken and word == "lives") or whose else None
    if lemma == "toll":
        sentence = token.sent.text.lower()
        return "wounded" if "injur" in sentence and "death" not in sentence else "killed"
    return _NOUNS.get(word) or _NOUNS.get(lemma)

"""What became of people by one word: killed, wounded, missing, abducted, detained, displaced."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Token

from extract.quantities import number_before
from extract.records import Outcome


def _by_word(words: Mapping[Outcome, str]) -> dict[str, Outcome]:
    return {word: outcome for outcome, several in words.items() for word in several.split()}


VERBS = _by_word(
    {
        "killed": (
            "kill slay murder massacre execute behead assassinate die perish slaughter martyr hang decapitate "
            "lynch crucify neutralize neutralise eliminate drown burn"
        ),
        "wounded": "wound injure hurt maim hospitalize",
        "abducted": "kidnap abduct",
        "detained": "arrest detain",
        "displaced": "displace uproot",
    }
)
_MEN = frozenset("soldier serviceman servicemen fighter man men troop rebel militant policeman member officer".split())
# Forms that the parser's lemmas get wrong.
_STEMS = {
    "wounded": "wound",
    "injured": "injure",
    "killed": "kill",
    "killing": "kill",
    "wounding": "wound",
    "injuring": "injure",
    "died": "die",
    "martyred": "martyr",
}
_WEAK_VERBS = {"hang", "neutralize", "neutralise", "eliminate", "burn", "drown"}
_TAKING = {"claim", "take", "cost"}
_NOUNS = _by_word(
    {
        "killed": "death fatality martyr martyrdom dead killing toll body corpse casualty life killed",
        "wounded": "injury wounded injured",
        "missing": "missing",
        "abducted": "hostage",
        "detained": "detainee arrest",
    }
)
ADJECTIVES = _by_word(
    {
        "killed": "dead killed martyred",
        "wounded": "wounded injured hurt",
        "missing": "missing",
        "displaced": "homeless",
    }
)


def outcome_of(token: Token) -> Outcome | None:
    """What a word says became of people, None where it tells of no outcome."""
    lemma, word = token.lemma_.lower(), token.lower_
    if token.pos_ in {"VERB", "AUX"} or token.tag_ in {"VBN", "VBD", "VBG"}:
        found = VERBS.get(lemma) or VERBS.get(_STEMS.get(word, word))
        return None if lemma in _WEAK_VERBS and not _has_people_object(token) else found or _idiom(token)
    if token.pos_ in {"ADJ", "ADV"} or token.dep_ in {"acomp", "amod"}:
        return ADJECTIVES.get(word)
    if token.pos_ in {"NOUN", "PROPN", "NUM"}:
        return _noun_outcome(token, lemma, word)
    return None


def _has_people_object(token: Token) -> bool:
    return any(c.dep_ in {"dobj", "nsubjpass"} and number_before(c) for c in token.children)


def _idiom(token: Token) -> Outcome | None:
    """ "Shot dead", "gunned down", "lost their lives", "taken hostage"."""
    lemma = token.lemma_.lower()
    after = {c.lower_ for c in token.children}
    if (lemma == "shoot" and "dead" in after) or (lemma == "gun" and "down" in after):
        return "killed"
    if lemma == "take" and "hostage" in {t.lower_ for t in token.subtree}:
        return "abducted"
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
        return "killed" if taken and word == "lives" else None
    if lemma == "toll":
        sentence = token.sent.text.lower()
        return "wounded" if "injur" in sentence and "death" not in sentence else "killed"
    return _NOUNS.get(word) or _NOUNS.get(lemma)

"""What a speaker does by saying it: assert, admit, deny, blame, justify."""

from __future__ import annotations

import re

from spacy.tokens import Token

from extract.records import Stance

ADMITS = {"admit", "acknowledge", "concede"}
DENIES = {"deny", "reject", "dismiss", "refute", "disavow"}
BLAMES = {"blame", "accuse", "denounce", "condemn", "charge"}
_RESPONSIBILITY = re.compile(
    r"\b(claim\w*|assum\w*|tak\w*|took|accept\w*|admit\w*)\s+(?:\w+\s+)?(?:responsibility|credit)\b", re.I
)
_NO_RESPONSIBILITY = re.compile(r"\bno\s+(?:group|one|organi[sz]ation|immediate\s+claim|claim)\b", re.I)
_OWN_DEED = re.compile(
    r"\b(?:its|their|his|our) (?:\w+ ){0,4}(?:had |have |has )?(?:carried out|bombed|attacked|killed|shot|"
    r"struck|hit|fired|shelled|targeted|captured|ambushed|detonated|planted|launched|blew up|destroyed)\b|"
    r"\b(?:it|they|we) (?:had |have |has )?(?:carried out|been behind|were behind|was behind)\b",
    re.I,
)
_NOT_US = re.compile(
    r"\b(?:had nothing to do with|was not (?:behind|responsible|involved)|were not (?:behind|responsible|"
    r"involved)|not (?:its|their) (?:forces|doing|work)|no (?:involvement|role|part) in)\b",
    re.I,
)
_EXCUSES = re.compile(
    r"\b(by mistake|mistaken\w*|in error|by accident|accident(?:al)?ly|unintentional\w*|inadvertent\w*|"
    r"believed (?:they|it|he|she) (?:was|were)|in self-?defen[cs]e|in response to|in retaliation|"
    r"target(?:ed|ing) (?:terrorists?|militants?)|legitimate target)\b",
    re.I,
)
MISTAKE = re.compile(
    r"\b(?:by mistake|mistaken\w*|in error|by accident|accident(?:al)?ly|unintentional\w*|inadvertent\w*|"
    r"believed (?:they|it|he|she) (?:was|were)|regret\w*|apologi\w+)\b",
    re.I,
)
_IF = re.compile(r"\bif\b", re.I)
_FAULT = re.compile(
    r"\b(?:reason for (?:it|this|that)|(?:was|were|is|are) to blame|held? \w+ responsible|(?:was|"
    r"were) responsible for|carried out by|the work of|bore the hallmarks?|refus(?:al|ed) to coordinate|"
    r"reluctance)\b",
    re.I,
)
HOLDS = re.compile(
    r"\b(?:hold|holds|held|holding)\b[^.;]{3,80}\bresponsible\b|\bpoint(?:s|ed|ing)? (?:the|a) finger at\b|"
    r"\bput(?:s|ting)? the blame on\b",
    re.I,
)
_OWN_FAULT = re.compile(
    r"\b(?:may|might|could) have (?:\w+ )?(?:hit|struck|killed|bombed|targeted|injured|wounded|caused)\b", re.I
)
_DELIBERATE = re.compile(
    r"\b(deliberate\w*|intentional\w*|on purpose|war crime|clear evidence|flagrant|blatant|dangerous and \w+ attack)\b",
    re.I,
)
_TELLING = frozenset("say claim announce state insist tell report add call maintain".split())


def stance_of(verb: Token, sentence: str) -> Stance:
    """The stance of a verb of saying in its sentence."""
    lemma = verb.lemma_.lower()
    if lemma in DENIES:
        return "denies"
    if (
        _RESPONSIBILITY.search(sentence)
        and not _NO_RESPONSIBILITY.search(sentence)
        and lemma in {"claim", "assume", "take", "accept", "admit", "say"}
    ):
        return "admits"
    if _OWN_DEED.search(sentence) and lemma in {"say", "claim", "announce", "declare", "state", "report", "confirm"}:
        return "admits"
    if lemma in _TELLING and _NOT_US.search(sentence):
        return "denies"
    if lemma in ADMITS or _OWN_FAULT.search(sentence):
        return "admits"
    if lemma in BLAMES or (lemma in {"hold", "point", "put"} and HOLDS.search(sentence)):
        return "blames"
    if _FAULT.search(sentence):
        return "blames"
    if _EXCUSES.search(sentence) and not _IF.search(sentence):
        return "justifies"
    return "blames" if _DELIBERATE.search(sentence) else "asserts"

"""Whom a sentence points at as those who did it by other words than the deed's own: "the work of X", "suspects X"."""

from __future__ import annotations

from spacy.tokens import Span as Sentence

from extract.patterns import any_case
from extract.records import Span
from extract.registry import PartyMention

# So much of a sentence before and after a name tells what is said of it.
_REACH = 70
_FILL = (
    r"(?:the|a|an|some|two|three|armed|suspected|alleged|rebel|guerrilla|militant|separatist|jihadist|islamist|terrorist|"
    r"outlawed|banned|local|so-called|members?|fighters?|elements?|men|gunmen|guerrillas|rebels?|militants|bandits|"
    r"supporters|followers|forces|troops|of|from|group|organi[sz]ation|movement|gang|its|his|their|\"|“|‘|')"
)
_BEFORE = any_case(
    r"\b(?:"
    r"(?:work|handiwork|deed|doing|(?<!in the )(?<!into the )hand|signature|hallmarks?|fingerprints) of"
    r"|(?:blamed|pinned|laid) (?:\w+ ){0,2}?(?:up)?on|(?:attributed|ascribed|traced) to"
    r"|suspicion (?:\w+ )?(?:fell|falls|fallen|rests?|centred|centered) (?:up)?on"
    r"|point(?:s|ed|ing)? (?:\w+ ){0,3}?(?:to|at|towards?)"
    r"|suspects?"
    r"|(?:fired|launched|planted|carried out|laid|dropped|committed|perpetrated|staged|flown|set off|ordered|hurled|"
    r"thrown|claimed|detonated|conducted|mounted|executed) (?:\w+ly )?by"
    r"|(?:fire|gunfire|shells?|rockets?|missiles?|jets?|planes?|aircraft|helicopters?|drones?|attacks?|raids?|ambush|"
    r"assault|bombing|shelling|bombardment|strikes?|shots|artillery|mortars?) (?:\w+ )?"
    r"(?:of|by|from|belonging to|flying for)"
    r"|(?:who|they) (?:say|said) they (?:are|were) (?:from|of|with)|wor(?:e|ing|n) the uniforms? of|in the uniforms? of"
    r"|(?:calling|call|calls|styling) (?:itself|themselves)"
    r"|(?:carried out|done|committed) (?:in the name|on (?:the )?(?:orders|behalf)) of|at the hands of"
    rf")\s+(?:{_FILL}[\s-]*){{0,5}}$"
)
_AFTER = any_case(
    r"^[\"”’']?(?: \([^)]{1,12}\))?"
    r"(?: (?:militants|rebels|fighters|guerrillas|gunmen|group|insurgents|is|are|was|were|has|have|had|been|later|"
    r"since|also|being|widely|strongly|then)){0,4} "
    r"(?:suspected|blamed|to blame|behind (?:it|the|this|that)|responsible|under suspicion|"
    r"(?:claim|took|take|taken|assum|admit|acknowledg|own)\w* (?:up )?(?:to )?(?:the |full )?(?:responsibility|credit|"
    r"attack|bombing|blast|deed|killings?|ambush|raid|operation|strike|it\b))"
)
_CLEFT = any_case(r"\bit (?:was|is) (?:\w+ ){0,2}$")
_WHO = any_case(r"^[^,.;]{0,40}?\b(?:who|that|which)\b")
_NOT = any_case(
    r"\b(?:no|not|never|nobody|without|den(?:y|ies|ied|ying)|rejects?|rejected|ruled out|neither|nor|rather than|"
    r"against|fight\w*|victims?|survivors?|prisoners?|families)\b"
)


def pointed_at(sentence: Sentence, parties: tuple[PartyMention, ...]) -> list[PartyMention]:
    """The parties that the words around their names make those who did it, in order."""
    start, end = sentence.start_char, sentence.end_char
    here = [p for p in parties if start <= p.span.start < end]
    words = sentence.text if here else ""
    return [p for p in here if _is_pointed_at(words, p.span, start)]


def _is_pointed_at(words: str, span: Span, start: int) -> bool:
    before = words[max(0, span.start - start - _REACH) : span.start - start]
    after = words[span.end - start : span.end - start + _REACH]
    if pointed := _BEFORE.search(before):
        return not _NOT.search(before[max(0, pointed.start() - 30) :])
    if _CLEFT.search(before) and _WHO.match(after):
        return True
    claimed = _AFTER.match(after)
    return bool(claimed) and not _NOT.search(before[-20:])

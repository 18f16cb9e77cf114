"""Whether a word of action tells of violence or conflict in its sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Sentence

from extract import kinds, scene_places
from extract.accident_words import ACCIDENTS
from extract.captures import FLYING, HELD, INTERCEPTED, frees, takes_arms, takes_ground, takes_people
from extract.casualties import Figure
from extract.events import Event
from extract.material import Material, inside
from extract.outcomes import is_verdict
from extract.patterns import any_case
from extract.scene_parties import acts, suffers

ACCIDENT = any_case(rf"\b({ACCIDENTS}|accident(?:s|al)?|heart attack|cancer|disease|infection)\b")
_MINED = any_case(
    r"\b(?:ran over|run over|drove over|hit|struck|stepped on|set off|laid|planted|trigger\w+|detonat\w+|"
    r"explo\w+|blew|blown)\b[^.]{0,40}\bmines?\b|\bmines?\b[^.]{0,40}\b(?:explo\w+|detonat\w+|blew up|"
    r"went off|kill\w+|planted|laid)\b"
)
_ABSTRACT = frozenset(
    (
        "plan decision policy proposal idea record law bill budget comment report reform critic media problem "
        "issue question poverty corruption cost price inflation statement view credibility reputation rights "
        "freedom democracy dignity sector economy quota agreement deal"
    ).split()
)
_ABSTRACT_DEATH = any_case(r"\b(death (?:penalty|threats?|squads?|sentence|row)|deadline|cold-blooded)\b")
# A figure this many tokens from a word of killing belongs to it.
_FIGURE_WITHIN = 12
# An agreement is news in the first sentences of a report, this many tokens into them at most.
_OPENING_SENTENCES = 2
_DEAL_WITHIN = 40
# A report says what it is about within so many characters.
_OPENING_CHARACTERS = 200
_CRIME = any_case(
    r"\b(drugs?|cocaine|heroin|narcotics?|cannabis|marijuana|hashish|opium|smuggl\w+|traffick\w+|contraband|thie(?:f|ves)|"
    r"thefts?|stole|stolen|burgl\w+|pickpockets?|fraud\w*|embezzl\w+|brib\w+|counterfeit\w*|forged|forgery|tax|"
    r"launder\w+|poach\w+|drunk\w*|gambling|casino|prostitut\w+|swindl\w+|migrants|customs|dealers?|cartels?)\b"
)
_CAUSE = any_case(
    r"\b(militants?|insurg\w+|rebel\w*|guerrillas?|terror\w*|extremis\w+|jihad\w*|separatis\w+|paramilitar\w+|"
    r"oppositions?|activists?|dissidents?|protest\w*|demonstrat\w+|strik(?:e|ers?|ing)|journalists?|union\w*|politic\w+|"
    r"spy|spies|espionage|coup|troops|soldiers?|weapons?|rifles?|explosives?|bombs?|gunm[ae]n|gunfire|shot|killed)\b"
)
# What somebody is arrested for stands within so many characters before.
_CRIME_BEFORE = 200
_CROWD = any_case(r"protest|demonstrat|crowd|rally|march")


@dataclass(frozen=True, slots=True)
class _Case:
    """One word of action with what its sentence tells around it."""

    material: Material
    event: Event
    figures: Sequence[Figure]
    sentence: Sentence
    acting: bool
    suffering: bool
    text: str
    armed: bool


def is_told(material: Material, event: Event, figures: Sequence[Figure], sentence: Sentence) -> bool:
    """True where a word of action tells of violence or of conflict here; weak words need a party,
    a weapon or a toll."""
    trigger = event.trigger
    if _describes(material.doc[event.at], trigger.frame) or _of_words(material.doc, event):
        return False
    case = _case(material, event, figures, sentence)
    if trigger.frame != "hint" and (trigger.strength == "effect" or trigger.frame == "kill"):
        return _violent_death(case)
    if trigger.event_type == "explosion" and ACCIDENT.search(case.text) and not case.acting:
        return False
    judged = _BY_FRAME.get(trigger.frame, _otherwise)
    return judged(case)


def _case(material: Material, event: Event, figures: Sequence[Figure], sentence: Sentence) -> _Case:
    text = sentence.text
    return _Case(
        material,
        event,
        figures,
        sentence,
        acting=any(acts(material, i) for i in (*event.agents, *event.sides)),
        suffering=any(suffers(material, i) for i in event.patients),
        text=text,
        armed=any(inside(w.span, sentence) for w in material.weapons) or bool(kinds.AIR.search(text)),
    )


def _strikes(case: _Case) -> bool:
    """Somebody strikes at somebody, or a weapon at something."""
    struck = bool(case.event.patients)
    return (case.acting and case.armed) or (struck and (case.acting or case.armed))


def _captures(case: _Case) -> bool:
    of = (case.material, case.event, case.sentence)
    return frees(*of) or takes_people(*of) or takes_ground(*of) or takes_arms(*of)


def _damages(case: _Case) -> bool:
    """Somebody damages something, or works are damaged that nobody damages by chance."""
    opening = case.material.text[:_OPENING_CHARACTERS]
    if not case.acting and (ACCIDENT.search(case.text) or ACCIDENT.search(opening)):
        return False
    return case.acting or bool(kinds.WORKS.search(case.text))


def _deals(case: _Case) -> bool:
    """An agreement counts where the report opens with it."""
    opening = case.material.sentences[:_OPENING_SENTENCES]
    at = case.event.at
    return at - case.sentence.start < _DEAL_WITHIN and opening[0].start <= at < opening[-1].end


def _fires_at_crowd(case: _Case) -> bool:
    if case.event.trigger.event_type == "force_against_protesters":
        return bool(_CROWD.search(case.text))
    return _otherwise(case)


def is_common_crime(sentence: Sentence) -> bool:
    """True where what somebody is arrested for is theft, drugs or the like, in a report without politics or arms."""
    text = sentence.doc.text
    near = text[max(0, sentence.start_char - _CRIME_BEFORE) : sentence.end_char]
    return bool(_CRIME.search(near)) and not _CAUSE.search(text)


def _takes(case: _Case) -> bool:
    """Somebody is taken, and not as a thief."""
    common = case.event.trigger.event_type == "arrest" and is_common_crime(case.sentence)
    return case.suffering and not common


def _otherwise(case: _Case) -> bool:
    strong = case.event.trigger.strength == "strong"
    return strong or case.acting or case.suffering or case.armed or bool(case.figures)


_BY_FRAME: dict[str, Callable[[_Case], bool]] = {
    "hint": lambda case: case.event.trigger.event_type == "abduction" and bool(case.figures),
    "hit": _strikes,
    "fire": _strikes,
    "mine": lambda case: bool(_MINED.search(case.text)),
    "capture": _captures,
    "move": lambda case: case.acting and bool(scene_places.literal(case.material, case.sentence)),
    "release": lambda case: bool(HELD.search(case.text)) and (case.acting or case.suffering),
    "downing": lambda case: bool(FLYING.search(case.text)),
    "intercept": lambda case: case.armed or bool(INTERCEPTED.search(case.text)),
    "deal": _deals,
    "find": lambda case: takes_arms(case.material, case.event, case.sentence),
    "landing": lambda case: any(inside(w.span, case.sentence) for w in case.material.weapons),
    "ordnance": lambda case: case.acting or case.suffering or bool(case.figures),
    "person": _takes,
    "works": _damages,
    "weapon": _fires_at_crowd,
    "unrest": lambda case: True,
}


def _of_words(doc: Doc, event: Event) -> bool:
    """True where what is attacked is a plan or an opinion."""
    if event.trigger.frame not in {"act", "hit"} or not event.patients:
        return False
    return all(doc[i].lemma_.lower() in _ABSTRACT for i in event.patients)


def _describes(token: Token, frame: str) -> bool:
    """True where the words only say what a party is about ("the coalition fighting IS",
    "rebels who fight the army")."""
    if token.dep_ == "acl" and token.tag_ == "VBG" and frame == "clash":
        return True
    return token.dep_ == "relcl" and token.tag_ in {"VBZ", "VBP"} and frame in {"clash", "act", "hit"}


def _violent_death(case: _Case) -> bool:
    """True where people were killed or hurt, and not by accident or illness."""
    if is_verdict(case.material.doc[case.event.at]) or (_ABSTRACT_DEATH.search(case.text) and not case.figures):
        return False
    acting = any(acts(case.material, i) for i in case.event.agents)
    armed = any(inside(w.span, case.sentence) for w in case.material.weapons)
    if ACCIDENT.search(case.text) and not acting and not armed:
        return False
    return acting or any(abs(f.anchor - case.event.at) <= _FIGURE_WITHIN for f in case.figures)

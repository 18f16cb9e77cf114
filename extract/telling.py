"""What the trained model says of a sentence, weighed with what the words of action say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Span as Sentence
from spacy.tokens import Token

from extract import event_status, relevance, stands, word_roles
from extract.event_arguments import verb_arguments
from extract.events import Event
from extract.kinds import GENERIC
from extract.learned import Verdict
from extract.lexicon import Trigger
from extract.material import Material, Scene
from extract.syntax import with_conjuncts

# Shares from which on the model is followed, chosen on the development halves (case2021, own gold) and on the short
# reports of the tests: its own incidents took those from 78 to 99 found of 116, with the right type from 58 to 81.
_TALK_SURE = 0.97
_PEACE_SURE = 0.9
_INCIDENT_SURE = 0.5
_TYPE_LIKELY = 0.25
_TYPE_SURE = 0.4
# A type that the words name and that is less likely than the second gives way to one as likely as the first.
_TYPE_CERTAIN, _TYPE_RULED_OUT = 0.6, 0.05
_HISTORY_SURE = 0.7
# Least share of what happened: for weak words, and for all words without a figure or a day in a longer text.
_REAL_LEAST, _REAL_PLAIN = 0.02, 0.04
# A sentence of fewer tokens is a fragment that the model cannot judge.
_SHORTEST = 4
_LONGEST_DATELINE = 10
# What takes aircraft, and who has none.
_FROM_THE_AIR = {"air_strike", "drone_strike", "aerial_barrel_bomb"}
# An attack on a place is not its capture.
_CAPTURES = {"government_regains_territory", "non_state_actor_overtakes_territory"}
_GROUNDED = {"unidentified", "criminal", "civilian"}


def judged(material: Material) -> Material:
    """The material with what the model makes of its sentences, of their words and of who speaks."""
    verdicts = _verdicts(material)
    found = word_roles.of_document(material.doc, material.sentences, verdicts)
    speeches = stands.taken(material.speeches, found, material.doc)
    return replace(material, verdicts=verdicts, roles=found, speeches=speeches)


def _verdicts(material: Material) -> tuple[Verdict | None, ...]:
    """One verdict a sentence, None for each where there is no model."""
    judge = material.lexicon.judge
    if judge is None:
        return (None,) * len(material.sentences)
    read = iter(judge.verdicts([s for s in material.sentences if _is_whole(material, s)]))
    return tuple(next(read) if _is_whole(material, s) else None for s in material.sentences)


def _is_whole(material: Material, sentence: Sentence) -> bool:
    """False for a fragment, and for a dateline that the parser set apart."""
    dateline = material.dateline
    apart = dateline is not None and sentence.start_char <= dateline.start < sentence.end_char
    return len(sentence) >= (_LONGEST_DATELINE if apart else _SHORTEST)


def weighed(
    usable: Sequence[Event], verdict: Verdict, sentence: Sentence, *, exact: bool, alone: bool = False
) -> list[Event]:
    """The events that words and model agree on; one of the model's own where the words tell none.

    ``exact`` says that the sentence has a figure or a day, which talk and general statements seldom have; ``alone``
    that the text has hardly another, so that it is kept where the model doubts it.
    """
    if usable:
        strong = exact or any(e.trigger.strength == "strong" for e in usable)
        doubtful = _shared(verdict) < (_REAL_LEAST if exact or alone else _REAL_PLAIN)
        dropped = _is_talk(verdict, exact=exact) or (doubtful and not (strong and (exact or alone)))
        return [] if dropped else list(usable)
    own = verdict.told["incident"] >= _INCIDENT_SURE and verdict.types[verdict.event_type] >= _TYPE_LIKELY
    own = own and not (verdict.event_type == "arrest" and relevance.is_common_crime(sentence))
    return [_event(sentence.root, verdict.event_type)] if own else []


def _is_talk(verdict: Verdict, *, exact: bool) -> bool:
    """True where the model is sure that something is said of violence in general, or of something else."""
    talk = verdict.told["generic"] + verdict.told["speech"]
    return verdict.told["not_conflict"] > _PEACE_SURE or (not exact and talk > _TALK_SURE)


def _shared(verdict: Verdict) -> float:
    """How far the model takes the sentence for one that tells what happened, now or before."""
    return verdict.told["incident"] + verdict.told["background"]


def _event(verb: Token, event_type: str) -> Event:
    """An event of the model's, with the arguments of its sentence's main verb."""
    trigger = Trigger(verb.lemma_.lower(), "V", event_type, "act", "strong")
    agents, patients = verb_arguments(verb, trigger)
    return Event(
        verb.i,
        trigger,
        tuple(dict.fromkeys(t.i for a in agents for t in with_conjuncts(a))),
        tuple(dict.fromkeys(t.i for p in patients for t in with_conjuncts(p))),
        (),
        event_status.of_word(verb),
        event_status.is_habitual(verb),
    )


def settled(scene: Scene, verdict: Verdict) -> Scene:
    """The scene as the model has it too: its type where the words leave it open, and whether it is history."""
    likeliest = verdict.event_type
    share = verdict.types[likeliest]
    open_type = scene.event_type in GENERIC and share > _TYPE_SURE
    open_type = open_type or (share > _TYPE_CERTAIN and verdict.types.get(scene.event_type, 1) < _TYPE_RULED_OUT)
    if likeliest in _CAPTURES:
        open_type = False
    if likeliest in _FROM_THE_AIR and any(a.party.kind in _GROUNDED for a in scene.agents):
        open_type = False
    return replace(
        scene,
        event_type=likeliest if open_type else scene.event_type,
        background=scene.background or verdict.told["background"] > _HISTORY_SURE,
    )

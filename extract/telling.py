"""What the trained model says of a sentence, weighed with what the words of action say."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Span as Sentence

from extract import event_status, scene_cues
from extract.casualties import Figure
from extract.event_arguments import verb_arguments
from extract.events import Event
from extract.kinds import GENERIC
from extract.learned import Verdict
from extract.lexicon import Trigger
from extract.material import Material, Scene
from extract.syntax import with_conjuncts

Found = tuple[tuple[Event, ...], tuple[Figure, ...]]
_DROP = float(os.environ.get("DROP", ".75"))
_ADD = float(os.environ.get("ADD", ".8"))
_TYPED = float(os.environ.get("TYPED", ".4"))
_HISTORY = float(os.environ.get("HIST", ".7"))
_BONUS = float(os.environ.get("BONUS", ".4"))
_GENERIC_BONUS = float(os.environ.get("GEN", ".1"))
_TALK = ("generic", "speech", "not_conflict")


def verdicts(material: Material, found: Sequence[Found]) -> Sequence[Verdict | None]:
    """One verdict a sentence, None for each where there is no model."""
    judge = material.lexicon.judge
    if judge is None:
        return [None] * len(found)
    cues = [
        scene_cues.of(material, sentence, own, figures)
        for sentence, (own, figures) in zip(material.sentences, found, strict=True)
    ]
    return judge.verdicts(material.doc, material.sentences, cues)


def weighed(usable: Sequence[Event], verdict: Verdict, sentence: Sentence) -> list[Event]:
    """The events that are told by the words and by the model; one of the model's own where the words tell none."""
    if usable:
        return [] if sum(verdict.told[kind] for kind in _TALK) > _DROP else list(usable)
    likeliest = verdict.event_type
    if verdict.told["incident"] < _ADD or verdict.types[likeliest] < _TYPED:
        return []
    root = sentence.root
    trigger = Trigger(root.lemma_.lower(), "V", likeliest, "act", "strong")
    agents, patients = verb_arguments(root, trigger)
    return [
        Event(
            root.i,
            trigger,
            tuple(dict.fromkeys(t.i for a in agents for t in with_conjuncts(a))),
            tuple(dict.fromkeys(t.i for p in patients for t in with_conjuncts(p))),
            (),
            event_status.of_word(root),
            event_status.is_habitual(root),
        )
    ]


def settled(scene: Scene, verdict: Verdict) -> Scene:
    """The scene as the model has it too: its type where the words leave it open, and whether it is history."""
    own = scene.event_type
    bonus = _GENERIC_BONUS if own in GENERIC else _BONUS
    best = max(verdict.types, key=lambda kind: verdict.types[kind] + bonus * (kind == own))
    return replace(scene, event_type=best, background=scene.background or verdict.told["background"] > _HISTORY)

"""What the lexicons found in a sentence, as words for the trained model to weigh."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Span as Sentence

from extract.casualties import Figure
from extract.events import Event
from extract.material import Material, inside


def of(material: Material, sentence: Sentence, found: Sequence[Event], figures: Sequence[Figure]) -> list[str]:
    """The cues of one sentence: its words of action with their status, weapons, parties, figures, days and speech."""
    cues = [cue for event in found for cue in _of_event(event)]
    cues += [f"weapon {w.kind}" for w in material.weapons if inside(w.span, sentence)]
    cues += [f"party {p.kind}" for p in material.parties if inside(p.span, sentence)]
    cues += [f"figure {f.outcome}" for f in figures]
    cues += [f"day {d.kind} {d.precision}" for d in material.dates if inside(d.span, sentence)]
    if any(inside(p.mention.span, sentence) for p in material.scenery):
        cues.append("place")
    return cues or ["no cue"]


def _of_event(event: Event) -> list[str]:
    trigger = event.trigger
    cues = [
        f"type {trigger.event_type}",
        f"told {event.status} {trigger.strength}",
        f"frame {trigger.frame} {trigger.pos}",
        f"acts {bool(event.agents)} suffers {bool(event.patients)}",
    ]
    return cues + ["habit"] * event.habitual + ["known"] * event.definite

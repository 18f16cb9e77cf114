"""Which sentences tell of the same incident."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extract import links
from extract.lexicon import Lexicon
from extract.links import Line, fine
from extract.material import Material, Scene
from extract.scene_types import STRENGTH

# A sentence goes with an incident told before it from these log-odds on. At -1.0 less of what is told twice comes
# together (precision of the own gold .86 instead of .92; news of terror: F1 .405 of 400 reports instead of .415), at
# -3.0 more of what is apart (recall of the own gold .80 instead of .81).
LINK_SCORE = -2.5


@dataclass(slots=True)
class Thread:
    """The scenes of one incident as they come together, at least one, and how likely it is right (0 to 1)."""

    scenes: list[Scene]
    confidence: float = 0.0


def join(found: Sequence[Scene], material: Material) -> list[Thread]:
    """The scenes of a document gathered into incidents, in the order of their telling."""
    return joined(found, lines(found, material), material.lexicon)


def lines(found: Sequence[Scene], material: Material) -> dict[int, Line]:
    """What each sentence that has a scene says beside it, by the sentence's number."""
    return {n: links.line(material.sentences[n], material.verdicts[n]) for n in sorted({s.sentence for s in found})}


def joined(found: Sequence[Scene], said: Mapping[int, Line], lexicon: Lexicon) -> list[Thread]:
    """The scenes gathered into incidents by the weights of ``lexicon``."""
    threads: list[Thread] = []
    latest: Thread | None = None
    for scene in found:
        if scene.status == "denied" and latest is not None:
            continue
        told = _best(scene, threads, latest, said, lexicon)
        if told is None:
            told = Thread([])
            threads.append(told)
        told.scenes.append(scene)
        latest = following(scene, told, latest)
    return threads


def following(scene: Scene, told: Thread, latest: Thread | None) -> Thread:
    """The incident that the next sentence follows on: not what was only told in passing, or only planned."""
    passing = scene.apart or scene.status != "occurred"
    return latest if passing and latest is not None else told


def is_worth_telling(thread: Thread) -> bool:
    """True where something datable, placeable or countable was told, not only a word of violence."""
    weight = max(s.weight for s in thread.scenes)
    specific = any(s.told or s.date or any((p.level or 2) <= 5 for p in s.places) for s in thread.scenes)
    named = any(s.agents or s.targets or s.sides for s in thread.scenes)
    pinned = any(s.told and fine(s.places) for s in thread.scenes)
    return pinned or sum((specific, named, weight >= STRENGTH["strong"])) >= 2


def _only_counts(scene: Scene) -> bool:
    """True for no more than a toll: "An official put the number of dead at 35"."""
    return scene.weight <= STRENGTH["effect"] and bool(scene.told) and not scene.date and not fine(scene.places)


def _best(
    scene: Scene, threads: Sequence[Thread], latest: Thread | None, said: Mapping[int, Line], lexicon: Lexicon
) -> Thread | None:
    """The incident that the scene goes with best, None where it goes with none well enough."""
    if latest is not None and _only_counts(scene):
        return latest
    best, most = None, LINK_SCORE
    for thread in threads:
        setting = links.Setting(said, lexicon, thread is latest)
        score = links.score(links.facts(scene, thread.scenes, setting), lexicon.links)
        if score >= most:
            best, most = thread, score
    return best

"""Who took part in an incident: one role a party, by all that its sentences tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from extract.material import Scene
from extract.records import Actor, Role
from extract.registry import PartyMention
from extract.threads import Thread


def of_thread(thread: Thread, claimed: Sequence[tuple[PartyMention, str | None]]) -> tuple[Actor, ...]:
    """Parties with their roles; in a fight told by the losses of one side, the other side is the one that killed."""
    weights: dict[tuple[str, Role], float] = {}
    kept: dict[tuple[str, Role], Actor] = {}

    def add(party: PartyMention, role: Role, weight: float, alleged: str | None = None) -> None:
        key = (party.id, role)
        weights[key] = weights.get(key, 0.0) + weight
        if key not in kept:
            kept[key] = Actor(party.id, party.name, party.kind, role, party.span, party.text, alleged)
        elif alleged is None and kept[key].alleged_by is not None:
            kept[key] = replace(kept[key], alleged_by=None)

    # What is denied, planned or only believed gives no parties to what happened.
    told = [s for s in thread.scenes if s.status == "occurred"] or thread.scenes
    for i, scene in enumerate(told):
        fade = 1 / (1 + 0.3 * i)
        for acting in scene.agents:
            add(acting.party, "perpetrator", fade, acting.alleged_by)
        for party in scene.targets:
            add(party, "target", fade)
        lost = {t.side.id for t in scene.told if t.side}
        for party in scene.sides:
            add(party, _in_fight(party, scene, lost), fade)
    # Who is said to stand behind people of whom nothing is known is told beside them.
    named = any(
        role == "perpetrator" and not one.alleged_by and one.kind != "unidentified" for (_, role), one in kept.items()
    )
    for party, speaker in claimed:
        if not named or party.kind not in {"government", "military", "coalition"}:
            add(party, "perpetrator", 0.7, speaker)
    return tuple(_settle(kept, weights))


def _in_fight(party: PartyMention, scene: Scene, lost: AbstractSet[str]) -> Role:
    """What a side of a fight is, by whose losses are told."""
    if not lost:
        return "participant"
    if party.id not in lost:
        return "perpetrator"
    return "target" if len(scene.sides) >= 2 else "participant"


def _settle(kept: Mapping[tuple[str, Role], Actor], weights: Mapping[tuple[str, Role], float]) -> list[Actor]:
    """One role a party: the one that the telling supports most. General words give way to names."""
    best: dict[str, Actor] = {}
    for (party, role), one in kept.items():
        known = best.get(party)
        if known is None or weights[party, role] > weights[party, known.role]:
            best[party] = one
    return sorted(best.values(), key=lambda a: -weights[a.id, a.role])

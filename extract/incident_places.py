"""Where an incident may have happened: the mentions of its sentences, best first."""

from __future__ import annotations

from collections.abc import Sequence

from extract.material import Material, Scene
from extract.records import KnownPlace, PlaceMention, Span
from extract.scene_places import MEASURED, astray, doubt, is_abroad, is_dateline, is_measure, literal
from extract.threads import Thread

# A town in another province than the one told first costs more than that province itself.
_ASTRAY = 5.0
# An airfield, camp or hospital says more than the town that it belongs to.
_SITE = 1.2
# A place told in a sentence after the incident's own costs more than one told with it.
_LATER = 1.0
_REACH = 2
# What it costs a place that the model does not take for the scene.
DOUBTED = 1.0
# Sentences around an incident that may name its town for it; a province or country is looked for farther off.
_BEFORE, _AFTER = 3, 2
_WIDE = 4
# Places from here on are wider than a district, or abroad.
_COARSE = 4.0


def ranked(thread: Thread, material: Material, told: Sequence[Thread] = ()) -> tuple[PlaceMention, ...]:
    """Mentions of all scenes and of the sentences that go on from them, the best of the earliest first, fine before
    coarse; else what the report said last. ``told`` are all incidents of the report."""
    scored: dict[Span, tuple[float, PlaceMention]] = {}
    province = _lead_province(thread, material)
    for i, scene in enumerate(thread.scenes):
        for j, place in enumerate(scene.places):
            elsewhere = _ASTRAY if province and place.admin1 and place.admin1 != province else 0.0
            cost = _coarse(place, material) + elsewhere + i * 0.7 + j * 0.8 + DOUBTED * doubt(material, place)
            scored.setdefault(place.mention.span, (cost, place.mention))
        for j, place in enumerate(_going_on(scene, material, told)):
            elsewhere = _ASTRAY if province and place.admin1 and place.admin1 != province else 0.0
            cost = _coarse(place, material) + elsewhere + i * 0.7 + j * 0.8 + _LATER + DOUBTED * doubt(material, place)
            scored.setdefault(place.mention.span, (cost, place.mention))
    if not any(cost < _COARSE for cost, _ in scored.values()):
        for j, place in enumerate(_around(thread, material)):
            elsewhere = _ASTRAY if province and place.admin1 != province else 0.0
            scored.setdefault(place.mention.span, (_coarse(place, material) + elsewhere + 2.0 + j * 0.8, place.mention))
    return tuple(m for _, m in sorted(scored.values(), key=lambda pair: pair[0]))


def _going_on(scene: Scene, material: Material, told: Sequence[Thread]) -> list[KnownPlace]:
    """The places of the sentences after a scene that tell of no incident themselves ("The raids targeted X")."""
    owned = {s.sentence for thread in told for s in thread.scenes}
    found: list[KnownPlace] = []
    for number in range(scene.sentence + 1, min(scene.sentence + 1 + _REACH, len(material.sentences))):
        if scene.apart or number in owned:
            break
        found += literal(material, material.sentences[number])
    return found


def _lead_province(thread: Thread, material: Material) -> str | None:
    """The province that the first sentence with a place puts the incident in, one of the report's own country first."""
    for home in (True, False):
        for scene in thread.scenes:
            ranked = sorted(
                (_coarse(p, material) + 0.8 * j, j)
                for j, p in enumerate(scene.places)
                if p.admin1 and is_abroad(material, p) is not home
            )
            if ranked and ranked[0][0] < 2 * _COARSE:
                return scene.places[ranked[0][1]].admin1
    return None


def _coarse(place: KnownPlace, material: Material) -> float:
    """How little a place tells: provinces after towns, countries last,
    other countries than the report's after its own."""
    level = place.level if place.level is not None else 2
    cost = 0.0 if level <= 3 else _COARSE if level == 4 else 2 * _COARSE
    if place.feature and not place.feature.startswith(("PPL", "ADM")):
        cost -= _SITE if level == 1 else 0.0
    if is_measure(material, place):
        cost += MEASURED
    if is_dateline(material, place):
        cost += _COARSE + 1.0
    return cost + astray(material, place)


def _around(thread: Thread, material: Material) -> list[KnownPlace]:
    """Literal places of the sentences around an incident that names none itself: before it, nearest first,
    then after; from farther off only those that are wider than a town."""
    first, last = thread.scenes[0].span.start, thread.scenes[0].span.end
    before = [p for p in material.scenery if p.mention.span.start < first]
    after = [p for p in material.scenery if p.mention.span.start >= first]
    near = _near(material, first, last)
    return [p for p in (*before[::-1], *after) if p.mention.span.start in near or (p.level or 0) >= _WIDE]


def _near(material: Material, first: int, last: int) -> range:
    """The offsets of the sentences next to an incident's first one."""
    starts = [s.start_char for s in material.sentences]
    at = max((i for i, start in enumerate(starts) if start <= first), default=0)
    end = starts[at + _AFTER + 1] if at + _AFTER + 1 < len(starts) else len(material.text)
    return range(starts[max(0, at - _BEFORE)], max(end, last))

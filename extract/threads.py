"""Which sentences tell of the same incident."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from extract.lexicon import Lexicon
from extract.material import Scene
from extract.records import KnownPlace
from extract.scene_types import STRENGTH

# A sentence goes with an incident told before it from this score on (tuned on the project's own gold).
LINK_SCORE = 1.0
# Types that may name one event: the same, or of one family.
_ALIKE = 1.0
# What other agents than before speak against one event, and agents who were struck in it.
_OTHERS, _TURNED = -0.7, -1.5
VAGUE_TYPES = {"attack", "killing", "explosion", "bombing", "raid", "offensive"}
_OF_STATES = {"government", "military", "police", "intelligence", "paramilitary"}
_QUIET = {"diplomacy", "movement", "coercion", "unrest"}


@dataclass(slots=True)
class Thread:
    """The scenes of one incident as they come together, at least one, and how likely it is right (0 to 1)."""

    scenes: list[Scene]
    confidence: float = 0.0


def join(found: Sequence[Scene], lexicon: Lexicon) -> list[Thread]:
    """The scenes of a document gathered into incidents, in the order of their telling."""
    threads: list[Thread] = []
    latest: Thread | None = None
    for scene in found:
        if scene.status == "denied" and latest is not None:
            continue
        scored = [(_link_score(scene, t, lexicon, nearest=t is latest), i) for i, t in enumerate(threads)]
        best = max(scored, default=(0.0, -1))
        if scored and best[0] >= LINK_SCORE:
            told = threads[best[1]]
            told.scenes.append(scene)
        else:
            told = Thread([scene])
            threads.append(told)
        passing = scene.apart or scene.status != "occurred"
        latest = latest if passing and latest is not None else told
    return threads


def is_worth_telling(thread: Thread) -> bool:
    """True where something datable, placeable or countable was told, not only a word of violence."""
    weight = max(s.weight for s in thread.scenes)
    specific = any(s.told or s.date or any((p.level or 2) <= 5 for p in s.places) for s in thread.scenes)
    named = any(s.agents or s.targets or s.sides for s in thread.scenes)
    pinned = any(s.told and fine(s.places) for s in thread.scenes)
    return pinned or sum((specific, named, weight >= STRENGTH["strong"])) >= 2


def _link_score(scene: Scene, thread: Thread, lexicon: Lexicon, *, nearest: bool) -> float:
    """How well a scene goes with an incident: positive evidence minus contradictions."""
    score = 0.5 if nearest else 0.0
    score += _type_fit(scene, thread, lexicon)
    score += _place_fit(scene, thread)
    score += _date_fit(scene, thread)
    score += _party_fit(scene, thread)
    score += _toll_fit(scene, thread)
    score += _retells_headline(scene, thread, lexicon)
    score += (2.0 if nearest else 0.5) if scene.definite else 0.0
    score -= 2.0 if scene.elsewhere else 0.0
    score -= 2.5 if _of_other_times(scene, thread.scenes[0]) else 0.0
    both = (scene.status == "occurred") == (thread.scenes[0].status == "occurred")
    return score if both or scene.definite else score - 1.0


def _of_other_times(scene: Scene, first: Scene) -> bool:
    """True for history and news; what somebody is arrested for may be either."""
    return scene.background != first.background and not (scene.grounds or first.grounds)


def _type_fit(scene: Scene, thread: Thread, lexicon: Lexicon) -> float:
    theirs = {t for s in thread.scenes for t in (s.event_type, *s.also)}
    mine = {scene.event_type, *scene.also}
    if mine & theirs:
        return 1.5
    families = {lexicon.event_types[t].family for t in theirs}
    family = lexicon.event_types[scene.event_type].family
    if (family == "disruption") != ("disruption" in families):
        return -1.5
    if family in families:
        return 1.0
    violent = not (families | {family}) & _QUIET
    if violent and (mine & VAGUE_TYPES or theirs & VAGUE_TYPES):
        return 1.0
    return 0.0 if violent else -2.0


def fine(places: Sequence[KnownPlace]) -> list[KnownPlace]:
    """Places no wider than a district, without those that stand for their surroundings ("the countryside of Hama")."""
    return [p for p in places if (p.level is None or p.level <= 3) and not _vague(p)]


def _vague(place: KnownPlace) -> bool:
    relation = place.mention.relation
    return place.mention.hint == "countryside" or (relation is not None and relation.kind == "direction")


def _place_fit(scene: Scene, thread: Thread) -> float:
    mine = fine(scene.places[:2])
    theirs = _focus(thread)
    if not mine or not theirs:
        return _coarse_fit(scene, thread)
    if any(_same_place(p, q) for p in mine for q in theirs):
        return 1.5
    same_province = {p.admin1 for p in mine if p.admin1} & {p.admin1 for p in theirs if p.admin1}
    return -1.0 if same_province else -2.0


def _focus(thread: Thread) -> list[KnownPlace]:
    """The fine places of the first scene that names any: later ones may stray."""
    return next((places for s in thread.scenes if (places := fine(s.places[:2]))), [])


def _same_place(one: KnownPlace, other: KnownPlace) -> bool:
    """True for one name in both, also where one is a site of the other ("Deir ez-Zor", "Deir ez-Zor airport")."""
    words, others = one.mention.text.lower(), other.mention.text.lower()
    return _place_key(one) == _place_key(other) or words in others or others in words


def _coarse_fit(scene: Scene, thread: Thread) -> float:
    """Provinces and countries contradict only where they differ."""
    own, others_places = _anchored(scene), [p for s in thread.scenes for p in _anchored(s)]
    mine = {p.country_code for p in own if p.country_code}
    theirs = {p.country_code for p in others_places if p.country_code}
    if mine and theirs and not mine & theirs:
        return -2.0
    regions = {p.admin1 for p in own if p.admin1}
    others = {p.admin1 for p in others_places if p.admin1}
    return -1.5 if regions and others and not regions & others else 0.0


def _anchored(scene: Scene) -> list[KnownPlace]:
    """The places of a scene without those that only measure ("70 km south-west of Kabul")."""
    return [p for p in scene.places if p.mention.relation is None or p.mention.relation.kind != "offset"]


def _place_key(place: KnownPlace) -> str:
    return (place.name or place.mention.text).lower()


def _date_fit(scene: Scene, thread: Thread) -> float:
    mine = scene.date.days if scene.date else None
    theirs = [s.date.days for s in thread.scenes if s.date and s.date.days]
    if not mine or not theirs:
        return 0.0
    near = any(mine[0] <= b + dt.timedelta(days=1) and mine[1] >= a - dt.timedelta(days=1) for a, b in theirs)
    return 0.5 if near else -2.5


def _party_fit(scene: Scene, thread: Thread) -> float:
    """Like agents speak for one event, other agents against it, and those who suffered it before yet more."""
    mine = {a.party.id for a in scene.agents if not a.party.general}
    theirs = {a.party.id for s in thread.scenes for a in s.agents if not a.party.general}
    suffered = {t.id for s in thread.scenes for t in s.targets if not t.general} - theirs
    if not mine or not theirs:
        return 0.0
    if mine & theirs:
        return 0.5
    kinds = {a.party.kind for s in (scene, *thread.scenes) for a in s.agents}
    allied = "coalition" in kinds and kinds <= _OF_STATES | {"coalition"}
    if allied or _states(scene) & {code for s in thread.scenes for code in _states(s)}:
        return 0.0
    return _TURNED if mine & suffered else _OTHERS


def _states(scene: Scene) -> set[str]:
    """The states whose government, army or police act: one may be told for another."""
    return {a.party.country for a in scene.agents if a.party.country and a.party.kind in _OF_STATES}


def _retells_headline(scene: Scene, thread: Thread, lexicon: Lexicon) -> float:
    """The first sentence after the headline mostly tells the same again."""
    first = thread.scenes[0]
    violent = not scene.elsewhere and _type_fit(scene, thread, lexicon) >= _ALIKE
    return 1.0 if first.sentence == 0 and scene.sentence <= 2 and violent else 0.0


def _toll_fit(scene: Scene, thread: Thread) -> float:
    mine, theirs = _killed(scene), {n for s in thread.scenes for n in _killed(s)}
    if not mine or not theirs:
        return 0.0
    return 1.5 if mine & theirs else -0.5


def _killed(scene: Scene) -> set[int]:
    """The numbers of dead that a scene tells, from two on."""
    figures = [t.figure for t in scene.told if t.figure.outcome == "killed"]
    return {f.low for f in figures if f.low and f.low > 1}

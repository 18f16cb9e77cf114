"""How well one sentence's account of an event goes with an incident told before it: a logistic model over plain facts.

The facts set type, place, day, parties and toll of the two side by side, and what the trained model makes of their
sentences. What each weighs (``data/models/links.csv``) was learned from reports whose sentences are marked with the
event that they tell of. No party, no place and no single type of event is among them.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Span as Sentence

from extract.learned import Verdict
from extract.lexicon import Lexicon
from extract.material import Scene
from extract.records import KnownPlace
from extract.scene_types import STRENGTH

Facts = Mapping[str, float]
VAGUE_TYPES = {"attack", "killing", "explosion", "bombing", "raid", "offensive"}
_OF_STATES = {"government", "military", "police", "intelligence", "paramilitary"}
_QUIET = {"diplomacy", "movement", "coercion", "unrest"}
_TYPE_FITS = (
    "same type", "like type", "same family", "vague type", "other violence", "violence and not", "foiled and not",
)  # fmt: skip
_PLACE_FITS = ("same place", "place told later", "same province", "other province", "other region", "other country")
_AGENT_FITS = ("same agents", "allied agents", "other agents")
# Days this far apart are never those of one event.
_WEEKS = dt.timedelta(days=42)
# The first sentences tell the headline again.
_LEAD = 2
_SUBJECTS = {"nsubj", "nsubjpass"}
_POINTING = {"the", "this", "that", "these", "those", "both"}
# Taken for what the model did not judge: what it gives to pairs of training sentences on the mean.
_UNJUDGED = {
    "type overlap": 0.5, "first overlap": 0.4, "own history": 0.1, "own talk": 0.1, "history apart": 0.1,
    "told as one": 0.0, "told as one with the first": 0.0,
}  # fmt: skip
# Beyond these log-odds the model is as sure as can be.
_SURE = 6.0


@dataclass(frozen=True, slots=True)
class Line:
    """What a sentence says beside its scenes: whether its subject is a pronoun, whether it begins with what points
    back ("the", "this"), and what the model makes of it."""

    pronoun: bool
    pointing: bool
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class Setting:
    """What a scene and an incident are compared in: the line of each sentence that has a scene, whether the incident
    is the one told last."""

    lines: Mapping[int, Line]
    lexicon: Lexicon
    nearest: bool


def line(sentence: Sentence, verdict: Verdict | None) -> Line:
    """What a sentence says of how it hangs on those before it."""
    subject = next((t for t in sentence if t.dep_ in _SUBJECTS), None)
    return Line(subject is not None and subject.pos_ == "PRON", sentence[0].lower_ in _POINTING, verdict)


def score(known: Facts, weights: Facts) -> float:
    """Log-odds that a scene tells of the incident. ``weights`` has a weight for each fact, and ``bias``."""
    return weights["bias"] + sum(weights[name] * value for name, value in known.items())


def facts(scene: Scene, told: Sequence[Scene], setting: Setting) -> dict[str, float]:
    """The facts of a scene and of an incident's scenes so far, each about 0 to 1 (logarithms of counts aside)."""
    return {
        **_of_types(scene, told, setting.lexicon),
        **_of_places(scene, told),
        **_of_days(scene, told),
        **_of_parties(scene, told),
        **_of_tolls(scene, told),
        **_of_order(scene, told, setting),
        **_of_telling(scene, told[0]),
        **_of_verdicts(scene, told, setting.lines),
    }


def _one_of(names: Sequence[str], so: str) -> dict[str, float]:
    return {name: float(name == so) for name in names}


def _of_types(scene: Scene, told: Sequence[Scene], lexicon: Lexicon) -> dict[str, float]:
    return _one_of(_TYPE_FITS, _type_fit(scene, told, lexicon))


def _type_fit(scene: Scene, told: Sequence[Scene], lexicon: Lexicon) -> str:
    mine, theirs = {scene.event_type, *scene.also}, {t for s in told for t in (s.event_type, *s.also)}
    families = {lexicon.event_types[t].family for t in theirs}
    family = lexicon.event_types[scene.event_type].family
    # A plane brought down is no part of the strikes that planes flew, though both are told in words of the air.
    if (family == "disruption") != ("disruption" in families):
        return "foiled and not"
    if mine & theirs:
        return "same type" if scene.event_type == told[0].event_type else "like type"
    if family in families:
        return "same family"
    if (families | {family}) & _QUIET:
        return "violence and not"
    return "vague type" if (mine | theirs) & VAGUE_TYPES else "other violence"


def fine(places: Sequence[KnownPlace]) -> list[KnownPlace]:
    """Places no wider than a district, without those that stand for their surroundings ("the countryside of Hama")."""
    return [p for p in places if (p.level is None or p.level <= 3) and not _vague(p)]


def _vague(place: KnownPlace) -> bool:
    relation = place.mention.relation
    return place.mention.hint == "countryside" or (relation is not None and relation.kind == "direction")


def _of_places(scene: Scene, told: Sequence[Scene]) -> dict[str, float]:
    mine, theirs = fine(scene.places[:2]), [p for s in told for p in fine(s.places[:2])]
    # The fine places of the first scene that names any: later ones may stray.
    focus: list[KnownPlace] = next((places for s in told if (places := fine(s.places[:2]))), [])
    return {
        **_one_of(_PLACE_FITS, _fine_fit(mine, theirs, focus) if mine and theirs else _coarse_fit(scene, told)),
        "first place": float(bool(mine) and not theirs),
        "no place": float(not mine),
    }


def _fine_fit(mine: Sequence[KnownPlace], theirs: Sequence[KnownPlace], focus: Sequence[KnownPlace]) -> str:
    if any(_same_place(p, q) for p in mine for q in focus):
        return "same place"
    if any(_same_place(p, q) for p in mine for q in theirs):
        return "place told later"
    provinces = {p.admin1 for p in mine if p.admin1} & {p.admin1 for p in focus if p.admin1}
    return "same province" if provinces else "other province"


def _same_place(one: KnownPlace, other: KnownPlace) -> bool:
    """True for one name in both, also where one is a site of the other ("Deir ez-Zor", "Deir ez-Zor airport")."""
    words, others = one.mention.text.lower(), other.mention.text.lower()
    return _place_key(one) == _place_key(other) or words in others or others in words


def _place_key(place: KnownPlace) -> str:
    return (place.name or place.mention.text).lower()


def _coarse_fit(scene: Scene, told: Sequence[Scene]) -> str:
    """Provinces and countries contradict only where they differ."""
    own, others = _anchored(scene), [p for s in told for p in _anchored(s)]
    if _differ([p.country_code for p in own], [p.country_code for p in others]):
        return "other country"
    return "other region" if _differ([p.admin1 for p in own], [p.admin1 for p in others]) else ""


def _anchored(scene: Scene) -> list[KnownPlace]:
    """The places of a scene without those that only measure ("70 km south-west of Kabul")."""
    return [p for p in scene.places if p.mention.relation is None or p.mention.relation.kind != "offset"]


def _differ(mine: Sequence[str | None], theirs: Sequence[str | None]) -> bool:
    """True where both are known and have nothing in common."""
    own, others = set(filter(None, mine)), set(filter(None, theirs))
    return bool(own and others and not own & others)


def _of_days(scene: Scene, told: Sequence[Scene]) -> dict[str, float]:
    mine = scene.date.days if scene.date else None
    theirs = [s.date.days for s in told if s.date and s.date.days]
    day = dt.timedelta(days=1)
    near = mine is not None and any(mine[0] <= b + day and mine[1] >= a - day for a, b in theirs)
    weeks_off = (
        mine is not None and bool(theirs) and all(mine[0] > b + _WEEKS or a > mine[1] + _WEEKS for a, b in theirs)
    )
    return {
        "same day": float(mine in theirs),
        "weeks off": float(weeks_off),
        "other day": float(bool(mine and theirs and not near)),
        "no day": float(mine is None),
    }


def _of_parties(scene: Scene, told: Sequence[Scene]) -> dict[str, float]:
    """Who strikes and who is struck, by name, and by kind where they have none ("gunmen", "civilians")."""
    mine, theirs = _agents(scene), {a for s in told for a in _agents(s)}
    struck = {t.id for s in told for t in s.targets if not t.general} - theirs
    kinds = {t.id for t in scene.targets if t.general} & {t.id for s in told for t in s.targets if t.general}
    return {
        **_one_of(_AGENT_FITS, _agent_fit(scene, told) if mine and theirs else ""),
        "struck strike back": float(bool(mine & struck)),
        "same kind of agents": float(
            bool(_agents(scene, general=True) & {a for s in told for a in _agents(s, general=True)})
        ),
        "same kind struck": float(bool(kinds)),
    }


def _agents(scene: Scene, *, general: bool = False) -> set[str]:
    return {a.party.id for a in scene.agents if a.party.general == general}


def _agent_fit(scene: Scene, told: Sequence[Scene]) -> str:
    if _agents(scene) & {a for s in told for a in _agents(s)}:
        return "same agents"
    kinds = {a.party.kind for s in (scene, *told) for a in s.agents}
    allied = "coalition" in kinds and kinds <= _OF_STATES | {"coalition"}
    allied = allied or bool(_states(scene) & {code for s in told for code in _states(s)})
    return "allied agents" if allied else "other agents"


def _states(scene: Scene) -> set[str]:
    """The states whose government, army or police act: one may be told for another."""
    return {a.party.country for a in scene.agents if a.party.country and a.party.kind in _OF_STATES}


def _of_tolls(scene: Scene, told: Sequence[Scene]) -> dict[str, float]:
    dead, others = _counted(scene, "killed"), {n for s in told for n in _counted(s, "killed")}
    hurt = _counted(scene, "wounded") & {n for s in told for n in _counted(s, "wounded")}
    return {
        "same killed": float(bool(dead & others)),
        "other killed": float(bool(dead and others and not dead & others)),
        "first killed": float(bool(dead and not others)),
        "same wounded": float(bool(hurt)),
    }


def _counted(scene: Scene, outcome: str) -> set[int]:
    """The numbers of dead or hurt that a scene tells, from two on."""
    return {n for t in scene.told if t.figure.outcome == outcome and (n := t.figure.low) and n > 1}


def _of_order(scene: Scene, told: Sequence[Scene], setting: Setting) -> dict[str, float]:
    """Where the two stand in the report."""
    away = scene.sentence - told[-1].sentence
    own = setting.lines[scene.sentence]
    return {
        "nearest": float(setting.nearest),
        "same sentence": float(away == 0),
        "next sentence": float(away == 1),
        "far": math.log(max(away, 1)),
        "headline": float(told[0].sentence == 0 and scene.sentence <= _LEAD and not scene.elsewhere),
        "pronoun": float(own.pronoun),
        "pointing": float(own.pointing),
    }


def _of_telling(scene: Scene, first: Scene) -> dict[str, float]:
    """How the two are told. What somebody is arrested for may be history or news."""
    grounds = scene.grounds or first.grounds
    status = (scene.status == "occurred") != (first.status == "occurred")
    return {
        "definite": float(scene.definite),
        "elsewhere": float(scene.elsewhere),
        "in passing": float(scene.apart and not scene.grounds),
        "other times": float(scene.background != first.background and not grounds),
        "both history": float(scene.background and first.background and not grounds),
        "other status": float(status and not scene.definite),
        "only a toll": float(scene.weight <= STRENGTH["effect"]),
    }


def _of_verdicts(scene: Scene, told: Sequence[Scene], lines: Mapping[int, Line]) -> dict[str, float]:
    """What the trained model makes of the sentences: how alike its shares of event types are, and of what kind."""
    mine = lines[scene.sentence].verdict
    theirs = [v for s in told if (v := lines[s.sentence].verdict) is not None]
    if mine is None or not theirs:
        return dict(_UNJUDGED)
    overlaps = [math.sqrt(sum(share * v.types[t] for t, share in mine.types.items())) for v in theirs]
    return {
        "type overlap": max(overlaps),
        "first overlap": overlaps[0],
        "own history": mine.told["background"],
        "own talk": mine.told["speech"] + mine.told["generic"],
        "history apart": abs(mine.told["background"] - theirs[0].told["background"]),
        "told as one": max(_told_as_one(mine, v) for v in theirs),
        "told as one with the first": _told_as_one(mine, theirs[0]),
    }


def _told_as_one(one: Verdict, other: Verdict) -> float:
    """What the model makes of two sentences, -1 to 1; of two parts of one sentence it knows nothing."""
    return 0.0 if one is other else max(-1.0, min(1.0, one.alike(other) / _SURE))

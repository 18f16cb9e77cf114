"""How likely it is that an incident is one which its report tells of: a logistic model over plain facts of the telling.

The facts say how far the trained model takes its sentences, and the report around them, for the telling of what
happened; and what was told of who, where, when and how many. No type of event, no party and no place is among them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from extract.learned import Verdict
from extract.links import fine
from extract.material import Material, Scene
from extract.scene_types import CAMPAIGN, STRENGTH
from extract.threads import Thread

Facts = Mapping[str, float]
# What a text calls itself that is talk rather than news, within so many characters of its beginning.
_HEAD = 300
_TALK = re.compile(
    r"\b(speech|address(?:ed)?|interview(?:ed|s)?|editorial|commentary|communiques?|statement|sermon|homily|message|"
    r"(?:news|press) conference|column(?:ist)?|letter|debates?|report by|survey|bulletin)\b",
    re.I,
)
# Least confidence of what is reported as news: at 0.3 news of terror lose a hundredth of what they tell (recall .553
# of 250 reports instead of .562), at 0.15 one report in twenty with nothing to tell gives something.
LEAST = 0.25
# A text of a sentence or two has no other to be set against.
LEAST_SHORT = 0.1
_MOST_SCENES = 4
_EARLY = 2
# Where the model has no say on a sentence (a fragment), each kind of telling is as likely as in the training texts.
_UNJUDGED = {"incident": 0.4, "generic": 0.1, "speech": 0.1, "not_conflict": 0.2, "background": 0.1}


def sure(told: Sequence[Thread], material: Material, weights: Facts) -> list[Thread]:
    """The incidents that are likely enough to be reported, each with how likely it is."""
    kept = []
    least = LEAST_SHORT if len(material.sentences) <= _EARLY else LEAST
    for thread in told:
        thread.confidence = share(facts(thread, material), weights)
        asserted = any(s.status == "occurred" for s in thread.scenes)
        if thread.confidence >= least or not asserted or _is_campaign(thread):
            kept.append(thread)
        elif _tells_who_fights_whom(thread):
            kept.append(Thread([replace(s, background=True) for s in thread.scenes], thread.confidence))
    return kept


def _is_campaign(thread: Thread) -> bool:
    """True for who is at war with whom, which is told as background in any case."""
    return all(s.background and s.event_type == CAMPAIGN for s in thread.scenes)


def _tells_who_fights_whom(thread: Thread) -> bool:
    """True where named parties do something to named parties, which is told of a war in general too."""
    acting = any(not a.party.general for s in thread.scenes for a in s.agents)
    return acting and any(not t.general and t.kind != "civilian" for s in thread.scenes for t in s.targets)


def share(known: Facts, weights: Facts) -> float:
    """How many of such incidents are right, 0 to 1. ``weights`` has a weight for each fact, and ``bias``."""
    score = weights["bias"] + sum(weights[name] * value for name, value in known.items())
    return 1 / (1 + math.exp(-score))


def facts(thread: Thread, material: Material) -> dict[str, float]:
    """The facts of one incident, each about 0 to 1 (logarithms of shares aside)."""
    return {**_of_telling(thread, material.verdicts), **_of_report(thread, material), **_of_events(thread)}


def _of_telling(thread: Thread, verdicts: Sequence[Verdict | None]) -> dict[str, float]:
    """What the model makes of the sentences that tell of it."""
    own = [_told(verdicts[s.sentence]) for s in thread.scenes]
    best = max(t["incident"] for t in own)
    return {
        "best incident": best,
        "best incident log-odds": _log_odds(best),
        "first incident": own[0]["incident"],
        "generic": _mean(own, "generic"),
        "speech": _mean(own, "speech"),
        "history": _mean(own, "background"),
        "least peace": min(t["not_conflict"] for t in own),
    }


def _of_report(thread: Thread, material: Material) -> dict[str, float]:
    """What the model makes of the report around it, and where in it the incident stands."""
    judged = [_told(v) for v in material.verdicts if v is not None] or [_UNJUDGED]
    most = max(t["incident"] for t in judged)
    first = thread.scenes[0].sentence
    return {
        "report incident": _mean(judged, "incident"),
        "report peace": _mean(judged, "not_conflict"),
        "report talk": _mean(judged, "generic") + _mean(judged, "speech"),
        "opens peace": judged[0]["not_conflict"],
        "opens incident": max(t["incident"] for t in judged[:_EARLY]),
        "below the best": most - max(_told(material.verdicts[s.sentence])["incident"] for s in thread.scenes),
        "early": float(first <= _EARLY),
        "late": first / max(1, len(material.sentences)),
        "short": float(len(material.sentences) <= _EARLY),
        "talk": float(bool(_TALK.search(material.text[:_HEAD]))),
    }


def _of_events(thread: Thread) -> dict[str, float]:
    """What was told of it."""
    scenes = thread.scenes
    told = [t.figure for s in scenes for t in s.told]
    victims = {t.victim_kind for t in told} | {p.kind for s in scenes for p in s.targets}
    return {
        "strength": max(s.weight for s in scenes) / STRENGTH["strong"],
        "told again": (min(len(scenes), _MOST_SCENES) - 1) / (_MOST_SCENES - 1),
        "counted": float(any(f.low or f.high for f in told)),
        "dead": float(any(f.outcome == "killed" and f.low for f in told)),
        "civilians": float("civilian" in victims),
        "day": float(any(s.date and s.date.days and s.date.precision == 1 for s in scenes)),
        "place": float(any(fine(s.places) for s in scenes)),
        "wide place": float(any(s.places for s in scenes)),
        "agent": float(any(s.agents for s in scenes)),
        "target": float(any(s.targets for s in scenes)),
        "weapon": float(any(s.weapons for s in scenes)),
        "background": float(all(s.background for s in scenes)),
        "unsure": float(not any(s.status == "occurred" for s in scenes)),
        "taken as known": float(scenes[0].definite),
        "in passing": float(_in_passing(scenes[0])),
    }


def _in_passing(scene: Scene) -> bool:
    return scene.apart or scene.elsewhere


def _told(verdict: Verdict | None) -> Mapping[str, float]:
    return _UNJUDGED if verdict is None else verdict.told


def _mean(told: Sequence[Mapping[str, float]], kind: str) -> float:
    return sum(t[kind] for t in told) / len(told)


def _log_odds(share_of: float) -> float:
    kept = min(max(share_of, 0.001), 0.999)
    return math.log(kept / (1 - kept))

"""One sentence's account of an event: its actions, parties, figures, day, places and weapons drawn together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Span as Sentence

from extract import (
    campaigns,
    casualties,
    event_status,
    events,
    genres,
    parts,
    relevance,
    scene_dates,
    scene_parties,
    scene_places,
    scene_types,
    telling,
    word_roles,
)
from extract.casualties import Figure
from extract.events import Event
from extract.lexicon import Trigger
from extract.material import Acting, Material, Scene, inside, token_at
from extract.parts import Part
from extract.patterns import any_case
from extract.records import Span, Weapon

_ELSEWHERE = any_case(
    r"\b(another|separate\w*|elsewhere|meanwhile|similar|also on|in addition|other (?:attack|"
    r"incident|clash|development)s?|in a related|earlier (?:attack|incident|in the day)|the same day|"
    r"(?:second|third|fourth) (?!avenue|street|floor|brigade|battalion|division|day|time|world|party|lieutenant)|"
    r"previous(?:ly)?|last (?:year|month))\b"
)
# What a sentence that only counts the dead and hurt is taken to tell.
_TOLL = Trigger("toll", "N", "killing", "kill", "effect")
# UCDP's precision of days and weeks.
_RECENT = 2
# Sentences up to which a text has no other to set a doubtful one against.
_SHORT_TEXT = 2
_STRIKING = {"act", "hit", "fire"}
_COUNTED = {"killed", "wounded", "missing", "abducted"}


def find(material: Material) -> tuple[Scene, ...]:
    """The scenes in order. A report of sport, markets or films gives none."""
    text = material.text
    if genres.is_play(text) or genres.is_drill(text) or genres.is_mishap(text):
        return ()
    return tuple(
        scene
        for number, sentence in enumerate(material.sentences)
        for scene in _of_sentence(material, number, *_read(material, sentence))
    )


def _read(material: Material, sentence: Sentence) -> tuple[tuple[Event, ...], tuple[Figure, ...]]:
    names = frozenset(i for i in material.phrases.persons if sentence.start <= i < sentence.end)
    found = tuple(e for e in events.find(sentence, material.lexicon) if not _in_name(material, e.at))
    return found, casualties.find(sentence, material.phrases.people, names)


def _in_name(material: Material, at: int) -> bool:
    """True for a word of a party's name or of a day's: the "Liberation" of an army, "7 March"."""
    token = material.doc[at]
    party = material.phrases.at_token.get(at)
    named = party is not None and not party.general and not party.bare and token.text[0].isupper()
    around = {t.i for t in token.children} | {token.i - 1, token.i + 1}
    dated = token.text == "March" and any(material.doc[i].like_num for i in around if 0 <= i < len(material.doc))
    return named or dated


def _of_sentence(material: Material, number: int, found: Sequence[Event], figures: Sequence[Figure]) -> list[Scene]:
    sentence, verdict = material.sentences[number], material.verdicts[number]
    usable = [e for e in found if relevance.is_told(material, e, figures, sentence)]
    if verdict is not None:
        exact = bool(figures) or any(inside(d.span, sentence) and d.days for d in material.dates)
        # Talk of what was told before carries claims about it: "Hezbollah condemned the attack and denied any link".
        exact = exact or (number > 0 and any(e.definite for e in usable))
        alone = len(material.sentences) <= _SHORT_TEXT
        only_counts = number > 0 and not usable and _counted(figures)
        worded = bool(usable)
        usable = [] if only_counts else telling.weighed(usable, verdict, sentence, exact=exact, alone=alone)
        usable = usable if worded else word_roles.borne_out(usable, material.roles, material.doc)
        usable = word_roles.corrected(usable, material.roles, sentence, verdict)
    if _sums_up(material, sentence, figures):
        return []
    if not usable:
        return _toll_only(material, number, figures)
    split = parts.of_sentence(sentence, [e.at for e in usable], _provinces(material, sentence))
    told = [scene for part in split for scene in _of_part(material, number, part, usable, figures)]
    return told if verdict is None else [telling.settled(scene, verdict) for scene in told]


def _sums_up(material: Material, sentence: Sentence, figures: Sequence[Figure]) -> bool:
    """True for the toll of a war or a year, which is no incident: every figure is one, and neither a day nor a town
    is told ("More than 300,000 people have been killed since the conflict began")."""
    counted = [f for f in figures if f.outcome in _COUNTED | {"displaced"} and (f.low or f.high)]
    if not counted or not all(f.cumulative for f in counted):
        return False
    dated = any(d.days and d.precision <= _RECENT and inside(d.span, sentence) for d in material.dates)
    return not dated and not any(
        (p.level or 0) < scene_places.PROVINCE for p in scene_places.literal(material, sentence)
    )


def _used(material: Material, sentence: Sentence, group: Sequence[Event]) -> tuple[Weapon, ...]:
    """The weapons of a sentence but those that are hit themselves ("a strike destroyed a mortar tube")."""
    struck = {t.i for e in group if e.trigger.frame in _STRIKING for i in e.patients for t in material.doc[i].subtree}
    here = [w for w in material.weapons if inside(w.span, sentence)]
    return tuple(w for w in here if token_at(material.doc, w.span.start) not in struck)


def _provinces(material: Material, sentence: Sentence) -> dict[int, str]:
    """The province of each token that names a place no wider than one."""
    named = [
        p for p in scene_places.literal(material, sentence) if p.admin1 and (p.level or 0) <= scene_places.PROVINCE
    ]
    return {token_at(material.doc, p.mention.span.start): p.admin1 or "" for p in named}


def _of_part(
    material: Material, number: int, part: Part, usable: Sequence[Event], figures: Sequence[Figure]
) -> list[Scene]:
    words = part.words
    counted = [f for f in figures if words.start <= f.anchor < words.end]
    groups: dict[str, list[Event]] = {}
    for event in usable:
        if words.start <= event.at < words.end:
            groups.setdefault("real" if event.status == "occurred" else event.status, []).append(event)
    scenes = [
        _scene(material, number, words, group, counted if label == "real" or len(groups) == 1 else ())
        for label, group in groups.items()
    ]
    if part.grounds:
        return [replace(s, apart=True, grounds=True, background=True) for s in scenes]
    return [replace(s, apart=True, elsewhere=True, definite=False) for s in scenes] if part.apart else scenes


def _toll_only(material: Material, number: int, figures: Sequence[Figure]) -> list[Scene]:
    """A sentence that tells only of the dead and hurt goes with the incident told before it."""
    sentence = material.sentences[number]
    counted = _counted(figures)
    if not counted or number == 0 or relevance.ACCIDENT.search(sentence.text):
        return _campaign(material, number)
    at = counted[0].anchor
    event = Event(at, _TOLL, (), (), (), status=event_status.of_word(material.doc[at]), habitual=False, definite=True)
    scene = _scene(material, number, sentence, [event], counted)
    return [scene] if scene.status == "occurred" else []


def _counted(figures: Sequence[Figure]) -> list[Figure]:
    """The figures that say how many were harmed."""
    return [f for f in figures if f.outcome in _COUNTED and (f.low or f.high)]


def _campaign(material: Material, number: int) -> list[Scene]:
    """A sentence that only says who fights whom, kept as background."""
    found = campaigns.sides(material.sentences[number], material.parties)
    if found is None:
        return []
    fighting, fought = found
    sentence = material.sentences[number]
    return [
        Scene(
            sentence=number,
            span=Span(sentence.start_char, sentence.end_char),
            event_type=scene_types.CAMPAIGN,
            weight=scene_types.STRENGTH["strong"],
            agents=tuple(Acting(p) for p in fighting),
            targets=(fought,),
            background=True,
        )
    ]


def _scene(
    material: Material, number: int, sentence: Sentence, group: Sequence[Event], figures: Sequence[Figure]
) -> Scene:
    """What a sentence, or a part of it, tells by a group of its events."""
    speeches = [s for s in material.speeches if s.sentence == number]
    weapons = _used(material, sentence, group)
    agents, targets, sides = scene_parties.of_events(material, group, speeches)
    told = tuple(scene_parties.told(material, f, speeches) for f in figures)
    lead = scene_types.lead(group)
    struck = tuple(scene_parties.unique([*targets, *(t.side for t in told if t.side is not None)]))
    event_type, also = scene_types.of_events(material, group, weapons, sentence, agents, struck)
    date = scene_dates.of_events(material, sentence, group)
    habitual = all(e.habitual for e in group)
    return Scene(
        sentence=number,
        span=Span(sentence.start_char, sentence.end_char),
        event_type=event_type,
        also=also,
        weight=max(scene_types.STRENGTH[e.trigger.strength] for e in group),
        agents=agents,
        targets=struck,
        sides=sides,
        told=told,
        date=date,
        places=scene_places.ranked(material, sentence, lead),
        weapons=weapons,
        status=lead.status,
        background=habitual or scene_dates.is_background(material, sentence, date),
        definite=any(e.definite for e in group),
        elsewhere=bool(_ELSEWHERE.search(sentence.text)),
    )

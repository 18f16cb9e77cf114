"""Report -> incidents: the only file that composes the extractors."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc

from extract import actors, claims, dates, kinds, roles, scene_places, scenes, weapons
from extract import text as text_of
from extract.actors import PartyMention, Registry
from extract.lexicon import Lexicon
from extract.material import Material, Scene
from extract.records import (
    Actor,
    CasualtyClaim,
    Claim,
    EventDate,
    Incident,
    KnownPlace,
    PlaceMention,
    Report,
    Role,
    Span,
    Status,
)

# A sentence goes with an incident told before it from this score on (tuned on the project's own gold).
LINK_SCORE = 1.0
_VAGUE_TYPES = {"attack", "killing", "explosion", "bombing", "raid", "offensive"}
_QUIET = {"diplomacy", "movement", "coercion", "unrest"}


@dataclass(slots=True)
class _Thread:
    """The scenes of one incident as they come together."""

    scenes: list[Scene] = field(default_factory=list)

    @property
    def last(self) -> int:
        return self.scenes[-1].sentence


def read(
    report: Report, doc: Doc, places: Sequence[KnownPlace], registry: Registry, lexicon: Lexicon
) -> tuple[Incident, ...]:
    """The incidents that a report tells of, in the order of their telling, exactly one of them primary.

    ``doc`` is the parse of the evened-out text, ``places`` every place name in it with what the gazetteer knows.
    """
    material = gather(report, doc, places, registry, lexicon)
    found = scenes.find(material)
    threads = [t for t in _thread(found, material) if _worth_telling(t)]
    return _choose_primary([_build(report, t, material, threads) for t in threads])


def gather(report: Report, doc: Doc, places: Sequence[KnownPlace], registry: Registry, lexicon: Lexicon) -> Material:
    """Everything that the sentences are read with."""
    text = report.text[: len(doc.text)]
    country = actors.main_country(p.country_code for p in places)
    parties = actors.find(text, registry, country=country)
    at_token = _by_token(doc, parties)
    persons = frozenset(t.i for e in doc.ents if e.label_ == "PERSON" for t in e if t.i not in at_token)
    sentences = tuple(s for s in doc.sents if any(t.is_alpha or t.like_num for t in s))
    phrases = roles.Phrases(doc, at_token, persons, lexicon.people)
    return Material(
        doc,
        sentences,
        phrases,
        parties,
        tuple(places),
        dates.find(text, report.published),
        weapons.find(text, lexicon.weapons),
        claims.find(doc, sentences, {**_by_token(doc, actors.find_speakers(text, registry)), **at_token}, persons),
        lexicon,
        report.published,
        country,
        text_of.dateline(text),
    )


def _by_token(doc: Doc, parties: Sequence[PartyMention]) -> dict[int, PartyMention]:
    found: dict[int, PartyMention] = {}
    for party in parties:
        span = doc.char_span(party.span.start, party.span.end, alignment_mode="expand")
        if span is not None:
            found.update({t.i: party for t in span})
    return found


# ---------------------------------------------------------------- which sentences tell of the same incident


def _thread(found: Sequence[Scene], material: Material) -> list[_Thread]:
    threads: list[_Thread] = []
    latest: _Thread | None = None
    for scene in found:
        if scene.status == "denied" and latest is not None:
            continue
        scored = [(_link_score(scene, t, material, nearest=t is latest), i) for i, t in enumerate(threads)]
        best = max(scored, default=(0.0, -1))
        if scored and best[0] >= LINK_SCORE:
            latest = threads[best[1]]
            latest.scenes.append(scene)
        else:
            latest = _Thread([scene])
            threads.append(latest)
    return threads


def _link_score(scene: Scene, thread: _Thread, material: Material, *, nearest: bool) -> float:
    """How well a scene goes with an incident: positive evidence minus contradictions."""
    score = 0.5 if nearest else 0.0
    score += _type_fit(scene, thread, material.lexicon)
    score += _place_fit(scene, thread)
    score += _date_fit(scene, thread)
    score += _party_fit(scene, thread)
    score += _toll_fit(scene, thread)
    score += (2.0 if nearest else 0.5) if scene.definite else 0.0
    score -= 2.0 if scene.elsewhere else 0.0
    score -= 2.5 if scene.background != thread.scenes[0].background else 0.0
    score -= (
        1.0 if (scene.status == "occurred") != (thread.scenes[0].status == "occurred") and not scene.definite else 0.0
    )
    return score


def _type_fit(scene: Scene, thread: _Thread, lexicon: Lexicon) -> float:
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
    if violent and (mine & _VAGUE_TYPES or theirs & _VAGUE_TYPES):
        return 1.0
    return 0.0 if violent else -2.0


def _fine(places: Sequence[KnownPlace]) -> list[KnownPlace]:
    return [p for p in places if p.level is None or p.level <= 3]


def _place_fit(scene: Scene, thread: _Thread) -> float:
    mine = _fine(scene.places[:2])
    theirs = [p for s in thread.scenes for p in _fine(s.places[:2])]
    if not mine or not theirs:
        return _coarse_fit(scene, thread)
    names = {_place_key(p) for p in theirs}
    if any(_place_key(p) in names for p in mine):
        return 1.5
    return -2.0


def _coarse_fit(scene: Scene, thread: _Thread) -> float:
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


def _date_fit(scene: Scene, thread: _Thread) -> float:
    mine = scene.date.days if scene.date else None
    theirs = [s.date.days for s in thread.scenes if s.date and s.date.days]
    if not mine or not theirs:
        return 0.0
    near = any(mine[0] <= b + dt.timedelta(days=1) and mine[1] >= a - dt.timedelta(days=1) for a, b in theirs)
    return 0.5 if near else -2.5


def _party_fit(scene: Scene, thread: _Thread) -> float:
    mine = {a.party.id for a in scene.agents if not a.party.general}
    theirs = {a.party.id for s in thread.scenes for a in s.agents if not a.party.general}
    if not mine or not theirs:
        return 0.0
    return 0.5 if mine & theirs else -0.5


def _toll_fit(scene: Scene, thread: _Thread) -> float:
    mine = {t.figure.low for t in scene.told if t.figure.outcome == "killed" and t.figure.low and t.figure.low > 1}
    theirs = {
        t.figure.low
        for s in thread.scenes
        for t in s.told
        if t.figure.outcome == "killed" and t.figure.low and t.figure.low > 1
    }
    if not mine or not theirs:
        return 0.0
    return 1.5 if mine & theirs else -0.5


# ---------------------------------------------------------------- what an incident says


def _worth_telling(thread: _Thread) -> bool:
    """True where something datable, placeable or countable was told, not only a word of violence."""
    weight = max(s.weight for s in thread.scenes)
    specific = any(s.told or s.date or any((p.level or 2) <= 5 for p in s.places) for s in thread.scenes)
    named = any(a.party for s in thread.scenes for a in s.agents) or any(s.targets or s.sides for s in thread.scenes)
    return (specific and (weight >= 3 or named)) or (named and weight >= 3)


def _build(report: Report, thread: _Thread, material: Material, threads: Sequence[_Thread]) -> Incident:
    status = _status(thread)
    event_type, tags = _main_type(thread, material.lexicon)
    toll = _casualties(thread)
    said = _claims(thread, material, report, threads)
    parties = _actors(thread, _by_claims(said, material))
    blamed = next((a.id for a in parties if a.role == "perpetrator"), None)
    said = tuple(replace(c, about=blamed) if c.stance == "blames" and c.about is None else c for c in said)
    if status == "occurred" and _is_disputed(said, parties):
        status = "disputed"
    first = thread.scenes[0]
    digest = hashlib.sha1(f"{report.id}|{first.span.start}|{event_type}|{first.status}".encode()).hexdigest()
    return Incident(
        id="inc-" + digest[:12],
        report_id=report.id,
        event_type=event_type,
        status=status,
        background=all(s.background for s in thread.scenes),
        date=_date(thread, material),
        places=_places(thread, material),
        actors=parties,
        weapons=tuple({(w.name, w.count): w for s in thread.scenes for w in s.weapons}.values()),
        casualties=toll,
        killed=_range(thread, "killed"),
        wounded=_range(thread, "wounded"),
        claims=said,
        evidence=tuple(dict.fromkeys(s.span for s in thread.scenes)),
        confidence=_confidence(thread),
        tags=tags,
    )


def _status(thread: _Thread) -> Status:
    """Occurred where any sentence asserts it; else as the first sentence has it."""
    told = [s.status for s in thread.scenes]
    return "occurred" if "occurred" in told else told[0]


def _main_type(thread: _Thread, lexicon: Lexicon) -> tuple[str, tuple[str, ...]]:
    """The type that most of the telling supports, the early sentences counting more."""
    votes: Counter[str] = Counter()
    for i, scene in enumerate(s for s in thread.scenes if s.status == "occurred" or len(thread.scenes) == 1):
        generic = 0.4 if scene.event_type in _VAGUE_TYPES else 1.0
        votes[scene.event_type] += scene.weight * generic / (1 + 0.5 * i)  # type: ignore[assignment]
    if not votes:
        votes[thread.scenes[0].event_type] += 1
    main = votes.most_common(1)[0][0]
    rest = dict.fromkeys(
        t for s in thread.scenes for t in (s.event_type, *s.also) if t != main and t not in _VAGUE_TYPES
    )
    return main, tuple(f"type:{t}" for t in rest)


def _date(thread: _Thread, material: Material) -> EventDate | None:
    told = [s.date for s in thread.scenes if s.date and s.date.days]
    if told:
        best = min(told, key=lambda d: (d.kind == "since", d.precision))
        assert best.days is not None
        return EventDate(best.days[0], best.days[1], best.precision, best.basis, best.text, best.span)
    if material.published is None or all(s.background for s in thread.scenes):
        return None
    start = material.published - dt.timedelta(days=1)
    return EventDate(start, material.published, 2, "published", "", None)


def _places(thread: _Thread, material: Material) -> tuple[PlaceMention, ...]:
    """Mentions of all scenes, the best of the earliest first, fine before coarse; else what the report said last."""
    scored: dict[Span, tuple[float, PlaceMention]] = {}
    province = _lead_province(thread, material)
    for i, scene in enumerate(thread.scenes):
        for j, place in enumerate(scene.places):
            astray = _ASTRAY if province and place.admin1 and place.admin1 != province else 0.0
            cost = _coarse(place, material) + astray + i * 0.7 + j * 0.8
            scored.setdefault(place.mention.span, (cost, place.mention))
    if not any(cost < _COARSE for cost, _ in scored.values()):
        for j, place in enumerate(_around(thread, material)):
            scored.setdefault(place.mention.span, (_coarse(place, material) + 2.0 + j * 0.8, place.mention))
    return tuple(m for _, m in sorted(scored.values(), key=lambda pair: pair[0]))


# A town in another province than the one told first costs more than that province itself.
_ASTRAY = 5.0


def _lead_province(thread: _Thread, material: Material) -> str | None:
    """The province that the first sentence with a place puts the incident in."""
    for scene in thread.scenes:
        ranked = sorted((_coarse(p, material) + 0.8 * j, j) for j, p in enumerate(scene.places) if p.admin1)
        if ranked and ranked[0][0] < 2 * _COARSE:
            return scene.places[ranked[0][1]].admin1
    return None


# Places from here on are wider than a district, or abroad.
_COARSE = 4.0


def _coarse(place: KnownPlace, material: Material) -> float:
    """How little a place tells: provinces after towns, countries last,
    other countries than the report's after its own."""
    level = place.level if place.level is not None else 2
    cost = 0.0 if level <= 3 else _COARSE if level == 4 else 2 * _COARSE
    if material.dateline and place.mention.span.overlaps(material.dateline):
        cost += _COARSE + 1.0
    abroad = material.country and place.country_code and place.country_code != material.country
    return cost + (6.0 if abroad else 0.0)


def _around(thread: _Thread, material: Material) -> list[KnownPlace]:
    """Literal places of the sentences around an incident that names none itself: before it, nearest first,
    then after."""
    start = thread.scenes[0].span.start
    literal = scene_places.possible(material)
    before = [p for p in literal if p.mention.span.start < start]
    return before[::-1] + [p for p in literal if p.mention.span.start >= start]


def _actors(thread: _Thread, claimed: Sequence[tuple[PartyMention, str]]) -> tuple[Actor, ...]:
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

    for i, scene in enumerate(thread.scenes):
        fade = 1 / (1 + 0.3 * i)
        for acting in scene.agents:
            add(acting.party, "perpetrator", fade, acting.alleged_by)
        for party in scene.targets:
            add(party, "target", fade)
        lost = {t.side.id for t in scene.told if t.side}
        for party in scene.sides:
            role: Role = "participant"
            if lost and len(scene.sides) >= 2:
                role = "target" if party.id in lost else "perpetrator"
            elif lost and party.id not in lost:
                role = "perpetrator"
            add(party, role, fade)
    named = any(role == "perpetrator" and not one.alleged_by for (_, role), one in kept.items())
    for party, speaker in claimed:
        if not named or party.kind not in {"government", "military", "coalition"}:
            add(party, "perpetrator", 0.7, speaker)
    return tuple(_settle(kept, weights))


def _settle(kept: Mapping[tuple[str, Role], Actor], weights: Mapping[tuple[str, Role], float]) -> list[Actor]:
    """One role a party: the one that the telling supports most. General words give way to names."""
    best: dict[str, Actor] = {}
    for (party, role), one in kept.items():
        known = best.get(party)
        if known is None or weights[party, role] > weights[party, known.role]:
            best[party] = one
    return sorted(best.values(), key=lambda a: -weights[a.id, a.role])


def _casualties(thread: _Thread) -> tuple[CasualtyClaim, ...]:
    found: dict[tuple[object, ...], CasualtyClaim] = {}
    for scene in thread.scenes:
        for told in scene.told:
            f = told.figure
            claim = CasualtyClaim(
                f.outcome, f.low, f.high, f.victims, f.victim_kind, f.span, f.text, told.side.id if told.side else None,
                told.speaker, f.part,
            )  # fmt: skip
            found.setdefault((f.outcome, f.low, f.high, told.speaker, f.part), claim)
    return tuple(found.values())


def _range(thread: _Thread, outcome: str) -> tuple[int | None, int | None]:
    """Lowest and highest total: figures of one verb add up, those of different tellings bound the range,
    parts count not."""
    totals: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for scene in thread.scenes:
        for told in scene.told:
            f = told.figure
            low, high = f.low if f.low is not None else f.high, f.high if f.high is not None else f.low
            if f.outcome == outcome and not f.part and low is not None and high is not None:
                totals.setdefault((scene.sentence, f.anchor), []).append((low, high))
    sums = [(sum(low for low, _ in group), sum(high for _, high in group)) for group in totals.values()]
    large = [pair for pair in sums if pair[1] > 1] or sums
    return (min(low for low, _ in large), max(high for _, high in large)) if large else (None, None)


def _by_claims(said: Sequence[Claim], material: Material) -> list[tuple[PartyMention, str]]:
    """Parties that a claim makes the perpetrator, each with who says so: who admits, and who is blamed."""
    spans = {(c.span, c.speaker): c for c in said if c.stance in {"admits", "blames"}}
    found = []
    for speech in material.speeches:
        claim = spans.get((speech.span, speech.name))
        party = speech.party if claim and claim.stance == "admits" else speech.about
        if claim and party is not None and (party.kind in _BLAMEABLE or party.bare):
            found.append((party, speech.name))
    return found


def _is_disputed(said: Sequence[Claim], parties: Sequence[Actor]) -> bool:
    """True where somebody denies it and two different parties are said to have done it."""
    accused = {a.id for a in parties if a.role == "perpetrator" and a.alleged_by is not None}
    accused |= {c.about for c in said if c.stance == "blames" and c.about}
    return any(c.stance == "denies" for c in said) and len(accused) >= 2


_BLAMEABLE = {"military", "government", "police", "intelligence", "paramilitary", "militia", "rebel", "jihadist",
    "separatist", "coalition",
              "private-military", "criminal", "cartel", "unidentified", "political"}  # fmt: skip


# Claims about an incident may follow it by this many sentences that tell of no other.
_CLAIM_REACH = 4


def _claims(thread: _Thread, material: Material, report: Report, threads: Sequence[_Thread]) -> tuple[Claim, ...]:
    """What is said in the sentences that tell of the incident, and who admits, denies, blames or excuses after them."""
    numbers = {s.sentence for s in thread.scenes}
    found: dict[tuple[str, str, Span], Claim] = {}
    for speech in material.speeches:
        if speech.sentence in numbers or (speech.stance != "asserts" and _speaks_of(speech.sentence, thread, threads)):
            about = speech.about.id if speech.about else None
            accused = _accused(speech, thread) if speech.stance == "asserts" else None
            stance = "blames" if accused else speech.stance
            claim = Claim(speech.name, stance, speech.span, speech.span.of(report.text), accused or about)
            found.setdefault((claim.speaker, claim.stance, claim.span), claim)
    return tuple(found.values())


def _accused(speech: claims.Speech, thread: _Thread) -> str | None:
    """The party that an armed party or government says did it, where that is its opponent and not itself."""
    if speech.party is None or speech.party.general or speech.party.kind not in kinds.ARMED_KINDS:
        return None
    for scene in thread.scenes:
        for acting in scene.agents if scene.sentence == speech.sentence else ():
            other = acting.party
            own = {speech.party.id, speech.party.country} & {other.id, other.country}
            if acting.alleged_by == speech.name and not other.general and not own:
                return other.id
    return None


def _speaks_of(sentence: int, thread: _Thread, threads: Sequence[_Thread]) -> bool:
    """True where a sentence without an event of its own comes next after one of this incident."""
    before = [(s.sentence, t) for t in threads for s in t.scenes if s.sentence <= sentence]
    if not before:
        return False
    last, owner = max(before, key=lambda pair: pair[0])
    return owner is thread and sentence - last <= _CLAIM_REACH


def _confidence(thread: _Thread) -> float:
    """A rough measure: how strong the words are, and how much of who, where, when and how many was told."""
    weight = max(s.weight for s in thread.scenes)
    told = [
        any(s.told for s in thread.scenes),
        any(_fine(s.places) for s in thread.scenes),
        any(s.date for s in thread.scenes),
        any(s.agents or s.sides for s in thread.scenes),
        len(thread.scenes) > 1,
    ]
    return min(0.95, 0.2 + 0.1 * weight + 0.09 * sum(told))


def _choose_primary(built: list[Incident]) -> tuple[Incident, ...]:
    """Marks the incident that the report is about: asserted, not history, early, and told at length."""
    if not built:
        return ()

    def rank(one: Incident) -> tuple[bool, bool, float]:
        start = one.evidence[0].start if one.evidence else 0
        early = 3.0 / (1 + start / 250)
        return (
            one.status in {"occurred", "disputed"},
            not one.background,
            early + 0.4 * min(len(one.evidence), 5) + one.confidence,
        )

    best = max(built, key=rank)
    return tuple(replace(i, primary=i.id == best.id) for i in built)

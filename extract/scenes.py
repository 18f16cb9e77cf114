"""One sentence's account of an event: its actions, parties, figures, day, places and weapons drawn together."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Sentence

from extract import campaigns, casualties, claims, events, genres, kinds, roles
from extract.actors import PartyMention
from extract.casualties import Figure
from extract.claims import Speech
from extract.dates import DateMention
from extract.events import Event
from extract.lexicon import Lexicon, Trigger
from extract.records import KnownPlace, Span, Status, Weapon
from extract.syntax import SPEECH_VERBS

# Told as history where it lies further back than this before publication.
BACKGROUND_DAYS = 21
_WEAK_FAMILIES = {"diplomacy", "movement"}
_ELSEWHERE = re.compile(
    r"\b(another|separate\w*|elsewhere|meanwhile|similar|second|third|also on|in addition|other (?:attack|"
    r"incident|clash|development)s?|"
    r"in a related|earlier (?:attack|incident|in the day)|the same day|previous(?:ly)?|last (?:year|"
    r"month))\b", re.I)  # fmt: skip
_ACCIDENT = re.compile(
    r"\b(crash(?:ed|es)?|earthquake|quake|flood(?:s|ing)?|landslide|hurricane|typhoon|cyclone|storms?|"
    r"wildfires?|virus|epidemic|cholera|"
    r"ebola|influenza|capsiz\w+|derail\w*|accident(?:s|al)?|avalanche|eruption|volcano|drought|stampede|"
    r"gas leak|collapsed?|"
    r"heart attack|cancer|disease|infection|outbreak|malaria|tornado|shipwreck|drown\w*|pandemic|covid\S*|"
    r"vaccin\w*)\b", re.I)  # fmt: skip
_STRENGTH = {"strong": 3.0, "weak": 1.5, "effect": 1.0}


@dataclass(frozen=True, slots=True)
class Material:
    """All that was found in a document, handed to the reading of its sentences."""

    doc: Doc
    sentences: tuple[Sentence, ...]
    phrases: roles.Phrases
    parties: tuple[PartyMention, ...]
    places: tuple[KnownPlace, ...]
    dates: tuple[DateMention, ...]
    weapons: tuple[Weapon, ...]
    speeches: tuple[Speech, ...]
    lexicon: Lexicon
    published: dt.date | None
    country: str | None
    dateline: Span | None


@dataclass(frozen=True, slots=True)
class Acting:
    """A party in a role, with whoever alleges it."""

    party: PartyMention
    alleged_by: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A figure with its speaker and the party that its victims belong to."""

    figure: Figure
    speaker: str | None
    side: PartyMention | None


@dataclass(frozen=True, slots=True)
class Scene:
    """What one sentence tells of one event."""

    sentence: int
    span: Span
    event_type: str
    also: tuple[str, ...]
    weight: float
    agents: tuple[Acting, ...]
    targets: tuple[PartyMention, ...]
    sides: tuple[PartyMention, ...]
    told: tuple[Told, ...]
    date: DateMention | None
    places: tuple[KnownPlace, ...]
    weapons: tuple[Weapon, ...]
    status: Status
    background: bool
    definite: bool
    elsewhere: bool
    anchor: int


def find(material: Material) -> tuple[Scene, ...]:
    """The scenes of a document in order. A report of sport, markets or films gives none."""
    text = material.doc.text
    if genres.is_play(text) or genres.is_drill(text):
        return ()
    return tuple(scene for i in range(len(material.sentences)) for scene in _of_sentence(material, i))


def _of_sentence(material: Material, number: int) -> list[Scene]:
    sentence = material.sentences[number]
    found = events.find(sentence, material.lexicon)
    names = frozenset(i for i in material.phrases.persons if sentence.start <= i < sentence.end)
    figures = casualties.find(sentence, material.phrases.people, names)
    usable = [e for e in found if _usable(material, e, figures, sentence)]
    if not usable:
        return _toll_only(material, number, figures)
    groups: dict[str, list[Event]] = {}
    for event in usable:
        groups.setdefault("real" if event.status == "occurred" else event.status, []).append(event)
    scenes = []
    for label, group in groups.items():
        own = figures if label == "real" or len(groups) == 1 else ()
        scene = _scene(material, number, group, own)
        if scene:
            scenes.append(scene)
    return scenes


def _toll_only(material: Material, number: int, figures: Sequence[Figure]) -> list[Scene]:
    """A sentence that tells only of the dead and hurt goes with the incident told before it."""
    sentence = material.sentences[number]
    counted = [f for f in figures if f.outcome in {"killed", "wounded", "missing", "abducted"} and (f.low or f.high)]
    if not counted or number == 0 or _ACCIDENT.search(sentence.text):
        return _campaign(material, number)
    trigger = Trigger("toll", "N", "killing", "kill", "effect")
    event = Event(
        counted[0].anchor,
        counted[0].anchor,
        trigger,
        (),
        (),
        (),
        events.status_of(material.doc[counted[0].anchor]),
        False,
        None,
        True,
    )
    scene = _scene(material, number, [event], counted)
    return [scene] if scene and scene.status == "occurred" else []


def _campaign(material: Material, number: int) -> list[Scene]:
    """A sentence that only says who fights whom, kept as background."""
    found = campaigns.sides(material.sentences[number], material.parties)
    if found is None:
        return []
    fighting, fought = found
    sentence = material.sentences[number]
    span = Span(sentence.start_char, sentence.end_char)
    agents = tuple(Acting(p) for p in fighting)
    return [
        Scene(
            number, span, "offensive", (), 3.0, agents, (fought,), (), (), None, (), (), "occurred", True, False, False,
            sentence.start,
        )
    ]  # fmt: skip


def _usable(material: Material, event: Event, figures: Sequence[Figure], sentence: Sentence) -> bool:
    """True where a word of action tells of violence or of conflict here; weak words need a party,
    a weapon or a toll."""
    trigger = event.trigger
    armed = any(_inside(w.span, sentence) for w in material.weapons) or bool(kinds.AIR.search(sentence.text))
    acting = any(_acts(material, i) for i in (*event.agents, *event.sides))
    suffering = any(_suffers(material, i) for i in event.patients)
    if _describes(material.doc[event.at], trigger.frame) or _of_words(material.doc, event):
        return False
    if trigger.frame == "hint":
        return trigger.event_type == "abduction" and bool(figures)
    if trigger.strength == "effect" or trigger.frame == "kill":
        return _violent_death(material, event, figures, sentence)
    if trigger.event_type == "explosion" and _ACCIDENT.search(sentence.text) and not acting:
        return False
    if trigger.frame in {"hit", "fire"}:
        return (acting and (suffering or armed or bool(event.patients))) or (armed and bool(event.patients))
    if trigger.frame == "mine":
        return bool(_MINED.search(sentence.text))
    if trigger.frame == "capture" and _frees(material, event, sentence):
        return True
    if trigger.frame == "capture":
        return _takes_ground(material, event, sentence) or _takes_arms(material, event, sentence)
    if trigger.frame == "move":
        return acting and bool(_literal(material, sentence))
    if trigger.frame == "release":
        return bool(_HELD.search(sentence.text)) and (acting or suffering)
    if trigger.frame == "downing":
        return bool(_FLYING.search(sentence.text))
    if trigger.frame == "intercept":
        return armed or bool(_INTERCEPTED.search(sentence.text))
    if trigger.frame == "deal":
        return (
            event.at - sentence.start < 40
            and material.sentences[0].start <= event.at < material.sentences[min(2, len(material.sentences)) - 1].end
        )
    if trigger.frame == "weapon" and trigger.event_type == "force_against_protesters":
        return bool(re.search(r"protest|demonstrat|crowd|rally|march", sentence.text, re.I))
    if trigger.strength == "strong":
        return True
    if trigger.frame == "unrest":
        return True
    return acting or suffering or armed or bool(figures)


_ABSTRACT = {"plan", "decision", "policy", "proposal", "idea", "record", "law", "bill", "budget", "comment",
    "report", "reform", "critic", "media",
             "government's plan", "problem", "issue", "question", "poverty", "corruption", "cost", "price",
             "inflation", "statement", "view",
             "credibility", "reputation", "rights", "freedom", "democracy", "dignity", "sector", "economy",
             "quota", "agreement", "deal"}  # fmt: skip


def _of_words(doc: Doc, event: Event) -> bool:
    """True where what is attacked is a plan or an opinion."""
    if event.trigger.frame not in {"act", "hit"} or not event.patients:
        return False
    return all(doc[i].lemma_.lower() in _ABSTRACT for i in event.patients)


def _describes(token: Token, frame: str) -> bool:
    """True where the words only say what a party is about ("the coalition fighting IS",
    "rebels who fight the army")."""
    if token.dep_ == "acl" and token.tag_ == "VBG" and frame == "clash":
        return True
    return token.dep_ == "relcl" and token.tag_ in {"VBZ", "VBP"} and frame in {"clash", "act", "hit"}


_MINED = re.compile(
    r"\b(?:ran over|run over|drove over|hit|struck|stepped on|set off|laid|planted|trigger\w+|detonat\w+|"
    r"explo\w+|blew|blown)\b[^.]{0,40}\bmines?\b|"
    r"\bmines?\b[^.]{0,40}\b(?:explo\w+|detonat\w+|blew up|went off|kill\w+|planted|laid)\b", re.I)  # fmt: skip


def _frees(material: Material, event: Event, sentence: Sentence) -> bool:
    """ "Freed a captain", "released two hostages": people let go, not ground taken."""
    if event.trigger.words not in {"free", "release", "let go", "hand over"} or _GROUND.search(
        _taken(material.doc, event, sentence)[:40]
    ):
        return False
    people = any(
        (p := roles.sufferer(material.phrases, i)) and p.kind in {"civilian", "unidentified", "unknown"}
        for i in event.patients
    )
    return people or bool(_HELD.search(sentence.text))


_HELD = re.compile(
    r"\b(hostages?|prisoners?|captives?|detainees?|kidnapped|abducted|abductees|crew|pirates|ransom|captors?|"
    r"held since|captured soldiers)\b",
    re.I,
)
_FLYING = re.compile(
    r"\b(planes?|aircraft|jets?|helicopters?|drones?|uavs?|missiles?|airliner|warplanes?|rockets?|shahed\S*|"
    r"an-\d+|su-\d+|mi-\d+|mig\S*)\b",
    re.I,
)
_UNCREWED = re.compile(r"\b(drones?|uavs?|missiles?|rockets?|shahed\S*|quadcopters?|unmanned)\b", re.I)
_GROUND = re.compile(
    r"\b(towns?|cit(?:y|ies)|villages?|areas?|districts?|neighbou?rhoods?|hills?|hilltops?|territor\w+|base|"
    r"bases|airport|airbase|points?|"
    r"settlements?|provinces?|regions?|positions?|stronghold|suburbs?|camp|crossing|outpost|checkpoints?|"
    r"mountains?|capital|quarters?|"
    r"farms?|fields?|bridge|border|localit\w+|garrison|headquarters|land|airfield)\b", re.I)  # fmt: skip


def _takes_ground(material: Material, event: Event, sentence: Sentence) -> bool:
    """True where what is taken is a place, and somebody armed takes it or arms are told of."""
    doc = material.doc
    near = _taken(doc, event, sentence)
    placed = any(p.mention.span.start - doc[event.at].idx in range(-60, 90) for p in _literal(material, sentence))
    acting = any(_acts(material, i) for i in event.agents) or bool(_FIGHTERS.search(sentence.text))
    if any(
        p.general is False and p.kind == "civilian"
        for i in event.patients
        if (p := roles.sufferer(material.phrases, i))
    ):
        return False
    return (
        acting
        and (bool(_GROUND.search(near)) or placed)
        and not (_INTERCEPTED.search(near) and not _GROUND.search(near))
    )


def _takes_arms(material: Material, event: Event, sentence: Sentence) -> bool:
    near = _taken(material.doc, event, sentence)
    return bool(_INTERCEPTED.search(near)) and not _GROUND.search(near)


def _taken(doc: Doc, event: Event, sentence: Sentence) -> str:
    """The words around what is taken."""
    objects = [t for i in event.patients for t in doc[max(0, i - 5) : min(len(doc), i + 4)]]
    return " ".join(t.text for t in objects) or doc[event.at : min(event.at + 9, sentence.end)].text


_FIGHTERS = re.compile(
    r"\b(army|forces|troops|rebels?|militants?|fighters|militia|insurgents|military|soldiers|control)\b", re.I
)
_INTERCEPTED = re.compile(
    r"\b(bombs?|explosives?|drones?|missiles?|weapons?|arms|ammunition|rifles?|grenades?|mines?|ied|ieds|"
    r"munitions?|rockets?|guns?|device|devices|"
    r"cache|caches|uavs?)\b", re.I)  # fmt: skip
_ABSTRACT_DEATH = re.compile(r"\b(death (?:penalty|threats?|squads?|sentence|row)|deadline|cold-blooded)\b", re.I)


def _violent_death(material: Material, event: Event, figures: Sequence[Figure], sentence: Sentence) -> bool:
    """True where people were killed or hurt, and not by accident or illness."""
    if _ABSTRACT_DEATH.search(sentence.text) and not figures:
        return False
    near = any(abs(f.anchor - event.at) <= 12 for f in figures)
    acting = any(_acts(material, i) for i in event.agents)
    if _ACCIDENT.search(sentence.text) and not acting and not any(_inside(w.span, sentence) for w in material.weapons):
        return False
    return near or acting


def _acts(material: Material, index: int) -> bool:
    party = roles.actor(material.phrases, index)
    return party is not None and party.kind not in {"media", "monitor", "aid", "international"}


def _suffers(material: Material, index: int) -> bool:
    return roles.sufferer(material.phrases, index) is not None


def _inside(span: Span, sentence: Sentence) -> bool:
    return bool(sentence.start_char <= span.start < sentence.end_char)


def _literal(material: Material, sentence: Sentence) -> list[KnownPlace]:
    return [p for p in scene_places(material) if _inside(p.mention.span, sentence)]


def scene_places(material: Material) -> list[KnownPlace]:
    """The places of a document where something can have happened: named as such,
    not as a party or in an adjective's stead."""
    return [p for p in material.places if p.mention.use == "literal" and not _is_party_like(material.doc, p)]


# Capitals up to this length name an organisation rather than a town ("NGO", "SANA").
_LONGEST_ABBREVIATION = 5


_COMPASS = {
    "north",
    "south",
    "east",
    "west",
    "northeast",
    "northwest",
    "southeast",
    "southwest",
    "central",
    "street",
    "road",
}


def _is_party_like(doc: Doc, place: KnownPlace) -> bool:
    """ "US air strikes", "Israel said", "NGO": a country that acts or qualifies, an abbreviation."""
    text, level = place.mention.text, place.level if place.level is not None else 2
    if text.isupper() and len(text) <= _LONGEST_ABBREVIATION and level <= 3:
        return True
    after = doc.text[place.mention.span.end : place.mention.span.end + 7]
    if text.lower() in _COMPASS or after.startswith(("-based", " based ")):
        return True
    if level != 6:
        return False
    token = doc[_token_at(doc, place.mention.span.end - 1)]
    if token.dep_ == "appos" and _with_speaker(token.head):
        return True
    if token.dep_ in {"compound", "amod", "nmod", "npadvmod", "poss"}:
        head = token.head
        return head.ent_type_ not in {"GPE", "LOC", "FAC"}
    return token.dep_ in {"nsubj", "agent", "nsubjpass"}


def _scene(material: Material, number: int, group: Sequence[Event], figures: Sequence[Figure]) -> Scene | None:
    sentence = material.sentences[number]
    speeches = [s for s in material.speeches if s.sentence == number]
    weapons = tuple(w for w in material.weapons if _inside(w.span, sentence))
    agents, targets, sides = _parties(material, group, speeches)
    told = tuple(_told(material, f, speeches) for f in figures)
    lead = _lead(group)
    struck = tuple(_unique([*targets, *(t.side for t in told if t.side is not None)]))
    event_type, also = _event_type(material, group, weapons, sentence, agents, struck)
    date = _date(material, sentence, group)
    habitual = all(e.habitual for e in group) or (date is not None and date.kind == "since")
    return Scene(
        number,
        Span(sentence.start_char, sentence.end_char),
        event_type,
        also,
        max(_STRENGTH[e.trigger.strength] for e in group),
        agents,
        struck,
        sides,
        told,
        date,
        _places(material, sentence, lead),
        weapons,
        lead.status,
        habitual or _is_old(date, material.published) or _is_history(sentence) or _remembered(material, date),
        any(e.definite for e in group),
        bool(_ELSEWHERE.search(sentence.text)),
        lead.at,
    )


_HISTORY = re.compile(
    r"^\W*(?:in|since|during|between|from)\s+(?:the\s+)?(?:(?:early|late|mid)[- ])?(?:19|20)\d\d\b|"
    r"\bsince (?:the (?:start|beginning|outbreak)|(?:19|20)\d\d|\w+ (?:19|20)\d\d)\b",
    re.I,
)


def _is_history(sentence: Sentence) -> bool:
    return bool(_HISTORY.search(sentence.text))


def _remembered(material: Material, date: DateMention | None) -> bool:
    """True in a report of remembrance, unless the day told is recent."""
    recent = date is not None and date.days is not None and date.precision <= 2
    return not recent and genres.looks_back(material.doc.text)


def _is_old(date: DateMention | None, published: dt.date | None) -> bool:
    if date is None or date.days is None or published is None:
        return False
    return (published - date.days[1]).days > BACKGROUND_DAYS


def _lead(group: Sequence[Event]) -> Event:
    """The event that the sentence turns on: the strongest, then the first."""
    return max(group, key=lambda e: (_STRENGTH[e.trigger.strength], -e.at))


def _event_type(
    material: Material,
    group: Sequence[Event],
    weapons: Sequence[Weapon],
    sentence: Sentence,
    agents: Sequence[Acting],
    targets: Sequence[PartyMention],
) -> tuple[str, tuple[str, ...]]:
    """(type, further types) of the events of a sentence."""
    acting = [a.party for a in agents]
    types = [
        _of_capture(material, e, sentence)
        if e.trigger.frame == "capture"
        else _of_downing(material.doc, e, sentence)
        if e.trigger.frame == "downing"
        else kinds.narrowed(e.trigger.event_type, e.trigger.frame, e.trigger.pos == "N", weapons, sentence.text)
        for e in group
    ]
    strongest = max(_telling(e) for e in group)
    main = kinds.best([t for t, e in zip(types, group, strict=True) if _telling(e) == strongest])
    main = kinds.settled(main, sentence.text, acting, targets)
    return main, tuple(t for t in dict.fromkeys(types) if t != main and t not in kinds.GENERIC)


def _of_capture(material: Material, event: Event, sentence: Sentence) -> str:
    if _frees(material, event, sentence):
        return "prisoner_exchange"
    own = [p for i in event.agents if (p := roles.actor(material.phrases, i))]
    return "weapons_interception" if _takes_arms(material, event, sentence) else kinds.captured(own)


def _of_downing(doc: Doc, event: Event, sentence: Sentence) -> str:
    return "weapons_interception" if _UNCREWED.search(_taken(doc, event, sentence)) else "aircraft_downing"


def _telling(event: Event) -> float:
    """How much a word of action says: a place that changes hands or arms that are found count as much as violence."""
    return (
        3.0
        if event.trigger.frame in {"capture", "intercept", "release", "downing"}
        else _STRENGTH[event.trigger.strength]
    )


def _parties(
    material: Material, group: Sequence[Event], speeches: Sequence[Speech]
) -> tuple[tuple[Acting, ...], tuple[PartyMention, ...], tuple[PartyMention, ...]]:
    agents: list[Acting] = []
    targets: list[PartyMention] = []
    sides: list[PartyMention] = []
    for event in group:
        alleged = _alleged(material, event, speeches)
        agents += [
            Acting(p, alleged) for i in event.agents if (p := _agent(material, i, speeches)) and _may_act(p, event)
        ]
        targets += [p for i in event.patients if (p := roles.sufferer(material.phrases, i))]
        sides += [p for i in event.sides if (p := roles.actor(material.phrases, i)) and p.kind not in _NEUTRAL]
    if not targets:
        targets = [p for event in group for i in event.patients if (p := roles.thing(material.phrases, i))][:2]
    acting = {a.party.id for a in agents}
    return tuple(agents), tuple(t for t in targets if t.id not in acting), tuple(_unique(sides))


_NEUTRAL = {"media", "monitor", "aid", "international"}
_CROWD_TYPES = {"riot", "mob_violence", "protest", "looting", "arson", "property_destruction", "robbery"}


_REFERRING = {
    "it",
    "they",
    "he",
    "we",
    "group",
    "movement",
    "organization",
    "organisation",
    "alliance",
    "militia",
    "attackers",
    "army",
    "who",
    "she",
}


def _agent(material: Material, index: int, speeches: Sequence[Speech]) -> PartyMention | None:
    """The party that acts, pronouns and "its aircraft" followed back to the one meant."""
    head = material.doc[index]
    own = roles.actor(material.phrases, index)
    owned = any(c.tag_ == "PRP$" for c in head.children)
    if own is not None and not (own.general and owned):
        return own
    if own is not None or owned or head.lower_ in _REFERRING:
        return _spoken_for(head, speeches) or _before(material, head) or own
    return own


def _spoken_for(head: Token, speeches: Sequence[Speech]) -> PartyMention | None:
    """The armed party that speaks in the same sentence of itself ("NATO said its aircraft")."""
    for speech in speeches:
        if speech.party is not None and speech.head < head.i and speech.party.kind in kinds.ARMED_KINDS:
            return speech.party
    return None


def _before(material: Material, head: Token) -> PartyMention | None:
    """The armed party named last before a word that refers back, in this sentence or the one before."""
    start = head.sent.start
    reach = material.doc[start - 1].sent.start if start else 0
    for i in range(head.i - 1, reach - 1, -1):
        found = material.phrases.at_token.get(i)
        if found is not None and found.kind in kinds.ARMED_KINDS and not found.bare:
            return found
    return None


def _may_act(party: PartyMention, event: Event) -> bool:
    """True where a party of its kind can have done it: civilians riot, bystanders and news agencies do not bomb."""
    if party.kind == "craft":
        return False
    if party.kind == "civilian":
        return event.trigger.event_type in _CROWD_TYPES
    return party.kind not in _NEUTRAL


def _alleged(material: Material, event: Event, speeches: Sequence[Speech]) -> str | None:
    """Who says that the agent did it: by a word of blame or claim, or by the saying that the event stands under."""
    if event.alleged_by is not None:
        party = roles.actor(material.phrases, event.alleged_by)
        return party.name if party else material.doc[event.alleged_by].text
    speech = claims.of_token(speeches, material.doc, event.at)
    return speech.name if speech else None


def _told(material: Material, figure: Figure, speeches: Sequence[Speech]) -> Told:
    speech = claims.of_token(speeches, material.doc, figure.anchor)
    side = roles.sufferer(material.phrases, figure.head)
    return Told(figure, speech.name if speech else None, side)


def _date(material: Material, sentence: Sentence, group: Sequence[Event]) -> DateMention | None:
    """The day told of the event: not the day on which somebody said it."""
    here = [d for d in material.dates if _inside(d.span, sentence)]
    own = [d for d in here if not _of_speech(material.doc, d, group)]
    if not own:
        return None
    anchors = [e.at for e in group]
    return min(
        own, key=lambda d: (d.days is None, min(abs(_token_at(material.doc, d.span.start) - a) for a in anchors))
    )


def _of_speech(doc: Doc, date: DateMention, group: Sequence[Event]) -> bool:
    """True where a date hangs on a verb of saying that is not itself the event's verb."""
    token = doc[_token_at(doc, date.span.start)]
    at = {e.at for e in group}
    for _ in range(12):
        if token.i in at:
            return False
        if token.pos_ in {"VERB", "AUX"}:
            return token.lemma_.lower() in SPEECH_VERBS and token.lemma_.lower() not in {"claim", "charge"}
        if token.head.i == token.i:
            return False
        token = token.head
    return False


def _token_at(doc: Doc, offset: int) -> int:
    """Index of the token that covers an offset, or of the next."""
    span = doc.char_span(offset, offset + 1, alignment_mode="expand")
    return span.start if span is not None else 0


_AWAY = {"from", "by", "based", "via"}


def _places(material: Material, sentence: Sentence, lead: Event) -> tuple[KnownPlace, ...]:
    """The places of the sentence, the likeliest scene first: near the action, fine before coarse,
    not where people come from."""
    here = _literal(material, sentence)
    doc = material.doc

    def rank(place: KnownPlace) -> tuple[float, int]:
        token = doc[_token_at(doc, place.mention.span.start)]
        head = token
        while head.dep_ in {"compound", "nmod", "amod", "poss", "det", "appos"} and head.head.i != head.i:
            head = head.head
        away = head.dep_ == "pobj" and head.head.lower_ in _AWAY
        saying = _with_speaker(head)
        level = place.level if place.level is not None else 2
        abroad = bool(material.country and place.country_code and place.country_code != material.country)
        dated = material.dateline is not None and place.mention.span.overlaps(material.dateline)
        return (
            4.0 * away
            + 3.0 * saying
            + 4.0 * dated
            + 6.0 * abroad
            + (0.0 if level <= 3 else 1.5 if level == 4 else 3.0),
            abs(token.i - lead.at),
        )

    return tuple(sorted(here, key=rank))


def _with_speaker(token: Token) -> bool:
    """True where a place belongs to a speaker ("the ministry in Moscow said") or to the saying ("said in Geneva")."""
    for _ in range(6):
        if token.dep_ in {"nsubj", "nsubjpass"}:
            return token.head.lemma_.lower() in SPEECH_VERBS
        if token.pos_ in {"VERB", "AUX"}:
            return token.lemma_.lower() in SPEECH_VERBS
        if token.head.i == token.i:
            return False
        token = token.head
    return False


def _unique(parties: Sequence[PartyMention]) -> list[PartyMention]:
    seen: dict[str, PartyMention] = {}
    for party in parties:
        seen.setdefault(party.id, party)
    return list(seen.values())

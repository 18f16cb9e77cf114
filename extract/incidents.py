"""Report -> incidents: the only file that composes the extractors."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from extract import (
    actors,
    claims,
    confidence,
    dates,
    incident_claims,
    incident_facts,
    incident_parties,
    incident_places,
    roles,
    scene_places,
    scenes,
    telling,
    threads,
    weapons,
)
from extract import text as text_of
from extract.lexicon import Lexicon
from extract.material import Material
from extract.records import Incident, KnownPlace, Report, Span
from extract.registry import PartyMention, Registry
from extract.threads import Thread


def read(
    report: Report, doc: Doc, places: Sequence[KnownPlace], registry: Registry, lexicon: Lexicon
) -> tuple[Incident, ...]:
    """The incidents that a report tells of, in the order of their telling, exactly one of them primary.

    ``doc`` is the parse of the evened-out text, ``places`` every place name in it with what the gazetteer knows.
    """
    material = gather(report, doc, places, registry, lexicon)
    told = [t for t in threads.join(scenes.find(material), material) if threads.is_worth_telling(t)]
    if lexicon.judge is not None and lexicon.judge.confidence:
        told = confidence.sure(told, material, lexicon.judge.confidence)
    order = incident_claims.Order.of(told)
    return _choose_primary([_build(report, t, material, told, order) for t in told])


def gather(report: Report, doc: Doc, places: Sequence[KnownPlace], registry: Registry, lexicon: Lexicon) -> Material:
    """Everything that the sentences are read with."""
    even = doc.text
    text = report.text[: text_of.MAX_CHARACTERS]
    dateline = text_of.dateline(text)
    scenery = scene_places.possible(doc, even, places)
    country = _country(places, scenery, dateline)
    scenery = scene_places.borne_out(scenery, places, country)
    proper = frozenset(t.idx for t in doc if t.pos_ == "PROPN")
    peoples = frozenset(t.idx for e in doc.ents if e.label_ == "NORP" for t in e)
    peoples |= {p.mention.span.start for p in places if p.mention.use == "demonym"}
    parties = actors.find(text, registry, country=country, proper=proper, peoples=peoples)
    at_token = _by_token(doc, parties)
    persons = frozenset(t.i for e in doc.ents if e.label_ == "PERSON" for t in e if t.i not in at_token)
    sentences = tuple(s for s in doc.sents if any(t.is_alpha or t.like_num for t in s))
    leaders = _by_token(doc, actors.find_speakers(text, registry))
    named = frozenset(t for p in places if p.mention.use == "literal" for t in _tokens(doc, p.mention.span))
    phrases = roles.Phrases(doc, at_token, persons, lexicon.people, named, leaders)
    read = Material(
        doc,
        sentences,
        phrases,
        parties,
        tuple(places),
        tuple(d for d in dates.find(text, report.published) if not any(p.span.overlaps(d.span) for p in parties)),
        weapons.find(text, lexicon.weapons),
        claims.find(doc, sentences, {**leaders, **at_token}, persons),
        lexicon,
        report.published,
        country,
        dateline,
        even,
        scenery,
    )
    return telling.judged(read)


def _country(places: Sequence[KnownPlace], scenery: Sequence[KnownPlace], dateline: Span | None) -> str | None:
    """The country that a report is about: the places where things happen say more of it than nationalities."""
    codes = [p.country_code for p in places if p.mention.use == "demonym"]
    for place in scenery:
        if dateline is None or not place.mention.span.overlaps(dateline):
            codes += [place.country_code] * (2 if place.level is not None and place.level <= 5 else 1)
    return actors.main_country(codes) or actors.main_country(p.country_code for p in places)


def _by_token(doc: Doc, parties: Sequence[PartyMention]) -> dict[int, PartyMention]:
    found: dict[int, PartyMention] = {}
    for party in parties:
        found.update(dict.fromkeys(_tokens(doc, party.span), party))
    return found


def _tokens(doc: Doc, words: Span) -> range:
    """The tokens that a span covers."""
    span = doc.char_span(words.start, words.end, alignment_mode="expand")
    return range(span.start, span.end) if span is not None else range(0)


def _build(
    report: Report, thread: Thread, material: Material, told: Sequence[Thread], order: incident_claims.Order
) -> Incident:
    status = incident_facts.status(thread)
    event_type, tags = incident_facts.event_type(thread)
    said = incident_claims.of_thread(thread, material, report.text, order)
    parties = incident_parties.of_thread(thread, incident_claims.accused(said, thread, material, order))
    blamed = next((a.id for a in parties if a.role == "perpetrator"), None)
    said = tuple(replace(c, about=blamed) if c.stance == "blames" and c.about is None else c for c in said)
    if status == "occurred" and incident_claims.is_disputed(said, parties):
        status = "disputed"
    first = thread.scenes[0]
    digest = hashlib.sha1(f"{report.id}|{first.span.start}|{event_type}|{first.status}".encode()).hexdigest()
    return Incident(
        id="inc-" + digest[:12],
        report_id=report.id,
        event_type=event_type,
        status=status,
        background=all(s.background for s in thread.scenes),
        date=incident_facts.day(thread, material),
        places=incident_places.ranked(thread, material, told),
        actors=parties,
        weapons=tuple({(w.name, w.count): w for s in thread.scenes for w in s.weapons}.values()),
        casualties=incident_facts.casualties(thread),
        killed=incident_facts.total(thread, "killed"),
        wounded=incident_facts.total(thread, "wounded"),
        claims=said,
        evidence=tuple(dict.fromkeys(s.span for s in thread.scenes)),
        confidence=thread.confidence,
        tags=tags,
    )


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

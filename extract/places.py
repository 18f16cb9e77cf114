"""Sentences to place-name mentions: which words name places, how they are used, and the relations they stand in."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Sequence

from spacy.tokens import Doc

from extract import place_evidence, place_relations, place_spans
from extract.names import NameFacts, NameIndex
from extract.place_spans import Run
from extract.place_words import KIND_WORDS, words
from extract.records import PlaceMention, Relation, Span, Use

_SPEECH = words(
    "say deny accuse announce warn claim condemn call declare confirm insist urge demand blame reject vow pledge back"
    " support agree sign criticise criticize decide refuse want threaten welcome offer ask propose impose respond"
)
_HINTS = {
    "airport": "airport airfield airbase aerodrome airstrip",
    "camp": "camp",
    "province": "province governorate oblast state region prefecture",
    "district": "district county raion municipality parish subdistrict",
    "city": "city town",
    "village": "village hamlet locality settlement commune",
    "island": "island islands isle",
    "river": "river",
    "crossing": "crossing border checkpoint gate",
    "hospital": "hospital",
    "neighbourhood": "neighbourhood neighborhood quarter suburb",
    "dam": "dam",
    "prison": "prison jail",
    "station": "station",
    "port": "port harbour harbor",
    "oilfield": "oilfield refinery gasfield",
}
_HINT_OF = {word: hint for hint, words in _HINTS.items() for word in words.split()}
_BASE_WORDS = words("air military international civilian base army regional")
_NAMES = frozenset(("ORG", "WORK_OF_ART", "PRODUCT", "EVENT", "LAW"))
_NO_NAME = KIND_WORDS | words("the 's ’s of in and , - s") | words(" ".join(_HINT_OF))
_CONTAINERS = words("country admin1 admin2 region")


def find(doc: Doc, index: NameIndex) -> tuple[PlaceMention, ...]:
    """The place names of a parsed text, in order, none overlapping; see PlaceMention for what each tells."""
    about = place_evidence.context(doc)
    # spaCy puts the text together anew at every call, which on a long one is what takes the time.
    text = doc.text
    known = place_spans.runs(doc, index, about)
    runs = sorted([*known, *place_spans.entity_runs(doc, text, known)], key=lambda run: run.start)
    spans = [_span(doc, run) for run in runs]
    relations = place_relations.find(text, [s for s, run in zip(spans, runs, strict=True) if not _of_people(run)])
    named = {i for run in runs for i in range(run.start, run.end)}
    mentions = []
    for number, (run, span) in enumerate(zip(runs, spans, strict=True)):
        related = relations.get(span)
        kind, kind_end = _kind_after(doc, run)
        hint = kind or _hint_before(doc, run) or about.members.get(run.start) or (related.hint if related else None)
        mentions.append(
            PlaceMention(
                span=span,
                text=span.of(text),
                use=_use(doc, run, about, named),
                hint=hint,
                parents=_parents(doc, runs, number),
                relation=_with_kind(related.relation, kind_end) if related else None,
                plausibility=round(run.plausibility, 3),
            )
        )
    return tuple(mentions)


def _span(doc: Doc, run: Run) -> Span:
    return Span(doc[run.start].idx, doc[run.end - 1].idx + len(doc[run.end - 1].text))


def _use(doc: Doc, run: Run, about: place_evidence.Context, named: Collection[int]) -> Use:
    if run.facts and run.facts.demonym and run.facts.importance < 0.6:
        return "demonym"
    begin, end, label = about.entity.get(run.start, (run.start, run.end, ""))
    around = [doc[i].lower_ for i in range(begin, end) if i not in named]
    if label in _NAMES and not place_evidence.called(doc, run.start) and any(word not in _NO_NAME for word in around):
        return "in_name"
    return "metonymic" if _speaks(doc, run) else "literal"


def _of_people(run: Run) -> bool:
    """True for a people's name, which stands in no relation in space ("between Ankara and Kurdish groups")."""
    return run.facts is not None and run.facts.demonym and not run.facts.count


def _speaks(doc: Doc, run: Run) -> bool:
    """True where a country or capital is the one who says or does what governments do."""
    facts: NameFacts | None = run.facts
    if facts is None or not (facts.capital or facts.top_kind == "country"):
        return False
    root = doc[run.end - 1]
    return root.dep_ in ("nsubj", "agent") and root.head.lemma_.lower() in _SPEECH


def _kind_after(doc: Doc, run: Run) -> tuple[str | None, int]:
    """The kind of place that the words after the name tell, and where they end ("… military airport", "… province")."""
    i = run.end
    while i < len(doc) and i < run.end + 3 and doc[i].lower_ in _BASE_WORDS:
        if doc[i].lower_ == "base":
            return "airport", doc[i].idx + len(doc[i])
        i += 1
    if i < len(doc) and doc[i].lower_ in _HINT_OF:
        return _HINT_OF[doc[i].lower_], doc[i].idx + len(doc[i])
    return None, 0


def _with_kind(relation: Relation, end: int) -> Relation:
    """The relation with a span that takes in the word for the kind of place ("near the Deir Ezzor airport")."""
    if end <= relation.span.end or relation.kind == "between":
        return relation
    return dataclasses.replace(relation, span=Span(relation.span.start, end))


def _hint_before(doc: Doc, run: Run) -> str | None:
    """The kind told before the name: "the village of X", "the airport of X", "X's airport" aside."""
    i = run.start - 1
    while i >= 0 and doc[i].lower_ in ("the", "city", "town") and doc[i + 1].lower_ != "of":
        i -= 1
    if i < 1 or doc[i].lower_ != "of":
        return None
    # In "the Poblado quarter of Medellin" the word is of the name before it.
    return None if i >= 2 and place_spans.opens(doc[i - 2]) else _HINT_OF.get(doc[i - 1].lower_)


def _parents(doc: Doc, runs: Sequence[Run], number: int) -> tuple[str, ...]:
    """Names that the text says contain this one: "X, Y", "X (Y)", "X in Y province", "Y's X"."""
    run = runs[number]
    found = []
    for following in runs[number + 1 : number + 3]:
        gap = doc[run.end : following.start].text.strip().lower()
        if following.start - run.end > 7 or not _contains(following):
            break
        if gap in (",", "(", "in", ", in") or _links(gap):
            found.append(_words(doc, following))
        else:
            break
    if number and not found:
        before = runs[number - 1]
        gap = doc[before.end : run.start].text.strip().lower()
        if gap in ("'s", "’s") and _contains(before):
            found.append(_words(doc, before))
    return tuple(found)


def _links(gap: str) -> bool:
    """True for "province in", "district of", "in the eastern" and such between a name and what contains it."""
    words = gap.replace(",", " ").split()
    if not words or len(words) > 6 or "and" in words:
        return False
    rest = {"in", "of", "the", "a", "city", "town", "village", "district", "province", "governorate", "county"}
    rest |= {"northern", "southern", "eastern", "western", "central", "northeastern", "northwestern", "southeastern"}
    return all(w in rest or w.endswith("ern") for w in words) and ("in" in words or "of" in words)


def _contains(run: Run) -> bool:
    return run.facts is not None and (bool(run.facts.kinds & _CONTAINERS) or run.facts.abbreviation)


def _words(doc: Doc, run: Run) -> str:
    return str(doc[run.start : run.end].text)

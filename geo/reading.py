"""Report -> reading: composes the reading of words (extract) with the placing of names (geo).

The only file that knows both sides; model, registry, lexicon and gazetteer are handed in when the ``Reader`` is built.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc

from extract import actors, incidents, languages, places, text
from extract.casing import Casing
from extract.lexicon import Lexicon
from extract.records import PlaceMention, Report
from extract.registry import PartyMention, Registry
from geo import disambiguate, locate
from geo.gazetteer import Gazetteer
from geo.records import PlacedIncident, PlacedMention, Reading

# Reports parsed together: a parser is about twice as quick on a batch as on one text after another.
BATCH = 16


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads reports. ``nlp`` must have been through ``extract.text.prepare``."""

    nlp: Language
    registry: Registry
    lexicon: Lexicon
    gazetteer: Gazetteer
    casing: Casing

    def read(self, report: Report) -> Reading:
        """All that was read from one report."""
        return next(self.read_many([report]))

    def read_many(self, reports: Iterable[Report]) -> Iterator[Reading]:
        """One reading a report, in order; parses in batches."""
        pairs = ((self._even(report), report) for report in reports)
        for doc, report in self.nlp.pipe(pairs, as_tuples=True, batch_size=BATCH):
            yield self._read(report, doc)

    def _even(self, report: Report) -> str:
        return text.even_out(report.text, title=report.title, truecase=self.casing.usual, names=self.casing.countries)

    def _read(self, report: Report, doc: Doc) -> Reading:
        language = report.language or languages.of(report.text)
        parties = actors.find(report.text[: text.MAX_CHARACTERS], self.registry)
        mentions = _outside_parties(_as_written(places.find(doc, self.gazetteer), report), parties)
        hints = tuple(p.country for p in parties if p.country and not p.bare)
        placed = disambiguate.resolve(
            mentions, self.gazetteer, text=report.text, publisher=report.publisher, hints=hints
        )
        known = disambiguate.known(placed)
        found = incidents.read(report, doc, known, self.registry, self.lexicon) if language == "en" else ()
        by_span = {p.mention.span: p for p in placed}
        located = tuple(
            PlacedIncident(one, locate.place(one.places, by_span, self.gazetteer, text=report.text)) for one in found
        )
        return Reading(report, language, located, placed, _warnings(report, language, located, placed))


def _as_written(found: tuple[PlaceMention, ...], report: Report) -> list[PlaceMention]:
    """The mentions with their words as the report has them, where the parse evened out a character."""
    return [replace(mention, text=mention.span.of(report.text)) for mention in found]


def _outside_parties(mentions: Sequence[PlaceMention], parties: Sequence[PartyMention]) -> list[PlaceMention]:
    """The mentions without those that are a party's whole name ("Daesh"), and marked where they are part of one."""
    kept = []
    for mention in mentions:
        within = [p for p in parties if p.span.overlaps(mention.span) and not p.bare and not p.general]
        if any(p.span.start >= mention.span.start and p.span.end <= mention.span.end for p in within):
            continue
        inside = mention.use == "literal" and any(p.span.start <= mention.span.start for p in within)
        kept.append(replace(mention, use="in_name") if inside else mention)
    return kept


def _warnings(
    report: Report, language: str, located: tuple[PlacedIncident, ...], placed: tuple[PlacedMention, ...]
) -> tuple[str, ...]:
    """What the reader should know that he did not get."""
    said = []
    if language != "en":
        said.append(
            f"the text reads as '{language}': only English is read for incidents, place names were still looked for"
        )
    if len(report.text) > text.MAX_CHARACTERS:
        said.append(f"only the first {text.MAX_CHARACTERS:,} of {len(report.text):,} characters were read")
    if report.published is None:
        said.append("no publication date: days told only as 'on Monday' or 'yesterday' stay unresolved")
    if any(p.place is None for p in located):
        said.append(f"{sum(p.place is None for p in located)} of {len(located)} incidents could not be located")
    unresolved = sum(p.choice is None and p.mention.use == "literal" for p in placed)
    if unresolved:
        said.append(f"{unresolved} place names were not resolved")
    return tuple(said)

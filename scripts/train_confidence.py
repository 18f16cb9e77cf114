"""Makes ``data/models/confidence.csv``: how much each fact of an incident speaks for it or against it.

``python -m scripts.train_confidence FILE`` reads those labelled reports of ``data/training`` that the model in FILE has
not seen (``scripts.train_judge --held-out FILE``), and the development half of the project's own gold; prints how far
the confidence can be trusted on reports left out of the training; then trains on all. Some minutes on one core.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data import learned_files, reference
from extract import confidence, incident_facts, incidents, places, scenes, text, threads
from extract.material import Material
from extract.records import Report
from extract.threads import Thread
from geo import contract, disambiguate
from geo.reading import Reader
from scripts import train_judge, train_weights
from tests.gold import measure

Json = dict[str, Any]
_FOLDS = 5
# The texts have no day of their own.
PUBLISHED = dt.date(2019, 3, 8)
# Gold reports are real news in full; a sentence on its own says little of how reports go.
_WEIGHT = {"gold": 2.0, "report": 1.0, "sentence": 1.0}
# How strongly weights are drawn to nothing: best of a few on the gold reports left out.
_PENALTY = 8.0
# Facts that may only speak against an incident; all others may only speak for it, so that a chance of few texts cannot
# turn what reason says.
_AGAINST = frozenset(
    ("generic", "speech", "least peace", "report peace", "opens peace", "report talk", "below the best", "late",
     "talk", "background", "unsure", "taken as known", "in passing")
)  # fmt: skip
_BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


@dataclass(frozen=True, slots=True)
class Row:
    """One incident that was read: its facts, whether it is right, from what text (gold, report, sentence) and which."""

    facts: Mapping[str, float]
    right: bool
    source: str
    report: str


def main() -> None:
    """Reads, measures by reports left out, trains on all and writes the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    judge = replace(learned_files.load_judge(parser.parse_args().model), confidence={})
    reader = reference.open_reader()
    reader = replace(reader, lexicon=replace(reader.lexicon, judge=judge))
    rows = [*of_training(reader), *of_gold(reader)]
    names = list(rows[0].facts)
    _report(rows, _left_out(rows, names))
    train_weights.write(
        learned_files.CONFIDENCE, dict(zip(["bias", *names], _fitted(rows, names).tolist(), strict=True))
    )


def of_training(reader: Reader) -> Iterator[Row]:
    """The incidents read from the training texts held out, those of one report taken together."""
    read = train_judge.items()
    reports: dict[str, list[Json]] = defaultdict(list)
    for item, held in zip(read, train_judge.held_out(read), strict=True):
        if held:
            reports[item["source"]].append(item)
    for source, items in reports.items():
        yield from _of_report(reader, source, items)


def _of_report(reader: Reader, name: str, items: Sequence[Json]) -> Iterator[Row]:
    whole = " ".join(item["text"] for item in items)
    ends = np.cumsum([len(item["text"]) + 1 for item in items])
    source = "report" if len(items) > 1 else "sentence"
    for thread, facts in _candidates(reader, Report(name, whole, published=PUBLISHED)):
        told = [items[int(np.searchsorted(ends, (s.span.start + s.span.end) / 2))] for s in thread.scenes]
        yield Row(facts, _is_right(thread, told), source, name)


def _candidates(reader: Reader, report: Report) -> Iterator[tuple[Thread, dict[str, float]]]:
    """Every incident that a report may tell of, with its facts."""
    material = gathered(reader, report)
    for thread in threads.join(scenes.find(material), material):
        if threads.is_worth_telling(thread):
            yield thread, confidence.facts(thread, material)


def gathered(reader: Reader, report: Report) -> Material:
    """What the sentences of a report are read with."""
    doc = reader.nlp(text.even_out(report.text, truecase=reader.casing.usual, names=reader.casing.countries))
    placed = disambiguate.resolve(places.find(doc, reader.gazetteer), reader.gazetteer, text=report.text)
    return incidents.gather(report, doc, disambiguate.known(placed), reader.registry, reader.lexicon)


def _is_right(thread: Thread, told: Sequence[Json]) -> bool:
    """An incident is right that a sentence tells as news, and history that a sentence tells as such."""
    history = all(s.background for s in thread.scenes)
    return any(t["told"] == "incident" or (history and t["told"] == "background" and t["type"]) for t in told)


def of_gold(reader: Reader) -> Iterator[Row]:
    """The incidents read from the development half of the gold."""
    for case in measure.cases("dev"):
        fields = dict(case["report"])
        if published := fields.pop("published", None):
            fields["published"] = dt.date.fromisoformat(published)
        report = Report(**fields)
        right = _right_of(case, contract.reading(reader.read(report))["incidents"])
        for thread, facts in _candidates(reader, report):
            known = right.get((thread.scenes[0].span.start, incident_facts.event_type(thread)[0]))
            if known is not None:
                yield Row(facts, known, "gold", case["id"])


def _right_of(case: Json, got: Sequence[Json]) -> dict[tuple[int, str], bool]:
    """(first character, type) of each incident read -> whether the gold has it; without those that it leaves open."""
    gold, told = case["gold"]["incidents"], measure.news(got)
    news = {j: gold[i] for i, j in measure.align(gold, told).items()}
    any_of = set(measure.align(gold, list(got)).values())
    right = {}
    for j, one in enumerate(got):
        want = news.get(told.index(one)) if one in told else None
        if want is None or not want.get("optional"):
            as_news = want is not None and (not want["background"] or bool(want.get("background_also")))
            right[one["evidence"][0]["start"], one["event_type"]] = as_news if one in told else j in any_of
    return right


def _left_out(rows: Sequence[Row], names: Sequence[str]) -> NDArray[np.float64]:
    """The confidence in each row by the others, a fifth of the reports left out at a time."""
    numbers = {name: i for i, name in enumerate(dict.fromkeys(row.report for row in rows))}
    fold = np.array([numbers[row.report] % _FOLDS for row in rows])
    shares = np.zeros(len(rows))
    for out in range(_FOLDS):
        found = _fitted([row for row, own in zip(rows, fold, strict=True) if own != out], names)
        shares[fold == out] = train_weights.shares(_table(rows, names)[fold == out], found)
    return shares


def _fitted(rows: Sequence[Row], names: Sequence[str]) -> NDArray[np.float64]:
    """Bias and a weight a fact: the logistic regression whose weights have the signs that reason gives them."""
    worth = np.array([_WEIGHT[row.source] for row in rows])
    signs: list[train_weights.Bounds] = [(None, 0) if name in _AGAINST else (0, None) for name in names]
    return train_weights.fitted(_table(rows, names), [row.right for row in rows], worth, signs, _PENALTY)


def _table(rows: Sequence[Row], names: Sequence[str]) -> NDArray[np.float64]:
    return train_weights.rows((row.facts for row in rows), names)


def _report(rows: Sequence[Row], shares: NDArray[np.float64]) -> None:
    """Prints by source and bin of confidence how many incidents fell into it and how many of them are right."""
    for source in _WEIGHT:
        chosen = np.array([row.source == source for row in rows])
        right = np.array([row.right for row in rows])
        print(f"{source}: {chosen.sum()} incidents, {right[chosen].mean():.3f} right")
        for low, high in pairwise(_BINS):
            own = chosen & (shares >= low) & (shares < high)
            if own.any():
                print(f"  {low:.1f} to {high:.1f}: {own.sum():4d}, {right[own].mean():.3f} right")


if __name__ == "__main__":
    main()

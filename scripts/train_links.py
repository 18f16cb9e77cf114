"""Makes ``data/models/links.csv``: what each fact weighs for or against two sentences telling of one event.

``python -m scripts.train_links [FILE]`` reads the reports of ``data/training`` whose sentences are marked with their
event (with the sentence model in FILE, else with the one in use); prints how well scenes are joined in reports left
out of the training; then trains on all. Some minutes on one core.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from data import learned_files, reference
from extract import links, scenes, threads
from extract.links import Line, Setting
from extract.material import Scene
from extract.records import Report
from extract.threads import Thread
from geo.reading import Reader
from scripts import train_confidence, train_judge, train_weights

Json = dict[str, Any]
Weights = Mapping[str, float]
_FOLDS = 5
# How strongly weights are drawn to nothing: 3 and 10 do alike on reports left out.
_PENALTY = 3.0
_TOLD = {"incident", "background"}
# Facts that may only speak for one event, and only against it, so that a chance of few texts cannot turn what reason
# says; the others may go either way.
_FOR = frozenset(
    ("same type", "like type", "same family", "same place", "place told later", "same day", "same agents",
     "allied agents", "same kind of agents", "same kind struck", "same killed", "same wounded", "nearest",
     "next sentence", "headline", "definite", "only a toll", "pronoun", "pointing", "type overlap", "first overlap",
     "no place", "no day", "told as one", "told as one with the first")
)  # fmt: skip
_AGAINST = frozenset(
    ("foiled and not", "violence and not", "other violence", "same province", "other province", "other region",
     "other country", "first place", "other day", "other agents", "struck strike back", "other killed", "far",
     "elsewhere", "other times", "other status", "history apart")
)  # fmt: skip
# What no report can mean by one event. Few of the training reports tell of events far apart, and so teach too little of
# it, so that these weights are given a least size.
_AT_MOST = {
    "other day": -4.0,
    "other country": -3.5,
    "other province": -3.5,
    "other region": -2.5,
    "elsewhere": -3.0,
    "other times": -3.0,
    "violence and not": -4.0,
    "foiled and not": -6.0,
    "struck strike back": -2.0,
}
# A sentence is marked with one event only, so that what its other parts tell is not learned but given; and few reports
# tell of history and news so much alike that days weeks apart were needed to tell them apart.
_GIVEN = {"in passing": -2.0, "same sentence": -1.0, "weeks off": -5.0}


@dataclass(frozen=True, slots=True)
class Marked:
    """A report's scenes in order, each with the number of its event (None where it has no mark), and its sentences;
    ``seen`` where the sentence model was trained on it."""

    found: Sequence[Scene]
    events: Sequence[int | None]
    lines: Mapping[int, Line]
    seen: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A scene's facts against each incident before it, and whether it belongs there."""

    facts: Sequence[Mapping[str, float]]
    right: Sequence[bool]


def main() -> None:
    """Reads, measures by reports left out, trains on all and writes the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path, nargs="?")
    reader = reference.open_reader()
    judge = learned_files.load_judge(parser.parse_args().model)
    reader = replace(reader, lexicon=replace(reader.lexicon, judge=judge))
    reports = list(marked(reader))
    left_out(reports, reader)
    train_weights.write(learned_files.LINKS, trained(reports, reader))


def marked(reader: Reader) -> Iterator[Marked]:
    """The training reports that have two scenes or more with an event."""
    reports: dict[str, list[Json]] = defaultdict(list)
    held = {}
    read = train_judge.items()
    for item, out in zip(read, train_judge.held_out(read), strict=True):
        reports[item["source"]].append(item)
        held[item["source"]] = bool(out)
    for source, items in reports.items():
        if sum(item.get("ev") is not None for item in items) > 1:
            one = _of_report(reader, items, seen=not held[source])
            if sum(event is not None for event in one.events) > 1:
                yield one


def _of_report(reader: Reader, items: Sequence[Json], *, seen: bool) -> Marked:
    whole = " ".join(item["text"] for item in items)
    ends = np.cumsum([len(item["text"]) + 1 for item in items])
    material = train_confidence.gathered(reader, Report("r", whole, published=train_confidence.PUBLISHED))
    found = scenes.find(material)
    lines = threads.lines(found, material)
    texts = [items[int(np.searchsorted(ends, (s.span.start + s.span.end) / 2))] for s in found]
    return Marked(found, events(found, texts), lines, seen)


def events(found: Sequence[Scene], texts: Sequence[Json]) -> list[int | None]:
    """The event of each scene by the mark of its text: that of a sentence's first scene, and not of its other parts."""
    seen: set[int] = set()
    numbers = []
    for scene, text in zip(found, texts, strict=True):
        first = not scene.apart and scene.sentence not in seen
        numbers.append(text["ev"] if first and text["told"] in _TOLD else None)
        if first:
            seen.add(scene.sentence)
    return numbers


def choices(report: Marked, reader: Reader, known: Weights | None = None) -> Iterator[Choice]:
    """The choices of a report: beside the incidents as they are marked, or as they come out with ``known`` weights."""
    told: list[Thread] = []
    owners: list[Counter[int]] = []
    latest: Thread | None = None
    for scene, event in zip(report.found, report.events, strict=True):
        if event is None:
            continue
        facts = [links.facts(scene, t.scenes, Setting(report.lines, reader.lexicon, t is latest)) for t in told]
        if told:
            yield Choice(facts, [max(owner, key=owner.__getitem__) == event for owner in owners])
        at = _chosen(facts, known) if known else next((i for i, o in enumerate(owners) if event in o), None)
        if at is None:
            at = len(told)
            told.append(Thread([]))
            owners.append(Counter())
        told[at].scenes.append(scene)
        owners[at][event] += 1
        latest = threads.following(scene, told[at], latest)


def _chosen(facts: Sequence[Mapping[str, float]], known: Weights) -> int | None:
    scores = [links.score(one, known) for one in facts]
    return int(np.argmax(scores)) if scores and max(scores) >= threads.LINK_SCORE else None


def trained(reports: Sequence[Marked], reader: Reader) -> dict[str, float]:
    """The weights: fitted beside the incidents as marked, then again with those that come out so, faults and all."""
    ideal = [c for report in reports for c in choices(report, reader)]
    first = fitted(ideal)
    return fitted([*ideal, *(c for report in reports for c in choices(report, reader, first))])


def fitted(told: Sequence[Choice]) -> dict[str, float]:
    """``bias`` and a weight for each fact: a logistic regression whose weights have the signs that reason gives."""
    names = [name for name in told[0].facts[0] if name not in _GIVEN]
    table = train_weights.rows((known for one in told for known in one.facts), names)
    right = [right for one in told for right in one.right]
    # A scene counts less than once for each incident, so that long reports do not outweigh the others.
    worth = np.array([len(one.facts) ** -0.5 for one in told for _ in one.facts])
    signs: list[train_weights.Bounds] = [
        (0 if n in _FOR else None, _AT_MOST.get(n, 0.0) if n in _AGAINST else None) for n in names
    ]
    found = train_weights.fitted(table, right, worth, signs, _PENALTY).tolist()
    return {**dict(zip(["bias", *names], found, strict=True)), **_GIVEN}


def left_out(reports: Sequence[Marked], reader: Reader) -> None:
    """Prints how well scenes are joined by the weights of the other reports, a fifth left out at a time."""
    counts: Counter[str] = Counter()
    unseen: Counter[str] = Counter()
    for out in range(_FOLDS):
        others = trained([r for i, r in enumerate(reports) if i % _FOLDS != out], reader)
        for report in reports[out::_FOLDS]:
            of_report = compared(report, reader, others)
            counts += of_report
            unseen += Counter() if report.seen else of_report
    for name, found in (("all reports", counts), ("not seen by the sentence model", unseen)):
        precision, recall = found["both"] / max(1, found["joined"]), found["both"] / max(1, found["one"])
        print(
            f"{name}: links right {precision:.3f}, found {recall:.3f}; incidents {found['incidents']} for "
            f"{found['events']}; {found['split']} of {found['single']} events split that a report tells alone"
        )


def compared(report: Marked, reader: Reader, known: Weights) -> Counter[str]:
    """Pairs of scenes that are joined, that tell of one event, and both; incidents and events."""
    told = threads.joined(report.found, report.lines, replace(reader.lexicon, links=known))
    of = {id(s): i for i, t in enumerate(told) if threads.is_worth_telling(t) for s in t.scenes}
    pairs = [(of[id(s)], e) for s, e in zip(report.found, report.events, strict=True) if e is not None and id(s) in of]
    counts = Counter({"incidents": len({i for i, _ in pairs}), "events": len({e for _, e in pairs})})
    counts["single"] = int(counts["events"] == 1)
    counts["split"] = int(counts["events"] == 1 and counts["incidents"] > 1)
    for n, (incident, event) in enumerate(pairs):
        for other, its in pairs[:n]:
            counts["joined"] += incident == other
            counts["one"] += event == its
            counts["both"] += incident == other and event == its
    return counts


if __name__ == "__main__":
    main()

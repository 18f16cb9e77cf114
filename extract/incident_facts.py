"""What an incident comes to over all of its sentences: whether it happened, its type, day, figures and confidence."""

from __future__ import annotations

import datetime as dt

from extract import scene_dates
from extract.dates import DateMention
from extract.links import VAGUE_TYPES
from extract.material import Material
from extract.records import CasualtyClaim, EventDate, Outcome, Status
from extract.threads import Thread

# UCDP's precision of spans longer than a month.
_LONGEST = 5


def status(thread: Thread) -> Status:
    """Occurred where any sentence asserts it; else as the first sentence has it."""
    told = [s.status for s in thread.scenes]
    return "occurred" if "occurred" in told else told[0]


def event_type(thread: Thread) -> tuple[str, tuple[str, ...]]:
    """(type, further types as tags): the one that most of the telling supports, the early sentences counting more."""
    votes: dict[str, float] = {}
    for i, scene in enumerate(s for s in thread.scenes if s.status == "occurred" or len(thread.scenes) == 1):
        generic = 0.4 if scene.event_type in VAGUE_TYPES else 1.0
        votes[scene.event_type] = votes.get(scene.event_type, 0.0) + scene.weight * generic / (1 + 0.5 * i)
    main = max(votes, key=votes.__getitem__, default=thread.scenes[0].event_type)
    rest = dict.fromkeys(
        t for s in thread.scenes for t in (s.event_type, *s.also) if t != main and t not in VAGUE_TYPES
    )
    return main, tuple(f"type:{t}" for t in rest)


def day(thread: Thread, material: Material) -> EventDate | None:
    """The most exact day told, else around the day of publication where the report tells it as news; else None."""
    told = [s.date for s in thread.scenes if s.date and s.date.days]
    told = [d for d in told if not _is_long(d, material.published)]
    told = told or [d for d in scene_dates.told_apart(material, {s.sentence for s in thread.scenes}) if d.days]
    if told:
        best = min(told, key=lambda d: (d.kind == "since", d.precision))
        if best.days:
            return EventDate(*best.days, best.precision, best.basis, best.text, best.span)
    published = material.published
    if published is None or all(s.background for s in thread.scenes):
        return None
    return EventDate(published - dt.timedelta(days=1), published, 2, "published", "", None)


def _is_long(date: DateMention, published: dt.date | None) -> bool:
    """True for a year or more that lasts up to publication ("so far this year"), which is when it was counted."""
    return date.days is not None and date.precision == _LONGEST and date.days[1] == published


def casualties(thread: Thread) -> tuple[CasualtyClaim, ...]:
    """Every different figure with whoever says it, in the order of telling; what years took only where nothing else
    is told."""
    told = [t for scene in thread.scenes for t in scene.told]
    single = {t.figure.outcome for t in told if not t.figure.cumulative and (t.figure.low or t.figure.high)}
    found: dict[tuple[object, ...], CasualtyClaim] = {}
    for one in told:
        f = one.figure
        if f.cumulative and f.outcome in single:
            continue
        side = one.side.id if one.side else None
        claim = CasualtyClaim(
            f.outcome, f.low, f.high, f.victims, f.victim_kind, f.span, f.text, side, one.speaker, f.part
        )
        found.setdefault((f.outcome, f.low, f.high, one.speaker, f.part), claim)
    return tuple(found.values())


def total(thread: Thread, outcome: Outcome) -> tuple[int | None, int | None]:
    """Lowest and highest total: figures of one verb add up, a speaker's highest count is his toll, and those of
    different speakers bound the range. The tolls of years count not, and parts only where nothing else is told."""
    return _range(thread, outcome, parts=False) or _range(thread, outcome, parts=True) or (None, None)


def _range(thread: Thread, outcome: Outcome, *, parts: bool) -> tuple[int, int] | None:
    sums: dict[tuple[str | None, int, int], tuple[int, int]] = {}
    for scene in thread.scenes:
        for told in scene.told:
            f = told.figure
            low, high = f.low if f.low is not None else f.high, f.high if f.high is not None else f.low
            if f.outcome == outcome and not f.cumulative and f.part == parts and low is not None and high is not None:
                key = (told.speaker, scene.sentence, f.anchor)
                before = sums.get(key, (0, 0))
                sums[key] = (before[0] + low, before[1] + high)
    tolls: dict[str | None, tuple[int, int]] = {}
    for (speaker, _, _), pair in sums.items():
        tolls[speaker] = max(tolls.get(speaker, pair), pair, key=lambda p: p[1])
    large = [pair for pair in tolls.values() if pair[1] > 1] or list(tolls.values())
    return (min(low for low, _ in large), max(high for _, high in large)) if large else None

"""How well a reader does on the project's own gold: rates per field, 0 to 1, higher is better.

``python -m tests.gold.measure [--half dev|unseen|all] [--misses]`` reads the reports and prints the table. Misses are
told for the development half only: nobody who writes rules sees a text of the other half, not even by its answer.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.gold import match

Json = dict[str, Any]
HERE = Path(__file__).parent
HALVES = ("dev", "unseen")
ASSERTED = ("occurred", "disputed")


@dataclass(frozen=True, slots=True)
class Score:
    """One answer: of which field, about which report, and whether it is right."""

    field: str
    report_id: str
    right: bool
    want: object = None
    got: object = None


def cases(half: str) -> list[Json]:
    """The annotated reports of ``dev``, ``unseen`` or ``all``, in file order."""
    chosen = HALVES if half == "all" else (half,)
    lines = [line for name in chosen for line in (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    return [json.loads(line) for line in lines if line.strip()]


@cache
def event_types() -> dict[str, dict[str, str]]:
    """The vocabulary: id to its row."""
    path = HERE.parent.parent / "data" / "lexicon" / "event_types.csv"
    with path.open(encoding="utf-8", newline="") as rows:
        return {row["id"]: row for row in csv.DictReader(rows)}


def news(incidents: Iterable[Json]) -> list[Json]:
    """The incidents that are told as having happened, and as this report's news."""
    return [i for i in incidents if i.get("status", "occurred") in ASSERTED and not i.get("background")]


def score_report(case: Json, result: Json) -> Iterator[Score]:
    """Every answer about one report. ``result`` is the reader's public JSON."""
    gold, got = case["gold"]["incidents"], result.get("incidents") or []
    wanted = news(gold)
    if not wanted:
        yield Score("quiet", case["id"], not news(got), None, [i["event_type"] for i in news(got)])
        return
    lead = next((i for i in got if i.get("primary")), None)
    yield from _score_lead(case, _gold_lead(gold, lead), lead)
    yield from _score_all(case, gold, news(got))


def _gold_lead(gold: list[Json], lead: Json | None) -> Json:
    """The gold incident the reader's lead is held against: a strike list has no lead of its own."""
    chosen = next(i for i in gold if i["primary"])
    if lead is None or not chosen.get("primary_any"):
        return chosen
    return max([chosen, *news(gold)], key=lambda g: likeness(g, lead))


def _score_lead(case: Json, gold: Json, lead: Json | None) -> Iterator[Score]:
    one: Json = lead or {}
    name = case["id"]
    yield Score("found", name, lead is not None, gold["event_type"], None)
    yield Score("type", name, one.get("event_type") in gold["event_type"], gold["event_type"], one.get("event_type"))
    yield Score("status", name, _status_right(gold, one), gold["status"], one.get("status"))
    yield from _score_parties(name, gold, one, found=lead is not None)
    place_ok, date_ok = (lead is not None and right(gold, one) for right in (match.place_right, match.date_right))
    yield Score("place", name, place_ok, gold["place"], _brief_place(one))
    yield Score("date", name, date_ok, gold["date"], _brief_date(one))
    for outcome in ("killed", "wounded"):
        ok = lead is not None and match.count_right(gold, one, outcome)
        yield Score(outcome, name, ok, gold[outcome], [one.get(f"{outcome}_low"), one.get(f"{outcome}_high")])
    yield from _score_words(case, gold, one)


def _status_right(gold: Json, one: Json) -> bool:
    return one.get("status") in [gold["status"], *gold.get("status_also", [])]


def _score_parties(name: str, gold: Json, one: Json, *, found: bool) -> Iterator[Score]:
    named = {role: [a.get("name") for a in match.actors(one, role)] for role in ("perpetrator", "target")}
    ok = found and match.perpetrator_right(gold, one)
    yield Score("perpetrator", name, ok, gold["perpetrator"], named["perpetrator"])
    if gold["target"]:
        yield Score("target", name, match.target_right(gold, one), gold["target"], named["target"])
    asked = gold["civilian_targeting"] or _is(gold["event_type"][0], "Battles")
    if asked and not gold.get("civ_any"):
        got = one.get("event_type")
        yield Score("civilian_kept", name, not _confused(gold, one), gold["event_type"], got)


def _confused(gold: Json, one: Json) -> bool:
    """True where violence against civilians is told as a battle, or a battle as violence against civilians."""
    got = one.get("event_type")
    if got is None or got in gold["event_type"]:
        return False
    if gold["civilian_targeting"]:
        return _is(got, "Battles")
    return _is(got, "Violence against civilians")


def _is(event_type: str, wide: str) -> bool:
    return event_types().get(event_type, {}).get("acled_event") == wide


def _score_words(case: Json, gold: Json, one: Json) -> Iterator[Score]:
    """Each figure of the lead, its speaker where the figure was found, and each stance."""
    for toll in gold["tolls"]:
        figures = match.toll_of(toll, one)
        yield Score("toll", case["id"], bool(figures), toll, None)
        if figures:
            right = match.speaker_right(toll, figures, case["report"].get("publisher"))
            yield Score("speaker", case["id"], right, toll["speaker"], [f.get("claimed_by") for f in figures])
    for stance in gold["stances"]:
        said = [(c.get("speaker"), c.get("stance")) for c in one.get("claims") or []]
        yield Score("stance", case["id"], match.stance_right(stance, one), stance, said)


def _score_all(case: Json, gold: list[Json], got: list[Json]) -> Iterator[Score]:
    """Incidents told that should be, and incidents told that should not be."""
    pairs = align(gold, got)
    for i, want in enumerate(gold):
        if want in news(gold) and not want.get("optional") and not want.get("background_also"):
            yield Score("incident_recall", case["id"], i in pairs, want["event_type"], None)
    matched = {j: gold[i] for i, j in pairs.items()}
    for j, one in enumerate(got):
        want_of = matched.get(j)
        right = want_of is not None and (not want_of["background"] or bool(want_of.get("background_also")))
        if not (want_of and want_of.get("optional")):
            yield Score("incident_precision", case["id"], right, None, one.get("event_type"))


def align(gold: list[Json], got: list[Json]) -> dict[int, int]:
    """Gold index to predicted index, one to one, the likest pairs first."""
    scored = [(-likeness(g, p), i, j) for i, g in enumerate(gold) for j, p in enumerate(got)]
    pairs: dict[int, int] = {}
    for unlikeness, i, j in sorted(scored):
        if unlikeness < 0 and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def likeness(gold: Json, one: Json) -> float:
    """0 where the two cannot be the same incident, else more the more fields agree."""
    exact = one.get("event_type") in gold["event_type"]
    place = gold["place"] is not None and match.place_right(gold, one) and one.get("place") is not None
    numbers = any(gold[o] and match.count_right(gold, one, o) for o in ("killed", "wounded"))
    if not exact and not _same_family(gold, one) and not (place and numbers):
        return 0.0
    agreed = [match.date_right(gold, one), match.perpetrator_right(gold, one), match.target_right(gold, one)]
    return 1.0 + 2 * exact + 2 * place + 2 * numbers + sum(agreed)


def _same_family(gold: Json, one: Json) -> bool:
    rows = event_types()
    families = {rows[t]["family"] for t in gold["event_type"] if t in rows}
    return rows.get(str(one.get("event_type")), {}).get("family") in families


def _brief_place(one: Json) -> object:
    got = one.get("place")
    return got and (got.get("name"), got.get("lat"), got.get("lon"))


def _brief_date(one: Json) -> object:
    got = one.get("date")
    return got and (got.get("start"), got.get("end"))


def rates(scores: Iterable[Score]) -> dict[str, tuple[float, int]]:
    """Field to (share right, number of answers), in the order in which the fields first come up."""
    counted: dict[str, list[bool]] = defaultdict(list)
    for score in scores:
        counted[score.field].append(score.right)
    return {field: (sum(rights) / len(rights), len(rights)) for field, rights in counted.items()}


def table(found: dict[str, tuple[float, int]], floors: dict[str, float] | None = None) -> str:
    """The rates as lines of text, with their floors where there are any."""
    lines = [f"{'field':<20}{'rate':>7}{'of':>6}" + (f"{'floor':>8}" if floors else "")]
    for field, (rate, total) in found.items():
        floor = (floors or {}).get(field)
        tail = "" if floor is None else f"{floor:>8.3f}" + ("  BELOW" if rate < floor else "")
        lines.append(f"{field:<20}{rate:>7.3f}{total:>6}{tail}")
    return "\n".join(lines)


def run(half: str, reader: Any) -> list[Score]:
    """Every answer of ``reader`` (``read(Report) -> Reading``) on one half of the gold."""
    from extract.records import Report
    from geo import contract

    scores: list[Score] = []
    for case in cases(half):
        fields = dict(case["report"])
        if published := fields.pop("published", None):
            fields["published"] = dt.date.fromisoformat(published)
        scores.extend(score_report(case, contract.reading(reader.read(Report(**fields)))))
    return scores


def main() -> None:
    """Print the rates, and the development half's misses where they are asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--half", choices=(*HALVES, "all"), default="dev")
    parser.add_argument("--misses", action="store_true", help="tell the misses of the development half")
    parser.add_argument("--field", help="only the misses of this field")
    args = parser.parse_args()
    from data.reference import open_reader

    scores = run(args.half, open_reader())
    print(table(rates(scores)))
    told = {case["id"] for case in cases("dev")} if args.misses else set()
    for score in scores:
        if score.report_id in told and not score.right and args.field in (None, score.field):
            print(f"{score.report_id} {score.field}: want {score.want}, got {score.got}")


if __name__ == "__main__":
    main()

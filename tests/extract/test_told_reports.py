"""Short reports of many styles, wars and decades: who did it to whom, how many, and who says what of it.

``told_reports.jsonl`` was written before the rules that it measures. A report: ``text``; names of which any is right
for ``perpetrator`` (``unnamed_ok``: naming nobody is right too) and ``target``; ``tolls`` with their speakers, where
another than the report speaks; ``stances``, each with the speakers and stances that are right.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from geo import contract
from tests.extract.conftest import Read
from tests.gold import match

Json = dict[str, Any]
_LINES = (Path(__file__).parent / "told_reports.jsonl").read_text(encoding="utf-8").splitlines()
# The rates that this reading reached, less two hundredths.
FLOORS = {"perpetrator": 0.75, "target": 0.75, "toll": 0.79, "speaker": 0.81, "stance": 0.76}


def _answers(told: Json, lead: Json) -> Iterator[tuple[str, bool]]:
    """(field, whether it is right) of one report."""
    if "perpetrator" in told:
        yield "perpetrator", bool(lead) and match.perpetrator_right(told, lead)
    if "target" in told:
        yield "target", match.target_right(told, lead)
    for toll in told.get("tolls", []):
        figures = match.toll_of(toll, lead)
        yield "toll", bool(figures)
        if figures and "speaker" in toll:
            yield "speaker", match.speaker_right(toll, figures, None)
    for stance in told.get("stances", []):
        yield "stance", match.stance_right(stance, lead)


@pytest.fixture(scope="module")
def rates(read: Read) -> dict[str, float]:
    found: dict[str, list[bool]] = defaultdict(list)
    for told in map(json.loads, _LINES):
        incidents = contract.reading(read(told["text"]))["incidents"]
        lead: Json = next((one for one in incidents if one["primary"]), {})
        for field, right in _answers(told, lead):
            found[field].append(right)
    return {field: sum(rights) / len(rights) for field, rights in found.items()}


@pytest.mark.parametrize("field", FLOORS)
def test_the_share_read_right(rates: dict[str, float], field: str) -> None:
    assert rates[field] >= FLOORS[field]

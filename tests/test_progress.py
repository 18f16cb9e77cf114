"""Long work tells of itself on standard error: as a bar, or as lines of JSON."""

from __future__ import annotations

import json

import pytest

from data import progress
from data.progress import Tally
from extract.read.records import Refusal


def test_progress_as_lines_of_json(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("DATELINE_LOG", "json")
    monkeypatch.setattr(progress, "LOG", 0.0)
    tally = Tally("reports", 3)
    assert list(tally.follow([1, Refusal("a.jsonl", 2, "is not JSON"), 3])) == [1, 3]
    out, err = capsys.readouterr()
    lines = [json.loads(line) for line in err.splitlines()]
    assert out == ""
    assert [line["message"] for line in lines if line["event"] == "message"] == [
        "refused: a.jsonl, line 2: is not JSON"
    ]
    states = [line for line in lines if line["event"] == "progress"]
    assert (states[-1]["unit"], states[-1]["done"], states[-1]["total"]) == ("reports", 3, 3)

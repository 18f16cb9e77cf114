"""The trained model's files: names that the vocabulary has, damage said, training texts whole."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from data import learned_files
from extract.errors import ReferenceDataError

ROOT = Path(__file__).parents[2]
KINDS = {"incident", "background", "generic", "speech", "planned", "denied", "not_conflict"}
# Perpetrator, target, killed, wounded, location, date, speaker; who admits, denies, blames, justifies.
ROLES = set("PTKWLDSANBJ")


def test_the_model_knows_only_types_of_the_vocabulary() -> None:
    answers = learned_files.load_judge().answers
    with (ROOT / "data" / "lexicon" / "event_types.csv").open(encoding="utf-8", newline="") as rows:
        known = {row["id"] for row in csv.DictReader(rows)}
    assert set(answers.types) <= known
    assert set(answers.told) == KINDS
    assert len(answers.roles) == len(ROLES)


def test_the_files_are_small() -> None:
    assert learned_files.NETWORK.stat().st_size + learned_files.PIECES.stat().st_size < 20e6


@pytest.mark.parametrize("content", [None, b"", b"not a network"])
def test_a_missing_or_damaged_file_is_said(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "sentences.onnx"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setattr(learned_files, "NETWORK", path)
    with pytest.raises(ReferenceDataError, match=r"sentences\.onnx"):
        learned_files.load_judge()


@pytest.mark.parametrize("path", sorted((ROOT / "data" / "training").glob("*.jsonl")), ids=lambda p: p.stem)
def test_training_texts_are_whole(path: Path) -> None:
    with (ROOT / "data" / "lexicon" / "event_types.csv").open(encoding="utf-8", newline="") as rows:
        known = {row["id"] for row in csv.DictReader(rows)}
    items = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert {item["told"] for item in items} <= KINDS
    assert {item["type"] for item in items} - {None} <= known
    assert all(item["text"].strip() for item in items)
    assert {role for item in items for role in item.get("roles", ())} <= ROLES
    spans = [(words, item["text"]) for item in items for found in item.get("roles", {}).values() for words in found]
    assert [words for words, text in spans if words.partition("##")[0] not in text] == []


@pytest.mark.parametrize("content", [None, "fact\nbias\n", "fact,weight\nbias,much\n"])
def test_a_missing_or_damaged_table_is_said(
    content: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "links.csv"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    monkeypatch.setattr(learned_files, "LINKS", path)
    with pytest.raises(ReferenceDataError, match=r"links\.csv"):
        learned_files.load_links()

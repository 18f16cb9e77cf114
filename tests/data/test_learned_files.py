"""The trained model's files: what is packed comes back, and damage is said."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from data import learned_files
from extract.errors import ReferenceDataError

ROOT = Path(__file__).parents[2]
KINDS = {"incident", "background", "generic", "speech", "planned", "denied", "not_conflict"}


def test_what_is_packed_comes_back_within_half_a_step() -> None:
    table = np.array([[0.0, -2.0], [1.0, 4.0], [-0.5, 0.1]], dtype=np.float32)
    packed, scale = learned_files.packed(table)
    assert packed.dtype == np.int8
    assert np.abs(learned_files.unpacked(packed, scale) - table).max() <= scale.max() / 2


def test_the_model_knows_only_types_of_the_vocabulary() -> None:
    judge = learned_files.load_judge()
    with (ROOT / "data" / "lexicon" / "event_types.csv").open(encoding="utf-8", newline="") as rows:
        known = {row["id"] for row in csv.DictReader(rows)}
    assert set(judge.types) <= known
    assert set(judge.told) == KINDS
    assert len(judge.keys) == len(judge.marks) == len(judge.rarity)


def test_the_files_are_small() -> None:
    assert learned_files.VECTORS.stat().st_size + learned_files.JUDGE.stat().st_size < 4e6


@pytest.mark.parametrize("content", [None, b"", b"not an archive"])
def test_a_missing_or_damaged_file_is_said(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "told.npz"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setattr(learned_files, "JUDGE", path)
    with pytest.raises(ReferenceDataError, match=r"told\.npz"):
        learned_files.load_judge()


@pytest.mark.parametrize("path", sorted((ROOT / "data" / "training").glob("*.jsonl")), ids=lambda p: p.stem)
def test_training_texts_are_whole(path: Path) -> None:
    with (ROOT / "data" / "lexicon" / "event_types.csv").open(encoding="utf-8", newline="") as rows:
        known = {row["id"] for row in csv.DictReader(rows)}
    items = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert {item["told"] for item in items} <= KINDS
    assert {item["type"] for item in items} - {None} <= known
    assert all(item["text"].strip() for item in items)

"""The trained model at rest: two NumPy archives in ``data/models``, read into a judge of sentences."""

from __future__ import annotations

import csv
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from extract.errors import ReferenceDataError
from extract.learned import Floats, Judge, Vectors

FOLDER = Path(__file__).parent / "models"
VECTORS = FOLDER / "words.npz"
JUDGE = FOLDER / "told.npz"
CONFIDENCE = FOLDER / "confidence.csv"
_DAMAGE = (OSError, EOFError, KeyError, ValueError, BadZipFile)


def load_judge() -> Judge:
    """The judge of sentences. Raises ReferenceDataError where a file is missing or damaged."""
    try:
        with np.load(JUDGE, allow_pickle=False) as file:
            return Judge(
                load_vectors(),
                told=tuple(file["told"].tolist()),
                types=tuple(file["types"].tolist()),
                keys=file["keys"],
                rarity=file["rarity"].astype(np.float32),
                marks=unpacked(file["marks"], file["marks_scale"]),
                dense=file["dense"],
                bias=file["bias"],
                confidence=load_confidence(),
            )
    except _DAMAGE as error:
        raise ReferenceDataError(f"the model {JUDGE.name} cannot be read: {error}") from error


def load_confidence() -> dict[str, float]:
    """Fact -> weight. Raises ReferenceDataError where the table is missing or damaged."""
    try:
        with CONFIDENCE.open(encoding="utf-8", newline="") as file:
            return {row["fact"]: float(row["weight"]) for row in csv.DictReader(file)}
    except _DAMAGE as error:
        raise ReferenceDataError(f"the table {CONFIDENCE.name} cannot be read: {error}") from error


def load_vectors() -> Vectors:
    """The word vectors. Raises ReferenceDataError where the file is missing or damaged."""
    try:
        with np.load(VECTORS, allow_pickle=False) as file:
            return Vectors(file["keys"], unpacked(file["table"], file["scale"]))
    except _DAMAGE as error:
        raise ReferenceDataError(f"the word vectors {VECTORS.name} cannot be read: {error}") from error


def packed(table: Floats) -> tuple[NDArray[np.int8], Floats]:
    """(whole numbers from -127 to 127, what each column's are to be multiplied with)."""
    scale = np.maximum(np.abs(table).max(axis=0), 1e-9).astype(np.float32) / 127
    return np.round(table / scale).astype(np.int8), scale


def unpacked(table: NDArray[np.int8], scale: Floats) -> Floats:
    """The numbers that were packed."""
    return table.astype(np.float32) * scale

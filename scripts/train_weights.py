"""Weights of facts learned from right and wrong answers, as signs that reason gives them allow; and their table."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Floats = NDArray[np.float64]
Bounds = tuple[float | None, float | None]


def fitted(table: Floats, right: Sequence[bool], worth: Floats, bounds: Sequence[Bounds], penalty: float) -> Floats:
    """Bias and a weight for each column: the logistic regression of the rows, each of its worth.

    ``bounds`` are the least and the most that a weight may be; ``penalty`` draws weights to nothing, each in the
    measure of its column's spread.
    """
    answers = np.array(right, dtype=float)
    spread = table.std(axis=0) + 1e-6
    scaled = table / spread

    def loss(weights: Floats) -> tuple[float, Floats]:
        got = shares(scaled, weights)
        short = -worth @ (answers * np.log(got + 1e-9) + (1 - answers) * np.log(1 - got + 1e-9))
        error = worth * (got - answers)
        slope = np.concatenate([[error.sum()], error @ scaled + penalty * weights[1:]])
        return float(short + penalty / 2 * weights[1:] @ weights[1:]), slope

    limits = [
        tuple(None if end is None else end * width for end in pair) for pair, width in zip(bounds, spread, strict=True)
    ]
    start = np.zeros(table.shape[1] + 1)
    found = minimize(loss, start, jac=True, bounds=[(None, None), *limits], method="L-BFGS-B").x
    return np.concatenate([found[:1], found[1:] / spread])


def shares(table: Floats, weights: Floats) -> Floats:
    """How likely each row is right, by bias and weights."""
    return np.asarray(1 / (1 + np.exp(-(table @ weights[1:] + weights[0]))))


def rows(facts: Iterable[Mapping[str, float]], names: Sequence[str]) -> Floats:
    """A row of the named facts for each."""
    return np.array([[known[name] for name in names] for known in facts])


def write(path: Path, weights: Mapping[str, float]) -> None:
    """The table that ``data.learned_files`` reads."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(("fact", "weight"))
        table.writerows((name, f"{weight:.3f}") for name, weight in weights.items())

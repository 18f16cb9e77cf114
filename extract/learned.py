"""What a sentence tells, by a small trained encoder: incident, history, plan, talk or no conflict; the type of event;
and the role that each of its words plays (who did it, whom it hit, where, when, how many, who says so).

Each sentence is read alone, so that it is judged the same in whatever report it stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Span as Sentence

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

Floats = NDArray[np.float32]
# Pieces of words beyond this are not read: three times the longest sentence of news, and bounded for a text without
# stops. One piece on either side marks begin and end.
LONGEST = 128


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one sentence was judged to tell: probability by kind of telling and by event type, each adding up to 1;
    by role the probability of each token of the sentence to play it."""

    told: Mapping[str, float]
    types: Mapping[str, float]
    roles: Mapping[str, Floats]

    @property
    def event_type(self) -> str:
        """The likeliest event type."""
        return max(self.types, key=self.types.__getitem__)


@dataclass(frozen=True, slots=True)
class Judge:
    """The trained model: its network, the names of its answers in order, and ``confidence``, the weights of
    ``extract.confidence`` (none while those are being trained)."""

    network: InferenceSession
    tokenizer: Tokenizer
    told: tuple[str, ...]
    types: tuple[str, ...]
    roles: tuple[str, ...]
    confidence: Mapping[str, float]

    def verdicts(self, sentences: Sequence[Sentence]) -> tuple[Verdict, ...]:
        """One verdict a sentence."""
        return tuple(self._verdict(sentence) for sentence in sentences)

    def _verdict(self, sentence: Sentence) -> Verdict:
        pieces = self.tokenizer.encode(sentence.text)
        ids = np.array([pieces.ids[:LONGEST]], dtype=np.int64)
        whole, words = self.network.run(None, {"ids": ids, "mask": np.ones_like(ids)})
        n = len(self.told)
        told, types = _shares(whole[0, :n]), _shares(whole[0, n:])
        parts = _of_tokens(1 / (1 + np.exp(-words[0])), pieces.offsets[:LONGEST], sentence)
        return Verdict(
            dict(zip(self.told, told.tolist(), strict=True)),
            dict(zip(self.types, types.tolist(), strict=True)),
            {role: parts[:, i] for i, role in enumerate(self.roles)},
        )


def _of_tokens(pieces: Floats, offsets: Sequence[tuple[int, int]], sentence: Sentence) -> Floats:
    """A row for each token: of its first piece, 0 where it was not read."""
    begins = {start: number for number, (start, end) in reversed(list(enumerate(offsets))) if end > start}
    rows = np.vstack([pieces, np.zeros_like(pieces[:1])])
    first, unread = sentence.start_char, len(pieces)
    return np.asarray(rows[[begins.get(token.idx - first, unread) for token in sentence]], dtype=np.float32)


def _shares(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max())
    return np.asarray(powers / powers.sum(), dtype=np.float32)

"""The trained model at rest in ``data/models``: a network, the pieces of words that it reads, and tables of weights."""

from __future__ import annotations

import csv
from pathlib import Path

from onnxruntime import InferenceSession, SessionOptions
from tokenizers import Tokenizer

from extract.errors import ReferenceDataError
from extract.learned import Answers, Judge

FOLDER = Path(__file__).parent / "models"
NETWORK = FOLDER / "sentences.onnx"
PIECES = FOLDER / "pieces.json"
CONFIDENCE = FOLDER / "confidence.csv"
LINKS = FOLDER / "links.csv"
# Names of the answers, in the network's own notes.
TOLD, TYPES, ROLES = "told", "types", "roles"
# A fused step of the runtime that takes a fifth longer than its parts (1.32, AMD EPYC, November 2026).
_SLOWER = ["SkipLayerNormFusion"]


def load_judge(network: Path | None = None) -> Judge:
    """The judge of sentences. Raises ReferenceDataError where a file is missing or damaged."""
    path = network or NETWORK
    try:
        # One thread: reports are read in as many processes as there are cores.
        session = InferenceSession(path, _one_thread(), providers=["CPUExecutionProvider"], disabled_optimizers=_SLOWER)
        names = session.get_modelmeta().custom_metadata_map
        told, types, roles = (tuple(names[key].split()) for key in (TOLD, TYPES, ROLES))
        answers = Answers(told, types, roles)
        tokenizer = Tokenizer.from_file(str(PIECES))
    except Exception as error:  # the libraries raise types of their own, some of them plain Exception
        raise ReferenceDataError(f"the model {path.name} cannot be read: {error}") from error
    return Judge(session, tokenizer, answers, load_confidence())


def _one_thread() -> SessionOptions:
    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return options


def load_confidence() -> dict[str, float]:
    """Fact of an incident -> weight. Raises ReferenceDataError where the table is missing or damaged."""
    return _weights(CONFIDENCE)


def load_links() -> dict[str, float]:
    """Fact of a sentence and an incident -> weight. Raises ReferenceDataError where the table is missing or damaged."""
    return _weights(LINKS)


def _weights(path: Path) -> dict[str, float]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return {row["fact"]: float(row["weight"]) for row in csv.DictReader(file)}
    except (OSError, KeyError, ValueError) as error:
        raise ReferenceDataError(f"the table {path.name} cannot be read: {error}") from error

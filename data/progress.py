"""How long work tells of itself: a bar on standard error, refused rows by name, and a closing line.

With ``DATELINE_LOG=json`` all of it is one JSON object a line, for whatever collects logs.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from tqdm import tqdm

from extract.read.records import Refusal

T = TypeVar("T")
# Seconds between two states of the bar: a terminal is redrawn, a log gets a line a time.
REDRAW, LOG = 0.2, 10.0
SHARE = "{desc} {percentage:3.0f}%|{bar}| {elapsed}, {remaining} left"


def say(message: str) -> None:
    """One line on standard error, clear of any bar."""
    if _as_json():
        _log("message", message=message)
    else:
        tqdm.write(message, file=sys.stderr)


def _as_json() -> bool:
    return os.environ.get("DATELINE_LOG", "").strip() == "json"


def _log(event: str, **fields: object) -> None:
    line = {"time": dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds"), "event": event, **fields}
    print(json.dumps(line, ensure_ascii=False), file=sys.stderr, flush=True)


class _Logged(tqdm):  # type: ignore[misc]
    """A bar whose every state is a line of the log."""

    def display(self, msg: str | None = None, pos: int | None = None) -> None:
        if msg != "":
            state = self.format_dict
            rate = state["rate"] or (state["n"] / state["elapsed"] if state["elapsed"] else None)
            doing = {"unit": self.unit.strip(), "doing": self.desc.removesuffix(": ")}
            _log("progress", **doing, done=self.n, total=self.total, rate=round(rate, 3) if rate else None)


def bar(total: int | None, unit: str, *, form: str | None = None) -> tqdm[None]:
    """A bar on standard error; ``total`` None where it is not known, ``form`` as tqdm's ``bar_format``."""
    logged = _as_json()
    often = REDRAW if sys.stderr.isatty() and not logged else LOG
    return (_Logged if logged else tqdm)(
        total=total,
        unit=f" {unit}",
        # What a bar writes to move the cursor is nothing for a log.
        file=io.StringIO() if logged else sys.stderr,
        mininterval=often,
        maxinterval=often,
        delay=often,
        dynamic_ncols=True,
        bar_format=form,
    )


class Tally:
    """Follows a stream of results, naming each refusal; ``counts`` holds how many of what came by."""

    def __init__(self, unit: str, total: int | None = None) -> None:
        self.counts: Counter[str] = Counter()
        self._unit, self._total = unit, total

    @property
    def refused(self) -> int:
        """How many rows were refused so far."""
        return self.counts["refused"]

    def follow(self, items: Iterable[T | Refusal]) -> Iterator[T]:
        """The items that are no refusals."""
        with bar(self._total, self._unit) as shown:
            for item in items:
                shown.update()
                if isinstance(item, Refusal):
                    self.counts["refused"] += 1
                    shown.set_postfix_str(f"{self.refused} refused", refresh=False)
                    say(f"refused: {item}")
                else:
                    self.counts["done"] += 1
                    yield item


def shares(what: str) -> Callable[[str, float], None]:
    """A bar of hundredths for work that tells what it does and the share done (0 to 1); shown from the first call."""
    shown: list[tqdm[None]] = []

    def tell(step: str, share: float) -> None:
        if not shown:
            shown.append(bar(100, "%", form=SHARE))
        shown[0].set_description(f"{what}: {step}", refresh=False)
        shown[0].update(round(100 * share) - shown[0].n)
        if share >= 1:
            shown[0].close()

    return tell

"""How long work tells of itself: a bar on standard error, refused rows by name, and a closing line."""

from __future__ import annotations

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
    tqdm.write(message, file=sys.stderr)


def bar(total: int | None, unit: str, *, form: str | None = None) -> tqdm[None]:
    """A bar on standard error; ``total`` None where it is not known, ``form`` as tqdm's ``bar_format``."""
    often = REDRAW if sys.stderr.isatty() else LOG
    return tqdm(
        total=total,
        unit=f" {unit}",
        file=sys.stderr,
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

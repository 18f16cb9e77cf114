"""The samples into the store, where it holds no report yet: ``python -m scripts.samples``."""

from __future__ import annotations

import sys
from pathlib import Path

import cli
from data import query
from data.progress import say
from data.query import Filters
from data.store import Store
from extract.errors import DatelineError

SAMPLES = Path(__file__).parents[1] / "data" / "samples" / "reports.jsonl"


def main() -> int:
    """Add the samples to an empty store; the exit status."""
    try:
        with Store.open() as store:
            full = query.totals(store, Filters(statuses=(), include_background=True)).reports
    except DatelineError as error:
        say(f"dateline: {error}")
        return 2
    if full:
        return 0
    say("== the store is empty: adding the samples, written for Dateline from public facts")
    return cli.main(["add", str(SAMPLES)])


if __name__ == "__main__":
    sys.exit(main())

"""What stands above a page that shows an answer: how many there are, what was ignored, what to do where nothing is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import streamlit as st

from data.overview import Answer
from data.rowarrays import hashed
from views import filters, state, words

_SAMPLES = Path(__file__).parents[1] / "data" / "samples" / "reports.jsonl"


def headline(answer: Answer) -> str:
    """How many are shown, of how many reports, and how many of them are not drawn and why."""
    found = len(answer)
    shown = f"**{words.plural(found, 'incident' if answer.ask.every else 'event')}** from "
    shown += words.plural(answer.reports, "report")
    if answer.incidents != found:
        shown += f" ({words.plural(answer.incidents, 'incident')} in them)"
    undrawn, unlocated = len(answer.undrawn), answer.unlocated
    if undrawn:
        reasons = [(unlocated, "no place found"), (undrawn - unlocated, "only the country known")]
        why = ", ".join(f"{n:,} {reason}" for n, reason in reasons if n)
        shown += f"; {undrawn:,} not drawn ({why})"
    return shown


def remarks(answer: Answer, ignored: Sequence[str]) -> None:
    """What was ignored in the address, whether samples are among the shown, and what to do where nothing is."""
    if ignored:
        told = "; ".join(words.markdown(one) for one in ignored)
        st.warning(f"Ignored in the address: {told}.", icon=":material/link_off:")
    if holds_samples(answer):
        st.caption(
            "Includes Dateline's sample reports, written for it from public facts. They are not news articles: "
            "do not cite them."
        )
    if not len(answer):
        st.info("No incident fits these filters. Widen the dates, choose another role, or clear the filters.")
        st.button("Clear all filters", key="clear-here", on_click=filters.clear)


def empty() -> None:
    """What to do where the store holds nothing."""
    st.subheader("No reports yet")
    st.write("Paste a news report or upload a file of them; what they say happened is then drawn here.")
    state.link("add", "Add a report")


def holds_samples(answer: Answer) -> bool:
    """True where Dateline's sample reports are among all that is held."""
    return answer.held.holds(_sample_reports())


@cache
def _sample_reports() -> np.typing.NDArray[np.int64]:
    with _SAMPLES.open(encoding="utf-8") as file:
        return np.array([hashed(json.loads(line)["id"]) for line in file if line.strip()], np.int64)

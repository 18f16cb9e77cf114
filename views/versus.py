"""Who against whom, as a table whose cells filter by the pair."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from data.matrix import matrix
from data.overview import Answer
from views import filters, parts, state

KEY = "versus"


def versus(answer: Answer) -> None:
    """The table, the commonest first."""
    found = matrix(answer)
    if not found.by or not found.against:
        st.info("No perpetrator and target are named in what is shown.")
        return
    called = answer.held.parties.labels
    named = filters.parties({party: called.get(party, party) for party in {*found.by, *found.against}})
    parts.matrix(
        {
            "by": [[party, named[party].label] for party in found.by],
            "against": [[party, named[party].label] for party in found.against],
            "counts": found.counts,
            "chosen": [list(answer.ask.parties), list(answer.ask.against)],
        },
        key=KEY,
        on_pick=_picked,
    )


def _picked() -> None:
    picked: Any = (st.session_state.get(KEY) or {}).get("picked")
    if isinstance(picked, list) and len(picked) == 2 and all(isinstance(one, str) for one in picked):
        look = state.look()
        # The same cell again takes the pair out.
        again = [*look.ask.parties, *look.ask.against] == picked
        by, against = ((), ()) if again else ((picked[0],), (picked[1],))
        state.put(replace(look, ask=replace(look.ask, parties=by, against=against, role="either")))

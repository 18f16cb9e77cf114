"""Which party has which colour: the commonest perpetrators of the whole store, the same under every filter."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from data.held import Held, role_bits
from geo import layers
from views import filters

# Party id -> its name and its place in ``layers.PARTY_COLOURS``.
Hues = Mapping[str, tuple[str, int]]


def of(held: Held) -> Hues:
    """The parties that have a colour of their own, the commonest first; only those that reports name themselves."""
    parties = held.parties
    by = parties.roles & role_bits("perpetrator") != 0
    counts = np.bincount(parties.party[by], minlength=len(parties.names))
    named = set(held.rows.names.get("party", ()))
    order = [int(p) for p in np.argsort(-counts, kind="stable") if counts[p] and parties.names[p] in named]
    chosen = [parties.names[p] for p in order[: len(layers.PARTY_COLOURS)]]
    called = filters.parties({party: parties.labels.get(party, party) for party in chosen})
    return {party: (called[party].label, n) for n, party in enumerate(chosen)}

"""The stands that the trained model sees speakers take, weighed with what their verbs say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import get_args

from spacy.tokens import Doc

from extract.claims import Speech
from extract.learned import Floats
from extract.records import Stance
from extract.syntax import core

# From this probability on a speaker takes a stand, whatever his verb; below that he takes none.
SURE, LEAST = 0.6, 0.01


def taken(speeches: Sequence[Speech], roles: Mapping[str, Floats], doc: Doc) -> tuple[Speech, ...]:
    """The speeches with the stands that their speakers take; as they are where there is no model."""
    stances: list[Stance] = [stance for stance in get_args(Stance) if stance in roles]
    return tuple(_weighed(one, stances, roles, doc) for one in speeches) if stances else tuple(speeches)


def _weighed(one: Speech, stances: Sequence[Stance], roles: Mapping[str, Floats], doc: Doc) -> Speech:
    first, last = core(doc[one.head])
    shares = {stance: float(roles[stance][first : last + 1].max()) for stance in stances}
    likeliest = max(stances, key=shares.__getitem__)
    if one.stance == "asserts" and shares[likeliest] >= SURE:
        return replace(one, stance=likeliest, learned=True)
    if one.stance != "asserts" and shares[one.stance] < LEAST:
        return replace(one, stance=likeliest if shares[likeliest] >= SURE else "asserts", learned=True)
    return one

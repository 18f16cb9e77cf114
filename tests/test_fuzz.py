"""A short run of ``tests.fuzz``: bad input crashes nothing, hangs nothing, and is answered in words."""

from __future__ import annotations

import pytest

from tests import fuzz

INPUTS = 400


def test_all_of_the_inputs_are_shared_out() -> None:
    assert sum(one.share for one in fuzz.TARGETS.values()) == pytest.approx(1.0)


@pytest.mark.parametrize("target", fuzz.TARGETS)
def test_bad_input_is_answered_in_words(target: str) -> None:
    fuzz.run(target, max(10, round(INPUTS * fuzz.TARGETS[target].share)))

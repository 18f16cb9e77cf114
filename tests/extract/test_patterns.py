"""Patterns of small letters, and whether they are found where the letters of a text are others."""

from __future__ import annotations

import pytest

from extract.patterns import any_case


@pytest.mark.parametrize(
    ("text", "offsets"),
    [
        ("Rebels shelled İzmir and İskenderun", [(0, 6)]),
        ("İzmir: REBELS and a rebel", [(7, 13), (20, 25)]),
        ("Sözcü: Rebel'in", [(7, 12)]),
        ("the corebels", []),
    ],
)
def test_words_of_any_case_are_found_at_their_offsets(text: str, offsets: list[tuple[int, int]]) -> None:
    pattern = any_case(r"\brebels?\b")
    found = [m.span() for m in pattern.finditer(text)]
    assert found == offsets
    assert (pattern.search(text) is None) == (not offsets)
    assert (pattern.match(text) is not None) == (offsets[:1] == [(0, 6)])


@pytest.mark.parametrize("pattern", [r"\bNato\b", r"\d+ km (?:[NSEW]{1,2}) of"])
def test_a_pattern_that_could_find_nothing_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="small letters"):
        any_case(pattern)

"""Who did it, told by other words than the deed's own."""

from __future__ import annotations

import pytest

from tests.extract.conftest import Read, primary

# (text, words of the perpetrator's name)
POINTED_AT = [
    ("The hand of the GIA was seen behind the murder of seven monks of Tibhirine on 30 May.", "GIA"),
    ("A Yugoslav patrol shot dead an Albanian shepherd near Tropoja on Sunday, ATA reported.", "Yugoslav"),
    ("A fishing boat was fired on by an Abkhaz patrol vessel off Ganmukhuri on Friday.", "Abkhaz"),
    ("Serb gunners fired mortar shells at a queue for bread in Sarajevo on Wednesday, killing 16 people.", "Serb"),
    (
        "A bomb went off in a cinema in Zarautz on Sunday and killed three people. Suspicion fell on ETA.",
        "ETA",
    ),
]
# "No group" stands for nobody, whatever pronoun goes back to it.
NOBODY = [
    "A bomb killed four people in a market in Quetta on Sunday. No group immediately said it was behind the bombing.",
]


@pytest.mark.parametrize("text, words", POINTED_AT)
def test_who_is_pointed_at(read: Read, text: str, words: str) -> None:
    acting = [a for a in primary(read(text)).actors if a.role == "perpetrator"]
    assert any(words in a.name or words in a.text for a in acting)


@pytest.mark.parametrize("text", NOBODY)
def test_that_nobody_did_it(read: Read, text: str) -> None:
    assert [a.name for a in primary(read(text)).actors if a.role == "perpetrator"] == []

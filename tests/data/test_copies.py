"""Copies of a text are known by their words, whatever else tells of the same event."""

from __future__ import annotations

import pytest

from data import copies
from data.copies import fingerprint

WIRE = (
    "A bomb went off inside a bus in the central town of Dambulla on Saturday morning, killing at least 18 people and "
    "wounding more than 50, the military said. Most of the passengers were pilgrims on their way to Anuradhapura. "
    "A spokesman accused the Tamil Tigers, who have fought for a separate state since 1983. There was no word from "
    "them. "
    "The bus had stopped at a terminal on the road to Kandy when the blast tore through its rear seats."
)
OTHER = (
    "Eighteen pilgrims lost their lives when an explosion destroyed a civilian bus in Dambulla. Doctors at the base "
    "hospital said that fifty-one others were being treated, many of them women. The defence ministry put the blame on "
    "the LTTE and asked passengers all over the country to look out for parcels left under seats."
)


@pytest.mark.parametrize(
    "text, other, copied",
    [
        (WIRE, WIRE, True),
        (WIRE, f"(Agencies) {WIRE.upper()} Our correspondent adds that shops were closed.", True),
        (WIRE, WIRE[:290], True),
        (WIRE.replace("Saturday", "Sunday").replace("18", "20"), WIRE, True),
        (WIRE, OTHER, False),
        (WIRE, "", False),
        ("Bus bombed.", "Bus bombed.", False),
    ],
    ids=["same", "frame", "cut", "updated", "own words", "empty", "too short to tell"],
)
def test_copies(text: str, other: str, copied: bool) -> None:
    assert copies.is_copy(fingerprint(text), fingerprint(other)) is copied
    assert copies.is_copy(fingerprint(other), fingerprint(text)) is copied


def test_what_is_a_copy_of_a_copy_is_the_same_source() -> None:
    assert copies.sources([fingerprint(text) for text in (OTHER, WIRE, "", WIRE, f"{WIRE} {WIRE}")]) == [0, 1, 2, 1, 1]


def test_a_fingerprint_is_kept_as_text() -> None:
    made = fingerprint(WIRE)
    assert made is not None
    assert copies.unpacked(copies.packed(made)) == made
    assert copies.unpacked(None) is None


def test_a_text_of_megabytes_has_a_fingerprint() -> None:
    long = " ".join(f"{n} {n * 7919 % 10007}" for n in range(200_000))
    made = fingerprint(long)
    assert made is not None
    assert copies.is_copy(made, fingerprint(long))

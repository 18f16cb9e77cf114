"""Phrases -> parties: as one who acts, as one who suffers, as a thing that is struck."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from extract import actors, roles
from extract.actors import Registry
from extract.lexicon import Lexicon
from tests.extract.conftest import Parse


@pytest.fixture(scope="module")
def phrases(parse: Parse, registry: Registry, lexicon: Lexicon):
    """Text -> what roles are read from."""

    def read(text: str) -> roles.Phrases:
        doc = parse(text)
        at = {
            t.i: party
            for party in actors.find(text, registry)
            for t in doc.char_span(party.span.start, party.span.end, alignment_mode="expand")
        }
        persons = frozenset(t.i for e in doc.ents if e.label_ == "PERSON" for t in e if t.i not in at)
        return roles.Phrases(doc, at, persons, lexicon.people)

    return read


def index(doc: Doc, word: str) -> int:
    return next(t.i for t in doc if t.text == word)


@pytest.mark.parametrize(
    "text, head, party",
    [
        ("Taliban fighters attacked the post.", "fighters", "taliban"),
        ("Members of the Taliban attacked the post.", "Members", "taliban"),
        ("Gunmen attacked the post.", "Gunmen", "gunmen"),
        ("Israel's strike hit the post.", "strike", "government-of-israel"),
        ("Villages were burned.", "Villages", None),
        ("Time passed.", "Time", None),
    ],
)
def test_who_acts(phrases, text: str, head: str, party: str | None) -> None:
    read = phrases(text)
    found = roles.actor(read, index(read.doc, head))
    assert (found.id if found else None) == party


@pytest.mark.parametrize(
    "text, head, party, words",
    [
        ("Rebels killed four Afghan soldiers.", "soldiers", "military-of-afghanistan", "Afghan soldiers"),
        ("Rebels killed three farmers.", "farmers", "farmers", "three farmers"),
        ("Rebels burned the sky.", "sky", None, None),
    ],
)
def test_who_suffers(phrases, text: str, head: str, party: str | None, words: str | None) -> None:
    read = phrases(text)
    found = roles.sufferer(read, index(read.doc, head))
    assert (found.id if found else None) == party
    assert (found.text if found else None) == words


@pytest.mark.parametrize(
    "text, head, words",
    [
        ("Shells hit the maternity hospital.", "hospital", "maternity hospital"),
        ("Shells hit their village.", "village", "village"),
        ("Shells hit the sky.", "sky", None),
    ],
)
def test_things_that_are_struck(phrases, text: str, head: str, words: str | None) -> None:
    read = phrases(text)
    found = roles.thing(read, index(read.doc, head))
    assert (found.text if found else None) == words
    assert found is None or found.span.of(text) == words

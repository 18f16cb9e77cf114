"""What happened in a sentence: who acts, who suffers, and whether the words assert it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from extract import events
from extract.lexicon import Lexicon
from tests.extract.conftest import Parse, miss


@dataclass(frozen=True)
class Told:
    """An event in words."""

    type: str
    status: str
    agents: list[str]
    patients: list[str]
    sides: list[str]


@pytest.fixture(scope="module")
def find(parse: Parse, lexicon: Lexicon):
    """Text -> its events with the head words of their arguments."""

    def read(text: str) -> list[Told]:
        doc = parse(text)
        return [
            Told(
                e.trigger.event_type, e.status, *([doc[i].text for i in ids] for ids in (e.agents, e.patients, e.sides))
            )
            for s in doc.sents
            for e in events.find(s, lexicon)
        ]

    return read


# (sentence, who acts, who suffers) by the head words, for the event that is told first.
ARGUMENTS = [
    ("Turkish jets bombed a village near Idlib.", "jets", "village"),
    ("A village near Idlib was bombed by Turkish jets.", "jets", "village"),
    ("The bombing of a village by Turkish jets lasted all night.", "jets", "village"),
    ("Turkish jets, which bombed a village near Idlib, left at dawn.", "jets", "village"),
    ("Turkish jets carried out an air strike on a village near Idlib.", "jets", "village"),
    ("Gunmen ambushed a convoy near Goma.", "Gunmen", "convoy"),
    ("A convoy ambushed by gunmen near Goma was looted.", "gunmen", "convoy"),
    ("Rebels attacked the base at dawn.", "Rebels", "base"),
    ("The base came under attack from rebels.", "rebels", "base"),
    ("Gunmen opened fire on worshippers in Kano.", "Gunmen", "worshippers"),
    ("Soldiers shelled the village and the camp.", "Soldiers", "village camp"),
    ("Taliban militants kidnapped three engineers.", "militants", "engineers"),
    ("Al-Shabaab claimed responsibility for the attack on the hotel.", "Shabaab", "hotel"),
    ("The attack on the market was blamed on rebels.", "rebels", "market"),
    ("The governor was assassinated by gunmen.", "gunmen", "governor"),
]


@pytest.mark.parametrize("text, agents, patients", ARGUMENTS)
def test_who_acts_and_who_suffers(find, text: str, agents: str, patients: str) -> None:
    told = find(text)
    assert told
    assert set(agents.split()) <= {a for t in told for a in t.agents}
    assert set(patients.split()) <= {p for t in told for p in t.patients}


@pytest.mark.parametrize(
    "text, sides",
    [
        ("Soldiers clashed with rebels near Goma.", {"Soldiers", "rebels"}),
        ("Clashes between soldiers and rebels broke out near Goma.", {"soldiers", "rebels"}),
    ],
)
def test_a_fight_has_sides(find, text: str, sides: set[str]) -> None:
    assert sides <= {s for t in find(text) for s in t.sides}


STATUS = [
    ("Rebels attacked the base.", "occurred"),
    ("The army said that rebels had attacked the base.", "occurred"),
    ("Rebels managed to attack the base.", "occurred"),
    ("Rebels did not attack the base.", "denied"),
    ("Rebels denied attacking the base.", "denied"),
    ("Rebels denied that they had attacked the base.", "denied"),
    ("Rebels plan to attack the base.", "planned"),
    ("Rebels will attack the base.", "planned"),
    ("Rebels threatened to attack the base.", "planned"),
    ("The army prevented an attack on the base.", "planned"),
    ("Rebels could attack the base.", "hypothetical"),
    ("If rebels attack the base, it will fall.", "hypothetical"),
    ("A possible attack on the base is feared.", "hypothetical"),
    ("No attack was reported.", "hypothetical"),
    ("The threat of an attack remains.", "hypothetical"),
]


@pytest.mark.parametrize("text, status", STATUS)
def test_whether_it_happened(find, text: str, status: str) -> None:
    assert [t.status for t in find(text)][:1] == [status]


@pytest.mark.parametrize(
    "text, kind",
    [
        ("A suicide bomber blew himself up at a checkpoint.", "suicide_bombing"),
        ("Rebels shot down a helicopter.", "aircraft_downing"),
        ("A car bomb exploded in the city.", "car_bomb"),
        ("The men were beheaded.", "execution"),
        ("Police arrested 20 activists.", "arrest"),
        ("Thousands fled the town.", "displacement"),
        ("Jets carried out air strikes.", "air_strike"),
        ("The airstrike killed ten.", "air_strike"),
        ("The air raid killed ten.", "air_strike"),
        miss(
            "Rebels set the house on fire.", "arson", reason="an object that parts 'set' from 'on fire' hides the arson"
        ),
        ("The army is to launch an offensive.", "offensive"),
    ],
)
def test_the_type_of_the_words(find, text: str, kind: str) -> None:
    assert kind in [t.type for t in find(text)][:1]


@pytest.mark.parametrize("text", ["The weather was fine.", "He opened a shop.", "", "12 345.", "..."])
def test_sentences_of_peace(find, text: str) -> None:
    assert find(text) == []

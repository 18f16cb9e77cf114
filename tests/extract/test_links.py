"""What speaks for two sentences telling of one event, and how many incidents short reports come to."""

from __future__ import annotations

import math

import pytest

from data import reference
from extract import links, places, scenes, threads
from extract.incidents import gather
from extract.lexicon import Lexicon
from extract.links import Line, Setting
from extract.material import Material, Scene
from extract.records import Report, Span
from geo import disambiguate
from geo.reading import Reader
from tests.extract.conftest import PUBLISHED

# (first sentence, second sentence, facts of the pair that hold, facts that do not).
PAIRS = [
    (
        "Gunmen killed seven farmers in Zurmi on Monday.",
        "The attack in Zurmi left 12 people wounded.",
        ["same place", "definite", "nearest", "next sentence", "pointing"],
        ["other province", "other day", "elsewhere"],
    ),
    (
        "Gunmen shot dead seven farmers in Zurmi on Monday.",
        "Gunmen shot dead four traders in Maiduguri on Friday.",
        ["same type", "other province", "same kind of agents", "other killed", "other day"],
        ["same place", "same day", "same killed", "definite"],
    ),
    (
        "A car bomb killed nine people in Mosul on Sunday.",
        "In a separate incident, a roadside bomb killed two soldiers in Basra.",
        ["elsewhere", "other province", "other killed", "no day"],
        ["same place", "definite"],
    ),
]
# Reports whose events are told over several sentences, with the number of events.
REPORTS = [
    (
        "Gunmen on motorcycles killed seven farmers in Zurmi on Monday. The attackers also burned several houses, "
        "residents said. Twelve people were wounded in the attack.",
        1,
    ),
    (
        "A suicide bomber killed 14 people at a market in Kandahar on Tuesday. The blast wounded 30 more, they said. "
        "The Taliban denied that they had carried out the bombing.",
        1,
    ),
    (
        "A car bomb killed nine people in Mosul on Sunday. In a separate incident, a roadside bomb killed two soldiers "
        "in Basra on Friday.",
        2,
    ),
    (
        "Rebels shot dead two policemen in Cotabato on Monday. On Thursday soldiers killed five rebels in a clash in "
        "Lamitan. On Friday a grenade wounded three people in Zamboanga.",
        3,
    ),
]


def _material(reader: Reader, text: str) -> Material:
    (doc,) = reader.nlp.pipe([text])
    placed = disambiguate.resolve(places.find(doc, reader.gazetteer), reader.gazetteer, text=text)
    known = disambiguate.known(placed)
    return gather(Report("r", text, published=PUBLISHED), doc, known, reader.registry, reader.lexicon)


def _pair(reader: Reader, first: str, second: str) -> dict[str, float]:
    material = _material(reader, f"{first} {second}")
    found = scenes.find(material)
    one, other = (next(s for s in found if s.sentence == n) for n in (0, 1))
    said = threads.lines(found, material)
    return links.facts(other, [one], Setting(said, reader.lexicon, nearest=True))


@pytest.mark.parametrize("first, second, holding, failing", PAIRS)
def test_facts_of_two_sentences(
    reader: Reader, first: str, second: str, holding: list[str], failing: list[str]
) -> None:
    known = _pair(reader, first, second)
    assert {name: known[name] for name in [*holding, *failing]} == {
        **dict.fromkeys(holding, 1.0),
        **dict.fromkeys(failing, 0.0),
    }


@pytest.mark.parametrize("first, second, holding, failing", PAIRS)
def test_each_fact_has_its_weight(
    reader: Reader, first: str, second: str, holding: list[str], failing: list[str]
) -> None:
    known = _pair(reader, first, second)
    assert {*known, "bias"} == set(reference.load_lexicon().links)
    assert math.isfinite(links.score(known, reference.load_lexicon().links))


@pytest.mark.parametrize("text, count", REPORTS)
def test_incidents_of_a_report(reader: Reader, text: str, count: int) -> None:
    material = _material(reader, text)
    assert len(threads.join(scenes.find(material), material)) == count


def test_a_sentence_that_the_model_did_not_judge_counts_as_most_do(lexicon: Lexicon) -> None:
    one, other = (Scene(n, Span(n * 10, n * 10 + 9), "shooting", 3.0) for n in (0, 1))
    unread = Line(pronoun=False, pointing=False, verdict=None)
    known = links.facts(other, [one], Setting({0: unread, 1: unread}, lexicon, nearest=True))
    assert 0 < known["type overlap"] < 1
    assert known["same type"] == 1

"""Event types narrowed by weapon, sentence and parties."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from data import reference
from extract import actors, kinds, weapons
from extract.actors import PartyMention

REGISTRY, LEXICON = reference.load_registry(), reference.load_lexicon()


def parties(text: str) -> Sequence[PartyMention]:
    return actors.find(text, REGISTRY)


@pytest.mark.parametrize(
    "kind, frame, noun, sentence, expected",
    [
        ("attack", "hit", False, "Warplanes hit the town.", "air_strike"),
        ("attack", "act", True, "A drone attack hit the town.", "drone_strike"),
        ("attack", "act", True, "The strike hit the town.", "air_strike"),
        ("attack", "act", True, "Gunmen led the strike on foot.", "attack"),
        ("explosion", "explode", False, "A car bomb went off.", "car_bomb"),
        ("killing", "kill", False, "A landmine killed two.", "landmine_explosion"),
        ("killing", "kill", False, "Mortar fire killed two.", "shelling"),
        ("killing", "kill", False, "Two were killed.", "killing"),
        ("bombing", "act", True, "The bombing from the air lasted all night.", "air_strike"),
        ("bombing", "act", True, "The bombing of the market killed two.", "bombing"),
    ],
)
def test_narrowed_by_what_was_used(kind: str, frame: str, noun: bool, sentence: str, expected: str) -> None:
    assert kinds.narrowed(kind, frame, noun, weapons.find(sentence, LEXICON.weapons), sentence) == expected


@pytest.mark.parametrize(
    "sentence, expected",
    [
        ("Protesters hurled stones at officers.", "riot"),
        ("Police fired tear gas at the demonstrators.", "protest_with_intervention"),
        ("Police fired live rounds at the protesters, killing two.", "force_against_protesters"),
        ("An angry crowd lynched a man.", "mob_violence"),
        ("Sarin was used against the town.", "chemical_attack"),
        ("Two people were beaten.", "attack"),
    ],
)
def test_settled_by_the_whole_sentence(sentence: str, expected: str) -> None:
    assert kinds.settled("attack", sentence, (), ()) == expected


@pytest.mark.parametrize(
    "agents, targets, expected",
    [
        ("Taliban fighters", "Afghan soldiers", "armed_clash"),
        ("Taliban fighters", "villagers", "attack"),
        ("villagers", "Afghan soldiers", "attack"),
        ("Taliban fighters", "Afghan soldiers and civilians", "attack"),
    ],
)
def test_armed_against_armed_is_a_fight(agents: str, targets: str, expected: str) -> None:
    assert kinds.settled("attack", "They came.", parties(agents), parties(targets)) == expected


@pytest.mark.parametrize(
    "agents, expected",
    [
        ("Syrian soldiers", "government_regains_territory"),
        ("Islamic State fighters", "non_state_actor_overtakes_territory"),
        ("", "government_regains_territory"),
    ],
)
def test_whose_hands_a_town_falls_into(agents: str, expected: str) -> None:
    assert kinds.captured(parties(agents)) == expected


@pytest.mark.parametrize(
    "types, expected",
    [
        (["attack", "air_strike", "killing"], "air_strike"),
        (["explosion", "suicide_bombing", "car_bomb"], "suicide_bombing"),
        (["killing"], "killing"),
    ],
)
def test_the_narrowest_type_names_the_event(types: list[str], expected: str) -> None:
    assert kinds.best(types) == expected


def test_every_type_named_in_the_code_is_in_the_vocabulary() -> None:
    assert {*kinds.BY_WEAPON.values(), *kinds.GENERIC, *kinds.NARROWEST} <= set(LEXICON.event_types)
    assert set(kinds.NARROWEST) == set(LEXICON.event_types)


def test_every_trigger_tells_of_a_type_of_the_vocabulary() -> None:
    triggers = [*LEXICON.noun_triggers.values(), *LEXICON.verb_triggers.values()]
    assert {t.event_type for t in triggers} <= set(LEXICON.event_types)
    assert {t.strength for t in triggers} == {"strong", "weak", "effect"}

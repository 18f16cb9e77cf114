"""Parties by the registry's names, by nationality and noun, by abbreviations that a text defines, by general nouns."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import reference
from extract import actors
from extract.actors import Registry

REGISTRY = reference.load_registry()


def ids(text: str, country: str | None = None) -> list[str]:
    """The parties that the text names, countries' plain names left out."""
    return [m.id for m in actors.find(text, REGISTRY, country=country) if not m.bare]


NAMED = [
    ("Islamic State militants stormed the village.", ["islamic-state"]),
    ("ISIS and Jabhat al-Nusra clashed.", ["islamic-state", "al-nusra-front"]),
    ("Daesh fled.", ["islamic-state"]),
    ("The Taleban and the Taliban are one.", ["taliban", "taliban"]),
    ("Hizbullah and Hizballah are one.", ["hezbollah", "hezbollah"]),
    ("Ansar Allah, the Houthis and Houthi rebels are one.", ["houthis", "houthis", "houthis"]),
    ("M23 rebels took Goma.", ["m23"]),
    ("FARC guerrillas attacked the ELN.", ["farc", "eln-colombia"]),
    ("The Lord's Resistance Army crossed the river.", ["lords-resistance-army"]),
    ("The Wagner Group flew in.", ["wagner-group"]),
    ("The Pentagon and Russia's Defence Ministry spoke.", ["us-department-of-defense", "russian-defence-ministry"]),
    ("Palestinian Islamic Jihad fired rockets.", ["palestinian-islamic-jihad"]),
    ("The US-led coalition struck a convoy.", ["us-led-coalition"]),
    ("Saudi-led coalition jets struck a school.", ["saudi-led-coalition"]),
    ("ISLAMIC STATE FIGHTERS KILLED TEN", ["islamic-state"]),
]

NATIONAL = [
    ("Israeli soldiers shot a man.", ["military-of-israel"]),
    ("French troops killed a commander.", ["military-of-france"]),
    ("Two Turkish drones hit a car.", ["military-of-turkey"]),
    ("Syrian government forces shelled the town.", ["military-of-syria"]),
    ("Pakistani police fired tear gas.", ["police-of-pakistan"]),
    ("Kenyan security forces raided a mosque.", ["security-forces-of-kenya"]),
    ("North Korean troops and South Sudanese soldiers left.", ["military-of-north-korea", "military-of-south-sudan"]),
    ("Syria army shelled the town.", ["military-of-syria"]),
    ("Syrias army shelled the town.", ["military-of-syria"]),
    ("Ukraine's military struck a depot.", ["military-of-ukraine"]),
    ("Ukraine’s military struck a depot.", ["military-of-ukraine"]),
    ("Hezbollah fired at Israel's troops.", ["hezbollah", "military-of-israel"]),
    ("Myanmar's junta denied it.", ["government-of-myanmar"]),
    ("Iran-backed militias fired rockets.", ["iran-backed-militias"]),
]


@pytest.mark.parametrize("text, expected", NAMED + NATIONAL)
def test_parties(text: str, expected: list[str]) -> None:
    assert ids(text) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("The army shelled it.", {None: "military", "NG": "military-of-nigeria", "SY": "military-of-syria"}),
        ("Police opened fire.", {None: "police", "PK": "police-of-pakistan", "KE": "police-of-kenya"}),
        ("Security forces fled.", {None: "security-forces", "SD": "security-forces-of-sudan"}),
    ],
)
def test_the_army_is_that_of_the_country_told_of(text: str, expected: dict[str | None, str]) -> None:
    for country, party in expected.items():
        (one,) = actors.find(text, REGISTRY, country=country)
        assert one.id == party
        assert one.general is (country is None)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("IS is on the run; it is what it is.", ["IS"]),
        ("The US said it is with us, not against us.", ["US"]),
        ("Tell us what is known, officials said.", []),
        ("He is told that an aim is near, and can it wait?", []),
    ],
)
def test_short_names_need_their_capitals(text: str, expected: list[str]) -> None:
    assert [m.text for m in actors.find(text, REGISTRY)] == expected


@pytest.mark.parametrize(
    "text, party",
    [
        (
            "Kurdish-led fighters of the Syrian Democratic Forces (QDX) took it. The QDX said so.",
            "syrian-democratic-forces",
        ),
        ("The Rapid Support Forces [RXF] shelled it; RXF men looted it.", "rapid-support-forces"),
    ],
)
def test_an_abbreviation_means_what_the_text_says(text: str, party: str) -> None:
    assert ids(text).count(party) >= 2


@pytest.mark.parametrize(
    "text",
    [
        "Anti-Taliban fighters took the town.",
        "The anti-Islamic State campaign went on.",
        "An anti-Houthi rally was held.",
    ],
)
def test_against_a_party_is_not_the_party(text: str) -> None:
    assert not {"taliban", "islamic-state", "houthis"} & set(ids(text))


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Boko Haram's fighters burned it.", "Boko Haram"),
        ("Al-Shabaab’s spokesman said so.", "Al-Shabaab"),
        ("Islamic State militants came.", "Islamic State militants"),
        ("A Russian warplane came.", "Russian warplane"),
    ],
)
def test_the_words_relied_on(text: str, expected: str) -> None:
    assert actors.find(text, REGISTRY)[0].text == expected


@pytest.mark.parametrize(
    "text, name",
    [
        ("Washington blamed Tehran.", ["government-of-united-states", "government-of-iran"]),
        ("Damascus denied it.", ["government-of-syria"]),
        ("Turkey and Egypt protested.", ["government-of-turkey", "government-of-egypt"]),
    ],
)
def test_a_country_or_capital_is_a_bare_party(text: str, name: list[str]) -> None:
    found = actors.find(text, REGISTRY)
    assert [m.id for m in found] == name
    assert all(m.bare for m in found)


def test_the_coalition_is_the_one_that_the_text_names() -> None:
    text = "The US-led coalition hit it. Coalition jets returned, the coalition said."
    assert ids(text) == ["us-led-coalition"] * 3
    assert ids("Coalition jets returned.") == ["coalition"]


def test_ancestors_hold_the_party_itself_and_all_above() -> None:
    assert {"syrian-air-force", "military-of-syria", "government-of-syria"} <= REGISTRY.ancestors("syrian-air-force")
    assert REGISTRY.ancestors("nobody-knows") == {"nobody-knows"}


@pytest.mark.parametrize(
    "codes, expected", [(["SY", None, "SY", "TR"], "SY"), ([], None), ([None, None], None), (["NG"], "NG")]
)
def test_the_main_country_is_the_one_named_most(codes: list[str | None], expected: str | None) -> None:
    assert actors.main_country(codes) == expected


@pytest.mark.parametrize(
    "name, expected",
    [
        ("Free Syrian Army", "free-syrian-army"),
        ("Jaysh al-Islām", "jaysh-al-islam"),
        ("${x} <b>`y`</b>", "x-b-y-b"),
        ("", ""),
    ],
)
def test_slugs_are_plain(name: str, expected: str) -> None:
    assert actors.slug(name) == expected


@pytest.mark.parametrize(
    "hostile", ["${jndi:ldap://x}", "<script>alert(1)</script>", "`rm -rf /`", "\u202e\u200f", "\x00" * 9]
)
def test_hostile_text_around_a_party_changes_nothing(hostile: str) -> None:
    assert ids(f"{hostile} Taliban fighters came. {hostile}") == ["taliban"]


@pytest.mark.parametrize(
    "text",
    [
        "Fighters of the Movement for the Liberation of Nowhere (MLN) burned it.",
    ],
)  # fmt: skip
def test_a_group_outside_the_registry_is_a_slug_of_its_name(text: str) -> None:
    assert "movement-for-the-liberation-of-nowhere" in ids(text)


@given(st.text(max_size=300))
def test_no_text_breaks_it_and_spans_hold_their_words(text: str) -> None:
    found = actors.find(text, REGISTRY, country="SY")
    assert all(m.span.of(text) == m.text for m in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))


def test_a_registry_of_nothing_finds_nothing() -> None:
    assert actors.find("Taliban fighters came.", Registry([], [], [])) == ()

"""The parties that a text names, found by the registry's names, by nationality plus noun, and by general nouns.

A mention says which party the words mean; which role it plays is read from syntax elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import lru_cache

from extract import groups, references
from extract.groups import Names
from extract.lexicon import Party
from extract.records import Span
from extract.registry import Noun, PartyMention, Registry, Word, slug, words_of

# Only so much may stand between a nationality and the noun that it belongs to ("Russian Su-24 fighter jets").
_GAP = re.compile(r"^(?:['’]s)?[\s'’\-]*$")
_PLAIN_GAP = re.compile(r"^[\s\-]*$")
_POSSESSIVE = re.compile(r"^['’]s? $")
_STATE_KINDS = {"military", "craft", "security", "police", "intelligence", "government"}
_FORCES = re.compile(
    r"\b(forces|troops|soldiers|army|warplanes|jets|planes|aircraft|helicopters|artillery|military|patrols?|"
    r"base|bases|checkpoints?|outposts?|positions|garrison|gunners?|pilots?|crews?|gunboats?|"
    r"patrol (?:boats?|vessels?)|border (?:guards|troops)|frontier guards|irregulars|lines)\b",
    re.I,
)
_BACKED = {"backed", "led", "allied", "sponsored", "affiliated", "linked", "aligned", "inspired", "funded", "trained"}
# General nouns that a name before them makes a group of its own.
_NAMED_BY_NOUN = {"rebel", "militia", "jihadist", "separatist", "unidentified", "criminal"}
_FIGHTERS = re.compile(
    r"\b(?:rebels?|militias?|militia\w+|militants?|fighters?|guerrillas?|insurgents?|separatists?|jihadis?t?s?|raiders?|"
    r"(?:rebel|militant|armed|terrorist|insurgent) (?:group|faction|movement|organi[sz]ation)s?|gang|cartel|bandits|"
    r"rebellion|insurgency|paramilitar\w+|vigilantes|tribesmen|gunmen|warriors)$",
    re.I,
)
# What those under arms of a people are, by the kind of their noun.
_PEOPLES_KINDS = {"group": "military", "craft": "military", "security": "military", "foe": "military"}
_PEOPLES_KINDS |= {"unidentified": "militia"}
# Authorities below the state, which no country's government speaks through.
_LOCAL = frozenset(
    "local regional provincial municipal city district county town village state tribal autonomous".split()
)
_DEFINITION = re.compile(
    r"((?:[A-Z][\w'’-]+|of|the|for|and|al|de|del|la|los|el|pour|des)(?:[ -](?:[A-Z][\w'’-]+|of|the|for|and|al|"
    r"de|del|la|los|el|pour|des)){1,7})\s*[(\[]([A-Z][A-Za-z.-]{1,7})[)\]]"
)


@dataclass(frozen=True, slots=True)
class _Words:
    """What a text says by itself: its words, its names, and the abbreviations that it defines."""

    words: Sequence[Word]
    names: Names
    defined: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a text is read with: its words, its names, the registry, the country that it is about."""

    text: str
    words: Sequence[Word]
    names: Names
    registry: Registry
    country: str | None
    peoples: AbstractSet[int]


def _words(text: str) -> _Words:
    words = words_of(text)
    return _Words(words, groups.read(text, words), _abbreviations(text))


# A report is read for its parties twice, the second time knowing its country, and once more for its speakers.
_words_of_report = lru_cache(maxsize=1)(_words)


def find(
    text: str,
    registry: Registry,
    *,
    country: str | None = None,
    proper: AbstractSet[int] | None = None,
    peoples: AbstractSet[int] = frozenset(),
) -> tuple[PartyMention, ...]:
    """All parties named in the text, left to right, not overlapping.

    ``country`` is the one that the report is about: whose army "the army" is. ``proper`` holds the offsets of words
    that a parser takes for names; without it a capital at the start of a sentence makes no name. ``peoples`` holds the
    offsets of words that a parser takes for names of nations, peoples and faiths.
    """
    return _find(text, _words_of_report(text), registry, country, proper, peoples)


def _find(
    text: str,
    own: _Words,
    registry: Registry,
    country: str | None,
    proper: AbstractSet[int] | None,
    peoples: AbstractSet[int] = frozenset(),
) -> tuple[PartyMention, ...]:
    words, names = own.words, own.names.parsed(proper) if proper else own.names
    reading = _Reading(text, words, names, registry, country, peoples)
    found: list[PartyMention] = []
    free = 0
    for at in _starts(reading, own):
        if at < free:
            continue
        new = _new_group(reading, at, found) or _of_people(reading, at)
        step, mention = new or _at(text, words, at, registry, country)
        if mention is None and words[at].raw in own.defined:
            mention = _from_definition(words[at], own.defined[words[at].raw], reading)
        if mention is not None:
            found.append(_owned(reading, _qualified(reading, at, mention, found), found))
        free = at + max(1, step)
    return references.settled(found, text)


def _starts(reading: _Reading, own: _Words) -> list[int]:
    """The words at which a party may begin: most words of a text open no name of any kind."""
    names, opens = reading.names, reading.registry.opens
    return [
        at
        for at, word in enumerate(reading.words)
        if word.start in names.capital
        or opens(word.key)
        or word.key == "anti"
        or word.raw in own.defined
        or word.start in reading.peoples
        or (names.introduced and word.raw[:1].isupper())
    ]


def _new_group(reading: _Reading, at: int, found: Sequence[PartyMention]) -> tuple[int, PartyMention] | None:
    """(words used, mention) of a group that the registry does not know, or knows by fewer of the name's words only."""
    text, words, registry = reading.text, reading.words, reading.registry
    own = groups.named(text, words, at, reading.names, registry)
    if own is None:
        return None
    n, group = own
    known = registry.named(words, at, reading.country)
    if known and not _is_more(words, at, known, n, registry):
        return None
    if not known and any(_ends_known(words, at + i, at + n, registry) for i in range(1, n)):
        return None
    end = _over_nouns(text, words, at + n, registry)
    span = Span(words[at].start, words[end - 1].end)
    return end - at, groups.mention(group, span, text, reading.country)


def _of_people(reading: _Reading, at: int) -> tuple[int, PartyMention] | None:
    """ "Serb gunners", "a Yugoslav patrol": those under arms of a people that is no state of today."""
    text, words, registry = reading.text, reading.words, reading.registry
    if words[at].start not in reading.peoples or registry.adjective(words, at) or registry.named(words, at, None):
        return None
    for first in range(at + 1, min(at + 3, len(words))):
        if not _PLAIN_GAP.match(text[words[first - 1].end : words[first].start]):
            return None
        noun = registry.noun(words, first)
        if noun is None:
            continue
        end = _over_nouns(text, words, first + noun[0], registry)
        span = Span(words[at].start, words[end - 1].end)
        kind = noun[1].kind
        if kind == "deed":
            span, end, kind = Span(words[at].start, words[first - 1].end), first, "military"
        if kind == "crowd" or (kind == "group" and not _FORCES.search(span.of(text))):
            return None
        phrase = span.of(text)
        return end - at, PartyMention(span, phrase, slug(phrase), phrase, _PEOPLES_KINDS.get(kind, kind))
    return None


def _ends_known(words: Sequence[Word], at: int, end: int, registry: Registry) -> bool:
    """True where a run of words ends in a name of the registry ("Syria Al-Nusra Front"), single nouns left out."""
    known = registry.named(words, at, None)
    return known is not None and at + known[0] >= end and (known[0] > 1 or words[at].raw.isupper())


def _owned(reading: _Reading, mention: PartyMention, found: Sequence[PartyMention]) -> PartyMention:
    """ "Pakistan's foreign office": a body of the state that owns it, though the name alone is another state's."""
    before = found[-1] if found else None
    if before is None or not before.bare or mention.kind != "government" or mention.country == before.country:
        return mention
    gap = reading.text[before.span.end : mention.span.start]
    if not before.country or not _POSSESSIVE.match(gap):
        return mention
    return replace(reading.registry.state_party("government", before.country), span=mention.span, text=mention.text)


def _is_more(words: Sequence[Word], at: int, known: tuple[int, str], n: int, registry: Registry) -> bool:
    """True where a name of ``n`` words is not that of the registry's shorter one: "Popular Front | for the Delta"."""
    if known[0] >= n:
        return False
    return words[at + known[0]].key == "for" or registry.parties[known[1]].kind in {"civilian", "unidentified"}


def _qualified(reading: _Reading, at: int, mention: PartyMention, found: Sequence[PartyMention]) -> PartyMention:
    """ "Pokot raiders": a general noun for fighters with the name before it, as a party of that name."""
    if not mention.general or mention.kind not in _NAMED_BY_NOUN or not _FIGHTERS.search(mention.text):
        return mention
    after = found[-1].span.end if found else 0
    first = groups.qualified(reading.text, reading.words, at, reading.names, reading.registry, after=after)
    if first == at:
        return mention
    span = Span(reading.words[first].start, mention.span.end)
    phrase = span.of(reading.text)
    return replace(mention, span=span, text=phrase, id=slug(phrase), name=phrase, general=False)


def find_speakers(text: str, registry: Registry) -> tuple[PartyMention, ...]:
    """The persons named in the text that are known to speak for a party, as mentions of that party."""
    words = _words_of_report(text).words
    found: list[PartyMention] = []
    at = 0
    while at < len(words):
        known = registry.speaker(words, at)
        if known:
            party = registry.parties[known[1]]
            span = Span(words[at].start, words[at + known[0] - 1].end)
            found.append(PartyMention(span, span.of(text), party.id, party.name, party.kind, party.country))
        at += known[0] if known else 1
    return tuple(found)


def main_country(codes: Iterable[str | None]) -> str | None:
    """The country that a report speaks of most, None where nothing tells."""
    counts = Counter(code for code in codes if code)
    return counts.most_common(1)[0][0] if counts else None


def _at(
    text: str, words: Sequence[Word], at: int, registry: Registry, country: str | None
) -> tuple[int, PartyMention | None]:
    """(words used, mention) at one word."""
    if not registry.opens(words[at].key) and words[at].key != "anti":
        return 1, None
    named = registry.named(words, at, country)
    if words[at].key == "anti" and at + 1 < len(words) and not named:
        return 2, None
    adjective = registry.adjective(words, at)
    noun = registry.noun(words, at)
    if adjective and (not named or named[0] <= adjective[0]):
        return _national(text, words, at, adjective, registry)
    if named and (not noun or noun[0] <= named[0]):
        n, party_id = named
        return _registered(text, words, at, n, registry.parties[party_id], registry, country)
    if noun and noun[0] == 1 and references.refers_to_any(text, words[at]):
        span = Span(words[at].start, words[at].end)
        return 1, PartyMention(span, words[at].raw, "group", words[at].raw, references.UNSETTLED, general=True)
    if noun and noun[1].kind == "government" and at and words[at - 1].key in _LOCAL:
        return noun[0], None
    if noun and noun[1].kind not in {"group", "crowd", "deed", "foe"}:
        return noun[0], _general(text, words, at, noun[0], noun[1], registry, country)
    named_country = registry.country_name(words, at)
    if named_country:
        return _bare_country(text, words, at, named_country, registry)
    return 1, None


def _registered(
    text: str, words: Sequence[Word], at: int, n: int, party: Party, registry: Registry, country: str | None
) -> tuple[int, PartyMention]:
    """A party of the registry, its span drawn over the nouns that follow ("Islamic State militants")."""
    if party.kind == "unidentified":
        noun = registry.noun(words, at)
        return n, _general(text, words, at, n, noun[1] if noun else Noun("unidentified", party.id), registry, country)
    end = _over_nouns(text, words, at + n, registry)
    span = Span(words[at].start, words[end - 1].end)
    return end - at, PartyMention(span, span.of(text), party.id, party.name, party.kind, party.country)


def _over_nouns(text: str, words: Sequence[Word], at: int, registry: Registry) -> int:
    """The first word after the party nouns that follow directly."""
    while at < len(words) and _PLAIN_GAP.match(text[words[at - 1].end : words[at].start]):
        noun = registry.noun(words, at)
        if not noun or noun[1].kind in {"crowd", "deed"}:
            break
        at += noun[0]
    return at


def _national(
    text: str, words: Sequence[Word], at: int, adjective: tuple[int, str], registry: Registry
) -> tuple[int, PartyMention | None]:
    """ "Russian warplanes", "Syrian government forces", "Turkish-backed rebels"; None where no party noun follows."""
    n, code = adjective
    first = at + n
    if (deed := _deed(text, words, at, n, code, registry)) is not None:
        return n, deed
    backed = first < len(words) and words[first].key in _BACKED
    probe = first + 1 if backed else first
    for skip in range(3):
        if probe + skip >= len(words) or not _GAP.match(text[words[probe + skip - 1].end : words[probe + skip].start]):
            break
        noun = registry.noun(words, probe + skip)
        if noun and noun[1].kind not in {"crowd", "deed"}:
            end = _over_nouns(text, words, probe + skip + noun[0], registry)
            return end - at, _national_party(text, words, (at, probe + skip, end), code, backed, registry)
    return n, None


def _deed(text: str, words: Sequence[Word], at: int, n: int, code: str, registry: Registry) -> PartyMention | None:
    """The army behind "Russian air strikes" or "Russian and Syrian raids": the nationality alone is its name."""
    probe = at + n
    if probe + 1 < len(words) and words[probe].key == "and":
        other = registry.adjective(words, probe + 1)
        probe += 1 + other[0] if other else 0
    for skip in range(2):
        if probe + skip >= len(words):
            return None
        noun = registry.noun(words, probe + skip)
        if noun and noun[1].kind == "deed":
            span = Span(words[at].start, words[at + n - 1].end)
            return replace(registry.state_party("military", code), span=span, text=span.of(text))
        if noun:
            return None
    return None


def _national_party(
    text: str, words: Sequence[Word], bounds: tuple[int, int, int], code: str, backed: bool, registry: Registry
) -> PartyMention | None:
    at, probe, end = bounds
    noun = registry.noun(words, probe)
    assert noun is not None
    span = Span(words[at].start, words[end - 1].end)
    phrase = span.of(text)
    kind = noun[1].kind
    if kind == "coalition":
        return PartyMention(span, phrase, slug(phrase), phrase, kind, code, general=True)
    if backed:
        kind = "militia" if kind in _STATE_KINDS | {"group"} else kind
        return PartyMention(span, phrase, slug(phrase), phrase, _plain_kind(kind), code)
    if kind == "foe":
        kind = "military"
    if kind == "group":
        kind = "military" if _FORCES.search(phrase) else "government" if phrase.endswith(" side") else ""
    if kind == "government" and _FORCES.search(phrase):
        kind = "military"
    if kind in _STATE_KINDS:
        return replace(registry.state_party(kind, code), span=span, text=phrase)
    if not kind:
        return None
    country = registry.country(code)
    party_id = f"{noun[1].slug}-{country.slug if country else code.lower()}"
    return PartyMention(span, phrase, party_id, phrase, _plain_kind(kind), code, general=True)


def _plain_kind(kind: str) -> str:
    return {"craft": "military", "security": "military", "crowd": "civilian"}.get(kind, kind)


def _general(
    text: str, words: Sequence[Word], at: int, n: int, noun: Noun, registry: Registry, country: str | None
) -> PartyMention:
    """ "Gunmen", "the army": the army is that of the country the report is about, where that is known."""
    end = _over_nouns(text, words, at + n, registry)
    span = Span(words[at].start, words[end - 1].end)
    phrase = span.of(text)
    kind = "military" if noun.kind == "government" and _FORCES.search(phrase) else noun.kind
    if kind in _STATE_KINDS - {"craft"} and country and registry.country(country):
        return replace(registry.state_party(kind, country), span=span, text=phrase)
    name = {"military": "Army", "police": "Police"}.get(kind, phrase) if kind != "craft" else phrase
    return PartyMention(
        span, phrase, noun.slug, name, kind if kind == "craft" else _plain_kind(kind), country, general=True
    )


def _bare_country(
    text: str, words: Sequence[Word], at: int, found: tuple[int, str], registry: Registry
) -> tuple[int, PartyMention | None]:
    """A country or capital by its name, a party only where it acts. "Syria army" counts as "Syrian army"."""
    n, code = found
    after = at + n
    if after < len(words) and text[words[after - 1].end : words[after].start] in {" ", "s ", "'s ", "’s "}:
        noun = registry.noun(words, after)
        if noun and noun[1].kind in _STATE_KINDS:
            return _national(text, words, at, found, registry)
    span = Span(words[at].start, words[after - 1].end)
    mention = replace(registry.state_party("government", code), span=span, text=span.of(text), bare=True)
    return n, mention


def _abbreviations(text: str) -> dict[str, str]:
    """Abbreviations that the text itself defines: "Syrian Democratic Forces (SDF)"."""
    return {m.group(2): m.group(1) for m in _DEFINITION.finditer(text)}


def _from_definition(word: Word, full: str, reading: _Reading) -> PartyMention | None:
    """The party that an abbreviation of the text stands for, where its full name is one."""
    own = _words(full)
    if own.defined:
        return None
    known = reading.names.introduced.get(tuple(w.key for w in own.words))
    if known:
        return groups.mention(known, Span(word.start, word.end), reading.text, reading.country)
    proper = frozenset(w.start for w in own.words if w.raw[:1].isupper())
    inner = _find(full, own, reading.registry, reading.country, proper)
    return replace(inner[-1], span=Span(word.start, word.end), text=word.raw) if inner else None

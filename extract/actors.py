"""The parties that a text names, found by the registry's names, by nationality plus noun, and by general nouns.

A mention says which party the words mean; which role it plays is read from syntax elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from extract.lexicon import Party, Row, split
from extract.records import Span

_V = TypeVar("_V")
WORD = re.compile(r"[^\W_]+(?:['’ʼ`](?!s\b)[^\W_]+)*")
# The longest alias of the registry has this many words.
MAX_WORDS = 10
# Only so much may stand between a nationality and the noun that it belongs to ("Russian Su-24 fighter jets").
_GAP = re.compile(r"^[\s'’\-]*$")
_STATE_KINDS = {"military", "craft", "security", "police", "intelligence", "government"}
_SUFFIX = {
    "military": ("military-of-", "Military of "),
    "craft": ("military-of-", "Military of "),
    "security": ("security-forces-of-", "Security forces of "),
    "police": ("police-of-", "Police of "),
    "intelligence": ("intelligence-of-", "Intelligence services of "),
    "government": ("government-of-", "Government of "),
}
_FORCES = re.compile(
    r"\b(forces|troops|soldiers|army|warplanes|jets|planes|aircraft|helicopters|artillery|military)\b", re.I
)
_BACKED = {"backed", "led", "allied", "sponsored", "affiliated", "linked", "aligned", "inspired", "funded", "trained"}


@dataclass(frozen=True, slots=True)
class PartyMention:
    """Words that name a party; ``general`` marks a noun ("gunmen"), ``bare`` a country's or capital's plain name."""

    span: Span
    text: str
    id: str
    name: str
    kind: str
    country: str | None = None
    general: bool = False
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Country:
    """A country as a party: its adjectives and plain names in lower case."""

    code: str
    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    key: str
    raw: str


@dataclass(frozen=True, slots=True)
class _Noun:
    kind: str
    slug: str


class Registry:
    """Names of parties -> parties. Built once from the rows of the lexicon and of the country table."""

    def __init__(
        self, actors: Iterable[Row], countries: Iterable[Row], nouns: Iterable[Row], speakers: Iterable[Row] = ()
    ) -> None:
        self._speakers: dict[tuple[str, ...], str] = {}
        self._common: set[tuple[str, str]] = set()
        self.parties: dict[str, Party] = {}
        self._names: dict[tuple[str, ...], list[tuple[str, str]]] = {}
        self._countries: dict[str, Country] = {}
        self._adjectives: dict[tuple[str, ...], str] = {}
        self._country_names: dict[tuple[str, ...], str] = {}
        self._nouns: dict[tuple[str, ...], _Noun] = {}
        for row in countries:
            self._add_country(row)
        for row in actors:
            self._add_actor(row)
        for row in nouns:
            for words in split(row["words"]):
                self._nouns[_key(words)] = _Noun(row["kind"], row["slug"])
        for row in speakers:
            for name in [row["name"], *split(row["aliases"])]:
                if row["party"] in self.parties:
                    self._speakers.setdefault(_key(name), row["party"])

    def _add_country(self, row: Row) -> None:
        country = Country(row["iso2"], row["name"], slug(row["name"]))
        self._countries[country.code] = country
        for adjective in split(row["demonyms"]):
            self._adjectives.setdefault(_key(adjective), country.code)
        for name in [row["name"], *split(row["aliases"]), *split(row["capital"])]:
            self._country_names.setdefault(_key(name), country.code)

    def _add_actor(self, row: Row) -> None:
        codes = split(row["country"])
        party = Party(row["id"], row["name"], row["kind"], codes[0] if codes else None, tuple(split(row["parents"])))
        self.parties[party.id] = party
        for name in [row["name"], *split(row["aliases"])]:
            exact = name if name.isupper() and len(name) <= 6 else ""
            self._names.setdefault(_key(name), []).append((party.id, exact))
            if name[:1].islower() and " " not in name:
                self._common.add((party.id, name))

    def country(self, code: str | None) -> Country | None:
        """The country of an ISO 3166-1 alpha-2 code."""
        return self._countries.get(code or "")

    def ancestors(self, party_id: str) -> frozenset[str]:
        """The ids of all bodies that a party belongs to, itself included."""
        found, todo = set(), [party_id]
        while todo:
            one = todo.pop()
            if one not in found:
                found.add(one)
                party = self.parties.get(one)
                todo += party.parents if party else _state_above(one)
        return frozenset(found)

    def state_party(self, kind: str, code: str) -> PartyMention:
        """The army, police or government of a country, without a place in the text."""
        country = self._countries[code]
        prefix, words = _SUFFIX[kind]
        party_id, name = prefix + country.slug, words + country.name
        party = self.parties.get(party_id)
        role_kind = {"craft": "military", "security": "military"}.get(kind, kind)
        return PartyMention(Span(0, 0), "", party_id, party.name if party else name, role_kind, code)

    # ------------------------------------------------------------ look-ups by words

    def named(self, words: Sequence[_Word], at: int, country: str | None) -> tuple[int, str] | None:
        """(number of words, party id) of the longest registry name that begins at a word."""
        for n in range(min(MAX_WORDS, len(words) - at), 0, -1):
            rows = self._names.get(tuple(w.key for w in words[at : at + n]))
            if rows and (chosen := self._choose(rows, words[at : at + n], country)):
                return n, chosen
        return None

    def _choose(self, rows: list[tuple[str, str]], words: Sequence[_Word], country: str | None) -> str | None:
        raw = words[0].raw
        fits = [pid for pid, exact in rows if not exact or len(words) > 1 or raw == exact or raw == exact + "s"]
        if len(words) == 1 and not raw[:1].isupper():
            fits = [pid for pid in fits if self.parties[pid].kind in _COMMON_KINDS or (pid, raw) in self._common]
        if len(fits) > 1 and country:
            fits.sort(key=lambda pid: self.parties[pid].country != country)
        return fits[0] if fits else None

    def speaker(self, words: Sequence[_Word], at: int) -> tuple[int, str] | None:
        """(number of words, party id) of a known spokesman's name that begins at a word."""
        return _longest(self._speakers, words, at, 5) if words[at].raw[:1].isupper() else None

    def adjective(self, words: Sequence[_Word], at: int) -> tuple[int, str] | None:
        """(number of words, country code) of a nationality that begins at a word."""
        return _longest(self._adjectives, words, at, 3)

    def country_name(self, words: Sequence[_Word], at: int) -> tuple[int, str] | None:
        """(number of words, country code) of a country's or capital's name that begins at a word."""
        if not words[at].raw[:1].isupper():
            return None
        found = _longest(self._country_names, words, at, 5) or self._without_apostrophe(words[at])
        if found and found[0] == 1 and len(words[at].key) <= 3 and not words[at].raw.isupper():
            return None
        return found

    def _without_apostrophe(self, word: _Word) -> tuple[int, str] | None:
        """ "Syrias capital": a possessive that lost its apostrophe on the way."""
        code = self._country_names.get((word.key[:-1],)) if word.key.endswith("s") and len(word.key) > 5 else None
        return (1, code) if code else None

    def noun(self, words: Sequence[_Word], at: int) -> tuple[int, _Noun] | None:
        """(number of words, noun) of a general party noun that begins at a word."""
        return _longest(self._nouns, words, at, 4)


def _state_above(party_id: str) -> tuple[str, ...]:
    """The government above an army or police that only the country table knows."""
    body, _, country = party_id.partition("-of-")
    return (f"government-of-{country}",) if body in {"military", "police", "security-forces", "intelligence"} else ()


_COMMON_KINDS = {"unidentified", "civilian"}


def slug(name: str) -> str:
    """A name as an id: lower case, plain letters, hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", _fold(name)).strip("-")


def find(text: str, registry: Registry, *, country: str | None = None) -> tuple[PartyMention, ...]:
    """All parties named in the text, left to right, not overlapping.

    ``country`` is the one that the report is about: whose army "the army" is.
    """
    words = [_Word(m.start(), m.end(), _fold(m.group()), m.group()) for m in WORD.finditer(text)]
    defined = _abbreviations(text)
    found: list[PartyMention] = []
    at = 0
    while at < len(words):
        step, mention = _at(text, words, at, registry, country)
        if mention is None and words[at].raw in defined:
            mention = _from_definition(words[at], defined[words[at].raw], registry, country)
        if mention is not None:
            found.append(mention)
        at += max(1, step)
    return _meant(found)


def find_speakers(text: str, registry: Registry) -> tuple[PartyMention, ...]:
    """The persons named in the text that are known to speak for a party, as mentions of that party."""
    words = [_Word(m.start(), m.end(), _fold(m.group()), m.group()) for m in WORD.finditer(text)]
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


def _meant(found: Sequence[PartyMention]) -> tuple[PartyMention, ...]:
    """ "The coalition" as the coalition that the text names, where it names one."""
    named = next((m for m in found if m.kind == "coalition" and not m.general), None)
    if named is None:
        return tuple(found)
    return tuple(
        replace(m, id=named.id, name=named.name, country=named.country, general=False)
        if m.kind == "coalition" and m.general
        else m
        for m in found
    )


def _at(
    text: str, words: Sequence[_Word], at: int, registry: Registry, country: str | None
) -> tuple[int, PartyMention | None]:
    """(words used, mention) at one word."""
    if words[at].key == "anti" and at + 1 < len(words):
        return 2, None
    named = registry.named(words, at, country)
    adjective = registry.adjective(words, at)
    noun = registry.noun(words, at)
    if adjective and (not named or named[0] <= adjective[0]):
        return _national(text, words, at, adjective, registry)
    if named and (not noun or noun[0] <= named[0]):
        n, party_id = named
        return _registered(text, words, at, n, registry.parties[party_id], registry, country)
    if noun and noun[1].kind not in {"group", "crowd", "deed", "foe"}:
        return noun[0], _general(text, words, at, noun[0], noun[1], registry, country)
    named_country = registry.country_name(words, at)
    if named_country:
        return _bare_country(text, words, at, named_country, registry)
    return 1, None


def _registered(
    text: str, words: Sequence[_Word], at: int, n: int, party: Party, registry: Registry, country: str | None
) -> tuple[int, PartyMention]:
    """A party of the registry, its span drawn over the nouns that follow ("Islamic State militants")."""
    if party.kind == "unidentified":
        noun = registry.noun(words, at)
        return n, _general(text, words, at, n, noun[1] if noun else _Noun("unidentified", party.id), registry, country)
    end = _over_nouns(text, words, at + n, registry)
    span = Span(words[at].start, words[end - 1].end)
    return end - at, PartyMention(span, span.of(text), party.id, party.name, party.kind, party.country)


def _over_nouns(text: str, words: Sequence[_Word], at: int, registry: Registry) -> int:
    """The first word after the party nouns that follow directly."""
    while at < len(words) and _GAP.match(text[words[at - 1].end : words[at].start]):
        noun = registry.noun(words, at)
        if not noun or noun[1].kind in {"crowd", "deed"}:
            break
        at += noun[0]
    return at


def _national(
    text: str, words: Sequence[_Word], at: int, adjective: tuple[int, str], registry: Registry
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
            end = _over_nouns(text, words, probe + skip, registry)
            return end - at, _national_party(text, words, (at, probe + skip, end), code, backed, registry)
    return n, None


def _deed(text: str, words: Sequence[_Word], at: int, n: int, code: str, registry: Registry) -> PartyMention | None:
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
    text: str, words: Sequence[_Word], bounds: tuple[int, int, int], code: str, backed: bool, registry: Registry
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
        kind = "military" if _FORCES.search(phrase) else ""
    if kind == "government" and _FORCES.search(phrase):
        kind = "military"
    if kind in _STATE_KINDS:
        return replace(registry.state_party(kind, code), span=span, text=phrase)
    if not kind:
        return None
    country = registry.country(code)
    name = f"{phrase}"
    party_id = f"{noun[1].slug}-{country.slug if country else code.lower()}"
    return PartyMention(span, phrase, party_id, name, _plain_kind(kind), code, general=True)


def _plain_kind(kind: str) -> str:
    return {"craft": "military", "security": "military", "crowd": "civilian"}.get(kind, kind)


def _general(
    text: str, words: Sequence[_Word], at: int, n: int, noun: _Noun, registry: Registry, country: str | None
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
    text: str, words: Sequence[_Word], at: int, found: tuple[int, str], registry: Registry
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


_DEFINITION = re.compile(
    r"((?:[A-Z][\w'’-]+|of|the|for|and|al|de|del|la|los|el|pour|des)(?:[ -](?:[A-Z][\w'’-]+|of|the|for|and|al|"
    r"de|del|la|los|el|pour|des)){1,7})\s*[(\[]([A-Z][A-Za-z.-]{1,7})[)\]]"
)


def _abbreviations(text: str) -> dict[str, str]:
    """Abbreviations that the text itself defines: "Syrian Democratic Forces (SDF)"."""
    return {m.group(2): m.group(1) for m in _DEFINITION.finditer(text)}


def _from_definition(word: _Word, full: str, registry: Registry, country: str | None) -> PartyMention | None:
    """The party that an abbreviation of the text stands for, where its full name is one."""
    inner = find(full, registry, country=country) if not _abbreviations(full) else ()
    if not inner:
        return None
    best = inner[-1]
    return replace(best, span=Span(word.start, word.end), text=word.raw)


def main_country(codes: Iterable[str | None]) -> str | None:
    """The country that a report speaks of most, None where nothing tells."""
    counts = Counter(code for code in codes if code)
    return counts.most_common(1)[0][0] if counts else None


def _longest(table: Mapping[tuple[str, ...], _V], words: Sequence[_Word], at: int, most: int) -> tuple[int, _V] | None:
    """(number of words, value) of the longest key that begins at a word."""
    for n in range(min(most, len(words) - at), 0, -1):
        value = table.get(tuple(w.key for w in words[at : at + n]))
        if value is not None:
            return n, value
    return None


def _key(name: str) -> tuple[str, ...]:
    return tuple(_fold(m.group()) for m in WORD.finditer(name))


def _fold(word: str) -> str:
    """Lower case without diacritics or apostrophes."""
    plain = unicodedata.normalize("NFKD", word)
    return re.sub(r"['’ʼ`]", "", "".join(c for c in plain if not unicodedata.combining(c))).lower()

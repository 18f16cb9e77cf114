"""The parties that are known: their names, nationalities and the nouns for them, looked up word by word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.lexicon import Party, Row, split
from extract.phrase_table import PhraseTable
from extract.records import Span

_APOSTROPHES = re.compile(r"['’ʼ`]")
# A possessive's "s" is no word of its own.
_WORD = re.compile(r"(?!(?<=['’ʼ`])s\b)[^\W_]+(?:['’ʼ`](?!s\b)[^\W_]+)*")
# So many words the longest names of parties, countries, spokesmen, nouns and nationalities have.
_PARTY_WORDS, _COUNTRY_WORDS, _SPEAKER_WORDS, _NOUN_WORDS, _ADJECTIVE_WORDS = 10, 5, 5, 4, 3
# Kind of a state's body -> how its id and its name begin, for every country.
STATE_BODIES = {
    "military": ("military-of-", "Military of "),
    "craft": ("military-of-", "Military of "),
    "security": ("security-forces-of-", "Security forces of "),
    "police": ("police-of-", "Police of "),
    "intelligence": ("intelligence-of-", "Intelligence services of "),
    "government": ("government-of-", "Government of "),
}
_COMMON_KINDS = {"unidentified", "civilian"}


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
    """A country as a party: ISO 3166-1 alpha-2 code, usual name, and the name as part of an id."""

    code: str
    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: its offsets, its folded form to look up by, and as written."""

    start: int
    end: int
    key: str
    raw: str


@dataclass(frozen=True, slots=True)
class Noun:
    """A general noun for a party: the kind of party and the id it stands under."""

    kind: str
    slug: str


class Registry:
    """Names of parties -> parties. Built once from the rows of the lexicon and of the country table."""

    def __init__(
        self, actors: Iterable[Row], countries: Iterable[Row], nouns: Iterable[Row], speakers: Iterable[Row] = ()
    ) -> None:
        self._speakers = PhraseTable[str](_SPEAKER_WORDS)
        self._common: set[tuple[str, str]] = set()
        self.parties: dict[str, Party] = {}
        self._names = PhraseTable[list[tuple[str, str]]](_PARTY_WORDS)
        self._countries: dict[str, Country] = {}
        self._adjectives = PhraseTable[str](_ADJECTIVE_WORDS)
        self._country_names = PhraseTable[str](_COUNTRY_WORDS)
        self._nouns = PhraseTable[Noun](_NOUN_WORDS)
        for row in countries:
            self._add_country(row)
        for row in actors:
            self._add_actor(row)
        for row in nouns:
            for words in split(row["words"]):
                self._nouns.put(_key(words), Noun(row["kind"], row["slug"]))
        for row in speakers:
            for name in [row["name"], *split(row["aliases"])]:
                if row["party"] in self.parties:
                    self._speakers.put_first(_key(name), row["party"])
        tables = (self._names, self._adjectives, self._country_names, self._nouns)
        self._openers = frozenset(word for table in tables for word in table.openers)

    def _add_country(self, row: Row) -> None:
        country = Country(row["iso2"], row["name"], slug(row["name"]))
        self._countries[country.code] = country
        for adjective in split(row["demonyms"]):
            self._adjectives.put_first(_key(adjective), country.code)
        for name in [row["name"], *split(row["aliases"]), *split(row["capital"])]:
            self._country_names.put_first(_key(name), country.code)

    def _add_actor(self, row: Row) -> None:
        codes = split(row["country"])
        party = Party(row["id"], row["name"], row["kind"], codes[0] if codes else None, tuple(split(row["parents"])))
        self.parties[party.id] = party
        for name in [row["name"], *split(row["aliases"])]:
            exact = name if name.isupper() and len(name) <= 6 else ""
            self._names.put_first(_key(name), []).append((party.id, exact))
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
                todo += party.parents if party else state_above(one)
        return frozenset(found)

    def state_party(self, kind: str, code: str) -> PartyMention:
        """The army, police or government of a country, without a place in the text."""
        country = self._countries[code]
        prefix, words = STATE_BODIES[kind]
        party_id, name = prefix + country.slug, words + country.name
        party = self.parties.get(party_id)
        role_kind = {"craft": "military", "security": "military"}.get(kind, kind)
        return PartyMention(Span(0, 0), "", party_id, party.name if party else name, role_kind, code)

    def named(self, words: Sequence[Word], at: int, country: str | None) -> tuple[int, str] | None:
        """(number of words, party id) of the longest registry name that begins at a word."""
        for n, rows in self._names.all_at(words, at):
            if chosen := self._choose(rows, words[at : at + n], country):
                return n, chosen
        return None

    def _choose(self, rows: list[tuple[str, str]], words: Sequence[Word], country: str | None) -> str | None:
        raw = words[0].raw
        fits = [pid for pid, exact in rows if not exact or len(words) > 1 or raw == exact or raw == exact + "s"]
        if len(words) == 1 and not raw[:1].isupper():
            fits = [pid for pid in fits if self.parties[pid].kind in _COMMON_KINDS or (pid, raw) in self._common]
        if len(fits) > 1 and country:
            fits.sort(key=lambda pid: self.parties[pid].country != country)
        return fits[0] if fits else None

    def speaker(self, words: Sequence[Word], at: int) -> tuple[int, str] | None:
        """(number of words, party id) of a known spokesman's name that begins at a word."""
        return self._speakers.longest_at(words, at) if words[at].raw[:1].isupper() else None

    def adjective(self, words: Sequence[Word], at: int) -> tuple[int, str] | None:
        """(number of words, country code) of a nationality that begins at a word."""
        return self._adjectives.longest_at(words, at)

    def country_name(self, words: Sequence[Word], at: int) -> tuple[int, str] | None:
        """(number of words, country code) of a country's or capital's name that begins at a word."""
        if not words[at].raw[:1].isupper():
            return None
        found = self._country_names.longest_at(words, at) or self._without_apostrophe(words[at])
        if found and found[0] == 1 and len(words[at].key) <= 3 and not words[at].raw.isupper():
            return None
        return found

    def _without_apostrophe(self, word: Word) -> tuple[int, str] | None:
        """ "Syrias capital": a possessive that lost its apostrophe on the way."""
        code = self._country_names.exactly(word.key[:-1]) if word.key.endswith("s") and len(word.key) > 5 else None
        return (1, code) if code else None

    def opens(self, key: str) -> bool:
        """True where a party's name, a nationality, a country's name or a party noun can begin with a word."""
        return key in self._openers or key[:-1] in self._openers

    def noun(self, words: Sequence[Word], at: int) -> tuple[int, Noun] | None:
        """(number of words, noun) of a general party noun that begins at a word."""
        return self._nouns.longest_at(words, at)


def state_above(party_id: str) -> tuple[str, ...]:
    """The government's id above an army or police that only the country table knows; nothing above anyone else."""
    body, _, country = party_id.partition("-of-")
    return (f"government-of-{country}",) if body in {"military", "police", "security-forces", "intelligence"} else ()


def slug(name: str) -> str:
    """A name as an id: lower case, plain letters, hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", _fold(name)).strip("-")


def words_of(text: str) -> list[Word]:
    """The words of a text with their places."""
    return [Word(m.start(), m.end(), _fold(m.group()), m.group()) for m in _WORD.finditer(text)]


def _key(name: str) -> tuple[str, ...]:
    return tuple(_fold(m.group()) for m in _WORD.finditer(name))


def _fold(word: str) -> str:
    """Lower case without diacritics or apostrophes."""
    if not word.isascii():
        plain = unicodedata.normalize("NFKD", word)
        word = "".join(c for c in plain if not unicodedata.combining(c))
    return _APOSTROPHES.sub("", word).lower()

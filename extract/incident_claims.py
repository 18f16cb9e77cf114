"""Who says what of an incident, and whom that accuses."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract import claims, culprits, kinds
from extract.claims import Speech
from extract.material import Material
from extract.patterns import any_case
from extract.records import Actor, Claim, Span, Stance
from extract.registry import PartyMention
from extract.threads import Thread

# Claims about an incident may follow it by this many sentences that tell of no other.
_CLAIM_REACH = 4
_BLAMEABLE = frozenset(
    (
        "military government police intelligence paramilitary militia rebel jihadist separatist coalition "
        "private-military criminal cartel unidentified political"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Order:
    """The sentences of a report that tell of an incident, in order, each with the incident that it tells of first."""

    sentences: tuple[int, ...]
    owners: tuple[Thread, ...]

    @classmethod
    def of(cls, threads: Sequence[Thread]) -> Order:
        """The order of all that is told."""
        first: dict[int, Thread] = {}
        for thread in threads:
            for scene in thread.scenes:
                first.setdefault(scene.sentence, thread)
        told = sorted(first)
        return cls(tuple(told), tuple(first[n] for n in told))

    def last_before(self, sentence: int) -> tuple[int, Thread] | None:
        """(sentence, incident) of the telling at a sentence or next before it."""
        at = bisect_right(self.sentences, sentence) - 1
        return (self.sentences[at], self.owners[at]) if at >= 0 else None


def of_thread(thread: Thread, material: Material, text: str, order: Order) -> tuple[Claim, ...]:
    """What is said in the sentences that tell of the incident, and who admits, denies, blames or excuses after them."""
    numbers = {s.sentence for s in thread.scenes}
    found: dict[tuple[str, str, Span], Claim] = {}
    involved = _involved(thread)
    for speech in material.speeches:
        if speech.sentence in numbers or _follows(speech, thread, order, involved):
            if speech.about is not None and speech.stance == "blames":
                involved.append(speech.about)
            stance, about = _in_light_of(speech, thread)
            claim = Claim(speech.name, stance, speech.span, speech.span.of(text), about)
            found.setdefault((claim.speaker, claim.stance, claim.span), claim)
    if (own := _issued(thread, material, text)) is not None and not any(s == own.speaker for s, _, _ in found):
        return (own, *found.values())
    return tuple(found.values())


# Stands that only the side that did it can take.
_OF_ONES_OWN = {"admits", "justifies"}
# A communique says what it is and whose within this many characters.
_HEAD = 160
_COMMUNIQUE = any_case(
    r"\b(?:statement|communiqu[eé]|press release|news release|bulletin|war report|announcement|declaration)\b"
)


def _issued(thread: Thread, material: Material, text: str) -> Claim | None:
    """What the armed party that a communique comes from owns up to by issuing it."""
    head = _COMMUNIQUE.search(text[:_HEAD])
    if head is None:
        return None
    near = [p for p in material.parties if head.start() - _HEAD < p.span.start < head.end() + _HEAD]
    issuer = next((p for p in near if p.kind in kinds.ARMED_KINDS and not p.bare and not p.general), None)
    acting = [a.party for s in thread.scenes for a in s.agents if a.alleged_by is None]
    if issuer is None or not any(_same_side(issuer, party) for party in acting):
        return None
    span = thread.scenes[0].span
    return Claim(issuer.name, "admits", span, span.of(text))


def _in_light_of(speech: Speech, thread: Thread) -> tuple[Stance, str | None]:
    """(stance, id of whom it is about) of what is said, by who did it: a deed told of another side accuses it, a deed
    told of one's own side owns up to it."""
    about = speech.about.id if speech.about else None
    if speech.learned and speech.stance in _OF_ONES_OWN and not _may_own_up(speech, thread):
        speech = replace(speech, stance="asserts")
    if speech.stance != "asserts":
        return speech.stance, about
    if (accused := _opponent(speech, thread)) is not None:
        return "blames", accused
    if any(_compatriot(speech, a.party) for s in thread.scenes if s.sentence == speech.sentence for a in s.agents):
        return "admits", about
    return ("admits" if _own_deed(speech, thread) else "asserts"), about


def _may_own_up(speech: Speech, thread: Thread) -> bool:
    """True for a speaker of the side that did it, and for anybody but the side that was struck where none is told."""
    acting = [a.party for s in thread.scenes for a in s.agents]
    struck = [p for s in thread.scenes for p in s.targets]
    if acting:
        return any(_same_side(speech.party, party) for party in acting)
    return speech.party is not None and not any(_same_side(speech.party, party) for party in struck)


# Words for those whom a party under arms sends, followed by what they did.
_SENT = any_case(
    r"\b(?:aircraft|(?:war)?planes|jets|helicopters|drones?|troops|soldiers|forces|pilots?|gunners|units|"
    r"commandos|fighters|"
    r"mujahideen|members) (?:had |have |has )?(?:struck|hit|bombed|attacked|killed|shelled|fired|raided|"
    r"ambushed|targeted|"
    r"destroyed|captured|shot|stormed)\b|\bconfirm\w* (?:the|that it|that they|that its)\b"
    r"(?! (?:deaths?|death toll|toll|number|figures?))"
)


def _own_deed(speech: Speech, thread: Thread) -> bool:
    """True where a party under arms, not the one that was struck, tells of what its own side did."""
    party = speech.party
    if party is None or party.kind not in kinds.ARMED_KINDS or party.kind == "police":
        return False
    struck = [p for s in thread.scenes for p in s.targets] + [t.side for s in thread.scenes for t in s.told if t.side]
    acting = [a.party for s in thread.scenes if s.sentence == speech.sentence for a in s.agents]
    if any(_same_side(party, one) for one in acting):
        return True
    return bool(_SENT.search(speech.words)) and not acting and not any(_same_side(party, one) for one in struck)


def _follows(speech: Speech, thread: Thread, order: Order, involved: Sequence[PartyMention]) -> bool:
    """True where what is said outside the telling is of the incident: next after it, or by or about its parties."""
    last = order.last_before(speech.sentence)
    if last is None:
        return False
    elsewhere = last[0] == speech.sentence
    if not elsewhere and speech.stance != "asserts" and _speaks_of(speech.sentence, thread, order):
        return True
    if elsewhere and speech.stance in {"denies", "justifies"} and _speaks_of(speech.sentence - 1, thread, order):
        return True
    if not elsewhere and _own_deed(speech, thread) and _speaks_of(speech.sentence, thread, order):
        return True
    if not any(_same_side(speech.party, p) or _same_side(speech.about, p) for p in involved):
        return False
    if speech.stance == "asserts":
        return not elsewhere and _speaks_of(speech.sentence, thread, order)
    return speech.sentence > thread.scenes[0].sentence


def _involved(thread: Thread) -> list[PartyMention]:
    """The named parties that the telling makes perpetrators or sides."""
    acting = [a.party for s in thread.scenes for a in s.agents] + [p for s in thread.scenes for p in s.sides]
    return [p for p in acting if not p.general]


def _opponent(speech: Speech, thread: Thread) -> str | None:
    """The party that a speaker of another side says did it; who watches or reports a war accuses nobody by it."""
    if speech.party is not None and speech.party.kind in {"media", "monitor"}:
        return None
    for scene in thread.scenes:
        for acting in scene.agents if scene.sentence == speech.sentence else ():
            other = acting.party
            own = _same_side(speech.party, other) or _compatriot(speech, other)
            if acting.alleged_by == speech.name and _accusable(other) and not own:
                return other.id
    return None


def _compatriot(speech: Speech, other: PartyMention) -> bool:
    """True for an official of the state that acted, known by his nationality alone: "an Israeli official"."""
    if speech.party is not None or other.kind not in {"government", "military"} or not other.country:
        return False
    nation = other.name.rsplit(" of ", 1)[-1][:_STEM].lower()
    posts = _OFFICIAL.search(speech.name)
    return bool(posts) and any(word.lower().startswith(nation) for word in speech.name.split())


# A nationality begins like its country: "Israel", "Israeli".
_STEM = 4
_OFFICIAL = any_case(r"\b(?:officials?|officers?|sources?|minister|general|colonel|commander|diplomats?)\b")


def _accusable(party: PartyMention) -> bool:
    return party.kind in _BLAMEABLE and (not party.general or party.kind in kinds.ARMED_KINDS)


def _same_side(one: PartyMention | None, other: PartyMention) -> bool:
    """True for one party, and for two bodies of one state."""
    if one is None:
        return False
    state = {"government", "military", "police", "intelligence"}
    return one.id == other.id or (one.country == other.country and one.kind in state and other.kind in state)


def _speaks_of(sentence: int, thread: Thread, order: Order) -> bool:
    """True where a sentence without an event of its own comes next after one of this incident."""
    last = order.last_before(sentence)
    return last is not None and last[1] is thread and sentence - last[0] <= _CLAIM_REACH


def accused(
    said: Sequence[Claim], thread: Thread, material: Material, order: Order
) -> list[tuple[PartyMention, str | None]]:
    """Parties that a claim makes the perpetrator, each with who says so: who admits, who is blamed, and, in the
    report's own voice, whom it identifies as those who did it."""
    spans = {(c.span, c.speaker): c for c in said if c.stance in {"admits", "blames"} or _avenges(c, said, thread)}
    found: list[tuple[PartyMention, str | None]] = []
    for speech in material.speeches:
        claim = spans.get((speech.span, speech.name))
        party = speech.about if claim and claim.stance == "blames" else speech.party
        if claim is None or party is None or not (party.kind in _BLAMEABLE or party.bare):
            continue
        named = [a.party for s in thread.scenes for a in s.agents]
        if not any(one.id != party.id and _same_side(party, one) for one in named):
            found.append((party, speech.name))
    return found + _identified(thread, material, order)


def _avenges(claim: Claim, said: Sequence[Claim], thread: Thread) -> bool:
    """True where somebody gives his reasons for a deed that nobody else is named for: he did it."""
    named = any(not a.party.general for s in thread.scenes for a in s.agents)
    return claim.stance == "justifies" and not named and not any(c.stance == "blames" for c in said)


def _identified(thread: Thread, material: Material, order: Order) -> list[tuple[PartyMention, str | None]]:
    """Whom a sentence of the telling, or one after it, says or suspects the attackers to be, with who says so."""
    own = {s.sentence for s in thread.scenes if not s.background}
    after = {n + i for n in own for i in range(1, _CLAIM_REACH + 1)}
    near = own | {n for n in after if n < len(material.sentences) and _speaks_of(n, thread, order)}
    struck = {p.id for s in thread.scenes for p in s.targets}
    found: list[tuple[PartyMention, str | None]] = []
    for number in sorted(near):
        sentence = material.sentences[number]
        speaker = next((s.name for s in material.speeches if s.sentence == number), None)
        named = culprits.pointed_at(sentence, material.parties)
        if speaker is None and (one := claims.identified(sentence.root, material.phrases.at_token)) is not None:
            named = [one, *named]
        found += [(p, speaker) for p in named if _accusable(p) and p.id not in struck]
    return found


def is_disputed(said: Sequence[Claim], parties: Sequence[Actor]) -> bool:
    """True where somebody denies it and two different parties are said to have done it."""
    accused = {a.id for a in parties if a.role == "perpetrator" and a.alleged_by is not None}
    accused |= {c.about for c in said if c.stance == "blames" and c.about}
    return any(c.stance == "denies" for c in said) and len(accused) >= 2

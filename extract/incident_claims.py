"""Who says what of an incident, and whom that accuses."""

from __future__ import annotations

from collections.abc import Sequence

from extract import claims, kinds
from extract.claims import Speech
from extract.material import Material
from extract.records import Actor, Claim, Span
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


def of_thread(thread: Thread, material: Material, text: str, threads: Sequence[Thread]) -> tuple[Claim, ...]:
    """What is said in the sentences that tell of the incident, and who admits, denies, blames or excuses after them."""
    numbers = {s.sentence for s in thread.scenes}
    found: dict[tuple[str, str, Span], Claim] = {}
    involved = _involved(thread)
    for speech in material.speeches:
        if speech.sentence in numbers or _follows(speech, thread, threads, involved):
            if speech.about is not None and speech.stance == "blames":
                involved.append(speech.about)
            about = speech.about.id if speech.about else None
            accused = _opponent(speech, thread) if speech.stance == "asserts" else None
            stance = "blames" if accused else speech.stance
            claim = Claim(speech.name, stance, speech.span, speech.span.of(text), accused or about)
            found.setdefault((claim.speaker, claim.stance, claim.span), claim)
    return tuple(found.values())


def _follows(speech: Speech, thread: Thread, threads: Sequence[Thread], involved: Sequence[PartyMention]) -> bool:
    """True where what is said outside the telling is of the incident: next after it, or by or about its parties."""
    concerned = any(_same_side(speech.party, p) or _same_side(speech.about, p) for p in involved)
    elsewhere = any(speech.sentence == s.sentence for t in threads for s in t.scenes)
    if speech.stance == "asserts":
        return not elsewhere and concerned and _speaks_of(speech.sentence, thread, threads)
    if not elsewhere and _speaks_of(speech.sentence, thread, threads):
        return True
    return concerned and speech.sentence > thread.scenes[0].sentence


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
            if acting.alleged_by == speech.name and _accusable(other) and not _same_side(speech.party, other):
                return other.id
    return None


def _accusable(party: PartyMention) -> bool:
    return party.kind in _BLAMEABLE and (not party.general or party.kind in kinds.ARMED_KINDS)


def _same_side(one: PartyMention | None, other: PartyMention) -> bool:
    """True for one party, and for two bodies of one state."""
    if one is None:
        return False
    state = {"government", "military", "police", "intelligence"}
    return one.id == other.id or (one.country == other.country and one.kind in state and other.kind in state)


def _speaks_of(sentence: int, thread: Thread, threads: Sequence[Thread]) -> bool:
    """True where a sentence without an event of its own comes next after one of this incident."""
    before = [(s.sentence, t) for t in threads for s in t.scenes if s.sentence <= sentence]
    if not before:
        return False
    last, owner = max(before, key=lambda pair: pair[0])
    return owner is thread and sentence - last <= _CLAIM_REACH


def accused(
    said: Sequence[Claim], thread: Thread, material: Material, threads: Sequence[Thread]
) -> list[tuple[PartyMention, str | None]]:
    """Parties that a claim makes the perpetrator, each with who says so: who admits, who is blamed, and, in the
    report's own voice, whom it identifies as those who did it."""
    spans = {(c.span, c.speaker): c for c in said if c.stance in {"admits", "blames"} or _avenges(c, said, thread)}
    found: list[tuple[PartyMention, str | None]] = []
    for speech in material.speeches:
        claim = spans.get((speech.span, speech.name))
        party = speech.about if claim and claim.stance == "blames" else speech.party
        if claim and party is not None and (party.kind in _BLAMEABLE or party.bare):
            found.append((party, speech.name))
    return found + [(party, None) for party in _identified(thread, material, threads)]


def _avenges(claim: Claim, said: Sequence[Claim], thread: Thread) -> bool:
    """True where somebody gives his reasons for a deed that nobody else is named for: he did it."""
    named = any(not a.party.general for s in thread.scenes for a in s.agents)
    return claim.stance == "justifies" and not named and not any(c.stance == "blames" for c in said)


def _identified(thread: Thread, material: Material, threads: Sequence[Thread]) -> list[PartyMention]:
    """Whom the report itself says that the attackers were, in a sentence after the telling."""
    spoken = {s.sentence for s in material.speeches}
    return [
        party
        for number, sentence in enumerate(material.sentences)
        if number not in spoken and _speaks_of(number, thread, threads)
        if (party := claims.identified(sentence.root, material.phrases.at_token)) is not None
    ]


def is_disputed(said: Sequence[Claim], parties: Sequence[Actor]) -> bool:
    """True where somebody denies it and two different parties are said to have done it."""
    accused = {a.id for a in parties if a.role == "perpetrator" and a.alleged_by is not None}
    accused |= {c.about for c in said if c.stance == "blames" and c.about}
    return any(c.stance == "denies" for c in said) and len(accused) >= 2

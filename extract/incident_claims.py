"""Who says what of an incident, and whom that accuses."""

from __future__ import annotations

from collections.abc import Sequence

from extract import kinds
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
    for speech in material.speeches:
        if speech.sentence in numbers or (speech.stance != "asserts" and _speaks_of(speech.sentence, thread, threads)):
            about = speech.about.id if speech.about else None
            accused = _opponent(speech, thread) if speech.stance == "asserts" else None
            stance = "blames" if accused else speech.stance
            claim = Claim(speech.name, stance, speech.span, speech.span.of(text), accused or about)
            found.setdefault((claim.speaker, claim.stance, claim.span), claim)
    return tuple(found.values())


def _opponent(speech: Speech, thread: Thread) -> str | None:
    """The party that an armed party or government says did it, where that is its opponent and not itself."""
    if speech.party is None or speech.party.general or speech.party.kind not in kinds.ARMED_KINDS:
        return None
    for scene in thread.scenes:
        for acting in scene.agents if scene.sentence == speech.sentence else ():
            other = acting.party
            own = {speech.party.id, speech.party.country} & {other.id, other.country}
            if acting.alleged_by == speech.name and not other.general and not own:
                return other.id
    return None


def _speaks_of(sentence: int, thread: Thread, threads: Sequence[Thread]) -> bool:
    """True where a sentence without an event of its own comes next after one of this incident."""
    before = [(s.sentence, t) for t in threads for s in t.scenes if s.sentence <= sentence]
    if not before:
        return False
    last, owner = max(before, key=lambda pair: pair[0])
    return owner is thread and sentence - last <= _CLAIM_REACH


def accused(said: Sequence[Claim], material: Material) -> list[tuple[PartyMention, str]]:
    """Parties that a claim makes the perpetrator, each with who says so: who admits, and who is blamed."""
    spans = {(c.span, c.speaker): c for c in said if c.stance in {"admits", "blames"}}
    found = []
    for speech in material.speeches:
        claim = spans.get((speech.span, speech.name))
        party = speech.party if claim and claim.stance == "admits" else speech.about
        if claim and party is not None and (party.kind in _BLAMEABLE or party.bare):
            found.append((party, speech.name))
    return found


def is_disputed(said: Sequence[Claim], parties: Sequence[Actor]) -> bool:
    """True where somebody denies it and two different parties are said to have done it."""
    accused = {a.id for a in parties if a.role == "perpetrator" and a.alleged_by is not None}
    accused |= {c.about for c in said if c.stance == "blames" and c.about}
    return any(c.stance == "denies" for c in said) and len(accused) >= 2

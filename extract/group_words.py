"""Words that names of armed groups are made of, with the kind of party that they tell."""

from __future__ import annotations

from collections.abc import Sequence


def _kinds(**kinds: str) -> dict[str, str]:
    return {word: kind.replace("_", "-") for kind, words in kinds.items() for word in words.split()}


# The noun that says what a group is, at the end of an English name or before "of" and "for" -> kind of party.
LAST_NOUNS = _kinds(
    rebel="army front movement legion column resistance revolutionaries hawks falcons tigers lions wolves avengers",
    militia=(
        "brigade brigades battalions militia militias guard guards force forces squad squads commando commandos "
        "vigilantes corps"
    ),
    criminal="cartel gang mafia syndicate",
    political="party",
)
# The noun that opens a name in another language.
FIRST_NOUNS = _kinds(
    rebel=(
        "frente ejercito fuerza fuerzas movimiento comando comandos brigada brigadas columna bloque coordinadora "
        "mouvement armee harakat haraka tentara gerakan barisan bahini mai"
    ),
    jihadist=(
        "jaish jaysh jaich lashkar jabhat jabha liwa jund jundallah ansar kataib katibat katiba katibah saraya "
        "harkat hizb hizbul tehrik tehreek sipah jamaat jemaah asaib faylaq tanzim"
    ),
    criminal="clan",
)
# Nouns that peaceful bodies bear too: a name with one is a group's where another word of it speaks of fighting.
WEAK_LAST = frozenset(
    "group organisation organization alliance union council committee committees network coalition congress".split()
)
FIGHTING = frozenset(
    (
        "liberation revolutionary resistance revolution jihad mujahideen martyrs salvation freedom independence armed"
    ).split()
)
# Nouns that "for" may follow within a name ("Front for the Defence of ..."), and those that "of" may.
TAKES_FOR = WEAK_LAST | set("front movement army party brigade brigades forces force militia resistance".split())
TAKES_OF = TAKES_FOR | set(
    "legion column lions tigers falcons hawks wolves guards guard battalions squad corps".split()
)
HOLY = {"islamic", "jihad", "mujahideen", "mujahedeen", "islam", "allah", "sharia", "caliphate", "sunna", "khorasan"}
# Words of which a state's own bodies are called.
GENERIC = frozenset(
    (
        "national armed defence defense security special royal air ground land naval navy border presidential "
        "republican rapid joint general central federal state republic regional northern southern eastern western "
        "interim reserve territorial public civil internal government infantry armoured armored mountain airborne "
        "parachute interior police military marine coast home task action reaction response intervention strike "
        "protection united nations un african european multinational international peacekeeping stabilisation "
        "stabilization mission peace high supreme counter anti terrorism fire rescue imperial red first second third "
        "fourth fifth sixth seventh eighth ninth tenth main political ruling new old the and of for"
    ).split()
)
# Words that begin a sentence or a date rather than a name.
NO_NAME = frozenset(
    (
        "a an the two three four five six seven eight nine ten some several many other others these those all "
        "more near after before when while armed suspected alleged unidentified unknown masked local tribal "
        "former young however meanwhile likewise yesterday today january february march april may june july "
        "august september october november december monday tuesday wednesday thursday friday saturday sunday mr "
        "mrs president general colonel"
    ).split()
)


def kind_of(keys: Sequence[str]) -> str | None:
    """The kind that the words of a name tell."""
    if HOLY & set(keys):
        return "jihadist"
    if "death" in keys or ("self" in keys and ("defence" in keys or "defense" in keys)):
        return "militia"
    if {"liberation", "revolutionary", "resistance"} & set(keys):
        return "rebel"
    return next((LAST_NOUNS[k] for k in reversed(keys) if k in LAST_NOUNS), None) or FIRST_NOUNS.get(keys[0])

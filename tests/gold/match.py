"""When a predicted field agrees with the gold: pure comparisons, each of them lenient in one stated way only.

Predictions are the public JSON objects of ``geo.contract``; gold objects are described in ``tests/gold/README.md``.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Iterable
from typing import Any

Json = dict[str, Any]

# Words that tell nothing about who is meant when they stand beside a name.
_EMPTY_WORDS = {"a", "an", "and", "at", "by", "for", "from", "group", "in", "its", "members", "of", "on", "s", "same"}
_EMPTY_WORDS |= {"some", "the", "their", "to", "with"}
# Words that make up a description of nobody in particular: "unidentified armed men".
_ANONYMOUS = {"armed", "assailant", "attacker", "bomber", "gunman", "gunmen", "individual", "knifeman", "man", "masked"}
_ANONYMOUS |= {
    "men",
    "motorbike",
    "motorcycle",
    "motorcyclist",
    "people",
    "person",
    "perpetrator",
    "suicide",
    "suspect",
}
_ANONYMOUS |= {"suspected", "unidentified", "unknown"}
# Words for the post of whoever speaks for a party: what a spokesman of the army says, the army says.
_POSTS = {"chief", "command", "officer", "official", "representative", "source", "spokesman", "spokeswoman"}
# One party by several words; a country stands for the adjective made from it.
_ALIKE = {"troop": "army", "military": "army", "regime": "government", "defense": "defence", "israeli": "israel"}
_ALIKE |= {"syrian": "syria", "russian": "russia", "turkish": "turkey", "iraqi": "iraq", "ukrainian": "ukraine"}
_ALIKE |= {"sudanese": "sudan", "yemeni": "yemen", "nepalese": "nepal", "ethiopian": "ethiopia", "chadian": "chad"}
_ALIKE |= {"armenian": "armenia", "azerbaijani": "azerbaijan", "egyptian": "egypt", "indonesian": "indonesia"}
_ALIKE |= {"pakistani": "pakistan", "malian": "mali", "georgian": "georgia", "serbian": "serbia", "serb": "serbia"}
_ALIKE |= {"colombian": "colombia", "croatian": "croatia", "french": "france", "philippine": "philippines"}
_ALIKE |= {
    "indian": "india",
    "mexican": "mexico",
    "nigerian": "nigeria",
    "salvadoran": "salvador",
    "tajik": "tajikistan",
}
_ALIKE |= {"kyrgyz": "kyrgyzstan", "estonian": "estonia", "burundian": "burundi", "lebanese": "lebanon"}
# A word such as "dozens" is right when it is read as anything from half to half more than its usual figure.
_VAGUE = (0.5, 1.5)


def words(name: str) -> frozenset[str]:
    """Telling words of a name, without accents, capitals and a plural's s, and one word for all that mean the same."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower().replace("u.s.", "us")
    found = (w for w in re.findall(r"[a-z0-9]+", plain) if w not in _EMPTY_WORDS)
    single = (w[:-1] if len(w) > 4 and w.endswith("s") and w not in _ALIKE.values() else w for w in found)
    return frozenset(_ALIKE.get(w, w) for w in single)


def same_name(one: str, other: str) -> bool:
    """True where all telling words of one name stand in the other."""
    a, b = words(one), words(other)
    return bool(a and b) and (a <= b or b <= a)


def any_name(accepted: Iterable[str], offered: Iterable[str]) -> bool:
    """True where any of the offered names is one of the accepted names."""
    names = list(offered)
    return any(same_name(a, o) for a in accepted for o in names)


def actor_names(actor: Json) -> list[str]:
    """All that names an actor: its name, the words of the text, its id."""
    return [str(actor[key]) for key in ("name", "text", "id") if actor.get(key)]


def actors(incident: Json, *roles: str) -> list[Json]:
    """Actors of a predicted incident in one of the roles, without those that are nobody in particular."""
    chosen = [a for a in incident.get("actors") or [] if a.get("role") in roles]
    return [a for a in chosen if not words(str(a.get("name") or "")) <= _ANONYMOUS]


def perpetrator_right(gold: Json, incident: Json) -> bool:
    """True where a perpetrator is the gold's, or none is given where the gold has none."""
    roles = ("perpetrator", "target", "participant") if gold.get("either_role") else ("perpetrator",)
    found = actors(incident, *roles)
    if not gold["perpetrator"]:
        return not actors(incident, "perpetrator")
    if not found:
        return bool(gold.get("unnamed_ok"))
    return any(any_name(gold["perpetrator"], actor_names(a)) for a in found)


def target_right(gold: Json, incident: Json) -> bool:
    """True where a target (or a participant) is one of the gold's; civilians also by their kind."""
    roles = ("target", "participant", "perpetrator") if gold.get("either_role") else ("target", "participant")
    found = actors(incident, *roles)
    civilian = any(same_name("civilians", name) for name in gold["target"])
    return any(
        any_name(gold["target"], actor_names(a)) or (civilian and "civilian" in str(a.get("kind")).lower())
        for a in found
    )


def km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance in km on a sphere of radius 6371 km; arguments in degrees."""
    rad = math.pi / 180
    half = math.sin((lat2 - lat1) * rad / 2) ** 2
    half += math.cos(lat1 * rad) * math.cos(lat2 * rad) * math.sin((lon2 - lon1) * rad / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(half)))


def place_right(gold: Json, incident: Json) -> bool:
    """True where the place lies within the gold's tolerance, or both have none."""
    want, got = gold["place"], incident.get("place")
    if got is None or got.get("lat") is None or got.get("lon") is None:
        return want is None or bool(gold.get("place_optional"))
    if want is None:
        return False
    return km(want["lat"], want["lon"], got["lat"], got["lon"]) <= float(want["tolerance_km"])


def date_right(gold: Json, incident: Json) -> bool:
    """True where the days overlap the gold's and are not more than twice as many, or both have none."""
    got = incident.get("date")
    if got is None:
        return gold["date"] is None or bool(gold.get("date_optional"))
    wanted = [(d["start"], d["end"]) for d in [gold["date"]] if d] + [tuple(d) for d in gold.get("date_also", [])]
    return any(_overlaps(_days(*want), _days(got["start"], got["end"])) for want in wanted)


def _days(start: str, end: str) -> tuple[int, int]:
    return dt.date.fromisoformat(start[:10]).toordinal(), dt.date.fromisoformat(end[:10]).toordinal()


def _overlaps(want: tuple[int, int], got: tuple[int, int]) -> bool:
    shared = got[0] <= want[1] and want[0] <= got[1]
    return shared and got[1] - got[0] + 1 <= 2 * (want[1] - want[0] + 1)


def count_right(gold: Json, incident: Json, outcome: str) -> bool:
    """True where the number of an outcome over the incident is the gold's range, or an alternative of it."""
    got = (incident.get(f"{outcome}_low"), incident.get(f"{outcome}_high"))
    vague = any(t.get("vague") and t["outcome"] == outcome for t in gold["tolls"])
    wanted = [gold[outcome], *gold.get(f"{outcome}_also", [])]
    return any(_same_range(want, got, vague=vague) for want in wanted)


def _same_range(want: list[int | None] | None, got: tuple[int | None, int | None], *, vague: bool) -> bool:
    if want is None or want == [0, 0]:
        return got in ((None, None), (0, 0))
    if got == (None, None):
        return False
    low, high = got[0] if got[0] is not None else got[1], got[1] if got[1] is not None else got[0]
    if want[0] is None:
        return high == want[1] and got[0] in (None, 0, 1, want[1])
    if vague and want[1] is None:
        return _VAGUE[0] * want[0] <= (low or 0) <= _VAGUE[1] * want[0]
    return low == want[0] and high == (want[1] if want[1] is not None else want[0])


def toll_of(toll: Json, incident: Json) -> list[Json]:
    """The predicted figures that are the gold toll's, whoever gives them."""
    return [c for c in incident.get("casualties") or [] if c.get("outcome") == toll["outcome"] and _figure(toll, c)]


def _figure(toll: Json, claim: Json) -> bool:
    got = {n for n in (claim.get("low"), claim.get("high")) if n is not None}
    want = {n for n in (toll["low"], toll["high"]) if n is not None}
    if toll.get("vague"):
        return any(_VAGUE[0] * w <= g <= _VAGUE[1] * w for w in want for g in got)
    return bool(got & want)


def speaker_right(toll: Json, figures: list[Json], publisher: str | None) -> bool:
    """True where one of the figures is given by the gold's speaker; the publisher speaks where no other is named."""
    speakers = _several(toll["speaker"])
    own_voice = not speakers or bool(publisher and any(same_speaker(publisher, name) for name in speakers))
    said_by = [figure.get("claimed_by") for figure in figures]
    return any(own_voice if name is None else any(same_speaker(s, str(name)) for s in speakers) for name in said_by)


def same_speaker(one: str, other: str) -> bool:
    """True where both names, their posts left aside, are of one party or person."""
    a, b = words(one), words(other)
    a, b = a - _POSTS or a, b - _POSTS or b
    return bool(a and b) and (a <= b or b <= a)


def stance_right(stance: Json, incident: Json) -> bool:
    """True where a claim of the incident has the gold's stance and speaker."""
    return any(
        c.get("stance") in _several(stance["stance"])
        and any(same_speaker(s, str(c.get("speaker") or "")) for s in _several(stance["speaker"]))
        for c in incident.get("claims") or []
    )


def _several(value: str | list[str] | None) -> list[str]:
    """A list of one where there is one, of none where there is none."""
    return [value] if isinstance(value, str) else value or []

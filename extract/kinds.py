"""Which type an event is told as: words of action narrowed by weapon, parties and crowd.

Works on one sentence; pure functions of what was found in it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from spacy.tokens import Token

from extract.patterns import any_case
from extract.records import Weapon
from extract.registry import PartyMention

# Kind of weapon -> the narrower type of an attack by it.
BY_WEAPON = {
    "drone": "drone_strike",
    "missile": "missile_strike",
    "rocket": "shelling",
    "artillery": "shelling",
    "mortar": "shelling",
    "suicide-vest": "suicide_bombing",
    "vehicle-bomb": "car_bomb",
    "chemical": "chemical_attack",
    "grenade": "grenade_attack",
    "mine": "landmine_explosion",
    "explosive": "bombing",
    "bomb": "bombing",
    "small-arms": "shooting",
    "blade": "stabbing",
    "aircraft": "air_strike",
    "helicopter": "air_strike",
    "cluster": "air_strike",
    "incendiary": "shelling",
}
GENERIC = {"attack", "killing", "explosion", "bombing", "raid"}
# Which type names an event told with several: the first of these.
NARROWEST = (
    "suicide_bombing chemical_attack aerial_barrel_bomb drone_strike air_strike car_bomb roadside_bomb "
    "ambush grenade_attack landmine_explosion missile_strike shelling sexual_violence abduction "
    "assassination execution stabbing vehicle_ramming mob_violence riot force_against_protesters massacre "
    "protest_with_intervention shooting bombing arson looting robbery aircraft_downing "
    "government_regains_territory non_state_actor_overtakes_territory weapons_interception armed_clash "
    "raid attack torture arrest sabotage property_destruction siege offensive advance "
    "infrastructure_attack cyber_operation explosion killing protest displacement evacuation withdrawal "
    "deployment headquarters_established ceasefire agreement prisoner_exchange aid_convoy talks other"
).split()
RANK = {name: i for i, name in enumerate(NARROWEST)}
ARMED_KINDS = frozenset(
    (
        "military police intelligence paramilitary militia rebel jihadist separatist coalition "
        "private-military peacekeepers government"
    ).split()
)
# Those who tell of a war, help or talk in it, and do not fight it.
NEUTRAL_KINDS = {"media", "monitor", "aid", "international"}
STATE_KINDS = {"military", "government", "police", "coalition", "intelligence", "peacekeepers"}
AIR = any_case(
    r"\b(?:war|air)(?:planes?|crafts?)\b|\bplanes?\b|\bjets?\b|\bhelicopters?\b|\bgunships?\b|\bair ?force\b"
)
_CHEMICAL = any_case(
    r"\b(chlorine|sarin|mustard gas|(?:poison(?:ous)?|toxic|nerve|asphyxiating) (?:gas(?:es)?|agents?|"
    r"substances?|chemicals?)|chemical (?:weapons?|attacks?|agents?|munitions?|shells?|bombs?|strikes?)|"
    r"white phosphorus)\b"
)
_CROWD = any_case(
    r"\b(protest\w*|demonstrat\w*|rall(?:y|ies|ied)|march(?:es|ed|ers)?|sit-?ins?|human chain|rioters?|riots?|"
    r"picket\w*|crowds? of|gathered (?:peacefully|to demand))\b"
)
_FORCE = any_case(
    r"\b(tear[ -]?gas\w*|rubber(?:-coated)? (?:bullets?|steel)|water cannons?|batons?(?: charg\w+)?|"
    r"baton-charg\w+|pepper[ -]spray\w*|dispers\w+|crackdown|stun grenades?|excessive force|live (?:fire|"
    r"rounds?|ammunition|bullets)|suppress\w*|baton charged)\b"
)
_SHOT = any_case(r"\b(?:open(?:ed|ing)? fire|fired (?:on|at|into|upon|live)|shot|gunned)\b")
_GRAVE = any_case(
    r"\b(kill\w*|shot|shoot\w*|dead|died|wound\w*|injur\w*|live (?:fire|rounds?|ammunition|bullets)|excessive|"
    r"beat(?:en|ing)?|suffocat\w+|opened fire|violent(?:ly)? (?:crackdown|suppress\w*))\b"
)
_UNREST = any_case(
    r"\b(riot(?:s|ed|ing|ers?)?|(?:threw|throw\w*|thrown|hurl\w*|pelt\w*) (?:\w+ ){0,3}(?:stones?|rocks?|"
    r"bottles?|bricks?|petrol bombs?|molotov\w*|fireworks?|firecrackers|objects)|turned violent|"
    r"violent (?:protests?|demonstrations?|clashes)|torch\w*|set (?:\w+ ){0,4}(?:on fire|ablaze|alight)|"
    r"vandal\w*|loot\w*|clash\w* (?:\w+ ){0,3}with (?:\w+ ){0,4}(?:police|security|officers|soldiers)|"
    r"clashes between (?:\w+ ){0,4}(?:police|protest\w+|demonstrat\w+)|barricades?|burn(?:ed|t|"
    r"ing)? tires)\b"
)
_MOB = any_case(
    r"\b(mobs?|lynch\w*|vigilantes?|villagers|an? (?:\w+ )?crowd (?:beat|of \w+ beat|set|lynched|killed)|"
    r"herders and farmers|farmers and herders|clans?|tribesmen|rival supporters|passers-by|communal|"
    r"angry (?:residents|crowd|locals)|sectarian (?:clashes|riots?)|"
    r"two (?:groups|communities|clans|tribes|families)|rival (?:groups|communities|clans|fans))\b"
)
_HARM = any_case(
    r"\b(kill\w*|attack\w*|beat(?:en|ing)?|burn\w*|torch\w*|vandal\w*|clash\w*|set (?:\w+ ){0,3}(?:fire|ablaze)|"
    r"hack\w*|stone\w*|pelt\w*|thrash\w*|lynch\w*)\b"
)


# What a blast is by how its charge came there.
_SUICIDE = any_case(
    r"\bblew (?:him|her|them|it)sel(?:f|ves) up\b|\bblow(?:ing|n|s)? (?:him|her|them|it)sel(?:f|ves) up\b|"
    r"\bstrapped to (?:his|her|their)\b|\bsuicide\b|\bexplosive(?:s)? (?:belt|vest)s?\b"
)
_VEHICLE = (
    r"(?:cars?|trucks?|lorr(?:y|ies)|vans?|vehicles?|motor(?:cycle|bike)s?|pick-?ups?|minibus|tanker|taxi|"
    r"rickshaw|jeep)"
)
_RIGGED = any_case(
    rf"\b{_VEHICLE}\b[^.,;]{{0,15}}\b(?:packed|laden|loaded|rigged|filled|stuffed|fitted) with\b|"
    rf"\b(?:explosives?-?[ ]?(?:laden|packed|filled)|booby[- ]?trapped|rigged|bomb-laden|parked) {_VEHICLE}\b"
)
_LAID = any_case(
    r"\b(?:bombs?|devices?|explosives?|charges?)\b[^.;]{0,20}\b(?:buried|planted|laid|hidden|concealed|placed)\b"
    r"[^.;]{0,25}\b(?:roads?|roadside|highway|street|track|culvert|path)\b|"
    r"\b(?:vehicle|convoy|truck|patrol|jeep|bus|motorcade|lorry)\b[^.;]{0,20}\b(?:hit|struck|ran over|drove over) "
    r"(?:by )?an? (?:improvised|explosive|roadside|bomb|ied)\b|\bby the (?:road|roadside|highway)\b"
)
_DEVICE = any_case(r"\b(?:bombs?|(?<!cooking )devices?|dynamite|explosive charges?|parcels?|planted|timer)\b")
WORKS = any_case(
    r"\b(?:pylons?|power (?:lines?|plants?|stations?|grid|supply)|electricity|(?:gas |oil )?pipelines?|sub-?stations?|"
    r"transformers?|(?:high[- ]tension|transmission|telephone|cell) (?:towers?|lines?|masts?)|refiner(?:y|ies)|dams?|"
    r"railways?|rails?|tracks?|telephone exchange|pumping station|water (?:mains?|works|plant|station|tower)|"
    r"(?:undersea |fibre |data )?cables?|bridges?|oil (?:terminal|depot)|fuel depot)\b"
)
_CHOSEN = frozenset(
    (
        "judge mayor senator governor minister deputy candidate editor journalist reporter activist leader elder "
        "cleric priest bishop archbishop politician councillor councilman lawmaker lawyer prosecutor ambassador "
        "diplomat official imam professor rector unionist general colonel commander president chief attorney "
        "magistrate congressman singer businessman adviser chairman secretary writer blogger broadcaster scientist"
    ).split()
)
_BY_BLAST = (("suicide_bombing", _SUICIDE), ("car_bomb", _RIGGED), ("roadside_bomb", _LAID))


def by_object(kind: str, struck: Sequence[Token]) -> str:
    """The type after what is struck: works of supply, or one person of rank."""
    words = " ".join(t.doc[max(t.left_edge.i, t.i - 3) : t.i + 1].text for t in struck)
    if kind in {"attack", "property_destruction", "explosion", "sabotage"} and WORKS.search(words):
        return "infrastructure_attack"
    one = any(t.tag_ in {"NN", "NNP"} and t.lemma_.lower() in _CHOSEN for t in struck)
    return "assassination" if one and kind in {"shooting", "killing"} else kind


def narrowed(kind: str, frame: str, noun: bool, weapons: Sequence[Weapon], sentence: str) -> str:
    """The type of one word of action, a general one narrowed by the weapon or aircraft told with it."""
    by_weapon = next((BY_WEAPON[w.kind] for w in weapons if w.kind in BY_WEAPON), None)
    if kind in {"bombing", "explosion"}:
        by_blast = next((name for name, words in _BY_BLAST if words.search(sentence)), None)
        if by_blast or (kind == "explosion" and by_weapon is None and _DEVICE.search(sentence)):
            return by_blast or "bombing"
    if kind in {"attack", "killing", "shelling", "bombing"} and frame in {"hit", "fire", "act", "kill"}:
        if by_weapon in {"missile_strike", "drone_strike", "chemical_attack"}:
            return by_weapon
        if not noun and kind != "killing" and AIR.search(sentence):
            return "air_strike"
    if (
        noun
        and kind in {"bombing", "shelling"}
        and _WARPLANES.search(sentence)
        and by_weapon in {None, "air_strike", "bombing"}
    ):
        return "air_strike"
    if noun and kind == "attack" and by_weapon is None and _STRIKE.search(sentence) and not _ON_FOOT.search(sentence):
        return "air_strike"
    if kind in GENERIC and by_weapon and not (kind in {"raid", "bombing"} and by_weapon in {"shooting", "bombing"}):
        return by_weapon
    return kind


_WARPLANES = any_case(
    r"\bwarplanes?\b|\bair ?force\b|\bjets?\b|\baircraft\b|\bmigs?\b|\bhelicopters?\b|\bfrom the air\b|\baerial\b"
)
_STRIKE = any_case(r"\bstrikes?\b")
_ON_FOOT = any_case(
    r"\b(attack(?:s|ed)?|gunmen|stabb\w+|hunger|general strike|workers?|union|grenades?|suicide|arson|rockets?|"
    r"mortars?|artillery|missiles?)\b"
)
# What is told of beside a crowd, not as its doing.
_DESPITE_CROWD = frozenset("abduction suicide_bombing car_bomb air_strike bombing drone_strike arrest".split())


def captured(agents: Collection[PartyMention]) -> str:
    """The type of a place changing hands: by whose hands."""
    state = any(a.kind in STATE_KINDS for a in agents) or not agents
    return "government_regains_territory" if state else "non_state_actor_overtakes_territory"


def settled(kind: str, sentence: str, agents: Collection[PartyMention], targets: Collection[PartyMention]) -> str:
    """The type after the whole sentence: gas, crowds and fights between two armed sides told by other words."""
    if _CHEMICAL.search(sentence) and kind not in {"weapons_interception", "talks", "agreement", "arrest"}:
        return "chemical_attack"
    crowd = _of_crowd(sentence, agents)
    if crowd and kind not in _DESPITE_CROWD:
        return crowd
    if kind in {"attack", "killing", "raid", "shooting"} and _fought(agents, targets):
        return "armed_clash"
    return kind


def _of_crowd(sentence: str, agents: Collection[PartyMention]) -> str | None:
    """The type of what a crowd does or suffers, None where no crowd is told of."""
    if _CROWD.search(sentence):
        if _UNREST.search(sentence):
            return "riot"
        shot = _SHOT.search(sentence) and any(a.kind in STATE_KINDS for a in agents)
        if shot or _FORCE.search(sentence):
            return "force_against_protesters" if _GRAVE.search(sentence) else "protest_with_intervention"
        return None
    return "mob_violence" if _MOB.search(sentence) and _HARM.search(sentence) and not _ARMS.search(sentence) else None


_ARMS = any_case(
    r"\b(gunmen|militants?|rebels?|jihadists?|troops|soldiers|warplanes?|air ?strikes?|islamic state|taliban|"
    r"boko haram|bandits)\b"
)


def _fought(agents: Collection[PartyMention], targets: Collection[PartyMention]) -> bool:
    """True where armed parties attack armed parties: a fight, not violence against civilians."""
    acting = any(a.kind in ARMED_KINDS or (a.kind == "unidentified" and a.general) for a in agents)
    struck = [t for t in targets if t.kind in ARMED_KINDS and not t.bare and t.kind != "government"]
    return acting and bool(struck) and not any(t.kind == "civilian" for t in targets)


def best(types: Sequence[str]) -> str:
    """The narrowest of several types."""
    return min(types, key=lambda t: RANK.get(t, 99))

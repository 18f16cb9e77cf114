"""Reports that borrow the words of war: sport, markets, films, drills; and those that look back on old events."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from extract.accident_words import ACCIDENTS
from extract.patterns import any_case

_SPORT = (
    "match matches goal goals league striker coach season cup defender midfielder tournament championship scored "
    "playoff innings quarterback touchdown linebacker semifinal semi-final final fans whistle penalty referee "
    "goalkeeper captain home-side midfield squad win winner wicket batsman basketball football rugby tennis "
    "cricket hockey olympic medal team teams striker's stadium kick-off half-time overtime passer halftime "
    "gunners set-piece sprint grand-prix boxer knockout round "
).split()
_MARKET = (
    "traders trader shares share stocks dollar euro index bank banks investors gold copper wheat oil-price yields "
    "bond bonds rate rates market markets earnings profit inflation currency commodity rally equities nasdaq "
).split()
_SCREEN = (
    "film films movie cinema cinemas actor actress director premiere screenplay box-office novel episode series "
    "festival trailer viewers audience critics stars starring sequel prop studio video-game gamers players album "
    "theatre novelist "
).split()
_DRILL = any_case(
    r"\b(exercises?|drills?|war[ -]?games?|manoeuvres|maneuvers|simulat\w+|fictitious|imaginary|mock|scenario|"
    r"dummy|rehears\w+|training)\b"
)
_MEMORY = any_case(
    r"\b(anniversary|commemorat\w+|memorial|remember(?:s|ed|ing|ance)?|years (?:on|after|later)|candles|"
    r"tribute|history of|museum|historians?|on this day|decades? (?:on|after|later)|veterans?)\b"
)
_HEAD, _OPENING = 300, 200
_MISHAP = any_case(
    rf"\b({ACCIDENTS}|collided|collision|overturned (?:on|near|when|after|and|in)|plunged|sank|earthquakes|"
    r"aftershocks?|tsunami|landslides|mudslides?|torrential|lightning|heat ?wave|droughts|famine|bushfires?|blaze|"
    r"gas explosion|measles|flu|road accident|train accident)\b"
)
_ARMED = any_case(
    r"\b(gunm[ae]n|gunfire|militants?|militias?|rebels?|insurgents?|guerrillas?|terroris\w+|jihadis\w+|bandits?|"
    r"bomb(?!ard)\w*|rockets?|missiles?|shell(?:s|ed|ing)|mortars?|artillery|grenades?|ambush\w*|assassin\w+|"
    r"shot dead|shot down|opened fire|shoot(?:ing|out)|air ?strikes?|drones?|sabotage\w*|kidnap\w*|abduct\w*|"
    r"hostages?|attack(?:s|ed|ers?)?|clash(?:es|ed)?|fighting|war|offensive|massacre\w*|executed|stabb\w+|"
    r"arson|riot\w*|protest\w*)\b"
)
# So many different words of a genre make a report one of it (own gold: sport, market and film reports have 4 to 11).
_ENOUGH = 4
_WORD = re.compile(r"[a-z][a-z'-]+")
# Words that only a report of real violence has.
_GRAVE = any_case(
    r"\b(police said|gunmen|hospital|hospitals|militants?|rebels?|soldiers were|civilians?|bodies|wounded|"
    r"airstrikes?|shelling|bomber)\b"
)


def is_play(text: str) -> bool:
    """True for a report of sport, markets or the screen: its attacks and battles are figures of speech."""
    words = set(_WORD.findall(text.lower()))
    most = max(sum(w in words for w in genre) for genre in (_SPORT, _MARKET, _SCREEN))
    return most >= _ENOUGH and most > 2 * len({m.group() for m in _GRAVE.finditer(text)})


def is_drill(text: str) -> bool:
    """True for a report of a military exercise."""
    found = [m.group().lower() for m in _DRILL.finditer(text)]
    return (
        len(found) >= 2
        and len(set(found)) >= 2
        and not re.search(r"\b(killed|wounded) (?:in|by) (?:an?|the) (?:air ?strike|attack|bomb)", text, re.I)
    )


def is_mishap(text: str) -> bool:
    """True for a report of an accident, a disaster or an illness: its head tells of one, and nowhere of arms."""
    return bool(_MISHAP.search(text[:_HEAD])) and not _ARMED.search(text)


@lru_cache(maxsize=1)
def looks_back(text: str) -> bool:
    """True for a report of remembrance: what it tells of happened long ago. Asked of every sentence of a report."""
    found = [m.start() for m in islice(_MEMORY.finditer(text), 2)]
    return len(found) == 2 or bool(_MEMORY.search(text[:_OPENING]))

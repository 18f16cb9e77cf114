"""What is sure enough to be reported: short reports with nothing to tell, words that only look like conflict."""

from __future__ import annotations

import pytest

from extract import confidence
from tests.extract.conftest import Read

# None of these is in the training texts.
QUIET = [
    "Police in Porto seized 640 kilograms of cocaine on Tuesday. Three sailors were arrested. It was bound for Ghent.",
    "Customs officers at Chirundu captured eleven vehicles that had been brought across the Zambezi without papers.",
    "The Central Committee ended its plenum on Friday. The delegates saluted the heroic fight of the peoples of "
    "southern Africa and condemned the aggression of the racists. A commission will draft the programme.",
    "In his homily the bishop said that violence breeds violence and that neither kidnapping nor bombs would bring "
    "bread to the poor. He prayed for those who are held captive. Thousands filled the square for the feast.",
    "Every bomb teaches the same lesson, and we never learn it. We bury the dead, arrest whom we can and pass a law.",
]
TOLD = [
    ("Police arrested eleven opposition activists in Kampala on Monday.", "arrest"),
    ("Police arrested two rebels who smuggled drugs to buy rifles in Arauca on Friday.", "arrest"),
    ("Soldiers seized 46 rifles in Ocotal on Wednesday.", "weapons_interception"),
    ("Rebels captured the oasis of Faya-Largeau on Friday.", "non_state_actor_overtakes_territory"),
    ("Insurgents seized control of most of the city of Kunduz on Monday.", "non_state_actor_overtakes_territory"),
    ("The army recaptured the port of Palma on Sunday.", "government_regains_territory"),
]


@pytest.mark.parametrize("text", QUIET)
def test_a_report_of_something_else_gives_nothing(read: Read, text: str) -> None:
    told = [p.incident for p in read(text).incidents]
    assert [one.event_type for one in told if one.status == "occurred" and not one.background] == []


@pytest.mark.parametrize("text, event_type", TOLD)
def test_what_is_told_is_reported_with_its_confidence(read: Read, text: str, event_type: str) -> None:
    (placed,) = read(text).incidents
    assert placed.incident.event_type == event_type
    assert confidence.LEAST <= placed.incident.confidence < 1


def test_more_that_is_told_makes_more_sure(read: Read) -> None:
    bare = read("Gunmen attacked a village, and the bishop spoke of terror.").incidents
    full = read("Gunmen attacked the village of Gbeji on Saturday, killing 18 people.").incidents
    assert max((p.incident.confidence for p in bare), default=0.0) < full[0].incident.confidence


@pytest.mark.parametrize("bias, share", [(0.0, 0.5), (3.0, 0.9526), (-3.0, 0.0474)])
def test_the_share_is_that_of_a_logistic_model(bias: float, share: float) -> None:
    assert confidence.share({"day": 1.0}, {"bias": bias, "day": 0.0}) == pytest.approx(share, abs=1e-4)

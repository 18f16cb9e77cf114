# ruff: noqa: E501 (the reports are lines of prose)
"""Acceptance: the air strike near Deir ez-Zor of 17 September 2016, told by three kinds of reporters."""

from __future__ import annotations

import datetime as dt

import pytest
from geopy.distance import geodesic

from extract.records import Actor, CasualtyClaim, Incident, Report
from geo.reading import Reader
from geo.records import PlacedIncident, Reading
from tests.extract.conftest import opened

PUBLISHED = dt.date(2016, 9, 17)
# Deir ez-Zor's military airport (OurAirports, OSDZ).
AIRPORT = (35.2854, 40.1760)

WIRE = """\
Syria and Russia say coalition jets bombed army post near Deir Ezzor

WASHINGTON - Aircraft of the US-led coalition bombed a Syrian army post close to Deir Ezzor airport on Saturday, in what \
American officials conceded may have been a mistake.

Russia said 62 Syrian soldiers died and at least 100 others were wounded when two F-16 and two A-10 planes struck the post. \
Major General Igor Konashenkov, the spokesman of the Russian defence ministry, blamed Washington's unwillingness to \
coordinate with Moscow.

US Central Command said the pilots thought that they were attacking an Islamic State position, and that the raid was called \
off as soon as Russian officers warned that Syrian personnel and vehicles might have been hit.

It would be the first time that American planes have struck the forces of President Bashar al-Assad in a war now in its \
sixth year. Islamic State fighters have been besieging the airport for more than a year, and Moscow said they advanced \
after the strike.

A truce arranged by Russia and the United States, from which Islamic State is excluded, took effect on Monday.
"""

STATE = """\
The General Command of the Army and the Armed Forces said on Saturday that warplanes of the American coalition targeted a \
position of the Syrian Arab Army in the vicinity of Deir Ezzor airport.

In a statement carried by the state news agency, the command called the air strike a grave and blatant aggression against \
the Syrian Arab Republic and its army, and firm proof that the United States and its allies back the Daesh terrorist \
organization. The aggression opened the way for Daesh terrorists to push forward against army units in the area, the \
statement said.

The Russian Defence Ministry announced that 62 Syrian servicemen were martyred and at least 100 were injured in the air \
strike. Its spokesman, Igor Konashenkov, said that two F-16 and two A-10 jets carried out the strike, flying in from the \
direction of Iraq.

Daesh terrorists have been attacking Deir Ezzor military airport since last year. The cessation of hostilities, which does \
not cover Daesh, went into effect on Monday.
"""

MONITOR = """\
17 September 2016. Deir Ezzor governorate: coalition strike on government forces.

Warplanes believed to belong to the US-led international coalition carried out several air strikes this afternoon against \
a position of the Syrian army near the military airport of Deir Ezzor.

Russia's Ministry of Defence put the number of dead at 62 soldiers, with at least 100 more wounded. We have not been able to \
verify these figures. According to the ministry, four aircraft took part: two F-16s and two A-10s.

The Pentagon acknowledged that coalition planes might have struck Syrian troops, and said that their crews believed they \
were bombing a position of Daesh. The raid was stopped after Russian officials got in touch.

IS gained ground around the airport in the hours after the strikes. The group has been trying to overrun the base since \
2015. The coalition has been bombing IS in Syria and Iraq for two years. The truce between the government and rebel \
factions, negotiated by Washington and Moscow, has been in force since Monday, 12 September; it does not apply to IS.
"""

STORIES = {"wire": WIRE, "state": STATE, "monitor": MONITOR}


@pytest.fixture(scope="module")
def reader() -> Reader:
    return opened()


@pytest.fixture(scope="module", params=STORIES)
def reading(reader: Reader, request: pytest.FixtureRequest) -> Reading:
    return reader.read(Report(request.param, STORIES[request.param], published=PUBLISHED, language="en"))


@pytest.fixture(scope="module")
def strike(reading: Reading) -> PlacedIncident:
    (one,) = [p for p in reading.incidents if p.incident.primary]
    return one


def by_role(incident: Incident, role: str) -> dict[str, Actor]:
    return {a.id: a for a in incident.actors if a.role == role}


def figure(incident: Incident, outcome: str, low: int) -> CasualtyClaim:
    (one, *_) = [c for c in incident.casualties if c.outcome == outcome and c.low == low]
    return one


def test_the_report_is_about_an_air_strike(strike: PlacedIncident) -> None:
    one = strike.incident
    assert (one.event_type, one.background) == ("air_strike", False)
    assert one.status in {"occurred", "disputed"}


def test_the_coalition_struck_the_syrian_army(strike: PlacedIncident, reader: Reader) -> None:
    perpetrators = list(by_role(strike.incident, "perpetrator"))
    targets = list(by_role(strike.incident, "target"))
    assert perpetrators[:1] == ["us-led-coalition"]
    assert targets[:1] in (["military-of-syria"], ["government-of-syria"])
    assert not {"islamic-state", "military-of-russia", "government-of-russia"} & {*perpetrators, *targets}


def test_it_lies_at_the_airport(strike: PlacedIncident) -> None:
    place = strike.place
    assert place is not None
    assert geodesic((place.lat, place.lon), AIRPORT).km <= 3
    assert place.where_precision == 2
    assert place.radius_km >= 6
    assert place.country_code == "SY"


def test_it_happened_on_that_saturday(strike: PlacedIncident) -> None:
    date = strike.incident.date
    assert date is not None
    assert dt.date(2016, 9, 15) <= date.start <= date.end <= PUBLISHED


@pytest.mark.parametrize("outcome, low, high", [("killed", 62, 62), ("wounded", 100, None)])
def test_the_toll_is_russias(strike: PlacedIncident, outcome: str, low: int, high: int | None) -> None:
    said = figure(strike.incident, outcome, low)
    assert said.high == high
    assert said.claimed_by is not None
    assert "russia" in said.claimed_by.lower()


def test_the_totals_are_those_of_the_claims(strike: PlacedIncident) -> None:
    assert strike.incident.killed == (62, 62)
    assert strike.incident.wounded[0] == 100


def test_truce_and_siege_are_not_what_it_is_about(reading: Reading) -> None:
    quiet = {"ceasefire", "agreement", "siege", "offensive", "armed_clash", "attack", "advance"}
    assert [
        p.incident.event_type for p in reading.incidents if p.incident.event_type in quiet and p.incident.primary
    ] == []


def test_the_aircraft_are_named(strike: PlacedIncident) -> None:
    assert {"F-16", "A-10"} <= {w.name.split()[0] for w in strike.incident.weapons}


def test_the_americans_say_it_was_a_mistake(strike: PlacedIncident) -> None:
    stances = {c.stance for c in strike.incident.claims}
    assert stances & {"admits", "justifies", "blames"}

"""The gazetteer behind geopy's interface; online help off by default, cached, named in the answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from geopy.exc import GeocoderUnavailable
from geopy.geocoders.base import Geocoder
from geopy.location import Location

from extract.errors import ReferenceDataError
from geo.gazetteer import Gazetteer, km
from geo.geocoder import GazetteerGeocoder, OnlineHelp, online


class Service(Geocoder):  # type: ignore[misc]
    """A geocoding service of one answer, or of none."""

    def __init__(self, *, fails: bool = False) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.fails = fails

    def geocode(self, query: str, **_options: Any) -> list[Location]:
        self.asked.append(query)
        if self.fails:
            raise GeocoderUnavailable("no route")
        return [Location("Hajin, Deir ez-Zor, Syria", (34.69, 40.83), {"osm_id": 7, "class": "place"})]


def test_geocode_and_reverse(gazetteer: Gazetteer) -> None:
    geocoder = GazetteerGeocoder(gazetteer)
    found = geocoder.geocode("12 km north-east of Tell Abiad", country="SY")
    assert isinstance(found, Location)
    assert km(found.latitude, found.longitude, 36.775, 39.05) < 4
    several = geocoder.geocode("Tripoli", exactly_one=False)
    assert isinstance(several, list)
    assert {"LY", "LB"} <= {place.raw.country_code for place in several}
    assert geocoder.geocode("Qzxwvkjh") is None
    near = geocoder.reverse((35.336, 40.141))
    assert isinstance(near, Location)
    assert near.raw.country_code == "SY"


def test_online_help_is_asked_once_and_named(tmp_path: Path) -> None:
    service = Service()
    for _ in range(2):
        found = OnlineHelp("nominatim", cache=tmp_path / "cache.sqlite", geocoder=service).lookup("Hajin", country="SY")
        assert [(c.gazetteer_id, c.method, c.name) for c in found] == [("nominatim:7", "online nominatim", "Hajin")]
    assert service.asked == ["Hajin"]


def test_a_silent_service_is_said(tmp_path: Path) -> None:
    helper = OnlineHelp("photon", cache=tmp_path / "cache.sqlite", geocoder=Service(fails=True), pause_s=0.0)
    with pytest.raises(ReferenceDataError, match="photon did not answer"):
        helper.lookup("Hajin")


def test_online_help_is_off_unless_named(tmp_path: Path) -> None:
    assert online(tmp_path / "cache.sqlite", {}.get) is None
    with pytest.raises(ReferenceDataError, match="no geocoding service"):
        online(tmp_path / "cache.sqlite", {"DATELINE_GEOCODER": "no-such-service"}.get)

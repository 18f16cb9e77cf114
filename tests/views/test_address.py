"""The screen's state in the address: it comes back the same, and what cannot be read changes nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields
from typing import Any
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.overview import Ask
from data.question import Role
from views import address, filters
from views.address import Look

TEXT = st.text(min_size=1, max_size=30).map(lambda text: " ".join(text.split())).filter(bool)
TEXTS = st.lists(TEXT, max_size=3, unique=True).map(tuple)
DAYS = st.none() | st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1))
NUMBER = st.none() | st.integers(0, 5000)
ASKS = st.builds(
    Ask,
    against=st.just(()),
    role=st.sampled_from(Role.__args__),  # type: ignore[attr-defined]
    types=st.sampled_from([(), ("air_strike",), ("shelling", "arrest")]),
    date_from=DAYS,
    date_to=DAYS,
    toll_least=NUMBER,
    toll_most=NUMBER,
    civilians=st.booleans(),
    statuses=st.sampled_from([("occurred", "disputed"), (), ("denied",)]),
    background=st.booleans(),
    grades=TEXTS,
    precisions=st.sampled_from([(), (1,), (2, 6)]),
    publishers=TEXTS,
    countries=st.sampled_from([(), ("SY",), ("IQ", "YE")]),
    provinces=TEXTS,
    reviewed=st.sampled_from([(), ("none",), ("accepted", "rejected")]),
    words=st.just("") | TEXT,
    area=st.sampled_from(["", "c:35.0000,40.0000;25", "p:1.0000,2.0000;3.0000,4.0000;5.0000,1.0000"]),
    as_of=DAYS,
    every=st.booleans(),
    parties=st.sampled_from([(), ("islamic-state",), ("x'\"🙂\u202e",)]),
)
LOOKS = st.builds(
    Look,
    ask=ASKS,
    chosen=st.none() | st.just("airport-1"),
    view=st.none() | st.just((34.5, 40.25, 12.0)),
    colour=st.sampled_from(address.COLOURS),
    sized=st.booleans(),
    heat=st.booleans(),
    base=st.sampled_from(address.BASES),
    overlays=st.sampled_from([(), ("front-line",), ("front-line", "layer-1a2b3c4d")]),
    measure=st.sampled_from(address.MEASURES),
    step=st.sampled_from(address.STEPS),
    other_from=DAYS,
    other_to=DAYS,
)


@given(LOOKS)
@settings(deadline=None)
def test_the_state_comes_back_from_its_address(look: Look) -> None:
    params = address.write(look)
    sent = parse_qs(urlencode(params, doseq=True), keep_blank_values=True)
    assert address.read(sent) == (look, [])


def test_what_is_as_it_starts_is_not_in_the_address() -> None:
    assert address.write(Look()) == {}
    assert address.read({}) == (Look(), [])


def test_every_part_of_the_question_has_a_parameter() -> None:
    assert {one.name for one in fields(Ask)} == {one.field for one in address.PARAMETERS.values() if not one.of_look}


@given(st.dictionaries(st.sampled_from(sorted(address.PARAMETERS)) | st.text(), st.lists(st.text(), max_size=3)))
@settings(deadline=None)
def test_no_address_breaks_it(params: dict[str, list[str]]) -> None:
    look, complaints = address.read(params)
    assert address.read(address.write(look))[1] == []
    assert all(len(one) < 300 for one in complaints)


@pytest.mark.parametrize(
    "change, expected",
    [
        ({"name": "party", "add": "x"}, {"parties": ("x",)}),
        ({"name": "role", "set": ["target"]}, {"role": "target"}),
        ({"name": "role", "set": ["<b>"]}, {}),
        ({"name": "status", "drop": "disputed"}, {"statuses": ("occurred",)}),
        ({"name": "status", "add": "denied"}, {"statuses": ("occurred", "disputed", "denied")}),
        ({"name": "from", "set": ["2016-09-01"]}, {"date_from": dt.date(2016, 9, 1)}),
        ({"name": "from", "set": []}, {}),
        ({"name": "killed-from", "set": ["-4"]}, {}),
        ({"name": "civilians", "set": ["1"]}, {"civilians": True}),
    ],
)
def test_a_change_of_the_filters(change: dict[str, Any], expected: dict[str, Any]) -> None:
    assert filters.applied(Look(), change).ask == Ask(**expected)


def test_the_last_status_taken_out_leaves_all() -> None:
    look = Look(Ask(statuses=("denied",)))
    assert filters.applied(look, {"name": "status", "drop": "denied"}).ask.statuses == ()
    assert filters.applied(Look(Ask(statuses=())), {"name": "status", "add": "denied"}).ask.statuses == ("denied",)

"""Whether two incidents are one event: what speaks for it and against it, in either order alike."""

from __future__ import annotations

import pytest

from data import blocking, merge
from data.copies import fingerprint
from data.sketch import Sketch
from tests.data.sketches import AIRPORT, ALEPPO, CITY, COUNTRY, PROVINCE, SCORER, on, sketch, toll

ONE = sketch("a")
OTHER_WORDS = frozenset("market vegetable stall shopper rocket noon".split())
LONG = fingerprint(" ".join(f"word{n}" for n in range(60)))


def other(**changes: object) -> Sketch:
    """The same strike in another report, with changes."""
    return sketch("b", **changes)


@pytest.mark.parametrize(
    "two, same",
    [
        (other(), True),
        (other(where=CITY, killed=toll(80), wounded=frozenset()), True),
        (other(where=PROVINCE, event_type="attack"), True),
        (other(when=on("2016-09-17", "2016-09-18", precision=2), killed=toll(90)), True),
        (other(where=COUNTRY), True),
        (other(where=None), True),
        (other(perpetrators=frozenset({"islamic-state"})), True),
        (other(news=False, primary=False), True),
        (other(where=ALEPPO), False),
        (other(where=ALEPPO, named=(AIRPORT,)), True),
        (other(when=on("2016-09-20")), False),
        (other(when=on("2016-09-18"), words=OTHER_WORDS, killed=toll(3), wounded=frozenset()), False),
        (other(words=OTHER_WORDS, killed=toll(3), wounded=frozenset(), event_type="arrest"), False),
        (other(when=on("2016-09-18", "2016-09-22", told=False)), True),
        (other(when=None, calendar=frozenset()), True),
        (other(when=None, calendar=frozenset({"03-02"}), killed=frozenset(), wounded=frozenset()), False),
        (other(when=None, calendar=frozenset(), killed=frozenset(), wounded=frozenset(), words=OTHER_WORDS), False),
        (other(where=None, killed=frozenset(), wounded=frozenset(), words=OTHER_WORDS), False),
        (other(real=False, words=OTHER_WORDS, killed=frozenset(), wounded=frozenset()), False),
    ],
    ids=[
        "all agrees",
        "another toll, the town for the airport",
        "only the province, no manner",
        "one of two days",
        "only the country, all else agrees",
        "no place, all else agrees",
        "another culprit",
        "told as history",
        "another town",
        "another town, but this one is named too",
        "days later",
        "the next day, another toll and manner",
        "the same day, another toll and manner",
        "published in the days after",
        "no day, all else agrees",
        "no year, another day of the year",
        "no day, little agrees",
        "no place, little agrees",
        "only planned",
    ],
)
def test_one_event_or_two(two: Sketch, same: bool) -> None:
    score = SCORER.compare(ONE, two)
    assert (score.value >= merge.LINK and not score.barred) is same, score
    assert SCORER.compare(two, ONE) == score
    assert score.value == sum(reason.weight for reason in score.reasons)
    if same:
        assert blocking.filed(ONE) & blocking.sought(two)
        assert blocking.filed(two) & blocking.sought(ONE)


@pytest.mark.parametrize("first, last, same", [("2016-09-18", "2016-09-22", False), ("2016-09-17", "2016-09-21", True)])
def test_reports_without_a_day_are_of_one_event_only_where_their_days_meet(first: str, last: str, same: bool) -> None:
    one = sketch("a", when=on("2016-09-13", "2016-09-17", told=False), calendar=frozenset())
    two = other(when=on(first, last, told=False), calendar=frozenset())
    assert SCORER.compare(one, two).barred is not same


def test_reasons_say_what_agrees_and_what_differs() -> None:
    two = other(where=CITY, killed=toll(80), wounded=toll(110), prints=LONG)
    told = {
        reason.field: (reason.level, reason.detail) for reason in SCORER.compare(sketch("a", prints=LONG), two).reasons
    }
    assert told["place"] == ("within a town", "6 km apart")
    assert told["date"] == ("same day", "2016-09-17")
    assert told["perpetrator"] == ("same", "us-led-coalition")
    assert told["killed"] == ("close", "62 and 80")
    assert told["text"][0] == "copy"


def test_copies_of_a_report_meet_though_neither_place_nor_day_is_known() -> None:
    unknown: dict[str, object] = {
        "where": None,
        "when": None,
        "killed": frozenset(),
        "wounded": frozenset(),
        "prints": LONG,
    }
    one, two = sketch("a", **unknown), sketch("b", **unknown)
    assert blocking.filed(one) & blocking.sought(two)
    assert SCORER.compare(one, two).value >= merge.LINK

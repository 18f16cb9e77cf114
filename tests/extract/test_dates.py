"""Date expressions of news prose -> days, on sentences of reports published on Wednesday 16 June 2021."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import dates
from extract.records import Span
from tests.extract.conftest import PUBLISHED


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def days(text: str, published: dt.date | None = PUBLISHED) -> list[tuple[str, str] | None]:
    """First and last day of each expression, as ISO dates."""
    found = dates.find(text, published)
    return [(m.days[0].isoformat(), m.days[1].isoformat()) if m.days else None for m in found]


STATED = [
    ("Gunmen raided the village on 3 March 2019.", "2019-03-03", "2019-03-03"),
    ("The convoy was hit on March 3, 2019, near the border.", "2019-03-03", "2019-03-03"),
    ("The convoy was hit on Mar. 3, 2019.", "2019-03-03", "2019-03-03"),
    ("The bridge was shelled on 2019-03-03.", "2019-03-03", "2019-03-03"),
    ("On the 3rd of March 2019 the clinic was bombed.", "2019-03-03", "2019-03-03"),
    ("On Sunday, 3 March 2019, the clinic was bombed.", "2019-03-03", "2019-03-03"),
    ("On Sunday, March 3rd, 2019 the clinic was bombed.", "2019-03-03", "2019-03-03"),
    ("The raid took place on Sept 17, 2016.", "2016-09-17", "2016-09-17"),
    ("Fighting raged on 3-5 March 2019.", "2019-03-03", "2019-03-05"),
    ("Fighting raged from March 3 to 5, 2019.", "2019-03-03", "2019-03-05"),
    ("Fighting raged from 28 May to 2 June.", "2021-05-28", "2021-06-02"),
    ("The post was overrun half a year ago.", "2020-11-01", "2021-01-31"),
    ("Between 28 and 30 May the town was shelled.", "2021-05-28", "2021-05-30"),
    ("The village fell in March 2019.", "2019-03-01", "2019-03-31"),
    ("It was recaptured in February 2020.", "2020-02-01", "2020-02-29"),
    ("The mine was laid in 2014.", "2014-01-01", "2014-12-31"),
    ("The village was burned in April.", "2021-04-01", "2021-04-30"),
    ("In April the village was burned.", "2021-04-01", "2021-04-30"),
    ("The village was burned last August.", "2020-08-01", "2020-08-31"),
    ("In late May the village was burned.", "2021-05-21", "2021-05-31"),
    ("In mid-May the village was burned.", "2021-05-11", "2021-05-20"),
    ("At the beginning of May 2019 the village was burned.", "2019-05-01", "2019-05-10"),
    ("Between 28 February and 2 March the troops shelled it.", "2021-02-28", "2021-03-02"),
    ("It was hit on the night of 3-4 March.", "2021-03-03", "2021-03-04"),
    ("They were seized on 9 October last year.", "2020-10-09", "2020-10-09"),
    ("They were seized in October last year.", "2020-10-01", "2020-10-31"),
    ("Herders fled during the week of 7 June.", "2021-06-07", "2021-06-13"),
    ("On 11.06.2021 warplanes raided the town.", "2021-06-11", "2021-06-11"),
    ("On 6/14/2021 warplanes raided the town.", "2021-06-14", "2021-06-14"),
    ("He was shot on Christmas Eve.", "2020-12-24", "2020-12-24"),
]

WITHOUT_A_YEAR = [
    ("The mosque was hit on 9 June.", "2021-06-09"),
    ("The mosque was hit on June 9.", "2021-06-09"),
    ("The mosque was hit on 24 December.", "2020-12-24"),
    ("The conference opens on 20 June.", "2021-06-20"),
    ("He was shot on the 1st of January.", "2021-01-01"),
]

RELATIVE = [
    ("The station was attacked today.", "2021-06-16", "2021-06-16"),
    ("The station was attacked earlier today.", "2021-06-16", "2021-06-16"),
    ("The station was attacked yesterday evening.", "2021-06-15", "2021-06-15"),
    ("The station was attacked last night.", "2021-06-15", "2021-06-15"),
    ("Shells fell on the city overnight.", "2021-06-15", "2021-06-16"),
    ("The station was attacked the day before yesterday.", "2021-06-14", "2021-06-14"),
    ("The post was overrun three days ago.", "2021-06-13", "2021-06-13"),
    ("The post was overrun last week.", "2021-06-07", "2021-06-13"),
    ("The post was overrun earlier this week.", "2021-06-14", "2021-06-16"),
    ("The post was overrun last month.", "2021-05-01", "2021-05-31"),
    ("The post was overrun earlier this month.", "2021-06-01", "2021-06-16"),
    ("The post was overrun last year.", "2020-01-01", "2020-12-31"),
    ("The post was overrun earlier this year.", "2021-01-01", "2021-06-16"),
    ("Raids over the past two weeks killed herders.", "2021-06-02", "2021-06-16"),
    ("Raids in the last 24 hours killed herders.", "2021-06-15", "2021-06-16"),
    ("Talks are to resume tomorrow.", "2021-06-17", "2021-06-17"),
    ("It took place on the 9th of this month.", "2021-06-09", "2021-06-09"),
    ("It took place on the 17th of last month.", "2021-05-17", "2021-05-17"),
    ("From Monday to Wednesday shelling killed nine.", "2021-06-14", "2021-06-16"),
    ("The raid on Saturday and Sunday left ten dead.", "2021-06-12", "2021-06-13"),
    ("In the night from Friday to Saturday gunmen came.", "2021-06-11", "2021-06-12"),
    ("Over the weekend gunmen killed nine.", "2021-06-12", "2021-06-13"),
]

# Published on a Wednesday: a weekday is the last one, today's own name is today.
WEEKDAYS = [
    ("A bomb went off on Wednesday.", "2021-06-16"),
    ("A bomb went off on Tuesday morning.", "2021-06-15"),
    ("A bomb went off late on Monday night.", "2021-06-14"),
    ("A bomb went off Sunday.", "2021-06-13"),
    ("A bomb went off on Saturday afternoon.", "2021-06-12"),
    ("A bomb went off on Friday.", "2021-06-11"),
    ("A bomb went off on Thursday.", "2021-06-10"),
    ("A bomb went off last Wednesday.", "2021-06-09"),
    ("A bomb went off last Tuesday.", "2021-06-15"),
    ("Elections are due next Sunday.", "2021-06-20"),
    ("A BOMB WENT OFF ON MONDAY.", "2021-06-14"),
    ("a bomb went off on monday", "2021-06-14"),
]


@pytest.mark.parametrize("text, start, end", STATED)
def test_stated_days(text: str, start: str, end: str) -> None:
    assert days(text) == [(start, end)]


@pytest.mark.parametrize("text, expected", WITHOUT_A_YEAR)
def test_a_day_without_a_year_is_the_one_nearest_before_publication(text: str, expected: str) -> None:
    assert days(text) == [(expected, expected)]


@pytest.mark.parametrize("text, start, end", RELATIVE)
def test_relative_days(text: str, start: str, end: str) -> None:
    assert days(text) == [(start, end)]


@pytest.mark.parametrize("text, expected", WEEKDAYS)
def test_weekdays(text: str, expected: str) -> None:
    assert days(text) == [(expected, expected)]


@pytest.mark.parametrize(
    "text",
    ["The market burned on Monday.", "The market burned yesterday.", "The market burned two weeks ago.",
     "The market burned last month.", "Over the past week the market burned."],
)  # fmt: skip
def test_without_a_publication_date_relative_days_stay_open(text: str) -> None:
    assert days(text, None) == [None]
    (one,) = dates.find(text, None)
    assert one.basis == "relative"


def test_without_a_publication_date_a_day_without_a_year_says_nothing() -> None:
    assert days("The market burned on 9 June.", None) == []


def test_without_a_publication_date_full_dates_are_read() -> None:
    assert days("The market burned on 9 June 2020.", None) == [("2020-06-09", "2020-06-09")]


@pytest.mark.parametrize(
    "text, words, kind",
    [
        ("Fighting has gone on since Monday.", "since", "since"),
        ("The town has been besieged since 2015.", "since", "since"),
        ("The siege began in May 2020.", "May 2020", "span"),
        ("The base was hit on Monday.", "Monday", "point"),
        ("In the past three days the base was hit.", "three days", "span"),
    ],
)
def test_what_kind_of_time_it_is(text: str, words: str, kind: str) -> None:
    (one,) = dates.find(text, PUBLISHED)
    assert words in text
    assert one.kind == kind


@pytest.mark.parametrize(
    "text, precision",
    [
        ("It fell on 3 March 2019.", 1),
        ("Fighting raged on 3-5 March 2019.", 2),
        ("It fell last week.", 3),
        ("It fell in March 2019.", 4),
        ("It fell in 2019.", 5),
    ],
)
def test_precision_is_ucdps(text: str, precision: int) -> None:
    (one,) = dates.find(text, PUBLISHED)
    assert one.precision == precision


@pytest.mark.parametrize(
    "text",
    [
        "The rebels may attack the town.",
        "Troops march on the capital.",
        "He sat down in the sun and sat there.",
        "Resolution 2254 was adopted unanimously.",
        "Some 2014 families fled.",
        "The 31st Brigade attacked the 7th Division.",
        "It cost 1999 dollars.",
    ],
)
def test_words_and_numbers_that_are_no_dates(text: str) -> None:
    assert days(text) == []


def test_several_dates_of_one_sentence_in_their_order() -> None:
    text = "The town fell on Monday, two weeks after the raid of 28 May 2021 and the siege that began in January 2021."
    assert days(text) == [("2021-06-14", "2021-06-14"), ("2021-05-28", "2021-05-28"), ("2021-01-01", "2021-01-31")]


def test_around_new_year_the_year_before_is_meant() -> None:
    published = day("2022-01-02")
    assert days("The depot blew up on 30 December.", published) == [("2021-12-30", "2021-12-30")]
    assert days("The depot blew up last month.", published) == [("2021-12-01", "2021-12-31")]
    assert days("The depot blew up on Friday.", published) == [("2021-12-31", "2021-12-31")]


def test_a_leap_day() -> None:
    assert days("It burned on 29 February 2020.") == [("2020-02-29", "2020-02-29")]


@pytest.mark.parametrize("text", ["It burned on 29 February 2021.", "It burned on 31 February 2021."])
def test_of_a_day_that_never_was_no_day_is_made(text: str) -> None:
    assert all(one is not None and one[0] < one[1] for one in days(text))


@pytest.mark.parametrize("text", [t for t, *_ in (getattr(row, "values", row) for row in STATED + RELATIVE)])
def test_spans_hold_their_words(text: str) -> None:
    for one in dates.find(text, PUBLISHED):
        assert Span(one.span.start, one.span.end).of(text) == one.text


@given(st.text(max_size=200), st.none() | st.dates(min_value=day("1900-01-01"), max_value=day("2100-12-31")))
def test_no_text_breaks_it(text: str, published: dt.date | None) -> None:
    for one in dates.find(text, published):
        assert one.span.of(text) == one.text
        assert one.days is None or one.days[0] <= one.days[1]


@given(
    st.sampled_from(
        ["on Monday", "last week", "two hundred years ago", "99 decades ago", "three weeks ago", "last May"]
    ),
    st.dates(min_value=day("1900-01-01"), max_value=day("2100-12-31")),
)
def test_relative_days_never_lie_after_publication(words: str, published: dt.date) -> None:
    for one in dates.find(f"The depot burned {words}.", published):
        assert one.days is None or one.days[1] <= published

"""Dates of a file: its order decided by all of them, never guessed."""

from __future__ import annotations

import datetime as dt

import pytest

from data.exchange.dates import Dates, Order
from extract.errors import InputError


def seen(*texts: str, stated: Order | None = None) -> Dates:
    dates = Dates(stated)
    for line, text in enumerate(texts, 2):
        dates.note(line, text)
    return dates


@pytest.mark.parametrize(
    "text, expected",
    [
        ("2016-09-17", "2016-09-17"),
        ("2016-09-17 00:00:00.000", "2016-09-17"),
        ("2022-10-10T23:30:00+02:00", "2022-10-10"),
        ("2016/9/7", "2016-09-07"),
        ("17 September 2016", "2016-09-17"),
        ("17-Sep-2016", "2016-09-17"),
        ("17th September, 2016", "2016-09-17"),
        ("September 17, 2016", "2016-09-17"),
        ("Sept. 17 2016", "2016-09-17"),
        (" 1 May 2020 ", "2020-05-01"),
    ],
)
def test_what_is_written_out_is_read_as_it_stands(text: str, expected: str) -> None:
    assert seen(text).read(text).isoformat() == expected


@pytest.mark.parametrize(
    "others, text, expected",
    [
        (["17/09/2016"], "03/04/2016", "2016-04-03"),
        (["09/17/2016"], "03/04/2016", "2016-03-04"),
        (["17.09.2016"], "3.4.2016", "2016-04-03"),
        (["02/24/2022 10:30"], "03/04/2022 09:00", "2022-03-04"),
        ([], "05/05/2020", "2020-05-05"),
    ],
)
def test_one_date_tells_the_order_of_all(others: list[str], text: str, expected: str) -> None:
    assert seen(*others, text).read(text).isoformat() == expected


@pytest.mark.parametrize("stated, expected", [("day-first", (2016, 4, 3)), ("month-first", (2016, 3, 4))])
def test_the_order_can_be_stated(stated: Order, expected: tuple[int, int, int]) -> None:
    assert seen("2016-09-17", "03/04/2016", stated=stated).read("03/04/2016") == dt.date(*expected)


@pytest.mark.parametrize(
    "others, text, reason",
    [
        ([], "03/04/2016", "may be day-first or month-first"),
        (["01/02/2016"], "03/04/2016", "may be day-first or month-first"),
        (["2016-09-17"], "09/18/2016", "mixes ways of writing dates"),
        (["17 May 2016"], "03/04/2016", "(line 2)"),
        (["17/09/2016", "09/18/2016"], "03/04/2016", "'17/09/2016' (line 2) and '09/18/2016' (line 3)"),
        (["17/09/2016"], "31/02/2016", "not a date that exists"),
        ([], "2016-17-09", "not a date that exists"),
        ([], "03/04/16", "is not a date such as"),
        ([], "42630", "is not a date such as"),
        ([], "17 Brumaire 2016", "is not a date such as"),
        ([], "0017-01-01", "is not a year that news is from"),
        ([], "next Monday\u202e", "is not a date such as"),
    ],
)
def test_what_is_open_or_no_date_is_refused(others: list[str], text: str, reason: str) -> None:
    with pytest.raises(InputError) as refused:
        seen(*others, text).read(text)
    assert reason in str(refused.value)


def test_a_stated_order_that_a_date_breaks_is_refused() -> None:
    with pytest.raises(InputError, match="not a date that exists"):
        seen(stated="day-first").read("09/17/2016")

"""Dates of which perhaps only the month or the year is known."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mali_course.core.dates import PartialDate, year_fraction

DAYS = st.dates(datetime.date(1000, 1, 1), datetime.date(9998, 12, 31))
TEXTS = st.builds(lambda date, length: date.isoformat()[:length], DAYS, st.sampled_from([4, 7, 10]))


@pytest.mark.parametrize(
    ("text", "precision", "first", "middle", "last"),
    [
        ("2012", "year", "2012-01-01", "2012-07-01", "2012-12-31"),
        ("2012-02", "month", "2012-02-01", "2012-02-15", "2012-02-29"),
        ("2013-12", "month", "2013-12-01", "2013-12-15", "2013-12-31"),
        ("2012-03-22", "day", "2012-03-22", "2012-03-22", "2012-03-22"),
    ],
)
def test_a_partial_date_knows_its_days(
    text: str, precision: str, first: str, middle: str, last: str
) -> None:
    date = PartialDate(text)
    assert date.precision == precision
    assert [day.isoformat() for day in (date.first, date.middle, date.last)] == [
        first, middle, last,
    ]


@given(TEXTS)
def test_a_partial_date_is_its_text(text: str) -> None:
    date = PartialDate(text)
    assert str(date) == text
    assert date == PartialDate(text)
    assert date.first <= date.middle <= date.last
    assert date.year == date.first.year == date.last.year


@given(TEXTS, TEXTS)
def test_partial_dates_are_ordered_by_their_beginning(one: str, other: str) -> None:
    if PartialDate(one) < PartialDate(other):
        assert PartialDate(one).first <= PartialDate(other).first


@pytest.mark.parametrize(
    "text",
    ["", "12", "2012-", "2012-3", "2012-13", "2012-02-30", "2012-03-22T00:00", " 2012", "2012\n",
     "spring 2012", "٢٠١٢"],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the calendar words it in its own way
        PartialDate(text)


def test_months_and_years_stand_at_their_middle_unless_a_chart_asks_for_a_day() -> None:
    year = PartialDate("2012")
    assert year_fraction(year.first) == 2012
    assert 2012.49 < year_fraction(year) < 2012.51
    assert 2012.99 < year_fraction(year.last) < 2013

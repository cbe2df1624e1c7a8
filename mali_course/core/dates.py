"""Dates of which perhaps only the month or the year is known, and where dates stand on an axis."""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from dataclasses import dataclass
from typing import Literal

from mali_course.core.formats import day, month_of, short_month

__all__ = ["PartialDate", "Precision", "year_fraction"]

Precision = Literal["day", "month", "year"]

_LENGTHS: dict[int, Precision] = {4: "year", 7: "month", 10: "day"}


@dataclass(frozen=True, order=True, slots=True)
class PartialDate:
    """A day, a month or a year, as exactly as its source gives it.

    Partial dates are ordered by their beginning; of two that begin on the same day the less exact
    one comes first.

    Parameters
    ----------
    text : str
        ``"2012-03-22"``, ``"2012-03"`` or ``"2012"``; `str` gives it back.

    Raises
    ------
    ValueError
        If the text is none of these, or names no day of the calendar.

    Examples
    --------
    >>> PartialDate("2012-03").last
    datetime.date(2012, 3, 31)
    >>> PartialDate("2012") < PartialDate("2012-01-01") < PartialDate("2012-03")
    True
    """

    text: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"\d{4}(-\d\d){0,2}", self.text, re.ASCII):
            raise ValueError(f"{self.text!r} is no day, month or year")
        _ = self.first  # which refuses a thirteenth month

    def __str__(self) -> str:
        return self.text

    @property
    def precision(self) -> Precision:
        """How exact the date is: day, month or year."""
        return _LENGTHS[len(self.text)]

    @property
    def year(self) -> int:
        """The year, which is always known."""
        return int(self.text[:4])

    @property
    def first(self) -> datetime.date:
        """The first day that it can mean."""
        return datetime.date.fromisoformat((self.text + "-01-01")[:10])

    @property
    def last(self) -> datetime.date:
        """The last day that it can mean."""
        if self.precision == "day":
            return self.first
        month = self.first.month if self.precision == "month" else 12
        return datetime.date(self.year, month, monthrange(self.year, month)[1])

    @property
    def middle(self) -> datetime.date:
        """The 15th of a month, the 1st of July of a year, the day itself."""
        if self.precision == "day":
            return self.first
        return datetime.date.fromisoformat(
            f"{self.text}-15" if self.precision == "month" else f"{self.text}-07-01"
        )

    def without_day(self) -> PartialDate:
        """Return the month of a day; a month or a year as it is.

        Examples
        --------
        >>> str(PartialDate("2012-03-22").without_day())
        '2012-03'
        """
        return PartialDate(self.text[:7])

    def in_words(self) -> str:
        """Return the date in full words.

        Examples
        --------
        >>> [PartialDate(text).in_words() for text in ("2012-03-22", "2012-03", "2012")]
        ['22 March 2012', 'March 2012', '2012']
        """
        if self.precision == "year":
            return self.text
        return day(self.first) if self.precision == "day" else month_of(self.first)

    def short(self, *, year: bool = True) -> str:
        """Return the date in few letters, without its year if somebody has just read it.

        Examples
        --------
        >>> [PartialDate(text).short() for text in ("2012-03-22", "2012-03", "2012")]
        ['22 Mar 2012', 'Mar 2012', '2012']
        >>> PartialDate("2012-03-22").short(year=False)
        '22 Mar'
        """
        if self.precision == "year":
            return self.text
        month = short_month(self.first, year=year)
        return f"{self.first.day} {month}" if self.precision == "day" else month


def year_fraction(date: datetime.date | PartialDate) -> float:
    """Return a date as a point on an axis of years.

    A partial date stands at its middle, for it is a point in time of which we know no more. Where
    something begins or ends, and where a chart means otherwise, the chart hands over the day that
    it means: ``first`` for a beginning, ``last`` for an end.

    Examples
    --------
    >>> year_fraction(datetime.date(2020, 1, 1))
    2020.0
    >>> year_fraction(PartialDate("2019")) == year_fraction(datetime.date(2019, 7, 1))
    True
    """
    date = date.middle if isinstance(date, PartialDate) else date
    first = datetime.date(date.year, 1, 1)
    days = (datetime.date(date.year + 1, 1, 1) - first).days
    return date.year + (date - first).days / days

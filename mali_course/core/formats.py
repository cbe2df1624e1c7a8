"""Numbers and dates as the charts write them, in the language of the course."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from mali_course.core.messages import say

__all__ = [
    "day", "in_words", "listed", "month", "month_of", "number", "short_month", "words_of",
]


def number(value: float, places: int = 0) -> str:
    """Return a number with grouped thousands.

    Examples
    --------
    >>> number(201429)
    '201,429'
    >>> number(45.73, 2)
    '45.73'
    """
    swap = {",": say("charts.format.thousands"), ".": say("charts.format.decimal")}
    return "".join(swap.get(sign, sign) for sign in f"{value:,.{places}f}")


def in_words(count: int) -> str:
    """Return a small number as a word, and others as digits.

    Examples
    --------
    >>> in_words(5), in_words(12)
    ('five', '12')
    """
    small = words_of("format.small")
    return small[count] if 0 <= count < len(small) else number(count)


def words_of(key: str) -> list[str]:
    """Return a list of words, which is written with a bar between them."""
    return say(f"charts.{key}").split("|")


def day(date: datetime.date) -> str:
    """Return a date in words.

    Examples
    --------
    >>> day(datetime.date(2020, 1, 17))
    '17 January 2020'
    """
    return say("charts.format.day", day=date.day, year=date.year,
               month=words_of("format.months")[date.month - 1])


def month(text: str) -> str:
    """Return a partial date such as "2019-06" in words; a year stays a year.

    Examples
    --------
    >>> month("2019-06"), month("2014")
    ('Jun 2019', '2014')
    """
    year, *rest = text.split("-")
    if not rest:
        return year
    name = words_of("format.short_months")[int(rest[0]) - 1]
    return say("charts.format.month", month=name, year=year)


def short_month(date: datetime.date, *, year: bool = True) -> str:
    """Return the month of a date in few letters, with or without its year.

    Examples
    --------
    >>> short_month(datetime.date(2018, 9, 30)), short_month(datetime.date(2018, 9, 30), year=False)
    ('Sep 2018', 'Sep')
    """
    name = words_of("format.short_months")[date.month - 1]
    return say("charts.format.month", month=name, year=date.year) if year else name


def month_of(date: datetime.date) -> str:
    """Return the month of a date in words, in full.

    Examples
    --------
    >>> month_of(datetime.date(2018, 9, 30))
    'September 2018'
    """
    name = words_of("format.months")[date.month - 1]
    return say("charts.format.month", month=name, year=date.year)


def listed(parts: Iterable[str]) -> str:
    """Return names as a list in a sentence.

    Examples
    --------
    >>> listed(["Tombouctou", "Gao", "Kidal"])
    'Tombouctou, Gao and Kidal'
    """
    *most, last = parts
    if not most:
        return last
    return say("charts.format.list", most=", ".join(most), last=last)

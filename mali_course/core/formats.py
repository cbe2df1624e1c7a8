"""Numbers and dates as the charts write them, in the language of the course.

Babel knows how. It comes with JupyterLab, but is imported at the first use: a first question has
neither numbers nor dates to write, and comes faster without it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from mali_course.core.messages import say

__all__ = ["day", "in_words", "listed", "month_of", "number", "short_month"]

_LOCALE = "en_GB"
# British English has "Sept", which is a letter more than the other months and than charts have room
# for.
_SHORT_MONTHS = "en_US"


def number(value: float, places: int = 0) -> str:
    """Return a number with grouped thousands.

    Examples
    --------
    >>> number(201429)
    '201,429'
    >>> number(45.73, 2)
    '45.73'
    """
    from decimal import Decimal

    from babel.numbers import format_decimal

    pattern = "#,##0." + "0" * places if places else "#,##0"
    # Babel would round halves to even by their decimal digits, and Python does by their value.
    return format_decimal(Decimal(f"{value:.{places}f}"), format=pattern, locale=_LOCALE)


def in_words(count: int) -> str:
    """Return a small number as a word, and others as digits.

    Examples
    --------
    >>> in_words(5), in_words(12)
    ('five', '12')
    """
    small = say("charts.format.small").split("|")
    return small[count] if 0 <= count < len(small) else number(count)


def _date_text(date: datetime.date, pattern: str, locale: str = _LOCALE) -> str:
    from babel.dates import format_date

    return format_date(date, pattern, locale=locale)


def day(date: datetime.date) -> str:
    """Return a date in words.

    Examples
    --------
    >>> day(datetime.date(2020, 1, 17))
    '17 January 2020'
    """
    return _date_text(date, "long")


def month_of(date: datetime.date) -> str:
    """Return the month of a date in words, in full.

    Examples
    --------
    >>> month_of(datetime.date(2018, 9, 30))
    'September 2018'
    """
    return _date_text(date, "MMMM y")


def short_month(date: datetime.date, *, year: bool = True) -> str:
    """Return the month of a date in few letters, with or without its year.

    Examples
    --------
    >>> short_month(datetime.date(2018, 9, 30)), short_month(datetime.date(2018, 9, 30), year=False)
    ('Sep 2018', 'Sep')
    """
    return _date_text(date, "MMM y" if year else "MMM", _SHORT_MONTHS)


def listed(parts: Iterable[str]) -> str:
    """Return names as a list in a sentence.

    Raises
    ------
    ValueError
        If there are none.

    Examples
    --------
    >>> listed(["Tombouctou", "Gao", "Kidal"])
    'Tombouctou, Gao and Kidal'
    """
    from babel.lists import format_list

    names = list(parts)
    if not names:
        raise ValueError("a list in a sentence needs a name")
    return format_list(names, locale=_LOCALE)

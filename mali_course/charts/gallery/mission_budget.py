"""What MINUSMA was to cost: each amount with the word of its source, and gaps as gaps."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from mali_course.charts import canvas, style
from mali_course.charts.canvas import Row
from mali_course.charts.chart_base import Chart
from mali_course.charts.prose import chart_prose
from mali_course.core.datasets import publisher_names, rows, source
from mali_course.core.formats import month_of, number, short_month

__all__ = ["draw"]

_PROSE = chart_prose("mission-budget")
# What the word of a source means for the money: granted, or not yet.
_GRANTED: tuple[str, dict[str, Any]] = (style.BLUE, {"facecolor": style.BLUE})
_LOOKS: Mapping[str, tuple[str, dict[str, Any]]] = {
    "approved": _GRANTED,
    "appropriated": _GRANTED,
    "budgeted": _GRANTED,
    "requested": (style.VERMILLION, {"facecolor": "white", "hatch": "////"}),
    "recommended": (style.GREEN, {"facecolor": "white", "hatch": "...."}),
    "extra": (style.BLUE, {"facecolor": "white"}),
}
_HEAD, _LEFT = 0.3, 0.94  # inches from the top and from the left to where amounts begin
_BAR, _STEP, _BETWEEN = 0.13, 0.36, 0.1  # inches: a bar, an amount with its words, two years
_LARGEST = 1_200_000_000
_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class _Period:
    """The amounts of one budget period; none where none was found."""

    name: str
    amounts: tuple[Row, ...] = ()
    is_listed: bool = True  # False: no row of the table, as no source speaks of this time

    @property
    def height(self) -> float:
        return max(len(self.amounts), 1) * _STEP + _BETWEEN


def draw() -> Chart:
    """Draw the amounts that were found for each budget period, and the periods without one.

    Examples
    --------
    >>> "2015/16" in draw().reading
    True
    """
    return _PROSE.chart_of(_draw_periods(_all_periods()), rows("mission_budget"),
                           source_id=lambda row: publisher_names([row["source_id"]]))


def _all_periods() -> list[_Period]:
    """Return the periods in the order of time, with those that the table leaves out."""
    periods: list[_Period] = []
    follows: datetime.date | None = None  # the day after the period before
    for name, group in groupby(rows("mission_budget"), key=lambda row: row["period"]):
        budget = list(group)
        begin = budget[0]["period_start"]
        if follows and begin > follows:
            periods.append(_Period(_span_text(follows, begin - _DAY), is_listed=False))
        follows = max(row["period_end"] for row in budget) + _DAY
        periods.append(_Period(name, tuple(row for row in budget if row["amount_usd"] is not None)))
    return periods


def _span_text(begin: datetime.date, end: datetime.date) -> str:
    return _PROSE.label("left_out", year=begin.year, first=short_month(begin, year=False),
                        last=short_month(end, year=False))


def _status_text(row: Row) -> str:
    """Return the word of the source, with the months if they are no year, and a late date."""
    text = _PROSE.label(row["status"])
    months = round((row["period_end"] - row["period_start"]).days / 30.4)
    if months != 12:
        text = _PROSE.label("months", status=text, months=months)
    later = _later_paper(row)
    return _PROSE.label("later", status=text, when=month_of(later)) if later else text


def _later_paper(row: Row) -> datetime.date | None:
    """Return the date of the paper that tells an amount, if it is later than the report."""
    try:
        date = datetime.date.fromisoformat(source(row["source_id"]).version_or_date)
    except ValueError:
        return None
    return date if date > style.REPORT_DATE else None


def _draw_periods(periods: Sequence[_Period]) -> Figure:
    body = _HEAD + sum(period.height for period in periods) + 0.06
    figure, axes = canvas.inch_canvas(_PROSE.title, _PROSE.source, body)
    axes.text(style.MARGIN, 0.02, _PROSE.label("unit"), size=style.SMALL, va="top")
    y = _HEAD
    for period in periods:
        axes.text(style.MARGIN, y + 0.06, period.name, va="top", linespacing=1.1,
                  size=style.LABEL if period.is_listed else style.SMALL,
                  weight="bold" if period.is_listed else "normal")
        if period.amounts:
            _draw_amounts(axes, y, period.amounts)
        else:
            _draw_gap(axes, y)
        y += period.height
    axes.plot([_LEFT, _LEFT], [_HEAD - 0.02, y - _BETWEEN], color=style.SOFT, linewidth=1)
    return figure


def _draw_gap(axes: Axes, y: float) -> None:
    room = style.WIDTH - style.MARGIN - _LEFT - 0.08
    axes.add_patch(Rectangle((_LEFT + 0.08, y + 0.03), room, _STEP - 0.08, facecolor="white",
                             edgecolor=style.SOFT, linestyle=canvas.DASHED, linewidth=1))
    axes.text(_LEFT + 0.08 + room / 2, y + _STEP / 2 - 0.01, _PROSE.label("not_found"),
              size=style.SMALL, ha="center", va="center", color=style.SOFT)


def _draw_amounts(axes: Axes, y: float, amounts: Sequence[Row]) -> None:
    """Draw the amounts of a period, what comes on top of one to its right."""
    begin = 0.0
    for row in amounts:
        colour, look = _LOOKS[row["status"]]
        amount = number(row["amount_usd"] / 1_000_000, 1)
        if row["status"] == "extra":
            amount = f"+ {amount}"
        else:
            begin = 0.0
        width = row["amount_usd"] / _LARGEST * (style.WIDTH - style.MARGIN - _LEFT)
        axes.add_patch(Rectangle((_LEFT + begin, y + 0.2), width, _BAR, linewidth=1.2,
                                 edgecolor=colour, **look))
        axes.text(_LEFT + 0.08, y + 0.15, amount, size=style.LABEL, weight="bold", color=style.INK)
        x = _LEFT + 0.08 + style.text_width(amount, style.LABEL, "bold") + 0.08
        axes.text(x, y + 0.15, _status_text(row), size=style.SMALL, color=style.ink(colour))
        begin += width
        y += _STEP

"""What MINUSMA was to cost: each amount with the word of its source, and gaps as gaps."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from mali_course.charts import canvas, style
from mali_course.charts.canvas import Row
from mali_course.charts.chart_base import Chart
from mali_course.core.datasets import publisher_names, rows, source
from mali_course.core.formats import day, in_words, listed, month_of, number, short_month

__all__ = ["draw"]

_TEXTS = canvas.ChartTexts("charts_mission.budget")

# What the word of a source means for the money: granted, or not yet.
_KINDS = {"approved": "granted", "appropriated": "granted", "budgeted": "granted",
          "requested": "asked", "extra": "extra"}
_LOOKS: Mapping[str, tuple[str, dict[str, Any]]] = {
    "granted": (style.BLUE, {"facecolor": style.BLUE}),
    "asked": (style.VERMILLION, {"facecolor": "white", "hatch": "////"}),
    "advice": (style.GREEN, {"facecolor": "white", "hatch": "...."}),
    "extra": (style.BLUE, {"facecolor": "white"}),
}
_COLUMNS = ("period", "start", "end", "amount", "status", "source", "note")
_HEAD, _LEFT = 0.3, 0.94  # inches from the top and from the left to where amounts begin
_BAR, _STEP, _BETWEEN = 0.13, 0.36, 0.1  # inches: a bar, an amount with its words, two years
_LARGEST = 1_200_000_000
_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class _Period:
    """The amounts of one budget period; none where none was found."""

    name: str
    amounts: tuple[Row, ...] = ()
    listed: bool = True  # False: no row of the table, as no source speaks of this time

    @property
    def height(self) -> float:
        return max(len(self.amounts), 1) * _STEP + _BETWEEN

    @property
    def line(self) -> str:
        """The name in one line."""
        return " ".join(self.name.split())

    @property
    def granted(self) -> list[Row]:
        return [row for row in self.amounts if _kind_of(row) == "granted"]


def _all_periods() -> list[_Period]:
    """Return the periods in the order of time, with those that the table leaves out."""
    grouped: dict[str, list[Row]] = {}
    for row in sorted(rows("mission_budget"), key=lambda row: row["period_start"]):
        grouped.setdefault(row["period"], []).append(row)
    periods: list[_Period] = []
    follows: datetime.date | None = None  # the day after the period before
    for name, budget in grouped.items():
        begin = budget[0]["period_start"]
        if follows and begin > follows:
            first, last = (short_month(date, year=False) for date in (follows, begin - _DAY))
            periods.append(_Period(_TEXTS("between", year=follows.year, first=first, last=last),
                                   listed=False))
        follows = max(row["period_end"] for row in budget) + _DAY
        periods.append(_Period(name, tuple(row for row in budget if row["amount_usd"] is not None)))
    return periods


def _kind_of(row: Row) -> str:
    return _KINDS.get(row["status"], "advice")


def _later_paper(row: Row) -> datetime.date | None:
    """Return the date of the paper that tells an amount, if it is later than the report."""
    try:
        date = datetime.date.fromisoformat(source(row["source_id"]).version_or_date)
    except ValueError:
        return None
    return date if date > style.REPORT_DATE else None


def draw() -> Chart:
    """Draw the amounts that were found for each budget period, and the periods without one.

    Examples
    --------
    >>> "2015/16" in draw().reading
    True
    """
    periods = _all_periods()
    every = rows("mission_budget")
    return Chart(
        figure=_draw_periods(periods),
        title=_TEXTS("title"),
        alt=_TEXTS("alt", parts="; ".join(map(_period_text, periods))),
        reading=_reading_text(periods),
        table=canvas.rows_table(
            _TEXTS, _COLUMNS, every, start=lambda row: row["period_start"],
            end=lambda row: row["period_end"], amount=lambda row: row["amount_usd"],
            source=lambda row: publisher_names([row["source_id"]])),
        sources=canvas.sources_of(every),
        note=_TEXTS("note"),
    )


# --- In words ---------------------------------------------------------------------------------


def _in_millions(row: Row) -> str:
    return number(row["amount_usd"] / 1_000_000, 1)


def _status_text(row: Row) -> str:
    """Return the word of the source, with the months that an amount is for if it is no year."""
    months = round((row["period_end"] - row["period_start"]).days / 30.4)
    words = _TEXTS(f"status_{row['status']}")
    return words if months == 12 else _TEXTS("months", status=words, months=months)


def _period_text(period: _Period) -> str:
    amounts = [_TEXTS("amount", millions=_in_millions(row), status=_status_text(row))
               for row in period.amounts]
    return _TEXTS("alt_part", period=period.line,
                 amounts=listed(amounts) if amounts else _TEXTS("nothing"))


def _reading_text(periods: Sequence[_Period]) -> str:
    twice = [_TEXTS("twice", period=period.name, amounts=listed(map(_in_millions, period.granted)))
             for period in periods if len(period.granted) > 1]
    later = [date for row in rows("mission_budget") if (date := _later_paper(row))]
    return " ".join((
        _TEXTS("reading_missing", periods=listed(
            period.line for period in periods if not period.amounts)),
        _TEXTS("reading_twice", periods="; ".join(twice)),
        *(_TEXTS("reading_later", count=in_words(len(later)).capitalize(), when=month_of(date),
                date=day(style.REPORT_DATE)) for date in sorted(set(later)))))


# --- The picture ------------------------------------------------------------------------------


def _draw_periods(periods: Sequence[_Period]) -> Figure:
    body = _HEAD + sum(period.height for period in periods) + 0.06
    figure, axes = canvas.inch_canvas(_TEXTS("title"), _TEXTS("source"), body)
    axes.text(style.MARGIN, 0.02, _TEXTS("unit"), size=style.SMALL, va="top")
    y = _HEAD
    for period in periods:
        axes.text(style.MARGIN, y + 0.06, period.name, va="top", linespacing=1.1,
                  size=style.LABEL if period.listed else style.SMALL,
                  weight="bold" if period.listed else "normal")
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
    axes.text(_LEFT + 0.08 + room / 2, y + _STEP / 2 - 0.01, _TEXTS("gap"), size=style.SMALL,
              ha="center", va="center", color=style.SOFT)


def _draw_amounts(axes: Axes, y: float, amounts: Sequence[Row]) -> None:
    """Draw the amounts of a period, what comes on top of one to its right."""
    begin = 0.0
    for row in amounts:
        kind = _kind_of(row)
        colour, look = _LOOKS[kind]
        if kind != "extra":
            begin = 0.0
        width = row["amount_usd"] / _LARGEST * (style.WIDTH - style.MARGIN - _LEFT)
        axes.add_patch(Rectangle((_LEFT + begin, y + 0.2), width, _BAR, linewidth=1.2,
                                 edgecolor=colour, **look))
        words = ("+ " if kind == "extra" else "") + _in_millions(row)
        axes.text(_LEFT + 0.08, y + 0.15, words, size=style.LABEL, weight="bold", color=style.INK)
        x = _LEFT + 0.08 + style.text_width(words, style.LABEL, "bold") + 0.08
        status, later = _status_text(row), _later_paper(row)
        if later:
            status = _TEXTS("later", status=status, when=month_of(later))
        axes.text(x, y + 0.15, status, size=style.SMALL, color=style.ink(colour))
        begin += width
        y += _STEP

"""What MINUSMA was to cost: each amount with the word of its source, and gaps as gaps."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from mali_course.charts.chart_base import Chart
from mali_course.charts.style import (
    BLUE,
    GREEN,
    INK,
    LABEL,
    MARGIN,
    REPORT_DATE,
    SMALL,
    SOFT,
    VERMILLION,
    WIDTH,
    ink,
    plain_style,
    sheet,
    text_width,
)
from mali_course.core.datasets import publishers, rows, source
from mali_course.core.formats import day, in_words, listed, month_of, number
from mali_course.core.messages import say
from mali_course.core.table import Table

__all__ = ["mission_budget"]

Row = Mapping[str, Any]

_MILLION = 1_000_000
_MISSING = "not found"
# What the word of a source means for the money: granted, or not yet.
_GRANTED, _ASKED, _EXTRA = ("approved", "appropriated", "budgeted"), ("requested",), ("extra",)
_LEFT = 0.94  # inches from the left to where amounts begin
_BAR, _STEP, _BETWEEN = 0.13, 0.36, 0.1  # inches: a bar, an amount with its words, two years
_LARGEST = 1_200_000_000


def _say(key: str, **fields: object) -> str:
    return say(f"charts_mission.budget.{key}", **fields)


@dataclass(frozen=True)
class _Period:
    """The amounts of one budget period; none where none was found."""

    name: str
    amounts: tuple[Row, ...]
    months: int
    listed: bool = True  # False: no row of the table, as no source speaks of this time

    @property
    def height(self) -> float:
        return max(len(self.amounts), 1) * _STEP + _BETWEEN


def _periods() -> list[_Period]:
    """Return the periods in the order of time, with those that the table leaves out."""
    grouped: dict[str, list[Row]] = {}
    for row in sorted(rows("mission_budget"), key=lambda one: one["period_start"]):
        grouped.setdefault(row["period"], []).append(row)
    found: list[_Period] = []
    until: datetime.date | None = None
    for name, own in grouped.items():
        begin = own[0]["period_start"]
        if until is not None and begin - until > datetime.timedelta(days=1):
            after = until + datetime.timedelta(days=1)
            before = begin - datetime.timedelta(days=1)
            found.append(_Period(_say("between", year=after.year, first=_short(after),
                                      last=_short(before)), (), _months(after, before), False))
        until = max(row["period_end"] for row in own)
        found.append(_Period(name, tuple(row for row in own if row["amount_usd"] is not None),
                             _months(begin, until)))
    return found


def _months(first: datetime.date, last: datetime.date) -> int:
    return round((last - first).days / 30.4)


def _short(date: datetime.date) -> str:
    names: list[str] = say("charts.format.short_months").split("|")
    return names[date.month - 1]


def _millions(row: Row) -> str:
    return number(row["amount_usd"] / _MILLION, 1)


def _kind(row: Row) -> str:
    for kind, words in (("granted", _GRANTED), ("asked", _ASKED), ("extra", _EXTRA)):
        if row["status"] in words:
            return kind
    return "advice"


def _told_later(row: Row) -> datetime.date | None:
    """Return the date of the paper that tells an amount, if it is later than the report."""
    try:
        date = datetime.date.fromisoformat(source(row["source_id"]).version_or_date)
    except ValueError:
        return None
    return date if date > REPORT_DATE else None


def mission_budget() -> Chart:
    """Draw the amounts that were found for each budget period, and the periods without one.

    Examples
    --------
    >>> "2015/16" in mission_budget().reading
    True
    """
    periods = _periods()
    every = rows("mission_budget")
    sources = tuple(dict.fromkeys(row["source_id"] for row in every))
    title = _say("title")
    with plain_style():
        figure = _draw(title, periods)
    return Chart(
        figure=figure,
        title=title,
        alt=_alt(periods),
        reading=_reading(periods),
        table=_table(every),
        sources=sources,
        note=_say("note"),
    )


# --- In words ---------------------------------------------------------------------------------


def _amount(row: Row) -> str:
    return _say("amount", millions=_millions(row), status=_status(row))


def _status(row: Row) -> str:
    """Return the word of the source, with the months that an amount is for if it is no year."""
    months = _months(row["period_start"], row["period_end"])
    words = _say(f"status_{row['status']}")
    return words if months == 12 else _say("months", status=words, months=months)


def _alt(periods: Sequence[_Period]) -> str:
    parts = "; ".join(
        _say("alt_part", period=" ".join(one.name.split()),
             amounts=listed(map(_amount, one.amounts)) if one.amounts else _say("nothing"))
        for one in periods)
    return _say("alt", parts=parts)


def _reading(periods: Sequence[_Period]) -> str:
    missing = listed(" ".join(one.name.split()) for one in periods if not one.amounts)
    twice = [one for one in periods
             if sum(_kind(row) == "granted" for row in one.amounts) > 1]
    parts = [_say("reading_missing", periods=missing)]
    parts += [_say("reading_twice", periods="; ".join(
        _say("twice", period=one.name, amounts=listed(
            _millions(row) for row in one.amounts if _kind(row) == "granted")) for one in twice))]
    later = {date for row in rows("mission_budget") if (date := _told_later(row))}
    count = sum(_told_later(row) is not None for row in rows("mission_budget"))
    parts += [_say("reading_later", count=in_words(count).capitalize(), when=month_of(date),
                   date=day(REPORT_DATE)) for date in sorted(later)]
    return " ".join(parts)


def _table(every: Sequence[Row]) -> Table:
    cells = tuple((row["period"], row["period_start"], row["period_end"], row["amount_usd"],
                   row["status"], publishers([row["source_id"]]), row["note"] or None)
                  for row in every)
    heads = ("period", "start", "end", "amount", "status", "source", "note")
    return Table(_say("caption"), tuple(_say(f"col_{one}") for one in heads), cells)


# --- The picture ------------------------------------------------------------------------------

_LOOKS: Mapping[str, dict[str, Any]] = {
    "granted": {"facecolor": BLUE, "edgecolor": BLUE},
    "asked": {"facecolor": "white", "edgecolor": VERMILLION, "hatch": "////"},
    "advice": {"facecolor": "white", "edgecolor": GREEN, "hatch": "...."},
    "extra": {"facecolor": "white", "edgecolor": BLUE},
}
_WORDS = {"granted": BLUE, "asked": VERMILLION, "advice": GREEN, "extra": BLUE}


def _draw(title: str, periods: Sequence[_Period]) -> Figure:
    head = 0.3
    body = head + sum(one.height for one in periods) + 0.06
    page = sheet(title, _say("source"), body)
    axes = page.place(0, 0, 0, 0)  # inches from the left and from the top
    axes.set_axis_off()
    axes.set(xlim=(0, WIDTH), ylim=(body, 0), xticks=[], yticks=[])
    axes.text(MARGIN, 0.02, _say("unit"), size=SMALL, va="top")
    y = head
    for one in periods:
        _period(axes, y, one)
        y += one.height
    axes.plot([_LEFT, _LEFT], [head - 0.02, y - _BETWEEN], color=SOFT, linewidth=1)
    return page.figure


def _width(row: Row) -> float:
    return float(row["amount_usd"]) / _LARGEST * (WIDTH - MARGIN - _LEFT)


def _period(axes: Axes, y: float, one: _Period) -> None:
    axes.text(MARGIN, y + 0.06, one.name, size=LABEL if one.listed else SMALL, va="top",
              weight="bold" if one.listed else "normal", linespacing=1.1)
    if not one.amounts:
        room = WIDTH - MARGIN - _LEFT - 0.08
        axes.add_patch(Rectangle((_LEFT + 0.08, y + 0.03), room, _STEP - 0.08, facecolor="white",
                                 edgecolor=SOFT, linestyle=(0, (4, 3)), linewidth=1))
        axes.text(_LEFT + 0.08 + room / 2, y + _STEP / 2 - 0.01, _say("gap"), size=SMALL,
                  ha="center", va="center", color=SOFT)
    begin = 0.0
    for row in one.amounts:
        kind = _kind(row)
        if kind != "extra":
            begin = 0.0
        axes.add_patch(Rectangle((_LEFT + begin, y + 0.2), _width(row), _BAR, linewidth=1.2,
                                 **_LOOKS[kind]))
        sign = "+ " if kind == "extra" else ""
        words = f"{sign}{_millions(row)}"
        axes.text(_LEFT + 0.08, y + 0.15, words, size=LABEL, weight="bold", color=INK)
        x = _LEFT + 0.08 + text_width(words, LABEL, "bold") + 0.08
        later = _told_later(row)
        status = _status(row)
        if later:
            status = _say("later", status=status, when=month_of(later))
        axes.text(x, y + 0.15, status, size=SMALL, color=ink(_WORDS[kind]))
        begin += _width(row)
        y += _STEP

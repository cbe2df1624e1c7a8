"""Deaths in the five states of the G5 Sahel, and who killed civilians, as UCDP counts them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from mali_course.charts.chart_base import Chart
from mali_course.charts.style import (
    BLUE,
    INK,
    LABEL,
    MARGIN,
    REPORT_DATE,
    SMALL,
    WIDTH,
    Sheet,
    plain_axes,
    plain_style,
    sheet,
)
from mali_course.core.datasets import publishers, rows
from mali_course.core.formats import day, in_words, number
from mali_course.core.messages import say
from mali_course.core.table import Table

__all__ = ["deaths_by_country"]

Row = Mapping[str, Any]

_MAIN = "Mali"
_BAND = "#b5d3e7"
_REPORT = REPORT_DATE.year - 0.5 + REPORT_DATE.day / 366  # a year's mark stands in its middle
_ROW, _HEAD, _TICKS, _LEFT, _BETWEEN = 1.62, 0.42, 0.24, 0.5, 0.2  # inches


def _say(key: str, **fields: object) -> str:
    return say(f"charts_insurgency.deaths.{key}", **fields)


@dataclass(frozen=True)
class _Country:
    """The years of one country, kinds of violence added up."""

    name: str
    rows: tuple[Row, ...]

    @cached_property
    def years(self) -> list[int]:
        return sorted({row["year"] for row in self.rows})

    def total(self, column: str, year: int) -> int:
        return sum(row[column] for row in self.rows if row["year"] == year)

    def line(self, column: str) -> list[int]:
        return [self.total(column, year) for year in self.years]

    @property
    def last(self) -> int:
        return self.years[-1]

    @property
    def range(self) -> dict[str, str]:
        """The estimates of the last year, as words."""
        return {column: number(self.total(column, self.last)) for column in ("best", "low", "high")}

    def rise(self) -> int:
        return self.total("best", self.last) - self.total("best", self.last - 1)


def _countries() -> list[_Country]:
    """Return Mali, and then the others from the highest last count to the lowest."""
    known = [row for row in rows("violence_by_country") if row["year"] < REPORT_DATE.year]
    found = [
        _Country(name, tuple(row for row in known if row["country"] == name))
        for name in dict.fromkeys(row["country"] for row in known)
    ]
    return sorted(found, key=lambda one: (one.name != _MAIN, -one.total("best", one.last)))


def deaths_by_country() -> Chart:
    """Draw deaths a year in five countries with their lowest and highest estimates.

    Examples
    --------
    >>> "Burkina Faso" in deaths_by_country().reading
    True
    """
    countries = _countries()
    main, last = countries[0], countries[0].last
    other = max(countries[1:], key=_Country.rise)
    every = [row for one in countries for row in one.rows]
    sources = tuple(dict.fromkeys(row["source_id"] for row in every))
    title = _say("title", last=last)
    with plain_style():
        figure = _draw(title, countries, sources)
    parts = []
    for one in countries:
        best = one.line("best")
        ends = one.range
        parts.append(_say("alt_part", country=one.name, peak=one.years[best.index(max(best))],
                          best=number(max(best)), last=last, end=ends["best"], low=ends["low"],
                          high=ends["high"]))
    return Chart(
        figure=figure,
        title=title,
        alt=_say("alt", count=in_words(len(countries)).capitalize(), first=main.years[0],
                 last=last, parts="; ".join(parts)),
        reading=_reading(countries, other),
        table=_table(every),
        sources=sources,
        note=_say("note"),
    )


def _reading(countries: Sequence[_Country], other: _Country) -> str:
    main, last = countries[0], countries[0].last
    parts = []
    for key, one in (("reading_main", main), ("reading_other", other)):
        ends = one.range
        parts.append(_say(key, main=one.name, other=one.name, previous=last - 1, last=last,
                          before=number(one.total("best", last - 1)), end=ends["best"],
                          low=ends["low"], high=ends["high"]))
    before, end = (sum(one.total("best", year) for one in countries) for year in (last - 1, last))
    parts.append(_say("reading_all", count=in_words(len(countries)), before=number(before),
                      end=number(end)))
    return " ".join(parts)


def _table(every: Sequence[Row]) -> Table:
    names = ("country", "year", "kind", "best", "low", "high", "source_id", "note")
    cells = tuple(
        tuple(_say(f"kind_{row[name]}") if name == "kind" else row[name] if row[name] != ""
              else None for name in names)
        for row in sorted(every, key=lambda row: row["country"] != _MAIN)
    )
    return Table(_say("caption", date=day(REPORT_DATE)), tuple(_say(f"col_{n}") for n in names),
                 cells)


def _draw(title: str, countries: Sequence[_Country], sources: Sequence[str]) -> Figure:
    lines = (len(countries) + 2) // 2  # the key takes a place too
    last = countries[0].last
    body = lines * _ROW
    page = sheet(title, _say("source", last=last, publishers=publishers(sources)), body)
    top = max(max(one.line("high")) for one in countries) * 1.04
    for place, one in enumerate(countries):
        axes = _place(page, place, lines)
        _panel(axes, one, top)
        axes.tick_params(axis="y", labelleft=place % 2 == 0)
    _key(_place(page, len(countries), lines))
    return page.figure


def _place(page: Sheet, place: int, lines: int) -> Axes:
    """Add the axes of a panel: two in a row, from left to right."""
    wide = (WIDTH - _LEFT - MARGIN - _BETWEEN) / 2
    line, column = divmod(place, 2)
    left = _LEFT + column * (wide + _BETWEEN)
    return page.place(left, (lines - 1 - line) * _ROW + _TICKS, WIDTH - left - wide,
                      line * _ROW + _HEAD)


def _panel(axes: Axes, one: _Country, top: float) -> None:
    axes.fill_between(one.years, one.line("low"), one.line("high"), facecolor=_BAND,
                      edgecolor=BLUE, linewidth=0.6)
    axes.plot(one.years, one.line("best"), "o-", color=BLUE, linewidth=1.8, markersize=4,
              clip_on=False, zorder=3)
    plain_axes(axes)
    axes.spines["bottom"].set_visible(True)
    axes.axvline(_REPORT, color=INK, linewidth=1.1, linestyle=(0, (4, 3)))
    axes.set(xlim=(one.years[0] - 0.5, one.last + 0.75), ylim=(0, top),
             xticks=one.years[1::3], yticks=range(0, int(top), 500))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))
    axes.tick_params(labelsize=SMALL, pad=3.5)
    words: dict[str, Any] = {"xycoords": "axes fraction", "textcoords": "offset points",
                             "va": "bottom"}
    axes.annotate(one.name, (0, 1), (0, 15), size=LABEL, weight="bold", **words)
    axes.annotate(_say("range", last=one.last, **one.range), (0, 1), (0, 3), size=SMALL,
                  color=INK, **words)


def _key(axes: Axes) -> None:
    axes.set_axis_off()
    axes.set(xlim=(0, 1), ylim=(0, 3), xticks=[], yticks=[])
    axes.plot([0, 0.16], [2.7] * 2, "o-", color=BLUE, linewidth=1.8, markersize=4, clip_on=False)
    axes.fill_between([0, 0.16], 1.4, 1.9, facecolor=_BAND, edgecolor=BLUE, linewidth=0.6)
    axes.plot([0.08, 0.08], [0.2, 1], color=INK, linewidth=1.1, linestyle=(0, (4, 3)))
    for y, words in zip((2.7, 1.65, 0.6),
                        (_say("key_best"), _say("key_range"),
                         _say("key_report", date=day(REPORT_DATE))), strict=True):
        axes.text(0.24, y, words.replace("|", "\n"), size=SMALL, va="center", linespacing=1.1)

"""Deaths in the five states of the G5 Sahel, and who killed civilians, as UCDP counts them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from mali_course.charts import canvas, style
from mali_course.charts.canvas import Row
from mali_course.charts.chart_base import Chart
from mali_course.charts.prose import chart_prose
from mali_course.core.datasets import rows
from mali_course.core.formats import day, number

__all__ = ["draw"]

_PROSE = chart_prose("deaths-by-country")
_MAIN = "Mali"
_BAND: dict[str, Any] = {"facecolor": "#b5d3e7", "edgecolor": style.BLUE, "linewidth": 0.6}
_BEST: dict[str, Any] = {"color": style.BLUE, "linewidth": 1.8, "markersize": 4, "clip_on": False}
# A year's mark stands in its middle.
_REPORT = style.REPORT_DATE.year - 0.5 + style.REPORT_DATE.day / 366
_ROW, _HEAD, _TICKS, _LEFT, _BETWEEN = 1.62, 0.42, 0.24, 0.5, 0.2  # inches


@dataclass(frozen=True)
class _Country:
    """The years of one country, kinds of violence added up."""

    name: str
    rows: tuple[Row, ...]

    @cached_property
    def years(self) -> list[int]:
        return sorted({row["year"] for row in self.rows})

    @property
    def last(self) -> int:
        return self.years[-1]

    def total_in(self, column: str, year: int) -> int:
        return sum(row[column] for row in self.rows if row["year"] == year)

    def totals_of(self, column: str) -> list[int]:
        return [self.total_in(column, year) for year in self.years]

    def year_rows(self) -> list[Row]:
        """Return a row for each year: its three estimates, and what notes say of its kinds."""
        return [{
            "country": self.name, "year": year,
            **{column: self.total_in(column, year) for column in ("best", "low", "high")},
            "source_id": next(row["source_id"] for row in self.rows if row["year"] == year),
            "note": "; ".join(row["note"] for row in self.rows
                              if row["year"] == year and row["note"]),
        } for year in self.years]

    @property
    def last_words(self) -> dict[str, str]:
        """The estimates of the last year, as words."""
        return {column: number(self.total_in(column, self.last))
                for column in ("best", "low", "high")}


def draw() -> Chart:
    """Draw deaths a year in five countries with their lowest and highest estimates.

    Examples
    --------
    >>> "Burkina Faso" in draw().reading
    True
    """
    countries = _sorted_countries()
    return _PROSE.chart_of(
        _draw_figure(countries),
        [row for country in countries for row in country.year_rows()])


def _sorted_countries() -> list[_Country]:
    """Return Mali, and then the others from the highest last count to the lowest."""
    known = [row for row in rows("violence_by_country") if row["year"] < style.REPORT_DATE.year]
    countries = [_Country(name, tuple(row for row in known if row["country"] == name))
                 for name in dict.fromkeys(row["country"] for row in known)]
    return sorted(countries, key=lambda country: (
        country.name != _MAIN, -country.total_in("best", country.last)))


def _draw_figure(countries: Sequence[_Country]) -> Figure:
    lines = (len(countries) + 2) // 2  # the key takes a place too
    page = style.sheet(_PROSE.title, _PROSE.source, lines * _ROW)
    top = max(max(country.totals_of("high")) for country in countries) * 1.04
    for place, country in enumerate(countries):
        axes = _place_panel(page, place, lines)
        _draw_country(axes, country, top)
        axes.tick_params(axis="y", labelleft=place % 2 == 0)
    _draw_key(_place_panel(page, len(countries), lines))
    return page.figure


def _place_panel(page: style.Sheet, place: int, lines: int) -> Axes:
    """Add the axes of a panel: two in a row, from left to right."""
    wide = (style.WIDTH - _LEFT - style.MARGIN - _BETWEEN) / 2
    line, column = divmod(place, 2)
    left = _LEFT + column * (wide + _BETWEEN)
    return page.place(left, (lines - 1 - line) * _ROW + _TICKS, style.WIDTH - left - wide,
                      line * _ROW + _HEAD)


def _draw_country(axes: Axes, country: _Country, top: float) -> None:
    axes.fill_between(country.years, country.totals_of("low"), country.totals_of("high"), **_BAND)
    axes.plot(country.years, country.totals_of("best"), "o-", zorder=3, **_BEST)
    style.plain_axes(axes)
    axes.spines["bottom"].set_visible(True)
    canvas.draw_report_line(axes, _REPORT, linewidth=1.1)
    axes.set(xlim=(country.years[0] - 0.5, country.last + 0.75), ylim=(0, top),
             xticks=country.years[1::3], yticks=range(0, int(top), 500))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))
    axes.tick_params(labelsize=style.SMALL, pad=3.5)
    canvas.draw_label(axes, country.name, (0, 1), (0, 15), "axes", size=style.LABEL,
                      weight="bold", va="bottom")
    canvas.draw_label(axes, _PROSE.label("range", last=country.last, **country.last_words), (0, 1),
                      (0, 3), "axes", size=style.SMALL, color=style.INK, va="bottom")


def _draw_key(axes: Axes) -> None:
    axes.set_axis_off()
    axes.set(xlim=(0, 1), ylim=(0, 3), xticks=[], yticks=[])
    axes.plot([0, 0.16], [2.7] * 2, "o-", **_BEST)
    axes.fill_between([0, 0.16], 1.4, 1.9, **_BAND)
    axes.plot([0.08, 0.08], [0.2, 1], color=style.INK, linewidth=1.1, linestyle=canvas.DASHED)
    for y, key in ((2.7, "key_best"), (1.65, "key_range"), (0.6, "key_report")):
        axes.text(0.24, y, _PROSE.label(key, date=day(style.REPORT_DATE)), size=style.SMALL,
                  va="center", linespacing=1.1)

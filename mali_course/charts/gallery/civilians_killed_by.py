"""Civilians killed by one side in the states of the G5 Sahel: by governments, and by others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from mali_course.charts import canvas, style
from mali_course.charts.canvas import Row
from mali_course.charts.chart_base import Chart
from mali_course.charts.prose import chart_prose
from mali_course.core.datasets import rows
from mali_course.core.formats import listed, number

__all__ = ["draw"]

_PROSE = chart_prose("civilians-killed-by")
_MAIN = "Mali"
_SIDES = ("government", "non_state")
_LOOKS: dict[str, dict[str, Any]] = {
    "government": {"facecolor": style.BLUE, "edgecolor": style.BLUE},
    "non_state": {"facecolor": "white", "edgecolor": style.VERMILLION, "hatch": "////"},
}
_COLOURS = {"government": style.BLUE, "non_state": style.ink(style.VERMILLION)}
_YEAR = (style.WIDTH - 2 * style.MARGIN) / 11.1  # inches
_LEAST = 10  # a country that never has so many is told in words
_BAR = 0.4  # of a year
_KEY, _HEAD, _NUMBER, _TICKS, _GAP = 0.34, 0.24, 0.22, 0.22, 0.1  # inches
_INCH = 780.0  # civilians: one scale for all panels


def draw() -> Chart:
    """Draw how many civilians governments and others are counted to have killed.

    Examples
    --------
    >>> draw().table.columns[1]
    'Year'
    """
    countries = _country_rows()
    return _PROSE.chart_of(_draw_figure(countries),
                           [row for country in countries.values() for row in country])


def _country_rows() -> dict[str, list[Row]]:
    """Return the years of each country, Mali first, then by what was counted in all."""
    countries: dict[str, list[Row]] = {}
    for row in sorted(rows("civilians_killed_by"), key=lambda row: row["year"]):
        if row["year"] < style.REPORT_DATE.year:
            countries.setdefault(row["country"], []).append(row)
    order = sorted(countries,
                   key=lambda name: (name != _MAIN, -sum(map(_both_sides, countries[name]))))
    return {name: countries[name] for name in order}


def _both_sides(row: Row) -> int:
    return int(sum(row[side] for side in _SIDES))


def _most_killed(country: Iterable[Row]) -> int:
    return int(max(row[side] for row in country for side in _SIDES))


def _draw_figure(countries: Mapping[str, Sequence[Row]]) -> Figure:
    drawn = {name: country for name, country in countries.items()
             if max(map(_both_sides, country)) >= _LEAST}
    heights = [_bars_height(country) + _HEAD + _NUMBER + _TICKS + _GAP
               for country in drawn.values()]
    body = _KEY + sum(heights) + 0.24
    page = style.sheet(_PROSE.title, _PROSE.source, body)
    above = _KEY
    for (name, country), height in zip(drawn.items(), heights, strict=True):
        axes = page.place(style.MARGIN, body - above - height + _TICKS + _GAP, style.MARGIN,
                          above + _HEAD)
        _draw_country(axes, name, country)
        above += height
    ground = canvas.inch_axes(page, body)
    _draw_key(ground)
    rest = {name: country for name, country in countries.items() if name not in drawn}
    if rest:
        most = max(map(_most_killed, rest.values()))
        ground.text(style.MARGIN, body - 0.08,
                    _PROSE.label("rest", country=listed(rest), most=number(most)),
                    size=style.SMALL, va="bottom", color=style.SOFT)
    return page.figure


def _draw_key(axes: Axes) -> None:
    axes.text(style.MARGIN, 0.13, _PROSE.label("key"), size=style.LABEL, va="center")
    for x, side in ((1.0, "government"), (2.85, "non_state")):
        axes.add_patch(Rectangle((x, 0.05), 0.2, 0.16, linewidth=1, **_LOOKS[side]))
        axes.text(x + 0.27, 0.13, _PROSE.label(side), size=style.SMALL, va="center", weight="bold",
                  color=_COLOURS[side])


def _bars_height(country: Iterable[Row]) -> float:
    """Return the height of the bars of a panel in inches."""
    return float(_most_killed(country)) / _INCH


def _draw_country(axes: Axes, name: str, country: Sequence[Row]) -> None:
    years = [row["year"] for row in country]
    style.plain_axes(axes, grid="")
    axes.spines["bottom"].set_visible(True)
    axes.set(xlim=(years[0] - 0.55, years[-1] + 0.55),
             ylim=(0, (_bars_height(country) + _NUMBER) * _INCH), xticks=years, yticks=[])
    axes.tick_params(labelsize=style.SMALL, pad=2)
    canvas.draw_label(axes, name, (0, 1), (0, 1), "axes", size=style.LABEL, weight="bold",
                      va="bottom")
    for row in country:
        for side, shift in zip(_SIDES, (-_BAR, 0.0), strict=True):
            if row[side]:
                axes.add_patch(Rectangle((row["year"] + shift, 0), _BAR, row[side], linewidth=1,
                                         **_LOOKS[side]))
        if _both_sides(row):
            _draw_numbers(axes, row)


def _draw_numbers(axes: Axes, row: Row) -> None:
    """Write both numbers of a year over the bars."""
    for side, way in zip(_SIDES, (-1, 1), strict=True):
        # From the middle of the year outward, so that the two do not touch.
        wide = style.text_width(number(row[side]), style.SMALL, "bold") / 2 + 0.02
        away = max(wide - 0.01, _BAR / 2 * _YEAR)
        canvas.draw_label(axes, number(row[side]), (row["year"], row[side]), (way * away * 72, 2.0),
                          size=style.SMALL, ha="center", va="bottom", color=_COLOURS[side],
                          weight="bold", zorder=4)

"""Civilians killed by one side in the states of the G5 Sahel: by governments, and by others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from mali_course.charts.chart_base import Chart
from mali_course.charts.style import (
    BLUE,
    LABEL,
    MARGIN,
    REPORT_DATE,
    SMALL,
    SOFT,
    VERMILLION,
    WIDTH,
    ink,
    plain_axes,
    plain_style,
    sheet,
    text_width,
)
from mali_course.core.datasets import publishers, rows
from mali_course.core.formats import in_words, listed, number
from mali_course.core.messages import say
from mali_course.core.table import Table

__all__ = ["civilians_killed_by"]

Row = Mapping[str, Any]

_MAIN = "Mali"
_SIDES = ("government", "non_state")
_LOOKS: dict[str, dict[str, Any]] = {
    "government": {"facecolor": BLUE, "edgecolor": BLUE},
    "non_state": {"facecolor": "white", "edgecolor": VERMILLION, "hatch": "////"},
}
_COLOURS = {"government": BLUE, "non_state": ink(VERMILLION)}
_YEAR = (WIDTH - 2 * MARGIN) / 11.1  # inches
_LEAST = 10  # a country that never has so many is told in words
_BAR = 0.4  # of a year
_KEY, _HEAD, _NUMBER, _TICKS, _GAP = 0.34, 0.24, 0.22, 0.22, 0.1  # inches
_INCH = 780.0  # civilians: one scale for all panels


def _say(key: str, **fields: object) -> str:
    return say(f"charts_insurgency.civilians.{key}", **fields)


def _countries() -> dict[str, list[Row]]:
    """Return the years of each country, Mali first, then by what was counted in all."""
    known = [row for row in rows("civilians_killed_by") if row["year"] < REPORT_DATE.year]
    found: dict[str, list[Row]] = {}
    for row in sorted(known, key=lambda row: row["year"]):
        found.setdefault(row["country"], []).append(row)
    order = sorted(found, key=lambda name: (name != _MAIN, -sum(map(_both, found[name]))))
    return {name: found[name] for name in order}


def _both(row: Row) -> int:
    return int(sum(row[side] for side in _SIDES))


def civilians_killed_by() -> Chart:
    """Draw how many civilians governments and others are counted to have killed.

    Examples
    --------
    >>> civilians_killed_by().table.columns[1]
    'Year'
    """
    countries = _countries()
    every = [row for own in countries.values() for row in own]
    drawn = {name: own for name, own in countries.items() if max(map(_both, own)) >= _LEAST}
    sources = tuple(dict.fromkeys(row["source_id"] for row in every))
    title = _say("title")
    years = [row["year"] for row in every]
    with plain_style():
        figure = _draw(title, countries, drawn, sources)
    names = ("country", "year", *_SIDES, "source_id", "note")
    return Chart(
        figure=figure,
        title=title,
        alt=_say("alt", count=in_words(len(drawn)).capitalize(), first=min(years), last=max(years),
                 parts="; ".join(_alt(name, own) for name, own in drawn.items())),
        reading=_reading(countries),
        table=Table(_say("caption"), tuple(_say(f"col_{name}") for name in names),
                    tuple(tuple(None if row[name] == "" else row[name] for name in names)
                          for row in every)),
        sources=sources,
        note=_say("note"),
    )


def _alt(name: str, own: Sequence[Row]) -> str:
    government, other = (max(own, key=lambda row: row[side]) for side in _SIDES)
    return _say("alt_part" if government["government"] else "alt_part_none", country=name,
                government_year=government["year"], government=number(government["government"]),
                other_year=other["year"], other=number(other["non_state"]))


def _reading(countries: Mapping[str, Sequence[Row]]) -> str:
    every = [row for own in countries.values() for row in own]
    parts = [_say("reading_main", count=in_words(len(countries)),
                  **{side: number(sum(row[side] for row in every)) for side in _SIDES})]
    turned = [row for row in every
              if row["government"] > row["non_state"] and _both(row) >= _LEAST]
    if turned:
        parts.append(_say("reading_turned", turned=in_words(len(turned)), least=in_words(_LEAST)))
    return " ".join(parts)


def _draw(title: str, countries: Mapping[str, Sequence[Row]], drawn: Mapping[str, Sequence[Row]],
          sources: Sequence[str]) -> Figure:
    heights = [_height(own) + _HEAD + _NUMBER + _TICKS + _GAP for own in drawn.values()]
    body = _KEY + sum(heights) + 0.24
    last = max(row["year"] for own in drawn.values() for row in own)
    page = sheet(title, _say("source", last=last, publishers=publishers(sources)), body)
    above = _KEY
    for (name, own), height in zip(drawn.items(), heights, strict=True):
        axes = page.place(MARGIN, body - above - height + _TICKS + _GAP, MARGIN, above + _HEAD)
        _panel(axes, name, own)
        above += height
    ground = page.place(0, 0, 0, 0)  # in inches from the left and from the top
    ground.set_axis_off()
    ground.set(xlim=(0, WIDTH), ylim=(body, 0), xticks=[], yticks=[])
    ground.text(MARGIN, 0.13, _say("key"), size=LABEL, va="center")
    for x, side in ((1.0, "government"), (2.85, "non_state")):
        ground.add_patch(Rectangle((x, 0.05), 0.2, 0.16, linewidth=1, **_LOOKS[side]))
        ground.text(x + 0.27, 0.13, _say(side), size=SMALL, va="center", weight="bold",
                    color=_COLOURS[side])
    rest = [name for name in countries if name not in drawn]
    if rest:
        most = max(row[side] for name in rest for row in countries[name] for side in _SIDES)
        ground.text(MARGIN, body - 0.08, _say("rest", country=listed(rest), most=number(most)),
                    size=SMALL, va="bottom", color=SOFT)
    return page.figure


def _height(own: Sequence[Row]) -> float:
    """Return the height of the bars of a panel in inches."""
    return float(max(row[side] for row in own for side in _SIDES)) / _INCH


def _panel(axes: Axes, name: str, own: Sequence[Row]) -> None:
    years = [row["year"] for row in own]
    plain_axes(axes, grid="")
    axes.spines["bottom"].set_visible(True)
    axes.set(xlim=(years[0] - 0.55, years[-1] + 0.55), ylim=(0, (_height(own) + _NUMBER) * _INCH),
             xticks=years, yticks=[])
    axes.tick_params(labelsize=SMALL, pad=2)
    axes.annotate(name, (0, 1), (0, 1), xycoords="axes fraction", textcoords="offset points",
                  size=LABEL, weight="bold", va="bottom")
    for row in own:
        for side, shift in zip(_SIDES, (-_BAR, 0.0), strict=True):
            if row[side]:
                axes.add_patch(Rectangle((row["year"] + shift, 0), _BAR, row[side], linewidth=1,
                                         **_LOOKS[side]))
        _numbers(axes, row)


def _numbers(axes: Axes, row: Row) -> None:
    """Write both numbers of a year over the bars, unless both are zero."""
    if not _both(row):
        return
    for side, way in zip(_SIDES, (-1, 1), strict=True):
        # From the middle of the year outward, so that the two do not touch.
        wide = text_width(number(row[side]), SMALL, "bold") / 2 + 0.02
        at = max(wide - 0.01, _BAR / 2 * _YEAR)
        axes.annotate(number(row[side]), (row["year"], row[side]), (way * at * 72, 2.0),
                      textcoords="offset points", size=SMALL, ha="center", va="bottom",
                      color=_COLOURS[side], weight="bold", zorder=4)

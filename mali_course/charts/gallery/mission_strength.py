"""How many people MINUSMA was allowed to have, and how many it had at the days that are known."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mali_course.charts.chart_base import Chart
from mali_course.charts.style import (
    BLACK,
    BLUE,
    GREEN,
    INK,
    LABEL,
    MARGIN,
    REPORT_DATE,
    SMALL,
    SOFT,
    VERMILLION,
    halo,
    ink,
    plain_axes,
    plain_style,
    sheet,
)
from mali_course.core.datasets import rows
from mali_course.core.dates import year_fraction
from mali_course.core.formats import day, listed, month, number
from mali_course.core.messages import say
from mali_course.core.table import Table

__all__ = ["mission_strength"]

Row = Mapping[str, Any]

_ALL = "all personnel"
# What is counted, from the whole to its parts: colour, marker, and where the scale ends.
_COUNTED = {
    "uniformed": (BLUE, "o", 18_500),
    "military": (GREEN, "s", 17_000),
    "police": (VERMILLION, "^", 2_600),
}
_HEIGHTS = {"uniformed": 1.62, "military": 1.46, "police": 1.42}  # inches
_GAP = 0.46  # inches between two panels, for a heading
_LEFT, _RIGHT = 0.62, 0.14
_FROM, _TO = 2013.0, 2020.55


def _say(key: str, **fields: object) -> str:
    return say(f"charts_mission.strength.{key}", **fields)


def _ceilings(counted: str) -> list[tuple[datetime.date, str, int]]:
    """Return the resolutions that set a ceiling: day, number, ceiling."""
    return [(row["adopted_on"], row["resolution"], row[counted])
            for row in sorted(rows("mission_mandates"), key=lambda one: one["adopted_on"])
            if row[counted] is not None]


def _steps(counted: str) -> list[tuple[datetime.date, int]]:
    """Return the days on which a ceiling became another one."""
    found: list[tuple[datetime.date, int]] = []
    for date, _, ceiling in _ceilings(counted):
        if not found or found[-1][1] != ceiling:
            found.append((date, ceiling))
    return found


def _ceiling_on(counted: str, date: datetime.date) -> int:
    return [ceiling for since, ceiling in _steps(counted) if since <= date][-1]


def _points(counted: str) -> list[Row]:
    return sorted((row for row in rows("mission_strength") if row["component"] == counted),
                  key=lambda row: row["as_of"])


def _when(row: Row) -> str:
    return month(row["as_of"].strftime("%Y-%m"))


def mission_strength() -> Chart:
    """Draw the ceilings of the mission as steps and the known counts as points.

    Examples
    --------
    >>> "15,209" in mission_strength().reading
    True
    """
    every = [*rows("mission_mandates"), *rows("mission_strength")]
    sources = tuple(dict.fromkeys(row["source_id"] for row in every))
    title = _say("title")
    with plain_style():
        figure = _draw(title)
    return Chart(
        figure=figure,
        title=title,
        alt=_alt(),
        reading=_reading(),
        table=_table(),
        sources=sources,
        note=_say("note"),
    )


# --- In words ---------------------------------------------------------------------------------


def _told(row: Row) -> str:
    if row["precision"] == "unclear":
        return _say("told_unclear", people=number(row["personnel"]), when=_when(row))
    key = "told_after" if row["after_report"] == "yes" else "told"
    return _say(key, people=number(row["personnel"]), when=_when(row))


def _alt() -> str:
    panels = []
    for counted in _COUNTED:
        steps = listed(_say("step", ceiling=number(ceiling), when=month(date.strftime("%Y-%m")))
                       for date, ceiling in _steps(counted))
        panels.append(_say("alt_panel", name=_say(f"heading_{counted}"), steps=steps,
                           points=listed(_told(row) for row in _points(counted))))
    others = listed(_told(row) for row in _points(_ALL))
    return _say("alt", panels=" ".join(panels), others=others)


def _reading() -> str:
    counted = "military"
    day_known = [row for row in _points(counted) if row["precision"] != "unclear"]
    shares = [_say("share", people=number(row["personnel"]), when=_when(row),
                   percent=number(100 * row["personnel"] / ceiling),
                   ceiling=number(ceiling))
              for row in day_known for ceiling in [_ceiling_on(counted, row["as_of"])]]
    (first, *_), (last, top) = _steps("uniformed"), _steps("uniformed")[-1]
    parts = [_say("reading", first=number(first[1]), last=number(top),
                  when=month(last.strftime("%Y-%m")), shares=listed(shares))]
    below = all(row["personnel"] <= _ceiling_on(one, row["as_of"])
                for one in _COUNTED for row in _points(one))
    parts.append(_say("reading_below" if below else "reading_above"))
    parts.append(_say("reading_none", date=day(REPORT_DATE)))
    return " ".join(parts)


def _table() -> Table:
    cells: list[tuple[Any, ...]] = []
    for counted in _COUNTED:
        name = _say(f"name_{counted}")
        cells += [(date, name, _say("is_ceiling", resolution=resolution), ceiling, None)
                  for date, resolution, ceiling in _ceilings(counted)]
    for counted in (*_COUNTED, _ALL):
        cells += [(row["as_of"], _say(f"name_{counted.replace(' ', '_')}"), _say("is_count"),
                   row["personnel"], row["note"] or None) for row in _points(counted)]
    cells.sort(key=lambda row: row[0])
    heads = ("col_date", "col_who", "col_what", "col_people", "col_note")
    return Table(_say("caption"), tuple(map(_say, heads)), tuple(cells))


# --- The picture ------------------------------------------------------------------------------


def _draw(title: str) -> Figure:
    body = sum(_HEIGHTS.values()) + len(_HEIGHTS) * _GAP + 0.16
    page = sheet(title, _say("source"), body)
    low = 0.3
    for counted in reversed(_COUNTED):
        height = _HEIGHTS[counted]
        axes = page.place(_LEFT, low, _RIGHT, body - low - height)
        _panel(axes, counted, last=low == 0.3)
        low += height + _GAP
    return page.figure


def _panel(axes: Axes, counted: str, *, last: bool) -> None:
    colour, marker, top = _COUNTED[counted]
    plain_axes(axes)
    axes.spines["bottom"].set_visible(True)
    ticks = range(0, top, 1_000 if top < 5_000 else 5_000)
    axes.set(xlim=(_FROM, _TO), ylim=(0, top))
    axes.set_yticks(ticks, [number(tick) for tick in ticks])
    years = range(int(_FROM), int(_TO) + 1)
    axes.set_xticks(years, [str(year) if last else "" for year in years])
    axes.tick_params(labelsize=SMALL)
    axes.tick_params(axis="x", pad=8)
    axes.annotate(_say(f"heading_{counted}"), (0, 1), ((MARGIN - _LEFT) * 72, 7), size=LABEL,
                  xycoords="axes fraction", textcoords="offset points", weight="bold",
                  color=ink(colour))
    report = year_fraction(REPORT_DATE)
    axes.axvline(report, color=INK, linewidth=1, linestyle=(0, (4, 3)))
    if counted == "uniformed":
        axes.annotate(say("charts.frame.report_date", date=day(REPORT_DATE)), (_TO, 1), (0, 7),
                      xycoords=("data", "axes fraction"), textcoords="offset points", size=SMALL,
                      ha="right")
    _line(axes, counted)
    for row in _points(counted):
        _point(axes, row, colour, marker)
    if counted == "uniformed":
        for row in _points(_ALL):
            _point(axes, row, BLACK, "D")


def _line(axes: Axes, counted: str) -> None:
    """Draw the ceiling, with each new number above the place where it begins."""
    steps = _steps(counted)
    xs = [*(year_fraction(date) for date, _ in steps), _TO]
    ys = [ceiling for _, ceiling in steps]
    axes.step(xs, [*ys, ys[-1]], where="post", color=SOFT, linewidth=2.4, solid_capstyle="butt")
    for place, (left, ceiling) in enumerate(zip(xs, ys, strict=False)):
        key = "ceiling_first" if place == 0 else "ceiling"
        axes.annotate(_say(key, ceiling=number(ceiling)), (left, ceiling), (1, 4), size=SMALL,
                      textcoords="offset points", weight="bold", path_effects=halo(), zorder=5)


# Where the words of a point stand, so that they keep clear of the line and of each other: points
# from its middle, and how they are aligned there. A day stands in for those of its neighbourhood.
_BELOW, _ASIDE = (0, -8, "center", "top"), (8, 0, "left", "center")
_BEFORE, _FAR_BELOW = (-12, -13, "right", "center"), (20, -40, "right", "top")


def _side(row: Row) -> tuple[float, float, str, str]:
    if row["component"] == _ALL:
        return -6, -20, "right", "top"
    if row["precision"] == "unclear":
        return _BEFORE if row["component"] == "police" else _FAR_BELOW
    if row["after_report"] == "yes":
        return 14, -26, "right", "top"
    if row["as_of"].year > 2016:
        return {2017: -10, 2018: -5}.get(row["as_of"].year, -2), *_BELOW[1:]
    return _ASIDE if row["as_of"].year == 2015 else _BELOW


def _words(row: Row) -> str:
    people = number(row["personnel"])
    if row["component"] == _ALL:
        return _say("label_all", people=people, when=_when(row))
    if row["precision"] == "unclear":
        return _say("label_unclear", people=people, when=_when(row))
    key = "label_after" if row["after_report"] == "yes" else "label"
    return _say(key, people=people, when=_when(row))


def _point(axes: Axes, row: Row, colour: str, marker: str) -> None:
    at = year_fraction(row["as_of"]), row["personnel"]
    careful = (row["after_report"] == "yes" or row["component"] == _ALL
               or row["precision"] == "unclear")
    axes.plot([at[0]], [at[1]], marker, markersize=8, markeredgecolor=colour, markeredgewidth=2,
              zorder=4, markerfacecolor="white" if careful else colour)
    x, y, ha, va = _side(row)
    lead = {"arrowstyle": "-", "color": colour, "linewidth": 0.9, "shrinkA": 0, "shrinkB": 6}
    axes.annotate(_words(row), at, (x, y), size=SMALL, textcoords="offset points", ha=ha, va=va,
                  linespacing=1.1, color=ink(colour), path_effects=halo(), zorder=5,
                  arrowprops=lead if abs(y) >= 20 and row["after_report"] == "no" else None)

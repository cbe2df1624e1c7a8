"""How many people MINUSMA was allowed to have, and how many it had at the days that are known."""

from __future__ import annotations

from itertools import groupby

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mali_course.charts import canvas, style
from mali_course.charts.canvas import Row
from mali_course.charts.chart_base import Chart
from mali_course.charts.prose import chart_prose
from mali_course.core.datasets import rows
from mali_course.core.dates import year_fraction
from mali_course.core.formats import number, short_month

__all__ = ["draw"]

_PROSE = chart_prose("mission-strength")
_ALL = "all personnel"
# What is counted, from the whole to its parts: colour, marker, and where the scale ends.
_COUNTED = {
    "uniformed": (style.BLUE, "o", 21_000),
    "military": (style.GREEN, "s", 17_000),
    "police": (style.VERMILLION, "^", 2_600),
}
_HEIGHTS = {"uniformed": 1.62, "military": 1.46, "police": 1.42}  # inches
_GAP, _BELOW = 0.46, 0.3  # inches: between two panels, for a heading; below the last one
_LEFT, _RIGHT = 0.62, 0.14
_FROM, _TO = 2013.0, 2020.8
# Where the words of a count stand, so that they keep clear of the line and of each other: points
# from its middle, and how they are aligned there.
_BELOW_IT = (0, -8, "center", "top")
_SIDES = {
    ("uniformed", 2015, "published"): (8, 0, "left", "center"),
    ("uniformed", 2019, "known"): (-6, -8, "center", "top"),
    ("military", 2017, "known"): (-16, -8, "center", "top"),
    ("military", 2018, "known"): (-5, -8, "center", "top"),
    ("military", 2019, "known"): (-10, -44, "right", "top"),
    ("military", 2019, "unclear"): (4, -24, "right", "top"),
    ("police", 2017, "known"): (-10, -8, "center", "top"),
    ("police", 2019, "known"): (-24, -24, "center", "top"),
    ("police", 2019, "unclear"): (4, -36, "right", "top"),
    ("police", 2020, "after"): (-5, -8, "left", "top"),
    (_ALL, 2019, "all"): (0, 13, "right", "bottom"),
}


def draw() -> Chart:
    """Draw the ceilings of the mission as steps and the known counts as points.

    Examples
    --------
    >>> "15,209" in draw().reading
    True
    """
    every = [row for counted in _COUNTED for row in _ceiling_rows(counted)]
    every += rows("mission_strength")
    return _PROSE.chart_of(
        _draw_panels(), sorted(every, key=lambda row: row["as_of"]),
        sources=canvas.sources_of(rows("mission_mandates"), rows("mission_strength")),
        component=lambda row: _PROSE.label(row["component"]),
        kind=lambda row: _PROSE.label("is_ceiling" if "resolution" in row else "is_count", **row))


def _ceiling_rows(counted: str) -> list[Row]:
    """Return the resolutions that set a ceiling, in the order of time, as rows like the counts."""
    return [{"as_of": row["adopted_on"], "component": counted, "personnel": row[counted],
             "resolution": row["resolution"], "note": ""}
            for row in rows("mission_mandates") if row[counted] is not None]


def _count_rows(counted: str) -> list[Row]:
    return [row for row in rows("mission_strength") if row["component"] == counted]


def _care_of(row: Row) -> str:
    """Return why a count needs care ("all", "published", "unclear" or "after"), or "known"."""
    if row["component"] == _ALL:
        return "all"
    if row["precision"] in ("published", "unclear"):
        return str(row["precision"])
    return "after" if row["after_report"] == "yes" else "known"


def _draw_panels() -> Figure:
    body = sum(_HEIGHTS.values()) + len(_HEIGHTS) * _GAP + 0.16
    page = style.sheet(_PROSE.title, _PROSE.source, body)
    low = _BELOW
    for counted in reversed(_COUNTED):
        height = _HEIGHTS[counted]
        axes = page.place(_LEFT, low, _RIGHT, body - low - height)
        _draw_panel(axes, counted, last=low == _BELOW)
        low += height + _GAP
    return page.figure


def _draw_panel(axes: Axes, counted: str, *, last: bool) -> None:
    colour, marker, top = _COUNTED[counted]
    style.plain_axes(axes)
    axes.spines["bottom"].set_visible(True)
    ticks = range(0, top, 1_000 if top < 5_000 else 5_000)
    axes.set(xlim=(_FROM, _TO), ylim=(0, top))
    axes.set_yticks(ticks, [number(tick) for tick in ticks])
    years = range(int(_FROM), int(_TO) + 1)
    axes.set_xticks(years, [str(year) if last else "" for year in years])
    axes.tick_params(labelsize=style.SMALL)
    axes.tick_params(axis="x", pad=8)
    canvas.draw_label(axes, _PROSE.label(f"heading_{counted}"), (0, 1),
                      ((style.MARGIN - _LEFT) * 72, 7), "axes", size=style.LABEL, weight="bold",
                      color=style.ink(colour))
    canvas.draw_report_line(axes, linewidth=1)
    _draw_ceilings(axes, counted)
    for row in _count_rows(counted):
        _draw_count(axes, row, colour, marker)
    if counted == "uniformed":
        canvas.draw_label(axes, canvas.report_label(), (_TO, 1), (0, 7), "above",
                          size=style.SMALL, ha="right")
        for row in _count_rows(_ALL):
            _draw_count(axes, row, style.BLACK, "D")


def _draw_ceilings(axes: Axes, counted: str) -> None:
    """Draw the ceiling, with each new number above the place where it begins."""
    grouped = groupby(_ceiling_rows(counted), key=lambda row: row["personnel"])
    steps = [(year_fraction(next(same)["as_of"]), ceiling) for ceiling, same in grouped]
    xs, ys = zip(*steps, (_TO, steps[-1][1]), strict=True)
    axes.step(xs, ys, where="post", color=style.SOFT, linewidth=2.4, solid_capstyle="butt")
    for spot in steps:
        text = number(spot[1])
        if spot == steps[0]:
            text = _PROSE.label("first_ceiling", ceiling=text)
        canvas.draw_label(axes, text, spot, (1, 4), size=style.SMALL, weight="bold",
                          path_effects=style.halo(), zorder=5)


def _draw_count(axes: Axes, row: Row, colour: str, marker: str) -> None:
    spot, care = (year_fraction(row["as_of"]), row["personnel"]), _care_of(row)
    axes.plot(*spot, marker, markersize=8, markeredgecolor=colour, markeredgewidth=2, zorder=4,
              markerfacecolor=colour if care == "known" else "white")
    x, y, ha, va = _SIDES.get((row["component"], row["as_of"].year, care), _BELOW_IT)
    lead = {"arrowstyle": "-", "color": colour, "linewidth": 0.9, "shrinkA": 0, "shrinkB": 6}
    label = _PROSE.label(care, people=number(row["personnel"]), when=short_month(row["as_of"]))
    canvas.draw_label(axes, label, spot, (x, y), size=style.SMALL, ha=ha, va=va, linespacing=1.1,
                      color=style.ink(colour), zorder=5, path_effects=style.halo(),
                      arrowprops=lead if y <= -20 and care != "after" else None)

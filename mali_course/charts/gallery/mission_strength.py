"""How many people MINUSMA was allowed to have, and how many it had at the days that are known."""

from __future__ import annotations

import datetime
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mali_course.charts import canvas, style
from mali_course.charts.canvas import Row
from mali_course.charts.chart_base import Chart
from mali_course.core.datasets import rows
from mali_course.core.dates import year_fraction
from mali_course.core.formats import day, listed, number, short_month
from mali_course.core.table import Table

__all__ = ["draw"]

_TEXTS = canvas.ChartTexts("charts_mission.strength")

_ALL = "all personnel"
# What is counted, from the whole to its parts: colour, marker, and where the scale ends.
_COUNTED = {
    "uniformed": (style.BLUE, "o", 18_500),
    "military": (style.GREEN, "s", 17_000),
    "police": (style.VERMILLION, "^", 2_600),
}
_HEIGHTS = {"uniformed": 1.62, "military": 1.46, "police": 1.42}  # inches
_GAP, _BELOW = 0.46, 0.3  # inches: between two panels, for a heading; below the last one
_LEFT, _RIGHT = 0.62, 0.14
_FROM, _TO = 2013.0, 2020.55


def _ceiling_rows(counted: str) -> list[Row]:
    """Return the resolutions that set a ceiling."""
    return sorted((row for row in rows("mission_mandates") if row[counted] is not None),
                  key=lambda row: row["adopted_on"])


def _ceiling_steps(counted: str) -> list[tuple[datetime.date, int]]:
    """Return the days on which a ceiling became another one."""
    steps: list[tuple[datetime.date, int]] = []
    for row in _ceiling_rows(counted):
        if not steps or steps[-1][1] != row[counted]:
            steps.append((row["adopted_on"], row[counted]))
    return steps


def _ceiling_on(counted: str, date: datetime.date) -> int:
    return [ceiling for since, ceiling in _ceiling_steps(counted) if since <= date][-1]


def _count_rows(counted: str) -> list[Row]:
    return sorted((row for row in rows("mission_strength") if row["component"] == counted),
                  key=lambda row: row["as_of"])


def _care_of(row: Row) -> str:
    """Return why a count needs care: it is unclear, after the report, or of all personnel."""
    if row["component"] == _ALL:
        return "_all"
    if row["precision"] == "unclear":
        return "_unclear"
    return "_after" if row["after_report"] == "yes" else ""


def draw() -> Chart:
    """Draw the ceilings of the mission as steps and the known counts as points.

    Examples
    --------
    >>> "15,209" in draw().reading
    True
    """
    return Chart(
        figure=_draw_panels(),
        title=_TEXTS("title"),
        alt=_alt_text(),
        reading=_reading_text(),
        table=_strength_table(),
        sources=canvas.sources_of(rows("mission_mandates"), rows("mission_strength")),
        note=_TEXTS("note"),
    )


# --- In words ---------------------------------------------------------------------------------


def _count_text(row: Row, kind: str) -> str:
    """Return a count in words: as a label in the picture, or told in a sentence."""
    return _TEXTS(kind + _care_of(row), people=number(row["personnel"]),
                  when=short_month(row["as_of"]))


def _counts_text(counted: str) -> str:
    return listed(_count_text(row, "told") for row in _count_rows(counted))


def _alt_text() -> str:
    panels = []
    for counted in _COUNTED:
        steps = listed(_TEXTS("step", ceiling=number(ceiling), when=short_month(date))
                       for date, ceiling in _ceiling_steps(counted))
        panels.append(_TEXTS("alt_panel", name=_TEXTS(f"heading_{counted}"), steps=steps,
                            points=_counts_text(counted)))
    return _TEXTS("alt", panels=" ".join(panels), others=_counts_text(_ALL))


def _reading_text() -> str:
    shares = []
    for row in _count_rows("military"):
        if _care_of(row) != "_unclear":
            ceiling = _ceiling_on("military", row["as_of"])
            shares.append(_TEXTS(
                "share", people=number(row["personnel"]), when=short_month(row["as_of"]),
                percent=number(100 * row["personnel"] / ceiling), ceiling=number(ceiling)))
    (_, first), *_, (since, last) = _ceiling_steps("uniformed")
    below = all(row["personnel"] <= _ceiling_on(counted, row["as_of"])
                for counted in _COUNTED for row in _count_rows(counted))
    return " ".join((
        _TEXTS("reading", first=number(first), last=number(last), when=short_month(since),
              shares=listed(shares)),
        _TEXTS("reading_below" if below else "reading_above"),
        _TEXTS("reading_none", date=day(style.REPORT_DATE))))


def _strength_table() -> Table:
    cells: list[tuple[Any, ...]] = [
        (row["adopted_on"], _TEXTS(f"name_{counted}"),
         _TEXTS("is_ceiling", resolution=row["resolution"]), row[counted], None)
        for counted in _COUNTED for row in _ceiling_rows(counted)]
    cells += [
        (row["as_of"], _TEXTS.of_value("name", counted), _TEXTS("is_count"),
         row["personnel"], row["note"] or None)
        for counted in (*_COUNTED, _ALL) for row in _count_rows(counted)]
    heads = ("col_date", "col_who", "col_what", "col_people", "col_note")
    return Table(_TEXTS("caption"), tuple(map(_TEXTS, heads)),
                 tuple(sorted(cells, key=lambda cell: cell[0])))


# --- The picture ------------------------------------------------------------------------------


def _draw_panels() -> Figure:
    body = sum(_HEIGHTS.values()) + len(_HEIGHTS) * _GAP + 0.16
    page = style.sheet(_TEXTS("title"), _TEXTS("source"), body)
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
    canvas.draw_label(axes, _TEXTS(f"heading_{counted}"), (0, 1), ((style.MARGIN - _LEFT) * 72, 7),
                      "axes", size=style.LABEL, weight="bold", color=style.ink(colour))
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
    steps = [(year_fraction(date), ceiling) for date, ceiling in _ceiling_steps(counted)]
    xs, ys = zip(*steps, (_TO, steps[-1][1]), strict=True)
    axes.step(xs, ys, where="post", color=style.SOFT, linewidth=2.4, solid_capstyle="butt")
    for place, (left, ceiling) in enumerate(steps):
        key = "ceiling_first" if place == 0 else "ceiling"
        canvas.draw_label(axes, _TEXTS(key, ceiling=number(ceiling)), (left, ceiling), (1, 4),
                          size=style.SMALL, weight="bold", path_effects=style.halo(), zorder=5)


# Where the words of a point stand, so that they keep clear of the line and of each other: points
# from its middle, and how they are aligned there. A day stands in for those of its neighbourhood.
_BELOW_IT, _ASIDE = (0, -8, "center", "top"), (8, 0, "left", "center")
_BEFORE, _FAR_BELOW = (-12, -13, "right", "center"), (20, -40, "right", "top")
_WITH_CARE = {"_all": (-6, -20, "right", "top"), "_after": (14, -26, "right", "top")}


def _label_side(row: Row) -> tuple[float, float, str, str]:
    if _care_of(row) == "_unclear":
        return _BEFORE if row["component"] == "police" else _FAR_BELOW
    if _care_of(row):
        return _WITH_CARE[_care_of(row)]
    if row["as_of"].year > 2016:
        return {2017: -10, 2018: -5}.get(row["as_of"].year, -2), *_BELOW_IT[1:]
    return _ASIDE if row["as_of"].year == 2015 else _BELOW_IT


def _draw_count(axes: Axes, row: Row, colour: str, marker: str) -> None:
    spot = year_fraction(row["as_of"]), row["personnel"]
    axes.plot(*spot, marker, markersize=8, markeredgecolor=colour,
              markeredgewidth=2, zorder=4, markerfacecolor="white" if _care_of(row) else colour)
    x, y, ha, va = _label_side(row)
    lead = {"arrowstyle": "-", "color": colour, "linewidth": 0.9, "shrinkA": 0, "shrinkB": 6}
    canvas.draw_label(axes, _count_text(row, "label"), spot, (x, y), size=style.SMALL, ha=ha,
                      va=va, linespacing=1.1, color=style.ink(colour), zorder=5,
                      path_effects=style.halo(),
                      arrowprops=lead if abs(y) >= 20 and _care_of(row) != "_after" else None)

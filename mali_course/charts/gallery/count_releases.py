"""Deaths in several releases: counts change after they are published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from mali_course.charts import canvas, style
from mali_course.charts.canvas import Row
from mali_course.charts.chart_base import Chart
from mali_course.charts.prose import chart_prose
from mali_course.core.datasets import rows
from mali_course.core.formats import number

__all__ = ["draw"]

Counts = Mapping[str, Mapping[int, int]]

_PROSE = chart_prose("count-releases")
# From the first release to the last: a square and a triangle are hollow, so that a circle of the
# same count is seen within.
_LOOKS: tuple[dict[str, Any], ...] = (
    {"marker": "s", "markersize": 11, "color": style.VERMILLION, "markerfacecolor": "none"},
    {"marker": "^", "markersize": 8, "color": style.GREEN, "markerfacecolor": "none"},
    {"marker": "o", "markersize": 5.5, "color": style.BLUE},
)
_ROW = 0.33  # inches
_LINE = style.SMALL * 1.2 / 72
_LEFT, _RIGHT, _TICKS = 0.5, 1.1, 0.36
_STEP = 200  # deaths between two lines
_LATE = 3  # years of which the reading speaks


def draw() -> Chart:
    """Draw the deaths of each year in Mali as three releases count them.

    Examples
    --------
    >>> draw().table.columns[:2]
    ('Year', 'Release')
    """
    known = [row for row in rows("counts_by_release") if row["year"] < style.REPORT_DATE.year]
    return _PROSE.chart_of(_draw_figure(_counts_by_release(known)), known)


def _counts_by_release(known: Sequence[Row]) -> dict[str, dict[int, int]]:
    """Return the counts of each release by year, the releases in the order of the file."""
    counts: dict[str, dict[int, int]] = {}
    for row in known:
        counts.setdefault(row["release"], {})[row["year"]] = row["best"]
    return counts


def _change_in(counts: Counts, year: int) -> int | None:
    """Return by how much the last release differs from the first; None if it has no such year."""
    first, *_, last = counts.values()
    return last[year] - first[year] if year in first and year in last else None


def _change_text(change: int | None) -> str:
    if change is None:
        return _PROSE.label("newer")
    if not change:
        return _PROSE.label("same")
    return _PROSE.label("more" if change > 0 else "fewer", count=number(abs(change)))


def _draw_figure(counts: Counts) -> Figure:
    years = sorted({year for release in counts.values() for year in release})
    room = style.WIDTH - 2 * style.MARGIN - 0.3
    keys = [style.wrap(release, room, style.SMALL) for release in counts]
    # With the heading of the column of changes.
    head = sum((key.count("\n") + 1) * _LINE + 0.07 for key in keys) + 0.42
    body = head + len(years) * _ROW + _TICKS
    page = style.sheet(_PROSE.title, _PROSE.source, body)
    ground = canvas.inch_axes(page, body)
    y = 0.02
    for key, look in zip(keys, _LOOKS, strict=True):
        ground.plot(style.MARGIN + 0.1, y + 0.08, linestyle="", markeredgewidth=1.5, **look)
        ground.text(style.MARGIN + 0.3, y, key, size=style.SMALL, va="top",
                    color=style.ink(look["color"]), weight="bold", linespacing=1.1)
        y += (key.count("\n") + 1) * _LINE + 0.07
    ground.text(style.WIDTH - style.MARGIN, head - 0.04, _PROSE.label("change"),
                size=style.SMALL, ha="right", va="bottom", linespacing=1.1, color=style.SOFT)
    _draw_counts(page.place(_LEFT, _TICKS, _RIGHT, head), counts, years)
    return page.figure


def _draw_counts(axes: Axes, counts: Counts, years: Sequence[int]) -> None:
    style.plain_axes(axes, grid="x")
    most = max(max(release.values()) for release in counts.values())
    axes.set(xlim=(-35, most * 1.04), ylim=(years[-1] + 0.5, years[0] - 0.5), yticks=years,
             xticks=range(0, most, _STEP))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))
    axes.set_xlabel(_PROSE.label("unit"), size=style.SMALL, labelpad=2)
    axes.tick_params(labelsize=style.SMALL, pad=3)
    axes.hlines(years, -35, most * 1.04, color=style.GRID, linewidth=0.5, zorder=0)
    for release, look in zip(counts.values(), _LOOKS, strict=True):
        axes.plot(list(release.values()), list(release), linestyle="", markeredgewidth=1.5, **look)
    for year in years:
        change = _change_in(counts, year)
        canvas.draw_label(axes, _change_text(change), (1, year),
                          ((_RIGHT - style.MARGIN) * 72, 0), "beside", size=style.SMALL,
                          ha="right", va="center", weight="bold" if change else "normal",
                          color=style.INK if change else style.SOFT, linespacing=1.0)

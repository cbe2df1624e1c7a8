"""Deaths in several releases: counts change after they are published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from mali_course.charts.chart_base import Chart
from mali_course.charts.style import (
    BLUE,
    GREEN,
    GRID,
    INK,
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
    wrap,
)
from mali_course.core.datasets import publishers, rows
from mali_course.core.formats import in_words, listed, number
from mali_course.core.messages import say
from mali_course.core.table import Table

__all__ = ["count_releases"]

Row = Mapping[str, Any]
Counts = Mapping[str, Mapping[int, int]]

# From the first release to the last: a square and a triangle are hollow, so that a circle of the
# same count is seen within.
_LOOKS: tuple[dict[str, Any], ...] = (
    {"marker": "s", "markersize": 11, "color": VERMILLION, "markerfacecolor": "none"},
    {"marker": "^", "markersize": 8, "color": GREEN, "markerfacecolor": "none"},
    {"marker": "o", "markersize": 5.5, "color": BLUE},
)
_LINE = 0.33  # inches: a row
_LEFT, _RIGHT, _TICKS = 0.5, 1.1, 0.36
_STEP = 200  # deaths between two lines
_LATE = 3  # years of which the reading speaks


def _say(key: str, **fields: object) -> str:
    return say(f"charts_insurgency.releases.{key}", **fields)


def _known() -> list[Row]:
    return [row for row in rows("counts_by_release") if row["year"] < REPORT_DATE.year]


def _counts(known: Sequence[Row]) -> dict[str, dict[int, int]]:
    """Return the counts of each release by year, the releases in the order of the file."""
    found: dict[str, dict[int, int]] = {}
    for row in known:
        found.setdefault(row["release"], {})[row["year"]] = row["best"]
    return found


def _change(counts: Counts, year: int) -> int | None:
    """Return by how much the last release differs from the first; None if it has no such year."""
    first, *_, last = counts.values()
    return last[year] - first[year] if year in first and year in last else None


def _signed(change: int | None) -> str:
    if change is None:
        return _say("newer")
    if not change:
        return _say("same")
    return _say("more" if change > 0 else "fewer", count=number(abs(change)))


def count_releases() -> Chart:
    """Draw the deaths of each year in Mali as three releases count them.

    Examples
    --------
    >>> count_releases().table.columns[:2]
    ('Year', 'Release')
    """
    known = _known()
    counts = _counts(known)
    years = sorted({row["year"] for row in known})
    sources = tuple(dict.fromkeys(row["source_id"] for row in known))
    names = list(counts)
    title = _say("title", count=in_words(len(counts)).capitalize())
    with plain_style():
        figure = _draw(title, counts, years, sources)
    columns = ("year", "release", "best", "source_id", "note")
    return Chart(
        figure=figure,
        title=title,
        alt=_say("alt", years=in_words(len(years)).capitalize(), first=years[0], last=years[-1],
                 end=years[-1], differences="; ".join(
                     _say("alt_difference", year=year, difference=_signed(_change(counts, year)))
                     for year in years)),
        reading=_reading(counts, years),
        table=Table(_say("caption"), tuple(_say(f"col_{name}") for name in columns),
                    tuple(tuple(None if row[name] == "" else row[name] for name in columns)
                          for row in known)),
        sources=sources,
        note=_say("note", middle=names[1]),
    )


def _reading(counts: Counts, years: Sequence[int]) -> str:
    names = list(counts)
    both = [year for year in years if _change(counts, year) is not None]
    changed = [year for year in both if _change(counts, year)]
    late = both[-_LATE:]
    largest = sorted(changed, key=lambda year: -abs(_change(counts, year) or 0))[:_LATE]
    changes = listed(_say("change_part", year=year, change=_signed(_change(counts, year)))
                     for year in changed)
    parts = [_say("reading", first_release=names[0], last_release=names[-1],
                  changed=in_words(len(changed)), both=in_words(len(both)), changes=changes)]
    if sorted(largest) == late:
        parts.append(_say("reading_late", late=listed(map(str, late))))
    parts.append(_say("reading_missing", end=years[-1]))
    return " ".join(parts)


def _draw(title: str, counts: Counts, years: Sequence[int], sources: Sequence[str]) -> Figure:
    room = WIDTH - 2 * MARGIN - 0.3
    keys = [wrap(_say("key", release=name), room, SMALL) for name in counts]
    high = sum((key.count("\n") + 1) * SMALL * 1.2 / 72 + 0.07 for key in keys)
    head = high + 0.42  # with the heading of the column of changes
    body = head + len(years) * _LINE + _TICKS
    page = sheet(title, _say("source", middle=list(counts)[1], publishers=publishers(sources)),
                 body)
    ground = page.place(0, 0, 0, 0)  # in inches from the left and from the top
    ground.set_axis_off()
    ground.set(xlim=(0, WIDTH), ylim=(body, 0), xticks=[], yticks=[])
    y = 0.02
    for key, look in zip(keys, _LOOKS, strict=True):
        tall = (key.count("\n") + 1) * SMALL * 1.2 / 72
        ground.plot(MARGIN + 0.1, y + 0.08, linestyle="", markeredgewidth=1.5, **look)
        ground.text(MARGIN + 0.3, y, key, size=SMALL, va="top", color=ink(look["color"]),
                    weight="bold", linespacing=1.1)
        y += tall + 0.07
    ground.text(WIDTH - MARGIN, head - 0.04, _say("change").replace("|", "\n"), size=SMALL,
                ha="right", va="bottom", linespacing=1.1, color=SOFT)
    axes = page.place(_LEFT, _TICKS, _RIGHT, head)
    _rows(axes, counts, years)
    return page.figure


def _rows(axes: Axes, counts: Counts, years: Sequence[int]) -> None:
    plain_axes(axes, grid="x")
    most = max(max(own.values()) for own in counts.values())
    axes.set(xlim=(-35, most * 1.04), ylim=(years[-1] + 0.5, years[0] - 0.5), yticks=years,
             xticks=range(0, most, _STEP))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))
    axes.set_xlabel(_say("unit"), size=SMALL, labelpad=2)
    axes.tick_params(labelsize=SMALL, pad=3)
    axes.hlines(years, -35, most * 1.04, color=GRID, linewidth=0.5, zorder=0)
    for own, look in zip(counts.values(), _LOOKS, strict=True):
        axes.plot(list(own.values()), list(own), linestyle="", markeredgewidth=1.5, **look)
    for year in years:
        change = _change(counts, year)
        axes.annotate(_signed(change).replace("|", "\n"), (1, year), ((_RIGHT - MARGIN) * 72, 0),
                      xycoords=("axes fraction", "data"), textcoords="offset points",
                      size=SMALL, ha="right", va="center", weight="bold" if change else "normal",
                      color=INK if change else SOFT, linespacing=1.0)

"""What other versions of the report say: a dot for each figure, and gaps left as gaps."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mali_course.charts import canvas, style
from mali_course.charts.canvas import Row
from mali_course.charts.chart_base import Chart
from mali_course.charts.prose import chart_prose
from mali_course.core.datasets import rows
from mali_course.core.dates import year_fraction
from mali_course.core.formats import number

__all__ = ["draw"]

_PROSE = chart_prose("versions")
_NAMES = 1.8  # inches for the names of the items
_LINE = style.SMALL * 1.3 / 72
_LABEL = 0.7  # inches for a figure in two lines
_NEAR = 0.11  # inches below which two signs of the strip would touch
_HEAD, _TICKS = 0.9, 0.28
# How much of a version we read.
_SIGNS: Mapping[str, dict[str, Any]] = {
    "whole": {"marker": "o", "markerfacecolor": style.INK},
    "opening": {"marker": "o", "fillstyle": "top", "markerfacecolor": style.INK,
                "markerfacecoloralt": "white"},
    "summary": {"marker": "d", "markerfacecolor": style.INK},
    "nothing": {"marker": "x", "markeredgewidth": 1.6},
}


@dataclass(frozen=True)
class _Item:
    """An item with what the versions say of it, in order of time."""

    name: str
    rows: tuple[Row, ...]

    @property
    def figures(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row["value"] is not None)

    @property
    def lines(self) -> str:
        return style.wrap(self.name, _NAMES - 0.1, style.SMALL)

    @property
    def height(self) -> float:
        lines = self.lines.count("\n") + 1
        return max(0.27, lines * _LINE + 0.08, 0.6 if len(self.figures) > 1 else 0)


@dataclass(frozen=True)
class _TimeAxis:
    """The axis of time, in inches from the left edge of the figure."""

    first: float
    last: float

    def inches_at(self, when: datetime.date | float) -> float:
        year = when if isinstance(when, float) else year_fraction(when)
        room = style.WIDTH - style.MARGIN - 0.1 - _NAMES
        return _NAMES + 0.1 + room * (year - self.first) / (self.last - self.first)


def draw() -> Chart:
    """Draw what the versions of the report say of the same items, by date.

    Examples
    --------
    >>> draw().table.columns[0]
    'Version of'
    """
    items = _sorted_items()
    dates = sorted(rows("report_version_dates"), key=lambda row: row["version_date"])
    return _PROSE.chart_of(
        # A figure of one version alone can be compared with nothing: it is in the table.
        _draw_figure([item for item in items if len(item.rows) > 1], dates),
        [*_item_rows(items, dates), *_unread_rows(dates)],
        sources=canvas.sources_of(rows("report_versions"), dates))


def _sorted_items() -> list[_Item]:
    """Return figures that can be compared, then what is told in words, then single figures."""
    grouped: dict[str, list[Row]] = {}
    for row in rows("report_versions"):
        grouped.setdefault(row["item"], []).append(row)
    items = [_Item(name, tuple(sorted(group, key=lambda row: row["version_date"])))
             for name, group in grouped.items()]
    return sorted(items, key=lambda item: (len(item.rows) < 2, not item.figures))


def _figure_text(row: Row, between: str = " ") -> str:
    if row["value"] is None:
        return ""
    money = "$" if row["unit"] == "usd" else ""
    return f"{row['qualifier'] or ''}{between}{money}{number(row['value'])}".strip()


def _item_rows(items: Iterable[_Item], dates: Iterable[Row]) -> list[Row]:
    read = {row["version_date"]: _PROSE.label(row["read"]) for row in dates}
    return [{**row, "date": row["version_date"], "figure": _figure_text(row),
             "read": read.get(row["version_date"], "")}
            for item in items for row in item.rows]


def _unread_rows(dates: Iterable[Row]) -> list[Row]:
    return [{"date": row["version_date"], "item": _PROSE.label("no_item"), "says": row["note"],
             "figure": "", "as_of": "", "read": _PROSE.label("nothing"),
             "source_id": row["source_id"], "note": ""}
            for row in dates if row["read"] == "nothing"]


# --- The picture ------------------------------------------------------------------------------


def _draw_figure(items: Sequence[_Item], dates: Sequence[Row]) -> Figure:
    time = _TimeAxis(year_fraction(dates[0]["version_date"]) - 0.3,
                     year_fraction(dates[-1]["version_date"]) + 0.3)
    body = _HEAD + sum(item.height for item in items) + _TICKS
    figure, axes = canvas.inch_canvas(_PROSE.title, _PROSE.source, body)
    report = time.inches_at(style.REPORT_DATE)
    axes.plot([report] * 2, [0.2, body - _TICKS], color=style.INK, linewidth=1.1,
              linestyle=canvas.DASHED)
    axes.text(report, 0.03, canvas.report_label(), size=style.SMALL, weight="bold", ha="center",
              va="top")
    _draw_strip(axes, 0.42, dates, time)
    y = _HEAD
    for item in items:
        canvas.draw_rule(axes, y)
        _draw_item(axes, y, item, time)
        y += item.height
    canvas.draw_rule(axes, y)
    for year in range(int(time.first) + 1, int(time.last) + 1):
        x = time.inches_at(float(year))
        axes.plot([x, x], [y, y + 0.05], color=style.SOFT, linewidth=0.8)
        if year % 2 == 0:
            axes.text(x, y + 0.07, str(year), size=style.SMALL, ha="center", va="top")
    return figure


def _draw_strip(axes: Axes, y: float, dates: Sequence[Row], time: _TimeAxis) -> None:
    """Draw a sign for each known version, and below it what the signs mean."""
    words = style.wrap(_PROSE.label("read_strip"), _NAMES - 0.1, style.SMALL, "bold")
    axes.text(style.MARGIN, y, words, size=style.SMALL, weight="bold", va="center",
              linespacing=1.2)
    points: dict[str, list[tuple[float, float]]] = {read: [] for read in _SIGNS}
    before, low = -1.0, False
    for row in dates:
        x = time.inches_at(row["version_date"])
        low = x - before < _NEAR and not low
        points[row["read"]].append((x, y + 0.11 * low))
        before = x
    y += 0.36
    places = canvas.draw_key_labels(axes, map(_PROSE.label, _SIGNS), style.MARGIN + 0.05, y,
                                    indent=0.1, step=0.32)
    for (read, spots), place in zip(points.items(), places, strict=True):
        xs, ys = zip(*spots, (place, y), strict=True)
        axes.plot(xs, ys, linestyle="none", markersize=7, markeredgecolor=style.INK,
                  **_SIGNS[read])


def _draw_item(axes: Axes, y: float, item: _Item, time: _TimeAxis) -> None:
    axes.text(style.MARGIN, y + item.height / 2, item.lines, size=style.SMALL, va="center",
              linespacing=1.2)
    several = len(item.figures) > 1
    level = y + (0.12 if several else item.height / 2)
    for later in (False, True):
        xs = [time.inches_at(row["version_date"]) for row in item.rows
              if (row["version_date"] > style.REPORT_DATE) is later]
        # What is later than the report is hollow.
        axes.plot(xs, [level] * len(xs), linestyle="none", marker="o" if item.figures else "s",
                  markersize=6, color=style.BLUE, markeredgewidth=1.4,
                  markerfacecolor="white" if later else style.BLUE)
    if several:
        _draw_figures(axes, level, item, time)


def _draw_figures(axes: Axes, level: float, item: _Item, time: _TimeAxis) -> None:
    """Write each figure below its dot, moved aside where they would touch."""
    xs = [time.inches_at(row["version_date"]) for row in item.figures]
    placed = style.spread_apart(xs, _LABEL, _NAMES + 0.1 + _LABEL / 2,
                          style.WIDTH - style.MARGIN - _LABEL / 2 + 0.08)
    for x, at, row in zip(xs, placed, item.figures, strict=True):
        axes.plot([x, at], [level + 0.05, level + 0.16], color=style.SOFT, linewidth=0.8)
        axes.text(at, level + 0.17, _figure_text(row, "\n"), size=style.SMALL, ha="center",
                  va="top", linespacing=1.1, bbox=canvas.white_box(0.5))

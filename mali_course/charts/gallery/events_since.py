"""What was reported after the report, down a line of time."""

from __future__ import annotations

from collections.abc import Sequence
from math import nan

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mali_course.charts import canvas, style
from mali_course.charts.canvas import Row
from mali_course.charts.chart_base import Chart
from mali_course.charts.prose import chart_prose
from mali_course.core.datasets import rows
from mali_course.core.dates import year_fraction

__all__ = ["draw"]

_PROSE = chart_prose("events-since")
# Colour and marker of each kind of event: no two share any.
_KINDS = {
    "rule": (style.BLUE, "s"),
    "partners": (style.GREEN, "o"),
    "north and accord": (style.PURPLE, "D"),
    "violence": (style.VERMILLION, "^"),
}
_LEFT = 0.62  # inches from the figure's edge to the line of time
_HEIGHT = 6.75  # inches of the line
# Across the axes: the line, where a lead turns, where the words begin.
_SPINE, _TURN, _WORDS = 0.02, 0.075, 0.125


def draw() -> Chart:
    """Draw the events after the report down a line of time.

    Examples
    --------
    >>> "later than the report" in draw().reading
    True
    """
    events = sorted(rows("events_since"), key=lambda row: row["date"].first)
    return _PROSE.chart_of(_draw_line(events), events,
                           kind=lambda row: _PROSE.labels[row["kind"]])


# --- The picture ------------------------------------------------------------------------------


def _draw_line(events: Sequence[Row]) -> Figure:
    page = style.sheet(_PROSE.title, _PROSE.source, _HEIGHT + 0.12 + 0.34)
    axes = page.place(_LEFT, 0.12, style.MARGIN, 0.34)
    times = [year_fraction(row["date"].first) for row in events]
    top, bottom = style.REPORT_DATE.year - 0.06, times[-1] + 0.3
    axes.set(xlim=(0, 1), ylim=(bottom, top), xticks=[],
             yticks=list(range(style.REPORT_DATE.year, int(times[-1]) + 1)))
    style.plain_axes(axes, grid="")
    axes.plot([_SPINE, _SPINE], [top, bottom], color=style.SOFT, linewidth=1, zorder=1)
    axes.axhline(canvas.REPORT_AT, color=style.INK, linewidth=1.2, linestyle=canvas.DASHED,
                 zorder=1)
    axes.text(1, canvas.REPORT_AT - 0.02, canvas.report_label(), ha="right", va="bottom",
              weight="bold", size=style.SMALL)
    inch = (bottom - top) / _HEIGHT  # in years
    end = bottom - 0.05 * inch
    heights = style.spread_apart(times, 0.2 * inch, canvas.REPORT_AT + 0.13 * inch,
                                 end - 0.16 * inch)
    _write_events(axes, events, heights)
    _draw_leads(axes, times, heights)
    axes.text(_WORDS, end, _PROSE.label("end"), size=style.SMALL, va="center", color=style.SOFT)
    _draw_key(axes)
    return page.figure


def _write_events(axes: Axes, events: Sequence[Row], heights: Sequence[float]) -> None:
    for row, height in zip(events, heights, strict=True):
        colour, marker = _KINDS[row["kind"]]
        label = _PROSE.label("row", date=row["date"].short(), label=row["label"])
        axes.text(_WORDS, height, label, size=style.SMALL, va="center", color=style.ink(colour))
        axes.plot(_WORDS - 0.026, height, marker, color=colour, markersize=6.5, zorder=3)


def _draw_leads(axes: Axes, times: Sequence[float], heights: Sequence[float]) -> None:
    """Lead from each point in time to its words."""
    xs = [_SPINE, _TURN, _WORDS - 0.035, nan] * len(times)
    ys = [y for time, height in zip(times, heights, strict=True)
          for y in (time, height, height, nan)]
    axes.plot(xs, ys, color="#b0b0b0", linewidth=0.8, zorder=1)
    axes.plot([_SPINE] * len(times), times, ".", color=style.INK, markersize=5, clip_on=False,
              zorder=3)


def _draw_key(axes: Axes) -> None:
    """Name the marks in a line above the axes."""
    room = style.WIDTH - _LEFT - style.MARGIN
    x, y = (style.MARGIN - _LEFT) / room, 1 + 0.2 / _HEIGHT
    for kind, (colour, marker) in _KINDS.items():
        label = _PROSE.labels[kind]
        axes.plot([x + 0.07 / room], [y], marker, color=colour, markersize=7, clip_on=False,
                  transform=axes.transAxes)
        axes.text(x + 0.18 / room, y, label, transform=axes.transAxes, va="center",
                  color=style.ink(colour), size=style.SMALL + 0.4)
        x += (0.38 + style.text_width(label, style.SMALL + 0.4)) / room

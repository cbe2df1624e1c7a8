"""What was reported after the report, down a line of time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from math import nan

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mali_course.charts import canvas, style
from mali_course.charts.canvas import Row, date_text
from mali_course.charts.chart_base import Chart
from mali_course.core.datasets import rows
from mali_course.core.dates import year_fraction
from mali_course.core.formats import in_words, listed

__all__ = ["draw"]

_TEXTS = canvas.ChartTexts("charts_since.events")

# Colour and marker of each kind of event: no two share any.
_KINDS = {
    "rule": (style.BLUE, "s"),
    "partners": (style.GREEN, "o"),
    "accord and courts": (style.PURPLE, "D"),
    "violence": (style.VERMILLION, "^"),
}
_COLUMNS = ("date", "kind", "event", "place", "locator", "source_id", "review", "note")
_LEFT = 0.62  # inches from the figure's edge to the line of time
_HEIGHT = 5.29  # inches of the line
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
    first, *_, last = events
    first_year, last_year = (row["date"].year for row in (first, last))
    count, kinds = in_words(len(events)), _kinds_text(events)
    title = _TEXTS("title", count=count)
    return Chart(
        figure=_draw_line(title, events),
        title=title,
        alt=_TEXTS("alt", count=count, last=last_year, kinds=kinds,
                   first_date=date_text(first["date"]), first=first["label"],
                   last_date=date_text(last["date"]), final=last["label"]),
        reading=_reading_text(events, kinds),
        table=canvas.rows_table(
            _TEXTS, _COLUMNS, events, _TEXTS("caption", first=first_year, last=last_year),
            kind=lambda row: _TEXTS.of_value("kind", row["kind"]),
            review=lambda row: row["review_by"].isoformat()),
        sources=canvas.sources_of(events),
        note=_TEXTS("note"),
    )


def _kinds_text(events: Sequence[Row]) -> str:
    counts = Counter(row["kind"] for row in events)
    return listed(
        _TEXTS("kind_count", count=in_words(counts[kind]), kind=_TEXTS.of_value("kind", kind))
        for kind in _KINDS)


def _reading_text(events: Sequence[Row], kinds: str) -> str:
    years = Counter(row["date"].year for row in events)
    busiest = max(years, key=lambda year: (years[year], -year))
    before, after = max(pairwise(row["date"] for row in events), key=lambda dates: (
        dates[1].first - dates[0].first))
    return _TEXTS("reading", count=in_words(len(events)), kinds=kinds, year=busiest,
                  most=in_words(years[busiest]), gap_first=date_text(before),
                  gap_last=date_text(after))


# --- The picture ------------------------------------------------------------------------------


def _draw_line(title: str, events: Sequence[Row]) -> Figure:
    page = style.sheet(title, _TEXTS("source"), _HEIGHT + 0.12 + 0.34)
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
    axes.text(_WORDS, end, _TEXTS("end"), size=style.SMALL, va="center", color=style.SOFT)
    _draw_key(axes)
    return page.figure


def _write_events(axes: Axes, events: Sequence[Row], heights: Sequence[float]) -> None:
    for row, height in zip(events, heights, strict=True):
        colour, marker = _KINDS[row["kind"]]
        label = _TEXTS("row", date=row["date"].short(), label=row["label"])
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
        label = _TEXTS.of_value("kind", kind)
        axes.plot([x + 0.07 / room], [y], marker, color=colour, markersize=7, clip_on=False,
                  transform=axes.transAxes)
        axes.text(x + 0.18 / room, y, label, transform=axes.transAxes, va="center",
                  color=style.ink(colour), size=style.SMALL + 0.4)
        x += (0.38 + style.text_width(label, style.SMALL + 0.4)) / room

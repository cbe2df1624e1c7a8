"""The picture of the explorer of U.S. aid, drawn once; a view moves what is in it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.text import Annotation, Text

from mali_course.charts.style import (
    BLUE,
    GREEN,
    INK,
    MARGIN,
    PURPLE,
    REPORT_DATE,
    SMALL,
    SOFT,
    TITLE,
    VERMILLION,
    WIDTH,
    Sheet,
    halo,
    ink,
    plain_axes,
    plain_style,
    sheet,
    spread,
    wrap,
)
from mali_course.core.formats import day, number
from mali_course.core.messages import say
from mali_course.explorers.aid_data import (
    MILLION,
    OPEN_YEAR,
    STEPS,
    TOTAL,
    AidView,
    aid_data,
    report_words,
    source_line,
    tell,
)

__all__ = ["AidPicture"]

# No two steps share colour, marker or line.
_LOOKS: Mapping[str, tuple[str, str, Any]] = dict(zip(STEPS, (
    (PURPLE, "v", (0, (1, 1.2))),
    (BLUE, "o", "-"),
    (GREEN, "s", (0, (5, 1.5))),
    (VERMILLION, "^", (0, (6, 1.5, 1, 1.5))),
), strict=True))
_LEFT, _RIGHT = 0.62, 1.12  # inches beside the axes


class AidPicture:
    """The figure, drawn once; a view moves what is in it."""

    def __init__(self) -> None:
        years = aid_data().years
        with plain_style():
            self.page: Sheet = sheet("", tell("source", publishers="") + "x" * 60, 4.2,
                                     title_lines=2)
            self.axes: Axes = self.page.place(_LEFT, 0.52, _RIGHT, 0.3)
            self.source: Text = self.page.figure.texts[1]
            plain_axes(self.axes)
            self.axes.spines["bottom"].set_visible(True)
            ticks = [year for year in years if year % 3 == years[0] % 3]
            self.axes.set(xlim=(years[0] - 0.5, years[-1] + 0.5))
            self.axes.set_xticks(ticks, [tell("tick", year=year % 100) for year in ticks])
            self.axes.tick_params(axis="y", labelsize=SMALL)
            # Years to the right were not over when the report came out.
            report = OPEN_YEAR - 0.5
            self.axes.axvspan(report, years[-1] + 0.5, color="#eeeeee", zorder=0)
            self.axes.axvline(report, color=INK, linewidth=1.2, linestyle=(0, (4, 3)), zorder=1)
            for text, side, at, colour in (
                (say("charts.frame.report_date", date=day(REPORT_DATE)), "right", -4, INK),
                (tell("after"), "left", 4, SOFT),
            ):
                self.axes.annotate(text, (report, 1), (at, 11), xycoords=("data", "axes fraction"),
                                   textcoords="offset points", size=SMALL, ha=side, va="center",
                                   color=colour)
            self.unit = self.axes.annotate(
                "", (0, 1), ((MARGIN - _LEFT) * 72, 11), xycoords="axes fraction",
                textcoords="offset points", size=SMALL, va="center")
            self.band: Line2D = self.axes.axvline(report, color="#d9d9d9", linewidth=10, zorder=0.5)
            self.tag: Annotation = self.axes.annotate(
                "", (report, 0), (0, -20), xycoords=("data", "axes fraction"),
                textcoords="offset points", weight="bold", ha="center", va="top")
            self._add_report()
            # One a copy: the last year of each is there in part.
            self.parts = [self.axes.text(0, 0, "", size=SMALL, color=SOFT, va="center")
                          for _ in aid_data().downloads]
            self.lines, self.rings, self.names, self.leads = {}, {}, {}, {}
            for measure in _LOOKS:
                self._add(measure)

    lines: dict[str, Line2D]
    rings: dict[str, Line2D]
    names: dict[str, Text]
    leads: dict[str, Line2D]

    def _add_report(self) -> None:
        """Add the report's own amount: a star on a stem that stands on its name."""
        self.stem: Line2D = self.axes.plot([], [], color=INK, linewidth=1, zorder=2)[0]
        self.star: Line2D = self.axes.plot([], [], "*", color="white", markeredgecolor=INK,
                                           markeredgewidth=1.3, markersize=15, zorder=3)[0]
        self.said: Text = self.axes.text(0, 0, "", size=SMALL, weight="bold", ha="right",
                                         va="center", path_effects=halo(3), zorder=6)

    def _add(self, measure: str) -> None:
        colour, marker, dashes = _LOOKS[measure]
        (self.lines[measure],) = self.axes.plot(
            [], [], color=colour, linestyle=dashes, marker=marker, markersize=5, linewidth=2,
            zorder=4)
        # Rings: another download, or a year that was not complete.
        (self.rings[measure],) = self.axes.plot(
            [], [], "o", markersize=10, markerfacecolor="none", markeredgecolor=colour,
            markeredgewidth=1.3, zorder=5)
        (self.leads[measure],) = self.axes.plot([], [], color=colour, linewidth=0.8, clip_on=False,
                                                zorder=2)
        self.names[measure] = self.axes.text(0, 0, measure, color=ink(colour), va="center",
                                             weight="bold", size=SMALL + 0.4, path_effects=halo())

    def show(self, view: AidView, title: str) -> None:
        """Move everything to a view."""
        data, room = aid_data(), WIDTH - 2 * MARGIN
        self.page.title.set_text(wrap(title, room, TITLE, "bold"))
        self.source.set_text(wrap(source_line(view), room, SMALL))
        self.unit.set_text(tell(f"axis_{view.unit}"))
        self.band.set_xdata([view.year, view.year])
        self.tag.set_text(tell("fiscal_year", year=view.year))
        self.tag.xy = (view.year, 0)
        top = self._scale(view)
        ends: dict[str, tuple[int, float]] = {}
        for measure in _LOOKS:
            self._draw(view, measure, ends)
        self._label(ends, top)
        self._mark_parts(view)
        amount = view.value(data.said, data.said_year) or 0
        self.stem.set_data([data.said_year] * 2, [top * 0.05, amount])
        self.star.set_data([data.said_year], [amount])
        self.said.set(text=report_words(view), position=(data.said_year + 0.3, top * 0.05))

    def _scale(self, view: AidView) -> float:
        """Give all views of a unit one scale, so that what changes is the measure."""
        step = 100 * MILLION if view.unit == TOTAL else 5
        largest = max(value for key in aid_data().dollars
                      for value in view.series(*key).values())
        ticks = [step * place for place in range(math.ceil(largest / step) + 1)]
        divisor = MILLION if view.unit == TOTAL else 1
        self.axes.set_ylim(0, ticks[-1])
        self.axes.set_yticks(ticks, [number(tick / divisor) for tick in ticks])
        return ticks[-1]

    def _draw(self, view: AidView, measure: str, ends: dict[str, tuple[int, float]]) -> None:
        years = aid_data().years
        if measure not in view.measures:
            self.lines[measure].set_data([], [])
            self.rings[measure].set_data([], [])
            return
        newest, *others = view.downloads
        series = view.series(measure, newest)
        # A year without a complete amount is a gap in the line, never a bridge.
        self.lines[measure].set_data(years, [series.get(year, math.nan) for year in years])
        rings = list(view.series(measure, newest, part=True).items())
        for other in others:
            for part in (False, True):
                rings += view.series(measure, other, part=part).items()
        self.rings[measure].set_data([year for year, _ in rings], [value for _, value in rings])
        ends[measure] = (max(series), series[max(series)])

    def _mark_parts(self, view: AidView) -> None:
        """Write beside the lowest ring of a year that it is not the whole year."""
        lowest: dict[int, float] = {}
        for measure in view.measures:
            for download in view.downloads:
                for year, value in view.series(measure, download, part=True).items():
                    lowest[year] = min(value, lowest.get(year, value))
        found = [*lowest.items(), *[None] * len(self.parts)]
        for text, one in zip(self.parts, found, strict=False):
            text.set_text("" if one is None else tell("part_mark"))
            if one is not None:
                text.set_position((one[0] + 0.5, one[1]))

    def _label(self, ends: Mapping[str, tuple[int, float]], top: float) -> None:
        gap = top * 0.06
        heights = spread([value for _, value in ends.values()], gap, gap / 2, top)
        placed = dict(zip(ends, heights, strict=True))
        right = aid_data().years[-1] + 0.8
        for measure in _LOOKS:
            self.names[measure].set_visible(measure in ends)
            self.leads[measure].set_visible(measure in ends)
            if measure in ends:
                last, value = ends[measure]
                self.names[measure].set_position((right, placed[measure]))
                self.leads[measure].set_data([last + 0.3, right - 0.15], [value, placed[measure]])

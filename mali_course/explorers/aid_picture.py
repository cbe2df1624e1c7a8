"""The picture of the explorer of U.S. aid, drawn once; a view moves what is in it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from matplotlib.lines import Line2D
from matplotlib.text import Text

from mali_course.charts import style
from mali_course.charts.canvas import draw_label
from mali_course.core.formats import number
from mali_course.explorers.aid_data import (
    MILLION,
    OPEN_YEAR,
    STEPS,
    TOTAL,
    AidView,
    aid_data,
    aid_texts,
)
from mali_course.explorers.years_page import EndNames, YearsPage

__all__ = ["AidPicture"]

# No two steps share colour, marker or line.
_LOOKS: Mapping[str, tuple[str, str, Any]] = dict(zip(STEPS, (
    (style.PURPLE, "v", (0, (1, 1.2))),
    (style.BLUE, "o", "-"),
    (style.GREEN, "s", (0, (5, 1.5))),
    (style.VERMILLION, "^", (0, (6, 1.5, 1, 1.5))),
), strict=True))
_REPORT_AT = OPEN_YEAR - 0.5  # years to the right were not over when the report came out


class AidPicture:
    """The figure, drawn once; a view moves what is in it.

    Examples
    --------
    >>> picture = AidPicture()
    >>> picture.show_view(AidView("requested", 2018, "2025", "total"), "A title")
    >>> picture.page.title.get_text()
    'A title'
    """

    def __init__(self) -> None:
        years = aid_data().years
        with style.plain_style():
            sheet = style.sheet("", aid_texts("source", publishers="") + "x" * 60, 4.2,
                                title_lines=2)
            self.page = YearsPage(years, sheet, (0.62, 0.52, 1.12, 0.3), 0.5, 11)
            self.axes = self.page.axes
            ticks = [year for year in years if year % 3 == years[0] % 3]
            self.axes.set_xticks(ticks, [aid_texts("tick", year=year % 100) for year in ticks])
            self.axes.axvspan(_REPORT_AT, years[-1] + 0.5, color="#eeeeee", zorder=0)
            self.page.draw_report(_REPORT_AT, 11, {"zorder": 1}, {"ha": "right"})
            draw_label(self.axes, aid_texts("after"), (_REPORT_AT, 1), (4, 11), "above",
                       size=style.SMALL, va="center", color=style.SOFT)
            self.page.add_year_band(20, color="#d9d9d9", linewidth=10, zorder=0.5)
            self._add_report()
            # One a copy: the last year of each is there in part.
            self.parts = [self.axes.text(0, 0, "", size=style.SMALL, color=style.SOFT, va="center")
                          for _ in aid_data().downloads]
            self.names = EndNames(self.axes, years[-1] + 0.8, 0.06, 0.15)
            self.lines: dict[str, Line2D] = {}
            self.rings: dict[str, Line2D] = {}
            for measure in _LOOKS:
                self._add_measure(measure)

    def _add_report(self) -> None:
        """Add the report's own amount: a star on a stem that stands on its name."""
        self.stem: Line2D
        self.star: Line2D
        (self.stem,) = self.axes.plot([], [], color=style.INK, linewidth=1, zorder=2)
        (self.star,) = self.axes.plot([], [], "*", color="white", markeredgecolor=style.INK,
                                      markeredgewidth=1.3, markersize=15, zorder=3)
        self.said: Text = self.axes.text(0, 0, "", size=style.SMALL, weight="bold", ha="right",
                                         va="center", path_effects=style.halo(3), zorder=6)

    def _add_measure(self, measure: str) -> None:
        colour, marker, dashes = _LOOKS[measure]
        (self.lines[measure],) = self.axes.plot(
            [], [], color=colour, linestyle=dashes, marker=marker, markersize=5, linewidth=2,
            zorder=4)
        # Rings: another download, or a year that was not complete.
        (self.rings[measure],) = self.axes.plot(
            [], [], "o", markersize=10, markerfacecolor="none", markeredgecolor=colour,
            markeredgewidth=1.3, zorder=5)
        self.names.add_name(measure, colour, weight="bold", size=style.SMALL + 0.4)

    def show_view(self, view: AidView, title: str) -> None:
        """Move everything to a view."""
        self.page.set_texts(title, view.source_text, aid_texts(f"axis_{view.unit}"))
        self.page.move_year_band(view.year, aid_texts("fiscal_year", year=view.year))
        top = self._set_scale(view)
        for measure in _LOOKS:
            self.lines[measure].set_data([], [])
            self.rings[measure].set_data([], [])
        ends = {measure: self._draw_measure(view, measure) for measure in view.measures}
        self.names.move_names(ends, top)
        self._mark_parts(view)
        year, amount, foot = aid_data().said_year, view.report_amount, top * 0.05
        self.stem.set_data([year, year], [foot, amount])
        self.star.set_data([year], [amount])
        self.said.set(text=view.report_text, position=(year + 0.3, foot))

    def _set_scale(self, view: AidView) -> float:
        """Give all views of a unit one scale, so that what changes is the measure."""
        step, divisor = (100 * MILLION, MILLION) if view.unit == TOTAL else (5, 1)
        largest = max(max(view.series(*key).values()) for key in aid_data().dollars)
        ticks = [step * place for place in range(math.ceil(largest / step) + 1)]
        self.page.set_scale(ticks, [number(tick / divisor) for tick in ticks])
        return ticks[-1]

    def _draw_measure(self, view: AidView, measure: str) -> tuple[int, float]:
        """Draw a step of the money; return its last year, and the amount in it."""
        years = aid_data().years
        newest, *others = view.downloads
        series = view.series(measure, newest)
        # A year without a complete amount is a gap in the line, never a bridge.
        self.lines[measure].set_data(years, [series.get(year, math.nan) for year in years])
        rings = list(view.series(measure, newest, part=True).items())
        for other in others:
            for part in (False, True):
                rings += view.series(measure, other, part=part).items()
        self.rings[measure].set_data([year for year, _ in rings], [value for _, value in rings])
        return max(series), series[max(series)]

    def _mark_parts(self, view: AidView) -> None:
        """Write beside the lowest ring of a year that it is not the whole year."""
        lowest: dict[int, float] = {}
        for measure in view.measures:
            for download in view.downloads:
                for year, value in view.series(measure, download, part=True).items():
                    lowest[year] = min(value, lowest.get(year, value))
        for text in self.parts:
            text.set_text("")
        for text, (year, value) in zip(self.parts, lowest.items(), strict=False):
            text.set(text=aid_texts("part_mark"), position=(year + 0.5, value))

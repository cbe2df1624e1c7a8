"""The picture of the explorer of U.S. aid, drawn once; a view moves what is in it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from mali_course.charts import style
from mali_course.charts.canvas import draw_label
from mali_course.core.formats import number
from mali_course.explorers.explorer_base import explorer_texts
from mali_course.explorers.moving import add_line, move_line
from mali_course.explorers.years_page import EndNames, YearsPage

if TYPE_CHECKING:
    from mali_course.explorers.gallery.aid import AidData, AidView

__all__ = ["MILLION", "STEPS", "TOTAL", "AidPicture"]

MILLION, TOTAL = 1_000_000, "total"
STEPS = ("requested", "appropriated", "obligated", "disbursed")  # as money takes them
# No two steps share colour, marker or line.
_LOOKS: Mapping[str, tuple[str, str, Any]] = dict(zip(STEPS, (
    (style.PURPLE, "v", (0, (1, 1.2))),
    (style.BLUE, "o", "-"),
    (style.GREEN, "s", (0, (5, 1.5))),
    (style.VERMILLION, "^", (0, (6, 1.5, 1, 1.5))),
), strict=True))
_REPORT_AT = style.REPORT_DATE.year - 0.5  # years to the right were not over at the report

_texts = explorer_texts("aid")


class AidPicture(YearsPage):
    """The figure, drawn once; a view moves what is in it."""

    def __init__(self, data: AidData) -> None:
        self.data, years = data, data.years
        super().__init__(years, _texts("source", publishers="") + "x" * 60, 4.2, 2,
                         (0.62, 0.52, 1.12, 0.3), beyond=0.5, rise=11)
        with style.plain_style():
            ticks = [year for year in years if year % 3 == years[0] % 3]
            self.axes.set_xticks(ticks, [_texts("tick", year=year % 100) for year in ticks])
            self.axes.axvspan(_REPORT_AT, years[-1] + 0.5, color="#eeeeee", zorder=0)
            self.draw_report(_REPORT_AT, 11, {"zorder": 1}, {"ha": "right"})
            draw_label(self.axes, _texts("after"), (_REPORT_AT, 1), (4, 11), "above",
                       size=style.SMALL, va="center", color=style.SOFT)
            self.add_year_band(20, color="#d9d9d9", linewidth=10, zorder=0.5)
            self._add_report()
            # One a copy: the last year of each is there in part.
            self.parts = [self.axes.text(0, 0, "", size=style.SMALL, color=style.SOFT, va="center")
                          for _ in data.downloads]
            self._add_measures()

    def _add_report(self) -> None:
        """Add the report's own amount: a star on a stem that stands on its name."""
        self.stem = add_line(self.axes, color=style.INK, linewidth=1, zorder=2)
        self.star = add_line(self.axes, "*", color="white", markeredgecolor=style.INK,
                             markeredgewidth=1.3, markersize=15, zorder=3)
        self.said = self.axes.text(0, 0, "", size=style.SMALL, weight="bold", ha="right",
                                   va="center", path_effects=style.halo(3), zorder=6)

    def _add_measures(self) -> None:
        self.lines = {measure: add_line(
            self.axes, color=colour, linestyle=dashes, marker=marker, markersize=5, linewidth=2,
            zorder=4) for measure, (colour, marker, dashes) in _LOOKS.items()}
        # Rings: another download, or a year that was not complete.
        self.rings = {measure: add_line(
            self.axes, "o", markersize=10, markerfacecolor="none", markeredgecolor=colour,
            markeredgewidth=1.3, zorder=5) for measure, (colour, *_) in _LOOKS.items()}
        self.names = EndNames(self.axes, self.data.years[-1] + 0.8, 0.06, 0.15)
        for measure, (colour, *_) in _LOOKS.items():
            self.names.add_name(measure, colour, weight="bold", size=style.SMALL + 0.4)

    def show_view(self, view: AidView) -> None:
        """Move everything to a view."""
        self.set_texts(view.title_text(), view.source_text, _texts(f"axis_{view.unit}"))
        self.move_year_band(view.year, _texts("fiscal_year", year=view.year))
        top = self._set_scale(view)
        for measure in _LOOKS:
            move_line(self.lines[measure], [])
            move_line(self.rings[measure], [])
        self.names.move_names({measure: self._show_measure(view, measure)
                               for measure in view.measures}, top)
        self._mark_parts(view)
        year, foot = self.data.said_year, top * 0.05
        move_line(self.stem, [(year, foot), (year, view.report_amount)])
        move_line(self.star, [(year, view.report_amount)])
        self.said.set(text=view.report_text(), position=(year + 0.3, foot))

    def _set_scale(self, view: AidView) -> float:
        """Give all views of a unit one scale, so that what changes is the measure."""
        step, divisor = (100 * MILLION, MILLION) if view.unit == TOTAL else (5, 1)
        largest = max(max(view.series(*key).values()) for key in self.data.dollars)
        ticks = [step * place for place in range(math.ceil(largest / step) + 1)]
        self.set_scale(ticks, [number(tick / divisor) for tick in ticks])
        return ticks[-1]

    def _show_measure(self, view: AidView, measure: str) -> tuple[int, float]:
        """Show a step of the money; return its last year, and the amount in it."""
        newest, *others = view.downloads
        series = view.series(measure, newest)
        # A year without a complete amount is a gap in the line, never a bridge.
        move_line(self.lines[measure],
                  ((year, series.get(year, math.nan)) for year in self.data.years))
        rings = list(view.series(measure, newest, part=True).items())
        for other in others:
            for part in (False, True):
                rings += view.series(measure, other, part=part).items()
        move_line(self.rings[measure], rings)
        return max(series.items())

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
            text.set(text=_texts("part_mark"), position=(year + 0.5, value))

"""Totals of humanitarian aid over the months that they cover."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from mali_course.charts import aid_points as aid
from mali_course.charts import canvas, style
from mali_course.charts.canvas import Row
from mali_course.charts.chart_base import Chart
from mali_course.charts.prose import chart_prose
from mali_course.core.dates import year_fraction

__all__ = ["draw"]

_PROSE = chart_prose("aid-periods")
_ROW = 0.62  # inches of a bar with its words
_FISCAL_YEAR = 0.748  # a fiscal year begins in October of the year before


def draw() -> Chart:
    """Draw the totals of humanitarian aid as bars over the months they cover.

    Examples
    --------
    >>> "months" in draw().reading
    True
    """
    totals = sorted(aid.points_of("humanitarian", aid.REPORT, aid.SAME, aid.NEAR),
                    key=lambda row: (row["period_end"], row["period_start"], row["role"]))
    return _PROSE.chart_of(_draw_figure(totals), totals, role=aid.role_text)


def _months_of(row: Row) -> int:
    """Return the months that a total covers, rounded."""
    days: int = (row["period_end"] - row["period_start"]).days
    return round(days / 30.44)


def _draw_figure(totals: Sequence[Row]) -> Figure:
    page = style.sheet(_PROSE.title, _PROSE.source, _ROW * len(totals) + 0.85)
    axes = page.place(0.2, 0.42, 0.2, 0.36)
    style.plain_axes(axes, grid="")
    first = min(year_fraction(row["period_start"]) for row in totals)
    last = max(year_fraction(row["period_end"]) for row in totals)
    axes.set(xlim=(first - 0.06, last + 0.06), ylim=(len(totals), -0.1), yticks=[])
    _draw_fiscal_years(axes, range(int(first), int(last)))
    canvas.draw_report_line(axes, linewidth=1.3, zorder=1)
    canvas.draw_label(axes, canvas.report_label(), (canvas.REPORT_AT, 1), (0, 11), "above",
                      ha="center", va="center", weight="bold", size=style.SMALL)
    for place, row in enumerate(totals):
        _draw_total(axes, place, row)
    return page.figure


def _draw_fiscal_years(axes: Axes, years: Sequence[int]) -> None:
    axes.set_xticks([year + _FISCAL_YEAR for year in years], [])
    for year in years:
        axes.axvline(year + _FISCAL_YEAR, color=style.GRID, linewidth=0.9, zorder=0)
        canvas.draw_label(axes, _PROSE.label("fiscal_year", year=year + 1),
                          (year + _FISCAL_YEAR + 0.5, 0), (0, -14), "above",
                          ha="center", va="center", weight="bold")


def _draw_total(axes: Axes, place: int, row: Row) -> None:
    start, end = year_fraction(row["period_start"]), year_fraction(row["period_end"])
    axes.add_patch(Rectangle((start, place + 0.42), end - start, 0.32, linewidth=1.1,
                             **aid.LOOKS[row["role"]]))
    words = _PROSE.label(aid.row_key(row), amount=aid.amount_text(row), who=row["said_by"],
                         months=_months_of(row))
    # Words of a bar near the right edge end with it.
    late = (start + end) / 2 > canvas.REPORT_AT - 1.2
    axes.text(end if late else start, place + 0.36, words, size=style.SMALL, weight="bold",
              ha="right" if late else "left", va="bottom", zorder=4, bbox=canvas.white_box(0.8))

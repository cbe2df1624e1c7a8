"""Who died in the mission: one panel for each cause, year by year up to the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mali_course.charts import canvas, style
from mali_course.charts.canvas import Row
from mali_course.charts.chart_base import Chart
from mali_course.charts.prose import chart_prose
from mali_course.core.datasets import rows

__all__ = ["deaths_before_the_report", "draw"]

Counts = Mapping[str, Counter[int]]  # by cause and year

_PROSE = chart_prose("mission-deaths")
# Colour and hatch of each cause; the names stand in the picture.
_LOOKS: Mapping[str, tuple[str, str]] = {
    "malicious act": (style.BLUE, ""),
    "illness": (style.VERMILLION, "////"),
    "accident": (style.GREEN, "...."),
    "to be determined": (style.PURPLE, "xxxx"),
}
_LATE = style.REPORT_DATE.year  # of which the report knew some days
_DEATH = 0.056  # inches of one death, the same in each panel
_HEAD = 0.44  # inches for the heading of a panel and the number on its highest bar
_BELOW = 0.42  # inches for the years


def deaths_before_the_report() -> list[Row]:
    """Return the rows of the list that the report could know.

    Examples
    --------
    >>> all(row["after_report"] == "no" for row in deaths_before_the_report())
    True
    """
    return [row for row in rows("mission_deaths") if row["after_report"] == "no"]


def draw() -> Chart:
    """Draw the deaths in the mission by year and cause.

    Examples
    --------
    >>> draw().table.columns[0]
    'Year'
    """
    every = deaths_before_the_report()
    years = range(min(row["year"] for row in every), _LATE)
    counts = {cause: Counter(row["year"] for row in every if row["cause"] == cause)
              for cause in _LOOKS}
    return _PROSE.chart_of(
        _draw_panels(counts, years), _table_rows(counts, years), sources=canvas.sources_of(every),
        year=lambda row: _PROSE.label("until") if row["year"] == _LATE else row["year"],
        all=lambda row: sum(row[cause] for cause in _LOOKS))


def _table_rows(counts: Counts, years: Sequence[int]) -> list[Row]:
    by_year = [{"year": year, **{cause: deaths[year] for cause, deaths in counts.items()}}
               for year in (*years, _LATE)]
    totals = {cause: deaths.total() for cause, deaths in counts.items()}
    return [*by_year, {"year": _PROSE.label("all"), **totals}]


def _draw_panels(counts: Counts, years: Sequence[int]) -> Figure:
    heights = {cause: max(deaths.values()) * _DEATH for cause, deaths in counts.items()}
    body = sum(heights.values()) + _HEAD * len(heights) + _BELOW
    page = style.sheet(_PROSE.title, _PROSE.source, body)
    low = _BELOW
    for cause, height in reversed(heights.items()):
        axes = page.place(style.MARGIN, low, style.MARGIN, body - low - height)
        _draw_bars(axes, cause, counts[cause], years)
        if low == _BELOW:
            _write_years(axes, years)
        low += height + _HEAD
    return page.figure


def _draw_bars(axes: Axes, cause: str, deaths: Counter[int], years: Sequence[int]) -> None:
    colour, hatch = _LOOKS[cause]
    style.plain_axes(axes, grid="")
    axes.spines["bottom"].set_visible(True)
    # What is left on the right is January 2020, up to the day of the report.
    axes.set(xlim=(years[0] - 0.5, years[-1] + 0.75), ylim=(0, max(deaths.values())), yticks=[])
    axes.bar(list(years), [deaths[year] for year in years], width=0.62, edgecolor=colour,
             facecolor="white" if hatch else colour, hatch=hatch, linewidth=1.2)
    for year in years:
        canvas.draw_label(axes, str(deaths[year]), (year, deaths[year]), (0, 2), ha="center",
                          size=style.SMALL, color=style.INK if deaths[year] else style.SOFT)
    canvas.draw_report_line(axes, years[-1] + 0.55, linewidth=1)
    heading = _PROSE.label("heading", cause=_PROSE.table.columns[cause], count=deaths.total())
    canvas.draw_label(axes, heading, (0, 1), (0, 15), "axes", size=style.LABEL, weight="bold",
                      color=style.ink(colour))
    axes.set_xticks(list(years), [""] * len(years))
    axes.tick_params(labelsize=style.SMALL)


def _write_years(axes: Axes, years: Sequence[int]) -> None:
    axes.set_xticklabels(map(str, years))
    canvas.draw_label(axes, _PROSE.label("half"), (years[0], 0), (0, -18), ha="center", va="top",
                      size=style.SMALL, color=style.SOFT)
    canvas.draw_label(axes, canvas.report_label(), (years[-1] + 0.75, 0), (0, -18), ha="right",
                      va="top", size=style.SMALL)

"""How many people were displaced from and inside Mali, as several sources count them."""

from __future__ import annotations

import datetime
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from mali_course.charts import canvas, style
from mali_course.charts.canvas import Row
from mali_course.charts.chart_base import Chart
from mali_course.charts.prose import chart_prose
from mali_course.core.datasets import rows
from mali_course.core.dates import PartialDate, year_fraction
from mali_course.core.formats import number

__all__ = ["draw"]

_PROSE = chart_prose("displacement")
_LAST_YEAR = style.REPORT_DATE.year - 1
_INSIDE, _ABROAD = "idps_in_mali", ("refugees_bfa_mrt_ner", "refugees_in_asylum_countries")
_START = datetime.date(2018, 1, 1)
_YEAR_ENDS = datetime.date(_LAST_YEAR - 1, 12, 31), datetime.date(_LAST_YEAR, 12, 31)
_OPEN_QUALIFIERS = ("about", "more than")
_OVERVIEW = "IDMC_2013_OVERVIEW"  # the diamond beside the bars of its year
_LEFT = 0.7  # inches from the edge of the figure to the axes


def _yearly_counts() -> list[Row]:
    """Return the year-end counts of people displaced inside Mali that are older than the report."""
    return [row for row in rows("displacement_by_year")
            if row["measure"] == "internally_displaced" and row["year"] <= _LAST_YEAR]


def _counts_by(publisher: str) -> dict[int, int]:
    return {row["year"]: row["persons"] for row in _yearly_counts()
            if row["counted_by"] == publisher}


def _dated_counts(*measures: str) -> list[Row]:
    return sorted((row for row in rows("displacement_points") if row["measure"] in measures),
                  key=lambda row: row["as_of"])


def _recent_counts() -> list[Row]:
    return [row for row in _dated_counts(_INSIDE) if row["as_of"] >= _START]


def _report_figures() -> list[Row]:
    """Return the report's figures of 1.2.2: displaced inside, and refugees."""
    return [row for row in rows("report_figures") if row["locator"] == "1.2.2"]


def _counts_a_year_apart() -> tuple[Row, Row]:
    """Return the two counts that are exactly a year apart before the report."""
    by_day = {row["as_of"]: row for row in _recent_counts() if row["as_of"] < style.REPORT_DATE}
    return next((row, by_day[later]) for date, row in by_day.items()
                if (later := date.replace(year=date.year + 1)) in by_day)


def draw() -> Chart:
    """Draw displacement year by year, and count by count around the report's figures.

    Examples
    --------
    >>> draw().table.columns[0]
    'As of'
    """
    return _PROSE.chart_of(
        _draw_panels(), _table_lines(), sources=canvas.sources_of(
            _yearly_counts(), _dated_counts(_INSIDE, *_ABROAD), _report_figures()))


def _table_lines() -> list[Row]:
    """Return all counts by who is counted and when, and then the figures of the report."""
    lines: list[Row] = [
        {**row, "who": _PROSE.labels[row["measure"]], "as_of": f"{row['year']}-12-31",
         "by": row["counted_by"], "qualifier": ""}
        for row in _yearly_counts()]
    lines += [{**row, "who": _PROSE.labels[row["measure"]], "as_of": row["as_of"].isoformat(),
               "by": None}
              for row in _dated_counts(_INSIDE, *_ABROAD)]
    lines.sort(key=lambda line: (line["who"], line["as_of"], str(line["by"])))
    reported = {"as_of": _PROSE.label("late"), "by": _PROSE.label("by_report")}
    return lines + [
        {**row, **reported, "who": _PROSE.labels[who], "persons": int(row["value"])}
        for who, row in zip(("report_inside", "report_abroad"), _report_figures(), strict=True)]


# --- The picture ------------------------------------------------------------------------------


def _draw_panels() -> Figure:
    page = style.sheet(_PROSE.title, _PROSE.source, 7.3)
    upper = page.place(_LEFT, 4.6, style.MARGIN, 0.36)
    lower = page.place(_LEFT, 0.7, style.MARGIN, 3.42)
    _draw_years(upper)
    _draw_dates(lower)
    for axes, heading in ((upper, "panel_years"), (lower, "panel_dates")):
        canvas.draw_label(axes, _PROSE.label(heading), (0, 1), ((style.MARGIN - _LEFT) * 72, 8),
                          "axes", weight="bold", size=style.LABEL, va="bottom")
        style.plain_axes(axes)
        axes.spines["bottom"].set_visible(True)
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))
        axes.tick_params(axis="y", labelsize=style.SMALL)
    hollow = style.wrap(_PROSE.label("hollow"), style.WIDTH - 2 * style.MARGIN, style.SMALL)
    canvas.draw_label(lower, hollow, (0, 0), ((style.MARGIN - _LEFT) * 72, -24), "axes",
                      size=style.SMALL, va="top", linespacing=1.25)
    return page.figure


def _draw_years(axes: Axes) -> None:
    """Draw two bars for each year, one by each publisher, and the report's figure."""
    unhcr, idmc = _counts_by("UNHCR"), _counts_by("IDMC")
    years = sorted(unhcr)
    axes.bar([year - 0.2 for year in years], [unhcr[year] for year in years], 0.38,
             color=style.BLUE)
    axes.bar([year + 0.2 for year in years], [idmc[year] for year in years], 0.38,
             facecolor="white", edgecolor=style.VERMILLION, hatch="////", linewidth=1)
    axes.set(xlim=(years[0] - 0.6, years[-1] + 0.6), ylim=(0, 340_000), xticks=years,
             yticks=[0, 100_000, 200_000, 300_000])
    # The two names stand where the bars are low and there is room.
    for key, spot, place, colour in (
        ("unhcr", (2014 - 0.2, unhcr[2014]), (2014.15, 185_000), style.BLUE),
        ("idmc", (2014 + 0.2, idmc[2014]), (2014.75, 140_000), style.VERMILLION),
    ):
        axes.annotate(_PROSE.label(key), spot, place, color=style.ink(colour), weight="bold",
                      ha="left", arrowprops={"arrowstyle": "-", "color": colour})
    for row in _dated_counts(_INSIDE):
        if row["source_id"] == _OVERVIEW:
            spot = row["as_of"].year + 0.2, row["persons"]
            axes.plot(*spot, "D", markersize=7, color=style.VERMILLION, fillstyle="none",
                      markeredgewidth=1.6)
            canvas.draw_label(axes, _PROSE.label("idmc_2013", persons=number(row["persons"])),
                              spot, (8, 0), color=style.ink(style.VERMILLION), va="center")
    inside = _report_figures()[0]["value"]
    for colour, width in (("white", 4.0), (style.BLACK, 2.2)):
        axes.plot([years[-1] - 0.45, years[-1] + 0.45], [inside] * 2, color=colour,
                  linewidth=width)
    canvas.draw_label(axes, _PROSE.label("report_over", persons=number(inside)),
                      (years[-1] + 0.5, inside), (0, 12), weight="bold", ha="right", va="bottom",
                      path_effects=style.halo())


def _draw_dates(axes: Axes) -> None:
    """Draw the counts with a date, and by how much they grew in a year."""
    _draw_counts(axes)
    _draw_growth(axes)
    for key, height, colour in (("inside", 72_000, style.BLUE), ("abroad", 155_000, style.GREEN)):
        axes.text(2018.02, height, _PROSE.label(key), color=style.ink(colour),
                  weight="bold", linespacing=1.05, path_effects=style.halo())
    _draw_report_figures(axes)
    canvas.draw_report_line(axes)
    axes.text(canvas.REPORT_AT + 0.015, 6_000, canvas.report_label(), rotation=90,
              size=style.SMALL, va="bottom", path_effects=style.halo())
    ticks = [PartialDate(text)
             for text in ("2018-01", "2018-07", "2019-01", "2019-07", "2020-01")]
    axes.set(xlim=(2017.97, 2020.26), ylim=(0, 305_000), yticks=[0, 100_000, 200_000],
             xticks=[2018, 2018.5, 2019, 2019.5, 2020],
             xticklabels=[tick.short() for tick in ticks])


def _draw_counts(axes: Axes) -> None:
    for row in _recent_counts():
        face = "white" if row["qualifier"] in _OPEN_QUALIFIERS else style.BLUE
        _draw_stem(axes, row["as_of"], row["persons"], marker="o", markeredgewidth=1.6,
                   markerfacecolor=face)
    _draw_stem(axes, _YEAR_ENDS[0], _counts_by("UNHCR")[_LAST_YEAR - 1], marker="s")
    for row in _dated_counts(*_ABROAD):
        axes.plot(year_fraction(row["as_of"]), row["persons"], "^", markersize=8.5,
                  color=style.GREEN, markeredgecolor="white", markeredgewidth=0.8, zorder=3)


def _draw_stem(axes: Axes, date: datetime.date, persons: int, **look: Any) -> None:
    x = year_fraction(date)
    axes.plot([x, x], [0, persons], color=style.BLUE, linewidth=1.2)
    axes.plot(x, persons, markersize=7.5, color=style.BLUE, **look)


def _draw_growth(axes: Axes) -> None:
    """Span a year twice, from mark to mark: the report's comparison, by two pairs of counts."""
    before, after = _counts_a_year_apart()
    unhcr = _counts_by("UNHCR")
    ends = [unhcr[_LAST_YEAR - 1], unhcr[_LAST_YEAR]]
    for date, persons, shift, side in (
        (_YEAR_ENDS[0], ends[0], (-8, -1), "right"),
        (before["as_of"], before["persons"], (0, 7), "center"),
        (after["as_of"], after["persons"], (-8, 2), "right"),
    ):
        canvas.draw_label(axes, number(persons), (year_fraction(date), persons), shift, ha=side,
                          va="bottom", color=style.BLUE, path_effects=style.halo(), zorder=5)
    for height, key, dates, times in (
        (283_000, "times_points", (before["as_of"], after["as_of"]),
         after["persons"] / before["persons"]),
        (250_000, "times_year_ends", _YEAR_ENDS, ends[1] / ends[0]),
    ):
        first, last = map(year_fraction, dates)
        canvas.draw_span(axes, first, last, height, _PROSE.label(key, times=number(times, 1)),
                         style.INK)


def _draw_report_figures(axes: Axes) -> None:
    late = [2019.75, 2019.999]
    for row, key, height in zip(_report_figures(), ("mark_over", "mark_nearly"),
                                (212_000, 62_000), strict=True):
        axes.plot(late, [row["value"]] * 2, color=style.BLACK, linewidth=2.4, zorder=1.6)
        axes.text(late[1], height, _PROSE.label(key, persons=number(row["value"])),
                  weight="bold", ha="right", va="bottom", path_effects=style.halo(3.5), zorder=5)
    axes.plot([2019.84] * 2, [80_000, _report_figures()[1]["value"]], color=style.BLACK,
              linewidth=0.9)

"""How many people were displaced from and inside Mali, as several sources count them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from mali_course.charts.chart_base import Chart
from mali_course.charts.style import (
    BLACK,
    BLUE,
    GREEN,
    INK,
    LABEL,
    MARGIN,
    REPORT_DATE,
    SMALL,
    VERMILLION,
    WIDTH,
    halo,
    ink,
    plain_axes,
    plain_style,
    sheet,
    wrap,
)
from mali_course.core.datasets import rows
from mali_course.core.dates import year_fraction
from mali_course.core.formats import day, month, month_of, number, words_of
from mali_course.core.messages import say
from mali_course.core.table import Table

__all__ = ["displacement"]

Row = Mapping[str, Any]

_LAST_YEAR = REPORT_DATE.year - 1
_INSIDE, _ABROAD = "idps_in_mali", ("refugees_bfa_mrt_ner", "refugees_in_asylum_countries")
_START = datetime.date(2018, 1, 1)


def _say(key: str, **fields: object) -> str:
    return say(f"charts.displacement.{key}", **fields)


def _yearly() -> list[Row]:
    """Return the year-end counts of people displaced inside Mali that are older than the report."""
    return [row for row in rows("displacement_by_year")
            if row["measure"] == "internally_displaced" and row["year"] <= _LAST_YEAR]


def _by_year(counted_by: str) -> dict[int, int]:
    return {row["year"]: row["persons"] for row in _yearly() if row["counted_by"] == counted_by}


def _points(*measures: str) -> list[Row]:
    found = [row for row in rows("displacement_points") if row["measure"] in measures]
    return sorted(found, key=lambda row: row["as_of"])


def _report() -> tuple[Row, Row]:
    """Return the report's figures of 1.2.2: displaced inside, and refugees."""
    inside, abroad = (row for row in rows("report_figures") if row["locator"] == "1.2.2")
    return inside, abroad


def _years_apart(points: Iterable[Row]) -> tuple[Row, Row]:
    """Return the two counts that are exactly a year apart before the report."""
    by_day = {row["as_of"]: row for row in points if row["as_of"] < REPORT_DATE}
    for when in sorted(by_day):
        later = by_day.get(when.replace(year=when.year + 1)) if when >= _START else None
        if later:
            return by_day[when], later
    raise ValueError("no two counts are a year apart")


def displacement() -> Chart:
    """Draw displacement year by year, and count by count around the report's figures.

    Examples
    --------
    >>> displacement().table.columns[0]
    'As of'
    """
    title = _say("title")
    with plain_style():
        figure = _draw(title)
    unhcr, idmc = _by_year("UNHCR"), _by_year("IDMC")
    recent = [row for row in _points(_INSIDE) if row["as_of"] >= _START]
    abroad = [row["persons"] for row in _points(*_ABROAD)]
    before, after = _years_apart(recent)
    low_year = min(unhcr, key=lambda year: unhcr[year])
    peak_year, idmc_peak = max(unhcr, key=lambda y: unhcr[y]), max(idmc, key=lambda y: idmc[y])
    return Chart(
        figure=figure,
        title=title,
        alt=_say(
            "alt", first=min(unhcr), last=max(unhcr), low_year=low_year,
            low=number(unhcr[low_year]), end=number(unhcr[_LAST_YEAR]),
            point_first=number(recent[0]["persons"]), day_first=day(recent[0]["as_of"]),
            point_last=number(recent[-1]["persons"]), day_last=day(recent[-1]["as_of"]),
            abroad_low=number(min(abroad)), abroad_high=number(max(abroad)),
            peak_year=peak_year, idmc_peak_year=idmc_peak,
            inside=number(_report()[0]["value"]), abroad=number(_report()[1]["value"]),
        ),
        reading=_say(
            "reading", sep_before=number(before["persons"]), sep_after=number(after["persons"]),
            month_before=month_of(before["as_of"]),
            times_sep=number(after["persons"] / before["persons"], 1),
            times_end=number(unhcr[_LAST_YEAR] / unhcr[_LAST_YEAR - 1], 1),
            end_before=number(unhcr[_LAST_YEAR - 1]), end_after=number(unhcr[_LAST_YEAR]),
            last=_LAST_YEAR, peak_year=peak_year, peak=number(unhcr[peak_year]),
            idmc_peak_year=idmc_peak, idmc_peak=number(idmc[idmc_peak]),
        ),
        table=_table(),
        sources=tuple(dict.fromkeys(
            [row["source_id"] for row in (*_yearly(), *_points(_INSIDE, *_ABROAD), *_report())]
        )),
        note=_say("note"),
    )


def _table() -> Table:
    cells: list[tuple[Any, ...]] = [
        (_say("year_end_cell", year=row["year"]), _say(f"measure_{row['measure']}"),
         row["persons"], None, row["counted_by"], row["source_id"])
        for row in _yearly()
    ]
    cells += [
        (row["as_of"].isoformat(), _say(f"measure_{row['measure']}"), row["persons"],
         row["qualifier"] or None, None, row["source_id"])
        for row in _points(_INSIDE, *_ABROAD)
    ]
    cells.sort(key=lambda row: (row[1], row[0], str(row[4])))
    cells += [
        (_say("late"), _say(f"measure_report_{part}"), int(row["value"]), row["qualifier"],
         _say("report_locator"), row["source_id"])
        for part, row in zip(("inside", "abroad"), _report(), strict=True)
    ]
    heads = ("as_of", "who", "persons", "qualifier", "by", "source_id")
    years = sorted(_by_year("UNHCR"))
    caption = _say("caption", first=years[0], last=years[-1])
    return Table(caption, tuple(_say(key) for key in heads), tuple(cells))


def _draw(title: str) -> Figure:
    page = sheet(title, _say("source"), 7.3)
    left = 0.7
    upper = page.place(left, 4.6, MARGIN, 0.36)
    lower = page.place(left, 0.7, MARGIN, 3.42)
    _bars(upper)
    _dates(lower)
    for axes, heading in (
        (upper, _say("panel_years")),
        (lower, _say("panel_dates", first=month("2018-01"), last=month("2020-02"))),
    ):
        axes.annotate(heading, (0, 1), ((MARGIN - left) * 72, 8), xycoords="axes fraction",
                      weight="bold", textcoords="offset points", size=LABEL, va="bottom")
        plain_axes(axes)
        axes.spines["bottom"].set_visible(True)
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))
        axes.tick_params(axis="y", labelsize=SMALL)
    hollow = wrap(_say("hollow"), WIDTH - 2 * MARGIN, SMALL)
    lower.annotate(hollow, (0, 0), ((MARGIN - left) * 72, -24), xycoords="axes fraction",
                   textcoords="offset points", size=SMALL, va="top", linespacing=1.25)
    return page.figure


def _bars(axes: Axes) -> None:
    unhcr, idmc = _by_year("UNHCR"), _by_year("IDMC")
    years = sorted(unhcr)
    axes.bar([year - 0.2 for year in years], [unhcr[year] for year in years], 0.38, color=BLUE)
    axes.bar([year + 0.2 for year in years], [idmc[year] for year in years], 0.38,
             facecolor="white", edgecolor=VERMILLION, hatch="////", linewidth=1)
    axes.set(xlim=(years[0] - 0.6, years[-1] + 0.6), ylim=(0, 340_000), xticks=years,
             yticks=[0, 100_000, 200_000, 300_000])
    # The two names stand where the bars are low and there is room.
    axes.annotate(_say("unhcr"), (2014 - 0.2, unhcr[2014]), (2014.15, 185_000), color=BLUE,
                  weight="bold", ha="left", arrowprops={"arrowstyle": "-", "color": BLUE})
    axes.annotate(_say("idmc"), (2014 + 0.2, idmc[2014]), (2014.75, 140_000), color=ink(VERMILLION),
                  weight="bold", ha="left", arrowprops={"arrowstyle": "-", "color": VERMILLION})
    for row in _points(_INSIDE):
        if row["as_of"] < _START:
            x = row["as_of"].year + 0.2
            axes.plot(x, row["persons"], "D", markersize=7, color=VERMILLION, fillstyle="none",
                      markeredgewidth=1.6)
            axes.annotate(_say("idmc_2013", persons=number(row["persons"])), (x, row["persons"]),
                          (8, 0), textcoords="offset points", color=ink(VERMILLION), va="center")
    inside, _ = _report()
    axes.plot([years[-1] - 0.45, years[-1] + 0.45], [inside["value"]] * 2, color="white",
              linewidth=4)
    axes.plot([years[-1] - 0.45, years[-1] + 0.45], [inside["value"]] * 2, color=BLACK,
              linewidth=2.2)
    axes.annotate(_say("report_over", persons=number(inside["value"])),
                  (years[-1] + 0.5, inside["value"]), (0, 12), textcoords="offset points",
                  weight="bold", ha="right", va="bottom", path_effects=halo())


def _dates(axes: Axes) -> None:
    recent = [row for row in _points(_INSIDE) if row["as_of"] >= _START]
    open_words = words_of("displacement.qualifiers_open")
    for row in recent:
        x = year_fraction(row["as_of"])
        axes.plot([x, x], [0, row["persons"]], color=BLUE, linewidth=1.2)
        hollow = row["qualifier"] in open_words
        axes.plot(x, row["persons"], "o", markersize=7.5, color=BLUE, markeredgewidth=1.6,
                  markerfacecolor="white" if hollow else BLUE)
    year_ends = _by_year("UNHCR")
    x = year_fraction(datetime.date(_LAST_YEAR - 1, 12, 31))
    axes.plot([x, x], [0, year_ends[_LAST_YEAR - 1]], color=BLUE, linewidth=1.2)
    axes.plot(x, year_ends[_LAST_YEAR - 1], "s", markersize=7.5, color=BLUE)
    for row in _points(*_ABROAD):
        axes.plot(year_fraction(row["as_of"]), row["persons"], "^", markersize=8.5, color=GREEN,
                  markeredgecolor="white", markeredgewidth=0.8, zorder=3)
    before, after = _years_apart(recent)
    last = year_ends[_LAST_YEAR - 1]
    _value(axes, x, last, (-7, -13), "right")
    _value(axes, year_fraction(before["as_of"]), before["persons"], (0, 7), "center")
    _value(axes, year_fraction(after["as_of"]), after["persons"], (-8, 2), "right")
    # A year from mark to mark: the report's comparison, by two pairs of counts.
    _year(axes, 283_000, "times_points", before["as_of"], after["as_of"],
          after["persons"] / before["persons"])
    _year(axes, 250_000, "times_year_ends", datetime.date(_LAST_YEAR - 1, 12, 31),
          datetime.date(_LAST_YEAR, 12, 31), year_ends[_LAST_YEAR] / last)
    axes.text(2018.02, 72_000, _say("inside").replace("|", "\n"), color=BLUE, weight="bold",
              linespacing=1.05, path_effects=halo())
    axes.text(2018.02, 155_000, _say("abroad"), color=ink(GREEN), weight="bold",
              path_effects=halo())
    late = [2019.75, 2019.999]
    for row, key, height in zip(_report(), ("mark_over", "mark_nearly"), (212_000, 92_000),
                                strict=True):
        axes.plot(late, [row["value"]] * 2, color=BLACK, linewidth=2.4, zorder=1.6)
        axes.text(late[1], height, _say(key, persons=number(row["value"])), weight="bold",
                  ha="right", va="bottom", path_effects=halo(3.5), zorder=5)
    axes.plot([2019.84] * 2, [110_000, row["value"]], color=BLACK, linewidth=0.9)
    x = year_fraction(REPORT_DATE)
    axes.axvline(x, color=INK, linewidth=1.2, linestyle=(0, (4, 3)))
    axes.text(x + 0.015, 6_000, say("charts.frame.report_date", date=day(REPORT_DATE)),
              rotation=90, size=SMALL, va="bottom", path_effects=halo())
    ticks = [2018, 2018.5, 2019, 2019.5, 2020]
    labels = [month(text) for text in ("2018-01", "2018-07", "2019-01", "2019-07", "2020-01")]
    axes.set(xlim=(2017.97, 2020.26), ylim=(0, 305_000), xticks=ticks, xticklabels=labels,
             yticks=[0, 100_000, 200_000])


def _value(axes: Axes, x: float, persons: int, shift: tuple[float, float], side: Any) -> None:
    axes.annotate(number(persons), (x, persons), shift, textcoords="offset points", ha=side,
                  va="bottom", color=BLUE, path_effects=halo(), zorder=5)


def _year(axes: Axes, height: float, key: str, first: datetime.date, last: datetime.date,
          times: float) -> None:
    """Span a year between two counts and say by how much the later one is larger."""
    ends = [year_fraction(first), year_fraction(last)]
    axes.annotate("", (ends[1], height), (ends[0], height),
                  arrowprops={"arrowstyle": "|-|,widthA=0.3,widthB=0.3", "color": INK,
                              "shrinkA": 0, "shrinkB": 0})
    label = _say(key, times=number(times, 1),
                 month=words_of("format.short_months")[first.month - 1])
    axes.text(sum(ends) / 2, height, label, ha="center", va="center",
              bbox={"facecolor": "white", "edgecolor": "none", "pad": 2})

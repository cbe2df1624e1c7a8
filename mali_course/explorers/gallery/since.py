"""Series that the report stands in, carried on to the latest year of the tables."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, partial

from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from mali_course.charts import style
from mali_course.charts.canvas import rows_table, sources_of
from mali_course.charts.chart_base import Chart
from mali_course.core.datasets import rows
from mali_course.core.formats import in_words, number
from mali_course.core.table import Table
from mali_course.explorers.explorer_base import Explorer, explorer_texts
from mali_course.explorers.years_page import YearsPage, round_ticks
from mali_course.forms.controls import make_control

__all__ = ["SinceExplorer"]

_REPORT_YEAR = style.REPORT_DATE.year - 1  # the last whole year that the report could know
_COUNTRIES = {"mali": "Mali", "burkina": "Burkina Faso", "niger": "Niger"}
_LEFT = 0.72  # inches from the edge of the figure to the axis

_texts = explorer_texts(__name__)


@dataclass(frozen=True)
class _Series:
    """One figure a year, with what is known of its limits."""

    name: str
    values: Mapping[int, int]
    sources: tuple[str, ...]
    low: Mapping[int, int] = field(default_factory=dict)
    high: Mapping[int, int] = field(default_factory=dict)
    other: Mapping[int, int] = field(default_factory=dict)  # of a second source
    remarks: Mapping[int, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        return _texts(f"option_{self.name}")

    @property
    def heading(self) -> str:
        return self.label[0].upper() + self.label[1:]

    @property
    def deaths(self) -> bool:
        return bool(self.low)

    @property
    def last(self) -> int:
        return max(self.values)

    @property
    def peak(self) -> int:
        return max(self.values, key=lambda year: self.values[year])

    def times_as_many(self, base: int) -> str:
        return number(self.values[self.last] / self.values[base], 1)

    def highest(self, years: range) -> int:
        """Return the largest figure of some years, a limit or one of another source included."""
        return max((table[year] for table in (self.values, self.high, self.other)
                    for year in years if year in table), default=0)


def _people_series(name: str, measure: str) -> _Series:
    table = [row for row in rows("displacement_by_year")
             if row["measure"] == measure and row["year"] >= _years()[0]]
    of_unhcr = [row for row in table if row["counted_by"] == "UNHCR"]
    return _Series(
        name, {row["year"]: row["persons"] for row in of_unhcr}, sources_of(table),
        other={row["year"]: row["persons"] for row in table if row["counted_by"] != "UNHCR"},
        remarks={row["year"]: row["note"] for row in of_unhcr if row["note"]},
    )


def _deaths_series(name: str, country: str) -> _Series:
    table = [row for row in (*rows("violence_by_country"), *rows("violence_since"))
             if row["country"] == country and row["year"] >= _years()[0]]
    best, low, high = Counter[int](), Counter[int](), Counter[int]()
    for row in table:
        best[row["year"]] += row["best"]
        low[row["year"]] += row["low"]
        high[row["year"]] += row["high"]
    return _Series(name, best, sources_of(table), low, high)


@cache
def _years() -> tuple[int, ...]:
    inside = [row["year"] for row in rows("displacement_by_year")
              if row["measure"] == "internally_displaced"]
    return tuple(range(min(inside), max(inside) + 1))


@cache
def _all_series() -> Mapping[str, _Series]:
    every = [_people_series("inside", "internally_displaced"),
             _people_series("refugees", "refugees"),
             *(_deaths_series(f"deaths_{key}", country) for key, country in _COUNTRIES.items())]
    return {series.name: series for series in every}


def _base_years() -> list[int]:
    """Return the years before the report that every series can be divided by."""
    return [year for year in _years() if year <= _REPORT_YEAR
            and all(series.values.get(year) for series in _all_series().values())]


class SinceExplorer(Explorer):
    """How displacement and deaths went on after the report.

    Examples
    --------
    >>> chart = SinceExplorer().view({"series": "refugees"})
    >>> "times as many" in chart.reading
    True
    """

    def __init__(self) -> None:
        labels = {name: series.label for name, series in _all_series().items()}
        years = {str(year): str(year) for year in _base_years()}
        super().__init__(make_control(_texts, "series", labels),
                         make_control(_texts, "base", years, str(_REPORT_YEAR)))
        self._picture = _Picture()

    def chart(self, series: str, base: str) -> Chart:
        """Return the chart for a series and a year to compare with."""
        shown, year = _all_series()[series], int(base)
        title = _texts("headline", label=shown.heading, times=shown.times_as_many(year),
                       base=year, last=shown.last)
        return Chart(
            figure=self._picture.page.figure,
            title=title,
            alt=_alt_text(shown, year),
            reading=_reading_text(shown, year),
            table=_series_table(shown),
            sources=shown.sources,
            note=_texts("note_deaths" if shown.deaths else "note_persons"),
            prepare=partial(self._picture.show_view, shown, year, title),
        )


class _Picture:
    """The figure, drawn once; a view moves what is in it."""

    def __init__(self) -> None:
        years = _years()
        with style.plain_style():
            sheet = style.sheet("", _texts("source_deaths"), 3.9, title_lines=1)
            self.page = YearsPage(years, sheet, (_LEFT, 0.3, style.MARGIN, 0.42), 0.6, 20)
            self.page.axes.set_xticks(years[::2])
            self.page.draw_report(_REPORT_YEAR + 0.5, 6, {}, {"ha": "right", "weight": "bold"})
            self.bars = {year: self._add_bar(year) for year in years}
            self._add_marks()

    def _add_bar(self, year: int) -> Rectangle:
        known = year <= _REPORT_YEAR
        bar: Rectangle
        (bar,) = self.page.axes.bar([year], [0], 0.74)
        bar.set(edgecolor=style.BLUE, linewidth=1, zorder=2, hatch="" if known else "////",
                facecolor=style.BLUE if known else "white")
        return bar

    def _add_marks(self) -> None:
        axes = self.page.axes
        self.spans: Line2D
        self.others: Line2D
        (self.spans,) = axes.plot([], [], color=style.BLACK, linewidth=1.3, zorder=4)
        (self.others,) = axes.plot(
            [], [], "D", markersize=6, markerfacecolor="white", markeredgecolor=style.VERMILLION,
            markeredgewidth=1.6, zorder=5)
        self.base = axes.axhline(0, color=style.BLACK, linewidth=1.4, zorder=3)
        self.tag = axes.text(0, 0, "", size=style.LABEL, weight="bold", va="bottom",
                             path_effects=style.halo(3.5), zorder=6)

    def show_view(self, series: _Series, base: int, title: str) -> None:
        key = "deaths" if series.deaths else "inside" if series.other else "persons"
        unit = _texts("unit_deaths" if series.deaths else "unit_persons")
        self.page.set_texts(title, _texts(f"source_{key}"), unit)
        for year, bar in self.bars.items():
            bar.set(height=series.values.get(year, 0), visible=year in series.values)
        years = sorted(series.low)
        self.spans.set_data(
            [x for year in years for x in (year, year, math.nan)],
            [y for year in years for y in (series.low[year], series.high[year], math.nan)])
        self.others.set_data(list(series.other), list(series.other.values()))
        value = series.values[base]
        self.base.set_ydata([value, value])
        ticks = round_ticks(series.highest(range(_years()[0], _years()[-1] + 1)))
        self.page.set_scale(ticks, [number(tick) for tick in ticks])
        self.tag.set_text(_texts("base_line", base=base, value=number(value)))
        start, top = self._find_room(series, value)
        self.tag.set_position((start - 0.4, top + 0.012 * ticks[-1]))

    def _find_room(self, series: _Series, value: float) -> tuple[int, float]:
        """Return the year at which the words begin and what they stand on: few bars, if any."""
        a_year = (style.WIDTH - _LEFT - style.MARGIN) / (len(_years()) + 0.2)  # inches
        wide = style.text_width(self.tag.get_text(), style.LABEL, "bold")
        span = math.ceil(wide / a_year + 0.2)
        tops = {start: max(value, series.highest(range(start, start + span)))
                for start in range(_years()[0], _REPORT_YEAR - span + 2)}
        start = min(tops, key=tops.__getitem__)
        return start, tops[start]


def _reading_text(series: _Series, base: int) -> str:
    later = [year for year in series.values if year > _REPORT_YEAR]
    above = sum(series.values[year] > series.values[base] for year in later)
    parts = [
        _texts("reading", label=series.heading, base=base, last=series.last,
               base_value=number(series.values[base]), times=series.times_as_many(base),
               last_value=number(series.values[series.last]), peak_year=series.peak,
               peak=number(series.values[series.peak])),
        _texts("reading_above" if above < len(later) else "reading_above_all", base=base,
               above=in_words(above), later=in_words(len(later))),
    ]
    if series.deaths:
        low, high = (number(limits[series.last]) for limits in (series.low, series.high))
        parts.append(_texts("reading_estimate", last=series.last, low=low, high=high))
    if series.other:
        last = max(series.other)
        parts.append(_texts("reading_other", last=last, other=number(series.other[last])))
    return " ".join(parts)


def _alt_text(series: _Series, base: int) -> str:
    first = min(series.values)
    figures = {key: number(series.values[year]) for key, year in
               {"first_value": first, "report_value": _REPORT_YEAR, "last_value": series.last,
                "peak": series.peak}.items()}
    return _texts("alt", first=first, last=series.last, label=series.label, base=base,
                  after=_REPORT_YEAR + 1, report_year=_REPORT_YEAR, peak_year=series.peak,
                  **figures)


def _series_table(series: _Series) -> Table:
    columns = ["year", "value"]
    columns += ["low", "high"] if series.deaths else ["other"] if series.other else []
    columns += ["after", "note"] if series.remarks else ["after"]
    cells = [{"year": str(year), "value": value, "low": series.low.get(year),
              "high": series.high.get(year), "other": series.other.get(year),
              "after": _texts("yes" if year > _REPORT_YEAR else "no"),
              "note": series.remarks.get(year)} for year, value in sorted(series.values.items())]
    caption = _texts("caption", label=series.heading, first=min(series.values), last=series.last)
    return rows_table(_texts, columns, cells, caption)

"""Series that the report stands in, carried on to the latest year of the tables."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from matplotlib.patches import Rectangle

from mali_course.charts import style
from mali_course.charts.canvas import rows_table, sources_of
from mali_course.core.datasets import rows
from mali_course.core.formats import in_words, number
from mali_course.core.table import Table
from mali_course.explorers.explorer_base import Explorer, explorer_texts, joined, start_upper
from mali_course.explorers.moving import add_line, move_line
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
        return _texts(f"series_{self.name}")

    @property
    def deaths(self) -> bool:
        return bool(self.low)

    @property
    def last(self) -> int:
        return max(self.values)

    @property
    def peak(self) -> int:
        return max(self.values, key=lambda year: self.values[year])

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
        super().__init__(
            _View, _Picture(),
            make_control(_texts, "series", _all_series()),
            make_control(_texts, "base", map(str, _base_years()), str(_REPORT_YEAR)),
        )


class _View:
    """A series, and a year to compare with."""

    def __init__(self, series: str, base: str) -> None:
        self.series, self.base = _all_series()[series], int(base)
        values, last = self.series.values, self.series.last
        self.times = number(values[last] / values[self.base], 1)  # as many as in that year

    def year_text(self, year: int) -> str:
        return number(self.series.values[year])

    def title_text(self) -> str:
        return _texts("headline", label=start_upper(self.series.label), times=self.times,
                      base=self.base, last=self.series.last)

    def reading_text(self) -> str:
        series, base = self.series, self.base
        later = [year for year in series.values if year > _REPORT_YEAR]
        above = sum(series.values[year] > series.values[base] for year in later)
        return joined(
            _texts("reading", label=start_upper(series.label), base=base, last=series.last,
                   base_value=self.year_text(base), last_value=self.year_text(series.last),
                   times=self.times, peak_year=series.peak, peak=self.year_text(series.peak)),
            _texts("reading_above" if above < len(later) else "reading_above_all", base=base,
                   above=in_words(above), later=in_words(len(later))),
            self.limits_text())

    def limits_text(self) -> str:
        """Return the limits of the last estimate, or the last figure of the other source."""
        series = self.series
        if series.deaths:
            return _texts("reading_estimate", last=series.last,
                          low=number(series.low[series.last]),
                          high=number(series.high[series.last]))
        if not series.other:
            return ""
        last = max(series.other)
        return _texts("reading_other", last=last, other=number(series.other[last]))

    def alt_text(self) -> str:
        first, last, peak = min(self.series.values), self.series.last, self.series.peak
        return _texts("alt", first=first, last=last, label=self.series.label, base=self.base,
                      after=_REPORT_YEAR + 1, report_year=_REPORT_YEAR, peak_year=peak,
                      first_value=self.year_text(first), last_value=self.year_text(last),
                      report_value=self.year_text(_REPORT_YEAR), peak=self.year_text(peak))

    def note_text(self) -> str:
        return _texts("note_deaths" if self.series.deaths else "note_persons")

    def data_table(self) -> Table:
        series = self.series
        columns = ["year", "value"]
        columns += ["low", "high"] if series.deaths else ["other"] if series.other else []
        columns += ["after", "note"] if series.remarks else ["after"]
        cells = [{"year": str(year), "value": value, "low": series.low.get(year),
                  "high": series.high.get(year), "other": series.other.get(year),
                  "after": _texts("yes" if year > _REPORT_YEAR else "no"),
                  "note": series.remarks.get(year)}
                 for year, value in sorted(series.values.items())]
        caption = _texts("caption", label=start_upper(series.label), first=min(series.values),
                         last=series.last)
        return rows_table(_texts, columns, cells, caption)

    def source_ids(self) -> tuple[str, ...]:
        return self.series.sources


class _Picture(YearsPage):
    """The figure, drawn once; a view moves what is in it."""

    def __init__(self) -> None:
        years = _years()
        super().__init__(years, _texts("source_deaths"), 3.9, 1, (_LEFT, 0.3, style.MARGIN, 0.42),
                         beyond=0.6, rise=20)
        with style.plain_style():
            self.axes.set_xticks(years[::2])
            self.draw_report(_REPORT_YEAR + 0.5, 6, {}, {"ha": "right", "weight": "bold"})
            self.bars = {year: self._add_bar(year) for year in years}
            self.spans = add_line(self.axes, color=style.BLACK, linewidth=1.3, zorder=4)
            self.others = add_line(
                self.axes, "D", markersize=6, markerfacecolor="white",
                markeredgecolor=style.VERMILLION, markeredgewidth=1.6, zorder=5)
            self.base = self.axes.axhline(0, color=style.BLACK, linewidth=1.4, zorder=3)
            self.tag = self.axes.text(0, 0, "", size=style.LABEL, weight="bold", va="bottom",
                                      path_effects=style.halo(3.5), zorder=6)

    def _add_bar(self, year: int) -> Rectangle:
        known = year <= _REPORT_YEAR
        bar: Rectangle
        (bar,) = self.axes.bar([year], [0], 0.74)
        bar.set(edgecolor=style.BLUE, linewidth=1, zorder=2, hatch="" if known else "////",
                facecolor=style.BLUE if known else "white")
        return bar

    def show_view(self, view: _View) -> None:
        series = view.series
        key = "deaths" if series.deaths else "inside" if series.other else "persons"
        unit = _texts("unit_deaths" if series.deaths else "unit_persons")
        self.set_texts(view.title_text(), _texts(f"source_{key}"), unit)
        for year, bar in self.bars.items():
            bar.set(height=series.values.get(year, 0), visible=year in series.values)
        move_line(self.spans, ((year, end) for year in sorted(series.low)
                               for end in (series.low[year], series.high[year], math.nan)))
        move_line(self.others, series.other.items())
        ticks = round_ticks(series.highest(range(_years()[0], _years()[-1] + 1)))
        self.set_scale(ticks, [number(tick) for tick in ticks])
        value = series.values[view.base]
        self.base.set_ydata([value, value])
        self.tag.set_text(_texts("base_line", base=view.base, value=number(value)))
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

"""The five states of the G5 Sahel over time: one indicator, one year to look at closely."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from matplotlib.lines import Line2D

from mali_course.charts import style
from mali_course.charts.canvas import Row, sources_of
from mali_course.core.datasets import publisher_names, rows
from mali_course.core.formats import day, in_words, listed, number
from mali_course.core.table import Table
from mali_course.explorers.explorer_base import Explorer, explorer_texts, joined
from mali_course.explorers.moving import add_line, move_line
from mali_course.explorers.years_page import EndNames, YearsPage, round_ticks
from mali_course.forms.controls import make_control

__all__ = ["G5Explorer"]

_MALI = "Mali"
_INDICATOR, _YEAR = "gdp_per_capita_constant_2015_usd", str(style.REPORT_DATE.year - 1)
# Colour, marker and line of each state: no two share any.
_LOOKS: Mapping[str, tuple[str, str, Any]] = {
    _MALI: (style.VERMILLION, "o", "-"),
    "Burkina Faso": (style.BLUE, "s", (0, (5, 1.5))),
    "Chad": (style.BLACK, "^", (0, (1, 1.2))),
    "Mauritania": (style.GREEN, "D", (0, (6, 1.5, 1, 1.5))),
    "Niger": (style.PURPLE, "v", (0, (3, 1.5))),
}
_MILLION = 1_000_000

_texts = explorer_texts(__name__)


@dataclass(frozen=True)
class _Indicator:
    """One indicator: its numbers, and how they are written."""

    name: str
    label: str
    unit: str
    values: Mapping[str, Mapping[int, float]]  # country, year
    sources: tuple[str, ...]
    remarks: Mapping[tuple[str, int], str]  # what the data set says about a number

    @property
    def largest(self) -> float:
        return max(max(series.values()) for series in self.values.values() if series)

    @property
    def millions(self) -> bool:
        """Amounts of money in millions; people are counted one by one."""
        return self.largest >= _MILLION and self.unit != _texts("persons")

    @property
    def places(self) -> int:
        """Decimals that tell the states apart without more than the data can bear."""
        if "percent" not in self.unit:
            return 0
        return 1 if self.largest > 20 else 2

    def value_text(self, value: float) -> str:
        """Return a value as it is written everywhere, without its unit."""
        return number(value / (_MILLION if self.millions else 1), self.places)

    @property
    def unit_words(self) -> str:
        return _texts("millions", unit=self.unit) if self.millions else self.unit

    def ranked(self, year: int) -> list[tuple[str, float]]:
        """Return the states with a figure for a year, the highest first."""
        figures = [(country, series[year]) for country, series in self.values.items()
                   if year in series]
        return sorted(figures, key=lambda figure: (-figure[1], figure[0]))

    def changes(self, year: int) -> list[float]:
        """Return by how much each state with figures for both changed from the year before."""
        return [series[year] - series[year - 1] for series in self.values.values()
                if year in series and year - 1 in series]


@cache
def _indicators() -> Mapping[str, _Indicator]:
    groups: dict[str, list[Row]] = {}
    for row in rows("g5_indicators"):
        groups.setdefault(row["indicator"], []).append(row)
    return {name: _read_indicator(name, group) for name, group in groups.items()}


def _read_indicator(name: str, group: list[Row]) -> _Indicator:
    values: dict[str, dict[int, float]] = {country: {} for country in _LOOKS}
    for row in group:
        if row["value"] is not None:
            values[row["country"]][row["year"]] = float(row["value"])
    remarks = {(row["country"], row["year"]): row["note"] for row in group if row["note"]}
    return _Indicator(name, group[0]["label"], group[0]["unit"], values, sources_of(group), remarks)


@cache
def _years() -> tuple[int, ...]:
    return tuple(sorted({row["year"] for row in rows("g5_indicators")}))


class G5Explorer(Explorer):
    """How Mali compares with its partners in the G5 Sahel, by indicator and year.

    Examples
    --------
    >>> chart = G5Explorer().view({"year": "2012"})
    >>> "in 2012" in chart.reading
    True
    """

    def __init__(self) -> None:
        super().__init__(
            _View, _Picture(),
            make_control(_texts, "indicator", _indicators(), _INDICATOR,
                         lambda name: _indicators()[name].label),
            make_control(_texts, "year", map(str, _years()), _YEAR),
        )

    def refusal(self, values: Mapping[str, str]) -> str:
        """Refuse a year for which no state has a figure."""
        return "" if _View(**values).ranked else "figure"


class _View:
    """An indicator, and a year to look at closely."""

    def __init__(self, indicator: str, year: str) -> None:
        self.indicator, self.year = _indicators()[indicator], int(year)
        self.ranked = self.indicator.ranked(self.year)

    def title_text(self) -> str:
        countries = [country for country, _ in self.ranked]
        headline = partial(_texts, label=self.indicator.label, year=self.year)
        if len(countries) == 1:
            return headline("headline_one", country=countries[0])
        if _MALI not in countries:
            return headline("headline_without")
        place, count = countries.index(_MALI), len(countries)
        if place in (0, count - 1):
            end = _texts("highest" if place == 0 else "lowest")
            return headline("headline_end", end=end, count=in_words(count))
        return headline("headline_place", count=in_words(count),
                        place=_texts.split("ordinals")[place])

    def reading_text(self) -> str:
        later = self.year >= style.REPORT_DATE.year
        return joined(self.ranking_text(), self.missing_text(), self.changes_text(),
                      later and _texts("reading_later", date=day(style.REPORT_DATE)))

    def ranking_text(self) -> str:
        indicator = self.indicator
        (highest, value), *rest = self.ranked
        others = "; ".join(f"{country} {indicator.value_text(figure)}" for country, figure in rest)
        return _texts("reading_several" if rest else "reading_one", label=indicator.label,
                      year=self.year, country=highest, others=others,
                      value=f"{indicator.value_text(value)} {indicator.unit_words}")

    def missing_text(self) -> str:
        missing = [country for country, series in self.indicator.values.items()
                   if self.year not in series]
        if not missing:
            return ""
        return _texts("reading_missing", year=self.year, countries=listed(missing))

    def changes_text(self) -> str:
        changes = self.indicator.changes(self.year)
        if not changes:
            return ""
        up, down = sum(change > 0 for change in changes), sum(change < 0 for change in changes)
        up_words, down_words = (in_words(count) if count else _texts("none")
                                for count in (up, down))
        return _texts("reading_change", last=self.year - 1, count=in_words(len(changes)),
                      up=up_words, down=down_words)

    def note_text(self) -> str:
        """Return the limits of the numbers, with other numbers for the year if there are any."""
        remarks = "; ".join(f"{country}: {self.indicator.remarks[country, self.year]}"
                            for country in _LOOKS
                            if (country, self.year) in self.indicator.remarks)
        return joined(_texts("note"),
                      remarks and _texts("remarks", year=self.year, remarks=remarks))

    def alt_text(self) -> str:
        indicator, years = self.indicator, _years()
        empty = [country for country, series in indicator.values.items() if not series]
        return joined(
            _texts("alt", label=indicator.label, unit=indicator.unit_words, first=years[0],
                   last=years[-1], year=self.year),
            self.mali_text(),
            bool(empty) and _texts("alt_empty", countries=listed(empty)))

    def mali_text(self) -> str:
        series = self.indicator.values[_MALI]
        if not series:
            return ""
        first, last = min(series), max(series)
        start, end = (self.indicator.value_text(series[year]) for year in (first, last))
        return _texts("alt_mali", country=_MALI, first=first, last=last, start=start, end=end)

    def data_table(self) -> Table:
        """Return all numbers of the chart, the chosen year first."""
        indicator, none = self.indicator, _texts("no_figure")
        cells = [
            (year, *(indicator.value_text(series[year]) if year in series else none
                     for series in indicator.values.values()))
            for year in sorted(reversed(_years()), key=lambda year: year != self.year)
        ]
        caption = _texts("caption", label=indicator.label, unit=indicator.unit_words,
                         year=self.year)
        return Table(caption, (_texts("year"), *indicator.values), tuple(cells))

    def source_ids(self) -> tuple[str, ...]:
        return self.indicator.sources


class _Picture(YearsPage):
    """The figure, drawn once; a view moves what is in it."""

    def __init__(self) -> None:
        years = _years()
        super().__init__(years, _texts("source", publishers=""), 4.4, 2, (0.68, 0.5, 1.14, 0.3),
                         beyond=0.4, rise=12)
        with style.plain_style():
            self.axes.set_xticks([year for year in years if year % 5 == 0])
            # Yearly figures of 2019 are older than the report, those of 2020 are not.
            self.draw_report(style.REPORT_DATE.year - 0.5, 12, {"linewidth": 1}, {})
            self.add_year_band(21, color="#ececec", linewidth=9, zorder=0)
            self.names = EndNames(self.axes, years[-1] + 1.5, 0.062, 0.2)
            self.lines: dict[str, Line2D] = {}
            self.marks: dict[str, Line2D] = {}
            for country in _LOOKS:
                self._add_country(country)

    def _add_country(self, country: str) -> None:
        colour, marker, dashes = _LOOKS[country]
        mali = country == _MALI
        top = 4 if mali else 3
        self.lines[country] = add_line(
            self.axes, color=colour, linestyle=dashes, marker=marker,
            markersize=5 if mali else 3.4, linewidth=3 if mali else 1.5, zorder=top)
        self.marks[country] = add_line(
            self.axes, marker, markersize=9 if mali else 7.5, markerfacecolor="white",
            markeredgecolor=colour, markeredgewidth=2, zorder=top + 2)
        self.names.add_name(country, colour, size=style.LABEL + (1 if mali else 0),
                            weight="bold" if mali else "normal")

    def show_view(self, view: _View) -> None:
        ticks = round_ticks(view.indicator.largest, 0.05)
        self._set_scale(view, ticks)
        self.move_year_band(view.year, _texts("chosen", year=view.year))
        ends: dict[str, tuple[int, float]] = {}
        for country, series in view.indicator.values.items():
            # A year without a figure is a gap in the line, never a bridge.
            move_line(self.lines[country],
                      ((year, series.get(year, math.nan)) for year in _years()))
            move_line(self.marks[country], (spot for spot in series.items()
                                            if spot[0] == view.year))
            if series:
                ends[country] = max(series.items())
        self.names.move_names(ends, ticks[-1])

    def _set_scale(self, view: _View, ticks: list[float]) -> None:
        millions, unit = view.indicator.largest >= _MILLION, view.indicator.unit
        source = _texts("source", publishers=publisher_names(view.source_ids()))
        self.set_texts(view.title_text(), source, _texts("millions", unit=unit) if millions
                       else unit)
        values = [tick / (_MILLION if millions else 1) for tick in ticks]
        places = 0 if all(value.is_integer() for value in values) else 1
        self.set_scale(ticks, [number(value, places) for value in values])

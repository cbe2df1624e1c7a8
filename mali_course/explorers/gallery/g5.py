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
from mali_course.charts.chart_base import Chart
from mali_course.core.datasets import publishers, rows
from mali_course.core.formats import day, in_words, listed, number
from mali_course.core.table import Table
from mali_course.explorers.explorer_base import Explorer, explorer_texts
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
        labels = {indicator.name: indicator.label for indicator in _indicators().values()}
        years = {str(year): str(year) for year in _years()}
        super().__init__(make_control(_texts, "indicator", labels, _INDICATOR),
                         make_control(_texts, "year", years, _YEAR))
        self._picture = _Picture()

    def chart(self, indicator: str, year: str) -> Chart:
        """Return the chart for an indicator and a year."""
        shown, chosen = _indicators()[indicator], int(year)
        title = _title_text(shown, chosen)
        return Chart(
            figure=self._picture.page.figure,
            title=title,
            alt=_alt_text(shown, chosen),
            reading=_reading_text(shown, chosen),
            table=_figure_table(shown, chosen),
            sources=shown.sources,
            note=_note_text(shown, chosen),
            prepare=partial(self._picture.show_view, shown, chosen, title),
        )


class _Picture:
    """The figure, drawn once; a view moves what is in it."""

    def __init__(self) -> None:
        years = _years()
        with style.plain_style():
            sheet = style.sheet("", _texts("source", publishers=""), 4.4, title_lines=2)
            self.page = YearsPage(years, sheet, (0.68, 0.5, 1.14, 0.3), 0.4, 12)
            self.page.axes.set_xticks([year for year in years if year % 5 == 0])
            # Yearly figures of 2019 are older than the report, those of 2020 are not.
            self.page.draw_report(style.REPORT_DATE.year - 0.5, 12, {"linewidth": 1}, {})
            self.page.add_year_band(21, color="#ececec", linewidth=9, zorder=0)
            self.names = EndNames(self.page.axes, years[-1] + 1.5, 0.062, 0.2)
            self.lines: dict[str, Line2D] = {}
            self.marks: dict[str, Line2D] = {}
            for country in _LOOKS:
                self._add_country(country)

    def _add_country(self, country: str) -> None:
        colour, marker, dashes = _LOOKS[country]
        mali = country == _MALI
        top = 4 if mali else 3
        (self.lines[country],) = self.page.axes.plot(
            [], [], color=colour, linestyle=dashes, marker=marker, markersize=5 if mali else 3.4,
            linewidth=3 if mali else 1.5, zorder=top)
        (self.marks[country],) = self.page.axes.plot(
            [], [], marker, markersize=9 if mali else 7.5, markerfacecolor="white",
            markeredgecolor=colour, markeredgewidth=2, zorder=top + 2)
        self.names.add_name(country, colour, size=style.LABEL + (1 if mali else 0),
                            weight="bold" if mali else "normal")

    def show_view(self, indicator: _Indicator, year: int, title: str) -> None:
        ticks = round_ticks(indicator.largest, 0.05)
        self._set_scale(indicator, title, ticks)
        self.page.move_year_band(year, _texts("chosen", year=year))
        years = _years()
        for country, series in indicator.values.items():
            # A year without a figure is a gap in the line, never a bridge.
            self.lines[country].set_data(years, [series.get(each, math.nan) for each in years])
            known = [year] if year in series else []
            self.marks[country].set_data(known, [series[each] for each in known])
        ends = {country: (max(series), series[max(series)])
                for country, series in indicator.values.items() if series}
        self.names.move_names(ends, ticks[-1])

    def _set_scale(self, indicator: _Indicator, title: str, ticks: list[float]) -> None:
        millions = indicator.largest >= _MILLION
        unit = _texts("millions", unit=indicator.unit) if millions else indicator.unit
        source = _texts("source", publishers=publishers(indicator.sources))
        self.page.set_texts(title, source, _texts("axis", unit=unit))
        values = [tick / (_MILLION if millions else 1) for tick in ticks]
        places = 0 if all(value.is_integer() for value in values) else 1
        self.page.set_scale(ticks, [number(value, places) for value in values])


def _title_text(indicator: _Indicator, year: int) -> str:
    countries = [country for country, _ in indicator.ranked(year)]
    headline = partial(_texts, label=indicator.label, year=year)
    if not countries:
        return headline("headline_none")
    if len(countries) == 1:
        return headline("headline_one", country=countries[0])
    if _MALI not in countries:
        return headline("headline_without")
    place, count = countries.index(_MALI), len(countries)
    if place in (0, count - 1):
        end = _texts("highest" if place == 0 else "lowest")
        return headline("headline_end", end=end, count=in_words(count))
    return headline("headline_place", count=in_words(count), place=_texts.split("ordinals")[place])


def _reading_text(indicator: _Indicator, year: int) -> str:
    parts = _ranking_texts(indicator, year)
    changes = indicator.changes(year)
    if changes:
        up, down = sum(change > 0 for change in changes), sum(change < 0 for change in changes)
        up_words, down_words = (in_words(count) if count else _texts("none")
                                for count in (up, down))
        parts.append(_texts("reading_change", last=year - 1, count=in_words(len(changes)),
                            up=up_words, down=down_words))
    if year >= style.REPORT_DATE.year:
        parts.append(_texts("reading_later", date=day(style.REPORT_DATE)))
    return " ".join(parts)


def _ranking_texts(indicator: _Indicator, year: int) -> list[str]:
    if not indicator.ranked(year):
        return [_texts("reading_none", label=indicator.label, year=year)]
    (highest, value), *rest = indicator.ranked(year)
    others = "; ".join(f"{country} {indicator.value_text(figure)}" for country, figure in rest)
    parts = [_texts("reading_several" if rest else "reading_one", label=indicator.label, year=year,
                    country=highest, others=others,
                    value=f"{indicator.value_text(value)} {indicator.unit_words}")]
    missing = [country for country in _LOOKS if year not in indicator.values[country]]
    if missing:
        parts.append(_texts("reading_missing", year=year, countries=listed(missing)))
    return parts


def _note_text(indicator: _Indicator, year: int) -> str:
    """Return the limits of the numbers, with other numbers for the chosen year if there are any."""
    remarks = [f"{country}: {indicator.remarks[country, year]}" for country in _LOOKS
               if (country, year) in indicator.remarks]
    if not remarks:
        return _texts("note")
    return f"{_texts('note')} {_texts('remarks', year=year, remarks='; '.join(remarks))}"


def _alt_text(indicator: _Indicator, year: int) -> str:
    parts = [_texts("alt", label=indicator.label, unit=indicator.unit_words, first=_years()[0],
                    last=_years()[-1], year=year)]
    series = indicator.values[_MALI]
    if series:
        first, last = min(series), max(series)
        start, end = (indicator.value_text(series[each]) for each in (first, last))
        parts.append(_texts("alt_mali", country=_MALI, first=first, last=last, start=start,
                            end=end))
    empty = [country for country, values in indicator.values.items() if not values]
    if empty:
        parts.append(_texts("alt_empty", countries=listed(empty)))
    return " ".join(parts)


def _figure_table(indicator: _Indicator, year: int) -> Table:
    """Return all numbers of the chart, the chosen year first."""
    order = sorted(reversed(_years()), key=lambda each: each != year)
    cells = tuple(
        (each, *(indicator.value_text(series[each]) if each in series else _texts("no_figure")
                 for series in indicator.values.values()))
        for each in order
    )
    caption = _texts("caption", label=indicator.label, unit=indicator.unit_words, year=year)
    return Table(caption, (_texts("year"), *indicator.values), cells)

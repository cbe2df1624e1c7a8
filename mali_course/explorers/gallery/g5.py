"""The five states of the G5 Sahel over time: one indicator, one year to look at closely."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.text import Annotation, Text

from mali_course.charts.chart_base import Chart
from mali_course.charts.style import (
    BLACK,
    BLUE,
    GREEN,
    INK,
    LABEL,
    MARGIN,
    PURPLE,
    REPORT_DATE,
    SMALL,
    TITLE,
    VERMILLION,
    WIDTH,
    Sheet,
    halo,
    ink,
    plain_axes,
    plain_style,
    sheet,
    spread,
    wrap,
)
from mali_course.core.datasets import publishers, rows
from mali_course.core.formats import day, in_words, listed, number
from mali_course.core.messages import say
from mali_course.core.table import Table
from mali_course.forms.controls import Control, choose

__all__ = ["G5Explorer"]

_MALI = "Mali"
_INDICATOR, _YEAR = "gdp_per_capita_constant_2015_usd", str(REPORT_DATE.year - 1)
# Colour, marker and line of each state: no two share any.
_LOOKS = {
    _MALI: (VERMILLION, "o", "-"),
    "Burkina Faso": (BLUE, "s", (0, (5, 1.5))),
    "Chad": (BLACK, "^", (0, (1, 1.2))),
    "Mauritania": (GREEN, "D", (0, (6, 1.5, 1, 1.5))),
    "Niger": (PURPLE, "v", (0, (3, 1.5))),
}
_MILLION = 1_000_000
_LEFT = 0.68  # inches from the edge of the figure to the axis


def _say(key: str, **fields: object) -> str:
    return say(f"charts.g5.{key}", **fields)


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
        return self.largest >= _MILLION and self.unit != say("charts.g5.persons")

    @property
    def places(self) -> int:
        """Decimals that tell the states apart without more than the data can bear."""
        if "percent" not in self.unit:
            return 0
        return 1 if self.largest > 20 else 2

    def plain(self, value: float) -> str:
        """Return a value as it is written everywhere, without its unit."""
        return number(value / (_MILLION if self.millions else 1), self.places)

    @property
    def unit_words(self) -> str:
        return _say("millions", unit=self.unit) if self.millions else self.unit

    def ranked(self, year: int) -> list[tuple[str, float]]:
        """Return the states with a figure for a year, the highest first."""
        found = [(country, series[year]) for country, series in self.values.items()
                 if year in series]
        return sorted(found, key=lambda one: (-one[1], one[0]))


@cache
def _indicators() -> Mapping[str, _Indicator]:
    grouped: dict[str, list[dict[str, object]]] = {}
    for row in rows("g5_indicators"):
        grouped.setdefault(row["indicator"], []).append(row)
    found = {}
    for name, own in grouped.items():
        values: dict[str, dict[int, float]] = {country: {} for country in _LOOKS}
        for row in own:
            if row["value"] is not None:
                values[str(row["country"])][int(str(row["year"]))] = float(str(row["value"]))
        found[name] = _Indicator(
            name, str(own[0]["label"]), str(own[0]["unit"]), values,
            tuple(dict.fromkeys(str(row["source_id"]) for row in own)),
            {(str(row["country"]), int(str(row["year"]))): str(row["note"])
             for row in own if row["note"]},
        )
    return found


@cache
def _years() -> tuple[int, ...]:
    return tuple(sorted({row["year"] for row in rows("g5_indicators")}))


class _Picture:
    """The figure, drawn once; a view moves what is in it."""

    def __init__(self) -> None:
        years = _years()
        with plain_style():
            self.page: Sheet = sheet("", _say("source", publishers=""), 4.4, title_lines=2)
            self.axes: Axes = self.page.place(_LEFT, 0.5, 1.14, 0.3)
            self.source: Text = self.page.figure.texts[1]
            plain_axes(self.axes)
            self.axes.spines["bottom"].set_visible(True)
            self.axes.set(xlim=(years[0] - 0.4, years[-1] + 0.4),
                          xticks=[year for year in years if year % 5 == 0])
            self.axes.tick_params(axis="y", labelsize=SMALL)
            self.unit = self.axes.annotate(
                "", (0, 1), ((MARGIN - _LEFT) * 72, 12), xycoords="axes fraction",
                textcoords="offset points", size=SMALL, va="center")
            # Yearly figures of 2019 are older than the report, those of 2020 are not.
            report = REPORT_DATE.year - 0.5
            self.axes.axvline(report, color=INK, linewidth=1, linestyle=(0, (4, 3)))
            self.axes.annotate(
                say("charts.frame.report_date", date=day(REPORT_DATE)), (report, 1), (-4, 12),
                xycoords=("data", "axes fraction"), textcoords="offset points", size=SMALL,
                va="center")
            self.chosen: Line2D = self.axes.axvline(report, color="#ececec", linewidth=9, zorder=0)
            # Below the axis the year meets no line and no other label.
            self.tag: Annotation = self.axes.annotate(
                "", (report, 0), (0, -21), xycoords=("data", "axes fraction"),
                textcoords="offset points", weight="bold", ha="center", va="top")
            self.lines: dict[str, Line2D] = {}
            self.marks: dict[str, Line2D] = {}
            self.names: dict[str, Text] = {}
            self.leads: dict[str, Line2D] = {}
            for country in _LOOKS:
                self._add(country)

    def _add(self, country: str) -> None:
        colour, marker, dashes = _LOOKS[country]
        mali = country == _MALI
        top = 4 if mali else 3
        (self.lines[country],) = self.axes.plot(
            [], [], color=colour, linestyle=dashes, marker=marker, markersize=5 if mali else 3.4,
            linewidth=3 if mali else 1.5, zorder=top)
        (self.marks[country],) = self.axes.plot(
            [], [], marker, markersize=9 if mali else 7.5, markerfacecolor="white",
            markeredgecolor=colour, markeredgewidth=2, zorder=top + 2)
        (self.leads[country],) = self.axes.plot(
            [], [], color=colour, linewidth=0.8, clip_on=False, zorder=2)
        self.names[country] = self.axes.text(
            0, 0, country, color=ink(colour), size=LABEL + (1 if mali else 0), va="center",
            weight="bold" if mali else "normal", path_effects=halo())

    def show(self, indicator: _Indicator, year: int, title: str) -> None:
        """Move everything to an indicator and a year."""
        years = _years()
        room = WIDTH - 2 * MARGIN
        self.page.title.set_text(wrap(title, room, TITLE, "bold"))
        self.source.set_text(
            wrap(_say("source", publishers=publishers(indicator.sources)), room, SMALL))
        self.unit.set_text(_say("axis", unit=indicator.unit_words))
        self.chosen.set_xdata([year, year])
        self.tag.set_text(_say("chosen", year=year))
        self.tag.xy = (year, 0)
        step, top = _scale(indicator.largest)
        ticks = [step * n for n in range(round(top / step) + 1)]
        divisor = _MILLION if indicator.largest >= _MILLION else 1
        places = 0 if all((tick / divisor).is_integer() for tick in ticks) else 1
        self.axes.set_ylim(0, top)
        self.axes.set_yticks(ticks, [number(tick / divisor, places) for tick in ticks])
        if divisor > 1 and not indicator.millions:
            self.unit.set_text(_say("axis", unit=_say("millions", unit=indicator.unit)))
        ends: dict[str, tuple[int, float]] = {}
        for country, series in indicator.values.items():
            # A year without a figure is a gap in the line, never a bridge.
            self.lines[country].set_data(years, [series.get(one, math.nan) for one in years])
            self.marks[country].set_data(*(([year], [series[year]]) if year in series
                                           else ([], [])))
            if series:
                ends[country] = (max(series), series[max(series)])
        self._label(ends, top)

    def _label(self, ends: Mapping[str, tuple[int, float]], top: float) -> None:
        gap = top * 0.062
        heights = spread([value for _, value in ends.values()], gap, gap / 2, top)
        right = _years()[-1] + 1.5
        for country in _LOOKS:
            shown = country in ends
            self.names[country].set_visible(shown)
            self.leads[country].set_visible(shown)
        for (country, (last, value)), height in zip(ends.items(), heights, strict=True):
            self.names[country].set_position((right, height))
            self.leads[country].set_data([last + 0.3, right - 0.2], [value, height])


def _scale(largest: float) -> tuple[float, float]:
    """Return the step of the axis and its end: the next whole step above the largest value."""
    rough = largest / 5
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * n for n in (1, 2, 2.5, 5, 10) if power * n >= rough)
    return step, step * math.ceil(largest / step + 0.05)


class G5Explorer:
    """How Mali compares with its partners in the G5 Sahel, by indicator and year.

    Examples
    --------
    >>> chart = G5Explorer().view({"year": "2012"})
    >>> "in 2012" in chart.reading
    True
    """

    name = "g5"

    def __init__(self) -> None:
        self.title: str = _say("title")
        self.question: str = _say("question")
        indicators = _indicators()
        self.controls: tuple[Control, ...] = (
            Control("indicator", _say("indicator"),
                    tuple((one.name, one.label) for one in indicators.values()), _INDICATOR),
            Control("year", _say("year"), tuple((str(year),) * 2 for year in _years()), _YEAR),
        )
        self._picture = _Picture()

    def view(self, values: Mapping[str, str]) -> Chart:
        """Return the chart for an indicator and a year.

        Parameters
        ----------
        values : mapping
            ``indicator`` and ``year``; what is odd or missing is replaced by the default.

        Returns
        -------
        Chart
            All views share one figure, which is set to this view when it is drawn.

        Examples
        --------
        >>> G5Explorer().view({"indicator": "no such thing"}).table.columns[0]
        'Year'
        """
        wanted, chosen = (choose(control, values) for control in self.controls)
        indicator, year = _indicators()[wanted], int(chosen)
        title = _headline(indicator, year)
        return Chart(
            figure=self._picture.page.figure,
            title=title,
            alt=_alt(indicator, year),
            reading=_reading(indicator, year),
            table=_table(indicator, year),
            sources=indicator.sources,
            note=_note(indicator, year),
            prepare=partial(self._picture.show, indicator, year, title),
        )


def _headline(indicator: _Indicator, year: int) -> str:
    ranked = indicator.ranked(year)
    label = indicator.label
    if not ranked:
        return _say("headline_none", label=label, year=year)
    countries = [country for country, _ in ranked]
    if len(ranked) == 1:
        return _say("headline_one", label=label, year=year, country=countries[0])
    if _MALI not in countries:
        return _say("headline_without", label=label, year=year)
    place, count = countries.index(_MALI), len(countries)
    if place in (0, count - 1):
        end = _say("highest" if place == 0 else "lowest")
        return _say("headline_end", label=label, year=year, end=end, count=in_words(count))
    return _say("headline_place", label=label, year=year, count=in_words(count),
                place=_ordinal(place + 1))


def _ordinal(place: int) -> str:
    return _say("ordinals").split("|")[place - 1]


def _with_unit(indicator: _Indicator, value: float) -> str:
    return f"{indicator.plain(value)} {indicator.unit_words}"


def _reading(indicator: _Indicator, year: int) -> str:
    ranked = indicator.ranked(year)
    missing = [country for country in _LOOKS if year not in indicator.values[country]]
    if not ranked:
        parts = [_say("reading_none", label=indicator.label, year=year)]
    else:
        (top, value), *rest = ranked
        parts = [_say("reading_several" if rest else "reading_one", label=indicator.label,
                      year=year, country=top, value=_with_unit(indicator, value),
                      others="; ".join(f"{country} {indicator.plain(one)}"
                                       for country, one in rest))]
        if missing:
            parts.append(_say("reading_missing", year=year, countries=listed(missing)))
    changes = [series[year] - series[year - 1] for series in indicator.values.values()
               if year in series and year - 1 in series]
    if changes:
        up, down = sum(one > 0 for one in changes), sum(one < 0 for one in changes)
        up_words, down_words = (in_words(n) if n else _say("none") for n in (up, down))
        parts.append(_say("reading_change", last=year - 1, count=in_words(len(changes)),
                          up=up_words, down=down_words))
    if year >= REPORT_DATE.year:
        parts.append(_say("reading_later", date=day(REPORT_DATE)))
    return " ".join(parts)


def _note(indicator: _Indicator, year: int) -> str:
    """Return the limits of the numbers, with other numbers for the chosen year if there are any."""
    remarks = [f"{country}: {indicator.remarks[country, year]}" for country in _LOOKS
               if (country, year) in indicator.remarks]
    if not remarks:
        return _say("note")
    return f"{_say('note')} {_say('remarks', year=year, remarks='; '.join(remarks))}"


def _alt(indicator: _Indicator, year: int) -> str:
    parts = [_say("alt", label=indicator.label, unit=indicator.unit_words, first=_years()[0],
                  last=_years()[-1], year=year)]
    series = indicator.values[_MALI]
    if series:
        first, last = min(series), max(series)
        parts.append(_say("alt_mali", country=_MALI, first=first, last=last,
                          start=indicator.plain(series[first]), end=indicator.plain(series[last])))
    empty = [country for country, values in indicator.values.items() if not values]
    if empty:
        parts.append(_say("alt_empty", countries=listed(empty)))
    return " ".join(parts)


def _table(indicator: _Indicator, year: int) -> Table:
    """Return all numbers of the chart, the chosen year first."""
    order = [year, *(one for one in reversed(_years()) if one != year)]
    cells = tuple(
        (one, *(indicator.plain(series[one]) if one in series else _say("no_figure")
                for series in indicator.values.values()))
        for one in order
    )
    caption = _say("caption", label=indicator.label, unit=indicator.unit_words, year=year)
    return Table(caption, (_say("year"), *indicator.values), cells)

"""Series that the report stands in, carried on to the latest year of the tables."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from mali_course.charts.chart_base import Chart
from mali_course.charts.style import (
    BLACK,
    BLUE,
    INK,
    LABEL,
    MARGIN,
    REPORT_DATE,
    SMALL,
    TITLE,
    VERMILLION,
    WIDTH,
    Sheet,
    halo,
    plain_axes,
    plain_style,
    sheet,
    text_width,
    wrap,
)
from mali_course.core.datasets import rows
from mali_course.core.formats import day, in_words, number
from mali_course.core.messages import say
from mali_course.core.table import Table
from mali_course.forms.controls import Control, choose

__all__ = ["SinceExplorer"]

_REPORT_YEAR = REPORT_DATE.year - 1  # the last whole year that the report could know
_BASE = str(_REPORT_YEAR)
_COUNTRIES = {"mali": "Mali", "burkina": "Burkina Faso", "niger": "Niger"}
_LEFT = 0.72  # inches from the edge of the figure to the axis


def _say(key: str, **fields: object) -> str:
    return say(f"charts_since.series.{key}", **fields)


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
        return _say(f"option_{self.name}")

    @property
    def deaths(self) -> bool:
        return bool(self.low)

    @property
    def last(self) -> int:
        return max(self.values)

    @property
    def peak(self) -> int:
        return max(self.values, key=lambda year: self.values[year])

    def times(self, base: int) -> str:
        return number(self.values[self.last] / self.values[base], 1)


def _people(name: str, measure: str) -> _Series:
    found = [row for row in rows("displacement_by_year")
             if row["measure"] == measure and row["year"] >= _years()[0]]
    own = [row for row in found if row["counted_by"] == "UNHCR"]
    others = [row for row in found if row["counted_by"] != "UNHCR"]
    return _Series(
        name, {row["year"]: row["persons"] for row in own},
        tuple(dict.fromkeys(row["source_id"] for row in found)),
        other={row["year"]: row["persons"] for row in others},
        remarks={row["year"]: row["note"] for row in own if row["note"]},
    )


def _deaths(name: str, country: str) -> _Series:
    sums: dict[str, dict[int, int]] = {"best": {}, "low": {}, "high": {}}
    found = [row for table in ("violence_by_country", "violence_since") for row in rows(table)
             if row["country"] == country and row["year"] >= _years()[0]]
    for row in found:
        for part, own in sums.items():
            own[row["year"]] = own.get(row["year"], 0) + row[part]
    return _Series(name, sums["best"], tuple(dict.fromkeys(row["source_id"] for row in found)),
                   sums["low"], sums["high"])


@cache
def _years() -> tuple[int, ...]:
    inside = [row["year"] for row in rows("displacement_by_year")
              if row["measure"] == "internally_displaced"]
    return tuple(range(min(inside), max(inside) + 1))


@cache
def _all() -> Mapping[str, _Series]:
    found = [_people("inside", "internally_displaced"), _people("refugees", "refugees")]
    found += [_deaths(f"deaths_{key}", country) for key, country in _COUNTRIES.items()]
    return {one.name: one for one in found}


def _bases(series: Mapping[str, _Series]) -> tuple[int, ...]:
    """Return the years before the report that every series can be divided by."""
    return tuple(year for year in _years() if year <= _REPORT_YEAR
                 and all(one.values.get(year) for one in series.values()))


class _Picture:
    """The figure, drawn once; a view moves what is in it."""

    def __init__(self) -> None:
        years = _years()
        with plain_style():
            self.page: Sheet = sheet("", _say("source_deaths"), 3.9, title_lines=1)
            self.axes: Axes = self.page.place(_LEFT, 0.3, MARGIN, 0.42)
            self.source = self.page.figure.texts[1]
            plain_axes(self.axes)
            self.axes.spines["bottom"].set_visible(True)
            self.axes.set(xlim=(years[0] - 0.6, years[-1] + 0.6), xticks=years[::2])
            self.axes.tick_params(axis="y", labelsize=SMALL)
            self.unit = self.axes.annotate(
                "", (0, 1), ((MARGIN - _LEFT) * 72, 20), xycoords="axes fraction",
                textcoords="offset points", size=SMALL, va="center")
            report = _REPORT_YEAR + 0.5
            self.axes.axvline(report, color=INK, linewidth=1.2, linestyle=(0, (4, 3)))
            self.axes.annotate(
                say("charts.frame.report_date", date=day(REPORT_DATE)), (report, 1), (-4, 6),
                xycoords=("data", "axes fraction"), textcoords="offset points", size=SMALL,
                va="center", ha="right", weight="bold")
            self.bars: dict[int, Rectangle] = {year: self._add(year) for year in years}
            self.spans: Line2D = self.axes.plot([], [], color=BLACK, linewidth=1.3, zorder=4)[0]
            self.others: Line2D = self.axes.plot(
                [], [], "D", markersize=6, markerfacecolor="white", markeredgecolor=VERMILLION,
                markeredgewidth=1.6, zorder=5)[0]
            self.base: Line2D = self.axes.axhline(0, color=BLACK, linewidth=1.4, zorder=3)
            self.tag = self.axes.text(0, 0, "", size=LABEL, weight="bold", va="bottom",
                                      path_effects=halo(3.5), zorder=6)

    def _add(self, year: int) -> Rectangle:
        bar: Rectangle
        (bar,) = self.axes.bar([year], [0], 0.74)
        bar.set(edgecolor=BLUE, linewidth=1, zorder=2,
                facecolor=BLUE if year <= _REPORT_YEAR else "white",
                hatch="" if year <= _REPORT_YEAR else "////")
        return bar

    def show(self, one: _Series, base: int, title: str) -> None:
        """Move everything to a series and a year to compare with."""
        room = WIDTH - 2 * MARGIN
        self.page.title.set_text(wrap(title, room, TITLE, "bold"))
        key = "deaths" if one.deaths else "inside" if one.other else "persons"
        self.source.set_text(wrap(_say(f"source_{key}"), room, SMALL))
        self.unit.set_text(_say("unit_deaths" if one.deaths else "unit_persons"))
        for year, bar in self.bars.items():
            bar.set_height(one.values.get(year, 0))
            bar.set_visible(year in one.values)
        years = sorted(one.low)
        self.spans.set_data([x for year in years for x in (year, year, math.nan)],
                            [y for year in years for y in (one.low[year], one.high[year],
                                                           math.nan)])
        self.others.set_data(list(one.other), list(one.other.values()))
        value = one.values[base]
        self.base.set_ydata([value, value])
        self.tag.set_text(_say("base_line", base=base, value=number(value)))
        tops = [*one.values.values(), *one.high.values(), *one.other.values()]
        step = _step(max(tops))
        ticks = [step * n for n in range(math.ceil(max(tops) / step) + 1)]
        self.axes.set_ylim(0, ticks[-1])
        start, top = self._room_for_tag(one, value)
        self.tag.set_position((start - 0.4, top + 0.012 * ticks[-1]))
        self.axes.set_yticks(ticks, [number(tick) for tick in ticks])

    def _room_for_tag(self, one: _Series, value: float) -> tuple[int, float]:
        """Return the year at which the words begin and what they stand on: few bars, if any."""
        years = _years()
        a_year = (WIDTH - _LEFT - MARGIN) / (len(years) + 0.2)
        span = math.ceil(text_width(self.tag.get_text(), LABEL, "bold") / a_year + 0.2)

        def top(start: int) -> float:
            return max([value, *(table[year] for table in (one.values, one.high, one.other)
                                 for year in range(start, start + span) if year in table)])

        start = min(range(years[0], _REPORT_YEAR - span + 2), key=top)
        return start, top(start)


def _step(largest: float) -> float:
    """Return a round step that needs four or five lines."""
    power = 10.0 ** math.floor(math.log10(largest / 4))
    return next(power * n for n in (1, 2, 2.5, 5, 10) if power * n >= largest / 5)


class SinceExplorer:
    """How displacement and deaths went on after the report.

    Examples
    --------
    >>> chart = SinceExplorer().view({"series": "refugees"})
    >>> "times as many" in chart.reading
    True
    """

    name = "since"

    def __init__(self) -> None:
        self.title: str = _say("title")
        self.question: str = _say("question")
        found = _all()
        self.controls: tuple[Control, ...] = (
            Control("series", _say("series"),
                    tuple((one.name, one.label) for one in found.values()), next(iter(found))),
            Control("base", _say("base"), tuple((str(year),) * 2 for year in _bases(found)),
                    _BASE),
        )
        self._picture = _Picture()

    def view(self, values: Mapping[str, str]) -> Chart:
        """Return the chart for a series and a year to compare with.

        Parameters
        ----------
        values : mapping
            ``series`` and ``base``; odd or missing values mean the defaults.

        Examples
        --------
        >>> SinceExplorer().view({"base": "soon"}).reading.startswith("Displaced inside Mali")
        True
        """
        one = _all()[choose(self.controls[0], values)]
        base = int(choose(self.controls[1], values))
        label = one.label[0].upper() + one.label[1:]
        title = _say("headline", label=label, times=one.times(base), base=base, last=one.last)
        show = partial(self._picture.show, one, base, title)
        return Chart(
            figure=self._picture.page.figure,
            title=title,
            alt=_alt(one, base),
            reading=_reading(one, base, label),
            table=_table(one, label),
            sources=one.sources,
            note=_say("note_deaths" if one.deaths else "note_persons"),
            prepare=show,
        )


def _reading(one: _Series, base: int, label: str) -> str:
    later = [year for year in one.values if year > _REPORT_YEAR]
    above = sum(one.values[year] > one.values[base] for year in later)
    parts = [_say(
        "reading", label=label, base=base, base_value=number(one.values[base]), last=one.last,
        last_value=number(one.values[one.last]), times=one.times(base), peak_year=one.peak,
        peak=number(one.values[one.peak]),
    )]
    parts.append(_say("reading_above" if above < len(later) else "reading_above_all", base=base,
                      above=in_words(above), later=in_words(len(later))))
    if one.deaths:
        parts.append(_say("reading_estimate", last=one.last, low=number(one.low[one.last]),
                          high=number(one.high[one.last])))
    if one.other:
        parts.append(_say("reading_other", last=max(one.other),
                          other=number(one.other[max(one.other)])))
    return " ".join(parts)


def _alt(one: _Series, base: int) -> str:
    first = min(one.values)
    return _say(
        "alt", first=first, last=one.last, label=one.label, after=_REPORT_YEAR + 1,
        first_value=number(one.values[first]), report_value=number(one.values[_REPORT_YEAR]),
        report_year=_REPORT_YEAR, last_value=number(one.values[one.last]),
        peak=number(one.values[one.peak]), peak_year=one.peak, base=base,
    )


def _table(one: _Series, label: str) -> Table:
    heads = ["year", "value"]
    heads += ["low", "high"] if one.deaths else ["other"] if one.other else []
    heads += ["after", "note"] if one.remarks else ["after"]
    cells: list[tuple[Any, ...]] = []
    for year in sorted(one.values):
        row: dict[str, Any] = {
            "year": str(year), "value": one.values[year], "low": one.low.get(year),
            "high": one.high.get(year), "other": one.other.get(year),
            "after": _say("yes" if year > _REPORT_YEAR else "no"),
            "note": one.remarks.get(year),
        }
        cells.append(tuple(row[head] for head in heads))
    caption = _say("caption", label=label, first=min(one.values), last=one.last)
    return Table(caption, tuple(_say(f"col_{head}") for head in heads), tuple(cells))

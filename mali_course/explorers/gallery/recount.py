"""The deaths in the mission, counted again: sorted, for one cause or all, in one measure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from matplotlib.patches import Rectangle

from mali_course.charts.chart_base import Chart
from mali_course.charts.gallery.mission_deaths import deaths_before_the_report
from mali_course.charts.style import BLUE, INK, LABEL, MARGIN, REPORT_DATE, SMALL, SOFT
from mali_course.core.datasets import publishers, rows
from mali_course.core.formats import day, in_words, listed, number
from mali_course.core.messages import say
from mali_course.core.table import Table
from mali_course.explorers.rows_page import RowsPage
from mali_course.forms.controls import Control, choose

__all__ = ["RecountExplorer"]

Row = Mapping[str, Any]

_YEAR, _NATIONALITY, _REGION = "year", "nationality", "region"
_ALL, _MALICIOUS = "all", "malicious act"
_NUMBER, _SHARE, _RATE = "number", "share", "per thousand"
# Whose deaths are set against a number of people: the same group.
_GROUPS: Mapping[str, tuple[str, ...]] = {
    "uniformed": ("military", "police"),
    "military": ("military",),
    "police": ("police",),
}
_BAR, _STEP, _LEFT = 0.16, 0.225, 1.13  # inches: a bar, a row, where bars begin
_REACH = {_NUMBER: 2.9, _SHARE: 2.9, _RATE: 1.0}  # inches of the longest bar


def _say(key: str, **fields: object) -> str:
    return say(f"charts_mission.recount.{key}", **fields)


def _key(text: str) -> str:
    return text.replace(" ", "_")


@dataclass(frozen=True)
class _Bar:
    """One row: what it counts, and against which number of people."""

    name: str
    deaths: int  # of everybody
    african: bool = True
    people: int | None = None
    component: str = ""
    own_deaths: int = 0  # of those whom the number of people counts
    unused: bool = False  # there is a number of people, which does not stand for the year

    @property
    def rate(self) -> float | None:
        return None if self.people is None else 1000 * self.own_deaths / self.people


def _bars(chosen: Sequence[Row], by: str) -> list[_Bar]:
    counts = Counter(row[by] for row in chosen)
    if by == _YEAR:
        years = [row["year"] for row in deaths_before_the_report()]
        return [_of_year(chosen, year, counts[year])
                for year in range(min(years), REPORT_DATE.year)]
    african = {row[by]: row["african"] == "yes" for row in chosen}
    order = sorted(counts, key=lambda name: (-counts[name], name))
    return [_Bar(name, counts[name], african[name]) for name in order]


def _of_year(chosen: Sequence[Row], year: int, deaths: int) -> _Bar:
    found = [row for row in rows("mission_strength") if row["rate_year"] == year]
    if not found:
        unused = any(row["as_of"].year == year for row in rows("mission_strength"))
        return _Bar(str(year), deaths, unused=unused)
    (row,) = found
    group = _GROUPS.get(row["component"])
    own = sum(one["year"] == year and (group is None or one["personnel_type"] in group)
              for one in chosen)
    return _Bar(str(year), deaths, True, row["personnel"], row["component"], own)


@dataclass(frozen=True)
class _Wanted:
    """The values of the controls."""

    by: str
    cause: str
    measure: str

    @property
    def shown(self) -> str:
        """The measure that the chart can show: a rate is possible by year alone."""
        return _NUMBER if self.measure == _RATE and self.by != _YEAR else self.measure

    @property
    def cause_words(self) -> str:
        return _say(f"of_{_key(self.cause)}")


class _Picture:
    """The figure, whose bars a view moves."""

    def __init__(self) -> None:
        self.page = RowsPage()
        self.bars: list[Rectangle] = []

    def _bar(self, place: int, y: float, width: float, african: bool) -> None:
        while len(self.bars) <= place:
            new = Rectangle((0, 0), 0, _BAR, linewidth=1.1, edgecolor=BLUE, zorder=2)
            self.page.axes.add_patch(new)
            self.bars.append(new)
        bar = self.bars[place]
        bar.set(x=_LEFT, y=y, width=width, facecolor=BLUE if african else "white",
                hatch=None if african else "////", visible=width > 0)

    def show(self, bars: Sequence[_Bar], wanted: _Wanted, title: str, source: str) -> None:
        """Set everything to some bars."""
        page = self.page
        y = page.begin(title)
        total = sum(bar.deaths for bar in bars)
        y = page.put(MARGIN, y, _unit(wanted, total), SMALL)
        if wanted.by != _YEAR:
            y = page.put(MARGIN, y, _say("legend"), SMALL)
        y += 0.08
        values = [_value(bar, wanted, total) for bar in bars]
        one = _REACH[wanted.shown] / max(value or 0 for value in values)
        step = _STEP if len(bars) > 8 else _STEP + 0.08
        for place, (bar, value) in enumerate(zip(bars, values, strict=True)):
            page.put(_LEFT - 0.08, y - 0.005, bar.name, LABEL, INK, side="right")
            width = (value or 0) * one
            self._bar(place, y, width, bar.african)
            words = _label(bar, wanted, total)
            missing = value is None
            page.put(_LEFT + width + 0.08, y + (0.01 if missing else -0.005), words,
                     SMALL if missing or wanted.shown == _RATE else LABEL,
                     SOFT if missing else INK, "normal" if missing else "bold")
            y += step
        for bar_left in self.bars[len(bars):]:
            bar_left.set_visible(False)
        page.finish(y + 0.05, source)


def _value(bar: _Bar, wanted: _Wanted, total: int) -> float | None:
    if wanted.shown == _RATE:
        return bar.rate
    return bar.deaths / total * (100 if wanted.shown == _SHARE else total)


def _label(bar: _Bar, wanted: _Wanted, total: int) -> str:
    if wanted.shown == _NUMBER:
        return str(bar.deaths)
    if wanted.shown == _SHARE:
        return _say("label_share", share=number(100 * bar.deaths / total, 1))
    if bar.rate is None or bar.people is None:
        return _say("label_unused" if bar.unused else "label_missing")
    return _say("label_rate", rate=number(bar.rate, 1), deaths=bar.own_deaths,
                people=number(bar.people), who=_say(f"who_{_key(bar.component)}"))


class RecountExplorer:
    """Who died in the mission up to the report, counted in several ways.

    Examples
    --------
    >>> chart = RecountExplorer().view({"by": "nationality"})
    >>> "Chad" in chart.reading
    True
    """

    name = "recount"

    def __init__(self) -> None:
        self.title: str = _say("title")
        self.question: str = _say("question")
        self.controls: tuple[Control, ...] = (
            self._control("by", (_YEAR, _NATIONALITY, _REGION)),
            self._control("cause", (_ALL, _MALICIOUS)),
            self._control("measure", (_NUMBER, _SHARE, _RATE)),
        )
        self._picture = _Picture()

    @staticmethod
    def _control(name: str, options: Sequence[str]) -> Control:
        shown = tuple((one, _say(f"option_{_key(one)}")) for one in options)
        return Control(name, _say(name), shown, options[0])

    def view(self, values: Mapping[str, str]) -> Chart:
        """Return the count for a choice.

        Parameters
        ----------
        values : mapping
            ``by``, ``cause`` and ``measure``; what is odd or missing is replaced by the first one.

        Returns
        -------
        Chart
            All views share one figure, which is set to this view when it is drawn.

        Examples
        --------
        >>> RecountExplorer().view({"measure": "per thousand"}).table.columns[0]
        'Year'
        """
        wanted = _Wanted(*(choose(one, values) for one in self.controls))
        chosen = [row for row in deaths_before_the_report()
                  if wanted.cause in (_ALL, row["cause"])]
        bars = _bars(chosen, wanted.by)
        sources = list(dict.fromkeys(row["source_id"] for row in chosen))
        if wanted.shown == _RATE:
            sources += [row["source_id"] for row in rows("mission_strength") if row["rate_year"]]
        title = _say(f"headline_{_key(wanted.shown)}", cause=_say(f"start_{_key(wanted.cause)}"),
                     by=_say(f"by_{wanted.by}"), count=len(chosen))
        source = _say("source", publishers=publishers(sources))
        return Chart(
            figure=self._picture.page.figure,
            title=title,
            alt=_alt(bars, wanted),
            reading=_reading(bars, wanted),
            table=_table(bars, wanted),
            sources=tuple(sources),
            note=_say("note_rate" if wanted.shown == _RATE else f"note_{wanted.by}"),
            prepare=partial(self._picture.show, bars, wanted, title, source),
        )


def _unit(wanted: _Wanted, total: int) -> str:
    return _say(f"unit_{_key(wanted.shown)}", date=day(REPORT_DATE), count=total)


def _total(bars: Sequence[_Bar]) -> int:
    return sum(bar.deaths for bar in bars)


def _alt(bars: Sequence[_Bar], wanted: _Wanted) -> str:
    total = _total(bars)
    parts = "; ".join(_say("alt_part", name=bar.name, label=_label(bar, wanted, total))
                      for bar in bars)
    return _say("alt", by=_say(f"by_{wanted.by}"), unit=_unit(wanted, total),
                parts=parts)


def _reading(bars: Sequence[_Bar], wanted: _Wanted) -> str:
    total = _total(bars)
    parts = [_say("reading", date=day(REPORT_DATE), count=total, cause=wanted.cause_words)]
    if wanted.shown == _RATE:
        known = [bar for bar in bars if bar.rate is not None]
        missing = [bar.name for bar in bars if bar.rate is None and not bar.unused]
        parts.append(_say("reading_rate", rates=listed(
            _say("rate", rate=number(bar.rate or 0, 1), year=bar.name) for bar in known)))
        parts.append(_say("reading_missing", years=listed(missing)))
        parts += [_say("reading_unused", year=bar.name) for bar in bars if bar.unused]
        parts.append(_say("reading_unlike"))
        return " ".join(parts)
    order = sorted(bars, key=lambda bar: -bar.deaths)
    first = order[0]
    if wanted.by == _YEAR:
        parts.append(_say("reading_year", name=first.name, label=_label(first, wanted, total)))
    else:
        parts.append(_say(f"reading_{wanted.by}", name=first.name, count=in_words(len(bars)),
                          label=_label(first, wanted, total)))
    if wanted.measure != wanted.shown:
        parts.append(_say("reading_no_rate", by=_say(f"by_{wanted.by}")))
    return " ".join(parts)


def _table(bars: Sequence[_Bar], wanted: _Wanted) -> Table:
    total = _total(bars)
    cells: list[tuple[Any, ...]] = []
    for bar in bars:
        row: tuple[Any, ...] = (bar.name, bar.deaths, round(100 * bar.deaths / total, 1))
        if wanted.by == _YEAR:
            known = bar.rate is not None
            row += (bar.own_deaths if known else None, bar.people,
                    _say(f"who_{_key(bar.component)}") if known else None,
                    round(bar.rate or 0, 2) if known else None)
        else:
            row += (_say("yes" if bar.african else "no"),)
        cells.append(row)
    heads = ["deaths", "share"]
    heads += ["own", "people", "who", "rate"] if wanted.by == _YEAR else ["african"]
    caption = _say("caption", by=_say(f"by_{wanted.by}"), cause=wanted.cause_words,
                   date=day(REPORT_DATE))
    columns = (_say(f"col_{wanted.by}"), *(_say(f"col_{one}") for one in heads))
    return Table(caption, columns, tuple(cells))

"""The deaths in the mission, counted again: sorted, for one cause or all, in one measure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from matplotlib.patches import Rectangle

from mali_course.charts import style
from mali_course.charts.canvas import Row, rows_table, sources_of
from mali_course.charts.gallery.mission_deaths import deaths_before_the_report
from mali_course.core.datasets import publisher_names, rows
from mali_course.core.formats import day, in_words, listed, number
from mali_course.core.table import Table
from mali_course.explorers.explorer_base import Explorer, explorer_texts, joined
from mali_course.explorers.rows_page import RowsPage
from mali_course.forms.controls import make_control

__all__ = ["RecountExplorer"]

_YEAR, _NATIONALITY, _REGION = "year", "nationality", "region"
_ALL, _MALICIOUS = "all", "malicious act"
_NUMBER, _SHARE, _RATE = "number", "share", "per thousand"
# Whose deaths are set against a number of people: the same group.
_GROUPS = {"uniformed": ("military", "police"), "military": ("military",), "police": ("police",)}
_BAR, _STEP, _LEFT = 0.16, 0.225, 1.13  # inches: a bar, a row, where bars begin
_REACH = {_NUMBER: 2.9, _SHARE: 2.9, _RATE: 1.0}  # inches of the longest bar

_texts = explorer_texts(__name__)


def _as_key(value: str) -> str:
    return value.replace(" ", "_")


def _text_of(stem: str, value: str) -> str:
    return _texts(f"{stem}_{_as_key(value)}")


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


class RecountExplorer(Explorer):
    """Who died in the mission up to the report, counted in several ways.

    Examples
    --------
    >>> chart = RecountExplorer().view({"by": "nationality"})
    >>> "Chad" in chart.reading
    True
    """

    def __init__(self) -> None:
        super().__init__(
            _View, _Picture(),
            make_control(_texts, "by", (_YEAR, _NATIONALITY, _REGION)),
            make_control(_texts, "cause", (_ALL, _MALICIOUS)),
            make_control(_texts, "measure", (_NUMBER, _SHARE, _RATE)),
        )

    def refusal(self, values: Mapping[str, str]) -> str:
        """Refuse a rate where there are no numbers of people."""
        return "people" if values["measure"] == _RATE and values["by"] != _YEAR else ""


@dataclass(frozen=True)
class _View:
    """The values of the controls, and the deaths that they count."""

    by: str
    cause: str
    measure: str

    @cached_property
    def deaths(self) -> list[Row]:
        return [row for row in deaths_before_the_report() if self.cause in (_ALL, row["cause"])]

    @property
    def total(self) -> int:
        return len(self.deaths)

    @cached_property
    def bars(self) -> list[_Bar]:
        counts = Counter(row[self.by] for row in self.deaths)
        if self.by == _YEAR:
            first = min(row["year"] for row in deaths_before_the_report())
            return [self.year_bar(year, counts[year])
                    for year in range(first, style.REPORT_DATE.year)]
        african = {row[self.by]: row["african"] == "yes" for row in self.deaths}
        order = sorted(counts, key=lambda name: (-counts[name], name))
        return [_Bar(name, counts[name], african[name]) for name in order]

    def year_bar(self, year: int, deaths: int) -> _Bar:
        strengths = [row for row in rows("mission_strength") if row["rate_year"] == year]
        if not strengths:
            unused = any(row["as_of"].year == year for row in rows("mission_strength"))
            return _Bar(str(year), deaths, unused=unused)
        [strength] = strengths
        group = _GROUPS.get(strength["component"])
        own = sum(row["year"] == year and (group is None or row["personnel_type"] in group)
                  for row in self.deaths)
        return _Bar(str(year), deaths, True, strength["personnel"], strength["component"], own)

    def bar_value(self, bar: _Bar) -> float | None:
        if self.measure == _RATE:
            return bar.rate
        return bar.deaths / self.total * (100 if self.measure == _SHARE else self.total)

    def bar_text(self, bar: _Bar) -> str:
        if self.measure == _NUMBER:
            return str(bar.deaths)
        if self.measure == _SHARE:
            return _texts("label_share", share=number(100 * bar.deaths / self.total, 1))
        if bar.rate is None or bar.people is None:
            return _texts("label_unused" if bar.unused else "label_missing")
        return _texts("label_rate", rate=number(bar.rate, 1), deaths=bar.own_deaths,
                      people=number(bar.people), who=_text_of("who", bar.component))

    def unit_text(self) -> str:
        return _texts(f"unit_{_as_key(self.measure)}", date=day(style.REPORT_DATE),
                      count=self.total)

    def title_text(self) -> str:
        return _texts(f"headline_{_as_key(self.measure)}", cause=_text_of("start", self.cause),
                      by=_text_of("by", self.by), count=self.total)

    def alt_text(self) -> str:
        parts = "; ".join(_texts("alt_part", name=bar.name, label=self.bar_text(bar))
                          for bar in self.bars)
        return _texts("alt", by=_text_of("by", self.by), unit=self.unit_text(), parts=parts)

    def reading_text(self) -> str:
        return joined(
            _texts("reading", date=day(style.REPORT_DATE), count=self.total,
                   cause=_text_of("of", self.cause)),
            self.rates_text() if self.measure == _RATE else self.most_text())

    def rates_text(self) -> str:
        rates = listed(_texts("rate", rate=number(bar.rate, 1), year=bar.name)
                       for bar in self.bars if bar.rate is not None)
        missing = listed(bar.name for bar in self.bars if bar.rate is None and not bar.unused)
        return joined(
            _texts("reading_rate", rates=rates), _texts("reading_missing", years=missing),
            *(_texts("reading_unused", year=bar.name) for bar in self.bars if bar.unused),
            _texts("reading_unlike"))

    def most_text(self) -> str:
        most = max(self.bars, key=lambda bar: bar.deaths)
        return _texts(f"reading_{self.by}", name=most.name, label=self.bar_text(most),
                      count=in_words(len(self.bars)))

    def note_text(self) -> str:
        return _texts("note_rate" if self.measure == _RATE else f"note_{self.by}")

    def data_table(self) -> Table:
        known = ("own", "people", "who", "rate") if self.by == _YEAR else ("african",)
        caption = _texts("caption", by=_text_of("by", self.by), cause=_text_of("of", self.cause),
                         date=day(style.REPORT_DATE))
        return rows_table(_texts, (self.by, "deaths", "share", *known),
                          [self.bar_cells(bar) for bar in self.bars], caption)

    def bar_cells(self, bar: _Bar) -> Row:
        cells = {self.by: bar.name, "deaths": bar.deaths,
                 "share": round(100 * bar.deaths / self.total, 1), "people": bar.people,
                 "african": _texts("yes" if bar.african else "no")}
        if bar.rate is None:
            return cells | dict.fromkeys(("own", "who", "rate"))
        return cells | {"own": bar.own_deaths, "who": _text_of("who", bar.component),
                        "rate": round(bar.rate, 2)}

    def source_ids(self) -> tuple[str, ...]:
        strengths = [row for row in rows("mission_strength") if row["rate_year"]]
        return sources_of(self.deaths, strengths if self.measure == _RATE else [])


class _Picture(RowsPage):
    """The figure, whose bars a view moves."""

    def __init__(self) -> None:
        super().__init__()
        self.bars: list[Rectangle] = []

    def show_view(self, view: _View) -> None:
        y = self.begin_view(view.title_text())
        y = self.put_words(style.MARGIN, y, view.unit_text(), style.SMALL)
        if view.by != _YEAR:
            y = self.put_words(style.MARGIN, y, _texts("legend"), style.SMALL)
        y += 0.08
        unit = _REACH[view.measure] / max(view.bar_value(bar) or 0 for bar in view.bars)
        step = _STEP if len(view.bars) > 8 else _STEP + 0.08
        for rectangle in self.bars:
            rectangle.set_visible(False)
        for place, bar in enumerate(view.bars):
            width = (view.bar_value(bar) or 0) * unit
            self.put_words(_LEFT - 0.08, y - 0.005, bar.name, style.LABEL, side="right")
            self._place_bar(place, y, width, bar.african)
            self._put_label(view, bar, _LEFT + width + 0.08, y)
            y += step
        source = _texts("source", publishers=publisher_names(view.source_ids()))
        self.finish_view(y + 0.05, source)

    def _place_bar(self, place: int, y: float, width: float, african: bool) -> None:
        if place == len(self.bars):
            self.bars.append(Rectangle((0, 0), 0, _BAR, linewidth=1.1, edgecolor=style.BLUE,
                                       zorder=2))
            self.axes.add_patch(self.bars[place])
        self.bars[place].set(
            x=_LEFT, y=y, width=width, facecolor=style.BLUE if african else "white",
            hatch=None if african else "////", visible=width > 0)

    def _put_label(self, view: _View, bar: _Bar, x: float, y: float) -> None:
        size = style.SMALL if view.measure == _RATE else style.LABEL
        if view.bar_value(bar) is None:
            self.put_words(x, y + 0.01, view.bar_text(bar), style.SMALL, style.SOFT)
        else:
            self.put_words(x, y - 0.005, view.bar_text(bar), size, weight="bold")

"""What other versions of the report say: a dot for each figure, and gaps left as gaps."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mali_course.charts.chart_base import Chart
from mali_course.charts.style import (
    BLUE,
    GRID,
    INK,
    MARGIN,
    REPORT_DATE,
    SMALL,
    SOFT,
    WIDTH,
    plain_style,
    sheet,
    spread,
    text_width,
    wrap,
)
from mali_course.core.datasets import publishers, rows
from mali_course.core.dates import year_fraction
from mali_course.core.formats import day, in_words, listed, number
from mali_course.core.messages import say
from mali_course.core.table import Table

__all__ = ["versions"]

Row = Mapping[str, Any]

_NAMES = 1.8  # inches for the names of the items
_LINE = SMALL * 1.3 / 72
_LABEL = 0.7  # inches for a figure in two lines
_NEAR = 0.11  # inches below which two signs of the strip would touch
_READ = ("whole", "opening", "summary", "nothing")
_SIGNS: Mapping[str, dict[str, Any]] = {
    "whole": {"marker": "o", "markerfacecolor": INK},
    "opening": {"marker": "o", "fillstyle": "top", "markerfacecolor": INK,
                "markerfacecoloralt": "white"},
    "summary": {"marker": "d", "markerfacecolor": INK},
    "nothing": {"marker": "x", "markeredgewidth": 1.6},
}


@dataclass(frozen=True)
class _Item:
    """An item with what the versions say of it, in order of time."""

    name: str
    rows: tuple[Row, ...]

    @property
    def figures(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row["value"] is not None)

    @property
    def height(self) -> float:
        lines = wrap(self.name, _NAMES - 0.1, SMALL).count("\n") + 1
        return max(0.27, lines * _LINE + 0.08, 0.6 if len(self.figures) > 1 else 0)

    @property
    def drawn(self) -> bool:
        """Whether there is something to compare: a figure of one version alone is in the table."""
        return len(self.rows) > 1


def _items() -> list[_Item]:
    found: dict[str, list[Row]] = {}
    for row in rows("report_versions"):
        found.setdefault(row["item"], []).append(row)
    items = [
        _Item(name, tuple(sorted(own, key=lambda row: row["version_date"])))
        for name, own in found.items()
    ]
    # Figures that can be compared first, then what is told in words, then single figures.
    return sorted(items, key=lambda item: (len(item.rows) < 2, not item.figures))


def _sources(dates: Sequence[Row]) -> tuple[str, ...]:
    every = (*rows("report_versions"), *dates)
    return tuple(dict.fromkeys(row["source_id"] for row in every))


def _by(sources: Sequence[str]) -> str:
    """Return who published them, each once: "via" somebody is told in the list of sources."""
    names = (name.split(",")[0] for name in publishers(sources).split("; "))
    return "; ".join(dict.fromkeys(names))


def _figure(row: Row, between: str = " ") -> str:
    money = "$" if row["unit"] == "usd" else ""
    return f"{row['qualifier'] or ''}{between}{money}{number(row['value'])}".strip()


@dataclass(frozen=True)
class _Time:
    """The axis of time, in inches from the left edge of the figure."""

    first: float
    last: float

    def at(self, when: datetime.date | float) -> float:
        year = when if isinstance(when, float) else year_fraction(when)
        room = WIDTH - MARGIN - 0.1 - _NAMES
        return _NAMES + 0.1 + room * (year - self.first) / (self.last - self.first)


def _draw(title: str, items: Sequence[_Item], dates: Sequence[Row]) -> Figure:
    time = _Time(year_fraction(dates[0]["version_date"]) - 0.3,
                 year_fraction(dates[-1]["version_date"]) + 0.3)
    items = [item for item in items if item.drawn]
    head = 0.9
    body = head + sum(item.height for item in items) + 0.28
    page = sheet(title, say("charts_whole.versions.source", publishers=_by(_sources(dates))), body)
    axes = page.place(0, 0, 0, 0)
    axes.set_axis_off()
    axes.set(xlim=(0, WIDTH), ylim=(body, 0), xticks=[], yticks=[])
    report = time.at(REPORT_DATE)
    axes.plot([report] * 2, [0.2, body - 0.28], color=INK, linewidth=1.1, linestyle=(0, (4, 3)))
    axes.text(report, 0.03, say("charts.frame.report_date", date=day(REPORT_DATE)), size=SMALL,
              weight="bold", ha="center", va="top")
    _strip(axes, 0.42, dates, time)
    y = head
    for item in items:
        axes.plot([MARGIN, WIDTH - MARGIN], [y] * 2, color=GRID, linewidth=0.8)
        _row(axes, y, item, time)
        y += item.height
    axes.plot([MARGIN, WIDTH - MARGIN], [y] * 2, color=GRID, linewidth=0.8)
    for year in range(int(time.first) + 1, int(time.last) + 1):
        x = time.at(float(year))
        axes.plot([x, x], [y, y + 0.05], color=SOFT, linewidth=0.8)
        if year % 2 == 0:
            axes.text(x, y + 0.07, str(year), size=SMALL, ha="center", va="top")
    return page.figure


def _strip(axes: Axes, y: float, dates: Sequence[Row], time: _Time) -> None:
    """Draw a sign for each known version, and below it what the signs mean."""
    axes.text(MARGIN, y, wrap(say("charts_whole.versions.read_strip"), _NAMES - 0.1, SMALL, "bold"),
              size=SMALL, weight="bold", va="center", linespacing=1.2)
    points: dict[str, list[tuple[float, float]]] = {read: [] for read in _READ}
    before, low = -1.0, False
    for row in dates:
        x = time.at(row["version_date"])
        low = x - before < _NEAR and not low
        points[row["read"]].append((x, y + 0.11 * low))
        before = x
    x = MARGIN + 0.05
    for read in _READ:
        points[read].append((x, y + 0.36))
        word = say(f"charts_whole.versions.{read}")
        axes.text(x + 0.1, y + 0.36, word, size=SMALL, va="center")
        x += 0.32 + text_width(word, SMALL)
        xs, ys = zip(*points[read], strict=True)
        axes.plot(xs, ys, linestyle="none", markersize=7, markeredgecolor=INK, **_SIGNS[read])


def _row(axes: Axes, y: float, item: _Item, time: _Time) -> None:
    axes.text(MARGIN, y + item.height / 2, wrap(item.name, _NAMES - 0.1, SMALL), size=SMALL,
              va="center", linespacing=1.2)
    several = len(item.figures) > 1
    level = y + (0.12 if several else item.height / 2)
    marker = "o" if item.figures else "s"
    for later in (False, True):
        xs = [time.at(row["version_date"]) for row in item.rows
              if (row["version_date"] > REPORT_DATE) is later]
        # What is later than the report is hollow.
        axes.plot(xs, [level] * len(xs), linestyle="none", marker=marker, markersize=6,
                  color=BLUE, markerfacecolor="white" if later else BLUE, markeredgewidth=1.4)
    if several:
        _labels(axes, level, item, time)


def _labels(axes: Axes, level: float, item: _Item, time: _Time) -> None:
    """Write each figure below its dot, moved aside where they would touch."""
    xs = [time.at(row["version_date"]) for row in item.figures]
    placed = spread(xs, _LABEL, _NAMES + 0.1 + _LABEL / 2, WIDTH - MARGIN - _LABEL / 2 + 0.08)
    for x, at, row in zip(xs, placed, item.figures, strict=True):
        axes.plot([x, at], [level + 0.05, level + 0.16], color=SOFT, linewidth=0.8)
        axes.text(at, level + 0.17, _figure(row, "\n"), size=SMALL, ha="center", va="top",
                  linespacing=1.1,
                  bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5})


def _alt(items: Sequence[_Item], dates: Sequence[Row]) -> str:
    items = [item for item in items if item.drawn]
    read = Counter(row["read"] for row in dates)
    return say(
        "charts_whole.versions.alt",
        count=len(dates),
        first=day(dates[0]["version_date"]),
        last=day(dates[-1]["version_date"]),
        read=listed(
            say("charts_whole.versions.alt_read", count=in_words(read[name]),
                read=say(f"charts_whole.versions.{name}"))
            for name in _READ if read[name]
        ),
        items=in_words(len(items)),
        rows="; ".join(
            say("charts_whole.versions.alt_row", item=item.name,
                figures=", ".join(_alt_figure(row) for row in item.rows))
            for item in items
        ),
        report=day(REPORT_DATE),
    )


def _alt_figure(row: Row) -> str:
    date = row["version_date"].isoformat()
    if row["value"] is None:
        return str(date)
    return say("charts_whole.versions.alt_figure", figure=_figure(row), date=date)


def _reading(items: Sequence[_Item], dates: Sequence[Row]) -> str:
    """Return what to see, told of the item that most versions give a figure for."""
    item = max(items, key=lambda one: len(one.figures))
    before = [row for row in item.figures if row["version_date"] < REPORT_DATE]
    now = [row for row in item.figures if row["version_date"] == REPORT_DATE]
    after = [row for row in item.figures if row["version_date"] > REPORT_DATE]
    read = Counter(row["read"] for row in dates)
    return say(
        "charts_whole.versions.reading",
        item=item.name,
        first=_figure(before[0]),
        first_date=day(before[0]["version_date"]),
        now=_figure(now[0]),
        after=_figure(after[0]),
        after_date=day(after[0]["version_date"]),
        count=len(dates),
        whole=in_words(read["whole"]),
        nothing=in_words(read["nothing"]),
    )


def _table(items: Sequence[_Item], dates: Sequence[Row]) -> Table:
    read = {row["version_date"]: say(f"charts_whole.versions.{row['read']}") for row in dates}
    cells = [
        (
            row["version_date"], item.name, row["says"],
            None if row["value"] is None else _figure(row), row["as_of"] or None,
            read.get(row["version_date"]), row["source_id"], row["note"] or None,
        )
        for item in items
        for row in item.rows
    ]
    nothing = [
        (row["version_date"], say("charts_whole.versions.no_item"), row["note"] or None, None, None,
         read[row["version_date"]], row["source_id"], None)
        for row in dates
        if row["read"] == "nothing"
    ]
    names = ("date", "item", "says", "figure", "as_of", "read", "source_id", "note")
    columns = tuple(say(f"charts_whole.versions.col_{name}") for name in names)
    return Table(say("charts_whole.versions.caption"), columns, (*cells, *nothing))


def _note(items: Sequence[_Item]) -> str:
    alone = [item.name for item in items if not item.drawn]
    words = say("charts_whole.versions.note")
    return f"{words} {say('charts_whole.versions.alone', items=listed(alone))}" if alone else words


def versions() -> Chart:
    """Draw what the versions of the report say of the same items, by date.

    Examples
    --------
    >>> versions().table.columns[0]
    'Version of'
    """
    items = _items()
    dates = sorted(rows("report_version_dates"), key=lambda row: row["version_date"])
    title = say("charts_whole.versions.title")
    with plain_style():
        figure = _draw(title, items, dates)
    return Chart(figure, title, _alt(items, dates), _reading(items, dates), _table(items, dates),
                 _sources(dates), _note(items))

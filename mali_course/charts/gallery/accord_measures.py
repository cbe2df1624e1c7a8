"""How far the accord of 2015 had come: each figure of an observer on a scale of its own."""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from mali_course.charts.chart_base import Chart
from mali_course.charts.style import (
    BLUE,
    GREEN,
    GRID,
    INK,
    LABEL,
    MARGIN,
    REPORT_DATE,
    SMALL,
    SOFT,
    VERMILLION,
    WIDTH,
    ink,
    plain_style,
    sheet,
    text_width,
    wrap,
)
from mali_course.core.datasets import publishers, rows
from mali_course.core.formats import day, in_words, listed, month_of, number
from mali_course.core.messages import say
from mali_course.core.table import Table

__all__ = ["accord_measures"]

Row = Mapping[str, Any]

_ROOM = WIDTH - 2 * MARGIN
_BAR = 0.2  # height of a scale in inches
_AT_MOST, _MORE_THAN, _ABOUT = "at most", "more than", "about"
_GAP = 0.15  # between a heading and the figure beside it
_OPEN_SHARE = 0.36  # part of the width up to a figure of which the whole is not known


def _say(key: str, **fields: object) -> str:
    return say(f"charts_accord.measures.{key}", **fields)


@dataclass(frozen=True)
class _Panel:
    """The figures of one observer and day on one scale."""

    rows: tuple[Row, ...]

    @property
    def first(self) -> Row:
        return self.rows[0]

    @property
    def unit(self) -> str:
        return str(self.first["unit"])

    @property
    def whole(self) -> int | None:
        """The end of the scale; None where nobody says what the whole is."""
        if self.unit.startswith("percent"):
            return 100
        found = re.search(r"(\d+)$", self.unit)
        return int(found[1]) if found else None

    @property
    def later(self) -> bool:
        return bool(self.first["as_of"] > REPORT_DATE)

    @property
    def missing(self) -> bool:
        """Counts what is not done."""
        return " not " in f" {self.first['measure']} " and len(self.rows) == 1

    @property
    def common(self) -> str:
        """What the measures of its rows have in common: of one row, all of it."""
        words = [str(row["measure"]).split() for row in self.rows]
        shared = itertools.takewhile(lambda same: len(set(same)) == 1, zip(*words, strict=False))
        return " ".join(same[0] for same in shared)

    @property
    def heading(self) -> str:
        return self.common[0].upper() + self.common[1:]

    @property
    def end(self) -> str:
        """From where to where the scale goes."""
        if self.whole is None:
            return _say("no_whole")
        thing = self.unit if self.unit.startswith("percent") else self.unit.split()[0]
        return _say("end", whole=self.whole, thing=_say("score") if thing == "score" else thing)

    @property
    def figure(self) -> str:
        """The figure in words, such as "at most 50 percent"."""
        return _figure(self.first)


def _places(value: float) -> int:
    return 0 if float(value).is_integer() else len(str(value).split(".")[1])


def _figure(row: Row) -> str:
    thing = str(row["unit"]).split()[0]
    unit = {"commitments": _say("of_whole", unit=row["unit"].replace("commitments ", "")),
            "score": _say("score")}.get(thing, thing)
    return f"{row['qualifier']} {number(row['value'], _places(row['value']))} {unit}".strip()


def _when(date: datetime.date) -> str:
    """Return a date as its source means it: the last day of a year or a month stands for it."""
    if (date.month, date.day) == (12, 31):
        return _say("end_of", year=date.year)
    return month_of(date)


def _panels() -> list[_Panel]:
    grouped: dict[tuple[Any, ...], list[Row]] = {}
    for row in sorted(rows("accord_measures"), key=lambda one: one["as_of"]):
        # An upper or lower limit and a figure of another kind share no scale.
        key = (row["as_of"], row["measured_by"], row["unit"], row["qualifier"])
        grouped.setdefault(key, []).append(row)
    return [_Panel(tuple(own)) for own in grouped.values()]


def accord_measures() -> Chart:
    """Draw what observers measured of the accord, each figure on its own scale.

    Examples
    --------
    >>> "2017" in accord_measures().reading
    True
    """
    panels = _panels()
    every = [row for panel in panels for row in panel.rows]
    sources = tuple(dict.fromkeys(row["source_id"] for row in every))
    title = _say("title", count=in_words(len(panels)).capitalize())
    with plain_style():
        figure = _draw(title, panels, sources)
    return Chart(
        figure=figure,
        title=title,
        alt=_alt(panels),
        reading=_reading(panels),
        table=_table(every),
        sources=sources,
        note=_say("note"),
    )


def _alt(panels: Sequence[_Panel]) -> str:
    parts = [
        _say("alt_part", who=panel.first["measured_by"], when=_when(panel.first["as_of"]),
             measure=panel.common, figure=listed(
                 f"{_figure(row)} {row['measure'].removeprefix(panel.common).strip()}".strip()
                 for row in panel.rows))
        for panel in panels
    ]
    return _say("alt", count=in_words(len(panels)).capitalize(), parts="; ".join(parts))


def _reading(panels: Sequence[_Panel]) -> str:
    plain = [panel.first for panel in panels if panel.unit.startswith("percent")
             and not panel.first["qualifier"] and not panel.later]
    first, last = plain[0], plain[-1]
    parts = [_say("reading_no_rise", first=_figure(first), first_of=_of(first),
                  first_by=first["measured_by"], first_when=_when(first["as_of"]),
                  last=_figure(last), last_of=_of(last), last_by=last["measured_by"],
                  last_when=_when(last["as_of"]))]
    bounds = [panel.first for panel in panels
              if panel.first["qualifier"] in (_AT_MOST, _MORE_THAN)]
    parts.append(_say("reading_bounds", count=in_words(len(bounds)).capitalize(), bounds=listed(
        _say("bound", figure=_figure(row), measure=row["measure"], when=_when(row["as_of"]))
        for row in bounds)))
    for panel in panels:
        if panel.later:
            parts.append(_say("reading_later", who=panel.first["measured_by"],
                              year=panel.first["as_of"].year, date=day(REPORT_DATE)))
    return " ".join(parts)


def _of(row: Row) -> str:
    return str(row["unit"]).removeprefix("percent ")


def _table(every: Sequence[Row]) -> Table:
    names = ("as_of", "measured_by", "measure", "qualifier", "value", "unit", "scale_note",
             "source_id", "note")
    cells = tuple(tuple(row[name] if row[name] != "" else None for name in names)
                  for row in every)
    return Table(_say("caption"), tuple(_say(f"col_{name}") for name in names), cells)


# --- The picture ------------------------------------------------------------------------------


def _line(size: float) -> float:
    return size * 1.32 / 72


def _draw(title: str, panels: Sequence[_Panel], sources: Sequence[str]) -> Figure:
    heights = [_height(panel) for panel in panels]
    mark = 0.34  # for the line that separates what is later than the report
    body = sum(heights) + mark * any(panel.later for panel in panels)
    page = sheet(title, _say("source", publishers=publishers(sources)), body)
    # Inches from the left edge and from the top, and no axis: there is no scale for all.
    axes = page.place(0, 0, 0, 0)
    axes.set_axis_off()
    axes.set(xlim=(0, WIDTH), ylim=(body, 0), xticks=[], yticks=[])
    y, after = 0.0, False
    for panel, height in zip(panels, heights, strict=True):
        if panel.later and not after:
            after = True
            axes.plot([MARGIN, WIDTH - MARGIN], [y + 0.12] * 2, color=INK, linewidth=1.2,
                      linestyle=(0, (4, 3)))
            axes.text(WIDTH / 2, y + 0.12, say("charts.frame.report_date", date=day(REPORT_DATE)),
                      ha="center", va="center", size=SMALL, weight="bold",
                      bbox={"facecolor": "white", "edgecolor": "none", "pad": 3})
            y += mark
        _panel(axes, y, panel)
        y += height
    return page.figure


def _heading_lines(panel: _Panel) -> list[str]:
    """Return the heading, whose lines leave room for the figure on the right."""
    room = _ROOM
    if len(panel.rows) == 1:
        room -= text_width(panel.figure, LABEL + 0.5, "bold") + _GAP
    return wrap(panel.heading, room, LABEL, "bold").splitlines()


def _height(panel: _Panel) -> float:
    small = 1 + (len(panel.rows) > 1)
    return len(_heading_lines(panel)) * _line(LABEL) + small * _line(SMALL) + _BAR + 0.32


def _panel(axes: Axes, y: float, panel: _Panel) -> None:
    colour = VERMILLION if panel.missing else BLUE
    heading = panel.figure if len(panel.rows) == 1 else ""
    axes.text(WIDTH - MARGIN, y, heading, size=LABEL + 0.5, weight="bold", ha="right", va="top",
              color=ink(colour))
    for line in _heading_lines(panel):
        axes.text(MARGIN, y, line, size=LABEL, weight="bold", va="top")
        y += _line(LABEL)
    who = _say("observer", who=panel.first["measured_by"], when=_when(panel.first["as_of"]))
    axes.text(MARGIN, y, who, size=SMALL, color=SOFT, va="top")
    axes.text(WIDTH - MARGIN, y, panel.end, size=SMALL, ha="right", va="top")
    y += _line(SMALL) + 0.05
    _scale(axes, y, panel, colour)
    if len(panel.rows) > 1:
        _names(axes, y + _BAR + 0.04, panel)


def _box(axes: Axes, left: float, y: float, width: float, **look: Any) -> None:
    axes.add_artist(Rectangle((left, y), width, _BAR, **look))


def _scale(axes: Axes, y: float, panel: _Panel, colour: str) -> None:
    """Draw a scale from nothing to the whole, and on it what is known."""
    value, word = float(panel.first["value"]), panel.first["qualifier"]
    if panel.whole is None:
        reach = _ROOM * _OPEN_SHARE
        _box(axes, MARGIN, y, reach, facecolor=colour, edgecolor="none")
        axes.annotate("", (WIDTH - MARGIN, y + _BAR / 2), (MARGIN + reach, y + _BAR / 2),
                      arrowprops={"arrowstyle": "->", "color": SOFT, "linewidth": 1.3,
                                  "linestyle": (0, (4, 3)), "shrinkA": 0, "shrinkB": 0})
        return
    one = _ROOM / panel.whole
    _box(axes, MARGIN, y, _ROOM, facecolor="white", edgecolor=SOFT, linewidth=0.9)
    if len(panel.rows) > 1:
        _stack(axes, y, panel, one)
    elif word in (_AT_MOST, _MORE_THAN):
        _bound(axes, y, value * one, colour, below=word == _AT_MOST)
    elif panel.later:
        _box(axes, MARGIN, y, value * one, facecolor="white", edgecolor=colour, hatch="////",
             linewidth=1)
    else:
        _box(axes, MARGIN, y, value * one, facecolor=colour, edgecolor="none")
    if panel.unit.startswith("commitments"):
        for place in range(1, panel.whole):
            axes.plot([MARGIN + place * one] * 2, [y, y + _BAR], color=GRID, linewidth=0.5)


def _bound(axes: Axes, y: float, at: float, colour: str, *, below: bool) -> None:
    """Draw a limit as a wall, and where the true figure may lie as dots."""
    left, right = (0.0, at) if below else (at, _ROOM)
    _box(axes, MARGIN + left, y, right - left, facecolor="white", edgecolor=colour, hatch="..",
         linewidth=0.6)
    axes.plot([MARGIN + at] * 2, [y - 0.06, y + _BAR + 0.01], color=ink(colour), linewidth=3.2,
              solid_capstyle="butt")
    axes.text(MARGIN + (left + right) / 2, y + _BAR / 2, _say("somewhere"), size=SMALL,
              ha="center", va="center", color=ink(colour), weight="bold",
              bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5})


_PARTS: tuple[dict[str, Any], ...] = (
    {"facecolor": GREEN, "edgecolor": INK},
    {"facecolor": "white", "edgecolor": BLUE, "hatch": "////"},
    {"facecolor": "white", "edgecolor": INK},
)


def _stack(axes: Axes, y: float, panel: _Panel, one: float) -> None:
    left = MARGIN
    for row, look in zip(panel.rows, _PARTS, strict=True):
        _box(axes, left, y, row["value"] * one, linewidth=0.9, **look)
        left += row["value"] * one


def _names(axes: Axes, y: float, panel: _Panel) -> None:
    """Write the names of the parts below them, the last one to the right."""
    one, left = _ROOM / float(panel.whole or 1), MARGIN
    for row in panel.rows:
        own = row["measure"].removeprefix(panel.common).strip()
        words = _say("part", value=number(row["value"], _places(row["value"])), name=own)
        last = row is panel.rows[-1]
        axes.text(WIDTH - MARGIN if last else left, y, words, size=SMALL, weight="bold", va="top",
                  ha="right" if last else "left")
        left += row["value"] * one

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

from mali_course.charts import canvas, style
from mali_course.charts.canvas import Row
from mali_course.charts.chart_base import Chart
from mali_course.charts.prose import chart_prose
from mali_course.core.datasets import rows
from mali_course.core.formats import month_of, number

__all__ = ["draw"]

_PROSE = chart_prose("accord-measures")
_LEFT, _RIGHT = style.MARGIN, style.WIDTH - style.MARGIN
_ROOM = _RIGHT - _LEFT
_LINE, _SMALL_LINE = style.LABEL * 1.32 / 72, style.SMALL * 1.32 / 72
_BAR = 0.2  # height of a scale in inches
_AT_MOST, _MORE_THAN = "at most", "more than"
_GAP = 0.15  # between a heading and the figure beside it
_OPEN_SHARE = 0.36  # part of the width up to a figure of which the whole is not known
_MARK = 0.34  # for the line that separates what is later than the report
_PARTS: tuple[Mapping[str, Any], ...] = (
    {"facecolor": style.GREEN, "edgecolor": style.INK},
    {"facecolor": "white", "edgecolor": style.BLUE, "hatch": "////"},
    {"facecolor": "white", "edgecolor": style.INK},
)


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
    def is_percent(self) -> bool:
        return self.unit.startswith("percent")

    @property
    def is_later(self) -> bool:
        return bool(self.first["as_of"] > style.REPORT_DATE)

    @property
    def has_parts(self) -> bool:
        return len(self.rows) > 1

    @property
    def whole(self) -> int | None:
        """The end of the scale; None where nobody says what the whole is."""
        if self.is_percent:
            return 100
        digits = re.search(r"(\d+)$", self.unit)
        return int(digits[1]) if digits else None

    @property
    def colour(self) -> str:
        """The colour, which differs where the figure counts what is not done."""
        is_missing = " not " in f" {self.first['measure']} " and not self.has_parts
        return style.VERMILLION if is_missing else style.BLUE

    @property
    def common(self) -> str:
        """What the measures of its rows have in common: of one row, all of it."""
        words = [str(row["measure"]).split() for row in self.rows]
        shared = itertools.takewhile(lambda same: len(set(same)) == 1, zip(*words, strict=False))
        return " ".join(same[0] for same in shared)

    def part_name(self, row: Row) -> str:
        """Return what the measure of a row has that the others have not."""
        return str(row["measure"]).removeprefix(self.common).strip()

    @property
    def end(self) -> str:
        """From where to where the scale goes."""
        if self.whole is None:
            return _PROSE.label("no_whole")
        thing = self.unit if self.is_percent else self.unit.split()[0]
        thing = _PROSE.label("score") if thing == "score" else thing
        return _PROSE.label("end", whole=self.whole, thing=thing)

    @property
    def heading_lines(self) -> list[str]:
        """The heading, whose lines leave room for the figure on the right."""
        room = _ROOM
        if not self.has_parts:
            room -= style.text_width(_figure_text(self.first), style.LABEL + 0.5, "bold") + _GAP
        heading = self.common[0].upper() + self.common[1:]
        return style.wrap(heading, room, style.LABEL, "bold").splitlines()

    @property
    def height(self) -> float:
        small = 1 + self.has_parts
        return len(self.heading_lines) * _LINE + small * _SMALL_LINE + _BAR + 0.27


def draw() -> Chart:
    """Draw what observers measured of the accord, each figure on its own scale.

    Examples
    --------
    >>> "2017" in draw().reading
    True
    """
    panels = _sorted_panels()
    return _PROSE.chart_of(_draw_figure(panels), [row for panel in panels for row in panel.rows])


def _sorted_panels() -> list[_Panel]:
    grouped: dict[tuple[Any, ...], list[Row]] = {}
    for row in sorted(rows("accord_measures"), key=lambda row: row["as_of"]):
        # An upper or lower limit and a figure of another kind share no scale.
        key = (row["as_of"], row["measured_by"], row["unit"], row["qualifier"])
        grouped.setdefault(key, []).append(row)
    return [_Panel(tuple(group)) for group in grouped.values()]


# --- In words ---------------------------------------------------------------------------------


def _value_text(value: float) -> str:
    return number(value, 0 if float(value).is_integer() else len(str(value).split(".")[1]))


def _figure_text(row: Row) -> str:
    """Return a figure in words, such as "at most 50 percent"."""
    thing = str(row["unit"]).split()[0]
    unit = {"commitments": row["unit"].replace("commitments ", ""),
            "score": _PROSE.label("score")}.get(thing, thing)
    return f"{row['qualifier']} {_value_text(row['value'])} {unit}".strip()


def _date_text(date: datetime.date) -> str:
    """Return a date as its source means it: the last day of a year or a month stands for it."""
    if (date.month, date.day) == (12, 31):
        return _PROSE.label("end_of", year=date.year)
    return month_of(date)


# --- The picture ------------------------------------------------------------------------------


def _draw_figure(panels: Sequence[_Panel]) -> Figure:
    later = [panel for panel in panels if panel.is_later]
    body = sum(panel.height for panel in panels) + _MARK * bool(later)
    # No axis: there is no scale for all.
    figure, axes = canvas.inch_canvas(_PROSE.title, _PROSE.source, body)
    y = 0.0
    for panel in panels:
        if later and panel is later[0]:
            canvas.draw_rule(axes, y + 0.12, color=style.INK, linewidth=1.2,
                             linestyle=canvas.DASHED)
            axes.text(style.WIDTH / 2, y + 0.12, canvas.report_label(), ha="center", va="center",
                      size=style.SMALL, weight="bold", bbox=canvas.white_box(3))
            y += _MARK
        _draw_panel(axes, y, panel)
        y += panel.height
    return figure


def _draw_panel(axes: Axes, y: float, panel: _Panel) -> None:
    if not panel.has_parts:
        axes.text(_RIGHT, y, _figure_text(panel.first), size=style.LABEL + 0.5, weight="bold",
                  ha="right", va="top", color=style.ink(panel.colour))
    for line in panel.heading_lines:
        axes.text(_LEFT, y, line, size=style.LABEL, weight="bold", va="top")
        y += _LINE
    observer = _PROSE.label("observer", who=panel.first["measured_by"],
                            when=_date_text(panel.first["as_of"]))
    axes.text(_LEFT, y, observer, size=style.SMALL, color=style.SOFT, va="top")
    axes.text(_RIGHT, y, panel.end, size=style.SMALL, ha="right", va="top")
    y += _SMALL_LINE + 0.05
    if panel.whole is None:
        _draw_open_scale(axes, y, panel)
    else:
        _draw_scale(axes, y, panel, _ROOM / panel.whole)


def _draw_box(axes: Axes, left: float, y: float, width: float, **look: Any) -> None:
    axes.add_artist(Rectangle((left, y), width, _BAR, **look))


def _draw_open_scale(axes: Axes, y: float, panel: _Panel) -> None:
    """Draw a figure of which the whole is not known, and an arrow that leaves it open."""
    reach = _ROOM * _OPEN_SHARE
    _draw_box(axes, _LEFT, y, reach, facecolor=panel.colour, edgecolor="none")
    axes.annotate("", (_RIGHT, y + _BAR / 2), (_LEFT + reach, y + _BAR / 2),
                  arrowprops={"arrowstyle": "->", "color": style.SOFT, "linewidth": 1.3,
                              "linestyle": canvas.DASHED, "shrinkA": 0, "shrinkB": 0})


def _draw_scale(axes: Axes, y: float, panel: _Panel, unit: float) -> None:
    """Draw a scale from nothing to the whole, and on it what is known; `unit` in inches."""
    length, word = panel.first["value"] * unit, panel.first["qualifier"]
    _draw_box(axes, _LEFT, y, _ROOM, facecolor="white", edgecolor=style.SOFT, linewidth=0.9)
    if panel.has_parts:
        _draw_parts(axes, y, panel, unit)
    elif word in (_AT_MOST, _MORE_THAN):
        _draw_bound(axes, y, length, panel.colour, below=word == _AT_MOST)
    elif panel.is_later:
        _draw_box(axes, _LEFT, y, length, facecolor="white", edgecolor=panel.colour, hatch="////",
                  linewidth=1)
    else:
        _draw_box(axes, _LEFT, y, length, facecolor=panel.colour, edgecolor="none")
    if panel.unit.startswith("commitments"):
        for place in range(1, panel.whole or 0):
            axes.plot([_LEFT + place * unit] * 2, [y, y + _BAR], color=style.GRID, linewidth=0.5)


def _draw_bound(axes: Axes, y: float, at: float, colour: str, *, below: bool) -> None:
    """Draw a limit as a wall, and where the true figure may lie as dots."""
    left, right = (0.0, at) if below else (at, _ROOM)
    _draw_box(axes, _LEFT + left, y, right - left, facecolor="white", edgecolor=colour,
              hatch="..", linewidth=0.6)
    axes.plot([_LEFT + at] * 2, [y - 0.06, y + _BAR + 0.01], color=style.ink(colour),
              linewidth=3.2, solid_capstyle="butt")
    axes.text(_LEFT + (left + right) / 2, y + _BAR / 2, _PROSE.label("somewhere"), size=style.SMALL,
              ha="center", va="center", color=style.ink(colour), weight="bold",
              bbox=canvas.white_box(1.5))


def _draw_parts(axes: Axes, y: float, panel: _Panel, unit: float) -> None:
    """Draw the parts of a whole side by side with their names below, the last to the right."""
    left = _LEFT
    for row, look in zip(panel.rows, _PARTS, strict=True):
        _draw_box(axes, left, y, row["value"] * unit, linewidth=0.9, **look)
        name = _PROSE.label("part", value=_value_text(row["value"]), name=panel.part_name(row))
        is_last = row is panel.rows[-1]
        axes.text(_RIGHT if is_last else left, y + _BAR + 0.04, name, size=style.SMALL,
                  weight="bold", va="top", ha="right" if is_last else "left")
        left += row["value"] * unit

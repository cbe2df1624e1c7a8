"""What the United States can use in Mali: who decides about it, and whom it affects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mali_course.charts import canvas, style
from mali_course.charts.canvas import Row
from mali_course.charts.chart_base import Chart
from mali_course.charts.prose import chart_prose
from mali_course.core.datasets import rows

__all__ = ["draw"]

_PROSE = chart_prose("levers")
# In a row of the table, the words that mean a group of those who decide, in the order of the
# picture; and which group counts where several have a part.
_GROUPS = {"congress": ("Congress",), "president": ("President", "Administration"),
           "departments": (), "not_named": ("not named",)}
_HIGHEST = ("not_named", "congress", "president")
_COLOURS = {"used": style.BLUE, "reduced": style.VERMILLION, "waived": style.VERMILLION,
            "under discussion": style.PURPLE}
# Where the columns stand, in inches.
_COLUMNS = {affected: style.WIDTH - style.MARGIN - 0.25 - inches for affected, inches in
            {"Mali": 2.2, "Neighbours": 1.65, "France": 1.1, "U.N. mission": 0.55,
             "Listed people": -0.04}.items()}
_LEFT = style.MARGIN + 0.05
_NAMES = _COLUMNS["Mali"] - 0.17 - _LEFT  # width of the names
_NAME = style.SMALL + 0.4
_ROW, _HEAD, _TOP, _FOOT = 0.245, 0.28, 0.46, 0.34


def draw() -> Chart:
    """Draw the levers as a matrix: a row each, a column for each whom they affect.

    Examples
    --------
    >>> "lever" in draw().reading
    True
    """
    groups = {group: [row for row in rows("levers") if _group_of(row) == group]
              for group in _GROUPS}
    every = [row for group in groups.values() for row in group]
    return _PROSE.chart_of(_draw_figure(groups), every)


def _group_of(row: Row) -> str:
    return next((group for group in _HIGHEST
                 if any(word in row["who_decides"] for word in _GROUPS[group])), "departments")


def _name_lines(row: Row) -> list[str]:
    # The report does not name who decides, but the source of the row does.
    star = " *" if row["named_in_report"] != "yes" and _group_of(row) != "not_named" else ""
    return style.wrap(row["instrument"] + star, _NAMES, _NAME).splitlines()


def _row_height(row: Row) -> float:
    return _ROW + (len(_name_lines(row)) - 1) * _NAME * 1.2 / 72


def _draw_figure(groups: Mapping[str, Sequence[Row]]) -> Figure:
    body = _TOP + _FOOT + sum(_HEAD + sum(map(_row_height, group)) for group in groups.values())
    figure, axes = canvas.inch_canvas(_PROSE.title, _PROSE.source, body)
    axes.text(style.MARGIN, 0.2, _PROSE.labels["corner"], size=style.SMALL, color=style.SOFT,
              va="center")
    for affected, x in _COLUMNS.items():
        axes.text(x, 0.2, _PROSE.labels[affected], size=style.SMALL, weight="bold", ha="center",
                  va="center", linespacing=1.1)
    y = _TOP
    signs: dict[str, list[tuple[float, float]]] = {use: [] for use in _COLOURS}
    for name, group in groups.items():
        canvas.draw_rule(axes, y, color=style.SOFT, linewidth=0.9)
        axes.text(style.MARGIN, y + 0.15, _PROSE.labels[name], size=style.LABEL, weight="bold",
                  va="center")
        y += _HEAD
        for row in group:
            signs[row["use"]] += _draw_row(axes, y, row)
            y += _row_height(row)
    y = body - _FOOT / 2 + 0.02
    places = canvas.draw_key_labels(axes, _COLOURS, style.MARGIN + 0.12, y, indent=0.14, step=0.42)
    for (use, spots), x in zip(signs.items(), places, strict=True):
        _draw_signs(axes, use, [*spots, (x, y)])
    return figure


def _draw_row(axes: Axes, y: float, row: Row) -> list[tuple[float, float]]:
    """Draw a row of the matrix, and return where its signs stand."""
    height = _row_height(row)
    middle = y + height / 2 - 0.01
    axes.text(_LEFT, middle, "\n".join(_name_lines(row)), size=_NAME, va="center", linespacing=1.1)
    places = [_COLUMNS[affected.strip()] for affected in row["whom_it_affects"].split(";")]
    axes.plot([_LEFT, style.WIDTH - style.MARGIN], [y + height - 0.01] * 2, color=style.GRID,
              linewidth=0.6)
    if len(places) > 1:
        axes.plot([places[0], places[-1]], [middle] * 2, color=style.GRID, linewidth=2, zorder=1)
    return [(x, middle) for x in places]


def _draw_signs(axes: Axes, use: str, spots: Sequence[tuple[float, float]]) -> None:
    """Draw signs that can be told apart without their colour: full, half, crossed out, asking."""
    colour, (xs, ys) = _COLOURS[use], zip(*spots, strict=True)
    (ring,) = axes.plot(xs, ys, "o", markersize=11, color=colour, markeredgewidth=1.8, zorder=3)
    if use == "used":
        return
    ring.set_markerfacecolor("white")
    if use == "reduced":
        ring.set(markerfacecolor=colour, markerfacecoloralt="white", fillstyle="left")
    elif use == "waived":
        axes.plot(xs, ys, "x", markersize=6, color=colour, markeredgewidth=1.8, zorder=4)
    else:
        for x, y in spots:
            axes.text(x, y, _PROSE.labels["asking"], size=style.SMALL, weight="bold", ha="center",
                      va="center_baseline", zorder=4)

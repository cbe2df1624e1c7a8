"""The four amounts of the report, and where else they stand."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from mali_course.charts import aid_points as aid
from mali_course.charts import canvas, style
from mali_course.charts.canvas import Row
from mali_course.charts.chart_base import Chart
from mali_course.charts.prose import chart_prose

__all__ = ["draw"]

_PROSE = chart_prose("aid-figures")
_FIGURES = ("bilateral", "humanitarian", "g5", "mission")
_MORE, _UP_TO = "more than", "up to"
_ROOM = style.WIDTH - 2 * style.MARGIN
_BAR = 0.2  # height of a bar in inches
_LINE, _HEAD = style.SMALL * 1.3 / 72, style.LABEL * 1.35 / 72
_GAP = 0.1  # below the rows of a panel


def draw() -> Chart:
    """Draw each of the report's four amounts above those of other sources, on one scale.

    Examples
    --------
    >>> "327 million" in draw().reading
    True
    """
    panels = [_panel_rows(figure) for figure in _FIGURES]
    return _PROSE.chart_of(
        _draw_figure(panels),
        [row for figure in _FIGURES for row in aid.points_of(figure, *aid.LOOKS)],
        sources=canvas.sources_of(*panels), role=aid.role_text)


def _panel_rows(figure: str) -> list[Row]:
    """Return what is drawn of a figure: no parts of totals that are something else."""
    near = {row["period"] for row in aid.points_of(figure, aid.NEAR)}
    return [row for row in aid.points_of(figure, aid.REPORT, aid.SAME, aid.PART, aid.WHOLE)
            if row["role"] != aid.PART or row["period"] not in near]


def _below_bar(row: Row) -> str:
    """Return what an amount is and who says so; what the report's amount is stands above it."""
    if row["role"] == aid.REPORT:
        return ""
    words = _PROSE.label("row_what", who=row["said_by"], item=row["item"])
    return style.wrap(words, _ROOM, style.SMALL)


def _row_height(row: Row) -> float:
    return _BAR + len(_below_bar(row).splitlines()) * _LINE + 0.065


def _draw_figure(panels: Sequence[Sequence[Row]]) -> Figure:
    every = [row for panel in panels for row in panel]
    body = sum(map(_row_height, every)) + (_HEAD + _GAP) * len(panels)
    figure, axes = canvas.inch_canvas(_PROSE.title, _PROSE.source, body)
    scale = _ROOM / max(row["dollars"] for row in every)  # inches a dollar
    y = 0.0
    for panel in panels:
        if y:
            canvas.draw_rule(axes, y - _GAP * 0.6)
        item = panel[0]["item"]
        heading = _PROSE.label("heading", item=item[0].upper() + item[1:], at=panel[0]["cites"])
        axes.text(style.MARGIN, y, heading, size=style.LABEL, weight="bold", va="top")
        y += _HEAD
        for row in panel:
            _draw_amount(axes, y, row, row["dollars"] * scale)
            y += _row_height(row)
        y += _GAP
    return figure


def _draw_amount(axes: Axes, y: float, row: Row, length: float) -> None:
    look, end = aid.LOOKS[row["role"]], style.MARGIN + length
    axes.add_patch(Rectangle((style.MARGIN, y), length, _BAR, linewidth=1, **look))
    if row["qualifier"] == _MORE:
        axes.plot([end + 0.05], [y + _BAR / 2], ">", color=look["edgecolor"], markersize=6)
    elif row["qualifier"] == _UP_TO:
        axes.plot([end] * 2, [y - 0.04, y + _BAR + 0.015], color=style.INK, linewidth=2.4)
    words = _PROSE.label(aid.row_key(row), amount=aid.amount_text(row), period=row["period"])
    # A long bar is empty and has room for words.
    beside = style.text_width(words, style.SMALL, "bold") < _ROOM - length - 0.14
    axes.text(style.MARGIN + (length + 0.14 if beside else 0.08), y + _BAR / 2, words,
              size=style.SMALL, weight="bold", va="center")
    axes.text(style.MARGIN, y + _BAR + 0.02, _below_bar(row), size=style.SMALL, color=style.SOFT,
              va="top", linespacing=1.2)

"""Which statements of the report held, and how long the others did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mali_course.charts import canvas, style
from mali_course.charts.canvas import Row
from mali_course.charts.chart_base import Chart
from mali_course.charts.prose import chart_prose
from mali_course.core.datasets import rows
from mali_course.core.dates import year_fraction

__all__ = ["draw"]

Groups = Mapping[str, Sequence[Row]]

_PROSE = chart_prose("judgements-since")
_VERDICTS = {"held": style.GREEN, "overtaken": style.BLUE, "not followed": style.VERMILLION,
             "open": style.SOFT}
_PITCH, _HEAD = 0.27, 0.25  # inches: a statement, and the heading of a group


def _by_verdict() -> Groups:
    """Return the statements by verdict, in the order of their dates and then of the report."""
    every = sorted(rows("judgements"),
                   key=lambda row: (str(row["since"] or "9999"), row["locator"]))
    return {verdict: [row for row in every if row["verdict"] == verdict] for verdict in _VERDICTS}


def draw() -> Chart:
    """Draw how long statements of the report lasted.

    Examples
    --------
    >>> "overtaken" in draw().reading
    True
    """
    groups = _by_verdict()
    return _PROSE.chart_of(_draw_groups(groups), chain.from_iterable(groups.values()))


# --- The picture ------------------------------------------------------------------------------


def _draw_groups(groups: Groups) -> Figure:
    every = list(chain.from_iterable(groups.values()))
    height = len(every) * _PITCH + len(groups) * _HEAD
    page = style.sheet(_PROSE.title, _PROSE.source, height + 0.5)
    axes = page.place(style.MARGIN, 0.24, style.MARGIN, 0.26)
    last = max(row["since"].year for row in every if row["since"]) + 1
    axes.set(xlim=(canvas.REPORT_AT - 0.06, last + 0.15), ylim=(height, 0), yticks=[],
             xticks=list(range(style.REPORT_DATE.year + 1, last + 1)))
    style.plain_axes(axes, grid="x")
    canvas.draw_report_line(axes, linewidth=1.4, zorder=1)
    canvas.draw_label(axes, canvas.report_label(), (canvas.REPORT_AT, 1), (0, 5), "above",
                      va="bottom", weight="bold", size=style.SMALL)
    y = 0.0
    for verdict, group in groups.items():
        axes.text(canvas.REPORT_AT + 0.06, y + 0.15, _PROSE.labels[verdict],
                  size=style.LABEL, weight="bold", va="center",
                  color=style.ink(_VERDICTS[verdict]), bbox=canvas.white_box(0.6))
        y += _HEAD
        for row in group:
            _write_statement(axes, y + 0.075, row)
            _draw_bar(axes, y + 0.2, row, last)
            y += _PITCH
    return page.figure


def _write_statement(axes: Axes, y: float, row: Row) -> None:
    axes.text(canvas.REPORT_AT + 0.06, y,
              _PROSE.label("row", locator=row["locator"], label=row["label"]),
              size=style.SMALL, va="center", bbox=canvas.white_box(0.6))
    axes.text(1, y, row["since"].short() if row["since"] else "?", size=style.SMALL,
              va="center", ha="right", color=style.ink(_VERDICTS[row["verdict"]]),
              bbox=canvas.white_box(0.6), transform=axes.get_yaxis_transform())


def _draw_bar(axes: Axes, y: float, row: Row, last: int) -> None:
    """Draw how long a statement lasted: to an end, to the latest evidence, or unknown."""
    report, colour = canvas.REPORT_AT, _VERDICTS[row["verdict"]]
    if not row["since"]:
        axes.plot([report, last], [y, y], ":", color=colour, linewidth=2)
        return
    end = year_fraction(row["since"])
    held = row["verdict"] == "held"
    axes.plot([report, end], [y, y], color=colour, linewidth=4, solid_capstyle="butt")
    axes.plot([end], [y], ">" if held else "|", color=colour, markersize=8 if held else 9,
              markeredgewidth=0 if held else 2.4)

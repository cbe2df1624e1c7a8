"""Foreign and regional forces in and around Mali, in time."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mali_course.charts import canvas, style
from mali_course.charts.canvas import Row
from mali_course.charts.chart_base import Chart
from mali_course.charts.prose import chart_prose
from mali_course.core.datasets import rows
from mali_course.core.dates import year_fraction
from mali_course.core.formats import number

__all__ = ["draw"]

_PROSE = chart_prose("foreign-forces")
# One colour a leader; the leader's name stands beside the bar as well.
_COLOURS = {"France": style.BLUE, "United Nations": style.GREEN, "European Union": style.PURPLE}
# Words of a remark without which two numbers of one mission could not be told apart.
_AREAS = ("whole Sahel", "Mali only")
_LEFT = 0.32  # inches from the figure's edge to the time axis
_EDGE = (style.MARGIN - _LEFT) * 72  # points from the axis to where words begin
_LONGEST = 36  # letters that fit on a line below a bar, left of the report


Mission = Sequence[Row]  # its rows, one for each number that a source gives


def draw() -> Chart:
    """Draw the missions as bars in time, with the day of the report marked.

    Examples
    --------
    >>> "January 2020" in draw().reading
    True
    """
    missions = _sorted_missions()
    return _PROSE.chart_of(
        _draw_missions(missions), [row for mission in missions for row in mission],
        sources=tuple(dict.fromkeys(
            source for row in rows("foreign_missions")
            for source in (row["source_id"], *row["dates_from"].split("; ")))),
        kind=lambda row: _PROSE.label(row["kind"]),
        strength_as_of=lambda row: row["strength_as_of"] or _PROSE.label("undated"),
        note=lambda row: "; ".join(filter(None, (row["qualifier"], row["note"]))))


def _sorted_missions() -> list[Mission]:
    every = sorted(rows("foreign_missions"), key=lambda row: (row["start"], row["mission"]))
    return [list(mission) for _, mission in groupby(every, key=lambda row: row["mission"])]


def _known_counts(mission: Mission) -> list[Row]:
    """Return the newest number of each kind that is dated and not later than the report."""
    dated = [row for row in mission if row["strength_as_of"]
             and row["strength_as_of"].first <= style.REPORT_DATE]
    newest = {kind: max(row["strength_as_of"] for row in dated if row["kind"] == kind)
              for kind in {row["kind"] for row in dated}}
    return [row for row in dated if row["strength_as_of"] == newest[row["kind"]]]


def _draw_missions(missions: Sequence[Mission]) -> Figure:
    page = style.sheet(_PROSE.title, _PROSE.source, 0.86 * len(missions) + 0.7)
    axes = page.place(_LEFT, 0.28, style.MARGIN, 0.36)
    for place, mission in enumerate(missions):
        _draw_bar(axes, -place, mission)
        _write_names(axes, 0.16 - place, mission)
        _write_counts(axes, -0.15 - place, mission)
    style.plain_axes(axes, grid="x")
    first = missions[0][0]["start"].year
    last = max(year_fraction(mission[0]["end"].first) for mission in missions)
    axes.set(xlim=(first + 0.85, last + 0.35), ylim=(0.55 - len(missions), 0.55),
             xticks=list(range(first + 1, int(last) + 1, 2)), yticks=[])
    canvas.draw_report_line(axes, linewidth=1.4, zorder=4)
    canvas.draw_label(axes, canvas.report_label(), (canvas.REPORT_AT, 1), (-4, 12), "above",
                      ha="right", va="center", weight="bold")
    canvas.draw_label(axes, _PROSE.label("after"), (canvas.REPORT_AT, 1), (4, 12), "above",
                      va="center", color=style.SOFT)
    return page.figure


def _draw_bar(axes: Axes, y: float, mission: Mission) -> None:
    """Draw a bar that is striped after the report."""
    colour = _COLOURS.get(mission[0]["led_by"], style.VERMILLION)
    start, end = (year_fraction(mission[0][column].first) for column in ("start", "end"))
    report = canvas.REPORT_AT
    axes.barh(y, min(end, report) - start, 0.24, left=start, color=colour, zorder=2)
    if end > report:
        axes.barh(y, end - report, 0.24, left=report, facecolor="white", edgecolor=colour,
                  hatch="////", linewidth=1, zorder=2)


def _write_names(axes: Axes, y: float, mission: Mission) -> None:
    name, leader = mission[0]["mission"], _PROSE.label("leader", led_by=mission[0]["led_by"])
    room = style.WIDTH - 2 * style.MARGIN - 0.1 - style.text_width(name, style.LABEL + 0.5, "bold")
    fits = style.text_width(leader, style.LABEL) < room
    left = _EDGE
    for words, size, weight in ((name, style.LABEL + 0.5, "bold"),
                                (leader, style.LABEL if fits else style.SMALL, "normal")):
        canvas.draw_label(axes, words, (0, y), (left, 0), "beside", size=size, weight=weight,
                          va="bottom", path_effects=style.halo(3), zorder=5)
        left += style.text_width(words, size, weight) * 72 + 5


def _write_counts(axes: Axes, y: float, mission: Mission) -> None:
    counts = [_count_text(row) for row in _known_counts(mission)]
    between = "; " if len("".join(counts)) < _LONGEST else ";\n"
    canvas.draw_label(axes, between.join(counts), (0, y), (_EDGE, 0), "beside", size=style.SMALL,
                      va="top", linespacing=1.15, path_effects=style.halo(3), zorder=5)


def _count_text(row: Row) -> str:
    areas = [f" ({area})" for area in _AREAS if area in row["note"]]
    return _PROSE.label(
        "strength", limit=row["qualifier"], number=number(row["strength"]),
        kind=_PROSE.label(row["kind"]), as_of=row["strength_as_of"].short(),
        area="".join(areas)).strip()

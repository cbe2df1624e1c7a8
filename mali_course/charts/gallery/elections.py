"""The run-offs of 2013 and 2018: votes, lead and turnout."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mali_course.charts import canvas, style
from mali_course.charts.canvas import Row
from mali_course.charts.chart_base import Chart
from mali_course.charts.prose import chart_prose
from mali_course.core.datasets import rows
from mali_course.core.formats import number

__all__ = ["draw"]

_PROSE = chart_prose("elections")
_LEFT = 0.72  # inches from the edge of the figure to the bars


def _surname(row: Row) -> str:
    return str(row["candidate"].split()[-1])


@dataclass(frozen=True)
class _RunOff:
    """The final result of a run-off."""

    year: int
    winner: Row
    loser: Row
    turnout: Row

    @property
    def lead(self) -> int:
        return int(self.winner["votes"] - self.loser["votes"])

    @property
    def lead_points(self) -> float:
        return round(float(self.winner["share_percent"] - self.loser["share_percent"]), 2)


def _final_run_offs() -> list[_RunOff]:
    """Return the run-offs in the order of time."""
    run_offs = []
    for turnout in _second_rounds("elections_turnout"):
        if turnout["status"] == "final":
            winner, loser = sorted(
                (row for row in _second_rounds("elections_results")
                 if row["date"] == turnout["date"] and row["status"] == "final"),
                key=lambda row: -row["votes"])
            run_offs.append(_RunOff(turnout["date"].year, winner, loser, turnout))
    return sorted(run_offs, key=lambda run_off: run_off.year)


def _second_rounds(table: str) -> list[Row]:
    return [row for row in rows(table) if row["round"] == 2]


def draw() -> Chart:
    """Draw the two run-offs beside each other.

    Examples
    --------
    >>> "2018" in draw().reading
    True
    """
    results, turnouts = map(_second_rounds, ("elections_results", "elections_turnout"))
    run_offs = _final_run_offs()
    return _PROSE.chart_of(
        _draw_panels(run_offs),
        [line for run_off in run_offs for line in _table_lines(run_off, results, turnouts)],
        sources=canvas.sources_of(results, turnouts))


def _table_lines(run_off: _RunOff, results: Sequence[Row], turnouts: Sequence[Row]
                 ) -> Iterator[Row]:
    """Yield what the table says of a run-off: votes, lead and turnout, by all sources."""

    def line(item: str, count: int, percent: float | None, row: Row) -> Row:
        return {"run_off": run_off.year, "item": item, "count": count, "percent": percent,
                "status": _PROSE.label(f"status_{row['status']}"), "source_id": row["source_id"]}

    for row in results:
        if row["date"].year == run_off.year:
            yield line(_PROSE.label("votes_for", name=_surname(row)), row["votes"],
                       row["share_percent"], row)
    computed = {"status": "final", "source_id": _PROSE.label("computed")}
    yield line(_PROSE.label("margin", name=_surname(run_off.winner)), run_off.lead,
               run_off.lead_points, computed)
    for row in turnouts:
        if row["date"].year == run_off.year:
            if row["registered"] is not None:
                yield line(_PROSE.label("registered_item"), row["registered"], None, row)
            yield line(_PROSE.label("voters"), row["voters"], row["turnout_percent"], row)


# --- The picture ------------------------------------------------------------------------------


def _draw_panels(run_offs: Sequence[_RunOff]) -> Figure:
    page = style.sheet(_PROSE.title, _PROSE.source, 5.15)
    votes = page.place(_LEFT, 2.3, style.MARGIN, 0.36)
    turnout = page.place(_LEFT, 0.02, style.MARGIN, 3.2)
    for axes, heading in ((votes, "panel_votes"), (turnout, "panel_turnout")):
        canvas.draw_label(axes, _PROSE.label(heading), (0, 1), ((style.MARGIN - _LEFT) * 72, 5),
                          "axes", weight="bold", size=style.LABEL, va="bottom")
        style.plain_axes(axes, grid="")
        axes.axvline(0, color=style.SOFT, linewidth=1.2)
        axes.set(xticks=[], yticks=[])
    for place, run_off in enumerate(run_offs):
        _draw_votes(votes, -place * 2.9, run_off)
        _draw_turnout(turnout, -place * 1.9, run_off)
    largest = max(run_off.turnout["registered"] for run_off in run_offs)
    votes.set(xlim=(0, run_offs[0].winner["votes"] * 1.02), ylim=(-2.9 - 2.4, 0.6))
    turnout.set(xlim=(0, largest * 1.02), ylim=(-1.9 - 1.0, 0.6))
    return page.figure


def _draw_year(axes: Axes, y: float, year: int) -> None:
    canvas.draw_label(axes, str(year), (0, y), (-9, 0), "beside", ha="right", va="center",
                      size=style.LABEL + 3, weight="bold")


def _draw_votes(axes: Axes, y: float, run_off: _RunOff) -> None:
    """Draw bars of both candidates on one scale, with the lead between their ends."""
    axes.barh(y, run_off.winner["votes"], 0.92, linewidth=1.2, color=style.BLUE)
    axes.barh(y - 1.05, run_off.loser["votes"], 0.92, linewidth=1.2, facecolor="white",
              edgecolor=style.VERMILLION, hatch="////")
    ends = run_off.loser["votes"], run_off.winner["votes"]
    for row, spot, colour in ((run_off.winner, (0, y), "white"),
                              (run_off.loser, (ends[0], y - 1.05), style.ink(style.VERMILLION))):
        label = _PROSE.label("bar", name=_surname(row), votes=number(row["votes"]),
                             share=number(row["share_percent"], 2))
        canvas.draw_label(axes, label, spot, (6, 0), va="center", weight="bold", color=colour)
    canvas.draw_span(axes, *ends, y - 1.95, _PROSE.label("lead", votes=number(run_off.lead)),
                     style.BLACK)
    _draw_year(axes, y - 0.5, run_off.year)


def _draw_turnout(axes: Axes, y: float, run_off: _RunOff) -> None:
    """Draw a bar of the registered voters, filled as far as they voted."""
    row = run_off.turnout
    axes.barh(y, row["registered"], 0.95, facecolor="white", edgecolor=style.GREEN, linewidth=1.4)
    axes.barh(y, row["voters"], 0.95, color=style.GREEN)
    turnout = _PROSE.label("turnout", percent=number(row["turnout_percent"], 2))
    voted = _PROSE.label("voted", count=number(row["voters"]))
    registered = _PROSE.label("registered", count=number(row["registered"]))
    canvas.draw_label(axes, turnout, (0, y), (6, 0), va="center", weight="bold")
    canvas.draw_label(axes, voted, (0, y - 0.5), (6, -2), va="top", size=style.SMALL,
                      color=style.ink(style.GREEN), weight="bold")
    canvas.draw_label(axes, registered, (row["registered"], y), (-6, 0), ha="right", va="center",
                      path_effects=style.halo())
    _draw_year(axes, y, run_off.year)

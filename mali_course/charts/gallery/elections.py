"""The run-offs of 2013 and 2018: votes, lead and turnout."""

from __future__ import annotations

from collections.abc import Iterator
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
    """A run-off: rows of all sources, of which the final ones are drawn."""

    year: int

    def rows_of(self, table: str, *statuses: str) -> list[Row]:
        """Return the rows of a table for this run-off, or those of some statuses."""
        return [row for row in rows(table) if row["round"] == 2 and row["date"].year == self.year
                and (not statuses or row["status"] in statuses)]

    @property
    def turnout(self) -> Row:
        return self.rows_of("elections_turnout", "final")[0]

    @property
    def winner(self) -> Row:
        return max(self.rows_of("elections_results", "final"), key=lambda row: row["share_percent"])

    @property
    def loser(self) -> Row:
        return min(self.rows_of("elections_results", "final"), key=lambda row: row["share_percent"])

    @property
    def lead(self) -> float:
        """By how many percentage points the winner leads."""
        lead: float = self.winner["share_percent"] - self.loser["share_percent"]
        return round(lead, 2)

    @property
    def lead_in_votes(self) -> int | None:
        """By how many votes the winner leads, if the votes of both are known."""
        if self.loser["votes"] is None:
            return None
        votes: int = self.winner["votes"] - self.loser["votes"]
        return votes


_RUN_OFFS = (_RunOff(2013), _RunOff(2018))


def draw() -> Chart:
    """Draw the two run-offs beside each other.

    Examples
    --------
    >>> "2018" in draw().reading
    True
    """
    return _PROSE.chart_of(
        _draw_panels(), [line for run_off in _RUN_OFFS for line in _table_lines(run_off)],
        sources=canvas.sources_of(*(
            run_off.rows_of(table) for table in ("elections_results", "elections_turnout")
            for run_off in _RUN_OFFS)))


def _table_lines(run_off: _RunOff) -> Iterator[Row]:
    """Yield what the table says of a run-off: votes, lead and turnout."""

    def line(item: str, count: float | None, percent: float | None, row: Row) -> Row:
        return {"run_off": run_off.year, "item": item, "count": count, "percent": percent,
                "status": _PROSE.label(row["status"]), "source_id": row["source_id"]}

    for row in run_off.rows_of("elections_results"):
        yield line(_PROSE.label("votes_for", name=_surname(row)), row["votes"],
                   row["share_percent"], row)
    yield line(_PROSE.label("margin", name=_surname(run_off.winner)), run_off.lead_in_votes,
               run_off.lead,
               {"status": "final", "source_id": _PROSE.label("computed")})
    for row in run_off.rows_of("elections_turnout"):
        if row["registered"] is not None:
            yield line(_PROSE.label("registered_item"), row["registered"], None, row)
        yield line(_PROSE.label("voters"), row["voters"], row["turnout_percent"], row)


# --- The picture ------------------------------------------------------------------------------


def _draw_panels() -> Figure:
    page = style.sheet(_PROSE.title, _PROSE.source, 5.15)
    votes = page.place(_LEFT, 2.3, style.MARGIN, 0.36)
    turnout = page.place(_LEFT, 0.02, style.MARGIN, 3.2)
    for axes, heading in ((votes, "panel_votes"), (turnout, "panel_turnout")):
        canvas.draw_label(axes, _PROSE.label(heading), (0, 1), ((style.MARGIN - _LEFT) * 72, 5),
                          "axes", weight="bold", size=style.LABEL, va="bottom")
        style.plain_axes(axes, grid="")
        axes.axvline(0, color=style.SOFT, linewidth=1.2)
        axes.set(xticks=[], yticks=[])
    for place, run_off in enumerate(_RUN_OFFS):
        _draw_votes(votes, -place * 2.9, run_off)
        _draw_turnout(turnout, -place * 1.9, run_off)
    largest = max(run_off.turnout["registered"] for run_off in _RUN_OFFS)
    votes.set(xlim=(0, _RUN_OFFS[0].winner["share_percent"] * 1.02), ylim=(-2.9 - 2.4, 0.6))
    turnout.set(xlim=(0, largest * 1.02), ylim=(-1.9 - 1.0, 0.6))
    return page.figure


def _draw_year(axes: Axes, y: float, year: int) -> None:
    canvas.draw_label(axes, str(year), (0, y), (-9, 0), "beside", ha="right", va="center",
                      size=style.LABEL + 3, weight="bold")


def _draw_votes(axes: Axes, y: float, run_off: _RunOff) -> None:
    """Draw bars of both candidates on one scale, with the lead between their ends."""
    axes.barh(y, run_off.winner["share_percent"], 0.92, linewidth=1.2, color=style.BLUE)
    axes.barh(y - 1.05, run_off.loser["share_percent"], 0.92, linewidth=1.2, facecolor="white",
              edgecolor=style.VERMILLION, hatch="////")
    ends = run_off.loser["share_percent"], run_off.winner["share_percent"]
    for row, spot, colour in ((run_off.winner, (0, y), "white"),
                              (run_off.loser, (ends[0], y - 1.05), style.ink(style.VERMILLION))):
        label = _PROSE.label("bar" if row["votes"] is None else "bar_votes", name=_surname(row),
                             share=number(row["share_percent"], 2), votes=number(row["votes"] or 0))
        canvas.draw_label(axes, label, spot, (6, 0), va="center", weight="bold", color=colour)
    lead = _PROSE.label("lead", points=number(run_off.lead, 2))
    canvas.draw_span(axes, *ends, y - 1.95, lead, style.BLACK)
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

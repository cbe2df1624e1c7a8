"""The run-offs of 2013 and 2018: votes, lead and turnout."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mali_course.charts import canvas, style
from mali_course.charts.canvas import Row
from mali_course.charts.chart_base import Chart
from mali_course.core.datasets import rows
from mali_course.core.formats import day, number
from mali_course.core.table import Table

__all__ = ["draw"]

_TEXTS = canvas.ChartTexts("charts.elections")

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

    def texts(self) -> dict[str, str]:
        """Return its numbers in words."""
        return {
            "votes": number(self.winner["votes"]), "loser": number(self.loser["votes"]),
            "registered": number(self.turnout["registered"]),
            "voters": number(self.turnout["voters"]),
            "turnout": number(self.turnout["turnout_percent"], 2),
            "lead": number(self.lead), "points": number(self.lead_points, 2),
        }


def _final_run_offs() -> list[_RunOff]:
    run_offs = []
    for turnout in rows("elections_turnout"):
        if turnout["round"] == 2 and turnout["status"] == "final":
            winner, loser = sorted(
                (row for row in rows("elections_results")
                 if row["date"] == turnout["date"] and row["status"] == "final"),
                key=lambda row: -row["votes"])
            run_offs.append(_RunOff(turnout["date"].year, winner, loser, turnout))
    return sorted(run_offs, key=lambda run_off: run_off.year)


def draw() -> Chart:
    """Draw the two run-offs beside each other.

    Examples
    --------
    >>> "2018" in draw().reading
    True
    """
    before, after = _final_run_offs()
    fields = {f"{name}_{when}": text
              for when, run_off in (("before", before), ("after", after))
              for name, text in run_off.texts().items()}
    fields |= {"before": str(before.year), "after": str(after.year),
               "winner": _surname(after.winner), "loser": _surname(after.loser)}
    title = _TEXTS("title", **fields)
    return Chart(
        figure=_draw_panels(title, [before, after]),
        title=title,
        alt=_TEXTS("alt", **fields),
        reading=_TEXTS("reading", first=day(before.turnout["date"]),
                      last=day(after.turnout["date"]), **fields),
        table=_results_table([before, after]),
        sources=canvas.sources_of(
            row for table in ("elections_results", "elections_turnout") for row in rows(table)
            if row["round"] == 2),
        note=_TEXTS("note"),
    )


def _results_table(run_offs: list[_RunOff]) -> Table:
    cells: list[tuple[Any, ...]] = []
    for run_off in run_offs:
        year, held = run_off.year, run_off.turnout["date"]
        cells += [(year, _TEXTS("votes_for", name=_surname(row)), row["votes"],
                   row["share_percent"], _TEXTS(f"status_{row['status']}"), row["source_id"])
                  for row in rows("elections_results") if row["date"] == held]
        cells.append((year, _TEXTS("margin", name=_surname(run_off.winner)), run_off.lead,
                      run_off.lead_points, _TEXTS("status_final"), _TEXTS("computed")))
        for row in rows("elections_turnout"):
            if row["date"] == held:
                status, source = _TEXTS(f"status_{row['status']}"), row["source_id"]
                if row["registered"] is not None:
                    cells.append((year, _TEXTS("registered_item"), row["registered"], None,
                                  status, source))
                cells.append((year, _TEXTS("voters"), row["voters"], row["turnout_percent"],
                              status, source))
    heads = ("run_off", "item", "count", "percent", "status", "source_id")
    caption = _TEXTS("caption", before=run_offs[0].year, after=run_offs[-1].year)
    return Table(caption, tuple(map(_TEXTS, heads)), tuple(cells))


# --- The picture ------------------------------------------------------------------------------


def _draw_panels(title: str, run_offs: list[_RunOff]) -> Figure:
    page = style.sheet(title, _TEXTS("source"), 5.15)
    votes = page.place(_LEFT, 2.3, style.MARGIN, 0.36)
    turnout = page.place(_LEFT, 0.02, style.MARGIN, 3.2)
    for axes, heading in ((votes, "panel_votes"), (turnout, "panel_turnout")):
        canvas.draw_label(axes, _TEXTS(heading), (0, 1), ((style.MARGIN - _LEFT) * 72, 5), "axes",
                          weight="bold", size=style.LABEL, va="bottom")
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
        label = _TEXTS("bar", name=_surname(row), votes=number(row["votes"]),
                      share=number(row["share_percent"], 2))
        canvas.draw_label(axes, label, spot, (6, 0), va="center", weight="bold", color=colour)
    canvas.draw_span(axes, *ends, y - 1.95, _TEXTS("lead", votes=number(run_off.lead)), style.BLACK)
    _draw_year(axes, y - 0.5, run_off.year)


def _draw_turnout(axes: Axes, y: float, run_off: _RunOff) -> None:
    """Draw a bar of the registered voters, filled as far as they voted."""
    registered, texts = run_off.turnout["registered"], run_off.texts()
    axes.barh(y, registered, 0.95, facecolor="white", edgecolor=style.GREEN, linewidth=1.4)
    axes.barh(y, run_off.turnout["voters"], 0.95, color=style.GREEN)
    canvas.draw_label(axes, _TEXTS("turnout", percent=texts["turnout"]), (0, y), (6, 0),
                      va="center", weight="bold")
    canvas.draw_label(axes, _TEXTS("voted", count=texts["voters"]), (0, y - 0.5), (6, -2),
                      va="top", size=style.SMALL, color=style.ink(style.GREEN), weight="bold")
    canvas.draw_label(axes, _TEXTS("registered", count=texts["registered"]), (registered, y),
                      (-6, 0), ha="right", va="center", path_effects=style.halo())
    _draw_year(axes, y, run_off.year)

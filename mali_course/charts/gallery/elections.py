"""The run-offs of 2013 and 2018: votes, lead and turnout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mali_course.charts.chart_base import Chart
from mali_course.charts.style import (
    BLACK,
    BLUE,
    GREEN,
    LABEL,
    MARGIN,
    SMALL,
    SOFT,
    VERMILLION,
    halo,
    ink,
    plain_axes,
    plain_style,
    sheet,
)
from mali_course.core.datasets import rows
from mali_course.core.formats import day, number
from mali_course.core.messages import say
from mali_course.core.table import Table

__all__ = ["elections"]

Row = Mapping[str, Any]


def _say(key: str, **fields: object) -> str:
    return say(f"charts.elections.{key}", **fields)


def _surname(candidate: str) -> str:
    return candidate.split()[-1]


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


def _run_offs() -> list[_RunOff]:
    found = []
    for turnout in rows("elections_turnout"):
        if turnout["round"] != 2 or turnout["status"] != "final":
            continue
        winner, loser = sorted(
            (row for row in rows("elections_results")
             if row["date"] == turnout["date"] and row["status"] == "final"),
            key=lambda row: -row["votes"],
        )
        found.append(_RunOff(turnout["date"].year, winner, loser, turnout))
    return sorted(found, key=lambda one: one.year)


def elections() -> Chart:
    """Draw the two run-offs beside each other.

    Examples
    --------
    >>> "2018" in elections().reading
    True
    """
    before, after = _run_offs()
    fields = {
        f"{what}_{when}": number(value, places)
        for when, one in (("before", before), ("after", after))
        for what, value, places in (
            ("votes", one.winner["votes"], 0), ("loser", one.loser["votes"], 0),
            ("registered", one.turnout["registered"], 0), ("voters", one.turnout["voters"], 0),
            ("turnout", one.turnout["turnout_percent"], 2), ("lead", one.lead, 0),
            ("points", one.lead_points, 2),
        )
    }
    fields |= {"before": str(before.year), "after": str(after.year),
               "winner": _surname(after.winner["candidate"]),
               "loser": _surname(after.loser["candidate"])}
    title = _say("title", **fields)
    with plain_style():
        figure = _draw(title, [before, after])
    return Chart(
        figure=figure,
        title=title,
        alt=_say("alt", **fields),
        reading=_say("reading", first=day(before.turnout["date"]), last=day(after.turnout["date"]),
                     **fields),
        table=_table([before, after]),
        sources=tuple(dict.fromkeys(
            row["source_id"] for row in (*rows("elections_results"), *rows("elections_turnout"))
            if row["round"] == 2
        )),
        note=_say("note"),
    )


def _table(run_offs: list[_RunOff]) -> Table:
    cells: list[tuple[Any, ...]] = []
    for one in run_offs:
        held = one.turnout["date"]
        for row in rows("elections_results"):
            if row["date"] == held:
                cells.append((one.year, _say("votes_for", name=_surname(row["candidate"])),
                              row["votes"], row["share_percent"],
                              _say(f"status_{row['status']}"), row["source_id"]))
        cells.append((one.year, _say("margin", name=_surname(one.winner["candidate"])), one.lead,
                      one.lead_points, _say("status_final"), _say("computed")))
        for row in rows("elections_turnout"):
            if row["date"] == held:
                status = _say(f"status_{row['status']}")
                if row["registered"] is not None:
                    cells.append((one.year, _say("registered_item"), row["registered"], None,
                                  status, row["source_id"]))
                cells.append((one.year, _say("voters"), row["voters"], row["turnout_percent"],
                              status, row["source_id"]))
    heads = ("run_off", "item", "count", "percent", "status", "source_id")
    caption = _say("caption", before=run_offs[0].year, after=run_offs[-1].year)
    return Table(caption, tuple(_say(key) for key in heads), tuple(cells))


def _heading(axes: Axes, text: str, left: float) -> None:
    axes.annotate(text, (0, 1), ((MARGIN - left) * 72, 5), xycoords="axes fraction", weight="bold",
                  textcoords="offset points", size=LABEL, va="bottom")


def _draw(title: str, run_offs: list[_RunOff]) -> Figure:
    page = sheet(title, _say("source"), 5.15)
    left = 0.72
    votes, turnout = page.place(left, 2.3, MARGIN, 0.36), page.place(left, 0.02, MARGIN, 3.2)
    largest = max(one.turnout["registered"] for one in run_offs)
    for axes, heading in ((votes, "panel_votes"), (turnout, "panel_turnout")):
        _heading(axes, _say(heading), left)
        plain_axes(axes, grid="")
        axes.axvline(0, color=SOFT, linewidth=1.2)
        axes.set(xticks=[], yticks=[])
    _votes(votes, run_offs)
    _turnout(turnout, run_offs, largest)
    return page.figure


def _year(axes: Axes, y: float, year: int) -> None:
    axes.annotate(str(year), (0, y), (-9, 0), xycoords=("axes fraction", "data"),
                  textcoords="offset points", ha="right", va="center", size=LABEL + 3,
                  weight="bold")


def _votes(axes: Axes, run_offs: list[_RunOff]) -> None:
    """Bars of both candidates on one scale, with the lead between their ends."""
    top = run_offs[0].winner["votes"]
    for place, one in enumerate(run_offs):
        y = -place * 2.9
        looks: tuple[tuple[Row, float, dict[str, Any]], ...] = (
            (one.winner, 0.0, {"color": BLUE}),
            (one.loser, -1.05, {"facecolor": "white", "edgecolor": VERMILLION, "hatch": "////"}),
        )
        for row, offset, look in looks:
            axes.barh(y + offset, row["votes"], 0.92, linewidth=1.2, **look)
            label = _say("bar", name=_surname(row["candidate"]), votes=number(row["votes"]),
                         share=number(row["share_percent"], 2))
            inside = row is one.winner
            axes.annotate(label, (0 if inside else row["votes"], y + offset), (6, 0),
                          textcoords="offset points", va="center", weight="bold",
                          color="white" if inside else ink(VERMILLION))
        ends = (one.loser["votes"], one.winner["votes"])
        axes.annotate("", (ends[1], y - 1.95), (ends[0], y - 1.95),
                      arrowprops={"arrowstyle": "|-|,widthA=0.3,widthB=0.3", "color": BLACK,
                                  "shrinkA": 0, "shrinkB": 0})
        axes.text(sum(ends) / 2, y - 1.95, _say("lead", votes=number(one.lead)), ha="center",
                  va="center", bbox={"facecolor": "white", "edgecolor": "none", "pad": 2})
        _year(axes, y - 0.5, one.year)
    axes.set(xlim=(0, top * 1.02), ylim=(-2.9 - 2.4, 0.6))


def _turnout(axes: Axes, run_offs: list[_RunOff], largest: int) -> None:
    for place, one in enumerate(run_offs):
        y = -place * 1.9
        axes.barh(y, one.turnout["registered"], 0.95, facecolor="white", edgecolor=GREEN,
                  linewidth=1.4)
        axes.barh(y, one.turnout["voters"], 0.95, color=GREEN)
        axes.annotate(_say("turnout", percent=number(one.turnout["turnout_percent"], 2)), (0, y),
                      (6, 0), textcoords="offset points", va="center", weight="bold")
        axes.annotate(_say("voted", count=number(one.turnout["voters"])), (0, y - 0.5), (6, -2),
                      textcoords="offset points", va="top", size=SMALL, color=ink(GREEN),
                      weight="bold")
        axes.annotate(_say("registered", count=number(one.turnout["registered"])),
                      (one.turnout["registered"], y), (-6, 0), textcoords="offset points",
                      ha="right", va="center", path_effects=halo())
        _year(axes, y, one.year)
    axes.set(xlim=(0, largest * 1.02), ylim=(-1.9 - 1.0, 0.6))

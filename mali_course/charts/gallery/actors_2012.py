"""Who is who in the crisis of 2011 to 2013: a network whose lines carry dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch
from matplotlib.path import Path

from mali_course.charts import canvas, style
from mali_course.charts.canvas import ChartTexts, Row
from mali_course.charts.chart_base import Chart
from mali_course.charts.prose import chart_prose
from mali_course.core.datasets import rows
from mali_course.core.dates import PartialDate
from mali_course.core.table import Table

__all__ = ["draw"]

Point = tuple[float, float]

_PROSE = chart_prose("actors-2012")
# Relations that go on after their first date.
_LASTING = ("tied_to", "fought_beside", "supported", "member_of", "fought")
_SIDE_NAMES = ChartTexts("explorers/crisis")
# Colour and outline of each side: no two share either.
_SIDES: Mapping[str, tuple[str, Any, float]] = {
    "separatist rebels": (style.VERMILLION, "-", 2.2),
    "Islamist groups": (style.BLACK, (0, (4, 1.5)), 1.6),
    "Malian army and state": (style.GREEN, "-", 1.0),
    "foreign armies": (style.BLUE, (0, (1, 1)), 1.8),
    "international bodies": (style.PURPLE, (0, (5, 1.2, 1, 1.2)), 1.6),
}
_ROOM = style.WIDTH - 2 * style.MARGIN
_BOX = 0.27  # inches: height of a name's box
_LEGEND, _HEADING, _GAP = 0.86, 0.36, 0.1


@dataclass(frozen=True)
class _Panel:
    """One of the pictures side by side: which relations, and where the actors stand, in inches."""

    name: str
    relations: tuple[str, ...]
    height: float
    places: Mapping[str, Point]


# Where each actor stands is set by hand, so that lines cross as little as can be.
_PANELS = (
    _Panel("origin", ("split_from", "merged_into", "member_of", "succeeded"), 2.46, {
        "AQIM": (1.17, 2.3), "MUJAO": (0.4, 1.46), "Al Moulathamoun": (1.88, 1.46),
        "Al Mourabitoun": (1.17, 0.62),
        "Army": (3.7, 2.3), "Junta": (2.9, 1.46), "Red Berets": (4.5, 1.46),
        "Government": (2.9, 0.62), "Chad": (0.3, 0.16), "MINUSMA": (2.4, 0.16),
        "AFISMA": (4.6, 0.16)}),
    _Panel("together", ("tied_to", "fought_beside", "supported", "signed"), 3.56, {
        "AQIM": (0.58, 3.4), "Ansar Dine": (0.58, 2.46), "MUJAO": (0.4, 1.22),
        "MNLA": (2.85, 2.46), "MAA": (3.9, 3.4), "HCUA": (4.65, 2.46), "Government": (4.45, 1.46),
        "Chad": (0.4, 0.84), "United States": (0.65, 0.16), "France": (2.5, 0.42),
        "Army": (4.65, 0.42), "AFISMA": (2.9, 1.2)}),
    _Panel("against", ("fought",), 2.84, {
        "MAA": (2.2, 2.68), "MNLA": (4.45, 2.68), "AQIM": (0.4, 1.8), "Ansar Dine": (1.95, 1.8),
        "MUJAO": (3.5, 1.8), "Army": (4.45, 0.65), "France": (0.85, 0.42),
        "Red Berets": (2.75, 0.16), "Junta": (4.6, 0.16)}),
)
# A line that bends, by how much of its length, to the left of its way; and how far along a line its
# words stand, where the middle is taken.
_BENDS = {("Ansar Dine", "tied_to", "MNLA"): -0.4}
_ALONG = {
    ("MUJAO", "merged_into", "Al Mourabitoun"): 0.34,
    ("Al Moulathamoun", "merged_into", "Al Mourabitoun"): 0.34,
    ("Junta", "member_of", "Army"): 0.3, ("Red Berets", "member_of", "Army"): 0.3,
    ("MUJAO", "fought_beside", "MNLA"): 0.2, ("AQIM", "fought_beside", "MNLA"): 0.58,
    ("Ansar Dine", "tied_to", "MNLA"): 0.28,
    ("AQIM", "fought", "Army"): 0.8, ("Ansar Dine", "fought", "Army"): 0.5,
    ("France", "fought", "AQIM"): 0.6, ("France", "fought", "Ansar Dine"): 0.57,
    ("France", "fought", "MUJAO"): 0.27,
}


def draw() -> Chart:
    """Draw the actors of the crisis and their relations, each with its dates.

    Examples
    --------
    >>> draw().table.columns[0]
    'Actor'
    """
    sources = canvas.sources_of(rows("actor_relations"), rows("actors"))
    return Chart(_draw_figure(), _PROSE.title, _PROSE.alt, _PROSE.reading, _links_table(), sources,
                 _PROSE.note)


def _links_of(relations: Iterable[str]) -> list[Row]:
    return [row for row in rows("actor_relations") if row["relation"] in relations]


@cache
def _actor_sides() -> Mapping[str, str]:
    return {row["abbreviation"]: row["kind"] for row in rows("actors")}


def _link_key(row: Row) -> tuple[str, str, str]:
    return row["actor"], row["relation"], row["target"]


# --- In words ---------------------------------------------------------------------------------


def _dates_text(row: Row) -> str:
    """Return from when to when, as far as the source tells."""
    since: PartialDate | None = row["since"]
    until: PartialDate | None = row["until"]
    if not since:
        return _PROSE.label("undated")
    if not until and row["relation"] in _LASTING:
        return _PROSE.label("from", date=since.short())
    if not until or since == until:
        return since.short()
    first = since.short(year=since.year != until.year)
    return _PROSE.label("range", since=first, until=until.short())


def _verb_text(row: Row) -> str:
    return _PROSE.label(f"verb_{row['relation']}")


def _links_table() -> Table:
    cells = tuple((row["actor"], _verb_text(row), row["target"], _dates_text(row), row["note"],
                   row["source_id"])
                  for panel in _PANELS for row in _links_of(panel.relations))
    return Table(_PROSE.table.caption, tuple(_PROSE.table.columns.values()), cells)


# --- The picture ------------------------------------------------------------------------------


def _draw_figure() -> Figure:
    body = _LEGEND + sum(panel.height + _HEADING + _GAP for panel in _PANELS)
    page = style.sheet(_PROSE.title, _PROSE.source, body)
    _draw_legend(_inch_panel(page, body - _LEGEND, _LEGEND, 0))
    top = _LEGEND
    for panel in _PANELS:
        low = body - top - _HEADING - panel.height
        axes = _inch_panel(page, low, panel.height, top + _HEADING)
        canvas.draw_label(axes, _PROSE.label(f"panel_{panel.name}"), (0, 1), (0, 7), "axes",
                          weight="bold", size=style.LABEL, va="bottom")
        axes.plot([0, _ROOM], [panel.height + _HEADING] * 2, color=style.SOFT, linewidth=0.6,
                  clip_on=False)
        _draw_panel(axes, panel)
        top += _HEADING + panel.height + _GAP
    return page.figure


def _inch_panel(page: style.Sheet, bottom: float, height: float, top: float) -> Axes:
    """Add axes that count inches from their lower left corner."""
    axes = page.place(style.MARGIN, bottom, style.MARGIN, top)
    axes.set_axis_off()
    axes.set(xlim=(0, _ROOM), ylim=(0, height), xticks=[], yticks=[])
    return axes


def _draw_legend(axes: Axes) -> None:
    left, y = 0.05, _LEGEND - 0.16
    for side in _SIDES:
        label = _SIDE_NAMES(f"side_{side.replace(' ', '_')}")
        wide = style.text_width(label, style.SMALL) + 0.16
        if left + wide > _ROOM:
            left, y = 0.05, y - 0.36
        _draw_box(axes, label, side, (left + wide / 2, y), weight="normal")
        left += wide + 0.1


def _draw_box(axes: Axes, label: str, side: str, spot: Point, weight: str = "bold") -> None:
    colour, line, width = _SIDES[side]
    wide = style.text_width(label, style.SMALL, weight) + 0.12
    axes.add_artist(FancyBboxPatch(
        (spot[0] - wide / 2, spot[1] - _BOX / 2), wide, _BOX, boxstyle="round,pad=0,rounding_size"
        "=0.05", facecolor="white", edgecolor=colour, linestyle=line, linewidth=width, zorder=4,
        clip_on=False))
    axes.text(*spot, label, size=style.SMALL, weight=weight, color=style.ink(colour), ha="center",
              va="center_baseline", zorder=5)


def _draw_panel(axes: Axes, panel: _Panel) -> None:
    for name, spot in panel.places.items():
        _draw_box(axes, name, _actor_sides()[name], spot)
    for row in _links_of(panel.relations):
        bend = _BENDS.get(_link_key(row), 0.0)
        curve = _curve_between(panel, row, bend)
        # A straight line needs no more than its ends.
        _draw_arrow(axes, curve[::10] if bend else [curve[0], curve[-1]], row["relation"])
        # The heading of the fights says what their lines mean, so the dates are enough.
        words = _folded_range(_dates_text(row)) if row["relation"] == "fought" else (
            f"{_verb_text(row)}\n{_dates_text(row)}")
        along = _ALONG.get(_link_key(row), 0.5)
        axes.text(*curve[round(along * (len(curve) - 1))], words, size=style.SMALL, ha="center",
                  va="center", linespacing=1.1, zorder=3, color=style.INK,
                  bbox=canvas.white_box(1.0))


def _folded_range(words: str) -> str:
    """Break a long range of dates after its dash, and a first date after its first word."""
    if len(words) <= len("2012–2013"):
        return words
    return words.replace("–", "–\n") if "–" in words else words.replace(" ", "\n", 1)


def _curve_between(panel: _Panel, row: Row, bend: float) -> list[Point]:
    """Return the line between two boxes as points, from edge to edge."""
    (x1, y1), (x2, y2) = panel.places[row["actor"]], panel.places[row["target"]]
    xm, ym = (x1 + x2) / 2 - bend * (y2 - y1), (y1 + y2) / 2 + bend * (x2 - x1)
    points = []
    for step in range(201):
        t = step / 200
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t**2
        points.append((a * x1 + b * xm + c * x2, a * y1 + b * ym + c * y2))
    return [point for point in points
            if not any(_is_inside(point, panel.places[name], name)
                       for name in (row["actor"], row["target"]))]


def _is_inside(point: Point, middle: Point, name: str) -> bool:
    wide = style.text_width(name, style.SMALL, "bold") / 2 + 0.08
    return abs(point[0] - middle[0]) < wide and abs(point[1] - middle[1]) < _BOX / 2 + 0.02


def _draw_arrow(axes: Axes, curve: Sequence[Point], relation: str) -> None:
    fight, dotted = relation == "fought", relation in ("tied_to", "member_of")
    axes.add_artist(FancyArrowPatch(
        path=Path(list(curve)), arrowstyle="<|-|>" if fight else "-|>", mutation_scale=10,
        color=style.INK if fight else style.SOFT, linewidth=1.5 if fight else 1.2, zorder=2,
        linestyle=(0, (2, 1.5)) if dotted else "-", shrinkA=0, shrinkB=0))

"""Who is who in the crisis of 2011 to 2013: a network whose lines carry dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch
from matplotlib.path import Path
from matplotlib.text import Text

from mali_course.charts.chart_base import Chart
from mali_course.charts.style import (
    BLACK,
    BLUE,
    GREEN,
    INK,
    LABEL,
    MARGIN,
    PURPLE,
    SMALL,
    SOFT,
    VERMILLION,
    WIDTH,
    ink,
    plain_style,
    sheet,
    text_width,
)
from mali_course.core.datasets import rows
from mali_course.core.formats import in_words, listed
from mali_course.core.messages import say
from mali_course.core.table import Table

__all__ = ["actors_2012"]

Row = Mapping[str, Any]
Point = tuple[float, float]

# Colour and outline of each side: no two share either.
_SIDES: Mapping[str, tuple[str, Any, float]] = {
    "separatist rebels": (VERMILLION, "-", 2.2),
    "Islamist groups": (BLACK, (0, (4, 1.5)), 1.6),
    "Malian army and state": (GREEN, "-", 1.0),
    "foreign armies": (BLUE, (0, (1, 1)), 1.8),
    "international bodies": (PURPLE, (0, (5, 1.2, 1, 1.2)), 1.6),
}
_ROOM = WIDTH - 2 * MARGIN
_HIGH = 0.27  # inches: height of a name's box


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
    _Panel("against", ("fought",), 2.72, {
        "MAA": (2.2, 2.56), "MNLA": (4.45, 2.56), "AQIM": (0.4, 1.6), "Ansar Dine": (2.35, 1.6),
        "MUJAO": (3.55, 1.6), "Army": (4.45, 0.64), "France": (1.3, 0.5),
        "Red Berets": (2.75, 0.16), "Junta": (4.6, 0.16)}),
)
# A line that bends, by how much of its length, to the left of its way; and how far along a line its
# words stand, where the middle is taken.
_BENDS = {("Ansar Dine", "tied_to", "MNLA"): -0.43}
_ALONG = {
    ("MUJAO", "merged_into", "Al Mourabitoun"): 0.34,
    ("Al Moulathamoun", "merged_into", "Al Mourabitoun"): 0.34,
    ("Junta", "member_of", "Army"): 0.3, ("Red Berets", "member_of", "Army"): 0.3,
    ("MUJAO", "fought_beside", "MNLA"): 0.2, ("AQIM", "fought_beside", "MNLA"): 0.58,
    ("AQIM", "fought", "Army"): 0.58,
    ("France", "fought", "AQIM"): 0.47, ("France", "fought", "Ansar Dine"): 0.47,
}


def _say(key: str, **fields: object) -> str:
    return say(f"charts_crisis.actors.{key}", **fields)


def _dates(row: Row) -> str:
    """Return from when to when, as far as the source tells."""
    since, until = row["since"], row["until"]
    if not since:
        return _say("undated")
    if not until:
        open_ended = row["relation"] in _say("lasting").split("|")
        return _say("from", date=since.short()) if open_ended else str(since.short())
    if since == until:
        return str(since.short())
    same = since.year == until.year
    return _say("range", since=since.short(year=not same), until=until.short())


@cache
def _kinds() -> Mapping[str, str]:
    return {row["abbreviation"]: row["kind"] for row in rows("actors")}


def _links(relations: Iterable[str]) -> list[Row]:
    return [row for row in rows("actor_relations") if row["relation"] in relations]


def actors_2012() -> Chart:
    """Draw the actors of the crisis and their relations, each with its dates.

    Examples
    --------
    >>> actors_2012().table.columns[0]
    'Actor'
    """
    with plain_style():
        figure = _draw()
    links = rows("actor_relations")
    counts = {panel.name: len(_links(panel.relations)) for panel in _PANELS}
    ends = Counter(name for row in links for name in (row["actor"], row["target"]))
    most, most_lines = ends.most_common(1)[0]
    return Chart(
        figure=figure,
        title=_say("title"),
        alt=_say("alt", actors=len(ends), lines=len(links), sides=in_words(len(_SIDES)),
                 most=most, most_lines=most_lines,
                 **{name: in_words(count) for name, count in counts.items()}),
        reading=_say("reading", signed=_signed()),
        table=_table(),
        sources=tuple(dict.fromkeys(row["source_id"] for row in (*links, *rows("actors")))),
        note=_say("note"),
    )


def _signed() -> str:
    found = _links(["signed"])
    return _say("signed", date=_dates(found[0]), targets=listed(row["target"] for row in found))


def _table() -> Table:
    cells = tuple(
        (row["actor"], _say(f"verb_{row['relation']}"), row["target"], _dates(row),
         row["note"], row["source_id"])
        for panel in _PANELS for row in _links(panel.relations)
    )
    heads = ("actor", "relation", "target", "dates", "remark", "source_id")
    return Table(_say("caption"), tuple(_say(key) for key in heads), cells)


def _draw() -> Figure:
    room, gap = 0.36, 0.1
    legend = 0.86
    body = legend + sum(panel.height + room + gap for panel in _PANELS)
    page = sheet(_say("title"), _say("source"), body)
    _legend(page.place(MARGIN, body - legend, MARGIN, 0))
    top = legend
    for panel in _PANELS:
        low = body - top - room - panel.height
        axes = page.place(MARGIN, low, MARGIN, top + room)
        axes.set(xlim=(0, _ROOM), ylim=(0, panel.height), xticks=[], yticks=[])
        axes.set_axis_off()
        axes.annotate(_say(f"panel_{panel.name}"), (0, 1), (0, 7), xycoords="axes fraction",
                      textcoords="offset points", weight="bold", size=LABEL, va="bottom")
        axes.plot([0, _ROOM], [panel.height + room] * 2, color=SOFT, linewidth=0.6, clip_on=False)
        _panel(axes, panel)
        top += room + panel.height + gap
    return page.figure


def _legend(axes: Axes) -> None:
    axes.set_axis_off()
    high = axes.get_position().height * axes.figure.get_figheight()  # type: ignore[union-attr]
    axes.set(xlim=(0, _ROOM), ylim=(0, high), xticks=[], yticks=[])
    left, y = 0.05, high - 0.16
    for side in _SIDES:
        label = say(f"charts_crisis.timeline.side_{side.replace(' ', '_')}")
        wide = text_width(label, SMALL) + 0.16
        if left + wide > _ROOM:
            left, y = 0.05, y - 0.36
        _box(axes, label, side, (left + wide / 2, y), weight="normal")
        left += wide + 0.1


def _box(axes: Axes, label: str, side: str, spot: Point, weight: str = "bold") -> None:
    colour, line, width = _SIDES[side]
    wide = text_width(label, SMALL, weight) + 0.12
    axes.add_artist(FancyBboxPatch(
        (spot[0] - wide / 2, spot[1] - _HIGH / 2), wide, _HIGH, boxstyle="round,pad=0,rounding_size"
        "=0.05", facecolor="white", edgecolor=colour, linestyle=line, linewidth=width, zorder=4,
        clip_on=False))
    axes.text(*spot, label, size=SMALL, weight=weight, color=ink(colour), ha="center",
              va="center_baseline", zorder=5)


def _panel(axes: Axes, panel: _Panel) -> None:
    for name, spot in panel.places.items():
        _box(axes, name, _kinds()[name], spot)
    for row in _links(panel.relations):
        curve = _curve(panel, row)
        fight = row["relation"] == "fought"
        # A straight line needs no more than its ends.
        drawn = curve[::10] if _bend(row) else [curve[0], curve[-1]]
        _arrow(axes, drawn, both_ways=fight, dotted=row["relation"] in ("tied_to", "member_of"))
        # The heading of the fights says what their lines mean, so the dates are enough.
        words = _folded(_dates(row)) if fight else (
            f"{_say('verb_' + row['relation'])}\n{_dates(row)}")
        key = (row["actor"], row["relation"], row["target"])
        _words(axes, curve[round(_ALONG.get(key, 0.5) * (len(curve) - 1))], words)


def _folded(words: str) -> str:
    """Break a long range of dates after its dash."""
    return words.replace("–", "–\n") if len(words) > len("2012–2013") else words


def _words(axes: Axes, spot: Point, words: str) -> Text:
    return axes.text(*spot, words, size=SMALL, ha="center", va="center", linespacing=1.1, zorder=3,
                     color=INK, bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.0})


def _bend(row: Row) -> float:
    return _BENDS.get((row["actor"], row["relation"], row["target"]), 0.0)


def _curve(panel: _Panel, row: Row) -> list[Point]:
    """Return the line between two boxes as points, from edge to edge."""
    (x1, y1), (x2, y2) = panel.places[row["actor"]], panel.places[row["target"]]
    bend = _bend(row)
    xm, ym = (x1 + x2) / 2 - bend * (y2 - y1), (y1 + y2) / 2 + bend * (x2 - x1)
    points = []
    for step in range(201):
        t = step / 200
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t**2
        points.append((a * x1 + b * xm + c * x2, a * y1 + b * ym + c * y2))
    return [one for one in points
            if not any(_inside(one, panel.places[name], name)
                       for name in (row["actor"], row["target"]))]


def _inside(point: Point, middle: Point, name: str) -> bool:
    wide = text_width(name, SMALL, "bold") / 2 + 0.08
    return abs(point[0] - middle[0]) < wide and abs(point[1] - middle[1]) < _HIGH / 2 + 0.02


def _arrow(axes: Axes, curve: Sequence[Point], *, both_ways: bool, dotted: bool) -> None:
    axes.add_artist(FancyArrowPatch(
        path=Path(list(curve)), arrowstyle="<|-|>" if both_ways else "-|>", mutation_scale=10,
        color=INK if both_ways else SOFT, linewidth=1.5 if both_ways else 1.2, zorder=2,
        linestyle=(0, (2, 1.5)) if dotted else "-", shrinkA=0, shrinkB=0))

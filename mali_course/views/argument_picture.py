"""The argument map that a learner built: claims as boxes, links as arrows beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from mali_course.argument.claims import Argument
from mali_course.argument.judging import Judged
from mali_course.charts.chart_base import Chart
from mali_course.charts.style import (
    BLUE,
    INK,
    LABEL,
    MARGIN,
    SMALL,
    SOFT,
    VERMILLION,
    WIDTH,
    ink,
    plain_style,
    sheet,
    wrap,
)
from mali_course.core.datasets import publishers
from mali_course.core.formats import in_words, listed
from mali_course.core.libraries import uninterrupted
from mali_course.core.messages import say
from mali_course.core.table import Table

__all__ = ["argument_map"]

_SOURCE = "CRS_2020_01"
_LANE = 0.3  # inches between two arrows
_STEM = 0.25  # inches between the boxes and the first of them
_HEAD = 0.12  # inches that the head of an arrow needs
_GAP = 0.2  # inches between two boxes
_PAD = 0.08
_LOOKS: Mapping[str, dict[str, Any]] = {
    "supported": {"color": BLUE, "linewidth": 2.6, "linestyle": "-"},
    "suggested": {"color": SOFT, "linewidth": 1.6, "linestyle": (0, (5, 3))},
    "absent": {"color": VERMILLION, "linewidth": 1.6, "linestyle": (0, (1, 2))},
}
_SIGNS: Mapping[str, str] = {"supported": "✓", "suggested": "?", "absent": "✗"}


def _ordered(judged: Sequence[Judged]) -> list[str]:
    """Return the claims so that arrows run down where they can: causes above what they cause."""
    ahead: dict[str, set[str]] = {}
    for one in judged:
        ahead.setdefault(one.drawn.source, set())
        ahead.setdefault(one.drawn.target, set()).add(one.drawn.source)
    found: list[str] = []
    while ahead:
        free = next((claim for claim, causes in ahead.items() if not causes - set(found)), None)
        # A learner may draw a circle: it is then cut at the claim named first.
        found.append(free if free is not None else next(iter(ahead)))
        del ahead[found[-1]]
    return found


def _texts(argument: Argument) -> dict[str, str]:
    return {claim.id: claim.text for claim in argument.claims}


def _key(argument: Argument, judged: Sequence[Judged]) -> list[str]:
    """Return the words of the links, which have no room beside the arrows."""
    relations = {relation.id: relation.text for relation in argument.relations}
    return [
        say("argument.picture.key", number=one.drawn.number, place=one.drawn.place,
            relation=relations[one.drawn.relation], verdict=say(f"argument.verdict.{one.verdict}"))
        for one in judged
    ]


def _draw(title: str, argument: Argument, judged: Sequence[Judged]) -> Figure:
    texts, order = _texts(argument), _ordered(judged)
    room = WIDTH - 2 * MARGIN - _LANE * len(judged) - _STEM
    ends = {claim: sum((one.drawn.source == claim) + (one.drawn.target == claim) for one in judged)
            for claim in order}
    labels = {claim: wrap(texts[claim], room - 2 * _PAD) for claim in order}
    heights = {claim: max((text.count("\n") + 1) * LABEL * 1.25 / 72 + 2 * _PAD,
                          _HEAD * (ends[claim] + 1))
               for claim, text in labels.items()}
    key = _key(argument, judged)
    body = sum(heights.values()) + _GAP * len(order) + 0.1 + len(key) * SMALL * 1.4 / 72
    page = sheet(title, say("argument.picture.source", publishers=publishers([_SOURCE])), body)
    axes = page.place(0, 0, 0, 0)
    axes.set_axis_off()
    axes.set(xlim=(0, WIDTH), ylim=(body, 0), xticks=[], yticks=[])
    middle: dict[str, float] = {}
    y = 0.06
    for claim in order:
        axes.add_artist(Rectangle((MARGIN, y), room, heights[claim], facecolor="white",
                                  edgecolor=INK, linewidth=1))
        middle[claim] = y + heights[claim] / 2
        axes.text(MARGIN + _PAD, middle[claim], labels[claim], va="center", linespacing=1.2)
        y += heights[claim] + _GAP
    axes.text(MARGIN, y - 0.04, "\n".join(key), size=SMALL, va="top", linespacing=1.3)
    edge = MARGIN + room
    points = _ends(judged, middle, heights)
    for lane, one in enumerate(judged):
        _arrow(axes, edge, edge + _STEM + (lane + 0.3) * _LANE, points[one.drawn.number], one)
    return page.figure


def _ends(judged: Sequence[Judged], middle: Mapping[str, float],
          heights: Mapping[str, float]) -> dict[int, tuple[float, float]]:
    """Return where each arrow leaves its box and where it arrives: no two at one point."""
    at: dict[str, list[tuple[int, int]]] = {}
    for one in judged:
        at.setdefault(one.drawn.source, []).append((one.drawn.number, 0))
        at.setdefault(one.drawn.target, []).append((one.drawn.number, 1))
    found: dict[int, list[float]] = {one.drawn.number: [0.0, 0.0] for one in judged}
    for claim, ends in at.items():
        for place, (number, end) in enumerate(ends, start=1):
            share = place / (len(ends) + 1) - 0.5
            found[number][end] = middle[claim] + share * heights[claim]
    return {number: (start, end) for number, (start, end) in found.items()}


def _arrow(axes: Axes, edge: float, lane: float, ends: tuple[float, float], one: Judged) -> None:
    look = _LOOKS[one.verdict or "absent"]
    start, end = ends
    axes.plot([edge, lane, lane, edge + 0.08], [start, start, end, end], **look,
              solid_joinstyle="miter")
    axes.plot([edge + 0.07], [end], marker="<", markersize=7, color=look["color"])
    sign = f"{one.drawn.number}\n{_SIGNS[one.verdict or 'absent']}"
    axes.text(lane, (start + end) / 2, sign, size=SMALL, weight="bold", ha="center", va="center",
              color=ink(str(look["color"])), linespacing=1.05,
              bbox={"facecolor": "white", "edgecolor": "none", "pad": 1})


def _table(argument: Argument, judged: Sequence[Judged]) -> Table:
    texts = _texts(argument)
    relations = {relation.id: relation.text for relation in argument.relations}
    names = ("number", "from", "relation", "to", "place", "verdict")
    cells = tuple(
        (
            one.drawn.number, texts[one.drawn.source], relations[one.drawn.relation],
            texts[one.drawn.target], one.drawn.place, say(f"argument.verdict.{one.verdict}"),
        )
        for one in judged
    )
    columns = tuple(say(f"argument.picture.col_{name}") for name in names)
    return Table(say("argument.picture.caption"), columns, cells)


def _reading(judged: Sequence[Judged]) -> str:
    parts = [
        say(f"argument.picture.part_{verdict}", count=in_words(count))
        for verdict in _LOOKS
        if (count := sum(one.verdict == verdict for one in judged))
    ]
    reading = say("argument.picture.reading", parts=listed(parts))
    off = sum(one.verdict != "absent" and not one.at_place for one in judged)
    if off:
        reading += " " + say("argument.picture.off_place", count=off)
    return reading


def argument_map(argument: Argument, judged: Sequence[Judged]) -> Chart:
    """Draw the links of a map that could be judged.

    Parameters
    ----------
    argument : Argument
    judged : sequence of Judged
        At least one with a verdict; others are left out.

    Raises
    ------
    ValueError
        If nothing can be drawn.

    Examples
    --------
    >>> from mali_course.argument.claims import the_argument
    >>> from mali_course.argument.judging import judge
    >>> one = the_argument().links[0]
    >>> row = {"from-1": [one.source], "relation-1": [one.relation], "to-1": [one.target]}
    >>> drawn = judge(the_argument(), {**row, "place-1": [the_argument().places[0]]})
    >>> len(argument_map(the_argument(), drawn).table.rows)
    1
    """
    judged = [one for one in judged if one.verdict]
    if not judged:
        raise ValueError("a map needs at least one link with a verdict")
    texts = _texts(argument)
    right, count = sum(one.right for one in judged), len(judged)
    title = say("argument.picture.title", right=right, count=count)
    links = "; ".join(
        say("argument.picture.alt_link", number=one.drawn.number, source=texts[one.drawn.source],
            target=texts[one.drawn.target], verdict=say(f"argument.verdict.{one.verdict}"))
        for one in judged
    )
    alt = say("argument.picture.alt", claims=in_words(len(_ordered(judged))),
              count=in_words(count), links=links)
    with plain_style(), uninterrupted():
        figure = _draw(title, argument, judged)
    return Chart(figure, title, alt, _reading(judged), _table(argument, judged), (_SOURCE,))

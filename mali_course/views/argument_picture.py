"""The argument map that a learner built: claims as boxes, links as arrows beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from mali_course.argument.claims import Argument
from mali_course.argument.judging import Judged
from mali_course.charts import canvas, style
from mali_course.charts.canvas import ChartTexts
from mali_course.charts.chart_base import Chart
from mali_course.core.datasets import publisher_names
from mali_course.core.formats import in_words, listed
from mali_course.core.table import Table

__all__ = ["argument_map"]

_TEXTS = ChartTexts("argument.picture")
_VERDICTS = ChartTexts("argument.verdict")
_SOURCE = "CRS_2020_01"
_LANE = 0.3  # inches between two arrows
_STEM = 0.25  # inches between the boxes and the first of them
_HEAD = 0.12  # inches that the head of an arrow needs
_GAP = 0.2  # inches between two boxes
_PAD = 0.08
_LINE, _KEY_LINE = style.LABEL * 1.25 / 72, style.SMALL * 1.4 / 72
_LOOKS: Mapping[str, dict[str, Any]] = {
    "supported": {"color": style.BLUE, "linewidth": 2.6, "linestyle": "-"},
    "suggested": {"color": style.SOFT, "linewidth": 1.6, "linestyle": (0, (5, 3))},
    "absent": {"color": style.VERMILLION, "linewidth": 1.6, "linestyle": (0, (1, 2))},
}
_SIGNS: Mapping[str, str] = {"supported": "✓", "suggested": "?", "absent": "✗"}


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
    >>> link = the_argument().links[0]
    >>> row = {"from-1": [link.source], "relation-1": [link.relation], "to-1": [link.target]}
    >>> drawn = judge(the_argument(), {**row, "place-1": [the_argument().places[0]]})
    >>> len(argument_map(the_argument(), drawn).table.rows)
    1
    """
    links = [link for link in judged if link.verdict]
    if not links:
        raise ValueError("a map needs at least one link with a verdict")
    texts = _texts_of(argument)
    title = _TEXTS("title", right=sum(link.right for link in links), count=len(links))
    alt = _TEXTS("alt", claims=in_words(len(_ordered_claims(links))), count=in_words(len(links)),
                 links="; ".join(
                     _TEXTS("alt_link", number=link.drawn.number, source=texts[link.drawn.source],
                            target=texts[link.drawn.target], verdict=_VERDICTS(str(link.verdict)))
                     for link in links))
    with style.plain_style():
        figure = _draw_figure(title, argument, links)
    return Chart(figure, title, alt, _reading_text(links), _links_table(argument, links),
                 (_SOURCE,))


def _texts_of(argument: Argument) -> dict[str, str]:
    """Return the texts of claims and relations by their ids."""
    return {claim.id: claim.text for claim in argument.claims} | {
        relation.id: relation.text for relation in argument.relations}


def _ordered_claims(links: Sequence[Judged]) -> list[str]:
    """Return the claims so that arrows run down where they can: causes above what they cause."""
    causes: dict[str, set[str]] = {}
    for link in links:
        causes.setdefault(link.drawn.source, set())
        causes.setdefault(link.drawn.target, set()).add(link.drawn.source)
    order: list[str] = []
    while causes:
        free = next((claim for claim, above in causes.items() if not above - set(order)), None)
        # A learner may draw a circle: it is then cut at the claim named first.
        order.append(free if free is not None else next(iter(causes)))
        del causes[order[-1]]
    return order


# --- In words ---------------------------------------------------------------------------------


def _links_table(argument: Argument, links: Sequence[Judged]) -> Table:
    texts = _texts_of(argument)
    return canvas.rows_table(_TEXTS, ("number", "from", "relation", "to", "place", "verdict"), [
        {"number": link.drawn.number, "from": texts[link.drawn.source],
         "relation": texts[link.drawn.relation], "to": texts[link.drawn.target],
         "place": link.drawn.place, "verdict": _VERDICTS(str(link.verdict))} for link in links])


def _reading_text(links: Sequence[Judged]) -> str:
    counts = {verdict: sum(link.verdict == verdict for link in links) for verdict in _LOOKS}
    reading = _TEXTS("reading", parts=listed(_TEXTS(f"part_{verdict}", count=in_words(count))
                                             for verdict, count in counts.items() if count))
    off = sum(link.verdict != "absent" and not link.at_place for link in links)
    return f"{reading} {_TEXTS('off_place', count=off)}" if off else reading


# --- The picture ------------------------------------------------------------------------------


def _draw_figure(title: str, argument: Argument, links: Sequence[Judged]) -> Figure:
    texts, order = _texts_of(argument), _ordered_claims(links)
    room = style.WIDTH - 2 * style.MARGIN - _LANE * len(links) - _STEM
    labels = {claim: style.wrap(texts[claim], room - 2 * _PAD) for claim in order}
    ends = [end for link in links for end in (link.drawn.source, link.drawn.target)]
    heights = {claim: max((label.count("\n") + 1) * _LINE + 2 * _PAD,
                          _HEAD * (ends.count(claim) + 1)) for claim, label in labels.items()}
    # The words of the links, which have no room beside the arrows.
    key = [_TEXTS("key", number=link.drawn.number, place=link.drawn.place,
                  relation=texts[link.drawn.relation], verdict=_VERDICTS(str(link.verdict)))
           for link in links]
    body = sum(heights.values()) + _GAP * len(order) + 0.1 + len(key) * _KEY_LINE
    figure, axes = canvas.inch_canvas(
        title, _TEXTS("source", publishers=publisher_names([_SOURCE])), body)
    middles: dict[str, float] = {}
    y = 0.06
    for claim in order:
        axes.add_artist(Rectangle((style.MARGIN, y), room, heights[claim], facecolor="white",
                                  edgecolor=style.INK, linewidth=1))
        middles[claim] = y + heights[claim] / 2
        axes.text(style.MARGIN + _PAD, middles[claim], labels[claim], va="center", linespacing=1.2)
        y += heights[claim] + _GAP
    axes.text(style.MARGIN, y - 0.04, "\n".join(key), size=style.SMALL, va="top", linespacing=1.3)
    edge = style.MARGIN + room
    spots = _arrow_ends(links, middles, heights)
    for lane, link in enumerate(links):
        _draw_arrow(axes, edge, edge + _STEM + (lane + 0.3) * _LANE, spots[link.drawn.number], link)
    return figure


def _arrow_ends(links: Sequence[Judged], middles: Mapping[str, float],
                heights: Mapping[str, float]) -> dict[int, tuple[float, float]]:
    """Return where each arrow leaves its box and where it arrives: no two at one point."""
    by_claim: dict[str, list[tuple[int, int]]] = {}
    for link in links:
        by_claim.setdefault(link.drawn.source, []).append((link.drawn.number, 0))
        by_claim.setdefault(link.drawn.target, []).append((link.drawn.number, 1))
    heads: dict[int, list[float]] = {link.drawn.number: [0.0, 0.0] for link in links}
    for claim, ends in by_claim.items():
        for place, (number, end) in enumerate(ends, start=1):
            share = place / (len(ends) + 1) - 0.5
            heads[number][end] = middles[claim] + share * heights[claim]
    return {number: (start, end) for number, (start, end) in heads.items()}


def _draw_arrow(axes: Axes, edge: float, lane: float, ends: tuple[float, float],
                link: Judged) -> None:
    verdict, (start, end) = link.verdict or "absent", ends
    look = _LOOKS[verdict]
    axes.plot([edge, lane, lane, edge + 0.08], [start, start, end, end], **look,
              solid_joinstyle="miter")
    axes.plot([edge + 0.07], [end], marker="<", markersize=7, color=look["color"])
    axes.text(lane, (start + end) / 2, f"{link.drawn.number}\n{_SIGNS[verdict]}",
              size=style.SMALL, weight="bold", ha="center", va="center",
              color=style.ink(str(look["color"])), linespacing=1.05, bbox=canvas.white_box(1))

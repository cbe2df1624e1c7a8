"""Lanes of time: a line for each group, joined where groups split or merge."""

from __future__ import annotations

import math
from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from mali_course.charts.cached_axes import KeptAxes
from mali_course.charts.lineage_data import Descent, Group, Link
from mali_course.charts.style import (
    BLUE,
    GREEN,
    GRID,
    INK,
    LABEL,
    MARGIN,
    REPORT_DATE,
    SMALL,
    SOFT,
    VERMILLION,
    WIDTH,
    Sheet,
    ink,
    plain_axes,
    plain_style,
    sheet,
    text_width,
    wrap,
)
from mali_course.core.dates import year_fraction
from mali_course.core.formats import day
from mali_course.core.messages import say

__all__ = ["LanesPicture"]

_FIRST, _LAST = 2010.75, 2020.2
_REPORT = year_fraction(REPORT_DATE)
_ROOM = WIDTH - 2 * MARGIN
_INCH = (_LAST - _FIRST) / _ROOM  # years
_NAME, _DATE, _GAP = 0.2, 0.17, 0.07  # inches above a line, below it for each row of words, between
_WORDS, _KEY, _AXIS, _FOOT = 0.55, 0.24, 0.3, 0.2
_SIDE = 0.06  # inches between an arrow and the words beside it
_BREAK = 0.09  # inches: an arrow leaves so much free on both sides of a lane that it only crosses
_DIAMOND, _AROUND = 6.5, 11  # points: a diamond on a lane, and one around the sign of its start
_PALE, _LATER = "#c4c4c4", "#ededed"
# Colour and line of each kind of link.
_SPLIT, _MERGE, _TIE = (VERMILLION, (0, (3, 1.6))), (BLUE, "-"), (SOFT, (0, (1, 1.4)))
_ARROWS: dict[str, tuple[str, Any]] = {
    "split_from": _SPLIT, "merged_into": _MERGE, "part_of": _TIE, "tied_to": _TIE,
}
_MARK = GREEN


def _say(key: str, **fields: object) -> str:
    return say(f"explorers/lineage.{key}", **fields)


class _Lane:
    """What is drawn of one group."""

    def __init__(self, axes: Axes, group: Group, y: float, tags: list[Link]) -> None:
        self.group, self.y = group, y
        early = group.start < _FIRST
        self.left = max(group.start, _FIRST + 0.06 * _INCH)
        style: dict[str, Any] = {"solid_capstyle": "butt", "zorder": 3}
        (self.line,) = axes.plot([], [], linewidth=3.2, color=INK, **style)
        (self.inside,) = axes.plot([], [], linewidth=1, color=SOFT, zorder=2)
        founded = group.row["founded"]
        exact = founded and founded.precision == "day"
        (self.start,) = axes.plot([self.left], [y], "<" if early else "o", markersize=6,
                                  color=INK, markerfacecolor=INK if exact else "white",
                                  markeredgewidth=1.5, zorder=4)
        side = self.left + (0 if early else _SIDE * _INCH)
        at = min(side, _LAST - text_width(group.name, SMALL, "bold") * _INCH)
        self.name: Text = axes.text(at, y - 0.05, group.name, size=SMALL, weight="bold",
                                    va="bottom", zorder=6)
        date = founded.without_day().short() if founded else _say("start_unknown")
        if founded and early:
            date = _say("since", date=date)
        beside: dict[str, Any] = {"x": side, "y": y + 0.05, "va": "top"}
        if early:  # beside the name, because arrows leave below
            wide = text_width(group.name, SMALL, "bold") + 0.12
            beside = {"x": side + wide * _INCH, "y": y - 0.05, "va": "bottom"}
        self.date: Text = axes.text(s=date, size=SMALL - 0.4, color=SOFT, zorder=6, **beside)
        self.tags: list[tuple[Link, Line2D, Text]] = []
        for number, link in enumerate(tags, start=1):
            around = abs(link.at - group.start) < 0.12 * _INCH
            (mark,) = axes.plot([link.at], [y], "D", markersize=_AROUND if around else _DIAMOND,
                                color=_MARK, markeredgecolor="white", markeredgewidth=0.8,
                                zorder=3.5 if around else 5)
            other = link.target if link.actor == group.name else link.actor
            words = _say(f"tag_{link.relation}", target=other,
                         when=link.row["since"].without_day().short())
            x = min(side, _REPORT - (text_width(words, SMALL - 0.4) + 0.08) * _INCH)
            text = axes.text(x, y + 0.05 + _DATE * number, words, size=SMALL - 0.4, va="top",
                             color=ink(_MARK), zorder=6)
            self.tags.append((link, mark, text))

    def show(self, moment: float, merged: float | None, *, strong: bool) -> None:
        """Draw the lane up to a moment; after a merger into another only as dots."""
        seen = self.group.start <= moment
        for artist in (self.line, self.inside, self.start, self.name, self.date):
            artist.set_visible(seen)
        until = min(one for one in (moment, self.group.end, merged) if one is not None)
        self.line.set_data([self.left, max(until, self.left)], [self.y, self.y])
        goes_on = merged is not None and self.group.end is None and merged < moment
        self.inside.set_data([until, moment] if goes_on else [], [self.y] * 2 if goes_on else [])
        colour = INK if strong else _PALE
        self.line.set_color(colour)
        self.inside.set_color(SOFT if strong else _PALE)
        self.start.set_markeredgecolor(colour)
        if self.start.get_markerfacecolor() != "white":
            self.start.set_markerfacecolor(colour)
        self.name.set_color(INK if strong else SOFT)
        self.name.set_fontweight("bold" if strong else "normal")
        for link, mark, text in self.tags:
            mark.set_visible(link.at <= moment)
            text.set_visible(link.at <= moment)
            mark.set_color(_MARK if strong else _PALE)
            text.set_color(ink(_MARK) if strong else SOFT)
            mark.set_markeredgecolor("white")


class LanesPicture:
    """The figure, drawn once; a view shows of it what had happened by a moment."""

    def __init__(self, descent: Descent) -> None:
        self.descent = descent
        names = [name for name, one in descent.groups.items()
                 if one.end is None or one.end > _FIRST]
        tags = {name: [one for one in descent.links if _is_tag(one, descent)
                       and name in (one.actor, one.target)] for name in names}
        heights = {name: _NAME + _DATE * (1 + len(tags[name])) + _GAP for name in names}
        body = _WORDS + _KEY + _AXIS + sum(heights.values()) + _FOOT
        with plain_style():
            self.page: Sheet = sheet("", _say("source"), body, title_lines=1)
            place = (MARGIN, _FOOT, MARGIN, _WORDS + _KEY + _AXIS)
            high = sum(heights.values())
            _ground(self.page.place(*place, KeptAxes), high)
            self.axes: Axes = self.page.place(*place)
            self.axes.set_axis_off()
            self.axes.set(xlim=(_FIRST, _LAST), ylim=(high, 0), xticks=[], yticks=[])
            self.later = Rectangle((0, 0), 0, high, facecolor=_LATER, edgecolor="none", zorder=0)
            self.axes.add_patch(self.later)
            self.axes.axvline(_REPORT, color=INK, linewidth=1.2,
                              linestyle=(0, (4, 3)), zorder=1)
            self.words: Text = self.axes.annotate(
                "", (0, 1), (0, (_AXIS + _KEY + _WORDS - 0.02) * 72), xycoords="axes fraction",
                textcoords="offset points", size=LABEL - 0.5, va="top", linespacing=1.2)
            self._key()
            self.lanes: dict[str, _Lane] = {}
            y = 0.0
            for name in names:
                self.lanes[name] = _Lane(self.axes, descent.groups[name], y + _NAME, tags[name])
                y += heights[name]
            self.arrows = [(link, *self._arrow(link)) for link in descent.links
                           if link.relation in _ARROWS and link.row["since"]
                           and {link.actor, link.target} <= set(self.lanes)]

    def _arrow(self, link: Link) -> tuple[Line2D, Line2D]:
        """Add an upright arrow: from the parent to what splits off, or into the merger."""
        first, last = self.lanes[link.actor], self.lanes[link.target]
        if link.relation == "split_from":
            first, last = last, first
        colour, dashes = _ARROWS[link.relation]
        down = last.y > first.y
        at = self.descent.place(link)
        ys = [first.y]
        for y in sorted(self._crossed(link, at), reverse=not down):
            side = _BREAK if down else -_BREAK
            ys += [y - side, math.nan, y + side]
        ys.append(last.y)
        (shaft,) = self.axes.plot([at] * len(ys), ys, color=colour, linewidth=1.8,
                                  linestyle=dashes, zorder=2.5)
        tip = last.y + (-0.075 if down else 0.075)
        (head,) = self.axes.plot([at], [tip], "v" if down else "^", markersize=7,
                                 color=colour, markeredgecolor="white", markeredgewidth=0.4,
                                 zorder=4.5)
        return shaft, head

    def _crossed(self, link: Link, at: float) -> list[float]:
        """Return where an arrow crosses lanes that have no part in what it shows."""
        part = {one.actor for one in self.descent.links
                if one.joins and (one.target, one.at) == (link.target, link.at)}
        low, high = sorted(self.lanes[name].y for name in (link.actor, link.target))
        return [lane.y for name, lane in self.lanes.items()
                if low < lane.y < high and name not in part and lane.group.lives(at)]

    def _key(self) -> None:
        """Explain the signs in a line above the lanes."""
        x = 0.0
        for key, colour, dashes in (("split", *_SPLIT), ("merge", *_MERGE), ("tie", *_TIE),
                                    ("pledge", _MARK, "")):
            words, y = _say(f"key_{key}"), -(_AXIS + _KEY / 2)
            at = [_FIRST + x * _INCH, _FIRST + (x + 0.26) * _INCH]
            if dashes:
                self.axes.plot(at, [y, y], color=colour, linewidth=1.8, linestyle=dashes,
                               clip_on=False)
            self.axes.plot([at[1] - (0.13 * _INCH if not dashes else 0)], [y],
                           ">" if dashes else "D", markersize=6, color=colour, clip_on=False)
            self.axes.text(_FIRST + (x + 0.34) * _INCH, y, words, size=SMALL, va="center",
                           color=ink(colour), weight="bold")
            x += 0.34 + text_width(words, SMALL, "bold") + 0.2

    def show(self, moment: float, chosen: set[str], title: str, words: str) -> None:
        """Set everything to a moment; lanes that are not chosen become pale."""
        self.page.title.set_text(title)
        self.words.set_text(wrap(words, _ROOM, LABEL - 0.5))
        self.later.set_bounds(moment, 0, _LAST - moment, self.axes.get_ylim()[0])
        for name, lane in self.lanes.items():
            merged = [link.at for link in self.descent.links
                      if link.actor == name and link.joins]
            lane.show(moment, min(merged) if merged else None, strong=name in chosen)
        for link, shaft, head in self.arrows:
            seen = link.at <= moment
            strong = {link.actor, link.target} <= chosen
            # Parts of one merger share a line: the strong ones lie above the pale ones.
            for artist, layer in ((shaft, 2.5), (head, 4.5)):
                artist.set_visible(seen)
                artist.set_zorder(layer + 0.1 * strong)
                artist.set_color(_ARROWS[link.relation][0] if strong else _PALE)
            head.set_markeredgecolor("white")


def _is_tag(link: Link, descent: Descent) -> bool:
    """Whether a link is a mark on a lane: its other end is no group of the table."""
    return bool(link.row["since"]) and len({link.actor, link.target} & set(descent.groups)) == 1


def _ground(axes: Axes, high: float) -> None:
    """Draw the years below the lanes, and name the line of the report."""
    plain_axes(axes, grid="")
    years = range(int(_FIRST) + 1, int(_LAST) + 1)
    axes.set(xlim=(_FIRST, _LAST), ylim=(high, 0), yticks=[], xticks=list(years))
    axes.xaxis.tick_top()
    axes.tick_params(length=0, labelsize=SMALL, pad=2)
    axes.vlines(list(years), 0, high, color=GRID, linewidth=0.8, zorder=0)
    axes.annotate(say("charts.frame.report_date", date=day(REPORT_DATE)), (1, 0), (0, -2),
                  xycoords="axes fraction", textcoords="offset points", size=SMALL, ha="right",
                  va="top")

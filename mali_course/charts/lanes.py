"""Lanes of time: a line for each group, joined where groups split or merge."""

from __future__ import annotations

import math
from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from mali_course.charts import canvas, style
from mali_course.charts.cached_axes import CachedAxes
from mali_course.charts.lineage_data import Descent, Group, Link

__all__ = ["LanesPicture"]

_TEXTS = canvas.ChartTexts("explorers/lineage")

_FIRST, _LAST = 2010.75, 2020.2
_ROOM = style.WIDTH - 2 * style.MARGIN
_INCH = (_LAST - _FIRST) / _ROOM  # years
_NAME, _DATE, _GAP = 0.2, 0.17, 0.07  # inches above a line, below it for each row of words, between
_WORDS, _KEY, _AXIS, _FOOT = 0.55, 0.24, 0.3, 0.2
_SIDE = 0.06  # inches between an arrow and the words beside it
_BREAK = 0.09  # inches: an arrow leaves so much free on both sides of a lane that it only crosses
_DIAMOND, _AROUND = 6.5, 11  # points: a diamond on a lane, and one around the sign of its start
_SMALL = style.SMALL - 0.4
_PALE, _LATER = "#c4c4c4", "#ededed"
# Colour and line of each kind of link.
_SPLIT, _MERGE = (style.VERMILLION, (0, (3, 1.6))), (style.BLUE, "-")
_TIE = (style.SOFT, (0, (1, 1.4)))
_ARROWS: dict[str, tuple[str, Any]] = {
    "split_from": _SPLIT, "merged_into": _MERGE, "part_of": _TIE, "tied_to": _TIE,
}
_MARK = style.GREEN


class _Lane:
    """What is drawn of one group."""

    def __init__(self, axes: Axes, group: Group, y: float, tags: list[Link]) -> None:
        self.axes, self.group, self.y = axes, group, y
        self.is_early = group.start < _FIRST
        self.left = max(group.start, _FIRST + 0.06 * _INCH)
        self.side = self.left + (0 if self.is_early else _SIDE * _INCH)  # where words begin
        self.name_width = style.text_width(group.name, style.SMALL, "bold")
        (self.line,) = axes.plot([], [], linewidth=3.2, color=style.INK, zorder=3,
                                 solid_capstyle="butt")
        (self.inside,) = axes.plot([], [], linewidth=1, color=style.SOFT, zorder=2)
        self.start = self._add_start()
        self.name: Text = axes.text(
            min(self.side, _LAST - self.name_width * _INCH), y - 0.05, group.name,
            size=style.SMALL, weight="bold", va="bottom", zorder=6)
        self.date = self._add_date()
        self.tags = [(link, *self._add_tag(link, number))
                     for number, link in enumerate(tags, start=1)]

    def _add_start(self) -> Line2D:
        founded = self.group.row["founded"]
        exact = founded and founded.precision == "day"
        (start,) = self.axes.plot(
            [self.left], [self.y], "<" if self.is_early else "o", markersize=6, color=style.INK,
            markerfacecolor=style.INK if exact else "white", markeredgewidth=1.5, zorder=4)
        return start

    def _add_date(self) -> Text:
        founded = self.group.row["founded"]
        date = founded.without_day().short() if founded else _TEXTS("start_unknown")
        place: dict[str, Any] = {"x": self.side, "y": self.y + 0.05, "va": "top"}
        if self.is_early:  # beside the name, because arrows leave below
            date = _TEXTS("since", date=date) if founded else date
            place = {"x": self.side + (self.name_width + 0.12) * _INCH, "y": self.y - 0.05,
                     "va": "bottom"}
        return self.axes.text(s=date, size=_SMALL, color=style.SOFT, zorder=6, **place)

    def _add_tag(self, link: Link, number: int) -> tuple[Line2D, Text]:
        """Add a diamond for a link out of the table, and its words below the lane."""
        around = abs(link.at - self.group.start) < 0.12 * _INCH
        (mark,) = self.axes.plot(
            [link.at], [self.y], "D", markersize=_AROUND if around else _DIAMOND, color=_MARK,
            markeredgecolor="white", markeredgewidth=0.8, zorder=3.5 if around else 5)
        other = link.target if link.actor == self.group.name else link.actor
        words = _TEXTS(f"tag_{link.relation}", target=other,
                       when=link.row["since"].without_day().short())
        x = min(self.side, canvas.REPORT_AT - (style.text_width(words, _SMALL) + 0.08) * _INCH)
        text = self.axes.text(x, self.y + 0.05 + _DATE * number, words, size=_SMALL, va="top",
                              color=style.ink(_MARK), zorder=6)
        return mark, text

    def show(self, moment: float, merged: float | None, *, strong: bool) -> None:
        """Draw the lane up to a moment; after a merger into another only as dots."""
        seen = self.group.start <= moment
        for artist in (self.line, self.inside, self.start, self.name, self.date):
            artist.set_visible(seen)
        until = min(end for end in (moment, self.group.end, merged) if end is not None)
        self.line.set_data([self.left, max(until, self.left)], [self.y, self.y])
        goes_on = merged is not None and self.group.end is None and merged < moment
        self.inside.set_data([until, moment] if goes_on else [], [self.y] * 2 if goes_on else [])
        colour = style.INK if strong else _PALE
        self.line.set_color(colour)
        self.inside.set_color(style.SOFT if strong else _PALE)
        self.start.set_markeredgecolor(colour)
        if self.start.get_markerfacecolor() != "white":
            self.start.set_markerfacecolor(colour)
        self.name.set(color=style.INK if strong else style.SOFT,
                      fontweight="bold" if strong else "normal")
        for link, mark, text in self.tags:
            mark.set(visible=link.at <= moment, color=_MARK if strong else _PALE,
                     markeredgecolor="white")
            text.set(visible=link.at <= moment, color=style.ink(_MARK) if strong else style.SOFT)


class LanesPicture:
    """The figure, drawn once; a view shows of it what had happened by a moment."""

    def __init__(self, descent: Descent) -> None:
        self.descent = descent
        names = [name for name, group in descent.groups.items()
                 if group.end is None or group.end > _FIRST]
        tags = {name: [link for link in descent.links if _is_tag(link, descent)
                       and name in (link.actor, link.target)] for name in names}
        heights = {name: _NAME + _DATE * (1 + len(tags[name])) + _GAP for name in names}
        high, head = sum(heights.values()), _WORDS + _KEY + _AXIS
        with style.plain_style():
            self.page = style.sheet("", _TEXTS("source"), head + high + _FOOT, title_lines=1)
            place = (style.MARGIN, _FOOT, style.MARGIN, head)
            _draw_years(self.page.place(*place, CachedAxes), high)
            self.axes: Axes = self.page.place(*place)
            self.axes.set_axis_off()
            self.axes.set(xlim=(_FIRST, _LAST), ylim=(high, 0), xticks=[], yticks=[])
            self.later = Rectangle((0, 0), 0, high, facecolor=_LATER, edgecolor="none", zorder=0)
            self.axes.add_patch(self.later)
            canvas.draw_report_line(self.axes, zorder=1)
            self.words: Text = canvas.draw_label(
                self.axes, "", (0, 1), (0, (head - 0.02) * 72), "axes", size=style.LABEL - 0.5,
                va="top", linespacing=1.2)
            _draw_key(self.axes)
            self.lanes: dict[str, _Lane] = {}
            y = 0.0
            for name in names:
                self.lanes[name] = _Lane(self.axes, descent.groups[name], y + _NAME, tags[name])
                y += heights[name]
            self.arrows = [(link, *self._draw_arrow(link)) for link in descent.links
                           if link.relation in _ARROWS and link.row["since"]
                           and {link.actor, link.target} <= set(self.lanes)]

    def _draw_arrow(self, link: Link) -> tuple[Line2D, Line2D]:
        """Add an upright arrow: from the parent to what splits off, or into the merger."""
        first, last = self.lanes[link.actor], self.lanes[link.target]
        if link.relation == "split_from":
            first, last = last, first
        colour, dashes = _ARROWS[link.relation]
        down = last.y > first.y
        at = self.descent.drawn_at(link)
        ys = [first.y]
        for y in sorted(self._crossed_lanes(link, at), reverse=not down):
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

    def _crossed_lanes(self, link: Link, at: float) -> list[float]:
        """Return where an arrow crosses lanes that have no part in what it shows."""
        parts = {other.actor for other in self.descent.links
                 if other.is_merger and (other.target, other.at) == (link.target, link.at)}
        low, high = sorted(self.lanes[name].y for name in (link.actor, link.target))
        return [lane.y for name, lane in self.lanes.items()
                if low < lane.y < high and name not in parts and lane.group.is_alive(at)]

    def show(self, moment: float, chosen: set[str], title: str, words: str) -> None:
        """Set everything to a moment; lanes that are not chosen become pale."""
        self.page.title.set_text(title)
        self.words.set_text(style.wrap(words, _ROOM, style.LABEL - 0.5))
        self.later.set_bounds(moment, 0, _LAST - moment, self.axes.get_ylim()[0])
        for name, lane in self.lanes.items():
            merged = [link.at for link in self.descent.links
                      if link.actor == name and link.is_merger]
            lane.show(moment, min(merged, default=None), strong=name in chosen)
        for link, shaft, head in self.arrows:
            strong = {link.actor, link.target} <= chosen
            # Parts of one merger share a line: the strong ones lie above the pale ones.
            for artist, layer in ((shaft, 2.5), (head, 4.5)):
                artist.set(visible=link.at <= moment, zorder=layer + 0.1 * strong,
                           color=_ARROWS[link.relation][0] if strong else _PALE)
            head.set_markeredgecolor("white")


def _is_tag(link: Link, descent: Descent) -> bool:
    """Whether a link is a mark on a lane: its other end is no group of the table."""
    return bool(link.row["since"]) and len({link.actor, link.target} & set(descent.groups)) == 1


def _draw_key(axes: Axes) -> None:
    """Explain the signs in a line above the lanes."""
    x, y = _FIRST, -(_AXIS + _KEY / 2)
    for key, (colour, dashes) in (("split", _SPLIT), ("merge", _MERGE), ("tie", _TIE),
                                  ("pledge", (_MARK, ""))):
        words, end = _TEXTS(f"key_{key}"), x + 0.26 * _INCH
        if dashes:
            axes.plot([x, end], [y, y], color=colour, linewidth=1.8, linestyle=dashes,
                      clip_on=False)
        axes.plot([end if dashes else x + 0.13 * _INCH], [y], ">" if dashes else "D",
                  markersize=6, color=colour, clip_on=False)
        axes.text(x + 0.34 * _INCH, y, words, size=style.SMALL, va="center",
                  color=style.ink(colour), weight="bold")
        x += (0.34 + style.text_width(words, style.SMALL, "bold") + 0.2) * _INCH


def _draw_years(axes: Axes, high: float) -> None:
    """Draw the years below the lanes, and name the line of the report."""
    style.plain_axes(axes, grid="")
    years = list(range(int(_FIRST) + 1, int(_LAST) + 1))
    axes.set(xlim=(_FIRST, _LAST), ylim=(high, 0), yticks=[], xticks=years)
    axes.xaxis.tick_top()
    axes.tick_params(length=0, labelsize=style.SMALL, pad=2)
    axes.vlines(years, 0, high, color=style.GRID, linewidth=0.8, zorder=0)
    canvas.draw_label(axes, canvas.report_label(), (1, 0), (0, -2), "axes", size=style.SMALL,
                      ha="right", va="top")

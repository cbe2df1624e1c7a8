"""The picture of the crisis: towns on a map, and a lane in time for each side."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import count
from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.text import Annotation, Text

from mali_course.charts import style
from mali_course.charts.basemap import MaliMap
from mali_course.charts.canvas import draw_label
from mali_course.core.dates import year_fraction
from mali_course.core.formats import short_month
from mali_course.explorers.crisis_events import (
    SIDES,
    CrisisChoice,
    CrisisEvent,
    crisis_events,
    crisis_texts,
    crisis_towns,
    value_text,
)
from mali_course.explorers.map_page import MapPage

__all__ = ["CrisisPicture"]

# Colour and marker of each side: no two share any.
_LOOKS = dict(zip(SIDES, (
    (style.VERMILLION, "o"), (style.BLACK, "s"), (style.GREEN, "^"), (style.BLUE, "D"),
    (style.PURPLE, "v"),
), strict=True))
_PALE = "#b9b9b9"
_MAP = MaliMap(
    (-12.6, 4.9, 10.0, 20.5),  # the north beyond has no event with a town
    neighbours={"MRT": (-9.6, 18.2), "DZA": (3.5, 20.05), "NER": (3.4, 14.2),
                "GIN": (-10.4, 11.0), "BFA": (0.9, 12.75)},
    widths=(0.5, 1.2, 1.4),
    without=("SLE",),
)
_ROOM = style.WIDTH - 2 * style.MARGIN
# On which side of its town a name stands; the others stand to the east.
_NAME_SIDES = {"Ménaka": "S", "Gao": "S", "Timbuktu": "N", "Diabaly": "W", "Bamako": "N",
               "Aguelhok": "N", "Ouagadougou": "S"}
_MARK = 6.5  # points
_GAP = 0.42  # degrees between the marks of sides in one town
_LANE = 0.47  # inches
_LANES = _LANE * len(SIDES)
_SUMMARY = 3 * style.LABEL * 1.3 / 72 + 0.1  # inches kept for the words between map and lanes


@cache
def _time_span() -> tuple[float, float]:
    return crisis_events()[0].at - 0.085, max(event.at for event in crisis_events()) + 0.045


def _year_inches() -> float:
    first, last = _time_span()
    return (_ROOM - 0.1) / (last - first)


@cache
def _mark_levels() -> Mapping[CrisisEvent, int]:
    """Return for each event how high it stands in its lane, so that no two marks touch."""
    apart = _MARK / 72 * 1.1 / _year_inches()
    levels: dict[CrisisEvent, int] = {}
    latest: dict[tuple[str, int], float] = {}  # side and level: the last mark there
    for event in crisis_events():
        level = next(level for level in count()
                     if event.at - latest.get((event["side"], level), -9e9) >= apart)
        latest[event["side"], level] = event.at
        levels[event] = level
    return levels


def _mark_height(event: CrisisEvent) -> float:
    lane = SIDES.index(event["side"])
    return -_LANE * (lane + 1) + 0.03 + (_mark_levels()[event] + 0.62) * _MARK * 1.12 / 72


class CrisisPicture:
    """The figure, drawn once; a view moves what is in it.

    Examples
    --------
    >>> picture = CrisisPicture()
    >>> picture.show_view(CrisisChoice("all", "all", 1), "A title", "A summary")
    >>> picture.tag.get_text()
    'October 2011'
    """

    def __init__(self) -> None:
        with style.plain_style():
            self.page = MapPage(_MAP, _draw_lanes, _LANES, _SUMMARY + 0.22, 0.4,
                                crisis_texts("source"), 2)
            self.summary: Annotation = draw_label(
                self.page.map, "", (0, 0), (0, -6), "axes", size=style.LABEL, va="top",
                linespacing=1.25)
            self._add_points()
            self.names = {town: self._add_name(town) for town in crisis_towns()}
            self._add_marks()
            self._add_moment()

    def _add_points(self) -> None:
        self.empty: Line2D
        self.ring: Line2D
        axes = self.page.map
        (self.empty,) = axes.plot([], [], "o", markersize=4, color="#8d8d8d", zorder=4)
        (self.ring,) = axes.plot([], [], "o", markersize=22, fillstyle="none",
                                 markeredgecolor=style.INK, markeredgewidth=2.2, zorder=6)
        self.points: dict[str, Line2D] = {}
        for side, (colour, marker) in _LOOKS.items():
            (self.points[side],) = axes.plot(
                [], [], marker, markersize=_MARK + 1, color=colour, markeredgecolor="white",
                markeredgewidth=0.7, zorder=5)

    def _add_name(self, town: str) -> Text:
        side = _NAME_SIDES.get(town, "E")
        right, up = ("E" in side) - ("W" in side), ("N" in side) - ("S" in side)
        return draw_label(
            self.page.map, town, crisis_towns()[town], (13 * right, 8 * up), size=style.LABEL,
            weight="bold", ha=("center", "left", "right")[right],
            va=("center", "bottom", "top")[up], path_effects=style.halo(2), zorder=7)

    def _add_marks(self) -> None:
        """Add the marks of each side, of days and of months: the pale ones and the chosen ones."""
        self.pale: dict[tuple[str, bool], Line2D] = {}
        self.marks: dict[tuple[str, bool], Line2D] = {}
        for side, (colour, marker) in _LOOKS.items():
            for exact in (True, False):
                look: dict[str, Any] = {"markersize": _MARK, "linestyle": "", "marker": marker}
                (self.pale[side, exact],) = self.page.lanes.plot(
                    [], [], markerfacecolor=_PALE if exact else "white", markeredgecolor=_PALE,
                    zorder=3, **look)
                (self.marks[side, exact],) = self.page.lanes.plot(
                    [], [], markerfacecolor=colour if exact else "white", markeredgecolor=colour,
                    markeredgewidth=0.5 if exact else 1.4, zorder=4, **look)

    def _add_moment(self) -> None:
        """Add what marks an event: a line, a ring and a date."""
        self.line: Line2D
        self.spot: Line2D
        axes = self.page.lanes
        (self.line,) = axes.plot([], [], color=style.INK, linewidth=1.4, linestyle=(0, (4, 3)),
                                 zorder=2)
        (self.spot,) = axes.plot([], [], "o", markersize=_MARK + 7, fillstyle="none",
                                 markeredgecolor=style.INK, markeredgewidth=2, zorder=5)
        self.tag: Annotation = draw_label(
            axes, "", (_time_span()[0], 0), (0, 2), weight="bold", size=style.LABEL, va="bottom",
            ha="center")

    def show_view(self, choice: CrisisChoice, title: str, summary: str) -> None:
        """Move everything to a choice."""
        self.page.title.set_text(style.wrap(title, _ROOM, style.TITLE, "bold"))
        self.summary.set_text(style.wrap(summary, 0.95 * _ROOM, style.LABEL))
        for (side, exact), marks in self.marks.items():
            lane = [event for event in crisis_events()
                    if event["side"] == side and event.exact is exact]
            _set_marks(marks, (event for event in lane if event in choice.events))
            _set_marks(self.pale[side, exact],
                       (event for event in lane if event not in choice.events))
        self._show_towns(choice)
        self._show_moment(choice.marked)

    def _show_moment(self, event: CrisisEvent | None) -> None:
        for artist in (self.line, self.spot, self.tag):
            artist.set_visible(event is not None)
        self.ring.set_visible(event is not None and event.mapped)
        if event is None:
            return
        self.line.set_data([event.at, event.at], [-_LANES, 0])
        _set_marks(self.spot, [event])
        self.tag.set_text(event.when)
        first, last = _time_span()
        room = (style.text_width(event.when, style.LABEL, "bold") / 2 + 0.03) / _year_inches()
        self.tag.xy = (min(max(event.at, first + room), last - room), 0)
        if event.mapped:
            self.ring.set_data([event["lon"]], [event["lat"]])

    def _show_towns(self, choice: CrisisChoice) -> None:
        spots: dict[str, list[tuple[float, float]]] = {side: [] for side in SIDES}
        empty = []
        for town, (lon, lat) in crisis_towns().items():
            sides = Counter(event["side"] for event in choice.events
                            if event["place"] == town and event.mapped)
            shown = [side for side in SIDES if side in sides]
            for place, side in enumerate(shown):
                spots[side].append((lon + (place - (len(shown) - 1) / 2) * _GAP, lat))
            if not shown:
                empty.append((lon, lat))
            self._show_name(town, sides.total())
        for side, points in spots.items():
            self.points[side].set_data([x for x, _ in points], [y for _, y in points])
        self.empty.set_data([x for x, _ in empty], [y for _, y in empty])

    def _show_name(self, town: str, events: int) -> None:
        words = crisis_texts("town_count", town=town, count=f"({events})") if events > 1 else town
        self.names[town].set(text=words, color=style.INK if events else style.SOFT,
                             fontweight="bold" if events else "normal")


def _set_marks(marks: Line2D, events: Iterable[CrisisEvent]) -> None:
    spots = [(event.at, _mark_height(event)) for event in events]
    marks.set_data([x for x, _ in spots], [y for _, y in spots])


def _draw_lanes(axes: Axes) -> None:
    """Draw the lanes below the marks, a name on each, and the axis of time."""
    style.plain_axes(axes, grid="")
    axes.set(xlim=_time_span(), ylim=(-_LANES, 0), yticks=[])
    axes.tick_params(pad=2)
    _draw_quarters(axes)
    first, last = _time_span()
    for year in range(int(first), int(last) + 1):
        middle = (max(year, first) + min(year + 1, last)) / 2
        draw_label(axes, str(year), (middle, -_LANES), (0, -17), size=style.SMALL, weight="bold",
                   va="top", ha="center")
        if year > first:
            axes.axvline(year, color=style.SOFT, linewidth=1, zorder=0)
    for place, (side, (colour, _)) in enumerate(_LOOKS.items()):
        top = -place * _LANE
        axes.axhline(top - _LANE + 0.03, color=style.SOFT, linewidth=0.8, zorder=1)
        draw_label(axes, value_text("side", side), (_name_start(side), top), (0, -3),
                   size=style.SMALL, weight="bold", va="top", color=style.ink(colour),
                   path_effects=style.halo(2), zorder=2)


def _draw_quarters(axes: Axes) -> None:
    first, last = _time_span()
    quarters = [datetime.date(year, month, 1) for year in range(int(first), int(last) + 1)
                for month in (1, 4, 7, 10)]
    starts = {year_fraction(date): short_month(date, year=False) for date in quarters
              if first <= year_fraction(date) <= last}
    axes.set_xticks(list(starts), list(starts.values()), size=style.SMALL)
    axes.vlines(list(starts), -_LANES, 0, color=style.GRID, linewidth=0.8, zorder=0)


def _name_start(side: str) -> float:
    """Return where the name of a lane begins: to the right of marks that reach up to it."""
    left = _time_span()[0]
    wide = style.text_width(value_text("side", side), style.SMALL, "bold") / _year_inches()
    high = [event.at for event, level in _mark_levels().items()
            if event["side"] == side and level > 1 and event.at - left < wide + 0.08]
    return max(high) + 0.08 if high else left

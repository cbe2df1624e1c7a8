"""The picture of the crisis: towns on a map, and a lane in time for each side."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.text import Text

from mali_course.charts import style
from mali_course.charts.basemap import MaliMap
from mali_course.charts.canvas import draw_label
from mali_course.core.dates import year_fraction
from mali_course.core.formats import short_month
from mali_course.explorers.explorer_base import explorer_texts
from mali_course.explorers.map_page import MapPage
from mali_course.explorers.moving import add_line, move_line

if TYPE_CHECKING:
    from mali_course.explorers.gallery.crisis import CrisisEvent, CrisisView

__all__ = ["SIDES", "CrisisPicture", "side_text"]

# Colour and marker of each side: no two share any.
_LOOKS = {
    "separatist rebels": (style.VERMILLION, "o"),
    "Islamist groups": (style.BLACK, "s"),
    "Malian army and state": (style.GREEN, "^"),
    "foreign armies": (style.BLUE, "D"),
    "international bodies": (style.PURPLE, "v"),
    "civilians": (style.SOFT, "P"),
}
SIDES = tuple(_LOOKS)
_PALE = "#b9b9b9"
_MAP = MaliMap(
    (-12.6, 4.9, 10.0, 20.8),  # the north beyond has no event with a town
    neighbours={"MRT": (-9.6, 18.2), "DZA": (3.5, 20.05), "NER": (3.4, 14.2),
                "GIN": (-10.4, 11.0), "BFA": (0.9, 12.75)},
    widths=(0.5, 1.2, 1.4),
    without=("SLE",),
)
_ROOM = style.WIDTH - 2 * style.MARGIN
# On which side of its town a name stands; the others stand to the east.
_NAME_SIDES = {"Ménaka": "S", "Gao": "S", "Timbuktu": "N", "Diabaly": "W", "Bamako": "N",
               "Aguelhok": "W", "Tessalit": "W", "Ouagadougou": "S"}
_MARK = 6.5  # points
_GAP = 0.42  # degrees between the marks of sides in one town
_LANE = 0.47  # inches
_LANES = _LANE * len(SIDES)
_MARK_KEYS = [(side, exact) for side in SIDES for exact in (True, False)]
_SUMMARY = 2 * style.LABEL * 1.3 / 72 + 0.1  # inches kept for the words between map and lanes


_texts = explorer_texts("crisis")


def side_text(side: str) -> str:
    """Return the name of a side as learners read it."""
    return _texts(f"side_{side.replace(' ', '_')}")


class _Timeline:
    """Where the events stand in time, and how high in the lane of their side."""

    def __init__(self, events: Sequence[CrisisEvent]) -> None:
        self.first = min(event.at for event in events) - 0.085
        self.last = max(event.at for event in events) + 0.045
        self.year_inches = (_ROOM - 0.1) / (self.last - self.first)
        self.levels = self._set_levels(events)

    def _set_levels(self, events: Sequence[CrisisEvent]) -> Mapping[CrisisEvent, int]:
        """Set the events of a lane one above the other where their marks would touch."""
        apart = _MARK / 72 * 1.1 / self.year_inches
        levels: dict[CrisisEvent, int] = {}
        latest: dict[tuple[str, int], float] = {}  # side and level: the last mark there
        for event in events:
            level = next(level for level in count()
                         if event.at - latest.get((event["side"], level), -9e9) >= apart)
            latest[event["side"], level] = event.at
            levels[event] = level
        return levels

    def spot_of(self, event: CrisisEvent) -> tuple[float, float]:
        foot = -_LANE * (SIDES.index(event["side"]) + 1) + 0.03
        return event.at, foot + (self.levels[event] + 0.62) * _MARK * 1.12 / 72

    def name_start(self, side: str) -> float:
        """Return where the name of a lane begins: to the right of marks that reach up to it."""
        wide = style.text_width(side_text(side), style.SMALL, "bold") / self.year_inches
        high = [event.at for event, level in self.levels.items() if event["side"] == side
                and level > 1 and event.at - self.first < wide + 0.08]
        return max(high) + 0.08 if high else self.first

    def draw_lanes(self, axes: Axes) -> None:
        """Draw the lanes below the marks, a name on each, and the axis of time."""
        style.plain_axes(axes, grid="")
        axes.set(xlim=(self.first, self.last), ylim=(-_LANES, 0), yticks=[])
        axes.tick_params(pad=2)
        years = range(int(self.first), int(self.last) + 1)
        self._draw_quarters(axes, years)
        for year in years:
            middle = (max(year, self.first) + min(year + 1, self.last)) / 2
            draw_label(axes, str(year), (middle, -_LANES), (0, -17), size=style.SMALL,
                       weight="bold", va="top", ha="center")
            if year > self.first:
                axes.axvline(year, color=style.SOFT, linewidth=1, zorder=0)
        for place, (side, (colour, _)) in enumerate(_LOOKS.items()):
            top = -place * _LANE
            axes.axhline(top - _LANE + 0.03, color=style.SOFT, linewidth=0.8, zorder=1)
            draw_label(axes, side_text(side), (self.name_start(side), top), (0, -3),
                       size=style.SMALL, weight="bold", va="top", color=style.ink(colour),
                       path_effects=style.halo(2), zorder=2)

    def _draw_quarters(self, axes: Axes, years: Iterable[int]) -> None:
        quarters = [datetime.date(year, month, 1) for year in years for month in (1, 4, 7, 10)]
        starts = {year_fraction(date): short_month(date, year=False) for date in quarters
                  if self.first <= year_fraction(date) <= self.last}
        axes.set_xticks(list(starts), list(starts.values()), size=style.SMALL)
        axes.vlines(list(starts), -_LANES, 0, color=style.GRID, linewidth=0.8, zorder=0)


class CrisisPicture(MapPage):
    """The figure, drawn once; a view moves what is in it."""

    def __init__(self, events: Sequence[CrisisEvent]) -> None:
        self.events, self.timeline = events, _Timeline(events)
        self.towns = {event["place"]: (event["lon"], event["lat"])
                      for event in events if event.is_mapped}
        super().__init__(_MAP, self.timeline.draw_lanes, _LANES, _SUMMARY + 0.22, 0.4,
                         _texts("source"), 2)
        with style.plain_style():
            self.summary = draw_label(self.map, "", (0, 0), (0, -6), "axes", size=style.LABEL,
                                      va="top", linespacing=1.25)
            self._add_points()
            self.names = {town: self._add_name(town) for town in self.towns}
            # Of each side, of days and of months.
            self.pale = {key: self._add_marks(*key, "") for key in _MARK_KEYS}
            self.marks = {key: self._add_marks(*key, _LOOKS[key[0]][0]) for key in _MARK_KEYS}
            self._add_moment()

    def _add_points(self) -> None:
        self.empty = add_line(self.map, "o", markersize=4, color="#8d8d8d", zorder=4)
        self.ring = add_line(self.map, "o", markersize=22, fillstyle="none",
                             markeredgecolor=style.INK, markeredgewidth=2.2, zorder=6)
        self.points = {side: add_line(
            self.map, marker, markersize=_MARK + 1, color=colour, markeredgecolor="white",
            markeredgewidth=0.7, zorder=5) for side, (colour, marker) in _LOOKS.items()}

    def _add_name(self, town: str) -> Text:
        side = _NAME_SIDES.get(town, "E")
        right, up = ("E" in side) - ("W" in side), ("N" in side) - ("S" in side)
        return draw_label(
            self.map, town, self.towns[town], (13 * right, 8 * up), size=style.LABEL,
            weight="bold", ha=("center", "left", "right")[right],
            va=("center", "bottom", "top")[up], path_effects=style.halo(2), zorder=7)

    def _add_marks(self, side: str, exact: bool, colour: str) -> Line2D:
        """Add marks in a colour, or pale ones; those of months are hollow."""
        look: dict[str, Any] = {"zorder": 3}
        if colour:
            look = {"zorder": 4, "markeredgewidth": 0.5 if exact else 1.4}
        return add_line(
            self.lanes, _LOOKS[side][1], markersize=_MARK, markeredgecolor=colour or _PALE,
            markerfacecolor=(colour or _PALE) if exact else "white", **look)

    def _add_moment(self) -> None:
        """Add what marks an event: a line, a ring and a date."""
        self.line = add_line(self.lanes, color=style.INK, linewidth=1.4, linestyle=(0, (4, 3)),
                             zorder=2)
        self.spot = add_line(self.lanes, "o", markersize=_MARK + 7, fillstyle="none",
                             markeredgecolor=style.INK, markeredgewidth=2, zorder=5)
        self.tag = draw_label(self.lanes, "", (self.timeline.first, 0), (0, 2), weight="bold",
                              size=style.LABEL, va="bottom", ha="center")

    def show_view(self, view: CrisisView) -> None:
        """Move everything to a choice."""
        self.title.set_text(style.wrap(view.title_text(), _ROOM, style.TITLE, "bold"))
        self.summary.set_text(style.wrap(view.summary_text(), 0.95 * _ROOM, style.LABEL))
        for side, exact in _MARK_KEYS:
            lane = [event for event in self.events
                    if event["side"] == side and event.is_exact is exact]
            for marks, chosen in ((self.marks, True), (self.pale, False)):
                move_line(marks[side, exact], (self.timeline.spot_of(event) for event in lane
                                               if (event in view.events) is chosen))
        self._show_towns(view)
        for artist in (self.line, self.spot, self.tag):
            artist.set_visible(view.marked is not None)
        self.ring.set_visible(view.marked is not None and view.marked.is_mapped)
        if view.marked:
            self._show_moment(view.marked)

    def _show_moment(self, event: CrisisEvent) -> None:
        time, date = self.timeline, event.date.in_words()
        move_line(self.line, [(event.at, -_LANES), (event.at, 0)])
        move_line(self.spot, [time.spot_of(event)])
        self.tag.set_text(date)
        room = (style.text_width(date, style.LABEL, "bold") / 2 + 0.03) / time.year_inches
        self.tag.xy = (min(max(event.at, time.first + room), time.last - room), 0)
        if event.is_mapped:
            move_line(self.ring, [(event["lon"], event["lat"])])

    def _show_towns(self, view: CrisisView) -> None:
        spots: dict[str, list[tuple[float, float]]] = {side: [] for side in SIDES}
        empty = []
        for town, (lon, lat) in self.towns.items():
            sides = Counter(event["side"] for event in view.events if event["place"] == town)
            shown = [side for side in SIDES if side in sides]
            for place, side in enumerate(shown):
                spots[side].append((lon + (place - (len(shown) - 1) / 2) * _GAP, lat))
            if not shown:
                empty.append((lon, lat))
            self._show_name(town, sides.total())
        for side, points in spots.items():
            move_line(self.points[side], points)
        move_line(self.empty, empty)

    def _show_name(self, town: str, events: int) -> None:
        words = _texts("town_count", town=town, count=f"({events})") if events > 1 else town
        self.names[town].set(text=words, color=style.INK if events else style.SOFT,
                             fontweight="bold" if events else "normal")

"""The crisis of 2011 to 2013, event by event, in time and on the map."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.text import Annotation, Text

from mali_course.charts.basemap import MaliMap
from mali_course.charts.cached_axes import KeptAxes
from mali_course.charts.chart_base import Chart
from mali_course.charts.style import (
    BLACK,
    BLUE,
    GREEN,
    GRID,
    INK,
    LABEL,
    MARGIN,
    PURPLE,
    SMALL,
    SOFT,
    TITLE,
    VERMILLION,
    WIDTH,
    Sheet,
    halo,
    ink,
    plain_axes,
    plain_style,
    sheet,
    text_width,
    wrap,
)
from mali_course.core.datasets import rows
from mali_course.core.dates import year_fraction
from mali_course.core.formats import in_words, month_of, short_month
from mali_course.core.messages import say
from mali_course.core.table import Table
from mali_course.forms.controls import Control, choose

__all__ = ["CrisisExplorer"]

Row = Mapping[str, Any]

_ALL = "all"
# Colour and marker of each side: no two share any.
_LOOKS = {
    "separatist rebels": (VERMILLION, "o"),
    "Islamist groups": (BLACK, "s"),
    "Malian army and state": (GREEN, "^"),
    "foreign armies": (BLUE, "D"),
    "international bodies": (PURPLE, "v"),
}
_PALE = "#b9b9b9"
_MAP = MaliMap(
    (-12.6, 4.9, 10.0, 20.5),  # the north beyond has no event with a town
    neighbours={"MRT": (-9.6, 18.2), "DZA": (3.5, 20.05), "NER": (3.4, 14.2),
                "GIN": (-10.4, 11.0), "BFA": (0.9, 12.75)},
    widths=(0.5, 1.2, 1.4),
    without=("SLE",),
)
_ROOM = WIDTH - 2 * MARGIN
_SIDES = {"Ménaka": "S", "Kidal": "E", "Gao": "S", "Konna": "E", "Timbuktu": "N", "Diabaly": "W",
          "Bamako": "N", "Aguelhok": "N", "Ouagadougou": "S"}
_MARK = 6.5  # points
_GAP = 0.42  # degrees between the marks of sides in one town
_LANE, _NAME = 0.47, 0.19  # inches: a lane, and the part of it for its name
_LINES = 3  # lines kept for the words between map and lanes


def _say(key: str, **fields: object) -> str:
    return say(f"charts_crisis.timeline.{key}", **fields)


def _word(column: str, value: str) -> str:
    return _say(f"{column}_{value.replace(' ', '_')}")


@dataclass(frozen=True)
class _Event:
    """One event of the table."""

    row: Row

    def __getitem__(self, column: str) -> Any:
        return self.row[column]

    @property
    def exact(self) -> bool:
        return bool(self.row["date"].precision == "day")

    @property
    def date(self) -> datetime.date:
        """The day, or the middle of the month."""
        middle: datetime.date = self.row["date"].middle
        return middle

    @property
    def when(self) -> str:
        return str(self.row["date"].in_words())

    @property
    def mapped(self) -> bool:
        return self.row["lon"] is not None

    @property
    def text(self) -> str:
        return str(self.row["event"]).rstrip(".")


@cache
def _events() -> tuple[_Event, ...]:
    return tuple(sorted(map(_Event, rows("crisis_events")), key=lambda one: one["date"]))


@cache
def _levels() -> Mapping[int, int]:
    """Return for each event how high it stands in its lane, so that no two marks touch."""
    apart = _MARK / 72 * 1.1 / _per_year()
    found: dict[int, int] = {}
    for side in _LOOKS:
        last: dict[int, float] = {}
        for number, one in enumerate(_events()):
            if one["side"] != side:
                continue
            at = year_fraction(one.date)
            level = next(n for n in range(99) if at - last.get(n, -9e9) >= apart)
            last[level] = at
            found[number] = level
    return found


def _span() -> tuple[float, float]:
    dates = [one.date for one in _events()]
    return year_fraction(min(dates)) - 0.085, year_fraction(max(dates)) + 0.045


def _per_year() -> float:
    """Return the inches that a year takes."""
    first, last = _span()
    return (_ROOM - 0.1) / (last - first)


@dataclass(frozen=True)
class _Choice:
    """What the controls choose."""

    side: str
    kind: str
    step: int | None  # from 0

    @property
    def numbers(self) -> tuple[int, ...]:
        """The events of the choice, as numbers in the table."""
        return tuple(
            number for number, one in enumerate(_events())
            if self.side in (_ALL, one["side"]) and self.kind in (_ALL, one["kind"])
        )

    @property
    def events(self) -> list[_Event]:
        return [_events()[number] for number in self.numbers]

    @property
    def at(self) -> int | None:
        """Where the marked event stands in the choice: the last one if there are too few."""
        if self.step is None or not self.numbers:
            return None
        return min(self.step, len(self.numbers) - 1)

    @property
    def marked(self) -> _Event | None:
        return None if self.at is None else self.events[self.at]

    @property
    def words(self) -> str:
        side = _say("all_sides") if self.side == _ALL else _word("side", self.side)
        kind = _say("all_kinds") if self.kind == _ALL else _word("kind", self.kind)
        if self.kind == _ALL:
            return side
        return kind if self.side == _ALL else _say("choice", side=side, kind=kind)


class _Picture:
    """The figure, drawn once; a view moves what is in it.

    What stands still, the map and the lanes, is in axes of its own below those that change.
    """

    def __init__(self) -> None:
        high = _MAP.height
        words = _LINES * LABEL * 1.3 / 72 + 0.1
        lanes = _LANE * len(_LOOKS)
        with plain_style():
            self.page: Sheet = sheet("", _say("source"), high + words + lanes + 0.62,
                                     title_lines=2)
            above = (MARGIN, words + lanes + 0.62, MARGIN, 0.0)
            below = (MARGIN, 0.4, MARGIN, high + words + 0.22)
            _MAP.draw(self.page.place(*above, KeptAxes))
            _lanes(self.page.place(*below, KeptAxes))
            self.map: Axes = self.page.place(*above)
            self.time: Axes = self.page.place(*below)
            for axes in (self.map, self.time):
                axes.set_axis_off()
            self.map.set(xlim=_MAP.box[:2], ylim=_MAP.box[2:], xticks=[], yticks=[])
            self.time.set(xlim=_span(), ylim=(-lanes, 0), xticks=[], yticks=[])
            self.summary: Text = self.map.annotate(
                "", (0, 0), (0, -6), xycoords="axes fraction", textcoords="offset points",
                size=LABEL, va="top", linespacing=1.25)
            self._add_points()
            self._add_marks()

    def _add_points(self) -> None:
        axes = self.map
        (self.empty,) = axes.plot([], [], "o", markersize=4, color="#8d8d8d", zorder=4)
        (self.ring,) = axes.plot([], [], "o", markersize=22, fillstyle="none",
                                 markeredgecolor=INK, markeredgewidth=2.2, zorder=6)
        self.points: dict[str, Line2D] = {}
        for side, (colour, marker) in _LOOKS.items():
            (self.points[side],) = axes.plot(
                [], [], marker, markersize=_MARK + 1, color=colour, markeredgecolor="white",
                markeredgewidth=0.7, zorder=5)
        self.names: dict[str, Text] = {}
        for town, (lon, lat) in _towns().items():
            side = _SIDES.get(town, "E")
            right, up = ("E" in side) - ("W" in side), ("N" in side) - ("S" in side)
            self.names[town] = axes.annotate(
                town, (lon, lat), (13 * right, 8 * up), textcoords="offset points", size=LABEL,
                weight="bold", ha=("center", "left", "right")[right],
                va=("center", "bottom", "top")[up], path_effects=halo(2), zorder=7)

    def _add_marks(self) -> None:
        axes = self.time
        self.marks: dict[tuple[str, bool], Line2D] = {}
        self.pale: dict[tuple[str, bool], Line2D] = {}
        for side, (colour, marker) in _LOOKS.items():
            for exact in (True, False):
                style: dict[str, Any] = {"markersize": _MARK, "linestyle": "", "marker": marker}
                (self.pale[side, exact],) = axes.plot(
                    [], [], markerfacecolor=_PALE if exact else "white", markeredgecolor=_PALE,
                    zorder=3, **style)
                (self.marks[side, exact],) = axes.plot(
                    [], [], markerfacecolor=colour if exact else "white", markeredgecolor=colour,
                    markeredgewidth=0.5 if exact else 1.4, zorder=4, **style)
        (self.line,) = axes.plot([], [], color=INK, linewidth=1.4, linestyle=(0, (4, 3)), zorder=2)
        (self.spot,) = axes.plot([], [], "o", markersize=_MARK + 7, fillstyle="none",
                                 markeredgecolor=INK, markeredgewidth=2, zorder=5)
        self.tag: Annotation = axes.annotate(
            "", (_span()[0], 0), (0, 2), textcoords="offset points", weight="bold", size=LABEL,
            va="bottom", ha="center")

    def show(self, choice: _Choice, title: str) -> None:
        """Move everything to a choice."""
        self.page.title.set_text(wrap(title, _ROOM, TITLE, "bold"))
        self.summary.set_text(wrap(_summary(choice), 0.95 * _ROOM, LABEL))
        chosen = set(choice.numbers)
        for side in _LOOKS:
            for exact in (True, False):
                own = [(number, one) for number, one in enumerate(_events())
                       if one["side"] == side and one.exact is exact]
                for line, wanted in ((self.marks, True), (self.pale, False)):
                    line[side, exact].set_data(
                        [year_fraction(one.date) for n, one in own
                         if (n in chosen) is wanted],
                        [_height(n) for n, _ in own if (n in chosen) is wanted])
        self._towns(choice)
        one = choice.marked
        for artist in (self.line, self.spot, self.tag):
            artist.set_visible(one is not None)
        self.ring.set_visible(one is not None and one.mapped)
        if one is not None and choice.at is not None:
            at = year_fraction(one.date)
            self.line.set_data([at, at], [-_LANE * len(_LOOKS), 0])
            self.spot.set_data([at], [_height(choice.numbers[choice.at])])
            self.tag.set_text(one.when)
            first, last = _span()
            room = (text_width(one.when, LABEL, "bold") / 2 + 0.03) / _per_year()
            self.tag.xy = (min(max(at, first + room), last - room), 0)
            if one.mapped:
                self.ring.set_data([one["lon"]], [one["lat"]])

    def _towns(self, choice: _Choice) -> None:
        marks: dict[str, list[tuple[float, float]]] = {side: [] for side in _LOOKS}
        empty = []
        for town, (lon, lat) in _towns().items():
            sides = Counter(one["side"] for one in choice.events
                            if one["place"] == town and one.mapped)
            shown = [side for side in _LOOKS if side in sides]
            for place, side in enumerate(shown):
                marks[side].append((lon + (place - (len(shown) - 1) / 2) * _GAP, lat))
            if not shown:
                empty.append((lon, lat))
            count = sides.total()
            self.names[town].set_text(
                _say("town_count", town=town, count=f"({count})") if count > 1 else town)
            self.names[town].set_color(INK if count else SOFT)
            self.names[town].set_fontweight("bold" if count else "normal")
        for side, points in marks.items():
            self.points[side].set_data([x for x, _ in points], [y for _, y in points])
        self.empty.set_data([x for x, _ in empty], [y for _, y in empty])


def _lanes(axes: Axes) -> None:
    """Draw the lanes below the marks, a name on each, and the axis of time."""
    plain_axes(axes, grid="")
    first, last = _span()
    low = -_LANE * len(_LOOKS)
    axes.set(xlim=(first, last), ylim=(low, 0), yticks=[])
    quarters = [datetime.date(year, month, 1) for year in range(int(first), int(last) + 1)
                for month in (1, 4, 7, 10)]
    shown = [(year_fraction(date), date) for date in quarters
             if first <= year_fraction(date) <= last]
    axes.set_xticks([at for at, _ in shown], [short_month(date, year=False) for _, date in shown],
                    size=SMALL)
    axes.tick_params(pad=2)
    axes.vlines([at for at, _ in shown], low, 0, color=GRID, linewidth=0.8, zorder=0)
    for year in range(int(first), int(last) + 1):
        starts, ends = max(float(year), first), min(float(year + 1), last)
        axes.annotate(str(year), ((starts + ends) / 2, low), (0, -17), textcoords="offset points",
                      size=SMALL, weight="bold", va="top", ha="center")
        if year > first:
            axes.axvline(year, color=SOFT, linewidth=1, zorder=0)
    for place, (side, (colour, _)) in enumerate(_LOOKS.items()):
        top = -place * _LANE
        axes.axhline(top - _LANE + 0.03, color=SOFT, linewidth=0.8, zorder=1)
        axes.annotate(_word("side", side), _spot(side, top), (0, -3),
                      textcoords="offset points", size=SMALL, weight="bold", va="top",
                      color=ink(colour), path_effects=halo(2), zorder=2)


def _spot(side: str, top: float) -> tuple[float, float]:
    """Return where the name of a lane begins: to the right of marks that reach up to it."""
    high = [year_fraction(_events()[number].date) for number, level in _levels().items()
            if _events()[number]["side"] == side and level > 1]
    left = _span()[0]
    wide = text_width(_word("side", side), SMALL, "bold") / _per_year()
    near = [at for at in high if at - left < wide + 0.08]
    return (max(near) + 0.08 if near else left, top)


@cache
def _towns() -> Mapping[str, tuple[float, float]]:
    return {one["place"]: (one["lon"], one["lat"]) for one in _events() if one.mapped}


def _height(number: int) -> float:
    lane = list(_LOOKS).index(_events()[number]["side"])
    return -_LANE * (lane + 1) + 0.03 + (_levels()[number] + 0.62) * _MARK * 1.12 / 72


class CrisisExplorer:
    """What happened when and where in the crisis, by side and kind, event by event.

    Examples
    --------
    >>> chart = CrisisExplorer().view({"side": "separatist rebels", "step": "2"})
    >>> "Ménaka" in chart.reading
    True
    """

    name = "crisis"

    def __init__(self) -> None:
        self.title: str = _say("title")
        self.question: str = _say("question")
        kinds = dict.fromkeys(one["kind"] for one in _events())
        self.controls: tuple[Control, ...] = (
            Control("side", _say("side"),
                    ((_ALL, _say("all_sides")), *((one, _word("side", one)) for one in _LOOKS)),
                    _ALL),
            Control("kind", _say("kind"),
                    ((_ALL, _say("all_kinds")), *((one, _word("kind", one)) for one in kinds)),
                    _ALL),
            Control("step", _say("step"),
                    ((_ALL, _say("all_steps")),
                     *((str(number), _say("step_option", number=number))
                       for number in range(1, len(_events()) + 1))), _ALL),
        )
        self._picture = _Picture()

    def view(self, values: Mapping[str, str]) -> Chart:
        """Return the chart for a side, a kind and a step.

        Parameters
        ----------
        values : mapping
            ``side``, ``kind`` and ``step``; what is odd or missing is replaced by the default. A
            step beyond the last event of the choice means the last.

        Returns
        -------
        Chart
            All views share one figure, which is set to this view when it is drawn.

        Examples
        --------
        >>> CrisisExplorer().view({"side": "no such side"}).table.columns[0]
        'Date'
        """
        side, kind, step = (choose(control, values) for control in self.controls)
        choice = _Choice(side, kind, None if step == _ALL else int(step) - 1)
        title = _headline(choice)
        sources = [one["source_id"] for one in choice.events] or [
            one["source_id"] for one in _events()]
        return Chart(
            figure=self._picture.page.figure,
            title=title,
            alt=_alt(choice),
            reading=_reading(choice, step),
            table=_table(choice),
            sources=tuple(dict.fromkeys((*sources, "NATURAL_EARTH", "GEONAMES_CITIES500",
                                         "GEONAMES_ML"))),
            note=_note(choice),
            prepare=partial(self._picture.show, choice, title),
        )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _counted(events: Sequence[_Event]) -> str:
    if not events:
        return _say("count_none")
    return _say("count_one") if len(events) == 1 else _say("count_many", count=len(events))


def _headline(choice: _Choice) -> str:
    one = choice.marked
    if one is not None:
        return _say("headline_step", when=one.when, place=one["place"])
    return _capital(_say("headline", choice=choice.words, count=_counted(choice.events)))


def _mapped(events: Sequence[_Event]) -> str:
    shown = sum(one.mapped for one in events)
    key = "mapped_all" if shown == len(events) else "mapped" if shown else "mapped_none"
    parts = [_say(key, shown=shown, count=len(events), without=len(events) - shown)]
    if any(one["place"] == "Ouagadougou" for one in events):
        parts.append(_say("outside"))
    return " ".join(parts)


def _summary(choice: _Choice) -> str:
    """Return the words between map and lanes."""
    one = choice.marked
    if one is None:
        return _mapped(choice.events) if choice.events else _say("none")
    return one.text + "."


def _reading(choice: _Choice, step: str) -> str:
    events, one = choice.events, choice.marked
    words = _capital(choice.words)
    if not events:
        return _say("reading_none", choice=choice.words, total=len(_events()))
    if one is None or choice.at is None:
        key = "reading_single" if len(events) == 1 else "reading_all"
        first, last = events[0], events[-1]
        return _say(key, choice=words, count=_counted(events), first=first.when, last=last.when,
                    first_place=first["place"], first_event=first.text, last_place=last["place"],
                    last_event=last.text, mapped=_mapped(events))
    where = _say("reading_mapped") if one.mapped else _say("reading_unmapped")
    if one["place"] == "Ouagadougou":
        where += " " + _say("outside")
    return _say("reading_step", number=choice.at + 1, count=len(events), choice=choice.words,
                when=one.when, place=one["place"], event=one.text, actor=one["actor"],
                where=where, since=_since(choice),
                beyond=_say("reading_beyond") if int(step) > len(events) else "")


def _since(choice: _Choice) -> str:
    """Say how long after the event before it the marked event comes, where both days are known."""
    if not choice.at:
        return ""
    before, one = choice.events[choice.at - 1], choice.events[choice.at]
    if not (before.exact and one.exact):
        return ""
    days = (one.date - before.date).days
    if not days:
        return _say("reading_same_day")
    return _say("reading_since",
                days=_say("days_one") if days == 1 else _say("days_many", days=days))


def _alt(choice: _Choice) -> str:
    counts = Counter(one["side"] for one in _events())
    sides = "; ".join(_say("side_count", side=_word("side", side), count=counts[side])
                      for side in _LOOKS)
    dates = [one.date for one in _events()]
    parts = [_say("alt", towns=len(_towns()), sides=sides, choice=choice.words,
                  first=month_of(min(dates)), last=month_of(max(dates)),
                  count=in_words(len(_LOOKS)))]
    one = choice.marked
    if not choice.events:
        parts.append(_say("alt_none"))
    elif one is not None and choice.at is not None:
        parts.append(_say("alt_step" if one.mapped else "alt_step_unmapped",
                          number=choice.at + 1, when=one.when, place=one["place"]))
    return " ".join(parts)


def _note(choice: _Choice) -> str:
    one = choice.marked
    if one is None or not one["note"]:
        return _say("note")
    return f"{_say('note_row', note=one['note'])} {_say('note')}"


def _table(choice: _Choice) -> Table:
    """Return the events of the choice, the marked one first."""
    one, events = choice.marked, choice.events
    ordered = events if one is None else [one, *(other for other in events if other is not one)]
    cells: list[tuple[Any, ...]] = [
        (str(row["date"]), row["place"], _word("side", row["side"]), row["actor"], row.text,
         _word("kind", row["kind"]), row["note"], row["source_id"]) for row in ordered
    ]
    heads = ("date", "place", "who", "actor", "event", "sort", "remark", "source_id")
    if not cells:
        cells = [(_say("empty"), *[None] * (len(heads) - 1))]
    caption = _say("caption" if one is None else "caption_step", choice=choice.words)
    return Table(caption, tuple(_say(key) for key in heads), tuple(cells))

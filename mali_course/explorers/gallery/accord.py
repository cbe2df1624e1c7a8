"""The accord of 2015: who owes which commitment, and what had been done by January 2020."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text

from mali_course.charts.cached_text import KeptText
from mali_course.charts.chart_base import Chart
from mali_course.charts.style import (
    BLUE,
    GREEN,
    GRID,
    INK,
    LABEL,
    MARGIN,
    SMALL,
    SOFT,
    TITLE,
    VERMILLION,
    WIDTH,
    ink,
    plain_style,
    sheet,
    wrap,
)
from mali_course.core.datasets import publishers, rows
from mali_course.core.formats import in_words, listed
from mali_course.core.messages import say
from mali_course.core.table import Table
from mali_course.forms.controls import Control, choose

__all__ = ["AccordExplorer"]

Row = Mapping[str, Any]

_ANY = "any"
_OWING = ("government", "armed groups", "both")
_PILLARS = ("political", "security", "development", "justice", "oversight")
_DONE, _NOT_STATED = "done", "not stated"
# A sign each, which can be told apart without the colour: a ring, empty or with a cross, a dot or a
# dash in it, filled by half or in full.
_COLOURS = {
    "not begun": VERMILLION, "not done": VERMILLION, "begun": BLUE, "partly": BLUE, _DONE: GREEN,
    _NOT_STATED: SOFT,
}
_INSIDE = {"not done": ("x", 7), "begun": (".", 9), _NOT_STATED: ("_", 8)}
_ROOM = WIDTH - 2 * MARGIN
_SIGN, _TEXT = MARGIN + 0.37, MARGIN + 0.86  # inches from the left: middle of a sign, edge of words
_ASCENT = 0.95  # part of a font's size that letters rise above their line
_SUMMARY = 0.62  # inches that the line of counts takes


def _say(key: str, **fields: object) -> str:
    return say(f"charts_accord.tracker.{key}", **fields)


def _key(owed_by: str) -> str:
    return owed_by.replace(" ", "_")


def _all() -> Sequence[Row]:
    """Return the commitments, those of one part of the accord together."""
    return sorted(rows("accord_commitments"), key=lambda row: _PILLARS.index(row["pillar"]))


def _line(size: float) -> float:
    """Return the height of a line in inches."""
    return size * 1.3 / 72


class _Picture:
    """The figure, drawn once; a view moves what is in it and gives it the height it needs."""

    def __init__(self) -> None:
        with plain_style():
            page = sheet("", "", 1)
            self.figure: Figure = page.figure
            self.title, self.source = page.figure.texts[:2]
            # Inches from the left and from the top.
            self.axes: Axes = self.figure.add_axes((0, 0, 1, 1))
            self.axes.set_axis_off()
            self.axes.set(xticks=[], yticks=[])
            self.signs = {state: self._sign(state) for state in _COLOURS}
            self.inside = {state: self._marks(marker, size, _COLOURS[state])
                           for state, (marker, size) in _INSIDE.items()}
            self.rules: Line2D = self.axes.plot([], [], color=GRID, linewidth=0.8, zorder=1)[0]
        self.kept: dict[Any, Any] = {}
        self.pool: list[Text] = []
        self.used = 0

    def _marks(self, marker: str, size: float, colour: str) -> Line2D:
        found: Line2D = self.axes.plot([], [], marker, markersize=size, color=colour,
                                       markeredgewidth=2, clip_on=False, zorder=3)[0]
        return found

    def _sign(self, state: str) -> Line2D:
        line = self._marks("o", 15, _COLOURS[state])
        line.set_markerfacecoloralt("white")
        if state == "partly":
            line.set_fillstyle("left")
        elif state != _DONE:
            line.set_markerfacecolor("white")
        return line

    def _put(self, x: float, y: float, words: str, size: float, colour: str = INK,
             weight: str = "normal", side: str = "left") -> float:
        """Set words with their upper edge at a height; return the height of their lower edge."""
        for line in words.splitlines():
            if self.used == len(self.pool):
                new = KeptText(self.kept, va="baseline", transform=self.axes.transData)
                self.axes.add_artist(new)
                self.pool.append(new)
            text = self.pool[self.used]
            self.used += 1
            text.set(x=x, y=y + _ASCENT * size / 72, text=line, fontsize=size, color=colour,
                     fontweight=weight, horizontalalignment=side, visible=True)
            y += _line(size)
        return y

    def show(self, chosen: Sequence[Row], title: str, source: str) -> None:
        """Set everything to some commitments."""
        self.used = 0
        above, below = wrap(title, _ROOM, TITLE, "bold"), wrap(source, _ROOM, SMALL)
        y = MARGIN + (above.count("\n") + 1) * TITLE * 1.25 / 72 + 0.1
        places: dict[str, list[tuple[float, float]]] = {state: [] for state in _COLOURS}
        self._counts(chosen, y, places)
        y += _SUMMARY
        rules: list[float] = []
        for pillar in dict.fromkeys(row["pillar"] for row in chosen):
            own = [row for row in chosen if row["pillar"] == pillar]
            rules.append(y)
            y = self._put(MARGIN, y + 0.07, _say("heading", pillar=pillar.capitalize(),
                                                 count=len(own)), LABEL, SOFT, "bold") + 0.05
            for row in own:
                y = self._row(row, y, places)
        if not chosen:
            rules.append(y)
            y = self._put(MARGIN, y + 0.15, _say("nothing"), LABEL) + 0.1
        for state, line in self.signs.items():
            line.set_data([x for x, _ in places[state]], [at for _, at in places[state]])
        for state, line in self.inside.items():
            line.set_data(*self.signs[state].get_data())
        ends = (MARGIN, WIDTH - MARGIN, math.nan)
        self.rules.set_data([x for _ in rules for x in ends], [at for at in rules for _ in ends])
        for text in self.pool[self.used:]:
            text.set_visible(False)
        self._close(above, below, y)

    def _close(self, above: str, below: str, y: float) -> None:
        """Give the figure its height; title and source stand at its edges."""
        height = y + MARGIN + (below.count("\n") + 1) * SMALL * 1.35 / 72
        self.figure.set_size_inches(WIDTH, height)
        self.axes.set(xlim=(0, WIDTH), ylim=(height, 0))
        self.title.set(text=above, y=1 - MARGIN / height)
        self.source.set(text=below, y=MARGIN / height)

    def _counts(self, chosen: Sequence[Row], y: float,
                places: dict[str, list[tuple[float, float]]]) -> None:
        """Draw the line that counts the states and explains their signs."""
        counts = Counter(row["state"] for row in chosen)
        step = _ROOM / len(_COLOURS)
        for place, state in enumerate(_COLOURS):
            middle = MARGIN + step * (place + 0.5)
            places[state].append((middle - 0.15, y + 0.15))
            self._put(middle + 0.05, y + 0.05, str(counts[state]), LABEL + 1, INK, "bold")
            self._put(middle, y + 0.31, state, SMALL, ink(_COLOURS[state]), side="center")

    def _row(self, row: Row, y: float, places: dict[str, list[tuple[float, float]]]) -> float:
        room = WIDTH - MARGIN - _TEXT
        state = row["state"]
        places[state].append((_SIGN, y + 0.15))
        low = self._put(_SIGN, y + 0.3, state, SMALL, ink(_COLOURS[state]), "bold", "center")
        y = self._put(_TEXT, y, wrap(row["commitment"], room, LABEL, "bold"), LABEL, INK, "bold")
        if row["done_by_january_2020"]:
            y = self._put(_TEXT, y, wrap(row["done_by_january_2020"], room, SMALL + 0.4),
                          SMALL + 0.4)
        y = self._put(_TEXT, y, wrap(_meta(row), room, SMALL), SMALL, SOFT)
        return max(low, y) + 0.12


def _meta(row: Row) -> str:
    key = "meta_in_report" if row["in_report"] == "yes" else "meta"
    return _say(key, owed=_say(f"owes_{_key(row['owed_by'])}"), said_by=row["said_by"],
                locator=row["locator"])


class AccordExplorer:
    """What each side promised in 2015, and what had become of it by January 2020.

    Examples
    --------
    >>> chart = AccordExplorer().view({"owed_by": "armed groups"})
    >>> "owed by the armed groups alone" in chart.reading
    True
    """

    name = "accord"

    def __init__(self) -> None:
        self.title: str = _say("title")
        self.question: str = _say("question")
        self._all = _all()
        pillars = dict.fromkeys(row["pillar"] for row in self._all)
        self.controls: tuple[Control, ...] = (
            Control("owed_by", _say("owed_by"),
                    ((_ANY, _say("any_owed_by")),
                     *((one, _say(f"option_{_key(one)}")) for one in _OWING)), _ANY),
            Control("pillar", _say("pillar"),
                    ((_ANY, _say("any_pillar")), *((one, one) for one in pillars)), _ANY),
            Control("state", _say("state"),
                    ((_ANY, _say("any_state")), *((one, one) for one in _COLOURS)), _ANY),
        )
        self._picture = _Picture()

    def view(self, values: Mapping[str, str]) -> Chart:
        """Return the list of the commitments that fit.

        Parameters
        ----------
        values : mapping
            ``owed_by``, ``pillar`` and ``state``; what is odd or missing is replaced by "any".

        Returns
        -------
        Chart
            All views share one figure, which is set to this view when it is drawn.

        Examples
        --------
        >>> AccordExplorer().view({"pillar": "no such thing"}).table.columns[0]
        'Commitment'
        """
        wanted = {one.name: choose(one, values) for one in self.controls}
        chosen = [row for row in self._all
                  if all(value in (_ANY, row[name]) for name, value in wanted.items())]
        what = _what(wanted)
        title = _headline(chosen, self._all, wanted, what)
        sources = tuple(dict.fromkeys(row["source_id"] for row in chosen or self._all))
        source = _say("source", publishers=publishers(sources))
        return Chart(
            figure=self._picture.figure,
            title=title,
            alt=_alt(chosen, what),
            reading=_reading(chosen, self._all, wanted, what),
            table=_table(chosen, what),
            sources=sources,
            note=_say("note"),
            prepare=partial(self._picture.show, chosen, title, source),
        )


def _what(wanted: Mapping[str, str]) -> str:
    """Return the choice in words."""
    parts = []
    if wanted["owed_by"] != _ANY:
        parts.append(_say(f"phrase_{_key(wanted['owed_by'])}"))
    if wanted["pillar"] != _ANY:
        parts.append(_say("phrase_pillar", pillar=wanted["pillar"]))
    if wanted["state"] != _ANY:
        parts.append(_say("phrase_state", state=wanted["state"]))
    return _say("between").join(parts) or _say("all_phrase")


def _headline(chosen: Sequence[Row], every: Sequence[Row], wanted: Mapping[str, str],
              what: str) -> str:
    start = what[0].upper() + what[1:]
    if not chosen:
        return _say("headline_none", what=start)
    if wanted["state"] != _ANY:
        return _say("headline_state", what=start, count=len(chosen), all=len(every))
    return _say("headline", what=start, done=_count(chosen, _DONE), count=len(chosen))


def _count(chosen: Sequence[Row], state: str) -> int:
    return sum(row["state"] == state for row in chosen)


def _states(chosen: Sequence[Row]) -> str:
    found = [(state, _count(chosen, state)) for state in _COLOURS]
    return listed(_say("state_count", count=in_words(count), state=state)
                  for state, count in found if count)


def _reading(chosen: Sequence[Row], every: Sequence[Row], wanted: Mapping[str, str],
             what: str) -> str:
    if not chosen:
        return _say("reading_none", all=in_words(len(every)), what=what)
    if len(chosen) == 1:
        (row,) = chosen
        return _say("reading_one", all=in_words(len(every)), what=what, state=row["state"],
                    commitment=row["commitment"], said_by=row["said_by"])
    if len(chosen) == len(every):
        named = sum(row["in_report"] == "yes" for row in every)
        parts = [_say("reading_all", all=in_words(len(every)), in_report=in_words(named),
                      states=_states(every))]
    else:
        parts = [_say("reading", count=in_words(len(chosen)).capitalize(), what=what,
                      all=in_words(len(every)), states=_states(chosen))]
    if wanted["owed_by"] == wanted["state"] == _ANY:
        sides = []
        for side in _OWING:
            own = [row for row in chosen if row["owed_by"] == side]
            if own:
                done = _count(own, _DONE)
                sides.append(_say("side", phrase=_say(f"phrase_{_key(side)}"),
                                  count=in_words(len(own)),
                                  done=in_words(done) if done else _say("none")))
        told = "; ".join(sides)
        parts.append(_say("sides", sides=told[0].upper() + told[1:]))
    return " ".join(parts)


def _alt(chosen: Sequence[Row], what: str) -> str:
    if not chosen:
        return _say("alt_none", what=what)
    pillars = listed(dict.fromkeys(row["pillar"] for row in chosen))
    if len(chosen) == 1:
        return _say("alt_one", pillars=pillars, states=_states(chosen))
    return _say("alt", count=in_words(len(chosen)), pillars=pillars, states=_states(chosen))


def _table(chosen: Sequence[Row], what: str) -> Table:
    names = ("commitment", "owed_by", "pillar", "state", "done_by_january_2020", "said_by",
             "in_report", "locator", "source_id", "note")
    heads = tuple(_say(f"col_{'done' if name.startswith('done') else name}") for name in names)
    cells = tuple(tuple(row[name] or None for name in names) for row in chosen)
    if not cells:
        cells = ((_say("nothing"), *(None for _ in names[1:])),)
    return Table(_say("caption", what=what), heads, cells)

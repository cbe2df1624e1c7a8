"""The pictures of the mandate: a grid of all tasks, or a list of those that were chosen."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.path import Path
from matplotlib.textpath import TextPath

from mali_course.charts.style import (
    BLACK,
    BLUE,
    GREEN,
    INK,
    LABEL,
    MARGIN,
    SMALL,
    SOFT,
    VERMILLION,
    WIDTH,
    wrap,
)
from mali_course.core.formats import number, short_month
from mali_course.core.messages import say
from mali_course.explorers.rows_page import ROOM, RowsPage, line_height

__all__ = ["STANDINGS", "MandatePicture"]

Row = Mapping[str, Any]

# Marker, size, colour, and whether it is filled: no two look alike without their colour.
_LOOKS: Mapping[str, tuple[str, float, str, bool]] = {
    "first named": ("o", 11, GREEN, True),
    "named again": ("o", 8, BLUE, False),
    "changed": ("D", 8, VERMILLION, True),
    "first priority": ("s", 13, BLACK, True),
    "second priority": ("s", 13, BLACK, True),
}
_DIGITS = {"first priority": "1", "second priority": "2"}
STANDINGS = tuple(_LOOKS)

_NAMES = 1.3  # inches of the grid that the groups of tasks take
_TEXT = 1.02  # inches from the left to the words of a list


def _digit(text: str) -> Path:
    """Return a digit as a mark, its middle where the mark stands."""
    path = TextPath((0, 0), text, size=10, prop=FontProperties(family="DejaVu Sans", weight="bold"))
    box = path.get_extents()
    return Path(path.vertices - (box.p0 + box.p1) / 2, path.codes)


def _say(key: str, **fields: object) -> str:
    return say(f"charts_mission.mandate.{key}", **fields)


def _start(words: str) -> str:
    return words[0].upper() + words[1:]


class MandatePicture:
    """One figure for all views, each of which sets its words and moves its signs.

    Examples
    --------
    >>> picture = MandatePicture()
    >>> picture.grid([], [], "A title", "Source: UNHCR")
    >>> picture.page.figure.texts[0].get_text()
    'A title'
    """

    def __init__(self) -> None:
        self.page = RowsPage()
        self.signs = {name: self.page.marks(
            marker, size, colour, markerfacecolor=colour if filled else "white")
            for name, (marker, size, colour, filled) in _LOOKS.items()}
        self.digits: dict[str, Line2D] = {
            name: self.page.marks(_digit(digit), 8, "white", markeredgewidth=0)
            for name, digit in _DIGITS.items()}
        self.spans: Line2D = self.page.axes.plot([], [], color=BLACK, linewidth=2.4,
                                                 solid_capstyle="butt")[0]
        self._places: dict[str, list[tuple[float, float]]] = {}

    def _begin(self, title: str, tasks: Sequence[Row]) -> float:
        """Write the title and the signs, each with how often it stands below."""
        self._places = {name: [] for name in STANDINGS}
        y = self.page.begin(title)
        counts = Counter(row["standing"] for row in tasks)
        step = ROOM / len(STANDINGS)
        for place, name in enumerate(STANDINGS):
            middle = MARGIN + step * (place + 0.5)
            self._places[name].append((middle - 0.14, y + 0.13))
            self.page.put(middle + 0.05, y + 0.03, str(counts[name]), LABEL + 1, INK, "bold")
            self.page.put(middle, y + 0.28, wrap(name, step - 0.12, SMALL), SMALL, side="center")
        return y + 0.28 + 2 * line_height(SMALL) + 0.06

    def _finish(self, y: float, source: str, rules: Sequence[float]) -> None:
        for name, line in self.signs.items():
            line.set_data([x for x, _ in self._places[name]], [at for _, at in self._places[name]])
        for name, line in self.digits.items():
            line.set_data(*self.signs[name].get_data())
        self.page.rule(rules)
        self.page.finish(y, source)

    def grid(self, mandates: Sequence[Row], tasks: Sequence[Row], title: str,
             source: str) -> None:
        """Show all groups of tasks by resolution, and the ceilings below."""
        page = self.page
        y = self._begin(title, tasks)
        step = (ROOM - _NAMES) / max(len(mandates), 1)
        middle = {row["resolution"]: MARGIN + _NAMES + step * (place + 0.5)
                  for place, row in enumerate(mandates)}
        for row in mandates:
            name, year = row["resolution"].rstrip(")").split(" (")
            page.put(middle[row["resolution"]], y, name, SMALL, INK, "bold", "center")
            page.put(middle[row["resolution"]], y + line_height(SMALL), year, SMALL, SOFT,
                     side="center")
        y += 2 * line_height(SMALL) + 0.05
        rules = []
        for theme in dict.fromkeys(row["theme"] for row in tasks):
            rules.append(y)
            words = wrap(_start(theme), _NAMES - 0.05, SMALL)
            low = page.put(MARGIN, y + 0.05, words, SMALL, INK)
            for row in tasks:
                if row["theme"] == theme:
                    self._places[row["standing"]].append(
                        (middle[row["resolution"]], (y + low + 0.05) / 2))
            y = low + 0.05
        rules.append(y)
        y = self._ceilings(mandates, middle, y + 0.06)
        rules.append(y)
        y = page.put(MARGIN, y + 0.05, wrap(_say("terrorists"), ROOM, SMALL), SMALL)
        self._finish(y + 0.06, source, rules)

    def _ceilings(self, mandates: Sequence[Row], middle: Mapping[str, float], y: float) -> float:
        """Write each ceiling below the resolutions for which it holds."""
        page = self.page
        page.put(MARGIN, y, _say("at_most"), SMALL, INK, "bold")
        # A resolution that sets none leaves the one that is in force.
        spans: list[tuple[int, list[float]]] = []
        for row in mandates:
            if row["uniformed"] is not None and (not spans or spans[-1][0] != row["uniformed"]):
                spans.append((row["uniformed"], []))
            if spans:
                spans[-1][1].append(middle[row["resolution"]])
        walls: list[tuple[float, float]] = []
        for ceiling, found in spans:
            left, right = found[0], found[-1]
            page.put((left + right) / 2, y + 0.08, number(ceiling), SMALL, INK, "bold", "center")
            walls += [(left - 0.18, y + 0.04), (right + 0.18, y + 0.04), (math.nan, math.nan)]
        self.spans.set_data([x for x, _ in walls], [at for _, at in walls])
        return y + 0.08 + line_height(SMALL) + 0.05

    def rows(self, mandate: Row | None, dates: Mapping[str, Any], tasks: Sequence[Row],
             title: str, source: str) -> None:
        """Show the tasks of a resolution, or those of one group over time."""
        page = self.page
        self.spans.set_data([], [])
        y = self._begin(title, tasks)
        rules = [y]
        y += 0.06
        if mandate:
            for words in _about(mandate):
                y = page.put(MARGIN, y, wrap(words, ROOM - MARGIN, LABEL), LABEL)
            y += 0.06
            rules.append(y)
            y += 0.06
        room = WIDTH - 2 * MARGIN - _TEXT  # drawn words can be a little wider than measured ones
        for row in tasks:
            self._places[row["standing"]].append((MARGIN + 0.38, y + 0.14))
            words = wrap(row["standing"], 0.84, SMALL)
            low = page.put(MARGIN + 0.38, y + 0.27, words, SMALL, INK, side="center")
            name = _start(row["theme"]) if mandate else _say(
                "row_resolution", resolution=row["resolution"],
                when=short_month(dates[row["resolution"]]))
            y = page.put(_TEXT, y, wrap(name, room, LABEL, "bold"), LABEL, INK, "bold")
            y = page.put(_TEXT, y, wrap(row["task"], room, LABEL), LABEL)
            if row["note"]:
                y = page.put(_TEXT, y, wrap(row["note"], room, SMALL), SMALL, SOFT)
            y = max(low, y) + 0.1
        if not tasks:
            y = page.put(MARGIN, y + 0.05, wrap(_say("nothing"), ROOM - MARGIN, LABEL), LABEL) + 0.1
        self._finish(y, source, rules)


def _about(mandate: Row) -> list[str]:
    """Return what a resolution decides, and its ceiling."""
    lines = [_say("decision", decision=mandate["decision"])]
    if mandate["uniformed"] is None:
        return [*lines, _say("sets_no_ceiling")]
    lines.append(_say("ceiling", military=number(mandate["military"]),
                      police=number(mandate["police"]), all=number(mandate["uniformed"])))
    return lines

"""The pictures of the mandate: a grid of all tasks, or a list of those that were chosen."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.textpath import TextPath

from mali_course.charts import style
from mali_course.charts.canvas import Row
from mali_course.core.formats import number, short_month
from mali_course.explorers.explorer_base import explorer_texts, start_upper
from mali_course.explorers.moving import add_line, move_line
from mali_course.explorers.rows_page import ROOM, RowsPage, Signs, line_height

if TYPE_CHECKING:
    from mali_course.explorers.gallery.mandate import MandateView

__all__ = ["STANDINGS", "MandatePicture"]

# Marker, size, colour, and whether it is filled: no two look alike without their colour.
_LOOKS: Mapping[str, tuple[str, float, str, bool]] = {
    "first named": ("o", 11, style.GREEN, True),
    "named again": ("o", 8, style.BLUE, False),
    "changed": ("D", 8, style.VERMILLION, True),
    "first priority": ("s", 13, style.BLACK, True),
    "second priority": ("s", 13, style.BLACK, True),
}
_DIGITS = {"first priority": "1", "second priority": "2"}
STANDINGS = tuple(_LOOKS)

_NAMES = 1.3  # inches of the grid that the groups of tasks take
_TEXT = 1.02  # inches from the left to the words of a list
_SIGN = style.MARGIN + 0.38  # inches from the left to the signs of a list

_texts = explorer_texts("mandate")


def _digit_mark(digit: str) -> Path:
    """Return a digit as a mark, its middle where the mark stands."""
    font = FontProperties(family="DejaVu Sans", weight="bold")
    path = TextPath((0, 0), digit, size=10, prop=font)
    box = path.get_extents()
    return Path(path.vertices - (box.p0 + box.p1) / 2, path.codes)


class MandatePicture(RowsPage):
    """One figure for all views, each of which sets its words and moves its signs.

    Examples
    --------
    >>> MandatePicture().title.get_text()
    ''
    """

    def __init__(self) -> None:
        super().__init__()
        self.signs = Signs(
            {standing: self.add_marks(
                marker, size, colour, markerfacecolor=colour if filled else "white")
             for standing, (marker, size, colour, filled) in _LOOKS.items()},
            {standing: self.add_marks(_digit_mark(digit), 8, "white", markeredgewidth=0)
             for standing, digit in _DIGITS.items()})
        self.spans = add_line(self.axes, color=style.BLACK, linewidth=2.4, solid_capstyle="butt")

    def show_view(self, view: MandateView) -> None:
        """Show all tasks in a grid, or those that were chosen in a list."""
        y = self._put_counts(view.tasks, self.begin_view(view.title_text()))
        self.spans.set_data([], [])
        y, rules = self._put_grid(view, y) if view.is_grid else self._put_list(view, y)
        self.signs.show_signs()
        self.draw_rules(rules)
        self.finish_view(y, _texts("source"))

    def _put_counts(self, tasks: Sequence[Row], y: float) -> float:
        """Put the signs above the rows, each with how often it stands there."""
        counts = Counter(task["standing"] for task in tasks)
        step = ROOM / len(STANDINGS)
        for place, standing in enumerate(STANDINGS):
            middle = style.MARGIN + step * (place + 0.5)
            self.signs.place_sign(standing, middle - 0.14, y + 0.13)
            self.put_words(middle + 0.05, y + 0.03, str(counts[standing]), style.LABEL + 1,
                           weight="bold")
            self.put_words(middle, y + 0.28, standing, style.SMALL, side="center",
                           room=step - 0.12)
        return y + 0.28 + 2 * line_height(style.SMALL) + 0.06

    def _put_grid(self, view: MandateView, y: float) -> tuple[float, list[float]]:
        """Put all groups of tasks by resolution, and the ceilings below; return end and rules."""
        step = (ROOM - _NAMES) / len(view.mandates)
        middles = {row["resolution"]: style.MARGIN + _NAMES + step * (place + 0.5)
                   for place, row in enumerate(view.mandates)}
        y = self._put_heads(middles, y) + 0.05
        rules = []
        for theme, tasks in view.themes.items():
            rules.append(y)
            low = self.put_words(style.MARGIN, y + 0.05, start_upper(theme), style.SMALL,
                                 room=_NAMES - 0.05)
            for task in tasks:
                self.signs.place_sign(task["standing"], middles[task["resolution"]],
                                      (y + low + 0.05) / 2)
            y = low + 0.05
        rules.append(y)
        y = self._put_ceilings(view.mandates, middles, y + 0.06)
        rules.append(y)
        y = self.put_words(style.MARGIN, y + 0.05, _texts("terrorists"), style.SMALL, room=ROOM)
        return y + 0.06, rules

    def _put_heads(self, middles: Mapping[str, float], y: float) -> float:
        """Write the resolutions above their columns: number, and year below it."""
        for resolution, middle in middles.items():
            name, year = resolution.rstrip(")").split(" (")
            self.put_words(middle, y, name, style.SMALL, weight="bold", side="center")
            self.put_words(middle, y + line_height(style.SMALL), year, style.SMALL, style.SOFT,
                           side="center")
        return y + 2 * line_height(style.SMALL)

    def _put_ceilings(self, mandates: Sequence[Row], middles: Mapping[str, float],
                      y: float) -> float:
        """Write each ceiling below the resolutions for which it holds."""
        self.put_words(style.MARGIN, y, _texts("at_most"), style.SMALL, weight="bold")
        walls: list[tuple[float, float]] = []
        for ceiling, first, last in _ceiling_spans(mandates):
            left, right = middles[first], middles[last]
            self.put_words((left + right) / 2, y + 0.08, number(ceiling), style.SMALL,
                           weight="bold", side="center")
            walls += [(x, y + 0.04) for x in (left - 0.18, right + 0.18, math.nan)]
        move_line(self.spans, walls)
        return y + 0.08 + line_height(style.SMALL) + 0.05

    def _put_list(self, view: MandateView, y: float) -> tuple[float, list[float]]:
        """Put the tasks of a resolution, or those of one group over time; return end and rules."""
        rules = [y]
        y += 0.06
        if view.mandate:
            for words in _decision_texts(view.mandate):
                y = self.put_words(style.MARGIN, y, words, style.LABEL, room=ROOM - style.MARGIN)
            y += 0.06
            rules.append(y)
            y += 0.06
        for task in view.tasks:
            name = start_upper(task["theme"]) if view.mandate else _texts(
                "row_resolution", resolution=task["resolution"],
                when=short_month(task["adopted_on"]))
            y = self._put_task(task, name, y)
        return y, rules

    def _put_task(self, task: Row, name: str, y: float) -> float:
        # Drawn words can be a little wider than measured ones.
        room = style.WIDTH - 2 * style.MARGIN - _TEXT
        self.signs.place_sign(task["standing"], _SIGN, y + 0.14)
        low = self.put_words(_SIGN, y + 0.27, task["standing"], style.SMALL, side="center",
                             room=0.84)
        y = self.put_words(_TEXT, y, name, style.LABEL, weight="bold", room=room)
        y = self.put_words(_TEXT, y, task["task"], style.LABEL, room=room)
        y = self.put_words(_TEXT, y, task["note"], style.SMALL, style.SOFT, room=room)
        return max(low, y) + 0.1


def _ceiling_spans(mandates: Sequence[Row]) -> list[tuple[int, str, str]]:
    """Return each ceiling with the first and the last resolution for which it holds."""
    spans: list[tuple[int, str, str]] = []
    for row in mandates:
        # A resolution that sets none leaves the one that is in force.
        if row["uniformed"] is not None and (not spans or spans[-1][0] != row["uniformed"]):
            spans.append((row["uniformed"], row["resolution"], row["resolution"]))
        elif spans:
            spans[-1] = (*spans[-1][:2], row["resolution"])
    return spans


def _decision_texts(mandate: Row) -> list[str]:
    """Return what a resolution decides, and its ceiling."""
    decision = _texts("decision", decision=mandate["decision"])
    if mandate["uniformed"] is None:
        return [decision, _texts("sets_no_ceiling")]
    military, police, both = (number(mandate[kind]) for kind in
                              ("military", "police", "uniformed"))
    return [decision, _texts("ceiling", military=military, police=police, all=both)]

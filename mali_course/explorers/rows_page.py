"""A figure that is as high as its rows need: words are kept, and each view sets them anew."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.path import Path
from matplotlib.text import Text

from mali_course.charts.cached_text import KeptText
from mali_course.charts.style import (
    GRID,
    INK,
    MARGIN,
    SMALL,
    TITLE,
    WIDTH,
    plain_style,
    sheet,
    wrap,
)

__all__ = ["ROOM", "RowsPage", "line_height"]

ROOM = WIDTH - 2 * MARGIN
_ASCENT = 0.95  # part of a font's size that letters rise above their line


def line_height(size: float) -> float:
    """Return the height of a line of words in inches.

    Examples
    --------
    >>> line_height(72)
    1.3
    """
    return size * 1.3 / 72


class RowsPage:
    """A sheet in inches from the left and from the top, between a title and a source.

    Examples
    --------
    >>> page = RowsPage()
    >>> y = page.begin("A title")
    >>> page.put(0.1, y, "a row", 10) > y
    True
    >>> page.finish(y + 1, "Source: UNHCR")
    >>> page.figure.texts[0].get_text()
    'A title'
    """

    def __init__(self) -> None:
        with plain_style():
            page = sheet("", "", 1)
            self.figure: Figure = page.figure
            self.title, self.source = page.figure.texts[:2]
            self.axes: Axes = self.figure.add_axes((0, 0, 1, 1))
            self.axes.set_axis_off()
            self.axes.set(xticks=[], yticks=[])
            self.rules: Line2D = self.axes.plot([], [], color=GRID, linewidth=0.8, zorder=1)[0]
        self._kept: dict[Any, Any] = {}
        self._pool: list[Text] = []
        self._used = 0
        self._above = ""

    def begin(self, title: str) -> float:
        """Start a view; return the height at which its rows may begin."""
        self._used = 0
        self._above = wrap(title, ROOM, TITLE, "bold")
        return MARGIN + (self._above.count("\n") + 1) * TITLE * 1.25 / 72 + 0.1

    def put(self, x: float, y: float, words: str, size: float, colour: str = INK,
            weight: str = "normal", side: str = "left") -> float:
        """Set words with their upper edge at a height; return the height of their lower edge."""
        for line in words.splitlines():
            if self._used == len(self._pool):
                new = KeptText(self._kept, va="baseline", transform=self.axes.transData)
                self.axes.add_artist(new)
                self._pool.append(new)
            text = self._pool[self._used]
            self._used += 1
            text.set(x=x, y=y + _ASCENT * size / 72, text=line, fontsize=size, color=colour,
                     fontweight=weight, horizontalalignment=side, visible=True)
            y += line_height(size)
        return y

    def marks(self, marker: str | Path, size: float, colour: str, **look: Any) -> Line2D:
        """Return an empty row of marks, to be moved by the views."""
        shape: Any = marker
        with plain_style():
            found: Line2D = self.axes.plot([], [], linestyle="none", marker=shape,
                                           markersize=size, color=colour, clip_on=False, zorder=3,
                                           **{"markeredgewidth": 2} | look)[0]
        return found

    def rule(self, heights: Sequence[float]) -> None:
        """Draw quiet lines over the whole width."""
        ends = (MARGIN, WIDTH - MARGIN, math.nan)
        self.rules.set_data([x for _ in heights for x in ends], [y for y in heights for _ in ends])

    def finish(self, y: float, source: str) -> None:
        """Give the figure its height; title and source stand at its edges."""
        for text in self._pool[self._used:]:
            text.set_visible(False)
        below = wrap(source, ROOM, SMALL)
        height = y + MARGIN + (below.count("\n") + 1) * SMALL * 1.35 / 72
        self.figure.set_size_inches(WIDTH, height)
        self.axes.set(xlim=(0, WIDTH), ylim=(height, 0))
        self.title.set(text=self._above, y=1 - MARGIN / height)
        self.source.set(text=below, y=MARGIN / height)

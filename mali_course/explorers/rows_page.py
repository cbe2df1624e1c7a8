"""A figure that is as high as its rows need, and the signs that stand in its rows."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import IdentityTransform

from mali_course.charts import style
from mali_course.explorers.moving import add_line, move_line

__all__ = ["ROOM", "RowsPage", "Signs", "line_height"]

ROOM = style.WIDTH - 2 * style.MARGIN
_ASCENT = 0.95  # part of a font's size that letters rise above their line


def line_height(size: float) -> float:
    """Return the height of a line of words in inches.

    Examples
    --------
    >>> line_height(72)
    1.3
    """
    return size * 1.3 / 72


class _PixelText(Text):
    """A text that stands on whole pixels: it looks the same in each view, wherever it is."""

    def draw(self, renderer: Any) -> None:
        if not self.get_visible():
            return
        transform, spot = self.get_transform(), self.get_position()
        x, y = transform.transform(spot)
        self.set_transform(IdentityTransform())
        self.set_position((round(x), round(y)))
        super().draw(renderer)
        self.set_transform(transform)
        self.set_position(spot)


class RowsPage:
    """A sheet in inches from the left and from the top, between a title and a source.

    Examples
    --------
    >>> page = RowsPage()
    >>> y = page.begin_view("A title")
    >>> page.put_words(0.1, y, "a row", 10) > y
    True
    >>> page.finish_view(y + 1, "Source: UNHCR")
    >>> page.title.get_text()
    'A title'
    """

    def __init__(self) -> None:
        with style.plain_style():
            page = style.sheet("", "", 1)
            self.figure: Figure = page.figure
            self.title, self.source = page.figure.texts[:2]
            self.axes: Axes = self.figure.add_axes((0, 0, 1, 1))
            self.axes.set_axis_off()
            self.axes.set(xticks=[], yticks=[])
            self.rules = add_line(self.axes, color=style.GRID, linewidth=0.8, zorder=1)
        self._pool: list[Text] = []
        self._used = 0
        self._above = ""

    def begin_view(self, title: str) -> float:
        """Start a view; return the height at which its rows may begin."""
        self._used = 0
        self._above = style.wrap(title, ROOM, style.TITLE, "bold")
        return style.MARGIN + (self._above.count("\n") + 1) * style.TITLE * 1.25 / 72 + 0.1

    def put_words(self, x: float, y: float, words: str, size: float, colour: str = style.INK,
                  weight: str = "normal", side: str = "left", room: float = 0) -> float:
        """Set words with their upper edge at a height; return the height of their lower edge.

        Parameters
        ----------
        x, y : float
            In inches.
        words : str
        size, colour, weight, side : float, str
            Of the font, and which side of the words stands at `x`.
        room : float
            Inches that a line may be wide; the words stay one line if 0.
        """
        lines = style.wrap(words, room, size, weight).splitlines() if room else [words]
        for line in lines:
            self._next_text().set(
                x=x, y=y + _ASCENT * size / 72, text=line, fontsize=size, color=colour,
                fontweight=weight, horizontalalignment=side, visible=True)
            y += line_height(size)
        return y

    def _next_text(self) -> Text:
        if self._used == len(self._pool):
            text = _PixelText(va="baseline", transform=self.axes.transData)
            self.axes.add_artist(text)
            self._pool.append(text)
        self._used += 1
        return self._pool[self._used - 1]

    def add_marks(self, marker: str | Path, size: float, colour: str, **look: Any) -> Line2D:
        """Return an empty row of marks, to be moved by the views."""
        shape: Any = marker
        look = {"markeredgewidth": 2} | look
        with style.plain_style():
            (marks,) = self.axes.plot([], [], linestyle="none", marker=shape, markersize=size,
                                      color=colour, clip_on=False, zorder=3, **look)
        return marks

    def draw_rules(self, heights: Sequence[float]) -> None:
        """Draw quiet lines over the whole width."""
        ends = (style.MARGIN, style.WIDTH - style.MARGIN, math.nan)
        move_line(self.rules, ((x, y) for y in heights for x in ends))

    def finish_view(self, y: float, source: str) -> None:
        """Give the figure its height; title and source stand at its edges."""
        for text in self._pool[self._used:]:
            text.set_visible(False)
        below = style.wrap(source, ROOM, style.SMALL)
        height = y + style.MARGIN + (below.count("\n") + 1) * style.SMALL * 1.35 / 72
        self.figure.set_size_inches(style.WIDTH, height)
        self.axes.set(xlim=(0, style.WIDTH), ylim=(height, 0))
        self.title.set(text=self._above, y=1 - style.MARGIN / height)
        self.source.set(text=below, y=style.MARGIN / height)


class Signs:
    """Signs of several kinds, each with what stands inside of it; a view places them anew.

    Parameters
    ----------
    marks : mapping
        Name of a kind to its marks.
    inside : mapping
        Name of a kind to further marks at the same places.

    Examples
    --------
    >>> page = RowsPage()
    >>> signs = Signs({"done": page.add_marks("o", 15, style.GREEN)}, {})
    >>> signs.place_sign("done", 0.5, 1.0)
    >>> signs.show_signs()
    >>> [float(x) for x in signs.marks["done"].get_xdata()]
    [0.5]
    """

    def __init__(self, marks: Mapping[str, Line2D], inside: Mapping[str, Line2D]) -> None:
        self.marks, self.inside = marks, inside
        self._places: list[tuple[str, float, float]] = []

    def place_sign(self, name: str, x: float, y: float) -> None:
        """Add a sign of a kind to the view."""
        self._places.append((name, x, y))

    def show_signs(self) -> None:
        """Set the marks to the places of this view, which is then complete."""
        for marks in (self.marks, self.inside):
            for name, line in marks.items():
                move_line(line, ((x, y) for kind, x, y in self._places if kind == name))
        self._places = []

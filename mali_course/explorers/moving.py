"""Lines and marks that a picture has from the beginning, and that each view moves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

__all__ = ["add_line", "move_line"]


def add_line(axes: Axes, marker: str = "", **look: Any) -> Line2D:
    """Add a line without points; one that has a marker but no line style has marks alone.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> add_line(Figure().add_subplot(), "o", markersize=9).get_linestyle()
    'None'
    """
    [line] = axes.plot([], [], marker, **look) if marker else axes.plot([], [], **look)
    return line


def move_line(line: Line2D, spots: Iterable[tuple[float, float]]) -> None:
    """Give a line its points.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> line = add_line(Figure().add_subplot())
    >>> move_line(line, [(2019, 5.0), (2020, 6.0)])
    >>> [float(x) for x in line.get_xdata()]
    [2019.0, 2020.0]
    """
    points = list(spots)
    line.set_data([x for x, _ in points], [y for _, y in points])

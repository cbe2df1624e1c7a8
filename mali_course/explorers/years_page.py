"""A figure with an axis of years that passes the report, and names at the ends of its lines."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Annotation, Text
from matplotlib.ticker import MaxNLocator

from mali_course.charts import style
from mali_course.charts.canvas import draw_label, draw_report_line, report_label
from mali_course.explorers.moving import add_line

__all__ = ["EndNames", "YearsPage", "round_ticks"]

_ROOM = style.WIDTH - 2 * style.MARGIN


def round_ticks(largest: float, free: float = 0.0) -> list[float]:
    """Return round ticks from zero, about five, to the next one above a value.

    Parameters
    ----------
    largest : float
    free : float
        Part of a step that is kept free above the value.

    Examples
    --------
    >>> [float(tick) for tick in round_ticks(390)]
    [0.0, 100.0, 200.0, 300.0, 400.0]
    """
    step = MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]).tick_values(0, largest)[1]
    return [step * count for count in range(math.ceil(largest / step + free) + 1)]


class YearsPage:
    """A sheet with an axis of years; the views change its texts, its scale and its marks.

    Parameters
    ----------
    years : sequence of int
    source : str
        As long as the longest that a view will set.
    body : float
        Inches between title and source.
    title_lines : int
    place : tuple of float
        Inches around the axes, as for `Sheet.place`.
    beyond : float
        Years that the axis goes on at both ends.
    rise : float
        Points between the axes and the unit above them.

    Examples
    --------
    >>> page = YearsPage(range(2012, 2020), "", 4, 1, (0.7, 0.3, 0.1, 0.4), beyond=0.5, rise=12)
    >>> page.set_texts("A title", "Source: UNHCR", "people")
    >>> page.set_scale([0, 100], ["0", "100"])
    >>> page.title.get_text(), page.unit.get_text()
    ('A title', 'people')
    """

    def __init__(self, years: Sequence[int], source: str, body: float, title_lines: int,
                 place: tuple[float, float, float, float], *, beyond: float, rise: float) -> None:
        with style.plain_style():
            sheet = style.sheet("", source, body, title_lines)
            self.figure: Figure = sheet.figure
            self.title, self.source = sheet.figure.texts
            self.axes: Axes = sheet.place(*place)
            style.plain_axes(self.axes)
            self.axes.spines["bottom"].set_visible(True)
            self.axes.set(xlim=(years[0] - beyond, years[-1] + beyond))
            self.axes.tick_params(axis="y", labelsize=style.SMALL)
            self.unit: Annotation = draw_label(
                self.axes, "", (0, 1), ((style.MARGIN - place[0]) * 72, rise), "axes",
                size=style.SMALL, va="center")

    def draw_report(self, at: float, rise: float, line: Mapping[str, Any],
                    label: Mapping[str, Any]) -> None:
        """Draw the line of the report, and name it above the axes."""
        draw_report_line(self.axes, at, **line)
        draw_label(self.axes, report_label(), (at, 1), (-4, rise), "above",
                   **{"size": style.SMALL, "va": "center", **label})

    def add_year_band(self, drop: float, **look: Any) -> None:
        """Add a band for one year to look at closely, named below the axis, where no line is."""
        self.band: Line2D = self.axes.axvline(0, **look)
        self.band_name: Annotation = draw_label(self.axes, "", (0, 0), (0, -drop), "above",
                                                weight="bold", ha="center", va="top")

    def move_year_band(self, year: int, name: str) -> None:
        """Move the band to a year."""
        self.band.set_xdata([year, year])
        self.band_name.set_text(name)
        self.band_name.xy = (year, 0)

    def set_texts(self, title: str, source: str, unit: str) -> None:
        """Set title, source and unit."""
        self.title.set_text(style.wrap(title, _ROOM, style.TITLE, "bold"))
        self.source.set_text(style.wrap(source, _ROOM, style.SMALL))
        self.unit.set_text(unit)

    def set_scale(self, ticks: Sequence[float], labels: Sequence[str]) -> None:
        """Give the upright axis its ticks; it ends with the last one."""
        self.axes.set_ylim(0, ticks[-1])
        self.axes.set_yticks(ticks, labels)


class EndNames:
    """The names of lines, to the right of their ends, where they do not cover each other.

    Parameters
    ----------
    axes : Axes
    right : float
        The year at which the names begin.
    gap : float
        Least distance of two names, as a part of the height of the axes.
    before : float
        Years between a name and the thin line that leads to it.

    Examples
    --------
    >>> page = YearsPage(range(2012, 2020), "", 4, 1, (0.7, 0.3, 1.1, 0.4), beyond=0.5, rise=12)
    >>> names = EndNames(page.axes, 2020.5, 0.06, 0.2)
    >>> names.add_name("Mali", style.BLUE)
    >>> names.move_names({"Mali": (2019, 80.0)}, 100)
    >>> [float(x) for x in names.names["Mali"].get_position()]
    [2020.5, 80.0]
    """

    def __init__(self, axes: Axes, right: float, gap: float, before: float) -> None:
        self.axes, self.right, self.gap, self.before = axes, right, gap, before
        self.names: dict[str, Text] = {}
        self.leads: dict[str, Line2D] = {}

    def add_name(self, name: str, colour: str, **look: Any) -> None:
        """Add the name of a line."""
        self.leads[name] = add_line(self.axes, color=colour, linewidth=0.8, clip_on=False,
                                    zorder=2)
        self.names[name] = self.axes.text(0, 0, name, color=style.ink(colour), va="center",
                                          path_effects=style.halo(), **look)

    def move_names(self, ends: Mapping[str, tuple[int, float]], top: float) -> None:
        """Move the names to the ends of their lines, year and value; the others are not seen.

        Parameters
        ----------
        ends : mapping
        top : float
            Where the axis ends.
        """
        gap = top * self.gap
        heights = style.spread_apart([value for _, value in ends.values()], gap, gap / 2, top)
        placed = dict(zip(ends, heights, strict=True))
        for name, text in self.names.items():
            text.set_visible(name in ends)
            self.leads[name].set_visible(name in ends)
            if name in ends:
                last, value = ends[name]
                text.set_position((self.right, placed[name]))
                self.leads[name].set_data([last + 0.3, self.right - self.before],
                                          [value, placed[name]])

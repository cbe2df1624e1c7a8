"""A figure with a map of Mali above and lanes below it: what stands still in it is drawn once."""

from __future__ import annotations

from collections.abc import Callable

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mali_course.charts import style
from mali_course.charts.basemap import MaliMap
from mali_course.charts.cached_axes import CachedAxes

__all__ = ["MapPage"]


class MapPage:
    """A sheet with a map and lanes; each has axes of its own above it for what the views change.

    Parameters
    ----------
    mali_map : MaliMap
    draw_lanes : callable
        Draws the lanes that stand still into axes, and sets their limits.
    lanes, between, foot : float
        Inches of the lanes, between map and lanes, and below the lanes.
    source : str
    title_lines : int
        Lines that are kept for the title.

    Examples
    --------
    >>> page = MapPage(MaliMap((-12.6, 4.9, 10.0, 21.4), {}), lambda axes: axes.set_ylim(-1, 0),
    ...                1.0, 0.4, 0.2, "Source: UNHCR", 1)
    >>> page.lanes.get_ylim() == (-1, 0)
    True
    """

    def __init__(self, mali_map: MaliMap, draw_lanes: Callable[[Axes], object], lanes: float,
                 between: float, foot: float, source: str, title_lines: int) -> None:
        with style.plain_style():
            high = mali_map.height
            sheet = style.sheet("", source, high + between + lanes + foot, title_lines=title_lines)
            self.figure: Figure = sheet.figure
            self.title = sheet.title
            above = (style.MARGIN, between + lanes + foot, style.MARGIN, 0.0)
            below = (style.MARGIN, foot, style.MARGIN, high + between)
            grounds = sheet.place(*above, CachedAxes), sheet.place(*below, CachedAxes)
            mali_map.draw(grounds[0])
            draw_lanes(grounds[1])
            self.map: Axes = sheet.place(*above)
            self.lanes: Axes = sheet.place(*below)
            for axes, ground in zip((self.map, self.lanes), grounds, strict=True):
                axes.set_axis_off()
                axes.set(xlim=ground.get_xlim(), ylim=ground.get_ylim(), xticks=[], yticks=[])

"""The size of Mali's north beside that of Texas."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.path import Path
from matplotlib.transforms import Bbox

from mali_course.charts import canvas, style
from mali_course.charts.basemap import MALI, REGION, REGION_INK, map_layer, outline_path
from mali_course.charts.chart_base import Chart
from mali_course.charts.projection import area_km2, equal_area
from mali_course.charts.prose import chart_prose
from mali_course.core.datasets import rows
from mali_course.core.formats import number
from mali_course.core.messages import say

__all__ = ["draw"]

_PROSE = chart_prose("north-and-texas")
_SHAPES_AT = 17.0  # degrees north, the middle of Mali
# Where the names of the northern regions have room, and that of the others.
_NORTHERN = {"Tombouctou": (-3.4, 19.4), "Kidal": (1.35, 19.0), "Gao": (1.5, 16.75)}
_REST = (-8.0, 13.4)
_NORTH_LOOK: dict[str, Any] = {
    "facecolor": "#f6c9a4", "edgecolor": style.VERMILLION, "linewidth": 1.4}
_TEXAS_LOOK: dict[str, Any] = {"facecolor": "#dcecf7", "edgecolor": style.BLUE, "hatch": "//"}


def _region_areas() -> dict[str, int]:
    """Return the areas of Mali's regions, computed, the largest first."""
    # They are rounded one by one, so that sums are those of the table that learners load.
    areas = {str(feature["properties"]["name"]): round(area_km2(feature["geometry"]))
             for feature in map_layer("mali_admin1")}
    return dict(sorted(areas.items(), key=lambda region: -region[1]))


def draw() -> Chart:
    """Draw Mali with its three northern regions, and Texas at the same scale.

    Examples
    --------
    >>> draw().table.columns[0]
    'Area of'
    """
    regions = _region_areas()
    north = sum(regions[name] for name in _NORTHERN)
    texas = next(row for row in rows("region_areas") if row["how"] == "published")
    factbook = {row["subgroup"]: row for row in sorted(
        (row for row in rows("country_facts") if row["fact"] == "area"),
        key=lambda row: str(row["edition"]))}  # the newest of each
    lines = [
        ("north", north, None), ("texas", texas["area_km2"], texas),
        *((name, area, None) for name, area in regions.items()),
        ("mali", sum(regions.values()), None),
        *((f"factbook_{part}", int(factbook[part]["value"]), factbook[part])
          for part in ("land", "water", "total"))]
    return _PROSE.chart_of(
        _draw_areas(regions, north, texas["area_km2"]),
        [{"area_of": _PROSE.labels.get(name, name), "km2": area,
          "how": _PROSE.label("published" if row else "computed"),
          "source_id": row["source_id"] if row else "NATURAL_EARTH"}
         for name, area, row in lines],
        sources=("NATURAL_EARTH", *canvas.sources_of([texas, factbook["land"]])))


# --- The picture: kilometres in an equal-area projection --------------------------------------


def _region_shapes() -> dict[str, Path]:
    shapes = {}
    for feature in map_layer("mali_admin1"):
        path = outline_path(feature["geometry"])
        vertices: Any = path.vertices
        shapes[str(feature["properties"]["name"])] = Path(
            [equal_area(lon, lat, _SHAPES_AT) for lon, lat in vertices], path.codes)
    return shapes


def _draw_areas(regions: Mapping[str, int], north: int, texas: int) -> Figure:
    page = style.sheet(_PROSE.title, _PROSE.source, 5.75)
    axes = page.place(style.MARGIN, 1.42, style.MARGIN, 0)
    axes.set_axis_off()
    axes.set_aspect("equal")
    shapes = _region_shapes()
    northern = [shapes[name] for name in regions if name in _NORTHERN]
    others = [shapes[name] for name in regions if name not in _NORTHERN]
    axes.add_collection(PathCollection(others, facecolor=MALI, edgecolor=REGION, linewidth=0.7))
    axes.add_collection(PathCollection(northern, **_NORTH_LOOK))
    _write_names(axes, regions)
    west, south, east, top = Bbox.union([shape.get_extents() for shape in shapes.values()]).extents
    north_west = min(shape.get_extents().x0 for shape in northern)
    corner = north_west - 45 - math.sqrt(texas)
    _draw_square(axes, corner, top, texas)
    _draw_scale(axes, east, south + 60)
    axes.set(xlim=(min(corner, west) - 15, east + 15), ylim=(south - 15, top + 15),
             xticks=[], yticks=[])
    _draw_bars(page.place(style.MARGIN, 0.02, style.MARGIN, 4.48), north, texas)
    return page.figure


def _write_names(axes: Axes, regions: Mapping[str, int]) -> None:
    for name, spot in _NORTHERN.items():
        axes.text(*equal_area(*spot, _SHAPES_AT), f"{name}\n{number(regions[name])}",
                  size=style.SMALL, ha="center", va="center", color=style.ink(style.VERMILLION),
                  path_effects=style.halo(1.5), linespacing=1.2)
    axes.text(*equal_area(*_REST, _SHAPES_AT), _PROSE.label("rest"), size=style.SMALL, ha="center",
              color=REGION_INK)


def _draw_square(axes: Axes, left: float, top: float, texas: int) -> None:
    side = math.sqrt(texas)
    axes.add_artist(Rectangle((left, top - side), side, side, linewidth=1.6, alpha=1,
                              **_TEXAS_LOOK))
    axes.text(left + side / 2, top - side / 2, _PROSE.label("square", area=number(texas)),
              ha="center", va="center", size=style.LABEL, color=style.BLUE, weight="bold",
              linespacing=1.3, path_effects=style.halo(6))


def _draw_scale(axes: Axes, right: float, low: float) -> None:
    axes.plot([right - 500, right - 500, right, right], [low + 25, low, low, low + 25],
              color=style.INK, linewidth=1.2, solid_joinstyle="miter")
    axes.text(right - 250, low + 20, say("charts.frame.scale", km=500), size=style.SMALL,
              ha="center", va="bottom")


def _draw_bars(axes: Axes, north: int, texas: int) -> None:
    for place, (key, area, look) in enumerate((("bar_north", north, _NORTH_LOOK),
                                               ("bar_texas", texas, _TEXAS_LOOK))):
        axes.barh(-place, area, 0.36, clip_on=False, **{**look, "linewidth": 1.4})
        canvas.draw_label(axes, _PROSE.label(key, area=number(area)), (0, -place + 0.2), (0, 3),
                          size=style.LABEL, va="bottom")
    style.plain_axes(axes, grid="")
    axes.set(xlim=(0, 1.02 * max(north, texas)), ylim=(-1.25, 0.7), xticks=[], yticks=[])

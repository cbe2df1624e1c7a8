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

from mali_course.charts.basemap import MALI, REGION, REGION_INK, Feature, map_layer, outline_path
from mali_course.charts.chart_base import Chart
from mali_course.charts.projection import area_km2, equal_area
from mali_course.charts.style import (
    BLUE,
    INK,
    LABEL,
    MARGIN,
    SMALL,
    VERMILLION,
    halo,
    ink,
    plain_axes,
    plain_style,
    sheet,
)
from mali_course.core.datasets import rows
from mali_course.core.formats import listed, number, words_of
from mali_course.core.messages import say
from mali_course.core.table import Table

__all__ = ["north_and_texas"]

_SHAPES_AT = 17.0  # degrees north, the middle of Mali
# Where names have more room than at the places that the layer gives.
_LABELS = {"Tombouctou": (-3.4, 19.4), "Kidal": (1.35, 19.0), "Gao": (1.5, 16.75)}
_NORTH_FACE = "#f6c9a4"


def _say(key: str, **fields: object) -> str:
    return say(f"charts_crisis.texas.{key}", **fields)


def _regions() -> dict[str, tuple[Feature, int]]:
    """Return the regions with their areas, the largest first.

    They are rounded one by one, so that sums are those of the table that learners load.
    """
    found = {str(one["properties"]["name"]): (one, round(area_km2(one["geometry"])))
             for one in map_layer("mali_admin1")}
    return dict(sorted(found.items(), key=lambda pair: -pair[1][1]))


def _published() -> tuple[Mapping[str, Any], dict[str, Mapping[str, Any]]]:
    """Return the row of Texas, and the newest areas of Mali in the Factbook."""
    texas = next(row for row in rows("region_areas") if row["how"] == "published")
    of_mali = sorted((row for row in rows("country_facts") if row["fact"] == "area"),
                     key=lambda row: str(row["edition"]))
    return texas, {row["subgroup"]: row for row in of_mali}


def north_and_texas() -> Chart:
    """Draw Mali with its three northern regions, and Texas at the same scale.

    Examples
    --------
    >>> north_and_texas().table.columns[0]
    'Area of'
    """
    regions = _regions()
    names = [name for name in regions if name in words_of("mali-map.north")]
    north, mali = sum(regions[name][1] for name in names), sum(one for _, one in regions.values())
    texas, factbook = _published()
    with plain_style():
        figure = _draw(regions, names, north, texas["area_km2"])
    more = north / texas["area_km2"] - 1
    share = north / mali
    over = mali / factbook["total"]["value"] - 1
    return Chart(
        figure=figure,
        title=_say("title"),
        alt=_say("alt", names=listed(names), north=number(north),
                 texas=number(texas["area_km2"])),
        reading=_say("reading", names=listed(names), north=number(north),
                     texas=number(texas["area_km2"]), more=number(100 * more),
                     share=number(100 * share), mali=number(mali),
                     land=number(factbook["land"]["value"]),
                     total=number(factbook["total"]["value"]), over=number(100 * over)),
        table=_table(regions, names, north, mali, texas, factbook),
        sources=("NATURAL_EARTH", texas["source_id"], factbook["land"]["source_id"]),
        note=_say("note"),
    )


def _table(regions: Mapping[str, tuple[Feature, int]], names: list[str], north: int,
           mali: int, texas: Mapping[str, Any], factbook: Mapping[str, Mapping[str, Any]],
           ) -> Table:
    computed = _say("computed")
    cells: list[tuple[Any, ...]] = [
        (_say("north", names=listed(names)), north, computed, "NATURAL_EARTH"),
        (_say("texas"), texas["area_km2"], _say("published"), texas["source_id"]),
        *((name, one, computed, "NATURAL_EARTH") for name, (_, one) in regions.items()),
        (_say("mali"), mali, computed, "NATURAL_EARTH"),
        *((_say(f"factbook_{part}"), int(factbook[part]["value"]), _say("published"),
           factbook[part]["source_id"]) for part in ("land", "water", "total")),
    ]
    heads = ("area_of", "km2", "how", "source_id")
    return Table(_say("caption"), tuple(_say(key) for key in heads), tuple(cells))


def _projected(feature: Feature) -> Path:
    path = outline_path(feature["geometry"])
    vertices: Any = path.vertices
    return Path([equal_area(lon, lat, _SHAPES_AT) for lon, lat in vertices], path.codes)


def _draw(regions: Mapping[str, tuple[Feature, int]], names: list[str], north: int,
          texas: int) -> Figure:
    page = sheet(_say("title"), _say("source"), 5.75)
    axes = page.place(MARGIN, 1.42, MARGIN, 0)
    axes.set_axis_off()
    axes.set_aspect("equal")
    shapes = {name: _projected(one) for name, (one, _) in regions.items()}
    axes.add_collection(PathCollection([shapes[name] for name in regions if name not in names],
                                       facecolor=MALI, edgecolor=REGION, linewidth=0.7))
    axes.add_collection(PathCollection([shapes[name] for name in names], facecolor=_NORTH_FACE,
                                       edgecolor=VERMILLION, linewidth=1.4))
    for name in names:
        middle = regions[name][0]["properties"]
        lon, lat = _LABELS.get(name, (middle["label_lon"], middle["label_lat"]))
        x, y = equal_area(lon, lat, _SHAPES_AT)
        axes.text(x, y, f"{name}\n{number(regions[name][1])}", size=SMALL, ha="center",
                  va="center", color=ink(VERMILLION), path_effects=halo(1.5), linespacing=1.2)
    x, y = equal_area(-8.0, 13.4, _SHAPES_AT)
    axes.text(x, y, _say("rest"), size=SMALL, ha="center", color=REGION_INK)
    boxes = [path.get_extents() for path in shapes.values()]
    west, east = min(box.x0 for box in boxes), max(box.x1 for box in boxes)
    south, top = min(box.y0 for box in boxes), max(box.y1 for box in boxes)
    side = math.sqrt(texas)
    corner = min(shapes[name].get_extents().x0 for name in names) - 45 - side
    axes.add_artist(Rectangle((corner, top - side), side, side, facecolor="#dcecf7",
                             edgecolor=BLUE, hatch="//", linewidth=1.6, alpha=1))
    axes.text(corner + side / 2, top - side / 2, _say("square", area=number(texas)), ha="center",
              va="center", size=LABEL, color=BLUE, weight="bold", linespacing=1.3,
              path_effects=halo(6))
    low = south + 60
    axes.plot([east - 500, east - 500, east, east], [low + 25, low, low, low + 25], color=INK,
              linewidth=1.2, solid_joinstyle="miter")
    axes.text(east - 250, low + 20, say("charts.mali-map.scale", km=500), size=SMALL, ha="center",
              va="bottom")
    axes.set(xlim=(min(corner, west) - 15, east + 15), ylim=(south - 15, top + 15),
             xticks=[], yticks=[])
    _bars(page.place(MARGIN, 0.02, MARGIN, 4.48), north, texas)
    return page.figure


def _bars(axes: Axes, north: int, texas: int) -> None:
    bars = ((_say("bar_north", area=number(north)), north, _NORTH_FACE, VERMILLION, ""),
            (_say("bar_texas", area=number(texas)), texas, "#dcecf7", BLUE, "//"))
    for place, (label, value, face, edge, hatch) in enumerate(bars):
        axes.barh(-place, value, 0.36, facecolor=face, edgecolor=edge, hatch=hatch, linewidth=1.4,
                  clip_on=False)
        axes.annotate(label, (0, -place + 0.2), (0, 3), textcoords="offset points", size=LABEL,
                      va="bottom")
    plain_axes(axes, grid="")
    axes.set(xlim=(0, 1.02 * max(north, texas)), ylim=(-1.25, 0.7), xticks=[], yticks=[])

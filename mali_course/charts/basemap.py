"""What all maps are drawn from: layers of data/geo, frames, and the one base map of Mali."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.path import Path

from mali_course.charts import style
from mali_course.charts.projection import EARTH, polygons
from mali_course.core.content import data_path
from mali_course.core.messages import say

__all__ = [
    "MALI", "REGION", "REGION_INK", "WATER_INK", "Feature", "MaliMap", "Spots", "add_areas",
    "add_lakes", "add_scale_bar", "draw_countries", "frame_height", "map_layer", "outline_path",
]

Feature = Mapping[str, Any]
Spots = Mapping[str, tuple[float, float]]
Box = tuple[float, float, float, float]

_SEA, _LAND, _BORDER = "#dcebf5", "#f3f1ec", "#8a8378"
MALI, _OUTLINE, REGION, REGION_INK = "#fbe6bd", "#5c4a22", "#b98f45", "#6e4f12"
_RIVER, _WATER, WATER_INK = "#2f77b5", "#a9cde8", "#1d5a8f"


@cache
def map_layer(name: str) -> tuple[Feature, ...]:
    """Return the features of a map layer.

    Examples
    --------
    >>> len(map_layer("mali_admin1"))
    9
    """
    text = data_path(f"geo/{name}.geojson").read_text(encoding="utf-8")
    features = json.loads(text)["features"]
    for feature in features:
        feature["geometry"]["coordinates"] = _as_arrays(feature["geometry"]["coordinates"])
    return tuple(features)


def _as_arrays(coordinates: Any) -> Any:
    """Return coordinates with each line or ring as an array, an eighth the size of its lists."""
    if isinstance(coordinates[0], float | int):
        return coordinates  # a single point
    if isinstance(coordinates[0][0], float | int):
        return np.array(coordinates)
    return [_as_arrays(part) for part in coordinates]


def outline_path(geometry: Mapping[str, Any]) -> Path:
    """Return an area as one path: outer rings and holes.

    Examples
    --------
    >>> square = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}
    >>> len(outline_path(square).vertices)
    4
    """
    rings = [ring for polygon in polygons(geometry) for ring in polygon]
    codes: list[np.uint8] = []
    for ring in rings:
        codes += [Path.MOVETO] + [Path.LINETO] * (len(ring) - 2) + [Path.CLOSEPOLY]
    return Path(np.concatenate(rings), codes)


def add_areas(axes: Axes, features: Iterable[Feature], **look: Any) -> None:
    """Draw countries, regions or lakes."""
    outlines = [outline_path(feature["geometry"]) for feature in features]
    axes.add_collection(PathCollection(outlines, **look))


def add_lakes(axes: Axes) -> None:
    """Draw the lakes."""
    add_areas(axes, map_layer("lakes"), facecolor=_WATER, edgecolor=_RIVER, linewidth=0.4)


def _add_niger(axes: Axes, width: float) -> None:
    for feature in map_layer("niger_river"):
        if feature["properties"]["role"] == "main":
            lines = feature["geometry"]["coordinates"]
            lines = [lines] if feature["geometry"]["type"] == "LineString" else lines
            axes.add_collection(
                LineCollection(lines, colors=_RIVER, capstyle="round", linewidths=width))


def frame_height(west: float, east: float, south: float, north: float,
                 width: float = style.WIDTH - 2 * style.MARGIN) -> float:
    """Return how high a frame is in inches when it has a width, as a rule that of the figure.

    Examples
    --------
    >>> frame_height(-1, 1, -1, 1, 3.0)
    3.0
    """
    stretch = math.cos(math.radians((south + north) / 2))  # a degree of longitude is shorter
    return width * (north - south) / ((east - west) * stretch)


def draw_countries(axes: Axes, west: float, east: float, south: float, north: float,
                   without: tuple[str, ...] = ()) -> dict[str, Feature]:
    """Limit a map to a frame and draw the countries in it, with the sea below.

    Returns
    -------
    dict
        The countries by their three letters.
    """
    axes.set(xlim=(west, east), ylim=(south, north), xticks=[], yticks=[], facecolor=_SEA)
    for side in axes.spines.values():
        side.set(color=_BORDER, linewidth=0.8)
    countries = {str(country["properties"]["iso_a3"]): country
                 for country in map_layer("sahel_countries")}
    shown = [country for code, country in countries.items() if code not in without]
    add_areas(axes, shown, facecolor=_LAND, edgecolor=_BORDER, linewidth=0.7)
    return countries


@dataclass(frozen=True)
class MaliMap:
    """Mali, its regions and the Niger in a frame, and where names have room there.

    Parameters
    ----------
    box : tuple of float
        West, east, south and north, in degrees.
    neighbours, regions : mapping
        Where the names of countries (by their three letters) and of regions stand; those that are
        left out have none.
    widths : tuple of float
        Of the lines around regions and around Mali, and of the river, in points.
    lakes : bool
        Whether lakes are drawn.
    without : tuple of str
        Countries that are left out: beyond the frame, but their border would touch its edge.

    Examples
    --------
    >>> round(MaliMap((-12.6, 4.9, 10.0, 21.4), {}).height, 2)
    3.38
    """

    box: Box
    neighbours: Spots
    regions: Spots = field(default_factory=dict)
    widths: tuple[float, float, float] = (0.6, 1.2, 1.4)
    lakes: bool = False
    without: tuple[str, ...] = ()

    @property
    def height(self) -> float:
        """Inches that the frame is high when it is as wide as the figure."""
        return frame_height(*self.box)

    def draw(self, axes: Axes) -> None:
        """Draw the map."""
        countries = draw_countries(axes, *self.box, self.without)
        region_line, outline, river = self.widths
        add_areas(axes, map_layer("mali_admin1"), facecolor=MALI, edgecolor=REGION,
                  linewidth=region_line)
        add_areas(axes, [countries["MLI"]], facecolor="none", edgecolor=_OUTLINE,
                  linewidth=outline)
        if self.lakes:
            add_lakes(axes)
        _add_niger(axes, river)
        self._add_names(axes, countries)

    def _add_names(self, axes: Axes, countries: Mapping[str, Feature]) -> None:
        for code, spot in self.neighbours.items():
            name = countries[code]["properties"]["name"].replace("Burkina ", "Burkina\n")
            axes.text(*spot, name, size=style.SMALL, color=style.SOFT, ha="center", va="center",
                      linespacing=1.05, rotation=90 if code == "SEN" else 0)
        for region, spot in self.regions.items():
            axes.text(*spot, region, size=style.SMALL, style="italic", color=REGION_INK,
                      ha="center", va="center", path_effects=style.halo(1.5))


def add_scale_bar(axes: Axes, lon: float, lat: float, km: int) -> None:
    """Draw a bar of so many kilometres, which is right at its own latitude."""
    degrees = km / (math.pi / 180 * EARTH * math.cos(math.radians(lat)))
    axes.plot([lon, lon, lon + degrees, lon + degrees], [lat + .15, lat, lat, lat + .15],
              color=style.INK, linewidth=1.2, solid_joinstyle="miter")
    axes.text(lon + degrees / 2, lat + .12, say("charts.frame.scale", km=km),
              size=style.SMALL, ha="center", va="bottom", path_effects=style.halo())

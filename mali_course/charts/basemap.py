"""What all maps are drawn from: layers of data/geo, frames, and the colours of land and water."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.path import Path

from mali_course.charts.style import INK, MARGIN, SMALL, WIDTH, halo
from mali_course.core.content import path
from mali_course.core.messages import say

__all__ = [
    "BORDER", "EARTH", "LAND", "MALI", "OUTLINE", "REGION", "REGION_INK", "RIVER", "SEA", "WATER",
    "WATER_INK", "Feature", "add_areas", "add_rivers", "add_scale", "frame_height", "layer",
    "outline", "set_frame",
]

Feature = Mapping[str, Any]

SEA, LAND, BORDER = "#dcebf5", "#f3f1ec", "#8a8378"
MALI, OUTLINE, REGION, REGION_INK = "#fbe6bd", "#5c4a22", "#b98f45", "#6e4f12"
RIVER, WATER, WATER_INK = "#2f77b5", "#a9cde8", "#1d5a8f"
EARTH = 6371.0  # mean radius in kilometres


@cache
def layer(name: str) -> tuple[Feature, ...]:
    """Return the features of a map layer.

    Examples
    --------
    >>> len(layer("mali_admin1.geojson"))
    9
    """
    features = json.loads(path(f"geo/{name}").read_text(encoding="utf-8"))["features"]
    for one in features:
        one["geometry"]["coordinates"] = _lines(one["geometry"]["coordinates"])
    return tuple(features)


def _lines(coordinates: Any) -> Any:
    """Return coordinates with each line or ring as an array, an eighth the size of its lists."""
    if isinstance(coordinates[0], float | int):
        return coordinates  # a single point
    if isinstance(coordinates[0][0], float | int):
        return np.array(coordinates)
    return [_lines(part) for part in coordinates]


def outline(geometry: Mapping[str, Any]) -> Path:
    """Return an area as one path: outer rings and holes.

    Examples
    --------
    >>> square = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}
    >>> len(outline(square).vertices)
    4
    """
    parts = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        parts = [parts]
    rings = [ring for part in parts for ring in part]
    codes: list[np.uint8] = []
    for ring in rings:
        codes += [Path.MOVETO] + [Path.LINETO] * (len(ring) - 2) + [Path.CLOSEPOLY]
    return Path(np.concatenate(rings), codes)


def add_areas(axes: Axes, features: Iterable[Feature], **style: Any) -> None:
    """Draw countries, regions or lakes."""
    axes.add_collection(PathCollection([outline(one["geometry"]) for one in features], **style))


def add_rivers(axes: Axes, features: Iterable[Feature], **style: Any) -> None:
    """Draw rivers."""
    for one in features:
        lines = one["geometry"]["coordinates"]
        lines = [lines] if one["geometry"]["type"] == "LineString" else lines
        axes.add_collection(LineCollection(lines, colors=RIVER, capstyle="round", **style))


def frame_height(west: float, east: float, south: float, north: float,
                 width: float = WIDTH - 2 * MARGIN) -> float:
    """Return how high a frame is in inches when it has a width, as a rule that of the figure.

    Examples
    --------
    >>> frame_height(-1, 1, -1, 1, 3.0)
    3.0
    """
    stretch = math.cos(math.radians((south + north) / 2))  # a degree of longitude is shorter
    return width * (north - south) / ((east - west) * stretch)


def set_frame(axes: Axes, west: float, east: float, south: float, north: float) -> None:
    """Limit a map to a frame with the sea below it."""
    axes.set(xlim=(west, east), ylim=(south, north), xticks=[], yticks=[], facecolor=SEA)
    for side in axes.spines.values():
        side.set(color=BORDER, linewidth=0.8)


def add_scale(axes: Axes, lon: float, lat: float, km: int) -> None:
    """Draw a bar of so many kilometres, which is right at its own latitude."""
    degrees = km / (math.pi / 180 * EARTH * math.cos(math.radians(lat)))
    axes.plot([lon, lon, lon + degrees, lon + degrees], [lat + .15, lat, lat, lat + .15],
              color=INK, linewidth=1.2, solid_joinstyle="miter")
    axes.text(lon + degrees / 2, lat + .12, say("charts.mali-map.scale", km=km), size=SMALL,
              ha="center", va="bottom", path_effects=halo())

"""Distances and areas on the earth, and an equal-area projection."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from typing import Any

__all__ = ["EARTH", "area_km2", "distance_km", "equal_area", "polygons"]

EARTH = 6371.0  # mean radius in kilometres

_AXIS, _FLATTENING = 6378.137, 1 / 298.257223563  # of the ellipsoid WGS 84, in kilometres
_E2 = _FLATTENING * (2 - _FLATTENING)  # square of its eccentricity


def distance_km(lat_1: float, lon_1: float, lat_2: float, lon_2: float) -> float:
    """Return the distance of two places along a great circle.

    Examples
    --------
    >>> round(distance_km(0, 0, 0, 90))
    10008
    """
    a, b, turn = map(math.radians, (lat_1, lat_2, lon_2 - lon_1))
    cosine = math.sin(a) * math.sin(b) + math.cos(a) * math.cos(b) * math.cos(turn)
    return EARTH * math.acos(min(1.0, cosine))


def equal_area(lon: float, lat: float, true_at: float = 0.0) -> tuple[float, float]:
    """Project a place with Lambert's cylindrical equal-area projection on the ellipsoid WGS 84.

    The formula is in J. P. Snyder, "Map Projections: A Working Manual", U.S. Geological Survey
    Professional Paper 1395, 1987, section 10 (cylindrical equal-area, ellipsoid), with its
    equation 3-12 for q: x = a k λ, y = a q / (2 k), where k = cos φ₁ / √(1 - e² sin² φ₁) and
    q = (1 - e²) [sin φ / (1 - e² sin² φ) + artanh(e sin φ) / e].

    Parameters
    ----------
    lon, lat : float
        In degrees.
    true_at : float
        Latitude φ₁ along which shapes are right. It changes no area.

    Returns
    -------
    tuple of float
        Kilometres to the east and to the north of the place where equator and prime meridian meet.

    Examples
    --------
    >>> x, y = equal_area(180, 90)
    >>> round(4 * x * y / 1e6, 2)  # the whole earth, in millions of square kilometres
    510.07
    """
    e, sine, at = math.sqrt(_E2), math.sin(math.radians(lat)), math.radians(true_at)
    k = math.cos(at) / math.sqrt(1 - _E2 * math.sin(at) ** 2)
    q = (1 - _E2) * (sine / (1 - _E2 * sine**2) + math.atanh(e * sine) / e)
    return _AXIS * k * math.radians(lon), _AXIS * q / (2 * k)


def polygons(geometry: Mapping[str, Any]) -> list[Any]:
    """Return the polygons of an area: of each its outer ring, then its holes.

    Examples
    --------
    >>> polygons({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]})
    [[[[0, 0], [1, 0], [1, 1], [0, 0]]]]
    """
    parts = geometry["coordinates"]
    return [parts] if geometry["type"] == "Polygon" else list(parts)


def _ring_area(points: Sequence[Sequence[float]]) -> float:
    """Return the area within a closed line, as the sum of what lies below each of its parts."""
    flat = [equal_area(lon, lat) for lon, lat, *_ in points]
    return abs(sum(x1 * y2 - x2 * y1
                   for (x1, y1), (x2, y2) in itertools.pairwise(flat))) / 2


def area_km2(geometry: Mapping[str, Any]) -> float:
    """Return the area of an outline of a map layer in square kilometres, holes taken off.

    Examples
    --------
    >>> degree = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]
    >>> round(area_km2({"type": "Polygon", "coordinates": [degree]}))
    12308
    """
    return sum(_ring_area(outer) - sum(map(_ring_area, holes))
               for outer, *holes in polygons(geometry))

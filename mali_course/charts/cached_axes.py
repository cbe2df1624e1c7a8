"""Axes that are drawn once and then copied: what stands still in a picture that changes."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from matplotlib.axes import Axes

__all__ = ["CachedAxes"]


class CachedAxes(Axes):
    """Axes whose picture is kept after the first drawing; nothing in them may change.

    They stand on a white ground, below all that changes, with nothing else in the same place yet.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> Figure().add_subplot(axes_class=CachedAxes).name
    'rectilinear'
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._pictures: dict[Any, tuple[np.ndarray[Any, Any], int, int]] = {}

    def draw(self, renderer: Any) -> None:
        """Draw the axes, or copy their picture."""
        if not hasattr(renderer, "buffer_rgba"):
            super().draw(renderer)
            return
        page = np.asarray(renderer.buffer_rgba())
        key = (renderer.dpi, page.shape)
        if key not in self._pictures:
            super().draw(renderer)
            box = self.get_tightbbox(renderer)
            assert box is not None
            height, width = page.shape[:2]
            left, right = max(math.floor(box.x0) - 2, 0), min(math.ceil(box.x1) + 2, width)
            top, low = max(height - math.ceil(box.y1) - 2, 0), min(
                height - math.floor(box.y0) + 2, height)
            self._pictures[key] = (page[top:low, left:right].copy(), top, left)
            return
        picture, top, left = self._pictures[key]
        page[top:top + picture.shape[0], left:left + picture.shape[1]] = picture

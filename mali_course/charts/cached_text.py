"""Words that are drawn once and then copied: a list of many words changes fast enough to use."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from matplotlib.text import Text
from matplotlib.transforms import IdentityTransform

__all__ = ["KeptText"]


class KeptText(Text):
    """A text on a white ground, with nothing else below it, whose picture is kept.

    Parameters
    ----------
    kept : dict
        Where the pictures are; one dict may serve many texts.

    Other parameters are those of `matplotlib.text.Text`.

    Examples
    --------
    >>> KeptText({}, 0, 0, "Kidal").get_text()
    'Kidal'
    """

    def __init__(self, kept: dict[Any, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kept = kept

    def draw(self, renderer: Any) -> None:
        """Draw the text, or copy its picture to where it stands now."""
        if not self.get_visible() or not self.get_text():
            return
        if not hasattr(renderer, "buffer_rgba"):
            super().draw(renderer)
            return
        self._renderer = renderer  # as Text does, for those who ask for the extent later
        x, y = (round(float(one)) for one in
                self.get_transform().transform(self.get_unitless_position()))
        key = (self.get_text(), self.get_fontsize(), self.get_fontweight(), self.get_color(),
               self.get_horizontalalignment(), renderer.dpi)
        page = np.asarray(renderer.buffer_rgba())
        height, width = page.shape[:2]
        if key in self._kept:
            picture, left, up = self._kept[key]
            high, wide = picture.shape[:2]
            column, row = x + left, height - y - up
            if column >= 0 and row >= 0 and column + wide <= width and row + high <= height:
                page[row:row + high, column:column + wide] = picture
                return
        # On whole pixels, so that drawn and copied words look the same.
        before, at = self.get_transform(), self.get_position()
        self.set_transform(IdentityTransform())
        self.set_position((x, y))
        super().draw(renderer)
        box = self.get_window_extent(renderer)
        self.set_transform(before)
        self.set_position(at)
        column, row = math.floor(box.x0) - 1, math.floor(height - box.y1) - 1
        end, low = math.ceil(box.x1) + 1, math.ceil(height - box.y0) + 1
        if column >= 0 and row >= 0 and end <= width and low <= height:
            self._kept[key] = (page[row:low, column:end].copy(), column - x, height - y - row)

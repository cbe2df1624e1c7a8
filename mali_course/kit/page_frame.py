"""The style sheet of every page that the kit writes, and its tables on narrow paper."""

from __future__ import annotations

import re
from pathlib import Path

from mali_course.forms.page import page_style as form_style

__all__ = ["breakable_cells", "page_style"]


def page_style(*more: Path) -> str:
    """Return the style sheet of questions and of pages, with further ones after them."""
    files = (Path(__file__).with_name("page.css"), *more)
    return "\n".join([form_style(), *(path.read_text(encoding="utf-8") for path in files)])


def breakable_cells(html: str) -> str:
    """Return HTML whose table cells may break in keys such as ``CRS_2020_01``, for narrow paper.

    Examples
    --------
    >>> breakable_cells("<td>CRS_2020</td><p>a_b</p>")
    '<td>CRS_<wbr>2020</td><p>a_b</p>'
    """
    return re.sub(
        r"(<t[dh]\b[^>]*>)([^<]+)", lambda cell: cell[1] + cell[2].replace("_", "_<wbr>"), html
    )

"""A question on paper: boxes to tick and lines to write on. No key is in it."""

from __future__ import annotations

from html import escape

from mali_course.core.html import inline_html
from mali_course.core.messages import LANGUAGE
from mali_course.forms.render import meta_line
from mali_course.questions.item import Item

__all__ = ["paper_html"]


def paper_html(item: Item) -> str:
    """Return an item for print, with room for the answer.

    Parameters
    ----------
    item : Item

    Returns
    -------
    str
        A block under a third-level heading.

    Examples
    --------
    >>> from mali_course.questions.bank import find
    >>> "mali-tick round" in paper_html(find("01-31"))
    True
    """
    heading = f'<h3 class="mali-meta">{escape(meta_line(item))}</h3>'
    stem = f'<p class="mali-stem"><strong>{inline_html(item.stem)}</strong></p>'
    return (
        f'<div class="mali-paper" lang="{LANGUAGE}" data-item="{item.id}">'
        f"{heading}{stem}{item.paper_html()}</div>"
    )

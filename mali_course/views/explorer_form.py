"""explore(): an explorer as a live form."""

from __future__ import annotations

from html import escape

from mali_course.core.messages import LANGUAGE, say
from mali_course.explorers import explorer
from mali_course.explorers.explorer_reply import (
    explorer_body,
    explorer_reply,
    explorer_static,
)
from mali_course.forms.live import LiveForm

__all__ = ["explore"]


def explore(name: str = "") -> LiveForm:
    """Show an explorer: choose what a chart shows, and read it.

    Parameters
    ----------
    name : str
        Such as ``"g5"``.

    Raises
    ------
    CourseError
        If there is none of that name.

    Examples
    --------
    >>> explore("g5").on_change
    True
    """
    shown = explorer(name)
    note = f"<p><em>{escape(say('interface.explorer.static'))}</em></p>"
    static = explorer_static(shown) + note
    return LiveForm(
        explorer_body(shown),
        lambda sent: explorer_reply(shown, sent.values),
        f'<div class="mali-explorer mali-block" lang="{LANGUAGE}">{static}</div>',
        f"{shown.title}\n{shown.question}\n{shown.view({}).reading}",
        first=explorer_reply(shown, {}),
        on_change=True,
    )

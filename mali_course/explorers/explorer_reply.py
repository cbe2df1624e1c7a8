"""What an explorer shows in a form: its question and controls, and a reply for their values."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING

from mali_course.forms.exchange import Reply

if TYPE_CHECKING:
    from mali_course.explorers.explorer_base import Explorer

__all__ = ["explorer_reply", "question_html"]


def question_html(explorer: Explorer) -> str:
    """Return what an explorer is about, as it stands above its controls.

    Examples
    --------
    >>> from mali_course.explorers import explorer
    >>> question_html(explorer("g5"))[:11]
    '<p><strong>'
    """
    title, question = escape(explorer.title), escape(explorer.question)
    return f"<p><strong>{title}</strong></p><p>{question}</p>"


def explorer_reply(explorer: Explorer, values: Mapping[str, list[str]]) -> Reply:
    """Return the view of an explorer for what a page sent.

    What is announced is the reading; the picture and its table stand below it.

    Parameters
    ----------
    explorer : Explorer
    values : mapping
        Name of each control to its values, of which the first counts.

    Examples
    --------
    >>> from mali_course.explorers import explorer
    >>> explorer_reply(explorer("g5"), {"year": ["2012"]}).status[:3]
    '<p>'
    """
    chart = explorer.view({name: given[0] for name, given in values.items() if given})
    return Reply(f"<p>{escape(chart.reading)}</p>", chart.to_html(live=True))

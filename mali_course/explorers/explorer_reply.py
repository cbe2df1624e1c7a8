"""What an explorer shows in a form: its question and controls, and a reply for their values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import TYPE_CHECKING

from mali_course.charts.chart_base import data_address
from mali_course.core.html import title_html
from mali_course.forms.controls import chosen_values, controls_html, renewed_parts
from mali_course.forms.exchange import Reply

if TYPE_CHECKING:
    from mali_course.explorers.explorer_base import Explorer

__all__ = ["explorer_body", "explorer_reply", "explorer_static", "question_html"]


def question_html(explorer: Explorer) -> str:
    """Return what an explorer is about, as it stands above its controls.

    Examples
    --------
    >>> from mali_course.explorers import explorer
    >>> question_html(explorer("g5"))[:4]
    '<h3 '
    """
    return f"{title_html(explorer.title)}<p>{escape(explorer.question)}</p>"


def explorer_body(explorer: Explorer) -> str:
    """Return what stands above the picture of a live explorer: question and controls.

    Examples
    --------
    >>> from mali_course.explorers import explorer
    >>> "<select" in explorer_body(explorer("g5"))
    True
    """
    controls = controls_html(explorer.offers({}))
    return f'<div class="mali-explorer">{question_html(explorer)}{controls}</div>'


def _reading_html(reading: str) -> str:
    return f"<p>{escape(reading)}</p>"


def explorer_reply(explorer: Explorer, values: Mapping[str, list[str]]) -> Reply:
    """Return the view of an explorer for what a page sent.

    The picture comes first, so that one looks before one reads; what is announced is the reading
    below it; the notes and the data stand under folds. The lists are renewed, because what one of
    them offers can depend on the others.

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
    chosen = {name: given[0] for name, given in values.items() if given}
    chart, offers = explorer.view(chosen), explorer.offers(chosen)
    return Reply(
        _reading_html(chart.reading),
        chart.folds_html(),
        picture=chart.figure_html(),
        parts=renewed_parts(offers),
        chosen=chosen_values(offers),
    )


def explorer_static(
    explorer: Explorer, address: Callable[[bytes], str] = data_address
) -> str:
    """Return the first view of an explorer without its controls, for where no kernel runs.

    Parameters
    ----------
    explorer : Explorer
    address : callable
        Takes the PNG file and returns where the page finds it; by default inside the page.

    Examples
    --------
    >>> from mali_course.explorers import explorer
    >>> "<select" in explorer_static(explorer("g5"))
    False
    """
    chart = explorer.view({})
    reading = _reading_html(chart.reading)
    return f"{question_html(explorer)}{chart.figure_html(address)}{reading}{chart.folds_html()}"

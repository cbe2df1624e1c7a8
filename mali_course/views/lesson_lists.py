"""terms() and sources(): what a lesson closes with."""

from __future__ import annotations

from html import escape

from mali_course.core.bibliography import report_html, source_list
from mali_course.core.datasets import dataset
from mali_course.core.html import details_html, inline_html, title_html
from mali_course.core.lessons import lesson
from mali_course.core.messages import say
from mali_course.forms.shown import Shown, block

__all__ = ["sources", "terms"]


def terms(number: str | int = "") -> Shown:
    """Show the terms of a lesson with their meanings.

    Raises
    ------
    CourseError
        If there is no such lesson.

    Examples
    --------
    >>> terms("01").text.startswith("Terms of lesson 01")
    True
    """
    found = lesson(number)
    title = say("interface.lesson.terms", lesson=found.id, title=found.title)
    listed = "".join(
        f"<p><strong>{inline_html(term.term)}</strong>: {inline_html(term.meaning)}</p>"
        for term in found.terms
    )
    return block(title_html(title) + listed)


def sources(number: str | int = "") -> Shown:
    """Show the report itself and the sources of the data that a lesson uses.

    This is the place of a lesson that cites the report in full: its digests do not repeat it.

    Raises
    ------
    CourseError
        If there is no such lesson.

    Examples
    --------
    >>> sources("01").text.startswith("Sources of lesson 01")
    True
    """
    found = lesson(number)
    title = say("interface.data.sources_of", lesson=found.id, title=found.title)
    html = title_html(title) + report_html()
    for name in found.data:
        about_data = dataset(name)
        title = f"{escape(about_data.title)} (<code>{name}</code>)"
        html += details_html(title, source_list(about_data.source_ids))
    return block(html)

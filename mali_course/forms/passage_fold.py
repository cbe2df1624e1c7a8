"""The fold above a question, with the passage that it is about: nobody need scroll away."""

from __future__ import annotations

from html import escape

from mali_course.core.html import details_html
from mali_course.core.messages import say
from mali_course.core.report import paragraphs_of, sentence
from mali_course.forms.digest import digest_html
from mali_course.questions.item import Item

__all__ = ["passage_fold"]


def passage_fold(item: Item) -> str:
    """Return a fold with the paragraphs that hold what an item cites, or nothing.

    Whole paragraphs, so that the fold does not tell which of their sentences is asked for. A kind
    whose answers are the sentences themselves shows the passage already.

    Examples
    --------
    >>> from mali_course.questions.bank import find
    >>> "Read 6.1.1 to 6.1." in passage_fold(find("00-15"))
    True
    """
    if item.shows_passage or not item.cites:
        return ""
    found = sorted({sentence(locator).paragraph for locator in item.cites})
    title = escape(say("interface.reading.title", places=_places(found)))
    about = say("interface.reading.about", id=item.id)
    fold = details_html(title, digest_html(found), "reading", about=about)
    return f'<div class="mali-reading">{fold}</div>'


def _places(paragraphs: list[str]) -> str:
    """Return what a fold holds: of one paragraph its sentences, of several their locators."""
    *before, last = paragraphs
    if before:
        return say("interface.reading.several", before=", ".join(before), last=last)
    [group] = paragraphs_of(paragraphs)
    if len(group) == 1:
        return group[0].locator
    return say("interface.reading.range", first=group[0].locator, last=group[-1].locator)

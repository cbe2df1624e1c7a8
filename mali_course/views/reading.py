"""read() and cite(): what the report says, in our own words."""

from __future__ import annotations

from html import escape

from mali_course.core.bibliography import report_html
from mali_course.core.html import paragraph, title_html
from mali_course.core.messages import say
from mali_course.core.report import Section, Sentence, find_place, page_text, paragraphs_of
from mali_course.core.statuses import status
from mali_course.forms.digest import digest_html
from mali_course.forms.original_html import whose_words_html
from mali_course.forms.shown import Shown, block
from mali_course.questions import bank
from mali_course.record.item_state import items_behind
from mali_course.record.log import the_log

__all__ = ["cite", "read"]


def read(place: str | int | float = "", *more: str | int | float) -> Shown:
    """Show what a part of the report says, in our own words, with locators.

    Parameters
    ----------
    place : str, int or float
        A section (3), a paragraph ("3.1") or a sentence ("3.1.2").
    *more : str, int or float
        Other places, to compare: they are shown below it.

    Raises
    ------
    CourseError
        If the report has no such place.

    Examples
    --------
    >>> read("1.2.3").text.splitlines()[1][:5]
    '1.2.3'
    >>> [line[:5] for line in read("1.1.2", "3.3.2").text.splitlines()[1:3]]
    ['1.1.2', '3.3.2']
    """
    places = (place, *more)
    found = [sentence for group in paragraphs_of(places) for sentence in group]
    pages = say("interface.report.page", page=page_text(found))
    only = find_place(place) if not more else None
    digest = digest_html(places, behind=items_behind(the_log().events()), legend=True)
    whose = whose_words_html("interface.report.read", digest)
    match only:
        case Section():
            title = escape(f"{only.number}. {only.title} ({pages})")
        case None:
            title = f"{whose} ({pages})"
        case _:
            title = f"{whose} ({only.locator}, {pages})"
    return block(f'<h3 class="mali-title" tabindex="-1">{title}</h3>{digest}')


def cite(locator: str = "") -> Shown:
    """Show one sentence with its status and to whom the report gives it.

    Parameters
    ----------
    locator : str
        Such as ``"1.2.2"``; without one it is told how the report itself is cited.

    Raises
    ------
    CourseError
        If the report has no such sentence.

    Examples
    --------
    >>> "according to" in cite("1.2.2").text
    True
    >>> "IF10116" in cite().text
    True
    """
    if not str(locator).strip():
        return block(title_html(say("interface.report.itself_title")) + report_html())
    found = find_place(locator)
    if not isinstance(found, Sentence):
        # A section or paragraph has no single status: read() is what was meant.
        return read(locator)
    title = say(
        "interface.report.cited",
        locator=found.locator,
        page=say("interface.report.page", page=found.page),
    )
    kind = status(found.status)
    said = say("interface.report.status", status=kind.word)
    by = say(
        "interface.report.according",
        attribution=found.attribution or say("interface.report.itself"),
    )
    # Whoever looks up one sentence wants its status, and a question may send them here for it.
    every = {item.id for item in bank.lesson_items(f"{found.section:02}")}
    every |= items_behind(the_log().events())
    return block(
        title_html(title)
        + f'<div class="mali-cited">{digest_html([found.locator], behind=every)}</div>'
        + f"<p>{escape(said)}; {escape(by)}</p>"
        + paragraph(kind.meaning)
    )

"""A deck as one HTML file: reveal.js, styles, pictures and notes are inside it."""

from __future__ import annotations

from pathlib import Path

from mali_course.core.lessons import Lesson
from mali_course.core.messages import say
from mali_course.forms.page import look_style
from mali_course.kit.slides.deck import deck
from mali_course.kit.templating import render

__all__ = ["deck_html"]


def _file_text(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


def deck_html(lesson: Lesson) -> str:
    """Return the deck of a lesson.

    Parameters
    ----------
    lesson : Lesson

    Returns
    -------
    str
        A page that needs no other file and no network.

    Examples
    --------
    >>> from mali_course.core.lessons import lesson
    >>> "data-timing" in deck_html(lesson("00"))
    True
    """
    sections = deck(lesson)
    return render(
        "deck.html",
        title=say("kit_slides.title", id=lesson.id, title=lesson.title),
        lesson_seconds=round(lesson.minutes * 60),
        minutes=f"{lesson.minutes:g}",
        sections=sections,
        count=sum(len(section.slides) for section in sections),
        look_css=look_style(),
        file=_file_text,
    )

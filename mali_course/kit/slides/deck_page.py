"""A deck as one HTML file: reveal.js, styles, pictures and notes are inside it."""

from __future__ import annotations

from html import escape
from pathlib import Path

from mali_course.core.html import no_formulas
from mali_course.core.lessons import Lesson
from mali_course.core.messages import say
from mali_course.kit.slides.deck import clock, deck
from mali_course.kit.slides.deck_model import Section, Slide
from mali_course.kit.templating import render

__all__ = ["deck_html"]

_HERE = Path(__file__).parent


def _file(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _foot(slide: Slide, section: Section, number: int, count: int, lesson: Lesson) -> str:
    if section.part is None:
        return f'<p class="foot"><span></span><span>{number}/{count}</span></p>'
    name = escape(section.part.part, quote=False)
    left = "" if slide.title == name else name
    told = say("kit_slides.part.foot", clock=clock(section), all=f"{lesson.minutes:g}")
    return (
        f'<p class="foot"><span>{left}</span><span>{escape(told)} · {number}/{count}</span></p>'
    )


def _seconds(section: Section) -> list[int]:
    """Return the seconds of a part for each of its slides: equal, the first takes what is over."""
    count = len(section.slides)
    whole = round((section.end - section.start) * 60)
    each = whole // count
    return [whole - each * (count - 1), *[each] * (count - 1)]


def _slide(
    slide: Slide, section: Section, where: tuple[int, int, int], lesson: Lesson, seconds: int
) -> str:
    part, number, count = where
    level = 1 if slide.kind == "title" else 2
    # A chart has its heading beside the picture.
    heading = "" if slide.kind == "picture" else f"<h{level}>{slide.title}</h{level}>"
    label = "part" if part else "opening"
    first = f' id="{label}-{part}"' if slide is section.slides[0] else ""
    item = f' data-item="{slide.item}"' if slide.item else ""
    notes = "".join(slide.notes)
    aside = f'<aside class="notes">{notes}</aside>' if notes else ""
    return (
        f'<section{first} class="slide {slide.kind}"{item} data-timing="{seconds}">'
        f'<div class="face">{heading}<div class="body">{slide.body}</div>'
        f"{_foot(slide, section, number, count, lesson)}</div>{aside}</section>\n"
    )


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
    count = sum(len(section.slides) for section in sections)
    number, body = 0, ""
    for part, section in enumerate(sections):
        inside = ""
        for slide, seconds in zip(section.slides, _seconds(section), strict=True):
            number += 1
            inside += _slide(slide, section, (part, number, count), lesson, seconds)
        body += f'<section class="stack">\n{inside}</section>\n'
    return render(
        "deck.html",
        title=say("kit_slides.title", id=lesson.id, title=lesson.title),
        seconds=round(lesson.minutes * 60),
        slides_html=no_formulas(body),
        file=_file,
    )

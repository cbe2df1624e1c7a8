"""What every page of the site has around its content."""

from __future__ import annotations

from collections.abc import Iterator

from mali_course.core.lessons import Lesson, lessons
from mali_course.core.messages import say
from mali_course.kit.templating import render

__all__ = ["STYLE", "lesson_file", "site_page"]

STYLE = "style.css"
_PAGES = {
    "home": "index.html",
    "report": "report.html",
    "glossary": "glossary.html",
    "data": "data.html",
    "sources": "sources.html",
}


def lesson_file(lesson: Lesson) -> str:
    """Return the page of a lesson.

    Examples
    --------
    >>> from mali_course.core.lessons import lesson
    >>> lesson_file(lesson("01"))
    '01-mali-at-a-glance.html'
    """
    return lesson.notebook.removesuffix(".ipynb") + ".html"


def _neighbours(lesson: Lesson) -> Iterator[dict[str, object]]:
    every = lessons()
    at = every.index(lesson)
    for key, other in (("before", at - 1), ("after", at + 1)):
        if 0 <= other < len(every):
            text = say(f"kit_site.frame.{key}", title=every[other].title)
            yield {"address": lesson_file(every[other]), "text": text, "here": False}


def site_page(
    template: str, file: str, heading: str, *, lesson: Lesson | None = None, **values: object
) -> str:
    """Return a page of the site.

    Parameters
    ----------
    template : str
        One that extends ``site_page.html``.
    file : str
        Its path inside the site.
    heading : str
        Of the page.
    lesson : Lesson, optional
        Whose neighbours are linked below.
    **values : object
        What the template shows.

    Examples
    --------
    >>> '<main id="content">' in site_page("site_glossary.html", "a.html", "A", entries=[])
    True
    """
    up, site = "../" * file.count("/"), say("kit_site.frame.site")
    return render(
        template,
        title=site if file == "index.html" else f"{heading} – {site}",
        heading=heading,
        up=up,
        style_file=STYLE,
        pages=[
            {"address": up + page, "text": say(f"kit_site.frame.{key}"), "here": page == file}
            for key, page in _PAGES.items()
        ],
        neighbours=list(_neighbours(lesson)) if lesson else [],
        lesson=lesson,
        lesson_file=lesson_file,
        **values,
    )

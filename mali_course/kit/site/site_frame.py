"""What every page of the site has around its content."""

from __future__ import annotations

from collections.abc import Iterator

from mali_course.core.lessons import Lesson, lessons
from mali_course.core.messages import say
from mali_course.kit.page_frame import breakable
from mali_course.kit.templating import render

__all__ = ["STYLE", "framed", "lesson_file"]

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


def framed(
    file: str, title: str, content: str, *, lesson: Lesson | None = None
) -> str:
    """Return a page of the site.

    Parameters
    ----------
    file : str
        Its path inside the site.
    title : str
        Of the page.
    content : str
        HTML that begins with a first-level heading.
    lesson : Lesson, optional
        Whose neighbours are linked below.

    Examples
    --------
    >>> '<main id="content">' in framed("a.html", "A", "<h1>A</h1>")
    True
    """
    up = "../" * file.count("/")
    return render(
        "site_page.html",
        title=title if file == "index.html" else f"{title} – {say('kit_site.frame.site')}",
        up=up,
        style_file=STYLE,
        pages=[
            {"address": up + page, "text": say(f"kit_site.frame.{key}"), "here": page == file}
            for key, page in _PAGES.items()
        ],
        content_html=breakable(content),
        neighbours=list(_neighbours(lesson)) if lesson else [],
    )

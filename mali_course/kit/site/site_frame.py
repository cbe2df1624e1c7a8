"""What every page of the site has around its content."""

from __future__ import annotations

from html import escape

from mali_course.core.lessons import Lesson, lessons
from mali_course.core.messages import say
from mali_course.kit.page_frame import Page, breakable

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


def _nav(up: str, here: str) -> str:
    rows = ""
    for key, file in _PAGES.items():
        current = ' aria-current="page"' if file == here else ""
        rows += f'<li><a href="{up}{file}"{current}>{escape(say(f"kit_site.frame.{key}"))}</a></li>'
    label = escape(say("kit_site.frame.nav"))
    return f'<nav class="no-print" aria-label="{label}"><ul>{rows}</ul></nav>'


def _neighbours(lesson: Lesson) -> str:
    known = lessons()
    at = known.index(lesson)
    rows = ""
    for key, other in (("before", at - 1), ("after", at + 1)):
        if 0 <= other < len(known):
            text = say(f"kit_site.frame.{key}", title=known[other].title)
            rows += f'<li><a href="{lesson_file(known[other])}">{escape(text)}</a></li>'
    label = escape(say("kit_site.frame.lessons_nav"))
    return f'<nav class="no-print" aria-label="{label}"><ul>{rows}</ul></nav>' if rows else ""


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
    site = escape(say("kit_site.frame.site"))
    skip = escape(say("kit_site.frame.skip"))
    body = (
        f'<a class="skip no-print" href="#content">{skip}</a>\n'
        f'<header class="site"><p><a href="{up}index.html">{site}</a></p>'
        f"{_nav(up, file)}</header>\n"
        f'<main id="content">\n{breakable(content)}\n</main>\n'
        f'<footer class="site">{_neighbours(lesson) if lesson else ""}'
        f'<p><small>{escape(say("kit_site.frame.licence"))}</small></p></footer>'
    )
    whole = title if file == "index.html" else f"{title} – {say('kit_site.frame.site')}"
    return Page(whole, body, style=up + STYLE).html()

"""The page of a lesson, from its stored notebook."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape

from mali_course.core.bibliography import report_places_html
from mali_course.core.datasets import dataset
from mali_course.core.html import no_formulas, title_html
from mali_course.core.lessons import Lesson, lessons
from mali_course.core.messages import say
from mali_course.explorers import explorer
from mali_course.explorers.explorer_reply import explorer_static
from mali_course.forms.digest import originals_html
from mali_course.forms.explained import folds_html
from mali_course.forms.render import question_html
from mali_course.kit.notebook_blocks import Block, only_calls_the_course, stored_blocks
from mali_course.kit.site.lesson_text import markdown_renderer
from mali_course.kit.site.site_frame import lesson_file, site_page
from mali_course.kit.templating import render
from mali_course.original.kept import originals
from mali_course.questions import bank
from mali_course.questions.kinds.code import Code
from mali_course.views.charting import chart

__all__ = ["lesson_pages"]

# What a notebook stores tells how to go on where it runs; of a page something else is true.
_SAID_OF_A_PAGE = {
    "statuses.legend.asked_meaning": "kit_site.lesson.asked",
    "mixed.note_static": "kit_site.lesson.test",
    "argument.form.note_static": "kit_site.lesson.argument",
}


class _Pictures:
    """The pictures of a lesson as files, so that its page loads fast and its text comes first."""

    def __init__(self, lesson: Lesson) -> None:
        self.lesson = lesson
        self.files: dict[str, bytes] = {}

    def address_for(self, cell: str) -> Callable[[bytes], str]:
        """Return a function that keeps a picture of a cell, and returns its address."""

        def keep_picture(png: bytes) -> str:
            number = len(self.files) + 1
            name = f"pictures/{self.lesson.id}-{number:02}-{re.sub(r'[^a-z0-9-]', '-', cell)}.png"
            self.files[name] = png
            return name

        return keep_picture


def _page_address(url: str) -> str:
    """Return the page of a notebook; any other address as it is."""
    pages = {lesson.notebook: lesson_file(lesson) for lesson in lessons()}
    return pages.get(url, url)


def _question_values(block: Block) -> dict[str, object]:
    item, guess = bank.find(block.name), block.kind == "guess"
    return {
        "kind": block.kind,
        "item": item,
        "question_html": question_html(item, "page", guess=guess),
        # A guess is made before looking.
        "needs_explorer": not guess and item.needs.startswith("explorer:"),
        "folds_html": "" if guess else folds_html(item),
    }


def _result_html(block: Block, address: Callable[[bytes], str]) -> str:
    if block.kind == "chart":
        return no_formulas(chart(block.name).to_html(address=address))
    if block.kind == "explore":
        shown = explorer(block.name)
        return no_formulas(
            render("site_explorer.html", first_view=explorer_static(shown, address))
        )
    if block.kind == "report":  # the form takes a file, and a page takes none
        return title_html(say("interface.report.itself_title")) + report_places_html()
    html = "".join(block.results)
    for stored, here in _SAID_OF_A_PAGE.items():
        html = html.replace(escape(say(stored)), escape(say(here)))
    return _with_originals(html)


def _with_originals(html: str) -> str:
    """Return stored digests with the report's own sentences in them, where these may be shown."""
    if "mali-sentence" not in html or not originals():
        return html
    there = originals_html()
    row = r'(<li class="mali-sentence"[^>]*><strong>([\d.]+)</strong>.*?)(</li>)'
    html = re.sub(
        row, lambda found: found[1] + there.get(found[2], "") + found[3], html, flags=re.DOTALL
    )
    both = "mali-original" in html  # then the heading says so
    return html.replace('class="mali-own" hidden', 'class="mali-own"') if both else html


def lesson_pages(lesson: Lesson) -> Mapping[str, str | bytes]:
    """Return the page of a lesson and its pictures.

    Parameters
    ----------
    lesson : Lesson

    Returns
    -------
    mapping
        Path inside the site to content.

    Raises
    ------
    CourseError
        If its notebook is missing or holds an error.

    Examples
    --------
    >>> from mali_course.core.lessons import lesson
    >>> sorted(lesson_pages(lesson("00")))[0]
    '00-start-here.html'
    """
    render_text, headings = markdown_renderer(_page_address)
    pictures = _Pictures(lesson)
    items = bank.lesson_items(lesson.id)
    starters = {item.starter.strip() for item in items if isinstance(item, Code)}
    parts: list[dict[str, object]] = []
    for block in stored_blocks(lesson):
        if block.live:
            continue
        if block.kind == "text":
            parts.append({"kind": "text", "html": render_text(block.source)})
        elif block.kind in ("ask", "guess"):
            parts.append(_question_values(block))
        elif block.kind == "progress":
            parts.append({"kind": "progress"})
        elif block.source.strip() not in starters:
            # A starter stands in its question already.
            # As in the notebook: only code that is taught is seen.
            code = "" if only_calls_the_course(block.source) else block.source
            html = _result_html(block, pictures.address_for(block.id))
            parts.append({"kind": block.kind, "code": code, "html": html})
    page = site_page(
        "site_lesson.html",
        lesson_file(lesson),
        lesson.title,
        lesson=lesson,
        blocks=parts,
        headings=headings,
        items=items,
        tables=[dataset(name) for name in lesson.data],
    )
    return {lesson_file(lesson): page, **pictures.files}

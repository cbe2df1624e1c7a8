"""The page of a lesson, from its stored notebook."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from html import escape

from mali_course.core.datasets import dataset
from mali_course.core.html import rich
from mali_course.core.lessons import Lesson, lessons
from mali_course.core.messages import say
from mali_course.forms.explained import folds_html
from mali_course.forms.render import question_html
from mali_course.kit.notebook_blocks import Block, stored_blocks
from mali_course.kit.page_frame import markdown
from mali_course.kit.site.site_frame import framed, lesson_file
from mali_course.questions import bank
from mali_course.questions.kinds import Code

__all__ = ["lesson_pages"]

# The results of these speak for themselves; elsewhere the code stands above its result.
_SILENT = ("chart", "explore", "terms", "sources")


def _address(url: str) -> str:
    """Return the page of a notebook; any other address as it is."""
    pages = {one.notebook: lesson_file(one) for one in lessons()}
    return pages.get(url, url)


def _question(item_id: str) -> str:
    item = bank.find(item_id)
    needs = ""
    if item.needs.startswith("explorer:"):
        needs = f'<p class="note">{escape(say("kit_site.lesson.needs"))}</p>'
    return (
        f'<div class="mali-form" id="q-{item.id}">{question_html(item, "page")}'
        f"{needs}{folds_html(item)}</div>"
    )


def _guess(item_id: str) -> str:
    item = bank.find(item_id)
    note = escape(say("kit_site.lesson.guess"))
    again = f'<a href="#q-{item.id}">{escape(say("kit_site.lesson.again"))}</a>'
    return (
        f'<div class="mali-form" id="g-{item.id}">{question_html(item, "page", guess=True)}'
        f"<p>{note} {again}</p></div>"
    )


def _progress(lesson: Lesson) -> str:
    """Return the objectives with their questions, in place of a progress that no page has."""
    rows = ""
    for objective in lesson.objectives:
        own = [one.id for one in bank.lesson_items(lesson.id) if one.objective == objective.id]
        links = ", ".join(f'<a href="#q-{name}">{name}</a>' for name in own)
        rows += f"<li>{rich(objective.text)} <small>({links})</small></li>"
    title = escape(say("kit_site.lesson.progress"))
    lead = escape(say("kit_site.lesson.progress_lead"))
    return f"<p><strong>{title}</strong></p><p>{lead}</p><ul>{rows}</ul>"


def _code(block: Block) -> str:
    shown = "" if block.kind in _SILENT else f"<pre><code>{escape(block.source)}</code></pre>"
    results = "".join(block.results)
    if block.kind == "explore":
        old, new = say("interface.explorer.static"), say("kit_site.lesson.explorer")
        results = results.replace(escape(old), escape(new))
    return shown + (f'<div class="result">{results}</div>' if results else "")


class _Pictures:
    """Takes pictures out of pages, so that a page loads fast and its text comes first."""

    def __init__(self, lesson: Lesson) -> None:
        self.lesson = lesson
        self.files: dict[str, bytes] = {}

    def out_of(self, html: str, cell: str) -> str:
        def put(found: re.Match[str]) -> str:
            number = len(self.files) + 1
            name = f"pictures/{self.lesson.id}-{number:02}-{re.sub(r'[^a-z0-9-]', '-', cell)}.png"
            self.files[name] = base64.b64decode(found[1])
            return f'src="{name}"'

        return re.sub(r'src="data:image/png;base64,([^"]+)"', put, html)


def _contents(headings: list[tuple[int, str, str]]) -> str:
    rows = "".join(
        f'<li><a href="#{name}">{re.sub("<[^>]+>", "", text)}</a></li>'
        for level, name, text in headings
        if level == 2
    )
    label = escape(say("kit_site.frame.here"))
    listed = f"<p>{label}</p><ul>{rows}</ul>"
    return f'<nav class="contents no-print" aria-label="{label}">{listed}</nav>'


def _files(lesson: Lesson) -> str:
    rows = "".join(
        f'<li><a href="data/{name}.html">{escape(dataset(name).title)}</a></li>'
        for name in lesson.data
    )
    if not rows:
        return ""
    lead = escape(say("kit_site.lesson.files"))
    return f'<p>{lead}</p><ul class="files">{rows}</ul>'


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
    render, headings = markdown(_address)
    pictures = _Pictures(lesson)
    starters = {
        one.starter.strip() for one in bank.lesson_items(lesson.id) if isinstance(one, Code)
    }
    made: Mapping[str, Callable[[str], str]] = {
        "ask": _question,
        "guess": _guess,
        "progress": lambda _: _progress(lesson),
    }
    parts: list[str] = []
    for block in stored_blocks(lesson):
        if block.kind == "text":
            parts.append(render(block.source))
        elif block.kind in made:
            parts.append(made[block.kind](block.name))
        elif block.source.strip() not in starters:
            # A starter stands in its question already.
            parts.append(pictures.out_of(_code(block), block.id))
        if block.kind == "sources":
            parts.append(_files(lesson))
    note = f'<p class="note">{escape(say("kit_site.lesson.edition"))}</p>'
    parts.insert(1, note + _contents(headings))
    file = lesson_file(lesson)
    page = framed(file, lesson.title, "\n".join(filter(None, parts)), lesson=lesson)
    return {file: page, **pictures.files}

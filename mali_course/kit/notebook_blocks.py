"""The stored notebooks as blocks: a text, a call of the course, or code with its result."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any

import nbformat

from mali_course.core.content import notebooks_folder
from mali_course.core.errors import CourseError
from mali_course.core.lessons import Lesson
from mali_course.core.messages import say
from mali_course.kit.start_button import without_start

__all__ = ["SLIDE_TYPES", "Block", "only_calls_the_course", "stored_blocks"]

# What a cell is in a deck of slides, in the words of the notebook format.
SLIDE_TYPES = ("slide", "subslide", "fragment", "notes", "skip")


@dataclass(frozen=True)
class Block:
    """A cell of a stored notebook.

    Parameters
    ----------
    id : str
        The cell's id.
    kind : str
        "text"; the name of the learner's function, such as "ask", where the cell is one call of it
        with nothing but values; or "code".
    source : str
        Markdown or code.
    values : tuple of str
        The values of the call, such as "01-31".
    results : tuple of str
        What is stored below it, as HTML.
    slide : str
        What it is in a deck: one of `SLIDE_TYPES`, or "" where its metadata do not say.
    live : bool
        Whether it makes sense only where a kernel runs, such as how to run a box of code: a cell
        with the tag "live". Pages leave it out.
    """

    id: str
    kind: str
    source: str
    values: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    slide: str = ""
    live: bool = False

    @property
    def name(self) -> str:
        """The first value of the call, or ""."""
        return self.values[0] if self.values else ""


def _call_values(source: str) -> tuple[str, tuple[str, ...]]:
    """Return function and values of a cell that is one call such as ``mali.ask("01-31")``."""
    try:
        tree = ast.parse(source.strip(), mode="eval").body
    except SyntaxError:
        return "code", ()
    match tree:
        case ast.Call(
            func=ast.Attribute(value=ast.Name(id="mali"), attr=function), args=[*_], keywords=[]
        ):
            values = [arg.value for arg in tree.args if isinstance(arg, ast.Constant)]
            if len(values) == len(tree.args):
                return function, tuple(map(str, values))
    return "code", ()


def only_calls_the_course(source: str) -> bool:
    """Return whether a cell is the course's import, or one call of it with nothing but values.

    Examples
    --------
    >>> [only_calls_the_course(code) for code in ('mali.ask("01-31")', 'mali.check("01-15", ...)')]
    [True, False]
    """
    try:
        body = ast.parse(source).body
    except SyntaxError:
        return False
    match body:
        case [ast.Import(names=[ast.alias(name="mali_course")])]:
            return True
        case [
            ast.Expr(
                ast.Call(func=ast.Attribute(value=ast.Name(id="mali")), args=args, keywords=named)
            )
        ]:
            values = [*args, *(one.value for one in named)]
            # Three dots are a place that the learner fills in.
            return all(isinstance(one, ast.Constant) and one.value is not ... for one in values)
    return False


def _frame_html(html: str, label: str) -> str:
    """Return the table of a data frame so that screen readers can walk through it."""
    html = re.sub(r"<style.*?</style>", "", html, flags=re.DOTALL)
    html = re.sub(r' style="[^"]*"', "", html)
    head, end, body = html.partition("</thead>")
    # The corner above the row numbers names nothing.
    head = head.replace("<th></th>", "<td></td>").replace("<th>", '<th scope="col">')
    body = body.replace("<th>", '<th scope="row">')
    html = f"{head}{end}{body}".replace(' border="1"', "")
    inside = html.replace("<div>", "", 1).rpartition("</div>")[0] if "<div>" in html else html
    return (
        f'<div class="mali-table" tabindex="0" role="region" aria-label="{escape(label)}">'
        f"{inside}</div>"
    )


def _result_html(output: Any, cell: str) -> str:
    data = output.get("data", {})
    if "text/html" in data:
        html = str(data["text/html"])
        if 'class="dataframe"' in html:
            return _frame_html(html, say("static.code.table", cell=cell))
        return html
    text = data.get("text/plain", output.get("text", ""))
    return f"<pre>{escape(text)}</pre>" if text.strip() else ""


@cache
def stored_blocks(lesson: Lesson) -> tuple[Block, ...]:
    """Return the cells of a lesson's notebook as they are stored.

    Raises
    ------
    CourseError
        If the notebook is missing, or holds an error instead of a result.

    Examples
    --------
    >>> from mali_course.core.lessons import lesson
    >>> stored_blocks(lesson("01"))[0].kind
    'text'
    """
    path = notebooks_folder() / lesson.notebook
    try:
        notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    except Exception as problem:  # a missing file, or one that is no notebook
        reason = f"{str(problem).rstrip('.')}."
        raise CourseError(say("static.code.no_notebook", path=path, reason=reason)) from None
    every = []
    for cell in notebook.cells:
        slide = str(cell.metadata.get("slideshow", {}).get("slide_type", ""))
        live = "live" in cell.metadata.get("tags", ())
        if cell.cell_type == "markdown":
            text = without_start(cell.source)
            every.append(Block(cell.id, "text", text, slide=slide, live=live))
        elif cell.cell_type == "code":
            if any(output.output_type == "error" for output in cell.outputs):
                raise CourseError(say("static.code.error", path=path, cell=cell.id))
            kind, values = _call_values(cell.source)
            results = tuple(filter(None, (_result_html(one, cell.id) for one in cell.outputs)))
            every.append(Block(cell.id, kind, cell.source, values, results, slide, live))
    return tuple(every)

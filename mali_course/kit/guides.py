"""The guides in ``docs/``: templates of ``data/teaching/``, filled with lessons and plans.

The command ``python -m mali_course.kit.reference`` writes them.
"""

from __future__ import annotations

import re
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from mali_course.core.bibliography import report_places_markdown
from mali_course.core.content import data_path
from mali_course.core.lessons import Lesson, lesson, lessons
from mali_course.kit.notebook_blocks import stored_blocks
from mali_course.kit.plan.exercises import exercises
from mali_course.kit.plan.plan_clock import clock_text, minutes_text
from mali_course.kit.plan.plan_loader import plans

__all__ = ["guide_text"]


@cache
def _markdown_templates() -> Environment:
    templates = Environment(
        loader=FileSystemLoader(data_path("teaching")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    templates.globals |= {"report_places": report_places_markdown}
    templates.filters |= {"clock": clock_text, "minutes": minutes_text}
    return templates


def _text_of_part(one: Lesson, title: str) -> str:
    """Return the text of a part of a lesson, as Markdown without its heading."""
    texts = [block.source for block in stored_blocks(one) if block.kind == "text"]
    rest = "\n\n".join(texts).split(f"\n## {title}\n")[1]
    return re.split(r"^#+ ", rest, maxsplit=1, flags=re.MULTILINE)[0].strip()


def guide_text(name: str) -> str:
    """Return a guide as Markdown.

    Parameters
    ----------
    name : str
        ``"teaching"`` for ``data/teaching/teaching.md.j2``.

    Raises
    ------
    jinja2.UndefinedError
        If its template names a lesson, a plan or an exercise that is not there.

    Examples
    --------
    >>> guide_text("teaching").splitlines()[0]
    '# Teaching with the course'
    """
    title = next(part.part for part in lesson("08").plan if part.id == "now")
    text = _markdown_templates().get_template(f"{name}.md.j2").render(
        lessons=lessons(),
        plans=plans(),
        exercises=exercises(),
        since_title=title,
        since_text=_text_of_part(lesson("08"), title),
    )
    return re.sub(r"\n{3,}", "\n\n", text)

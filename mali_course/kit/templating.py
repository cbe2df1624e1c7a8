"""The pages of the kit, from the templates in ``kit/templates/``."""

from __future__ import annotations

from functools import cache
from html import escape
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from mali_course.core.bibliography import report_places_html, source_link
from mali_course.core.formats import listed
from mali_course.core.html import details_html, inline_html, link, no_formulas
from mali_course.core.messages import LANGUAGE, say
from mali_course.core.report import page_text
from mali_course.core.statuses import status_mark
from mali_course.forms.original_html import original_html
from mali_course.kit.page_frame import breakable_cells
from mali_course.kit.with_report import report_source

__all__ = ["render"]


def render(name: str, **values: object) -> str:
    """Return a page, or a part of one, from its template.

    Everything is escaped but for what the template marks with ``|safe``. By convention that is a
    value whose name ends with ``html`` or ``css``, or the text of a file of the package.

    Parameters
    ----------
    name : str
        File in ``kit/templates/`` without its last ending. In one that ends with ``.md`` nothing
        is escaped.
    **values : object
        What the template shows. One that it uses and that is missing is an error.

    Raises
    ------
    jinja2.UndefinedError
        If a value is missing: a fault of the kit.

    Examples
    --------
    >>> page = render("paper.html", title="A & B", style_css="", main_html="<p>1</p>", foot="")
    >>> "<title>A &amp; B</title>" in page and "<p>1</p>" in page
    True
    """
    return _template_environment().get_template(f"{name}.j2").render(values)


@cache
def _template_environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("mali_course.kit"),
        autoescape=lambda name: (name or "").endswith(".html.j2"),
        undefined=StrictUndefined,
        finalize=_escaped_value,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.update(
        say=say,
        listed=listed,
        language=LANGUAGE,
        link=_marked_up(link),
        fold=_marked_up(details_html),
        status_mark=_marked_up(status_mark),
        source_link=_marked_up(source_link),
        report_places=_marked_up(report_places_html),
        page_text=page_text,
        original_html=_marked_up(_paper_original),
        source_line=_marked_up(_source_line),
    )
    environment.filters.update(
        rich=_marked_up(inline_html),
        no_formulas=_marked_up(no_formulas),
        breakable=_marked_up(breakable_cells),
    )
    return environment


def _paper_original(locator: str) -> str:
    """Return a sentence of the report without marks, which could tell what a question asks."""
    return original_html(locator, told=False)


def _source_line(html: str) -> str:
    """Return where the report's sentences in some HTML come from, if it holds any."""
    shown = "mali-original" in html
    return f'<p class="small source">{escape(report_source())}</p>' if shown else ""


@pass_eval_context
def _escaped_value(context: EvalContext, value: Any) -> Any:
    # As everywhere in the course: markupsafe itself writes other names for quotation marks.
    is_text = context.autoescape and not isinstance(value, Markup)
    return Markup(escape(str(value))) if is_text else value


def _marked_up(function: Any) -> Any:
    """Return a function of `core.html` whose result a template does not escape."""
    return lambda *texts: Markup(function(*texts))

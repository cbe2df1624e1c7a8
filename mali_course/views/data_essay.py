"""about(): what a data set holds, who collected it, how, and what is uncertain."""

from __future__ import annotations

from html import escape

from mali_course.core.bibliography import source_list
from mali_course.core.datasets import Dataset, dataset, rows
from mali_course.core.html import details_html, inline_html, title_html
from mali_course.core.messages import say
from mali_course.core.table import Table
from mali_course.forms.shown import Shown, block

__all__ = ["about", "essay_html"]


def about(name: str = "") -> Shown:
    """Show the essay of a data set: what it holds, who collected it, how, what is uncertain.

    Parameters
    ----------
    name : str
        Such as ``"displacement_points"``.

    Raises
    ------
    CourseError
        If there is no such data set.

    Examples
    --------
    >>> about("displacement_points").text.startswith("About the data")
    True
    """
    found = dataset(name)
    title = say("interface.data.about", title=found.title)
    size = f"({len(rows(name))} × {len(found.columns)})"
    return block(title_html(f"{title} {size}") + _essay(found))


def essay_html(found: Dataset) -> str:
    """Return what `about` shows of a data set, without its title.

    Examples
    --------
    >>> essay_html(dataset("towns"))[:4]
    '<div'
    """
    return block(_essay(found)).html


def _essay(found: Dataset) -> str:
    html = f"<p><em>{say('interface.data.question')}:</em> {inline_html(found.question)}</p>"
    for part in ("holds", "collected", "how", "uncertain"):
        html += (
            f"<p><strong>{say(f'interface.data.{part}')}.</strong> "
            f"{inline_html(found.essay[part])}</p>"
        )
    columns = Table(
        say("interface.data.columns"),
        tuple(say(f"interface.data.{part}") for part in ("column", "type", "unit", "meaning")),
        tuple((c.name, c.loaded_as, c.unit, c.meaning) for c in found.columns),
    )
    html += columns.to_html()
    html += f"<p><strong>{say('interface.data.licence')}.</strong> {escape(found.licence)}</p>"
    title = say("interface.data.sources_count", count=len(found.source_ids))
    return html + details_html(escape(title), source_list(found.source_ids))

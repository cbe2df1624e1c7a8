"""The pages of the tables: an essay, all rows, and the file."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from mali_course.core.content import path
from mali_course.core.datasets import Column, Dataset, dataset, names, rows
from mali_course.core.html import fold, no_formulas
from mali_course.core.lessons import lessons
from mali_course.core.messages import say
from mali_course.core.table import Table
from mali_course.kit.site.site_frame import framed, lesson_file
from mali_course.views.report_view import about

__all__ = ["data_pages"]

# More rows than these stand under a fold, so that the essay can be printed without them.
_MANY = 60
# Whole numbers that are no amounts: they have no thousands.
_NAMES = ("year", "fiscal year", "")


def _cell(value: Any, column: Column) -> Any:
    if column.loaded_as == "text":
        return str(value or "")
    if column.unit in _NAMES or column.unit.startswith("degrees"):
        return "–" if value is None else str(value)
    return value


def _table(found: Dataset) -> str:
    whole = rows(found.name)
    caption = say("kit_site.data.caption", title=found.title, rows=len(whole))
    cells = tuple(
        tuple(_cell(row[column.name], column) for column in found.columns) for row in whole
    )
    html = Table(caption, tuple(column.name for column in found.columns), cells).to_html()
    if len(whole) <= _MANY:
        return html
    return fold(escape(say("kit_site.data.all", rows=len(whole))), html)


def _download(found: Dataset, up: str) -> str:
    file = f"{found.name}.csv"
    text = say("kit_site.data.download", file=file, rows=len(rows(found.name)))
    return f'<a href="{up}{file}" download>{escape(text)}</a>'


def _page(found: Dataset) -> str:
    title = say("kit_site.data.page_title", title=found.title)
    # The essay has a title of its own, which is the heading here.
    essay = re.sub(r"<p><strong>.*?</p>", "", about(found.name).html, count=1)
    used = "".join(
        f'<li><a href="../{lesson_file(one)}">'
        f"{escape(say('kit_site.index.lesson', id=one.id, title=one.title))}</a></li>"
        for one in lessons()
        if found.name in one.data
    )
    size = say(
        "kit_site.data.size",
        rows=len(rows(found.name)),
        columns=len(found.columns),
        name=found.name,
    )
    content = (
        f"<h1>{escape(title)}</h1><p>{escape(size)}</p>"
        f'<p class="files">{_download(found, "")}</p>{essay}{_table(found)}'
    )
    if used:
        content += f'<p>{escape(say("kit_site.data.used"))}</p><ul class="files">{used}</ul>'
    back = escape(say("kit_site.data.back"))
    content += f'<p class="files no-print"><a href="../data.html">{back}</a></p>'
    return framed(f"data/{found.name}.html", title, no_formulas(content))


def _list(found: list[Dataset]) -> str:
    heads = "".join(
        f'<th scope="col">{escape(say(f"kit_site.data.{part}"))}</th>'
        for part in ("name", "what", "rows", "file")
    )
    body = "".join(
        f'<tr><th scope="row"><a href="data/{one.name}.html">{escape(one.name)}</a></th>'
        f"<td>{escape(one.title)}</td><td>{len(rows(one.name))}</td>"
        f'<td><a href="data/{one.name}.csv" download '
        f'aria-label="{escape(say("kit_site.data.file"))} {one.name}.csv">CSV</a></td></tr>'
        for one in found
    )
    title = escape(say("kit_site.data.title"))
    lead = escape(say("kit_site.data.lead", count=len(found)))
    table = (
        f'<div class="mali-table" tabindex="0" role="region" aria-label="{title}"><table>'
        f"<caption>{title}</caption><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )
    return framed("data.html", say("kit_site.data.title"), f"<h1>{title}</h1><p>{lead}</p>{table}")


def data_pages() -> dict[str, str | bytes]:
    """Return a page and a CSV file for each table, and their list.

    Examples
    --------
    >>> pages = data_pages()
    >>> pages["data/towns.csv"].decode().startswith("name,")
    True
    """
    found = [dataset(name) for name in names()]
    pages: dict[str, str | bytes] = {"data.html": _list(found)}
    for one in found:
        pages[f"data/{one.name}.html"] = _page(one)
        pages[f"data/{one.name}.csv"] = path(one.file).read_bytes()
    return pages

"""The pages of the tables: an essay, all rows, and the file."""

from __future__ import annotations

from html import escape
from typing import Any

from mali_course.core.content import data_path
from mali_course.core.datasets import Column, Dataset, dataset, dataset_names, rows
from mali_course.core.html import details_html
from mali_course.core.lessons import lessons
from mali_course.core.messages import say
from mali_course.core.table import Table
from mali_course.kit.site.site_frame import site_page
from mali_course.views.data_essay import essay_html

__all__ = ["data_pages"]

# More rows than these stand under a fold, so that the essay can be printed without them.
_MANY = 60
# Whole numbers that are no amounts: they have no thousands.
_UNITS_WITHOUT_THOUSANDS = ("year", "fiscal year", "")


def _cell_value(value: Any, column: Column) -> Any:
    if column.loaded_as == "text":
        return str(value or "")
    if column.unit in _UNITS_WITHOUT_THOUSANDS or column.unit.startswith("degrees"):
        return "–" if value is None else str(value)
    return value


def _table_html(table: Dataset) -> str:
    every = rows(table.name)
    caption = say("kit_site.data.caption", title=table.title, rows=len(every))
    cells = tuple(
        tuple(_cell_value(row[column.name], column) for column in table.columns) for row in every
    )
    html = Table(caption, tuple(column.name for column in table.columns), cells).to_html()
    if len(every) <= _MANY:
        return html
    return details_html(escape(say("kit_site.data.all", rows=len(every))), html)


def _table_page(table: Dataset) -> str:
    return site_page(
        "site_table.html",
        f"data/{table.name}.html",
        say("kit_site.data.page_title", title=table.title),
        dataset=table,
        count=len(rows(table.name)),
        essay_html=essay_html(table),
        table_html=_table_html(table),
        lessons=[lesson for lesson in lessons() if table.name in lesson.data],
    )


def data_pages() -> dict[str, str | bytes]:
    """Return a page and a CSV file for each table, and their list.

    Examples
    --------
    >>> pages = data_pages()
    >>> pages["data/towns.csv"].decode().startswith("name,")
    True
    """
    tables = [dataset(name) for name in dataset_names()]
    title = say("kit_site.data.title")
    pages: dict[str, str | bytes] = {
        "data.html": site_page("site_tables.html", "data.html", title, tables=tables, rows=rows)
    }
    for table in tables:
        pages[f"data/{table.name}.html"] = _table_page(table)
        pages[f"data/{table.name}.csv"] = data_path(table.file).read_bytes()
    return pages

"""Sources as links of words: no reader wants to hear an address of 300 letters."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from html import escape

from mali_course.core.datasets import Source, source
from mali_course.core.formats import day
from mali_course.core.html import link
from mali_course.core.messages import say
from mali_course.core.report import about_report

__all__ = ["report_html", "source_link", "source_list"]


def source_link(entry: Source) -> str:
    """Return publisher, title and date of a source as a link to it.

    Examples
    --------
    >>> ">Congressional Research Service: IF10116" in source_link(source("CRS_2020_01"))
    True
    """
    return link(entry.url, f"{entry.publisher}: {entry.title} ({entry.version_or_date})")


def source_list(source_ids: Iterable[str], *, licences: bool = False) -> str:
    """Return sources as a list of links, with their ids.

    Parameters
    ----------
    source_ids : iterable of str
    licences : bool
        Whether the licence of each is named.

    Examples
    --------
    >>> source_list(["CRS_2020_01"]).count("<li>")
    1
    """
    rows = ""
    for entry in map(source, source_ids):
        licence = f" {escape(entry.licence)}." if licences else ""
        rows += f"<li>{source_link(entry)}.{licence} [{escape(entry.source_id)}]</li>"
    return f"<ul>{rows}</ul>"


def report_html() -> str:
    """Return how the report is cited, with a link to it: the one place that does, once a lesson.

    Examples
    --------
    >>> "IF10116" in report_html()
    True
    """
    report = about_report()
    cited = say(
        "interface.report.source",
        publisher=report.publisher,
        title=report.title,
        product=report.product,
        version=report.version,
        date=day(datetime.date.fromisoformat(report.date)),
    )
    official = say("interface.report.official", product=report.product)
    return f"<p>{escape(cited)}</p><p>{link(report.url, official)}</p>"

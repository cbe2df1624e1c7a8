"""The pages beside the lessons: start, the report in our own words, glossary, sources."""

from __future__ import annotations

import datetime
from collections import defaultdict

from mali_course.core.content import data_path, read_csv
from mali_course.core.datasets import source
from mali_course.core.formats import day
from mali_course.core.lessons import lessons
from mali_course.core.messages import say
from mali_course.core.report import about_report, sections, sentences
from mali_course.core.terms import with_terms
from mali_course.forms.legend import legend_html
from mali_course.forms.original_html import original_html
from mali_course.kit.reference_entries import glossary_entries, tables_by_source
from mali_course.kit.site.site_frame import site_page
from mali_course.original.kept import originals
from mali_course.questions import bank

__all__ = ["glossary_page", "index_page", "report_page", "sources_pages"]


def index_page() -> str:
    """Return the first page.

    Examples
    --------
    >>> "01-mali-at-a-glance.html" in index_page()
    True
    """
    report = about_report()
    date = day(datetime.date.fromisoformat(report.date))
    about = say(
        "kit_site.index.report",
        publisher=report.publisher,
        title=report.title,
        product=report.product,
        version=report.version,
        date=date,
    )
    return site_page(
        "site_index.html",
        "index.html",
        say("kit_site.index.title"),
        about=about,
        date=date,
        lessons=lessons(),
        lesson_items=bank.lesson_items,
        both=_both(),
    )


def _both() -> str:
    """Return the end of the keys of words for where the report's own sentences are shown, too."""
    return "_both" if originals() else ""


def _gists_html() -> dict[str, str]:
    """Return what each sentence says, with the first place of a term in each section marked."""
    seen: dict[int, set[str]] = defaultdict(set)
    return {
        one.locator: with_terms(one.gist, f"{one.section:02}", seen=seen[one.section])
        for one in sentences()
    }


def report_page() -> str:
    """Return the digest of the report, each sentence under its locator and with its status.

    It tells what questions ask for, as the report itself would: no lesson is on this page.

    Examples
    --------
    >>> 'id="s1.2.2"' in report_page()
    True
    """
    return site_page(
        "site_report.html",
        "report.html",
        say(f"kit_site.report.title{_both()}"),
        both=_both(),
        sections=sections(),
        gists_html=_gists_html(),
        legend_html=legend_html(),
        # The page tells what questions ask for, and so the marks in a sentence too.
        originals_html={one.locator: original_html(one.locator) for one in sentences()},
    )


def glossary_page() -> str:
    """Return all terms in alphabetical order; a term of two lessons has each of its meanings once.

    Examples
    --------
    >>> glossary_page().count("<dt") > 20
    True
    """
    title = say("kit_site.glossary.title")
    return site_page("site_glossary.html", "glossary.html", title, entries=glossary_entries())


def sources_pages() -> dict[str, str | bytes]:
    """Return the bibliography as a page and as a file.

    Examples
    --------
    >>> sorted(sources_pages())
    ['data/sources.csv', 'sources.html']
    """
    every = [source(row["source_id"]) for row in read_csv("sources.csv")]
    every.sort(key=lambda entry: (entry.publisher.casefold(), entry.title.casefold()))
    page = site_page(
        "site_sources.html",
        "sources.html",
        say("kit_site.sources.title"),
        sources=every,
        tables=tables_by_source(),
    )
    return {"sources.html": page, "data/sources.csv": data_path("sources.csv").read_bytes()}

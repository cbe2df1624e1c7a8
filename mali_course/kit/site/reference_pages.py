"""The pages beside the lessons: start, the report in our own words, glossary, sources."""

from __future__ import annotations

import datetime
from html import escape

from mali_course.core.content import path, read_csv
from mali_course.core.datasets import Source, source
from mali_course.core.formats import day
from mali_course.core.html import link, rich
from mali_course.core.lessons import Lesson, lessons
from mali_course.core.messages import say
from mali_course.core.report import about_report, sections
from mali_course.kit.reference_entries import glossary_entries, tables_by_source
from mali_course.kit.site.site_frame import framed, lesson_file
from mali_course.questions import bank

__all__ = ["glossary_page", "index_page", "report_page", "sources_pages"]


def _p(text: str) -> str:
    return f"<p>{rich(text)}</p>"


def _entry(lesson: Lesson) -> str:
    title = say("kit_site.index.lesson", id=lesson.id, title=lesson.title)
    size = say(
        "kit_site.index.about_lesson",
        minutes=f"{lesson.minutes:g}",
        questions=len(bank.lesson_items(lesson.id)),
    )
    return (
        f'<li><h3><a href="{lesson_file(lesson)}">{escape(title)}</a></h3>'
        f"{_p(lesson.promise)}<p><small>{escape(size)}</small></p></li>"
    )


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
    more = "".join(
        f'<li><a href="{name}.html">{escape(say(f"kit_site.frame.{name}"))}</a>: '
        f"{escape(say(f'kit_site.index.about_{name}'))}</li>"
        for name in ("report", "glossary", "data", "sources")
    )
    how = "".join(_p(say(f"kit_site.index.how_{part}")) for part in ("answer", "keep", "print"))
    content = (
        f"<h1>{escape(say('kit_site.index.title'))}</h1>"
        f"<p><strong>{escape(say('kit_site.index.promise'))}</strong></p>{_p(about)}"
        f"<ul><li>{link(report.url, say('kit_site.index.official'))}</li></ul>"
        f"{_p(say('kit_site.index.offline'))}{_p(say('kit_site.index.clock', date=date))}"
        f'<p class="note">{escape(say("kit_site.index.care"))}</p>'
        f"<h2>{escape(say('kit_site.index.lessons'))}</h2>"
        f'<ul class="lessons">{"".join(map(_entry, lessons()))}</ul>'
        f"<h2>{escape(say('kit_site.index.how'))}</h2>{how}"
        f'<h2>{escape(say("kit_site.index.more"))}</h2><ul class="files">{more}</ul>'
    )
    return framed("index.html", say("kit_site.frame.site"), content)


def report_page() -> str:
    """Return the digest of the report, each sentence under its locator.

    Examples
    --------
    >>> 'id="s1.2.2"' in report_page()
    True
    """
    title = say("kit_site.report.title")
    parts = [f"<h1>{escape(title)}</h1>{_p(say('kit_site.report.lead'))}"]
    report = about_report()
    parts.append(f"<p>{link(report.url, say('kit_site.index.official'))}</p>")
    for one in sections():
        parts.append(f'<h2 id="section-{one.number}">{one.number}. {escape(one.title)}</h2>')
        for paragraph in one.paragraphs:
            rows = ""
            for sentence in paragraph.sentences:
                by = sentence.attribution or say("interface.report.itself")
                status = say(f"interface.status.{sentence.status}")
                page = say("kit_site.report.page", page=sentence.page)
                rows += (
                    f'<li id="s{sentence.locator}"><strong>{sentence.locator}</strong> '
                    f"{rich(sentence.gist)} <small>({escape(status)}; {escape(by)}; {page})</small>"
                    "</li>"
                )
            parts.append(f'<ul class="sentences">{rows}</ul>')
    return framed("report.html", title, "\n".join(parts))


def glossary_page() -> str:
    """Return all terms in alphabetical order; a term of two lessons has each of its meanings once.

    Examples
    --------
    >>> glossary_page().count("<dt") > 20
    True
    """
    entries = glossary_entries()
    rows = ""
    for entry in entries:
        rows += f"<dt>{rich(entry.term)}</dt>"
        for meaning, where in entry.meanings.items():
            links = ", ".join(
                f'<a href="{lesson_file(one)}">'
                f"{escape(say('kit_site.glossary.lesson', id=one.id))}</a>"
                for one in where
            )
            rows += f"<dd>{rich(meaning)} <small>({links})</small></dd>"
    title = say("kit_site.glossary.title")
    lead = _p(say("kit_site.glossary.lead", count=len(entries)))
    return framed("glossary.html", title, f"<h1>{escape(title)}</h1>{lead}<dl>{rows}</dl>")


def _source(one: Source, used: list[str]) -> str:
    links = ", ".join(f'<a href="data/{name}.html">{escape(name)}</a>' for name in used)
    where = f" {escape(say('kit_site.sources.used'))} {links}." if links else ""
    licence = escape(say("kit_site.sources.licence", licence=one.licence))
    return (
        f'<li id="{escape(one.source_id)}">{escape(one.publisher)}: {escape(one.title)} '
        f"({escape(one.version_or_date)}). {link(one.url)} [{escape(one.source_id)}]<br>"
        f"<small>{licence}.{where}</small></li>"
    )


def sources_pages() -> dict[str, str | bytes]:
    """Return the bibliography as a page and as a file.

    Examples
    --------
    >>> sorted(sources_pages())
    ['data/sources.csv', 'sources.html']
    """
    used = tables_by_source()
    known = [source(row["source_id"]) for row in read_csv("sources.csv")]
    known.sort(key=lambda one: (one.publisher.casefold(), one.title.casefold()))
    rows = "".join(_source(one, used[one.source_id]) for one in known)
    title = say("kit_site.sources.title")
    download = escape(say("kit_site.sources.download"))
    content = (
        f"<h1>{escape(title)}</h1>{_p(say('kit_site.sources.lead', count=len(known)))}"
        f'<p class="files"><a href="data/sources.csv" download>{download}</a></p>'
        f'<ul class="sources-list">{rows}</ul>'
    )
    return {
        "sources.html": framed("sources.html", title, content),
        "data/sources.csv": path("sources.csv").read_bytes(),
    }
